"""Own Word templates: what is unsafe is refused whole, and a version's files never change."""

from io import BytesIO
from os import urandom
from pathlib import Path

import docx
import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse

from hrplan.core.models import Administration
from hrplan.deliverables.models import DocumentVersion, WordTemplate
from hrplan.deliverables.usecases import comparing, files, versions, word_templates
from hrplan.documents.word_package import Unfit
from tests import make
from tests.deliverables.make_deliverables import house
from tests.documents.make_templates import (
    MINISTRY,
    as_kind,
    letterhead,
    with_part,
    with_relation,
)
from tests.once import once

pytestmark = pytest.mark.whole

KIND = ("hr-strategy",)
MACROS = "application/vnd.ms-word.document.macroEnabled.main+xml"


def build() -> int:
    owner = make.administration("customs")
    house(owner)
    return versions.freeze(owner, KIND, by=None)[0].pk


made_once = once(build)


@pytest.fixture
def first(made_once, db, settings, tmp_path) -> DocumentVersion:
    """The version that was made before there was any template."""
    settings.MEDIA_ROOT = tmp_path / "files"
    return DocumentVersion.objects.get(pk=made_once)


@pytest.fixture
def customs(first) -> Administration:
    return first.administration


def uploaded(data: bytes, name: str = "letterhead.docx") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


def brought(customs, by, data: bytes = b"", name: str = "letterhead.docx") -> WordTemplate:
    return word_templates.add_template(customs, uploaded(data or letterhead(), name), by=by)


def used(customs, by, data: bytes = b"") -> WordTemplate:
    row = brought(customs, by, data)
    word_templates.use_template(row, by=by)
    return row


def kept_files(settings) -> list[Path]:
    return [one for one in Path(settings.MEDIA_ROOT).rglob("*") if one.is_file()]


def header_of(data: bytes) -> str:
    sections = docx.Document(BytesIO(data)).sections
    return " ".join(paragraph.text for paragraph in sections[-1].header.paragraphs)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"plain text", "no .docx"),
        (b"PK\x03\x04 cut short", "damaged"),
        (as_kind(letterhead(), MACROS), "macros"),
        (with_part(letterhead(), "word/vbaProject.bin", b"x"), "macros"),
        (with_part(letterhead(), "word/embeddings/sheet.bin", b"x"), "other documents"),
        (with_part(letterhead(), "word/activeX/one.xml", b"<x/>"), "controls"),
        (with_part(letterhead(), "word/media/a.dat", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
         "other files"),
        (with_part(letterhead(), "word/media/a.bin", bytes(60_000_000)), "Unpacked, the file"),
        (with_part(letterhead(), "word/media/a.bin", urandom(5_100_000)), "MB"),
        (with_relation(letterhead(), "attachedTemplate", "file:///C:/x.dotx"), "elsewhere"),
        (with_relation(letterhead(), "image", "https://elsewhere.example/a.png"), "elsewhere"),
        (with_relation(letterhead(), "hyperlink", "file://server/share"), "only web"),
    ],
    ids=["text", "cut", "macros", "vba", "embedded", "controls", "ole", "bomb", "large",
         "template", "picture", "share"],
)  # fmt: skip
def test_what_is_unsafe_is_refused_in_words_and_nothing_is_kept(
    customs, alice, settings, data, words
):
    with pytest.raises(ValidationError, match=words):
        brought(customs, alice, data)

    assert not WordTemplate.objects.exists()
    assert kept_files(settings) == []


def test_only_the_hr_officer_of_the_administration_brings_one(customs, carol, mallory):
    for member in (carol, mallory):
        with pytest.raises(PermissionDenied):
            brought(customs, member)


def test_the_same_file_twice_is_kept_once(customs, alice, settings):
    data = letterhead()

    assert brought(customs, alice, data) == brought(customs, alice, data, name="other.docx")
    assert len(kept_files(settings)) == 1


def test_a_name_leads_nowhere(customs, alice, settings):
    row = brought(customs, alice, name="..\\..\\letter.docx")

    assert row.name == "letter.docx"
    (path,) = kept_files(settings)
    assert path.parent.parent.name == "word-templates"


