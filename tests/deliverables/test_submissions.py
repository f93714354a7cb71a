"""Submissions: the chain from draft to its end, four eyes, and approval bound to the hash."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import F
from django.utils import timezone

from hrplan.core.models import Administration, Member, Role
from hrplan.deliverables import rules
from hrplan.deliverables.models import (
    ChainStep,
    Delegation,
    DocumentVersion,
    LineDecision,
    Move,
    Submission,
    Verdict,
    Voice,
)
from hrplan.deliverables.usecases import (
    chain,
    documents,
    overrides,
    submissions,
    verdicts,
    versions,
)
from hrplan.strategy.models import Indicator
from tests import make
from tests.deliverables import seats as chairs
from tests.deliverables.make_deliverables import house
from tests.deliverables.seats import TO_DECISION, go
from tests.once import once

pytestmark = [pytest.mark.whole, pytest.mark.both]
State = Submission.State


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


@pytest.fixture
def seats(customs, alice, mona, carol):
    return chairs.seats(customs, alice, mona, carol)


def endorsed(sent, seats):
    """The head's yes to the documents as they are."""
    chain.copy(sent)
    verdicts.keep(sent, Move.ENDORSE, sent.steps.get(stage="endorsing"), by=seats.carol)


def at(sent, state):
    sent.state = state
    sent.save()
    return sent


# --- The way -----------------------------------------------------------------------------------


def test_the_whole_way_is_kept_with_its_states_and_hashes(sent, seats):
    done = go(sent, seats, *TO_DECISION, "approve", "enforce", "report", "close")

    digests = dict(sent.versions.values_list("kind", "digest"))
    passages = list(sent.passages.values_list("move", "state"))
    assert done.state == State.CLOSED
    assert passages == [
        ("make", "draft"), ("review", "review"), ("pass", "signing"), ("sign", "endorsing"),
        ("endorse", "endorsed"), ("submit", "submitted"), ("receive", "technical"),
        ("clear", "technical"), ("clear", "technical"), ("clear", "decision"),
        ("approve", "approved"), ("enforce", "in_force"), ("report", "reported"),
        ("close", "closed"),
    ]  # fmt: skip
    assert all(one.digests == digests for one in sent.passages.all())
    assert all(one.digests == digests for one in Verdict.objects.all())


def test_what_is_done_and_who_moves_next_is_told(sent, alice, seats):
    shown = submissions.submission_shown(sent, by=alice)
    assert [mark for _, mark in shown.steps] == ["current", *["waiting"] * 10]
    assert "HR officer" in shown.next_words

    returned = go(sent, seats, *TO_DECISION, "return")

    marks = [mark for _, mark in submissions.submission_shown(returned, by=alice).steps]
    assert marks == [*["done"] * 7, "current", *["waiting"] * 3]
    closed = at(returned, State.CLOSED)
    assert {mark for _, mark in submissions.submission_shown(closed, by=alice).steps} == {"done"}


def test_the_bodies_of_the_ministry_speak_side_by_side_and_the_decision_waits_for_all(sent, seats):
    received = go(sent, seats, *TO_DECISION[:-1])
    open_now = {step.body for step in verdicts.open_steps(received)}
    assert open_now == {"budget", "public_service", "legal"}
    assert verdicts.moves(seats.ministry["finance"], received) == ()

    for body in ("legal", "budget"):
        received = submissions.move(received, Move.CLEAR, by=seats.ministry[body])
    assert received.state == State.TECHNICAL

    received = submissions.move(received, Move.CLEAR, by=seats.ministry["public_service"])
    assert received.state == State.DECISION
    assert Move.APPROVE in verdicts.moves(seats.ministry["finance"], received)


def test_steps_of_one_stage_in_order_open_one_after_the_other(sent, customs, alice, seats):
    chain.state_usual(customs, by=alice)
    chain.add_step(
        customs, by=alice, stage="technical", position=2, body="budget", role="reviewer", quorum=1
    )
    late = make.member(customs, Role.REVIEWER, "late")

    received = go(sent, seats, *TO_DECISION)

    assert received.state == State.TECHNICAL
    assert [step.position for step in verdicts.open_steps(received)] == [2]
    assert submissions.move(received, Move.CLEAR, by=late).state == State.DECISION


