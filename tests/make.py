"""Makers of rows for tests: each says what matters and defaults the rest."""

from datetime import date
from itertools import count
from typing import Any

from competencies.models import (
    Competency,
    CompetencyGroup,
    Framework,
    JobProfile,
    Level,
    MemberScope,
    StaffMember,
    Unit,
)
from hrplan.core.models import Administration, Member, Role, User

PASSWORD = "a long enough pass-phrase"
_number = count(1)


def administration(slug: str = "customs", **fields: Any) -> Administration:
    defaults = {
        "name": f"{slug.title()} Customs Department",
        "short_name": slug.upper(),
        "country": "BZ",
        "currency": "BZD",
        "time_zone": "America/Belize",
        "languages": ["en"],
        "fiscal_year_month": 4,
        "weekend": [5, 6],
        "as_of_fixed": date(2016, 2, 12),
    }
    return Administration.objects.create(slug=slug, **{**defaults, **fields})


def member(administration: Administration, role: Role, name: str) -> Member:
    user = User.objects.create_user(f"{name}@{administration.slug}.example", PASSWORD)
    return Member.objects.create(administration=administration, user=user, role=role)


def scope(member: Member, **fields: Any) -> MemberScope:
    return MemberScope.objects.create(member=member, **fields)


def framework(administration: Administration, codes: tuple[str, ...] = ("O1", "O2")) -> Framework:
    made = Framework.objects.create(
        administration=administration, code="test", version="1.0", title="Test framework"
    )
    Level.objects.bulk_create(
        Level(framework=made, level=level, name=f"level {level}") for level in range(5)
    )
    group = CompetencyGroup.objects.create(
        administration=administration, framework=made, code="O", title="Operational"
    )
    Competency.objects.bulk_create(
        Competency(
            administration=administration,
            framework=made,
            group=group,
            code=code,
            title=f"Competency {code}",
            position=position,
        )
        for position, code in enumerate(codes)
    )
    return made


def profile(framework: Framework, code: str = "R1", **levels: int) -> JobProfile:
    made = JobProfile.objects.create(
        administration=framework.administration,
        framework=framework,
        code=code,
        title=f"Profile {code}",
        staff_level="officers",
        state=JobProfile.State.APPROVED,
    )
    for competency, level in levels.items():
        made.requirements.create(
            competency=framework.competencies.get(code=competency), level=level
        )
    return made


def unit(administration: Administration, code: str = "", **fields: Any) -> Unit:
    code = code or f"U{next(_number)}"
    defaults = {"title": f"Unit {code}", "region": "BZC"}
    return Unit.objects.create(administration=administration, code=code, **{**defaults, **fields})


def staff_member(unit: Unit, profile: JobProfile | None = None, **fields: Any) -> StaffMember:
    code = fields.pop("code", f"S{next(_number):04}")
    defaults = {"name": f"Person {code}", "joined_on": date(2010, 1, 4)}
    return StaffMember.objects.create(
        administration=unit.administration,
        code=code,
        unit=unit,
        profile=profile,
        **{**defaults, **fields},
    )
