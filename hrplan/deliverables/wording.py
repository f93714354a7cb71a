"""Keys of the consistency rules and of the workflow in the reader's words."""

import re
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hrplan.core.figures import day, labelled, number
from hrplan.core.models import Role
from hrplan.core.wording import document_words
from hrplan.deliverables import rules
from hrplan.deliverables.analysis.checks import Outcome
from hrplan.deliverables.analysis.facts import Fault
from hrplan.deliverables.analysis.responses import Response, TakenIn
from hrplan.deliverables.models import Comment, DocumentKind, Passage, ReviewLink, StepFields
from hrplan.documents.comparing import Change, Comparison
from hrplan.documents.words import Words
from hrplan.exchange.spec import Value

DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
DECIMALS = re.compile(r"-?[0-9]+\.([0-9]+)")


def check_title(number: int) -> str:
    """The rule as a sentence."""
    titles = (
        _("Every intervention traces to a gap or a finding, or to a legal or reform duty."),
        _("Every objective has an indicator with baseline, target, owner and source."),
        _("Every session belongs to a line of the plan for the same module."),
        _("What the calendar costs equals what the plan's training costs, within 1 %."),
        _("Every session has a funding status and a source for its money."),
        _("No nominee lacks a module that comes first, or is in two sessions at once."),
        _("No station falls below a limit of its cover on any day."),
        _("The hours planned reach the hours promised to each staff level."),
        _("Each of the ten widest gaps has an intervention or a stated reason for none."),
        _("No target moved between versions without a logged reason."),
        _("All three documents count the same people on the same day."),
        _("No document for outside readers names a person, but for those who sign it."),
    )
    return titles[number - 1]


def stopped(number: int) -> str:
    """The documents that a rule keeps from being sent where it does not hold."""
    kinds = rules.STOPS[number]
    if len(kinds) == len(DocumentKind):
        return _("all documents")
    return ", ".join(str(kind.label) for kind in kinds)


def check_state(outcome: Outcome) -> str:
    """Whether the rule holds, in words."""
    if not outcome.looked_at:
        return _("nothing to check")
    if outcome.holds:
        return _("holds")
    n = len(outcome.faults)
    return ngettext("%(n)d fault", "%(n)d faults", n) % {"n": n}


def fault_words(fault: Fault) -> str:
    """What is wrong and where, with the values that show it."""
    values = {name: _written(value) for name, value in fault.values}
    reasons = {
        "no_need": _("stands on no gap, no finding and no duty"),
        "no_indicator": _("has no indicator"),
        "indicator_incomplete": _("has no indicator that states all four"),
        "other_plan": _("stands under a line of another plan"),
        "other_module": _("stands under a line for another module"),
        "costs_differ": _("The calendar costs %(calendar)s, the plan %(plan)s."),
        "no_funding": _("has no funding status"),
        "no_source": _("costs money and names no source for it"),
        "prerequisite_missing": _("a nominee has not attended %(module)s before %(day)s"),
        "clash": _("a nominee is also in %(module)s on %(day)s"),
        "uncovered": _("is below a limit on %(days)s days"),
        "hours_short": _("%(planned)s hours a head and year planned, %(promised)s promised"),
        "gap_unanswered": _("no intervention lifts it, and %(needs)s needs state no reason"),
        "target_moved": _("the target moved from %(before)s to %(after)s"),
        "headcount_differs": _("counts %(people)s people on %(day)s"),
        "person_named": _("the section “%(section)s” names a person (%(times)s times)"),
    }
    words = reasons[fault.reason] % values
    return labelled(fault.what, words) if fault.what else words


def _written(value: str) -> str:
    """A value of a fault, kept without a language: days and decimals as the active one has them."""
    if DAY.fullmatch(value):
        return day(date.fromisoformat(value))
    if found := DECIMALS.fullmatch(value):
        return number(Decimal(value), len(found[1]))
    return value


def versions(old: int, new: int) -> str:
    """From which version to which: whose changes the tracked ones are."""
    return _("Version %(old)d to %(new)d") % {"old": old, "new": new}


