"""What the findings propose: objectives for weaknesses, initiatives for recommendations.

Nothing is made by itself: a proposal fills in the form of a new row, and a person saves it. What
an objective answers or an initiative carries out is proposed no more.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from textwrap import shorten
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from diagnostics.models import (
    Agreement,
    CorporateObjective,
    Exercise,
    Finding,
    Recommendation,
)
from diagnostics.wording import STORED
from hrplan.core.access import require
from hrplan.core.models import Administration, Member
from hrplan.core.retelling import retold
from hrplan.strategy import rules
from hrplan.strategy.analysis.codes import next_code
from hrplan.strategy.models import Initiative, Objective, Strategy
from hrplan.strategy.usecases.lines import Named
from hrplan.strategy.usecases.read import current_strategy

CORPORATE = "objective:"  # begins the mark of a corporate objective among cited evidence
TITLE = 120  # letters of a recommendation that make the title of an initiative
OWN = "hr-diagnostic"  # the questionnaire whose domains tell a theme
THEMES = {
    "D2": Initiative.Theme.INTEGRITY,
    "D3": Initiative.Theme.ORGANISATION,
    "D5": Initiative.Theme.WORKFORCE,
    "D6": Initiative.Theme.RECRUITMENT,
    "D7": Initiative.Theme.PERFORMANCE,
    "D8": Initiative.Theme.LEARNING,
    "D9": Initiative.Theme.CAREER,
    "D10": Initiative.Theme.WELLBEING,
}
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class WeaknessProposal:
    """A concluded weakness without an objective, and what an objective would begin with.

    severity : [0 to 100]; evidence : sources that the finding or the room's rating cites
    subject, rationale : title and reason of the objective, as they were stored
    """

    pk: int
    code: str
    title: str
    domain_code: str
    domain: str
    severity: float
    evidence: int
    subject: str
    rationale: str
    corporate: tuple[Named, ...]
    corporate_pks: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class RecommendationProposal:
    """A recommendation without an initiative; objective: the first that answers its finding.

    mark : finding and place, such as D1.1:2; theme : "" where it can't be told
    """

    mark: str
    finding_pk: int
    finding_title: str
    text: str
    owner: str
    due_on: date | None
    is_training: bool
    theme: str
    objective: Named | None
    objective_pk: int | None


@dataclass(frozen=True, slots=True)
class Proposals:
    """The gravest first; what the scores did not single out stands last."""

    weaknesses: tuple[WeaknessProposal, ...]
    recommendations: tuple[RecommendationProposal, ...]


def proposals(administration: Administration, *, by: Member) -> Proposals | None:
    """What is not taken up yet of the findings; None where no strategy rests on a diagnostic."""
    require(rules.can_change_strategy(by) and by.administration_id == administration.pk)
    strategy = current_strategy(administration)
    if strategy is None or strategy.exercise is None:
        return None
    objectives = list(strategy.objectives.all())
    answered = {code for row in objectives for code in row.findings}
    weak = _weak(strategy.exercise).exclude(code__in=answered)
    taken = _carried(strategy)
    rows = [row for row in _recommended(strategy.exercise) if mark_of(row) not in taken]
    return Proposals(
        _weaknesses(strategy.exercise, weak),
        tuple(_recommendation(row, objectives) for row in rows),
    )


def begin_objective(administration: Administration, codes: Iterable[str]) -> Row:
    """What an objective that answers some findings begins with; empty where none is known."""
    strategy = current_strategy(administration)
    if strategy is None or strategy.exercise is None:
        return {}
    lines = _weaknesses(strategy.exercise, _weak(strategy.exercise).filter(code__in=list(codes)))
    if not lines:
        return {}
    return {
        "code": next_code(strategy.objectives.values_list("code", flat=True), first="SO1"),
        "title": lines[0].subject,
        "rationale": "\n\n".join(line.rationale for line in lines if line.rationale),
        "corporate_objectives": sorted({pk for line in lines for pk in line.corporate_pks}),
        "domains": list(dict.fromkeys(line.domain_code for line in lines)),
        "findings": [line.code for line in lines],
    }


def begin_initiative(administration: Administration, marks: Iterable[str]) -> Row:
    """What an initiative that carries out some recommendations begins with; empty if none is."""
    strategy = current_strategy(administration)
    if strategy is None or strategy.exercise is None:
        return {}
    wanted, objectives = set(marks), list(strategy.objectives.all())
    taken = _carried(strategy)
    rows = [row for row in _recommended(strategy.exercise) if mark_of(row) in wanted - taken]
    if not rows:
        return {}
    lines = [_recommendation(row, objectives) for row in rows]
    first = max(administration.as_of, strategy.starts_on)
    last = max((line.due_on for line in lines if line.due_on), default=strategy.ends_on)
    told = {"theme": lines[0].theme, "objective": lines[0].objective_pk}
    return {
        "code": next_code(strategy.initiatives.values_list("code", flat=True), first="A01"),
        "title": shorten(lines[0].text.rstrip("."), TITLE, placeholder=" …"),
        "action": "\n".join(line.text for line in lines),
        "owner": lines[0].owner,
        "starts_on": min(first, last),
        "ends_on": last,
        "recommendations": [line.mark for line in lines],
        **{name: value for name, value in told.items() if value},
    }


def carried_out(row: Initiative) -> tuple[Recommendation, ...]:
    """The recommendations that an initiative carries out, the gravest finding's first."""
    if not row.recommendations or row.strategy.exercise is None:
        return ()
    found = _recommended(row.strategy.exercise)
    return tuple(one for one in found if mark_of(one) in row.recommendations)


