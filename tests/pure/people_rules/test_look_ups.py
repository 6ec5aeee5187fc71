"""What makes a look-up worth a second look, and how many are too many."""

from datetime import date
from uuid import UUID

import pytest

from hub.people.rules.look_ups import (
    Counted,
    Fact,
    Flag,
    Hits,
    LookUpPolicy,
    Seeker,
    Sought,
    bucket,
    facts_of,
    flags_of,
    in_order,
    is_over,
    is_sampled,
    may_be_one_of,
    name_in,
    who_is_meant,
)

OWN = Seeker(
    names=("Elizabeth Mary O'Neill-Carter",),
    phones=("01632 960001",),
    colleagues=("Jonathan Price", "Dr Ana de Souza"),
    postcodes=("LN1 1AA",),
)
SAMPLES, BORN = 10_000, date(2006, 3, 9)


def sought(given="", family="", **more):
    return Sought(given_name=given, family_name=family, **more)


def flags(whom, counted=None, *, is_in_case=False):
    return flags_of(whom, OWN, counted or Counted(), repeats=3, is_in_case=is_in_case)


# --- Who is close to whoever looks ---


@pytest.mark.parametrize(
    ("whom", "flag"),
    [
        (sought("Elizabeth", "O'Neill-Carter"), Flag.SELF),
        (sought("Beth", "Oneill Carter"), Flag.SELF),  # a short form, and no apostrophe
        (sought("MARY", "Carter"), Flag.SELF),  # by her second name and half of her last
        (sought("Zofia", "Nowak", phones=("+44 1632 960001",)), Flag.SELF),
        (sought("Jon", "PRICE"), Flag.COLLEAGUE),
        (sought("Ana", "Souza"), Flag.COLLEAGUE),  # neither title nor particle counts
        (sought("Mark", "Carter"), Flag.FAMILY_NAME),
        (sought("", "Carter", date_of_birth=BORN), Flag.FAMILY_NAME),
        (sought("Zofia", "Nowak", postcodes=("ln11aa",)), Flag.ADDRESS),
    ],
)
def test_somebody_close_is_flagged(whom, flag):
    assert flags(whom) == {flag}


@pytest.mark.parametrize(
    "whom",
    [
        sought("Zofia", "Nowak", date_of_birth=BORN),
        sought("Elizabeth", "Nowak"),  # a first name alone is nobody's
        sought("Elizabeth", ""),
        sought("", "Price"),  # a colleague's last name alone is no colleague
        sought("Jonathan", "Souza"),  # two colleagues are not one
        sought("Carter", "Nowak"),
        sought("Zofia", "Nowak", postcodes=("LN1 1AB",), phones=("01632 960002",)),
        sought("Zofia", "Nowak", postcodes=("",), phones=("", "12")),
        sought(),
    ],
)
def test_anybody_else_is_not(whom):
    assert flags(whom) == frozenset()


def test_nothing_is_known_of_a_program_and_so_nothing_is_close():
    nobody = Seeker(names=("",), phones=("",), postcodes=("",))
    whom = sought("", "", phones=("",), postcodes=("",))
    assert flags_of(whom, nobody, Counted(), repeats=3, is_in_case=False) == frozenset()


def test_the_same_person_again_and_again_is_flagged_where_there_is_no_case():
    whom = sought("Zofia", "Nowak")
    found = [flags(whom, Counted(of_the_same=number)) for number in range(4)]
    assert found == [frozenset(), frozenset(), {Flag.REPEATED}, {Flag.REPEATED}]
    assert flags(whom, Counted(of_the_same=9), is_in_case=True) == frozenset()


def test_more_than_one_flag_stands_in_one_order():
    whom = sought("Jon", "Price", postcodes=("LN1 1AA",))
    found = flags(whom, Counted(of_the_same=2))
    assert in_order(found) == (Flag.COLLEAGUE, Flag.ADDRESS, Flag.REPEATED)


# --- Which person is meant ---


