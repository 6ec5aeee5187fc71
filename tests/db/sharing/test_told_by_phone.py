"""In danger it is told by telephone, and whoever rang is chased until it is written down."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from hub.agencies.models import Agency
from hub.kernel.actor import Role
from hub.kernel.errors import NotAllowedError, NotFoundError, RefusedError
from hub.sharing.commands.clocking import run_clocks, settle_open
from hub.sharing.commands.holding import AskBack, ask_back
from hub.sharing.commands.releasing import WithholdLine, share_line, withhold_line
from hub.sharing.commands.reviewing import ReviewOutcome, review_outcome
from hub.sharing.commands.sending import ReplyToHolder, withdraw_request
from hub.sharing.commands.telling import TellLine, tell_line
from hub.sharing.models import Disclosure, InformationRequest
from hub.sharing.states import LineState, RequestState
from kit.asking import POLICY
from parts.asked import read, steps

FRIDAY_NIGHT = datetime(2026, 6, 5, 22, tzinfo=UTC)


@pytest.fixture
def danger(asking, clock):
    """Return a request in danger on a Friday night, and its line."""
    clock.set(FRIDAY_NIGHT)
    request_id = asking.send(asking.answers(risk={"immediate_danger": "yes"}))
    return request_id, asking.line(request_id)


def tell(asking, line, by=Role.DUTY_DESK, **at):
    with asking.world.write(asking.people[by]) as uow:
        tell_line(TellLine(line_id=line.id, **at), uow=uow, policy=POLICY)


def write_down(asking, line, by=Role.DUTY_DESK, **other):
    with asking.world.write(asking.people[by]) as uow:
        cmd = asking.share(line.id, method="phone", **other)
        return share_line(cmd, uow=uow, policy=POLICY)


def run(asking):
    with asking.world.write() as uow:
        run_clocks(uow, POLICY, limit=50)


def test_the_record_is_due_by_the_close_of_the_next_working_day(asking, danger):
    assert read(asking, danger[0]).due_at == datetime(2026, 6, 8, 16, tzinfo=UTC)


def test_what_was_told_counts_from_when_it_was_told(asking, danger, clock):
    _, line = danger
    tell(asking, line, told_at=FRIDAY_NIGHT - timedelta(minutes=5))
    clock.advance(hours=2)
    disclosure_id = write_down(asking, line)

    with asking.world.units.read(asking.officer) as uow:
        left = uow.session.get_one(Disclosure, disclosure_id)
        assert left.shared_at == FRIDAY_NIGHT - timedelta(minutes=5)
        assert left.recorded_at == FRIDAY_NIGHT + timedelta(hours=2)


def test_it_is_told_once_and_in_the_past(asking, danger):
    _, line = danger
    with pytest.raises(RefusedError, match="must be in the past"):
        tell(asking, line, told_at=FRIDAY_NIGHT + timedelta(minutes=1))
    tell(asking, line)
    tell(asking, line, by=Role.TEAM_MANAGER)

    assert asking.line(danger[0]).told_by == asking.people[Role.DUTY_DESK].account_id
    assert steps(asking, danger[0]).count("told_by_phone") == 1


def test_nobody_else_tells(asking, danger):
    with pytest.raises(NotFoundError), asking.world.write(asking.officer) as uow:
        tell_line(TellLine(line_id=danger[1].id), uow=uow, policy=POLICY)
    with pytest.raises(NotAllowedError), asking.world.write() as uow:
        tell_line(TellLine(line_id=danger[1].id), uow=uow, policy=POLICY)


def test_what_was_told_is_written_down_as_told_by_phone_and_not_withheld(asking, danger):
    _, line = danger
    tell(asking, line)
    with (
        pytest.raises(RefusedError, match="by phone already"),
        asking.world.write(asking.people[Role.DUTY_DESK]) as uow,
    ):
        withhold_line(WithholdLine(line_id=line.id, why="No"), uow=uow, policy=POLICY)
    with (
        pytest.raises(RefusedError, match="say so"),
        asking.world.write(asking.people[Role.DUTY_DESK]) as uow,
    ):
        share_line(asking.share(line.id), uow=uow, policy=POLICY)


def test_what_was_told_is_still_written_down_when_the_agency_is_suspended_since(asking, danger):
    _, line = danger
    tell(asking, line)
    with asking.world.write() as uow:
        uow.session.get_one(Agency, asking.force).suspended_at = uow.now
        uow.session.flush()
        settle_open(uow, POLICY, after=None, limit=50)

    assert asking.line(danger[0]).state == LineState.READY
    write_down(asking, line)
    assert read(asking, danger[0]).state == RequestState.ANSWERED


def test_the_asker_cannot_take_it_back_before_it_is_written_down(asking, danger):
    request_id, line = danger
    tell(asking, line)
    cmd = ReplyToHolder(request_id=request_id, text="")
    with (
        pytest.raises(RefusedError, match="until that is written down"),
        asking.world.write(asking.officer) as uow,
    ):
        withdraw_request(cmd, uow=uow, policy=POLICY)


def test_a_question_that_nobody_answers_does_not_end_what_is_owed(asking, danger, clock):
    request_id, line = danger
    tell(asking, line)
    with asking.world.write(asking.people[Role.DUTY_DESK]) as uow:
        ask_back(AskBack(request_id=request_id, text="Which flat?"), uow=uow, policy=POLICY)
    clock.advance(days=30)
    run(asking)
    assert read(asking, request_id).state == RequestState.CLARIFYING

    write_down(asking, line)
    assert read(asking, request_id).state == RequestState.ANSWERED


def test_a_manager_is_rung_after_a_quarter_of_an_hour_unless_somebody_has_rung(
    asking, danger, clock
):
    request_id, _ = danger
    clock.advance(minutes=15)
    run(asking)
    assert steps(asking, request_id)[-1] == "escalated"

    clock.set(FRIDAY_NIGHT)
    other = asking.send(asking.answers(risk={"immediate_danger": "yes"}))
    tell(asking, asking.line(other))
    clock.advance(minutes=15)
    run(asking)
    assert "escalated" not in steps(asking, other)


def test_whoever_rang_is_chased_every_working_day_until_it_is_written_down(asking, danger, clock):
    request_id, line = danger
    tell(asking, line)
    for day in (8, 9, 10):
        clock.set(datetime(2026, 6, day, 16, 1, tzinfo=UTC))
        run(asking)
    assert steps(asking, request_id).count("escalated") == 3
    assert steps(asking, request_id)[-2:] == ["reminded", "escalated"]

    write_down(asking, line)
    with asking.world.units.read(asking.officer) as uow:
        assert uow.session.get_one(InformationRequest, request_id).next_clock_at is None


# --- Looking back ---


def test_a_manager_who_did_not_share_it_looks_at_what_came_of_it(asking, danger):
    request_id, line = danger
    tell(asking, line)
    disclosure_id = write_down(asking, line)
    cmd = ReviewOutcome(disclosure_id=disclosure_id, text="It was right")

    with (
        pytest.raises(NotFoundError),
        asking.world.write(asking.people[Role.DUTY_DESK]) as uow,
    ):
        review_outcome(cmd, uow=uow)
    with asking.world.write(asking.people[Role.TEAM_MANAGER]) as uow:
        review_outcome(cmd, uow=uow)
    with (
        pytest.raises(RefusedError, match="already"),
        asking.world.write(asking.people[Role.TEAM_MANAGER]) as uow,
    ):
        review_outcome(cmd, uow=uow)

    with asking.world.units.read(asking.officer) as uow:
        row = uow.session.scalars(select(Disclosure)).one()
        assert (row.outcome, row.reviewed_by) == (
            "It was right",
            asking.people[Role.TEAM_MANAGER].account_id,
        )
    assert "outcome_reviewed" in steps(asking, request_id)


def test_who_shared_it_does_not_look_at_it_themselves(asking, danger):
    _, line = danger
    tell(asking, line)
    disclosure_id = write_down(asking, line, by=Role.TEAM_MANAGER)
    cmd = ReviewOutcome(disclosure_id=disclosure_id, text="It was right")

    with (
        pytest.raises(NotAllowedError, match="Another manager"),
        asking.world.write(asking.people[Role.TEAM_MANAGER]) as uow,
    ):
        review_outcome(cmd, uow=uow)