def test_a_step_that_asks_for_two_is_taken_by_two_people(sent, customs, alice, seats):
    chain.state_usual(customs, by=alice)
    ChainStep.objects.filter(stage="signing").update(quorum=2)
    second = make.member(customs, Role.MANAGER, "max")

    signing = go(sent, seats, "review", "pass", "sign")

    assert signing.state == State.SIGNING
    with pytest.raises(PermissionDenied):
        submissions.move(signing, Move.SIGN, by=seats.mona)
    assert submissions.move(signing, Move.SIGN, by=second).state == State.ENDORSING


def test_nothing_is_sent_that_nobody_in_the_house_could_pass_on(sent, alice, carol):
    with pytest.raises(ValidationError, match="managers' sign-off: 1 of the role"):
        submissions.move(sent, Move.REVIEW, by=alice)


def test_queries_are_answered_and_only_what_was_said_to_other_documents_is_asked_again(
    sent, customs, alice, seats
):
    asked = go(sent, seats, *TO_DECISION, "query")
    assert asked.state == State.QUERIES
    assert verdicts.can_move(seats.alice, asked, Move.ANSWER)
    same = go(asked, seats, "answer", "receive")
    assert same.state == State.DECISION  # the bodies had nothing to object to these documents

    asked = go(same, seats, "query")
    make.staff_member(make.unit(customs))
    versions.freeze(customs, by=alice)
    submissions.renew_versions(asked, by=alice)
    assert not verdicts.can_move(alice, asked, Move.ANSWER)  # other documents: the head endorses
    assert "head of the administration" in next_words(asked, seats)
    with pytest.raises(ValidationError, match="others than you were shown"):
        submissions.move(asked, Move.ANSWER, by=seats.carol, note="Renewed.", shown="0" * 64)
    shown = submissions.shown_hash(asked)
    submissions.move(asked, Move.ANSWER, by=seats.carol, note="Renewed.", shown=shown)
    again = go(asked, seats, "receive")

    assert again.state == State.TECHNICAL
    assert len(verdicts.open_steps(again)) == 3


def next_words(submission, seats):
    return submissions.submission_shown(submission, by=seats.alice).next_words


def asked_with_others(sent, customs, seats, *way):
    """The ministry asked, and the documents were exchanged since."""
    asked = go(sent, seats, *way, "receive", "clear", "query")
    make.staff_member(make.unit(customs))
    versions.freeze(customs, by=seats.alice)
    submissions.renew_versions(asked, by=seats.alice)
    return asked


def test_whoever_the_chain_names_endorses_and_endorses_other_documents_again(
    sent, customs, alice, seats
):
    chain.state_usual(customs, by=alice)
    chain.change_step(ChainStep.objects.get(stage="endorsing"), by=alice, role="manager")
    before = go(sent, seats, "review", "pass", "sign")
    assert not verdicts.can_move(seats.carol, before, Move.ENDORSE)
    assert next_words(before, seats) == "It is endorsed, or sent back, by: manager."
    signed = submissions.move(before, Move.ENDORSE, by=seats.mona)
    asked = asked_with_others(signed, customs, seats, "submit")

    assert not verdicts.can_move(seats.carol, asked, Move.ANSWER)
    assert next_words(asked, seats).endswith("endorsed anew by: manager.")
    again = submissions.move(asked, Move.ANSWER, by=seats.mona, note="Renewed.")

    assert again.state == State.RESUBMITTED
    assert verdicts.is_endorsed(again)


