"""The cast of a whole MARAC cycle: twelve agencies, twenty cases, five care-experienced people.

It comes on top of a made-up county, by the hub's own commands. What the journey does by pages is
left undone here: the last concern, the answers of the duty desk, the agenda and all that follows.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import select

from hub.access.commands import InviteAccount, add_account
from hub.access.models import Account, AccountRole
from hub.access.passwords import passwords
from hub.agencies.commands.importing import import_directory
from hub.agencies.models import Agency, AgencyArea, Area, Contact, Service
from hub.cli.made_up.county import AREA, BUILDER
from hub.kernel.actor import Actor, Role
from hub.meetings.commands import PlanMeeting, list_case, plan_meeting
from hub.meetings.situation import MeetingKind
from hub.people.commands.importing import import_register
from hub.people.rules.sheet import read_register, write_register
from hub.referrals.commands import ScreenConcern, SubmitConcern, screen_concern, submit_concern
from hub.referrals.models import Concern
from hub.referrals.schemas import ConcernBody
from hub.referrals.states import Move
from hub.sharing.models import Agreement, AgreementParty
from hub.web.dates import TODAY
from hub.web.values import Option

AGENCIES = 12
CASES = 20
PASSWORD = "invented words for a test"
CHECKED = "2026-05-20"
COLUMNS = (
    "entry", "agency", "service", "team", "office", "name", "kind", "role", "areas", "authority",
    "address", "postcode", "serves", "phone", "work_mobile", "email", "hours", "out_of_hours",
    "description", "public", "preference", "deputy", "manager", "works_from", "works_until",
    "checked_on",
)  # fmt: skip
JOINING = (
    ("Adult Services", "local_authority"),
    ("Substance Support", "charity"),
    ("Fire and Rescue", "other"),
    ("Academy Trust", "education"),
)
"""Agencies that join the area; with the authority below and the seven of the county, twelve."""

OTHER_COUNCIL = "Otherfield Council (invented)"
OTHER_SERVICE = "Otherfield Leaving Care Service"
OTHER_WORKER = "Indigo Elsewhere"
SECOND_WORKER = "Jo Specimen"


@dataclass(frozen=True, kw_only=True)
class Cast:
    """One care-experienced person, as a concern and the register both have them."""

    key: str
    given_name: str
    family_name: str
    born: date
    postcode: str
    worker: str
    role: str = "victim"


PEOPLE = (
    Cast(key="one", given_name="Persephone", family_name="Quillfeather", born=date(2005, 3, 9),
         postcode="ZZ9 1AA", worker="Ashley Placeholder"),
    Cast(key="two", given_name="Thelonious", family_name="Wimbledrake", born=date(2006, 1, 21),
         postcode="ZZ9 1AB", worker="Ashley Placeholder"),
    Cast(key="accused", given_name="Barnaby", family_name="Oxenthwaite", born=date(2004, 8, 2),
         postcode="ZZ9 1AC", worker=SECOND_WORKER, role="alleged_perpetrator"),
    Cast(key="elsewhere", given_name="Clementine", family_name="Farnborrow",
         born=date(2005, 11, 30), postcode="ZZ9 1AD", worker=OTHER_WORKER),
    Cast(key="late", given_name="Marigold", family_name="Underhay", born=date(2006, 5, 17),
         postcode="ZZ9 1AE", worker=SECOND_WORKER),
)  # fmt: skip


@dataclass
class Town:
    """What the setting up left behind."""

    meeting: UUID
    cases: dict[str, UUID] = field(default_factory=dict)
    """The concern of each of the cast by key."""


def settle(running) -> Town:
    """Put the cast, their agencies and all cases but one into a county, and plan the MARAC."""
    with running.units() as units:
        with units.write(BUILDER) as uow:
            import_directory(_directory(), uow=uow)
            uow.session.flush()
            _sign(uow)
            _accounts(uow)
        for council, service in ((None, "Examplefield Leaving Care Service"),
                                 (OTHER_COUNCIL, OTHER_SERVICE)):  # fmt: skip
            _register(units, council, service)
        coordinator = actor_of(units, "sidney.template@council.example.org")
        with units.write(coordinator) as uow:
            area = uow.session.scalars(select(Area.id).where(Area.name == AREA)).one()
            starts = uow.now.replace(hour=8, minute=30, second=0, microsecond=0)
            chair = uow.session.scalars(
                select(Account.id).where(Account.email.like("chris.exemplar@%"))
            ).one()
            starts += timedelta(days=24)
            meeting = plan_meeting(
                PlanMeeting(
                    kind=MeetingKind.MARAC,
                    area_id=area,
                    starts_at=starts,
                    ends_at=starts + timedelta(hours=5),
                    chair_id=chair,
                ),
                uow=uow,
            )
        town = Town(meeting=meeting)
        for one in PEOPLE[:-1]:
            town.cases[one.key] = _raise(units, _about(one))
            _listed(units, town, town.cases[one.key])
        for number in range(CASES - len(PEOPLE)):
            _listed(units, town, _raise(units, _stranger(number)))
        return town


def actor_of(units, email: str) -> Actor:
    """Return whoever signs in by an address."""
    with units.read(BUILDER) as uow:
        row = uow.session.scalars(select(Account).where(Account.email == email)).one()
        held = select(AccountRole.role).where(AccountRole.account_id == row.id)
        roles = frozenset(Role(role) for role in uow.session.scalars(held))
        return Actor(row.id, row.agency_id, row.contact_id, roles, "account")


def _directory() -> bytes:
    rows = []
    for name, kind in JOINING:
        agency = f"Examplefield {name} (invented)"
        mail = name.lower().replace(" ", "-")
        rows.append({"entry": "agency", "agency": agency, "kind": kind, "areas": AREA})
        rows.append(
            {"entry": "contact", "agency": agency, "name": f"{name} desk", "phone": "01632 960199",
             "role": "marac_representative", "email": f"desk@{mail}.example.org"}
        )  # fmt: skip
    rows += [
        {"entry": "agency", "agency": OTHER_COUNCIL, "kind": "local_authority", "areas": AREA},
        {"entry": "service", "agency": OTHER_COUNCIL, "name": OTHER_SERVICE,
         "kind": "leaving_care", "phone": "01632 960301",
         "description": "Works with care-experienced people", "public": "yes"},
        {"entry": "contact", "agency": OTHER_COUNCIL, "service": OTHER_SERVICE,
         "name": "Otherfield duty desk", "role": "duty_desk", "phone": "01632 960301",
         "email": "desk@otherfield.example.org"},
        {"entry": "contact", "agency": OTHER_COUNCIL, "service": OTHER_SERVICE,
         "name": OTHER_WORKER, "role": "leaving_care_worker", "phone": "01632 960302",
         "email": "indigo.elsewhere@otherfield.example.org"},
    ]  # fmt: skip
    lines = [",".join(COLUMNS)]
    rows = [row if row["entry"] != "contact" else row | {"checked_on": CHECKED} for row in rows]
    lines += [",".join(row.get(column, "") for column in COLUMNS) for row in rows]
    return ("\r\n".join(lines) + "\r\n").encode()


def _sign(uow) -> None:
    """Let the other authority be bound by the county's agreement."""
    agreement = uow.session.scalars(select(Agreement).where(Agreement.status == "in_force")).one()
    uow.session.add(
        AgreementParty(
            agreement_id=agreement.id,
            agency_id=_agency(uow, OTHER_COUNCIL),
            role="controller",
            signed_on=agreement.starts_on,
        )
    )


