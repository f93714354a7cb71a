"""Files on the disk: whole under their name, or not there."""

import pytest

from hrplan.core import storing


def test_a_file_is_seen_only_once_it_is_whole(tmp_path):
    path = tmp_path / "imports" / "a.xlsx"

    with storing.whole_file(path) as part:
        part.write_bytes(b"half")
        seen = path.exists()
        part.write_bytes(b"half and half")

    assert (seen, path.read_bytes()) == (False, b"half and half")
    assert list(path.parent.iterdir()) == [path]


def test_a_failure_leaves_the_older_file_and_nothing_beside_it(tmp_path):
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"older")

    with pytest.raises(FileNotFoundError), storing.whole_file(path) as part:
        part.unlink()

    assert (path.read_bytes(), list(tmp_path.iterdir())) == (b"older", [path])