def test_other_documents_go_back_once_all_who_endorse_have_endorsed_them(
    sent, customs, alice, seats
):
    chain.state_usual(customs, by=alice)
    first = {"stage": "endorsing", "body": "house", "role": "manager", "quorum": 2}
    chain.add_step(customs, by=alice, position=0, **first)
    others = [make.member(customs, Role.MANAGER, name) for name in ("mark", "mary")]
    before = go(sent, seats, "review", "pass", "sign")
    for by in (*others, seats.carol):
        before = submissions.move(before, Move.ENDORSE, by=by)
    asked = asked_with_others(before, customs, seats, "submit")
    assert not verdicts.can_move(seats.carol, asked, Move.ANSWER)  # the managers come first

    states = []
    for by in (*others, seats.carol):
        asked = submissions.move(asked, Move.ANSWER, by=by, note="Renewed.")
        states.append(asked.state)
        assert not verdicts.can_move(by, asked, Move.ANSWER)

    assert states == [State.QUERIES, State.QUERIES, State.RESUBMITTED]
    assert [one.move for one in asked.passages.order_by("-pk")[:3]] == [
        "answer", "endorse", "endorse",
    ]  # fmt: skip


def test_a_delegate_endorses_other_documents_and_their_author_does_not(sent, customs, alice, seats):
    today = timezone.localdate()
    fay = make.member(customs, Role.FACILITATOR, "fay")
    asked = asked_with_others(sent, customs, seats, *TO_DECISION[:5])
    for delegate in (alice, fay):
        chain.delegate(to=delegate, starts_on=today, ends_on=today, by=seats.carol)

    with pytest.raises(PermissionDenied):
        submissions.move(asked, Move.ANSWER, by=alice, note="Renewed.")
    assert submissions.move(asked, Move.ANSWER, by=fay, note="Renewed.").state == State.RESUBMITTED


def test_what_is_deferred_is_taken_up_again(sent, seats):
    deferred = go(sent, seats, *TO_DECISION, "defer")
    assert deferred.state == State.DEFERRED

    assert go(deferred, seats, "resume", "approve").state == State.APPROVED


def test_cabinet_notes_it_before_it_is_put_in_force_where_the_chain_says_so(
    sent, customs, alice, seats
):
    chain.state_usual(customs, by=alice)
    chain.add_step(
        customs, by=alice, stage="cabinet", position=1, body="cabinet", role="reviewer", quorum=1
    )
    secretary = make.member(customs, Role.REVIEWER, "secretary")
    Voice.objects.create(administration=customs, member=secretary, body="cabinet")
    approved = go(sent, seats, *TO_DECISION, "approve")

    with pytest.raises(ValidationError, match="Cabinet has not noted it"):
        submissions.move(approved, Move.ENFORCE, by=seats.carol)
    noted = submissions.move(approved, Move.NOTE, by=secretary)

    assert noted.state == State.NOTED
    assert go(noted, seats, "enforce").state == State.IN_FORCE


# --- Who ---------------------------------------------------------------------------------------


def test_nobody_takes_a_step_of_what_they_put_together(sent, seats):
    for state, step, member in (
        (State.ENDORSING, Move.ENDORSE, seats.carol),
        (State.DECISION, Move.APPROVE, seats.ministry["finance"]),
    ):
        sent.state, sent.author = state, member
        sent.save()

        with pytest.raises(PermissionDenied):
            submissions.move(sent, step, by=member)


@pytest.mark.parametrize("role", list(Role), ids=str)
def test_each_move_is_made_by_its_role_alone(sent, seats, role):
    member = make.member(sent.administration, role, f"some-{role}")
    made = set()
    for state, step in sorted(rules.WORKFLOW.table, key=lambda way: way[0] == State.QUERIES):
        sent.state = state
        if state == State.QUERIES:
            endorsed(sent, seats)
        if verdicts.can_move(member, sent, step):
            made.add(Move(step))

    expected = {
        Role.HR_OFFICER: {Move.REVIEW, Move.REVISE, Move.ANSWER, Move.REPORT},
        Role.MANAGER: {Move.PASS, Move.SIGN, Move.SEND_BACK},
        Role.HEAD: {Move.ENDORSE, Move.SEND_BACK, Move.SUBMIT, Move.ENFORCE, Move.CLOSE},
        Role.REVIEWER: {
            *(Move.RECEIVE, Move.CLEAR, Move.QUERY, Move.APPROVE, Move.APPROVE_PART),
            *(Move.DEFER, Move.RETURN, Move.RESUME),
        },
    }
    assert made == expected.get(role, set())


