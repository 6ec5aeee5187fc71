"""Which records there are to be kept, of those that this room and those below it know of."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from sqlalchemy import exists, func, or_, select

from hub.agencies.models import Service
from hub.db.erase import Refers
from hub.db.units import UnitOfWork
from hub.kernel.days import london_day
from hub.people.models import LookUp, Person
from hub.sharing.models import (
    Agreement,
    AgreementParty,
    DeathRecord,
    InformationRequest,
)
from hub.sharing.queries.keeping import Kept, KeptSource, rules_of
from hub.sharing.rules.retention import (
    Facts,
    RecordKind,
    is_due,
    retain_until,
    rule_for,
)

OWN_REFERS = (
    Refers("identity_check", "concern_id", "information_request"),
    Refers("case_link", "case_id", "information_request"),
)


def _people(uow: UnitOfWork, agency_id: UUID) -> Iterable[Kept]:
    open_request = exists().where(
        InformationRequest.person_id == Person.id, InformationRequest.settled_at.is_(None)
    )
    died = {
        row.person_id: row.died_on
        for row in uow.session.execute(
            select(DeathRecord.id, DeathRecord.person_id, DeathRecord.died_on)
        )
    }
    rows = uow.session.execute(
        select(
            Person.id,
            Person.reference,
            Person.date_of_birth,
            open_request.label("is_asked"),
        )
        .join(Service, Service.id == Person.service_id)
        .where(Service.agency_id == agency_id)
    )
    for row in rows:
        yield Kept(
            kind=RecordKind.PERSON,
            id=row.id,
            reference=row.reference,
            facts=Facts(born_on=row.date_of_birth, died_on=died.get(row.id)),
            people=frozenset({row.id}),
            block="A request about them waits for its answer" if row.is_asked else "",
        )


def _requests(uow: UnitOfWork, agency_id: UUID) -> Iterable[Kept]:
    """Yield the requests about nobody on the register; the others are kept with the person."""
    rows = uow.session.execute(
        select(
            InformationRequest.id, InformationRequest.reference, InformationRequest.settled_at
        ).where(
            InformationRequest.holder_agency_id == agency_id,
            InformationRequest.person_id.is_(None),
            InformationRequest.settled_at.is_not(None),
        )
    )
    for row in rows:
        ended = Facts(ended_on=london_day(row.settled_at))
        yield Kept(kind=RecordKind.REQUEST, id=row.id, reference=row.reference, facts=ended)


def _agreements(uow: UnitOfWork, agency_id: UUID) -> Iterable[Kept]:
    """Yield the agreements that the agency is party to and that have an end."""
    rows = uow.session.execute(
        select(Agreement.id, Agreement.reference, Agreement.number, Agreement.ends_on)
        .join(AgreementParty, AgreementParty.agreement_id == Agreement.id)
        .where(
            AgreementParty.agency_id == agency_id,
            or_(Agreement.ends_on.is_not(None), Agreement.superseded_on.is_not(None)),
        )
    )
    for row in rows:
        yield Kept(
            kind=RecordKind.AGREEMENT,
            id=row.id,
            reference=f"{row.reference} version {row.number}",
            facts=Facts(ended_on=row.ends_on),
        )


def _searches(uow: UnitOfWork, agency_id: UUID) -> Iterable[Kept]:
    """Yield the look-ups of an agency's accounts as one record, by the day of the oldest."""
    oldest = uow.session.scalar(select(func.min(LookUp.at)).where(LookUp.agency_id == agency_id))
    if oldest is not None:
        yield Kept(
            kind=RecordKind.SEARCHES,
            id=agency_id,
            reference="Look-ups of people",
            facts=Facts(ended_on=london_day(oldest)),
        )


def _old_searches(uow: UnitOfWork, agency_id: UUID) -> Mapping[str, Iterable[UUID]]:
    """Return the look-ups of an agency that need not be kept any more; newer ones stay."""
    rule = rule_for(rules_of(uow, agency_id), RecordKind.SEARCHES, Facts())
    rows = uow.session.execute(select(LookUp.id, LookUp.at).where(LookUp.agency_id == agency_id))
    old = [
        row.id
        for row in rows
        if is_due(retain_until(rule, Facts(ended_on=london_day(row.at))), uow.today)
    ]
    return {"look_up": old}


REQUEST_TABLES = frozenset(
    {
        "information_request",  # by the question who is meant, which is its own
        "request_line",
        "request_step",
        "request_file",
        "request_advice",
        "request_bar",
        "sharing_decision",
        "approval",
        "disclosure",
        "correction_notice",
        "case_link",
        "identity_check",
        "check_key",
        "identity_candidate",
        "task",
    }
)
PERSON_TABLES = REQUEST_TABLES | {
    "person_name",
    "person_address",
    "match_key",
    "allocation",
    "conflict",
    "consent",
    "consent_draft",
    "withdrawal_notice",
    "disclosure_decision",
    "log_mark",
    "correction",
    "death_record",
    "subject_access",
    "pack_item",
    "pack_given",
}
AGREEMENT_TABLES = frozenset(
    f"agreement_{part}"
    for part in (
        "party",
        "basis",
        "purpose",
        "category",
        "gateway",
        "right",
        "writer",
        "move",
        "copy",
        "warning",
    )
)
OWN_SOURCES = (
    KeptSource(
        kind=RecordKind.PERSON,
        kept=_people,
        may=PERSON_TABLES,
        roots=lambda _, record_id: {"person": [record_id]},
        refers=OWN_REFERS,
        files=("request_file",),
    ),
    KeptSource(
        kind=RecordKind.REQUEST,
        kept=_requests,
        may=REQUEST_TABLES,
        roots=lambda _, record_id: {"information_request": [record_id]},
        refers=OWN_REFERS,
        files=("request_file",),
    ),
    KeptSource(
        kind=RecordKind.AGREEMENT,
        kept=_agreements,
        may=AGREEMENT_TABLES,
        roots=lambda _, record_id: {"agreement": [record_id]},
        files=("agreement_copy",),
    ),
    KeptSource(
        kind=RecordKind.SEARCHES,
        kept=_searches,
        may=frozenset(),
        roots=_old_searches,
    ),
)
"""Records of which this room and those below it know."""
