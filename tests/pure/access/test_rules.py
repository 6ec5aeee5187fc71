"""Passwords, waits and the end of sessions."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.access.passwords import LONGEST, Passwords, passwords
from hub.access.rules import (
    FREE_TRIES,
    LONGEST_WAIT,
    SHORTEST_PASSWORD,
    SessionLimits,
    Tries,
    network_of,
    password_fault,
)

NOON = datetime(2026, 6, 1, 11, 0, tzinfo=UTC)
EMAIL = "robin.example@agency.example.org"


@pytest.mark.parametrize(
    "password",
    ["correct horse battery", "Xk29!fpq77zzLLw", "vier Ähren Über Öfen", "otter-lamp-granite"],
)
def test_long_and_uncommon_will_do(password):
    assert password_fault(password, EMAIL) is None


@pytest.mark.parametrize(
    ("password", "why"),
    [
        ("Xk29!fpq77zzLL", "15 characters"),  # one too few
        ("aaaaaaaaaaaaaaaaaaaa", "repeat"),
        ("abababababababababab", "repeat"),
        ("123456789012345", "repeat"),
        ("0987654321098765", "repeat"),
        ("abcdefghijklmnop", "repeat"),
        ("my name is robin.example", "e-mail"),
        ("PasswordPassword1", "common"),
        ("Password123456!!!", "common"),
        ("Lincolnshire2026", "common"),
        ("qwertyuiopasdfgh", "common"),
    ],
)
def test_what_people_choose_first_will_not(password, why):
    assert why in password_fault(password, EMAIL)


def test_a_common_word_inside_a_long_sentence_is_no_harm():
    assert password_fault("the winter otter hums in granite", EMAIL) is None


def test_a_short_local_part_does_not_count():
    assert password_fault("otter-lamp-granite", "ot@agency.example.org") is None


@given(st.text(max_size=SHORTEST_PASSWORD - 1))
def test_anything_short_is_refused(password):
    assert password_fault(password, EMAIL)


def test_four_failures_cost_nothing_and_the_fifth_half_a_minute():
    tries = Tries()
    for _ in range(FREE_TRIES - 1):
        tries = tries.failed(NOON)
        assert not tries.must_wait(NOON)
    tries = tries.failed(NOON)
    assert tries.must_wait(NOON)
    assert tries.must_wait(NOON + timedelta(seconds=29))
    assert not tries.must_wait(NOON + timedelta(seconds=30))


@given(st.lists(st.integers(0, 7200), max_size=60))
def test_no_wait_is_longer_than_a_quarter_of_an_hour(pauses):
    now, tries = NOON, Tries()
    for pause in pauses:
        now += timedelta(seconds=pause)
        tries = tries.failed(now)
        assert tries.blocked_until is None or tries.blocked_until - now <= LONGEST_WAIT


@pytest.mark.parametrize(
    ("started", "seen", "is_over"),
    [
        (timedelta(0), timedelta(minutes=15, seconds=-1), False),
        (timedelta(0), timedelta(minutes=15), True),
        (timedelta(hours=10, seconds=-1), timedelta(0), False),
        (timedelta(hours=10), timedelta(0), True),
    ],
)
def test_a_session_ends_when_idle_or_old(started, seen, is_over):
    limits = SessionLimits(timedelta(minutes=15), timedelta(hours=10))
    assert limits.is_over(started_at=NOON - started, seen_at=NOON - seen, now=NOON) is is_over


@pytest.fixture(scope="module")
def cheap():
    return passwords("test")


def test_a_hash_is_argon2id_and_matches_its_password_only(cheap):
    kept = cheap.hash("otter-lamp-granite")
    assert kept.startswith("$argon2id$")
    assert cheap.matches(kept, "otter-lamp-granite")
    assert not cheap.matches(kept, "otter-lamp-granit")
    assert not cheap.matches(None, "otter-lamp-granite")
    assert not cheap.matches("not a hash", "otter-lamp-granite")


def test_the_same_letters_from_another_keyboard_match(cheap):
    assert cheap.matches(cheap.hash("cafe\u0301 otter granite"), "caf\u00e9 otter granite")


def test_nothing_too_long_is_hashed(cheap):
    kept = cheap.hash("x" * LONGEST)
    assert not cheap.matches(kept, "x" * (LONGEST + 1))
    with pytest.raises(ValueError, match="128"):
        cheap.hash("x" * (LONGEST + 1))


@pytest.mark.parametrize("environment", ["production", "demonstration"])
def test_where_people_are_real_a_guess_is_dear(environment):
    kept = passwords(environment).hash("otter-lamp-granite")
    assert "$m=65536,t=3,p=2$" in kept


def test_an_unknown_account_costs_the_same_work():
    asked = []

    class Counting:
        def hash(self, password):
            return "kept"

        def verify(self, kept, password):
            asked.append((kept, password))
            return True

    hasher = Passwords(Counting())
    assert not hasher.matches(None, "otter-lamp-granite")
    assert hasher.matches("kept", "otter-lamp-granite")
    assert len(asked) == 2


@pytest.mark.parametrize(
    ("is_production", "proxies", "counted"),
    [
        (True, 1, "192.0.2.1"),
        (True, 0, ""),  # that is the proxy's own address, and everybody's
        (False, 0, "192.0.2.1"),
    ],
)
def test_attempts_are_counted_by_network_only_where_it_is_known(is_production, proxies, counted):
    found = network_of("192.0.2.1", is_production=is_production, proxies=proxies)
    assert found == counted
    assert network_of(None, is_production=is_production, proxies=proxies) == ""
