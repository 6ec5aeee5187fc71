"""The emergency MARAC of a concern, beside the concern: called, or one press from being called."""

from uuid import UUID

from flask import url_for

from hub.access.permissions import Permission, may
from hub.db.units import UnitOfWork
from hub.kernel.errors import NotFoundError
from hub.marac.queries.ring import called_about
from hub.people.pages.beside import Panel, PanelLine
from hub.referrals.access import facts_of, open_concern
from hub.referrals.states import CONCERN, Move, Screening
from hub.web.phrases import said_moment
from hub.web.values import Link

HEADING = "Emergency MARAC"
WAITS = "None is called. If it cannot wait, call one now: it takes a minute."


def emergency_panel(uow: UnitOfWork, concern_id: UUID) -> Panel | None:
    """Return the panel to whoever can call one, and to the referrer once one is called."""
    try:
        concern = open_concern(uow, concern_id)
    except NotFoundError:
        return None
    can_call = may(uow.actor, Permission.EMERGENCY_CALL, facts_of(uow, concern))
    called = called_about(uow, concern_id)
    if called is not None:
        endpoint = "marac.ring" if can_call else "marac.called"
        line = PanelLine(
            "Called", "red", said_moment(called.at), url_for(endpoint, meeting_id=called.id)
        )
        return Panel(heading=HEADING, lines=(line,), nothing="", links=())
    state = Screening(concern.state)
    if not can_call or not (state is Screening.URGENT or CONCERN.may(state, Move.MAKE_URGENT)):
        return None
    link = Link("Call an emergency MARAC", url_for("marac.call", concern_id=concern_id))
    return Panel(heading=HEADING, lines=(), nothing=WAITS, links=(link,))
