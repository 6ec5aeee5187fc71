"""The life of a version: approved, signed, in force, reviewed, suspended, ended."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select

from hub.access.permissions import Permission
from hub.agencies.models import Contact
from hub.db.units import UnitOfWork
from hub.kernel.errors import NotAllowedError, RefusedError
from hub.sharing.commands.agreement_gate import (
    NotReadyError,
    Touch,
    begin,
    counts_otherwise,
    moved,
    party_of,
    status_now,
)
from hub.sharing.commands.agreement_parts import OfParty
from hub.sharing.events import AgreementApprovalAsked
from hub.sharing.models import Agreement, AgreementMove, AgreementParty, AgreementWriter
from hub.sharing.queries.agreements import counts_until
from hub.sharing.queries.contents import contents_of
from hub.sharing.register.gaps import gaps, obstacles, obstacles_to_resume
from hub.sharing.register.life import COUNTING, AgreementAction
from hub.sharing.register.reviews import next_review
from hub.sharing.register.spelling import day_in_words
from hub.sharing.states.agreements import AgreementStatus

SHORTEST_REASON = 10


@dataclass(frozen=True, kw_only=True)
class Because(Touch):
    """Something done to a version, with the reason."""

    why: str


@dataclass(frozen=True, kw_only=True)
class SignParty(OfParty):
    """Who signed for a party, by name and post at work, and on which day in London."""

    signatory: str
    signed_on: date


@dataclass(frozen=True, kw_only=True)
class SaveContacts(OfParty):
    """Whom one asks at a party, and who is asked when they cannot be."""

    contact_id: UUID | None
    deputy_id: UUID | None


@dataclass(frozen=True, kw_only=True)
class ReviewAgreement(Touch):
    """What a review found; ``review_on`` None: the next is due in the agreement's own rhythm."""

    finding: str
    review_on: date | None


def ask_approval(cmd: Touch, *, uow: UnitOfWork) -> None:
    """Ask those who may approve a draft to read it.

    Raises NotReadyError with everything that lacks, NotFoundError, NotAllowedError, ConflictError,
    IllegalMoveError.
    """
    row = begin(uow, cmd, AgreementAction.ASK_APPROVAL)
    lacking = gaps(contents_of(uow, row), uow.today)
    if lacking:
        raise NotReadyError(lacking)
    moved(uow, row, AgreementAction.ASK_APPROVAL)
    uow.emit(AgreementApprovalAsked(agreement_id=row.id))


def approve_agreement(cmd: Touch, *, uow: UnitOfWork) -> None:
    """Approve a draft, so that nobody can change it and the parties can sign.

    Raises NotReadyError with everything that lacks, NotAllowedError also for whoever wrote it,
    NotFoundError, ConflictError, IllegalMoveError.
    """
    row = begin(uow, cmd, AgreementAction.APPROVE, need=Permission.AGREEMENT_APPROVE)
    account_id = uow.actor.account_id
    if account_id is None or uow.session.get(AgreementWriter, (row.id, account_id)) is not None:
        raise NotAllowedError("Somebody who did not write it must approve it.")
    lacking = gaps(contents_of(uow, row), uow.today)
    if lacking:
        raise NotReadyError(lacking)
    moved(uow, row, AgreementAction.APPROVE)


def send_back(cmd: Because, *, uow: UnitOfWork) -> None:
    """Turn an approved version into a draft again; the signatures it has are void.

    Raises NotFoundError, NotAllowedError, ConflictError, IllegalMoveError, and RefusedError for no
    reason.
    """
    row = begin(uow, cmd, AgreementAction.SEND_BACK)
    for party in _parties(uow, row):
        party.signatory = party.signed_on = None
    moved(uow, row, AgreementAction.SEND_BACK, of=_because(cmd))


def sign_party(cmd: SignParty, *, uow: UnitOfWork) -> None:
    """Record that a party has signed an approved version.

    Raises NotFoundError, NotAllowedError, ConflictError, IllegalMoveError, and RefusedError for a
    day to come.
    """
    row = begin(uow, cmd, AgreementAction.SIGN)
    party = party_of(uow, row, cmd.agency_id)
    if cmd.signed_on > uow.today:
        raise RefusedError("The day of signing must be today or in the past", field="signed_on")
    party.signatory, party.signed_on = cmd.signatory, cmd.signed_on
    moved(uow, row, AgreementAction.SIGN, of=AgreementMove(why="", agency_id=cmd.agency_id))


def bring_into_force(cmd: Touch, *, uow: UnitOfWork) -> None:
    """Bring a version into force, or a suspended one back into it.

    In the same transaction the version that it was copied from is superseded: today, or on the day
    on which this one starts, so that there is no day without an agreement. Raises NotReadyError
    with every obstacle, NotFoundError, NotAllowedError, ConflictError, IllegalMoveError.
    """
    row = begin(uow, cmd, AgreementAction.BRING_INTO_FORCE)
    before = _counting_before(uow, row)
    contents = contents_of(uow, row)
    if status_now(uow, row) is AgreementStatus.SUSPENDED:
        lacking = obstacles_to_resume(contents, uow.today)
    else:
        lacking = obstacles(contents, uow.today, counts_until=counts_until(before))
    if lacking:
        raise NotReadyError(lacking)
    if before is not None:
        before.superseded_on = max(uow.today, row.starts_on)
        counts_otherwise(uow, before)
    moved(uow, row, AgreementAction.BRING_INTO_FORCE)


