"""Who is who from what was said of pairs, and when that may not be said."""

from uuid import UUID

import pytest

from hub.marac.clocks import Label
from hub.marac.rules.repeats import Ruling, kind_of, label_after
from hub.marac.rules.subjects import Named, is_by_name_alone, joined, refusal, subjects
from hub.people.matching.evidence import gather
from hub.people.matching.subjects import Entry, Query, prepare
from hub.people.matching.weights import UNKNOWN_FREQUENCIES

A, B, C, D = (UUID(int=number) for number in range(1, 5))


def pair(one, other):
    return frozenset((one, other))


def named(**concerns):
    parties = {"a": A, "b": B, "c": C, "d": D}
    return {
        parties[name]: Named(party_id=parties[name], concern_id=UUID(int=number))
        for name, number in concerns.items()
    }


def test_everybody_is_somebody_of_their_own_until_somebody_says_otherwise():
    assert subjects([A, B], set()) == {A: A, B: B}


@pytest.mark.parametrize(
    ("in_time", "same", "expected"),
    [
        ([A, B, C], {(B, C)}, {A: A, B: B, C: B}),
        ([C, B, A], {(A, C)}, {A: C, B: B, C: C}),
        ([A, B, C], {(A, B), (B, C)}, {A: A, B: A, C: A}),
        ([A, B, C, D], {(A, B), (C, D)}, {A: A, B: A, C: C, D: C}),
    ],
)
def test_those_who_hang_together_are_the_earliest_of_them(in_time, same, expected):
    assert subjects(in_time, {pair(*each) for each in same}) == expected


def test_what_hangs_together_is_followed_to_its_end_and_no_further():
    assert joined([A], [pair(C, B), pair(A, B)]) == {A, B, C}
    assert joined([D], [pair(A, B)]) == {D}


def test_two_can_be_the_same_unless_it_contradicts_what_was_said():
    people = named(a=1, b=2, c=3)
    assert refusal(people, set(), set(), pair(A, B)) is None
    assert refusal(people, {pair(A, C)}, {pair(C, B)}, pair(A, B)).startswith("They cannot be")
    assert refusal(people, set(), {pair(A, B)}, pair(A, B)).endswith("if it was wrong.")


def test_nobody_is_named_twice_in_one_referral():
    people = named(a=1, b=2, c=1)
    why_not = refusal(people, {pair(B, C)}, set(), pair(A, B))
    assert why_not.endswith("named twice in one referral.")


@pytest.mark.parametrize(
    ("held", "expected"),
    [
        ({}, True),
        ({"postcodes": ("LN1 1AA",)}, False),
        ({"phones": ("01522 555555",)}, False),
        ({"nhs_number": "9434765919"}, False),
        ({"postcodes": ("B1 1AA",)}, True),
    ],
)
def test_a_name_alone_is_no_more_than_a_name(held, expected):
    names = {"given_name": "Zinnia", "family_name": "Quillfeather"}
    query = Query(
        query_id="1",
        **names,
        postcodes=("LN1 1AA",),
        phones=("01522 555555",),
        nhs_number="9434765919",
    )
    evidence = gather(
        prepare(query), prepare(Entry(person_id="2", **names, **held)), UNKNOWN_FREQUENCIES
    )
    assert is_by_name_alone(evidence) is expected


def test_a_ruling_counts_before_the_clock_and_can_give_it_back():
    assert label_after(Label.NEW, None) is Label.NEW
    assert label_after(Label.NEW, Ruling.CLOCK) is Label.NEW
    assert label_after(Label.NEW, Ruling.REPEAT) is Label.REPEAT


def test_an_incident_of_which_no_kind_was_said_counts_as_a_crime():
    assert kind_of("") == "violence_or_threats"
    assert kind_of("other_abuse") == "other_abuse"