def move_word(move: str) -> str:
    """A move on record, as it is told afterwards."""
    words = {
        "make": _("put together"),
        "review": _("sent for internal review"),
        "pass": _("reviewed: nothing to object"),
        "sign": _("signed"),
        "endorse": _("endorsed"),
        "send_back": _("sent back to the HR officer"),
        "submit": _("submitted to the ministry"),
        "receive": _("received for review"),
        "clear": _("no objection"),
        "query": _("asked a question"),
        "answer": _("submitted again with answers"),
        "approve": _("approved in full"),
        "approve_part": _("approved in part"),
        "defer": _("deferred"),
        "return": _("returned with comments"),
        "resume": _("taken up again"),
        "note": _("noted"),
        "carry": _("decision carried out"),
        "enforce": _("put in force"),
        "report": _("reported on"),
        "close": _("closed"),
        "revise": _("taken back to revise"),
    }
    return words.get(move, move)


def next_move(state: str, asked: Sequence[Role] = ()) -> str:
    """Who makes the next move of a submission in this state.

    asked : the roles whose steps of its chain are open
    """
    who = held_by(asked)
    if asked and state == "queries":
        return _("Its documents are others than were endorsed. They go back to the ministry once "
                 "they are endorsed anew by: %(who)s.") % {"who": who}  # fmt: skip
    words = {
        "draft": _("The HR officer sends it for internal review."),
        "review": _("Those of the review say that nothing is to object, or send it back."),
        "signing": _("The managers sign it, or send it back."),
        "endorsing": _("It is endorsed, or sent back, by: %(who)s.") % {"who": who},
        "endorsed": _("The head submits it to the ministry, or the HR officer takes it back."),
        "submitted": _("The ministry receives it for review."),
        "technical": _("Each body of the ministry says that it has no objection, or asks."),
        "queries": _("The HR officer answers the questions and submits it again."),
        "resubmitted": _("The ministry receives the answers."),
        "decision": _("The ministry approves it in full or in part, defers or returns it."),
        "deferred": _("The ministry takes it up again."),
        "returned": _("The HR officer takes it back, to revise the documents."),
        "approved": _("It is approved; the head puts it in force."),
        "partly": _(
            "What was decided line by line is carried out; then the head puts it in force."
        ),
        "noted": _("Cabinet has noted it; the head puts it in force."),
        "in_force": _("It is in force. The HR officer reports on it."),
        "reported": _("It is reported on. The head closes it when its time is over."),
        "closed": _("It is closed: nothing is left to do."),
    }
    return words.get(state, "")


def held_by(roles: Iterable[Role]) -> str:
    """With whom a submission lies."""
    return _(" or ").join(str(role.label) for role in roles) or "–"


def ruled_figure(key: str) -> str:
    """A figure that a decision line by line changes."""
    words = {
        "closed": _("weighted gap closed, points"),
        "people": _("people trained"),
        "places": _("places in training"),
        "sessions": _("training sessions"),
        "unmet": _("needs that stay open"),
        "cost": _("cash of the development plan"),
        "measures": _("cost of the strategy's initiatives"),
        "targets": _("targets"),
    }
    return str(capfirst(words[key]))


def words() -> Words:
    """The renderers' labels in the language that is active."""
    return Words(**document_words())


def source(key: str) -> str:
    """A kind of records behind the figures."""
    kinds = {
        "staff": _("People in service"),
        "posts": _("Established posts"),
        "profiles": _("Job profiles in force"),
        "competencies": _("Competencies of the framework"),
        "assessments": _("Ratings of people's competencies, all sources"),
        "votes": _("Votes of the workshop"),
        "agreements": _("Ratings agreed in the workshop"),
        "documents": _("Reference documents registered"),
        "findings": _("Findings of the diagnostic"),
        "objectives": _("Strategic objectives"),
        "indicators": _("Indicators"),
        "initiatives": _("Initiatives"),
        "strategy_costs": _("Cost lines of initiatives"),
        "modules": _("Training modules in the catalogue"),
        "needs": _("Training needs of the plan"),
        "interventions": _("Interventions of the plan"),
        "plan_costs": _("Cost lines of the plan"),
        "sessions": _("Training sessions of the calendar"),
        "enrolments": _("Places given to people"),
        "activities": _("Activities of partners"),
    }
    return kinds[key]


