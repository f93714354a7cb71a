"""Files that only look like backups: refused in plain words, nothing written anywhere."""

import json
import pickle
import random
import re
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from io import StringIO
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command

from hrplan.backup import archive, checking, manifest, restoring
from hrplan.backup.making import make_backup
from hrplan.core.models import Administration, Import, Role, User
from hrplan.imports.usecases.imports import stored_path
from tests import make
from tests.backup.build import LINK, Parts, patched, set_listed_size, spoiled
from tests.places import Place, Places

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.whole,
    pytest.mark.both,
    pytest.mark.filterwarnings("ignore:Duplicate name"),
]
USERS, UNITS = "tables/core.User.jsonl", "tables/competencies.Unit.jsonl"
EVIL = b"owned"


@pytest.fixture(scope="module")
def sound(places: Places, folder: Path) -> Path:
    path = folder / "sound.hrplan"
    with places.new() as place, place.used():
        alice = make.member(make.administration("customs"), Role.HR_OFFICER, "alice")
        make.staff_member(make.unit(alice.administration, "HQ"), code="00123")
        row = Import.objects.create(
            administration=alice.administration, name="a.csv", stored="ab12.csv"
        )
        stored_path(row).parent.mkdir(parents=True)
        stored_path(row).write_bytes(b"code;title\n")
        make_backup(path)
    return path


@pytest.fixture(scope="module")
def empty(places: Places) -> Iterator[Place]:
    with places.new() as place:
        yield place


def change_row(model: str, column: str, value: object) -> Callable[[Parts], None]:
    def spoil(parts: Parts) -> None:
        at = parts.table(model)["columns"].index(column)
        rows = parts.rows(model)
        rows[0][at] = value
        parts.put_rows(model, rows)

    return spoil


def say(**values: object) -> Callable[[Parts], None]:
    return lambda parts: parts.says.update(values)


def say_of_users(**values: object) -> Callable[[Parts], None]:
    return lambda parts: parts.table("core.User").update(values)


def text_of_manifest(text: bytes) -> Callable[[Parts], None]:
    return lambda parts: parts.data.update({manifest.NAME: text})


def put(name: str, data: bytes = EVIL, **info: int) -> Callable[[Parts], None]:
    return lambda parts: parts.put_file(name, data, **info)


def two_users_of_one_address(parts: Parts) -> None:
    (row,) = parts.rows("core.User")
    parts.put_rows("core.User", [row, [row[0] + 1, *row[1:]]])


def two_users_the_later_first(parts: Parts) -> None:
    first = parts.rows("core.User")[0]
    later = [first[0] + 1, *first[1:-1], "b@x.example"]
    parts.put_rows("core.User", [later, first])


