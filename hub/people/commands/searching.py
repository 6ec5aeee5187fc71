"""Searching the register and revealing an address: looks that must say what they are for."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from hub.access.permissions import Permission
from hub.db.looks import Looked
from hub.db.units import UnitOfWork
from hub.kernel.errors import NotAllowedError, RefusedError
from hub.people.access import open_person
from hub.people.commands.look_ups import LookingUp, note_look_ups
from hub.people.events import AddressRevealed, RegisterSearched
from hub.people.matching.subjects import Query
from hub.people.models import LookUp
from hub.people.queries.register import LEAST_FACTS, PersonRow, found_people
from hub.people.rules.look_ups import Door, LookUpPolicy, Sought, bucket


@dataclass(frozen=True, kw_only=True)
class SearchRegister:
    """Whom somebody looks for, by two facts at least, and what for."""

    purpose: str
    family_name: str = ""
    given_name: str = ""
    date_of_birth: date | None = None
    postcode: str = ""
    nhs_number: str = ""

    @property
    def facts(self) -> tuple[str, ...]:
        """The facts given, as text."""
        born = self.date_of_birth.isoformat() if self.date_of_birth else ""
        given = (self.family_name, self.given_name, born, self.postcode, self.nhs_number)
        return tuple(fact for fact in given if fact)


def search_register(
    cmd: SearchRegister, *, uow: UnitOfWork, policy: LookUpPolicy
) -> tuple[PersonRow, ...]:
    """Return at most five people of the actor's own scope, once the search is in the log.

    Raises NotAllowedError for somebody without an account, RefusedError with fewer than two facts,
    TracedRefusalError after too many searches.
    """
    if uow.actor.account_id is None:
        raise NotAllowedError("the register is searched by people who are signed in")
    if len(cmd.facts) < LEAST_FACTS:
        raise RefusedError("Enter at least two facts", field="family_name")
    sought = Sought(
        given_name=cmd.given_name,
        family_name=cmd.family_name,
        date_of_birth=cmd.date_of_birth,
        postcodes=(cmd.postcode,) if cmd.postcode else (),
        nhs_number=cmd.nhs_number,
    )
    asked = LookingUp(door=Door.REGISTER, purpose=cmd.purpose, sought=sought)
    (search_id,) = note_look_ups(uow, [asked], policy)

    found = found_people(
        uow,
        Query(
            query_id="",
            given_name=cmd.given_name,
            family_name=cmd.family_name,
            date_of_birth=cmd.date_of_birth,
            postcodes=(cmd.postcode,) if cmd.postcode else (),
            nhs_number=cmd.nhs_number or None,
        ),
    )

    uow.session.get_one(LookUp, search_id).hits = bucket(len(found))
    uow.session.flush()
    uow.emit(RegisterSearched(search_id=search_id, purpose=cmd.purpose, found=len(found)))
    for row in found:
        uow.emit(Looked(kind="person", record_id=row.id))
    return found


def reveal_address(person_id: UUID, why: str, *, uow: UnitOfWork) -> UUID:
    """Put on the trail that somebody is shown where a person lives, and what for.

    Of somebody restricted only a desk is shown it. Returns the person's id. Raises NotFoundError
    and NotAllowedError. Source: security.md X20.
    """
    person = open_person(uow, person_id)
    if person.is_restricted:
        open_person(uow, person_id, Permission.REGISTER_EDIT)

    uow.emit(AddressRevealed(person_id=person.id, why=why))
    return person.id
