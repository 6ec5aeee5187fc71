"""Where a line stands from its decision and approvals, and that three people are three people."""

from uuid import UUID

import pytest

from hub.sharing.rules.decision import Approver, Outcome
from hub.sharing.rules.lines import (
    ITEM_BY_ITEM,
    Answered,
    ApprovalState,
    asks_approval,
    how_settled,
    line_state,
    may_approve,
    may_release,
)
from hub.sharing.rules.table import TABLE
from hub.sharing.states import LineState

ANN, BEN, CAT = (UUID(int=number) for number in (1, 2, 3))
YES, NO, OPEN = ApprovalState.APPROVED, ApprovalState.REFUSED, ApprovalState.ASKED


def said(*states):
    letters = (Approver.MANAGER, Approver.CALDICOTT_GUARDIAN, Approver.ASSET_OWNER)
    return [Answered(letter=one, state=state) for one, state in zip(letters, states, strict=False)]


@pytest.mark.parametrize(
    ("outcome", "rule", "states", "stands"),
    [
        (Outcome.ROUTE, 22, (OPEN,), LineState.WAITING),
        (Outcome.ROUTE, 22, (YES,), LineState.READY),
        (Outcome.ROUTE, 20, (YES, OPEN), LineState.WAITING),
        (Outcome.ROUTE, 20, (YES, YES), LineState.READY),
        (Outcome.ROUTE, 20, (YES, NO), LineState.REFUSING),  # one no is enough
        (Outcome.HIT, 21, (OPEN,), LineState.WAITING),
        (Outcome.DECIDE, 28, (YES, OPEN), LineState.WAITING),
        (Outcome.DECIDE, 28, (YES, YES), LineState.READY),
        (Outcome.DECIDE, 28, (NO, YES), LineState.REFUSING),
        (Outcome.HOLD, 9, (YES, YES), LineState.READY),  # item by item
        (Outcome.HOLD, 8, (YES, OPEN), LineState.WAITING),
        (Outcome.HOLD, 16, (YES,), LineState.HELD),  # no approval mends an agreement
        (Outcome.HOLD, 1, (), LineState.HELD),
        (Outcome.REFUSE, 31, (YES,), LineState.REFUSING),
        (Outcome.ROUTE_NOW, 4, (), LineState.READY),  # in danger nobody is waited for
    ],
)
def test_where_a_line_stands(outcome, rule, states, stands):
    assert line_state(outcome, rule, said(*states)) is stands


def test_what_is_held_can_leave_by_approval_under_two_rules_only():
    assert [rule for rule in range(1, 34) if asks_approval(Outcome.HOLD, rule)] == [8, 9]
    named = {row.rule for row in TABLE if row.rule in ITEM_BY_ITEM}
    assert named == ITEM_BY_ITEM


def test_nobody_approves_or_answers_their_own_request():
    assert not may_approve(ANN, ANN, []).allowed
    assert not may_release(ANN, ANN, []).allowed
    assert may_approve(BEN, ANN, []).allowed
    assert may_release(BEN, ANN, []).allowed


@pytest.mark.parametrize("state", [YES, NO, ApprovalState.LAPSED])
def test_two_approvals_of_a_line_are_given_by_two_people(state):
    given = [Answered(letter=Approver.MANAGER, state=state, account_id=BEN)]
    assert may_approve(BEN, ANN, given).rule == "two_people"
    assert may_approve(CAT, ANN, given).allowed


def test_whoever_approved_does_not_send():
    given = [Answered(letter=Approver.MANAGER, state=YES, account_id=BEN)]
    assert may_release(BEN, ANN, given).rule == "approver"
    assert may_release(CAT, ANN, given).allowed


@pytest.mark.parametrize(
    ("lines", "how"),
    [
        ([], None),
        ([LineState.SHARED, LineState.READY], None),
        ([LineState.SHARED, LineState.SHARED], "in_full"),
        ([LineState.SHARED, LineState.WITHHELD], "in_part"),
        ([LineState.WITHHELD], "refused"),
    ],
)
def test_how_a_request_ends(lines, how):
    assert how_settled(lines) == how
