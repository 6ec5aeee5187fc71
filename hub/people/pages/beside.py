"""What rooms above this one show on a person's page, each in a panel of its own.

The person's room knows none of them: ``wiring`` names the functions that make the panels, and the
app hands them to the page.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import cast
from uuid import UUID

from flask import g

from hub.db.units import UnitOfWork
from hub.web.values import Link


@dataclass(frozen=True, slots=True)
class PanelLine:
    """One line of a panel: a tag of a few words in a colour, and what it is about."""

    tag: str
    colour: str
    text: str
    href: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Panel:
    """A heading with lines below it, or with ``nothing`` where there are none, and ways on."""

    heading: str
    lines: tuple[PanelLine, ...]
    nothing: str
    links: tuple[Link, ...]


PanelOf = Callable[[UnitOfWork, UUID], Panel | None]
"""Given a person whom the reader may see: the panel, or None where the reader may not see it."""


def panels_of(uow: UnitOfWork, person_id: UUID) -> tuple[Panel, ...]:
    """Return the panels of the rooms above, in the order in which ``wiring`` names them."""
    makers = cast("tuple[PanelOf, ...]", g.person_panels)
    found = (make(uow, person_id) for make in makers)
    return tuple(each for each in found if each is not None)
