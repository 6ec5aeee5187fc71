"""Requests as their asker may see them: no word of what the holder knows before it has answered.

A line that nobody has settled is a line that waits, whatever happens to it at the holder.
"""

import json
from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from sqlalchemy import exists, select, tuple_

from hub.access.models import Account
from hub.agencies.models import Agency, Service
from hub.agencies.queries.contacts import AnySelect
from hub.db.units import UnitOfWork
from hub.people.conflicts import kept_from, person_is_open
from hub.sharing.access import is_asked_by_actor, is_to_sign, open_asked
from hub.sharing.models import (
    Disclosure,
    InformationRequest,
    RequestFile,
    RequestLine,
    RequestStep,
)
from hub.sharing.queries.asked_rows import (
    AskedFile,
    AskedLine,
    AskedSheet,
    Asker,
    CategoryLine,
    Doer,
    Seen,
    SharedText,
    StepLine,
)
from hub.sharing.queries.cases import answers_of, asked_case
from hub.sharing.rules.coded import Purpose
from hub.sharing.rules.policy import RequestPolicy
from hub.sharing.rules.request_gaps import Gap, gaps, may_tell
from hub.sharing.rules.table import decide
from hub.sharing.states import BOTH, LineState

PAGE_SIZE = 25


def own_requests(
    uow: UnitOfWork, after: tuple[datetime, UUID] | None = None, *, limit: int = PAGE_SIZE + 1
) -> tuple[AskedLine, ...]:
    """Return one page of the actor's requests, the newest first.

    ``after`` is when the last row of the page before was sent, and its id. Ask for one more than
    is shown, to know whether there is a next page.
    """
    wanted = _lines(uow).where(is_asked_by_actor(uow))
    if after is not None:
        place = tuple_(InformationRequest.sent_at, InformationRequest.id)
        wanted = wanted.where(place < after)
    newest = (InformationRequest.sent_at.desc(), InformationRequest.id.desc())
    return _rows(uow, wanted.order_by(*newest).limit(limit))


def place_of(uow: UnitOfWork, request_id: UUID) -> tuple[datetime, UUID]:
    """Return where a request of the actor's stands in their list. Raises NotFoundError."""
    return open_asked(uow, request_id).sent_at, request_id


def reference_of(uow: UnitOfWork, request_id: UUID) -> str:
    """Return the reference of a request of the actor's. Raises NotFoundError."""
    return open_asked(uow, request_id).reference


def to_sign(uow: UnitOfWork) -> tuple[AskedLine, ...]:
    """Return what waits for the actor's counter-signature, the oldest first."""
    oldest = (InformationRequest.sent_at, InformationRequest.id)
    return _rows(uow, _lines(uow).where(is_to_sign(uow)).order_by(*oldest).limit(PAGE_SIZE))


def asked_sheet(uow: UnitOfWork, request_id: UUID) -> AskedSheet:
    """Return a request to whoever sent it. Raises NotFoundError."""
    return sheet_of(uow, open_asked(uow, request_id))


def sheet_of(uow: UnitOfWork, request: InformationRequest) -> AskedSheet:
    """Return the asker's view of a request whose door was passed."""
    (line,) = _rows(uow, _lines(uow).where(InformationRequest.id == request.id))
    return AskedSheet(
        line=line,
        version=request.version,
        asker=_asker(uow, request),
        holder_agency_id=request.holder_agency_id,
        holder_service_id=request.holder_service_id,
        purpose=Purpose(request.purpose),
        answers=answers_of(request),
        counter_signed_at=request.counter_signed_at,
        categories=_categories(uow, request.id),
        steps=_steps(uow, request),
        files=files_of(uow, request_id=request.id),
    )


def lacking(uow: UnitOfWork, request_id: UUID, policy: RequestPolicy) -> tuple[Gap, ...]:
    """Return what a request of the actor's still lacks. Raises NotFoundError."""
    case = asked_case(uow, open_asked(uow, request_id), policy)
    own = decide(case.to_service.question)
    has_basis = may_tell(case.answers.purpose, own)
    return gaps(case.answers, case.facts(own_basis=has_basis))


def shared_texts(uow: UnitOfWork, request_id: UUID) -> tuple[SharedText, ...]:
    """Return what was shared with the actor by a request of theirs. Raises NotFoundError.

    Nothing any more about somebody from whom they are kept by now.
    """
    request = open_asked(uow, request_id)
    if request.person_id in kept_from(uow).people:
        return ()
    rows = uow.session.execute(
        select(
            RequestLine.id,
            Disclosure.shared,
            Disclosure.onward,
            Disclosure.record,
            Disclosure.method,
            Disclosure.shared_at,
        )
        .join(RequestLine, RequestLine.id == Disclosure.line_id)
        .where(RequestLine.request_id == request.id)
        .order_by(Disclosure.shared_at, Disclosure.id)
    )
    return tuple(
        SharedText(row.id, row.shared, row.onward, _named(row.record), row.method, row.shared_at)
        for row in rows
    )


