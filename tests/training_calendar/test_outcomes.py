"""What a module lifts is kept by HR, by page and REST, on the scale of the framework in force."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from competencies.models import Competency, Framework
from hrplan.core.models import AuditEntry
from tests import make
from tests.training_calendar import make_training
from training_calendar.models import Module, Outcome
from training_calendar.usecases import outcomes


@pytest.fixture
def module(customs) -> Module:
    """T01 lifts O1 from 0 to 2; O2 is free."""
    make.framework(customs)
    return make_training.module(customs)


def topic(customs, code: str = "O2") -> Competency:
    return Competency.objects.get(administration=customs, code=code, framework__state="in_force")


def address(name: str, key: int) -> str:
    return reverse(f"training_calendar:{name}", args=["customs", key])


def test_a_line_is_added_changed_and_removed_on_pages_and_each_is_on_record(
    module, customs, as_, alice
):
    client = as_(alice)
    fields = {"competency": topic(customs).pk, "level_from": 1, "level_to": 3}

    added = client.post(address("outcome_add", module.pk), fields)
    row = Outcome.objects.get(competency=topic(customs))
    changed = client.post(address("outcome_change", row.pk), {**fields, "level_to": 4})
    row.refresh_from_db()
    removed = client.post(address("outcome_remove", row.pk))

    assert (added.url, changed.url, removed.url) == (address("module", module.pk),) * 3
    assert (row.level_from, row.level_to) == (1, 4)
    assert not Outcome.objects.filter(pk=row.pk).exists()
    entries = AuditEntry.objects.filter(table="training_calendar.outcome").order_by("pk")
    assert list(entries.values_list("action", flat=True)) == ["add", "change", "remove"]


def test_a_suggestion_fills_the_form_and_nothing_is_stored_until_it_is_sent(
    module, customs, as_, alice
):
    page = as_(alice).get(address("outcome_add", module.pk), {"competency": topic(customs).pk})

    assert page.context["form"]["competency"].value() == str(topic(customs).pk)
    assert f'value="{topic(customs).pk}" selected' in page.content.decode()
    assert module.outcomes.count() == 1


@pytest.mark.parametrize(
    ("fields", "at", "words"),
    [
        ({"level_to": 5}, "level_to", "ends at 4"),
        ({"level_from": 3, "level_to": 3}, "level_to", "above the level needed before"),
        ({"code": "O1"}, "competency", "already"),
    ],
)
def test_a_level_off_the_scale_and_a_second_line_are_refused(
    module, customs, alice, fields, at, words
):
    wanted = {"level_from": 0, "level_to": 2, **fields}
    wanted["competency"] = topic(customs, wanted.pop("code", "O2"))

    with pytest.raises(ValidationError) as refusal:
        outcomes.add_outcome(customs, by=alice, module=module, **wanted)

    assert words in refusal.value.message_dict[at][0]
    assert module.outcomes.count() == 1


def test_a_competency_of_another_version_is_refused(module, customs, alice):
    old = Framework.objects.create(
        administration=customs, code="test", version="0.9", title="Old", state="retired"
    )
    group = old.groups.create(administration=customs, code="O", title="Operational")
    mine = old.competencies.create(administration=customs, group=group, code="O9", title="Old")

    with pytest.raises(ValidationError, match="framework in force"):
        outcomes.add_outcome(customs, by=alice, module=module, competency=mine, level_to=2)


def test_what_belongs_to_another_administration_is_refused(module, customs, elsewhere, alice):
    make.framework(elsewhere)
    theirs = make_training.module(elsewhere, "T07")

    with pytest.raises(ValidationError, match="another administration"):
        outcomes.add_outcome(
            customs, by=alice, module=theirs, competency=topic(customs), level_to=2
        )


def test_the_officer_alone_keeps_them(module, customs, carol, as_, stan):
    row = module.outcomes.get()

    with pytest.raises(PermissionDenied):
        outcomes.change_outcome(row, by=carol, level_to=3)
    for name, key in (
        ("outcome_add", module.pk), ("outcome_change", row.pk), ("outcome_remove", row.pk),
    ):  # fmt: skip
        assert as_(stan).get(address(name, key)).status_code == 403


def test_rest_keeps_them_with_the_same_refusals(module, customs, as_, alice, stan):
    base, kind = "/api/v1/customs/outcomes/", {"content_type": "application/json"}
    fields = {"module": module.pk, "competency": topic(customs).pk, "level_from": 0, "level_to": 2}

    made = as_(alice).post(base, fields, **kind)
    again = as_(alice).post(base, fields, **kind)
    one = f"{base}{made.json()['id']}/"
    changed = as_(alice).patch(one, {"level_to": 3}, **kind)
    off = as_(alice).patch(one, {"level_to": 9}, **kind)
    by_staff = as_(stan).post(base, fields, **kind)
    gone = as_(alice).delete(one)

    assert (made.status_code, changed.json()["level_to"]) == (201, 3)
    assert (again.status_code, list(again.json())) == (400, ["competency"])
    assert (off.status_code, list(off.json())) == (400, ["level_to"])
    assert (by_staff.status_code, gone.status_code) == (403, 204)
    assert module.outcomes.count() == 1
