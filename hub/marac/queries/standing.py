"""What every agency has answered at a meeting, and what was shared of one case."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import or_, select

from hub.access.models import Account, AccountRole
from hub.agencies.models import Agency, AgencyArea, Contact
from hub.agencies.rules.kinds import ContactRole
from hub.db.units import UnitOfWork
from hub.kernel.actor import Role
from hub.marac.models import Research, ResearchLine
from hub.marac.rules.research import NOT_ASKED
from hub.marac.states import ResearchState
from hub.meetings.access import may_be_shown
from hub.meetings.models import Invitation, Item
from hub.referrals.models import Concern

RUNG = (
    ContactRole.MARAC_REPRESENTATIVE,
    ContactRole.DEPUTY_REPRESENTATIVE,
    ContactRole.IDVA,
    ContactRole.SINGLE_POINT_OF_CONTACT,
    ContactRole.DUTY_DESK,
    ContactRole.SAFEGUARDING_LEAD,
)
"""Who of the directory is rung for an agency, the fittest first."""


@dataclass(frozen=True)
class Answer:
    """Where one agency stands with one case, in the five words."""

    item_id: UUID
    reference: str
    state: str
    """A value of ResearchState, or ``not_asked``."""
    due_at: datetime | None
    chased: int
    answered_at: datetime | None


@dataclass(frozen=True)
class Person:
    """Somebody who answers for an agency, and where they can be rung."""

    name: str
    phone: str


@dataclass(frozen=True)
class AgencyStanding:
    """An agency with all of a meeting's cases, in the order of the agenda."""

    id: UUID
    name: str
    answers: tuple[Answer, ...]
    people: tuple[Person, ...]
    """Who answers for it; nobody where no account does."""

    @property
    def silent(self) -> tuple[Answer, ...]:
        """The cases that it was asked about and has not answered."""
        return tuple(one for one in self.answers if one.state == ResearchState.ASKED)

    @property
    def not_asked(self) -> tuple[Answer, ...]:
        """The cases that it was not asked about."""
        return tuple(one for one in self.answers if one.state == NOT_ASKED)


@dataclass(frozen=True)
class CaseStanding:
    """A case with what every agency has said of it, the agencies by name."""

    item_id: UUID
    reference: str
    answers: tuple[tuple[str, Answer], ...]

    @property
    def silent(self) -> tuple[str, ...]:
        """The agencies that were asked and have not answered."""
        return tuple(name for name, one in self.answers if one.state == ResearchState.ASKED)


@dataclass(frozen=True)
class SharedLine:
    """A line that an agency shared."""

    party_id: UUID | None
    kind: str
    text: str
    released_at: datetime


@dataclass(frozen=True)
class SharedBy:
    """What one agency answered of a case: its word, and the lines that it shared."""

    agency: str
    state: str
    mode: str
    proportionality: str
    refusal: str
    answered_at: datetime | None
    lines: tuple[SharedLine, ...]


def standing_of(uow: UnitOfWork, meeting_id: UUID, area_id: UUID) -> tuple[AgencyStanding, ...]:
    """Return where each agency of the area, and each that was asked, stands with each case.

    A case from which a conflict of interest keeps the reader is left out. A fixed number of
    queries, whatever the number of cases.
    """
    cases = _cases(uow, meeting_id)
    rows = uow.session.execute(
        select(
            Research.agency_id,
            Research.item_id,
            Research.state,
            Research.due_at,
            Research.chased,
            Research.answered_at,
        ).where(Research.item_id.in_(cases))
    )
    known = {(row.agency_id, row.item_id): row for row in rows}
    asked = {agency_id for agency_id, _ in known}
    here = select(AgencyArea.agency_id).where(AgencyArea.area_id == area_id)
    agencies = uow.session.execute(
        select(Agency.id, Agency.name)
        .where(
            Agency.id.in_(asked) | (Agency.id.in_(here) & Agency.suspended_at.is_(None)),
        )
        .order_by(Agency.name, Agency.id)
    ).all()
    people = representatives_of(uow, [agency.id for agency in agencies])
    found = []
    for agency in agencies:
        answers = tuple(
            Answer(item_id, reference, row.state, row.due_at, row.chased, row.answered_at)
            if (row := known.get((agency.id, item_id)))
            else Answer(item_id, reference, NOT_ASKED, None, 0, None)
            for item_id, reference in cases.items()
        )
        found.append(AgencyStanding(agency.id, agency.name, answers, people[agency.id]))
    return tuple(found)


def by_case(agencies: tuple[AgencyStanding, ...]) -> tuple[CaseStanding, ...]:
    """Return the same seen from each case."""
    found: dict[UUID, list[tuple[str, Answer]]] = defaultdict(list)
    for agency in agencies:
        for one in agency.answers:
            found[one.item_id].append((agency.name, one))
    return tuple(
        CaseStanding(item_id, answers[0][1].reference, tuple(answers))
        for item_id, answers in found.items()
    )


