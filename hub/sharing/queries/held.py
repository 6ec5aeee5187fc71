"""Requests as the holder's people see them: the list, and one request whole with its decisions."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, Select, case, select, tuple_

from hub.access.models import Account
from hub.agencies.models import Agency, Service
from hub.agencies.rules.kinds import ServiceKind
from hub.db.units import UnitOfWork
from hub.people.queries.near import is_like_somebody, named_beside
from hub.people.rules.look_ups import Sought
from hub.sharing.access import is_held, open_held
from hub.sharing.models import InformationRequest, RequestAdvice, RequestLine, RequestStep
from hub.sharing.queries.asked import files_of
from hub.sharing.queries.asked_rows import AskedFile
from hub.sharing.queries.askers import is_verified
from hub.sharing.queries.callback import Number, numbers_of, way_to_service
from hub.sharing.queries.cases import answers_of
from hub.sharing.queries.decided import LineView, lines_of
from hub.sharing.rules.clocks import Priority
from hub.sharing.rules.coded import Purpose, RequesterKind
from hub.sharing.rules.next_step import NextStep, Progress, next_step
from hub.sharing.rules.request_answers import AskAnswers, sought_in
from hub.sharing.rules.requesters import requester_kind
from hub.sharing.states import OPEN, SETTLED, LineState, RequestState

PAGE_SIZE = 25

AnySelect = Select[*tuple[Any, ...]]
Place = tuple[int, datetime, UUID]
"""Where a row stands in its list: danger before everything else, then its instant, then its id."""


@dataclass(frozen=True, slots=True)
class HeldRow:
    """A request in the holder's list: reference and times, never a name. Instants in UTC."""

    id: UUID
    reference: str
    agency: str
    state: RequestState
    priority: Priority
    received_at: datetime
    due_at: datetime
    settled_at: datetime | None
    next: NextStep

    def is_overdue(self, now: datetime) -> bool:
        """Tell whether it should have been answered by now; what waits for its asker is not."""
        return self.state is RequestState.WITH_HOLDER and self.due_at < now


@dataclass(frozen=True, slots=True)
class WhoAsks:
    """Whoever asks, as the hub knows them, and by which numbers their agency is called back."""

    name: str
    email: str
    agency: str
    is_verified: bool
    may_be_linked: bool
    """Whether their name or number is like that of somebody in the request, or in the person's
    cases: a hint to whoever decides."""
    numbers: tuple[Number, ...]


@dataclass(frozen=True, slots=True)
class HeldStep:
    """Something that was done about a request; ``by`` is None for the hub itself."""

    action: str
    note: str | None
    by: str | None
    done_at: datetime


@dataclass(frozen=True, slots=True)
class AdviceView:
    """What a data protection officer was asked, and what they said."""

    id: UUID
    question: str | None
    asked_at: datetime
    said: str | None
    by: str | None
    given_at: datetime | None
    version: int


@dataclass(frozen=True, kw_only=True)
class HeldSheet:
    """A whole request as the holder's people see it."""

    row: HeldRow
    asker: WhoAsks
    answers: AskAnswers
    purpose: Purpose
    acknowledge_by: datetime | None
    acknowledged_at: datetime | None
    acknowledged_by: str | None
    paused_at: datetime | None
    counter_signer: str | None
    counter_signed_at: datetime | None
    has_register: bool
    """Whether the service that is asked keeps its register here, so that its desk is asked."""
    check_id: UUID | None
    person_id: UUID | None
    known: str
    consent_said: str | None
    suspended: tuple[str, ...]
    """The agencies on either side that do not take part at present."""
    holder_kind: RequesterKind
    """What kind of agency is asked, by which its own bases in law are offered."""
    files: tuple[AskedFile, ...]
    """The asker's own, and those that go with an answer."""
    lines: tuple[LineView, ...]
    advice: tuple[AdviceView, ...]
    steps: tuple[HeldStep, ...]

    @property
    def evidence(self) -> tuple[AskedFile, ...]:
        """The asker's own files."""
        return tuple(one for one in self.files if one.line_id is None)

    def files_with(self, line_id: UUID) -> tuple[AskedFile, ...]:
        """Return the files that go with the answer of a line, or went with it."""
        return tuple(one for one in self.files if one.line_id == line_id)

    @property
    def is_open(self) -> bool:
        """Whether it has no end yet."""
        return self.row.state in OPEN


