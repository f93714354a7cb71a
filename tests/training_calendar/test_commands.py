"""The commands that show gaps, plan and schedule."""

from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from hrplan.core.models import Administration
from tests.training_calendar.test_usecases import MINI
from training_calendar.models import Plan
from training_calendar.usecases import imports

pytestmark = pytest.mark.whole


@pytest.fixture
def planned(customs: Administration) -> Administration:
    customs.as_of_fixed = date(2027, 1, 4)
    customs.constants = {"planning": {"preparation_days": 0, "scenarios": []}}
    customs.save()
    imports.import_instance(customs, MINI, by=None)
    return customs


def told(name: str, *arguments: str) -> str:
    out = StringIO()
    call_command(name, *arguments, stdout=out, stderr=StringIO())
    return out.getvalue()


def test_gaps_are_printed_and_written(planned: Administration, tmp_path: Path) -> None:
    shown = told("gaps", "customs", "--by", "competency", "--csv", str(tmp_path / "gaps.csv"))

    assert "18 people" in shown
    assert (tmp_path / "gaps.csv").read_text().startswith("competency,people")


def test_a_plan_is_made_and_then_improved(planned: Administration) -> None:
    shown = told("plan", "customs", "--effort", "2", "--budget", "0.8")
    again = told("schedule", "customs", "--effort", "2")

    assert "conflicts: 0" in shown
    assert "conflicts: 0" in again
    assert Plan.objects.get(is_current=True).budget_share == 0.8


def test_without_a_plan_there_is_nothing_to_schedule(customs: Administration) -> None:
    with pytest.raises(CommandError, match="no plan yet"):
        told("schedule", "customs")


def test_an_unknown_administration_is_named(customs: Administration) -> None:
    with pytest.raises(CommandError, match="there are: customs"):
        told("plan", "nowhere")


@pytest.mark.parametrize("share", ["0", "-1", "much"])
def test_a_senseless_share_is_refused(customs: Administration, share: str) -> None:
    with pytest.raises(CommandError, match="share"):
        told("plan", "customs", "--budget", share)
