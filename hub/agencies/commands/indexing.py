"""Keeps the words by which services and contacts are found as what the entries say now.

It is a projection: what the words should be is computed from the rows and the difference written,
so that running it twice changes nothing.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import TypeVar
from uuid import UUID

from sqlalchemy import ColumnElement, delete, insert, select

from hub.agencies.models import (
    Contact,
    DirectoryEntry,
    DirectoryGram,
    DirectoryWord,
    Service,
)
from hub.agencies.queries.contacts import contacts_by_id
from hub.agencies.queries.services import areas_of, offices_of, services
from hub.agencies.rules.kinds import ROLE_WORDS, SERVICE_WORDS, ContactRole, ServiceKind
from hub.agencies.rules.terms import grams, index_words
from hub.db.units import UnitOfWork

ItemType = TypeVar("ItemType")
BATCH = 500
Entry = tuple[str, str, bool]
"""Code, words, and whether the public may find it."""


def index_agency(uow: UnitOfWork, agency_id: UUID) -> None:
    """Index everything of an agency anew, as when its name or areas change."""
    provided = (Service.agency_id == agency_id) | (Service.authority_id == agency_id)
    index_services_where(uow, provided)
    index_contacts_where(uow, Contact.agency_id == agency_id)


def index_services_where(uow: UnitOfWork, condition: ColumnElement[bool]) -> None:
    """Index the services that the condition names anew."""
    uow.session.flush()
    index_services(uow, list(uow.session.scalars(select(Service.id).where(condition))))


def index_contacts_where(uow: UnitOfWork, condition: ColumnElement[bool]) -> None:
    """Index the contacts that the condition names anew."""
    uow.session.flush()
    index_contacts(uow, list(uow.session.scalars(select(Contact.id).where(condition))))


def index_services(uow: UnitOfWork, service_ids: Collection[UUID]) -> None:
    """Index services anew: their names, kind, agencies, areas, offices and places served."""
    uow.session.flush()
    for some in batches(service_ids):
        rows = services(uow, some)
        offices = offices_of(uow, {row.agency_id for row in rows})
        agencies = {row.agency_id for row in rows} | {
            row.authority_id or row.agency_id for row in rows
        }
        areas = areas_of(uow, agencies)
        entries: dict[UUID, Entry] = {}
        for row in rows:
            own = [
                office
                for office in offices
                if office.agency_id == row.agency_id and office.service_id in (None, row.id)
            ]
            shown = [office for office in own if office.is_public or not row.is_public]
            texts = [row.name, SERVICE_WORDS[ServiceKind(row.kind)], row.agency, row.authority]
            texts += areas.get(row.agency_id, ())
            texts += areas.get(row.authority_id, ()) if row.authority_id else ()
            texts += [office.name for office in shown]
            texts += [place for office in shown for place in office.serves]
            entries[row.id] = (row.kind, index_words(texts), row.is_public)
        _write(uow, "service", some, entries)


def index_contacts(uow: UnitOfWork, contact_ids: Collection[UUID]) -> None:
    """Index contacts anew: their names, role, agency, service, team and office."""
    uow.session.flush()
    for some in batches(contact_ids):
        entries: dict[UUID, Entry] = {}
        for row in contacts_by_id(uow, some).values():
            role = ROLE_WORDS[ContactRole(row.role)]
            texts = (row.name, role, row.agency, row.service, row.team, row.office)
            entries[row.id] = (row.role, index_words(texts), False)
        _write(uow, "contact", some, entries)


def _write(
    uow: UnitOfWork, kind: str, owner_ids: Collection[UUID], entries: Mapping[UUID, Entry]
) -> None:
    """Write what differs of one kind for these owners; an owner without an entry loses it."""
    session = uow.session
    present = {
        row.owner_id: (row.code, row.words, row.is_public)
        for row in session.execute(
            select(
                DirectoryEntry.owner_id,
                DirectoryEntry.code,
                DirectoryEntry.words,
                DirectoryEntry.is_public,
            ).where(DirectoryEntry.kind == kind, DirectoryEntry.owner_id.in_(owner_ids))
        )
    }
    stale = [owner for owner, entry in present.items() if entries.get(owner) != entry]
    fresh = [owner for owner, entry in entries.items() if present.get(owner) != entry]
    gone = {word for owner in stale for word in present[owner][1].split()}
    if stale:
        for table in (DirectoryWord, DirectoryEntry):
            session.execute(
                delete(table).where(table.kind == kind, table.owner_id.in_(stale)),
                execution_options={"synchronize_session": False},
            )
    if fresh:
        _insert(uow, kind, {owner: entries[owner] for owner in fresh})
    _forget(uow, gone)


def _insert(uow: UnitOfWork, kind: str, entries: Mapping[UUID, Entry]) -> None:
    """Insert by the tables themselves, since these rows are many and nobody holds them."""
    session, tables = uow.session, DirectoryEntry.metadata.tables
    session.execute(
        insert(tables[DirectoryEntry.__tablename__]),
        [
            {"kind": kind, "owner_id": owner, "code": code, "words": words, "is_public": public}
            for owner, (code, words, public) in entries.items()
        ],
    )
    session.execute(
        insert(tables[DirectoryWord.__tablename__]),
        [
            {"word": word, "kind": kind, "owner_id": owner}
            for owner, (_, words, _) in entries.items()
            for word in words.split()
        ],
    )
    words = {word for _, text, _ in entries.values() for word in text.split()}
    known: set[str] = set()
    for some in batches(words):
        known |= set(
            session.scalars(
                select(DirectoryGram.word).where(DirectoryGram.word.in_(some)).distinct()
            )
        )
    rows = [{"gram": gram, "word": word} for word in sorted(words - known) for gram in grams(word)]
    if rows:
        session.execute(insert(tables[DirectoryGram.__tablename__]), rows)


def _forget(uow: UnitOfWork, words: Iterable[str]) -> None:
    """Drop the letters of words that no entry has any more: a name that left leaves wholly."""
    for some in batches(sorted(words)):
        used = set(
            uow.session.scalars(
                select(DirectoryWord.word).where(DirectoryWord.word.in_(some)).distinct()
            )
        )
        unused = set(some) - used
        if unused:
            uow.session.execute(
                delete(DirectoryGram).where(DirectoryGram.word.in_(unused)),
                execution_options={"synchronize_session": False},
            )


def batches(items: Collection[ItemType]) -> Iterator[tuple[ItemType, ...]]:
    """Give the items some hundreds at a time, for one query each."""
    ordered = list(items)
    for at in range(0, len(ordered), BATCH):
        yield tuple(ordered[at : at + BATCH])
