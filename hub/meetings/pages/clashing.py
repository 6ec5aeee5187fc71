"""A chair, place or video link that is taken: what the form says of it, and how to go ahead."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from flask import url_for

from hub.meetings import wording
from hub.meetings.bookings import Allowed, Clash, DoubleBookedError, Resource
from hub.meetings.overlaps import Overlap
from hub.web.forms import Form, Options, Reading, blank
from hub.web.phrases import said_span, said_weekday
from hub.web.values import FormView, Link

TAKEN = {
    Resource.CHAIR: "This chair is taken",
    Resource.PLACE: "This place is taken",
    Resource.VIDEO_LINK: "This video link is taken",
}
SHARED = {
    Resource.CHAIR: "chair",
    Resource.PLACE: "place",
    Resource.VIDEO_LINK: "video link",
}


@dataclass(frozen=True)
class DoubleBooked:
    """A double booking that somebody allowed, as the meeting's page says it.

    ``what`` is all that the two meetings share.
    """

    what: str
    meeting: str
    href: str
    reason: str
    by: str
    at: datetime


def double_booked(allowed: Iterable[Allowed]) -> tuple[DoubleBooked, ...]:
    """Return allowed double bookings in words, a line for each other meeting and reason.

    A meeting that is not for the reader has no link.
    """
    together: dict[tuple[UUID, str], list[Allowed]] = {}
    for one in allowed:
        together.setdefault((one.other_id, one.reason), []).append(one)
    return tuple(
        DoubleBooked(
            what="Same " + ", ".join(SHARED[each] for each in Resource if each in shared),
            meeting=meeting_said(first),
            href=url_for("meetings.show", meeting_id=first.other_id) if first.is_open else "",
            reason=first.reason,
            by=first.by,
            at=first.at,
        )
        for first, shared in (
            (ones[0], {one.resource for one in ones}) for ones in together.values()
        )
    )


def clashing_form(
    shape: type[Form[Any]],
    reading: Reading[Any],
    refused: DoubleBookedError,
    options: Options | None,
) -> FormView:
    """Return the form with everything typed, what is taken, and the question why to go ahead."""
    typed = reading.typed | {"seen": [refused.mark]}
    form = blank(shape, typed=typed, options=options)
    said: dict[Resource, str] = {}
    for clash in refused.clashes:
        said.setdefault(clash.resource, f"{TAKEN[clash.resource]} by {meeting_said(clash)}")
    for resource, text in said.items():
        form = form.refuse(text, field=resource.value)
    return form


def meeting_said(one: Clash | Allowed | Overlap) -> str:
    """Return another meeting in words; of one that the reader may not see only that there is one.

    Whoever plans knows from their own times when it is.
    """
    if not one.is_open:
        return "another meeting at that time"
    when = f"{said_weekday(one.starts_at)}, {said_span(one.starts_at, one.ends_at)}"
    return f"{wording.KINDS[one.kind]}, {when}"


def links_to(refused: DoubleBookedError) -> tuple[Link, ...]:
    """Return the meetings in the way that the reader may open, each once."""
    open_ones = {one.meeting_id: one for one in refused.clashes if one.is_open}
    return tuple(
        Link(meeting_said(one), url_for("meetings.show", meeting_id=meeting_id))
        for meeting_id, one in open_ones.items()
    )
