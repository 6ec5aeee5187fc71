"""Writes the invented people on to the register, in bulk."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import insert

from hub.cli.made_up.county import CASELOAD, County
from hub.cli.made_up.register import MadeUp
from hub.db.units import UnitOfWork
from hub.kernel.actor import Role
from hub.people.commands.keys import index_people
from hub.people.events import RegisterImported
from hub.people.matching.subjects import Entry
from hub.people.models import Allocation, Person, PersonAddress, PersonName

PEOPLE = 2_000
"""How many people are written at a time."""

WITHOUT_WORKER = 30
"""One person in so many has no leaving care worker at present."""


def enter_people(county: County, people: list[MadeUp], *, uow: UnitOfWork) -> None:
    """Write invented people on to the register in bulk, with keys, workers and addresses."""
    rng, today = county.rng, uow.today
    ids = {person.person_id: uow.new_id() for person in people}
    county.people |= ids
    uow.session.execute(
        insert(Person),
        [
            {
                "id": ids[person.person_id],
                "reference": uow.ids.reference(),
                "source_id": person.person_id,
                "given_name": person.given_name,
                "middle_names": person.middle_names or None,
                "family_name": person.family_name,
                "known_as": person.known_as or None,
                "date_of_birth": person.date_of_birth,
                "sex": person.sex,
                "service_id": county.service_id,
                "support_status": person.support_status,
                "created_at": uow.now,
            }
            for person in people
        ],
    )
    uow.session.execute(
        insert(PersonAddress),
        [
            {
                "id": uow.new_id(),
                "person_id": ids[person.person_id],
                "postcode": person.postcode,
                "from_on": today - timedelta(days=rng.randrange(30, 900)),
            }
            for person in people
        ],
    )
    names = [_alias(uow, ids[person.person_id], person) for person in people if person.aliases]
    if names:
        uow.session.execute(insert(PersonName), names)
    uow.session.execute(insert(Allocation), list(_allocations(uow, county, people, ids)))
    index_people(uow, {ids[person.person_id]: _entry(person) for person in people})
    uow.emit(
        RegisterImported(
            import_id=uow.new_id(), service_id=county.service_id, added=len(people), changed=0
        )
    )


def _alias(uow: UnitOfWork, person_id: UUID, person: MadeUp) -> dict[str, Any]:
    given, _, family = person.aliases.partition("|")
    return {
        "id": uow.new_id(),
        "person_id": person_id,
        "kind": "alias",
        "given_name": given,
        "family_name": family,
    }


def _allocations(
    uow: UnitOfWork, county: County, people: list[MadeUp], ids: dict[str, UUID]
) -> list[dict[str, Any]]:
    """Return a worker for all but one in thirty, and a social worker for most under 18."""
    rng, rows = county.rng, []
    own = county.logins[Role.LEAVING_CARE_WORKER].contact_id
    for at, person in enumerate(people):
        worker = own if at % CASELOAD == 1 else rng.choice(county.workers)
        if at % WITHOUT_WORKER:
            rows.append(_allocation(uow, ids[person.person_id], worker, "leaving_care_worker"))
        if person.date_of_birth.year > uow.today.year - 18 and rng.random() < 0.9:
            worker = rng.choice(county.social_workers)
            rows.append(_allocation(uow, ids[person.person_id], worker, "social_worker"))
    return rows


def _allocation(uow: UnitOfWork, person_id: UUID, worker: UUID | None, role: str) -> dict[str, Any]:
    return {
        "id": uow.new_id(),
        "person_id": person_id,
        "worker_id": worker,
        "role": role,
        "from_on": uow.today - timedelta(days=200),
    }


def _entry(person: MadeUp) -> Entry:
    given, _, family = person.aliases.partition("|")
    return Entry(
        person_id=person.person_id,
        given_name=person.given_name,
        middle_names=person.middle_names,
        family_name=person.family_name,
        known_as=person.known_as,
        date_of_birth=person.date_of_birth,
        sex=person.sex,
        postcodes=(person.postcode,),
        aliases=((given, family),) if person.aliases else (),
    )