_RANK = case((InformationRequest.priority == Priority.IMMEDIATE, 0), else_=1)


def held_requests(
    uow: UnitOfWork, *, is_open: bool, after: Place | None = None, limit: int = PAGE_SIZE + 1
) -> tuple[HeldRow, ...]:
    """Return one page of the requests that the actor's people answer.

    Open ones with danger first, then by when they are due, the soonest first; those with an end by
    when they had it, the latest first. Ask for one more than is shown, to know whether there is a
    next page.
    """
    states = OPEN if is_open else SETTLED
    wanted = _rows().where(
        is_held(uow), InformationRequest.state.in_([one.value for one in states])
    )
    if is_open:
        order = (_RANK, InformationRequest.due_at, InformationRequest.id)
        if after is not None:
            wanted = wanted.where(tuple_(*order) > after)
        return _held_rows(uow, wanted.order_by(*order).limit(limit))
    column = InformationRequest.settled_at
    if after is not None:
        wanted = wanted.where(tuple_(column, InformationRequest.id) < after[1:])
    latest = (column.desc(), InformationRequest.id.desc())
    return _held_rows(uow, wanted.order_by(*latest).limit(limit))


def place_of(row: HeldRow) -> Place:
    """Return where a row stands in its list."""
    at = row.due_at if row.state in OPEN else row.settled_at or row.due_at
    return int(row.priority is not Priority.IMMEDIATE), at, row.id


def held_sheet(uow: UnitOfWork, request_id: UUID) -> HeldSheet:
    """Return a request to the holder's people. Raises NotFoundError."""
    return sheet_of(uow, open_held(uow, request_id))


def sheet_of(uow: UnitOfWork, request: InformationRequest) -> HeldSheet:
    """Return the holder's view of a request whose door was passed."""
    (row,) = _held_rows(uow, _rows().where(InformationRequest.id == request.id))
    names = names_of(uow, [request.acknowledged_by, request.counter_signer_id])
    service = (
        uow.session.get(Service, request.holder_service_id) if request.holder_service_id else None
    )
    return HeldSheet(
        row=row,
        asker=_who_asks(uow, request, row.agency),
        answers=answers_of(request),
        purpose=Purpose(request.purpose),
        acknowledge_by=request.acknowledge_by,
        acknowledged_at=request.acknowledged_at,
        acknowledged_by=names.get(request.acknowledged_by),
        paused_at=request.paused_at,
        counter_signer=names.get(request.counter_signer_id),
        counter_signed_at=request.counter_signed_at,
        has_register=service is not None and service.kind == ServiceKind.LEAVING_CARE,
        check_id=request.check_id,
        person_id=request.person_id,
        known=request.known,
        consent_said=request.consent_said,
        suspended=suspended_sides(uow, request),
        holder_kind=_holder_kind(uow, request, service),
        files=files_of(uow, request_id=request.id),
        lines=lines_of(uow, request.id),
        advice=advice_on(uow, request.id),
        steps=_steps(uow, request.id),
    )


def advice_on(uow: UnitOfWork, request_id: UUID) -> tuple[AdviceView, ...]:
    """Return what officers were asked about a request whose door was passed, the oldest first."""
    rows = uow.session.execute(
        select(
            RequestAdvice.id,
            RequestAdvice.question,
            RequestAdvice.asked_at,
            RequestAdvice.advice,
            Account.name,
            RequestAdvice.given_at,
            RequestAdvice.version,
        )
        .outerjoin(Account, Account.id == RequestAdvice.given_by)
        .where(RequestAdvice.request_id == request_id)
        .order_by(RequestAdvice.asked_at, RequestAdvice.id)
    )
    return tuple(AdviceView(*row) for row in rows)


