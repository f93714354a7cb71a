"""What was decided line by line and what it did, as it is printed."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class RuledLine:
    """One line that was cut or bound to a condition; amount None where it costs nothing itself."""

    kind: str
    title: str
    amount: float | None
    ruling: str
    condition: str


@dataclass(frozen=True, slots=True)
class Effect:
    """One figure before and after what was decided was carried out."""

    key: str
    before: float
    after: float


@dataclass(frozen=True, slots=True)
class Ruled:
    """A submission approved in part: its number and day, the lines, the effect on the figures."""

    submission: int
    on: date
    lines: tuple[RuledLine, ...]
    effects: tuple[Effect, ...]
