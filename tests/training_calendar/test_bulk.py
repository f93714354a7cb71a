"""Very many rows come in by short steps and are seen all at once, or not at all."""

import re
import shutil
from io import StringIO
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.urls import reverse

from competencies.models import Assessment, HeldProfile, JobProfile, Level, StaffMember
from competencies.models.derived import STALE
from competencies.usecases import levels_ahead
from hrplan.core.models import Batch
from tests import make
from training_calendar.models import Leave, PlanningParameters
from training_calendar.usecases import bulk

MINI = Path(__file__).parents[1] / "data" / "planning" / "mini-1"


@pytest.fixture(autouse=True)
def _short(monkeypatch) -> None:
    monkeypatch.setattr(bulk, "STEP", 4)
    monkeypatch.setattr(bulk, "PAUSE", 0)
    monkeypatch.setattr(levels_ahead, "STEP", 4)
    monkeypatch.setattr(levels_ahead, "PAUSE", 0)


@pytest.fixture
def folder(tmp_path) -> Path:
    return Path(shutil.copytree(MINI, tmp_path / "instance"))


@pytest.fixture
def prepared(customs, folder):
    """The administration with everything of the instance but people, ratings and leave."""
    small = folder.parent / "small"
    shutil.copytree(folder, small, ignore=shutil.ignore_patterns(
        "staff.csv", "assessments.csv", "leave.csv", "params.toml"))  # fmt: skip
    call_command("import_data", "customs", small, stdout=StringIO(), stderr=StringIO())
    return customs


def seen() -> tuple[int, int, int]:
    people = StaffMember.objects.all()
    leave = Leave.objects.filter(staff_member__in=people)
    return people.count(), Assessment.objects.count(), leave.count()


def lines(folder: Path, name: str) -> int:
    return len((folder / f"{name}.csv").read_text().splitlines()) - 1


def all_of(folder: Path) -> tuple[int, ...]:
    return tuple(lines(folder, name) for name in bulk.TABLES)


def test_nobody_sees_a_row_before_all_are_there(prepared, folder, as_, alice):
    told = []

    def watch(percent: float, message: str) -> None:
        told.append(seen())

    batch = bulk.load(prepared, folder, watch)

    assert set(told) == {(0, 0, 0)}
    assert seen() == all_of(folder)
    assert batch.state == Batch.State.LIVE
    page = as_(alice).get(reverse("competencies:staff_list", args=["customs"]))
    assert page.context["page_obj"].paginator.count == lines(folder, "staff")


class Killed(Exception):
    """As if somebody pulled the plug."""


@pytest.mark.parametrize("steps", [1, 3, 5, 20])
def test_a_load_that_is_interrupted_goes_on_where_it_stopped(prepared, folder, steps):
    left = iter(range(steps))

    def watch(percent: float, message: str) -> None:
        if next(left, None) is None:
            raise Killed

    with pytest.raises(Killed):
        bulk.load(prepared, folder, watch)
    assert seen() == (0, 0, 0)
    written = StaffMember._base_manager.count()
    assert written > 0

    batch = bulk.load(prepared, folder)

    assert (seen(), Batch.objects.count()) == (all_of(folder), 1)
    assert batch.done["staff"] == lines(folder, "staff")


def test_other_files_are_refused_while_a_load_is_half_done(prepared, folder):
    def watch(percent: float, message: str) -> None:
        raise Killed

    with pytest.raises(Killed):
        bulk.load(prepared, folder, watch)
    (folder / "leave.csv").write_text("staff_id,from_date,to_date\n")

    with pytest.raises(ValidationError, match="half loaded"):
        bulk.load(prepared, folder)
    bulk.withdraw(Batch.objects.get())
    bulk.load(prepared, folder)
    assert seen() == all_of(folder)


def test_a_batch_taken_back_leaves_what_was_there_before(prepared, folder):
    first = (folder / "staff.csv").read_text().splitlines()
    only = folder.parent / "one"
    only.mkdir()
    (only / "staff.csv").write_text("\n".join(first[:2]))
    bulk.load(prepared, only)

    batch = bulk.load(prepared, folder)
    assert seen()[0] == lines(folder, "staff")
    bulk.withdraw(batch)

    assert seen() == (1, 0, 0)
    assert StaffMember._base_manager.count() == 1


def test_ratings_come_into_an_administration_that_has_its_people(prepared, folder):
    ratings = folder.parent / "ratings"
    ratings.mkdir()
    shutil.move(folder / "assessments.csv", ratings)
    bulk.load(prepared, folder)
    levels_ahead.work_out(prepared)
    assert seen()[1] == 0

    bulk.load(prepared, ratings)
    assert worked_out() == set()
    again = bulk.load(prepared, ratings)

    assert seen()[1] == lines(ratings, "assessments")
    bulk.withdraw(again)
    assert seen()[1] == lines(ratings, "assessments")


