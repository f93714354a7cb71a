"""Rulings on needs: which one holds for a need, and whether training answers it."""

import pandas as pd

from hrplan.core.frames import need

KEY = ["competency", "group"]
EVERY = ""  # the profile of a ruling on all profiles
TRAINED = ("", "knowledge", "absent")  # causes that training answers; "" was not looked at
LINKS = {"direct": 1.0, "indirect": 0.5}  # domain: strategic link of a need
SAID = ["cause", "ground", "link", "deadline", "reason", "approver", "ruling"]
WORDS = ["cause", "ground", "link", "reason", "approver"]


def rulings_of(needs: pd.DataFrame, rulings: pd.DataFrame) -> pd.DataFrame:
    """Say which ruling holds for each need: the one on its profile, else the one on all profiles.

    A ruling on one profile takes the place of the one on all profiles as a whole.

    Parameters
    ----------
    needs : DataFrame, one row per (competency, group); group is a profile
    rulings : DataFrame, one row per (competency, profile)
        profile : str, code, "" for all profiles
        cause : str, "" where nobody looked; ground : str, of a place in the top band, "" none
        link : str, direct, indirect or ""; deadline : date or none
        reason : str; approver : str, "" until somebody else approved it
        ruling : int, the row

    Returns
    -------
    DataFrame, the rows of `needs` in their order
        cause, ground, link, reason, approver : str, "" without a ruling
        deadline : date or none; ruling : int or none

    Raises
    ------
    FrameError
        A column is missing or a key given twice.

    Source
    ------
    docs/methods/priorities.md, "Rulings".
    """
    need(needs, KEY, key=KEY)
    need(rulings, ["competency", "profile", *SAID], key=["competency", "profile"])
    asked = needs[KEY].reset_index(drop=True)
    keyed = rulings.rename(columns={"profile": "group"})
    own = asked.merge(keyed[keyed["group"] != EVERY], on=KEY, how="left")
    every = keyed[keyed["group"] == EVERY].drop(columns="group")
    general = asked.merge(every, on="competency", how="left")
    has_own = own["ruling"].notna()
    for column in SAID:
        asked[column] = own[column].astype(object).where(has_own, general[column].astype(object))
    return asked.fillna(dict.fromkeys(WORDS, ""))


def ruled(needs: pd.DataFrame, rulings: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Put link and deadline of the rulings into the needs, and list the overrides that count.

    Parameters
    ----------
    needs : DataFrame, one row per (competency, group); link : float [0..1]; deadline : date or none
    rulings : DataFrame, as `rulings_of` takes it

    Returns
    -------
    The needs, with `link` and `deadline` of the ruling where it states them, and
        cause, ground : str; ruling : int or none
    The overrides: one row per need with a ground that is approved, as `priorities` takes them

    Raises
    ------
    FrameError
        A column is missing or a key given twice.

    Source
    ------
    docs/methods/priorities.md, "Rulings".
    """
    need(needs, [*KEY, "link", "deadline"], key=KEY)
    said = rulings_of(needs, rulings)
    rows = needs.reset_index(drop=True)
    link = said["link"].map(LINKS).astype(float)
    rows = rows.assign(
        link=link.where(link.notna(), rows["link"]),
        deadline=said["deadline"].where(said["deadline"].notna(), rows["deadline"].astype(object)),
        cause=said["cause"],
        ground=said["ground"],
        ruling=said["ruling"],
    )
    counts = (said["ground"] != "") & (said["approver"] != "")
    overrides = said.loc[counts, [*KEY, "ground", "approver"]]
    return rows, overrides.rename(columns={"ground": "reason"}).reset_index(drop=True)


def answered_by_training(needs: pd.DataFrame, rulings: pd.DataFrame) -> pd.Series:
    """Tell the needs that training answers from those that have another cause.

    A cause that nobody looked at counts as one that training answers.

    Parameters
    ----------
    needs : DataFrame, one row per (competency, group)
    rulings : DataFrame, as `rulings_of` takes it

    Returns
    -------
    Series of bool, by the index of `needs`

    Source
    ------
    docs/methods/priorities.md, "Causes".
    """
    cause = rulings_of(needs, rulings)["cause"]
    return cause.isin(TRAINED).set_axis(needs.index)