def _counting_before(uow: UnitOfWork, row: Agreement) -> Agreement | None:
    """Return the version that this one takes the place of, where it counts at present."""
    before = uow.session.get(Agreement, row.supersedes_id) if row.supersedes_id else None
    if before is None or before.superseded_on is not None:
        return None
    return before if status_now(uow, before) in COUNTING else None


def suspend_agreement(cmd: Because, *, uow: UnitOfWork) -> None:
    """Share nothing under the agreement until it is brought back.

    Raises NotFoundError, NotAllowedError, ConflictError, IllegalMoveError, and RefusedError for no
    reason.
    """
    row = begin(uow, cmd, AgreementAction.SUSPEND)
    moved(uow, row, AgreementAction.SUSPEND, of=_because(cmd))


def end_agreement(cmd: Because, *, uow: UnitOfWork) -> None:
    """End a version today, for good; a draft is thrown away by it.

    If it has not begun to count yet, the version before goes on counting. Raises NotFoundError,
    NotAllowedError, ConflictError, IllegalMoveError, and RefusedError for no reason.
    """
    row = begin(uow, cmd, AgreementAction.END)
    before = uow.session.get(Agreement, row.supersedes_id) if row.supersedes_id else None
    if before is not None and row.starts_on > uow.today and before.superseded_on == row.starts_on:
        before.superseded_on = None
        counts_otherwise(uow, before)
    if status_now(uow, row) in COUNTING:
        row.ends_on = uow.today if row.ends_on is None else min(row.ends_on, uow.today)
    moved(uow, row, AgreementAction.END, of=_because(cmd))


def review_agreement(cmd: ReviewAgreement, *, uow: UnitOfWork) -> None:
    """Record that an agreement was reviewed and stands; set the day of the next review.

    Raises NotFoundError, NotAllowedError, ConflictError, IllegalMoveError, and RefusedError for a
    day that is not to come or later than the agreement's rhythm allows.
    """
    row = begin(uow, cmd, AgreementAction.REVIEW)
    latest = next_review(
        row.starts_on,
        row.first_review_months,
        row.review_months,
        due_on=row.review_on,
        today=uow.today,
    )
    review_on = cmd.review_on or latest
    if not uow.today < review_on <= latest:
        why = f"The next review must be after today and by {day_in_words(latest)}"
        raise RefusedError(why, field="review_on")
    row.review_on = review_on
    entry = AgreementMove(why=cmd.finding, due_on=review_on)
    moved(uow, row, AgreementAction.REVIEW, of=entry)


def withdraw_party(cmd: OfParty, *, uow: UnitOfWork) -> None:
    """Record that a party leaves today: from today nothing is shared with it under the agreement.

    Raises NotFoundError, NotAllowedError, ConflictError, IllegalMoveError, and RefusedError when it
    has left already.
    """
    row = begin(uow, cmd, AgreementAction.WITHDRAW_PARTY)
    party = party_of(uow, row, cmd.agency_id)
    if party.withdrawn_on is not None:
        raise RefusedError("This party has left already.")
    party.withdrawn_on = uow.today
    entry = AgreementMove(why="", agency_id=cmd.agency_id)
    moved(uow, row, AgreementAction.WITHDRAW_PARTY, of=entry)


def save_contacts(cmd: SaveContacts, *, uow: UnitOfWork) -> None:
    """Say whom one asks at a party; it is no term, so it needs no new version.

    Raises NotFoundError, NotAllowedError, ConflictError, IllegalMoveError, and RefusedError for
    somebody who does not work for the party or stands in for themselves.
    """
    row = begin(uow, cmd, AgreementAction.SET_CONTACT)
    party = party_of(uow, row, cmd.agency_id)
    for field, contact_id in (("contact", cmd.contact_id), ("deputy", cmd.deputy_id)):
        known = uow.session.get(Contact, contact_id) if contact_id else None
        if contact_id is not None and (known is None or known.agency_id != cmd.agency_id):
            raise RefusedError("Select somebody of this party", field=field)
    if cmd.deputy_id is not None and cmd.deputy_id == cmd.contact_id:
        raise RefusedError("Select somebody else to stand in", field="deputy")
    party.contact_id, party.deputy_id = cmd.contact_id, cmd.deputy_id
    entry = AgreementMove(why="", agency_id=cmd.agency_id)
    moved(uow, row, AgreementAction.SET_CONTACT, of=entry)


def _parties(uow: UnitOfWork, row: Agreement) -> list[AgreementParty]:
    wanted = select(AgreementParty).where(AgreementParty.agreement_id == row.id)
    return list(uow.session.scalars(wanted))


def _because(cmd: Because) -> AgreementMove:
    """Return a move that carries its reason. Raises RefusedError when there is none to speak of."""
    if len(cmd.why.strip()) < SHORTEST_REASON:
        raise RefusedError("Say why, in a few words", field="why")
    return AgreementMove(why=cmd.why.strip())
