"""The lines of a request with what was decided about each, who was asked, and what then left."""

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select

from hub.access.models import Account
from hub.agencies.models import Agency
from hub.db.units import UnitOfWork
from hub.sharing.models import (
    Agreement,
    Approval,
    Disclosure,
    RequestLine,
    SharingDecision,
)
from hub.sharing.rules.case import Question
from hub.sharing.rules.coded import Category
from hub.sharing.rules.decision import Approver, Outcome, Scope
from hub.sharing.rules.explain import Explanation, explain
from hub.sharing.rules.inputs import question_of
from hub.sharing.rules.lines import ApprovalState
from hub.sharing.states import LineState


@dataclass(frozen=True, kw_only=True)
class ApprovalView:
    """An approval of a line: who is asked, and what somebody said. Instants in UTC."""

    id: UUID
    letter: Approver
    state: ApprovalState
    agency: str
    due_at: datetime
    by: str | None
    decided_at: datetime | None
    risk_of_sharing: str | None
    risk_of_not_sharing: str | None
    reason: str | None


@dataclass(frozen=True, kw_only=True)
class DecisionView:
    """What the table said of a line, and why, with the agreement and the consent that counted."""

    id: UUID
    rule: int
    outcome: Outcome
    scope: Scope
    question: Question
    explanation: Explanation
    agreement: str | None
    agreement_id: UUID | None
    consent_id: UUID | None
    decided_at: datetime
    table_version: int


@dataclass(frozen=True, kw_only=True)
class DisclosureView:
    """What left, in its exact words."""

    id: UUID
    words: str
    method: str
    shared_at: datetime
    recorded_at: datetime
    by: str | None
    onward: str
    was_told: bool
    why_not_told: str | None
    revisit_on: date | None
    record: dict[str, str]
    read_at: datetime | None
    review_on: date | None
    outcome: str | None


@dataclass(frozen=True, kw_only=True)
class LineView:
    """One category that is asked for, and what became of it."""

    id: UUID
    category: Category
    wanted: str
    state: LineState
    withheld: str | None
    settled_at: datetime | None
    settled_by: str | None
    told_at: datetime | None
    decision: DecisionView | None
    approvals: tuple[ApprovalView, ...]
    disclosure: DisclosureView | None


def lines_of(uow: UnitOfWork, request_id: UUID) -> tuple[LineView, ...]:
    """Return the lines of a request whose door was passed, in the order of the register."""
    rows = uow.session.execute(
        select(RequestLine, Account.name)
        .outerjoin(Account, Account.id == RequestLine.settled_by)
        .where(RequestLine.request_id == request_id)
    ).all()
    ids = [line.id for line, _ in rows]
    decisions = _decisions(uow, [line.decision_id for line, _ in rows if line.decision_id])
    approvals = _approvals(uow, ids)
    left = _disclosures(uow, ids)
    views = [
        LineView(
            id=line.id,
            category=Category(line.category),
            wanted=line.wanted,
            state=LineState(line.state),
            withheld=line.withheld,
            settled_at=line.settled_at,
            settled_by=settled_by,
            told_at=line.told_at,
            decision=decisions.get(line.decision_id) if line.decision_id else None,
            approvals=tuple(
                view
                for decision_id, view in approvals.get(line.id, ())
                if _is_of(view, decision_id, line.decision_id)
            ),
            disclosure=left.get(line.id),
        )
        for line, settled_by in rows
    ]
    order = list(Category)
    return tuple(sorted(views, key=lambda view: order.index(view.category)))


def _is_of(view: ApprovalView, decision_id: UUID, counts: UUID | None) -> bool:
    """Tell whether an approval is worth showing: of the decision that counts, or given before."""
    return decision_id == counts or view.by is not None


def _decisions(uow: UnitOfWork, decision_ids: Collection[UUID]) -> dict[UUID, DecisionView]:
    rows = uow.session.execute(
        select(SharingDecision, Agreement.reference, Agreement.title)
        .outerjoin(Agreement, Agreement.id == SharingDecision.agreement_id)
        .where(SharingDecision.id.in_(decision_ids))
    )
    return {row.id: _decision(row, reference, title) for row, reference, title in rows}


def _decision(row: SharingDecision, reference: str | None, title: str | None) -> DecisionView:
    question = question_of(json.loads(row.inputs))
    return DecisionView(
        id=row.id,
        rule=row.rule,
        outcome=Outcome(row.outcome),
        scope=Scope(row.scope or Scope.NONE),
        question=question,
        explanation=explain(question),
        agreement=f"{reference}: {title}" if reference else None,
        agreement_id=row.agreement_id,
        consent_id=row.consent_id,
        decided_at=row.decided_at,
        table_version=row.table_version,
    )


def _approvals(
    uow: UnitOfWork, line_ids: Collection[UUID]
) -> dict[UUID, tuple[tuple[UUID, ApprovalView], ...]]:
    rows = uow.session.execute(
        select(Approval, Agency.name, Account.name)
        .join(Agency, Agency.id == Approval.agency_id)
        .outerjoin(Account, Account.id == Approval.account_id)
        .where(Approval.line_id.in_(line_ids))
        .order_by(Approval.asked_at, Approval.letter)
    )
    found: dict[UUID, tuple[tuple[UUID, ApprovalView], ...]] = {}
    for row, agency, name in rows:
        view = ApprovalView(
            id=row.id,
            letter=Approver(row.letter),
            state=ApprovalState(row.state),
            agency=agency,
            due_at=row.due_at,
            by=name,
            decided_at=row.decided_at,
            risk_of_sharing=row.risk_of_sharing,
            risk_of_not_sharing=row.risk_of_not_sharing,
            reason=row.reason,
        )
        found[row.line_id] = (*found.get(row.line_id, ()), (row.decision_id, view))
    return found


def _disclosures(uow: UnitOfWork, line_ids: Collection[UUID]) -> dict[UUID, DisclosureView]:
    rows = uow.session.execute(
        select(Disclosure, Account.name)
        .outerjoin(Account, Account.id == Disclosure.shared_by)
        .where(Disclosure.line_id.in_(line_ids))
    )
    return {
        row.line_id: DisclosureView(
            id=row.id,
            words=row.shared,
            method=row.method,
            shared_at=row.shared_at,
            recorded_at=row.recorded_at,
            by=name,
            onward=row.onward,
            was_told=row.was_told,
            why_not_told=row.why_not_told,
            revisit_on=row.revisit_on,
            record=json.loads(row.record),
            read_at=row.read_at,
            review_on=row.review_on,
            outcome=row.outcome,
        )
        for row, name in rows
        if row.line_id is not None
    }