def glossary() -> tuple[tuple[str, str], ...]:
    """Terms of the documents with their meanings, in the order of the alphabet."""
    terms = {
        _("Agreed rating"): _("what the room settled on after its blind votes were shown"),
        _("Agreement"): _(
            "van der Eijk's index: 1 if all vote alike, 0 if votes are spread evenly, below 0 if "
            "the room is split in two"
        ),
        _("Competency gap"): _(
            "levels that a job profile asks for and a person does not hold; never less than zero, "
            "and only where the person was assessed"
        ),
        _("Cover"): _(
            "who stays on duty at a station: those rostered, less those on leave and in training"
        ),
        _("Critical requirement"): _("a requirement without which the work must not be done alone"),
        _("Finding"): _("a strength or weakness that the diagnostic shows, with its evidence"),
        _("Gap index"): _(
            "the weighted gap as a share of all weighted levels asked for, among what was assessed"
        ),
        _("Held level"): _(
            "the level concluded from the ratings of a person in one competency, with a confidence"
        ),
        _("Intervention"): _(
            "one line of the development plan: a module, or a measure that is no training, for a "
            "group of people"
        ),
        _("Job profile"): _("a kind of work and the levels it asks for"),
        _("Key post"): _("a post whose vacancy would stop a legal duty, revenue or a station"),
        _("Need"): _(
            "an open gap of one person, with the module that would close it or the reason why it "
            "stays open"
        ),
        _("Opportunity cost"): _(
            "what the working time of people in training is worth; no cash, and shown apart from it"
        ),
        _("Session"): _("one group taking one module once, on dated days"),
        _("Weighted gap"): _("a gap multiplied by the weight of the requirement in the profile"),
    }
    return tuple(sorted(terms.items()))


def change_word(change: Change) -> str:
    """What became of a block."""
    if change.kind == "moved":
        return _("moved here from “%(section)s”") % {"section": change.was_in}
    words = {"added": _("added"), "removed": _("removed"), "changed": _("changed")}
    return words[change.kind]


def block_word(what: str) -> str:
    """A kind of block in the reader's word."""
    words = {
        "Paragraph": _("text"),
        "Bullets": _("list"),
        "Callout": _("remark"),
        "Reference": _("source"),
        "KeyFigures": _("figures in numbers"),
        "Table": _("table"),
        "Section": _("section"),
    }
    return words.get(what, _("figure"))


def change_counts(found: Comparison) -> tuple[tuple[str, int], ...]:
    """How many blocks came, went, changed and moved, and how many numbers changed."""
    return (
        (_("Added"), found.count("added")),
        (_("Removed"), found.count("removed")),
        (_("Changed"), found.count("changed")),
        (_("Moved"), found.count("moved")),
        (_("Numbers that changed"), len(found.numbers)),
    )


def changed_words(found: Response) -> str:
    """What became of the place of a comment since."""
    became = found.became
    if not found.anchor:
        return "–"
    if not became.changed_in:
        return _("reads as it did")
    values = {"number": became.changed_in}
    if became.is_gone:
        return _("gone since version %(number)d") % values
    return _("reads otherwise since version %(number)d") % values


def changed_and_now(found: Response) -> str:
    """The same with the words of a passage or row as they read since."""
    words = changed_words(found)
    return f"{words}: “{found.became.now}”" if found.became.now else words


def answer_words(found: Response) -> str:
    """What becomes of a comment and the words of its answer."""
    if not found.outcome:
        return _("not answered")
    outcome = capfirst(str(Comment.Outcome(found.outcome).label))
    return labelled(outcome, found.answer) if found.answer else outcome


def from_words(found: Response) -> str:
    """From which side a comment came."""
    return _("ministry") if found.is_from_ministry else _("administration")


