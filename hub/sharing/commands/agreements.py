"""What a governance lead does to agreements; each change is heard by whoever shares under them."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.orm.attributes import flag_modified

from hub.agencies.models import Agency
from hub.db.units import UnitOfWork
from hub.kernel.errors import ConflictError, NotFoundError, RefusedError
from hub.sharing.access import open_agreement, permit_edit
from hub.sharing.events import AgreementChanged
from hub.sharing.models import (
    Agreement,
    AgreementCategory,
    AgreementGateway,
    AgreementParty,
    AgreementPurpose,
)
from hub.sharing.queries.agreements import contents_of
from hub.sharing.register import AGREEMENT, APPROVAL, PERMITTED, AgreementAction, obstacles
from hub.sharing.states import AgreementStatus


class NotReadyError(RefusedError):
    """An agreement lacks something; ``reasons`` says what, each with its cure."""

    def __init__(self, reasons: tuple[str, ...]) -> None:
        super().__init__(" ".join(reasons))
        self.reasons = reasons


@dataclass(frozen=True, kw_only=True)
class SaveAgreement:
    """Add an agreement as a draft, or change the terms of the one that was read in that version.

    A category that is neither permitted nor on approval is excluded. Days in London; ``ends_on`` is
    the first day on which it no longer counts.
    """

    agreement_id: UUID | None = None
    version: int = 0
    reference: str
    title: str
    starts_on: date
    ends_on: date | None
    review_on: date
    purposes: tuple[str, ...]
    permitted: tuple[str, ...]
    on_approval: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class SaveParty:
    """Add an agency as a party, or change what is kept of it."""

    agreement_id: UUID
    version: int
    agency_id: UUID
    role: str
    signatory: str | None
    signed_on: date | None


@dataclass(frozen=True, kw_only=True)
class AddGateway:
    """Add a power or duty in law; without a day of commencement it does not count yet."""

    agreement_id: UUID
    version: int
    statute: str
    kind: str
    commences_on: date | None


@dataclass(frozen=True, kw_only=True)
class Touch:
    """An agreement as it was read, to be moved on; ``review_on`` where a review sets the next."""

    agreement_id: UUID
    version: int
    review_on: date | None = None


def save_agreement(cmd: SaveAgreement, *, uow: UnitOfWork) -> UUID:
    """Add or change an agreement and return its id.

    Raises NotFoundError, NotAllowedError, ConflictError, IllegalMoveError once it is in force, and
    RefusedError for a reference that is taken or an end before the start.
    """
    permit_edit(uow)
    if cmd.agreement_id is None:
        row = Agreement(id=uow.new_id(), owner_id=uow.actor.account_id, status="draft")
    else:
        row = _begin(uow, cmd.agreement_id, cmd.version, AgreementAction.EDIT)
    if cmd.ends_on is not None and cmd.ends_on <= cmd.starts_on:
        raise RefusedError("The end must be after the start", field="ends_on")
    if cmd.review_on <= cmd.starts_on:
        raise RefusedError("The review must be after the start", field="review_on")
    taken = select(Agreement.id).where(Agreement.reference == cmd.reference, Agreement.id != row.id)
    if uow.session.scalar(taken) is not None:
        raise RefusedError("Another agreement has this reference", field="reference")

    row.reference, row.title = cmd.reference, cmd.title
    row.starts_on, row.ends_on, row.review_on = cmd.starts_on, cmd.ends_on, cmd.review_on
    uow.session.add(row)
    uow.session.flush()  # what it allows refers to it
    _set_terms(uow, row.id, cmd)
    _said(uow, row)
    return row.id


def _set_terms(uow: UnitOfWork, agreement_id: UUID, cmd: SaveAgreement) -> None:
    for table in (AgreementPurpose, AgreementCategory):
        uow.session.execute(delete(table).where(table.agreement_id == agreement_id))
    uow.session.add_all(
        AgreementPurpose(agreement_id=agreement_id, purpose=one) for one in cmd.purposes
    )
    rules = dict.fromkeys(cmd.permitted, PERMITTED) | dict.fromkeys(cmd.on_approval, APPROVAL)
    uow.session.add_all(
        AgreementCategory(agreement_id=agreement_id, category=category, rule=rule)
        for category, rule in rules.items()
    )


def save_party(cmd: SaveParty, *, uow: UnitOfWork) -> UUID:
    """Add a party or change what is kept of it; return the agreement's id.

    Raises NotFoundError, NotAllowedError, ConflictError, IllegalMoveError, and RefusedError for an
    unknown agency or a signature without its day or from the future.
    """
    row = _begin(uow, cmd.agreement_id, cmd.version, AgreementAction.EDIT)
    if uow.session.get(Agency, cmd.agency_id) is None:
        raise RefusedError("This agency is no longer there. Choose again", field="agency")
    if (cmd.signatory is None) != (cmd.signed_on is None):
        raise RefusedError("Enter who signed and the day together", field="signed_on")
    if cmd.signed_on is not None and cmd.signed_on > uow.today:
        raise RefusedError("The day of signing must be today or in the past", field="signed_on")

    party = uow.session.get(AgreementParty, (row.id, cmd.agency_id))
    if party is None:
        party = AgreementParty(agreement_id=row.id, agency_id=cmd.agency_id)
        uow.session.add(party)
    party.role, party.signatory, party.signed_on = cmd.role, cmd.signatory, cmd.signed_on
    party.withdrawn_on = None
    _said(uow, row)
    return row.id


def remove_party(cmd: Touch, agency_id: UUID, *, uow: UnitOfWork) -> None:
    """Take a party out of an agreement that is not in force. Raises what ``save_party`` raises."""
    row = _begin(uow, cmd.agreement_id, cmd.version, AgreementAction.EDIT)
    uow.session.delete(_party(uow, row.id, agency_id))
    _said(uow, row)


def withdraw_party(cmd: Touch, agency_id: UUID, *, uow: UnitOfWork) -> None:
    """Record that a party leaves today: from today nothing is shared with it under the agreement.

    Raises NotFoundError, NotAllowedError, ConflictError, IllegalMoveError.
    """
    row = _begin(uow, cmd.agreement_id, cmd.version, AgreementAction.WITHDRAW_PARTY)
    party = _party(uow, row.id, agency_id)
    if party.withdrawn_on is not None:
        raise RefusedError("This party has left already.")

    party.withdrawn_on = uow.today
    _said(uow, row)


def add_gateway(cmd: AddGateway, *, uow: UnitOfWork) -> UUID:
    """Add a gateway and return its id.

    Raises NotFoundError, NotAllowedError, ConflictError, IllegalMoveError.
    """
    row = _begin(uow, cmd.agreement_id, cmd.version, AgreementAction.EDIT)
    gateway = AgreementGateway(
        id=uow.new_id(),
        agreement_id=row.id,
        statute=cmd.statute,
        kind=cmd.kind,
        commences_on=cmd.commences_on,
    )
    uow.session.add(gateway)
    _said(uow, row)
    return gateway.id


def remove_gateway(cmd: Touch, gateway_id: UUID, *, uow: UnitOfWork) -> None:
    """Take a gateway out. Raises what ``add_gateway`` raises."""
    row = _begin(uow, cmd.agreement_id, cmd.version, AgreementAction.EDIT)
    gateway = uow.session.get(AgreementGateway, gateway_id)
    if gateway is None or gateway.agreement_id != row.id:
        raise NotFoundError("no such gateway")
    uow.session.delete(gateway)
    _said(uow, row)


def bring_into_force(cmd: Touch, *, uow: UnitOfWork) -> None:
    """Bring an agreement into force, or back into it.

    Raises NotReadyError with every reason, NotFoundError, NotAllowedError, ConflictError,
    IllegalMoveError.
    """
    row = _begin(uow, cmd.agreement_id, cmd.version, AgreementAction.BRING_INTO_FORCE)
    reasons = obstacles(contents_of(uow, row), uow.today)
    if reasons:
        raise NotReadyError(reasons)
    _move(uow, row, AgreementAction.BRING_INTO_FORCE)


def suspend_agreement(cmd: Touch, *, uow: UnitOfWork) -> None:
    """Share nothing under the agreement until it is brought back.

    Raises NotFoundError, NotAllowedError, ConflictError, IllegalMoveError.
    """
    row = _begin(uow, cmd.agreement_id, cmd.version, AgreementAction.SUSPEND)
    _move(uow, row, AgreementAction.SUSPEND)


def end_agreement(cmd: Touch, *, uow: UnitOfWork) -> None:
    """End the agreement today, for good.

    Raises NotFoundError, NotAllowedError, ConflictError, IllegalMoveError.
    """
    row = _begin(uow, cmd.agreement_id, cmd.version, AgreementAction.END)
    row.ends_on = uow.today if row.ends_on is None else min(row.ends_on, uow.today)
    _move(uow, row, AgreementAction.END)


def review_agreement(cmd: Touch, *, uow: UnitOfWork) -> None:
    """Record that the agreement was reviewed and stands; set the day of the next review.

    Raises NotFoundError, NotAllowedError, ConflictError, IllegalMoveError, RefusedError for a day
    that is not to come.
    """
    row = _begin(uow, cmd.agreement_id, cmd.version, AgreementAction.REVIEW)
    if cmd.review_on is None or cmd.review_on <= uow.today:
        raise RefusedError("The next review must be after today", field="review_on")
    row.review_on = cmd.review_on
    _said(uow, row)


def theirs(row: Agreement) -> dict[str, str]:
    """Return an agreement as it is saved now, by field of its form."""
    return {
        "reference": row.reference,
        "title": row.title,
        "starts_on": row.starts_on.isoformat(),
        "ends_on": row.ends_on.isoformat() if row.ends_on else "",
        "review_on": row.review_on.isoformat(),
    }


def _begin(uow: UnitOfWork, agreement_id: UUID, version: int, action: AgreementAction) -> Agreement:
    """Open an agreement to change it, as it was read and in a state from which this can be done."""
    row = open_agreement(uow, agreement_id)
    permit_edit(uow)
    if row.version != version:
        raise ConflictError("agreement", theirs(row))
    AGREEMENT.step(AgreementStatus(row.status), action)
    return row


def _move(uow: UnitOfWork, row: Agreement, action: AgreementAction) -> None:
    row.status = AGREEMENT.step(AgreementStatus(row.status), action).value
    _said(uow, row)


def _party(uow: UnitOfWork, agreement_id: UUID, agency_id: UUID) -> AgreementParty:
    party = uow.session.get(AgreementParty, (agreement_id, agency_id))
    if party is None:
        raise NotFoundError("no such party")
    return party


def _said(uow: UnitOfWork, row: Agreement) -> None:
    """Say that the agreement changed, and count a new version also when only its parts did."""
    flag_modified(row, "title")
    uow.emit(AgreementChanged(agreement_id=row.id))
