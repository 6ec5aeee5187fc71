"""One county driven through its pages with a canary in every field, for the search for leaks."""

import io
import itertools
from datetime import date
from uuid import UUID

from sqlalchemy import select

from hub.access.commands import InviteAccount, invite_account
from hub.kernel.actor import Role, system
from hub.meetings.models import Invitation, Item, Meeting
from hub.people.commands import SavePerson, save_person
from hub.people.models import Allocation, IdentityCandidate
from hub.people.rules.persons import Address, OtherName
from hub.people.states import NameKind
from hub.referrals import commands as referral_commands
from hub.referrals.models import Concern
from kit.hub import sign_in_as
from kit.leaks import Canaries
from kit.pages import PageClient
from kit.world import World

DATES = ("%Y-%m-%d", "%d/%m/%Y", "%d %B %Y", "%Y%m%d")
CHOSEN = {"care_experienced": "not_known", "consent": "given", "may_call": "yes"}
LEFT_OUT = {"about_age", "nhs_number"}
PDF = b"%%PDF-1.7\n1 0 obj\n<< /Title (%s) >>\nendobj\ntrailer\n<<>>\n%%%%EOF\n"
HERE = system("test")


class Drive:
    """One county, somebody nobody may hear of, and everybody who deals with the case."""

    def __init__(self, app, units, as_role, sender):
        self.app, self.units, self.as_role, self.sender = app, units, as_role, sender
        self.canaries = Canaries()
        self.numbers = itertools.count(1)
        self.world = World(units).settle()
        plant = self.canaries.add
        self.born = date(1907 + 100, 11, 23)
        plant("date of birth", *(f"{self.born:{shape}}" for shape in DATES))
        self.given = plant("given name", "Quintessa")
        self.family = plant("family name", "Brackenthwaite")
        self.postcode = plant("postcode", "ZE3 9QX", "ZE39QX")
        self.phone = plant("phone", "07700900737", "07700 900737")
        self.nhs = plant("NHS number", "9990017352", "999 001 7352")

    def word(self, what):
        """Return a new canary for a field of words."""
        return self.canaries.add(what, f"Zq{next(self.numbers):03d}vanta")

    def browser(self, role, *, contact_id=None):
        actor = self.as_role(role, agency_id=self.world.agency, contact_id=contact_id)
        client = self.app.test_client()
        sign_in_as(client, actor, self.units)
        return PageClient(self.app, client)

    def register(self):
        """Put the young person on the register with something in every field."""
        cmd = SavePerson(
            source_id=self.word("source id"),
            given_name=self.given,
            middle_names=self.word("middle names"),
            family_name=self.family,
            known_as=self.word("known as"),
            date_of_birth=self.born,
            nhs_number=self.nhs,
            service_id=self.world.service,
            safe_phone=self.phone,
            safe_contact=self.word("safe contact"),
            names=(
                OtherName(
                    kind=NameKind.ALIAS,
                    given_name=self.word("alias, given"),
                    family_name=self.word("alias, family"),
                ),
            ),
            addresses=(Address(lines=self.word("address"), postcode=self.postcode),),
        )
        with self.units.write(HERE) as uow:
            self.person_id = save_person(cmd, uow=uow)
            uow.session.add(
                Allocation(
                    id=uow.new_id(),
                    person_id=self.person_id,
                    worker_id=self.world.worker,
                    role="leaving_care_worker",
                    from_on=date(2025, 1, 1),
                )
            )

    def typed(self, page, **chosen):
        """Return a form's answers: what is chosen, and a canary in every field of words."""
        sent = {}
        for each in page.form().all("input", "textarea"):
            name, kind = each.attributes.get("name", ""), each.attributes.get("type", "text")
            if name in chosen or kind in {"radio", "checkbox", "hidden", "submit", "file"}:
                continue
            sent[name] = self.fitting(name, each)
        return sent | chosen

    def fitting(self, name, field):
        if name.endswith(("-day", "-month", "-year", "-time")) or name in {
            "about_age",
            "nhs_number",
        }:
            return ""
        if "postcode" in name:
            return self.postcode
        if "phone" in name:
            return self.phone
        if "email" in name:
            local = self.canaries.add(f"mail {name}", f"zq{next(self.numbers):03d}mail")
            return f"{local}@example.org"
        if field.attributes.get("inputmode") == "numeric":
            return ""
        return self.word(f"answer {name}")

    def raise_concern(self):
        """Answer every question with words in every field, add a file, submit."""
        self.officer = self.browser(Role.REFERRER)
        page = self.officer.send("referrals.start")
        draft_id = UUID(page.form().attributes["action"].split("/")[3])
        for _ in range(60):
            page = self.officer.fill(page, self.answers(page))
            if page.root.all("input", type_="file") or page.h1 == "Files":
                break
        upload = (io.BytesIO(PDF % self.word("in a file").encode()), f"{self.word('file')}.pdf")
        shown = self.officer.send("referrals.files", {"file": upload}, draft_id=draft_id)
        assert "added" in shown.text
        self.officer.send("referrals.files", {"then": "on"}, draft_id=draft_id)
        receipt = self.officer.send("referrals.submit", draft_id=draft_id)
        assert "received" in receipt.text, receipt.text
        with self.units.read(HERE) as uow:
            self.concern_id = uow.session.scalars(select(Concern.id)).one()

    def answers(self, page):
        form = page.form()
        names = {each.attributes.get("name") for each in form.all("input", "textarea", "select")}
        if "more" in names:
            group = form.attributes["action"].rpartition("/")[2]
            is_first = group not in self.__dict__.setdefault("groups", set())
            self.groups.add(group)
            return {"more": "yes" if is_first else "no"}
        chosen = {key: value for key, value in CHOSEN.items() if key in names}
        if "given_name" in names and "victim" in form.attributes["action"]:
            chosen |= {"given_name": self.given, "family_name": self.family}
            chosen |= {"nhs_number": self.nhs}
            chosen |= {
                "date_of_birth-day": str(self.born.day),
                "date_of_birth-month": str(self.born.month),
                "date_of_birth-year": str(self.born.year),
            }
        return self.typed(page, **chosen)

    def identify(self):
        """Ask the referrer back, let them answer, and confirm the young person by two facts."""
        desk = self.browser(Role.DUTY_DESK)
        with self.units.read(HERE) as uow:
            candidate = uow.session.scalars(
                select(IdentityCandidate.check_id)
                .where(IdentityCandidate.person_id == self.person_id)
                .order_by(IdentityCandidate.score.desc())
            ).first()
        page = desk.get("people.answer", check_id=candidate, verb="ask-back")
        desk.fill(page, self.typed(page))
        page = self.officer.get("referrals.add", concern_id=self.concern_id)
        self.officer.fill(page, self.typed(page))
        page = desk.get("people.confirm", check_id=candidate, person_id=self.person_id)
        answered = desk.fill(page, {"facts": ["date_of_birth", "address"]})
        assert "Confirmed" in answered.text, answered.text

    def screen_and_list(self):
        """Accept the concern, plan a meeting, list the case and give out times."""
        self.coordinator = self.browser(Role.COORDINATOR)
        page = self.coordinator.get("referrals.concern", concern_id=self.concern_id)
        where = f"/screening/{self.concern_id}"
        decided = {"outcome": "accepted", "reason": self.word("reason of screening")}
        self.coordinator.fill(page, decided, action=where)
        self.coordinator.post(
            "referrals.contact", {"why": "contact"}, status=200, concern_id=self.concern_id
        )
        page = self.coordinator.get("meetings.plan")
        when = {"day": "1", "month": "7", "year": "2026"}
        planned = self.coordinator.fill(
            page,
            {
                "kind": "marac",
                "area_id": str(self.world.area),
                **{f"starts_at-{part}": value for part, value in when.items()},
                **{f"ends_at-{part}": value for part, value in when.items()},
                "starts_at-time": "09:30",
                "ends_at-time": "12:30",
                "place": self.word("place"),
                "video_link": f"https://video.example.org/{self.word('video link')}",
            },
        )
        assert planned.h1.startswith("MARAC"), planned.text
        with self.units.read(HERE) as uow:
            self.meeting_id = uow.session.scalars(select(Meeting.id)).one()
        page = self.coordinator.get("meetings.list_case", meeting_id=self.meeting_id)
        self.coordinator.fill(page, {"concern_id": str(self.concern_id)})
        with self.units.read(HERE) as uow:
            self.item_id = uow.session.scalars(select(Item.id)).one()
        self.give_out_times()

    def give_out_times(self):
        self.coordinator.send("marac.times", {"slot_minutes": "10"}, meeting_id=self.meeting_id)

    def send(self):
        """Let the worker process send what is due."""
        assert self.sender.send_due()

    def answer(self):
        """The worker looks, cannot come, and says why."""
        with self.units.read(HERE) as uow:
            mine = select(Invitation.id).where(Invitation.recipient_id == self.world.worker)
            invitation_id = uow.session.scalars(mine).one()
        worker = self.browser(Role.LEAVING_CARE_WORKER, contact_id=self.world.worker)
        page = worker.get("invitations.show", invitation_id=invitation_id)
        assert self.family in page.text
        said = {"answer": "declined", "decline_reason": self.word("reason of declining")}
        answered = worker.fill(page, said)
        assert answered.h1 == "You cannot come", answered.text

    def change_and_cancel(self):
        """Move the meeting, take the case off, invite somebody to have an account."""
        page = self.coordinator.get("meetings.move", meeting_id=self.meeting_id)
        typed = page.filled() | {"starts_at-time": ["10:30"], "ends_at-time": ["13:30"]}
        self.coordinator.fill(page, {key: value[0] for key, value in typed.items()})
        self.send()
        for page in ("meetings.show", "marac.agenda"):
            self.coordinator.get(page, meeting_id=self.meeting_id)
        self.coordinator.client.get(f"/meetings/{self.meeting_id}/agenda?names=yes")
        self.coordinator.get("meetings.case", item_id=self.item_id)
        self.coordinator.send("meetings.take_off", item_id=self.item_id)
        with self.units.write(HERE) as uow:
            cmd = InviteAccount(
                name="New Comer",
                email="new.comer@example.org",
                agency_id=self.world.agency,
                contact_id=None,
                roles=frozenset({Role.REFERRER}),
            )
            invite_account(cmd, uow=uow)
        self.send()

    def go_wrong(self, monkeypatch):
        """Break in the middle of what was typed, as often as there are pages to break on."""
        draft = self.officer.send("referrals.start")
        action = draft.form().attributes["action"]

        def break_down(cmd, **_):
            raise RuntimeError(f"{self.word('words of an error')}: {cmd}")

        monkeypatch.setattr(self.app, "testing", False)
        for name in ("save_page", "start_draft", "add_information"):
            monkeypatch.setattr(referral_commands, name, break_down)
        for _ in range(5):
            answer = self.officer._send(action, self.typed(draft))
            assert answer.status_code == 500, answer.get_data(as_text=True)
            answer = self.officer._send("/concerns/start", {})
            assert answer.status_code == 500
