"""What rooms above this one show on the page of a concern."""

from collections.abc import Callable
from typing import cast
from uuid import UUID

from flask import g

from hub.db.units import UnitOfWork
from hub.people.pages.beside import Panel, PanelOf


def panels_of(uow: UnitOfWork, concern_id: UUID) -> tuple[Panel, ...]:
    """Return the panels of the rooms above, in the order in which ``wiring`` names them.

    Each says itself what this reader may be shown.
    """
    makers = cast("tuple[PanelOf, ...]", g.concern_panels)
    found = (make(uow, concern_id) for make in makers)
    return tuple(each for each in found if each is not None)


NextMeetingsOf = Callable[[UnitOfWork], tuple[str, ...]]
"""Returns a line for each of the actor's areas on its next meeting and the deadline for it."""


def next_meetings(uow: UnitOfWork) -> tuple[str, ...]:
    """Return what the room of the meetings says of the next ones."""
    return cast("NextMeetingsOf", g.next_meetings)(uow)
