"""Versions of agreements read whole, as the frozen values that the rules of the register eat."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import select

from hub.agencies.models import Agency
from hub.db.units import UnitOfWork
from hub.sharing.models import (
    Agreement,
    AgreementBasis,
    AgreementCategory,
    AgreementGateway,
    AgreementParty,
    AgreementPurpose,
    AgreementRight,
)
from hub.sharing.register.codes import CATEGORIES, PURPOSES
from hub.sharing.register.contents import (
    Assessment,
    Category,
    Contents,
    Handling,
    Party,
    Purpose,
)
from hub.sharing.register.gateways import Gateway


def contents_of(uow: UnitOfWork, row: Agreement) -> Contents:
    """Return one version, whole, in seven queries."""
    parts = _Parts(uow, row.id)
    return Contents(
        reference=row.reference,
        number=row.number,
        title=row.title,
        tier=row.tier,
        framework=row.framework,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        review_on=row.review_on,
        first_review_months=row.first_review_months,
        review_months=row.review_months,
        subjects=words(row.subjects),
        purposes=parts.purposes(),
        categories=parts.categories(),
        gateways=parts.gateways(),
        parties=parts.parties(),
        exclusions=words(row.exclusions),
        other_exclusions=row.other_exclusions,
        handling=Handling(
            methods=words(row.methods),
            marking=row.marking,
            encryption=row.encryption,
            verbal=row.verbal,
            onward=row.onward,
            onward_to=row.onward_to,
            breach_hours=row.breach_hours,
        ),
        assessment=Assessment(
            dpia_reference=row.dpia_reference,
            dpia_on=row.dpia_on,
            dpia_outcome=row.dpia_outcome,
            dpia_review_on=row.dpia_review_on,
            policy_reference=row.policy_reference,
            policy_on=row.policy_on,
        ),
        rights=parts.rights(),
        liability=row.liability,
        termination=row.termination,
    )


def words(text: str) -> tuple[str, ...]:
    """Return the codes of a list that is kept as one text."""
    return tuple(text.split())


class _Parts:
    """The rows that belong to one version."""

    def __init__(self, uow: UnitOfWork, agreement_id: UUID) -> None:
        self.uow = uow
        self.agreement_id = agreement_id

    def _rows(self, table: Any) -> Sequence[Any]:  # noqa: ANN401 - any table of parts
        wanted = select(table).where(table.agreement_id == self.agreement_id)
        return self.uow.session.scalars(wanted).all()

    def purposes(self) -> tuple[Purpose, ...]:
        found = {row.purpose: row.consent for row in self._rows(AgreementPurpose)}
        return tuple(Purpose(code=code, consent=found[code]) for code in _ordered(found, PURPOSES))

    def categories(self) -> tuple[Category, ...]:
        found = {row.category: row for row in self._rows(AgreementCategory)}
        return tuple(
            Category(
                code=code,
                to_service=found[code].to_service,
                to_asker=found[code].to_asker,
                subjects=words(found[code].subjects),
                retention=found[code].retention,
            )
            for code in _ordered(found, CATEGORIES)
        )

    def gateways(self) -> tuple[Gateway, ...]:
        found = [
            Gateway(
                key=str(row.id),
                code=row.code,
                statute=row.statute,
                section=row.section,
                kind=row.kind,
                direction=row.direction,
                commences_on=row.commences_on,
                from_age=row.from_age,
                until_age=row.until_age,
                relies=row.relies,
            )
            for row in self._rows(AgreementGateway)
        ]
        return tuple(sorted(found, key=lambda one: (one.citation, one.key)))

    def parties(self) -> tuple[Party, ...]:
        bases: dict[UUID, list[str]] = defaultdict(list)
        for row in self._rows(AgreementBasis):
            bases[row.agency_id].append(row.code)
        query = (
            select(AgreementParty, Agency.name, Agency.kind)
            .join(Agency, Agency.id == AgreementParty.agency_id)
            .where(AgreementParty.agreement_id == self.agreement_id)
            .order_by(Agency.name)
        )
        return tuple(
            Party(
                agency_id=row.agency_id,
                agency=name,
                kind=kind,
                role=row.role,
                legal_name=row.legal_name,
                ico_number=row.ico_number,
                dpo=row.dpo,
                signatory=row.signatory or "",
                signed_on=row.signed_on,
                withdrawn_on=row.withdrawn_on,
                bases=tuple(sorted(bases[row.agency_id])),
                contact_id=row.contact_id,
                deputy_id=row.deputy_id,
            )
            for row, name, kind in self.uow.session.execute(query)
        )

    def rights(self) -> tuple[tuple[str, UUID], ...]:
        return tuple(sorted((row.code, row.agency_id) for row in self._rows(AgreementRight)))


def _ordered(found: Iterable[str], order: Iterable[str]) -> list[str]:
    """Return the codes in the order of their list; a code that is no longer listed comes last."""
    known = [code for code in order if code in set(found)]
    return [*known, *sorted(set(found) - set(known))]
