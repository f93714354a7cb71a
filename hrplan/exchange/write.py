"""Rows become files: a workbook, a folder of csv files, a blank template, a refused file marked."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from hrplan.exchange.faults import Fault
from hrplan.exchange.spec import Values, Workbook

Written = Mapping[str, Iterable[Values]]  # table name -> rows


def write_workbook(rows: Written, workbook: Workbook, path: Path) -> None:
    """One .xlsx file with a sheet for each table given; the same rows give the same bytes."""
    raise NotImplementedError


def write_folder(rows: Written, workbook: Workbook, folder: Path) -> None:
    """A folder with one .csv file (UTF-8, comma, ISO dates) for each table given."""
    raise NotImplementedError


def write_template(workbook: Workbook, path: Path) -> None:
    """A blank .xlsx file to fill in: drop-down lists, limits and an example row in each sheet."""
    raise NotImplementedError


def write_marked(path: Path, faults: Iterable[Fault], out: Path) -> None:
    """The refused file as .xlsx: faulty cells coloured, each with its reason and advice as a note."""
    raise NotImplementedError
