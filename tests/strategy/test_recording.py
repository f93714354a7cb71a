"""Computed values that somebody chooses to record."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from competencies.models import JobProfile
from hrplan.strategy.analysis.follow_up import Standing
from hrplan.strategy.models import Measurement
from hrplan.strategy.usecases import indicators, recording
from hrplan.strategy.usecases.kept import keep_indicators
from tests import make
from tests.strategy import make_strategy


@pytest.fixture
def coverage(customs):
    """People with an approved profile: 2 of 3, as the records give it."""
    frame, unit = make.framework(customs), make.unit(customs)
    approved, draft = make.profile(frame, "P1", O1=2), make.profile(frame, "P2", O1=2)
    draft.state = JobProfile.State.DRAFT
    draft.save()
    for profile in (approved, approved, draft):
        make.staff_member(unit, profile)
    aim = make_strategy.objective(make_strategy.strategy(customs))
    return make_strategy.indicator(aim, "K07", better="higher", baseline=50, target=100)


def test_a_computed_value_is_recorded_with_its_n_and_gives_a_standing(coverage, alice):
    made = recording.record_computed(coverage, by=alice)
    assert (made.measured_on, str(made.value)) == (date(2016, 2, 12), "66.67")
    assert made.note == "Computed from the records: counted over 3, 0 missing."
    assert indicators.indicator_sheet(coverage).standing == Standing.NEARER


def test_it_is_refused_where_it_is_unknown_or_on_record_already(coverage, alice):
    recording.record_computed(coverage, by=alice)
    with pytest.raises(ValidationError, match="on record already"):
        recording.record_computed(coverage, by=alice)
    aim = coverage.objective
    with pytest.raises(ValidationError, match="no posts are recorded"):
        recording.record_computed(make_strategy.indicator(aim, "K01"), by=alice)
    with pytest.raises(ValidationError, match="give no value"):
        recording.record_computed(make_strategy.indicator(aim, "T01"), by=alice)
    assert Measurement.objects.count() == 1


def test_only_the_hr_officer_records_computed_values(coverage, ruth, mallory):
    for member in (ruth, mallory):
        with pytest.raises(PermissionDenied):
            recording.record_computed(coverage, by=member)
        with pytest.raises(PermissionDenied):
            recording.record_all_computed(coverage.administration, by=member)


def test_all_are_recorded_at_once_from_figures_of_the_day_alone(coverage, customs, alice):
    make_strategy.indicator(coverage.objective, "K01")
    with pytest.raises(ValidationError, match="first"):
        recording.record_all_computed(customs, by=alice)
    keep_indicators(customs, by=alice)
    done = recording.record_all_computed(customs, by=alice)
    assert (done.recorded, done.already, done.unknown) == (1, 0, 1)
    with pytest.raises(ValidationError, match="first"):  # a record changed: this very value
        recording.record_all_computed(customs, by=alice)
    keep_indicators(customs, by=alice)
    done = recording.record_all_computed(customs, by=alice)
    assert (done.recorded, done.already, done.unknown) == (0, 1, 1)


def test_both_buttons_work_and_say_what_they_did(coverage, customs, alice, ruth, as_):
    keep_indicators(customs, by=alice)
    client = as_(alice)
    listed = reverse("strategy:computed_list", args=["customs"])
    every = reverse("strategy:record_all_computed", args=["customs"])
    assert every in client.get(listed).content.decode()
    answer = client.post(every, follow=True)
    assert "Recorded: 1." in answer.content.decode()
    one = reverse("strategy:record_computed", args=["customs", coverage.pk])
    assert "on record already" in client.post(one, follow=True).content.decode()
    Measurement.objects.all().delete()
    assert one in client.get(coverage.get_absolute_url()).content.decode()
    assert "is recorded" in client.post(one, follow=True).content.decode()
    assert as_(ruth).post(one).status_code == 403


def test_the_page_of_an_indicator_says_when_it_was_computed_and_what_changed_since(
    coverage, customs, alice, as_
):
    client, address = as_(alice), coverage.get_absolute_url()
    again = reverse("strategy:compute_again", args=["customs"])

    never = client.get(address).content.decode()
    keep_indicators(customs, by=alice)
    fresh = client.get(address).content.decode()
    recording.record_computed(coverage, by=alice)
    stale = client.get(address).content.decode()

    assert "was not yet" in never
    assert again in never
    assert "Computed from the records on" in fresh
    assert again not in fresh
    assert "Records have changed since" in stale
    assert again in stale


def test_rest_records_it_and_refuses_the_second_time(coverage, alice, ruth, as_):
    address = f"/api/v1/customs/indicators/{coverage.pk}/record-computed/"
    assert as_(ruth).post(address).status_code == 403
    assert as_(alice).post(address).json()["value"] == "66.67"
    assert as_(alice).post(address).status_code == 400
