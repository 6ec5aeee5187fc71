"""What waits for an approver or for a data protection officer, and one of it whole."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, select, tuple_

from hub.access.permissions import Fact, Permission, may
from hub.agencies.models import Agency
from hub.db.units import UnitOfWork
from hub.kernel.errors import NotFoundError
from hub.sharing.access import find_advice, find_approval, is_to_advise, is_to_approve
from hub.sharing.models import Approval, InformationRequest, RequestAdvice, RequestLine
from hub.sharing.queries.decided import LineView
from hub.sharing.queries.held import AdviceView, HeldSheet, sheet_of
from hub.sharing.rules.clocks import Priority
from hub.sharing.rules.decision import Approver
from hub.sharing.rules.lines import ApprovalState
from hub.sharing.states import OPEN

PAGE_SIZE = 25

AnySelect = Select[*tuple[Any, ...]]
Place = tuple[datetime, UUID]


@dataclass(frozen=True, slots=True)
class ApprovalRow:
    """An approval that waits: reference, category and times, never a name. Instants in UTC."""

    id: UUID
    reference: str
    agency: str
    category: str
    letter: Approver
    priority: Priority
    due_at: datetime


@dataclass(frozen=True, kw_only=True)
class ApprovalSheet:
    """An approval with the request that it belongs to."""

    id: UUID
    letter: Approver
    state: ApprovalState
    version: int
    sheet: HeldSheet
    line: LineView


@dataclass(frozen=True, slots=True)
class AdviceRow:
    """A question for a data protection officer: reference and times, never a name."""

    id: UUID
    reference: str
    agency: str
    asked_at: datetime
    given_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class AdviceSheet:
    """A question for advice with the request that it is about."""

    advice: AdviceView
    sheet: HeldSheet


def approvals_waiting(
    uow: UnitOfWork, *, after: Place | None = None, limit: int = PAGE_SIZE + 1
) -> tuple[ApprovalRow, ...]:
    """Return one page of what the actor is asked to approve, the soonest due first."""
    wanted = (
        select(
            Approval.id,
            InformationRequest.reference,
            Agency.name,
            RequestLine.category,
            Approval.letter,
            InformationRequest.priority,
            Approval.due_at,
        )
        .join(RequestLine, RequestLine.id == Approval.line_id)
        .join(InformationRequest, InformationRequest.id == RequestLine.request_id)
        .join(Agency, Agency.id == InformationRequest.asker_agency_id)
        .where(Approval.state == ApprovalState.ASKED, is_to_approve(uow))
        .order_by(Approval.due_at, Approval.id)
    )
    if after is not None:
        wanted = wanted.where(tuple_(Approval.due_at, Approval.id) > after)
    return tuple(
        ApprovalRow(
            row.id,
            row.reference,
            row.name,
            row.category,
            Approver(row.letter),
            Priority(row.priority),
            row.due_at,
        )
        for row in uow.session.execute(wanted.limit(limit))
    )


def approval_sheet(uow: UnitOfWork, approval_id: UUID) -> ApprovalSheet:
    """Return an approval to whoever may give it. Raises NotFoundError."""
    request_id = find_approval(uow, approval_id)
    row = uow.session.get_one(Approval, approval_id)
    sheet = sheet_of(uow, uow.session.get_one(InformationRequest, request_id))
    return ApprovalSheet(
        id=row.id,
        letter=Approver(row.letter),
        state=ApprovalState(row.state),
        version=row.version,
        sheet=sheet,
        line=next(line for line in sheet.lines if line.id == row.line_id),
    )


def advice_waiting(uow: UnitOfWork) -> tuple[AdviceRow, ...]:
    """Return what the actor is asked to advise on and has not, the oldest first, then the rest.

    Of open requests alone; a page's worth.
    """
    if not may(uow.actor, Permission.ADVICE_GIVE, {Fact.SAME_AGENCY}):
        return ()
    rows = uow.session.execute(
        select(
            RequestAdvice.id,
            InformationRequest.reference,
            Agency.name,
            RequestAdvice.asked_at,
            RequestAdvice.given_at,
        )
        .join(InformationRequest, InformationRequest.id == RequestAdvice.request_id)
        .join(Agency, Agency.id == InformationRequest.asker_agency_id)
        .where(is_to_advise(uow), InformationRequest.state.in_([one.value for one in OPEN]))
        .order_by(RequestAdvice.given_at.is_not(None), RequestAdvice.asked_at, RequestAdvice.id)
        .limit(PAGE_SIZE)
    )
    return tuple(AdviceRow(*row) for row in rows)


def advice_sheet(uow: UnitOfWork, advice_id: UUID) -> AdviceSheet:
    """Return a question for advice to an officer of the agency. Raises NotFoundError."""
    request_id = find_advice(uow, advice_id)
    sheet = sheet_of(uow, uow.session.get_one(InformationRequest, request_id))
    advice = next((one for one in sheet.advice if one.id == advice_id), None)
    if advice is None:  # pragma: no cover - its door was passed a moment ago
        raise NotFoundError("no such question")
    return AdviceSheet(advice=advice, sheet=sheet)
