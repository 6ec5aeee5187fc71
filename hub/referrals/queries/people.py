"""Who is named in a concern."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select

from hub.db.units import UnitOfWork
from hub.kernel.errors import NotFoundError
from hub.people.rules.look_ups import Sought
from hub.referrals.models import Party


@dataclass(frozen=True)
class PartyRow:
    """Somebody named in a concern. ``details`` has the keys of the person forms that were said.

    Those are: aliases (list), other_date_of_birth and due_on (ISO), is_date_approximate,
    about_age, gender, nhs_number, responsible_authority, worker_name, relationship ...; for the
    victim also address, postcode, usual_address, housing and phone.
    """

    id: UUID
    concern_id: UUID
    role: str
    position: int
    given_name: str | None
    family_name: str | None
    date_of_birth: date | None
    care_answer: str | None
    details: dict[str, Any]

    @property
    def name(self) -> str:
        """The name as far as it is known, or an empty text."""
        return " ".join(part for part in (self.given_name, self.family_name) if part)


def parties_of(uow: UnitOfWork, concern_ids: Iterable[UUID]) -> tuple[PartyRow, ...]:
    """Return everybody named in these concerns, by concern, role and position."""
    rows = uow.session.execute(
        select(
            Party.id,
            Party.concern_id,
            Party.role,
            Party.position,
            Party.given_name,
            Party.family_name,
            Party.date_of_birth,
            Party.care_answer,
            Party.details,
        ).where(Party.concern_id.in_(tuple(concern_ids)))
    )
    found = [PartyRow(*row[:-1], json.loads(row.details)) for row in rows]
    order = {"victim": 0, "alleged_perpetrator": 1, "child": 2, "other_adult": 3}
    return tuple(
        sorted(found, key=lambda each: (str(each.concern_id), order[each.role], each.position))
    )


def sought_in(party: PartyRow) -> Sought:
    """Return somebody named in a concern as somebody who is looked up."""
    said = party.details
    return Sought(
        given_name=party.given_name or "",
        family_name=party.family_name or "",
        date_of_birth=party.date_of_birth,
        postcodes=tuple(said[name] for name in ("postcode",) if said.get(name)),
        phones=tuple(said[name] for name in ("phone",) if said.get(name)),
        nhs_number=said.get("nhs_number") or "",
    )


def party_row(uow: UnitOfWork, party_id: UUID) -> PartyRow:
    """Return one person of a concern. Raises NotFoundError."""
    concern_id = uow.session.scalar(select(Party.concern_id).where(Party.id == party_id))
    if concern_id is None:
        raise NotFoundError("no such person in a concern")
    return next(each for each in parties_of(uow, [concern_id]) if each.id == party_id)
