"""What a plan wrote into its rows, told in the language that is active; nothing is saved."""

from collections.abc import Iterable

from django.utils.translation import gettext_noop as noop

from diagnostics.wording import STORED as FINDINGS
from hrplan.core.retelling import Sentence, retold
from hrplan.core.titles import told, told_anew
from training_calendar.models import CalendarChange, CostLine, Intervention

SEMICOLON = "; "  # between the profiles of an audience
NEEDS = (
    Sentence(noop("%(title)s: asked of few people, so no figures are shown."), titles=("title",)),
    Sentence(
        "%(title)s: %(short)d of %(assessed)d assessed falls short, by %(mean)s levels.",
        "%(title)s: %(short)d of %(assessed)d assessed fall short, by %(mean)s levels on average.",
        count="short",
        numbers=("mean",),
        titles=("title",),
    ),
    Sentence(noop("Asked for by modules that build on it.")),
    *FINDINGS,
)
OWNERS = (
    Sentence(noop("Training unit with %(provider)s")),
    Sentence(noop("Training unit")),
)
PROOFS = (
    Sentence(noop("All who attend complete the module by %(day)s"), days=("day",)),
    Sentence(
        "%(count)d person completes the module by %(day)s",
        "%(count)d people complete the module by %(day)s",
        count="count",
        days=("day",),
    ),
    Sentence(
        "%(count)d person at level %(level)d in %(title)s by %(day)s",
        "%(count)d people at level %(level)d in %(title)s by %(day)s",
        count="count",
        days=("day",),
        titles=("title",),
    ),
    Sentence(noop("Done by %(day)s"), days=("day",)),
)
AUDIENCES = (
    Sentence("%(count)d other profile", "%(count)d other profiles", count="count", ends=True),
)
ITEMS = tuple(
    Sentence(words)
    for words in (
        "Delivery: trainer and material",
        "Travel of trainers",
        "Subsistence of trainers",
        "Venue",
        "Equipment",
        "Materials",
        "Course fees",
        "Travel of participants",
        "Air fares and travel abroad",
        "Subsistence of participants",
        "Subsistence abroad",
        "Insurance",
        "Contingency",
        "Overtime of those who stand in",
        "Salary of those in training",
    )
)
UNITS = tuple(
    Sentence(words) for words in ("session", "trip", "day", "person", "person-day", "share", "hour")
)
BY_HAND = (  # HandChange.Kind
    *(noop("moved"), noop("pinned or let go"), noop("cancelled"), noop("a place refused")),
    *(noop("a place given"), noop("two people swapped"), noop("given a date")),
)
CHANGES = (
    Sentence(noop("cut from the plan")),
    Sentence(noop("moved from %(old)s to %(new)s"), days=("old", "new")),
    Sentence(noop("another venue or trainer")),
    Sentence(
        "new on %(day)s, with %(n)d person", "new on %(day)s, with %(n)d people",
        count="n", days=("day",),
    ),
    Sentence(
        "%(n)d person gave up the place", "%(n)d people gave up their places", count="n"
    ),
    Sentence(noop("cancelled; %(people)d places, %(kept)d of them in other sessions now")),
    Sentence(noop("cancelled: too few were left")),
    Sentence(noop("two people exchanged their sessions")),
    Sentence(noop("taken back: %(words)s"), inner=("words",)),
    Sentence(noop("not in the calendar, as before")),
    Sentence(noop("cancelled again")),
    Sentence(noop("held as planned again")),
    Sentence(noop("from %(now)s to %(then)s"), days=("now", "then")),
    Sentence(noop("pinned")),
    Sentence(noop("no longer pinned")),
    Sentence(
        "%(n)d person has the place again", "%(n)d people have their places again", count="n"
    ),
    Sentence(
        "%(n)d person has the place no longer", "%(n)d people have their places no longer",
        count="n",
    ),
    Sentence(noop("the answers of stations as before")),
)  # fmt: skip
GROUNDS = (
    Sentence(noop("made room: %(r)s"), inner=("r",)),
    Sentence(noop("the station could not release somebody")),
    Sentence(noop("from the waiting list")),
    Sentence(noop("swapped with one of equal need")),
    Sentence(noop("asked for by their stations")),
    Sentence(noop("%(code)s was %(what)s by hand; this was taken back"), inner=("what",)),
    *map(Sentence, BY_HAND),
    Sentence(noop("cut by the ministry, submission %(n)d"), ends=True),
)


def proof(text: str) -> str:
    """What will show that a measure worked."""
    return retold(text, PROOFS)


def owner(text: str) -> str:
    """Who answers for it."""
    return retold(text, OWNERS)


def audience(text: str) -> str:
    """Who takes part: profiles, some with their number of people, and how many others."""
    return SEMICOLON.join(_profile(part) for part in retold(text, AUDIENCES).split(SEMICOLON))


def _profile(text: str) -> str:
    title, opened, people = text.partition(" (")
    return told_anew(title) + opened + people


def tell(row: Intervention, lines: Iterable[CostLine]) -> None:
    """Let a measure and its costs speak the active language, in memory only."""
    row.title = told(row.title)
    if row.finding:
        row.finding.title = retold(row.finding.title, FINDINGS)
    row.need_text = retold(row.need_text, NEEDS)
    row.owner = owner(row.owner)
    row.indicator = proof(row.indicator)
    row.audience = audience(row.audience)
    for line in lines:
        line.title, line.unit = retold(line.title, ITEMS), retold(line.unit, UNITS)


def changes(rows: Iterable[CalendarChange]) -> tuple[CalendarChange, ...]:
    """Lines of the change log in the active language, in memory only."""
    found = tuple(rows)
    for row in found:
        row.what, row.reason = _parts(row.what), retold(row.reason, GROUNDS)
    return found


def _parts(text: str) -> str:
    """What changed of a session: one sentence, or several in one line."""
    told = retold(text, CHANGES)
    if told != text:
        return told
    return SEMICOLON.join(retold(part, CHANGES) for part in text.split(SEMICOLON))
