"""Which agencies came to a meeting and to each case, as it is recorded or only suggested.

Open the meeting or the case through ``access`` first: none of these asks who reads.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Select, exists, func, or_, select

from hub.access.models import Account, AccountRole
from hub.agencies.models import Agency, AgencyArea, Service
from hub.db.units import UnitOfWork
from hub.kernel.actor import Role
from hub.kernel.days import london_day
from hub.marac.models import AgencyPresence, CasePresence, Observer, Research, Undertaking
from hub.marac.queries.areas import area_rules
from hub.marac.rules.presence import Came, Presence, Quorum, quorum_of, stands_for, suggested
from hub.marac.states import ResearchState
from hub.meetings.access import may_be_shown
from hub.meetings.models import Item, Meeting
from hub.meetings.states import MeetingShape

RUN_IT = (Role.COORDINATOR, Role.CHAIR)
"""Who runs a meeting stands for no agency there, unless they represent one as well."""


@dataclass(frozen=True)
class AgencyLine:
    """An agency of a meeting's area: what is recorded of it, and what is suggested."""

    id: UUID
    name: str
    stands_for: frozenset[str]
    """For whom of those who can be needed it stands."""
    saved: Presence | None
    version: int
    suggested: Presence

    @property
    def shown(self) -> Presence:
        """What counts so far: the record, or the suggestion where nothing is recorded.

        What an agency shared here counts as information sent, also after its apology.
        """
        if self.saved is None:
            return self.suggested
        return replace(self.saved, sent_on=self.saved.sent_on or self.suggested.sent_on)

    def asked(self, *, has_begun: bool) -> Presence | None:
        """Return what the list shows of it: nothing is suggested before the meeting has begun."""
        return self.shown if self.saved or has_begun else None


@dataclass(frozen=True)
class CaseLine:
    """The same at one case: what is otherwise there, and in which version of that row."""

    agency: AgencyLine
    here: Presence | None
    version: int

    @property
    def shown(self) -> Presence:
        """What counts at the case."""
        return self.here or self.agency.shown


@dataclass(frozen=True)
class ObserverRow:
    """Somebody who observed; ``id`` is None for who accepted the statement here themselves."""

    id: UUID | None
    name: str
    agency: str
    has_accepted: bool


def agency_lines(uow: UnitOfWork, meeting: Meeting) -> tuple[AgencyLine, ...]:
    """Return the agencies of a meeting's area, and any other that is recorded, by name.

    What is suggested of one comes from who of it accepted the statement, and from what it shared
    of cases that the reader may see.
    """
    return _lines(uow, meeting, _sent(uow, meeting))


def _lines(uow: UnitOfWork, meeting: Meeting, sent: Mapping[UUID, date]) -> tuple[AgencyLine, ...]:
    here = select(AgencyArea.agency_id).where(AgencyArea.area_id == meeting.area_id)
    wanted: Select[*tuple[Any, ...]] = (
        select(Agency.id, Agency.name, Agency.kind, AgencyPresence)
        .outerjoin(
            AgencyPresence,
            (AgencyPresence.agency_id == Agency.id) & (AgencyPresence.meeting_id == meeting.id),
        )
        .where(
            or_(
                AgencyPresence.id.is_not(None),
                Agency.id.in_(here) & Agency.suspended_at.is_(None),
            )
        )
        .order_by(Agency.name, Agency.id)
    )
    rows = uow.session.execute(wanted).all()
    services, signed = _services(uow, meeting), _signed(uow, meeting)
    return tuple(
        AgencyLine(
            id=agency_id,
            name=name,
            stands_for=stands_for(kind, services[agency_id]),
            saved=None if row is None else presence_of(row),
            version=0 if row is None else row.version,
            suggested=suggested(signed[agency_id], sent.get(agency_id)),
        )
        for agency_id, name, kind, row in rows
    )


def case_lines(uow: UnitOfWork, item: Item) -> tuple[CaseLine, ...]:
    """Return the same for one case of its meeting."""
    meeting = uow.session.get_one(Meeting, item.meeting_id)
    rows = uow.session.scalars(select(CasePresence).where(CasePresence.item_id == item.id))
    otherwise = {row.agency_id: row for row in rows}
    return tuple(
        CaseLine(
            agency=line,
            here=presence_of(row) if (row := otherwise.get(line.id)) else None,
            version=row.version if row else 0,
        )
        for line in agency_lines(uow, meeting)
    )


