"""What keeps an agenda from being issued, each in words with its owner: it asks the data."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from hub.agencies.models import Contact
from hub.db.units import UnitOfWork
from hub.meetings.gaps import Gap, gaps_of
from hub.meetings.models import Meeting
from hub.meetings.overlaps import DOUBLE_BOOKED, open_overlaps
from hub.meetings.queries import CaseLine, cases_of
from hub.meetings.rules import InvitationPolicy
from hub.meetings.situation import MeetingKind
from hub.meetings.states import MeetingShape
from hub.meetings.wording import GAPS

NO_CASES = "no_cases"
NO_TIME = "no_time"
OUTSIDE = "outside_the_meeting"


@dataclass(frozen=True)
class Obstacle:
    """One thing in the way; without an item it is about the whole agenda."""

    words: str
    problem: str
    owner_role: str
    item_id: UUID | None = None
    reference: str = ""
    subject_id: UUID | None = None
    recipient_id: UUID | None = None
    recipient: str = ""
    role: str = ""
    """The role on the case of the person whom it is about."""


def obstacles(uow: UnitOfWork, meeting_id: UUID, policy: InvitationPolicy) -> tuple[Obstacle, ...]:
    """Return everything that keeps the meeting's agenda from being issued, in agenda order.

    Open the meeting through ``access`` first. The gaps are computed from the rows as they stand,
    and not taken from what the reconciler left behind. Of a case from which the actor is kept
    there is none: it must not show by standing in the way, and its tasks wait for others.
    """
    uow.session.flush()
    cases = cases_of(uow, meeting_id)
    meeting = uow.session.get_one(Meeting, meeting_id)
    if not cases:
        return (Obstacle("No case is listed, so there is no agenda yet", NO_CASES, "co_ordinator"),)
    order = {case.id: place for place, case in enumerate(cases)}
    found = [
        *_of_times(meeting, cases),
        *_of_gaps(uow, [*gaps_of(uow, meeting_id, policy), *_overlaps(uow, meeting_id)], cases),
    ]
    return tuple(sorted(found, key=lambda one: order.get(one.item_id, -1) if one.item_id else -1))


def _of_times(meeting: Meeting, cases: tuple[CaseLine, ...]) -> list[Obstacle]:
    """Return the cases without a slot and those whose slot the meeting no longer has.

    All cases of a MARAC need a slot, but those for alert only to which nobody is asked; at any
    other meeting all do, or none does. Where nobody meets none does.
    """
    if meeting.shape == MeetingShape.CLOSING:
        return []
    has_times = meeting.kind == MeetingKind.MARAC or any(case.starts_at for case in cases)
    found = []
    for case in cases:
        if case.starts_at is None or case.ends_at is None:
            if has_times and not (case.is_alert_only and not _is_asked(case)):
                found.append(_of_case(case, "This case has no time", NO_TIME))
        elif case.starts_at < meeting.starts_at or case.ends_at > meeting.ends_at:
            found.append(_of_case(case, "This case's time is outside the meeting", OUTSIDE))
    return found


def _is_asked(case: CaseLine) -> bool:
    """Tell whether somebody is asked to come for the case."""
    return any(person.invited for person in case.people)


def _of_case(case: CaseLine, words: str, problem: str) -> Obstacle:
    return Obstacle(words, problem, "co_ordinator", case.id, case.reference)


def _overlaps(uow: UnitOfWork, meeting_id: UUID) -> list[Gap]:
    """Return who is asked to another meeting at the same time, each once."""
    found = {
        Gap(
            item=str(one.item_id),
            person=str(one.subject_id),
            problem=DOUBLE_BOOKED,
            owner_role="co_ordinator",
            recipient=str(one.recipient_id),
        )
        for one in open_overlaps(uow, [meeting_id])
    }
    return sorted(found)


def _of_gaps(uow: UnitOfWork, gaps: list[Gap], cases: tuple[CaseLine, ...]) -> list[Obstacle]:
    names = _names(uow, gaps)
    known = {str(case.id): case for case in cases}
    return [
        _of_gap(gap, known[gap.item], names.get(gap.recipient or "", ""))
        for gap in gaps
        if gap.item in known
    ]


def _of_gap(gap: Gap, case: CaseLine, recipient: str) -> Obstacle:
    subject_id = UUID(gap.person) if gap.person else None
    return Obstacle(
        GAPS.get(gap.problem, gap.problem.replace("_", " ")),
        gap.problem,
        gap.owner_role,
        case.id,
        case.reference,
        subject_id,
        UUID(gap.recipient) if gap.recipient else None,
        recipient,
        case.role_of(subject_id),
    )


def _names(uow: UnitOfWork, gaps: list[Gap]) -> dict[str, str]:
    ids = {UUID(gap.recipient) for gap in gaps if gap.recipient}
    rows = uow.session.execute(select(Contact.id, Contact.name).where(Contact.id.in_(ids)))
    return {str(row.id): row.name for row in rows}
