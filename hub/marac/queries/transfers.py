"""Transfers as each side may see them: where a case is for both, its papers for who receives it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select
from sqlalchemy.orm import aliased

from hub.access.models import Account
from hub.agencies.models import Agency, Area, Contact
from hub.db.units import UnitOfWork
from hub.kernel.days import london_day
from hub.kernel.errors import NotFoundError
from hub.marac.access import comes_to_own, find_transfer, goes_from_own
from hub.marac.models import Hearing, Transfer, TransferAsk
from hub.marac.rules.transfers import Stages
from hub.meetings.models import Item
from hub.referrals.models import Concern
from hub.referrals.queries import ConcernRow, PartyRow, concern_row, parties_of

AnySelect = Select[*tuple[Any, ...]]
PAGE_SIZE = 25


@dataclass(frozen=True)
class TransferLine:
    """One transfer without what it holds; ``case`` is the reference that the reader's area has."""

    id: UUID
    reference: str
    case: str
    is_incoming: bool
    area: str
    """The other area."""
    is_temporary: bool
    stages: Stages
    due_on: date
    return_reason: str
    """For the sending area."""
    is_asked: bool
    """Whether the receiving area waits for a paper."""
    risk_is: str
    """What came of assessing the risk again; empty until somebody says so."""
    risk_on: date | None
    risk_note: str
    version: int
    received_id: UUID | None
    """For the receiving area, once it has taken the case over."""


@dataclass(frozen=True)
class TransferList:
    """One page of a list, and the transfer after which the next page begins, None at the end."""

    lines: tuple[TransferLine, ...]
    next_after: UUID | None


@dataclass(frozen=True, kw_only=True)
class Papers:
    """The referral that goes with a case, and why; addresses for whoever says what for."""

    concern: ConcernRow
    people: tuple[PartyRow, ...]
    note: str
    new_address: str
    new_postcode: str
    sender: str
    sender_agency: str
    sender_phone: str


def incoming(uow: UnitOfWork, after: UUID | None = None) -> TransferList:
    """Return one page of what came to the actor's areas, what waits for them first."""
    is_settled = or_(Transfer.acknowledged_at.is_not(None), Transfer.returned_at.is_not(None))
    return _page(uow, _lines(uow).where(comes_to_own(uow)), is_settled, after)


def outgoing(uow: UnitOfWork, after: UUID | None = None) -> TransferList:
    """Return one page of what went from the actor's areas, the latest first."""
    both = comes_to_own(uow)  # one whose two areas are both the actor's comes to them
    wanted = _lines(uow).where(goes_from_own(uow), ~both)
    return _page(uow, wanted, Transfer.returned_at.is_not(None), after)


def transfer_line(uow: UnitOfWork, transfer_id: UUID) -> TransferLine:
    """Return one transfer of the actor's areas. Raises NotFoundError."""
    own = or_(comes_to_own(uow), goes_from_own(uow))
    rows = uow.session.execute(_lines(uow).where(Transfer.id == transfer_id, own)).all()
    if not rows:
        raise NotFoundError("There is no such transfer.")
    return _read(rows)[0]


def seen_with(uow: UnitOfWork, transfer_id: UUID) -> tuple[tuple[str, UUID], ...]:
    """Return what the actor is about to be shown with a transfer, for the trail; nothing is read.

    The referral is for the receiving area alone, and no more once it was returned. Raises
    NotFoundError.
    """
    transfer = find_transfer(uow, transfer_id)
    own = comes_to_own(uow) & Transfer.returned_at.is_(None)
    wanted = select(Transfer.concern_id).where(Transfer.id == transfer.id, own)
    referral = uow.session.scalar(wanted)
    seen = (("transfer", transfer.id),)
    return (*seen, ("concern", referral)) if referral else seen


def transfers_of(uow: UnitOfWork, concern_id: UUID) -> tuple[TransferLine, ...]:
    """Return the transfers by which a concern went or came, the latest first."""
    own = or_(
        and_(Transfer.concern_id == concern_id, goes_from_own(uow)),
        and_(Transfer.received_id == concern_id, comes_to_own(uow)),
    )
    wanted = _lines(uow).where(own).order_by(Transfer.sent_at.desc(), Transfer.id)
    return _read(uow.session.execute(wanted).all())


