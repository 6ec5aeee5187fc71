"""What a printed agenda says of each case: who it is about, who asked, why, and what is held.

Addresses, telephone numbers and what happened are not for paper: they stay on the case's own page.
Open the items through a reader's copy first; nothing here asks whether they may be seen.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select

from hub.agencies.models import Agency
from hub.db.units import UnitOfWork
from hub.marac.models import Research
from hub.meetings.models import Item, ItemPerson
from hub.referrals.queries.concerns import concern_rows
from hub.referrals.queries.people import parties_of


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody on a case, as the referral named them."""

    role: str
    name: str
    born_on: date | None
    care_status: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """One case on paper; agencies by what they said of it, by name."""

    people: tuple[Named, ...]
    agency: str
    criteria: tuple[str, ...]
    shared: tuple[str, ...]
    nothing_held: tuple[str, ...]
    refused: tuple[str, ...]
    silent: tuple[str, ...]


def sheets_of(uow: UnitOfWork, item_ids: Iterable[UUID]) -> dict[UUID, Sheet]:
    """Return the sheets by item: five queries, however many there are."""
    ids = tuple(item_ids)
    concerns = {
        row.id: row.concern_id
        for row in uow.session.execute(
            select(Item.id, Item.concern_id).where(Item.id.in_(ids), Item.concern_id.is_not(None))
        )
    }
    said = {row.id: row for row in concern_rows(uow, concerns.values())}
    care = {
        (row.item_id, row.party_id): row.care_status
        for row in uow.session.execute(
            select(ItemPerson.item_id, ItemPerson.party_id, ItemPerson.care_status).where(
                ItemPerson.item_id.in_(ids)
            )
        )
    }
    parties = defaultdict(list)
    for party in parties_of(uow, concerns.values()):
        parties[party.concern_id].append(party)
    states = _research(uow, ids)
    return {
        item: Sheet(
            people=tuple(
                Named(one.role, one.name, one.date_of_birth, care.get((item, one.id), ""))
                for one in parties[concern]
            ),
            agency=said[concern].agency,
            criteria=said[concern].criteria,
            shared=tuple(states[item, "shared"]),
            nothing_held=tuple(states[item, "nothing_held"]),
            refused=tuple(states[item, "refused"]),
            silent=tuple(states[item, "asked"]),
        )
        for item, concern in concerns.items()
    }


def victims_of(uow: UnitOfWork, item_ids: Iterable[UUID]) -> dict[UUID, str]:
    """Return the victims' names by item, as the referrals gave them."""
    concerns = {
        row.concern_id: row.id
        for row in uow.session.execute(
            select(Item.id, Item.concern_id).where(
                Item.id.in_(tuple(item_ids)), Item.concern_id.is_not(None)
            )
        )
    }
    return {
        concerns[party.concern_id]: party.name or "Name not known"
        for party in parties_of(uow, concerns)
        if party.role == "victim"
    }


def _research(uow: UnitOfWork, ids: tuple[UUID, ...]) -> defaultdict[tuple[UUID, str], list[str]]:
    """Return the names of the agencies by item and by what they said; silence is its own."""
    found: defaultdict[tuple[UUID, str], list[str]] = defaultdict(list)
    rows = uow.session.execute(
        select(Research.item_id, Research.state, Agency.name)
        .join(Agency, Agency.id == Research.agency_id)
        .where(Research.item_id.in_(ids))
        .order_by(Agency.name)
    )
    for row in rows:
        found[row.item_id, row.state].append(row.name)
    return found
