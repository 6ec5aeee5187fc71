"""Adding one row to a person's records of consent: its number, its scope as codes, who wrote it."""

import json
from collections.abc import Collection
from datetime import date
from uuid import UUID

from sqlalchemy import func, select

from hub.agencies.models import Agency
from hub.db.units import UnitOfWork
from hub.kernel.days import age_on
from hub.kernel.errors import RefusedError
from hub.people.models import Person
from hub.sharing.access import consents_alone
from hub.sharing.events import ConsentRecorded, ConsentWithdrawn
from hub.sharing.models import Consent
from hub.sharing.rules.coded import ConsentState
from hub.sharing.rules.consent_terms import age_band
from hub.sharing.rules.consents import ConsentScope


def age_of(person: Person, day: date) -> int | None:
    """Return how old somebody was on a day, in whole years; None where nobody knows."""
    return None if person.date_of_birth is None else age_on(person.date_of_birth, day)


def check_scope(uow: UnitOfWork, scope: ConsentScope, said_on: date) -> None:
    """Refuse what is about nothing, about nobody there, or not said yet. Raises RefusedError."""
    if said_on > uow.today:
        raise RefusedError("The day must be today or in the past", field="said_on")
    if not scope.purposes:
        raise RefusedError("Select what it may be shared for", field="purposes")
    if not scope.categories:
        raise RefusedError("Select what may be shared", field="categories")
    if scope.agencies is None:
        return
    if not scope.agencies:
        raise RefusedError("Select who may have it", field="agencies")
    known = select(func.count()).where(Agency.id.in_(scope.agencies))
    if uow.session.scalar(known) != len(scope.agencies):
        raise RefusedError("An agency is no longer there. Choose again", field="agencies")


def new_row(person_id: UUID, state: ConsentState, scope: ConsentScope, said_on: date) -> Consent:
    """Return a record of a state about a scope, without anybody's words yet."""
    agencies = None if scope.agencies is None else json.dumps(texts_of(scope.agencies))
    return Consent(
        person_id=person_id,
        state=state,
        purposes=json.dumps(texts_of(scope.purposes)),
        categories=json.dumps(texts_of(scope.categories)),
        agencies=agencies,
        about=scope.about,
        said_on=said_on,
    )


def add_row(uow: UnitOfWork, row: Consent, age: int | None) -> UUID:
    """Give a record its number, keep it and say so; return its id."""
    consents_alone(uow, row.person_id)
    last = select(func.max(Consent.number)).where(Consent.person_id == row.person_id)
    row.id, row.number = uow.new_id(), (uow.session.scalar(last) or 0) + 1
    row.age_band, row.recorded_at = age_band(age), uow.now
    row.recorded_by = uow.actor.account_id
    uow.session.add(row)
    uow.session.flush()  # who is told of it refers to it
    is_taken_back = row.state == ConsentState.WITHDRAWN
    event = ConsentWithdrawn if is_taken_back else ConsentRecorded
    uow.emit(event(consent_id=row.id, person_id=row.person_id))
    return row.id


def texts_of(values: Collection[object]) -> list[str]:
    """Return codes or ids as texts in an order that does not change."""
    return sorted(str(value) for value in values)
