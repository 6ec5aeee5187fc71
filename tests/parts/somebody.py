"""Somebody in a made-up county who has every role, and has begun or said everything there is."""

from datetime import timedelta
from uuid import UUID

from sqlalchemy import select, text

from hub.access.commands import InviteAccount, invite_account
from hub.access.queries import actor_of
from hub.kernel.actor import Role, system
from hub.marac.commands.actions import ProposeAction, propose_action
from hub.marac.commands.emergency import CallEmergency, call_emergency
from hub.marac.commands.hearings import SetTeller, set_teller, sign_statement
from hub.marac.commands.research import WriteLine, write_line
from hub.marac.models import FlagNotice, IdvaNotice
from hub.marac.rules.research import LineKind
from hub.meetings.rules import InvitationPolicy
from hub.people.queries import own_people
from hub.referrals.commands import SaveEntry, StartDraft, save_entry, start_draft
from hub.sharing.commands import (
    RecordAnswer,
    WithdrawConsent,
    record_answer,
    tell_recipients,
    withdraw_consent,
)
from hub.sharing.commands.advising import AskAdvice, ask_advice
from hub.sharing.commands.consent_drafts import SaveStep, save_step
from hub.sharing.commands.consent_drafts import start_draft as start_talk
from hub.sharing.commands.leaving import Record, ShareLine
from hub.sharing.commands.packing import JudgeItem, draw_pack, judge_item
from hub.sharing.commands.releasing import share_line
from hub.sharing.commands.request_drafts import StartAsking, start_asking
from hub.sharing.commands.routing import route_request
from hub.sharing.commands.sending import SendRequest, send_request
from hub.sharing.commands.settling import settle_request
from hub.sharing.commands.subject_access import (
    PREPARED,
    PROVED,
    ReceiveAccess,
    move_access,
    receive_access,
    release_access,
)
from hub.sharing.commands.telling import TellLine, tell_line
from hub.sharing.models import InformationRequest, PackItem, RequestLine
from hub.sharing.rules import Category, Purpose
from hub.sharing.rules.consent_journey import Step
from hub.sharing.rules.consent_terms import (
    Alone,
    Giver,
    Interpreter,
    Lasting,
    Method,
    PhoneHeld,
)
from hub.sharing.rules.consents import ConsentScope
from hub.sharing.rules.pack import Exemption, PackVerdict, Said
from hub.sharing.rules.policy import RequestPolicy
from hub.sharing.rules.request_answers import AskAnswers, AskPage
from hub.sharing.states import LineState, RequestState
from hub.wiring.packs import PACK_SOURCES

ENTRY = UUID("e0000000-0000-4000-8000-000000000001")

CALLED = "SELECT id FROM meeting WHERE shape = 'emergency'"
AFTER_TRIAGE = (
    ("marac.idva_one", "/idva/{}", "SELECT id FROM idva_notice ORDER BY told_at DESC"),
    ("marac.ring", "/meetings/{}/ring", CALLED),
    ("marac.called", "/meetings/{}/called", CALLED),
)
"""Pages of what follows an accepted concern, with the ids that somebody here can open."""


def somebody_has_every_role(units):
    """Invite a newcomer to each role that nobody in the county has, and one referrer more."""
    with units.write(system("test")) as uow:
        agency_id = uow.session.scalars(
            text(
                "SELECT agency_id FROM account JOIN account_role ON account_id = account.id"
                " WHERE role = 'duty_desk' LIMIT 1"
            )
        ).one()
        known = set(uow.session.scalars(text("SELECT role FROM account_role")))
        for role in {*Role} - known | {Role.REFERRER}:
            cmd = InviteAccount(
                name="New Comer",
                email=f"new.{role.value}@agency.example.org",
                agency_id=UUID(agency_id),
                contact_id=None,
                roles=frozenset({role}),
            )
            invite_account(cmd, uow=uow)


