"""Two areas of a county that really runs: a care-experienced person's case, and where it moves to.

It comes on top of a made-up county, by the hub's own commands; everybody is invented.
"""

import hashlib
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from sqlalchemy import select

from hub.access.commands import InviteAccount, add_account
from hub.access.passwords import passwords
from hub.agencies.models import Agency, AgencyArea, Area
from hub.cli.made_up.county import AREA, BUILDER
from hub.db.files import FileStore
from hub.kernel.actor import Role
from hub.meetings.commands import PlanMeeting, list_case, plan_meeting
from hub.meetings.situation import MeetingKind
from hub.people.commands import ConfirmIdentity, confirm_identity
from hub.people.models import IdentityCheck
from hub.referrals.commands import ScreenConcern, SubmitConcern, screen_concern, submit_concern
from hub.referrals.models import Concern, ConcernFile
from hub.referrals.schemas import ConcernBody
from hub.referrals.states import Move
from hub.web.dates import TODAY
from hub.web.values import Option
from kit import story
from parts.cycle import PASSWORD, actor_of
from parts.journey import PDF

FAR = "Farshire"
CO_ORDINATOR, IDVA = "far.co-ordinator@council.example.org", "far.idva@charity.example.org"
ADDRESS, POSTCODE = "9 Hidden Rise", "ZZ8 8ZZ"


@dataclass(frozen=True, kw_only=True)
class TwoAreas:
    """The case in the area that it goes from, and the meetings of both."""

    concern: UUID
    file: UUID
    far: UUID
    here: UUID
    there: UUID


def settle(running) -> TwoAreas:
    """Make the other area, and list the case of the worker's young person here."""
    young = story.somebody_of_the_worker(running)
    with running.units() as units:
        far = _the_other_area(units)
        concern_id = _raised(units, young)
        _recognised(running, units, concern_id, UUID(young.id))
        file_id = _with_a_file(running, units, concern_id)
        coordinator = actor_of(units, running.accounts()["co_ordinator"]["email"])
        with units.write(coordinator) as uow:
            row = uow.session.get_one(Concern, concern_id)
            area_id, version = row.area_id, row.version
            cmd = ScreenConcern(
                concern_id=concern_id, outcome=Move.ACCEPT, reason="", version=version
            )
            screen_concern(cmd, uow=uow)
        here = _meeting(units, coordinator, area_id, days=14)
        with units.write(coordinator) as uow:
            list_case(here, concern_id, uow=uow)
        there = _meeting(units, actor_of(units, CO_ORDINATOR), far, days=20)
    return TwoAreas(concern=concern_id, file=file_id, far=far, here=here, there=there)


def _the_other_area(units) -> UUID:
    with units.write(BUILDER) as uow:
        far = Area(id=uow.new_id(), name=FAR)
        council = Agency(
            id=uow.new_id(), name="Farshire Council (invented)", kind="local_authority"
        )
        charity = Agency(
            id=uow.new_id(), name="Farshire Idvas (invented)", kind="domestic_abuse_service"
        )
        uow.session.add_all((far, council, charity))
        uow.session.flush()
        for agency in (council, charity):
            uow.session.add(AgencyArea(agency_id=agency.id, area_id=far.id))
        hashed = passwords("test").hash(PASSWORD)
        for name, email, agency, role in (
            ("Ellis Where", CO_ORDINATOR, council, Role.COORDINATOR),
            ("Ida Advocate", IDVA, charity, Role.AGENCY_REPRESENTATIVE),
        ):
            cmd = InviteAccount(
                name=name, email=email, agency_id=agency.id, roles=frozenset({role})
            )
            add_account(cmd, password_hash=hashed, uow=uow)
        return far.id


def _raised(units, young) -> UUID:
    officer = actor_of(units, "lesley.dummy@police.example.org")
    body = {
        "referrer": {"name": "Lesley Dummy", "role": "Officer", "phone": "01632 960172"},
        "victim": {
            "given_name": young.called,
            "family_name": young.family_name,
            "date_of_birth": young.date_of_birth.isoformat(),
            "care_experienced": "yes",
        },
        "home": {"area": AREA, "postcode": young.postcode},
        "alleged_perpetrators": [
            {
                "given_name": "Percival",
                "family_name": "Lockridge",
                "date_of_birth": "1981-04-05",
            }
        ],
        "reason": {"what_happened": "Invented for a test.", "incident_on": "2026-05-28"},
        "criteria": {"criteria": ["professional_judgement"], "judgement_reasons": "Invented."},
        "consent": {"aware": "yes", "consent": "given"},
    }
    with units.write(officer) as uow:
        areas = uow.session.execute(select(Area.id, Area.name)).all()
        token = TODAY.set(uow.today)
        try:
            command = ConcernBody(areas=tuple(Option(str(row.id), row.name) for row in areas)).load(
                body
            )
            assert isinstance(command, SubmitConcern)
            return submit_concern(command, uow=uow)
        finally:
            TODAY.reset(token)


def _recognised(running, units, concern_id: UUID, person_id: UUID) -> None:
    """Let the duty desk say who is meant, where the hub did not know by itself."""
    desk = actor_of(units, running.accounts()["duty_desk"]["email"])
    with units.write(desk) as uow:
        for row in uow.session.scalars(
            select(IdentityCheck).where(IdentityCheck.concern_id == concern_id)
        ).all():
            if row.state in {"open", "asked"}:
                facts = frozenset({"date_of_birth", "address"})
                cmd = ConfirmIdentity(
                    check_id=row.id, version=row.version, person_id=person_id, facts=facts
                )
                confirm_identity(cmd, uow=uow)


def _with_a_file(running, units, concern_id: UUID) -> UUID:
    with units.write(BUILDER) as uow:
        row = ConcernFile(
            id=uow.new_id(),
            concern_id=concern_id,
            name="risk.pdf",
            media_type="application/pdf",
            size=len(PDF),
            sha256=hashlib.sha256(PDF).hexdigest(),
            added_at=uow.now,
        )
        FileStore(running.settings().data_dir, running.keyring()).put(row.id, PDF)
        uow.session.add(row)
        return row.id


def _meeting(units, by, area_id: UUID, *, days: int) -> UUID:
    with units.write(by) as uow:
        starts = uow.now.replace(hour=9, minute=0, second=0, microsecond=0) + timedelta(days=days)
        cmd = PlanMeeting(
            kind=MeetingKind.MARAC,
            area_id=area_id,
            starts_at=starts,
            ends_at=starts + timedelta(hours=2),
        )
        return plan_meeting(cmd, uow=uow)
