"""A Word file comes back: its comments and tracked changes stand at their places, none is lost."""

import re
import shutil
import subprocess
import zipfile
from contextlib import suppress
from html import escape
from io import BytesIO
from pathlib import Path

import docx
import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.urls import reverse
from docx.oxml import parse_xml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hrplan.core.models import Administration
from hrplan.deliverables import wording
from hrplan.deliverables.models import Comment, DocumentVersion
from hrplan.deliverables.usecases import (
    comments,
    comparing,
    files,
    outlines,
    passages,
    returned,
    versions,
)
from hrplan.deliverables.usecases.places import places_of
from hrplan.documents.word_xml import NAMESPACES, bookmark_name
from hrplan.documents.words import unbroken
from tests import make
from tests.deliverables.make_deliverables import house
from tests.deliverables.seats import sent_to_ministry
from tests.once import once

pytestmark = pytest.mark.whole

KIND = "hr-strategy"
CHANGED = (
    '<w:del w:id="9001" w:author="Rita Reviewer" w:date="2016-03-01T09:00:00Z">'
    '<w:r><w:delText xml:space="preserve">Old words</w:delText></w:r></w:del>'
    '<w:ins w:id="9002" w:author="Rita Reviewer" w:date="2016-03-01T09:05:00Z">'
    '<w:r><w:t xml:space="preserve">New words</w:t></w:r></w:ins>'
)


MORE = (
    f'<w:ins {NAMESPACES} w:id="9001" w:author="Rita Reviewer" w:date="2016-03-01T09:00:00Z">'
    '<w:r><w:t xml:space="preserve">and more</w:t></w:r></w:ins>'
)


def build() -> int:
    owner = make.administration("customs")
    house(owner)
    (version,) = versions.freeze(owner, [KIND], by=None)
    sent_to_ministry(version)
    return version.pk


made_once = once(build)


@pytest.fixture
def version(made_once, db, settings, tmp_path) -> DocumentVersion:
    settings.MEDIA_ROOT = tmp_path / "files"
    return DocumentVersion.objects.select_related("administration").get(pk=made_once)


@pytest.fixture
def customs(version) -> Administration:
    return version.administration


def uploaded(data: bytes, name: str = "back.docx") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


def saved(word) -> bytes:
    out = BytesIO()
    word.save(out)
    return out.getvalue()


def commented(version: DocumentVersion) -> bytes:
    """The file with comments on a heading, in a table and on a caption, and a tracked change."""
    word = docx.Document(BytesIO(files.file_of(version, "docx")))
    heading = next(p for p in word.paragraphs if p.style.style_id == "Heading1")
    caption = next(p for p in word.paragraphs if p.style.style_id == "Caption")
    cell = next(t for t in word.tables if t.style.style_id == "HouseTable" and len(t.columns) > 2)
    for runs, text in (
        (heading.runs, "Who wrote this?"),
        (caption.runs[-1:], "Which year?"),
        (cell.rows[-1].cells[0].paragraphs[0].runs, "Check this row."),
    ):
        word.add_comment(runs, text=text, author="Rita Reviewer", initials="RR")
    return spoiled(
        saved(word), "word/document.xml", _change_below(comments.places_of(version)[0].anchor)
    )


def _change_below(anchor: str):
    """A change in the first paragraph below a heading."""

    def change(body: str) -> str:
        at = body.index("</w:p>", body.index(f'w:name="{bookmark_name(anchor)}"'))
        at = body.index("</w:p>", at + 1)
        return body[:at] + CHANGED + body[at:]

    return change


def spoiled(data: bytes, part: str, change) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            new.writestr(name, change(content.decode()).encode() if name == part else content)
    return out.getvalue()


