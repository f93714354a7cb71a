"""A very large planning instance brought in while others work: people, ratings and leave.

The rows go in by short steps, each a transaction of its own, and belong to a batch; nobody sees
them before the batch is live, and then everybody sees all of them. What is interrupted goes on
where it stopped, or is cleared. See docs/decisions/0006-batches.md.
"""

import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pandas as pd
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext as _

from competencies import frames
from competencies.models import Assessment, HeldProfile, StaffMember
from hrplan.core import audit
from hrplan.core.models import Administration, Batch
from hrplan.core.watching import Watch, quiet
from training_calendar.models import Leave
from training_calendar.usecases.bulk_files import (
    COLUMNS,
    TABLES,
    Codes,
    digest_of,
    file_faults,
    read_table,
    refuse,
    scale_faults,
)

STEP = 2_000  # rows written in one transaction
PAUSE = 0.02  # s between two of them, in which others that wait get their turn


def load(administration: Administration, folder: Path, watch: Watch = quiet) -> Batch:
    """Bring the people, ratings and leave of a folder in as one batch.

    Units, roles and competencies have to be there. People who are here already are left as they
    are, with their leave; a rating that is here on its day stays. Refused with the faults of the
    files, before anything is written, and while another batch is being loaded.
    """
    tables = {name: read_table(folder, name) for name in TABLES}
    codes = Codes.of(administration)
    refuse(file_faults(tables, codes))
    batch = _begun(administration, digest_of(folder))
    rows = _Rows(administration, batch, codes, tables)
    total = max(1, sum(len(table) for table in tables.values()))
    for name in TABLES:
        _write(batch, name, rows, watch, total)
    rated = _rated_here(batch)
    with transaction.atomic():
        batch.state = Batch.State.LIVE
        batch.save(update_fields=["state"])
        HeldProfile.objects.mark_stale(rated)
        audit.record("load batch", batch, by=None, fields=batch.done)
    return batch


def refuse_above_scale(administration: Administration, folder: Path) -> None:
    """Refuse a folder with levels above the framework's scale, before its small tables come in."""
    framework = frames.current_framework(administration)
    if framework is not None:
        refuse(scale_faults(folder, frames.top_level(framework)))


def withdraw(batch: Batch, watch: Watch = quiet) -> int:
    """Take a batch back, live or half loaded: unseen at once, then removed by short steps. [rows]

    Ratings and whatever else was recorded since on its people go with them.
    """
    rated = _rated_here(batch)
    with transaction.atomic():
        batch.state = Batch.State.WITHDRAWN
        batch.save(update_fields=["state"])
        HeldProfile.objects.mark_stale(rated)
        audit.record("take back batch", batch, by=None)
    removed = 0
    for model in (Assessment, StaffMember):
        rows = model._base_manager.filter(batch=batch).order_by("pk")
        for some in _steps(list(rows.values_list("pk", flat=True))):
            with transaction.atomic():
                model._base_manager.filter(pk__in=some).delete()
            removed += len(some)
            watch(50, f"{removed:,}")
            time.sleep(PAUSE)
    return removed


def _rated_here(batch: Batch) -> list[int]:
    """People from before the batch to whom it brings ratings; of its own nothing is kept yet."""
    rows = Assessment._base_manager.filter(batch=batch).exclude(staff_member__batch=batch)
    return list(rows.order_by().values_list("staff_member", flat=True).distinct())


def _begun(administration: Administration, digest: str) -> Batch:
    """The batch of these files that was interrupted, or a new one."""
    loading = Batch.objects.of(administration).filter(state=Batch.State.LOADING).first()
    if loading is None:
        return Batch.objects.create(administration=administration, digest=digest)
    if loading.digest != digest:
        words = _("Batch %(batch)d of other files is half loaded; take it back first.")
        raise ValidationError(words % {"batch": loading.pk})
    return loading


