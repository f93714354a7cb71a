"""JSON that somebody sends: read with care, refused in plain words."""

import json
from typing import Any

from competencies.library.incoming import clean, refuse
from competencies.library.messages import fault
from hrplan.exchange.content import ContentError
from hrplan.exchange.shapes import tidied

MOST_BYTES = 10_000_000
MOST_VALUES = 600_000
DEEPEST = 20  # lists and blocks inside each other
NAMES_SHOWN = 20  # of those given twice


def sent_json(data: bytes, name: str) -> Any:
    """What a JSON file from outside holds, its texts in their normal form.

    Raises
    ------
    ContentError
        It is too large or too deep, isn't UTF-8 or JSON, or gives a name twice in a block.
    """
    if len(data) > MOST_BYTES:
        refuse(name, [fault("file", "json_large", limit=MOST_BYTES // 1_000_000)])
    twice: dict[str, None] = {}
    try:
        text = data.decode("utf-8-sig")
        found = json.loads(text, object_pairs_hook=lambda pairs: _block(pairs, twice))
    except UnicodeDecodeError:
        raise ContentError(name, (fault("file", "json_encoding"),)) from None
    except json.JSONDecodeError as error:
        why = f"{error.msg}, line {error.lineno}, column {error.colno}"
        raise ContentError(name, (fault("file", "json_unread", why=why),)) from None
    except ValueError:
        why = "a number has thousands of digits"
        raise ContentError(name, (fault("file", "json_unread", why=why),)) from None
    except RecursionError:
        raise ContentError(name, (fault("file", "json_deep", limit=DEEPEST),)) from None
    _refuse_shapeless(found, name)
    shown = [clean(key)[:60] for key in list(twice)[:NAMES_SHOWN]]
    refuse(name, [fault("file", "json_twice", name=key) for key in shown])
    return tidied(found)


def _block(pairs: list[tuple[str, Any]], twice: dict[str, None]) -> dict[str, Any]:
    block = dict(pairs)
    if len(block) < len(pairs):
        seen: set[str] = set()
        for key, _value in pairs:
            if key in seen:
                twice[key] = None
            seen.add(key)
    return block


def _refuse_shapeless(found: Any, name: str) -> None:
    """Refuse more values than MOST_VALUES, and more than DEEPEST lists and blocks in each other."""
    layer, values = [found], 0
    for _depth in range(DEEPEST + 1):
        layer = [
            inner
            for one in layer
            if isinstance(one, list | dict)
            for inner in (one.values() if isinstance(one, dict) else one)
        ]
        values += len(layer)
        if values > MOST_VALUES:
            refuse(name, [fault("file", "json_many", limit=MOST_VALUES)])
    if any(isinstance(one, list | dict) for one in layer):
        refuse(name, [fault("file", "json_deep", limit=DEEPEST)])
