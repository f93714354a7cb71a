"""Content that somebody sends: read with care, and told in plain words where its shape is wrong."""

import math
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import yaml
from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError as Misfit

from hrplan.exchange.clean import clean_text
from hrplan.exchange.content import LOADER, ContentError, Fault, parsed
from hrplan.exchange.faults import Fault as FileFault
from hrplan.exchange.messages import ADVICE, MESSAGES

MOST_BYTES = 2_000_000
DEEPEST = 20  # lists and mappings inside each other
VALUE_SHOWN = 40  # characters of a value that a fault shows
KINDS = {
    "object": "a block of named values",
    "array": "a list",
    "string": "text",
    "integer": "a whole number",
    "number": "a number",
    "boolean": "true or false",
    "null": "nothing",
}


def fault(place: str, key: str, **params: str | int) -> Fault:
    """A fault in the words of MESSAGES and ADVICE."""
    reason, advice = MESSAGES[key].format(**params), ADVICE[key].format(**params)
    return Fault(place, reason, advice, key, params)


def of_file(found: FileFault) -> Fault:
    """A fault of a workbook or csv file, its place as a spreadsheet writes it: questions!C7."""
    cell = found.cell or (f"A{found.row}" if found.row else "")
    place = f"{found.sheet}!{cell}" if found.sheet and cell else found.sheet
    return Fault(place or "file", found.reason, found.advice, found.key, found.params)


def sent_yaml(data: bytes, name: str) -> Any:
    """What a YAML file from outside holds; numbers as keys become text.

    Raises
    ------
    ContentError
        It is too large or too deep, refers to itself, isn't YAML, or gives a key twice.
    """
    if len(data) > MOST_BYTES:
        raise ContentError(name, (fault("file", "yaml_large", limit=MOST_BYTES // 1_000_000),))
    try:
        faults = tuple(_unsafe(data))
    except (yaml.YAMLError, ValueError) as error:
        raise ContentError(name, (fault("file", "yaml_unread", why=_line(error)),)) from error
    if faults:
        raise ContentError(name, faults)
    try:
        return _named(parsed(data, name))
    except ContentError as error:
        raise ContentError(name, tuple(map(_worded, error.faults))) from error


def _unsafe(data: bytes) -> Iterator[Fault]:
    """Nodes that stand for others, and nesting deeper than any content of ours."""
    depth = 0
    for event in yaml.parse(data.decode("utf-8"), Loader=LOADER):
        place = f"line {event.start_mark.line + 1}" if event.start_mark else "file"
        if isinstance(event, yaml.AliasEvent):
            yield fault(place, "yaml_alias")
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > DEEPEST:
                yield fault(place, "yaml_deep", limit=DEEPEST)
                return
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1


def _line(error: Exception) -> str:
    mark = getattr(error, "problem_mark", None)
    if mark is None:
        return str(error).split("\n")[0][:200]
    return f"line {mark.line + 1}, {getattr(error, 'problem', '')}"


def _worded(found: Fault) -> Fault:
    """A fault of the parser: a key given twice keeps its line."""
    if found.place == "file":
        return fault("file", "yaml_unread", why=found.reason.split("\n")[0][:200])
    return fault(found.place, "yaml_twice", why=found.reason)


def _named(value: Any) -> Any:
    if isinstance(value, dict):
        return {str(name): _named(inner) for name, inner in value.items()}
    return [_named(inner) for inner in value] if isinstance(value, list) else value


def tidied(value: Any) -> Any:
    """The value with every text in its normal form, without what can't be seen."""
    if isinstance(value, str):
        return clean_text(value, lambda key: None)
    if isinstance(value, Mapping):
        return {name: tidied(inner) for name, inner in value.items()}
    return [tidied(inner) for inner in value] if isinstance(value, list | tuple) else value


def shape_faults(data: Any, schema: Mapping[str, Any]) -> Iterator[Fault]:
    """Everything in which the data differs from the schema, in the order of its places."""
    yield from _not_finite(data, ())
    errors = Draft202012Validator(schema).iter_errors(data)
    for error in sorted(errors, key=lambda e: [f"{step:>6}" for step in e.absolute_path]):
        make = WORDS.get(str(error.validator), _other)
        yield from make(dotted(error.absolute_path), error)


def _not_finite(value: Any, path: tuple[str, ...]) -> Iterator[Fault]:
    """Numbers that are none, which no limit of a schema catches."""
    if isinstance(value, float) and not math.isfinite(value):
        yield fault(dotted(path), "not_finite")
    if isinstance(value, list):
        value = dict(enumerate(value))
    if isinstance(value, Mapping):
        for name, inner in value.items():
            yield from _not_finite(inner, (*path, str(name)))


def dotted(path: Any) -> str:
    """A path as `domains.0.questions.2`; the file where it is empty."""
    return ".".join(str(step) for step in path) or "file"


def _shown(value: Any) -> str:
    text = str(value)
    return text if len(text) <= VALUE_SHOWN else f"{text[:VALUE_SHOWN]}…"


def _missing(place: str, error: Misfit) -> Iterator[Fault]:
    for name in error.validator_value:
        if f"'{name}'" == error.message.split(" is a required")[0]:
            yield fault(place, "shape_missing", name=name)


def _unknown(place: str, error: Misfit) -> Iterator[Fault]:
    known = error.schema.get("properties", {})
    patterns = error.schema.get("patternProperties", {})
    names = ", ".join(known) or "fr, es, pt-BR"
    for name in error.instance:
        if name not in known and not any(re.search(pattern, name) for pattern in patterns):
            yield fault(place, "shape_unknown", name=_shown(name), known=names)


def _kind(place: str, error: Misfit) -> Iterator[Fault]:
    wanted = error.validator_value
    kinds = [KINDS[kind] for kind in (wanted if isinstance(wanted, list) else [wanted])]
    yield fault(place, "shape_kind", value=_shown(error.instance), kind=" or ".join(kinds))


def _choice(place: str, error: Misfit) -> Iterator[Fault]:
    wanted = error.validator_value
    names = wanted if isinstance(wanted, list) else [wanted]
    yield fault(
        place, "shape_choice", value=_shown(error.instance), choices=", ".join(map(str, names))
    )


def _pattern(place: str, error: Misfit) -> Iterator[Fault]:
    example = error.schema.get("examples", [error.validator_value])[0]
    yield fault(place, "shape_pattern", value=_shown(error.instance), example=example)


def _limit(key: str) -> Callable[[str, Misfit], Iterator[Fault]]:
    def found(place: str, error: Misfit) -> Iterator[Fault]:
        is_number = isinstance(error.instance, int | float)
        size = str(error.instance) if is_number else len(error.instance)
        yield fault(place, key, limit=error.validator_value, size=size)

    return found


def _other(place: str, error: Misfit) -> Iterator[Fault]:
    yield fault(place, "shape_other", why=_shown(error.message))


WORDS: dict[str, Callable[[str, Misfit], Iterator[Fault]]] = {
    "required": _missing,
    "additionalProperties": _unknown,
    "type": _kind,
    "enum": _choice,
    "const": _choice,
    "pattern": _pattern,
    "minLength": _limit("shape_short"),
    "maxLength": _limit("shape_long"),
    "minItems": _limit("shape_few"),
    "maxItems": _limit("shape_many"),
    "minimum": _limit("too_small"),
    "maximum": _limit("too_great"),
    "exclusiveMinimum": _limit("shape_above"),
}
