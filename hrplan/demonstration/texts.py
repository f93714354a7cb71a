"""The written part of the demonstration: YAML files beside this one, read as plain values."""

from functools import cache
from pathlib import Path
from typing import Any

import yaml

from hrplan.exchange.content import LOADER

FOLDER = Path(__file__).parent / "texts"


@cache
def text(name: str) -> Any:
    """What the file of that name holds; callers read it and never change it."""
    with (FOLDER / f"{name}.yaml").open(encoding="utf-8") as file:
        return yaml.load(file, LOADER)  # noqa: S506 -- LOADER is a safe loader
