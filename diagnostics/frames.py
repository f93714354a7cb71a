"""Rows of a diagnostic as frames: questions, votes of revealed rounds, agreed ratings."""

import pandas as pd

from diagnostics.models import Agreement, Exercise, Question, Questionnaire, Vote, Workshop

RATING = ("level", "existence", "use")
VOTE = (
    *("round__question_id", "round__workshop_id", "round__workshop__attribution"),
    *("round__number", "participant_id", "participant__function", "does_not_apply"),
    *RATING,
)


def questions(asked: list[Question]) -> pd.DataFrame:
    """The maturity questions of an exercise.

    Returns
    -------
    DataFrame, one row per question, in the order of the questionnaires
        pk : int; question, domain : str, places such as 0007, so that they sort as asked;
        weight : float
    """
    places = {pk: n for n, pk in enumerate(dict.fromkeys(q.domain_id for q in asked), 1)}
    return pd.DataFrame(
        {
            "pk": pd.Series([q.pk for q in asked], dtype="int64"),
            "question": pd.Series([f"{n:04d}" for n, _ in enumerate(asked, 1)], dtype="str"),
            "domain": pd.Series([f"{places[q.domain_id]:03d}" for q in asked], dtype="str"),
            "weight": pd.Series([float(q.weight) for q in asked], dtype="float64"),
        }
    )


VOTED_ON = (Questionnaire.Kind.MATURITY, Questionnaire.Kind.TABLE)


def asked(exercise: Exercise) -> list[Question]:
    """What the room votes on, with domains, in order: maturity first, then rows of tables."""
    return _asked(exercise, VOTED_ON)


def rated(exercise: Exercise) -> list[Question]:
    """Of that the questions that rate maturity."""
    return _asked(exercise, (Questionnaire.Kind.MATURITY,))


def _asked(exercise: Exercise, kinds: tuple[str, ...]) -> list[Question]:
    of = "domain__questionnaire"
    found = Question.objects.filter(
        **{f"{of}__exercises": exercise, f"{of}__kind__in": kinds},
    )
    order = (f"{of}__kind", f"{of}__code", "domain__position", "position")
    return list(found.select_related("domain").order_by(*order))


def revealed(exercise: Exercise, questions: pd.DataFrame) -> pd.DataFrame:
    """The votes of every revealed round of each workshop; what isn't revealed is never read.

    Parameters
    ----------
    questions : DataFrame, as `questions` gives it

    Returns
    -------
    DataFrame, one row per (question, sitting, round, participant)
        question, sitting, participant : str; round : int, from 1
        level : float, NaN where none was given; does_not_apply : bool; existence, use : str
        role : str, what the function is called before its first comma; "" in an anonymous workshop
    """
    found = Vote.objects.filter(
        round__workshop__exercise=exercise, round__revealed_at__isnull=False
    ).values_list(*VOTE)
    rows = pd.DataFrame(list(found), columns=list(VOTE)).merge(
        questions[["pk", "question"]], left_on="round__question_id", right_on="pk"
    )
    function = rows["participant__function"].astype("str").str.split(",").str[0].str.strip()
    nobody = rows["round__workshop__attribution"] == Workshop.Attribution.ANONYMOUS
    return pd.DataFrame(
        {
            "question": rows["question"].astype("str"),
            "sitting": rows["round__workshop_id"].astype("str"),
            "round": rows["round__number"].astype("int64"),
            "participant": rows["participant_id"].astype("str"),
            "role": function.mask(nobody, "").astype("str"),
            "does_not_apply": rows["does_not_apply"].astype("bool"),
            **_rating(rows),
        }
    )


def votes(revealed: pd.DataFrame) -> pd.DataFrame:
    """The votes of each workshop's last revealed round on each question.

    Returns
    -------
    DataFrame, one row per (question, participant), the columns of `revealed`; round is always 1
    """
    last = revealed.groupby(["question", "sitting"])["round"].transform("max")
    return revealed[revealed["round"] == last].assign(round=1).reset_index(drop=True)


def settled(exercise: Exercise) -> dict[int, Agreement]:
    """The agreed rating of each question by its key; of several workshops', that of the latest."""
    rows = Agreement.objects.filter(workshop__exercise=exercise)
    return {row.question_id: row for row in rows.order_by("workshop__starts_on", "pk")}


def agreements(settled: dict[int, Agreement], questions: pd.DataFrame) -> pd.DataFrame:
    """The agreed ratings of the questions given.

    Parameters
    ----------
    settled : dict, as `settled` gives it

    Returns
    -------
    DataFrame, one row per question agreed on
        question : str; level : float; existence, use : str
    """
    found = [(pk, row.level, row.existence, row.use) for pk, row in settled.items()]
    rows = pd.DataFrame(found, columns=["pk", *RATING]).astype({"pk": "int64"})
    rows = rows.merge(questions[["pk", "question"]], on="pk")
    return pd.DataFrame({"question": rows["question"].astype("str"), **_rating(rows)})


def _rating(rows: pd.DataFrame) -> dict[str, pd.Series]:
    words = {name: rows[name].astype("str") for name in ("existence", "use")}
    return {"level": rows["level"].astype("float64"), **words}
