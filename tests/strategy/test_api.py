"""REST resources of the strategy: same rules, same refusals, no surprises."""

import pytest

from hrplan.strategy.models import Indicator, Milestone, Objective
from hrplan.strategy.usecases.kept import keep_indicators
from tests.strategy import make_strategy

ROOT = "/api/v1/customs"
PREFIXES = (
    "strategies",
    "principles",
    "objectives",
    "indicators",
    "measurements",
    "initiatives",
    "milestones",
    "risks",
    "strategy-costs",
    "obligations",
    "requested-decisions",
    "responsibilities",
    "policy-rules",
    "consultations",
)


def post(client, path, data=None):
    return client.post(path, data or {}, content_type="application/json")


def patch(client, path, data):
    return client.patch(path, data, content_type="application/json")


@pytest.mark.parametrize("prefix", PREFIXES)
def test_readers_read_and_others_do_not(prefix, customs, ruth, cora, mallory, client, as_):
    make_strategy.whole(customs)
    answer = as_(ruth).get(f"{ROOT}/{prefix}/")
    assert answer.status_code == 200
    assert answer.json()["count"] >= 1
    assert as_(cora).get(f"{ROOT}/{prefix}/").status_code == 403
    assert as_(mallory).get(f"{ROOT}/{prefix}/").status_code == 404
    assert client.get(f"{ROOT}/{prefix}/").status_code in (401, 403)
    assert post(as_(ruth), f"{ROOT}/{prefix}/", {}).status_code == 403


def test_an_objective_is_added_changed_and_removed(customs, alice, as_):
    make_strategy.strategy(customs)
    client = as_(alice)
    made = post(client, f"{ROOT}/objectives/", {"code": "SO1", "title": "Fair", "domains": ["D1"]})
    assert made.status_code == 201
    one = f"{ROOT}/objectives/{made.json()['id']}/"
    assert patch(client, one, {"title": "Fairer"}).json()["title"] == "Fairer"
    twice = post(client, f"{ROOT}/objectives/", {"code": "SO1", "title": "Again"})
    assert twice.status_code == 400
    strange = post(
        client, f"{ROOT}/objectives/", {"code": "SO2", "title": "x", "domains": {"a": 1}}
    )
    assert strange.status_code == 400
    assert client.delete(one).status_code == 204
    assert not Objective.objects.exists()


def test_rows_of_another_administration_cannot_be_chosen(customs, elsewhere, alice, as_):
    own = make_strategy.objective(make_strategy.strategy(customs))
    other = make_strategy.objective(make_strategy.strategy(elsewhere))
    data = {"code": "K01", "title": "Vacancies", "objective": other.pk}
    assert post(as_(alice), f"{ROOT}/indicators/", data).status_code == 400
    assert post(as_(alice), f"{ROOT}/indicators/", {**data, "objective": own.pk}).status_code == 201


def test_a_target_is_moved_with_its_reason_only(customs, alice, as_):
    make_strategy.whole(customs)
    row = Indicator.objects.get()
    client = as_(alice)
    silent = patch(client, f"{ROOT}/indicators/{row.pk}/", {"target": "25"})
    assert silent.status_code == 400
    moved = post(
        client,
        f"{ROOT}/indicators/{row.pk}/move-target/",
        {"target": "25", "reason": "Posts were cut."},
    )
    assert moved.json()["target"] == "25.00"
    assert row.changes.get().reason == "Posts were cut."


def test_values_are_recorded_and_replaced(customs, alice, as_):
    make_strategy.whole(customs)
    row = Indicator.objects.get()
    data = {"indicator": row.pk, "measured_on": "2016-02-01", "value": "28"}
    assert post(as_(alice), f"{ROOT}/measurements/", data).status_code == 201
    assert [one.value for one in row.measurements.all()] == [28]
    late = {**data, "measured_on": "2016-03-01"}
    assert post(as_(alice), f"{ROOT}/measurements/", late).status_code == 400


def test_a_milestone_is_completed_and_reopened(customs, alice, as_):
    make_strategy.whole(customs)
    one = f"{ROOT}/milestones/{Milestone.objects.get().pk}"
    done = post(as_(alice), f"{one}/complete/", {"done_on": "2016-02-01"})
    assert done.json()["done_on"] == "2016-02-01"
    assert post(as_(alice), f"{one}/reopen/").json()["done_on"] is None


def test_costs_road_map_and_computed_indicators_are_given(customs, ruth, as_):
    client = as_(ruth)
    assert client.get(f"{ROOT}/strategies/costs/").status_code == 404
    make_strategy.whole(customs)
    assert client.get(f"{ROOT}/strategies/costs/").json()["measures"] == 8000
    assert len(client.get(f"{ROOT}/strategies/roadmap/").json()["quarters"]) == 2
    assert client.get(f"{ROOT}/indicators/computed/").json() == []
    keep_indicators(customs, by=None)
    codes = [one["code"] for one in client.get(f"{ROOT}/indicators/computed/").json()]
    assert codes[:3] == ["K01", "K02", "K03"]
