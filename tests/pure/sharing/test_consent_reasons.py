"""What must stand beside each reason for having no answer."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from hub.sharing.rules.coded import ConsentState
from hub.sharing.rules.consent_reasons import (
    UNANSWERED,
    Attempt,
    Channel,
    NoAnswer,
    Unsafe,
    lacking,
)
from hub.sharing.rules.consent_terms import Lasting

S = ConsentState
TODAY = date(2026, 6, 1)
TOMORROW = TODAY + timedelta(days=1)
TRY = Attempt(TODAY, Channel.TELEPHONE)
WHOLE = NoAnswer(
    state=S.NOT_SOUGHT_UNSAFE,
    age=19,
    unsafe=Unsafe.RAISES_RISK,
    assessed_on=TODAY,
    assessor_role="Social worker",
    decision="Whether the hostel may know the worker",
    attempts=(TRY, TRY),
    indicators="Looked at the door",
    plan="At college on Monday",
    revisit_on=TOMORROW,
)


def missing(state, lasting=None, **changes):
    given = replace(WHOLE, state=state, **changes)
    return [one.field for one in lacking(given, TODAY, lasting or Lasting())]


@pytest.mark.parametrize("state", sorted(UNANSWERED))
def test_with_everything_beside_it_each_can_be_written_down(state):
    assert missing(state) == []


@pytest.mark.parametrize(
    ("state", "changes", "fields"),
    [
        (S.NOT_SOUGHT_UNSAFE, {"unsafe": None}, ["unsafe"]),
        (S.LACKS_CAPACITY, {"age": 15}, ["state"]),
        (S.LACKS_CAPACITY, {"assessed_on": None}, ["assessed_on"]),
        (S.LACKS_CAPACITY, {"assessed_on": TOMORROW}, ["assessed_on"]),
        (S.LACKS_CAPACITY, {"assessor_role": ""}, ["assessor_role"]),
        (S.LACKS_CAPACITY, {"decision": ""}, ["decision"]),
        (S.FLUCTUATING, {"revisit_on": None}, ["revisit_on"]),
        (S.FLUCTUATING, {"revisit_on": TODAY}, ["revisit_on"]),
        (S.UNABLE_TO_REACH, {"attempts": (TRY,)}, ["first_on"]),
        (S.UNABLE_TO_REACH, {"attempts": (TRY, replace(TRY, on=TOMORROW))}, ["first_on"]),
        (S.COERCED_SUSPECTED, {"indicators": ""}, ["indicators"]),
        (S.COERCED_SUSPECTED, {"plan": "", "revisit_on": TODAY}, ["plan", "revisit_on"]),
    ],
)
def test_what_is_missing_is_named(state, changes, fields):
    assert missing(state, **changes) == fields


@pytest.mark.parametrize("age", [16, 17, 40, None])
def test_capacity_is_assessed_from_16_on_and_where_nobody_knows_the_age(age):
    assert missing(S.LACKS_CAPACITY, age=age) == []


def test_how_often_one_must_try_can_be_set():
    assert missing(S.UNABLE_TO_REACH, Lasting(attempts=1), attempts=(TRY,)) == []
    assert missing(S.UNABLE_TO_REACH, Lasting(attempts=3)) == ["first_on"]