def somebody_has_begun_a_concern(units):
    with units.write(actor_with(units, Role.REFERRER)) as uow:
        draft_id = start_draft(StartDraft(pages={}), uow=uow)
    with units.write(actor_with(units, Role.REFERRER)) as uow:
        entry = SaveEntry(
            draft_id=draft_id,
            group="alleged_perpetrator",
            entry_id=ENTRY,
            typed={"given_name": ["Invented"], "about_age": ["20"]},
        )
        save_entry(entry, uow=uow)


def somebody_asks(units):
    """Begin a request whose holder is chosen, and send one that waits for a colleague."""
    officer = actor_with(units, Role.REFERRER)
    with units.write(system("test")) as uow:
        colleague = InviteAccount(
            name="Another Officer",
            email="another.officer@agency.example.org",
            agency_id=officer.agency_id,
            contact_id=None,
            roles=frozenset({Role.REFERRER}),
        )
        signer = invite_account(colleague, uow=uow)
    others = "SELECT id FROM agency WHERE id != :own LIMIT 1"
    with units.write(officer) as uow:
        holder = UUID(uow.session.scalars(text(others), {"own": officer.agency_id.hex}).one())
        chosen = {AskPage.HOLDER: {"chosen": [str(holder)]}}
        start_asking(StartAsking(pages=chosen), uow=uow)
        answers = AskAnswers(
            pages={
                AskPage.HOLDER: {"agency": str(holder)},
                AskPage.SUBJECT: {"family_name": "Invented", "date_of_birth": "2006-03-09"},
                AskPage.WHAT: {"categories": ["eet"]},
                AskPage.WHY: {"purpose": "crime_prevention"},
                AskPage.POLICE: {"counter_signer": str(signer)},
            }
        )
        policy = RequestPolicy()
        send_request(SendRequest(answers=answers), uow=uow, policy=policy)
        asked = send_request(SendRequest(answers=answers), uow=uow, policy=policy)
        row = uow.session.get_one(InformationRequest, asked)
        row.state, row.paused_at = RequestState.CLARIFYING, uow.now


def somebody_is_asked(units):
    """Let a leaving care desk be asked: twice in danger, once for a file that two must let go.

    Of what was asked in danger one thing was told and written down.
    """
    officer, desk = (actor_with(units, role) for role in (Role.REFERRER, Role.DUTY_DESK))
    policy = RequestPolicy()
    with units.write(officer) as uow:
        service = UUID(
            uow.session.scalars(
                text("SELECT id FROM service WHERE agency_id = :own AND kind = 'leaving_care'"),
                {"own": desk.agency_id.hex},
            ).one()
        )
        dangers = (("worker_contact", "yes"), ("worker_contact", "yes"), ("full_file", "no"))
        for category, danger in dangers:
            answers = AskAnswers(
                pages={
                    AskPage.HOLDER: {"agency": str(desk.agency_id), "service": str(service)},
                    AskPage.SUBJECT: {
                        "family_name": "Invented",
                        "date_of_birth": "2006-03-09",
                        "subject_role": "witness",
                    },
                    AskPage.WHAT: {"categories": [category], f"wanted_{category}": "All"},
                    AskPage.WHY: {"purpose": "safety_planning"},
                    AskPage.RISK: {"immediate_danger": danger, "danger": "He has a key"},
                }
            )
            asked = send_request(SendRequest(answers=answers), uow=uow, policy=policy)
            row = uow.session.get_one(InformationRequest, asked)
            if row.received_at is None:  # it lacks what nobody looks at here
                row.state, row.known = RequestState.WITH_HOLDER, "known"
                route_request(uow, row, answers, policy)
                settle_request(uow, row, policy)
    with units.write(desk) as uow:
        ask_advice(AskAdvice(request_id=asked, question="Is it too much?"), uow=uow)
        ready = select(RequestLine.id).where(RequestLine.state == LineState.READY)
        told = uow.session.scalars(ready.limit(1)).one()
        tell_line(TellLine(line_id=told), uow=uow, policy=policy)
        written = dict.fromkeys(
            ("necessity", "less_intrusive", "risk_of_sharing", "risk_of_not_sharing"), "Invented"
        )
        shared = ShareLine(
            line_id=told,
            words="Invented",
            record=Record(**written),
            method="phone",
            was_told=True,
            knows_nobody=True,
        )
        share_line(shared, uow=uow, policy=policy)


