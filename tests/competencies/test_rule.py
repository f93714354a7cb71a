"""The rule for held levels is data: shown, changed, on record, and figures follow at once."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from competencies.usecases import gaps, rule
from hrplan.core.models import Administration, AuditEntry
from tests.competencies.make_gaps import Port, port, rate


@pytest.fixture
def place(customs) -> Port:
    made = port(customs)
    rate(made.eve, "O1", 3, source="self")
    rate(made.eve, "O1", 1, source="supervisor")
    return made


def held(administration):
    found = gaps.gap_analysis(administration).held
    return found.set_index(["staff", "competency"]).loc[("S3", "O1")]


def test_a_changed_weight_moves_the_level_at_once_and_is_on_record(place, customs, alice):
    assert round(held(customs)["level"], 2) == 1.67

    effect = rule.change_rule(customs, {"weight.self": 0.4}, by=alice)

    assert held(customs)["level"] == 2.0
    assert effect.after < effect.before
    entry = AuditEntry.objects.filter(action="change").first()
    assert entry.fields == ["held_levels.weight.self"]


def test_a_later_doubt_and_a_base_are_kept_and_the_default_comes_back(place, customs, alice):
    assert held(customs)["status"] == "to_validate"
    effect = rule.change_rule(
        customs,
        {"doubt_at": 3.0, "self_supervisor_doubt_at": 3.0, "base.self+supervisor": 0.5},
        by=alice,
    )
    assert (held(customs)["status"], effect.doubtful_after) == ("estimated", 0)
    assert held(customs)["confidence"] == 0.25

    usual = {key: default for key, _value, default in rule.rule_values(customs)}
    rule.change_rule(customs, usual, by=alice)

    assert Administration.objects.get().constants_of("held_levels") == {}


def test_what_makes_no_sense_is_refused_and_nothing_changes(place, customs, alice):
    with pytest.raises(ValidationError, match="do not make sense"):
        rule.change_rule(customs, {"weight.self": 0.0}, by=alice)

    assert Administration.objects.get().constants_of("held_levels") == {}


def test_only_the_officer_changes_it(place, customs, carol, mallory):
    for other in (carol, mallory):
        with pytest.raises(PermissionDenied):
            rule.change_rule(customs, {"doubt_at": 3.0}, by=other)


def test_the_form_says_what_a_change_did(place, customs, alice, as_):
    client = as_(alice)
    page = client.get(reverse("competencies:rule", args=["customs"]))
    values = {name: field.initial for name, field in page.context["form"].fields.items()}

    answer = client.post(
        reverse("competencies:rule", args=["customs"]), {**values, "weight.self": 0.4}, follow=True
    )

    assert "Gap index" in answer.content.decode()
    assert "As delivered: 0.2" in page.content.decode()


def test_the_same_by_rest(place, customs, alice, as_):
    client, address = as_(alice), "/api/v1/customs/rule/"

    done = client.post(address, {"values": {"weight.self": 0.4}}, "application/json")

    assert done.json()["after"] < done.json()["before"]
    now = {row["key"]: row["value"] for row in client.get(address).json()}
    assert now["weight.self"] == 0.4
