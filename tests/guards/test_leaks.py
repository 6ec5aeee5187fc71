"""Nothing leaks: personal data in every field, every message driven, every sink searched.

The sinks are what leaves the machine or stays where others read it: mail and calendar, names of
files, addresses and redirects, titles, headers and cookies, the log at its finest, the database and
its files. Source: product promise 3; security note 6.4 and T21 to T26; interface section 8.
"""

import io
import itertools
import logging
from contextlib import contextmanager
from datetime import date
from uuid import UUID

import pytest
from sqlalchemy import select

from hub.access.commands import InviteAccount, invite_account
from hub.config import MailSettings
from hub.kernel.actor import Role, system
from hub.meetings.models import Invitation, Item, Meeting
from hub.notify.door import open_door
from hub.notify.letters import Kind
from hub.notify.models import Message
from hub.notify.outcomes import Relayed
from hub.notify.sender import Sender
from hub.people.commands import SavePerson, save_person
from hub.people.models import Allocation, IdentityCandidate
from hub.people.rules.persons import Address, OtherName
from hub.people.states import NameKind
from hub.referrals import commands as referral_commands
from hub.referrals.models import Concern
from kit.banned import banned_words_in
from kit.hub import sign_in_as
from kit.leaks import Canaries, Log, Wire, files_below, stored
from kit.mailbox import read_mailbox
from kit.pages import PageClient
from kit.smtp_sink import HOST, smtp_sink
from kit.world import World
from migrations.metadata import METADATA

DATES = ("%Y-%m-%d", "%d/%m/%Y", "%d %B %Y", "%Y%m%d")
CHOSEN = {"care_experienced": "not_known", "consent": "given", "may_call": "yes"}
LEFT_OUT = {"about_age", "nhs_number"}
PDF = b"%%PDF-1.7\n1 0 obj\n<< /Title (%s) >>\nendobj\ntrailer\n<<>>\n%%%%EOF\n"
OPEN_IN = {"database": {"place", "video link"}}
"""Where a meeting is says nothing of a person, so it is not sealed; it is not for mail, though."""

SORTS = {kind.value for kind in Kind if kind is not Kind.TEST}
HERE = system("test")


class TwoDoors:
    """The mailbox and a relay at once, so that both are searched."""

    def __init__(self, *doors):
        self.doors = doors

    @contextmanager
    def session(self):
        with self.doors[0].session() as first, self.doors[1].session() as second:
            self.sessions = (first, second)
            yield self

    def send(self, sealed, sender, recipient):
        outcomes = [each.send(sealed, sender, recipient) for each in self.sessions]
        assert outcomes == [Relayed(), Relayed()]
        return outcomes[0]


@pytest.fixture(autouse=True)
def log():
    """Listen to every logger at its finest, from before the hub is built."""
    heard = Log()
    root = logging.getLogger()
    levels = {name: logging.getLogger(name).level for name in ("", "sqlalchemy.engine", "hub")}
    for name in levels:
        logging.getLogger(name).setLevel(logging.DEBUG)
    root.addHandler(heard)
    yield heard
    root.removeHandler(heard)
    for name, level in levels.items():
        logging.getLogger(name).setLevel(level)


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


@pytest.fixture
def driven(app, settings, units, as_role, log, tmp_path, monkeypatch):
    """Drive the whole story and return it with all of its sinks."""
    wire = Wire(app.wsgi_app)
    app.wsgi_app = wire
    with smtp_sink() as sink:
        relay = MailSettings(transport="smtp", host=HOST, port=sink.port, security="none")
        doors = TwoDoors(open_door(settings.mail), open_door(relay))
        drive = Drive(app, units, as_role, Sender(units, doors, settings, "worker"))
        drive.register()
        drive.raise_concern()
        drive.identify()
        drive.screen_and_list()
        drive.send()
        drive.answer()
        drive.send()
        drive.change_and_cancel()
        drive.go_wrong(monkeypatch)
        drive.wire, drive.log, drive.sent = wire, log, list(sink.taken)
        drive.mailbox, drive.folder = settings.mail.mailbox, settings.data_dir
        drive.url = settings.database.url
        yield drive


@pytest.mark.timeout(300)
def test_no_canary_gets_out_anywhere(driven):
    canaries = driven.canaries
    assert len(canaries.values) >= 60
    messages = [one.content for one in driven.sent]
    assert messages
    found = []
    for message in messages:
        found += canaries.find_in_mail(message)
    for name, sink in (
        ("mailbox", files_below(driven.mailbox)),
        ("addresses and redirects", b"\n".join(driven.wire.addresses)),
        ("headers and cookies", b"\n".join(driven.wire.headers)),
        ("titles", b"\n".join(driven.wire.titles)),
        ("log", driven.log.content()),
        ("database", stored(driven.url, METADATA.tables)),
        ("files", files_below(driven.folder / "files")),
    ):
        assert sink, name
        found += [
            each for each in canaries.find(name, sink) if each.canary not in OPEN_IN.get(name, ())
        ]
    assert found == []
    for message in messages:
        assert banned_words_in(message) == []


@pytest.mark.databases("sqlite")
@pytest.mark.timeout(300)
def test_the_drive_shows_its_canaries_and_sends_every_sort_of_message(driven, units):
    shown = b"\n".join(driven.wire.bodies)
    hidden = [name for name, value in driven.canaries.values.items() if value.encode() not in shown]
    assert len(hidden) < len(driven.canaries.values) / 2, hidden
    with units.read(HERE) as uow:
        assert set(uow.session.scalars(select(Message.kind))) == SORTS
        relayed = uow.session.scalars(select(Message).where(Message.state == "relayed")).all()
    assert {one.kind for one in relayed} == SORTS
    assert len(relayed) == len(driven.sent) == len(read_mailbox(driven.mailbox))
    assert any(b"RuntimeError" in line for line in driven.log.content().splitlines())
