"""Content files: versioned YAML with a head that says what it is and whose, checked whole."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml
from jsonschema import Draft202012Validator

LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # in C where there is one: ten times faster

HEAD: dict[str, Any] = {
    "id": {"type": "string", "pattern": "^[a-z0-9-]+$"},
    "version": {"type": "string", "pattern": r"^\d+\.\d+$"},
    "language": {"type": "string", "pattern": "^[a-z]{2}(-[A-Z]{2})?$"},
    "provider": {"type": "string", "minLength": 1},
    "licence": {"type": "string", "minLength": 1},
    "provenance": {"type": "string", "minLength": 20},
    "title": {"type": "string", "minLength": 1},
}


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong in a content file, where, and what to do about it.

    `key` and `params` name the words, so that a page can say them in the reader's language.
    """

    place: str
    reason: str
    advice: str = field(default="", compare=False)
    key: str = field(default="", compare=False)
    params: Mapping[str, str | int] = field(default_factory=dict, compare=False)

    def __str__(self) -> str:
        return f"{self.place}: {self.reason}"


class ContentError(ValueError):
    """A content file cannot be used; holds every fault found in it, not only the first."""

    def __init__(self, name: str, faults: tuple[Fault, ...]) -> None:
        self.name = name
        self.faults = faults
        super().__init__("\n".join([name, *(f"- {fault}" for fault in faults)]))


def with_head(properties: Mapping[str, Any], optional: Iterable[str] = ()) -> dict[str, Any]:
    """The JSON schema of a content file: the common head and the properties given.

    All are required but those named as optional.
    """
    everything = {**HEAD, **properties}
    return {
        "type": "object",
        "properties": everything,
        "required": [name for name in everything if name not in set(optional)],
        "additionalProperties": False,
    }


def read_content(path: Path, schema: Mapping[str, Any]) -> dict[str, Any]:
    """The content of a YAML file that fits the schema.

    Raises
    ------
    ContentError
        The file isn't YAML, gives a key twice, or doesn't fit; with all faults, in the order of
        the file.
    """
    data = parsed(path.read_bytes(), path.name)
    errors = sorted(
        Draft202012Validator(schema).iter_errors(data),
        key=lambda e: list(map(str, e.absolute_path)),
    )
    if errors:
        raise ContentError(
            path.name, tuple(Fault(_place(e.absolute_path), e.message) for e in errors)
        )
    return dict(data)


def parsed(data: bytes, name: str) -> Any:
    """What a YAML file of ours holds, whatever its shape.

    Raises
    ------
    ContentError
        It isn't YAML in UTF-8, or gives a key twice.
    """
    try:
        text = data.decode("utf-8")
        repeated = tuple(_repeated_keys(yaml.compose(text, Loader=LOADER), set()))
        found = yaml.load(text, Loader=LOADER)  # noqa: S506 -- a safe loader, whichever it is
    except (yaml.YAMLError, ValueError) as error:  # ValueError: no UTF-8, or no such day
        raise ContentError(name, (Fault("file", str(error)),)) from error
    if repeated:
        raise ContentError(name, repeated)
    return found


def _repeated_keys(node: yaml.Node | None, walked: set[int]) -> Iterator[Fault]:
    """Keys given twice in one mapping, of which YAML would keep the last without a word."""
    if id(node) in walked or not isinstance(node, yaml.CollectionNode):
        return
    walked.add(id(node))
    if isinstance(node, yaml.MappingNode):
        first: dict[tuple[str, str], yaml.Mark] = {}
        for key, _ in node.value:
            mark = first.setdefault((key.tag, str(key.value)), key.start_mark)
            if mark is not key.start_mark:
                yield Fault(
                    f"line {key.start_mark.line + 1}",
                    f"{key.value!r} stands on line {mark.line + 1} already; keep one",
                )
    for part in node.value:
        for child in part if isinstance(part, tuple) else (part,):
            yield from _repeated_keys(child, walked)


def _place(path: Any) -> str:
    return ".".join(str(step) for step in path) or "file"
