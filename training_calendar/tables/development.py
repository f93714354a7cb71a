"""Tables of rulings on needs, and of learning paths of profiles with the steps of all paths."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from competencies.library.tables import STAFF_LEVELS
from competencies.models import IN_FORCE, Competency, JobProfile, LearningPath
from hrplan.core.models import Administration
from hrplan.core.tables import CHUNK, Door, ModelTable, Row, same
from hrplan.exchange.spec import Column, Kind, Table
from training_calendar.models import Module, NeedRuling, PathStep, Programme
from training_calendar.tables.specs import code, day, text, whole

ALL = "ALL"  # stands for all job profiles, and for the path of a whole staff level


def _profile(meaning: str) -> Column:
    return Column(name="profile", kind=Kind.CODE, key=True, default=ALL, max_length=40,
                  meaning=meaning)  # fmt: skip


def _choice(name: str, meaning: str, choices: Sequence[str], *, key: bool = False) -> Column:
    return Column(name=name, kind=Kind.CHOICE, choices=tuple(choices), key=key, meaning=meaning)


TABLES: tuple[Table, ...] = (
    Table(
        name="need_rulings", title="Rulings on needs",
        meaning="Cause, link, deadline and top band of needs. A place in the top band that comes"
        " in by a table has to be approved anew.",
        columns=(
            code("competency", "the competency", key=True, to="framework_competencies.competency"),
            _profile("the job profile; ALL for all of them"),
            _choice("cause", "why people fall short", NeedRuling.Cause.values),
            _choice("ground", "why it goes into the top band", NeedRuling.Ground.values),
            _choice("link", "tie to objectives and duties", NeedRuling.Link.values),
            day("deadline", "day by which it is needed"),
            text("reason", "why it is ruled so", length=1000),
        ),
    ),
    Table(
        name="profile_paths", title="Learning paths of job profiles",
        meaning="What one job profile is to learn, where the path of its level doesn't say.",
        columns=(
            code("profile", "the job profile", key=True, to="job_profiles.profile"),
            Column(name="staff_level", kind=Kind.CHOICE, choices=STAFF_LEVELS, required=True,
                   meaning="layer of staff"),
            text("aim", "what the path leads to", length=4000, required=True),
            text("route", "how: mix of ways of learning", length=4000),
            whole("hours_a_year", "hours promised a year", unit="hours", default=0),
            whole("position", "place in lists, from the top", default=0),
        ),
    ),
    Table(
        name="path_steps", title="Steps of learning paths",
        meaning="What is to be completed on a path, in order: a module or a programme.",
        columns=(
            _choice("staff_level", "layer of staff", STAFF_LEVELS, key=True),
            _profile("the job profile whose path it is; ALL for that of the level"),
            Column(name="position", kind=Kind.INTEGER, key=True, minimum=1, maximum=32000,
                   meaning="place in the path"),
            code("module", "the module", to="training_modules.module", required=False),
            code("programme", "or the programme", to="programmes.programme", required=False),
            text("milestone", "what it comes before", length=120),
            whole("within_months", "by when, counted from joining", unit="months"),
        ),
    ),
)  # fmt: skip


def _pks(model: type[models.Model], administration: Administration, **more: Any) -> dict[str, int]:
    rows = model._default_manager.filter(administration=administration, **more)
    return dict(rows.values_list("code", "pk"))


def _known(pks: Mapping[Any, int], key: Any) -> int:
    if key not in pks:
        raise ValidationError(_("Unknown: %(key)s.") % {"key": key})
    return pks[key]


@dataclass(frozen=True, slots=True)
class RulingDoor:
    """Rulings by code; one that comes in is approved by nobody."""

    name: str = "need_rulings"

    def rows(self, administration: Administration) -> list[dict[str, Any]]:
        rows = NeedRuling.objects.filter(
            administration=administration, competency__framework__state=IN_FORCE
        ).select_related("competency", "profile")
        return [
            {
                "competency": row.competency.code,
                "profile": row.profile.code if row.profile else ALL,
                **{name: getattr(row, name) or None for name in self._says()},
            }
            for row in rows
        ]

    def save(
        self, administration: Administration, added: Sequence[Row], changed: Sequence[Row]
    ) -> None:
        topics = _pks(Competency, administration, framework__state=IN_FORCE)
        profiles = _pks(JobProfile, administration)
        for row in (*added, *changed):
            whole = row["profile"] in {None, ALL}
            NeedRuling.objects.update_or_create(
                administration=administration,
                competency_id=_known(topics, row["competency"]),
                profile_id=None if whole else _known(profiles, row["profile"]),
                defaults={
                    **{name: row[name] or "" for name in self._says() if name != "deadline"},
                    "deadline": row["deadline"],
                    **dict.fromkeys(("proposed_by", "approved_by", "approved_on")),
                },
            )

    def _says(self) -> tuple[str, ...]:
        return ("cause", "ground", "link", "deadline", "reason")


class ProfilePaths(ModelTable):
    """The paths that belong to a job profile."""

    def queryset(self, administration: Administration) -> models.QuerySet:
        return ModelTable.queryset(self, administration).filter(profile__isnull=False)


@dataclass(frozen=True, slots=True)
class StepDoor:
    """Steps by the level and the profile of their path, and their place in it."""

    name: str = "path_steps"

    def rows(self, administration: Administration) -> list[dict[str, Any]]:
        rows = PathStep.objects.filter(administration=administration).select_related(
            "path__profile", "module", "programme"
        )
        return [
            {
                "staff_level": row.path.staff_level,
                "profile": row.path.profile.code if row.path.profile else ALL,
                "position": row.position,
                "module": row.module.code if row.module else None,
                "programme": row.programme.code if row.programme else None,
                "milestone": row.milestone or None,
                "within_months": row.within_months,
            }
            for row in rows.order_by("path__position", "path", "position")
        ]

    def save(
        self, administration: Administration, added: Sequence[Row], changed: Sequence[Row]
    ) -> None:
        found = LearningPath.objects.filter(administration=administration)
        paths = {
            (level, profile or ALL): pk
            for level, profile, pk in found.values_list("staff_level", "profile__code", "pk")
        }
        codes: dict[type[models.Model], dict[str, int]] = {
            model: _pks(model, administration) for model in (Module, Programme)
        }
        rows = [self._step(administration, row, paths, codes) for row in (*added, *changed)]
        PathStep.objects.bulk_create(
            rows,
            batch_size=CHUNK,
            update_conflicts=True,
            unique_fields=["path", "position"],
            update_fields=["module", "programme", "milestone", "within_months"],
        )

    def _step(
        self,
        administration: Administration,
        row: Row,
        paths: Mapping[tuple[str, str], int],
        codes: Mapping[type[models.Model], Mapping[str, int]],
    ) -> PathStep:
        if bool(row["module"]) == bool(row["programme"]):
            raise ValidationError(_("A step of a path is one module or one programme."))
        key = (row["staff_level"], row["profile"] or ALL)
        return PathStep(
            administration=administration,
            path_id=_known(paths, key),
            position=row["position"],
            module_id=codes[Module].get(row["module"]),
            programme_id=codes[Programme].get(row["programme"]),
            milestone=row["milestone"] or "",
            within_months=row["within_months"],
        )


DOORS: tuple[Door, ...] = (
    RulingDoor(),
    ProfilePaths(
        "profile_paths",
        LearningPath,
        {"profile": "profile__code", **same("staff_level", "aim", "route", "hours_a_year",
                                            "position")},
        ("profile",),
    ),
    StepDoor(),
)  # fmt: skip
