"""The county around the invented people: directory, workers, accounts."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from random import Random
from typing import Any
from uuid import UUID

from sqlalchemy import select, update

from hub.access.commands import InviteAccount, add_account
from hub.access.passwords import passwords
from hub.agencies.commands.importing import load_example_directory
from hub.agencies.models import Absence, Agency, Area, Contact, Service, Team
from hub.cli.made_up.names import FAMILY, GIVEN, WORDS
from hub.db.units import UnitOfWork
from hub.kernel.actor import Actor, Role

COUNCIL = "Examplefield Council (invented)"
POLICE = "Examplefield Police (invented)"
DOMESTIC_ABUSE = "Examplefield Domestic Abuse Service (invented)"
AREA = "Examplefield"
LEAVING_CARE = "Examplefield Leaving Care Service"
SOCIAL_WORK = "Examplefield Social Work Teams"
BUILDER = Actor(roles=frozenset(Role), label="demonstration")

CASELOAD = 18
ON_DUTY = "terry.standby@council.example.org"
TEAMS = ("North", "South", "East", "West")

Progress = Callable[[str], None]


@dataclass
class Login:
    """An account of the demonstration and the words to sign in with."""

    role: Role
    account_id: UUID
    agency_id: UUID
    contact_id: UUID | None
    email: str
    password: str

    def actor(self) -> Actor:
        """Return the account as whoever acts."""
        return Actor(
            account_id=self.account_id,
            agency_id=self.agency_id,
            contact_id=self.contact_id,
            roles=frozenset({self.role}),
            label=self.email,
        )


@dataclass
class County:
    """What has been made so far."""

    rng: Random
    area_id: UUID
    service_id: UUID
    social_work_id: UUID
    agency_id: UUID
    workers: list[UUID] = field(default_factory=list)
    social_workers: list[UUID] = field(default_factory=list)
    people: dict[str, UUID] = field(default_factory=dict)
    logins: dict[Role, Login] = field(default_factory=dict)


def found_county(rng: Random, people: int, *, uow: UnitOfWork) -> County:
    """Take in the example directory and staff the leaving care service."""
    load_example_directory(uow)
    uow.session.flush()
    uow.session.execute(update(Contact).values(checked_on=uow.today - timedelta(days=20)))
    county = County(
        rng=rng,
        area_id=_one(uow, Area, AREA),
        service_id=_one(uow, Service, LEAVING_CARE),
        social_work_id=_one(uow, Service, SOCIAL_WORK),
        agency_id=_one(uow, Agency, COUNCIL),
    )
    _staff(uow, county, max(8, people // CASELOAD))
    return county


def _one(uow: UnitOfWork, table: Any, name: str) -> UUID:  # noqa: ANN401 - any table with a name
    found: UUID = uow.session.execute(select(table.id).where(table.name == name)).scalar_one()
    return found


def _staff(uow: UnitOfWork, county: County, number: int) -> None:
    """Give the service teams with managers, workers with deputies, and a second duty desk."""
    rng = county.rng
    known = {
        team.name: team
        for team in uow.session.scalars(select(Team).where(Team.service_id == county.service_id))
    }
    manager = uow.session.scalar(
        select(Contact.id).where(
            Contact.service_id == county.service_id, Contact.role == "team_manager"
        )
    )
    teams = []
    for name in TEAMS:
        team = known.get(name) or Team(id=uow.new_id(), service_id=county.service_id, name=name)
        uow.session.add(team)
        uow.session.flush()
        if name == "North":
            team.manager_id = manager
        else:
            team.manager_id = _contact(uow, county, "team_manager", team.id, 900)
        teams.append(team.id)
    county.workers = list(
        uow.session.scalars(
            select(Contact.id)
            .where(Contact.service_id == county.service_id, Contact.role == "leaving_care_worker")
            .order_by(Contact.name)
        )
    )
    for at in range(number):
        deputy = rng.choice(county.workers) if county.workers else None
        worker = _contact(uow, county, "leaving_care_worker", rng.choice(teams), at, deputy=deputy)
        county.workers.append(worker)
    county.social_workers = [
        _contact(uow, county, "social_worker", None, 700 + at, service_id=county.social_work_id)
        for at in range(max(2, number // 6))
    ]
    _contact(uow, county, "duty_desk", None, 950, name="Leaving care second desk", preference=1)
    on_duty = _contact(uow, county, "leaving_care_worker", None, 960, name="Terry Standby")
    uow.session.get_one(Contact, on_duty).email = ON_DUTY
    uow.session.flush()
    _spoil_a_few(uow, county)


def _contact(  # noqa: PLR0913 - a directory entry has that many parts
    uow: UnitOfWork,
    county: County,
    role: str,
    team_id: UUID | None,
    at: int,
    *,
    name: str | None = None,
    deputy: UUID | None = None,
    service_id: UUID | None = None,
    preference: int = 0,
) -> UUID:
    rng = county.rng
    given, family = rng.choice(GIVEN), rng.choice(FAMILY)
    stem = name or f"{given}.{family}"
    contact = Contact(
        id=uow.new_id(),
        agency_id=county.agency_id,
        service_id=service_id or county.service_id,
        team_id=team_id,
        role=role,
        name=name or f"{given} {family}",
        email=f"{stem.lower().replace(' ', '-').replace(chr(39), '')}.{at}@council.example.org",
        phone=f"01632 960{rng.randrange(1000):03d}",
        preference=preference,
        deputy_id=deputy,
        checked_on=uow.today - timedelta(days=rng.randrange(5, 40)),
    )
    uow.session.add(contact)
    uow.session.flush()
    return contact.id


def _spoil_a_few(uow: UnitOfWork, county: County) -> None:
    """Let somebody be away, somebody have left, and an entry have gone stale, as in life."""
    away, left, stale, *_ = county.workers[2:] or county.workers
    cover = county.workers[-1]
    uow.session.add(
        Absence(
            id=uow.new_id(),
            contact_id=away,
            from_on=uow.today - timedelta(days=2),
            until_on=uow.today + timedelta(days=19),
            cover_id=cover if cover != away else None,
        )
    )
    uow.session.get_one(Contact, left).works_until = uow.today + timedelta(days=3)
    uow.session.get_one(Contact, stale).checked_on = uow.today - timedelta(days=200)


ACCOUNTS = (
    (Role.REFERRER, "Lesley Dummy", "police"),
    (Role.DUTY_DESK, "Terry Standby", "council"),
    (Role.COORDINATOR, "Sidney Template", "council"),
    (Role.LEAVING_CARE_WORKER, "Ashley Placeholder", "council"),
    (Role.CHAIR, "Chris Exemplar", "police"),
    (Role.TEAM_MANAGER, "Morgan Sample", "council"),
    (Role.SOCIAL_WORKER, "Frankie Instance", "council"),
    (Role.AGENCY_REPRESENTATIVE, "Kim Pattern", "homes"),
    (Role.GOVERNANCE_LEAD, "Glenn Facsimile", "council"),
    (Role.SAFEGUARDING_LEAD, "Jamie Specimen", "council"),
    (Role.CALDICOTT_GUARDIAN, "Lee Archetype", "council"),
    (Role.ASSET_OWNER, "Dale Inventory", "council"),
    (Role.SIRO, "Robin Prototype", "council"),
    (Role.LEGAL_ADVISER, "Rowan Precedent", "council"),
    (Role.DATA_PROTECTION_OFFICER, "Quinn Blueprint", "council"),
    (Role.ADMINISTRATOR, "Val Keyholder", "council"),
)
"""Who signs in: the role, the name, and the house whose mail domain the address is of."""


def open_accounts(county: County, environment: str, *, uow: UnitOfWork) -> None:
    """Make one account a role, each with three random words to sign in with."""
    by_email = {
        row.email: (row.id, row.agency_id)
        for row in uow.session.execute(select(Contact.id, Contact.agency_id, Contact.email))
    }
    agencies = {"police": _one(uow, Agency, POLICE)}
    hasher = passwords(environment)
    for role, name, house in ACCOUNTS:
        email = f"{name.lower().replace(' ', '.')}@{house}.example.org"
        agency_id = agencies.get(house, county.agency_id)
        contact_id, own_agency = by_email.get(email, (None, agency_id))
        password = " ".join(county.rng.sample(WORDS, 4))
        cmd = InviteAccount(
            name=name,
            email=email,
            agency_id=own_agency,
            contact_id=contact_id,
            roles=frozenset({role}),
        )
        account_id = add_account(cmd, password_hash=hasher.hash(password), uow=uow)
        county.logins[role] = Login(role, account_id, own_agency, contact_id, email, password)
