"""The rows of the administration as frames: people, requirements, ratings, posts."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

import numpy as np
import pandas as pd
from django.db.models import CharField, F, FloatField, Max, Q, QuerySet, Value
from django.db.models.functions import Cast

from competencies.analysis.steps import level_in
from competencies.models import (
    IN_FORCE,
    Assessment,
    Competency,
    Exemption,
    Framework,
    JobProfile,
    Level,
    Post,
    Requirement,
    StaffMember,
    Unit,
)
from hrplan.core.frames import in_order, numbered, places
from hrplan.core.models import Administration
from hrplan.core.titles import told

NO, YES = Value(value=False), Value(value=True)
RATINGS = ["staff", "competency", "source", "level", "rated_on", "valid_until"]
TOP = 4  # of a framework whose scale was not stated
FEW = 100  # people up to whom the ratings are asked for by person
STAFF = {
    "staff": "code",
    "pk": "pk",
    "name": "name",
    "unit": "unit__code",
    "profile": "profile__code",
    "grade": "grade",
}
BY_ID = {"pk": "pk", "unit": "unit_id", "profile": "profile_id", "grade": "grade"}
KINDS = {"pk": "int64", "grade": "int64"}  # of the columns of STAFF that hold no text
IDS = {"pk": "int64", "unit": "int64", "profile": "float64", "grade": "int64"}  # of BY_ID
DATES = ("born_on", "joined_on", "left_on")
MORE = {"kind": "kind", "rank": "rank", "gender": "gender", "education": "education",
        "acting": "is_acting"}  # fmt: skip


def current_framework(administration: Administration) -> Framework | None:
    """The framework in force; with its `top`."""
    rows = Framework.objects.filter(administration=administration, state=IN_FORCE)
    return rows.annotate(top=Max("levels__level")).first()


def serving(administration: Administration, as_of: date) -> QuerySet[StaffMember]:
    """The staff members in service on a day; an unknown day of joining counts as before it."""
    return StaffMember.objects.filter(
        Q(left_on=None) | Q(left_on__gt=as_of),
        Q(joined_on=None) | Q(joined_on__lte=as_of),
        administration=administration,
    )


def frame_of(rows: QuerySet, columns: dict[str, str]) -> pd.DataFrame:
    """One row per row of the database; `columns` : name -> path of the field."""
    return pd.DataFrame(list(rows.values_list(*columns.values())), columns=list(columns))


def staff(people: QuerySet[StaffMember], *more: str) -> pd.DataFrame:
    """One row per staff member: the columns of STAFF, codes for relations; more of MORE, DATES."""
    return _of_people(people, {**STAFF, **{name: MORE.get(name, name) for name in more}})


def births(people: QuerySet[StaffMember], *, by: str = "code") -> pd.DataFrame:
    """One row per staff member: staff, born_on; by : how people are named, code or pk."""
    return _of_people(people, {"staff": by, "born_on": "born_on"})


def _of_people(people: QuerySet[StaffMember], columns: dict[str, str]) -> pd.DataFrame:
    """Rows by code; days come as words and are read as a column, not one by one."""
    days = [name for name in columns if name in DATES]
    read = [Cast(path, CharField()) if name in DATES else path for name, path in columns.items()]
    rows = people.order_by("code").values_list(*read)
    table = pd.DataFrame(list(rows), columns=list(columns))
    return table.assign(**{name: pd.to_datetime(table[name], format="ISO8601") for name in days})


def genders(people: QuerySet[StaffMember]) -> dict[int, str]:
    """The gender of people, by id."""
    return dict(people.order_by().values_list("pk", "gender"))


Pairs = list[tuple[Any, Any]]


def of_persons(
    administration: Administration, framework: Framework | None, day: date
) -> tuple[Pairs, Pairs]:
    """What is said of single persons, read at once: further profiles, and exemptions on the day.

    The pairs (person, profile) of secondary profiles, and the pairs (person, competency) of which
    nothing is asked; people by id, what is asked by its code.
    """
    through = StaffMember.secondary_profiles.through.objects
    second = through.filter(staffmember__administration=administration)
    exempt = Exemption.objects.filter(
        Q(ends_on=None) | Q(ends_on__gte=day),
        administration=administration,
        competency__framework=framework,
        starts_on__lte=day,
    )
    rows = list(
        second.order_by()
        .values_list(NO, "staffmember", "jobprofile__code")
        .union(
            exempt.order_by().values_list(YES, "staff_member", "competency__code"),
            all=True,
        )
    )
    none = [(person, topic) for is_exempt, person, topic in rows if is_exempt]
    more = [(person, profile) for is_exempt, person, profile in rows if not is_exempt]
    return more, list(dict.fromkeys(none))


def asked(profile: JobProfile, framework: Framework | None = None) -> QuerySet[Requirement]:
    """What a profile asks for under a version of the framework, its own unless said."""
    version = profile.framework_id if framework is None else framework.pk
    return profile.requirements.filter(competency__framework=version)


def requirements(framework: Framework, year: int) -> pd.DataFrame:
    """One row per (profile, competency) of approved profiles: level for the year, weight, mark."""
    rows = Requirement.objects.filter(
        profile__administration=framework.administration_id,
        profile__state=JobProfile.State.APPROVED,
        competency__framework=framework,
    )
    columns = {
        "profile": "profile__code",
        "competency": "competency__code",
        "level": "level",
        "weight": "weight",
        "critical": "critical",
        "steps": "steps",
    }
    found = frame_of(rows, columns).astype({"level": int, "weight": float, "critical": bool})
    levels = [
        level_in(year, level, steps) if steps else level
        for level, steps in zip(found["level"], found["steps"], strict=True)
    ]
    found["level"] = pd.Series(levels, index=found.index, dtype=int)
    return found.drop(columns="steps")


def signed_twice(framework: Framework, people: Collection[int]) -> pd.DataFrame:
    """One row per (staff, competency, rated_on) with a validated level under two signatures."""
    rows = Assessment.objects.filter(
        competency__framework=framework,
        staff_member__in=people,
        source=Assessment.Source.VALIDATED,
        revoked_on=None,
    ).exclude(second_by=None)
    columns = {
        "staff": "staff_member__code",
        "competency": "competency__code",
        "rated_on": "rated_on",
    }
    found = frame_of(rows.order_by(), columns)
    return found.assign(rated_on=pd.to_datetime(found["rated_on"]))


Values = list[tuple[Any, ...]]


def counting(framework: Framework) -> QuerySet[Assessment]:
    """The ratings that count in a framework."""
    return Assessment.objects.filter(
        administration=framework.administration_id,
        competency__framework=framework,
        revoked_on=None,
    )


def rating_values(rows: QuerySet[Assessment], people: pd.DataFrame) -> Values:
    """Ratings, of the people where these are few, in the columns of RATINGS, by keys."""
    if len(people) <= FEW:
        rows = rows.filter(staff_member__in=list(people["pk"]))
    found = rows.order_by().values_list(
        "staff_member_id",
        "competency_id",
        "source",
        Cast("level", FloatField()),
        "rated_on",
        "valid_until",
    )
    return list(found)


def values_of(rows: Sequence[Assessment]) -> Values:
    """The same of rows that were read already."""
    return [
        (one.staff_member_id, one.competency_id, one.source, float(one.level), one.rated_on,
         one.valid_until)
        for one in rows
        if one.revoked_on is None
    ]  # fmt: skip


def ratings(values: Values, people: pd.DataFrame, topics: pd.DataFrame) -> pd.DataFrame:
    """One row per rating of the people in the competencies, by codes: the columns of RATINGS."""
    frame = pd.DataFrame(values, columns=RATINGS)
    known, codes = in_order(people["staff"]), in_order(topics["competency"])
    for name, keys, order in (
        ("staff", people.set_index("pk")["staff"], known),
        ("competency", topics.set_index("pk")["competency"], codes),
    ):
        place = np.append(places(order, keys), -1)
        frame[name] = numbered(place[keys.index.get_indexer(pd.Index(frame[name]))], order)
    inside = frame["staff"].notna() & frame["competency"].notna()
    frame = frame[inside].reset_index(drop=True)
    return frame.assign(level=frame["level"].astype(float))


def competencies(framework: Framework) -> pd.DataFrame:
    """One row per competency, in the framework's order, with its group."""
    columns = {
        "competency": "code",
        "pk": "pk",
        "title": "title",
        "group": "group__code",
        "group_title": "group__title",
        "in_gap_totals": "group__in_gap_totals",
        "weight": "weight",
    }
    rows = Competency.objects.filter(framework=framework).order_by(
        "group__position", "position", "pk"
    )
    return _told(frame_of(rows, columns), "title", "group_title").astype({"in_gap_totals": bool})


