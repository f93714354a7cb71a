"""Two versions of a document compared: on a page, by REST, and as a Word file."""

import pytest
from django.urls import reverse

from hrplan.core.models import Administration
from hrplan.deliverables.models import DocumentVersion
from hrplan.deliverables.usecases import outlines, passages, versions
from tests import make
from tests.deliverables.make_deliverables import house
from tests.deliverables.seats import sent_to_ministry
from tests.once import once

pytestmark = pytest.mark.whole

KIND = "hr-strategy"
WORDS = "Officers are heard before a shift is changed."


def build() -> list[int]:
    """The small administration with two versions of its strategy, the second with own words."""
    owner = make.administration("customs")
    house(owner)
    writer = make.member(owner, "hr_officer", "writer")
    first = versions.freeze(owner, [KIND], by=None)
    place = outlines.outline(owner, KIND)[0]
    passages.write_passage(owner, KIND, place.key, WORDS, by=writer)
    return [one.pk for one in (*first, *versions.freeze(owner, [KIND], by=None))]


made_once = once(build)


@pytest.fixture
def two(made_once, db) -> list[DocumentVersion]:
    return [DocumentVersion.objects.get(pk=pk) for pk in made_once]


@pytest.fixture
def customs(two) -> Administration:
    return Administration.objects.get(slug="customs")


def at(name: str, pk: int) -> str:
    return reverse(f"deliverables:{name}", args=["customs", pk])


def test_the_page_shows_what_came_and_the_whole_document_with_it(two, as_, alice):
    old, new = two
    page = as_(alice).get(at("compare", new.pk), {"preview": "1"}).content.decode()

    assert f"<ins>Foreword: {WORDS}</ins>" in page.split('class="doc-frame')[0]
    assert f"<ins>{WORDS}</ins>" in page.split('class="doc-frame')[1]
    assert f"?with={old.pk}" in page


def test_the_order_is_that_of_the_versions_whichever_is_opened(two, as_, alice):
    old, new = two
    found = [
        as_(alice).get(at("compare", one.pk), {"with": other.pk}).context["old"].pk
        for one, other in ((old, new), (new, old))
    ]

    assert found == [old.pk, old.pk]


def test_the_word_file_has_the_changes_tracked_and_is_the_same_each_time(two, as_, alice):
    _old, new = two
    first, again = (as_(alice).get(at("compare_file", new.pk)) for _ in range(2))

    assert first.content[:2] == b"PK"
    assert first.content == again.content
    assert "hr-strategy-1-to-2.docx" in first["Content-Disposition"]


def test_rest_tells_each_change_with_its_words_before_and_after(two, as_, alice):
    _old, new = two
    found = as_(alice).get(f"/api/v1/customs/versions/{new.pk}/comparison/").json()

    added = [one for one in found["changes"] if WORDS in one["after"]]
    assert [(one["kind"], one["before"]) for one in added] == [("added", "")]
    assert (found["old"], found["new"]) == (two[0].pk, two[1].pk)


@pytest.mark.parametrize("wanted", ["x", "999999", "9" * 30])
def test_what_is_no_other_version_leads_nowhere(two, as_, alice, wanted):
    _old, new = two
    address = f"/api/v1/customs/versions/{new.pk}/comparison/"

    assert as_(alice).get(at("compare", new.pk), {"with": wanted}).status_code == 404
    assert as_(alice).get(address, {"with": wanted}).status_code == 404
    assert as_(alice).get(at("compare", new.pk), {"with": new.pk}).status_code == 404


def test_a_reviewer_compares_only_versions_that_were_sent(two, customs, as_, ruth):
    old, new = two
    sent = sent_to_ministry(new)
    client = as_(ruth)

    alone = client.get(at("compare", new.pk)).content.decode()
    other = client.get(at("compare", new.pk), {"with": old.pk}).status_code
    sent.sent.add(old)
    both = client.get(at("compare", new.pk)).content.decode()

    assert "Nothing to compare with" in alone
    assert other == 404
    assert WORDS in both