def response_rows(found: Sequence[Response]) -> tuple[tuple[str, ...], list[tuple[Value, ...]]]:
    """The response matrix as a list to take away: its heading and its rows."""
    head = (
        _("Version"), _("Place"), _("Comment"), _("From"), _("Day"), _("Answer"),
        _("What changed"),
    )  # fmt: skip
    rows: list[tuple[Value, ...]] = [
        (one.version, one.place, said_words(one), from_words(one), one.made_on, answer_words(one),
         changed_and_now(one))
        for one in found
    ]  # fmt: skip
    return head, rows


def said_words(found: Response) -> str:
    """What a comment says; of a tracked change which words for which."""
    if not found.before and not found.after:
        return found.text
    if not found.before:
        return _("Proposed: add “%(after)s”.") % {"after": found.after}
    if not found.after:
        return _("Proposed: leave out “%(before)s”.") % {"before": found.before}
    values = {"before": found.before, "after": found.after}
    return _("Proposed: “%(after)s” for “%(before)s”.") % values


def taken_in_words(found: TakenIn) -> str:
    """What came of a returned file."""
    parts = [
        ngettext("%(n)d comment", "%(n)d comments", found.comments) % {"n": found.comments},
        ngettext("%(n)d proposed change", "%(n)d proposed changes", found.changes)
        % {"n": found.changes},
    ]
    words = _("Taken in: %(what)s.") % {"what": ", ".join(parts)}
    if found.around:
        words += " " + ngettext(
            "%(n)d stands at its section or table only, because its passage was not found.",
            "%(n)d stand at their section or table only, because their passage was not found.",
            found.around,
        ) % {"n": found.around}
    if found.unmatched:
        words += " " + ngettext(
            "%(n)d stands at no place and is listed without one.",
            "%(n)d stand at no place and are listed without one.",
            found.unmatched,
        ) % {"n": found.unmatched}
    if found.known:
        words += " " + ngettext(
            "%(n)d was here already.", "%(n)d were here already.", found.known
        ) % {"n": found.known}
    return words


def unfit_words(key: str, value: str) -> str:
    """Why a Word file is no template."""
    words = {
        "external": _("It leads to “%(value)s”; only web and mail addresses may stand in it."),
        "live_field": _("It has a field that fetches or runs something (%(value)s). Remove it."),
        "pages": _("Its pages leave too little room for text, or state no size that is a number."),
    }
    otherwise = _("Our documents can't be written into this file. Open it in Word and save it "
                  "anew as .docx.")  # fmt: skip
    return words.get(key, otherwise) % {"value": value}


def mover(passage: Passage) -> str:
    """Who made a move, and who recorded it where it was made on paper."""
    if passage.said_by and passage.by:
        words = _("%(name)s, on paper, recorded by %(by)s")
        return words % {"name": passage.said_by, "by": passage.by}
    return passage.said_by or (str(passage.by) if passage.by else "")


def use_word(what: str) -> str:
    """What was done by a link, as it is told afterwards."""
    words = {
        "open": _("opened"),
        "read": _("read a document"),
        "file": _("took a file"),
        "comment": _("commented"),
        "rule": _("ruled on a line"),
    }
    return words.get(what) or move_word(what)


def link_letter(link: ReviewLink, address: str) -> str:
    """The letter with which a link is sent."""
    words = _(
        "%(administration)s asks you to look at its human-resources documents, "
        "%(submission)s.\n\n"
        "They open here, without an account, until %(day)s:\n%(address)s\n\n"
        "The address is for you alone: what is said by it is kept as said by %(name)s."
    )
    return words % {
        "administration": link.administration.name,
        "submission": str(link.submission),
        "day": day(link.expires_on),
        "address": address,
        "name": link.name,
    }


def link_words(step: StepFields | None, can_speak: bool, can_move: bool) -> str:
    """What a link is for, or why it says no more, to who opens it."""
    if not can_speak:
        return _("This link only reads: what it was for is done, or the administration has taken "
                 "the documents back.")  # fmt: skip
    if step is None:
        return _("You are asked for comments. Open a document to make one.")
    if not can_move:
        return _("You are asked for one answer. It is not the turn of this step yet; until then "
                 "you can read and comment.")  # fmt: skip
    return _("You are asked for one answer: %(step)s. It is kept with your name, and once a step "
             "is taken this link only reads.") % {"step": str(step)}  # fmt: skip
