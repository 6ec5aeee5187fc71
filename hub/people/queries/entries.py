"""People as the matching engine compares them, and who shares a key with a question.

Nothing here grows with the register: a key that finds very many tells little and is cut short, and
at most sixty people are read and compared.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from uuid import UUID

from sqlalchemy import TextualSelect, Uuid, bindparam, select, text

from hub.db.keyring import Keyring
from hub.db.types import keyring_of
from hub.db.units import UnitOfWork
from hub.people.matching.keys import blocking_keys
from hub.people.matching.subjects import Entry, Query
from hub.people.models import MatchKey, Person, PersonAddress, PersonName

MOST_CANDIDATES = 60
MOST_PER_KEY = 200
MOST_KEYS = 400
"""SQLite takes 500 parts in one compound query."""

MATCH = "match"


@dataclass(frozen=True, slots=True)
class Held:
    """Somebody on the register as the engine reads them, and what is needed to route a question."""

    entry: Entry
    service_id: UUID | None
    is_restricted: bool


def keys_of_unit(uow: UnitOfWork) -> Keyring:
    """Return the keys with which this unit's database is sealed."""
    return keyring_of(uow.session.get_bind().dialect)


def blind_keys(keyring: Keyring, subjects: Iterable[Entry | Query]) -> list[int]:
    """Return the subjects' blocking keys, blinded, each once; those of one fact alone come last.

    The NHS and telephone numbers stand first, so that a cut never costs them.
    """
    keys = {key for subject in subjects for key in blocking_keys(subject)}
    strong = sorted(key for key in keys if key.startswith(("nhs:", "tel:")))
    return [keyring.blind(MATCH, key) for key in (*strong, *sorted(keys.difference(strong)))]


@cache
def _sharing(number: int) -> TextualSelect:
    """Return the query for who shares any of so many keys; k0, k1 and so on are given later."""
    one_key = (
        "SELECT person_id FROM (SELECT person_id FROM match_key"
        " WHERE key = :k{0} ORDER BY person_id LIMIT :most) AS found_{0}"
    )
    parts = " UNION ALL ".join(one_key.format(at) for at in range(number))
    query = text(
        "SELECT person_id, count(*) AS shared FROM ("  # noqa: S608 - made of numbered binds alone
        f"{parts}) AS found GROUP BY person_id ORDER BY shared DESC, person_id LIMIT :limit"
    )
    return query.columns(person_id=Uuid())


def sharing_keys(uow: UnitOfWork, keys: Sequence[int]) -> list[UUID]:
    """Return at most sixty people who share any of the keys, those who share most first."""
    wanted = keys[:MOST_KEYS]
    if not wanted:
        return []
    given = {f"k{at}": key for at, key in enumerate(wanted)}
    limits = {"most": MOST_PER_KEY, "limit": MOST_CANDIDATES}
    uow.session.flush()  # what this unit changed is seen
    asked = uow.session.connection().execute(_sharing(len(wanted)), given | limits)
    return [person_id for person_id, _ in asked]


# Made once: to put a query together costs more than to ask it.
_PEOPLE = bindparam("people", type_=Uuid(), expanding=True)
_NAMES = (
    select(PersonName.person_id, PersonName.given_name, PersonName.family_name)
    .where(PersonName.person_id.in_(_PEOPLE))
    .order_by(PersonName.id)
)
_POSTCODES = (
    select(PersonAddress.person_id, PersonAddress.postcode)
    .where(PersonAddress.person_id.in_(_PEOPLE), PersonAddress.postcode.is_not(None))
    .order_by(PersonAddress.id)
)
_ENTRIES = select(
    Person.id,
    Person.given_name,
    Person.middle_names,
    Person.family_name,
    Person.known_as,
    Person.date_of_birth,
    Person.nhs_number,
    Person.safe_phone,
    Person.service_id,
    Person.is_restricted,
).where(Person.id.in_(_PEOPLE))


def held(uow: UnitOfWork, person_ids: Collection[UUID]) -> dict[UUID, Held]:
    """Return the people by id as the engine compares them, in three queries, however few."""
    wanted = {"people": list(person_ids)}
    names: dict[UUID, list[tuple[str, str]]] = {}
    for person_id, given_name, family_name in uow.rows(_NAMES, wanted):
        names.setdefault(person_id, []).append((given_name, family_name))
    postcodes: dict[UUID, list[str]] = {}
    for person_id, postcode in uow.rows(_POSTCODES, wanted):
        if postcode:
            postcodes.setdefault(person_id, []).append(postcode)
    return {
        row.id: Held(
            Entry(
                person_id=str(row.id),
                given_name=row.given_name,
                middle_names=row.middle_names or "",
                family_name=row.family_name,
                known_as=row.known_as or "",
                date_of_birth=row.date_of_birth,
                postcodes=tuple(postcodes.get(row.id, ())),
                aliases=tuple(names.get(row.id, ())),
                nhs_number=row.nhs_number,
                phones=(row.safe_phone,) if row.safe_phone else (),
            ),
            row.service_id,
            row.is_restricted,
        )
        for row in uow.rows(_ENTRIES, wanted)
    }


def holders_of_numbers(
    uow: UnitOfWork, numbers: Iterable[str], service_id: UUID
) -> dict[str, set[str]]:
    """Return for each NHS number that people of a service have what the service knows them by.

    That is the authority's own id, or the reference of somebody without one.
    """
    keyring = keys_of_unit(uow)
    by_key = {keyring.blind(MATCH, f"nhs:{number}"): number for number in numbers}
    rows = uow.session.execute(
        select(MatchKey.key, Person.source_id, Person.reference)
        .join(Person, Person.id == MatchKey.person_id)
        .where(MatchKey.key.in_(by_key), Person.service_id == service_id)
    )
    found: dict[str, set[str]] = {}
    for row in rows:
        found.setdefault(by_key[row.key], set()).add(row.source_id or row.reference)
    return found


def likely(
    uow: UnitOfWork, asked: Sequence[Sequence[Entry | Query]]
) -> tuple[list[list[UUID]], dict[UUID, Held]]:
    """Return for each group of subjects who may be meant, and all of them as held, by id."""
    keyring = keys_of_unit(uow)
    found = [sharing_keys(uow, blind_keys(keyring, subjects)) for subjects in asked]
    return found, held(uow, {person_id for ids in found for person_id in ids})
