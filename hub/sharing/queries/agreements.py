"""The register of agreements as its pages show it."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import func, select, tuple_

from hub.agencies.models import Agency
from hub.db.units import UnitOfWork
from hub.sharing.access import open_agreement
from hub.sharing.models import (
    Agreement,
    AgreementCategory,
    AgreementGateway,
    AgreementParty,
    AgreementPurpose,
)
from hub.sharing.register import EXCLUDED, Contents, Party, obstacles, review_warning
from hub.sharing.states import AgreementState, AgreementStatus, Terms, agreement_state

PAGE_SIZE = 25


@dataclass(frozen=True, slots=True)
class AgreementLine:
    """An agreement in the register; ``state`` is what it is worth today.

    ``warning`` is within how many days its review is due (7, 30, 60), 0 when overdue.
    """

    id: UUID
    reference: str
    title: str
    status: AgreementStatus
    state: AgreementState
    starts_on: date
    ends_on: date | None
    review_on: date
    holds_from: date
    warning: int | None
    version: int


@dataclass(frozen=True, slots=True)
class PartyRow:
    """A party with the name of its agency."""

    agency_id: UUID
    agency: str
    role: str
    signatory: str | None
    signed_on: date | None
    withdrawn_on: date | None


@dataclass(frozen=True, slots=True)
class GatewayRow:
    """A gateway in law."""

    id: UUID
    statute: str
    kind: str
    commences_on: date | None


@dataclass(frozen=True, slots=True)
class AgreementSheet:
    """One agreement, whole; ``obstacles`` are why it cannot come into force today."""

    line: AgreementLine
    parties: tuple[PartyRow, ...]
    purposes: tuple[str, ...]
    rules: dict[str, str]
    gateways: tuple[GatewayRow, ...]
    obstacles: tuple[str, ...]


def register(
    uow: UnitOfWork, *, grace_days: int, after: tuple[str, UUID] | None = None, limit: int
) -> tuple[AgreementLine, ...]:
    """Return a page of the agreements by reference; the policy of its page is the door."""
    query = select(Agreement).order_by(Agreement.reference, Agreement.id).limit(limit)
    if after is not None:
        query = query.where(tuple_(Agreement.reference, Agreement.id) > after)
    return tuple(_line(row, uow.today, grace_days) for row in uow.session.scalars(query))


def sheet_of(uow: UnitOfWork, agreement_id: UUID, *, grace_days: int) -> AgreementSheet:
    """Return one agreement to whoever may read the register. Raises NotFoundError."""
    row = open_agreement(uow, agreement_id)
    parties = uow.session.execute(
        select(
            AgreementParty.agency_id,
            Agency.name,
            AgreementParty.role,
            AgreementParty.signatory,
            AgreementParty.signed_on,
            AgreementParty.withdrawn_on,
        )
        .join(Agency, Agency.id == AgreementParty.agency_id)
        .where(AgreementParty.agreement_id == row.id)
        .order_by(Agency.name)
    )
    purposes = select(AgreementPurpose.purpose).where(AgreementPurpose.agreement_id == row.id)
    rules = uow.session.execute(
        select(AgreementCategory.category, AgreementCategory.rule).where(
            AgreementCategory.agreement_id == row.id, AgreementCategory.rule != EXCLUDED
        )
    )
    gateways = uow.session.execute(
        select(
            AgreementGateway.id,
            AgreementGateway.statute,
            AgreementGateway.kind,
            AgreementGateway.commences_on,
        )
        .where(AgreementGateway.agreement_id == row.id)
        .order_by(AgreementGateway.statute, AgreementGateway.id)
    )
    return AgreementSheet(
        line=_line(row, uow.today, grace_days),
        parties=tuple(PartyRow(*one) for one in parties),
        purposes=tuple(uow.session.scalars(purposes)),
        rules={one.category: one.rule for one in rules},
        gateways=tuple(GatewayRow(*one) for one in gateways),
        obstacles=obstacles(contents_of(uow, row), uow.today),
    )


def agency_names(uow: UnitOfWork) -> tuple[tuple[UUID, str], ...]:
    """Return the agencies that can be a party, by name."""
    rows = uow.session.execute(select(Agency.id, Agency.name).order_by(Agency.name))
    return tuple((row.id, row.name) for row in rows)


def contents_of(uow: UnitOfWork, row: Agreement) -> Contents:
    """Return an agreement as the rule of coming into force sees it."""
    parties = uow.session.execute(
        select(AgreementParty.signed_on, AgreementParty.withdrawn_on).where(
            AgreementParty.agreement_id == row.id
        )
    )
    purposes = select(func.count()).where(AgreementPurpose.agreement_id == row.id)
    shared = select(func.count()).where(
        AgreementCategory.agreement_id == row.id, AgreementCategory.rule != EXCLUDED
    )
    gateways = select(AgreementGateway.commences_on).where(AgreementGateway.agreement_id == row.id)
    return Contents(
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        review_on=row.review_on,
        parties=tuple(Party(signed_on=one[0], withdrawn_on=one[1]) for one in parties),
        purposes=uow.session.scalar(purposes) or 0,
        shared_categories=uow.session.scalar(shared) or 0,
        gateways=tuple(uow.session.scalars(gateways)),
    )


def _line(row: Agreement, today: date, grace_days: int) -> AgreementLine:
    status = AgreementStatus(row.status)
    terms = Terms(
        status=status,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        review_on=row.review_on,
        is_signed=True,
    )
    in_force = status is AgreementStatus.IN_FORCE
    return AgreementLine(
        id=row.id,
        reference=row.reference,
        title=row.title,
        status=status,
        state=agreement_state(terms, today, grace_days),
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        review_on=row.review_on,
        holds_from=row.review_on + timedelta(days=grace_days + 1),
        warning=review_warning(row.review_on, today) if in_force else None,
        version=row.version,
    )
