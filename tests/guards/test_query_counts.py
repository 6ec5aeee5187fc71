"""A page asks the database as often for forty rows as for three, and never more than twelve times.

Source: performance note, section 8. Every list of the hub is here, as seen by whoever it is made
for; what a unit of work says to begin is not counted, because it asks nothing.
"""

from contextlib import contextmanager
from datetime import date, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import event

from hub.agencies.models import Contact
from hub.kernel.actor import Role
from hub.marac.commands import PackAgenda, pack_agenda
from hub.marac.models import Series
from hub.meetings.models import Meeting, Task
from hub.people.models import Allocation, Conflict, PersonAddress, PersonName
from hub.referrals.models import Concern
from hub.sharing.models import (
    Agreement,
    AgreementParty,
    Approval,
    Disclosure,
    InformationRequest,
    RequestAdvice,
    RequestDraft,
    RequestLine,
    SharingDecision,
)
from kit.hub import *  # noqa: F403 - its fixtures
from kit.hub import sign_in_as
from kit.pages import PageClient
from kit.world import COORDINATOR, World
from parts.looking import flagged
from parts.packs import PACK, of_a_pack

FEW, MANY = 3, 40
MOST = 14
CASE_MINUTES = 10

LISTS = {
    Role.DUTY_DESK: (
        "/people",
        "/people?status=allocated&worker=none",
        "/checks",
        "/requests-to-us",
        "/requests-to-us/settled",
        "/approvals",
        "/home",
    ),
    Role.TEAM_MANAGER: ("/people", "/invitations", "/requests-to-us/look-back", "/home"),
    Role.DATA_PROTECTION_OFFICER: ("/advice", "/home"),
    Role.LEAVING_CARE_WORKER: ("/people", "/invitations", "/home"),
    Role.REFERRER: (
        "/concerns",
        "/requests",
        "/directory",
        "/services",
        "/services/{service}",
        "/home",
    ),
    Role.COORDINATOR: (
        "/meetings",
        "/meetings/earlier",
        "/series",
        "/agendas",
        "/judge",
        "/screening",
        "/screening/returned",
        "/screening/decided",
        "/tasks",
        "/directory",
        "/directory/agencies/{agency}",
        "/directory/services/{service}",
        "/directory/check",
        "/home",
    ),
    Role.ADMINISTRATOR: ("/accounts", "/directory"),
    Role.GOVERNANCE_LEAD: (
        "/agreements",
        "/look-ups",
        "/trail",
        "/requests-to-us/stuck",
        "/access",
        "/access/{pack}/pack",
        "/home",
    ),
}
"""Where there are lists, by who is on them; the last page each sees first."""


