"""One box that answers who to ring: services for everybody, staff too for somebody signed in.

What was typed is taken apart by the rules. A place or a name is found first among the words of the
directory (exactly, else by letters in threes, weighed for typing errors), then in its entries, so
that the cost follows the number of answers and not the size of the directory.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, func, or_, select, true, union_all

from hub.agencies.access import sees_staff
from hub.agencies.models import (
    Agency,
    Contact,
    DirectoryEntry,
    DirectoryGram,
    DirectoryWord,
    Office,
    OfficeDistrict,
    Service,
)
from hub.agencies.queries.contacts import ContactRow, contacts_by_id, desks_of
from hub.agencies.queries.services import (
    OfficeRow,
    ServiceRow,
    offices_of,
    services,
)
from hub.agencies.rules.hours import Openness, hours_in_words, openness
from hub.agencies.rules.terms import (
    ALIKE,
    Wanted,
    alike,
    folded_words,
    grams,
    index_words,
    score,
    understand,
)
from hub.db.units import UnitOfWork

MOST = 60
"""Candidates that are weighed; what is shown is fewer."""
SHOWN = 20
NOTHING = Wanted()
NO_WEIGHTS: Mapping[UUID, float] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class ServiceAnswer:
    """A service to ring: ``phone`` is the preferred desk's, ``near`` the office that was meant."""

    service: ServiceRow
    phone: str | None
    email: str | None
    openness: Openness
    out_of_hours: str | None
    hours: tuple[str, ...] = ()
    near: OfficeRow | None = None
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Answers:
    """What a search found.

    ``lost`` are the words that no entry knows; the services are then of the kind asked for alone.
    """

    wanted: Wanted
    services: tuple[ServiceAnswer, ...] = ()
    contacts: tuple[ContactRow, ...] = ()
    lost: tuple[str, ...] = ()


def search(uow: UnitOfWork, typed: str) -> Answers:
    """Answer what was typed; the public is shown public services and no staff."""
    wanted = understand(typed)
    if wanted.is_empty:
        return Answers(wanted)
    found = _services(uow, wanted)
    contacts = _contacts(uow, wanted) if sees_staff(uow) else ()
    if found or contacts or not (wanted.services and (wanted.words or wanted.postcodes)):
        return Answers(wanted, found, contacts)
    anywhere = replace(wanted, words=(), postcodes=())
    return Answers(wanted, _services(uow, anywhere), (), (*wanted.postcodes[:1], *wanted.words))


def _services(uow: UnitOfWork, wanted: Wanted) -> tuple[ServiceAnswer, ...]:
    if not (wanted.services or wanted.words or wanted.postcodes):
        return ()
    condition = and_(
        DirectoryEntry.kind == "service",
        DirectoryEntry.code.in_(wanted.services) if wanted.services else true(),
        true() if sees_staff(uow) else DirectoryEntry.is_public,
        DirectoryEntry.owner_id.in_(_serving(uow, wanted.postcodes))
        if wanted.postcodes
        else true(),
    )
    weights = _weighed(uow, wanted.words, condition)
    return _answers(uow, weights, wanted)


def _contacts(uow: UnitOfWork, wanted: Wanted) -> tuple[ContactRow, ...]:
    """Find staff by role and words. A postcode alone means a place, and staff have none."""
    if not (wanted.roles or wanted.words):
        return ()
    near = select(Contact.id).where(Contact.service_id.in_(_serving(uow, wanted.postcodes)))
    condition = and_(
        DirectoryEntry.kind == "contact",
        DirectoryEntry.code.in_(wanted.roles) if wanted.roles else true(),
        DirectoryEntry.owner_id.in_(near) if wanted.postcodes else true(),
    )
    kinds = [tuple(folded_words(code)) for code in sorted(wanted.services)]
    words = wanted.words if wanted.roles else (*wanted.words, *(w for kind in kinds for w in kind))
    weights = _weighed(uow, words, condition)
    rows = contacts_by_id(uow, weights)

    def best_first(row: ContactRow) -> tuple[object, ...]:
        own = index_words((row.agency, row.service))
        of_kind = max((score(kind, own) for kind in kinds), default=0.0)
        return (-weights[row.id], -of_kind, row.preference, row.name, row.id)

    at_work = [row for row in rows.values() if row.worker.works_on(uow.today)]
    return tuple(sorted(at_work, key=best_first)[:SHOWN])


def _serving(uow: UnitOfWork, pieces: Sequence[str]) -> Select[UUID]:
    """Select the services with an office that serves one of these pieces of a postcode."""
    return (
        select(Service.id)
        .join(Office, Office.agency_id == Service.agency_id)
        .join(OfficeDistrict, OfficeDistrict.office_id == Office.id)
        .where(
            OfficeDistrict.district.in_(pieces),
            or_(Office.service_id.is_(None), Office.service_id == Service.id),
            true() if sees_staff(uow) else Office.is_public,
        )
    )