def through_libreoffice(data: bytes, folder: Path) -> bytes:
    """The file as LibreOffice opens it and saves it again."""
    path = folder / "sent.docx"
    path.write_bytes(data)
    home = f"-env:UserInstallation=file://{folder}/home"
    command = ["soffice", home, "--headless", "--convert-to", "docx:MS Word 2007 XML"]
    subprocess.run(
        [*command, "--outdir", str(folder / "back"), str(path)],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    return (folder / "back" / "sent.docx").read_bytes()


def taken(version, data, by, **options):
    return returned.take_in(version, uploaded(data), from_ministry=True, by=by, **options)


def test_comments_and_changes_stand_at_their_places_with_author_and_time(version, alice):
    found = taken(version, commented(version), alice)

    rows = {row.text or row.after: row for row in Comment.objects.all()}
    assert (found.comments, found.changes, found.unmatched) == (3, 1, 0)
    assert rows["Who wrote this?"].place == comments.places_of(version)[0].words
    assert rows["Which year?"].place.startswith("Table ")
    assert rows["Check this row."].place.startswith("Table ")
    change = rows["New words"]
    assert (change.before, change.said_by) == ("Old words", "Rita Reviewer")
    assert change.made_at.isoformat() == "2016-03-01T09:00:00+00:00"
    assert all(row.is_from_ministry for row in rows.values())
    assert rows["Who wrote this?"].quote


def test_the_same_file_twice_adds_nothing(version, alice):
    data = commented(version)
    taken(version, data, alice)

    again = taken(version, data, alice)

    assert (again.comments, again.changes, again.known) == (0, 0, 4)
    assert Comment.objects.count() == 4


def test_what_stands_at_no_place_is_listed_without_one(version, alice):
    data = spoiled(
        commented(version), "word/document.xml",
        lambda body: re.sub(r"<w:comment(RangeStart|RangeEnd|Reference) [^>]*/>", "", body),
    )  # fmt: skip

    found = taken(version, data, alice)

    assert (found.comments, found.unmatched) == (3, 3)
    assert Comment.objects.filter(anchor="").count() == 3


def test_what_came_in_a_file_is_answered_by_hr_or_taken_out_again(version, alice, ruth):
    taken(version, commented(version), alice)
    first, second = Comment.objects.order_by("pk")[:2]

    comments.answer(first, outcome="accepted", text="", by=alice)
    with pytest.raises(PermissionDenied):
        comments.withdraw(second, by=ruth)
    comments.withdraw(second, by=alice)

    assert Comment.objects.count() == 3


def test_a_file_without_remarks_brings_none(version, alice):
    assert taken(version, files.file_of(version, "docx"), alice).comments == 0


def test_a_file_of_another_version_is_refused_by_its_mark(version, customs, alice):
    place = outlines.outline(customs, KIND)[0]
    passages.write_passage(customs, KIND, place.key, "Other words.", by=alice)
    (second,) = versions.freeze(customs, [KIND], by=alice)

    with pytest.raises(ValidationError, match="another version"):
        taken(version, files.file_of(second, "docx"), alice)


@pytest.mark.parametrize(
    ("part", "text", "words"),
    [
        (
            "word/document.xml",
            '<!DOCTYPE x [<!ENTITY y "z">]><x/>',
            "declares entities.* save it anew",
        ),
        ("word/document.xml", "<w:document", "doesn't hold a Word document"),
        ("word/comments.xml", "<broken", "doesn't hold a Word document"),
    ],
    ids=["entities", "cut body", "cut comments"],
)
def test_hostile_and_broken_parts_are_refused_and_nothing_is_kept(
    version, alice, part, text, words
):
    data = spoiled(commented(version), part, lambda _old: text)

    with pytest.raises(ValidationError, match=words):
        taken(version, data, alice)

    assert not Comment.objects.exists()


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (b"plain text", "no .docx"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "old .doc"),
        (b"PK\x03\x04 cut short", "damaged"),
    ],
    ids=["empty", "text", "old", "cut"],
)
def test_what_is_no_word_file_is_refused_by_name(version, alice, data, words):
    with pytest.raises(ValidationError, match=words):
        taken(version, data, alice)


def test_macros_and_bombs_are_refused(version, alice):
    def with_part(name: str, content: bytes) -> bytes:
        out = BytesIO(files.file_of(version, "docx"))
        with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as package:
            package.writestr(name, content)
        return out.getvalue()

    for name, content in (("word/vbaProject.bin", b"x"), ("word/media/a.bin", bytes(250_000_000))):
        with pytest.raises(ValidationError):
            taken(version, with_part(name, content), alice)


def test_only_hr_and_the_reviewer_bring_a_file_back(version, carol, mona, ruth):
    data = commented(version)
    for member in (carol, mona):
        with pytest.raises(PermissionDenied):
            taken(version, data, member)

    found = returned.take_in(version, uploaded(data), from_ministry=False, by=ruth)

    assert found.comments == 3
    assert Comment.objects.filter(is_from_ministry=True).count() == 4


def test_the_page_and_rest_take_a_file_in_and_say_what_came_of_it(version, as_, alice):
    client, data = as_(alice), commented(version)
    address = reverse("deliverables:take_in", args=["customs", version.pk])

    wrong = client.post(address, {"file": uploaded(b"text"), "from_ministry": "on"})
    page = client.post(address, {"file": uploaded(data), "from_ministry": "on"}, follow=True)
    told = client.post(
        f"/api/v1/customs/versions/{version.pk}/returned/", {"file": uploaded(data)}
    ).json()

    assert "no .docx file" in wrong.content.decode()
    assert "Taken in: 3 comments, 1 proposed change." in page.content.decode()
    assert "<ins>New words</ins>" in page.content.decode()
    assert told == {"comments": 0, "changes": 0, "around": 0, "unmatched": 0, "known": 4}


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_what_libreoffice_saved_comes_back_the_same(version, customs, alice, tmp_path):
    found = taken(version, through_libreoffice(commented(version), tmp_path), alice)

    assert (found.comments, found.changes, found.unmatched) == (3, 1, 0)
    rows = {row.text or row.after: row for row in Comment.objects.all()}
    assert rows["Who wrote this?"].place == comments.places_of(version)[0].words
    assert rows["Check this row."].place.startswith("Table ")
    assert rows["New words"].before == "Old words"