def test_at_most_one_template_is_in_use(customs, alice):
    one = used(customs, alice)
    other = used(customs, alice, letterhead(lambda word: word.add_paragraph("Another")))

    one.refresh_from_db()
    assert (one.is_in_use, word_templates.template_in_use(customs)) == (False, other)
    with pytest.raises(IntegrityError), transaction.atomic():
        WordTemplate.objects.update(is_in_use=True)


def test_the_next_version_is_written_in_it_and_those_before_stay_as_they_are(customs, alice, first):
    before = files.render(first, "docx")
    row = used(customs, alice)

    (second,) = versions.freeze(customs, KIND, by=alice)

    assert (second.number, second.word_template) == (2, row)
    assert MINISTRY in header_of(files.render(second, "docx"))
    first.refresh_from_db()
    assert files.render(first, "docx") == before
    assert versions.freeze(customs, KIND, by=alice) == (second,)


def test_a_later_template_changes_no_file_of_an_earlier_version(customs, alice):
    used(customs, alice)
    (second,) = versions.freeze(customs, KIND, by=alice)
    data = files.render(second, "docx")

    used(customs, alice, letterhead(lambda word: word.sections[0].header.add_paragraph("New")))
    (third,) = versions.freeze(customs, KIND, by=alice)
    word_templates.use_ours(customs, by=alice)
    (fourth,) = versions.freeze(customs, KIND, by=alice)

    second.refresh_from_db()
    assert files.render(second, "docx") == data
    assert [
        versions.verify(files.render(one, "docx")).state for one in (second, third, fourth)
    ] == [*("unchanged",) * 3]
    assert fourth.word_template is None
    assert len({one.digest for one in (second, third, fourth)}) == 3


def test_verify_knows_the_files_of_a_version_in_a_template(customs, alice):
    used(customs, alice)
    (second,) = versions.freeze(customs, KIND, by=alice)

    for format in ("docx", "html", "pdf"):
        data = files.render(second, format)
        assert (versions.verify(data).state, versions.verify(data).version) == ("unchanged", second)
        assert versions.verify(data + b"\n").state == "changed"


def test_a_version_bound_to_another_template_behind_our_back_is_not_intact(customs, alice):
    used(customs, alice)
    (second,) = versions.freeze(customs, KIND, by=alice)
    other = brought(customs, alice, letterhead(lambda word: word.add_paragraph("Another")))

    second.word_template = other

    assert not versions.is_intact(second)


def test_a_template_changed_on_disk_is_refused_rather_than_used(customs, alice, settings, as_):
    row = used(customs, alice)
    (second,) = versions.freeze(customs, KIND, by=alice)
    (path,) = kept_files(settings)
    path.write_bytes(letterhead(lambda word: word.add_paragraph("Another")))

    with pytest.raises(ValidationError, match="no longer as it was kept"):
        files.render(second, "docx")
    address = reverse("deliverables:file", args=["customs", second.pk])
    page = as_(alice).get(address, {"format": "docx"}, follow=True)
    assert "no longer as it was kept" in page.content.decode()
    for name in ("word_template", "word_template_sample", "word_template_file"):
        shown = as_(alice).get(
            reverse(f"deliverables:{name}", args=["customs", row.pk]), follow=True
        )
        assert "no longer as it was kept" in shown.content.decode()


def test_a_template_is_removed_only_while_nothing_hangs_on_it(customs, alice, settings):
    row = used(customs, alice)
    with pytest.raises(ValidationError, match="in use"):
        word_templates.remove_template(row, by=alice)
    versions.freeze(customs, KIND, by=alice)
    word_templates.use_ours(customs, by=alice)
    row.refresh_from_db()
    with pytest.raises(ValidationError, match="Versions were made"):
        word_templates.remove_template(row, by=alice)

    other = brought(customs, alice, letterhead(lambda word: word.add_paragraph("Another")))
    word_templates.remove_template(other, by=alice)

    assert list(WordTemplate.objects.all()) == [row]
    assert len(kept_files(settings)) == 1


def test_a_template_put_in_use_meanwhile_is_not_removed(customs, alice, settings):
    seen = brought(customs, alice)
    used(customs, alice)

    with pytest.raises(ValidationError, match="in use"):
        word_templates.remove_template(seen, by=alice)

    assert len(kept_files(settings)) == 1


