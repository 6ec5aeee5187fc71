"""What a named person decides where the rule has no answer: a reason, a bar, or somebody else."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from sqlalchemy import select

from hub.agencies.models import Contact
from hub.db.units import UnitOfWork
from hub.kernel.actor import Role
from hub.kernel.errors import NotAllowedError, NotFoundError, RefusedError
from hub.meetings.access import open_item
from hub.meetings.answers import choose_recipient
from hub.meetings.commands import ExcuseGap, bar_recipient, excuse_gap
from hub.meetings.gaps import NO_CURRENT_INVITATION, SHARING_HELD, gaps_of
from hub.meetings.models import Invitation, Item, ItemPerson, Meeting, Task
from hub.meetings.queries import Named, workers_of
from hub.meetings.rules import InvitationPolicy
from hub.people.models import Person

TWINS = {SHARING_HELD: NO_CURRENT_INVITATION}
"""What is one thing to a person but is known by two names: the task, and the gap behind it."""


class Choice(StrEnum):
    """What can be decided about a gap."""

    STANDS = "stands"
    BAR = "bar"
    CHOOSE = "choose"


@dataclass(frozen=True, kw_only=True)
class Decide:
    """A decision about one gap, with its reason.

    ``recipient_id`` is whom the gap is about, ``contact_id`` who is asked instead.
    """

    item_id: UUID
    subject_id: UUID | None
    problem: str
    recipient_id: UUID | None
    reason: str
    choice: Choice = Choice.STANDS
    contact_id: UUID | None = None


def decide_gap(cmd: Decide, *, uow: UnitOfWork, policy: InvitationPolicy) -> UUID:
    """Record why a gap stands and do what was chosen; return the id of the recorded reason.

    To rule somebody out or to choose somebody else is the chair's. Raises NotFoundError,
    NotAllowedError, and RefusedError for a gap that has settled itself (a reason for it would hide
    the next one of its kind), a missing reason or a contact who cannot be asked.
    """
    item = open_item(uow, cmd.item_id)
    if cmd.choice is not Choice.STANDS and not uow.actor.has(Role.CHAIR):
        raise NotAllowedError("Only a chair can do this.")
    if not _stands(cmd, item, uow, policy):
        raise RefusedError("This is settled already. Nothing was recorded, and nothing need be.")
    excuse_id = _excuse(cmd, uow)

    if cmd.choice is Choice.BAR:
        if cmd.recipient_id is None:
            raise RefusedError("There is nobody here to rule out.", field="choice")
        bar_recipient(cmd.recipient_id, item.id, uow=uow)
    if cmd.choice is Choice.CHOOSE:
        _ask(cmd, item, uow, policy)
    return excuse_id


def _stands(cmd: Decide, item: Item, uow: UnitOfWork, policy: InvitationPolicy) -> bool:
    """Tell whether the gap is there: in the data, or as the open task that it makes."""
    task = uow.session.scalar(
        select(Task.id)
        .where(
            Task.item_id == item.id,
            Task.subject_id == cmd.subject_id,
            Task.kind == cmd.problem,
            Task.state == "open",
        )
        .limit(1)
    )
    if task is not None:
        return True
    about = (str(item.id), str(cmd.subject_id) if cmd.subject_id else None, cmd.problem)
    found = gaps_of(uow, item.meeting_id, policy)
    return any((gap.item, gap.person, gap.problem) == about for gap in found)


def candidates(uow: UnitOfWork, item_id: UUID) -> tuple[Named, ...]:
    """Return who of the responsible services could be asked to the item instead."""
    services = uow.session.scalars(
        select(Person.service_id)
        .join(ItemPerson, ItemPerson.person_id == Person.id)
        .where(ItemPerson.item_id == item_id, Person.service_id.is_not(None))
    )
    return workers_of(uow, {one for one in services if one is not None})


def _excuse(cmd: Decide, uow: UnitOfWork) -> UUID:
    excuse_id = _excuse_one(cmd, cmd.problem, cmd.recipient_id, uow)
    if cmd.problem in TWINS:
        _excuse_one(cmd, TWINS[cmd.problem], None, uow)
    return excuse_id


def _excuse_one(cmd: Decide, problem: str, recipient_id: UUID | None, uow: UnitOfWork) -> UUID:
    excuse = ExcuseGap(
        item_id=cmd.item_id,
        subject_id=cmd.subject_id,
        problem=problem,
        recipient_id=recipient_id,
        reason=cmd.reason,
    )
    return excuse_gap(excuse, uow=uow)


def _ask(cmd: Decide, item: Item, uow: UnitOfWork, policy: InvitationPolicy) -> None:
    """Invite the contact to the item for the person whom the gap is about."""
    contact = uow.session.get(Contact, cmd.contact_id) if cmd.contact_id else None
    if contact is None:
        raise RefusedError("Choose who is asked instead.", field="contact_id")
    if not contact.email or (contact.works_until and contact.works_until <= uow.today):
        raise RefusedError("This person cannot be written to. Choose another.", field="contact_id")
    if contact.id == cmd.recipient_id:
        raise RefusedError("Choose somebody other than the one ruled out.", field="contact_id")
    subject_id = cmd.subject_id or _only_subject(uow, item)
    on_item = uow.session.scalar(
        select(ItemPerson.id).where(
            ItemPerson.item_id == item.id, ItemPerson.person_id == subject_id
        )
    )
    if on_item is None:
        raise NotFoundError("There is no such person on this item.")
    choose_recipient(uow, _like(uow, item, subject_id), contact, policy)


def _only_subject(uow: UnitOfWork, item: Item) -> UUID:
    """Return for whom somebody is asked where the gap is about the whole item: the victim first.

    A gap of the whole item is about people who are known, so there is at least one.
    """
    rows = uow.session.execute(
        select(ItemPerson.person_id, ItemPerson.role)
        .where(ItemPerson.item_id == item.id, ItemPerson.person_id.is_not(None))
        .order_by(ItemPerson.id)
    ).all()
    return min(rows, key=lambda row: row.role != "victim").person_id  # type: ignore[no-any-return]  # a column


def _like(uow: UnitOfWork, item: Item, subject_id: UUID) -> Invitation:
    """Return an invitation to go by: one that exists, else one made up from the item's slot."""
    known = uow.session.scalar(
        select(Invitation)
        .where(Invitation.item_id == item.id, Invitation.subject_id == subject_id)
        .order_by(Invitation.issued_at)
        .limit(1)
    )
    if known is not None:
        return known
    meeting = uow.session.get_one(Meeting, item.meeting_id)
    return Invitation(
        meeting_id=meeting.id,
        item_id=item.id,
        subject_id=subject_id,
        route="leaving_care",
        step="named_worker",
        starts_at=item.starts_at or meeting.starts_at,
        ends_at=item.ends_at or meeting.ends_at,
    )
