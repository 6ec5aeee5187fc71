"""Who is kept from what: every list, count, door and message of all rooms asks here.

There are two beginnings: a person on the register with whom a contact has a conflict, and a case
to which an account or a contact is linked. Who is kept from a person is kept from every case that
the person is in, or may be in; who is linked to a case is kept from the people who were found to
be meant in it, and so from their other cases. No role is exempt; the hub itself is nobody's kin.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Uuid,
    and_,
    bindparam,
    cast,
    exists,
    null,
    or_,
    select,
    true,
    union_all,
)
from sqlalchemy.orm import InstrumentedAttribute

from hub.db.units import UnitOfWork
from hub.people.models import CaseLink, Conflict, IdentityCandidate, IdentityCheck

KEPT = "kept from"
"""The name under which a unit remembers what each of its actors is kept from."""

Who = tuple[UUID | None, UUID | None]
"""An account and an entry of the directory."""

Column = InstrumentedAttribute[UUID] | InstrumentedAttribute[UUID | None]


@dataclass(frozen=True)
class Kept:
    """What somebody is kept from: cases (concerns and requests) and people on the register.

    ``linked`` are the cases to which they are linked themselves, and by nobody's identity: what
    somebody sent in must not vanish before their eyes because a desk finds out who is meant.
    """

    cases: frozenset[UUID] = frozenset()
    people: frozenset[UUID] = frozenset()
    linked: frozenset[UUID] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.cases or self.people)


@dataclass(frozen=True)
class Away:
    """Who is kept from something, as accounts and as entries of the directory."""

    accounts: frozenset[UUID] = frozenset()
    contacts: frozenset[UUID] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.accounts or self.contacts)

    def has(self, *, account_id: UUID | None = None, contact_id: UUID | None = None) -> bool:
        """Tell whether somebody is among them, by either of their ids."""
        return account_id in self.accounts or contact_id in self.contacts


NOTHING = Kept()
_NOBODY = cast(null(), Uuid()).label("person_id")
_NOTHING = cast(null(), Uuid()).label("case_id")
_ACCOUNT = bindparam("account_id", type_=Uuid())
_CONTACT = bindparam("contact_id", type_=Uuid())
# Made once, for every page asks: to put a query together costs more than to ask it.
_LIVE = CaseLink.lifted_at.is_(None)
_OF_ACCOUNT = select(CaseLink.case_id, _NOBODY).where(_LIVE, CaseLink.account_id == _ACCOUNT)
_OWN = or_(CaseLink.account_id == _ACCOUNT, CaseLink.contact_id == _CONTACT)
_OF_BOTH: Any = union_all(
    select(CaseLink.case_id, _NOBODY).where(_LIVE, _OWN),
    select(_NOTHING, Conflict.person_id).where(Conflict.contact_id == _CONTACT),
)
IS_FREE = and_(
    ~exists(select(CaseLink.id).where(_LIVE, _OWN)),
    ~exists(select(Conflict.contact_id).where(Conflict.contact_id == _CONTACT)),
)
"""The condition that nothing keeps somebody from anything, by ``account_id`` and ``contact_id``."""


def kept_from(uow: UnitOfWork) -> Kept:
    """Return what the actor is kept from; asked once a unit, and again after a link was made.

    Each actor's own: the hub reads in somebody's unit what is kept from them.
    """
    own = uow.actor.account_id, uow.actor.contact_id
    known: dict[Who, Kept] = uow.session.info.setdefault(KEPT, {})
    if own not in known:
        known[own] = _kept_from(uow)
    return known[own]


def kept_from_nothing(uow: UnitOfWork) -> None:
    """Remember that a door has asked ``IS_FREE`` of the actor, so that nobody asks again."""
    uow.session.info.setdefault(KEPT, {})[uow.actor.account_id, uow.actor.contact_id] = NOTHING


def forget_kept(uow: UnitOfWork) -> None:
    """Let the unit ask anew, after it linked somebody or lifted a link."""
    uow.session.flush()
    uow.session.info.pop(KEPT, None)


def case_is_open(uow: UnitOfWork, *cases: Column) -> ColumnElement[bool]:
    """Return the condition that nothing keeps the actor from the cases of a row."""
    return _is_open(kept_from(uow).cases, cases)


def person_is_open(uow: UnitOfWork, *people: Column) -> ColumnElement[bool]:
    """Return the condition that nothing keeps the actor from the people of a row."""
    return _is_open(kept_from(uow).people, people)


def kept_away(
    uow: UnitOfWork, *, cases: Iterable[UUID | None] = (), people: Iterable[UUID | None] = ()
) -> Away:
    """Return who is kept from any of these cases or people: ``kept_from`` the other way round."""
    case_ids = {one for one in cases if one is not None}
    named = {one for one in people if one is not None} | _meant(uow, case_ids, or_maybe=True)
    # Asked of nobody too: the work must not tell whether somebody is known (security note, T08).
    case_ids |= _cases_of(uow, named)
    linked = linked_to(uow, case_ids)
    declared = select(Conflict.contact_id).where(Conflict.person_id.in_(named))
    return Away(linked.accounts, linked.contacts | frozenset(uow.session.scalars(declared)))


def linked_to(uow: UnitOfWork, cases: Iterable[UUID | None]) -> Away:
    """Return who is linked to any of these cases themselves."""
    links = uow.session.execute(
        select(CaseLink.account_id, CaseLink.contact_id).where(
            is_live(), CaseLink.case_id.in_([one for one in cases if one is not None])
        )
    ).all()
    return Away(
        frozenset(row.account_id for row in links if row.account_id),
        frozenset(row.contact_id for row in links if row.contact_id),
    )


def contacts_kept_from(
    uow: UnitOfWork, person_ids: Collection[UUID]
) -> frozenset[tuple[UUID, UUID]]:
    """Return the pairs of contact and person of these people who must be kept apart."""
    declared = select(Conflict.contact_id, Conflict.person_id).where(
        Conflict.person_id.in_(person_ids)
    )
    linked = (
        select(CaseLink.contact_id, IdentityCheck.person_id)
        .join(IdentityCheck, IdentityCheck.concern_id == CaseLink.case_id)
        .where(is_live(), CaseLink.contact_id.is_not(None), IdentityCheck.person_id.in_(person_ids))
    )
    rows: list[Any] = list(uow.session.execute(union_all(declared, linked)))
    return frozenset((contact_id, person_id) for contact_id, person_id in rows)


def is_live() -> ColumnElement[bool]:
    """Return the condition that a link keeps somebody away at present."""
    return _LIVE


def is_of(account_id: UUID | None, contact_id: UUID | None) -> ColumnElement[bool]:
    """Return the condition that a link is somebody's, by either of their ids."""
    own = []
    if account_id is not None:
        own.append(CaseLink.account_id == account_id)
    if contact_id is not None:
        own.append(CaseLink.contact_id == contact_id)
    return or_(*own)