SPOILED: dict[str, tuple[Callable[[Parts], None], str]] = {
    # names
    "parent folder": (put("files/../../evil"), "outside the folder"),
    "parent folder at once": (put("../evil"), "outside the folder"),
    "absolute": (put("/etc/cron.d/evil"), "outside the folder"),
    "back-slash": (put("files/..\\evil"), "outside the folder"),
    "drive letter": (put("C:/evil"), "outside the folder"),
    "stream of a file": (put("files/a.txt:evil"), "outside the folder"),
    "line break": (put("files/a\nb"), "outside the folder"),
    "folder for nothing": (put("files/./a"), "outside the folder"),
    "two slashes": (put("files//a"), "outside the folder"),
    "a folder": (put("files/a/"), "outside the folder"),
    "file and folder": (put("files/imports"), "outside the folder"),
    "symbolic link": (put("files/link", b"/etc/passwd", external_attr=LINK), "link"),
    "device": (put("files/zero", b"", external_attr=(0o020666) << 16), "device"),
    "a part twice": (
        lambda parts: parts.more.append((USERS, parts.data[USERS])),
        "twice",
    ),
    "a part twice by case": (
        lambda parts: parts.more.append((USERS.upper(), EVIL)),
        "twice",
    ),
    "a part too many": (lambda parts: parts.more.append(("files/evil", EVIL)), "not in the"),
    "a part missing": (lambda parts: parts.data.pop(UNITS), "is missing"),
    "a table missing": (
        lambda parts: (
            parts.data.pop(UNITS),
            parts.says["tables"].remove(parts.table("competencies.Unit")),
        ),
        "tables differ",
    ),
    "a table under another name": (
        say_of_users(name=UNITS),
        "no table's part",
    ),
    "a file in another place": (put("tables/evil"), "no file's part"),
    # sizes
    "a bomb": (put("files/bomb", bytes(30_000_000)), "far more than"),
    "another size": (say_of_users(size=5), "not of the size"),
    "another sum": (say_of_users(sha256="0" * 64), "damaged"),
    "more rows than there are": (say_of_users(rows=7), "should hold 7"),
    "other content": (
        lambda parts: parts.data.update({USERS: parts.data[USERS].replace(b"alice", b"malic")}),
        "damaged",
    ),
    "one endless row": (
        lambda parts: parts.put_lines("core.User", [b" " * (archive.LONGEST + 1)]),
        "too long",
    ),
    # manifest
    "no manifest": (text_of_manifest(b""), "no backup of hrplan"),
    "a manifest of something else": (text_of_manifest(b'{"format": "x"}'), "no backup of hrplan"),
    "a manifest that never ends": (text_of_manifest(b"[" * 200_000), "no backup of hrplan"),
    "pickle for a manifest": (text_of_manifest(pickle.dumps(EVIL)), "no backup of hrplan"),
    "numbers with a point": (
        lambda parts: text_of_manifest(
            json.dumps(parts.says).replace('"rows": 1', '"rows": 1.0').encode()
        )(parts),
        "no backup of hrplan",
    ),
    "a field too many": (say(run="os.system"), "no backup of hrplan"),
    "a part named twice": (
        lambda parts: parts.says["files"].append(dict(parts.says["files"][0])),
        "names .* twice",
    ),
    "other migrations": (say(migrations={"core": "0099_later"}), "Install version"),
    "other columns": (say_of_users(columns=["id", "email"]), "Install version"),
    # rows
    "text for a number": (change_row("core.User", "id", "1; DROP TABLE core_user"), "row 1: id"),
    "nothing where something must be": (change_row("core.User", "email", None), "row 1: email"),
    "a row too short": (
        lambda parts: parts.put_rows("core.User", [[1]]),
        "not a list of",
    ),
    "no row": (lambda parts: parts.put_lines("core.User", [pickle.dumps(EVIL)]), "no line of JSON"),
    "an id that is not there": (change_row("core.Member", "user_id", 99), "can't hold the rows"),
    "an address twice": (two_users_of_one_address, "can't hold the rows"),
    "rows out of order": (
        two_users_the_later_first,
        "came back otherwise",
    ),
}


def nothing_was_written(place: Place) -> bool:
    files = list(place.files.rglob("*"))
    return (Administration.objects.count(), User.objects.count(), files) == (0, 0, [])


@pytest.mark.parametrize("name", SPOILED)
def test_a_spoiled_backup_is_refused_in_plain_words_and_nothing_is_written(
    name, sound, empty, tmp_path
):
    spoil, words = SPOILED[name]
    path = spoiled(sound, tmp_path / "spoiled.hrplan", spoil)

    with empty.used():
        with pytest.raises(ValidationError) as refused:
            restoring.restore(path)

        assert re.search(words, " ".join(refused.value.messages))
        assert nothing_was_written(empty)
    assert not (empty.files.parent / "evil").exists()


def test_the_sound_one_is_taken_in_after_all_of_them(sound, places, tmp_path):
    same = spoiled(sound, tmp_path / "same.hrplan", lambda parts: None)

    with places.new() as place, place.used():
        restoring.restore(same)
        assert User.objects.get().email == "alice@customs.example"


