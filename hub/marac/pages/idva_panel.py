"""Whether the Idva service has a concern that was accepted, beside the concern."""

from uuid import UUID

from hub.access.permissions import Permission, may
from hub.db.units import UnitOfWork
from hub.kernel.errors import NotFoundError
from hub.marac.queries.idva import Told, told_of
from hub.people.pages.beside import Panel, PanelLine
from hub.referrals.access import facts_of, open_concern
from hub.referrals.states import LISTABLE, Screening
from hub.web.phrases import said_moment

NOBODY = "No Idva service of the area could be told in the hub. Ring one now: see the directory."


def idva_panel(uow: UnitOfWork, concern_id: UUID) -> Panel | None:
    """Return the panel to whoever runs meetings of the area, once the concern is accepted."""
    try:
        concern = open_concern(uow, concern_id)
    except NotFoundError:
        return None
    may_see = may(uow.actor, Permission.MEETING_READ, facts_of(uow, concern))
    if not may_see or Screening(concern.state) not in LISTABLE:
        return None
    lines = tuple(_line(one) for one in told_of(uow, concern_id))
    return Panel(heading="Idva service", lines=lines, nothing=NOBODY, links=())


def _line(one: Told) -> PanelLine:
    if one.taken_at is not None:
        text = f"{one.agency}: {one.taken_by or 'somebody'}, {said_moment(one.taken_at)}"
        return PanelLine("Taken on", "green", text)
    return PanelLine("Told", "yellow", f"{one.agency}, {said_moment(one.told_at)}")