def test_a_reviewer_speaks_for_the_own_body_alone(sent, seats):
    received = go(sent, seats, *TO_DECISION[:-1])

    submissions.move(received, Move.CLEAR, by=seats.ministry["legal"])

    said = {(one.step.body, one.by) for one in Verdict.objects.filter(move="clear")}
    assert said == {("legal", seats.ministry["legal"])}


def test_a_delegate_acts_for_another_on_the_days_named_and_it_is_kept(sent, customs, seats):
    other = make.member(customs, Role.FACILITATOR, "fay")
    today = timezone.localdate()
    endorsing = go(sent, seats, "review", "pass", "sign")
    assert not verdicts.can_move(other, endorsing, Move.ENDORSE)
    made = chain.delegate(to=other, starts_on=today, ends_on=today, by=seats.carol)

    submissions.move(endorsing, Move.ENDORSE, by=other)

    kept = Verdict.objects.get(move="endorse")
    assert (kept.by, kept.principal) == (other, seats.carol)
    Delegation.objects.filter(pk=made.pk).update(
        starts_on=today - timedelta(days=9), ends_on=today - timedelta(days=1)
    )
    assert not verdicts.can_move(other, at(endorsing, State.ENDORSING), Move.SEND_BACK)


def test_the_author_does_not_endorse_as_somebodys_delegate(sent, alice, seats):
    today = timezone.localdate()
    chain.delegate(to=alice, starts_on=today, ends_on=today, by=seats.carol)
    endorsing = go(sent, seats, "review", "pass", "sign")

    with pytest.raises(PermissionDenied):
        submissions.move(endorsing, Move.ENDORSE, by=alice)


def test_a_role_that_is_lost_ends_at_once(sent, seats):
    decision = go(sent, seats, *TO_DECISION)
    decider = seats.ministry["finance"]
    Member.objects.filter(pk=decider.pk).update(ended_on=date(2016, 3, 1))

    with pytest.raises(PermissionDenied):
        submissions.move(decision, Move.APPROVE, by=decider)


# --- What it is bound to -----------------------------------------------------------------------


def test_a_document_changed_after_freezing_cannot_move_on(sent, alice, seats):
    version = sent.versions.get(kind="hr-strategy")
    DocumentVersion.objects.filter(pk=version.pk).update(tree=version.tree + " ")

    with pytest.raises(ValidationError, match="no longer what was frozen"):
        submissions.move(sent, Move.REVIEW, by=alice)


def test_who_decides_names_the_documents_shown(sent, as_, seats):
    decision = go(sent, seats, *TO_DECISION)
    decider = seats.ministry["finance"]
    with pytest.raises(ValidationError, match="others than you were shown"):
        submissions.move(decision, Move.APPROVE, by=decider, shown="0" * 64)
    address = f"/customs/submissions/{sent.pk}/move/"
    as_(decider).post(address, {"move": "approve", "shown": "0" * 64})
    answer = as_(decider).post(
        f"/api/v1/customs/submissions/{sent.pk}/move/", {"move": "approve"},
        content_type="application/json",
    )  # fmt: skip
    sent.refresh_from_db()
    assert (answer.status_code, sent.state) == (400, State.DECISION)

    as_(decider).post(address, {"move": "approve", "shown": submissions.shown_hash(decision)})

    sent.refresh_from_db()
    assert sent.state == State.APPROVED


def test_what_is_sent_back_starts_anew(sent, seats):
    back = go(sent, seats, "review", "pass", "sign", "send_back")
    assert back.state == State.DRAFT

    again = go(back, seats, "review")

    assert again.state == State.REVIEW
    assert Verdict.objects.count() == 2  # both stay on record, and count no more
    assert verdicts.counted(again) == []


