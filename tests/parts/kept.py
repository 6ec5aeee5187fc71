"""One case with everything that can hang on one, and somebody who must not know of it."""

import re
from datetime import timedelta
from uuid import UUID, uuid4

from sqlalchemy import select, text

from hub.agencies.models import Area
from hub.kernel.actor import Role, system
from hub.marac.models import FlagNotice, IdvaNotice, Transfer
from hub.meetings.models import Item
from hub.meetings.situation import MeetingKind
from hub.people.commands.linking import Link, link_to_case
from hub.people.models import IdentityCheck
from hub.people.states import LinkKind
from hub.referrals.models import Concern, Party
from hub.sharing.commands.advising import AskAdvice, ask_advice
from hub.sharing.commands.packing import draw_pack
from hub.sharing.commands.subject_access import (
    PROVED,
    ReceiveAccess,
    move_access,
    receive_access,
)
from hub.sharing.models import InformationRequest, SubjectAccess
from hub.wiring.packs import PACK_SOURCES
from kit.asking import Asking
from kit.hub import sign_in_as
from kit.pages import PageClient
from kit.world import COORDINATOR
from parts.asked import confirm
from parts.consenting import answer, withdraw, yes
from parts.leak_drive import Drive

HERE = system("test")
TABLES = {
    "advice_id": "request_advice",
    "allocation_id": "allocation",
    "access_id": "subject_access",
    "approval_id": "approval",
    "attachment_id": "request_file",
    "check_id": "identity_check",
    "concern_id": "concern",
    "consent_id": "consent",
    "file_id": "concern_file",
    "flag_id": "flag_notice",
    "idva_id": "idva_notice",
    "invitation_id": "invitation",
    "item_id": "item",
    "line_id": "request_line",
    "link_id": "case_link",
    "notice_id": "withdrawal_notice",
    "pack_item_id": "pack_item",
    "person_id": "person",
    "request_id": "information_request",
    "task_id": "task",
    "transfer_id": "transfer",
}
"""Of which table an id in an address is, where that is a part of a case."""


