"""Whatever is asked in whatever order of whichever documents, nothing gets round the chain."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from hrplan.core.models import Member, Role
from hrplan.deliverables import rules
from hrplan.deliverables.contents.documents import KINDS
from hrplan.deliverables.models import (
    OPEN,
    SENT,
    ChainStep,
    DocumentVersion,
    Move,
    Passage,
    Submission,
    Verdict,
)
from hrplan.deliverables.usecases import (
    chain,
    links,
    outside,
    submissions,
    verdicts,
    versions,
)
from tests import make
from tests.deliverables import seats as chairs
from tests.deliverables.make_deliverables import house

pytestmark = pytest.mark.whole
State = Submission.State
DECIDED = (State.APPROVED, State.PARTLY, State.NOTED, State.IN_FORCE, State.REPORTED, State.CLOSED)
NAMES = ("Lena Long", "Otto Other", "LENA long")
WHO = ("alice", "mona", "carol", "second", "budget", "budget2", "public_service", "legal",
       "finance", "stan")  # fmt: skip
HASHES = ("right", "stale", "none")
SOME = st.sets(st.sampled_from(KINDS), min_size=1)
ENDORSING = (("head",), ("manager",), ("manager", "head"))
BACK = frozenset({Move.SEND_BACK, Move.REVISE, Move.QUERY, Move.DEFER, Move.RETURN})


class Chain(RuleBasedStateMachine):
    """A submission's life between everybody who could touch it."""

    def __init__(self) -> None:
        super().__init__()
        self.start, self.people, self.other = START()
        self.links: list = []
        self.spent: set[str] = set()
        self.approved: dict[str, str] = {}
        self.beside: dict[int, object] = {}

    @initialize(
        kinds=SOME, endorsing=st.sampled_from(ENDORSING), data=st.data(),
        times=st.sampled_from([0, 5, 6, 9, 10]),
    )  # fmt: skip
    def some_documents_have_come_some_way(self, kinds, endorsing, data, times) -> None:
        self.sent = self.start(kinds, endorsing)
        self.it_goes_on(data, times)

    @property
    def now(self) -> Submission:
        return Submission.objects.get(pk=self.sent.pk)

    def told(self, which: str) -> str:
        """The hash that somebody says to have been shown."""
        return {"right": submissions.shown_hash(self.now), "stale": "0" * 64, "none": ""}[which]

    def counts(self) -> tuple[object, ...]:
        """What a refusal must leave alone."""
        sent = self.now
        said = Verdict.objects.filter(step__submission=sent).count()
        passages = Passage.objects.filter(submission=sent).count()
        return sent.state, verdicts.digests_of(sent), said, passages

    def tried(self, act, *words, **options) -> bool:
        """Whether it was done; a refusal changes nothing."""
        before = self.counts()
        try:
            act(*words, **options)
        except (PermissionDenied, ValidationError):
            assert self.counts() == before
            return False
        return True

    @rule(who=st.sampled_from(WHO), move=st.sampled_from(list(Move)), which=st.sampled_from(HASHES))
    def anybody_tries_anything(self, who, move, which) -> None:
        self.by_account(who, move, which)

    @rule(data=st.data())
    def somebody_makes_a_move_that_is_open(self, data) -> None:
        if able := self.able():
            self.by_account(*data.draw(st.sampled_from(able)), "right")

    @rule(data=st.data(), times=st.integers(1, 6))
    def it_goes_on(self, data, times) -> None:
        for _time in range(times):
            if able := [one for one in self.able() if one[1] not in BACK]:
                self.by_account(*data.draw(st.sampled_from(able)), "right")

    def able(self) -> list[tuple[str, Move]]:
        """Who can make which move now."""
        return [
            (who, move) for who in WHO for move in verdicts.moves(self.people[who], self.now)
        ]  # fmt: skip

    def by_account(self, who, move, which) -> None:
        by, state = self.people[who], self.now.state
        says_yes = verdicts.said_by(move, self.now) in rules.SAYS_YES
        told = {"shown": self.told(which), "note": "Because."}
        done = self.tried(submissions.move, self.now, move, by=by, **told)
        assert not done or which == "right" or not says_yes
        if done and says_yes and self.now.state == state:
            assert not self.tried(submissions.move, self.now, move, by=by, **told)

    @rule(name=st.sampled_from(NAMES), body=st.sampled_from([*chairs.MINISTRY, ""]))
    def a_link_is_made(self, name, body) -> None:
        step = self.now.steps.get(body=body).pk if body else None

        def make_one() -> None:
            self.links.append(links.make_link(self.now, name=name, step=step, by=self.alice).link)

        self.tried(make_one)

    @precondition(lambda self: outside.steps_left(self.now))
    @rule(data=st.data(), name=st.sampled_from(NAMES))
    def a_guest_says_what_a_fresh_link_is_for(self, data, name) -> None:
        sent = self.now
        step = data.draw(st.sampled_from(outside.steps_left(sent)))
        if sent.state not in SENT or not (moves := outside.moves_at(step, sent)):
            return
        made = links.make_link(sent, name=name, step=step.pk, by=self.alice).link
        self.links.append(made)
        self.by_link(made, data.draw(st.sampled_from(moves)), "right")

    @property
    def alice(self) -> Member:
        return self.people["alice"]

    @precondition(lambda self: self.links)
    @rule(data=st.data(), which=st.sampled_from(HASHES))
    def a_link_speaks(self, data, which) -> None:
        link = data.draw(st.sampled_from(self.links))
        move = data.draw(st.sampled_from([Move.RECEIVE, *sorted(rules.BY_STEP)]))
        self.by_link(link, move, which)

    def by_link(self, link, move, which) -> None:
        done = self.tried(links.say, link, move, note="Because.", shown=self.told(which))
        assert not done or (link.step is not None and link.pk not in self.spent)
        assert not done or which == "right" or move not in rules.SAYS_YES
        if done and move in rules.SAYS_YES:
            self.spent.add(link.pk)

    @precondition(lambda self: self.links)
    @rule(data=st.data())
    def a_link_is_revoked(self, data) -> None:
        link = data.draw(st.sampled_from(self.links))
        links.revoke(link, by=self.alice)
        told = {"note": "Because.", "shown": self.told("right")}
        assert not self.tried(links.say, link, Move.CLEAR, **told)

    @rule()
    def the_documents_are_renewed(self) -> None:
        self.tried(submissions.renew_versions, self.now, by=self.alice)

    @rule(kinds=SOME)
    def other_documents_are_chosen(self, kinds) -> None:
        """Only a draft takes other documents, and never one that an open submission has."""
        before, held = self.now, self.kinds(self.now)
        taken = self.held_beside()
        done = self.tried(submissions.renew_versions, before, kinds, by=self.alice)
        assert not done or (not kinds & taken and (before.state == State.DRAFT or kinds == held))
        assert self.kinds(self.now) == (kinds if done else held)

    @rule(kinds=SOME)
    def another_submission_is_made(self, kinds) -> None:
        """One that shares no document with an open one; it goes beside the first from then on."""
        taken = self.held_beside()
        taken |= self.kinds(self.now) if self.now.state in OPEN else set()

        def make_one() -> None:
            made = submissions.make_submission(self.sent.administration, kinds, by=self.alice)
            self.beside[made.pk] = (made.state, verdicts.digests_of(made))

        assert self.tried(make_one) == (not kinds & taken)

    @staticmethod
    def kinds(submission) -> set[str]:
        return set(submission.versions.values_list("kind", flat=True))

    def held_beside(self) -> set[str]:
        """The documents of the open submissions beside the one that is looked at."""
        rows = Submission.objects.filter(pk__in=self.beside, state__in=OPEN)
        return {kind for one in rows for kind in self.kinds(one)}

    @rule()
    def newer_versions_are_made(self) -> None:
        """Copies of the latest with another hash: what is in them matters to no rule of a chain."""
        self.other()

    @rule(who=st.sampled_from(WHO), move=st.sampled_from(list(Move)))
    def who_lost_the_seat_moves_nothing(self, who, move) -> None:
        by = self.people[who]
        seat = Member.objects.filter(pk=by.pk)
        seat.update(ended_on=date(2016, 3, 1))
        told = {"shown": self.told("right"), "note": "Because."}
        assert not self.tried(submissions.move, self.now, move, by=by, **told)
        seat.update(ended_on=None)
        by.refresh_from_db()

    @invariant()
    def what_lies_beside_it_is_left_alone(self) -> None:
        for one in Submission.objects.filter(pk__in=self.beside):
            assert self.beside[one.pk] == (one.state, verdicts.digests_of(one))

    @invariant()
    def a_document_is_in_one_open_submission(self) -> None:
        rows = Submission.objects.filter(state__in=OPEN)
        held = [kind for one in rows for kind in self.kinds(one)]
        assert len(held) == len(set(held))

    @invariant()
    def what_was_approved_stays_what_it_was(self) -> None:
        sent = self.now
        if sent.state in DECIDED:
            digests = verdicts.digests_of(sent)
            self.approved = self.approved or digests
            assert digests == self.approved
            assert all(one.digests == digests for one in verdicts.counted(sent))

    @invariant()
    def nothing_is_approved_without_every_step_by_different_people(self) -> None:
        sent = self.now
        if sent.state not in DECIDED:
            return
        lines = verdicts.step_lines(sent)
        assert all(line.is_taken for line in lines)
        for stage in {line.step.stage for line in lines}:
            said = [one for line in lines if line.step.stage == stage for one in line.said]
            names = [verdicts.name_of(one.said_by or str(one.by.user)) for one in said]
            assert len(names) == len(set(names))
            assert all(one.by_id != sent.author_id for one in said)


