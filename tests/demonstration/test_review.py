"""The demonstration's documents are returned once and approved in part, all on its own days."""

import pytest
from django.core.exceptions import ValidationError

from hrplan.core.models import Administration
from hrplan.deliverables.models import Comment, LineDecision, Submission
from hrplan.deliverables.usecases import versions
from hrplan.demonstration.review import hold_the_review
from hrplan.documents.stored import from_json
from tests.furnish import SLUG, planned
from tests.once import once

pytestmark = [pytest.mark.whole, pytest.mark.slow]  # two minutes


def build() -> int:
    return hold_the_review(planned()).pk


made_once = once(build)


@pytest.fixture
def done(made_once, db):
    return Submission.objects.get(pk=made_once)


def test_a_newcomer_finds_three_versions_a_matrix_and_a_decision_in_part(done):
    strategy = done.carried.get(kind="hr-strategy")
    sections = {section.key for section in from_json(strategy.tree).sections}

    assert done.state == Submission.State.PARTLY
    assert strategy.number == 3
    assert {"responses", "ruled"} <= sections
    assert Comment.objects.filter(outcome="").count() == 0
    assert set(LineDecision.objects.values_list("ruling", flat=True)) == {"cut", "condition"}


def test_what_came_back_in_a_word_file_stands_among_the_comments(done):
    said = Comment.objects.exclude(said_by="")

    assert said.count() == 3
    assert said.exclude(before="").get().after == "twenty-one days"


def test_nothing_in_it_bears_the_day_on_which_it_was_made(done):
    owner = Administration.objects.get(slug=SLUG)
    days = {passage.at.date() for passage in done.passages.all()}

    assert owner.as_of < min(days)
    assert max(days).year == owner.as_of.year


def test_the_documents_that_follow_are_those_that_carry_the_decision_out(done):
    made = versions.freeze(done.administration, by=None)

    assert set(made) == set(done.carried.all())


def test_it_is_held_once_and_never_for_a_real_administration(done):
    with pytest.raises(ValidationError, match="on their way already"):
        hold_the_review(done.administration)
    done.administration.is_demonstration = False
    with pytest.raises(ValidationError, match="Only a demonstration"):
        hold_the_review(done.administration)
