"""Versions: frozen once, found again in a file, and the files are the same each time."""

import hashlib
from io import StringIO
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import CommandError, call_command

from hrplan.core.models import Administration, RunState
from hrplan.deliverables.models import DocumentVersion
from hrplan.deliverables.usecases import files, submissions, versions
from hrplan.strategy.models import Objective
from tests import make
from tests.deliverables.make_deliverables import house
from tests.once import once

pytestmark = pytest.mark.whole

ALL = [
    *("hr-strategy.docx", "hr-strategy.html", "hr-strategy.pdf", "hr-strategy.pptx"),
    *("hr-development-plan.docx", "hr-development-plan.html", "hr-development-plan.pdf"),
    *("training-calendar.docx", "training-calendar.html", "training-calendar.ics"),
    *("training-calendar.pdf", "training-calendar.xlsx"),
]


def build() -> list[int]:
    """The small administration, and the versions of its three documents."""
    administration = make.administration("customs")
    house(administration)
    return [one.pk for one in versions.freeze(administration, by=None)]


made_once = once(build)


@pytest.fixture
def frozen(made_once, db) -> list[DocumentVersion]:
    return [DocumentVersion.objects.get(pk=pk) for pk in made_once]


@pytest.fixture
def customs(frozen) -> Administration:
    return Administration.objects.get(slug="customs")


@pytest.fixture
def unfrozen(customs) -> Administration:
    """The same with no version yet."""
    DocumentVersion.objects.all().delete()
    return customs


@pytest.fixture(autouse=True)
def _own_files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "files"


def quietly(*words: object, **options: object) -> str:
    out = StringIO()
    call_command(*map(str, words), stdout=out, stderr=StringIO(), **options)
    return out.getvalue()


def hashes(folder: Path) -> dict[str, str]:
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.iterdir()}


def test_what_did_not_change_keeps_its_version(customs, frozen):
    again = versions.freeze(customs, by=None)

    assert [one.pk for one in again] == [one.pk for one in frozen]
    assert [one.number for one in frozen] == [1, 1, 1]


def test_what_changed_gets_the_next_number_and_the_old_one_stays(customs, frozen):
    first = frozen[0]
    tree = first.tree
    Objective.objects.update(title="Close every gap")

    second = versions.freeze(customs, by=None)[0]

    first.refresh_from_db()
    assert (second.number, first.number) == (2, 1)
    assert first.tree == tree
    assert versions.is_intact(first)


def test_a_tree_changed_behind_our_back_is_no_longer_intact(frozen):
    version = frozen[0]
    version.tree = version.tree.replace("Close the gaps", "Close some gaps")

    assert not versions.is_intact(version)


def test_only_the_hr_officer_freezes(customs, carol):
    with pytest.raises(PermissionDenied):
        versions.freeze(customs, by=carol)


def test_an_unknown_language_is_refused_in_words(customs):
    with pytest.raises(ValidationError, match="in en, not in xx"):
        versions.freeze(customs, by=None, language="xx")


def test_the_edition_for_the_ministry_names_nobody_and_the_internal_one_lists_places(
    customs, frozen
):
    outside = frozen[2]

    inside = versions.freeze(customs, ("training-calendar",), by=None, internal=True)[0]

    assert "Ann Arthurs" not in outside.tree + str(outside.snapshot)
    assert [row["name"] for row in inside.snapshot["calendar"]["enrolments"]] == [
        "Ann Arthurs",
        "Ann Arthurs",
    ]


def test_every_document_states_the_same_headcount_on_the_same_day(frozen):
    assert [(one.snapshot["headcount"], one.snapshot["as_of"]) for one in frozen] == [
        (2, "2016-02-12")
    ] * 3


def test_demonstration_data_are_marked_as_invented(customs):
    customs.is_demonstration = True
    customs.save()

    version = versions.freeze(customs, by=None)[0]

    assert "Invented demonstration data" in files.document_of(version).notice


