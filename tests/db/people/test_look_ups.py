"""Every look-up is a row: who, when, what for, by which facts; and somebody else looks at it."""

from datetime import date
from uuid import uuid4

import pytest
from sqlalchemy import func, select, text

from hub.access.models import Account, AccountRole
from hub.agencies.models import Agency, Office
from hub.kernel.actor import Actor, Role, system
from hub.kernel.errors import ConflictError, NotAllowedError, NotFoundError, RefusedError
from hub.notify.models import Message
from hub.people.commands import open_checks
from hub.people.commands.linking import Link, link_to_case
from hub.people.commands.look_ups import (
    LookingUp,
    ReviewLookUp,
    note_look_ups,
    review_look_up,
)
from hub.people.commands.searching import SearchRegister, search_register
from hub.people.look_up_doors import open_look_up
from hub.people.models import LookUp
from hub.people.queries.look_ups import (
    count_to_review,
    look_up_sheet,
    look_ups_on,
    piles_to_review,
)
from hub.people.rules.look_ups import Door, Flag, Hits, LookUpPolicy, Outcome, Sought
from hub.people.states import LinkKind

HUB = system("test")
POLICY = LookUpPolicy(an_hour=2, a_day=3, searches_an_hour=2, searches_a_day=3, sample_percent=0)
TODAY = date(2026, 6, 1)
WHOM = Sought(given_name="Zofia", family_name="Nowak", date_of_birth=date(2006, 3, 9))


@pytest.fixture
def staff(county):
    """Return the maker of accounts: ``staff(role, ..., name=, agency_id=)``."""

    def make(*roles, name="Some Body", agency_id=None):
        actor = Actor(uuid4(), agency_id or county.agency, None, frozenset(roles), "account")
        with county.write() as uow:
            row = Account(
                id=actor.account_id,
                email=f"{actor.account_id}@example.org",
                name=name,
                agency_id=actor.agency_id,
                created_at=uow.now,
            )
            uow.session.add(row)
            uow.session.flush()
            roles_of = [AccountRole(account_id=actor.account_id, role=role) for role in roles]
            uow.session.add_all(roles_of)
        return actor

    return make


@pytest.fixture
def elsewhere(county):
    agency_id = uuid4()
    with county.write() as uow:
        uow.session.add(Agency(id=agency_id, name="Another force", kind="police"))
    return agency_id


def look(
    county, actor, whom=WHOM, *, door=Door.REQUEST, case_id=None, about_id=None, policy=POLICY
):
    asked = LookingUp(
        door=door, purpose="safety_planning", sought=whom, case_id=case_id, about_id=about_id
    )
    with county.write(actor) as uow:
        return note_look_ups(uow, [asked], policy)[0]


def rows(county):
    with county.units.read(HUB) as uow:
        return list(uow.session.scalars(select(LookUp).order_by(LookUp.at, LookUp.id)))


def told(county):
    with county.units.read(HUB) as uow:
        return list(uow.session.scalars(select(Message.recipient_id)))


def named(number):
    return Sought(given_name="Zofia", family_name=f"Nowak{'abcdefgh'[number]}")


def test_a_search_of_the_register_is_a_row_without_a_word_of_what_was_typed(county, staff, engine):
    county.registered()
    desk = staff(Role.DUTY_DESK)
    cmd = SearchRegister(purpose="contact", family_name="Oneill", given_name="Beth")
    with county.write(desk) as uow:
        search_register(cmd, uow=uow, policy=POLICY)
    (row,) = rows(county)
    assert (row.account_id, row.agency_id, row.door) == (desk.account_id, county.agency, "register")
    assert (row.purpose, row.facts, row.hits, row.flags) == ("contact", "name", Hits.ONE, "")
    with engine.connect() as connection:
        plain = str(connection.execute(text("SELECT * FROM look_up")).all()).lower()
    assert "neill" not in plain
    assert "beth" not in plain


def test_one_too_many_is_refused_and_leaves_that_it_was_tried(county, staff, clock):
    officer, lead = staff(Role.REFERRER), staff(Role.GOVERNANCE_LEAD)
    for number in range(2):
        look(county, officer, named(number))
    with pytest.raises(RefusedError, match="2 people within an hour, or 3 within a day"):
        look(county, officer, named(2))
    look(county, officer, named(1))  # about somebody again is not about one more
    assert [(row.is_refused, row.flags) for row in rows(county)].count((True, "over")) == 1
    assert told(county) == [lead.account_id]

    clock.advance(hours=1)
    look(county, officer, named(2))
    clock.advance(hours=1)
    with pytest.raises(RefusedError):
        look(county, officer, named(3))  # within the hour it would do, within the day it does not
    assert told(county) == [lead.account_id]  # the lead has not looked at the first yet
    look(county, staff(Role.REFERRER), named(3))  # everybody has their own