def _agency(uow, name: str) -> UUID:
    return uow.session.scalars(select(Agency.id).where(Agency.name == name)).one()


def _accounts(uow) -> None:
    hashed = passwords("test").hash(PASSWORD)
    for name, role in (
        (OTHER_WORKER, Role.LEAVING_CARE_WORKER),
        ("Otherfield duty desk", Role.DUTY_DESK),
        (SECOND_WORKER, Role.LEAVING_CARE_WORKER),
        ("Adult Services desk", Role.AGENCY_REPRESENTATIVE),
    ):
        contact = uow.session.scalars(select(Contact).where(Contact.name == name)).one()
        add_account(
            InviteAccount(
                name=name,
                email=contact.email,
                agency_id=contact.agency_id,
                contact_id=contact.id,
                roles=frozenset({role}),
            ),
            password_hash=hashed,
            uow=uow,
        )


def _register(units, council: str | None, service: str) -> None:
    with units.read(BUILDER) as uow:
        rows = uow.session.execute(select(Contact.name, Contact.email))
        emails = {row.name: row.email for row in rows}
        service_id, agency_id = uow.session.execute(
            select(Service.id, Service.agency_id).where(Service.name == service)
        ).one()
        began = (uow.today - timedelta(days=200)).isoformat()
    rows = [
        {
            "person_id": f"cast-{one.key}",
            "given_name": one.given_name,
            "middle_names": "",
            "family_name": one.family_name,
            "known_as": "",
            "date_of_birth": one.born.isoformat(),
            "sex": "",
            "postcode": one.postcode,
            "aliases": "",
            "support_status": "allocated",
            "worker_email": emails[one.worker],
            "worker_from": began,
        }
        for one in PEOPLE
        if (one.worker == OTHER_WORKER) == (council is not None)
    ]
    desk = Actor(UUID(int=9), agency_id, None, frozenset({Role.DUTY_DESK}), "test")
    with units.write(desk) as uow:
        sheet = read_register("".join(write_register(rows)).encode(), uow.today)
        assert not sheet.faults, sheet.faults
        import_register(sheet.lines, uow=uow, service_id=service_id)


