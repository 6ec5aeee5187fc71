"""Where agencies stand with their agreements: many services at once, or two agencies."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Row, Select, select
from sqlalchemy.orm import InstrumentedAttribute, aliased

from hub.agencies.models import Agency, Service
from hub.db.units import UnitOfWork
from hub.sharing.models import Agreement, AgreementCategory, AgreementParty, AgreementPurpose
from hub.sharing.register.codes import TO_SERVICE
from hub.sharing.register.contents import Category
from hub.sharing.register.standing import Asked, Standing, Version, standing
from hub.sharing.states.agreements import AgreementState, AgreementStatus, Terms

EXISTENCE = "existence"

AnySelect = Select[*tuple[Any, ...]]
AnyParty = type[AgreementParty]


def standings(
    uow: UnitOfWork,
    service_ids: Collection[UUID],
    purpose: str,
    *,
    day: date,
    grace_days: int,
) -> dict[UUID, Standing]:
    """Return for each service whether it may be told, for a purpose, that a case concerns it.

    Only agreements that name the purpose count, and an agency is bound once it has signed and until
    it withdraws. Of a service that another agency delivers it is the provider who must be bound,
    because its people receive the information. Who tells is not asked here: ``terms_between``
    wants both agencies.
    """
    if not service_ids:
        return {}
    asked = Asked(purpose=purpose, category=EXISTENCE, direction=TO_SERVICE)
    query = (
        _versions(asked, Service.id, AgreementParty)
        .join(Service, Service.agency_id == AgreementParty.agency_id)
        .where(Service.id.in_(service_ids), AgreementPurpose.purpose.is_not(None))
    )
    found: dict[UUID, list[Version]] = defaultdict(list)
    for row in uow.session.execute(query):
        found[row[0]].append(_version(row, asked, day, (row[1:4],)))
    suspended = _suspended(uow, service_ids)
    return {
        service: _taking_part(
            standing(found[service], asked, day, grace_days=grace_days),
            is_suspended=service in suspended,
        )
        for service in service_ids
    }


def terms_between(
    uow: UnitOfWork,
    *,
    asker_agency_id: UUID,
    holder_agency_id: UUID,
    asked: Asked,
    day: date,
    grace_days: int,
) -> Standing:
    """Return what the agreements between two agencies say of one disclosure on a day in London.

    Both agencies must be signed parties of the same version; a provider who delivers for an
    authority counts by its own signature, so its own id is the one to give. Where no such agreement
    names the purpose, the state is that of the best there is and ``purpose_permitted`` is False.
    """
    asker, holder = aliased(AgreementParty), aliased(AgreementParty)
    query = (
        _versions(asked, Agreement.id, asker, holder)
        .join(holder, holder.agreement_id == Agreement.id)
        .where(asker.agency_id == asker_agency_id, holder.agency_id == holder_agency_id)
    )
    versions = [
        _version(row, asked, day, (row[1:4], row[4:7])) for row in uow.session.execute(query)
    ]
    found = standing(versions, asked, day, grace_days=grace_days)
    sides = (asker_agency_id, holder_agency_id)
    out = select(Agency.id).where(Agency.id.in_(sides), Agency.suspended_at.is_not(None))
    return _taking_part(found, is_suspended=uow.session.scalar(out.limit(1)) is not None)


def _suspended(uow: UnitOfWork, service_ids: Collection[UUID]) -> frozenset[UUID]:
    """Return those of the services whose agency does not take part at present."""
    wanted = (
        select(Service.id)
        .join(Agency, Agency.id == Service.agency_id)
        .where(Service.id.in_(service_ids), Agency.suspended_at.is_not(None))
    )
    return frozenset(uow.session.scalars(wanted))


def _taking_part(found: Standing, *, is_suspended: bool) -> Standing:
    """Return what agreements are worth: under none is anything shared while an agency is out."""
    return replace(found, state=AgreementState.SUSPENDED) if is_suspended else found


def _versions(
    asked: Asked, about: InstrumentedAttribute[UUID], first: AnyParty, *others: AnyParty
) -> AnySelect:
    """Return a query of versions with what they say of the purpose and the category asked about.

    Its first column is ``about``; three columns for each party follow. All parties but the first
    are for the caller to join.
    """
    days = [
        column
        for party in (first, *others)
        for column in (party.agency_id, party.signed_on, party.withdrawn_on)
    ]
    return (
        select(
            about,
            *days,
            Agreement.id.label("agreement_id"),
            Agreement.status,
            Agreement.starts_on,
            Agreement.ends_on,
            Agreement.review_on,
            Agreement.superseded_on,
            Agreement.subjects.label("people"),
            Agreement.exclusions,
            AgreementPurpose.purpose,
            AgreementPurpose.consent,
            AgreementCategory.category,
            AgreementCategory.to_service,
            AgreementCategory.to_asker,
            AgreementCategory.subjects,
            AgreementCategory.retention,
        )
        .select_from(Agreement)
        .join(first, first.agreement_id == Agreement.id)
        .outerjoin(
            AgreementPurpose,
            (AgreementPurpose.agreement_id == Agreement.id)
            & (AgreementPurpose.purpose == asked.purpose),
        )
        .outerjoin(
            AgreementCategory,
            (AgreementCategory.agreement_id == Agreement.id)
            & (AgreementCategory.category == asked.category),
        )
        .order_by(Agreement.reference, Agreement.number)
    )


def _version(row: Row[Any], asked: Asked, day: date, parties: tuple[Any, ...]) -> Version:
    return Version(
        agreement_id=row.agreement_id,
        terms=Terms(
            status=AgreementStatus(row.status),
            starts_on=row.starts_on,
            ends_on=row.ends_on,
            review_on=row.review_on,
            superseded_on=row.superseded_on,
            is_signed=all(_is_bound(signed, left, day) for _, signed, left in parties),
        ),
        purposes={asked.purpose: row.consent} if row.purpose else {},
        exclusions=tuple(row.exclusions.split()),
        category=_category(row),
    )


def _is_bound(signed_on: date | None, withdrawn_on: date | None, day: date) -> bool:
    signed = signed_on is not None and signed_on <= day
    return signed and (withdrawn_on is None or withdrawn_on > day)


def _category(row: Row[Any]) -> Category | None:
    """Return the category as listed, about whom it is and the agreement is too."""
    if row.category is None:
        return None
    people = set(row.people.split())
    return Category(
        code=row.category,
        to_service=row.to_service,
        to_asker=row.to_asker,
        subjects=tuple(one for one in row.subjects.split() if one in people),
        retention=row.retention,
    )
