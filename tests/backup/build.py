"""Builds spoiled backups from a sound one: its parts changed, its manifest made to fit or not."""

import hashlib
import json
import struct
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from hrplan.backup import manifest

LINK = (0o120777) << 16


@dataclass
class Parts:
    """The parts of a backup by name, and its manifest as plain data."""

    data: dict[str, bytes]
    says: dict[str, Any]
    more: list[tuple[zipfile.ZipInfo | str, bytes]] = field(default_factory=list)

    def table(self, model: str) -> dict[str, Any]:
        """What the manifest says of a model's table."""
        return next(table for table in self.says["tables"] if table["model"] == model)

    def rows(self, model: str) -> list[list[Any]]:
        lines = self.data[f"tables/{model}.jsonl"].splitlines()
        return [json.loads(line) for line in lines]

    def put_rows(self, model: str, rows: list[list[Any]]) -> None:
        """Other rows, with a manifest that agrees."""
        self.put_lines(model, [json.dumps(row).encode() for row in rows])

    def put_lines(self, model: str, lines: list[bytes]) -> None:
        self.data[f"tables/{model}.jsonl"] = b"".join(line + b"\n" for line in lines)
        self.table(model)["rows"] = len(lines)
        self.agree()

    def put_file(self, name: str, data: bytes, **info: int) -> None:
        """One more file, with a manifest that agrees; `info` are fields of its entry."""
        entry = zipfile.ZipInfo(name)
        entry.compress_type = zipfile.ZIP_DEFLATED
        for key, value in info.items():
            setattr(entry, key, value)
        self.more.append((entry, data))
        self.says["files"].append({"name": name, "size": len(data), "sha256": _sum(data)})

    def agree(self) -> None:
        """Let the manifest give the sizes and sums that the parts have."""
        for part in [*self.says["tables"], *self.says["files"]]:
            if part["name"] in self.data:
                data = self.data[part["name"]]
                part |= {"size": len(data), "sha256": _sum(data)}


def spoiled(sound: Path, out: Path, spoil: Callable[[Parts], None]) -> Path:
    """The sound backup again, after `spoil` changed its parts."""
    with zipfile.ZipFile(sound) as file:
        data = {name: file.read(name) for name in file.namelist()}
    parts = Parts(data, json.loads(data.pop(manifest.NAME)))
    spoil(parts)
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.data.items():
            file.writestr(name, content)
        for entry, content in parts.more:
            file.writestr(entry, content)
        if manifest.NAME not in parts.data:
            file.writestr(manifest.NAME, json.dumps(parts.says))
    return out


def patched(sound: Path, out: Path, change: Callable[[bytearray], None]) -> Path:
    """The sound backup again, with bytes changed."""
    data = bytearray(sound.read_bytes())
    change(data)
    out.write_bytes(data)
    return out


def set_listed_size(data: bytearray, name: str, size: int) -> None:
    """Let the list of parts, and the part's own head, lie about how long a part is unpacked."""
    for mark, at in ((b"PK\1\2", 24), (b"PK\3\4", 22)):
        start = 0
        while (start := data.find(mark, start)) >= 0:
            head = 46 if mark == b"PK\1\2" else 30
            if data[start + head : start + head + len(name)] == name.encode():
                struct.pack_into("<I", data, start + at, size)
            start += 4


def _sum(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