class Filled(World):
    """The small county with as many of everything as are asked for."""

    def fill(self, number, referrer):
        for at in range(number):
            of_a_pack(self, self.person())
            self._concerns(referrer)
            self._meetings(at)
        with self.write() as uow:
            for at in range(number):
                self._entries(uow, f"Worker {uuid4().hex[:6]} {at:02d}")
                self._paper(uow)
                self._requests(uow, referrer)
                uow.session.add(flagged(referrer, uow))

    def _concerns(self, referrer):
        for state in ("submitted", "returned", "accepted"):
            concern_id = self.concern()
            with self.write() as uow:
                concern = uow.session.get_one(Concern, concern_id)
                concern.state, concern.referrer_id = state, referrer.account_id

    def _meetings(self, at):
        held = self.meeting(days=30 + at)
        with self.write() as uow:
            row = uow.session.get_one(Meeting, held)
            row.starts_at -= timedelta(days=365)
            row.ends_at -= timedelta(days=365)
            row.state = "held"
        ahead = self.meeting(days=40 + at)
        with self.write() as uow:
            uow.session.add(
                Task(
                    id=uuid4(),
                    reference=uow.ids.reference(),
                    cause=f"test:{ahead}",
                    kind="message_not_leaving",
                    owner_role="co_ordinator",
                    meeting_id=ahead,
                    recipient_id=self.worker,
                    opened_at=uow.now,
                    due_at=uow.now + timedelta(days=1),
                )
            )

    def _request(self, uow, **values):
        row = InformationRequest(
            id=uuid4(),
            reference=uow.ids.reference(),
            asker_agency_id=self.agency,
            holder_agency_id=self.agency,
            holder_service_id=self.service,
            requester_kind="other",
            purpose="support",
            pattern="one_off",
            subject_role="victim",
            priority="routine",
            answers="{}",
            asked_key=1,
            sent_at=uow.now,
            received_at=uow.now,
            **values,
        )
        uow.session.add(row)
        uow.session.flush()
        return row.id

    def _requests(self, uow, asker):
        """Write a request of the asker's, one that waits for their signature, and a draft."""
        own = {"asker_id": asker.account_id, "counter_signer_id": None}
        others = {"asker_id": uuid4(), "counter_signer_id": asker.account_id}
        for whose in (own, others):
            self._request(uow, state="held", due_at=uow.now, **whose)
        draft = {"answers": "{}", "started_at": uow.now, "saved_at": uow.now}
        uow.session.add(RequestDraft(id=uuid4(), account_id=asker.account_id, **draft))

    def _asked_of_us(self, uow):
        """Write a request that is late, waits for approvals and advice, and one that was shared."""
        late = uow.now - timedelta(days=1)
        open_id = self._request(uow, state="with_holder", asker_id=uuid4(), due_at=late)
        ended = {"settled_at": uow.now, "due_at": uow.now}
        settled_id = self._request(uow, state="answered_in_full", asker_id=uuid4(), **ended)
        for request_id in (open_id, settled_id):
            line_id, decision_id = uuid4(), uuid4()
            uow.session.add(
                RequestLine(id=line_id, request_id=request_id, category="eet", wanted="All")
            )
            uow.session.flush()
            self._decided(uow, line_id, decision_id, is_shared=request_id == settled_id)
        uow.session.add(
            RequestAdvice(id=uuid4(), request_id=open_id, agency_id=self.agency, asked_at=uow.now)
        )

    def _decided(self, uow, line_id, decision_id, *, is_shared):
        uow.session.add(
            SharingDecision(
                id=decision_id,
                line_id=line_id,
                direction="to_asker",
                number=1,
                rule=22,
                outcome="ROUTE",
                approvers="[]",
                record="[]",
                reasons="[]",
                inputs="{}",
                decided_at=uow.now,
            )
        )
        uow.session.flush()
        for letter in () if is_shared else ("W", "L"):
            due = {"asked_at": uow.now, "due_at": uow.now}
            uow.session.add(
                Approval(
                    id=uuid4(),
                    decision_id=decision_id,
                    line_id=line_id,
                    letter=letter,
                    agency_id=self.agency,
                    **due,
                )
            )
        if is_shared:
            uow.session.add(
                Disclosure(
                    id=uuid4(),
                    line_id=line_id,
                    purpose="support",
                    category="eet",
                    from_agency_id=self.agency,
                    to_agency_id=self.agency,
                    shared="Words",
                    sha256="0",
                    record="{}",
                    method="hub",
                    shared_by=uuid4(),
                    onward="none",
                    was_told=True,
                    review_on=uow.today,
                    **dict.fromkeys(("shared_at", "recorded_at"), uow.now),
                )
            )

    def _entries(self, uow, name):
        contact_id = self.contact(uow, uuid4(), name)
        uow.session.flush()
        uow.session.get_one(Contact, contact_id).checked_on = date(2025, 1, 1)

    def _paper(self, uow):
        uow.session.add(
            Series(id=uuid4(), area_id=self.area, name="Example", starts="09:30", minutes=180)
        )
        agreement_id = uuid4()
        uow.session.add(
            Agreement(
                id=agreement_id,
                reference=uow.ids.reference(),
                title="Example agreement",
                status="in_force",
                review_on=date(2026, 5, 1),
                **dict.fromkeys(("starts_on", "ends_on"), date(2027, 1, 1)),
            )
        )
        uow.session.flush()
        uow.session.add(
            AgreementParty(agreement_id=agreement_id, agency_id=self.agency, role="processor")
        )


@pytest.fixture
def world(units):
    return Filled(units).settle()


@pytest.fixture
def seen_by(app, units, as_role, world):
    """Return the maker of browsers: ``seen_by(Role.CHAIR)``; a worker's is the named worker's."""
    made = {}

    def browser(role):
        if role not in made:
            contact_id = world.worker if role is Role.LEAVING_CARE_WORKER else None
            actor = as_role(role, agency_id=world.agency, contact_id=contact_id)
            client = app.test_client()
            sign_in_as(client, actor, units)
            made[role] = actor, PageClient(app, client)
        return made[role]

    return browser


