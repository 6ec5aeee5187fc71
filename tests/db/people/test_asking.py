"""Who is found for a concern, which desk is asked, and what a look-up costs."""

from datetime import date, datetime, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import event, func, select

from hub.agencies.models import Agency, Office, OfficeDistrict, Service
from hub.kernel.actor import system
from hub.people.commands import (
    AnswerCheck,
    SavePerson,
    answer_back,
    ask_back,
    hasten,
    open_checks,
    rule_out,
    save_person,
)
from hub.people.commands.importing import import_register
from hub.people.events import (
    CandidatePutForward,
    IdentityAsked,
    IdentityHastened,
    IdentityReopened,
    IdentityUndone,
)
from hub.people.models import CheckKey, IdentityCheck, MatchKey
from hub.people.queries.entries import (
    MOST_CANDIDATES,
    blind_keys,
    held,
    keys_of_unit,
    sharing_keys,
)
from hub.people.rules.identity import queries_for
from hub.people.rules.persons import Address, OtherName
from hub.people.rules.sheet import read_register
from hub.people.states import NameKind

HUB = system("test")
BORN = date(2006, 3, 9)

SAID = [
    # what the referrer says of Elizabeth "Beth" O'Neill, and how sure the engine is
    ({}, "probable"),  # nickname, apostrophe
    ({"given_name": "Elizabeth", "family_name": "O'Neill"}, "probable"),
    ({"given_name": "ONeill", "family_name": "Beth"}, "probable"),  # swapped names
    ({"date_of_birth": date(2006, 9, 3)}, "probable"),  # day and month swapped
    ({"given_name": "Elizabet"}, "probable"),  # a letter lost
    ({"postcodes": ("LN1 1AA",)}, "probable"),  # where she lived before
    ({"family_name": "Carter"}, "probable"),  # her former name
    ({"postcodes": ()}, "possible"),
    ({"date_of_birth": None, "about_year": 2006}, "possible"),
    ({"date_of_birth": None}, "possible"),
    ({"date_of_birth": date(2005, 3, 9), "postcodes": ("NG1 1AA",)}, "possible"),
    ({"given_name": "Rosalind"}, "conflict"),  # perhaps a twin
]


@pytest.mark.parametrize(("said", "band"), SAID)
@pytest.mark.databases("sqlite")
def test_she_is_found_whatever_is_off(county, said, band):
    person_id = county.registered(
        names=(OtherName(NameKind.FORMER, "Elizabeth", "Carter"),),
        addresses=(
            Address(postcode="LN2 4ZZ"),
            Address(postcode="LN1 1AA", until_on=date(2024, 1, 1)),
        ),
    )
    assert county.candidates(county.ask(**said)) == [(person_id, band)]


def test_nhs_number_and_birth_are_all_but_certain_and_still_wait_for_a_person(county):
    person_id = county.registered(nhs_number="999 000 0018")
    check_id = county.ask(nhs_number="9990000018")
    assert county.candidates(check_id) == [(person_id, "certain")]
    assert county.check(check_id).state == "open"
    assert county.check(check_id).person_id is None


def test_one_number_with_two_birthdays_is_a_conflict(county):
    county.registered(nhs_number="9990000018")
    check_id = county.ask(nhs_number="9990000018", date_of_birth=date(2004, 7, 1))
    assert [band for _, band in county.candidates(check_id)] == ["conflict"]


def test_nobody_found_becomes_a_yes_or_no_question_to_somebody_of_age_only(county):
    stranger = {"given_name": "Zebedee", "family_name": "Quillfeather", "postcodes": ()}
    county.registered()

    asked = county.ask(**stranger)
    assert county.candidates(asked) == []
    assert county.check(asked).service_id == county.service

    assert county.ask(**stranger, date_of_birth=date(1970, 1, 1)) is None
    assert county.ask(**stranger, care_answer="no") is None
    assert county.ask(**stranger | {"date_of_birth": None}) is not None  # unknown age


def test_somebody_asked_about_is_not_asked_about_twice(county):
    county.registered()
    one = county.asked()
    with county.units.write(HUB) as uow:
        assert len(open_checks(uow, [one])) == 1
    with county.units.write(HUB) as uow:
        assert open_checks(uow, [one]) == []