def test_a_concern_is_never_refused_and_is_put_before_the_lead(county, staff):
    officer, lead = staff(Role.REFERRER), staff(Role.GOVERNANCE_LEAD)
    for number in range(3):
        look(county, officer, named(number), door=Door.CONCERN, case_id=uuid4(), about_id=uuid4())
    assert sorted(row.flags for row in rows(county)) == ["", "", "over"]
    assert not any(row.is_refused for row in rows(county))
    assert told(county) == [lead.account_id]


def test_somebody_close_is_flagged_from_the_directory_and_the_accounts(county, staff):
    staff(Role.REFERRER, name="Jonathan Price")
    worker = staff(Role.LEAVING_CARE_WORKER, name="Elizabeth Carter")
    with county.write() as uow:
        uow.session.add(
            Office(id=uuid4(), agency_id=county.agency, name="East", postcode="LN1 1AA")
        )
    for whom, expected in (
        (Sought(given_name="Beth", family_name="Carter"), "self"),
        (Sought(given_name="Jon", family_name="Price"), "colleague"),
        (Sought(given_name="Wor", family_name="Ker"), "colleague"),  # an entry of the directory
        (Sought(family_name="Carter", postcodes=("LN9 9ZZ",)), "family_name"),
        (Sought(family_name="Nowak", postcodes=("ln11aa",)), "address"),
        (WHOM, ""),
    ):
        found = look(county, worker, whom, policy=LookUpPolicy(sample_percent=0))
        assert next(row.flags for row in rows(county) if row.id == found) == expected


def test_the_same_person_thrice_without_a_case(county, staff, clock):
    officer, wide = staff(Role.REFERRER), LookUpPolicy(sample_percent=0)
    for _ in range(3):
        look(county, officer, policy=wide)
        clock.advance(days=1)
    assert [row.flags for row in rows(county)] == ["", "", "repeated"]
    look(county, officer, door=Door.CONCERN, case_id=uuid4(), about_id=uuid4(), policy=wide)
    clock.advance(days=1)
    look(county, officer, policy=wide)
    assert [row.flags for row in rows(county)][3:] == ["", ""]  # now there is a case


def test_chance_picks_what_nobody_is_told_of(county, staff):
    lead = staff(Role.GOVERNANCE_LEAD)
    look(county, staff(Role.REFERRER), policy=LookUpPolicy(sample_percent=100))
    assert [row.flags for row in rows(county)] == ["sample"]
    assert told(county) == []
    with county.units.read(lead) as uow:
        assert len(piles_to_review(uow)) == 1


def test_what_was_found_is_written_for_known_and_unknown_and_shown_of_no_other_door(county, staff):
    county.registered()
    lead, officer = staff(Role.GOVERNANCE_LEAD), staff(Role.REFERRER)
    hits = []
    for given, family in (("Beth", "ONeill"), ("Zebedee", "Nobodyhere")):
        asked = county.asked(given_name=given, family_name=family, postcodes=())
        look(county, officer, case_id=asked.concern_id, about_id=asked.party_id)
        with county.write() as uow:
            open_checks(uow, [asked])
        hits.append(next(row.hits for row in rows(county) if row.about_id == asked.party_id))
    assert hits == [Hits.ONE, Hits.NONE]
    with county.units.read(lead) as uow:
        assert [row.hits for row in look_ups_on(uow, TODAY)] == [None, None]


# --- Who sees and reviews ---


def flagged(county, actor, **more):
    return look(county, actor, policy=LookUpPolicy(sample_percent=100), **more)


def review(county, actor, look_up_id, version=1, note="They showed me the case"):
    cmd = ReviewLookUp(look_up_id=look_up_id, version=version, outcome=Outcome.IN_ORDER, note=note)
    with county.write(actor) as uow:
        return review_look_up(cmd, uow=uow)


def counted(county, actor):
    with county.units.read(actor) as uow:
        return uow.session.execute(count_to_review(uow)).one()[0]