def _kept_from(uow: UnitOfWork) -> Kept:
    account_id, contact_id = uow.actor.account_id, uow.actor.contact_id
    if account_id is None and contact_id is None:
        return NOTHING
    wanted = _OF_ACCOUNT if contact_id is None else _OF_BOTH
    rows = uow.rows(wanted, {"account_id": account_id, "contact_id": contact_id}).all()
    own = frozenset(case_id for case_id, _ in rows if case_id is not None)
    people = {person_id for _, person_id in rows if person_id is not None} | _meant(uow, own)
    cases = _cases_of(uow, people, or_maybe=True) if people else set()
    return Kept(own | cases, frozenset(people), own)


def _meant(uow: UnitOfWork, cases: Collection[UUID], *, or_maybe: bool = False) -> set[UUID]:
    """Return the people who were found to be meant in the cases; those who may be, if asked."""
    if not cases:
        return set()
    meant: Any = select(IdentityCheck.person_id).where(
        IdentityCheck.concern_id.in_(cases), IdentityCheck.person_id.is_not(None)
    )
    if or_maybe:
        meant = union_all(
            meant,
            select(IdentityCandidate.person_id)
            .join(IdentityCheck, IdentityCheck.id == IdentityCandidate.check_id)
            .where(IdentityCheck.concern_id.in_(cases), IdentityCandidate.rejected_at.is_(None)),
        )
    return set(uow.session.scalars(meant))


def _cases_of(uow: UnitOfWork, people: Collection[UUID], *, or_maybe: bool = False) -> set[UUID]:
    """Return the cases in which the people were found to be meant; or may be, if asked."""
    cases: Any = select(IdentityCheck.concern_id).where(IdentityCheck.person_id.in_(people))
    if or_maybe:
        cases = union_all(
            cases,
            select(IdentityCheck.concern_id)
            .join(IdentityCandidate, IdentityCandidate.check_id == IdentityCheck.id)
            .where(
                IdentityCandidate.person_id.in_(people), IdentityCandidate.rejected_at.is_(None)
            ),
        )
    return set(uow.session.scalars(cases))


def _is_open(kept: frozenset[UUID], columns: Iterable[Column]) -> ColumnElement[bool]:
    if not kept:
        return true()
    return and_(*(or_(column.is_(None), column.not_in(kept)) for column in columns))