@pytest.mark.parametrize("format", ["docx", "html", "pdf", "xlsx", "ics"])
def test_a_file_tells_its_version_and_a_changed_one_is_found_out(frozen, format):
    version = frozen[2]
    data = files.render(version, format)

    same = versions.verify(data)
    changed = versions.verify(data + b"\n")

    assert (same.state, same.version, same.format) == ("unchanged", version, format)
    assert (changed.state, changed.version) == ("changed", version)


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"%PDF-1.7", b"hello"])
def test_a_file_of_another_origin_is_unknown(db, data):
    assert versions.verify(data).state == "unknown"


def test_the_strategy_is_no_workbook(frozen):
    with pytest.raises(ValidationError, match="does not exist as .xlsx"):
        files.render(frozen[0], "xlsx")


def test_the_feed_holds_each_session_once_and_nobody(frozen):
    feed = files.render(frozen[2], "ics").decode()

    assert feed.count("BEGIN:VEVENT") == 2
    assert "DTSTART;VALUE=DATE:20160412" in feed
    assert "DTEND;VALUE=DATE:20160414" in feed
    assert "X-WR-TIMEZONE:America/Belize" in feed
    assert "Arthurs" not in feed


def test_the_command_writes_every_file_and_the_same_bytes_twice(unfrozen, tmp_path, settings):
    quietly("deliverables", "customs", out=tmp_path / "a")
    DocumentVersion.objects.all().delete()
    settings.MEDIA_ROOT = tmp_path / "other"
    told = quietly("deliverables", "customs", out=tmp_path / "b")

    assert sorted(hashes(tmp_path / "a")) == sorted([*ALL, "manifest.json"])
    assert hashes(tmp_path / "a") == hashes(tmp_path / "b")
    assert "0 of 12 rules do not hold" in told


def test_the_command_verifies_what_it_wrote(customs, tmp_path):
    quietly("deliverables", "customs", out=tmp_path)

    told = quietly("verify", tmp_path / "hr-strategy.docx")
    (tmp_path / "hr-strategy.html").write_text("hello")

    assert "unchanged. It is HR Strategy 1 of Customs Customs Department" in told
    with pytest.raises(CommandError, match="unknown"):
        quietly("verify", tmp_path / "hr-strategy.html")
    with pytest.raises(CommandError, match="no such file"):
        quietly("verify", tmp_path / "nothing.pdf")


def test_the_command_names_the_administrations_there_are(customs, tmp_path):
    with pytest.raises(CommandError, match="there are: customs"):
        quietly("deliverables", "atlantis", out=tmp_path)


def test_an_administration_without_any_data_still_gets_its_documents(db, tmp_path):
    make.administration("bare")

    told = quietly("deliverables", "bare", out=tmp_path)

    assert "0 of 12 rules do not hold" in told
    assert "Sections left out" in (tmp_path / "hr-strategy.html").read_text()


def test_long_work_makes_versions_and_their_files(unfrozen, alice):
    run = versions.ask_for_versions(by=alice)

    versions.versions_task.func(run.pk)

    run.refresh_from_db()
    assert (run.state, len(run.result["versions"])) == (RunState.DONE, 3)
    assert run.result["url"] == "/customs/documents/"


def test_others_do_not_see_what_was_not_meant_for_them(unfrozen, alice, bob, ruth, stan, cora):
    outside = versions.freeze(unfrozen, ("hr-strategy",), by=None)[0]
    inside = versions.freeze(unfrozen, ("hr-strategy",), by=None, internal=True)[0]

    def seen(member):
        return set(DocumentVersion.objects.visible_to(member))

    assert seen(alice) == {outside, inside}
    assert seen(bob) == {outside}
    assert seen(ruth) == seen(stan) == seen(cora) == set()
    assert seen(make.member(make.administration("there"), "hr_officer", "eve")) == set()


def test_a_submission_needs_a_version_of_each_document_that_is_chosen(unfrozen, alice):
    versions.freeze(unfrozen, ("hr-strategy",), by=alice)

    with pytest.raises(ValidationError, match="no version of Training Calendar yet"):
        submissions.make_submission(unfrozen, by=alice)

    assert submissions.make_submission(unfrozen, ("hr-strategy",), by=alice).number == 1
