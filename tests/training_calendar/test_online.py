"""Where a session can't be held for a storm, what can be learnt online instead is named."""

from datetime import date

import pytest

from competencies.models import Framework
from tests import make
from tests.training_calendar import make_training as training
from training_calendar.models import Mode, Module, Outcome
from training_calendar.usecases import session_detail
from training_calendar.usecases.online import online_versions

pytestmark = pytest.mark.django_db
JUNE = date(2016, 6, 6)


@pytest.fixture
def taught(customs) -> Module:
    """A module in a classroom that lifts two competencies from 1 to 3."""
    framework = make.framework(customs)
    return lifts(module(customs, "T01", Mode.CLASSROOM), framework, O1=(1, 3), O2=(1, 3))


def module(customs, code, mode, **fields) -> Module:
    fields = {"title": code, "provider": training.provider(customs), "mode": mode, "hours": 8,
              "cost_session": 0, "cost_person": 0, **fields}  # fmt: skip
    return Module.objects.create(administration=customs, code=code, **fields)


def lifts(made: Module, framework, **levels) -> Module:
    for code, (low, high) in levels.items():
        topic = framework.competencies.get(code=code)
        Outcome.objects.create(module=made, competency=topic, level_from=low, level_to=high)
    return made


def test_the_module_that_lifts_most_as_far_is_named_and_of_equals_the_shorter(customs, taught):
    framework = taught.outcomes.get(competency__code="O1").competency.framework
    lifts(module(customs, "E1", Mode.ONLINE), framework, O1=(0, 3))
    lifts(module(customs, "E2", Mode.SELF_PACED, hours=6), framework, O1=(1, 4), O2=(0, 2))
    lifts(module(customs, "E3", Mode.ON_THE_JOB), framework, O1=(0, 3), O2=(0, 3))
    lifts(module(customs, "E4", Mode.ONLINE, is_offered=False), framework, O1=(0, 3), O2=(0, 3))

    found = online_versions(customs, ["T01", "E1"])

    assert list(found) == ["T01"]
    assert (found["T01"].code, found["T01"].lifted, found["T01"].asked) == ("E2", 1, 2)
    assert found["T01"].words == "lifts 1 of its 2 competencies as far"


@pytest.mark.parametrize("levels", [{"O1": (2, 3)}, {"O1": (0, 2)}, {}], ids=str)
def test_what_asks_for_more_before_or_ends_lower_stands_in_for_nothing(customs, taught, levels):
    framework = taught.outcomes.get(competency__code="O1").competency.framework
    lifts(module(customs, "E1", Mode.ONLINE), framework, **levels)

    assert online_versions(customs, ["T01"]) == {}


def test_only_a_session_in_the_months_of_storms_shows_it(customs, alice):
    held = training.plan(customs).sessions.get()
    lifts(module(customs, "E1", Mode.ONLINE), Framework.objects.get(), O1=(0, 3))

    before = session_detail.session_detail(held, member=alice).online
    held.starts_on = held.ends_on = JUNE
    after = session_detail.session_detail(held, member=alice).online

    assert (before, after and after.code) == (None, "E1")


def test_less_than_half_is_no_online_version(customs):
    framework = make.framework(customs, ("O1", "O2", "O3"))
    three = dict.fromkeys(("O1", "O2", "O3"), (0, 2))
    lifts(module(customs, "T01", Mode.CLASSROOM), framework, **three)
    lifts(module(customs, "E1", Mode.ONLINE), framework, O1=(0, 2))

    assert online_versions(customs, ["T01"]) == {}