def way_out_of(uow: UnitOfWork, request_id: UUID) -> str:
    """Return how the service of a request is reached, in the words that leave."""
    return way_to_service(uow, open_held(uow, request_id))


def suspended_sides(uow: UnitOfWork, request: InformationRequest) -> tuple[str, ...]:
    """Return the names of those of the two agencies that do not take part at present."""
    sides = (request.asker_agency_id, request.holder_agency_id)
    wanted = select(Agency.name).where(Agency.id.in_(sides), Agency.suspended_at.is_not(None))
    return tuple(uow.session.scalars(wanted.order_by(Agency.name)))


def names_of(uow: UnitOfWork, account_ids: Iterable[UUID | None]) -> dict[UUID | None, str]:
    """Return the names of accounts by id."""
    wanted = {each for each in account_ids if each is not None}
    if not wanted:
        return {}
    rows = uow.session.execute(select(Account.id, Account.name).where(Account.id.in_(wanted)))
    return {row.id: row.name for row in rows}


def _holder_kind(
    uow: UnitOfWork, request: InformationRequest, service: Service | None
) -> RequesterKind:
    kind = uow.session.scalar(select(Agency.kind).where(Agency.id == request.holder_agency_id))
    return requester_kind(kind or "", service.kind if service else None)


def _rows() -> AnySelect:
    return select(
        InformationRequest.id,
        InformationRequest.reference,
        Agency.name,
        InformationRequest.state,
        InformationRequest.priority,
        InformationRequest.received_at,
        InformationRequest.due_at,
        InformationRequest.settled_at,
        InformationRequest.acknowledged_at,
    ).join(Agency, Agency.id == InformationRequest.asker_agency_id)


def _held_rows(uow: UnitOfWork, wanted: AnySelect) -> tuple[HeldRow, ...]:
    rows = uow.session.execute(wanted).all()
    lines = _line_states(uow, [row.id for row in rows])
    return tuple(_held_row(row, lines.get(row.id, ())) for row in rows)


def _held_row(row: Row[Any], lines: Collection[LineState]) -> HeldRow:
    state, priority = RequestState(row.state), Priority(row.priority)
    progress = Progress(
        state=state,
        priority=priority,
        is_acknowledged=row.acknowledged_at is not None,
        lines=lines,
    )
    return HeldRow(
        row.id,
        row.reference,
        row.name,
        state,
        priority,
        row.received_at,
        row.due_at,
        row.settled_at,
        next_step(progress),
    )


def _line_states(
    uow: UnitOfWork, request_ids: Collection[UUID]
) -> dict[UUID, tuple[LineState, ...]]:
    rows = uow.session.execute(
        select(RequestLine.request_id, RequestLine.state).where(
            RequestLine.request_id.in_(request_ids)
        )
    )
    found: dict[UUID, tuple[LineState, ...]] = {}
    for request_id, state in rows:
        found[request_id] = (*found.get(request_id, ()), LineState(state))
    return found


def _who_asks(uow: UnitOfWork, request: InformationRequest, agency: str) -> WhoAsks:
    account = uow.session.execute(
        select(Account.name, Account.email).where(Account.id == request.asker_id)
    ).one()
    return WhoAsks(
        name=account.name,
        email=account.email,
        agency=agency,
        is_verified=is_verified(uow, request),
        may_be_linked=is_like_somebody(uow, request.asker_id, _people(uow, request)),
        numbers=numbers_of(uow, request.asker_agency_id),
    )


def _people(uow: UnitOfWork, request: InformationRequest) -> tuple[Sought, ...]:
    return (sought_in(answers_of(request)), *named_beside(uow, request.person_id))


def _steps(uow: UnitOfWork, request_id: UUID) -> tuple[HeldStep, ...]:
    rows = uow.session.execute(
        select(RequestStep.action, RequestStep.note, Account.name, RequestStep.done_at)
        .outerjoin(Account, Account.id == RequestStep.done_by)
        .where(RequestStep.request_id == request_id)
        .order_by(RequestStep.number)
    )
    return tuple(HeldStep(*row) for row in rows)
