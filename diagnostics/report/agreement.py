"""Pictures and sections on how far the room agrees: votes by level, rounds, functions."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from diagnostics import wording
from diagnostics.analysis.agreement import APART_AT
from diagnostics.usecases.agreement import RoleResult, RoomAgreement, RoundResult
from diagnostics.usecases.results import DomainResult, ExerciseResults, QuestionResult
from hrplan.core.figures import rounded
from hrplan.documents.nodes import (
    Align,
    Block,
    Paragraph,
    Point,
    ScatterChart,
    Section,
    Table,
)

RIGHT: Align = "right"
LEFT: Align = "left"
BANDS = 4  # shades of a vote map: each a quarter of the votes
NAMED = 8  # questions of least agreement whose numbers are written into the picture


def agreement_chart(results: ExerciseResults) -> ScatterChart:
    """Agreement across, what is at stake upwards: far off and agreed stands at the top right."""
    placed = [q for q in results.questions if q.agreement is not None and q.stake is not None]
    least = sorted(placed, key=lambda q: (q.agreement or 0.0, -(q.stake or 0.0), q.code))
    named = {question.code for question in least[:NAMED]}
    words = ngettext(
        "Agreement against importance of %(n)d question.",
        "Agreement against importance of %(n)d questions.",
        len(placed),
    )
    told = words % {"n": len(placed)}
    if least:
        ends = _("The room is least of one mind on: %s.")
        told += " " + ends % "; ".join(question.title for question in least[:3])
    return ScatterChart(
        caption=_("Agreement against importance: what is at stake, and how sure the room is"),
        unit=_("at stake: distance to the target × weight, 0 to 100"),
        across=_("agreement A, -1 to 1"),
        alternative=told,
        label_title=_("Question"),
        points=tuple(_point(question, question.code in named) for question in placed),
        missing=tuple(f"{q.code} {q.title}" for q in results.questions if q not in placed),
        left=-1,
        right=1,
        bottom=0,
        top=100,
        across_from=_limit(results, "disputed_below"),
        key="agreement-importance",
    )


def _point(question: QuestionResult, is_named: bool) -> Point:
    return Point(
        label=f"{question.code} {question.title}",
        x=rounded(question.agreement or 0.0, 2),
        y=rounded(question.stake or 0.0, 2),
        mark=question.code if is_named else "",
    )


def _limit(results: ExerciseResults, key: str) -> float | None:
    return next((float(one.value) for one in results.constants if one.key == key), None)


def vote_band(count: int, given: int) -> int:
    """The shade of a cell: 0 for no vote, then a step for each quarter of the votes."""
    return 0 if not count else min(BANDS, 1 + count * BANDS // given)


def vote_map(results: ExerciseResults) -> Table:
    """Question by level: how many chose each, shaded by their share, with those who gave none."""
    levels = [level for level, _name, _meaning in results.scale]
    heads = [f"{level} {name}" for level, name, _meaning in results.scale]
    columns = (
        *(_("Question"), *heads, _("Did not know"), _("Does not apply")),
        *(_("Median"), _("Agreement")),
    )
    rows: list[tuple[str, ...]] = []
    shades: list[tuple[str, ...]] = []
    subheads: list[int] = []
    for domain in results.domains:
        subheads.append(len(rows))
        rows.append((f"{domain.code} {domain.title}", *("",) * (len(columns) - 1)))
        shades.append(("",) * len(columns))
        for question in domain.questions:
            rows.append(_map_row(question))
            shades.append(_map_shades(question, len(columns)))
    return Table(
        _("Votes by question and level, last round"),
        columns,
        tuple(rows),
        align=(LEFT, *(RIGHT,) * (len(columns) - 1)),
        widths=(6, *(1.3,) * len(levels), 1.2, 1.2, 1.2, 1.5),
        note=wording.vote_map_note(results.small_group),
        shading=tuple(shades),
        subheads=tuple(subheads),
        key="vote-map",
    )


def _map_row(question: QuestionResult) -> tuple[str, ...]:
    return (
        f"{question.code} {question.title}",
        *(str(count) for _level, count in question.distribution),
        str(question.missing),
        str(question.not_applicable),
        wording.level(question.median) if question.n else "–",
        wording.agreement(question) if question.n else "–",
    )


def _map_shades(question: QuestionResult, width: int) -> tuple[str, ...]:
    bands = (vote_band(count, question.n) for _level, count in question.distribution)
    shades = ["", *(f"level-{band}" if band else "" for band in bands)]
    return (*shades, *("",) * (width - len(shades)))


def agreement_section(results: ExerciseResults, room: RoomAgreement) -> Section | None:
    """How far the room agrees, what a second vote did, and which functions see it differently."""
    if not any(question.n for question in results.questions):
        return None
    blocks: list[Block] = [Paragraph(_summary(results)), agreement_chart(results)]
    if room.repeated:
        blocks += [Paragraph(_repeated(room)), rounds_table(room)]
    if room.roles:
        blocks.append(roles_table(room.roles, room.limit))
    return Section(_("How far the room agrees"), tuple(blocks), key="agreement")


def _summary(results: ExerciseResults) -> str:
    voted = [question for question in results.questions if question.n]
    close = sum(wording.is_close(question.agreement) for question in voted)
    first = _(
        "Agreement is told by van der Eijk's A, which asks whether there is one opinion or "
        "several. Of %(voted)d questions put to the vote the room is close on %(close)d."
    )
    parts = [first % {"voted": len(voted), "close": close}]
    if camps := sum(question.is_polarised for question in voted):
        words = ngettext(
            "On %(n)d its last votes lie in camps.", "On %(n)d its last votes lie in camps.", camps
        )
        parts.append(words % {"n": camps})
    if divided := sum(question.is_disputed for question in voted):
        words = ngettext(
            "%(n)d stays divided and unsettled.", "%(n)d stay divided and unsettled.", divided
        )
        parts.append(words % {"n": divided})
    else:
        parts.append(_("None stays divided and unsettled."))
    return " ".join(parts)


def _repeated(room: RoomAgreement) -> str:
    again = [one for question in room.repeated for one in question.rounds if one.number > 1]
    words = ngettext(
        "%(n)d question was voted on again after discussion; %(moved)d of %(both)d votes changed, "
        "%(nearer)d of them towards the median of the first vote.",
        "%(n)d questions were voted on again after discussion; %(moved)d of %(both)d votes "
        "changed, %(nearer)d of them towards the earlier median.",
        len(room.repeated),
    )
    return words % {
        "n": len(room.repeated),
        "moved": sum(one.moved for one in again),
        "both": sum(one.both for one in again),
        "nearer": sum(one.nearer for one in again),
    }


def rounds_table(room: RoomAgreement) -> Table:
    """The questions voted on more than once, a line a round."""
    several = len({one.workshop for q in room.repeated for one in q.rounds}) > 1
    rows = tuple(
        _round_row(f"{question.code} {question.title}", one, several)
        for question in room.repeated
        for one in question.rounds
    )
    columns = (_("Question"), _("Round"), _("Votes"), _("Median"), _("Agreement"), _("What it did"))
    return Table(
        _("What each round did"),
        columns,
        rows,
        align=(LEFT, LEFT, RIGHT, RIGHT, RIGHT, LEFT),
        widths=(4.5, 1.6, 1, 1.1, 1.5, 5),
        key="rounds",
    )


def _round_row(title: str, one: RoundResult, several: bool) -> tuple[str, ...]:
    number = f"{one.number} ({one.workshop})" if several else str(one.number)
    agreed = _("too few") if one.is_small else wording.index(one.agreement)
    return (
        title,
        number,
        str(one.n),
        wording.level(one.median),
        agreed,
        wording.moves(one),
    )


def roles_table(roles: tuple[RoleResult, ...], limit: int) -> Table:
    """How far each function lies from the room; none of fewer people than the limit."""
    rows = tuple(
        (
            wording.role(one.role),
            str(one.people),
            str(one.votes),
            wording.distance(one.distance),
            str(one.apart),
        )
        for one in roles
    )
    columns = (
        *(_("Function"), _("People"), _("Votes")),
        *(_("Mean distance from the median"), _("Votes that stand apart")),
    )
    note = _(
        "Mean of vote minus median of the question, over all questions, in levels. Apart: %(at)d "
        "levels or more. Functions of fewer than %(limit)d people are told together."
    )
    return Table(
        _("Functions that see it differently"),
        columns,
        rows,
        align=(LEFT, RIGHT, RIGHT, RIGHT, RIGHT),
        widths=(4, 1.2, 1.2, 2.4, 2.2),
        note=note % {"at": APART_AT, "limit": limit},
        key="functions",
    )


def domain_counts(domain: DomainResult) -> tuple[tuple[int, int], ...]:
    """The votes of a domain's questions on each level together: level, votes."""
    sums: dict[int, int] = {}
    for question in domain.questions:
        for level, count in question.distribution:
            sums[level] = sums.get(level, 0) + count
    return tuple(sums.items())
