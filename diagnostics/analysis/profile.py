"""The profile of a diagnostic as a whole: its overall score, and where a cap bites."""

import pandas as pd

from diagnostics.analysis.scoring import ScoringConstants, capped_levels
from hrplan.core.frames import need

BY_EXISTENCE, BY_USE, UNCAPPED = "existence", "use", ""


def overall_score(domains: pd.DataFrame) -> float:
    """The weighted mean of the domains' scores; NaN if none has one.

    Parameters
    ----------
    domains : DataFrame, one row per domain
        score : float, NaN where no question has a score [level]; weight : float, above 0

    Returns
    -------
    float [level]

    Source
    ------
    docs/methods/maturity-score.md.
    """
    need(domains, ["domain", "score", "weight"], key=["domain"])
    scored = domains[domains["score"].notna()]
    whole = scored["weight"].sum()
    return float((scored["score"] * scored["weight"]).sum() / whole) if whole else float("nan")


def cap_reasons(ratings: pd.DataFrame, constants: ScoringConstants) -> pd.DataFrame:
    """Which ratings were held down, from where, and by what.

    Parameters
    ----------
    ratings : DataFrame, one row per rating, as in `capped_levels`
    constants : ScoringConstants

    Returns
    -------
    DataFrame, the index of `ratings`
        given, level : float, before and after the caps [level]
        reason : str, existence | use | "" (not held down); the lower cap is named, use on a tie

    Raises
    ------
    FrameError
        As in `capped_levels`.

    Source
    ------
    docs/methods/maturity-score.md, "Caps".
    """
    level = capped_levels(ratings, constants)
    existence = ratings["existence"].map(dict(constants.existence_caps)).astype("float64")
    use = ratings["use"].map(dict(constants.use_caps)).astype("float64")
    lower = level < ratings["level"]
    reason = pd.Series(UNCAPPED, index=ratings.index, dtype="str")
    reason = reason.mask(lower & (existence == level), BY_EXISTENCE)
    reason = reason.mask(lower & (use == level), BY_USE)
    return pd.DataFrame(
        {"given": ratings["level"].astype("float64"), "level": level, "reason": reason}
    )