def papers_of(uow: UnitOfWork, transfer_id: UUID) -> Papers:
    """Return the referral that goes with a case to a co-ordinator of the receiving area.

    Raises NotFoundError, also to the sending area, and once the case was returned.
    """
    own = comes_to_own(uow) & Transfer.returned_at.is_(None)
    wanted = select(Transfer).where(Transfer.id == transfer_id, own)
    row = uow.session.scalar(wanted)
    if row is None:
        raise NotFoundError("There is no such transfer.")
    sender = uow.session.execute(
        select(Account.name, Agency.name.label("agency"), Contact.phone)
        .outerjoin(Agency, Agency.id == Account.agency_id)
        .outerjoin(Contact, Contact.id == Account.contact_id)
        .where(Account.id == row.sent_by)
    ).one_or_none()
    return Papers(
        concern=concern_row(uow, row.concern_id),
        people=parties_of(uow, [row.concern_id]),
        note=row.note or "",
        new_address=row.new_address or "",
        new_postcode=row.new_postcode or "",
        sender=(sender.name if sender else "") or "somebody",
        sender_agency=(sender.agency if sender else "") or "",
        sender_phone=(sender.phone if sender else "") or "",
    )


def _lines(uow: UnitOfWork) -> AnySelect:
    here, there, own = aliased(Area), aliased(Area), aliased(Concern)
    received = aliased(Concern)
    listed_at = (
        select(func.min(Item.listed_at))
        .where(Item.concern_id == Transfer.received_id, Item.state == "listed")
        .correlate(Transfer)
        .scalar_subquery()
    )
    heard_on = (
        select(func.max(Hearing.heard_on))
        .join(Item, Item.id == Hearing.item_id)
        .where(Item.concern_id == Transfer.received_id)
        .correlate(Transfer)
        .scalar_subquery()
    )
    return (
        select(
            Transfer.id,
            Transfer.reference,
            own.reference.label("sent_case"),
            received.reference.label("received_case"),
            comes_to_own(uow).label("is_incoming"),
            here.name.label("from_area"),
            there.name.label("to_area"),
            Transfer.is_temporary,
            Transfer.told_on,
            Transfer.sent_at,
            Transfer.returned_at,
            Transfer.acknowledged_at,
            listed_at.label("listed_at"),
            heard_on.label("heard_on"),
            Transfer.due_on,
            Transfer.return_reason,
            _is_asked().label("is_asked"),
            Transfer.risk_is,
            Transfer.risk_on,
            Transfer.risk_note,
            Transfer.version,
            Transfer.received_id,
        )
        .join(here, here.id == Transfer.from_area_id)
        .join(there, there.id == Transfer.to_area_id)
        .join(own, own.id == Transfer.concern_id)
        .outerjoin(received, received.id == Transfer.received_id)
    )


def _is_asked() -> ColumnElement[bool]:
    """Return the condition that a paper is missed which was neither sent nor refused."""
    waits = (TransferAsk.transfer_id == Transfer.id, TransferAsk.answered_at.is_(None))
    return exists().where(*waits).correlate(Transfer)


def _page(uow: UnitOfWork, wanted: AnySelect, last: Any, after: UUID | None) -> TransferList:  # noqa: ANN401 - a condition
    """Return a page, those of which the condition does not hold first, then the latest first."""
    if after is not None:
        at = uow.session.execute(
            select(last.label("last"), Transfer.sent_at).where(Transfer.id == after)
        ).one_or_none()
        if at is not None:
            same = last if at.last else ~last
            earlier = or_(
                Transfer.sent_at < at.sent_at,
                and_(Transfer.sent_at == at.sent_at, Transfer.id > after),
            )
            beyond = and_(same, earlier)
            wanted = wanted.where(beyond if at.last else or_(beyond, last))
    wanted = wanted.order_by(last, Transfer.sent_at.desc(), Transfer.id).limit(PAGE_SIZE + 1)
    found = _read(uow.session.execute(wanted).all())
    shown = found[:PAGE_SIZE]
    return TransferList(shown, shown[-1].id if len(found) > PAGE_SIZE else None)


def _read(rows: Sequence[Any]) -> tuple[TransferLine, ...]:
    return tuple(
        TransferLine(
            id=row.id,
            reference=row.reference,
            case=(row.received_case or "") if row.is_incoming else row.sent_case,
            is_incoming=bool(row.is_incoming),
            area=row.from_area if row.is_incoming else row.to_area,
            is_temporary=row.is_temporary,
            stages=Stages(
                told_on=row.told_on,
                sent_on=london_day(row.sent_at),
                returned_on=_day(row.returned_at),
                acknowledged_on=_day(row.acknowledged_at),
                listed_on=_day(row.listed_at),
                heard_on=row.heard_on,
            ),
            due_on=row.due_on,
            return_reason=row.return_reason or "",
            is_asked=bool(row.is_asked),
            risk_is=(row.risk_is or "") if row.is_incoming else "",
            risk_on=row.risk_on if row.is_incoming else None,
            risk_note=(row.risk_note or "") if row.is_incoming else "",
            version=row.version,
            received_id=row.received_id if row.is_incoming else None,
        )
        for row in rows
    )


def _day(instant: datetime | None) -> date | None:
    return london_day(instant) if instant else None
