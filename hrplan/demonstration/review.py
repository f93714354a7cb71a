"""The way of the demonstration's documents: returned with comments, then approved in part."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from itertools import count

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from django.utils.translation import gettext as _

from hrplan.core.models import Administration, Member, Role
from hrplan.deliverables import rules
from hrplan.deliverables.models import (
    Comment,
    DocumentVersion,
    LineDecision,
    Move,
    Passage,
    Submission,
    Verdict,
)
from hrplan.deliverables.usecases import (
    carrying,
    chain,
    comments,
    files,
    line_decisions,
    passages,
    returned,
    submissions,
    versions,
)
from hrplan.demonstration.returned_file import as_returned
from hrplan.demonstration.texts import text
from hrplan.strategy.models import Risk
from hrplan.strategy.usecases import changes

INSIDE = (Move.REVIEW, Move.PASS, Move.SIGN, Move.ENDORSE, Move.SUBMIT)


class Review:
    """The people of the demonstration, and the moves that they make."""

    def __init__(self, administration: Administration) -> None:
        self.administration, self.told = administration, text("review")
        seats = Member.objects.filter(administration=administration).select_related("user")
        self.by_account = {one.user.email.partition("@")[0].partition(".")[0]: one for one in seats}
        self.by_role = {one.role: one for one in seats if one.role != Role.REVIEWER}
        self.ministry = {body: self.by_account[account]
                         for account, body in self.told["bodies"].items()}  # fmt: skip

    def hold(self) -> Submission:
        """Two rounds; the documents of the first come back, the second is carried out."""
        for body, member in self.ministry.items():
            chain.speak_for(member, body, by=self.officer)
        sent = self._first_round()
        self._revise(sent)
        done = self._second_round(sent)
        self._date(done)
        return done

    @property
    def officer(self) -> Member:
        return self.by_role[Role.HR_OFFICER]

    def _first_round(self) -> Submission:
        made = versions.freeze(self.administration, by=self.officer)
        sent = self._to_decision(submissions.make_submission(self.administration, by=self.officer))
        by_kind = {one.kind: one for one in made}
        for line in self.told["comments"]:
            self._comment(by_kind[line["document"]], line)
        self._take_back(by_kind["hr-strategy"])
        return self._move(sent, Move.RETURN, note=self.told["notes"]["return"])

    def _comment(self, version: DocumentVersion, line: dict[str, str]) -> None:
        places = comments.places_of(version)
        anchor = next((one.anchor for one in places if line["place"] in one.anchor), None)
        if anchor is None:
            words = _("The demonstration remarks on “%(place)s”, which no document has.")
            raise ValidationError(words % {"place": line["place"]})
        by = self.by_account[line["by"]]
        comments.comment(version, anchor=anchor, text=line["text"], by=by)

    def _take_back(self, version: DocumentVersion) -> None:
        told = self.told["returned"]
        file = as_returned(files.file_of(version, "docx"), told, day=self.administration.as_of)
        sent = SimpleUploadedFile("hr-strategy-returned.docx", file)
        returned.take_in(version, sent, from_ministry=True, by=self.officer)

    def _revise(self, sent: Submission) -> None:
        """Answer everything, amend the strategy, and put newer versions in."""
        answers = {line["text"]: line for line in self.told["comments"]}
        for row in Comment.objects.filter(administration=self.administration).order_by("pk"):
            line = answers.get(row.text, self.told["answers_to_file"])
            comments.answer(row, outcome=line["outcome"], text=line["answer"], by=self.officer)
        risk = self.told["risk"]
        changes.add_row(Risk, self.administration, by=self.officer, **risk)
        passage = self.told["passage"]
        passages.write_passage(self.administration, passage["document"], passage["section"],
                                passage["text"], by=self.officer)  # fmt: skip
        self._move(sent, Move.REVISE, note=self.told["notes"]["revise"])
        versions.freeze(self.administration, by=self.officer)
        submissions.renew_versions(sent, by=self.officer)

    def _second_round(self, sent: Submission) -> Submission:
        deciding = self._to_decision(sent)
        for line in self.told["rulings"]:
            lines = line_decisions.lines_of(deciding)
            known = line_decisions.narrowed(lines, kind=line["kind"])
            line_decisions.rule(
                deciding, kind=line["kind"], key=known[-line["number"]].key,
                ruling=line["ruling"], condition=line["words"], by=self.ministry["finance"],
            )  # fmt: skip
        partly = self._move(deciding, Move.APPROVE_PART)
        self._date(partly)  # the versions that follow print the day of the decision
        return carrying.carry_out(partly, by=self.officer)

    def _to_decision(self, sent: Submission) -> Submission:
        sent = Submission.objects.get(pk=sent.pk)
        for step in (*INSIDE, Move.RECEIVE):
            sent = self._move(sent, step)
        for body in ("budget", "public_service", "legal"):
            sent = self._move(sent, Move.CLEAR, by=self.ministry[body])
        return sent

    def _move(
        self, sent: Submission, step: Move, *, by: Member | None = None, note: str = ""
    ) -> Submission:
        return submissions.move(sent, step, by=by or self._mover(step), note=note)

    def _mover(self, step: Move) -> Member:
        roles = {
            Move.REVIEW: Role.HR_OFFICER, Move.REVISE: Role.HR_OFFICER, Move.PASS: Role.MANAGER,
            Move.SIGN: Role.MANAGER, Move.ENDORSE: Role.HEAD, Move.SUBMIT: Role.HEAD,
        }  # fmt: skip
        return self.by_role[roles[step]] if step in roles else self.ministry["finance"]

    # --- Its own days --------------------------------------------------------------------------

    def _date(self, done: Submission) -> None:
        """The demonstration stands on its own day: nothing in it bears the day it was made."""
        days = self.told["days"]
        moves = list(done.passages.order_by("pk"))
        second = next(n for n, one in enumerate(moves) if one.move == Move.REVISE)
        for rows, first in (
            (moves[:second], days["first"]),
            (moves[second:], days["second"]),
        ):
            for row, at in zip(rows, self._times(first, days["step"]), strict=False):
                Passage.objects.filter(pk=row.pk).update(at=at)
        times = {one.pk: one.at for one in done.passages.all()}
        first_return = next(times[one.pk] for one in moves if one.move == Move.RETURN)
        revised = times[moves[second].pk]
        remarks = Comment.objects.filter(administration=self.administration)
        remarks.update(made_at=first_return, answered_at=revised)
        last = max(times.values())
        LineDecision.objects.filter(submission=done).update(at=last)
        spoken = [one for one in done.passages.order_by("pk") if one.move in rules.SAYS_YES]
        said = Verdict.objects.filter(step__submission=done).order_by("pk")
        for verdict, passage in zip(said, spoken, strict=True):
            Verdict.objects.filter(pk=verdict.pk).update(at=passage.at)
        self._date_versions(done, revised, last)

    def _date_versions(self, done: Submission, revised: datetime, last: datetime) -> None:
        own = DocumentVersion.objects.filter(administration=self.administration)
        own.update(made_at=next(self._times(0, 1)))
        done.versions.update(made_at=revised)
        done.carried.update(made_at=last)

    def _times(self, first: int, step: int) -> Iterator[datetime]:
        """Nine o'clock of days after the day of the data."""
        zone = timezone.get_default_timezone()
        begun = datetime.combine(self.administration.as_of, time(9), tzinfo=zone)
        return (begun + timedelta(days=first + step * n) for n in count())


def hold_the_review(administration: Administration) -> Submission:
    """Take the demonstration's documents through both rounds. Refused for a real administration."""
    if not administration.is_demonstration:
        raise ValidationError(_("Only a demonstration is taken through a review by itself."))
    if Submission.objects.of(administration).exists():
        raise ValidationError(_("Its documents are on their way already."))
    return Review(administration).hold()