def test_a_question_is_due_the_next_working_day_sooner_when_urgent_or_a_meeting_is_near(
    county, clock, heard
):
    now = clock.now()
    check_id = county.ask()
    assert county.check(check_id).due_at == now + timedelta(days=1)
    assert county.check(county.ask(is_urgent=True)).due_at == now + timedelta(hours=2)

    concern_id = county.check(check_id).concern_id
    with county.units.write(HUB) as uow:
        hasten(uow, concern_id, now + timedelta(hours=6))
    assert county.check(check_id).due_at == now + timedelta(hours=6)
    with county.units.write(HUB) as uow:
        hasten(uow, concern_id, now + timedelta(days=9))  # never later than it was
    assert county.check(check_id).due_at == now + timedelta(hours=6)
    assert [one.due_at for one in heard if isinstance(one, IdentityHastened)] == [
        now + timedelta(hours=6)
    ]


class TestRoute:
    """Which desk is asked."""

    @pytest.fixture
    def other(self, county):
        """Return another leaving care service, delivered by a charity for its authority."""
        with county.units.write(HUB) as uow:
            authority, charity, service, office = (uuid4() for _ in range(4))
            uow.session.add(Agency(id=authority, name="Otherton Council", kind="local_authority"))
            uow.session.add(Agency(id=charity, name="Otherton Charity", kind="charity"))
            uow.session.flush()
            uow.session.add(
                Service(
                    id=service,
                    agency_id=charity,
                    authority_id=authority,
                    kind="leaving_care",
                    name="An other leaving care service",
                )
            )
            uow.session.add(Office(id=office, agency_id=charity, name="Otherton"))
            uow.session.flush()
            uow.session.add(OfficeDistrict(office_id=office, district="OT1"))
        return service

    NOBODY = {"given_name": "Zebedee", "family_name": "Quillfeather", "postcodes": ()}  # noqa: RUF012 - read

    def test_the_candidates_own_comes_before_what_the_referrer_thinks(self, county, other):
        county.registered()
        assert county.check(county.ask(authority="Otherton Council")).service_id == county.service

    def test_the_authority_that_the_referrer_names(self, county, other):
        asked = county.ask(**self.NOBODY, authority=" otherton council ")
        assert county.check(asked).service_id == other

    def test_the_service_of_the_place(self, county, other):
        asked = county.ask(**self.NOBODY | {"postcodes": ("OT1 1AA",)})
        assert county.check(asked).service_id == other

    def test_the_service_of_the_area_and_any_before_none(self, county, other):
        assert county.check(county.ask(**self.NOBODY)).service_id == county.service
        elsewhere = county.ask(**self.NOBODY, area_id=uuid4(), authority="Nowhere")
        assert county.check(elsewhere).service_id == other  # the first by name


def test_the_asked_say_so_once(county, heard):
    check_id = county.ask()
    (asked,) = [one for one in heard if isinstance(one, IdentityAsked)]
    assert (asked.check_id, asked.service_id) == (check_id, county.service)
    assert "ONeill" not in str(asked.facts())


