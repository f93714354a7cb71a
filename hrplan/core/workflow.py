"""Workflows as tables: which move leads from which state to which."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

State = TypeVar("State")
Move = TypeVar("Move")


class IllegalMove(ValueError):
    """The state allows no such move; holds the state, the move and the moves it allows."""

    def __init__(self, state: object, move: object, allowed: tuple[object, ...]) -> None:
        self.state = state
        self.move = move
        self.allowed = allowed
        words = ", ".join(map(str, allowed)) or "no move at all"
        super().__init__(f"{state} doesn't allow {move}; it allows {words}")


@dataclass(frozen=True, slots=True)
class Workflow(Generic[State, Move]):
    """A table of (state, move) -> state, and the state in which things begin.

    Raises
    ------
    ValueError
        A state of the table cannot be reached from the first.
    """

    first: State
    table: Mapping[tuple[State, Move], State]

    def __post_init__(self) -> None:
        known = {self.first, *(state for state, _ in self.table), *self.table.values()}
        lost = known - self.reachable(self.first)
        if lost:
            raise ValueError(f"never reached: {', '.join(sorted(map(str, lost)))}")

    def after(self, state: State, move: Move) -> State:
        """The state that a move leads to.

        Raises
        ------
        IllegalMove
            The state doesn't allow the move.
        """
        try:
            return self.table[state, move]
        except KeyError:
            raise IllegalMove(state, move, self.moves(state)) from None

    def allows(self, state: State, move: Move) -> bool:
        """Whether the move can be made in the state."""
        return (state, move) in self.table

    def moves(self, state: State) -> tuple[Move, ...]:
        """The moves a state allows, in the order of the table; none if it is final."""
        return tuple(move for origin, move in self.table if origin == state)

    def is_final(self, state: State) -> bool:
        """Whether nothing leads on from the state."""
        return not self.moves(state)

    def reachable(self, state: State) -> frozenset[State]:
        """The states that moves can lead to from a state, itself included."""
        found: set[State] = set()
        waiting = [state]
        while waiting:
            here = waiting.pop()
            if here not in found:
                found.add(here)
                waiting += [end for (origin, _), end in self.table.items() if origin == here]
        return frozenset(found)
