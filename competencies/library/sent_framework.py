"""A framework that somebody sends, in whichever of the formats; nothing is trusted."""

from collections.abc import Sequence
from pathlib import Path

from competencies.library.from_case import from_case
from competencies.library.from_esco import Narrowed, from_esco, kind_of
from competencies.library.from_moodle import from_moodle, is_moodle
from competencies.library.incoming import Incoming, Unsaid, refuse
from competencies.library.messages import fault
from competencies.library.sent_json import MOST_BYTES
from hrplan.exchange.content import ContentError
from hrplan.exchange.csv_text import CsvText, csv_rows
from hrplan.exchange.faults import Refused
from hrplan.exchange.limits import Limits
from hrplan.exchange.shapes import of_file

MOODLE, CASE, ESCO = "moodle", "case", "esco"
CSV_LIMITS = Limits(csv_bytes=40_000_000, csv_rows=400_000, columns=60)
SUFFIXES = (".csv", ".json")


def read_sent(
    files: Sequence[tuple[str, Path]], unsaid: Unsaid, narrowed: Narrowed | None = None
) -> tuple[str, Incoming]:
    """(format, framework) of the files, each a name and where it lies; the format is guessed.

    Raises
    ------
    ContentError
        No known format, or its reader refuses it; with every fault of the first kind found.
    """
    name, path = files[0]
    suffixes = [Path(one).suffix.casefold() for one, _path in files]
    if not set(suffixes) <= set(SUFFIXES):
        refuse(name, [fault("file", "framework_kind")])
    if ".json" in suffixes:
        _alone(files)
        with path.open("rb") as file:
            return CASE, from_case(file.read(MOST_BYTES + 1), name, unsaid)
    tables = [(one, _table(one, at)) for one, at in files]
    kinds = {kind_of(text.rows[0][1]) if text.rows else "" for _one, text in tables}
    if kinds != {""}:
        return ESCO, from_esco(_by_kind(tables), unsaid, narrowed or Narrowed())
    _alone(files)
    if not tables[0][1].rows or not is_moodle(tables[0][1].rows[0][1]):
        refuse(name, [fault("file", "framework_kind")])
    return MOODLE, from_moodle(tables[0][1], name, unsaid)


def _alone(files: Sequence[tuple[str, Path]]) -> None:
    """Refuse more files beside one that holds a whole framework."""
    others = [fault("file", "files_mixed", name=name[:60]) for name, _path in files[1:]]
    refuse(files[0][0], others)


def _table(name: str, path: Path) -> CsvText:
    try:
        return csv_rows(path, CSV_LIMITS, Path(name).stem[:60])
    except Refused as refused:
        raise ContentError(name, tuple(map(of_file, refused.faults))) from refused


def _by_kind(tables: Sequence[tuple[str, CsvText]]) -> dict[str, tuple[str, CsvText]]:
    found: dict[str, tuple[str, CsvText]] = {}
    faults = []
    for name, text in tables:
        kind = kind_of(text.rows[0][1]) if text.rows else ""
        if not kind:
            faults.append(fault("file", "files_mixed", name=name[:60]))
        elif kind in found:
            faults.append(fault("file", "esco_twice", kind=kind))
        else:
            found[kind] = (name, text)
    refuse(tables[0][0], faults)
    return found