def test_what_is_returned_says_why_and_can_be_revised_with_newer_versions(
    sent, customs, alice, seats
):
    decision = go(sent, seats, *TO_DECISION)
    with pytest.raises(ValidationError, match="Say why"):
        submissions.move(decision, Move.RETURN, by=seats.ministry["finance"])
    note = "The cost of line 43 is not explained."
    go(decision, seats, "return", "revise", note=note)
    make.staff_member(make.unit(customs))
    newer = versions.freeze(customs, by=alice)
    submissions.renew_versions(sent, by=alice)

    assert set(sent.versions.all()) == set(newer)


def test_documents_on_their_way_are_not_exchanged(sent, alice, seats):
    go(sent, seats, "review")

    with pytest.raises(ValidationError, match="Take the submission back"):
        submissions.renew_versions(sent, by=alice)


def test_lines_that_are_cut_are_approved_in_part_and_carried_out_first(sent, customs, seats):
    decision = go(sent, seats, *TO_DECISION)
    decider = seats.ministry["finance"]
    with pytest.raises(ValidationError, match="approve in full"):
        submissions.move(decision, Move.APPROVE_PART, by=decider)
    LineDecision.objects.create(
        administration=customs, submission=sent, kind="session", key="M1-16-01", ruling="cut"
    )
    with pytest.raises(ValidationError, match="approve in part"):
        submissions.move(decision, Move.APPROVE, by=decider)

    partly = go(decision, seats, "approve_part")

    assert partly.state == State.PARTLY
    with pytest.raises(ValidationError, match="Carry out"):
        submissions.move(partly, Move.ENFORCE, by=seats.carol)


def test_the_ministry_goes_on_reading_what_it_was_sent_and_reads_what_carries_its_decision_out(
    sent, customs, alice, seats
):
    reader = seats.ministry["legal"]
    first = set(sent.versions.all())
    go(sent, seats, *TO_DECISION, "return", "revise")
    make.staff_member(make.unit(customs))
    versions.freeze(customs, by=alice)
    submissions.renew_versions(sent, by=alice)

    assert set(DocumentVersion.objects.visible_to(reader)) == first

    again = go(sent, seats, *TO_DECISION)
    assert set(DocumentVersion.objects.visible_to(reader)) == first | set(again.versions.all())


# --- Rules that do not hold --------------------------------------------------------------------


def break_rule_2(customs, alice) -> None:
    """No indicator has an owner, and the documents are made anew."""
    Indicator.objects.update(owner="")
    versions.freeze(customs, by=alice)


def test_documents_with_a_broken_rule_are_not_sent_unless_the_head_says_why(
    sent, customs, alice, seats
):
    break_rule_2(customs, alice)
    broken = submissions.renew_versions(sent, by=alice)
    with pytest.raises(ValidationError, match="Rule 2 does not hold"):
        submissions.move(broken, Move.REVIEW, by=alice)
    with pytest.raises(PermissionDenied):
        overrides.override(customs, 2, "We wait for the owner", by=alice)

    overrides.override(customs, 2, "The owner is named in June.", by=seats.carol)
    versions.freeze(customs, by=alice)
    submissions.renew_versions(broken, by=alice)

    assert submissions.move(broken, Move.REVIEW, by=alice).state == State.REVIEW
    assert all("The owner is named in June." in one.tree for one in broken.versions.all())


def test_a_rule_that_held_is_not_passed_over_beforehand(sent, customs, carol, as_):
    with pytest.raises(ValidationError, match="This rule held"):
        overrides.override(customs, 2, "In case it breaks.", by=carol)

    page = as_(carol).post("/customs/checks/2/override/", {"reason": "In case it breaks."})

    assert (page.status_code, "This rule held" in page.content.decode()) == (200, True)


def test_a_reason_covers_what_it_was_said_about_and_another_fault_stops_again(
    sent, customs, alice, seats, carol
):
    break_rule_2(customs, alice)
    overrides.override(customs, 2, "The owner is named in June.", by=carol)
    other = Indicator.objects.get().objective
    other.pk, other.code, other.title = None, "SO2", "Promote fairly"
    other.save()

    versions.freeze(customs, by=alice)
    submissions.renew_versions(sent, by=alice)

    with pytest.raises(ValidationError, match="Rule 2 does not hold"):
        submissions.move(sent, Move.REVIEW, by=alice)


