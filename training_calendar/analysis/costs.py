"""Costs: what sessions take in money by budget line, who pays, and when it falls due."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
import pandas as pd

from hrplan.core.frames import FrameError, need, one_of
from hrplan.core.workdays import fiscal_year, quarter

CONTINGENCY, UNFUNDED = "contingency", "unfunded"
SALARY_TIME = "salary_time"
OPPORTUNITY = ("backfill", SALARY_TIME)
PERIODS = ("month", "quarter", "fiscal_year")
CENT = 0.005
UNITS: Mapping[str, str] = {  # each item of cost, and what it is counted in
    "delivery": "session",
    "trainer_transport": "trip",
    "trainer_subsistence": "day",
    "venue": "day",
    "equipment": "session",
    "materials": "person",
    "course_fee": "person",
    "transport": "trip",
    "transport_abroad": "trip",
    "subsistence": "person-day",
    "subsistence_abroad": "person-day",
    "insurance": "person",
    CONTINGENCY: "share",
    "backfill": "hour",
    SALARY_TIME: "hour",
}
ON_LINES = tuple(item for item in UNITS if item != SALARY_TIME)
"""The items that fall on a line of the budget; salary is paid whoever attends."""

T = TypeVar("T")
Part = tuple[str, pd.Series | int, pd.Series | float | None]  # item, quantity, rate


@dataclass(frozen=True, slots=True)
class TimeRates:
    """What an hour away from the post is worth; None is unknown and leaves the item out."""

    overtime_hour: float | None = None  # [money/hour] of who stands in
    salary_hour: float | None = None  # [money/hour] of who attends
    share_replaced: float = 0.5  # [0..1] own proposal
    hours_day: float = 8.0  # [hours]


@dataclass(frozen=True, slots=True)
class TravelShare:
    """value : share of travel [0..1], None where no amount is known; n, missing : cost lines."""

    value: float | None
    n: int
    missing: int


def session_quantities(sessions: pd.DataFrame) -> pd.DataFrame:
    """List what each session buys, item by item, as quantity and rate.

    Parameters
    ----------
    sessions : DataFrame, one row per session
        session : str; days, participants : int
        cost_session : float, tutor and material of one session [money]
        cost_person : float, fee of one participant [money/person]
        venue_day : float, hire, 0 if none [money/day]
        travellers : int, participants from another region; transport : float, their trips [money]
        trainer_travels : bool; trainer_transport : float, the trainer's trip [money]
        per_diem : float, subsistence of one who travels [money/day]
        abroad : bool, held outside the country

    Returns
    -------
    DataFrame, one row per (session, item) with a quantity and a rate above 0, sorted by session
        item : str, as in UNITS; quantity : float; rate : float [money/unit]

    Raises
    ------
    FrameError
        A column is missing or a session given twice.

    Source
    ------
    docs/methods/costs.md, "The cost of a session".
    """
    columns = ["days", "participants", "cost_session", "cost_person", "venue_day", "travellers"]
    more = ["transport", "trainer_travels", "trainer_transport", "per_diem", "abroad"]
    need(sessions, ["session", *columns, *more], key=["session"])
    s = sessions
    trips = s["transport"] / s["travellers"].where(s["travellers"] > 0)
    tutor = s["trainer_travels"].astype(bool)
    away = s["abroad"].astype(bool)
    person_days = s["travellers"] * s["days"]
    parts = (
        ("delivery", 1, s["cost_session"]),
        ("trainer_transport", tutor, s["trainer_transport"]),
        ("trainer_subsistence", tutor * s["days"], s["per_diem"]),
        ("venue", s["days"], s["venue_day"]),
        ("course_fee", s["participants"], s["cost_person"]),
        ("transport", s["travellers"] * ~away, trips),
        ("transport_abroad", s["travellers"] * away, trips),
        ("subsistence", person_days * ~away, s["per_diem"]),
        ("subsistence_abroad", person_days * away, s["per_diem"]),
    )
    return _rows(s["session"], parts)


def time_quantities(sessions: pd.DataFrame, rates: TimeRates) -> pd.DataFrame:
    """The hours that people spend away from their posts, to be shown apart from cash.

    Parameters
    ----------
    sessions : DataFrame, one row per session; session : str; days, participants : int
    rates : TimeRates; an unknown rate leaves its item out

    Returns
    -------
    DataFrame, one row per (session, item) with item backfill | salary_time, as in
    `session_quantities`

    Source
    ------
    docs/methods/costs.md, "Opportunity cost".
    """
    need(sessions, ["session", "days", "participants"], key=["session"])
    hours = sessions["days"] * sessions["participants"] * rates.hours_day
    parts = (
        ("backfill", hours * rates.share_replaced, rates.overtime_hour),
        ("salary_time", hours, rates.salary_hour),
    )
    return _rows(sessions["session"], [part for part in parts if part[2] is not None])


def _rows(session: pd.Series, parts: Iterable[Part]) -> pd.DataFrame:
    tables = [
        pd.DataFrame({"session": session, "item": item, "quantity": quantity, "rate": rate})
        for item, quantity, rate in parts
    ]
    empty = pd.DataFrame({"session": session.iloc[:0], "item": pd.Series(dtype="str")})
    rows = pd.concat(tables) if tables else empty.assign(quantity=0.0, rate=0.0)
    rows = rows.astype({"quantity": float, "rate": float})
    bought = rows[(rows["quantity"] > 0) & (rows["rate"] > 0)]
    return bought.sort_values("session", kind="stable").reset_index(drop=True)


def cost_lines(
    quantities: pd.DataFrame, lines: Mapping[str, str], *, contingency: float = 0.0
) -> pd.DataFrame:
    """Put a price and a budget line to each item, opportunity cost marked as such.

    Parameters
    ----------
    quantities : DataFrame, one row per (session, item), rows of `session_quantities` and
        `time_quantities`, and any further item of UNITS
    lines : item -> its budget line; an item without one is counted all the same
    contingency : float, added on the cash of each session [0..1]

    Returns
    -------
    DataFrame, the rows of `quantities` and one of contingency per session if it isn't 0
        unit : str; line : str, "" for what falls on no line of the budget
        amount : float, rounded to cents [money]; opportunity : bool, no cash of training

    Raises
    ------
    FrameError
        A column is missing, an item given twice or unknown.

    Source
    ------
    docs/methods/costs.md, "Budget lines".
    """
    pair = ["session", "item"]
    need(quantities, [*pair, "quantity", "rate"], key=pair)
    one_of(quantities, "item", list(UNITS))
    rows = quantities[[*pair, "quantity", "rate"]].copy()
    rows["amount"] = (rows["quantity"] * rows["rate"]).round(2)
    if contingency:
        cash = rows[~rows["item"].isin(OPPORTUNITY)]
        sums = cash.groupby("session", as_index=False).agg(rate=("amount", "sum"))
        sums = sums.assign(item=CONTINGENCY, quantity=contingency)
        sums["amount"] = (sums["rate"] * contingency).round(2)
        rows = pd.concat([rows, sums[rows.columns]]).sort_values("session", kind="stable")
    return rows.assign(
        unit=rows["item"].map(dict(UNITS)),
        line=[lines.get(item, "") for item in rows["item"]],
        opportunity=rows["item"].isin(OPPORTUNITY),
    ).reset_index(drop=True)


def twice_placed(placed: Iterable[tuple[T, Iterable[str]]]) -> list[tuple[str, T, T]]:
    """The items that stand on more than one line: (item, the first line, the other line).

    placed : each line, in whatever form it is known by, and its items
    """
    first: dict[str, T] = {}
    found = []
    for line, items in placed:
        for item in dict.fromkeys(items):
            if item in first:
                found.append((item, first[item], line))
            first.setdefault(item, line)
    return found


def travel_share(amounts: Iterable[tuple[str, float]], travel: Mapping[str, bool]) -> TravelShare:
    """What part of the cash goes into travel and subsistence, by the lines it falls on.

    Parameters
    ----------
    amounts : budget line and amount of each cost line, cash alone [money]
    travel : line of the chart -> whether it is one of travel. Of a line that isn't there it is
        not known: its amount is left out, and it is counted

    Source
    ------
    docs/methods/costs.md, "Budget lines".
    """
    known, missing, away, whole = 0, 0, 0.0, 0.0
    for line, amount in amounts:
        if line not in travel:
            missing += 1
            continue
        known += 1
        whole += amount
        away += amount if travel[line] else 0.0
    return TravelShare(away / whole if whole else None, known, missing)


def funded_lines(lines: pd.DataFrame, funding: pd.DataFrame) -> pd.DataFrame:
    """Share each session's cash among those who pay; what nobody pays is unfunded, not left out.

    Parameters
    ----------
    lines : DataFrame, one row per (session, item), as `cost_lines` gives it
    funding : DataFrame, one row per (session, funding, source)
        funding : str, class such as within | virement | next | donor
        source : str, who pays; share : float, of the session's cash [0..1]

    Returns
    -------
    DataFrame, the cash rows of `lines` split by source: its columns, and
        funding, source : str, unfunded and "" for the rest; amount : float [money]

    Raises
    ------
    FrameError
        A column is missing, a key given twice, or shares of a session above 1.

    Source
    ------
    docs/methods/costs.md, "Who pays".
    """
    need(lines, ["session", "item", "amount", "opportunity"], key=["session", "item"])
    key = ["session", "funding", "source"]
    need(funding, [*key, "share"], key=key)
    shares = funding.groupby("session")["share"].sum()
    if (shares > 1 + 1e-9).any():
        over = ", ".join(map(str, shares.index[shares > 1 + 1e-9]))
        raise FrameError((f"shares of a session sum to more than 1: {over}",))
    cash = lines[~lines["opportunity"]]
    paid = cash.merge(funding[[*key, "share"]], on="session")
    paid["amount"] = (paid["amount"] * paid["share"]).round(2)
    given = paid.groupby(["session", "item"])["amount"].sum().rename("given").reset_index()
    rest = cash.merge(given, on=["session", "item"], how="left")
    rest["amount"] = (rest["amount"] - rest["given"].fillna(0.0)).round(2)
    rest = rest[rest["session"].map(shares).fillna(0.0) < 1 - 1e-9]
    rest = rest[rest["amount"].abs() >= CENT].assign(funding=UNFUNDED, source="")
    order = [*lines.columns, "funding", "source"]
    both = pd.concat([_topped_up(paid, cash, shares)[order], rest[order]])
    return both.sort_values(["session", "item", "funding", "source"]).reset_index(drop=True)


def _topped_up(paid: pd.DataFrame, cash: pd.DataFrame, shares: pd.Series) -> pd.DataFrame:
    """The cents lost in rounding, where a session is paid in full, go to its last payer."""
    pair = ["session", "item"]
    whole = paid.merge(cash[[*pair, "amount"]].rename(columns={"amount": "due"}), on=pair)
    split = whole.groupby(pair)["amount"].transform("sum")
    last = ~whole.duplicated(pair, keep="last") & (whole["session"].map(shares) >= 1 - 1e-9)
    whole["amount"] = (whole["amount"] + np.where(last, whole["due"] - split, 0.0)).round(2)
    return whole


def phasing(
    lines: pd.DataFrame,
    dates: pd.DataFrame,
    period: str,
    *,
    by: tuple[str, ...] = (),
    start: tuple[int, int] = (1, 1),
) -> pd.DataFrame:
    """Sum amounts by the month, quarter or fiscal year in which their session starts.

    Parameters
    ----------
    lines : DataFrame, one row per amount; session : str; amount : float [money]
    dates : DataFrame, one row per session; starts_on : date
    period : month | quarter | fiscal_year
    by : further columns of `lines` to group by, such as source, line or funding
    start : month and day on which the fiscal year begins

    Returns
    -------
    DataFrame, one row per (period, *by), sorted by time and then by them
        period : str, such as 2016-05, 2016/17 Q1, 2016/17
        first : date, its first day; amount : float [money]

    Raises
    ------
    FrameError
        A column is missing, a session without a date, an unknown period.

    Source
    ------
    docs/methods/costs.md, "When it falls due".
    """
    need(lines, ["session", "amount", *by])
    need(dates, ["session", "starts_on"], key=["session"])
    if period not in PERIODS:
        raise FrameError((f"period is {period}; it may be {', '.join(PERIODS)}",))
    starts = dates.set_index("session")["starts_on"]
    day = pd.to_datetime(lines["session"].map(starts).astype(object))
    if day.isna().any():
        missing = ", ".join(map(str, sorted(lines.loc[day.isna(), "session"].unique())))
        raise FrameError((f"sessions without a date: {missing}",))
    named = {stamp: _period(stamp, period, start) for stamp in day.unique()}
    if not named:
        return lines[[*by, "amount"]].assign(period="", first=day)[
            ["period", "first", *by, "amount"]
        ]
    rows = lines.assign(
        period=day.map({stamp: name for stamp, (name, _) in named.items()}),
        first=day.map({stamp: first for stamp, (_, first) in named.items()}),
    )
    sums = rows.groupby(["first", "period", *by], as_index=False).agg(amount=("amount", "sum"))
    sums["amount"] = sums["amount"].round(2)
    return sums[["period", "first", *by, "amount"]]


def _period(stamp: pd.Timestamp, period: str, start: tuple[int, int]) -> tuple[str, pd.Timestamp]:
    day = stamp.date()
    if period == "month":
        return f"{day:%Y-%m}", pd.Timestamp(day.replace(day=1))
    found = quarter(day, *start) if period == "quarter" else fiscal_year(day, *start)
    return found.label, pd.Timestamp(found.first)
