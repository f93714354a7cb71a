"""A backup restored: every row, file and count as it was, and the installation works."""

import stat
import threading
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from io import StringIO
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, connections, transaction
from django.test import Client

from hrplan.backup import checking, contents, making, restoring
from hrplan.core import audit
from hrplan.core.accounts import open_first_link
from hrplan.core.models import (
    Administration,
    AuditEntry,
    Holiday,
    Import,
    Member,
    Role,
    Run,
    RunState,
)
from hrplan.deliverables.models import DocumentVersion
from hrplan.deliverables.usecases import files
from hrplan.imports.usecases.imports import stored_path
from tests import make
from tests.furnish import furnish
from tests.places import Place, Places

WRITERS, PAUSE = 40, 0.05  # clients, and how long each rests between two writes [s]
pytestmark = [pytest.mark.django_db, pytest.mark.whole, pytest.mark.both]


@pytest.fixture(scope="module")
def source(places: Places) -> Iterator[Place]:
    """The whole demonstration and a real administration, with files, runs and a sign-in."""
    with places.new() as found:
        with found.used():
            open_first_link()
            demonstration = furnish()
            files.file_of(DocumentVersion.objects.first(), files.FRAGMENT)
            alice = make.member(make.administration("customs"), Role.HR_OFFICER, "alice")
            Client().login(email=alice.user.email, password=make.PASSWORD)
            audit.record(
                "change", alice.administration, by=alice, administration=alice.administration
            )
            row = Import.objects.create(
                administration=alice.administration, by=alice, name="a.csv", stored="ab12.csv"
            )
            stored_path(row).parent.mkdir()
            stored_path(row).write_bytes(b"code;title\n")
            Run.objects.create(administration=demonstration, kind="plan", task="os.system")
            erased = make.unit(alice.administration, "GONE")
            erased.delete()
        yield found


@pytest.fixture(scope="module")
def backup(source: Place, folder: Path) -> Path:
    path = folder / "all.hrplan"
    with source.used():
        making.make_backup(path)
    return path


@pytest.fixture(scope="module")
def target(places: Places, backup: Path) -> Iterator[Place]:
    """Another installation, after the backup was restored there."""
    with places.new() as found:
        with found.used():
            restoring.restore(backup)
        yield found


def rows_there() -> dict[str, list[tuple]]:
    """Every row of every table that a backup holds."""
    return {
        model._meta.label: list(
            model._base_manager.order_by("pk").values_list(
                *(field.attname for field in contents.fields_of(model))
            )
        )
        for model in contents.kept_models()
    }


@contextmanager
def looked_at(place: Place) -> Iterator[None]:
    """The product works at the place, and leaves it as it was."""
    with place.used(), transaction.atomic():
        yield
        transaction.set_rollback(True)


