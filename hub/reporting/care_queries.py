"""What became of care-experienced people on the cases that meetings discussed, from rows."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, select

from hub.agencies.models import Agency, Contact, Service
from hub.db.units import UnitOfWork
from hub.kernel.days import london_day
from hub.marac.models import Action, Research
from hub.marac.states import ActionState, ResearchState
from hub.meetings.models import Attendance, Invitation, Item, ItemPerson, Meeting
from hub.people.models import Allocation, Person
from hub.reporting.heard import on_heard
from hub.reporting.rules.agencies import Care, CareFacts

CAME = ("attended", "part")
LEAVING_CARE = "leaving_care"
NO_SERVICE = "No service found"
"""Under what somebody is counted whom no leaving care service has on its register yet."""

_Row = Row[*tuple[Any, ...]]


@dataclass(frozen=True)
class _Traces:
    """What was done at cases, by whom: each a set of case and somebody."""

    workers: dict[UUID, list[tuple[date, date | None]]]
    """When somebody on the register had a named worker: from, and until (not included)."""
    invited: frozenset[tuple[UUID, UUID]]
    """Case and person."""
    asked: Mapping[tuple[UUID, UUID], set[UUID]]
    """About which people somebody was asked or sent instead, by case and who it was."""
    came: tuple[tuple[UUID, UUID, UUID | None, bool, bool], ...]
    """Case, who, of which service, whether they were there, whether they sent something."""
    shared: frozenset[tuple[UUID, UUID]]
    """Case and agency."""
    given: frozenset[tuple[UUID, UUID]]
    """Case and agency."""


def care_facts(uow: UnitOfWork, held: ColumnElement[bool]) -> tuple[CareFacts, ...]:
    """Return what became of each care-experienced person on the cases that were discussed."""
    columns = (
        Item.id.label("item_id"),
        Meeting.starts_at,
        ItemPerson.person_id,
        Person.service_id,
        Service.agency_id,
        Agency.name,
    )
    rows = uow.session.execute(
        on_heard(uow, held, *columns)
        .select_from(Item)
        .join(ItemPerson, ItemPerson.item_id == Item.id)
        .outerjoin(Person, Person.id == ItemPerson.person_id)
        .outerjoin(Service, Service.id == Person.service_id)
        .outerjoin(Agency, Agency.id == Service.agency_id)
        .where(ItemPerson.care_status == "care_experienced")
    ).all()
    traces = _traces(uow, held)
    return tuple(
        CareFacts(
            on=london_day(row.starts_at),
            agency=row.name or NO_SERVICE,
            became=frozenset(_became(row, traces)),
        )
        for row in rows
    )


def _became(row: _Row, traces: _Traces) -> Iterable[Care]:
    """Yield what became of a person's leaving care service at a case.

    Its people are whoever was asked or sent about this person, and those of the service whom nobody
    asked about somebody else: where two are on one case, each has a worker of their own.
    """
    case, on = row.item_id, london_day(row.starts_at)
    spans = traces.workers.get(row.person_id, [])
    if any(begins <= on and (ends is None or on < ends) for begins, ends in spans):
        yield Care.WORKER_FOUND
    if (case, row.person_id) in traces.invited:
        yield Care.INVITED
    own = [
        (was_there, sent)
        for at, who, service, was_there, sent in traces.came
        if at == case
        and (
            row.person_id in traces.asked[case, who]
            if traces.asked[case, who]
            else service is not None and service == row.service_id
        )
    ]
    if any(was_there for was_there, _ in own):
        yield Care.ATTENDED
    if any(sent for _, sent in own) or (case, row.agency_id) in traces.shared:
        yield Care.SENT_INFORMATION
    if (case, row.agency_id) in traces.given:
        yield Care.ACTION_GIVEN


def _traces(uow: UnitOfWork, held: ColumnElement[bool]) -> _Traces:
    ask = uow.session.execute
    invited = ask(
        on_heard(
            uow,
            held,
            Item.id,
            Invitation.subject_id,
            Invitation.recipient_id,
            Invitation.stand_in_id,
        ).where(
            Invitation.item_id == Item.id,
            Invitation.state == "held",
            Invitation.route == LEAVING_CARE,
        )
    ).all()
    came = ask(
        on_heard(
            uow,
            held,
            Item.id,
            Attendance.contact_id,
            Contact.service_id,
            Attendance.status,
            Attendance.sent_information,
        ).where(Attendance.item_id == Item.id, Contact.id == Attendance.contact_id)
    )
    shared = ask(
        on_heard(uow, held, Item.id, Research.agency_id).where(
            Research.item_id == Item.id, Research.state == ResearchState.SHARED.value
        )
    )
    given = ask(
        on_heard(uow, held, Item.id, Action.agency_id).where(
            Action.item_id == Item.id, Action.state != ActionState.DECLINED.value
        )
    )
    asked: dict[tuple[UUID, UUID], set[UUID]] = defaultdict(set)
    for item, person, *sent in invited:
        for who in filter(None, sent):
            asked[item, who].add(person)
    return _Traces(
        workers=_workers(uow, held),
        invited=frozenset((item, person) for item, person, _, _ in invited),
        asked=asked,
        came=tuple(
            (item, who, service, status in CAME, sent) for item, who, service, status, sent in came
        ),
        shared=frozenset((item, agency) for item, agency in shared),
        given=frozenset((item, agency) for item, agency in given),
    )


def _workers(
    uow: UnitOfWork, held: ColumnElement[bool]
) -> dict[UUID, list[tuple[date, date | None]]]:
    people = on_heard(uow, held, ItemPerson.person_id).where(
        ItemPerson.item_id == Item.id, ItemPerson.person_id.is_not(None)
    )
    rows = uow.session.execute(
        select(Allocation.person_id, Allocation.from_on, Allocation.until_on).where(
            Allocation.role == "leaving_care_worker", Allocation.person_id.in_(people)
        )
    )
    found: dict[UUID, list[tuple[date, date | None]]] = defaultdict(list)
    for person_id, from_on, until_on in rows:
        found[person_id].append((from_on, until_on))
    return found
