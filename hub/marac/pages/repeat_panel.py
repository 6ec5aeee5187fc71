"""What a referral is to those before it, beside the referral and one press from its case."""

from uuid import UUID

from flask import url_for

from hub.access.permissions import Permission, may
from hub.db.units import UnitOfWork
from hub.kernel.errors import NotFoundError
from hub.marac.clocks import Label
from hub.marac.queries.labels import label_of
from hub.marac.queries.prompts import undecided
from hub.marac.queries.repeats import Repeat, repeats_of
from hub.meetings.pages.blueprint import spoken
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
ROLES = {"victim": "{w.victim}", "alleged_perpetrator": "{w.alleged_perpetrator}"}
MOST_PROMPTS = 5
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
        lines = [*_prompts(uow, concern.id, concern.area_id), *lines]
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


def label_panel(uow: UnitOfWork, item_id: UUID, concern_id: UUID) -> Panel:
    """Return the panel of a case that was opened: what it is, and the way to why it is that."""
    label = label_of(uow, concern_id)
    words, colour = LABELS[label]
    why = Link("Earlier referrals, and why", url_for("marac.before", item_id=item_id))
    return Panel(
        heading="Earlier referrals",
        lines=(PanelLine(words, colour, WHY[label]),),
        nothing="",
        links=(why,),
    )


def _prompts(uow: UnitOfWork, concern_id: UUID, area_id: UUID) -> list[PanelLine]:
    """Ask whether it is a repeat where somebody in it may be known, and nobody has said so yet.

    A further concern about somebody who is flagged must not pass for a new one only because nobody
    looked (domain notes, section 3, no. 5).
    """
    near = undecided(uow, concern_id)
    lines = []
    for one in near[:MOST_PROMPTS]:
        who = " and ".join(spoken(ROLES[role]) for role in one.roles)
        where = "" if one.area_id == area_id else f", in {one.area}"
        flag = f" and is flagged until {said_day(one.flag_until)}" if one.flag_until else ""
        text = f"The {who} may be the same as in {one.reference} of {said_day(one.on)}{where}{flag}"
        href = url_for("marac.earlier", concern_id=concern_id)
        lines.append(PanelLine("Is it a repeat?", "yellow", f"{text}. Say whether they are.", href))
    return lines


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
