"""The shipped catalogue of modules and programmes as rows of an administration."""

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

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
    ExchangeRate,
    Module,
    Outcome,
    Prerequisite,
    Programme,
    Provider,
)
from training_calendar.rules import can_plan

CODE_LENGTH = 40
SOURCE_LENGTH = 300
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
class Pricing:
    """The day the catalogue's prices held, and how they turn into the administration's currency."""

    priced_on: date
    currency: str
    own: str
    exchange: ExchangeRate | None

    def amount(self, price: library.CostContent) -> Decimal:
        if self.exchange is None:
            return price.amount
        return (price.amount * self.exchange.rate).quantize(CENT, ROUND_HALF_UP)

    def source(self, m: library.ModuleContent) -> str:
        """Where the prices come from, with the rate at which they were exchanged."""
        words = "; ".join(dict.fromkeys(price.source for price in (m.cost_session, m.cost_person)))
        if self.exchange is None:
            return words[:SOURCE_LENGTH]
        rate = self.exchange
        named = f"{rate.source.strip()}, {rate.on.isoformat()}"
        told = f"; {self.currency} 1 = {self.own} {rate.rate.normalize():f} ({named})"
        return words[: SOURCE_LENGTH - len(told)] + told

    def prices(self, m: library.ModuleContent) -> dict[str, Any]:
        """What a module states of its prices."""
        return {
            "cost_session": self.amount(m.cost_session),
            "cost_person": self.amount(m.cost_person),
            "price_source": self.source(m),
        }


@dataclass(frozen=True, slots=True)
class Shipped:
    """The catalogue that comes with hrplan, beside what the administration has of it.

    rate : at which its prices are exchanged; needs_rate : it is in another currency, and none is
    stated; modules, programmes : how many there are; here : how many of the modules are rows
    """

    currency: str
    priced_on: date
    modules: int
    programmes: int
    here: int
    rate: ExchangeRate | None
    needs_rate: bool


def shipped(administration: Administration) -> Shipped:
    """What may be taken, and whether something is in the way."""
    content = library.shipped()
    codes = [m.code for m in content.modules]
    here = Module.objects.filter(administration=administration, code__in=codes).count()
    rate = rate_of(administration)
    foreign = content.currency != administration.currency
    return Shipped(
        currency=content.currency,
        priced_on=content.price_date,
        modules=len(content.modules),
        programmes=len(content.programmes),
        here=here,
        rate=rate,
        needs_rate=foreign and rate is None,
    )


@transaction.atomic
def adopt_catalogue(administration: Administration, *, by: Member | None) -> Adopted:
    """Take the shipped modules and programmes as rows; what is there by code is left as it is.

    Outcomes in competencies that the framework in force lacks are left out and counted. Where the
    administration counts in another currency than the catalogue, its prices are exchanged at the
    rate it states, which each module then names. Refused where none is stated.
    """
    if by is not None:
        require(can_plan(by) and by.administration_id == administration.pk)
    content = library.shipped()
    pricing = pricing_of(administration, rate_of(administration))
    if content.currency != administration.currency and pricing.exchange is None:
        words = _(
            "The prices of the catalogue are in %(theirs)s, and the administration counts in "
            "%(own)s: state the rate of exchange first."
        )
        values = {"theirs": content.currency, "own": administration.currency}
        raise ValidationError(words % values)
    providers = _providers(administration, content)
    made = _modules(administration, content, providers, pricing)
    outcomes, unknown = _outcomes(administration, content, made)
    _prerequisites(administration, content, made)
    programmes = _programmes(administration, content, providers)
    audit.record("adopt_catalogue", administration, by=by, administration=administration)
    return Adopted(len(providers), len(made), outcomes, programmes, unknown)


def rate_of(administration: Administration) -> ExchangeRate | None:
    """The rate for the catalogue's prices; None where there is none, or none is needed."""
    theirs = library.shipped().currency
    if theirs == administration.currency:
        return None
    rows = ExchangeRate.objects.filter(administration=administration, currency=theirs)
    return rows.select_related("administration").first()


def pricing_of(administration: Administration, rate: ExchangeRate | None) -> Pricing:
    """How the catalogue's prices turn into the administration's currency at a rate."""
    content = library.shipped()
    return Pricing(content.price_date, content.currency, administration.currency, rate)


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
    pricing: Pricing,
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
    pricing: Pricing,
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
        **pricing.prices(m),
        price_basis="sourced" if sourced else "estimate",
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