def _about(one: Cast) -> dict:
    victim = _described(one) if one.role == "victim" else _older("Rosalind", "Peverill")
    accused = _described(one) if one.role != "victim" else _older("Percival", "Lockridge")
    body = _body(victim, accused, one.postcode)
    body["children"] = [{"given_name": "Tabitha", "date_of_birth": "2021-02-03"}]
    return body


def _stranger(number: int) -> dict:
    victim = _older("Rosalind", f"Peverill{chr(97 + number)}")
    return _body(victim, _older("Percival", f"Lockridge{chr(97 + number)}"), "ZZ9 2AA")


def _described(one: Cast) -> dict:
    return {
        "given_name": one.given_name,
        "family_name": one.family_name,
        "date_of_birth": one.born.isoformat(),
        "care_experienced": "not_known",
    }


def _older(given: str, family: str) -> dict:
    return {"given_name": given, "family_name": family, "date_of_birth": "1981-04-05"}


def _body(victim: dict, accused: dict, postcode: str) -> dict:
    return {
        "referrer": {"name": "Lesley Dummy", "role": "Officer", "phone": "01632 960172"},
        "victim": victim,
        "home": {"area": AREA, "postcode": postcode},
        "alleged_perpetrators": [accused],
        "reason": {"what_happened": "Invented for a test.", "incident_on": "2026-05-28"},
        "criteria": {
            "criteria": ["professional_judgement"],
            "judgement_reasons": "Invented for a test.",
        },
        "consent": {"aware": "yes", "consent": "given"},
    }


def _raise(units, body: dict) -> UUID:
    officer = actor_of(units, "lesley.dummy@police.example.org")
    with units.write(officer) as uow:
        areas = uow.session.execute(select(Area.id, Area.name)).all()
        token = TODAY.set(uow.today)
        try:
            schema = ConcernBody(areas=tuple(Option(str(row.id), row.name) for row in areas))
            command = schema.load(body)
            assert isinstance(command, SubmitConcern)
            return submit_concern(command, uow=uow)
        finally:
            TODAY.reset(token)


def _listed(units, town: Town, concern_id: UUID) -> None:
    with units.write(actor_of(units, "sidney.template@council.example.org")) as uow:
        version = uow.session.get_one(Concern, concern_id).version
        screen_concern(
            ScreenConcern(concern_id=concern_id, outcome=Move.ACCEPT, reason="", version=version),
            uow=uow,
        )
        list_case(town.meeting, concern_id, uow=uow)


def agencies_of_the_area(running) -> int:
    """Return how many agencies work in the area."""
    with running.units() as units, units.read(BUILDER) as uow:
        area = select(Area.id).where(Area.name == AREA)
        rows = uow.session.scalars(select(AgencyArea.agency_id).where(AgencyArea.area_id.in_(area)))
        return len(set(rows))