def _named(record: str) -> str:
    """Return to whom it may be passed on: the one part of the record that the asker may read."""
    return str(json.loads(record).get("onward_named", ""))


def files_of(
    uow: UnitOfWork, *, draft_id: UUID | None = None, request_id: UUID | None = None
) -> tuple[AskedFile, ...]:
    """Return the files of a draft or request, in the order in which they were added."""
    place = RequestFile.draft_id == draft_id if draft_id else RequestFile.request_id == request_id
    rows = uow.session.execute(
        select(
            RequestFile.id,
            RequestFile.name,
            RequestFile.media_type,
            RequestFile.size,
            RequestFile.line_id,
        )
        .where(place)
        .order_by(RequestFile.added_at, RequestFile.id)
    )
    return tuple(AskedFile(*row) for row in rows)


def _asker(uow: UnitOfWork, request: InformationRequest) -> Asker:
    row = uow.session.execute(
        select(Account.name, Account.email, Agency.name)
        .join(Agency, Agency.id == request.asker_agency_id)
        .where(Account.id == request.asker_id)
    ).one()
    return Asker(*row)


def _lines(uow: UnitOfWork) -> AnySelect:
    unread = exists().where(
        Disclosure.line_id == RequestLine.id,
        RequestLine.request_id == InformationRequest.id,
        Disclosure.read_at.is_(None),
        person_is_open(uow, InformationRequest.person_id),
    )
    return (
        select(
            InformationRequest.id,
            InformationRequest.reference,
            Agency.name.label("agency"),
            Service.name.label("service"),
            InformationRequest.state,
            InformationRequest.priority,
            InformationRequest.sent_at,
            InformationRequest.received_at,
            InformationRequest.due_at,
            InformationRequest.acknowledged_at,
            InformationRequest.paused_at,
            unread.label("is_unread"),
        )
        .join(Agency, Agency.id == InformationRequest.holder_agency_id)
        .outerjoin(Service, Service.id == InformationRequest.holder_service_id)
    )


def _rows(uow: UnitOfWork, wanted: AnySelect) -> tuple[AskedLine, ...]:
    return tuple(AskedLine(*row) for row in uow.session.execute(wanted))


def _categories(uow: UnitOfWork, request_id: UUID) -> tuple[CategoryLine, ...]:
    rows = uow.session.execute(
        select(
            RequestLine.id,
            RequestLine.category,
            RequestLine.wanted,
            RequestLine.state,
            RequestLine.settled_at,
        )
        .where(RequestLine.request_id == request_id)
        .order_by(RequestLine.category)
    )
    return tuple(
        CategoryLine(row.id, row.category, row.wanted, _seen(row.state), row.settled_at)
        for row in rows
    )


def _seen(state: str) -> Seen:
    ends = {LineState.SHARED: Seen.SHARED, LineState.WITHHELD: Seen.NOT_SHARED}
    return ends.get(LineState(state), Seen.WAITS)


def _steps(uow: UnitOfWork, request: InformationRequest) -> tuple[StepLine, ...]:
    rows = uow.session.execute(
        select(RequestStep.action, RequestStep.note, RequestStep.done_by, RequestStep.done_at)
        .where(RequestStep.request_id == request.id, RequestStep.side == BOTH)
        .order_by(RequestStep.number)
    ).all()
    colleagues = _colleagues(uow, request, (row.done_by for row in rows if row.done_by))
    return tuple(
        StepLine(row.action, row.note, _doer(row.done_by, request, colleagues), row.done_at)
        for row in rows
    )


def _colleagues(
    uow: UnitOfWork, request: InformationRequest, account_ids: Iterable[UUID]
) -> frozenset[UUID]:
    """Return who of these accounts belongs to the asker's own agency."""
    own = select(Account.id).where(
        Account.id.in_(set(account_ids)), Account.agency_id == request.asker_agency_id
    )
    return frozenset(uow.session.scalars(own))


def _doer(
    account_id: UUID | None, request: InformationRequest, colleagues: frozenset[UUID]
) -> Doer:
    if account_id is None:
        return Doer.HUB
    if account_id == request.asker_id:
        return Doer.ASKER
    return Doer.COLLEAGUE if account_id in colleagues else Doer.HOLDER