class TestLater:
    """The register changes after the question was asked."""

    def test_who_joins_later_stands_beside_the_question(self, county, heard):
        check_id = county.ask()
        assert county.candidates(check_id) == []

        person_id = county.registered()

        assert county.candidates(check_id) == [(person_id, "probable")]
        assert CandidatePutForward(check_id=check_id, person_id=person_id) in heard

    def test_who_is_imported_later_too(self, county):
        check_id = county.ask()
        heads = "person_id,given_name,middle_names,family_name,known_as,date_of_birth,sex"
        text = f"{heads},postcode,aliases\nP1,Elizabeth,,ONeill,Beth,2006-03-09,F,LN2 4ZZ,\n"
        with county.units.write(HUB) as uow:
            lines = read_register(text.encode(), uow.today).lines
            import_register(lines, uow=uow, service_id=county.service)
        assert [band for _, band in county.candidates(check_id)] == ["probable"]

    def test_a_no_is_asked_again_when_the_person_joins(self, county, heard):
        check_id = county.ask()
        with county.units.write(county.desk_actor) as uow:
            rule_out(AnswerCheck(check_id=check_id, version=1), uow=uow)

        county.registered()

        assert county.check(check_id).state == "open"
        (undone,) = [one for one in heard if isinstance(one, IdentityUndone)]
        assert undone.person_id is None

    def test_a_no_is_not_asked_again_for_a_namesake(self, county):
        check_id = county.ask()
        with county.units.write(county.desk_actor) as uow:
            rule_out(AnswerCheck(check_id=check_id, version=1), uow=uow)
        county.registered(date_of_birth=date(2001, 11, 20))
        assert county.check(check_id).state == "ruled_out"

    def test_more_from_the_referrer_puts_the_question_before_the_desk_again(self, county, heard):
        check_id = county.ask()
        with county.units.write(county.desk_actor) as uow:
            ask_back(
                AnswerCheck(check_id=check_id, version=1, note="Which school was it?"), uow=uow
            )
        with county.units.write(HUB) as uow:
            answer_back(uow, county.check(check_id).concern_id, "Sampleton")
        assert county.check(check_id).state == "open"
        assert county.check(check_id).reply == "Sampleton"
        assert any(isinstance(one, IdentityReopened) for one in heard)

    def test_a_change_of_name_changes_the_keys(self, county):
        person_id = county.registered()
        with county.units.write(HUB) as uow:
            cmd = SavePerson(
                person_id=person_id,
                version=1,
                given_name="Zebedee",
                family_name="Quillfeather",
                date_of_birth=date(2004, 12, 24),
                service_id=county.service,
            )
            save_person(cmd, uow=uow)
        assert county.candidates(county.ask()) == []


@pytest.fixture
def crowd(county):
    """Put a thousand people with few names on the register, and tell of what."""
    given = ("Beth", "Elizabeth", "Ann", "Jack", "Zofia")
    family = ("ONeill", "Smith", "Jones", "Nowak", "Hill")
    heads = "person_id,given_name,middle_names,family_name,known_as,date_of_birth,sex"
    rows = [
        f"P{n},{given[n % 5]},,{family[n // 5 % 5]},,{2001 + n % 9}-0{1 + n % 9}-1{n % 10},F,"
        f"LN{n % 9} 1AA,"
        for n in range(1000)
    ]
    text = "\n".join([f"{heads},postcode,aliases", *rows])
    with county.units.write(HUB) as uow:
        lines = read_register(text.encode(), uow.today).lines
        import_register(lines, uow=uow, service_id=county.service)
    return county


def test_a_look_up_reads_sixty_people_at_most_however_many_share_its_keys(crowd):
    with crowd.units.read(HUB) as uow:
        keys = blind_keys(keys_of_unit(uow), queries_for(crowd.asked(date_of_birth=None)))
        sharing = uow.session.scalar(
            select(func.count(MatchKey.person_id.distinct())).where(MatchKey.key.in_(keys))
        )
        found = sharing_keys(uow, keys)
        assert sharing > MOST_CANDIDATES
        assert len(found) == MOST_CANDIDATES
        assert len(held(uow, found)) == MOST_CANDIDATES


def test_a_look_up_takes_as_many_queries_in_a_crowd_as_alone(county, request):
    alone = statements(county)
    request.getfixturevalue("crowd")
    assert statements(county) == alone


def statements(county):
    """Return how many statements one question about one person takes before it is written."""
    said = []
    engine = county.units.engine

    def note(*args):
        said.append(args[2])

    one = county.asked(given_name="Quentin", family_name="Ypres", postcodes=())
    with county.units.write(HUB) as uow:
        event.listen(engine, "before_cursor_execute", note)
        open_checks(uow, [one])
        event.remove(engine, "before_cursor_execute", note)
    return len(said)


def test_nothing_readable_is_kept_of_a_question(county):
    check_id = county.ask()
    with county.units.read(HUB) as uow:
        keys = uow.session.scalars(select(CheckKey.key).where(CheckKey.check_id == check_id)).all()
        connection = uow.session.connection()
        table = IdentityCheck.__tablename__
        kept = connection.exec_driver_sql(f"SELECT asked FROM {table}").scalar_one()
    assert keys
    assert b"ONeill" not in bytes(kept)


def test_a_question_without_any_fact_is_asked_too(county):
    nothing = county.ask(given_name="", family_name="", date_of_birth=None, postcodes=())
    assert county.check(nothing).state == "open"
    assert isinstance(county.check(nothing).due_at, datetime)