# --- Deadlines and days ------------------------------------------------------------------------


def test_a_step_that_is_overdue_is_told_with_its_days(sent, seats):
    received = go(sent, seats, *TO_DECISION[:-1])
    received.passages.update(at=F("at") - timedelta(days=30))

    lines = [line for line in verdicts.step_lines(received) if line.is_open]

    assert {line.step.body for line in lines} == {"budget", "public_service", "legal"}
    assert all(line.due_on and 10 <= line.late <= 20 for line in lines)


def test_a_reviewer_sees_a_document_once_it_was_sent(sent, ruth):
    assert documents.document_lines(sent.administration, by=ruth)[0].version is None

    sent.sent.set(sent.versions.all())

    assert documents.document_lines(sent.administration, by=ruth)[0].version is not None


def test_the_page_says_how_many_days_each_side_had_it(sent, as_, seats):
    go(sent, seats, *TO_DECISION[:6])
    for days, passage in zip((9, 7, 7, 6, 6, 4, 1), sent.passages.order_by("pk"), strict=True):
        passage.at = timezone.now() - timedelta(days=days, hours=1)
        passage.save()

    page = as_(seats.ministry["legal"]).get(sent.get_absolute_url()).content.decode()

    assert "Days with the administration: 5; with the ministry: 4." in page
    assert "legal affairs" in page


# --- The chain ---------------------------------------------------------------------------------


def test_a_chain_keeps_somebody_who_endorses_and_somebody_who_decides(customs, alice):
    chain.state_usual(customs, by=alice)

    with pytest.raises(ValidationError, match="keep this step"):
        chain.remove_step(ChainStep.objects.get(stage="decision"), by=alice)
    chain.remove_step(ChainStep.objects.get(stage="signing"), by=alice)

    assert not ChainStep.objects.filter(stage="signing").exists()


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"stage": "technical", "body": "house", "role": "reviewer"}, "for a body of the ministry"),
        ({"stage": "decision", "body": "finance", "role": "head"}, "for a body of the ministry"),
        ({"stage": "endorsing", "body": "house", "role": "hr_officer"}, "taken inside"),
    ],
)
def test_a_step_that_fits_no_stage_is_refused(customs, alice, fields, words):
    with pytest.raises(ValidationError, match=words):
        chain.add_step(customs, by=alice, position=1, quorum=1, days=None, **fields)


def test_the_pages_of_the_chain_show_change_and_delegate(customs, as_, alice, seats):
    page = as_(alice).get("/customs/submissions/chain/").content.decode()
    assert "This is the usual chain" in page
    as_(alice).post("/customs/submissions/chain/usual/")
    reviewer = seats.ministry["legal"]
    as_(alice).post(
        f"/customs/submissions/voices/{reviewer.pk}/", {f"{reviewer.pk}-body": "budget"}
    )
    as_(seats.carol).post(
        "/customs/submissions/chain/",
        {"to": seats.mona.pk, "starts_on": "2026-12-01", "ends_on": "2026-12-05"},
    )

    assert ChainStep.objects.filter(administration=customs).count() == 7
    assert Voice.objects.get(member=reviewer).body == "budget"
    assert Delegation.objects.get().delegate == seats.mona
    assert as_(seats.mona).post("/customs/submissions/chain/usual/").status_code == 403


def test_the_head_gives_the_reason_on_the_page_and_takes_it_back(sent, customs, as_, alice, carol):
    break_rule_2(customs, alice)
    address = "/customs/checks/2/override/"
    as_(carol).post(address, {"reason": "In June"})
    assert "In June" in as_(carol).get(address).content.decode()

    as_(carol).post(address, {"take_back": "1"})

    assert "In June" not in as_(carol).get(address).content.decode()
    assert as_(alice).get(address).status_code == 403
    assert as_(carol).get("/customs/checks/13/override/").status_code == 404