def top_level(framework: Framework) -> int:
    """The highest level of the framework's scale, by which formulas divide."""
    if hasattr(framework, "top"):
        return TOP if framework.top is None else framework.top
    levels = Level.objects.filter(framework=framework).values_list("level", flat=True)
    return max(levels, default=TOP)


def profiles(administration: Administration) -> pd.DataFrame:
    """One row per job profile."""
    columns = {
        "profile": "code",
        "pk": "pk",
        "title": "title",
        "band": "band",
        "family": "family",
        "staff_level": "staff_level",
        "state": "state",
    }
    rows = JobProfile.objects.filter(administration=administration)
    return _told(frame_of(rows, columns), "title")


def _told(frame: pd.DataFrame, *columns: str) -> pd.DataFrame:
    """The titles of the content packs in these columns, in the active language."""
    return frame.assign(**{name: frame[name].map(told) for name in columns})


def units(administration: Administration, *, none: bool = False) -> pd.DataFrame:
    """One row per unit, in order, with the code of the unit above it."""
    columns = {
        "unit": "code",
        "pk": "pk",
        "title": "title",
        "parent": "parent__code",
        "is_station": "is_station",
        "minimum_on_duty": "minimum_on_duty",
        "max_away_share": "max_away_share",
    }
    rows = Unit.objects.filter(administration=administration)
    return frame_of(rows.none() if none else rows, columns)


def posts(administration: Administration) -> pd.DataFrame:
    """One row per post, with the code and the id of the staff member who holds it."""
    columns = {
        "post": "code",
        "pk": "pk",
        "unit": "unit__code",
        "profile": "profile__code",
        "rank": "rank",
        "is_key": "is_key",
        "is_vulnerable": "is_vulnerable",
        "vacant_since": "vacant_since",
        "staff": "holder",
        "person": "holder_id",
    }
    rows = Post.objects.filter(administration=administration)
    holder = {"holder": F("staff_member__code"), "holder_id": F("staff_member__pk")}
    return frame_of(rows.annotate(**holder), columns)
