"""A case goes to another area's MARAC: sent, taken over or returned, and asked for meanwhile."""

import json
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select

from hub.access.permissions import Permission
from hub.agencies.models import Area
from hub.db.units import UnitOfWork
from hub.kernel.errors import ConflictError, NotFoundError, RefusedError
from hub.marac.access import open_transfer
from hub.marac.commands.equality import carry_equality
from hub.marac.commands.subjects import carry_subjects
from hub.marac.commands.transfer_papers import let_go
from hub.marac.events import (
    TransferAcknowledged,
    TransferChased,
    TransferReturned,
    TransferSent,
)
from hub.marac.models import Transfer
from hub.marac.queries.areas import closed_days
from hub.marac.rules.transfer_papers import PaperKey, tells_where
from hub.marac.rules.transfers import answer_by, asked_again, may_be_sent, moved
from hub.people.commands.carrying import carry_answers, carry_links
from hub.referrals.access import open_concern
from hub.referrals.commands import record_reveal
from hub.referrals.events import ConcernScreened, ConcernSubmitted
from hub.referrals.models import Concern, Party, ScreeningDecision
from hub.referrals.states import CONCERN, Move, PartyRole, Screening

TAKEN_OVER = "The MARAC of another area has taken the case over."
"""What the referrer reads: not which area, for that says where somebody has gone."""


@dataclass(frozen=True, kw_only=True)
class SendTransfer:
    """Send a case to another area: why, and where the victim lives now, as far as it is known."""

    concern_id: UUID
    to_area_id: UUID
    told_on: date
    is_temporary: bool
    note: str
    address: str = ""
    postcode: str = ""
    papers: tuple[PaperKey, ...] = ()
    """What goes with it besides the referral."""


@dataclass(frozen=True, kw_only=True)
class ReturnTransfer:
    """Do not take a case, with the reason."""

    transfer_id: UUID
    reason: str


def send_transfer(cmd: SendTransfer, *, uow: UnitOfWork) -> UUID:
    """Send a case to another area's co-ordinators and return the transfer's id.

    The case stays where it is until they take it over. Raises NotFoundError unless a co-ordinator
    of the area acts, RefusedError for what lacks, the own area, a case that was sent already, one
    that was not accepted, or a paper that may not go.
    """
    concern = open_concern(uow, cmd.concern_id, Permission.CONCERN_SCREEN)
    account_id = _account(uow)
    _refuse_unfit(uow, concern, cmd)

    closed = closed_days(uow, cmd.to_area_id)
    due_on = answer_by(uow.now, closed)
    transfer = Transfer(
        id=uow.new_id(),
        reference=uow.ids.reference(),
        concern_id=concern.id,
        from_area_id=concern.area_id,
        to_area_id=cmd.to_area_id,
        is_temporary=cmd.is_temporary,
        note=cmd.note.strip(),
        new_address=cmd.address.strip() or None,
        new_postcode=cmd.postcode.strip() or None,
        told_on=cmd.told_on,
        sent_at=uow.now,
        sent_by=account_id,
        due_on=due_on,
        chase_at=asked_again(due_on, closed),
    )
    uow.session.add(transfer)
    uow.session.flush()  # the papers refer to it
    let_go(uow, transfer, cmd.papers)
    uow.emit(TransferSent(transfer_id=transfer.id))
    return transfer.id


def acknowledge_transfer(transfer_id: UUID, *, uow: UnitOfWork) -> UUID:
    """Take a case over into the receiving area, and return the concern that is made of it there.

    It waits at screening like any other, for the risk is another where somebody has moved. Whoever
    was recognised stays so, whoever is kept away too, and the sending area's case is over. Raises
    NotFoundError unless a co-ordinator of the receiving area acts, ConflictError when a colleague
    was faster.
    """
    transfer = open_transfer(uow, transfer_id)
    account_id = _account(uow)
    _refuse_settled(transfer)
    old = uow.session.get_one(Concern, transfer.concern_id)

    new = Concern(
        id=uow.new_id(),
        reference=uow.ids.reference(),
        state=Screening.SUBMITTED,
        area_id=transfer.to_area_id,
        referrer_id=account_id,
        agency_id=uow.actor.agency_id,
        answers=_answers(old, transfer),
        has_children=old.has_children,
        is_urgent=old.is_urgent,
        has_moved=True,
        submitted_at=uow.now,
    )
    uow.session.add(new)
    uow.session.flush()  # the parties refer to it
    parties = _copy_parties(uow, old.id, new.id, transfer)
    carry_links(uow, old.id, new.id)
    carry_equality(uow, old.id, new.id, account_id)
    carry_answers(uow, parties, new.id)
    carry_subjects(uow, parties, account_id)
    _end_there(uow, old, transfer)
    transfer.received_id, transfer.chase_at = new.id, None
    transfer.acknowledged_at, transfer.acknowledged_by = uow.now, account_id

    uow.emit(ConcernSubmitted(concern_id=new.id))
    uow.emit(TransferAcknowledged(transfer_id=transfer.id, received_id=new.id))
    return new.id


