"""The stock of staff to come: retirements by name, leavers as scenarios, intake as planned."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import pandas as pd

from competencies import frames, wording
from competencies.analysis import outlook
from competencies.analysis.gathering import gathered_groups
from competencies.models import PlannedIntake
from competencies.usecases.constants import WorkforceConstants, workforce_constants
from competencies.usecases.gaps import GapAnalysis
from competencies.usecases.workforce import LEVELS
from hrplan.core.frames import rows_of
from hrplan.core.models import Administration

TOGETHER = "*"  # the key of groups that are told together


@dataclass(frozen=True, slots=True)
class Stock:
    """The people of a group at the end of each year ahead, under one scenario of leavers."""

    title: str
    scenario: str
    now: int
    years: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Retirement:
    """Somebody who reaches the age of retirement within the outlook, or is past it."""

    pk: int
    code: str
    name: str
    unit: str
    profile: str
    post: str
    is_key: bool
    retires_on: date
    is_past: bool


@dataclass(frozen=True, slots=True)
class ForecastLine:
    """One group: people now, who retires and who is taken in by year, and what is left.

    `scenarios` holds (scenario, people at the end of each year); `members` the people of a
    small group as (pk, name), for whom a rate says nothing.
    """

    key: str
    title: str
    now: int
    is_small: bool
    retirements: tuple[int, ...]
    intake: tuple[int, ...]
    scenarios: tuple[tuple[str, tuple[float, ...]], ...]
    members: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class Forecast:
    """The years ahead of the groups asked for; low and high sum the scenarios of all."""

    as_of: date
    by: str
    constants: WorkforceConstants
    ends: tuple[date, ...]
    lines: tuple[ForecastLine, ...]
    retirements: tuple[Retirement, ...]
    people: int
    without_birth: int
    usual: tuple[float, ...]  # all of them as one group at the usual rate; empty for a small one

    @property
    def past(self) -> int:
        """People at the age of retirement already."""
        return sum(1 for one in self.retirements if one.is_past)

    @property
    def due(self) -> int:
        """People who reach it in the outlook."""
        return len(self.retirements) - self.past

    @property
    def exposure(self) -> float | None:
        """Who is past the age or reaches it in the outlook, among known births (K04) [0..1]."""
        known = self.people - self.without_birth
        return len(self.retirements) / known if known else None

    @property
    def low(self) -> tuple[float, ...]:
        return tuple(sum(min(ends) for ends in year) for year in self._by_year())

    @property
    def high(self) -> tuple[float, ...]:
        return tuple(sum(max(ends) for ends in year) for year in self._by_year())

    def _by_year(self) -> list[list[list[float]]]:
        """By year and group, the people left under each scenario."""
        return [
            [[values[year] for _scenario, values in line.scenarios] for line in self.lines]
            for year in range(len(self.ends))
        ]


def forecast(
    administration: Administration,
    analysis: GapAnalysis,
    *,
    by: str = "level",
    scenario: str = "",
    unit: str = "",
    profile: str = "",
    limit: int | None = None,
) -> Forecast:
    """The stock by staff level, job profile or unit; of a unit with those below it, or a profile.

    A scenario (leavers a year) narrows what is told of small groups; others have only a rate.
    With `limit`, groups that would betray a person are told together.
    """
    rule = workforce_constants(administration)
    staff, planned = _people(analysis), _planned(administration, analysis)
    if unit:
        below = analysis.units_below(unit)
        staff, planned = staff[staff["unit"].isin(below)], planned[planned["unit"].isin(below)]
    if profile:
        staff, planned = (t[t["profile"] == profile] for t in (staff, planned))
    titles = _titles(analysis, by)
    if few := _few(staff, by, rule, analysis.as_of, limit):
        together = dict.fromkeys(few, TOGETHER)
        titles = {**titles, TOGETHER: wording.together_words([titles[key] for key in few])}
        staff, planned = (t.replace({by: together}) for t in (staff, planned))
    share = len(staff) / len(analysis.staff) if len(analysis.staff) else 0.0
    recruits = rule.intake_a_year * share
    told = _lines(staff, planned, by, rule, analysis.as_of, titles, recruits)
    lines = [_chosen(line, scenario) for line in told if limit is None or line.now >= limit]
    return Forecast(
        as_of=analysis.as_of,
        by=by,
        constants=rule,
        ends=tuple(
            outlook.years_on(analysis.as_of, year) for year in range(1, rule.outlook_years + 1)
        ),
        lines=tuple(lines),
        retirements=tuple(_retirements(administration, analysis, staff, rule)),
        people=len(staff),
        without_birth=int(staff["born_on"].isna().sum()),
        usual=_usual(lines, len(staff), rule),
    )


def stock_lines(
    administration: Administration, analysis: GapAnalysis, *, limit: int | None = None
) -> tuple[Stock, ...]:
    """The stock by layer of staff, one line for each scenario."""
    seen = forecast(administration, analysis, limit=limit)
    return tuple(
        Stock(line.title, scenario, line.now, years)
        for line in seen.lines
        for scenario, years in line.scenarios
    )


def _people(analysis: GapAnalysis) -> pd.DataFrame:
    levels = analysis.profiles.set_index("profile")["staff_level"]
    level = analysis.staff["profile"].map(levels).fillna("")
    return analysis.staff.assign(level=level, profile=analysis.staff["profile"].fillna(""))


def _planned(administration: Administration, analysis: GapAnalysis) -> pd.DataFrame:
    """One row per planned intake, with the year ahead in which it begins."""
    columns = {
        "unit": "unit__code",
        "profile": "profile__code",
        "level": "profile__staff_level",
        "starts_on": "starts_on",
        "people": "people",
    }
    rows = frames.frame_of(PlannedIntake.objects.of(administration), columns)
    return rows.assign(year=outlook.years_ahead(rows["starts_on"], analysis.as_of))


def _titles(analysis: GapAnalysis, by: str) -> dict[str, str]:
    """The groups in the order in which they are told, with their titles."""
    if by == "level":
        return {level: wording.staff_level_words(level) for level in LEVELS}
    table = analysis.profiles if by == "profile" else analysis.units
    found = dict(zip(table[by], table["title"], strict=True))
    return found if by == "unit" else {**found, "": wording.staff_level_words("")}


def _lines(
    staff: pd.DataFrame,
    planned: pd.DataFrame,
    by: str,
    rule: WorkforceConstants,
    as_of: date,
    titles: Mapping[str, str],
    intake_a_year: float,
) -> Iterator[ForecastLine]:
    if staff.empty and planned.empty:
        return
    sizes = staff.groupby(by).size()
    flows = _flows(staff.rename(columns={by: "group"}), planned, by, rule, as_of)
    shares = flows["group"].map(sizes).fillna(0) / max(1, len(staff))
    flows["intake"] += (shares * intake_a_year).round().astype(int)
    groups = pd.DataFrame({"group": sorted(flows["group"].unique())})
    groups["people"] = groups["group"].map(sizes).fillna(0).astype(int)
    ahead = outlook.stock_forecast(groups.assign(rate=rule.leaver_rate), flows)
    for key, title in titles.items():
        mine, flow = ahead[ahead["group"] == key], flows[flows["group"] == key].sort_values("year")
        if flow.empty:
            continue
        now = int(sizes.get(key, 0))
        told = tuple(
            (str(name), tuple(part.sort_values("year")["people"].astype(float)))
            for name, part in mine.groupby("scenario", sort=False)
        )
        is_small = now < rule.small_group
        yield ForecastLine(
            key=key,
            title=title,
            now=now,
            is_small=is_small,
            retirements=tuple(flow["retirements"].astype(int)),
            intake=tuple(flow["intake"].astype(int)),
            scenarios=told,
            members=_members(staff[staff[by] == key]) if is_small else (),
        )


def _chosen(line: ForecastLine, scenario: str) -> ForecastLine:
    """The line with one scenario alone, where it has that one."""
    chosen = tuple(one for one in line.scenarios if one[0] == scenario)
    return replace(line, scenarios=chosen) if chosen else line


def _few(
    staff: pd.DataFrame, by: str, rule: WorkforceConstants, as_of: date, limit: int | None
) -> tuple[str, ...]:
    """The groups that are told together under a limit."""
    if limit is None or staff.empty:
        return ()
    table = outlook.retirement_exposure(
        staff, [by], as_of=as_of, age=rule.retirement_age, within=rule.outlook_years
    )
    table = table.assign(group=table[by], retirements=table["past"] + table["due"])
    return gathered_groups(table[["group", "people", "retirements"]], limit=limit)


def _usual(
    lines: Sequence[ForecastLine], people: int, rule: WorkforceConstants
) -> tuple[float, ...]:
    """The people of all groups together at the end of each year, at the usual rate of leaving."""
    if people < rule.small_group:
        return ()
    flows = pd.DataFrame({"group": "", "year": range(1, rule.outlook_years + 1), "transfers": 0})
    for name in ("retirements", "intake"):
        flows[name] = [sum(year) for year in zip(*(getattr(x, name) for x in lines), strict=True)]
    stock = pd.DataFrame({"group": [""], "people": [people], "rate": [rule.leaver_rate]})
    return tuple(outlook.stock_forecast(stock, flows)["people"].astype(float))


def _members(people: pd.DataFrame) -> tuple[tuple[int, str], ...]:
    return tuple((int(row.pk), row.name or row.staff) for row in rows_of(people))


def _flows(
    staff: pd.DataFrame, planned: pd.DataFrame, by: str, rule: WorkforceConstants, as_of: date
) -> pd.DataFrame:
    """Retirements and intake by group and year, groups that are only planned included."""
    leaving = outlook.retirements(
        staff, as_of=as_of, years=rule.outlook_years, age=rule.retirement_age
    )
    begun = planned.groupby([by, "year"])["people"].sum()
    begun.index.names = ["group", "year"]
    groups = sorted({*staff["group"], *planned[by]})
    grid = pd.MultiIndex.from_product(
        [groups, range(1, rule.outlook_years + 1)], names=["group", "year"]
    )
    return pd.DataFrame(
        {
            "retirements": leaving.set_index(["group", "year"])["retirements"].reindex(
                grid, fill_value=0
            ),
            "intake": begun.reindex(grid, fill_value=0).astype(int),
            "transfers": 0,
        }
    ).reset_index()


def _retirements(
    administration: Administration,
    analysis: GapAnalysis,
    staff: pd.DataFrame,
    rule: WorkforceConstants,
) -> Iterator[Retirement]:
    days = outlook.retirement_days(staff, age=rule.retirement_age)
    until = outlook.years_on(analysis.as_of, rule.outlook_years)
    due = days[days["retires_on"] <= until].merge(staff, on="staff", how="left")
    posts = frames.posts(administration)
    held = posts[posts["staff"].notna()].set_index("staff").to_dict("index")
    units, profiles = _titles(analysis, "unit"), _titles(analysis, "profile")
    for row in rows_of(due):
        post = held.get(row.staff, {})
        yield Retirement(
            pk=int(row.pk),
            code=row.staff,
            name=row.name,
            unit=units.get(row.unit, ""),
            profile=profiles.get(row.profile, ""),
            post=str(post.get("post", "")),
            is_key=bool(post.get("is_key", False)),
            retires_on=row.retires_on,
            is_past=row.retires_on <= analysis.as_of,
        )
