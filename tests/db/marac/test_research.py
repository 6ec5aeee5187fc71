"""Every agency of the area is asked about every case; silence stays silence; drafts are private."""

from uuid import uuid4

import pytest
from sqlalchemy import select

from hub.agencies.models import Agency, AgencyArea
from hub.kernel.actor import Actor, Role, system
from hub.kernel.errors import ConflictError, IllegalMoveError, NotFoundError, RefusedError
from hub.marac.access import open_research
from hub.marac.commands.asking import chase_silent
from hub.marac.commands.research import (
    AnswerResearch,
    ReleaseLines,
    WriteLine,
    answer_research,
    delete_line,
    release_lines,
    write_line,
)
from hub.marac.models import Research, ResearchLine
from hub.marac.rules.research import LineKind, Mode
from hub.marac.states import ResearchMove, ResearchState
from kit.world import COORDINATOR, World


@pytest.fixture
def world(units):
    return World(units).settle()


@pytest.fixture
def agency(world):
    """Return an agency of the area, besides the leaving care service's own."""
    agency_id = uuid4()
    with world.write() as uow:
        uow.session.add(Agency(id=agency_id, name="Testshire Homes", kind="housing"))
        uow.session.flush()
        uow.session.add(AgencyArea(agency_id=agency_id, area_id=world.area))
    return agency_id


def rep(agency_id):
    return Actor(
        account_id=uuid4(),
        agency_id=agency_id,
        roles=frozenset({Role.AGENCY_REPRESENTATIVE}),
        label="rep",
    )


def listed(world):
    return world.list(world.meeting(), world.concern(world.person()))


def research(world, item_id, agency_id):
    with world.units.read(system("test")) as uow:
        return uow.session.scalars(
            select(Research).where(Research.item_id == item_id, Research.agency_id == agency_id)
        ).one()


def answer(world, one, move, why="", by=None):
    with world.write(by or rep(one.agency_id)) as uow:
        cmd = AnswerResearch(research_id=one.id, version=one.version, move=move, why=why)
        answer_research(cmd, uow=uow)


def line(world, one, text="He was seen on Monday", **other):
    with world.write(rep(one.agency_id)) as uow:
        cmd = WriteLine(research_id=one.id, text=text, kind=LineKind.FACT, **other)
        return write_line(cmd, uow=uow)


def test_every_agency_of_the_area_is_asked_when_a_case_is_listed(world, agency):
    item = listed(world)
    for asked in (agency, world.agency):
        assert research(world, item, asked).state == ResearchState.ASKED


def test_an_agency_that_is_suspended_or_elsewhere_is_not_asked(world, agency):
    with world.write() as uow:
        uow.session.get_one(Agency, agency).suspended_at = uow.now
        uow.session.add(Agency(id=uuid4(), name="Elsewhere Homes", kind="housing"))
    item = listed(world)
    with world.units.read(system("test")) as uow:
        asked = uow.session.scalars(select(Research.agency_id).where(Research.item_id == item))
        assert list(asked) == [world.agency]


def test_nothing_known_is_one_press_and_can_be_taken_back(world, agency):
    item = listed(world)
    answer(world, research(world, item, agency), ResearchMove.NOTHING)
    assert research(world, item, agency).state == ResearchState.NOTHING_HELD
    answer(world, research(world, item, agency), ResearchMove.TAKE_BACK)
    assert research(world, item, agency).state == ResearchState.ASKED


def test_only_chosen_lines_are_shared_with_why_they_are_proportionate(world, agency):
    item = listed(world)
    one = research(world, item, agency)
    shared, private = line(world, one), line(world, one, "A rumour")
    with (
        pytest.raises(RefusedError, match="relevant and proportionate"),
        world.write(rep(agency)) as uow,
    ):
        cmd = ReleaseLines(
            research_id=one.id, version=one.version, line_ids=(shared,), proportionality=" "
        )
        release_lines(cmd, uow=uow)
    with world.write(rep(agency)) as uow:
        release_lines(
            ReleaseLines(
                research_id=one.id,
                version=one.version,
                line_ids=(shared,),
                proportionality="It bears on how soon",
                mode=Mode.INFORMATION_ONLY,
            ),
            uow=uow,
        )
    with world.units.read(system("test")) as uow:
        assert uow.session.get_one(ResearchLine, shared).released_at is not None
        assert uow.session.get_one(ResearchLine, private).released_at is None
    assert research(world, item, agency).mode == Mode.INFORMATION_ONLY


def test_what_was_shared_can_be_neither_changed_nor_deleted_nor_unsaid(world, agency):
    item = listed(world)
    one = research(world, item, agency)
    shared = line(world, one)
    with world.write(rep(agency)) as uow:
        cmd = ReleaseLines(
            research_id=one.id, version=one.version, line_ids=(shared,), proportionality="Yes"
        )
        release_lines(cmd, uow=uow)

    with pytest.raises(RefusedError, match="shared already"):
        line(world, one, "Another", line_id=shared, version=2)
    with pytest.raises(RefusedError, match="stays"), world.write(rep(agency)) as uow:
        delete_line(one.id, shared, uow=uow)
    for move in (ResearchMove.TAKE_BACK, ResearchMove.REFUSE):
        with pytest.raises(IllegalMoveError):
            answer(world, research(world, item, agency), move, "Why")
    with pytest.raises(RefusedError, match="holds something"):
        answer(world, research(world, item, agency), ResearchMove.NOTHING)


def test_a_refusal_needs_its_reason(world, agency):
    item = listed(world)
    with pytest.raises(RefusedError, match="why"):
        answer(world, research(world, item, agency), ResearchMove.REFUSE)


def test_of_two_who_answer_at_once_the_second_is_told(world, agency):
    item = listed(world)
    first = research(world, item, agency)
    answer(world, first, ResearchMove.NOTHING)
    with pytest.raises(ConflictError):
        answer(world, first, ResearchMove.REFUSE, "Why")


@pytest.mark.parametrize("who", ["another agency", "co-ordinator", "referrer of the agency"])
def test_an_agencys_paper_is_there_for_that_agency_alone(world, agency, who):
    item = listed(world)
    one = research(world, item, agency)
    referrer = Actor(account_id=uuid4(), agency_id=agency, roles=frozenset({Role.REFERRER}))
    actor = {
        "another agency": rep(world.agency),
        "co-ordinator": COORDINATOR,
        "referrer of the agency": referrer,
    }[who]
    with pytest.raises(NotFoundError), world.write(actor) as uow:
        open_research(uow, one.id)


def test_the_silent_are_chased_at_the_set_days_and_nobody_who_answered(world, agency, clock):
    item = listed(world)  # the meeting is on Monday 29 June, research is due on Wednesday 24 June
    answer(world, research(world, item, world.agency), ResearchMove.NOTHING)

    def chased():
        with world.write() as uow:
            return chase_silent(uow, limit=50)

    clock.advance(days=17)  # Thursday 18 June
    assert chased() == 0
    clock.advance(days=1)  # three working days before
    assert chased() == 1
    assert chased() == 0
    clock.advance(days=4)  # one working day before
    assert chased() == 1
    clock.advance(days=3)
    assert chased() == 0
    assert research(world, item, agency).state == ResearchState.ASKED