def test_a_template_removed_meanwhile_and_brought_once_more_keeps_its_file(
    customs, alice, settings
):
    seen, other = brought(customs, alice), brought(customs, alice)
    word_templates.remove_template(other, by=alice)
    again = brought(customs, alice)

    word_templates.remove_template(seen, by=alice)

    assert list(WordTemplate.objects.all()) == [again]
    assert len(kept_files(settings)) == 1


def test_a_template_that_no_longer_fits_is_told_in_words(customs, alice, monkeypatch, as_):
    """Documents may come to ask more of a template than when it was brought."""
    row = brought(customs, alice)

    def unfit(*_given, **_named):
        raise Unfit("no_document", "word/styles.xml")

    monkeypatch.setattr(word_templates, "findings", unfit)
    monkeypatch.setattr(word_templates.to_docx, "docx", unfit)

    for ask in (word_templates.findings_of, word_templates.sample_of):
        with pytest.raises(ValidationError, match="Word"):
            ask(row)
    for name in ("word_template", "word_template_sample"):
        page = as_(alice).get(
            reverse(f"deliverables:{name}", args=["customs", row.pk]), follow=True
        )
        assert page.status_code == 200


def test_changes_between_versions_are_tracked_in_the_template_of_the_newer(customs, alice, first):
    used(customs, alice)
    (second,) = versions.freeze(customs, KIND, by=alice)

    assert MINISTRY in header_of(comparing.docx_of(first, second))


def test_the_sample_is_in_the_template_and_says_that_it_is_one(customs, alice, first):
    row = brought(customs, alice)

    data = word_templates.sample_of(row)

    assert MINISTRY in header_of(data)
    assert "every figure is invented" in docx.Document(BytesIO(data)).core_properties.comments
    assert not DocumentVersion.objects.exclude(pk=first.pk).exists()


def test_the_pages_bring_look_at_use_leave_and_remove(customs, alice, as_):
    client = as_(alice)
    address = reverse("deliverables:word_templates", args=["customs"])

    wrong = client.post(address, {"file": uploaded(b"text")})
    found = client.post(address, {"file": uploaded(letterhead())}, follow=True)
    row = WordTemplate.objects.get()
    used_page = client.post(f"{address}{row.pk}/use/", follow=True)
    listed = client.get(address)
    left = client.post(f"{address}ours/", follow=True)
    gone = client.post(f"{address}{row.pk}/remove/", follow=True)

    assert "no .docx file" in wrong.content.decode()
    shown = found.content.decode()
    assert "{titel}" in shown
    assert "do you mean" in shown
    assert "Callout Decision" in shown
    assert "In use" in used_page.content.decode()
    assert "in use" in listed.content.decode()
    assert "our own look" in left.content.decode()
    assert "removed" in gone.content.decode()
    assert not WordTemplate.objects.exists()


def test_rest_does_the_same(customs, alice, as_):
    client, address = as_(alice), "/api/v1/customs/word-templates/"

    wrong = client.post(address, {"file": uploaded(b"text")})
    made = client.post(address, {"file": uploaded(letterhead())})
    key = made.json()["id"]
    found = client.get(f"{address}{key}/findings/").json()
    in_use = client.post(f"{address}{key}/use/").json()
    refused = client.delete(f"{address}{key}/")
    left = client.post(f"{address}ours/")
    gone = client.delete(f"{address}{key}/")

    assert (wrong.status_code, made.status_code) == (400, 201)
    assert "no .docx file" in str(wrong.json())
    assert found["unknown"] == [{"name": "titel", "nearest": "title"}]
    assert "Callout Decision" in found["missing_styles"]
    assert in_use["is_in_use"]
    assert (refused.status_code, left.status_code, gone.status_code) == (400, 204, 204)


def test_others_open_none_of_it(customs, alice, carol, ruth, mallory, as_):
    row = brought(customs, alice)
    pages = ("word_template", "word_template_sample", "word_template_file")
    addresses = [reverse(f"deliverables:{name}", args=["customs", row.pk]) for name in pages]
    addresses += ["/customs/documents/templates/", "/api/v1/customs/word-templates/"]

    for member, status in ((carol, 403), (ruth, 403), (mallory, 404)):
        assert {as_(member).get(one).status_code for one in addresses} == {status}
    assert as_(mallory).get(addresses[0].replace("customs", "elsewhere", 1)).status_code == 404