def test_the_same_person_is_the_same_however_she_is_written():
    texts = {
        who_is_meant(sought(given, family, date_of_birth=BORN, postcodes=places))
        for given, family, places in (
            ("Ana", "O'Neill", ()),
            ("ana", "ONeill", ("LN1 1AA",)),
            ("O'Neill", "ANA", ("LN2 2BB",)),  # swapped, and she has moved
        )
    }
    assert len(texts) == 1


def test_another_day_of_birth_is_another_person_and_a_number_stands_above_all():
    born = {who_is_meant(sought("Ana", "Nowak", date_of_birth=BORN.replace(day=d))) for d in (1, 2)}
    assert len(born) == 2
    numbered = {who_is_meant(sought(name, "Nowak", nhs_number="999 000 0018")) for name in "ab"}
    assert len(numbered) == 1
    wrong = {who_is_meant(sought(name, "Nowak", nhs_number="999 000 0019")) for name in "ab"}
    assert len(wrong) == 2  # no valid number, so it says nothing


def test_without_both_names_every_fact_counts():
    facts = [
        sought("", "Nowak", postcodes=("LN1 1AA",)),
        sought("", "Nowak", postcodes=("LN2 2BB",)),
        sought("", "Nowak", phones=("01632 960001",)),
        sought("Nowak", "", date_of_birth=BORN),
        sought(date_of_birth=BORN, postcodes=("LN1 1AA",)),
    ]
    assert len({who_is_meant(one) for one in facts}) == len(facts)


def test_only_the_kinds_of_fact_are_kept():
    whole = Sought(
        given_name="Ana",
        date_of_birth=BORN,
        postcodes=("LN1 1AA",),
        phones=("01632 960001",),
        nhs_number="999 000 0018",
    )
    assert facts_of(whole) == tuple(Fact)
    assert facts_of(sought(" ", "", postcodes=(" ",), phones=("",))) == ()
    assert facts_of(sought("", "Nowak")) == (Fact.NAME,)


# --- How many ---


@pytest.mark.parametrize(
    ("number", "hits"),
    [(0, Hits.NONE), (1, Hits.ONE), (2, Hits.FEW), (5, Hits.FEW), (6, Hits.MANY), (60, Hits.MANY)],
)
def test_how_many_were_found_is_kept_roughly(number, hits):
    assert bucket(number) == hits


@pytest.mark.parametrize(
    ("hour", "day", "over"),
    [(0, 0, False), (19, 59, False), (20, 20, True), (3, 60, True), (25, 70, True)],
)
def test_the_twenty_first_within_an_hour_is_too_many(hour, day, over):
    own = LookUpPolicy()
    counted = Counted(within_hour=hour, within_day=day)
    assert is_over(counted, an_hour=own.an_hour, a_day=own.a_day) is over


def test_chance_picks_as_many_as_is_set():
    ids = [UUID(int=number, version=4) for number in range(SAMPLES)]
    assert not any(is_sampled(one, 0) for one in ids)
    assert all(is_sampled(one, 100) for one in ids)
    picked = sum(is_sampled(one, 5) for one in ids)
    assert 0.04 * SAMPLES < picked < 0.06 * SAMPLES


# --- Who at work may be somebody in a case ---


@pytest.mark.parametrize(
    ("seeker", "is_hint"),
    [
        (Seeker(names=("Basil Thornbury",)), True),
        (Seeker(names=("Dana Thornbury",)), True),  # the last name: perhaps a partner
        (Seeker(names=("Some Body", "basil thornbury")), True),
        (Seeker(names=("Some Body",), phones=("01632 960777",)), True),
        (Seeker(names=("Basil Nowak",)), False),
        (Seeker(names=("Thornbury",)), False),  # one word is no last name
        (Seeker(names=("",), phones=("",)), False),
    ],
)
def test_a_name_or_a_number_that_is_alike_is_a_hint(seeker, is_hint):
    him = sought("Basil", "Thornbury", phones=("+44 1632 960777",))
    assert may_be_one_of(seeker, [sought("Zinnia", "Quillfeather"), him]) is is_hint
    assert may_be_one_of(seeker, []) is False


def test_the_name_in_an_address_at_work():
    assert name_in("Basil.Thornbury-2@police.example.org") == "Basil Thornbury"
    assert name_in(None) == name_in("") == ""