LIES: dict[str, Callable[[bytearray], None]] = {
    "a size too small": lambda data: set_listed_size(data, USERS, 5),
    "a size too large": lambda data: set_listed_size(data, USERS, 2**31),
    "an encrypted part": lambda data: data.__setitem__(data.rfind(b"PK\1\2") + 8, 1),
    "another packing": lambda data: data.__setitem__(data.rfind(b"PK\1\2") + 10, 12),
    "a null in a name": lambda data: data.__setitem__(data.rfind(b"core.User.jsonl") + 4, 0),
    "an endless list of parts": lambda data: struct.pack_into("<I", data, len(data) - 10, 2**31),
    "nothing": lambda data: data.clear(),
    "text": lambda data: data.__setitem__(slice(None), b"code;title\n" * 99),
    "a workbook's head alone": lambda data: data.__setitem__(slice(4, None), b""),
}


@pytest.mark.parametrize("name", LIES)
def test_a_file_that_lies_about_itself_is_refused(name, sound, empty, tmp_path):
    path = patched(sound, tmp_path / "lie.hrplan", LIES[name])

    with empty.used():
        with pytest.raises(ValidationError):
            restoring.restore(path)

        assert nothing_was_written(empty)


@pytest.mark.parametrize("tenth", range(10))
def test_a_file_cut_short_is_refused(tenth, sound, tmp_path):
    path = tmp_path / "short.hrplan"
    data = sound.read_bytes()
    path.write_bytes(data[: len(data) * tenth // 10])

    with pytest.raises(ValidationError):
        checking.verified(path)


def test_a_large_list_in_the_longer_form_of_zip_is_seen_before_it_is_read(tmp_path):
    path = tmp_path / "wide.hrplan"
    end = struct.pack("<4sQHHIIQQQQ", b"PK\6\6", 44, 45, 45, 0, 0, 9**9, 9**9, 9**10, 4)
    locator = struct.pack("<4sIQI", b"PK\6\7", 0, 4, 1)
    path.write_bytes(
        b"PK\3\4"
        + end
        + locator
        + struct.pack("<4sHHHHIIH", b"PK\5\6", 0, 0, 0xFFFF, 0xFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0)
    )

    with pytest.raises(ValidationError, match="more parts"):
        checking.verified(path)


def _flipped(data: bytearray, seed: int) -> None:
    chance = random.Random(seed)
    for _flip in range(chance.randint(1, 8)):
        data[chance.randrange(len(data))] = chance.randrange(256)


def verified_or_refused(sound: Path, path: Path, seed: int) -> None:
    """Changed bytes are refused in words, or changed nothing that is read."""
    patched(sound, path, lambda data: _flipped(data, seed))
    try:
        rows = checking.verified(path).manifest.rows
    except ValidationError:
        return
    assert rows == checking.verified(sound).manifest.rows


def test_no_change_of_bytes_breaks_the_reader(sound, tmp_path):
    for seed in range(60):
        verified_or_refused(sound, tmp_path / "flipped.hrplan", seed)


@pytest.mark.long
def test_none_of_many_changes_of_bytes_breaks_the_reader(sound, tmp_path):
    for seed in range(60, 5_000):
        verified_or_refused(sound, tmp_path / "flipped.hrplan", seed)


def test_what_packs_like_a_bomb_is_kept_so_that_it_can_be_restored(places, folder):
    path = folder / "zeros.hrplan"
    with places.new() as place, place.used():
        place.files.mkdir()
        (place.files / "zeros").write_bytes(bytes(20_000_000))
        make_backup(path)
    with zipfile.ZipFile(path) as file:
        assert file.getinfo("files/zeros").compress_type == zipfile.ZIP_STORED

    with places.new() as place, place.used():
        restoring.restore(path)
        assert zlib.crc32((place.files / "zeros").read_bytes()) == zlib.crc32(bytes(20_000_000))


def test_the_command_says_why_and_ends_with_status_1(sound, tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path / "files"
    path = patched(sound, tmp_path / "cut.hrplan", lambda data: data.__delitem__(slice(900, None)))

    for words in (["backup", path, "--verify"], ["restore", path], ["restore", tmp_path / "none"]):
        with pytest.raises(CommandError, match=r"no backup|no such file"):
            call_command(*map(str, words), stdout=StringIO(), stderr=StringIO())
