"""The part of the corpus that is read beside rows, on either database: lists and tables."""

import datetime as dt

import pytest

from competencies.library.staff_lists.matching import ListMapping
from competencies.models import Assessment, Framework, Post, StaffMember, Unit
from hrplan import workbook
from hrplan.core.models import Import
from hrplan.exchange.preview import Existing, Preview
from hrplan.imports.usecases import sheets
from tests import make
from tests.exchange.corpus_beside import BESIDE
from tests.exchange.corpus_lists import LISTS
from tests.exchange.entries import Entry
from tests.exchange.test_corpus import names_its_place, the_fault


@pytest.fixture
def here(customs, elsewhere):
    port = make.unit(customs, "PORT", title="Port of Belize")
    make.unit(customs, "WB", title="Western Border Station")
    far = make.unit(elsewhere, "FAR", title="Far away")
    make.framework(customs, ("OLD1",))
    Framework.objects.filter(administration=customs).update(code="old", state="retired")
    profile = make.profile(make.framework(customs), "R1")
    profile.title = "Cargo Examiner"
    profile.save()
    Post.objects.create(administration=customs, code="P1", unit=port, profile=profile)
    born = {"name": "Dee Orr", "born_on": dt.date(1970, 5, 1)}
    make.staff_member(port, code="00900", **born)
    make.staff_member(port, code="S-9", name="Dee Orr")
    make.staff_member(far, code="E77")
    Unit.objects.filter(code="WB").update(parent=port)
    StaffMember.objects.filter(code="S-9").update(supervisor=StaffMember.objects.get(code="00900"))
    make.framework(elsewhere, ("ZX",))
    return customs


def judged(seen: Preview, entry: Entry) -> None:
    got = "R" if seen.refused else "W" if seen.faults else "A"
    assert got == entry.expected, list(map(str, seen.faults))
    if entry.key:
        fault = the_fault(seen.faults, entry.key)
        assert fault.refuses == (entry.expected == "R")
        assert entry.at is None or names_its_place(fault, *entry.at)


@pytest.mark.parametrize("entry", BESIDE, ids=lambda entry: entry.name)
def test_each_table_beside_rows_gets_its_class_and_its_words(entry: Entry, here, tmp_path):
    before = (StaffMember.objects.count(), Assessment.objects.count())

    seen = workbook.import_preview(here, entry.build(tmp_path), Existing.UPDATE)

    judged(seen, entry)
    if not seen.refused:
        workbook.take_in(here, seen, by=None)
    assert seen.refused == (
        before == (StaffMember.objects.count(), Assessment.objects.count())
        and not any(table.changed for table in seen.tables)
    )


@pytest.mark.parametrize("entry", LISTS, ids=lambda entry: entry.name)
def test_each_list_gets_its_class_and_its_words(entry: Entry, here, tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path
    (tmp_path / "imports").mkdir()
    path = entry.build(tmp_path / "imports")
    row = Import(administration=here, name=path.name, stored=path.name, is_staff_list=True)
    looked = sheets.look(row)

    seen = workbook.staff_list_preview(
        here, looked.grid, ListMapping.of(looked.mapping.plain()), Existing.UPDATE, path.name
    )

    judged(seen, entry)
    assert StaffMember.objects.of(here).count() == 2
