"""Putting somebody on the register, and changing what it says of them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import delete
from sqlalchemy.orm.attributes import flag_modified

from hub.access.permissions import Permission
from hub.agencies.models import Service
from hub.agencies.rules.cover import Refusal
from hub.db.units import UnitOfWork
from hub.kernel.errors import ConflictError, RefusedError
from hub.people.access import open_person, own_services, permit_in_service
from hub.people.commands.keys import reindex
from hub.people.events import PersonSaved
from hub.people.matching.bands import Band
from hub.people.matching.engine import rank
from hub.people.matching.normalise import fold
from hub.people.matching.subjects import Entry, Query
from hub.people.models import Person, PersonAddress, PersonName
from hub.people.queries.entries import MATCH, held, keys_of_unit, likely, sharing_keys
from hub.people.queries.records import PersonRecord, record_of
from hub.people.rules.persons import (
    Address,
    OtherName,
    address_refusal,
    birth_refusal,
    compact_nhs_number,
)
from hub.people.states import SupportStatus

SOURCE = "person_source"
"""The use of the blind index by which an authority's own id is found again."""


@dataclass(frozen=True, kw_only=True)
class SavePerson:
    """Somebody's record as it shall be; without ``person_id`` they join the register.

    ``version`` is the one that was read. ``is_another`` says that whoever saves has looked at
    the people who are much alike and means somebody else.
    """

    person_id: UUID | None = None
    version: int = 0
    source_id: str | None = None
    given_name: str
    middle_names: str | None = None
    family_name: str
    known_as: str | None = None
    date_of_birth: date | None = None
    sex: str | None = None
    nhs_number: str | None = None
    service_id: UUID | None = None
    support_status: SupportStatus = SupportStatus.ALLOCATED
    safe_phone: str | None = None
    safe_contact: str | None = None
    is_restricted: bool = False
    names: tuple[OtherName, ...] = ()
    addresses: tuple[Address, ...] = ()
    is_another: bool = False


COLUMNS = (
    "source_id", "given_name", "middle_names", "family_name", "known_as", "date_of_birth", "sex",
    "service_id", "support_status", "safe_phone", "safe_contact", "is_restricted",
)  # fmt: skip
"""The columns of a person that are kept as they are given."""


def save_person(cmd: SavePerson, *, uow: UnitOfWork) -> UUID:
    """Put somebody on the register, or change their record; return the person's id.

    Keys are rewritten with it. Raises NotFoundError, NotAllowedError, ConflictError when somebody
    else saved meanwhile, and RefusedError naming the field: a date of birth in the future, an NHS
    number that is none or is another's in the same service, an address without place or with its
    end before its start, somebody much like them who is on the register already.
    """
    person = None
    if cmd.person_id is not None:
        person = open_person(uow, cmd.person_id, Permission.REGISTER_EDIT)
        if cmd.version != person.version:
            theirs = said(record_of(uow, person.id))
            raise ConflictError("the record", theirs)

    permit_in_service(uow, Permission.REGISTER_EDIT, cmd.service_id)

    nhs_number = _check(cmd, uow=uow)

    return write_person(cmd, person, nhs_number, uow=uow)


def change_support(
    person_id: UUID, version: int, status: SupportStatus, *, uow: UnitOfWork
) -> UUID:
    """Step somebody's support up or down; return the person's id.

    Raises NotFoundError, NotAllowedError and ConflictError.
    """
    person = open_person(uow, person_id, Permission.REGISTER_EDIT)
    if version != person.version:
        raise ConflictError("the support", {"support_status": person.support_status})

    person.support_status = status

    uow.session.flush()
    uow.emit(PersonSaved(person_id=person.id, is_new=False))
    return person.id


def write_person(
    cmd: SavePerson, person: Person | None, nhs_number: str | None, *, uow: UnitOfWork
) -> UUID:
    """Write a record that has been checked, its keys with it, and say so."""
    is_new = person is None
    if person is None:
        person = Person(
            id=uow.new_id(),
            reference=uow.ids.reference(),
            source_key=source_key(uow, cmd.service_id, cmd.source_id),
            created_at=uow.now,
        )
        uow.session.add(person)
    for column in COLUMNS:
        setattr(person, column, getattr(cmd, column))
    person.nhs_number = nhs_number
    if not is_new:
        flag_modified(person, "nhs_number")  # names and addresses are rows of their own
    uow.session.flush()  # the names and addresses refer to it
    _replace_names(uow, person.id, cmd.names)
    _replace_addresses(uow, person.id, cmd.addresses)
    reindex(uow, person.id)
    uow.emit(PersonSaved(person_id=person.id, is_new=is_new))
    return person.id


