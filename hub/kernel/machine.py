"""States that move by a table anyone can read."""

from collections.abc import Mapping
from enum import Enum
from typing import Generic, TypeVar

from hub.kernel.errors import IllegalMoveError

S = TypeVar("S", bound=Enum)
A = TypeVar("A", bound=Enum)


class Machine(Generic[S, A]):
    """A state machine: (state, action) gives the next state, anything else is refused."""

    def __init__(self, what: str, table: Mapping[tuple[S, A], S]) -> None:
        self.what = what
        self.table = dict(table)

    def step(self, state: S, action: A) -> S:
        """Return the state after the action. Raises IllegalMoveError where there is none."""
        after = self.table.get((state, action))
        if after is None:
            words = str(state.value).replace("_", " ")
            raise IllegalMoveError(f"The {self.what} is {words}, so this can no longer be done.")
        return after

    def may(self, state: S, action: A) -> bool:
        """Return whether the table has a move for the action from the state."""
        return (state, action) in self.table
