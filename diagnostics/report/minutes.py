"""The minutes of a workshop as a document: who, with what, votes by round, what was settled."""

from math import ceil, floor

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from diagnostics import wording
from diagnostics.analysis.agreement import APART_AT
from diagnostics.models import Workshop
from diagnostics.report.evidence import tools_table
from diagnostics.report.signing import signature_table
from diagnostics.usecases.agreement import RoundResult
from diagnostics.usecases.minutes import (
    DomainMinutes,
    Minutes,
    Person,
    QuestionMinutes,
    RatingSettled,
)
from hrplan.core.figures import day, labelled, listed
from hrplan.documents.nodes import (
    Align,
    Block,
    Bullets,
    Callout,
    KeyFigure,
    KeyFigures,
    Paragraph,
    Rich,
    Section,
    Table,
    Text,
)

RIGHT: Align = "right"
LEFT: Align = "left"


def minutes_sections(minutes: Minutes) -> tuple[Section, ...]:
    """The minutes part by part; a part without anything to tell is left out."""
    parts = (
        _summary(minutes),
        _people(minutes),
        _instruments(minutes),
        _course(minutes),
        _questions(minutes),
        _open_points(minutes),
        _signatures(minutes),
    )
    return tuple(part for part in parts if part is not None)


def minutes_control(minutes: Minutes) -> tuple[tuple[str, str], ...]:
    """What the control page says of the workshop."""
    state = (
        _("closed on %s; nothing in it changes any more") % day(minutes.closed_on)
        if minutes.closed_on
        else _("still open; these minutes tell how far it is")
    )
    return (
        (_("Workshop"), minutes.title),
        (_("Diagnostic"), minutes.exercise),
        (_("Held"), wording.days(minutes.starts_on, minutes.ends_on)),
        (_("Place"), minutes.place or _("not recorded")),
        (_("Facilitator"), minutes.facilitator or _("not named")),
        (_("Whose vote is whose"), _attribution(minutes)),
        (_("State"), state),
    )


def _attribution(minutes: Minutes) -> str:
    told = {
        Workshop.Attribution.NAMED: _("participants are named; votes are told as counts"),
        Workshop.Attribution.ROLE: _("participants are told by function, votes as counts"),
        Workshop.Attribution.ANONYMOUS: _("nobody is named; votes are told as counts"),
    }
    return told[Workshop.Attribution(minutes.attribution)]


def _summary(minutes: Minutes) -> Section:
    all_questions = len(minutes.questions) + len(minutes.not_voted)
    met = _("%(n)d people met at %(place)s, %(days)s, for the diagnostic “%(exercise)s”.")
    listed_for = _("%(n)d people are listed for %(place)s, %(days)s, “%(exercise)s”.")
    words = _(
        "Of %(all)d questions %(voted)d were put to a blind vote and revealed, and the room "
        "settled %(settled)d."
    )
    values = {
        "n": minutes.participants,
        "place": minutes.place or _("a place not recorded"),
        "days": wording.days(minutes.starts_on, minutes.ends_on),
        "exercise": minutes.exercise,
        "all": all_questions,
        "voted": len(minutes.questions),
        "settled": minutes.settled,
    }
    again = sum(len(one.rounds) > 1 for one in minutes.questions)
    tiles = (
        KeyFigure(str(minutes.participants), _("participants")),
        KeyFigure(
            str(minutes.settled),
            _("questions settled"),
            _("of %(all)d") % {"all": all_questions},
        ),
        KeyFigure(str(again), _("questions voted on again")),
        KeyFigure(str(minutes.dissents), _("ratings with recorded dissent")),
    )
    first = met if minutes.closed_on else listed_for
    lead = Paragraph(f"{first % values} {words % values}", "lead")
    blocks: list[Block] = [lead, KeyFigures(tiles)]
    if minutes.purpose:
        blocks.append(Paragraph((Text(_("Purpose: "), bold=True), Text(minutes.purpose))))
    if minutes.closed_on is None:
        words = _(
            "The workshop is open. What is told here stood on %s and can still change; once it is "
            "closed the minutes are drawn up again, for signature."
        )
        blocks.append(Callout("caution", words % day(minutes.as_of), _("Not final")))
    return Section(_("Summary"), tuple(blocks), key="summary")