def return_transfer(cmd: ReturnTransfer, *, uow: UnitOfWork) -> UUID:
    """Do not take a case, and tell the sending area why; return the transfer's id.

    Raises NotFoundError unless a co-ordinator of the receiving area acts, ConflictError when a
    colleague was faster, RefusedError without a reason, or for one that says where somebody lives.
    """
    transfer = open_transfer(uow, cmd.transfer_id)
    account_id = _account(uow)
    _refuse_reason(cmd.reason, transfer)
    _refuse_settled(transfer)

    transfer.returned_at, transfer.returned_by = uow.now, account_id
    transfer.return_reason, transfer.chase_at = cmd.reason.strip(), None
    uow.emit(TransferReturned(transfer_id=transfer.id))
    return transfer.id


def reveal_for_transfer(transfer_id: UUID, why: str, *, uow: UnitOfWork) -> UUID:
    """Record that the actor is about to see where the victim moved to; return the transfer's id.

    Nothing is shown here: the page reads it only after this has been committed. Raises
    NotFoundError to the sending area.
    """
    transfer = open_transfer(uow, transfer_id)
    record_reveal(transfer.concern_id, why, uow=uow)
    return transfer.id


def chase_transfers(uow: UnitOfWork, *, limit: int) -> int:
    """Ask again the areas that have not said whether they have a case; return how many were."""
    due = uow.session.scalars(
        select(Transfer)
        .where(Transfer.chase_at <= uow.now)
        .order_by(Transfer.chase_at, Transfer.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    ).all()
    for transfer in due:
        transfer.chase_at = asked_again(uow.today, closed_days(uow, transfer.to_area_id))
        uow.emit(TransferChased(transfer_id=transfer.id))
    return len(due)


def _refuse_unfit(uow: UnitOfWork, concern: Concern, cmd: SendTransfer) -> None:
    if not may_be_sent(Screening(concern.state)):
        raise RefusedError("A concern in this state cannot be sent. Decide on it first.")
    known = uow.session.get(Area, cmd.to_area_id)
    if known is None or known.id == concern.area_id:
        raise RefusedError("Select the area where the victim lives now", field="to_area")
    if cmd.told_on > uow.today:
        raise RefusedError("This must be today or earlier", field="told_on")
    if not cmd.note.strip():
        raise RefusedError("Enter why it is sent, and what the other area must know", field="note")
    uow.alone(f"transfer {concern.id}")
    live = select(Transfer.id).where(
        Transfer.concern_id == concern.id, Transfer.returned_at.is_(None)
    )
    if uow.session.scalar(live.limit(1)) is not None:
        raise RefusedError("It was sent already. Look at your transfers.")


def _refuse_reason(reason: str, transfer: Transfer) -> None:
    """Refuse a reason that is empty, or that tells the old area where somebody lives now."""
    if not reason.strip():
        raise RefusedError("Enter why you do not take it", field="reason")
    told = tells_where(reason, transfer.new_address or "", transfer.new_postcode or "")
    if told:
        raise RefusedError(
            f"{told} could lead somebody to a person, and the other area reads this. Leave it out",
            field="reason",
        )


def _refuse_settled(transfer: Transfer) -> None:
    if transfer.acknowledged_at is not None or transfer.returned_at is not None:
        raise ConflictError("the transfer", {})


def _answers(old: Concern, transfer: Transfer) -> str:
    said = json.loads(old.answers)
    address, postcode = transfer.new_address or "", transfer.new_postcode or ""
    home = moved(said.get("home", {}), address, postcode) | {"area": str(transfer.to_area_id)}
    return json.dumps(said | {"home": home})


def _copy_parties(
    uow: UnitOfWork, old_id: UUID, new_id: UUID, transfer: Transfer
) -> dict[UUID, UUID]:
    """Name the people of the old concern in the new one; return the new ids by the old."""
    rows = uow.session.scalars(
        select(Party).where(Party.concern_id == old_id).order_by(Party.position, Party.id)
    ).all()
    address, postcode = transfer.new_address or "", transfer.new_postcode or ""
    copied = {}
    for row in rows:
        details = json.loads(row.details)
        if row.role == PartyRole.VICTIM:
            former = details.get("former_postcode", details.get("postcode", ""))
            details = moved(details, address, postcode) | {"former_postcode": former}
        copied[row.id] = uow.new_id()
        uow.session.add(
            Party(
                id=copied[row.id],
                concern_id=new_id,
                role=row.role,
                position=row.position,
                given_name=row.given_name,
                family_name=row.family_name,
                date_of_birth=row.date_of_birth,
                care_answer=row.care_answer,
                details=json.dumps(details),
            )
        )
    uow.session.flush()
    return copied


def _end_there(uow: UnitOfWork, old: Concern, transfer: Transfer) -> None:
    """Let the sending area's case be passed on: it comes off its meetings still to come."""
    state = Screening(old.state)
    if not CONCERN.may(state, Move.TRANSFER):
        return
    old.state = CONCERN.step(state, Move.TRANSFER)
    uow.session.add(
        ScreeningDecision(
            id=uow.new_id(),
            concern_id=old.id,
            outcome=old.state,
            reason=TAKEN_OVER,
            decided_by=transfer.sent_by,
            decided_at=uow.now,
        )
    )
    uow.emit(ConcernScreened(concern_id=old.id, outcome=old.state))


def _account(uow: UnitOfWork) -> UUID:
    if uow.actor.account_id is None:
        raise NotFoundError("a person sends and takes over a case")
    return uow.actor.account_id
