"""The shipped catalogue of modules and programmes as rows of an administration."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from competencies import frames as people
from competencies.models import Competency
from hrplan.core import audit
from hrplan.core.access import require
from hrplan.core.models import Administration, Member
from training_calendar import library
from training_calendar.models import (
    Module,
    Outcome,
    Prerequisite,
    Programme,
    Provider,
)
from training_calendar.rules import can_plan

CODE_LENGTH = 40
SOURCE_LENGTH = 300
RATE_SOURCE_LENGTH = 200
CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Adopted:
    """How many rows the catalogue added; what was there before is left as it is."""

    providers: int
    modules: int
    outcomes: int
    programmes: int
    unknown_competencies: int


@dataclass(frozen=True, slots=True)
class ExchangeRate:
    """What one unit of the catalogue's currency is worth in the administration's, and who says so.

    rate : above 0 [own currency / catalogue currency]; source : such as a bank and a day
    """

    rate: Decimal
    source: str


@dataclass(frozen=True, slots=True)
class _Pricing:
    """The day the catalogue's prices held, and how they turn into the administration's currency."""

    priced_on: date
    currency: str
    own: str
    exchange: ExchangeRate | None

    def amount(self, price: library.CostContent) -> Decimal:
        if self.exchange is None:
            return price.amount
        return (price.amount * self.exchange.rate).quantize(CENT, ROUND_HALF_UP)

    def source(self, prices: Iterable[library.CostContent]) -> str:
        """Where the prices come from, with the rate at which they were exchanged."""
        words = "; ".join(dict.fromkeys(price.source for price in prices))
        if self.exchange is None:
            return words[:SOURCE_LENGTH]
        source = self.exchange.source.strip()[:RATE_SOURCE_LENGTH]
        told = f"; {self.currency} 1 = {self.own} {self.exchange.rate:f} ({source})"
        return words[: SOURCE_LENGTH - len(told)] + told


@transaction.atomic
def adopt_catalogue(
    administration: Administration, *, by: Member | None, exchange: ExchangeRate | None = None
) -> Adopted:
    """Take the shipped modules and programmes as rows; what is there by code is left as it is.

    Outcomes in competencies that the framework in force lacks are left out and counted. Where the
    administration counts in another currency than the catalogue, its prices are exchanged at the
    rate given, which each module then names. Refused where a rate is missing, or makes no sense.
    """
    if by is not None:
        require(can_plan(by))
    content = library.catalogue()
    pricing = _pricing(administration, content, exchange)
    providers = _providers(administration, content)
    made = _modules(administration, content, providers, pricing)
    outcomes, unknown = _outcomes(administration, content, made)
    _prerequisites(administration, content, made)
    programmes = _programmes(administration, content, providers)
    audit.record("adopt_catalogue", administration, by=by, administration=administration)
    return Adopted(len(providers), len(made), outcomes, programmes, unknown)


def _pricing(
    administration: Administration, content: library.CatalogueContent, exchange: ExchangeRate | None
) -> _Pricing:
    theirs, own = content.currency, administration.currency
    values = {"theirs": theirs, "own": own}
    if theirs == own and exchange is not None:
        words = _("The prices of the catalogue are in %(own)s already: they need no rate.")
        raise ValidationError(words % values)
    if theirs != own and exchange is None:
        words = _(
            "The prices of the catalogue are in %(theirs)s, and the administration counts in "
            "%(own)s: give the rate of exchange and its source."
        )
        raise ValidationError(words % values)
    if exchange is not None and (exchange.rate <= 0 or not exchange.source.strip()):
        words = _("A rate of exchange is above 0, and names its source.")
        raise ValidationError(words)
    return _Pricing(content.price_date, theirs, own, exchange)


def _providers(
    administration: Administration, content: library.CatalogueContent
) -> dict[str, Provider]:
    names = dict.fromkeys(m.provider for m in content.modules)
    known = {p.name: p for p in Provider.objects.filter(administration=administration)}
    return {
        name: known.get(name)
        or Provider.objects.create(
            administration=administration, code=name[:CODE_LENGTH], name=name
        )
        for name in names
    }


def _modules(
    administration: Administration,
    content: library.CatalogueContent,
    providers: dict[str, Provider],
    pricing: _Pricing,
) -> dict[str, Module]:
    known = set(Module.objects.filter(administration=administration).values_list("code", flat=True))
    made = [
        _module(administration, m, providers[m.provider], pricing)
        for m in content.modules
        if m.code not in known
    ]
    return {module.code: module for module in Module.objects.bulk_create(made)}


def _module(
    administration: Administration,
    m: library.ModuleContent,
    provider: Provider,
    pricing: _Pricing,
) -> Module:
    prices = (m.cost_session, m.cost_person)
    sourced = all(price.basis == "sourced" for price in prices)
    return Module(
        administration=administration,
        code=m.code,
        title=m.title,
        provider=provider,
        mode=m.mode,
        hours=m.hours,
        self_study_hours=m.self_study_hours,
        days=m.days,
        venue_kind=m.venue_kind or "",
        min_group=m.min_group,
        max_group=m.max_group,
        cost_session=pricing.amount(m.cost_session),
        cost_person=pricing.amount(m.cost_person),
        price_basis="sourced" if sourced else "estimate",
        price_source=pricing.source(prices),
        price_date=pricing.priced_on,
        travel=m.travel,
        lead_days=m.lead_days,
        validity_months=m.validity_months,
        language=m.language,
        certificate=m.certificate[:120],
        evaluation=m.evaluation[:200],
        min_service_years=m.minimum_service_years,
        audience_levels=list(m.audience_staff_levels),
        audience_profiles=list(m.audience_profiles),
        is_offered=m.status == "offered",
        evidence_url=m.evidence if m.evidence.startswith("http") else "",
        checked_on=m.checked,
    )


def _outcomes(
    administration: Administration, content: library.CatalogueContent, made: dict[str, Module]
) -> tuple[int, int]:
    framework = people.current_framework(administration)
    found = Competency.objects.filter(framework=framework)
    topics = dict(found.values_list("code", "pk"))
    stated = [(made[m.code], o) for m in content.modules if m.code in made for o in m.outcomes]
    rows = [
        Outcome(
            module=module,
            competency_id=topics[o.competency],
            level_from=o.from_level,
            level_to=o.to_level,
        )
        for module, o in stated
        if o.competency in topics
    ]
    Outcome.objects.bulk_create(rows)
    return len(rows), len(stated) - len(rows)


def _prerequisites(
    administration: Administration, content: library.CatalogueContent, made: dict[str, Module]
) -> None:
    known = dict(Module.objects.filter(administration=administration).values_list("code", "pk"))
    Prerequisite.objects.bulk_create(
        Prerequisite(module=made[m.code], requires_id=known[code])
        for m in content.modules
        if m.code in made
        for code in m.prerequisites
    )


def _programmes(
    administration: Administration,
    content: library.CatalogueContent,
    providers: dict[str, Provider],
) -> int:
    modules = {m.code: m for m in content.modules}
    known = {p.code: p for p in Programme.objects.filter(administration=administration)}
    added = 0
    for p in content.programmes:
        if p.code in known:
            continue
        added += 1
        known[p.code] = Programme.objects.create(
            administration=administration,
            code=p.code,
            title=p.title,
            provider=providers[modules[p.code].provider],
            award=p.award,
            delivery=p.tutors,
            requires=next((known[code] for code in p.requires if code in known), None),
        )
        units = Module.objects.filter(administration=administration, code__in=p.units)
        known[p.code].modules.set(units)
    return added
