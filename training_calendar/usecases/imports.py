"""A folder of planning tables taken in whole: its rows, parameters and solution."""

from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import pandas as pd
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from hrplan.core import audit
from hrplan.core.access import require
from hrplan.core.models import Administration, Member
from training_calendar.models import PlanningParameters
from training_calendar.rules import can_plan
from training_calendar.solver.facts import Instance, Parameters
from training_calendar.solver.instance import read_instance
from training_calendar.solver.tables import InstanceError
from training_calendar.tables import planning_doors, planning_specs

SHOWN = 8


@transaction.atomic
def import_instance(
    administration: Administration, folder: Path, *, by: Member | None
) -> dict[str, int]:
    """Make the administration hold a planning instance; rows read by table.

    Refused with the faults of the folder; nothing is written then.
    """
    if by is not None:
        require(can_plan(by) and by.administration_id == administration.pk)
    instance = _read(folder)
    counts = {}
    for table in planning_specs.TABLES:
        path = folder / f"{table.name}.csv"
        if path.is_file():
            rows = _rows(table.name, path)
            if rows:
                planning_doors.WRITERS[table.name](administration, rows, ())
            counts[table.name] = len(rows)
    keep_parameters(administration, instance.parameters)
    audit.record("import_instance", administration, by=by, administration=administration)
    return counts


def take_parameters(administration: Administration, path: Path) -> None:
    """Keep the constants of a folder that is a planning instance; other paths have none."""
    if (path / "params.toml").is_file():
        keep_parameters(administration, _read(path).parameters)


def _read(folder: Path) -> Instance:
    try:
        return read_instance(folder)
    except InstanceError as error:
        lines = [
            f"{f.table} {f.row}, {f.column}: {f.value} ({f.reason})" for f in error.faults[:SHOWN]
        ]
        head = _("The folder is no planning instance; nothing was taken in.")
        raise ValidationError([head, *lines]) from error


def keep_parameters(administration: Administration, given: Parameters) -> None:
    """The constants of an instance as the planning parameters of the administration."""
    PlanningParameters.objects.filter(administration=administration).update(
        discount_beta=given.discount_beta,
        lambda_cost=given.lambda_cost,
        lambda_smooth=given.lambda_smooth,
        per_diem=Decimal(str(given.per_diem)),
        max_days_staff_year=given.max_days_staff_year,
    )


def _rows(name: str, path: Path) -> list[Mapping[str, Any]]:
    table = next(table for table in planning_specs.TABLES if table.name == name)
    found = pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8-sig")
    for column in table.columns:
        if column.name not in found:
            found[column.name] = ""
    return list(planning_doors.typed(table, found))