def somebody_said_something(units):
    """Let somebody say yes and take it back, a referrer hear of it, and a record be half done."""
    worker, referrer = (
        actor_with(units, role) for role in (Role.LEAVING_CARE_WORKER, Role.REFERRER)
    )
    with units.write(worker) as uow:
        person_id = own_people(uow)[0].id
        agency_id = UUID(uow.session.scalars(text("SELECT id FROM agency LIMIT 1")).one())
        about = ConsentScope(
            purposes=frozenset({Purpose.SUPPORT}),
            categories=frozenset({Category.EET}),
            agencies=frozenset({agency_id}),
        )
        said = RecordAnswer(
            person_id=person_id,
            is_yes=True,
            scope=about,
            said_on=uow.today,
            giver=Giver.SELF,
            method=Method.IN_PERSON,
            alone=Alone.ALONE,
            phone=PhoneHeld.NOT_BY_PHONE,
            interpreter=Interpreter.NOT_NEEDED,
            words_read="Invented",
            is_understood=True,
        )
        record_answer(said, uow=uow, lasting=Lasting())
        taken = withdraw_consent(WithdrawConsent(person_id=person_id), uow=uow)
        received = {(Purpose.SUPPORT, Category.EET)}
        tell_recipients(uow, taken, {referrer.account_id: received})
        draft_id = start_talk(person_id, None, uow=uow)
        day = [str(uow.today.day), str(uow.today.month), str(uow.today.year)]
        for step, typed in (
            (Step.ABOUT, {"purposes": ["support"], "categories": ["eet"], "whom": ["signed"]}),
            (Step.GROUNDS, {"grounds": ["court_order"]}),
            (Step.TOLD, {"told": ["yes"], "said_on": day}),
        ):
            save_step(SaveStep(draft_id=draft_id, step=step, typed=typed), uow=uow)


def actor_with(units, role):
    with units.read(system("test")) as uow:
        account_id = uow.session.scalars(
            text("SELECT account_id FROM account_role WHERE role = :role"), {"role": role}
        ).first()
        return actor_of(uow, UUID(account_id))


def somebody_researches(units):
    """Let a representative have begun the paper of their agency about a case of its area."""
    rep = actor_with(units, Role.AGENCY_REPRESENTATIVE)
    with units.write(rep) as uow:
        asked = text("SELECT id FROM research WHERE agency_id = :own AND state = 'asked' LIMIT 1")
        research_id = UUID(uow.session.scalars(asked, {"own": rep.agency_id.hex}).one())
        cmd = WriteLine(research_id=research_id, text="Invented", kind=LineKind.FACT)
        write_line(cmd, uow=uow)


def somebody_hears(units):
    """Let the co-ordinator have accepted a meeting's statement and agreed an action there."""
    coordinator = actor_with(units, Role.COORDINATOR)
    with units.write(coordinator) as uow:
        listed = text(
            "SELECT item.meeting_id, item.id FROM item JOIN meeting ON meeting.id = item.meeting_id"
            " JOIN agency_area ON agency_area.area_id = meeting.area_id"
            " WHERE item.state = 'listed' AND agency_area.agency_id = :own LIMIT 1"
        )
        row = uow.session.execute(listed, {"own": coordinator.agency_id.hex}).one()
        meeting_id, item_id = (UUID(one) for one in row)
        sign_statement(meeting_id, "member", uow=uow)
        uow.session.flush()
        cmd = ProposeAction(
            item_id=item_id,
            text="Invented",
            risk="Invented",
            owner_id=coordinator.account_id,
            due_on=uow.today + timedelta(days=90),
            may_tell_victim=False,
        )
        propose_action(cmd, uow=uow)
        chosen = SetTeller(
            item_id=item_id, version=0, teller="idva", account_id=coordinator.account_id
        )
        set_teller(chosen, uow=uow)


