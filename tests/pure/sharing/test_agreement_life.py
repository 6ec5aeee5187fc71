"""The life of a version, what it is worth on a day, and its reviews."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from hub.kernel.errors import IllegalMoveError
from hub.sharing.register.life import AGREEMENT, AgreementAction
from hub.sharing.register.reviews import first_review, next_review, warning
from hub.sharing.states.agreements import (
    AgreementState,
    AgreementStatus,
    Terms,
    agreement_state,
    best,
    status_on,
)

TODAY = date(2026, 6, 1)
DAY = timedelta(days=1)
COUNTS = Terms(
    status=AgreementStatus.IN_FORCE,
    starts_on=TODAY,
    ends_on=None,
    review_on=TODAY + 90 * DAY,
    is_signed=True,
)


def test_only_a_draft_is_edited_and_only_what_is_approved_is_signed():
    for action, status in (
        (AgreementAction.EDIT, AgreementStatus.DRAFT),
        (AgreementAction.APPROVE, AgreementStatus.DRAFT),
        (AgreementAction.SIGN, AgreementStatus.APPROVED),
        (AgreementAction.SEND_BACK, AgreementStatus.APPROVED),
    ):
        assert [one for one in AgreementStatus if AGREEMENT.may(one, action)] == [status]


@pytest.mark.parametrize(
    "status", [AgreementStatus.WITHDRAWN, AgreementStatus.DISCARDED, AgreementStatus.SUPERSEDED]
)
def test_what_is_over_stays_over(status):
    for action in AgreementAction:
        with pytest.raises(IllegalMoveError):
            AGREEMENT.step(status, action)


def test_a_draft_cannot_skip_its_approval():
    with pytest.raises(IllegalMoveError):
        AGREEMENT.step(AgreementStatus.DRAFT, AgreementAction.BRING_INTO_FORCE)


def test_what_never_counted_is_thrown_away_and_what_did_has_ended():
    end = AgreementAction.END
    assert AGREEMENT.step(AgreementStatus.DRAFT, end) is AgreementStatus.DISCARDED
    assert AGREEMENT.step(AgreementStatus.APPROVED, end) is AgreementStatus.DISCARDED
    assert AGREEMENT.step(AgreementStatus.IN_FORCE, end) is AgreementStatus.WITHDRAWN
    assert AGREEMENT.step(AgreementStatus.SUSPENDED, end) is AgreementStatus.WITHDRAWN


@pytest.mark.parametrize(
    ("status", "superseded_on", "expected"),
    [
        (AgreementStatus.IN_FORCE, None, AgreementStatus.IN_FORCE),
        (AgreementStatus.IN_FORCE, TODAY + DAY, AgreementStatus.IN_FORCE),
        (AgreementStatus.IN_FORCE, TODAY, AgreementStatus.SUPERSEDED),
        (AgreementStatus.SUSPENDED, TODAY, AgreementStatus.SUPERSEDED),
        (AgreementStatus.WITHDRAWN, TODAY, AgreementStatus.WITHDRAWN),
        (AgreementStatus.DRAFT, TODAY, AgreementStatus.DRAFT),
    ],
)
def test_a_version_is_superseded_from_its_day_on(status, superseded_on, expected):
    assert status_on(status, superseded_on, TODAY) is expected


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({}, AgreementState.IN_FORCE),
        ({"is_signed": False}, AgreementState.NOT_PARTY),
        ({"starts_on": TODAY + DAY}, AgreementState.NOT_PARTY),
        ({"status": AgreementStatus.DRAFT}, AgreementState.NOT_PARTY),
        ({"status": AgreementStatus.APPROVED}, AgreementState.NOT_PARTY),
        ({"status": AgreementStatus.WITHDRAWN}, AgreementState.NOT_PARTY),
        ({"status": AgreementStatus.DISCARDED}, AgreementState.NOT_PARTY),
        ({"status": AgreementStatus.SUSPENDED}, AgreementState.SUSPENDED),
        ({"superseded_on": TODAY}, AgreementState.NOT_PARTY),
        ({"superseded_on": TODAY + DAY}, AgreementState.IN_FORCE),
        ({"status": AgreementStatus.SUSPENDED, "superseded_on": TODAY}, AgreementState.NOT_PARTY),
        ({"ends_on": TODAY}, AgreementState.EXPIRED),
        ({"ends_on": TODAY + DAY}, AgreementState.IN_FORCE),
        ({"review_on": TODAY}, AgreementState.IN_FORCE),
        ({"review_on": TODAY - DAY}, AgreementState.REVIEW_OVERDUE),
        ({"review_on": TODAY - 30 * DAY}, AgreementState.REVIEW_OVERDUE),
        ({"review_on": TODAY - 31 * DAY}, AgreementState.REVIEW_LATE),
        # at its end it holds at once, however fresh its review
        ({"ends_on": TODAY, "review_on": TODAY - DAY}, AgreementState.EXPIRED),
    ],
)
def test_what_a_version_is_worth_on_a_day(change, expected):
    assert agreement_state(replace(COUNTS, **change), TODAY, 30) is expected


def test_of_several_states_the_one_that_lets_most_through_counts():
    assert best([]) is AgreementState.NOT_PARTY
    assert best(reversed(AgreementState)) is AgreementState.IN_FORCE


@pytest.mark.parametrize(
    ("starts_on", "expected"),
    [
        (date(2026, 1, 15), date(2026, 7, 15)),
        (date(2026, 8, 31), date(2027, 2, 28)),
        (date(2027, 8, 29), date(2028, 2, 29)),
        (date(2028, 2, 29), date(2028, 8, 29)),
    ],
)
def test_the_first_review_is_six_months_after_the_start(starts_on, expected):
    assert first_review(starts_on, 6) == expected


@pytest.mark.parametrize(
    ("starts_on", "due_on", "today", "expected"),
    [
        # held on time, early and late: the rhythm stays
        (date(2026, 1, 15), date(2026, 7, 15), date(2026, 7, 15), date(2027, 7, 15)),
        (date(2026, 1, 15), date(2026, 7, 15), date(2026, 6, 20), date(2027, 7, 15)),
        (date(2026, 1, 15), date(2026, 7, 15), date(2026, 8, 30), date(2027, 7, 15)),
        # so late that another was due meanwhile
        (date(2026, 1, 15), date(2026, 7, 15), date(2027, 7, 15), date(2028, 7, 15)),
        # always counted from the start, clipped to the month's end
        (date(2026, 8, 31), date(2027, 2, 28), date(2027, 2, 28), date(2028, 2, 29)),
        (date(2026, 8, 31), date(2028, 2, 29), date(2028, 2, 29), date(2029, 2, 28)),
    ],
)
def test_the_later_reviews_keep_to_the_rhythm(starts_on, due_on, today, expected):
    assert next_review(starts_on, 6, 12, due_on=due_on, today=today) == expected


@pytest.mark.parametrize(
    ("left", "expected"),
    [(61, None), (60, 60), (31, 60), (30, 30), (8, 30), (7, 7), (0, 7), (-1, 0), (-400, 0)],
)
def test_it_is_said_60_30_and_7_days_before(left, expected):
    assert warning(TODAY + timedelta(days=left), TODAY) == expected


def test_without_a_day_there_is_nothing_to_say():
    assert warning(None, TODAY) is None
