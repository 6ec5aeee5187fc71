"""Which recorded consent counts: later words win, a no is only undone by a new yes, nothing leaks
from one scope into another."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.sharing.rules.coded import Category, Competence, ConsentOverlap, ConsentState, Purpose
from hub.sharing.rules.consents import (
    GIVING,
    RECORDED,
    SAID_NO,
    WITHOUT_ANSWER,
    Asked,
    ConsentScope,
    LeftOut,
    Record,
    Standing,
    consent_in_effect,
    standings,
)

S = ConsentState
DAY = date(2026, 6, 1)
AT = datetime(2026, 6, 1, 9, 0, tzinfo=UTC)
HEALTH_TRUST, COUNCIL = UUID(int=1), UUID(int=2)
ASKED = Asked(
    purpose=Purpose.SAFETY_PLANNING, category=Category.EET, agency_id=COUNCIL, is_signed=True
)
ABOUT_IT = ConsentScope(
    purposes=frozenset({Purpose.SAFETY_PLANNING}),
    categories=frozenset({Category.EET, Category.HEALTH}),
    agencies=frozenset({COUNCIL}),
)


def record(state, number=1, **changes):
    ends = DAY + timedelta(days=180) if state in GIVING else None
    whole = Record(
        id=UUID(int=100 + number),
        number=number,
        state=state,
        said_on=DAY,
        recorded_at=AT,
        scope=ABOUT_IT,
        expires_on=ends,
    )
    return replace(whole, **changes)


def state_of(*records, asked=ASKED, day=DAY):
    return consent_in_effect(records, asked, day).state


def test_without_a_record_nobody_has_asked():
    found = consent_in_effect((), ASKED, DAY)

    assert (found.state, found.consent_id) == (S.NOT_ASKED, None)
    assert (found.competence, found.pr_is_alleged_perpetrator) == (Competence.NOT_ASSESSED, False)


@pytest.mark.parametrize("state", sorted(RECORDED))
def test_a_record_alone_reads_as_it_was_written_and_is_cited(state):
    one = record(state)

    found = consent_in_effect([one], ASKED, DAY)

    assert (found.state, found.consent_id) == (state, one.id)
    assert "1 June 2026" in found.why


@pytest.mark.parametrize(
    "elsewhere",
    [
        {"purpose": Purpose.SUPPORT},
        {"category": Category.FINANCE},
        {"agency_id": HEALTH_TRUST},
        {"agency_id": None},
    ],
)
@pytest.mark.parametrize("state", [S.GIVEN_EXPLICIT, S.REFUSED])
def test_a_record_says_nothing_outside_its_scope(state, elsewhere):
    assert state_of(record(state), asked=replace(ASKED, **elsewhere)) is S.NOT_ASKED


def test_a_yes_to_any_agency_reaches_those_that_signed_and_a_no_reaches_all():
    everybody = replace(ABOUT_IT, agencies=None)
    stranger = replace(ASKED, agency_id=HEALTH_TRUST, is_signed=False)

    yes, no = record(S.GIVEN_EXPLICIT, scope=everybody), record(S.REFUSED, scope=everybody)
    but = LeftOut(agencies=frozenset({HEALTH_TRUST}))
    limited = record(S.GIVEN_LIMITED, scope=everybody, left_out=but)

    assert state_of(yes) is S.GIVEN_EXPLICIT
    assert state_of(yes, asked=stranger) is S.NOT_ASKED
    assert state_of(no, asked=stranger) is S.REFUSED
    assert consent_in_effect([limited], stranger, DAY).overlap is ConsentOverlap.NONE


def test_a_yes_for_one_request_counts_for_no_other():
    request = UUID(int=9)
    once = record(S.GIVEN_EXPLICIT, scope=replace(ABOUT_IT, about=request))

    assert state_of(once, asked=replace(ASKED, about=request)) is S.GIVEN_EXPLICIT
    assert state_of(once, asked=replace(ASKED, about=UUID(int=8))) is S.NOT_ASKED
    assert state_of(once) is S.NOT_ASKED


@pytest.mark.parametrize("state", sorted(GIVING))
def test_a_yes_counts_until_its_day_and_then_reads_expired(state):
    ends = DAY + timedelta(days=180)

    assert state_of(record(state), day=ends - timedelta(days=1)) is state
    assert state_of(record(state), day=ends) is S.EXPIRED


def test_a_yes_for_one_request_needs_no_day():
    assert state_of(record(S.GIVEN_EXPLICIT, expires_on=None), day=date(2036, 1, 1)) is (
        S.GIVEN_EXPLICIT
    )


def test_what_is_said_after_the_day_is_not_known_on_it():
    later = record(S.REFUSED, 2, said_on=DAY + timedelta(days=1))

    assert state_of(record(S.GIVEN_EXPLICIT), later) is S.GIVEN_EXPLICIT
    assert state_of(record(S.GIVEN_EXPLICIT), later, day=DAY + timedelta(days=1)) is S.REFUSED


def test_what_was_said_earlier_and_written_down_late_does_not_win():
    withdrawn = record(S.WITHDRAWN, 1)
    late = record(S.GIVEN_EXPLICIT, 2, said_on=DAY - timedelta(days=3))

    assert state_of(withdrawn, late) is S.WITHDRAWN


@pytest.mark.parametrize("no", [*sorted(SAID_NO), S.COERCED_SUSPECTED])
@pytest.mark.parametrize("after", [*sorted(WITHOUT_ANSWER), S.FLUCTUATING])
def test_that_nobody_can_be_asked_undoes_no_answer(no, after):
    assert state_of(record(no), record(after, 2)) is no


@pytest.mark.parametrize("after", sorted(WITHOUT_ANSWER))
def test_that_nobody_can_be_asked_ends_no_yes_before_its_day(after):
    yes = record(S.GIVEN_EXPLICIT)

    assert state_of(yes, record(after, 2)) is S.GIVEN_EXPLICIT
    assert state_of(yes, record(after, 2), day=yes.expires_on) is after


@pytest.mark.parametrize("after", [S.FLUCTUATING, S.LACKS_CAPACITY, S.COERCED_SUSPECTED])
def test_a_yes_that_cannot_be_relied_on_is_none(after):
    assert state_of(record(S.GIVEN_EXPLICIT), record(after, 2)) is after


def test_pressure_and_an_assessment_of_capacity_say_that_the_no_was_none_either():
    assert state_of(record(S.REFUSED), record(S.COERCED_SUSPECTED, 2)) is S.COERCED_SUSPECTED
    assert state_of(record(S.REFUSED), record(S.LACKS_CAPACITY, 2)) is S.LACKS_CAPACITY


def test_among_reasons_not_to_ask_the_latest_counts():
    assert state_of(record(S.UNABLE_TO_REACH), record(S.NOT_SOUGHT_UNSAFE, 2)) is (
        S.NOT_SOUGHT_UNSAFE
    )


@pytest.mark.parametrize(
    ("left_out", "overlap"),
    [
        ({"categories": frozenset({Category.HEALTH})}, ConsentOverlap.WHOLE),
        ({"categories": frozenset({Category.EET})}, ConsentOverlap.NONE),
        ({"purposes": frozenset({Purpose.SAFETY_PLANNING})}, ConsentOverlap.NONE),
        ({"agencies": frozenset({COUNCIL})}, ConsentOverlap.NONE),
        ({"in_words": True}, ConsentOverlap.PART),
        ({"in_words": True, "categories": frozenset({Category.EET})}, ConsentOverlap.NONE),
    ],
)
def test_a_limited_yes_covers_what_it_does_not_leave_out(left_out, overlap):
    limited = record(S.GIVEN_LIMITED, left_out=LeftOut(**left_out))

    found = consent_in_effect([limited], ASKED, DAY)

    assert (found.state, found.overlap) == (S.GIVEN_LIMITED, overlap)


def test_the_no_in_a_limited_yes_outlives_the_yes_and_is_no_weaker_than_another_no():
    left_out = LeftOut(categories=frozenset({Category.EET}))
    limited = record(S.GIVEN_LIMITED, left_out=left_out)
    day = limited.expires_on

    for after in (S.FLUCTUATING, *WITHOUT_ANSWER):
        found = consent_in_effect([limited, record(after, 2)], ASKED, day)
        assert (found.state, found.overlap) == (S.GIVEN_LIMITED, ConsentOverlap.NONE)
    assert state_of(limited, asked=replace(ASKED, category=Category.HEALTH), day=day) is S.EXPIRED


def test_what_a_parent_answered_comes_with_the_facts_that_the_table_asks_for():
    parent = record(
        S.GIVEN_BY_PR, giver_is_alleged_perpetrator=True, competence=Competence.NOT_COMPETENT
    )

    found = consent_in_effect([parent], ASKED, DAY)

    assert found.pr_is_alleged_perpetrator
    assert found.competence is Competence.NOT_COMPETENT


def test_what_each_record_is_still_worth():
    safety = record(S.GIVEN_EXPLICIT, 1)
    other = replace(ABOUT_IT, purposes=frozenset({Purpose.SUPPORT}))
    support = record(S.GIVEN_EXPLICIT, 2, scope=other)
    taken = record(S.WITHDRAWN, 3)
    both = [safety, support, taken]

    assert list(standings(both, DAY).values()) == [
        Standing.REPLACED,
        Standing.COUNTS,
        Standing.COUNTS,
    ]
    assert standings(both, support.expires_on)[support.id] is Standing.ENDED
    assert standings([], DAY) == {}


def test_a_record_that_is_replaced_in_part_still_counts():
    part = replace(ABOUT_IT, categories=frozenset({Category.EET}))
    wide, narrow = record(S.GIVEN_EXPLICIT, 1), record(S.REFUSED, 2, scope=part)

    assert set(standings([wide, narrow], DAY).values()) == {Standing.COUNTS}


def test_that_nobody_was_asked_again_stands_beside_the_answer_that_counts():
    yes, tried = record(S.GIVEN_EXPLICIT, 1), record(S.UNABLE_TO_REACH, 2)
    again = record(S.GIVEN_EXPLICIT, 3)

    assert standings([yes, tried], DAY)[tried.id] is Standing.BESIDE
    assert standings([yes, tried, again], DAY)[tried.id] is Standing.REPLACED


def test_a_yes_for_one_request_and_a_yes_to_all_who_signed_count_too():
    once = record(S.GIVEN_EXPLICIT, 1, scope=replace(ABOUT_IT, about=UUID(int=9)))
    everybody = record(S.GIVEN_EXPLICIT, 2, scope=replace(ABOUT_IT, agencies=None))

    assert set(standings([once, everybody], DAY).values()) == {Standing.COUNTS, Standing.REPLACED}
    assert set(standings([everybody, replace(once, number=3)], DAY).values()) == {Standing.COUNTS}


# --- Properties ---

PURPOSES = (Purpose.SAFETY_PLANNING, Purpose.KEEP_IN_TOUCH)
CATEGORIES = (Category.EET, Category.HEALTH)
AGENCIES = (HEALTH_TRUST, COUNCIL)
days = st.integers(0, 20).map(lambda n: DAY + timedelta(days=n))
some = {
    "purposes": st.frozensets(st.sampled_from(PURPOSES), min_size=1),
    "categories": st.frozensets(st.sampled_from(CATEGORIES), min_size=1),
}
scopes = st.builds(
    ConsentScope,
    **some,
    agencies=st.none() | st.frozensets(st.sampled_from(AGENCIES), min_size=1),
    about=st.sampled_from((None, None, UUID(int=9))),
)
lefts = st.builds(
    LeftOut,
    purposes=st.frozensets(st.sampled_from(PURPOSES), max_size=1),
    categories=st.frozensets(st.sampled_from(CATEGORIES), max_size=1),
    agencies=st.frozensets(st.sampled_from(AGENCIES), max_size=1),
    in_words=st.booleans(),
)
questions = st.builds(
    Asked,
    purpose=st.sampled_from(PURPOSES),
    category=st.sampled_from(CATEGORIES),
    agency_id=st.sampled_from(AGENCIES),
    is_signed=st.booleans(),
    about=st.sampled_from((None, UUID(int=9))),
)


@st.composite
def histories(draw):
    found = []
    for number in range(1, draw(st.integers(0, 6)) + 1):
        state = draw(st.sampled_from(sorted(RECORDED)))
        said_on = draw(days)
        lasts = draw(st.integers(1, 15))
        found.append(
            record(
                state,
                number,
                said_on=said_on,
                scope=draw(scopes),
                expires_on=said_on + timedelta(days=lasts) if state in GIVING else None,
                left_out=draw(lefts) if state is S.GIVEN_LIMITED else LeftOut(),
            )
        )
    return found


def covers(one, asked):
    """Tell whether a record is about the question, said again in other words."""
    scope = one.scope
    reaches = (
        asked.agency_id in scope.agencies
        if scope.agencies is not None
        else asked.is_signed or one.state not in GIVING or says_no(one, asked)
    )
    return (
        asked.purpose in scope.purposes
        and asked.category in scope.categories
        and reaches
        and scope.about in {None, asked.about}
    )


def says_no(one, asked):
    left = one.left_out
    is_left = (
        asked.purpose in left.purposes
        or asked.category in left.categories
        or asked.agency_id in left.agencies
    )
    return one.state in SAID_NO or (one.state is S.GIVEN_LIMITED and is_left)


def lets_through(found):
    return found.state in {S.GIVEN_EXPLICIT, S.GIVEN_BY_PR} or (
        found.state is S.GIVEN_LIMITED and found.overlap is not ConsentOverlap.NONE
    )


@given(histories(), questions, days, st.randoms(use_true_random=False))
def test_the_order_in_which_rows_come_from_the_database_does_not_matter(
    history, asked, day, random
):
    mixed = list(history)
    random.shuffle(mixed)

    assert consent_in_effect(mixed, asked, day) == consent_in_effect(history, asked, day)


@given(histories(), questions, days)
def test_nothing_is_let_through_but_by_an_unexpired_yes_with_no_later_no(history, asked, day):
    found = consent_in_effect(history, asked, day)
    if not lets_through(found):
        return

    yes = found.record
    assert yes.state in GIVING
    assert covers(yes, asked)
    assert yes.said_on <= day < yes.expires_on
    after = [
        one
        for one in history
        if covers(one, asked)
        and one.said_on <= day
        and (one.said_on, one.number) > (yes.said_on, yes.number)
    ]
    assert all(one.state in WITHOUT_ANSWER for one in after)


@given(histories(), questions, days)
def test_a_new_no_wins_at_once_in_its_scope_and_changes_nothing_outside(history, asked, day):
    scope = ConsentScope(
        purposes=frozenset({asked.purpose}), categories=frozenset({asked.category}), agencies=None
    )
    no = record(S.WITHDRAWN, 99, said_on=day, scope=scope)
    other = replace(asked, purpose=next(one for one in PURPOSES if one != asked.purpose))
    known = [one for one in history if one.said_on <= day]

    assert consent_in_effect([*known, no], asked, day).record == no
    assert consent_in_effect([*known, no], other, day) == consent_in_effect(known, other, day)


@given(histories(), questions, days, st.sampled_from([*sorted(WITHOUT_ANSWER), S.FLUCTUATING]))
def test_a_no_is_undone_by_no_reason_for_not_asking(history, asked, day, state):
    before = consent_in_effect(history, asked, day)
    more = record(state, 99, said_on=day, scope=replace(ABOUT_IT, agencies=None))
    if before.record is None or not says_no(before.record, asked):
        return

    assert consent_in_effect([*history, more], asked, day) == before


@given(histories(), questions, days, st.integers(0, 400))
def test_passing_time_alone_never_turns_anything_into_a_yes(history, asked, day, wait):
    now = consent_in_effect([one for one in history if one.said_on <= day], asked, day)
    later = consent_in_effect(
        [one for one in history if one.said_on <= day], asked, day + timedelta(days=wait)
    )

    assert not lets_through(later) or lets_through(now)
