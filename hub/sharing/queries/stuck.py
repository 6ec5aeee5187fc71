"""What waits for too long, or for somebody in a role that nobody has: for those who answer for it.

They see a reference, for whom it waits and since when, and nothing of what is asked.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, exists, or_, select
from sqlalchemy.orm import InstrumentedAttribute, aliased

from hub.access.models import Account, AccountRole
from hub.access.permissions import Permission, may
from hub.agencies.models import Agency
from hub.db.units import UnitOfWork
from hub.kernel.actor import Role
from hub.sharing.access import is_overseen
from hub.sharing.models import Approval, InformationRequest, RequestBar, RequestLine
from hub.sharing.rules.approvers import ROLES
from hub.sharing.rules.decision import Approver
from hub.sharing.rules.lines import ApprovalState
from hub.sharing.states import RequestState

MOST = 50
ANSWERERS = (Role.DUTY_DESK, Role.AGENCY_REPRESENTATIVE, Role.TEAM_MANAGER)

AnySelect = Select[*tuple[Any, ...]]

_OTHER, _SIDE = aliased(Approval), aliased(Agency)


class Stuck(StrEnum):
    """Why something is on the list."""

    NO_APPROVER = "no_approver"
    """Nobody at the agency that is asked may give the approval."""
    NO_ANSWERER = "no_answerer"
    """Nobody at the holder may answer."""
    LATE = "late"
    SUSPENDED = "suspended"
    """One of the two agencies does not take part at present."""
    UNWRITTEN = "unwritten"
    """It was told by telephone in a danger, and is late to be written down."""


@dataclass(frozen=True, slots=True)
class StuckRow:
    """One thing that waits: of which request, at which agency, for whom, since when (UTC)."""

    reference: str
    agency: str
    why: Stuck
    letter: Approver | None
    due_at: datetime


def stuck(uow: UnitOfWork) -> tuple[StuckRow, ...]:
    """Return what waits at the actor's agency, or at one without a governance lead of its own.

    The longest first, and at most fifty of each kind: what is put right makes room for the next.
    """
    if not may(uow.actor, Permission.REQUEST_OVERSEE):
        return ()
    rows = [*_suspended(uow), *_without_approver(uow)]
    for more in (_late(uow), _without_answerer(uow)):
        known = _references(rows)
        rows += [row for row in more if row.reference not in known]
    return tuple(sorted(rows, key=lambda row: (row.due_at, row.reference, row.why)))


def stuck_requests(uow: UnitOfWork) -> AnySelect:
    """Return the ids and the due times of the requests on the list, for whoever counts them."""
    waiting = (
        select(RequestLine.request_id)
        .join(Approval, Approval.line_id == RequestLine.id)
        .join(InformationRequest, InformationRequest.id == RequestLine.request_id)
        .where(Approval.state == ApprovalState.ASKED, ~_can_approve())
    )
    return select(InformationRequest.id, InformationRequest.due_at).where(
        is_overseen(uow, InformationRequest.holder_agency_id),
        InformationRequest.state == RequestState.WITH_HOLDER,
        or_(
            InformationRequest.due_at < uow.now,
            InformationRequest.id.in_(waiting),
            ~_can_answer(),
            _is_suspended(),
        ),
    )


def _references(rows: list[StuckRow]) -> frozenset[str]:
    return frozenset(row.reference for row in rows)


def _without_approver(uow: UnitOfWork) -> list[StuckRow]:
    rows = uow.session.execute(
        select(InformationRequest.reference, Agency.name, Approval.letter, Approval.due_at)
        .join(RequestLine, RequestLine.request_id == InformationRequest.id)
        .join(Approval, Approval.line_id == RequestLine.id)
        .join(Agency, Agency.id == Approval.agency_id)
        .where(
            Approval.state == ApprovalState.ASKED,
            is_overseen(uow, Approval.agency_id),
            ~_can_approve(),
        )
        .order_by(Approval.due_at, Approval.id)
        .limit(MOST)
    )
    return [
        StuckRow(reference, agency, Stuck.NO_APPROVER, Approver(letter), due_at)
        for reference, agency, letter, due_at in rows
    ]


def _suspended(uow: UnitOfWork) -> list[StuckRow]:
    rows = uow.session.execute(
        _at_holder(uow)
        .where(_is_suspended())
        .order_by(InformationRequest.due_at, InformationRequest.id)
        .limit(MOST)
    )
    return [StuckRow(ref, agency, Stuck.SUSPENDED, None, due_at) for ref, agency, due_at in rows]


def _is_suspended() -> ColumnElement[bool]:
    """Return the condition that one of a request's two agencies does not take part."""
    return exists().where(
        _SIDE.id.in_((InformationRequest.asker_agency_id, InformationRequest.holder_agency_id)),
        _SIDE.suspended_at.is_not(None),
    )


def _late(uow: UnitOfWork) -> list[StuckRow]:
    told = exists().where(
        RequestLine.request_id == InformationRequest.id,
        RequestLine.told_at.is_not(None),
        RequestLine.settled_at.is_(None),
    )
    rows = uow.session.execute(
        _at_holder(uow)
        .add_columns(told)
        .where(InformationRequest.due_at < uow.now)
        .order_by(InformationRequest.due_at, InformationRequest.id)
        .limit(MOST)
    )
    return [
        StuckRow(reference, agency, Stuck.UNWRITTEN if is_told else Stuck.LATE, None, due_at)
        for reference, agency, due_at, is_told in rows
    ]


def _without_answerer(uow: UnitOfWork) -> list[StuckRow]:
    rows = uow.session.execute(
        _at_holder(uow)
        .where(~_can_answer())
        .order_by(InformationRequest.due_at, InformationRequest.id)
        .limit(MOST)
    )
    return [StuckRow(ref, agency, Stuck.NO_ANSWERER, None, due_at) for ref, agency, due_at in rows]


def _at_holder(uow: UnitOfWork) -> AnySelect:
    return (
        select(InformationRequest.reference, Agency.name, InformationRequest.due_at)
        .join(Agency, Agency.id == InformationRequest.holder_agency_id)
        .where(
            InformationRequest.state == RequestState.WITH_HOLDER,
            is_overseen(uow, InformationRequest.holder_agency_id),
        )
    )


def _free(agency_id: InstrumentedAttribute[UUID]) -> ColumnElement[bool]:
    """Return the condition that an account of the agency is there and not kept from a request."""
    barred = exists().where(
        RequestBar.request_id == InformationRequest.id, RequestBar.account_id == Account.id
    )
    return and_(
        Account.agency_id == agency_id,
        Account.is_active,
        Account.id != InformationRequest.asker_id,
        ~barred,
    )


def _can_answer() -> ColumnElement[bool]:
    """Return the condition that somebody at the holder may answer a request."""
    return exists().where(
        AccountRole.account_id == Account.id,
        AccountRole.role.in_(ANSWERERS),
        _free(InformationRequest.holder_agency_id),
    )


def _can_approve() -> ColumnElement[bool]:
    """Return the condition that somebody may give an approval and gave no other beside it."""
    another = exists().where(
        _OTHER.decision_id == Approval.decision_id, _OTHER.account_id == Account.id
    )
    of_letter = or_(
        *(
            and_(Approval.letter == letter, AccountRole.role.in_(roles))
            for letter, roles in ROLES.items()
        )
    )
    return exists().where(
        AccountRole.account_id == Account.id,
        of_letter,
        _free(Approval.agency_id),
        ~another,
    )
