"""Messages as the worker reads them to whom they are written."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, select

from hub.access.models import Account
from hub.agencies.models import Agency, Service
from hub.agencies.rules.kinds import ServiceKind
from hub.db.units import UnitOfWork
from hub.people.queries import names_of
from hub.sharing.access import is_message_for, open_message
from hub.sharing.models import Disclosure, InformationRequest, RequestLine
from hub.sharing.queries.cases import answers_of
from hub.sharing.register import PURPOSES
from hub.sharing.rules.request_answers import AskPage
from hub.sharing.states import LINE_ENDS, LineState

MOST = 50


@dataclass(frozen=True, slots=True)
class MessageRow:
    """A message in a worker's list: who wrote and when, nobody's name. Instants in UTC."""

    id: UUID
    reference: str
    writer: str
    agency: str
    sent_at: datetime
    due_at: datetime | None
    state: LineState


@dataclass(frozen=True, slots=True)
class ServiceRow:
    """A leaving care service to which one can write."""

    agency_id: UUID
    service_id: UUID
    name: str
    agency: str


@dataclass(frozen=True, slots=True)
class MessageSheet:
    """A whole message: about whom, from whom, what for, and what was written back."""

    row: MessageRow
    email: str
    person_id: UUID
    person: str
    purpose: str
    why: str
    text: str
    reply: str
    why_nothing: str


def services_to_write_to(uow: UnitOfWork) -> tuple[ServiceRow, ...]:
    """Return the leaving care services of other agencies that take part, by name."""
    rows = uow.session.execute(
        select(Service.agency_id, Service.id, Service.name, Agency.name)
        .join(Agency, Agency.id == Service.agency_id)
        .where(
            Service.kind == ServiceKind.LEAVING_CARE,
            Agency.suspended_at.is_(None),
            Agency.id != uow.actor.agency_id,
        )
        .order_by(Service.name, Service.id)
    )
    return tuple(ServiceRow(*row) for row in rows)


def messages_waiting(uow: UnitOfWork) -> tuple[MessageRow, ...]:
    """Return the messages that wait for the actor, the soonest due first."""
    wanted = _MESSAGES.where(is_message_for(uow), RequestLine.state.not_in(_ENDS))
    due = (InformationRequest.due_at, InformationRequest.id)
    return tuple(map(_row, uow.session.execute(wanted.order_by(*due).limit(MOST))))


def message_sheet(uow: UnitOfWork, request_id: UUID) -> MessageSheet:
    """Return a message to the worker or the desk; the look is recorded. Raises NotFoundError."""
    request = open_message(uow, request_id)
    row = uow.session.execute(_MESSAGES.where(InformationRequest.id == request_id)).one()
    answers = answers_of(request)
    person_id = request.person_id
    assert person_id is not None  # noqa: S101 - the door lets no other through
    reply = uow.session.scalar(select(Disclosure.shared).where(Disclosure.line_id == row.line_id))
    return MessageSheet(
        row=_row(row),
        email=row.email,
        person_id=person_id,
        person=names_of(uow, [person_id])[person_id],
        purpose=PURPOSES[request.purpose],
        why=answers.text(AskPage.WHY, "necessity"),
        text=row.wanted,
        reply=reply or "",
        why_nothing=row.withheld or "",
    )


def count_messages(uow: UnitOfWork) -> Select[*tuple[Any, ...]]:
    """Return the query of how many messages wait for the actor, and when the first is due."""
    return (
        select(func.count(), func.min(InformationRequest.due_at))
        .join(RequestLine, RequestLine.request_id == InformationRequest.id)
        .where(is_message_for(uow), RequestLine.state.not_in(_ENDS))
    )


_ENDS = [state.value for state in LINE_ENDS]
_MESSAGES = (
    select(
        InformationRequest.id,
        InformationRequest.reference,
        Account.name.label("writer"),
        Account.email,
        Agency.name.label("agency"),
        InformationRequest.sent_at,
        InformationRequest.due_at,
        RequestLine.id.label("line_id"),
        RequestLine.state,
        RequestLine.wanted,
        RequestLine.withheld,
    )
    .join(Account, Account.id == InformationRequest.asker_id)
    .join(Agency, Agency.id == InformationRequest.asker_agency_id)
    .join(RequestLine, RequestLine.request_id == InformationRequest.id)
)


def _row(row: Any) -> MessageRow:  # noqa: ANN401 - a row of _MESSAGES
    return MessageRow(
        row.id,
        row.reference,
        row.writer,
        row.agency,
        row.sent_at,
        row.due_at,
        LineState(row.state),
    )
