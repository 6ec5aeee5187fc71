"""When minutes can be approved, and which cases an approval settles."""

import pytest

from hub.marac.rules.minutes import is_settled, may_approve


def record(**states):
    cases = [
        {"item": key, "reference": key.upper(), "state": state} for key, state in states.items()
    ]
    return {"present": [], "cases": cases}


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