def _write(batch: Batch, name: str, rows: "_Rows", watch: Watch, total: int) -> None:
    """Write what is left of a table, step by step; how far it is stands in the same transaction."""
    make = getattr(rows, name)
    length = len(rows.frames[name])
    for start in range(batch.done.get(name, 0), length, STEP):
        end = min(start + STEP, length)
        model, made = make(start, end)
        with transaction.atomic():
            model._base_manager.bulk_create(made)
            batch.done = {**batch.done, name: end}
            batch.save(update_fields=["done"])
        watch(100 * sum(batch.done.values()) / total, f"{name} {end:,}")
        time.sleep(PAUSE)


class _Rows:
    """Makes the rows of a batch from the files, a stretch at a time."""

    def __init__(
        self,
        administration: Administration,
        batch: Batch,
        codes: Codes,
        frames: Mapping[str, pd.DataFrame],
    ) -> None:
        self.owner = administration.pk
        self.batch = batch
        self.codes = codes
        self.frames = frames
        self.words = _("taken in with a planning instance")
        self._staff: dict[str, int] = {}
        self._held: set[tuple[int, int]] | None = None

    def staff(self, start: int, end: int) -> tuple[type[models.Model], list[Any]]:
        """People who aren't here yet."""
        frame = self.frames["staff"].iloc[start:end]
        profiles = self.codes.profiles
        return StaffMember, [
            StaffMember(
                administration_id=self.owner,
                batch=self.batch,
                code=code,
                unit_id=self.codes.units[station],
                profile_id=profiles.get(role),
                grade=int(grade or 1),
            )
            for code, station, role, grade in frame[[*COLUMNS["staff"].names]].itertuples(
                index=False, name=None
            )
            if code not in self.codes.staff
        ]

    def assessments(self, start: int, end: int) -> tuple[type[models.Model], list[Any]]:
        """Validated ratings of the day on which the instance begins."""
        numbers, held = self._numbers(), self._ratings()
        frame = self.frames["assessments"].iloc[start:end]
        topics = self.codes.topics
        pairs = (
            (numbers[code], topics[topic], level)
            for code, topic, level in frame[[*COLUMNS["assessments"].names]].itertuples(
                index=False, name=None
            )
        )
        return Assessment, [
            Assessment(
                administration_id=self.owner,
                batch=self.batch,
                staff_member_id=person,
                competency_id=topic,
                source=Assessment.Source.VALIDATED,
                level=int(level),
                rated_on=self.codes.rated_on,
                evidence=self.words,
            )
            for person, topic, level in pairs
            if (person, topic) not in held
        ]

    def leave(self, start: int, end: int) -> tuple[type[models.Model], list[Any]]:
        """Leave of the people of the batch; it is seen with them."""
        numbers, here = self._numbers(), self.codes.staff
        frame = self.frames["leave"].iloc[start:end]
        return Leave, [
            Leave(staff_member_id=numbers[code], starts_on=first, ends_on=last)
            for code, first, last in frame[[*COLUMNS["leave"].names]].itertuples(
                index=False, name=None
            )
            if code not in here
        ]

    def _numbers(self) -> Mapping[str, int]:
        """Keys of people by number: those who are here, and those of the batch."""
        if not self._staff:
            own = StaffMember._base_manager.filter(batch=self.batch)
            self._staff = {**self.codes.staff, **dict(own.values_list("code", "pk"))}
        return self._staff

    def _ratings(self) -> set[tuple[int, int]]:
        """The pairs of person and competency that hold a rating of that day."""
        if self._held is None:
            rows = Assessment.objects.filter(
                administration=self.owner,
                rated_on=self.codes.rated_on,
                source=Assessment.Source.VALIDATED,
            )
            self._held = set(rows.values_list("staff_member", "competency"))
        return self._held


def _steps(pks: list[int]) -> Iterator[list[int]]:
    return (pks[start : start + STEP // 4] for start in range(0, len(pks), STEP // 4))