def _people(minutes: Minutes) -> Section | None:
    if not minutes.participants:
        return None
    blocks: list[Block] = []
    if not minutes.people:
        words = ngettext(
            "%(n)d person took part. The room was promised that nobody is told by name or "
            "function, so none is.",
            "%(n)d people took part. The room was promised that nobody is told by name or "
            "function, so none is.",
            minutes.participants,
        )
        blocks.append(Paragraph(words % {"n": minutes.participants}))
    else:
        blocks.append(_people_table(minutes.people, named=minutes.is_named))
    if minutes.facilitator:
        words = _("The workshop was led by %s, who had no vote in it.")
        blocks.append(Paragraph(words % minutes.facilitator))
    return Section(_("Participants"), tuple(blocks), key="participants")


def _people_table(people: tuple[Person, ...], *, named: bool) -> Table:
    caption = _("Who took part")
    rows: tuple[tuple[str, ...], ...] = tuple(
        (str(n), *((one.name or "–",) if named else ()), one.function or "–")
        for n, one in enumerate(people, 1)
    )
    if not named:
        return Table(caption, (_("No."), _("Function")), rows, (RIGHT, LEFT), (1, 12))
    columns = (_("No."), _("Name"), _("Function"))
    return Table(caption, columns, rows, (RIGHT, LEFT, LEFT), (1, 5, 7))


def _instruments(minutes: Minutes) -> Section | None:
    if not minutes.tools:
        return None
    words = _(
        "Each question was read out and voted on blind: nobody saw another's vote before all were "
        "revealed together. The room then discussed, voted again where it wished, and settled a "
        "rating in the open; the facilitator wrote it down. “Don't know” and “does not apply” are "
        "answers of their own and count in no figure."
    )
    scale = tuple(
        (Text(labelled(f"{level} {name}", ""), bold=True), Text(meaning))
        for level, name, meaning in minutes.scale
    )
    blocks: list[Block] = [Paragraph(words), tools_table(minutes.tools)]
    if scale:
        blocks += [Paragraph(_("Each question is rated on this scale:")), Bullets(scale)]
    return Section(_("Instruments and way of voting"), tuple(blocks), key="instruments")


def _course(minutes: Minutes) -> Section | None:
    if not minutes.agenda:
        return None
    rows = tuple(
        (
            wording.agenda_time(item.day, str(item.get_half_display())),
            item.title,
            item.captures or "–",
            _("done") if item.is_done else _("open"),
        )
        for item in minutes.agenda
    )
    columns = (_("When"), _("Session"), _("What it was to leave"), _("State"))
    table = Table(_("Sessions of the workshop"), columns, rows, widths=(2.4, 6, 5, 1.3))
    return Section(_("Course of the workshop"), (table,), key="course")


def _questions(minutes: Minutes) -> Section | None:
    if not minutes.domains:
        return None
    words = _(
        "Votes are numbers of people on each level, a row a round. Agreement is van der Eijk's A, "
        "from -1 (two camps) to 1 (one mind); with fewer than %(limit)d votes none is told."
    )
    blocks: list[Block] = [Paragraph(words % {"limit": minutes.small_group})]
    blocks += [_domain(domain) for domain in minutes.domains]
    return Section(_("Votes and agreed ratings"), tuple(blocks), key="votes")


def _domain(domain: DomainMinutes) -> Section:
    blocks: list[Block] = [_votes(domain)]
    blocks += [block for question in domain.questions for block in _question(question)]
    return Section(f"{domain.code} {domain.title}", tuple(blocks), key=f"votes-{domain.code}")


def _votes(domain: DomainMinutes) -> Table:
    levels = [level for level, _count in domain.questions[0].rounds[0].distribution]
    rows = tuple(
        (
            _again(question) if one.number > 1 else f"{question.code} {question.title}",
            str(one.number),
            *(str(count) if count else "–" for _level, count in one.distribution),
            str(one.missing or "–"),
            str(one.not_applicable or "–"),
            _median(one),
            (_("too few") if one.is_small else wording.index(one.agreement)) if one.n else "–",
        )
        for question in domain.questions
        for one in question.rounds
    )
    columns = (
        *(_("Question"), _("Round")),
        *(str(level) for level in levels),
        *(_("Don't know"), _("Not appl."), _("Median"), _("Agreement")),
    )
    align = (LEFT, *(RIGHT,) * (len(columns) - 1))
    widths = (4.6, 1.7, *(0.7,) * len(levels), 1.4, 1.3, 1.9, 2.5)
    caption = _("Votes by round, %(domain)s")
    return Table(caption % {"domain": domain.title}, columns, rows, align, widths)


