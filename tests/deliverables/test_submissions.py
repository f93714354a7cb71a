"""Submissions: the way from draft to approval, four eyes, and approval bound to the hash."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from hrplan.core.models import Administration, Member, Role
from hrplan.deliverables import rules
from hrplan.deliverables.models import DocumentVersion, Move, Submission
from hrplan.deliverables.usecases import documents, submissions, versions
from tests import make
from tests.deliverables.make_deliverables import house
from tests.once import once

pytestmark = [pytest.mark.whole, pytest.mark.both]


def build() -> int:
    """A submission that Alice made."""
    customs = make.administration("customs")
    house(customs)
    alice = make.member(customs, Role.HR_OFFICER, "alice")
    versions.freeze(customs, by=alice)
    return submissions.make_submission(customs, by=alice).pk


made_once = once(build)


@pytest.fixture
def customs(made_once, db):
    return Administration.objects.get(slug="customs")


@pytest.fixture
def alice(customs):
    return Member.objects.get(user__email="alice@customs.example")


@pytest.fixture
def sent(customs, made_once):
    return Submission.objects.get(pk=made_once)


def test_the_way_to_approval_is_kept_with_the_hashes(sent, alice, carol, ruth):
    steps = ((Move.REVIEW, alice), (Move.ENDORSE, carol), (Move.SUBMIT, carol))
    for step, member in (*steps, (Move.APPROVE, ruth)):
        submissions.move(sent, step, by=member)

    sent.refresh_from_db()
    digests = dict(sent.versions.values_list("kind", "digest"))
    passages = list(sent.passages.values_list("move", "by", "digests"))
    assert sent.state == Submission.State.APPROVED
    assert passages == [
        ("make", alice.pk, digests),
        ("review", alice.pk, digests),
        ("endorse", carol.pk, digests),
        ("submit", carol.pk, digests),
        ("approve", ruth.pk, digests),
    ]


def test_what_is_done_and_who_moves_next_is_told(sent, alice, carol, ruth):
    shown = submissions.submission_shown(sent, by=alice)
    assert [mark for _, mark in shown.steps] == ["current", *["waiting"] * 4]
    assert "HR officer" in shown.next_words
    for step, member in ((Move.REVIEW, alice), (Move.ENDORSE, carol), (Move.SUBMIT, carol)):
        sent = submissions.move(sent, step, by=member)
    returned = submissions.move(sent, Move.RETURN, by=ruth, note="Say more")
    marks = [mark for _, mark in submissions.submission_shown(returned, by=alice).steps]
    assert marks == ["done", "done", "done", "current", "waiting"]
    returned.state = Submission.State.APPROVED
    marks = [mark for _, mark in submissions.submission_shown(returned, by=alice).steps]
    assert marks == ["done"] * 5


def test_nobody_endorses_or_approves_their_own(customs, sent, carol, ruth):
    for state, step, member in (
        (Submission.State.REVIEW, Move.ENDORSE, carol),
        (Submission.State.SUBMITTED, Move.APPROVE, ruth),
    ):
        sent.state, sent.author = state, member
        sent.save()

        with pytest.raises(PermissionDenied):
            submissions.move(sent, step, by=member)


def test_a_document_changed_after_freezing_cannot_move_on(sent, alice):
    version = sent.versions.get(kind="hr-strategy")
    DocumentVersion.objects.filter(pk=version.pk).update(tree=version.tree + " ")

    with pytest.raises(ValidationError, match="no longer what was frozen"):
        submissions.move(sent, Move.REVIEW, by=alice)


def test_what_is_returned_says_why_and_can_be_revised_with_newer_versions(sent, alice, ruth):
    sent.state = Submission.State.SUBMITTED
    sent.save()
    with pytest.raises(ValidationError, match="Say why"):
        submissions.move(sent, Move.RETURN, by=ruth)

    submissions.move(sent, Move.RETURN, by=ruth, note="The cost of line 43 is not explained.")
    submissions.move(sent, Move.REVISE, by=alice, note="We add the rates.")
    make.staff_member(make.unit(sent.administration))
    newer = versions.freeze(sent.administration, by=alice)
    submissions.renew_versions(sent, by=alice)

    assert set(sent.versions.all()) == set(newer)


def test_documents_on_their_way_are_not_exchanged(sent, alice):
    submissions.move(sent, Move.REVIEW, by=alice)

    with pytest.raises(ValidationError, match="Take the submission back"):
        submissions.renew_versions(sent, by=alice)


@pytest.mark.parametrize("role", list(Role), ids=str)
def test_each_move_is_made_by_its_role_alone(sent, role):
    member = make.member(sent.administration, role, f"some-{role}")
    made = set()
    for state, move in rules.WORKFLOW.table:
        sent.state = state
        if rules.can_move(member, sent, move):
            made.add(Move(move))

    expected = {
        Role.HR_OFFICER: {Move.REVIEW, Move.REVISE},
        Role.HEAD: {Move.ENDORSE, Move.SUBMIT},
        Role.REVIEWER: {Move.APPROVE, Move.RETURN},
    }
    assert made == expected.get(role, set())


def test_a_reviewer_sees_a_document_once_it_was_sent(sent, ruth):
    assert documents.document_lines(sent.administration, by=ruth)[0].version is None

    sent.state = Submission.State.SUBMITTED
    sent.save()

    assert documents.document_lines(sent.administration, by=ruth)[0].version is not None


def test_the_page_says_how_many_days_each_side_had_it(sent, as_, alice, carol, ruth):
    for step, member in ((Move.REVIEW, alice), (Move.ENDORSE, carol), (Move.SUBMIT, carol)):
        submissions.move(sent, step, by=member)
    for days, passage in zip((9, 7, 6, 4), sent.passages.order_by("pk"), strict=True):
        passage.at = timezone.now() - timedelta(days=days, hours=1)
        passage.save()

    page = as_(ruth).get(sent.get_absolute_url()).content.decode()

    assert "Days with the administration: 5; with the ministry: 4." in page
