"""What can be learnt online where a session can't be held: the nearest modules of the catalogue."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.db.models import F
from django.utils.translation import ngettext

from hrplan.core.models import Administration
from hrplan.core.titles import told
from training_calendar.models import Mode, Module, Outcome

LEAST = 0.5
"""The share of a module's competencies that its online version lifts at least."""
ONLINE = (Mode.ONLINE, Mode.SELF_PACED)
Lifts = Mapping[int, tuple[int, int]]  # by competency, level before and level reached


@dataclass(frozen=True, slots=True)
class OnlineVersion:
    """A module taken online that lifts `lifted` of the `asked` competencies of another as far."""

    pk: int
    code: str
    title: str
    mode_words: str
    lifted: int
    asked: int

    @property
    def words(self) -> str:
        """How far it stands in for the other."""
        words = ngettext(
            "lifts %(lifted)d of its %(asked)d competency as far",
            "lifts %(lifted)d of its %(asked)d competencies as far",
            self.asked,
        )
        return words % {"lifted": self.lifted, "asked": self.asked}


def online_versions(
    administration: Administration, modules: Collection[str]
) -> dict[str, OnlineVersion]:
    """For each of these modules, by code, the one online that lifts most of what it lifts.

    As high, and from no higher a level; LEAST of them, of equals the one of fewest hours. Modules
    that are online themselves, and those that nothing online replaces, are left out.
    """
    rows = Outcome.objects.filter(module__administration=administration)
    lifts: dict[str, dict[int, tuple[int, int]]] = defaultdict(dict)
    pairs = rows.values_list("module__code", "competency", "level_from", "level_to")
    for module, topic, low, high in pairs:
        lifts[module][topic] = low, high
    online = Module.objects.filter(
        administration=administration, mode__in=ONLINE, is_offered=True, code__in=lifts
    ).order_by(F("hours") + F("self_study_hours"), "code")
    taken = {one.code: one for one in online}
    found = {}
    for module in set(modules) - taken.keys():
        best = max(taken, key=lambda code: _lifted(lifts[module], lifts[code]), default="")
        lifted = _lifted(lifts[module], lifts[best])
        if lifted >= max(1, LEAST * len(lifts[module])):
            one = taken[best]
            words = str(one.get_mode_display())
            found[module] = OnlineVersion(
                one.pk, one.code, told(one.title), words, lifted, len(lifts[module])
            )
    return found


def _lifted(wanted: Lifts, other: Lifts) -> int:
    """How many of the competencies the other lifts as high, from no higher a level."""
    return sum(
        topic in other and other[topic][0] <= low and other[topic][1] >= high
        for topic, (low, high) in wanted.items()
    )
