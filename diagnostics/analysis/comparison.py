"""Before and after: two exercises on the same questions, compared like with like."""

from collections.abc import Mapping, Sequence

import pandas as pd

from hrplan.core.frames import need

SCORED = ["question", "domain", "weight", "score"]


def before_all(code: str, steps: Sequence[Mapping[str, str]]) -> str:
    """The code that a question had some versions ago.

    Parameters
    ----------
    code : of the question now
    steps : mapping of each version on the way back, the latest first: code in that version -> code
        in the one before; a code that isn't there is the same, "" is that of a new question

    Returns
    -------
    str, "" where the question was new in one of the versions

    Source
    ------
    docs/methods/comparison.md, "Across versions".
    """
    for mapping in steps:
        code = mapping.get(code, code) if code else ""
    return code


def question_changes(before: pd.DataFrame, after: pd.DataFrame) -> pd.DataFrame:
    """Set each question's later score beside its earlier one.

    Parameters
    ----------
    before, after : DataFrame, one row per question
        question, domain : str, codes that mean the same in both
        weight : float, above 0; score : float, NaN where there is none [level]

    Returns
    -------
    DataFrame, one row per question of either, those of `after` first, in its order
        question, domain : str; weight : float, the later one where both have it
        before, after, change : float, NaN where not known [level]

    Raises
    ------
    FrameError
        A column is missing or a question given twice.

    Source
    ------
    docs/methods/comparison.md.
    """
    need(before, SCORED, key=["question"])
    need(after, SCORED, key=["question"])
    later = after[SCORED].rename(columns={"score": "after"})
    gone = before.loc[~before["question"].isin(after["question"]), ["question", "domain", "weight"]]
    rows = pd.concat([later, gone.assign(after=float("nan"))], ignore_index=True)
    rows["before"] = rows["question"].map(before.set_index("question")["score"]).astype(float)
    rows["change"] = rows["after"] - rows["before"]
    return rows[["question", "domain", "weight", "before", "after", "change"]]


def domain_changes(changes: pd.DataFrame) -> pd.DataFrame:
    """Compare each domain over the questions that have a score both times.

    A question scored only once would move the mean without anything having moved.

    Parameters
    ----------
    changes : DataFrame, as `question_changes` gives it

    Returns
    -------
    DataFrame, one row per domain, in the order of their first questions
        domain : str; n : int, questions with a score both times
        only_before, only_after : int, questions with a score just then, left out of the means
        before, after, change : float, weighted means, NaN where n is 0 [level]
        up, down : int, questions that rose, that fell

    Raises
    ------
    FrameError
        A column is missing or a question given twice.

    Source
    ------
    docs/methods/comparison.md.
    """
    columns = ["question", "domain", "weight", "before", "after", "change"]
    need(changes, columns, key=["question"])
    early, late = changes["before"].notna(), changes["after"].notna()
    weight = changes["weight"].where(early & late)
    parts = changes.assign(
        n=early & late,
        only_before=early & ~late,
        only_after=late & ~early,
        up=changes["change"] > 0,
        down=changes["change"] < 0,
        counted=weight,
        was=weight * changes["before"],
        became=weight * changes["after"],
    )
    names = ["n", "only_before", "only_after", "up", "down", "counted", "was", "became"]
    sums = parts.groupby("domain", sort=False)[names].sum()
    counted = sums["counted"].where(sums["counted"] > 0)
    sums["before"], sums["after"] = sums["was"] / counted, sums["became"] / counted
    sums["change"] = sums["after"] - sums["before"]
    counts = ["n", "only_before", "only_after"]
    return sums[[*counts, "before", "after", "change", "up", "down"]].reset_index()