def test_somebody_else_looks_and_says_what_it_was(county, staff):
    lead, officer = staff(Role.GOVERNANCE_LEAD, name="Le Ad"), staff(Role.REFERRER)
    found = flagged(county, officer)
    assert counted(county, lead) == 1
    for wrong in ({"note": " Fine "}, {"note": ""}):
        with pytest.raises(RefusedError, match="in a sentence"):
            review(county, lead, found, **wrong)
    with pytest.raises(ConflictError):
        review(county, lead, found, version=7)
    review(county, lead, found)
    with county.units.read(lead) as uow:
        sheet = look_up_sheet(uow, found)
    assert (sheet.row.reviewer, sheet.note) == ("Le Ad", "They showed me the case")
    assert counted(county, lead) == 0
    with pytest.raises(RefusedError, match="already"):
        review(county, lead, found, version=2)


def test_nobody_reviews_their_own(county, staff):
    lead, siro = staff(Role.GOVERNANCE_LEAD), staff(Role.SIRO)
    found = flagged(county, lead)
    assert (counted(county, lead), counted(county, siro)) == (0, 1)
    with pytest.raises(NotAllowedError):
        review(county, lead, found)
    review(county, siro, found)


def test_it_is_there_for_those_of_its_agency_alone(county, staff, elsewhere):
    staff(Role.GOVERNANCE_LEAD)
    found = flagged(county, staff(Role.REFERRER))
    others = [staff(role) for role in (Role.REFERRER, Role.TEAM_MANAGER, Role.DUTY_DESK)]
    other_lead = staff(Role.GOVERNANCE_LEAD, agency_id=elsewhere)
    for somebody in (*others, other_lead):
        with pytest.raises(NotFoundError), county.units.read(somebody) as uow:
            open_look_up(uow, found)
    with county.units.read(other_lead) as uow:
        assert look_ups_on(uow, TODAY) == []
    assert counted(county, other_lead) == 0


def test_where_nobody_could_review_it_another_lead_does(county, staff, elsewhere):
    other = staff(Role.GOVERNANCE_LEAD, agency_id=elsewhere)
    only = staff(Role.GOVERNANCE_LEAD)  # looks people up, and has nobody beside
    found = look(county, only, Sought(given_name="Some", family_name="Body"))
    assert [row.flags for row in rows(county)] == [Flag.SELF]
    assert told(county) == [other.account_id]
    review(county, other, found)


def test_whom_a_conflict_keeps_from_the_case_finds_no_such_look_up(county, staff):
    lead, siro = staff(Role.GOVERNANCE_LEAD), staff(Role.SIRO)
    concern_id, request_id = uuid4(), uuid4()
    with county.write() as uow:
        for case_id in (concern_id, request_id):
            link = Link(case_id=case_id, kind=LinkKind.CLOSE, account_id=lead.account_id)
            link_to_case(link, uow=uow)
    officer = staff(Role.REFERRER, name="Zofia Nowak")
    for case_id, about_id in ((concern_id, uuid4()), (None, request_id)):
        found = look(county, officer, case_id=case_id, about_id=about_id)
        with pytest.raises(NotFoundError), county.units.read(lead) as uow:
            open_look_up(uow, found)
    assert (counted(county, lead), counted(county, siro)) == (0, 2)
    assert set(told(county)) == {siro.account_id}


def test_a_day_is_read_in_pages_the_latest_first(county, staff, clock):
    lead, officer = staff(Role.GOVERNANCE_LEAD), staff(Role.REFERRER)
    wide = LookUpPolicy(an_hour=100, a_day=100, repeats=100, sample_percent=0)
    with county.write(officer) as uow:
        asked = LookingUp(door=Door.REQUEST, purpose="marac_risk", sought=WHOM)
        note_look_ups(uow, [asked] * 60, wide)
    clock.advance(minutes=5)
    latest = look(county, officer, policy=wide)
    clock.advance(days=1)
    look(county, officer, policy=wide)
    with county.units.read(lead) as uow:
        first = look_ups_on(uow, TODAY)
        rest = look_ups_on(uow, TODAY, after=first[24].id)
        assert uow.session.scalar(select(func.count()).select_from(LookUp)) == 62
    assert (len(first), len(rest), first[0].id) == (26, 26, latest)
    assert not {row.id for row in first[:25]} & {row.id for row in rest}
