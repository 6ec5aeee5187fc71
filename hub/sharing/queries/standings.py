"""Where services stand with their agreements, asked for many services at once."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select

from hub.agencies.models import Service
from hub.db.units import UnitOfWork
from hub.sharing.models import (
    Agreement,
    AgreementCategory,
    AgreementParty,
    AgreementPurpose,
)
from hub.sharing.register import EXCLUDED
from hub.sharing.states import AgreementState, AgreementStatus, Terms, agreement_state, best

EXISTENCE = "existence"


@dataclass(frozen=True, kw_only=True)
class Standing:
    """What the agreements of one service's agency are worth for one purpose."""

    state: AgreementState
    agreement_id: UUID | None
    category_rule: str
    """What it says of the fact that somebody is involved; what it does not list it excludes."""


def standings(
    uow: UnitOfWork, service_ids: Collection[UUID], purpose: str, *, day: date, grace_days: int
) -> dict[UUID, Standing]:
    """Return for each service the best of the agreements that name the purpose.

    An agency is bound once it has signed and until it withdraws; of a service that another agency
    delivers it is the provider who must be bound, because its people receive the information.
    """
    if not service_ids:
        return {}
    rows = uow.session.execute(
        select(
            Service.id,
            Agreement.id,
            Agreement.status,
            Agreement.starts_on,
            Agreement.ends_on,
            Agreement.review_on,
            AgreementParty.signed_on,
            AgreementParty.withdrawn_on,
            AgreementCategory.rule,
        )
        .join(AgreementParty, AgreementParty.agency_id == Service.agency_id)
        .join(Agreement, Agreement.id == AgreementParty.agreement_id)
        .join(AgreementPurpose, AgreementPurpose.agreement_id == Agreement.id)
        .outerjoin(
            AgreementCategory,
            (AgreementCategory.agreement_id == Agreement.id)
            & (AgreementCategory.category == EXISTENCE),
        )
        .where(Service.id.in_(service_ids), AgreementPurpose.purpose == purpose)
        .order_by(Agreement.reference)
    ).all()
    found: dict[UUID, list[Standing]] = defaultdict(list)
    for row in rows:
        signed = row.signed_on is not None and row.signed_on <= day
        gone = row.withdrawn_on is not None and row.withdrawn_on <= day
        terms = Terms(
            status=AgreementStatus(row.status),
            starts_on=row.starts_on,
            ends_on=row.ends_on,
            review_on=row.review_on,
            is_signed=signed and not gone,
        )
        found[row[0]].append(
            Standing(
                state=agreement_state(terms, day, grace_days),
                agreement_id=row[1],
                category_rule=row.rule or EXCLUDED,
            )
        )
    return {service: _best(found.get(service, [])) for service in service_ids}


def _best(standings_: list[Standing]) -> Standing:
    state = best(standing.state for standing in standings_)
    return next(
        (standing for standing in standings_ if standing.state is state),
        Standing(state=state, agreement_id=None, category_rule=EXCLUDED),
    )