def quorum_at(uow: UnitOfWork, meeting_id: UUID, item_id: UUID | None = None) -> Quorum:
    """Return who of those who should be there lacks at a meeting, or at one case of it.

    It is said as far as it is known: by the record, and by the statement before there is one.
    Nobody lacks before the meeting has begun, or where nobody meets.
    """
    meeting = uow.session.get_one(Meeting, meeting_id)
    if meeting.starts_at > uow.now or meeting.shape == MeetingShape.CLOSING:
        return Quorum()
    lines = _lines(uow, meeting, {})
    otherwise: dict[UUID, str] = {}
    if item_id is not None:
        here = select(CasePresence.agency_id, CasePresence.status)
        rows = uow.session.execute(here.where(CasePresence.item_id == item_id))
        otherwise = {row.agency_id: row.status for row in rows}
    return quorum_of(
        area_rules(uow, meeting.area_id),
        ((one.stands_for, otherwise.get(one.id, one.shown.status)) for one in lines),
    )


def presence_of(row: AgencyPresence | CasePresence) -> Presence:
    """Return what a row says."""
    return Presence(status=Came(row.status), people=row.people or "", sent_on=row.sent_on)


def presence_row(uow: UnitOfWork, meeting_id: UUID, agency_id: UUID) -> AgencyPresence | None:
    """Return what is recorded of one agency at a meeting as a whole."""
    return uow.session.scalar(
        select(AgencyPresence).where(
            AgencyPresence.meeting_id == meeting_id, AgencyPresence.agency_id == agency_id
        )
    )


def observers_of(uow: UnitOfWork, meeting_id: UUID) -> tuple[ObserverRow, ...]:
    """Return who observed a meeting by name: who accepted the statement here, and who is named."""
    signed = uow.session.execute(
        select(Account.name, Agency.name)
        .join(Undertaking, Undertaking.account_id == Account.id)
        .outerjoin(Agency, Agency.id == Account.agency_id)
        .where(Undertaking.meeting_id == meeting_id, Undertaking.capacity == "observer")
    )
    named = uow.session.scalars(select(Observer).where(Observer.meeting_id == meeting_id))
    found = [ObserverRow(None, name, agency or "", True) for name, agency in signed]  # noqa: FBT003 - a row
    found += [ObserverRow(row.id, row.name, row.agency or "", row.has_accepted) for row in named]
    return tuple(sorted(found, key=lambda one: (one.name, str(one.id))))


def statuses_at(uow: UnitOfWork, item: Item) -> dict[UUID, tuple[str | None, str | None]]:
    """Return by agency what is recorded at a case in particular, and at its meeting as a whole."""
    whole = uow.session.execute(
        select(AgencyPresence.agency_id, AgencyPresence.status).where(
            AgencyPresence.meeting_id == item.meeting_id
        )
    )
    found: dict[UUID, tuple[str | None, str | None]] = {each: (None, came) for each, came in whole}
    here = uow.session.execute(
        select(CasePresence.agency_id, CasePresence.status).where(CasePresence.item_id == item.id)
    )
    for agency_id, came in here:
        found[agency_id] = (came, found.get(agency_id, (None, None))[1])
    return found


def _services(uow: UnitOfWork, meeting: Meeting) -> defaultdict[UUID, list[str]]:
    here = select(AgencyArea.agency_id).where(AgencyArea.area_id == meeting.area_id)
    found: defaultdict[UUID, list[str]] = defaultdict(list)
    rows = uow.session.execute(
        select(Service.agency_id, Service.kind).where(Service.agency_id.in_(here)).distinct()
    )
    for agency_id, kind in rows:
        found[agency_id].append(kind)
    return found


def _signed(uow: UnitOfWork, meeting: Meeting) -> defaultdict[UUID | None, dict[str, str]]:
    roles = AccountRole.account_id == Account.id
    runs_it = exists().where(roles, AccountRole.role.in_(RUN_IT))
    represents = exists().where(roles, AccountRole.role == Role.AGENCY_REPRESENTATIVE)
    found: defaultdict[UUID | None, dict[str, str]] = defaultdict(dict)
    rows = uow.session.execute(
        select(Account.agency_id, Account.name, Undertaking.capacity)
        .join(Undertaking, Undertaking.account_id == Account.id)
        .where(Undertaking.meeting_id == meeting.id, or_(~runs_it, represents))
        .order_by(Account.name, Account.id)
    )
    for agency_id, name, capacity in rows:
        found[agency_id][name] = capacity
    return found


def _sent(uow: UnitOfWork, meeting: Meeting) -> Mapping[UUID, date]:
    rows = uow.session.execute(
        select(Research.agency_id, func.max(Research.answered_at).label("at"))
        .join(Item, Item.id == Research.item_id)
        .where(
            Item.meeting_id == meeting.id,
            Item.state == "listed",
            Research.state == ResearchState.SHARED,
            may_be_shown(uow),
        )
        .group_by(Research.agency_id)
    )
    return {row.agency_id: london_day(row.at) for row in rows if row.at is not None}
