"""What waits for somebody about consent: what was taken back, and whom to ask or tell again."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists, false, or_, select
from sqlalchemy.orm import aliased

from hub.db.units import UnitOfWork
from hub.people.access import (
    counts_on,
    is_on_desk,
    not_in_conflict,
    own_services,
    works_for,
)
from hub.people.models import Allocation, Person
from hub.sharing.models import Consent, WithdrawalNotice
from hub.sharing.rules.coded import Category, ConsentState, Purpose

MOST = 100
"""More than these at once help nobody; the next come when these are done."""


@dataclass(frozen=True, slots=True)
class NoticeRow:
    """What somebody who had received something is told: about whom, and what that was."""

    name: str
    purposes: frozenset[Purpose]
    categories: frozenset[Category]
    told_at: datetime
    understood_at: datetime | None


@dataclass(frozen=True, slots=True)
class NoticeLine:
    """A notice as a list shows it."""

    id: UUID
    name: str
    told_at: datetime
    understood_at: datetime | None


@dataclass(frozen=True, slots=True)
class DueLine:
    """A record to look at again: whose it is, and since when it is due."""

    id: UUID
    person_id: UUID
    name: str
    state: ConsentState
    was_told: bool | None
    revisit_on: date


def notice_row(uow: UnitOfWork, notice: WithdrawalNotice) -> NoticeRow:
    """Return an opened notice as a value."""
    person_id = uow.session.get_one(Consent, notice.consent_id).person_id
    person = uow.session.get_one(Person, person_id)
    pairs = [pair.split(":") for pair in notice.received.split()]
    return NoticeRow(
        f"{person.given_name} {person.family_name}",
        frozenset(Purpose(purpose) for purpose, _ in pairs),
        frozenset(Category(category) for _, category in pairs),
        notice.told_at,
        notice.understood_at,
    )


def own_notices(uow: UnitOfWork) -> tuple[NoticeLine, ...]:
    """Return the actor's own notices, those that wait first and then the latest."""
    rows = uow.session.execute(
        select(
            WithdrawalNotice.id,
            Person.given_name,
            Person.family_name,
            WithdrawalNotice.told_at,
            WithdrawalNotice.understood_at,
        )
        .join(Consent, Consent.id == WithdrawalNotice.consent_id)
        .join(Person, Person.id == Consent.person_id)
        .where(is_own_notice(uow))
        .order_by(
            WithdrawalNotice.understood_at.is_not(None),
            WithdrawalNotice.told_at.desc(),
            WithdrawalNotice.id,
        )
        .limit(MOST)
    )
    return tuple(
        NoticeLine(row[0], f"{row[1]} {row[2]}", row.told_at, row.understood_at) for row in rows
    )


def is_own_notice(uow: UnitOfWork) -> ColumnElement[bool]:
    """Return the condition that a notice is the actor's, about nobody in conflict with them."""
    people = select(Person.id).where(not_in_conflict(uow))
    about = select(Consent.id).where(Consent.person_id.in_(people))
    mine = WithdrawalNotice.account_id == uow.actor.account_id
    return and_(mine, WithdrawalNotice.consent_id.in_(about))


def due_again(uow: UnitOfWork) -> tuple[DueLine, ...]:
    """Return what the actor must look at again with their people, the longest due first."""
    rows = uow.session.execute(
        select(
            Consent.id,
            Consent.person_id,
            Person.given_name,
            Person.family_name,
            Consent.state,
            Consent.was_told,
            Consent.revisit_on,
        )
        .join(Person, Person.id == Consent.person_id)
        .where(is_due_again(uow))
        .order_by(Consent.revisit_on, Consent.id)
        .limit(MOST)
    )
    return tuple(
        DueLine(
            row.id,
            row.person_id,
            f"{row.given_name} {row.family_name}",
            ConsentState(row.state),
            row.was_told,
            row.revisit_on,
        )
        for row in rows
    )


def is_due_again(uow: UnitOfWork) -> ColumnElement[bool]:
    """Return the condition that somebody of the actor's must be asked or told again.

    It holds from the day that was set until something is recorded of them on or after that day.
    """
    later = aliased(Consent)
    looked = exists().where(
        later.person_id == Consent.person_id,
        later.number > Consent.number,
        later.said_on >= Consent.revisit_on,
    )
    mine = [Person.service_id.in_(own_services(uow))] if is_on_desk(uow) else []
    if uow.actor.contact_id is not None:
        worked = select(Allocation.person_id).where(
            *counts_on(uow.today), works_for(uow.actor.contact_id, uow.today)
        )
        mine.append(Person.id.in_(worked))
    people = select(Person.id).where(or_(false(), *mine), not_in_conflict(uow))
    return and_(Consent.revisit_on <= uow.today, Consent.person_id.in_(people), ~looked)
