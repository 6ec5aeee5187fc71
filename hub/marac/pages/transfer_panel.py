"""Where a concern came from or went to, beside the concern, for the co-ordinators of its area."""

from uuid import UUID

from flask import url_for

from hub.access.permissions import Permission, may
from hub.db.units import UnitOfWork
from hub.kernel.errors import NotFoundError
from hub.marac.queries.transfers import TransferLine, transfers_of
from hub.marac.rules.transfer_papers import RISK_PROMPT
from hub.marac.rules.transfers import TransferState, may_be_sent
from hub.people.pages.beside import Panel, PanelLine
from hub.referrals.access import facts_of, open_concern
from hub.referrals.queries import areas
from hub.referrals.states import Screening
from hub.web.phrases import said_day
from hub.web.values import Link

STATES = {
    TransferState.SENT: ("Sent, not acknowledged yet", "yellow"),
    TransferState.RETURNED: ("Returned", "red"),
    TransferState.ACKNOWLEDGED: ("Taken over", "blue"),
    TransferState.LISTED: ("Listed for a meeting", "blue"),
    TransferState.HEARD: ("Heard", "green"),
}


def transfer_panel(uow: UnitOfWork, concern_id: UUID) -> Panel | None:
    """Return the panel to the co-ordinators of the area, where there is something to say or do."""
    try:
        concern = open_concern(uow, concern_id)
    except NotFoundError:
        return None
    if not may(uow.actor, Permission.CONCERN_SCREEN, facts_of(uow, concern)):
        return None
    found = transfers_of(uow, concern_id)
    is_live = any(
        not one.is_incoming and one.stages.state is not TransferState.RETURNED for one in found
    )
    links: tuple[Link, ...] = ()
    others = [one for one in areas(uow) if one.id != concern.area_id]
    if others and may_be_sent(Screening(concern.state)) and not is_live:
        send = url_for("marac.transfer_send", concern_id=concern_id)
        links = (Link("Send it to another area's MARAC", send),)
    if not found and not links:
        return None
    links += tuple(
        Link(RISK_PROMPT, url_for("marac.transfer_risk", transfer_id=one.id))
        for one in found
        if one.is_incoming and one.stages.acknowledged_on and not one.risk_is
    )
    return Panel(
        heading="Another area",
        lines=tuple(map(_line, found)),
        nothing="If the victim has moved, their new area's MARAC must hear of it.",
        links=links,
    )


def _line(one: TransferLine) -> PanelLine:
    words, colour = STATES[one.stages.state]
    way = f"From {one.area}" if one.is_incoming else f"To {one.area}"
    text = f"{way}, sent {said_day(one.stages.sent_on)}"
    href = url_for("marac.transfer", transfer_id=one.id)
    return PanelLine(words, colour, text, href)