START = None


def test_no_order_of_moves_links_and_renewals_gets_round_the_chain(
    customs, alice, mona, carol, stan
):
    house(customs)
    versions.freeze(customs, by=alice)
    held = chairs.seats(customs, alice, mona, carol)
    people = {"alice": alice, "mona": mona, "carol": carol, "stan": stan, **held.ministry}
    people["second"] = make.member(customs, Role.HR_OFFICER, "second")
    people["budget2"] = make.member(customs, Role.REVIEWER, "budget-2")
    latest = list(DocumentVersion.objects.filter(administration=customs, is_internal=False))

    def newer() -> None:
        for one in latest:
            number = DocumentVersion.objects.filter(kind=one.kind).count() + 1
            tree = one.tree.replace("Customs Department", f"Customs Department {number}")
            DocumentVersion.objects.create(
                administration=customs, kind=one.kind, number=number, language=one.language,
                as_of=one.as_of, title=one.title, tree=tree, snapshot=one.snapshot,
                digest=versions.content_digest(tree, one.snapshot),
            )  # fmt: skip

    def begin(kinds, endorsing) -> Submission:
        Submission.objects.all().delete()  # of the example before
        chain.state_usual(customs, by=alice)
        ChainStep.objects.filter(stage="endorsing").delete()
        for position, role in enumerate(endorsing, 1):
            step = {"stage": "endorsing", "body": "house", "position": position, "role": role}
            ChainStep.objects.create(administration=customs, **step)
        return submissions.make_submission(customs, kinds, by=alice)

    def start():
        return begin, people, newer

    globals()["START"] = start

    run_state_machine_as_test(
        Chain,
        settings=settings(
            max_examples=15,
            stateful_step_count=25,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
