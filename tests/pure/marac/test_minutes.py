"""When minutes can be approved, and which cases an approval settles."""

from datetime import UTC, date, datetime, timedelta

import pytest

from hub.marac.rules.minutes import is_settled, may_approve, minutes_chase_at


def record(**states):
    cases = [
        {"item": key, "reference": key.upper(), "state": state} for key, state in states.items()
    ]
    return {"signed": [], "cases": cases}


@pytest.mark.parametrize("state", ["heard", "noted", "put_back"])
def test_a_draft_of_what_was_dealt_with_is_approved(state):
    said = record(a=state)
    assert may_approve(said, record(a=state), {"a"}).allowed


@pytest.mark.parametrize("state", ["waiting", "open"])
def test_a_case_that_was_not_dealt_with_stands_in_the_way_by_its_reference(state):
    said = record(a="heard", b=state)
    decision = may_approve(said, said, {"a", "b"})
    assert (decision.allowed, decision.rule) == (False, "not_dealt_with")
    assert decision.reasons == ("End, note or put back these cases first: B.",)


def test_a_case_that_the_approver_may_not_see_is_not_spoken_of():
    said = record(a="heard", b="waiting")
    assert may_approve(said, said, {"a"}).allowed


def test_a_draft_older_than_the_record_is_not_approved():
    decision = may_approve(record(a="open"), record(a="heard"), {"a"})
    assert (decision.allowed, decision.rule) == (False, "changed_since")


def test_approved_minutes_settle_what_was_dealt_with_and_nothing_else():
    said = record(a="heard", b="waiting")
    assert [is_settled(said, one) for one in ("a", "b", "c")] == [True, False, False]
    assert not is_settled(record(), "a")


DUE = date(2026, 7, 2)
LATE = datetime(2026, 7, 3, 8, tzinfo=UTC)  # nine in London, the morning after


def test_minutes_are_asked_for_the_morning_after_their_day_then_every_day():
    assert minutes_chase_at(DUE, None, None) == LATE
    assert minutes_chase_at(DUE, None, LATE) == LATE + timedelta(days=1)
    assert minutes_chase_at(DUE, None, LATE + timedelta(hours=30)) == LATE + timedelta(hours=54)


@pytest.mark.parametrize(
    ("drafted_at", "asked_at"),
    [
        (datetime(2026, 6, 30, 12, tzinfo=UTC), datetime(2026, 7, 1, 12, tzinfo=UTC)),
        (datetime(2026, 7, 2, 12, tzinfo=UTC), LATE),
        (datetime(2026, 7, 9, 12, tzinfo=UTC), LATE),
    ],
)
def test_a_draft_waits_a_day_for_its_chair_and_no_longer_than_the_deadline(drafted_at, asked_at):
    assert minutes_chase_at(DUE, drafted_at, None) == asked_at


def test_who_was_asked_of_a_draft_today_is_not_asked_again_today():
    drafted_at = datetime(2026, 6, 30, 12, tzinfo=UTC)
    last = drafted_at + timedelta(days=1)
    assert minutes_chase_at(DUE, drafted_at, last) == last + timedelta(days=1)
