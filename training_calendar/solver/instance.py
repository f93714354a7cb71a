"""Building the frozen planning problem from tables: a folder of .csv files or frames in memory."""

import tomllib
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path

import numpy as np
import pandas as pd

from training_calendar.solver import facts, tables
from training_calendar.solver.building import Builder
from training_calendar.solver.check import FURTHER
from training_calendar.solver.tables import Fault, InstanceError

NUMBERS = (
    "discount_beta",
    "lambda_cost",
    "lambda_smooth",
    "per_diem",
    "max_days_staff_year",
)


def read_instance(folder: Path) -> facts.Instance:
    """The instance in a folder of planning tables.

    Raises
    ------
    InstanceError
        With all faults of all files.

    Source
    ------
    planning/README.md, Files of an instance; docs/methods/planning.md, section 1.
    """
    faults: list[Fault] = []
    params: dict[str, object] = {}
    try:
        text = (folder / "params.toml").read_text(encoding="utf-8-sig")
        params = tomllib.loads(text)
    except FileNotFoundError:
        faults.append(Fault("params", 0, "", "params.toml", "missing-file"))
    except (OSError, ValueError) as error:
        faults.append(Fault("params", 0, "", str(error), "unreadable-file"))
    frames = tables.read_folder(folder, faults)
    if faults:
        tables.parse(frames, faults)
        raise InstanceError(faults)
    return instance_from_tables(frames, params)


def instance_from_tables(
    frames: Mapping[str, pd.DataFrame], params: Mapping[str, object]
) -> facts.Instance:
    """The instance of planning tables held as frames, keyed by table name without `.csv`.

    Parameters
    ----------
    frames : one frame a table, columns as in `tables.TABLES`; cells may be text or typed,
        dates `date`, Timestamp or ISO text. Beside the tables of planning/README.md:
        duty : one row per station and period; station_id, from_date, to_date, minimum [persons],
            rostered [persons; absent or empty: everybody of the station]. A later row overrides.
        peaks : one row per station and busy month (1 is January)
        earmarks : one row per source that pays only for some sessions, and quarter; amount
            [money], part of the budget; earmark_modules : the modules it pays, without a row all;
            earmark_windows : from when to when what it pays begins, without a row always
        courses : one row per block that somebody spends in a course outside the sessions; what is
            a block is among the leave too
        audience : one row per (module, role) that may attend; a module without a row is for all
        pinned_sessions : as sessions.csv, and `open` (1 = free places may be filled; default 1)
        pinned_seats : as seats.csv
        module_effects may carry `from_level` (default 0), and stations `max_week`, the most of
            its people in training in one week (default: the share of rule F1).
    params : horizon_start (date), discount_beta, lambda_cost, lambda_smooth, per_diem,
        max_days_staff_year; name if there is one, and `obeyed`, a list of codes of further rules
        that no plan may break (default: none)

    Raises
    ------
    InstanceError
        With all faults of all tables.
    """
    faults = [
        Fault(name, 0, "", f"{name}.csv", "missing-file")
        for name, table in tables.TABLES.items()
        if not table.optional and name not in frames
    ]
    parameters = _parameters(params, faults)
    typed = tables.parse(frames, faults)
    if faults or parameters is None:
        raise InstanceError(faults)
    name, obeyed = str(params.get("name", "")), _obeyed(params, faults)
    built = Builder(typed, parameters, name, obeyed, faults).instance()
    if faults:
        raise InstanceError(faults)
    return built


def _obeyed(params: Mapping[str, object], faults: list[Fault]) -> frozenset[str]:
    given = params.get("obeyed", [])
    codes = given if isinstance(given, list) else [given]
    if not all(isinstance(code, str) and code in FURTHER for code in codes):
        faults.append(Fault("params", 0, "obeyed", str(given), "bad-parameter"))
    return frozenset(map(str, codes))


def _parameters(params: Mapping[str, object], faults: list[Fault]) -> facts.Parameters | None:
    def fault(name: str, reason: str) -> None:
        faults.append(Fault("params", 0, name, str(params.get(name, "")), reason))

    numbers: dict[str, float] = {}
    for name in NUMBERS:
        value = params.get(name)
        if value is None:
            fault(name, "missing-parameter")
        elif isinstance(value, bool) or not isinstance(value, int | float):
            fault(name, "bad-parameter")
        elif not (np.isfinite(value) and value >= 0):
            fault(name, "out-of-range")
        else:
            numbers[name] = float(value)
    start = params.get("horizon_start")
    if start is None:
        fault("horizon_start", "missing-parameter")
    elif not isinstance(start, date) or isinstance(start, datetime):
        fault("horizon_start", "bad-parameter")
    elif len(numbers) == len(NUMBERS):
        days = int(numbers.pop("max_days_staff_year"))
        return facts.Parameters(start, **numbers, max_days_staff_year=days)
    return None
