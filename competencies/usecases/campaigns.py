"""Campaigns of assessment: begun, opened, followed and closed; and what a member has to rate."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from competencies import frames, rules
from competencies.analysis.coverage import coverage
from competencies.analysis.demand import Asked
from competencies.models import (
    Assessment,
    Campaign,
    StaffMember,
    scope_codes,
    with_below,
)
from competencies.usecases import scopes
from competencies.usecases.gaps import Demands, GapAnalysis, demands
from hrplan.core.access import require
from hrplan.core.audit import record
from hrplan.core.frames import rows_of
from hrplan.core.keeping import save_row
from hrplan.core.models import Administration, Member, Role

MOST_ITEMS = 30  # levels of one person in one campaign; domain practice


@transaction.atomic
def add_campaign(administration: Administration, *, by: Member, **fields: Any) -> Campaign:
    """Begin a campaign as a draft."""
    require(rules.can_keep_people(by) and by.administration_id == administration.pk)
    return _saved(Campaign(administration=administration), fields, "add", by)


@transaction.atomic
def change_campaign(campaign: Campaign, *, by: Member, **fields: Any) -> Campaign:
    """Change a campaign. Once it is open only its last day moves; closed, nothing."""
    require(rules.can_keep(by, campaign))
    moved = {name for name, value in fields.items() if getattr(campaign, name) != value}
    if campaign.state == Campaign.State.CLOSED and moved:
        raise ValidationError(_("This campaign is closed."))
    if campaign.state == Campaign.State.OPEN and moved - {"due_on"}:
        raise ValidationError(
            _("The campaign is open, and people were told its terms; only its last day moves.")
        )
    return _saved(campaign, fields, "change", by)


def _saved(campaign: Campaign, fields: dict[str, Any], action: str, by: Member) -> Campaign:
    known = set(Assessment.Source.values)
    sources = list(fields.get("sources", campaign.sources))
    if not sources or set(sources) - known:
        raise ValidationError({"sources": _("Choose who rates.")})
    _refuse_unknown(campaign, fields)
    opens = fields.get("opens_on", campaign.opens_on)
    if fields.get("due_on", campaign.due_on) < opens:
        raise ValidationError({"due_on": _("The last day lies before the first.")})
    saved: Campaign = save_row(campaign, fields, action, by=by)
    return saved


def _refuse_unknown(campaign: Campaign, fields: dict[str, Any]) -> None:
    """Codes of units, profiles or groups that the administration hasn't."""
    known = {"units": scopes.units, "profiles": scopes.profiles, "groups": scopes.groups}
    for name, of in known.items():
        if strange := sorted(set(fields.get(name, ())) - set(of(campaign.administration))):
            words = _("These codes are not known: %(codes)s.")
            raise ValidationError({name: words % {"codes": ", ".join(strange)}})


@transaction.atomic
def remove_campaign(campaign: Campaign, *, by: Member) -> None:
    """Drop a draft. Refused once it was opened: ratings and what people were told rest on it."""
    require(rules.can_keep(by, campaign))
    if campaign.state != Campaign.State.DRAFT:
        raise ValidationError(_("Only a draft can be dropped; close the campaign instead."))
    record("remove", campaign, by=by)
    campaign.delete()


@transaction.atomic
def open_campaign(campaign: Campaign, *, by: Member) -> Campaign:
    """Ask the raters to begin. Refused where the campaign would reach nobody."""
    require(rules.can_keep(by, campaign))
    _refuse_unless(campaign, Campaign.State.DRAFT)
    owner = campaign.administration
    serving = frames.serving(owner, owner.as_of)
    if not asked_in(campaign, demands(owner, serving, as_of=owner.as_of)).counts().any():
        raise ValidationError(
            _("Nobody of these units and profiles is asked for a level of these groups.")
        )
    return _turned(campaign, Campaign.State.OPEN, "open", by)


@transaction.atomic
def close_campaign(campaign: Campaign, *, by: Member) -> Campaign:
    """End the campaign; the days to appeal run on from its last day."""
    require(rules.can_keep(by, campaign))
    _refuse_unless(campaign, Campaign.State.OPEN)
    return _turned(campaign, Campaign.State.CLOSED, "close", by)


def _refuse_unless(campaign: Campaign, state: str) -> None:
    if campaign.state != state:
        words = _("The campaign is %(state)s.")
        raise ValidationError(words % {"state": campaign.get_state_display()})


def _turned(campaign: Campaign, state: Campaign.State, action: str, by: Member) -> Campaign:
    campaign.state = state
    campaign.save(update_fields=["state"])
    record(action, campaign, by=by, fields=["state"])
    return campaign


@transaction.atomic
def remind(campaign: Campaign, *, by: Member) -> Campaign:
    """Let everybody who has something left to rate find a reminder on their first page."""
    require(rules.can_keep(by, campaign))
    _refuse_unless(campaign, Campaign.State.OPEN)
    campaign.reminded_on = campaign.administration.as_of
    campaign.save(update_fields=["reminded_on"])
    record("remind", campaign, by=by, fields=["reminded_on"])
    return campaign


def asked_in(campaign: Campaign, held: Demands | GapAnalysis) -> Asked:
    """What the campaign asks raters about, of the people that `held` is about."""
    people, topics = held.asked.people, held.competencies
    chosen = np.ones(len(people), bool)
    if campaign.units:
        read = held.units if isinstance(held, GapAnalysis) else None
        every = frames.units(campaign.administration) if read is None else read
        pairs = zip(every["unit"], every["parent"], strict=True)
        chosen &= people["unit"].isin(with_below(pairs, campaign.units)).to_numpy()
    if campaign.profiles:
        chosen &= people["profile"].isin(campaign.profiles).to_numpy()
    named = topics["group"].isin(campaign.groups).to_numpy() if campaign.groups else None
    return held.asked.within(chosen, named)


