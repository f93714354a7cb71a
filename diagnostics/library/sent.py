"""A questionnaire that somebody sends, in whichever of the three formats; nothing is trusted."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from diagnostics.library import forms_in, read, sheets_in, specs
from diagnostics.library.content import MATURITY, Content
from diagnostics.library.forms_out import EXTRA_SHEETS
from diagnostics.library.places import located
from hrplan.exchange import shapes
from hrplan.exchange.content import ContentError, Fault
from hrplan.exchange.faults import Faults, Refused
from hrplan.exchange.formats import xlsform
from hrplan.exchange.grids import Grid, open_grids
from hrplan.exchange.limits import DEFAULT, Limits
from hrplan.exchange.read import read_grids

YAML_SUFFIXES = (".yaml", ".yml")
SUFFIXES = (".xlsx", *YAML_SUFFIXES)
UNSAID = {"provider": "unknown", "licence": "unknown", "provenance": "Read from an XLSForm."}


@dataclass(frozen=True, slots=True)
class Sent:
    """A questionnaire as it was sent, and what of the file was left out or read in doubt."""

    content: Content
    warnings: tuple[Fault, ...] = ()


def read_sent(
    path: Path, name: str, unsaid: Mapping[str, str] = UNSAID, limits: Limits = DEFAULT
) -> Sent:
    """The questionnaire in a file that is called `name` by its sender.

    A workbook is scanned before it is opened, and opened in a process with limits; one with a
    sheet `survey` is taken for an XLSForm, where `unsaid` says whose it is if the form doesn't.

    Raises
    ------
    ContentError
        The file holds no questionnaire; with every fault of the first kind that was found.
    """
    suffix = Path(name).suffix.casefold()
    if suffix not in SUFFIXES:
        raise ContentError(name, (shapes.fault("file", "content_kind"),))
    if suffix in YAML_SUFFIXES:
        with path.open("rb") as file:
            return Sent(read.from_yaml(file.read(shapes.MOST_BYTES + 1), name))
    faults = Faults()
    try:
        grids = open_grids(path, limits, faults.add, name)
    except Refused as refused:
        raise ContentError(name, tuple(map(shapes.of_file, refused.faults))) from refused
    if xlsform.is_form(grids):
        return _form(grids, faults, name, unsaid)
    return _workbook(grids, faults, name)


def _workbook(grids: list[Grid], faults: Faults, name: str) -> Sent:
    spec = specs.workbook(specs.LEVELS, specs.languages_in(grids))
    reading = read_grids(grids, spec, faults, checks=sheets_in.CHECKS, name=name)
    if reading.refused:
        raise ContentError(name, _told(faults, refusals=True))
    data, places = sheets_in.data_of(reading.tables)
    try:
        return Sent(read.from_data(data, name), _told(faults))
    except ContentError as error:
        raise located(error, places) from error


def _form(grids: list[Grid], faults: Faults, name: str, unsaid: Mapping[str, str]) -> Sent:
    form = xlsform.read_form(grids, faults.add)
    data, places = forms_in.data_of(form, unsaid, faults.add)
    more = [grid for grid in grids if grid.sheet in EXTRA_SHEETS and grid.rows]
    if more:
        spec = specs.workbook(specs.LEVELS, specs.languages_in(more))
        reading = read_grids(more, spec, faults, name=name)
        extras = sheets_in.extras_of(reading.tables, places) if data["kind"] == MATURITY else {}
        data |= {name: part for name, part in extras.items() if part}
        data |= sheets_in.translations_of(reading.tables)
    if any(fault.refuses for fault in faults.all()):
        raise ContentError(name, _told(faults, refusals=True))
    try:
        return Sent(read.from_data(data, name), _told(faults))
    except ContentError as error:
        raise located(error, places) from error


def _told(faults: Faults, *, refusals: bool = False) -> tuple[Fault, ...]:
    found = faults.all()
    return tuple(shapes.of_file(one) for one in found if one.refuses or not refusals)