class KeptDrive(Drive):
    """The story of one case up to its MARAC, with a safety planning meeting and a request."""

    def play(self):
        self.register()
        self.raise_concern()
        self.identify()
        self.screen_and_list()
        self.answer()
        self.plan_for_safety()
        self.ask_about_them()
        self.say_something()
        self.flag_them()
        self.hand_to_idva()
        self.ask_what_is_held()
        self.send_elsewhere()

    def plan_for_safety(self):
        self.planning_id = self.world.meeting(days=9, kind=MeetingKind.SAFETY_PLANNING)
        self.world.list(self.planning_id, self.concern_id)

    def ask_about_them(self):
        """Another force asks the service, which finds out who is meant and must approve."""
        self.asking = Asking(self.world).settle()
        who = {
            "given_name": self.given,
            "family_name": self.family,
            "date_of_birth": self.born.isoformat(),
        }
        what = {"wanted_worker_contact": self.word("wanted")}
        answers = self.asking.answers(subject=who, what=what)
        self.request_id = self.asking.send(answers)
        confirm(self.asking, self.request_id, self.person_id)
        with self.units.write(self.asking.people[Role.DUTY_DESK]) as uow:
            cmd = AskAdvice(request_id=self.request_id, question=self.word("question"))
            ask_advice(cmd, uow=uow)

    def say_something(self):
        """Let the young person say yes, and then no, to being spoken of."""
        cmd = yes(self.world, self.person_id, own_words=self.word("own words"))
        answer(self.world, cmd)
        withdraw(self.world, self.person_id)

    def flag_them(self):
        """Let the agency have a flag to set on the victim."""
        with self.units.write(HERE) as uow:
            listed = select(Item).where(Item.concern_id == self.concern_id)
            victim = select(Party.id).where(
                Party.concern_id == self.concern_id, Party.role == "victim"
            )
            uow.session.add(
                FlagNotice(
                    id=uuid4(),
                    agency_id=self.world.agency,
                    party_id=uow.session.scalars(victim).one(),
                    item_id=uow.session.scalars(listed.limit(1)).one().id,
                    kind="add",
                    flag_until=uow.today + timedelta(days=365),
                    due_on=uow.today,
                )
            )

    def hand_to_idva(self):
        """Let the agency be an Idva service of the area, which has the accepted concern."""
        with self.units.write(HERE) as uow:
            uow.session.add(
                IdvaNotice(
                    id=uuid4(),
                    concern_id=self.concern_id,
                    agency_id=self.world.agency,
                    told_at=uow.now,
                )
            )

    def ask_what_is_held(self):
        """Let the young person ask what is held about them, and the pack be drawn up."""
        lead = self.asking.account(self.world.agency, Role.GOVERNANCE_LEAD)
        with self.units.write(lead) as uow:
            cmd = ReceiveAccess(person_id=self.person_id, received_on=uow.today, asks="person")
            access_id = receive_access(cmd, uow=uow, sources=PACK_SOURCES)
            uow.session.flush()
            move_access(access_id, PROVED, self.word("proof"), uow=uow)
            draw_pack(access_id, uow=uow, sources=PACK_SOURCES)

    def send_elsewhere(self):
        """Let the case have come from another area, and wait to be taken over."""
        with self.units.write(HERE) as uow:
            far = Area(id=uuid4(), name="Farshire")
            uow.session.add(far)
            uow.session.flush()
            uow.session.add(
                Transfer(
                    id=uuid4(),
                    reference=uow.ids.reference(),
                    concern_id=self.concern_id,
                    from_area_id=far.id,
                    to_area_id=self.world.area,
                    is_temporary=False,
                    note=self.word("note of a transfer"),
                    new_address=self.word("new address"),
                    told_on=uow.today,
                    sent_at=uow.now,
                    sent_by=uuid4(),
                    due_on=uow.today,
                )
            )

    def newcomer(self, *roles, contact=True):
        """Return somebody of the county's own agency with these roles, and an entry if wanted."""
        contact_id = uuid4() if contact else None
        if contact_id is not None:
            with self.units.write(HERE) as uow:
                self.world.contact(uow, contact_id, "New Comer", role="team_manager")
        return self.as_role(*roles, agency_id=self.world.agency, contact_id=contact_id)

    def of(self, actor):
        """Return a browser in which somebody is signed in."""
        client = self.app.test_client()
        sign_in_as(client, actor, self.units)
        return PageClient(self.app, client)

    def link(self, actor, kind=LinkKind.ALLEGED_PERPETRATOR):
        """Keep somebody away from the case, as its co-ordinator."""
        with self.units.write(COORDINATOR) as uow:
            cmd = Link(case_id=self.concern_id, kind=kind, account_id=actor.account_id)
            return link_to_case(cmd, uow=uow)

    def ids(self):
        """Return the ids of all that hangs on the case, by the name that an address gives them."""
        with self.units.read(HERE) as uow:
            found = {
                name: {
                    UUID(str(one)) for one in uow.session.scalars(text(f'SELECT id FROM "{table}"'))
                }
                for name, table in TABLES.items()
            }
        found["meeting_id"] = {self.planning_id}
        return found

    def traces(self):
        """Return what stands for the case where nobody is named: ids and references."""
        with self.units.read(HERE) as uow:
            said = list(uow.session.scalars(select(Concern.reference)))
            said += uow.session.scalars(select(IdentityCheck.reference))
            said += uow.session.scalars(select(InformationRequest.reference))
            said += uow.session.scalars(select(SubjectAccess.reference))
            said += uow.session.scalars(text("SELECT reference FROM task"))
            said += uow.session.scalars(text("SELECT reference FROM transfer"))
            said += uow.session.scalars(text("SELECT reference FROM person"))
        return {str(one) for ids in self.ids().values() for one in ids} | set(said)


def filled(rule, ids):
    """Return the address of a rule with these ids, and the first of each choice of words."""

    def part(match):
        converter, name = match.group(1) or "", match.group(2)
        if converter.startswith("any("):
            return re.findall(r"[\w-]+", converter[4:])[0]
        words = {"problem": "no_named_worker", "number": "1"}
        return words.get(name) or str(ids.get(name) or uuid4())

    return re.sub(r"<(?:([a-z]+(?:\([^)]*\))?):)?(\w+)>", part, rule.rule)