@dataclass(frozen=True, slots=True)
class SourceProgress:
    """Levels asked of one source and rated; people wholly rated among those asked of."""

    source: str
    asked: int
    done: int
    people: int
    people_done: int


@dataclass(frozen=True, slots=True)
class UnitProgress:
    """How far one unit is: for each source of the campaign, levels asked and rated."""

    unit: str
    title: str
    people: int
    parts: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class CampaignProgress:
    """How far a campaign is; `longest` is the most levels asked about one person."""

    people: int
    longest: int
    sources: tuple[SourceProgress, ...]
    units: tuple[UnitProgress, ...]

    @property
    def is_long(self) -> bool:
        """More is asked about somebody than is rated with care; split it in two halves."""
        return self.longest > MOST_ITEMS


def campaign_coverage(campaign: Campaign, analysis: GapAnalysis) -> pd.DataFrame:
    """One row per (staff, source) of the campaign, as `analysis.coverage.coverage`."""
    return coverage(
        asked_in(campaign, analysis),
        analysis.ratings,
        sources=campaign.sources,
        opens_on=campaign.opens_on,
        as_of=analysis.as_of,
    )


def campaign_progress(
    campaign: Campaign, analysis: GapAnalysis, table: pd.DataFrame
) -> CampaignProgress:
    """How far each source and each unit is; `table` as `campaign_coverage` gives it."""
    table = table.assign(whole=table["done"] >= table["asked"])
    return CampaignProgress(
        people=int(table["staff"].nunique()),
        longest=int(table["asked"].max()) if len(table) else 0,
        sources=tuple(
            SourceProgress(
                source,
                int(part["asked"].sum()),
                int(part["done"].sum()),
                len(part),
                int(part["whole"].sum()),
            )
            for source in campaign.sources
            for part in (table[table["source"] == source],)
        ),
        units=tuple(_units(campaign, table, analysis)),
    )


def _units(
    campaign: Campaign, table: pd.DataFrame, analysis: GapAnalysis
) -> Iterator[UnitProgress]:
    sums = table.groupby(["unit", "source"])[["asked", "done"]].sum().to_dict("index")
    people = table.groupby("unit")["staff"].nunique()
    for unit in rows_of(analysis.units):
        if unit.unit in people.index:
            parts = (sums[unit.unit, source] for source in campaign.sources)
            counts = tuple((int(part["done"]), int(part["asked"])) for part in parts)
            yield UnitProgress(unit.unit, unit.title, int(people[unit.unit]), counts)


@dataclass(frozen=True, slots=True)
class Task:
    """What one member is asked to rate: one person, as one source."""

    pk: int
    person: str
    unit: str
    source: str
    asked: int
    done: int

    @property
    def is_done(self) -> bool:
        return self.done >= self.asked


def narrowed(
    table: pd.DataFrame,
    analysis: GapAnalysis,
    *,
    unit: str = "",
    profile: str = "",
    grade: str = "",
) -> pd.DataFrame:
    """The rows of `campaign_coverage` of the people of a unit, a job profile and a grade."""
    people = analysis.people.assign(grade=analysis.people["grade"].astype(str))
    for column, wanted in {"unit": unit, "profile": profile, "grade": grade}.items():
        if wanted:
            people = people[people[column] == wanted]
    return table[table["staff"].isin(people["staff"])]


def own_part(member: Member, analysis: GapAnalysis, table: pd.DataFrame) -> pd.DataFrame:
    """The rows of `campaign_coverage` that a member has to fill in, those not done first.

    One rates oneself; a manager rates the people of the own units and those supervised; the HR
    officer enters tests and validated levels of others, and may fill any sheet on paper.
    """
    own, unit, reports = scope_codes(member)
    mine = table["staff"] == own
    chosen = mine & (table["source"] == Assessment.Source.SELF)
    if member.role == Role.HR_OFFICER:
        chosen |= ~mine
    if member.role == Role.MANAGER:
        managed = analysis.units_below(unit) if unit is not None else ()
        led = table["unit"].isin(managed) | table["staff"].isin(reports)
        chosen |= led & ~mine & table["source"].isin(rules.MANAGER_SOURCES)
    rows = table[chosen]
    done = rows["done"] >= rows["asked"]
    return rows.iloc[done.argsort(kind="stable")]


def tasks_of(analysis: GapAnalysis, rows: Iterable[Any]) -> tuple[Task, ...]:
    """Rows of `own_part` with names."""
    chosen = list(rows)
    titles = dict(zip(analysis.units["unit"], analysis.units["title"], strict=True))
    people = StaffMember.objects.filter(
        administration=analysis.administration, code__in={row.staff for row in chosen}
    )
    named = {code: (pk, name) for code, pk, name in people.values_list("code", "pk", "name")}
    return tuple(
        Task(
            pk=named[row.staff][0],
            person=named[row.staff][1] or row.staff,
            unit=titles.get(row.unit, ""),
            source=row.source,
            asked=int(row.asked),
            done=int(row.done),
        )
        for row in chosen
    )


def open_campaigns(member: Member) -> tuple[Campaign, ...]:
    """The campaigns that ask a manager or a staff member to rate; HR finds them in the list."""
    if member.role not in {Role.MANAGER, Role.STAFF}:
        return ()
    return tuple(Campaign.objects.visible_to(member).filter(state=Campaign.State.OPEN))
