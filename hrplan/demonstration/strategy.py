"""The strategy of the demonstration and the register of partners, as they are written."""

from typing import Any

Tables = dict[str, list[dict[str, Any]]]


def strategy() -> Tables:
    return {}
