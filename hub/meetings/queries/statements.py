"""The statements behind an agenda, built once: building one costs as much as running it.

Each is asked by the meeting or by the item; the id is the parameter ``key``.
"""

from functools import cache
from typing import Any, Literal

from sqlalchemy import ColumnElement, Select, bindparam, select
from sqlalchemy.orm import aliased

from hub.access.models import Account
from hub.agencies.models import Area, Contact
from hub.meetings.models import Attendance, Excuse, Invitation, Item, ItemPerson, Meeting, Task
from hub.referrals.models import Concern

AnySelect = Select[*tuple[Any, ...]]
By = Literal["meeting", "item"]
NOTE = "note"


def _which(by: By) -> ColumnElement[bool]:
    column = Item.meeting_id if by == "meeting" else Item.id
    return column == bindparam("key")


@cache
def meetings(by: By) -> AnySelect:
    """Return the meeting itself with its area's and its people's names."""
    chair, coordinator = aliased(Account), aliased(Account)
    wanted = (
        select(
            Meeting.id,
            Meeting.reference,
            Meeting.kind,
            Meeting.shape,
            Meeting.state,
            Meeting.area_id,
            Area.name,
            Meeting.series_id,
            Meeting.starts_at,
            Meeting.ends_at,
            Meeting.place,
            Meeting.video_link,
            Meeting.chair_id,
            chair.name,
            coordinator.name,
            Meeting.issued_at,
            Meeting.version,
        )
        .join(Area, Area.id == Meeting.area_id)
        .outerjoin(chair, chair.id == Meeting.chair_id)
        .outerjoin(coordinator, coordinator.id == Meeting.coordinator_id)
    )
    if by == "meeting":
        return wanted.where(Meeting.id == bindparam("key"))
    return wanted.join(Item, Item.meeting_id == Meeting.id).where(_which(by))


@cache
def items(by: By) -> AnySelect:
    """Return the items with the people on each, a row for every person."""
    return (
        select(
            Item.id,
            Item.concern_id,
            Concern.reference,
            Concern.is_urgent,
            Concern.state,
            Item.has_children,
            Item.starts_at,
            Item.ends_at,
            Item.listed_at,
            Item.position,
            ItemPerson.id.label("place_id"),
            ItemPerson.party_id,
            ItemPerson.person_id,
            ItemPerson.role,
            ItemPerson.care_status,
        )
        .outerjoin(Concern, Concern.id == Item.concern_id)
        .outerjoin(ItemPerson, ItemPerson.item_id == Item.id)
        .where(_which(by))
    )


@cache
def invitations(by: By) -> AnySelect:
    """Return the invitations held, whom the rule names first, and whether the person came.

    Of one item also what was written with each answer.
    """
    stand_in = aliased(Contact)
    wanted = (
        select(
            Invitation.item_id,
            Invitation.id,
            Invitation.recipient_id,
            Invitation.subject_id,
            Contact.name,
            Contact.phone,
            Invitation.route,
            Invitation.step,
            Invitation.because,
            Invitation.answer,
            Invitation.opened_at,
            Invitation.climbed_at,
            Invitation.starts_at,
            stand_in.name.label("stand_in"),
            Attendance.status,
            Attendance.sent_information,
        )
        .join(Item, Item.id == Invitation.item_id)
        .join(Contact, Contact.id == Invitation.recipient_id)
        .outerjoin(stand_in, stand_in.id == Invitation.stand_in_id)
        .outerjoin(
            Attendance,
            (Attendance.item_id == Invitation.item_id)
            & (Attendance.contact_id == Invitation.recipient_id),
        )
        .where(Invitation.state == "held", _which(by))
        # required, escalated, chosen: whom the rule names stands first
        .order_by(Invitation.because.desc(), Invitation.issued_at, Invitation.id)
    )
    return wanted.add_columns(Invitation.answer_note.label(NOTE)) if by == "item" else wanted


@cache
def reasons(by: By) -> AnySelect:
    """Return the reasons that were recorded, the oldest first."""
    return (
        select(
            Excuse.item_id,
            Excuse.subject_id,
            Excuse.problem,
            Excuse.reason,
            Account.name,
            Excuse.recorded_at,
        )
        .join(Item, Item.id == Excuse.item_id)
        .outerjoin(Account, Account.id == Excuse.recorded_by)
        .where(_which(by))
        .order_by(Excuse.recorded_at, Excuse.id)
    )


@cache
def tasks(by: By) -> AnySelect:
    """Return the open tasks that gaps have made, the soonest due first."""
    return (
        select(
            Item.id,
            Task.subject_id,
            Task.kind,
            Task.owner_role,
            Task.recipient_id,
            Contact.name,
            Task.due_at,
        )
        .join(Item, Item.id == Task.item_id)
        .outerjoin(Contact, Contact.id == Task.recipient_id)
        .where(_which(by), Task.state == "open", Task.cause.startswith("gap:"))
        .order_by(Task.due_at, Task.cause)
    )
