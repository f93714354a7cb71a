"""The seats that a chain of approval asks for, and the way through it."""

from dataclasses import dataclass

from hrplan.core.models import Administration, Member, Role
from hrplan.deliverables.models import ChainStep, DocumentVersion, Move, Submission, Voice
from hrplan.deliverables.usecases import submissions
from tests import make

MINISTRY = ("budget", "public_service", "legal", "finance")


@dataclass
class Seats:
    """Whoever takes a step of the usual chain."""

    alice: Member
    mona: Member
    carol: Member
    ministry: dict[str, Member]

    def of(self, move: str) -> Member:
        """Who makes a move of one person."""
        house = {
            Move.REVIEW: self.alice, Move.ANSWER: self.alice, Move.REVISE: self.alice,
            Move.REPORT: self.alice, Move.PASS: self.mona, Move.SIGN: self.mona,
            Move.ENDORSE: self.carol, Move.SUBMIT: self.carol, Move.ENFORCE: self.carol,
            Move.CLOSE: self.carol, Move.SEND_BACK: self.carol,
        }  # fmt: skip
        return house.get(Move(move), self.ministry["finance"])


def seats(customs: Administration, alice: Member, mona: Member, carol: Member) -> Seats:
    """A manager, the head, and a reviewer for each body of the ministry."""
    ministry = {}
    for body in MINISTRY:
        ministry[body] = make.member(customs, Role.REVIEWER, f"of-{body}")
        Voice.objects.create(administration=customs, member=ministry[body], body=body)
    return Seats(alice, mona, carol, ministry)


def sent_to_ministry(*versions: DocumentVersion) -> Submission:
    """A submission that lies with the ministry, with its documents."""
    owner = versions[0].administration
    made = Submission.objects.create(administration=owner, number=1, state="submitted")
    made.versions.set(versions)
    made.sent.set(versions)
    return made


def short_chain(customs: Administration) -> None:
    """The head endorses, any reviewer decides."""
    for stage, body, role in (
        ("endorsing", "house", Role.HEAD),
        ("decision", "finance", Role.REVIEWER),
    ):
        ChainStep.objects.create(administration=customs, stage=stage, body=body, role=role)


def go(submission: Submission, seats: Seats, *moves: str, note: str = "Because.") -> Submission:
    """Make moves one after the other, each by whoever makes it, with the documents shown."""
    for step in moves:
        bodies = ("budget", "public_service", "legal") if step == Move.CLEAR else ("",)
        for body in bodies:
            by = seats.ministry[body] if body else seats.of(step)
            shown = submissions.shown_hash(submission)
            submission = submissions.move(submission, step, by=by, note=note, shown=shown)
    return submission


TO_DECISION = ("review", "pass", "sign", "endorse", "submit", "receive", "clear")
