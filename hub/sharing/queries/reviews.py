"""What was shared and is to be looked at again, with what came of it."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select

from hub.access.permissions import Fact, Permission, may
from hub.agencies.models import Agency
from hub.db.units import UnitOfWork
from hub.sharing.access import find_to_review, is_to_review
from hub.sharing.models import Disclosure, InformationRequest, RequestLine
from hub.sharing.queries.decided import LineView
from hub.sharing.queries.held import HeldSheet, sheet_of

MOST = 50


@dataclass(frozen=True, slots=True)
class ReviewRow:
    """Something that was shared, by reference and category, and when to look at it."""

    id: UUID
    reference: str
    agency: str
    category: str
    shared_at: datetime
    review_on: date


@dataclass(frozen=True, kw_only=True)
class ReviewSheet:
    """Something that was shared, with its request and its whole record."""

    id: UUID
    sheet: HeldSheet
    line: LineView


def reviews_waiting(uow: UnitOfWork) -> tuple[ReviewRow, ...]:
    """Return what the actor is to look at, the soonest first; fifty at most."""
    if not may(uow.actor, Permission.OUTCOME_REVIEW, {Fact.SAME_AGENCY}):
        return ()
    rows = uow.session.execute(
        select(
            Disclosure.id,
            InformationRequest.reference,
            Agency.name,
            Disclosure.category,
            Disclosure.shared_at,
            Disclosure.review_on,
        )
        .join(RequestLine, RequestLine.id == Disclosure.line_id)
        .join(InformationRequest, InformationRequest.id == RequestLine.request_id)
        .join(Agency, Agency.id == InformationRequest.asker_agency_id)
        .where(is_to_review(uow))
        .order_by(Disclosure.review_on, Disclosure.id)
        .limit(MOST)
    )
    return tuple(ReviewRow(*row[:5], row.review_on or row.shared_at.date()) for row in rows)


def review_sheet(uow: UnitOfWork, disclosure_id: UUID) -> ReviewSheet:
    """Return something that was shared to a manager of the agency. Raises NotFoundError."""
    request_id = find_to_review(uow, disclosure_id)
    sheet = sheet_of(uow, uow.session.get_one(InformationRequest, request_id))
    line = next(
        line for line in sheet.lines if line.disclosure and line.disclosure.id == disclosure_id
    )
    return ReviewSheet(id=disclosure_id, sheet=sheet, line=line)
