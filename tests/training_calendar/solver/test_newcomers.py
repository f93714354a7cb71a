"""Who could come to a new session: held equal to what the checker says of each person and day."""

import numpy as np
import pytest

from tests.training_calendar.solver.instances import GOOD, session
from tests.training_calendar.solver.test_starts import OTHER, WORLDS
from training_calendar.solver.check import check
from training_calendar.solver.explain import rest_of
from training_calendar.solver.newcomers import could_come, kept_away
from training_calendar.solver.placed import placed_sessions

PERSONAL = {"H09", "H10", "H11", "H12", "H13", "H14", "H16", "C1", "C2", "F1", "F2", "F3"}
EVERY = 3  # days


@pytest.mark.parametrize("world", range(len(WORLDS)))
def test_each_person_could_come_on_the_days_on_which_the_checker_finds_nothing_of_theirs(world):
    instance, calendar = WORLDS[world], (*GOOD, OTHER)
    rest = rest_of(instance, placed_sessions(instance, calendar))
    people = np.arange(len(instance.staff.ids))
    before = {v for v in check(instance, calendar).violations if v.rule in PERSONAL}
    seen = set()

    for m, module in enumerate(instance.modules.ids):
        found = could_come(instance, rest, m, people)
        length = int(instance.modules.duration[m])
        for day in range(0, found.shape[1], EVERY):
            first = instance.horizon.date_of(day)
            for i, who in enumerate(instance.staff.ids):
                new = session("new", module, first.isoformat(), length, who, where="", by="")
                broken = {
                    v for v in check(instance, (*calendar, new)).violations if v.rule in PERSONAL
                } - before
                assert bool(found[i, day]) == (not broken), (module, day, who, broken)
                seen.add(bool(found[i, day]))
    assert seen == {True, False}


@pytest.mark.parametrize("world", range(len(WORLDS)))
def test_whoever_could_not_come_is_kept_away_by_one_reason_and_nobody_else_is(world):
    instance, calendar = WORLDS[world], (*GOOD, OTHER)
    rest = rest_of(instance, placed_sessions(instance, calendar))
    people = np.arange(len(instance.staff.ids))
    of_supply = {"money", "full"}
    told = set()

    for m, module in enumerate(instance.modules.ids):
        found = could_come(instance, rest, m, people)
        length = int(instance.modules.duration[m])
        for day in range(0, found.shape[1], EVERY):
            first = instance.horizon.date_of(day).isoformat()
            new = session("new", module, first, length, where="", by="")
            for placed in placed_sessions(instance, (new,)):
                for who in people:
                    kept = kept_away(instance, rest, placed, np.array([who]))
                    personal = set(kept) - of_supply
                    assert sum(kept.values()) <= 1
                    assert bool(personal) == (not found[who, day]), (module, day, who, kept)
                    told |= personal
                every = kept_away(instance, rest, placed, people)
                assert sum(n for key, n in every.items() if key not in of_supply) == int(
                    (~found[:, day]).sum()
                )
    assert len(told) >= 3
