"""The room's blueprint, and what several of its pages ask for."""

from collections.abc import Callable
from datetime import date
from typing import Protocol, cast
from uuid import UUID

from flask import Blueprint, flash, g, request

from hub.db.units import UnitOfWork
from hub.kernel.actor import Role
from hub.kernel.working_days import is_working_day
from hub.meetings import queries, wording
from hub.meetings.deadlines import DaysOf, DeadlineDays
from hub.meetings.queries import MeetingRow, Named
from hub.meetings.rules import InvitationPolicy, policy_of
from hub.people.pages.beside import Panel
from hub.web import current
from hub.web.phrases import said_weekday
from hub.web.values import Option
from hub.web.words import SPOKEN

pages = Blueprint("meetings", __name__, template_folder="../templates")

CasePanelOf = Callable[[UnitOfWork, UUID, UUID], Panel | None]
"""Given an item that was opened and its concern: what a room above says of it, if anything."""


class ListsCase(Protocol):
    """Puts a concern on a meeting's agenda, or on another's if it came too late for it."""

    def __call__(self, meeting_id: UUID, concern_id: UUID, *, uow: UnitOfWork) -> UUID:
        """Return the meeting on whose agenda it is. Raises RefusedError."""


def is_coordinator() -> bool:
    """Return whether the buttons of a co-ordinator are shown."""
    return current.actor().has(Role.COORDINATOR)


def invitation_policy() -> InvitationPolicy:
    """Return what is set about invitations."""
    return policy_of(current.settings())


def heading_of(meeting: MeetingRow) -> str:
    """Return a meeting's kind and day, for the heading (a title says less)."""
    kind = wording.kind_in_words(meeting.kind, meeting.shape)
    return f"{kind}, {said_weekday(meeting.starts_at)}"


def note_closed_day(day: date) -> None:
    """Say so beside what was saved where a meeting is planned on a day that nobody works."""
    if not is_working_day(day):
        flash(f"{said_weekday(day)} is no working day. Choose another if nobody will be there.")


def area_days(uow: UnitOfWork, area_id: UUID) -> DeadlineDays:
    """Return what the area has set about deadlines; a room above keeps it."""
    return cast("DaysOf", g.area_days)(uow, area_id)


def case_panels(uow: UnitOfWork, item_id: UUID, concern_id: UUID) -> tuple[Panel, ...]:
    """Return what rooms above show on the page of a case, in the order of ``wiring``."""
    makers = cast("tuple[CasePanelOf, ...]", g.case_panels)
    found = (make(uow, item_id, concern_id) for make in makers)
    return tuple(one for one in found if one is not None)


def put_on_agenda(uow: UnitOfWork, meeting_id: UUID, concern_id: UUID) -> UUID:
    """List a concern as the room above says, and return at which meeting."""
    return cast("ListsCase", g.lists_case)(meeting_id, concern_id, uow=uow)


def options(rows: tuple[Named, ...]) -> tuple[Option, ...]:
    """Return rows as the options of a field."""
    return tuple(
        Option(str(row.id), f"{row.name}, {row.about}" if row.about else row.name) for row in rows
    )


def planning_options(uow: UnitOfWork) -> dict[str, tuple[Option, ...]]:
    """Return the areas and the chairs that a meeting can have."""
    return {
        "area_id": options(queries.areas(uow)),
        "chair_id": options(queries.chairs(uow)),
    }


def id_from(name: str) -> UUID | None:
    """Return an id from the address's query; None where there is none, or a broken one."""
    try:
        return UUID(request.args.get(name, ""))
    except ValueError:
        return None


def spoken(text: str) -> str:
    """Return the text in the authority's own words."""
    return SPOKEN.get().fill(text)