def test_our_own_comparison_comes_back_as_its_changes(version, customs, alice):
    place = outlines.outline(customs, KIND)[0]
    passages.write_passage(customs, KIND, place.key, "Officers are heard first.", by=alice)
    (second,) = versions.freeze(customs, [KIND], by=alice)

    found = taken(second, comparing.docx_of(version, second), alice)

    assert found.changes > 0
    assert Comment.objects.filter(after__contains="Officers are heard first.").exists()


def said_once(version: DocumentVersion) -> dict[str, str]:
    """The words of a paragraph, a bullet and the first cell of a row, each said only once."""
    found = {}
    for place in places_of(version):
        first = place.said.partition(" | ")[0] if place.kind == "row" else place.said
        if place.kind in {"paragraph", "item", "row"} and len(first) > 12:
            found.setdefault(place.kind, first)
    return found


def block_commented(version: DocumentVersion) -> bytes:
    """The file with a comment on a paragraph, a bullet and a row, and a change in the paragraph."""
    word = docx.Document(BytesIO(files.file_of(version, "docx")))
    lines = {_line(p.text): p for p in word.paragraphs if p.style.style_id[:3] != "TOC"}
    cells = {
        _line(row.cells[0].text): row.cells[-1].paragraphs[0]
        for table in word.tables
        for row in table.rows
    }
    wanted = said_once(version)
    for kind, told in (("paragraph", lines), ("item", lines), ("row", cells)):
        runs = told[_line(wanted[kind])].runs
        word.add_comment(runs, text=f"On the {kind}.", author="Rita Reviewer", initials="RR")
    lines[_line(wanted["paragraph"])]._p.append(parse_xml(MORE))
    return saved(word)


def _line(text: str) -> str:
    return "".join(text.split())


def at_block(version: DocumentVersion) -> dict[str, tuple[str, bool]]:
    """Kind of the place of each remark, and whether it is the passage it was made on."""
    by_anchor = {place.anchor: place for place in places_of(version)}
    wanted = said_once(version)
    found = {}
    for row in Comment.objects.all():
        place = by_anchor[row.anchor]
        said = place.said.partition(" | ")[0] if place.kind == "row" else place.said
        found[row.text or row.after] = place.kind, said == wanted.get(place.kind)
    return found


AT_BLOCK = {
    "On the paragraph.": ("paragraph", True),
    "On the item.": ("item", True),
    "On the row.": ("row", True),
    "and more": ("paragraph", True),
}


def test_comments_and_changes_stand_at_their_paragraph_bullet_and_row(version, alice):
    found = taken(version, block_commented(version), alice)

    assert (found.comments, found.changes, found.around, found.unmatched) == (3, 1, 0, 0)
    assert at_block(version) == AT_BLOCK


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_leaves_them_at_their_paragraph_bullet_and_row(version, alice, tmp_path):
    found = taken(version, through_libreoffice(block_commented(version), tmp_path), alice)

    assert (found.comments, found.changes, found.around, found.unmatched) == (3, 1, 0, 0)
    assert at_block(version) == AT_BLOCK


def test_a_passage_that_was_written_anew_is_known_by_its_section_alone_and_says_so(version, alice):
    words = said_once(version)["paragraph"]
    whole = escape(unbroken(words))
    data = spoiled(
        block_commented(version), "word/document.xml",
        lambda body: body.replace(f">{whole}<", ">Something else entirely.<"),
    )  # fmt: skip

    found = taken(version, data, alice)

    row = Comment.objects.get(text="On the paragraph.")
    assert (found.comments, found.around, found.unmatched) == (3, 2, 0)
    assert row.place.endswith("(its passage was not found)")
    assert row.anchor in {one.anchor for one in places_of(version) if one.kind == "heading"}
    assert "2 stand at their section or table only" in wording.taken_in_words(found)


def test_what_was_kept_at_its_section_before_is_not_taken_in_again_at_its_passage(version, alice):
    data = block_commented(version)
    taken(version, data, alice)
    places = {one.anchor: one for one in places_of(version)}
    for row in Comment.objects.all():
        Comment.objects.filter(pk=row.pk).update(anchor=places[row.anchor].within)

    assert taken(version, data, alice).known == 4


@given(places=st.lists(st.integers(0, 10**9), min_size=1, max_size=40), byte=st.integers(0, 255))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)
def test_a_damaged_file_is_refused_or_read_and_breaks_nothing(version, alice, places, byte):
    data = bytearray(DAMAGED_ONCE.setdefault("file", commented(version)))
    for place in places:
        data[place % len(data)] = byte

    with suppress(ValidationError), transaction.atomic():
        taken(version, bytes(data), alice)


DAMAGED_ONCE: dict[str, bytes] = {}
