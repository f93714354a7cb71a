"""From a figure of a document to the rows behind it, for those who may see them."""

import json
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from competencies.models import Assessment, StaffMember
from hrplan.deliverables.contents.evidence import Evidence
from hrplan.deliverables.contents.sources import TRACES
from hrplan.deliverables.usecases import files, versions
from hrplan.deliverables.usecases.drafts import draft_document, draft_documents
from hrplan.documents.nodes import Chart, Document, Source, Table, leaves
from hrplan.documents.stored import to_json
from tests import make
from tests.deliverables.make_deliverables import house
from tests.deliverables.seats import sent_to_ministry

pytestmark = pytest.mark.whole
PLAN = "hr-development-plan"


@pytest.fixture(autouse=True)
def _own_files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "files"


def sources(document: Document) -> list[Source]:
    return [
        source
        for block in leaves(document.sections)
        if isinstance(block, Table | Chart)
        for source in block.sources
    ]


def annex(document: Document) -> Table:
    return next(one for one in document.sections[-1].blocks if isinstance(one, Table))


def test_few_people_are_not_counted_for_outside_readers(customs):
    house(customs)
    outside, inside = (draft_document(customs, PLAN, internal=own) for own in (False, True))

    told = [{s.n for s in sources(one) if s.table == "staff_members"} for one in (outside, inside)]

    assert told == [{None}, {2}]
    assert any("People: few" in row[2] for row in annex(outside).rows)
    assert annex(outside).note
    assert not annex(inside).note


def test_rows_that_are_no_people_are_counted_however_few(customs):
    house(customs)

    told = {s.n for s in sources(draft_document(customs, PLAN)) if s.table == "plan_costs"}

    assert None not in told


def test_sources_name_tables_and_numbers_and_no_person(customs):
    house(customs)
    named = {"Ann Arthurs", "Ben Bowen", "S0001", "S0002"}

    for draft in draft_documents(customs):
        assert not {name for name in named if name in to_json(draft.document)}


def test_more_rows_change_the_numbers_behind_and_nothing_else_of_what_is_traced(customs):
    found = house(customs)
    before = annex(draft_document(customs, PLAN, internal=True)).rows
    make.staff_member(found.ann.unit, found.ann.profile, code="S0003")

    after = annex(draft_document(customs, PLAN, internal=True)).rows

    assert StaffMember.objects.filter(administration=customs).count() == 3
    assert [row[:2] for row in before] == [row[:2] for row in after]
    assert any("People: 3" in row[2] for row in after)


def test_what_counts_no_more_is_behind_no_figure(customs):
    found = house(customs)
    Assessment.objects.filter(staff_member=found.ann).update(revoked_on=customs.as_of)

    document = draft_document(customs, PLAN, internal=True)

    assert {s.n for s in sources(document) if s.table == "ratings"} == {2}


def test_more_interventions_are_counted_with_no_more_queries(customs):
    """The sheet of each one states its own rows."""
    found = house(customs)
    rows = [one.rows for one in TRACES["sheet-*"]]

    def counts(codes):
        evidence = Evidence(customs)
        with CaptureQueriesContext(connection) as queries:
            told = [evidence.count(one, code) for one in rows for code in codes]
        return len(queries), told

    one, _told = counts(["I01"])
    for code in ("I03", "I04"):
        found.line.pk, found.line.code = None, code
        found.line.save()
    three, told = counts(["I01", "I03", "none"])

    assert three == one == len(rows)
    assert told[:3] == [1, 1, 0]


def preview(as_, member, kind: str) -> str:
    client = as_(member)
    return client.get(f"/customs/documents/{kind}/?preview=1").content.decode()


def test_hr_opens_the_rows_from_the_preview(customs, alice, as_):
    house(customs)
    versions.freeze(customs, by=alice)

    page = preview(as_, alice, PLAN)

    assert "Where it comes from" in page
    assert '<li><a href="/customs/staff/">People: few' in page
    assert '<li><a href="/customs/interventions/?kind=training">Training interventions: 2' in page
    assert "data-page" not in page


def test_a_reviewer_reads_which_rows_without_links_that_cannot_be_followed(
    customs, alice, ruth, as_
):
    house(customs)
    (version,) = versions.freeze(customs, [PLAN], by=alice)
    sent_to_ministry(version)

    page = preview(as_, ruth, PLAN)

    assert "<li>People: few" in page
    assert 'href="/customs/staff/"' not in page
    assert '<li><a href="/customs/interventions/?kind=training">Training interventions: 2' in page


def test_a_version_frozen_before_there_were_sources_reads_as_it_did(customs, alice, as_):
    house(customs)
    (version,) = versions.freeze(customs, [PLAN], by=alice)
    tree = to_json(files.document_of(version))
    cut = without_sources(tree)
    version.tree, version.digest = cut, versions.content_digest(cut, version.snapshot)
    version.save()

    page = preview(as_, alice, PLAN)

    assert versions.is_intact(version)
    assert to_json(files.document_of(version)) == cut
    assert "document-sources" not in page


def without_sources(tree: str) -> str:
    """The tree as it was written before sources were kept."""

    def cut(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: cut(one) for key, one in value.items() if key != "sources"}
        return [cut(one) for one in value] if isinstance(value, list) else value

    return json.dumps(cut(json.loads(tree)), sort_keys=True, separators=(",", ":"))