def somebody_flags(units):
    """Let a representative's agency have a flag to set on the people of a case of its area."""
    rep = actor_with(units, Role.AGENCY_REPRESENTATIVE)
    with units.write(system("test")) as uow:
        listed = text(
            "SELECT item.id, item_person.party_id FROM item"
            " JOIN meeting ON meeting.id = item.meeting_id"
            " JOIN item_person ON item_person.item_id = item.id"
            " JOIN agency_area ON agency_area.area_id = meeting.area_id"
            " WHERE item.state = 'listed' AND agency_area.agency_id = :own LIMIT 1"
        )
        row = uow.session.execute(listed, {"own": rep.agency_id.hex}).one()
        uow.session.add(
            FlagNotice(
                id=uow.new_id(),
                agency_id=rep.agency_id,
                party_id=UUID(row.party_id),
                item_id=UUID(row.id),
                kind="add",
                flag_until=uow.today + timedelta(days=365),
                due_on=uow.today,
            )
        )


def somebody_is_called(units):
    """Let the co-ordinator have called an emergency MARAC about a concern on no agenda."""
    coordinator = actor_with(units, Role.COORDINATOR)
    with units.write(coordinator) as uow:
        free = text(
            "SELECT id FROM concern WHERE id NOT IN (SELECT concern_id FROM item)"
            " AND area_id IN (SELECT area_id FROM agency_area WHERE agency_id = :own) LIMIT 1"
        )
        concern_id = UUID(uow.session.scalars(free, {"own": coordinator.agency_id.hex}).one())
        cmd = CallEmergency(
            concern_id=concern_id,
            starts_at=uow.now + timedelta(hours=1),
            joining="01632 960999",
            reason="Invented",
        )
        call_emergency(cmd, uow=uow, policy=InvitationPolicy())


def somebody_asks_what_is_held(units):
    """Let two packs be drawn up: one of somebody in a concern, one that was let out."""
    desk, lead = actor_with(units, Role.DUTY_DESK), actor_with(units, Role.GOVERNANCE_LEAD)
    everybody = text(
        "SELECT person.id, SUM(identity_check.state = 'confirmed') AS known FROM person"
        " JOIN service ON service.id = person.service_id"
        " LEFT JOIN identity_check ON identity_check.person_id = person.id"
        " WHERE service.agency_id = :own GROUP BY person.id ORDER BY known DESC"
    )
    with units.write(desk) as uow:
        found = list(uow.session.scalars(everybody, {"own": desk.agency_id.hex}))
        asked = [_held_about(uow, UUID(found[0])), _held_about(uow, UUID(found[-1]))]
        waits = uow.session.scalars(select(PackItem).where(PackItem.access_id == asked[1])).all()
        no = Said(verdict=PackVerdict.WITHHOLD, exemption=Exemption.CRIME, why="Invented")
        for item in waits:
            judge_item(JudgeItem(item_id=item.id, version=item.version, said=no), uow=uow)
        move_access(asked[1], PREPARED, "Invented", uow=uow)
    with units.write(lead) as uow:
        release_access(asked[1], uow=uow, sources=PACK_SOURCES)


def _held_about(uow, person_id):
    cmd = ReceiveAccess(person_id=person_id, received_on=uow.today, asks="person")
    access_id = receive_access(cmd, uow=uow, sources=PACK_SOURCES)
    uow.session.flush()
    move_access(access_id, PROVED, "Invented", uow=uow)
    draw_pack(access_id, uow=uow, sources=PACK_SOURCES)
    uow.session.flush()
    return access_id


def somebody_has_people_to_contact(units):
    """Let a representative's agency have an accepted concern of its area, as an Idva service."""
    rep = actor_with(units, Role.AGENCY_REPRESENTATIVE)
    with units.write(system("test")) as uow:
        accepted = text(
            "SELECT id FROM concern WHERE state = 'accepted' AND area_id IN"
            " (SELECT area_id FROM agency_area WHERE agency_id = :own) LIMIT 1"
        )
        concern_id = UUID(uow.session.scalars(accepted, {"own": rep.agency_id.hex}).one())
        uow.session.add(
            IdvaNotice(
                id=uow.new_id(),
                concern_id=concern_id,
                agency_id=rep.agency_id,
                told_at=uow.now,
            )
        )
