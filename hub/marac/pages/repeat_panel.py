"""What a referral is to those before it, beside the referral and one press from its case."""

from uuid import UUID

from flask import url_for

from hub.access.permissions import Permission, may
from hub.db.units import UnitOfWork
from hub.kernel.errors import NotFoundError
from hub.marac.clocks import Label
from hub.marac.queries.repeats import Repeat, repeats_of
from hub.people.pages.beside import Panel, PanelLine
from hub.referrals.access import facts_of, open_concern
from hub.web.phrases import said_day
from hub.web.values import Link

LABELS = {
    Label.REPEAT: ("Repeat", "red"),
    Label.CHECK: ("Check whether it is a repeat", "yellow"),
    Label.NEW: ("New", "grey"),
    Label.NEW_CASE: ("New case", "blue"),
}
WHY = {
    Label.REPEAT: "The incident is within the time that the area sets from the last referral.",
    Label.CHECK: (
        "It is not known that the incident came after the last referral. It may be the same one."
    ),
    Label.NEW: "No referral of the same people is known that it would repeat.",
    Label.NEW_CASE: "The victim is known, with somebody else alleged to cause harm.",
}
MIRROR = (
    "In {reference} two of these people stand the other way round. Keep the two apart, their safe "
    "contacts above all, and tell neither side's worker of the other."
)


def repeat_panel(uow: UnitOfWork, concern_id: UUID) -> Panel | None:
    """Return the panel to whoever runs meetings of the area; a referrer is told nothing.

    What lies in another area, and a pair that stands reversed, is for co-ordinators alone.
    """
    try:
        concern = open_concern(uow, concern_id)
    except NotFoundError:
        return None
    facts = facts_of(uow, concern)
    if not may(uow.actor, Permission.MEETING_READ, facts):
        return None
    screens = may(uow.actor, Permission.CONCERN_SCREEN, facts)
    found = repeats_of(uow, [concern_id])[concern_id]
    lines = [_label(found), *_dates(found, concern.area_id, screens=screens)]
    if screens:
        lines += [
            PanelLine("Private", "red", MIRROR.format(reference=one.reference))
            for one in found.mirrors
        ]
    links = (
        (Link("Look at earlier referrals", url_for("marac.earlier", concern_id=concern_id)),)
        if screens
        else ()
    )
    return Panel(heading="Earlier referrals", lines=tuple(lines), nothing="", links=links)


def _label(found: Repeat) -> PanelLine:
    words, colour = LABELS[found.label]
    if found.ruling and found.label != found.counted:
        who = found.ruling.decided_by or "a co-ordinator"
        return PanelLine(words, colour, f"Decided by {who} on {said_day(found.ruling.decided_at)}.")
    return PanelLine(words, colour, WHY[found.label])


def _dates(found: Repeat, area_id: UUID, *, screens: bool) -> list[PanelLine]:
    lines = []
    last = found.last_referral
    if last and (screens or last.area_id == area_id):
        where = "" if last.area_id == area_id else f", in {last.area}"
        until = f". A repeat until {said_day(found.repeat_until)}" if found.repeat_until else ""
        text = f"{said_day(last.on)}, {last.reference}{where}{until}"
        lines.append(PanelLine("Last referral", "grey", text))
    heard_on = found.last_heard_on if screens else found.heard_here_on
    if heard_on:
        lines.append(PanelLine("Last MARAC", "grey", said_day(heard_on)))
    return lines
