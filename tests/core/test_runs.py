"""Long work: asked for once, carried out once, stopped, and found again after a crash."""

import time
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from hrplan.core import runs
from hrplan.core.models import Run, RunState
from hrplan.management.commands import worker


def waiting(customs, **fields):
    return Run.objects.create(administration=customs, kind="test", task="", **fields)


def test_work_that_ends_leaves_its_result(customs):
    run = waiting(customs)

    runs.carry_out(run.pk, lambda run, watch: {"answer": 42})

    run.refresh_from_db()
    assert (run.state, run.result, run.progress) == (RunState.DONE, {"answer": 42}, 100)


def test_work_that_fails_says_why(customs):
    run = waiting(customs)

    def work(run, watch):
        raise ValueError("no profile is approved")

    with pytest.raises(ValueError):
        runs.carry_out(run.pk, work)

    run.refresh_from_db()
    assert (run.state, run.error) == (RunState.FAILED, "ValueError: no profile is approved")


def test_work_that_is_refused_keeps_the_words_of_the_refusal(customs):
    run = waiting(customs)

    def work(run, watch):
        raise ValidationError(["No room is free.", "Nor is a trainer."])

    runs.carry_out(run.pk, work)

    run.refresh_from_db()
    assert (run.state, run.error) == (RunState.FAILED, "No room is free.\nNor is a trainer.")


def test_the_pages_of_runs_name_the_work_and_not_its_key(as_, alice, customs):
    run = Run.objects.create(administration=customs, kind="plan", task="", by=alice)

    pages = [
        as_(alice).get(address).content.decode()
        for address in ("/customs/runs/", f"/customs/runs/{run.pk}/")
    ]

    assert ["Development plan" in page for page in pages] == [True, True]


def test_only_those_who_may_stop_a_run_are_shown_the_button(as_, alice, carol, customs):
    address = f"/customs/runs/{waiting(customs).pk}/"

    shown = ["/stop/" in as_(member).get(address).content.decode() for member in (alice, carol)]

    assert shown == [True, False]


def test_a_run_is_carried_out_once_though_its_task_comes_twice(customs):
    run = waiting(customs)
    done = []
    work = lambda run, watch: done.append(run.pk) or {}  # noqa: E731

    runs.carry_out(run.pk, work)
    runs.carry_out(run.pk, work)

    assert done == [run.pk]


def test_work_learns_that_it_shall_stop(customs, alice):
    run = waiting(customs)

    def work(run, watch):
        assert watch(10, "begun")
        runs.stop(run, by=alice)
        if not watch(20):
            raise runs.Stopped
        return {}

    runs.carry_out(run.pk, work)

    run.refresh_from_db()
    assert (run.state, run.progress, run.message) == (RunState.STOPPED, 20, "")


def test_a_waiting_run_stops_at_once(customs, alice):
    run = waiting(customs)

    runs.stop(run, by=alice)

    run.refresh_from_db()
    assert run.state == RunState.STOPPED
    assert runs.claim(run.pk) is None


def test_a_run_whose_worker_vanished_three_times_fails(customs):
    past = timezone.now() - timedelta(minutes=5)
    run = waiting(customs, state=RunState.RUNNING, attempt=3, lease_until=past)

    assert runs.reap() == 1

    run.refresh_from_db()
    assert run.state == RunState.FAILED


def test_a_worker_whose_run_was_given_to_another_learns_it_and_writes_nothing(customs):
    run = waiting(customs)

    def work(mine, watch):
        Run.objects.filter(pk=run.pk).update(attempt=2, progress=5)  # as another has claimed it
        assert not watch(80, "far")
        return {"answer": 1}

    runs.carry_out(run.pk, work)

    run.refresh_from_db()
    assert (run.state, run.attempt, run.progress, run.result) == (RunState.RUNNING, 2, 5, {})


@pytest.mark.django_db(transaction=True)
def test_a_worker_gives_signs_of_life_while_its_work_says_nothing(customs, monkeypatch):
    monkeypatch.setattr(runs, "BEAT", 0.01)
    run = waiting(customs)

    def work(mine, watch):
        before = Run.objects.get(pk=run.pk).lease_until
        for _ in range(500):
            if Run.objects.get(pk=run.pk).lease_until > before:
                return {"renewed": True}
            time.sleep(0.02)
        return {}

    runs.carry_out(run.pk, work)

    run.refresh_from_db()
    assert run.result == {"renewed": True}


def test_a_vanished_worker_is_missed_within_ninety_seconds():
    assert runs.LEASE.total_seconds() + worker.REAP_EVERY <= 90
    assert runs.LEASE.total_seconds() >= 3 * runs.BEAT


def test_a_run_still_at_work_is_left_alone(customs):
    soon = timezone.now() + timedelta(minutes=1)
    waiting(customs, state=RunState.RUNNING, attempt=1, lease_until=soon)

    assert runs.reap() == 0


def test_a_facilitator_asks_for_no_long_work(customs, bob):
    run = waiting(customs)

    with pytest.raises(PermissionDenied):
        runs.stop(run, by=bob)
