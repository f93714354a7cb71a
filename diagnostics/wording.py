"""Sentences for the keys and figures that the pure rooms return."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Protocol

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from diagnostics.analysis import profile, scoring
from hrplan.core.figures import day, listed, number, shortest
from hrplan.core.retelling import Sentence

CLOSE, FAIR, MIXED = 0.8, 0.6, 0.4  # agreement from which it is called so; own proposal


class Rated(Protocol):
    """What a sentence on one question needs; see `usecases.results.QuestionResult`."""

    @property
    def title(self) -> str: ...
    @property
    def subject(self) -> str: ...
    @property
    def score(self) -> float | None: ...
    @property
    def basis(self) -> str: ...
    @property
    def level_name(self) -> str: ...
    @property
    def anchor(self) -> str: ...
    @property
    def next_anchor(self) -> str: ...
    @property
    def n(self) -> int: ...
    @property
    def missing(self) -> int: ...
    @property
    def not_applicable(self) -> int: ...
    @property
    def is_small(self) -> bool: ...
    @property
    def distribution(self) -> tuple[tuple[int, int], ...]: ...
    @property
    def median(self) -> float | None: ...
    @property
    def lowest(self) -> float | None: ...
    @property
    def highest(self) -> float | None: ...
    @property
    def lower(self) -> float | None: ...
    @property
    def upper(self) -> float | None: ...
    @property
    def agreement(self) -> float | None: ...
    @property
    def within_group(self) -> float | None: ...
    @property
    def is_disputed(self) -> bool: ...
    @property
    def cap(self) -> str: ...
    @property
    def capped_from(self) -> float | None: ...
    @property
    def settled(self) -> "SettledWords | None": ...


class SettledWords(Protocol):
    """What the room wrote down."""

    @property
    def rationale(self) -> str: ...
    @property
    def evidence(self) -> str: ...
    @property
    def dissent(self) -> str: ...


def level(value: float | None) -> str:
    """A level as it is read: no decimals where there are none, "not known" for None."""
    return shortest(value, most=1)


def setting(value: float) -> str:
    """A constant with as many decimals as it needs."""
    return shortest(value)


def score(value: float | None) -> str:
    """A score with one decimal."""
    return number(value, 1)


def swot_title(kind: str) -> str:
    """What the room named, several of a kind."""
    titles = {
        "strength": _("Strengths"),
        "weakness": _("Weaknesses"),
        "opportunity": _("Opportunities"),
        "threat": _("Threats"),
    }
    return titles[kind]


def days(first: date, last: date) -> str:
    """A span of days."""
    if first == last:
        return day(first)
    return _("%(first)s to %(last)s") % {"first": day(first), "last": day(last)}


def index(value: float | None) -> str:
    """An index of agreement with two decimals."""
    return number(value, 2)


def agreement(question: Rated) -> str:
    """The agreement of a question; a small group has none that could be told."""
    small = question.is_small and question.n > 0
    return _("too few") if small else index(question.agreement)


def agreement_words(value: float | None) -> str:
    """What an agreement index says of the room."""
    if value is None:
        return _("no votes")
    if value >= CLOSE:
        return _("close agreement")
    if value >= FAIR:
        return _("fair agreement")
    return _("mixed views") if value >= MIXED else _("divided room")


def is_close(value: float | None) -> bool:
    """Whether a room with this agreement is called close."""
    return value is not None and value >= CLOSE


def agreement_note() -> str:
    """What the words for agreement stand for."""
    words = _("In words: close from %(close)s, fair from %(fair)s, mixed from %(mixed)s.")
    return words % {"close": index(CLOSE), "fair": index(FAIR), "mixed": index(MIXED)}


def basis(value: str) -> str:
    """Where a score comes from."""
    words = {
        scoring.AGREED: _("agreed in the room"),
        scoring.MEDIAN: _("median of the votes, not agreed"),
        scoring.NOT_APPLICABLE: _("does not apply"),
        scoring.UNSCORED: _("no score"),
    }
    return words[value]


def cap(question: Rated) -> str:
    """Why an agreed level was held down; empty where it was not."""
    values = {"given": level(question.capped_from), "level": level(question.score)}
    if question.cap == profile.BY_EXISTENCE:
        return _("agreed at %(given)s, counted as %(level)s because it does not exist") % values
    if question.cap == profile.BY_USE:
        return _("agreed at %(given)s, counted as %(level)s because it is never used") % values
    return ""


def finding_title(question: Rated) -> str:
    """The subject and the name of the level it stands at."""
    words = _("%(subject)s: level %(level)s, %(name)s")
    values = {"subject": question.title, "level": level(question.score)}
    return (words % {**values, "name": question.level_name})[:200]


STORED = (
    Sentence(
        "%(subject)s: level %(level)s, %(name)s", numbers=("level",), titles=("subject", "name")
    ),
    Sentence(
        "The votes on %(subject)s have their median at level %(level)s.",
        numbers=("level",),
        titles=("subject",),
    ),
    Sentence("Level %(level)d would mean: %(anchor)s", ends=True),
)
"""What findings hold in the words of the language in which they were concluded."""


def finding_text(question: Rated) -> str:
    """What is so, in the room's own grounds, and what the next level would ask.

    The level stands in the title; only one that the room did not agree on is told again.
    """
    parts = [question.anchor]
    if question.settled and question.settled.rationale:
        parts = [question.settled.rationale]
    if question.basis != scoring.AGREED:
        first = _("The votes on %(subject)s have their median at level %(level)s.")
        values = {"subject": question.subject, "level": level(question.score)}
        parts.insert(0, first % values)
    if question.next_anchor:
        words = _("Level %(level)d would mean: %(anchor)s")
        reached = int(question.score or 0)
        parts.append(words % {"level": reached + 1, "anchor": question.next_anchor})
    return " ".join(part.strip() for part in parts if part)


def finding_evidence(question: Rated) -> str:
    """Votes, spread and agreement, what was shown, and who holds otherwise."""
    parts = [votes(question)]
    if question.settled:
        parts += [question.settled.evidence]
        if question.settled.dissent:
            parts.append(_("Dissent: %s") % question.settled.dissent)
    parts.append(cap(question))
    return "\n".join(part for part in parts if part)


def votes(question: Rated) -> str:
    """The votes of the last round in one or two sentences; a small group is only counted."""
    parts = [_levels(question), _without_level(question)]
    return " ".join(part for part in parts if part)


def figures(question: Rated) -> str:
    """Quartiles and within-group agreement of the votes; nothing of a small group."""
    if question.lower is None or question.within_group is None:
        return ""
    words = _(
        "The middle half of the votes lies from %(lower)s to %(upper)s; within-group agreement "
        "r_wg %(within)s."
    )
    return words % {
        "lower": level(question.lower),
        "upper": level(question.upper),
        "within": index(question.within_group),
    }


def _levels(question: Rated) -> str:
    if not question.n:
        return _("No vote with a level was given.")
    if question.is_small:
        return _counted(question)
    words = ngettext(
        "%(n)s vote from %(low)s to %(high)s, median %(median)s; agreement %(index)s.",
        "%(n)s votes from %(low)s to %(high)s, median %(median)s; agreement %(index)s.",
        question.n,
    )
    return words % {
        "n": question.n,
        "low": level(question.lowest),
        "high": level(question.highest),
        "median": level(question.median),
        "index": index(question.agreement),
    }


def _counted(question: Rated) -> str:
    """The counts of a group too small for a figure."""
    one = _("%(n)d at level %(level)d")
    held = [one % {"n": n, "level": level} for level, n in question.distribution if n]
    words = ngettext(
        "%(n)d vote: %(held)s; too few for a figure of agreement.",
        "%(n)d votes: %(held)s; too few for a figure of agreement.",
        question.n,
    )
    return words % {"n": question.n, "held": listed(held)}


def _without_level(question: Rated) -> str:
    """Those who gave no level, each kind for itself."""
    unsure = ngettext(
        "%(count)s participant did not know.",
        "%(count)s participants did not know.",
        question.missing,
    )
    without = ngettext(
        "%(count)s said that it does not apply.",
        "%(count)s said that it does not apply.",
        question.not_applicable,
    )
    kinds = ((unsure, question.missing), (without, question.not_applicable))
    return " ".join(words % {"count": count} for words, count in kinds if count)


def response(kind: str) -> str:
    """What kind of answer a kind of cause asks for (is it a training need at all?)."""
    words = {
        "know": _("training or coaching"),
        "may": _("delegation or a change of rules"),
        "can": _("equipment, procedure or staffing"),
        "will": _("supervision and performance management"),
        "person": _("another post, or recruitment"),
        "nobody": _("recruitment, attachment or an outside expert"),
    }
    return words[kind]


def swot_heading(kind: str) -> str:
    """What stands above the items of one kind."""
    words = {
        "strength": _("Strengths"),
        "weakness": _("Weaknesses"),
        "opportunity": _("Opportunities"),
        "threat": _("Threats"),
    }
    return words[kind]


def next_thing(key: str) -> str:
    """The next thing to do in an exercise."""
    words = {
        "questionnaire": _("Choose the questionnaires that this exercise asks."),
        "documents": _("Register the documents that the diagnostic asks for."),
        "workshop": _("Enter the workshop and its participants."),
        "votes": _("Put the remaining questions to the vote."),
        "close": _("Close the workshop."),
        "findings": _("Conclude the findings from the scores."),
        "advance": _("As soon as the step in hand is done, say so below the steps, and go on."),
        "nothing": _("Every step of this exercise is done."),
    }
    return words[key]


def constant(key: str) -> str:
    """What a constant of floor 2 says, for screens and annexes."""
    if key.startswith("domain_weights."):
        return _("Weight of domain %(domain)s") % {"domain": key.partition(".")[2]}
    words = {
        "existence_caps.none": _("Highest level of what does not exist"),
        "existence_caps.draft": _("Highest level of a draft"),
        "existence_caps.approved": _("Highest level of what is approved"),
        "use_caps.never": _("Highest level of what is never used"),
        "use_caps.sometimes": _("Highest level of what is used sometimes"),
        "use_caps.routine": _("Highest level of what is used as a routine"),
        "lowest": _("Lowest level of the scale"),
        "highest": _("Highest level of the scale"),
        "weak_to": _("A score up to this is a weakness"),
        "strong_from": _("A score from this on is a strength"),
        "agreement_share": _("Share of a finding's severity that hangs on agreement"),
        "disputed_below": _("Agreement below which an unsettled score is disputed"),
        "apart_at": _("Levels from the median from which a vote stands apart"),
        "target": _("Level aimed at, from which the distance of a weakness is taken"),
        "camp_share": _("Smallest share of the votes on either side of a gap between camps"),
        "camp_votes": _("Fewest votes that make a camp"),
        "gap_share": _("Most votes in a gap, as a share of the smaller peak beside it"),
    }
    return words[key]


class Moved(Protocol):
    """What a round did; see `usecases.agreement.RoundResult`."""

    @property
    def number(self) -> int: ...
    @property
    def both(self) -> int: ...
    @property
    def up(self) -> int: ...
    @property
    def down(self) -> int: ...
    @property
    def nearer(self) -> int: ...
    @property
    def farther(self) -> int: ...
    @property
    def earlier_median(self) -> float | None: ...


def moves(round: Moved) -> str:
    """How many moved against the round before, which way, and towards what."""
    if round.number == 1 or not round.both:
        return _("first vote") if round.number == 1 else _("nobody voted in both")
    count = round.up + round.down
    if not count:
        return _("none of %(both)d moved") % {"both": round.both}
    words = ngettext(
        "%(n)d of %(both)d moved (%(up)d up, %(down)d down): %(nearer)d towards the earlier "
        "median %(median)s, %(farther)d away from it",
        "%(n)d of %(both)d moved (%(up)d up, %(down)d down): %(nearer)d towards the earlier "
        "median %(median)s, %(farther)d away from it",
        count,
    )
    return words % {
        "n": count,
        "both": round.both,
        "up": round.up,
        "down": round.down,
        "nearer": round.nearer,
        "farther": round.farther,
        "median": level(round.earlier_median),
    }


def role(value: str) -> str:
    """A function in the room; those too small to be shown are taken together."""
    return value or _("all other functions together")


def distance(value: float) -> str:
    """A distance with its sign: +0.25."""
    shown = number(value, 2)
    return f"+{shown}" if value >= 0.005 else shown


def change(value: float | None) -> str:
    """A change of a score with its sign: +0.5."""
    if value is None:
        return _("not known")
    shown = number(value, 1)
    return f"+{shown}" if value >= 0.05 else shown


def overall_change(before: float | None, after: float | None) -> str:
    """How the overall score has moved."""
    if before is None or after is None:
        return _("No question has a score both times.")
    words = _("Overall maturity went from %(before)s to %(after)s (%(change)s).")
    return words % {
        "before": score(before),
        "after": score(after),
        "change": change(after - before),
    }


def vote_map_note(limit: int) -> str:
    """How the cells of a vote map are to be read."""
    words = _(
        "Number of votes; the darker the cell, the larger the share, a step a quarter. With fewer "
        "than %(limit)d votes no agreement is told."
    )
    return words % {"limit": limit}


class Answered(Protocol):
    """One vote."""

    @property
    def level(self) -> int | None: ...
    @property
    def does_not_apply(self) -> bool: ...


class Counted(Protocol):
    """A revealed round."""

    @property
    def count(self) -> int: ...
    @property
    def median(self) -> float | None: ...
    @property
    def apart(self) -> int: ...
    @property
    def dont_knows(self) -> int: ...
    @property
    def not_applicable(self) -> int: ...


def answer(vote: Answered) -> str:
    """One answer in words."""
    if vote.does_not_apply:
        return _("does not apply")
    return _("don't know") if vote.level is None else str(vote.level)


def clock(seconds: int) -> str:
    """Time left as minutes and seconds: 1:05."""
    return f"{seconds // 60}:{seconds % 60:02d}"


def summary(round: Counted) -> str:
    """A revealed round in one line: how many voted, the median, who stands apart or said none."""
    n = round.count
    parts = [ngettext("%(n)d vote", "%(n)d votes", n) % {"n": n}]
    if round.median is not None:
        parts.append(_("median %(level)s") % {"level": level(round.median)})
    if round.apart:
        words = ngettext("%(n)d stands apart", "%(n)d stand apart", round.apart)
        parts.append(words % {"n": round.apart})
    if round.dont_knows:
        parts.append(_("%(n)d did not know") % {"n": round.dont_knows})
    if round.not_applicable:
        words = _("%(n)d said that it does not apply")
        parts.append(words % {"n": round.not_applicable})
    return " · ".join(parts)


def condition(question: Any) -> str:
    """When a question, as a row or as plain data, is asked; "" where it always is."""
    told = question.get("relevant") if isinstance(question, Mapping) else question.relevant
    if not told:
        return ""
    stages = {
        "none": _("none"),
        "draft": _("draft"),
        "approved": _("approved"),
        "never": _("never"),
        "sometimes": _("sometimes"),
        "routine": _("routine"),
    }
    value = told["value"]
    said = {"code": told["question"], "value": stages.get(value, value)}
    return _CONDITIONS[told["of"], told["test"]] % said


_CONDITIONS = {
    ("existence", "is"): gettext_lazy("asked only if existence in %(code)s is “%(value)s”"),
    ("existence", "is_not"): gettext_lazy("asked only if existence in %(code)s is not “%(value)s”"),
    ("use", "is"): gettext_lazy("asked only if use in %(code)s is “%(value)s”"),
    ("use", "is_not"): gettext_lazy("asked only if use in %(code)s is not “%(value)s”"),
    ("level", "is"): gettext_lazy("asked only if %(code)s stands at level %(value)s"),
    ("level", "is_not"): gettext_lazy(
        "asked only if %(code)s stands at another level than %(value)s"
    ),
    ("level", "at_least"): gettext_lazy(
        "asked only if %(code)s stands at level %(value)s or above"
    ),
    ("level", "at_most"): gettext_lazy("asked only if %(code)s stands at level %(value)s or below"),
}


def progress(state: str) -> str:
    """How far a question is in a workshop."""
    words = {
        "unasked": _("not asked yet"),
        "open": _("vote open"),
        "closed": _("closed, not revealed"),
        "revealed": _("revealed, not settled"),
        "agreed": _("settled"),
        "not_asked": _("passed over"),
    }
    return words[state]


def step(state: str) -> str:
    """How a step of an exercise stands."""
    words = {
        "done": _("done"),
        "current": _("in hand"),
        "late": _("late"),
        "waiting": _("ahead"),
    }
    return words[state]


def source_kind(kind: str) -> str:
    """A kind of evidence, several of it."""
    words = {
        "document": _("Documents of the register"),
        "review": _("Reviews of documents"),
        "interview": _("Interviews"),
        "swot": _("Strengths, weaknesses, opportunities, threats"),
        "baseline": _("Items of the baseline form"),
        "objective": _("Corporate objectives"),
    }
    return words[kind]


class Registered(Protocol):
    """A document of the register."""

    code: Any
    title: Any
    dated_on: Any

    def get_status_display(self) -> str: ...


def document_source(row: Registered) -> str:
    """A document as it is cited: number, title, how it stands and since when."""
    stands = [str(row.get_status_display()), *([day(row.dated_on)] if row.dated_on else [])]
    return f"{row.code} {row.title} ({', '.join(stands)})"


class Interviewed(Protocol):
    """An interview."""

    code: Any
    function: Any
    place: Any
    held_on: Any


def interview_source(row: Interviewed) -> str:
    """An interview as it is cited: whom it was held with, where and when."""
    said = [row.function or _("function not noted"), *([row.place] if row.place else [])]
    words = _("Interview %(code)s: %(who)s, %(day)s")
    return words % {"code": row.code, "who": ", ".join(said), "day": day(row.held_on)}


def rating(existence: str, use: str) -> str:
    """Whether a practice exists and is used, as one clause; empty where neither was said."""
    exists = {
        "none": _("does not exist"),
        "draft": _("exists as a draft"),
        "approved": _("exists and is approved"),
    }
    used = {
        "never": _("is never used"),
        "sometimes": _("is used sometimes"),
        "routine": _("is used as a routine"),
    }
    return ", ".join(filter(None, (exists.get(existence, ""), used.get(use, ""))))


def agenda_time(number: int, half: str) -> str:
    """When a session is held; day 0 is before the workshop."""
    if not number:
        return _("Beforehand")
    return _("Day %(day)d, %(half)s") % {"day": number, "half": half}


def capital(words: str) -> str:
    """The words with a capital at their head."""
    return str(capfirst(words))


def agenda_day(number: int) -> str:
    """A day of the agenda; day 0 is before the workshop."""
    return _("Day %(day)d") % {"day": number} if number else _("Beforehand")
