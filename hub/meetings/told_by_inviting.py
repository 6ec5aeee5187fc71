"""What was told about a person by inviting somebody: lines for the log that is kept about them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ScalarSelect, exists, func, select, true

from hub.access.models import Account
from hub.agencies.models import Agency, Contact
from hub.db.units import UnitOfWork
from hub.meetings.models import Invitation, Item, ItemPerson, Meeting
from hub.meetings.rules import purpose_of
from hub.meetings.situation import ItemRole, MeetingKind
from hub.meetings.withdrawn import TOLD
from hub.people.access import is_on_desk
from hub.people.models import StaffCase
from hub.people.staff_cases import is_for_actor
from hub.sharing.models import DisclosureDecision
from hub.sharing.queries.corrections import Invited
from hub.sharing.rules.coded import Direction, SubjectRole
from hub.sharing.rules.told_log import LogEntry, LogKind

ROLES = {
    ItemRole.VICTIM: SubjectRole.VICTIM,
    ItemRole.ALLEGED_PERPETRATOR: SubjectRole.ALLEGED_PERPETRATOR,
    ItemRole.CHILD: SubjectRole.CHILD,
    ItemRole.OTHER_ADULT: SubjectRole.FAMILY,
}


@dataclass(frozen=True, kw_only=True)
class ToldLine:
    """A line of the log, and of which case the invitation was."""

    entry: LogEntry
    area_id: UUID
    case_id: UUID | None
    is_about_staff: bool
    is_for_reader: bool


def told_by_inviting(uow: UnitOfWork, person_id: UUID) -> Iterable[LogEntry]:
    """Return a line for each invitation about a person, with the rule that let it be sent.

    Not those to a case about staff that is hidden from the reader; a desk of the service was asked
    itself, and has them.
    """
    return (line.entry for line in told_lines(uow, person_id) if line.is_for_reader)


def told_lines(uow: UnitOfWork, person_id: UUID) -> Iterator[ToldLine]:
    """Yield all of them, whoever reads.

    Somebody of whom it is not known what they are in the case any more counts as an alleged
    perpetrator, so that the line is not shown to them.
    """
    rule = _rule_to_service(person_id)
    is_marked = exists().where(StaffCase.case_id == Item.concern_id, StaffCase.lifted_at.is_(None))
    is_shown = true() if is_on_desk(uow) else is_for_actor(uow, Item.concern_id)
    rows = uow.session.execute(
        select(
            Invitation.id,
            Invitation.issued_at,
            Meeting.reference,
            Meeting.kind,
            Meeting.area_id,
            Item.concern_id,
            is_marked.label("is_about_staff"),
            is_shown.label("is_for_reader"),
            Agency.name,
            ItemPerson.role,
            rule.label("rule"),
        )
        .join(Meeting, Meeting.id == Invitation.meeting_id)
        .join(Contact, Contact.id == Invitation.recipient_id)
        .join(Agency, Agency.id == Contact.agency_id)
        .outerjoin(Item, Item.id == Invitation.item_id)
        .outerjoin(
            ItemPerson,
            (ItemPerson.item_id == Invitation.item_id)
            & (ItemPerson.person_id == Invitation.subject_id),
        )
        .where(Invitation.subject_id == person_id)
    )
    for row in rows:
        role = ItemRole(row.role) if row.role else ItemRole.ALLEGED_PERPETRATOR
        entry = LogEntry(
            kind=LogKind.INVITED,
            id=row.id,
            at=row.issued_at,
            to_agency=row.name,
            categories=frozenset(TOLD),
            purposes=frozenset({purpose_of(MeetingKind(row.kind))}),
            role=ROLES[role],
            record=f"Meeting {row.reference}, rule {row.rule or '-'}",
        )
        yield ToldLine(
            entry=entry,
            area_id=row.area_id,
            case_id=row.concern_id,
            is_about_staff=bool(row.is_about_staff),
            is_for_reader=bool(row.is_for_reader),
        )


def invited_about(uow: UnitOfWork, person_id: UUID) -> Iterable[Invited]:
    """Return everybody who was ever asked to a case of a person's, for a correction to reach them.

    Of a desk nobody's account is named, so that its agency's desks are told.
    """
    rows = uow.session.execute(
        select(Invitation.id, Invitation.issued_at, Contact.agency_id, Account.id)
        .join(Contact, Contact.id == Invitation.recipient_id)
        .outerjoin(Account, (Account.contact_id == Contact.id) & Account.is_active)
        .where(Invitation.subject_id == person_id)
        .order_by(Invitation.issued_at, Invitation.id, Account.id)
    ).all()
    first = {row[0]: row for row in reversed(rows)}
    for invitation_id, at, agency_id, account_id in first.values():
        yield Invited(
            id=invitation_id,
            at=at,
            agency_id=agency_id,
            account_id=account_id,
            categories=TOLD,
        )


def _rule_to_service(person_id: UUID) -> ScalarSelect[int | None]:
    """Return the rule of the decision that let the service know, the latest before the sending."""
    return (
        select(func.max(DisclosureDecision.rule))
        .where(
            DisclosureDecision.item_id == Invitation.item_id,
            DisclosureDecision.person_id == person_id,
            DisclosureDecision.direction == Direction.TO_SERVICE,
            DisclosureDecision.decided_at <= Invitation.issued_at,
        )
        .correlate(Invitation)
        .scalar_subquery()
    )
