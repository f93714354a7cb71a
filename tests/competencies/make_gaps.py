"""A small administration whose gaps are worked out by hand."""

from dataclasses import dataclass
from datetime import date

from competencies.models import Assessment, Framework, JobProfile, StaffMember, Unit
from hrplan.core.models import Administration
from tests import make


@dataclass
class Port:
    """One unit; two clerks asked for O1 at 3 (critical) and O2 at 2, and one without ratings."""

    administration: Administration
    framework: Framework
    profile: JobProfile
    unit: Unit
    ann: StaffMember
    ben: StaffMember
    eve: StaffMember


def port(administration: Administration) -> Port:
    framework = make.framework(administration)
    profile = make.profile(framework, O1=3, O2=2)
    profile.requirements.filter(competency__code="O1").update(critical=True, weight=3)
    unit = make.unit(administration, "PORT", title="Port")
    people = [
        make.staff_member(unit, profile, code=code, name=name, gender=gender)
        for code, name, gender in (("S1", "Ann", "f"), ("S2", "Ben", "m"), ("S3", "Eve", "f"))
    ]
    made = Port(administration, framework, profile, unit, *people)
    rate(made.ann, "O1", 1, source="validated")
    rate(made.ann, "O2", 4, source="validated")
    rate(made.ben, "O1", 3, source="validated")
    return made


def rate(
    person: StaffMember,
    code: str,
    level: float,
    *,
    source: str = "supervisor",
    rated_on: date = date(2016, 2, 12),
) -> Assessment:
    framework = Framework.objects.get(administration=person.administration, state="in_force")
    return Assessment.objects.create(
        administration=person.administration,
        staff_member=person,
        competency=framework.competencies.get(code=code),
        source=source,
        level=level,
        rated_on=rated_on,
    )
