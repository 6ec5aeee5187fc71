"""Attempts that are counted before they are checked, and sessions."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from hub.access import queries, sign_in
from hub.access.models import SignInSession, SignInThrottle
from hub.access.passwords import passwords
from hub.access.rules import SessionLimits
from hub.access.sessions import limits
from hub.kernel.actor import PUBLIC, Role
from hub.kernel.errors import NotFoundError
from kit.hub import PASSWORD

EMAIL = "lee@agency.example.org"


def begin(units, email=EMAIL, network="192.0.2.1"):
    with units.write(PUBLIC) as uow:
        return sign_in.begin_sign_in(email, network, uow=uow)


def fail(units, times, **where):
    return [begin(units, **where).must_wait for _ in range(times)]


@pytest.fixture
def lee(as_role):
    return as_role(Role.LEAVING_CARE_WORKER, email=EMAIL)


def test_an_attempt_knows_what_to_check_against(units, lee):
    attempt = begin(units, email=" LEE@agency.example.org ")
    assert attempt.account_id == lee.account_id
    assert passwords("test").matches(attempt.password_hash, PASSWORD)


def test_after_five_failures_the_sixth_waits_whether_there_is_an_account_or_not(units, lee):
    assert fail(units, 6) == [False] * 5 + [True]
    assert fail(units, 6, email="nobody@agency.example.org", network="192.0.2.2") == (
        [False] * 5 + [True]
    )


def test_where_no_network_is_known_nobody_waits_for_another_accounts_slips(units, lee):
    fail(units, 6, network="")
    assert begin(units, network="").must_wait
    assert not begin(units, email="other@agency.example.org", network="").must_wait


def test_another_account_from_the_same_network_waits_too(units, lee):
    fail(units, 5)
    assert begin(units, email="other@agency.example.org").must_wait
    assert begin(units, network="192.0.2.9").must_wait  # the same account from elsewhere
    assert not begin(units, email="other@agency.example.org", network="192.0.2.9").must_wait


def test_the_wait_grows_to_a_quarter_of_an_hour(units, clock, lee):
    fail(units, 5)
    waits = []
    for _ in range(8):
        waited = 0
        while begin(units).must_wait:
            clock.advance(seconds=30)
            waited += 30
        waits.append(waited)
    assert waits == [30, 60, 120, 240, 480, 900, 900, 900]


def test_a_thousand_guesses_in_an_hour_are_hardly_any_checked(units, clock, lee):
    checked = 0
    for _ in range(1000):
        checked += not begin(units).must_wait
        clock.advance(seconds=3.6)
    assert checked <= 20


def test_an_hour_without_failures_forgets(units, clock, lee):
    fail(units, 4)
    clock.advance(hours=1)
    assert fail(units, 5) == [False] * 5


def test_success_forgets_the_failures(units, lee):
    fail(units, 4)
    attempt = begin(units)
    with units.write(PUBLIC) as uow:
        sign_in.complete_sign_in(attempt, uow=uow)
    assert fail(units, 5) == [False] * 5


def test_no_address_is_kept_in_the_counts(units, lee):
    begin(units)
    with units.read(PUBLIC) as uow:
        keys = " ".join(uow.session.scalars(select(SignInThrottle.key)))
    assert "lee" not in keys
    assert "192" not in keys


def test_an_account_switched_off_meanwhile_cannot_come_in(units, lee):
    attempt = begin(units, email="nobody@agency.example.org")
    with pytest.raises(NotFoundError), units.write(PUBLIC) as uow:
        sign_in.complete_sign_in(attempt, uow=uow)


def test_a_token_is_kept_as_a_hash_and_opens_its_own_session_only(units, lee):
    with units.write(lee) as uow:
        token = sign_in.start_session(lee.account_id, uow=uow)
        sign_in.start_session(lee.account_id, uow=uow)
    with units.read(PUBLIC) as uow:
        assert token not in set(uow.session.scalars(select(SignInSession.token_hash)))
        assert queries.open_session(uow.session, token).actor == lee
        assert queries.open_session(uow.session, token + "x") is None


def test_signing_out_ends_it_and_once_is_enough(units, lee):
    with units.write(lee) as uow:
        token = sign_in.start_session(lee.account_id, uow=uow)
    for _ in range(2):
        with units.write(lee) as uow:
            sign_in.sign_out(token, uow=uow)
    with units.read(PUBLIC) as uow:
        assert queries.open_session(uow.session, token) is None


def test_what_is_over_is_forgotten_and_nothing_else(units, clock, settings, lee):
    with units.write(lee) as uow:
        sign_in.start_session(lee.account_id, uow=uow)
    begin(units)
    clock.advance(hours=9)
    with units.write(lee) as uow:
        sign_in.start_session(lee.account_id, uow=uow)
    begin(units, email="other@agency.example.org", network="192.0.2.7")
    clock.advance(hours=1, seconds=1)

    with units.write(PUBLIC) as uow:
        sign_in.forget_old(limits(settings), uow=uow)

    with units.read(PUBLIC) as uow:
        assert uow.session.scalar(select(func.count()).select_from(SignInSession)) == 1
        assert uow.session.scalar(select(func.count()).select_from(SignInThrottle)) == 2


def test_limits_come_from_the_settings(settings):
    assert limits(settings) == SessionLimits(timedelta(minutes=15), timedelta(hours=10))
