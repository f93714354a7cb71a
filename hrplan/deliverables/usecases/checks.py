"""The consistency rules: judged on the data as they stand, kept, and shown as they were kept."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django_tasks import task

from hrplan.core import runs
from hrplan.core.access import require
from hrplan.core.models import Administration, Member, Run, RunState
from hrplan.deliverables import frames, rules, wording
from hrplan.deliverables.analysis.checks import (
    Outcome,
    fault_key,
    outcome_of,
    outcomes,
    overridden,
    rows_of,
)
from hrplan.deliverables.analysis.names import people_named
from hrplan.deliverables.contents.evidence import Evidence
from hrplan.deliverables.models import DocumentVersion
from hrplan.deliverables.usecases.drafts import facts_of
from hrplan.deliverables.usecases.passages import keep_figures
from hrplan.documents.stored import from_json

KIND = "checks"


@dataclass(frozen=True, slots=True)
class CheckLine:
    """One rule with what it found, in words, and the documents that it keeps from being sent."""

    number: int
    title: str
    looked_at: int
    holds: bool
    state: str
    faults: tuple[str, ...]
    override: str
    stops: str


@dataclass(frozen=True, slots=True)
class Checks:
    """The twelve rules; `made_at` None where they were judged just now."""

    lines: tuple[CheckLine, ...]
    made_at: datetime | None = None

    @property
    def broken(self) -> int:
        return sum(not line.holds for line in self.lines)


def checks(administration: Administration) -> Checks:
    """The rules on the data as they stand, and on the latest versions for outside readers."""
    return Checks(_lines(_judged(Evidence(administration))))


def kept_checks(administration: Administration) -> Checks | None:
    """What was found when it was last judged: by itself, or when versions were made."""
    kept = _kept(administration)
    return Checks(_lines(kept[1]), kept[0]) if kept else None


def faults_of(administration: Administration, number: int) -> list[str]:
    """What the last judgement found wrong by a rule; nothing where it held or was not judged."""
    _at, found = _kept(administration) or (None, ())
    return [fault_key(fault) for one in found if one.number == number for fault in one.faults]


def _kept(administration: Administration) -> tuple[datetime, tuple[Outcome, ...]] | None:
    run = Run.objects.of(administration).filter(kind=KIND, state=RunState.DONE)
    last = run.order_by("-finished_at").first()
    version = DocumentVersion.objects.filter(administration=administration, is_internal=False)
    newest = version.defer("tree").order_by("-made_at", "-pk").first()
    kept = [
        *([(last.finished_at, last.result["checks"])] if last and last.finished_at else []),
        *([(newest.made_at, newest.snapshot["checks"])] if newest else []),
    ]
    if not kept:
        return None
    made_at, rows = max(kept, key=lambda one: one[0])
    return made_at, tuple(outcome_of(row) for row in rows)


def ask_for_checks(*, by: Member) -> Run:
    """Ask for the rules to be judged on the data as they stand."""
    require(rules.can_freeze(by))
    return runs.ask(KIND, checks_task, by=by)


@task()
def checks_task(run_id: int) -> None:
    """Judge the rules for a run's administration."""
    runs.carry_out(run_id, _judge)


def _judge(run: Run, watch: runs.Watch) -> dict[str, Any]:
    if not watch(10):
        raise runs.Stopped
    evidence = Evidence(run.administration)
    found = _judged(evidence)
    keep_figures(evidence)
    url = reverse("deliverables:checks", args=[run.administration.slug])
    return {"url": url, "checks": rows_of(found)}


def _judged(evidence: Evidence) -> tuple[Outcome, ...]:
    administration = evidence.administration
    trees = [from_json(one.tree) for one in frames.latest(administration).values()]
    names = frames.people_to_hide(administration)
    named = tuple(found for tree in trees for found in people_named(tree, tree.title, names))
    found = outcomes(facts_of(evidence, outside=len(trees), named=named))
    return overridden(found, frames.overrides(administration))


def _lines(found: Sequence[Outcome]) -> tuple[CheckLine, ...]:
    return tuple(
        CheckLine(
            number=one.number,
            title=wording.check_title(one.number),
            looked_at=one.looked_at,
            holds=one.holds,
            state=wording.check_state(one),
            faults=tuple(wording.fault_words(fault) for fault in one.faults),
            override=one.override,
            stops=wording.stopped(one.number),
        )
        for one in found
    )