def source_key(uow: UnitOfWork, service_id: UUID | None, source_id: str | None) -> int | None:
    """Return the blind index of an authority's own id, which another authority may use too."""
    if source_id is None:
        return None
    return keys_of_unit(uow).blind(SOURCE, f"{service_id}\x00{source_id}")


def said(record: PersonRecord) -> dict[str, str]:
    """Return what is saved, by field, in words for whoever must compare two versions."""
    fields = (*COLUMNS, "nhs_number")
    return {name: str(getattr(record, name) or "") for name in fields if name != "service_id"}


def _check(cmd: SavePerson, *, uow: UnitOfWork) -> str | None:
    """Hold a record against the rules and return its NHS number. Raises RefusedError."""
    try:
        nhs_number = compact_nhs_number(cmd.nhs_number)
    except ValueError as error:
        raise RefusedError(str(error), field="nhs_number") from error
    for refusal in (birth_refusal(cmd.date_of_birth, uow.today), address_refusal(cmd.addresses)):
        _refuse(refusal)
    if cmd.service_id is not None and uow.session.get(Service, cmd.service_id) is None:
        raise RefusedError("This choice is no longer there. Choose again", field="service_id")
    if nhs_number and _is_anothers(uow, nhs_number, cmd.person_id):
        why = "Somebody else on your register has this NHS number. Check both records"
        raise RefusedError(why, field="nhs_number")
    if cmd.person_id is None and not cmd.is_another and _is_like_somebody(uow, cmd):
        why = (
            "Somebody much like this is on your register. Find them first, or tick that this is"
            " another person"
        )
        raise RefusedError(why, field="is_another")
    return nhs_number


def _refuse(refusal: Refusal | None) -> None:
    if refusal is not None:
        raise RefusedError(refusal.why, field=refusal.field)


def _is_anothers(uow: UnitOfWork, nhs_number: str, person_id: UUID | None) -> bool:
    """Tell whether somebody else in the actor's own services has the number."""
    key = keys_of_unit(uow).blind(MATCH, f"nhs:{nhs_number}")
    services = own_services(uow)
    found = held(uow, sharing_keys(uow, [key]))
    return any(
        other.service_id in services and other.entry.nhs_number == nhs_number
        for other_id, other in found.items()
        if other_id != person_id
    )


def _is_like_somebody(uow: UnitOfWork, cmd: SavePerson) -> bool:
    """Tell whether somebody in the actor's own services is probably the same person.

    The same name and the same day of birth are enough to ask: whoever adds the person says then
    that they mean another one, while a second record of one person would go unseen.
    """
    aliases = [(name.given_name, name.family_name) for name in cmd.names]
    wanted = Query(
        query_id="",
        given_name=cmd.given_name,
        middle_names=cmd.middle_names or "",
        family_name=cmd.family_name,
        date_of_birth=cmd.date_of_birth,
        postcodes=tuple(each.postcode for each in cmd.addresses if each.postcode),
        aliases=(*aliases, *([(cmd.known_as, "")] if cmd.known_as else [])),
        nhs_number=cmd.nhs_number,
        phones=(cmd.safe_phone,) if cmd.safe_phone else (),
    )
    _, people = likely(uow, [[wanted]])
    services = own_services(uow)
    own = [other.entry for other in people.values() if other.service_id in services]
    strong = {Band.CERTAIN, Band.PROBABLE}
    ranked = rank(wanted, own, limit=len(own))
    return any(found.comparison.band in strong for found in ranked) or any(
        _is_namesake_of_the_day(wanted, entry) for entry in own
    )


def _is_namesake_of_the_day(wanted: Query, entry: Entry) -> bool:
    """Tell whether both have the same name, written alike or not, and the same day of birth."""
    given = {fold(entry.given_name), fold(entry.known_as)}
    return (
        wanted.date_of_birth is not None
        and wanted.date_of_birth == entry.date_of_birth
        and fold(wanted.family_name) == fold(entry.family_name)
        and fold(wanted.given_name) in given
    )


def _replace_names(uow: UnitOfWork, person_id: UUID, names: Iterable[OtherName]) -> None:
    uow.session.execute(delete(PersonName).where(PersonName.person_id == person_id))
    for name in dict.fromkeys(names):
        uow.session.add(
            PersonName(
                id=uow.new_id(),
                person_id=person_id,
                kind=name.kind,
                given_name=name.given_name,
                family_name=name.family_name,
            )
        )


def _replace_addresses(uow: UnitOfWork, person_id: UUID, addresses: Iterable[Address]) -> None:
    uow.session.execute(delete(PersonAddress).where(PersonAddress.person_id == person_id))
    for address in dict.fromkeys(addresses):
        uow.session.add(
            PersonAddress(
                id=uow.new_id(),
                person_id=person_id,
                lines=address.lines,
                postcode=address.postcode,
                from_on=address.from_on,
                until_on=address.until_on,
            )
        )
