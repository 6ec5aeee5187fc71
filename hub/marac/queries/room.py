"""Who was at a case, as its actions take it: the statement, the record of workers and agencies."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from hub.db.units import UnitOfWork
from hub.marac.models import Undertaking
from hub.marac.queries.presence import statuses_at
from hub.marac.rules.presence import OwnerThere, was_there
from hub.meetings.models import Attendance, Invitation, Item


@dataclass(frozen=True)
class Room:
    """What is recorded of everybody at one case, for as many questions as are asked."""

    signed: Mapping[UUID, str]
    """The capacity in which each account accepted the statement."""
    came: Mapping[UUID, str]
    """What is recorded of each contact who was invited."""
    asked: frozenset[UUID]
    """The contacts who hold an invitation to the case, or stand in."""
    agencies: Mapping[UUID, tuple[str | None, str | None]]
    """What is recorded of each agency at the case, and at its meeting."""

    def had(self, account_id: UUID, contact_id: UUID | None, agency_id: UUID | None) -> bool:
        """Tell whether somebody heard the case, so that its action is theirs at once."""
        here, whole = self.agencies.get(agency_id, (None, None)) if agency_id else (None, None)
        return was_there(
            OwnerThere(
                capacity=self.signed.get(account_id),
                own=self.came.get(contact_id) if contact_id else None,
                is_asked=contact_id in self.asked,
                at_case=here,
                at_meeting=whole,
            )
        )


def room_of(uow: UnitOfWork, item: Item) -> Room:
    """Return who was at a case. Open the case through ``access`` first."""
    signed = uow.session.execute(
        select(Undertaking.account_id, Undertaking.capacity).where(
            Undertaking.meeting_id == item.meeting_id
        )
    )
    came = uow.session.execute(
        select(Attendance.contact_id, Attendance.status).where(Attendance.item_id == item.id)
    )
    held = uow.session.execute(
        select(Invitation.recipient_id, Invitation.stand_in_id).where(
            Invitation.item_id == item.id, Invitation.state == "held"
        )
    )
    return Room(
        signed={row.account_id: row.capacity for row in signed},
        came={row.contact_id: row.status for row in came},
        asked=frozenset(one for row in held for one in row if one is not None),
        agencies=statuses_at(uow, item),
    )