def _median(one: RoundResult) -> str:
    """The median; where few voted no decimals, but the levels it lies between."""
    if one.median is None:
        return "–"
    if one.is_small and one.median != floor(one.median):
        return f"{floor(one.median)}–{ceil(one.median)}"
    return wording.level(one.median)


def _moves(one: RoundResult) -> str:
    """What a repeated vote did; where few voted, how many moved and no more."""
    if not one.is_small or not one.both:
        return f"{wording.moves(one)}."
    words = _("%(n)d of %(both)d moved (%(up)d up, %(down)d down).")
    return words % {"n": one.moved, "both": one.both, "up": one.up, "down": one.down}


def _again(question: QuestionMinutes) -> str:
    return _("%(code)s, voted on again") % {"code": question.code}


def _question(question: QuestionMinutes) -> list[Block]:
    settled = question.settled
    told = _agreed(settled) if settled else _("The room did not settle this question.")
    head: Rich = (Text(f"{question.code} {question.title}. ", bold=True), Text(told))
    lines = [(_("Asked"), question.text)]
    if settled:
        lines += [
            (_("Why"), settled.rationale),
            (_("Shown"), settled.evidence),
            (_("Cited"), "; ".join(settled.cited)),
            (_("Dissent"), settled.dissent),
            (_("Still open"), settled.follow_up),
        ]
    if question.apart:
        label = _("Voted %(at)d levels or more from the median") % {"at": APART_AT}
        lines.append((label, listed(list(question.apart))))
    lines += [(_again_label(one.number), _moves(one)) for one in question.rounds[1:]]
    items: tuple[Rich, ...] = tuple(
        (Text(labelled(label, ""), italic=True), Text(words)) for label, words in lines if words
    )
    return [Paragraph(head), Bullets(items)]


def _agreed(settled: RatingSettled) -> str:
    words = _("Agreed: level %(level)d, %(name)s")
    told = words % {"level": settled.level, "name": settled.level_name}
    clause = wording.rating(settled.existence, settled.use)
    return f"{told}; {clause}." if clause else f"{told}."


def _again_label(number: int) -> str:
    return _("Vote %(n)d") % {"n": number}


def _open_points(minutes: Minutes) -> Section:
    blocks: list[Block] = []
    follow = tuple(
        (one.code, one.title, one.settled.follow_up)
        for one in minutes.questions
        if one.settled and one.settled.follow_up
    )
    if follow:
        columns = (_("No."), _("Question"), _("What is still to be found out"))
        table = Table(_("To be followed up"), columns, follow, widths=(1.2, 5, 8))
        blocks.append(table)
    if loose := [f"{one.code} {one.title}" for one in minutes.questions if one.settled is None]:
        first = _("Revealed but not settled; each stands at the median of its last vote:")
        blocks += [Paragraph(first), Bullets(tuple(loose))]
    if minutes.not_voted:
        first = _("No vote was revealed on these questions:")
        blocks += [
            Paragraph(first),
            Bullets(tuple(f"{c} {title}" for c, title in minutes.not_voted)),
        ]
    if waiting := [item.title for item in minutes.agenda if not item.is_done]:
        blocks += [
            Paragraph(_("Sessions of the agenda that are not done:")),
            Bullets(tuple(waiting)),
        ]
    if not blocks:
        words = _(
            "None: every question was voted on and settled, no session of the agenda is open, and "
            "the room left nothing to be found out."
        )
        blocks = [Paragraph(words)]
    return Section(_("Open points"), tuple(blocks), key="open-points")


def _signatures(minutes: Minutes) -> Section | None:
    """Room to sign; nothing is signed while it can change."""
    if minutes.closed_on is None:
        return None
    words = _(
        "Those who sign confirm that votes, ratings, grounds and dissent are told as they were "
        "given in the room. Who disagrees with a line writes its number beside the signature."
    )
    leader = (minutes.facilitator, _("Facilitator"))
    named = [(one.name, one.function) for one in minutes.people if one.name]
    signers = [leader, *(named or [("", _("For the participants"))])]
    table = signature_table(tuple(signers))
    return Section(_("Signatures"), (Paragraph(words), table), key="signatures")