def refuse_unknown(strategy: Strategy, marks: Iterable[str], held: Iterable[str]) -> None:
    """Refuse marks of recommendations that the strategy's diagnostic has not.

    held : marks that the initiative has already; they stay though their finding is gone
    """
    known = {mark_of(one) for one in _recommended(strategy.exercise)} if strategy.exercise else ()
    if strange := sorted({*marks} - {*known} - {*held}):
        words = _("The strategy's diagnostic has no recommendation %(mark)s.")
        raise ValidationError({"recommendations": words % {"mark": strange[0]}})


def mark_of(row: Recommendation) -> str:
    """The mark of a recommendation: its finding and its place there, such as D1.1:2."""
    return f"{row.finding.code}:{row.position}"


def _weak(exercise: Exercise) -> QuerySet[Finding]:
    """The weaknesses that the scores single out, the gravest first."""
    rows = Finding.objects.filter(exercise=exercise, kind=Finding.Kind.WEAKNESS, rank__gt=0)
    return rows.select_related("domain", "question").prefetch_related("causes")


def _recommended(exercise: Exercise) -> list[Recommendation]:
    rows = Recommendation.objects.filter(finding__exercise=exercise).select_related(
        "finding__administration", "finding__domain__questionnaire"
    )
    return sorted(rows, key=lambda row: (not row.finding.rank, row.finding.rank, mark_of(row)))


def _carried(strategy: Strategy) -> set[str]:
    """Marks that an initiative carries out; one that the ministry cut still remembers its own."""
    lists = strategy.initiatives.values_list("recommendations", flat=True)
    return {mark for marks in lists for mark in marks}


def _weaknesses(exercise: Exercise, rows: QuerySet[Finding]) -> tuple[WeaknessProposal, ...]:
    settled: dict[int, set[str]] = {}
    cited = Agreement.objects.filter(workshop__exercise=exercise).order_by()
    for question, marks in cited.values_list("question", "cited"):
        settled.setdefault(question, set()).update(marks)
    corporate = {
        f"{CORPORATE}{row.code}": row
        for row in CorporateObjective.objects.filter(administration=exercise.administration_id)
    }
    return tuple(
        _weakness(row, {*row.cited, *settled.get(row.question_id or 0, ())}, corporate)
        for row in rows
    )


def _weakness(
    row: Finding, marks: set[str], corporate: dict[str, CorporateObjective]
) -> WeaknessProposal:
    served = [corporate[mark] for mark in sorted(marks) if mark in corporate]
    reasons = (row.text, *(cause.text for cause in row.causes.all()))
    return WeaknessProposal(
        pk=row.pk,
        code=row.code,
        title=retold(row.title, STORED),
        domain_code=row.domain.code,
        domain=row.domain.title,
        severity=float(row.severity),
        evidence=len(marks),
        subject=row.question.title if row.question else row.title,
        rationale="\n\n".join(text for text in reasons if text),
        corporate=tuple((one.code, one.title) for one in served),
        corporate_pks=tuple(one.pk for one in served),
    )


def _recommendation(row: Recommendation, objectives: list[Objective]) -> RecommendationProposal:
    answers = next((one for one in objectives if row.finding.code in one.findings), None)
    return RecommendationProposal(
        mark=mark_of(row),
        finding_pk=row.finding_id,
        finding_title=f"{row.finding.code} {retold(row.finding.title, STORED)}",
        text=row.text,
        owner=row.owner,
        due_on=row.due_on,
        is_training=row.is_training,
        theme=_theme(row),
        objective=(answers.code, answers.title) if answers else None,
        objective_pk=answers.pk if answers else None,
    )


def _theme(row: Recommendation) -> str:
    """Training is learning; else what the domain of our own questionnaire is about."""
    if row.is_training:
        return Initiative.Theme.LEARNING
    domain = row.finding.domain
    return THEMES.get(domain.code, "") if domain.questionnaire.code == OWN else ""