@pytest.fixture
def asked(engine):
    """Return the counter: ``asked(call)`` is how many statements the call sent."""

    @contextmanager
    def listening():
        sent = []

        def note(_connection, _cursor, statement, *_):
            if not statement.startswith("BEGIN"):
                sent.append(statement)

        event.listen(engine, "before_cursor_execute", note)
        yield sent
        event.remove(engine, "before_cursor_execute", note)

    def count(call):
        call()  # so that what is asked once in an hour is not counted
        with listening() as sent:
            call()
        return len(sent)

    return count


def test_lists_ask_no_more_for_forty_rows_than_for_three(world, as_role, seen_by, asked):
    ids = {"agency": world.agency, "service": world.service, "pack": PACK}
    pages = [(role, path.format(**ids)) for role, paths in LISTS.items() for path in paths]
    counts = []
    for number in (FEW, MANY - FEW):
        world.fill(number, seen_by(Role.REFERRER)[0])
        for _ in range(number):
            as_role(Role.CHAIR, agency_id=world.agency)
        counts.append(
            {
                (role.value, path): asked(lambda: seen_by(role)[1].get(path))  # noqa: B023 - called here
                for role, path in pages
            }
        )

    few, many = counts
    assert many == few
    assert {page: count for page, count in many.items() if count > MOST} == {}


def test_a_person_asks_no_more_for_forty_workers_names_and_conflicts(world, seen_by, asked):
    person_id = world.person()
    path = f"/people/{person_id}"
    counts = {}
    for number in (FEW, MANY - FEW):
        with world.write() as uow:
            for at in range(number):
                contact_id = world.contact(uow, uuid4(), f"Worker {number} {at}")
                uow.session.flush()
                from_on = date(2015, 1, 1) + timedelta(days=number * 40 + at)
                uow.session.add_all(rows_about(person_id, contact_id, from_on, uow))
        for role in (Role.DUTY_DESK, Role.LEAVING_CARE_WORKER):
            browser = seen_by(role)[1]
            counts.setdefault(role.value, []).append(asked(lambda: browser.get(path)))  # noqa: B023 - at once

    assert {role: many - few for role, (few, many) in counts.items()} == dict.fromkeys(counts, 0)
    assert max(max(each) for each in counts.values()) <= MOST


def rows_about(person_id, contact_id, from_on, uow):
    """Return one more of everything that a person's page lists."""
    return (
        Allocation(
            id=uuid4(),
            person_id=person_id,
            worker_id=contact_id,
            role="leaving_care_worker",
            from_on=from_on,
            until_on=from_on + timedelta(days=1),
        ),
        PersonName(
            id=uuid4(), person_id=person_id, kind="alias", given_name="Zeb", family_name="Quill"
        ),
        PersonAddress(id=uuid4(), person_id=person_id, postcode="LN1 1AA", from_on=from_on),
        Conflict(contact_id=contact_id, person_id=person_id, declared_at=uow.now),
    )


def test_a_meeting_asks_no_more_for_forty_cases_than_for_three(world, seen_by, asked):
    counts = []
    for cases in (FEW, MANY):
        meeting_id = meeting_of(world, cases)
        counts.append(
            {
                (role.value, page): asked(
                    lambda: seen_by(role)[1].get(f"/meetings/{meeting_id}{page}")  # noqa: B023 - called at once
                )
                for role in (Role.COORDINATOR, Role.CHAIR)
                for page in ("", "/agenda", "/attendance")
            }
        )

    few, many = counts
    assert many == few
    assert max(many.values()) <= MOST


def meeting_of(world, cases):
    """Plan a MARAC of so many cases, some with a known person, all with a time."""
    meeting_id = world.meeting()
    with world.write(COORDINATOR) as uow:
        row = uow.session.get_one(Meeting, meeting_id)
        row.ends_at = row.starts_at + timedelta(minutes=CASE_MINUTES * MANY)
    for at in range(cases):
        known = world.person() if at % 4 else None
        people = [(known, "victim"), (None, "alleged_perpetrator")]
        world.list(meeting_id, world.concern_about(people))
    with world.write(COORDINATOR) as uow:
        pack_agenda(PackAgenda(meeting_id=meeting_id, slot_minutes=CASE_MINUTES), uow=uow)
    return meeting_id