def files_in(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def same_rows(before: dict[str, list[tuple]], after: dict[str, list[tuple]]) -> bool:
    """All alike, but for the entries of the restore itself and the run that was open."""
    restored = [row for row in after["core.AuditEntry"] if "restore" in row]
    assert len(restored) == len(before["core.Administration"])
    after = after | {"core.AuditEntry": after["core.AuditEntry"][: -len(restored)]}
    runs = {"core.Run": []}
    return before | runs == after | runs


def test_every_row_of_every_table_comes_back_as_it_was(source, target):
    with source.used():
        before = rows_there()
    with target.used():
        after = rows_there()

    assert same_rows(before, after)
    assert sum(map(len, before.values())) > 15_000


def test_every_file_comes_back_as_it_was_and_nothing_beside_it(source, target):
    assert files_in(target.files) == files_in(source.files)
    assert {Path(name).parts[0] for name in files_in(source.files)} >= {"imports", "signed"}


@pytest.mark.skipif(connection.vendor == "sqlite", reason="needs both databases")
def test_a_backup_of_one_database_is_restored_on_the_other(source, backup, folder, places):
    again = folder / "again.hrplan"
    with source.used():
        before = rows_there()

    with places.on_sqlite() as middle, middle.used():
        restoring.restore(backup)
        assert same_rows(before, rows_there())
        making.make_backup(again)
    with places.new() as end, end.used():
        AuditEntry.objects.count()
        restoring.restore(again)
        after = rows_there()

    after["core.AuditEntry"] = after["core.AuditEntry"][: -len(after["core.Administration"])]
    assert same_rows(before, after)


def test_who_signed_in_before_signs_in_again_with_the_same_password(target):
    with looked_at(target):
        client = Client()
        assert client.login(email="alice@customs.example", password=make.PASSWORD)
        assert client.get("/customs/").status_code == 200


def test_no_session_and_no_one_time_link_is_in_the_file(backup):
    with zipfile.ZipFile(backup) as file:
        names = set(file.namelist())

    assert {f"tables/{label}.jsonl" for label in contents.LEFT_OUT} & names == set()
    assert "tables/core.AuditEntry.jsonl" in names


def test_the_trail_is_kept_and_the_database_still_refuses_to_change_it(target):
    with target.used():
        entries = AuditEntry.objects.filter(administration__slug="customs")
        assert list(entries.values_list("action", flat=True)) == ["restore", "change"]
        for change in (lambda: entries.update(action="nothing"), entries.delete):
            with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
                change()


def test_an_id_that_was_given_to_an_erased_row_is_given_to_no_other(source, target):
    with looked_at(source):
        next_id = make.unit(Administration.objects.get(slug="customs")).pk
    with looked_at(target):
        assert make.unit(Administration.objects.get(slug="customs")).pk == next_id


def test_a_run_that_was_open_is_stopped_since_its_queue_is_elsewhere(target):
    with target.used():
        run = Run.objects.get(task="os.system")

    assert (run.state, run.message) == (
        RunState.STOPPED,
        "Restored from a backup; ask for it again.",
    )


def test_a_place_with_rows_is_refused_and_left_as_it_is(target, backup):
    with target.used():
        before = rows_there()
        with pytest.raises(ValidationError, match=r"not empty .*migrate"):
            restoring.restore(backup)

        assert rows_there() == before


def test_a_place_with_a_file_is_refused_and_left_as_it_is(backup, places):
    with places.new() as there, there.used():
        there.files.mkdir()
        (there.files / "letter.txt").write_text("kept")

        with pytest.raises(ValidationError, match=r"letter\.txt"):
            restoring.restore(backup)

        assert (Administration.objects.count(), files_in(there.files)) == (
            0,
            {"letter.txt": b"kept"},
        )


def test_a_disk_without_room_is_seen_before_anything_is_written(backup, places, monkeypatch):
    monkeypatch.setattr(restoring.shutil, "disk_usage", lambda path: SimpleNamespace(free=1000))

    with places.new() as there, there.used():
        with pytest.raises(ValidationError, match="has room for"):
            restoring.restore(backup)

        assert (Administration.objects.count(), there.files.exists()) == (0, False)


def test_rows_and_files_go_together_where_the_last_step_fails(backup, places, monkeypatch):
    def fail(path: Path, to: Path) -> Path:
        raise OSError("the disk is gone")

    with places.new() as there, there.used():
        monkeypatch.setattr(Path, "replace", fail)
        with pytest.raises(OSError, match="disk is gone"):
            restoring.restore(backup)

        assert (Administration.objects.count(), files_in(there.files)) == (0, {})


def test_only_its_owner_may_read_the_file(backup):
    assert stat.S_IMODE(backup.stat().st_mode) == 0o600


def test_the_commands_say_what_was_written_verified_and_restored(source, folder):
    path, said = folder / "by-command.hrplan", StringIO()
    with source.used():
        call_command("backup", path, stdout=said, stderr=StringIO())
        call_command("backup", path, verify=True, stdout=said, stderr=StringIO())
        with pytest.raises(CommandError, match="not empty"):
            call_command("restore", path, stdout=said, stderr=StringIO())

    assert "written and verified" in said.getvalue()
    assert "This version can restore it." in said.getvalue()


def test_a_backup_is_not_written_among_the_files_it_holds(source):
    with source.used(), pytest.raises(ValidationError, match="another folder"):
        making.make_backup(source.files / "all.hrplan")


def test_a_link_among_the_files_is_named_and_not_followed(source, folder):
    link = source.files / "link"
    link.symlink_to("/etc/passwd")
    path = folder / "with-a-link.hrplan"

    try:
        with source.used(), pytest.raises(ValidationError, match="is a link"):
            making.make_backup(path)
    finally:
        link.unlink()

    assert not path.exists()


def test_a_backup_is_of_one_moment_while_forty_write(folder, places):
    """Each writes a holiday and its entry on the trail in one transaction: never one alone."""
    stop, faults, done = threading.Event(), [], []

    def write(member: Member, number: int) -> None:
        day = date(2000, 1, 1) + timedelta(days=10_000 * number)
        try:
            while not stop.wait(PAUSE):
                day += timedelta(days=1)
                with transaction.atomic():
                    row = Holiday.objects.create(
                        administration_id=member.administration_id, date=day, name="day"
                    )
                    audit.record("add", row, by=member, administration=member.administration)
                done.append(day)
        except DatabaseError as error:
            faults.append(error)
        finally:
            connections.close_all()

    with places.new() as busy, busy.used():
        alice = make.member(make.administration("customs"), Role.HR_OFFICER, "alice")
        writers = [threading.Thread(target=write, args=(alice, n)) for n in range(WRITERS)]
        for writer in writers:
            writer.start()
        try:
            taken, seen = [], []
            while not faults and len(done) < WRITERS:
                stop.wait(PAUSE)
            for number in range(3):
                before = len(done)
                path = folder / f"busy-{number}.hrplan"
                making.make_backup(path)
                seen.append(len(done) - before)
                taken.append(counts(path))
        finally:
            stop.set()
            for writer in writers:
                writer.join()

    assert faults == []
    assert all(holidays == entries for holidays, entries in taken)
    assert all(written > 0 for written in seen), "writers went on meanwhile"
    assert taken[-1][0] > taken[0][0] > 0


def counts(path: Path) -> tuple[int, int]:
    found = {table.model: table.rows for table in checking.verified(path).manifest.tables}
    return found["core.Holiday"], found["core.AuditEntry"]