def _weighed(
    uow: UnitOfWork, words: tuple[str, ...], condition: ColumnElement[bool]
) -> dict[UUID, float]:
    """Return the entries that have every word, or its like, with how well they answer."""
    if not words:
        query = select(DirectoryEntry.owner_id).where(condition)
        return dict.fromkeys(uow.session.scalars(query.limit(MOST)), 1.0)
    known = _known_words(uow, words)
    exact = [[word] if word in near else near for word, near in known]
    close = [near for _, near in known]
    for choices in (exact, close) if exact != close else (close,):
        if all(choices):
            found = _entries(uow, choices, condition)
            weights = {owner: score(words, text) for owner, text in found}
            weights = {owner: weight for owner, weight in weights.items() if weight}
            if weights:
                return weights
    return {}


def _known_words(uow: UnitOfWork, words: tuple[str, ...]) -> list[tuple[str, list[str]]]:
    """Return for each word typed the words of the directory that are like it, best first."""
    parts = [
        select(
            select(DirectoryGram.word, func.count().label("shared"))
            .where(DirectoryGram.gram.in_(grams(word)))
            .group_by(DirectoryGram.word)
            .order_by(func.count().desc(), DirectoryGram.word)
            .limit(MOST)
            .subquery()
            .c.word
        )
        for word in words
    ]
    pool = set(uow.session.scalars(union_all(*parts)))
    known = []
    for typed in words:
        near = sorted((-alike(typed, word), word) for word in pool)
        known.append((typed, [word for likeness, word in near if -likeness >= ALIKE]))
    return known


def _entries(
    uow: UnitOfWork, choices: Iterable[list[str]], condition: ColumnElement[bool]
) -> list[tuple[UUID, str]]:
    query = select(DirectoryEntry.owner_id, DirectoryEntry.words).where(condition)
    for near in choices:
        has = select(DirectoryWord.owner_id).where(
            DirectoryWord.word.in_(near), DirectoryWord.kind == DirectoryEntry.kind
        )
        query = query.where(DirectoryEntry.owner_id.in_(has))
    return [(row.owner_id, row.words) for row in uow.session.execute(query.limit(MOST))]


def _answers(
    uow: UnitOfWork, weights: dict[UUID, float], wanted: Wanted
) -> tuple[ServiceAnswer, ...]:
    """Return what to show of the services found, the best answer first."""
    if not weights:
        return ()
    rows = services(uow, weights)
    active = _active(uow, {row.agency_id for row in rows})
    rows = tuple(row for row in rows if row.agency_id in active)
    shown = answers_for(uow, rows, wanted, weights)
    return tuple(sorted(shown, key=_best_first)[:SHOWN])


def answers_for(
    uow: UnitOfWork,
    rows: Sequence[ServiceRow],
    wanted: Wanted = NOTHING,
    weights: Mapping[UUID, float] = NO_WEIGHTS,
) -> tuple[ServiceAnswer, ...]:
    """Return how each service is reached, by its desks and, where a place is wanted, offices."""
    desks = desks_of(uow, (row.id for row in rows))
    by_place = bool(wanted.words or wanted.postcodes)
    offices = offices_of(uow, {row.agency_id for row in rows}) if by_place else ()
    may_see_all = sees_staff(uow)
    shown = []
    for row in rows:
        own = [desk for desk in desks if desk.service_id == row.id]
        desk = next((desk for desk in own if may_see_all or desk.is_public), None)
        near = _near(row, offices, wanted, may_see_all=may_see_all)
        shown.append(answer(row, desk, near, weights.get(row.id, 1.0), uow))
    return tuple(shown)


def answer(
    row: ServiceRow,
    desk: ContactRow | None,
    near: OfficeRow | None,
    weight: float,
    uow: UnitOfWork,
) -> ServiceAnswer:
    """Return how the service is reached: by its own channels, else by its desk's."""
    hours = row.hours or (desk.hours if desk else None)
    return ServiceAnswer(
        service=row,
        phone=row.phone or (desk.phone if desk else None),
        email=row.email or (desk.email if desk and row.is_public else None),
        openness=openness(hours, uow.now),
        out_of_hours=row.out_of_hours or (desk.out_of_hours if desk else None),
        hours=hours_in_words(hours),
        near=near,
        weight=weight,
    )


def _best_first(found: ServiceAnswer) -> tuple[object, ...]:
    place = found.near is None
    unreachable = not found.phone
    return (-round(found.weight, 2), place, unreachable, found.service.name, found.service.id)


def _near(
    row: ServiceRow, offices: Iterable[OfficeRow], wanted: Wanted, *, may_see_all: bool
) -> OfficeRow | None:
    """Return the office that was meant by the place typed; never one that may not be shown."""
    own = [
        office
        for office in offices
        if office.agency_id == row.agency_id
        and office.service_id in (None, row.id)
        and (may_see_all or office.is_public)
    ]
    for piece in wanted.postcodes:
        for office in own:
            if piece in office.serves:
                return office
    best: tuple[float, OfficeRow | None] = (0.0, None)
    for office in own:
        words = folded_words(" ".join((office.name, *office.serves)))
        like = max((alike(typed, word) for typed in wanted.words for word in words), default=0.0)
        if like >= ALIKE and like > best[0]:
            best = (like, office)
    return best[1]


def _active(uow: UnitOfWork, agency_ids: set[UUID]) -> set[UUID]:
    query = select(Agency.id).where(Agency.id.in_(agency_ids), Agency.suspended_at.is_(None))
    return set(uow.session.scalars(query))