def representatives_of(
    uow: UnitOfWork, agency_ids: list[UUID]
) -> defaultdict[UUID, tuple[Person, ...]]:
    """Return who answers for each agency, by name: its representatives, else its duty desk.

    Of an agency of which nobody can sign in they are whoever the directory has for this, to ring.
    """
    rows = uow.session.execute(
        select(Account.agency_id, Account.name, Contact.phone, AccountRole.role)
        .join(AccountRole, AccountRole.account_id == Account.id)
        .outerjoin(Contact, Contact.id == Account.contact_id)
        .where(
            Account.agency_id.in_(agency_ids),
            Account.is_active,
            AccountRole.role.in_((Role.AGENCY_REPRESENTATIVE, Role.DUTY_DESK, Role.TEAM_MANAGER)),
        )
        .order_by(Account.name, Account.id)
    ).all()
    named: defaultdict[UUID, list[Person]] = defaultdict(list)
    others: defaultdict[UUID, list[Person]] = defaultdict(list)
    for row in rows:
        which = named if row.role == Role.AGENCY_REPRESENTATIVE else others
        person = Person(row.name, row.phone or "")
        if person not in which[row.agency_id]:
            which[row.agency_id].append(person)
    found: defaultdict[UUID, tuple[Person, ...]] = defaultdict(tuple)
    for agency_id in agency_ids:
        found[agency_id] = tuple(named[agency_id] or others[agency_id])
    nobody = [agency_id for agency_id in agency_ids if not found[agency_id]]
    return found | _in_the_directory(uow, nobody) if nobody else found


def _in_the_directory(uow: UnitOfWork, agency_ids: list[UUID]) -> dict[UUID, tuple[Person, ...]]:
    """Return the contacts with a telephone who stand for their agencies, the fittest role first."""
    rows = uow.session.execute(
        select(Contact.agency_id, Contact.name, Contact.phone, Contact.role)
        .where(
            Contact.agency_id.in_(agency_ids),
            Contact.role.in_(RUNG),
            Contact.phone.is_not(None),
            or_(Contact.works_until.is_(None), Contact.works_until > uow.today),
        )
        .order_by(Contact.preference, Contact.name, Contact.id)
    ).all()
    found: defaultdict[UUID, list[Person]] = defaultdict(list)
    for row in sorted(rows, key=lambda each: RUNG.index(each.role)):
        found[row.agency_id].append(Person(row.name, row.phone))
    return {agency_id: tuple(people) for agency_id, people in found.items()}


@dataclass(frozen=True)
class Contribution:
    """What somebody who was invited said of a case instead of coming."""

    reference: str
    name: str
    note: str
    answered_at: datetime


def contributions_of(uow: UnitOfWork, meeting_id: UUID) -> tuple[Contribution, ...]:
    """Return what invited workers sent for a meeting's cases without coming, by their names."""
    rows = uow.session.execute(
        select(Concern.reference, Contact.name, Invitation.answer_note, Invitation.answered_at)
        .join(Item, Item.id == Invitation.item_id)
        .outerjoin(Concern, Concern.id == Item.concern_id)
        .join(Contact, Contact.id == Invitation.recipient_id)
        .where(
            Invitation.meeting_id == meeting_id,
            Invitation.state == "held",
            Invitation.answer == "information_only",
            Invitation.answer_note.is_not(None),
            Item.state == "listed",
            may_be_shown(uow),
        )
        .order_by(Contact.name, Invitation.id)
    )
    return tuple(
        Contribution(row.reference or "", row.name, row.answer_note, row.answered_at)
        for row in rows
        if row.answer_note and row.answered_at
    )


def shared_of(uow: UnitOfWork, item_id: UUID) -> tuple[SharedBy, ...]:
    """Return what each agency that was asked has answered of a case, with what it shared.

    Its private lines and its reasons for them are not read here.
    """
    lines: dict[UUID, list[SharedLine]] = defaultdict(list)
    for row in uow.session.execute(
        select(
            ResearchLine.research_id,
            ResearchLine.party_id,
            ResearchLine.kind,
            ResearchLine.text,
            ResearchLine.released_at,
        )
        .join(Research, Research.id == ResearchLine.research_id)
        .where(Research.item_id == item_id, ResearchLine.released_at.is_not(None))
        .order_by(ResearchLine.position, ResearchLine.id)
    ):
        shared = SharedLine(row.party_id, row.kind, row.text, row.released_at)
        lines[row.research_id].append(shared)
    rows = uow.session.execute(
        select(
            Research.id,
            Agency.name,
            Research.state,
            Research.mode,
            Research.proportionality,
            Research.refusal,
            Research.answered_at,
        )
        .join(Agency, Agency.id == Research.agency_id)
        .where(Research.item_id == item_id)
        .order_by(Agency.name, Agency.id)
    )
    return tuple(
        SharedBy(
            *row[1:4], row.proportionality or "", row.refusal or "", row.answered_at,
            tuple(lines[row.id]),
        )
        for row in rows
    )  # fmt: skip


def _cases(uow: UnitOfWork, meeting_id: UUID) -> dict[UUID, str]:
    rows = uow.session.execute(
        select(Item.id, Concern.reference)
        .outerjoin(Concern, Concern.id == Item.concern_id)
        .where(Item.meeting_id == meeting_id, Item.state == "listed", may_be_shown(uow))
        .order_by(Item.starts_at.is_(None), Item.starts_at, Item.position, Item.listed_at, Item.id)
    )
    return {row[0]: row[1] or "" for row in rows}
