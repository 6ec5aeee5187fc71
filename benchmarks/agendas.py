"""An agenda of 40 cases and 30 readers: made, issued and opened, beside one of 10 cases.

Its cost may grow with its cases; how often the database is asked may not.
"""

from datetime import timedelta
from itertools import cycle
from uuid import UUID

from benchmarks.browsing import Browser, served_seconds
from benchmarks.county import CASES, County
from benchmarks.measures import Bar, Call, Row, in_turns, ms
from hub.kernel.actor import Role
from hub.marac.commands import issue_agenda, make_agenda
from hub.meetings.models import Meeting
from hub.meetings.rules import InvitationPolicy
from kit.hub import RoleMaker
from kit.world import COORDINATOR

FEW, READERS = 10, 30
SLOT_MINUTES = 10
SAME = Bar(must=1.0)
SECONDS = Bar(must=2.0, goal=0.5)
"""That opening an agenda is done in two seconds is section 6 of the domain notes, item 60."""


def agendas(county: County, rounds: int) -> list[Row]:
    """Return what making, issuing and opening cost for each of the two agendas."""
    for _ in range(READERS - 1):
        RoleMaker(county.units)(Role.AGENCY_REPRESENTATIVE, agency_id=county.world.agency)
    reader = county.browser(Role.AGENCY_REPRESENTATIVE)
    few, many = _meeting(county, FEW, day=40), _meeting(county, CASES, day=41)
    rows = []
    for name, small, great in (
        ("made", _made(county, few), _made(county, many)),
        ("issued", _issued(county, few), _issued(county, many)),
        ("opened", _opened(reader, few), _opened(reader, many)),
    ):
        clock = {"clock": served_seconds} if name == "opened" else {}
        turns = in_turns({"few": small, "many": great}, rounds=rounds, **clock)
        beside = f"{ms(turns.passed('few'))} with {FEW}"
        seconds = turns.passed("many")
        title = f"agenda of {CASES} {name}"
        rows.append(Row(title, county.kind, ms(seconds), seconds, beside, SECONDS))
        if name != "made":
            asked = [_selects(county, call) for call in (small, great)]
            share = asked[1] / asked[0]
            rows.append(
                Row(f"{title}, queries", county.kind, str(asked[1]), share, str(asked[0]), SAME)
            )
    return rows


def _meeting(county: County, cases: int, *, day: int) -> UUID:
    """Plan a MARAC so many days ahead, of cases about one young adult with a worker each."""
    world = county.world
    with world.write() as uow:
        workers = [
            world.contact(uow, uow.new_id(), f"Worker {day} {number:02d}")
            for number in range(min(cases, READERS))
        ]
    meeting = world.meeting(days=day)
    with world.write(COORDINATOR) as uow:
        row = uow.session.get_one(Meeting, meeting)
        row.ends_at = row.starts_at + timedelta(minutes=cases * SLOT_MINUTES)
    for _, worker in zip(range(cases), cycle(workers), strict=False):
        world.list(meeting, world.concern(world.person(worker=worker)))
    return meeting


def _made(county: County, meeting: UUID) -> Call:
    def call() -> None:
        with county.world.write(COORDINATOR) as uow:
            make_agenda(meeting, usual_minutes=SLOT_MINUTES, uow=uow)

    return call


def _issued(county: County, meeting: UUID) -> Call:
    def call() -> None:
        with county.world.write(COORDINATOR) as uow:
            issue_agenda(meeting, uow=uow, policy=InvitationPolicy())

    return call


def _opened(reader: Browser, meeting: UUID) -> Call:
    return lambda: reader.get(f"/agendas/{meeting}")


def _selects(county: County, call: Call) -> int:
    with county.counting() as sent:
        call()
    return sum(one.lstrip().startswith("SELECT") for one in sent)