@pytest.mark.parametrize(
    ("name", "line", "words"),
    [
        ("staff", "X1,NOWHERE,R1,3", "station_id: NOWHERE"),
        ("assessments", "S00001,NOTHING,3", "competency_id: NOTHING"),
        ("assessments", "STRANGER,C01,3", "staff_id: STRANGER"),
        ("assessments", "S00001,C01,9", "level: 9"),
        ("leave", "STRANGER,2016-01-01,2016-01-02", "staff_id: STRANGER"),
        ("leave", "S00001,soon,2016-01-02", "from_date: soon"),
    ],
)
def test_faults_are_named_by_file_and_line_and_nothing_is_written(
    prepared, folder, name, line, words
):
    with (folder / f"{name}.csv").open("a") as file:
        file.write(line + "\n")

    with pytest.raises(ValidationError) as refusal:
        bulk.load(prepared, folder)

    assert words in " ".join(refusal.value.messages)
    assert f"{name}.csv, {lines(folder, name) + 1}" in " ".join(refusal.value.messages)
    assert (StaffMember._base_manager.count(), Batch.objects.count()) == (0, 0)


def test_levels_above_the_scale_are_refused_before_anything_is_written(prepared, folder):
    Level.objects.filter(framework__administration=prepared, level=5).delete()
    first = (folder / "assessments.csv").read_text().splitlines()
    above = [number for number, line in enumerate(first, start=1) if line.endswith(",5")]

    with pytest.raises(ValidationError) as refusal:
        bulk.load(prepared, folder)

    told = " ".join(refusal.value.messages)
    assert f"assessments.csv: {len(above)} rows hold a level above 4" in told
    assert f"lines {', '.join(map(str, above[:5]))} …" in told
    assert "Lower them to 4" in told
    assert (StaffMember._base_manager.count(), Batch.objects.count()) == (0, 0)


def relevel(folder: Path, name: str, old: int, new: int, count: int = 0) -> None:
    """Write another level in the lines of a table that hold one; in the first `count` of them."""
    table = folder / f"{name}.csv"
    pattern = rf"^(\w+,C\d+),{old}\b"
    table.write_text(re.sub(pattern, rf"\1,{new}", table.read_text(), count=count, flags=re.M))


@pytest.fixture
def on_short_scale(customs, folder):
    """The framework in force has five levels, and the instance keeps to them."""
    make.framework(customs)
    for name in ("assessments", "role_profiles"):
        relevel(folder, name, 5, 4)
    return customs


@pytest.mark.parametrize("bulk_load", [True, False])
@pytest.mark.parametrize("name", ["assessments", "role_profiles"])
def test_an_instance_with_levels_above_the_scale_is_refused_whole(
    on_short_scale, folder, name, bulk_load
):
    relevel(folder, name, 3, 5, count=1)

    with pytest.raises(CommandError, match="1 row holds a level above 4") as refusal:
        call_command("import_data", "customs", folder, bulk=bulk_load, stdout=StringIO())

    assert "Lower" in str(refusal.value)
    assert not JobProfile.objects.filter(administration=on_short_scale).exists()
    assert seen() == (0, 0, 0)


def test_an_instance_on_a_shorter_scale_comes_in_and_its_gaps_are_shown(
    on_short_scale, folder, as_, alice
):
    call_command("import_data", "customs", folder, bulk=True, stdout=StringIO())

    assert as_(alice).get(reverse("competencies:gaps", args=["customs"])).status_code == 200


def test_the_command_brings_a_whole_instance_in_and_takes_it_back(customs, folder):
    def run(**options) -> str:
        out = StringIO()
        call_command("import_data", "customs", folder, stdout=out, stderr=out, **options)
        return out.getvalue()

    assert "is live" in run(bulk=True)
    assert seen() == all_of(folder)
    assert PlanningParameters.objects.get(administration=customs).per_diem == 60
    assert "is taken back" in run(take_back=True)
    assert seen() == (0, 0, 0)
    with pytest.raises(CommandError):
        run(take_back=True)


def test_gaps_of_everybody_follow_when_a_batch_comes_into_sight_and_goes(prepared, folder, as_,
                                                                        alice):  # fmt: skip
    client, address = as_(alice), reverse("competencies:gaps", args=["customs"])
    before = client.get(address).context["total"].n

    batch = bulk.load(prepared, folder)
    live = client.get(address).context["total"].n
    bulk.withdraw(batch)

    assert (before, client.get(address).context["total"].n) == (0, 0)
    assert live > 0


def worked_out() -> set[int]:
    """The people whose levels are kept."""
    return set(HeldProfile.objects.exclude(stamp=STALE).values_list("staff_member", flat=True))


def test_levels_are_worked_out_when_the_command_ends_and_told(prepared, folder):
    one = folder.parent / "one"
    one.mkdir()
    (one / "staff.csv").write_text("\n".join((folder / "staff.csv").read_text().splitlines()[:2]))
    bulk.load(prepared, one)
    out = StringIO()

    call_command("import_data", "customs", folder, bulk=True, existing="skip", stdout=out)

    assert worked_out() == set(StaffMember.objects.values_list("pk", flat=True))
    assert f"Levels of {lines(folder, 'staff')} people are worked out." in out.getvalue()
    call_command("import_data", "customs", folder, take_back=True, stdout=out)
    assert worked_out() == set(StaffMember.objects.values_list("pk", flat=True)) != set()


def test_only_levels_that_are_missing_or_stale_are_worked_out(prepared, folder):
    bulk.load(prepared, folder)
    told = []

    first = levels_ahead.work_out(prepared, lambda percent, message: told.append(percent))
    Assessment.objects.first().save()

    assert first == lines(folder, "staff")
    assert told == sorted(told)
    assert told[-1] == 100
    assert levels_ahead.work_out(prepared) == 1
    assert levels_ahead.work_out(prepared) == 0
