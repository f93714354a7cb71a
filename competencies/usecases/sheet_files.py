"""Sheets of a campaign as one workbook: handed out blank, handed in filled in, all or nothing."""

import tempfile
from collections.abc import Iterable, Iterator
from decimal import Decimal
from pathlib import Path

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from competencies import rules
from competencies.library.tables import RATING_FORMS
from competencies.models import Campaign, StaffMember
from competencies.usecases.campaigns import campaign_coverage, narrowed, own_part, tasks_of
from competencies.usecases.gaps import gap_analysis
from competencies.usecases.sheets import Entry, Sheet, fill_sheet, sheets_of
from hrplan.core.frames import rows_of
from hrplan.core.models import Member
from hrplan.exchange.faults import Fault
from hrplan.exchange.messages import ADVICE, MESSAGES
from hrplan.exchange.read import Reading, read_tables
from hrplan.exchange.spec import Value, Values, Workbook
from hrplan.exchange.write import write_workbook

BOOK = Workbook(tables=(RATING_FORMS,))
MOST_SHEETS = 60  # handed out in one workbook
MOST_BYTES = 5_000_000
TOLD = 20  # faults told at once


def forms_of(campaign: Campaign, path: Path, *, by: Member, **narrow: str) -> int:
    """Write the sheets that the member has to fill in, with what is said already; says how many.

    The first MOST_SHEETS of those not done; what is filled in is handed in, then the next are had.
    `narrow` : unit, profile, grade, as `campaigns.narrowed`
    """
    analysis = gap_analysis(campaign.administration)
    table = narrowed(campaign_coverage(campaign, analysis), analysis, **narrow)
    chosen = tasks_of(analysis, rows_of(own_part(by, analysis, table)[:MOST_SHEETS]))
    people = StaffMember.objects.in_bulk([task.pk for task in chosen])
    held = sheets_of(campaign, [(people[task.pk], task.source) for task in chosen], analysis)
    rows = [row for one in held for row in _rows(one)]
    write_workbook({RATING_FORMS.name: rows}, BOOK, path, words=_)
    return len(held)


def _rows(held: Sheet) -> Iterator[Values]:
    for line in held.lines:
        yield {
            "staff": held.person.code,
            "name": held.person.name,
            "source": held.source,
            "competency": line.competency.code,
            "title": line.competency.title,
            "level": line.level,
            "evidence": line.evidence or None,
        }


@transaction.atomic
def hand_in(campaign: Campaign, file: UploadedFile, *, by: Member) -> int:
    """Record what a filled-in workbook says; says how many ratings.

    A row without a level says nothing. Refused whole, with every fault named, where the file can't
    be read, names somebody or something the member isn't asked about, or says what a sheet refuses.
    """
    if (file.size or 0) > MOST_BYTES:
        raise ValidationError(_("This file is too large: at most 5 MB."))
    reading = _read(file)
    if reading.refused:
        raise ValidationError([_told(one) for one in reading.faults if one.refuses][:TOLD])
    written, faults = 0, []
    said = _by_sheet(reading.values(RATING_FORMS.name))
    sheets = _sheets(campaign, said, by)
    for (code, source), rows in said.items():
        held = sheets.get((code, source))
        if held is None:
            words = _("%(staff)s as %(source)s: this is not a sheet of yours in this campaign.")
            faults.append(words % {"staff": code, "source": source})
            continue
        known = {line.competency.code: line.competency.pk for line in held.lines}
        strange = sorted(str(row["competency"]) for row in rows if row["competency"] not in known)
        if strange:
            words = _("%(staff)s: the sheet does not ask for %(codes)s.")
            faults.append(words % {"staff": code, "codes": ", ".join(strange)})
            continue
        entries = {known[str(row["competency"])]: _entry(row) for row in rows}
        try:
            written += fill_sheet(held, entries, by=by)
        except ValidationError as refusal:
            faults += [f"{code}: {words}" for words in refusal.messages]
    if faults:
        raise ValidationError(faults[:TOLD])
    return written


def _read(file: UploadedFile) -> Reading:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "forms.xlsx"
        with path.open("wb") as out:
            out.writelines(file.chunks())
        return read_tables(path, BOOK, name=Path(file.name or "forms.xlsx").name)


def _told(fault: Fault) -> str:
    reason = _(MESSAGES[fault.key]).format(**fault.params)
    return f"{fault.place}: {reason} {_(ADVICE[fault.key]).format(**fault.params)}"


def _by_sheet(
    rows: Iterable[dict[str, Value]],
) -> dict[tuple[str, str], list[dict[str, Value]]]:
    """The rows that say something, by person and source."""
    found: dict[tuple[str, str], list[dict[str, Value]]] = {}
    for row in rows:
        if row.get("level") is not None:
            found.setdefault((str(row["staff"]), str(row["source"])), []).append(row)
    return found


def _entry(row: dict[str, Value]) -> Entry:
    return Entry(Decimal(str(row["level"])), str(row.get("evidence") or ""))


def _sheets(
    campaign: Campaign, said: Iterable[tuple[str, str]], by: Member
) -> dict[tuple[str, str], Sheet]:
    """The sheets that the file names and the member may fill in."""
    codes = {code for code, _source in said}
    seen = StaffMember.objects.visible_to(by).filter(code__in=codes)
    people = {person.code: person for person in seen.select_related("unit")}
    wanted = [
        (people[code], source)
        for code, source in said
        if code in people and rules.can_assess(by, people[code], source)
    ]
    return {(one.person.code, one.source): one for one in sheets_of(campaign, wanted)}
