"""A subject access pack: marks, verdicts that an item can have, and who lets it out."""

import itertools
from uuid import uuid4

import pytest

from hub.sharing.rules.pack import (
    EXEMPTION_WORDS,
    MARK_WORDS,
    SAY_WHY,
    Exemption,
    Mark,
    Name,
    PackVerdict,
    Said,
    Standing,
    Traits,
    is_looked_at_again,
    is_ready,
    is_same_name,
    marks_of,
    may_release,
    refusal,
)
from hub.sharing.rules.pack_kinds import KIND_WORDS, ORDER, ItemKind

MOTHER = Name("Marigold", "Quillfeather")
OWN = (Name("Zebedee", "Quillfeather"),)
WITHHELD = Said(verdict=PackVerdict.WITHHOLD, exemption=Exemption.CRIME, why="A plan")
GIVEN = Said(verdict=PackVerdict.INCLUDE)
CUT = Said(verdict=PackVerdict.REDACT, redacted="Some of it")
EACH_MARK = {
    Mark.OTHER_SIDE: Traits(is_other_side=True),
    Mark.HARM: Traits(is_harmful=True),
    Mark.THIRD_PARTY: Traits(is_about_others=True),
    Mark.SAFE_ADDRESS: Traits(says_where=True),
    Mark.FREE_TEXT: Traits(is_free_text=True),
}


def test_every_code_has_its_words():
    assert set(MARK_WORDS) == set(Mark)
    assert set(EXEMPTION_WORDS) == set(Exemption)
    assert set(KIND_WORDS) == set(ItemKind)
    assert list(ORDER.values()) == list(range(len(ItemKind)))


@pytest.mark.parametrize("mark", Mark)
def test_what_a_room_knows_marks_an_item(mark):
    assert marks_of("Plain", EACH_MARK[mark]) == (mark,)


def test_several_marks_come_in_one_order_and_nothing_known_is_no_mark():
    every = Traits(
        is_other_side=True, is_harmful=True, is_about_others=True, says_where=True,
        is_free_text=True,
    )  # fmt: skip
    assert marks_of("Plain", every) == tuple(Mark)
    assert marks_of("Plain", Traits()) == ()


@pytest.mark.parametrize(
    "text",
    [
        "Marigold rang us",
        "She rang MARIGOLD, twice",
        "Marigold's flat",
        "Marigold\u2019s flat",
        "Zebedee and M\u00e1rigold",
        "Marigold Quillfeather",
    ],
)
def test_an_item_that_names_somebody_else_is_marked(text):
    assert marks_of(text, Traits(), [MOTHER], OWN) == (Mark.THIRD_PARTY,)


@pytest.mark.parametrize(
    "text",
    ["Mari rang", "A marigolds garden", "Quillfeather rang", "Zebedee Quillfeather", ""],
)
def test_what_the_person_is_called_too_names_nobody_else(text):
    assert marks_of(text, Traits(), [MOTHER], OWN) == ()


def test_a_family_name_of_somebody_elses_own_marks():
    stranger = Name("Al", "Thistle")
    assert marks_of("Thistle came", Traits(), [stranger], OWN) == (Mark.THIRD_PARTY,)
    assert marks_of("Al came", Traits(), [stranger], OWN) == ()
    assert marks_of("Al Thistle came", Traits(), [stranger], OWN) == (Mark.THIRD_PARTY,)


def test_of_kin_with_a_short_name_both_names_must_be_there():
    kin = Name("Jo", "Quillfeather")
    assert marks_of("Jo came", Traits(), [kin], OWN) == ()
    assert marks_of("Jo Quillfeather came", Traits(), [kin], OWN) == (Mark.THIRD_PARTY,)


def test_somebody_of_the_very_same_name_says_nothing_of_another():
    assert marks_of("Zebedee Quillfeather", Traits(), OWN, OWN) == ()


def test_one_name_alone_is_enough_where_the_other_is_not_known():
    assert marks_of("Wren came", Traits(), [Name("Wren", "")], OWN) == (Mark.THIRD_PARTY,)
    assert marks_of("Nobody came", Traits(), [Name("", "")], OWN) == ()


@pytest.mark.parametrize(
    ("typed", "is_same"),
    [
        ("Marigold Quillfeather", True),
        ("QUILLFEATHER, Marigold", True),
        ("Mrs Marigold Ann Quill-feather", False),
        ("Ms Marigold Ann Quillfeather", True),
        ("Marigold", False),
        ("Quillfeather", False),
        ("Marigoldina Quillfeather", False),
        ("", False),
    ],
)
def test_a_full_name_is_told_however_it_is_written(typed, is_same):
    assert is_same_name(typed, MOTHER) is is_same


def test_half_a_name_is_nobodys_full_name():
    assert not is_same_name("Marigold", Name("Marigold", ""))
    assert not is_same_name("", Name("", ""))


@pytest.mark.parametrize("said", [GIVEN, CUT, Said(verdict=PackVerdict.INCLUDE, why="Good")])
@pytest.mark.parametrize("more", [(), (Mark.HARM, Mark.FREE_TEXT)])
def test_the_other_side_of_a_case_is_never_given(said, more):
    no = refusal(said, (Mark.OTHER_SIDE, *more), "Original")
    assert no is not None
    assert no.field == "verdict"


@pytest.mark.parametrize("size", range(len(Mark) + 1))
def test_everything_can_be_withheld_with_a_code_and_words(size):
    for marks in itertools.combinations(Mark, size):
        assert refusal(WITHHELD, marks, "Original") is None


@pytest.mark.parametrize(
    ("said", "field"),
    [
        (Said(verdict=PackVerdict.WITHHOLD, why="A plan"), "exemption"),
        (Said(verdict=PackVerdict.WITHHOLD, exemption=Exemption.CRIME, why=" \n"), "why"),
        (Said(verdict=PackVerdict.REDACT), "redacted"),
        (Said(verdict=PackVerdict.REDACT, redacted=" \n "), "redacted"),
        (Said(verdict=PackVerdict.REDACT, redacted="The \n original  words"), "redacted"),
    ],
)
def test_a_verdict_says_what_it_needs(said, field):
    no = refusal(said, (), "The original words")
    assert no is not None
    assert no.field == field


@pytest.mark.parametrize("mark", sorted(set(Mark) - {Mark.OTHER_SIDE}))
def test_what_is_marked_goes_whole_only_with_a_reason(mark):
    no = refusal(GIVEN, (mark,), "Original")
    assert (no is not None and no.field == "why") is (mark in SAY_WHY)
    assert refusal(Said(verdict=PackVerdict.INCLUDE, why="They know"), (mark,), "Original") is None
    assert refusal(CUT, (mark,), "Original") is None


def test_what_is_not_marked_is_simply_given():
    assert refusal(GIVEN, (), "Original") is None


@pytest.mark.parametrize(
    ("text", "marks", "again"),
    [
        ("Same", (Mark.HARM,), False),
        ("Same", (), False),
        ("Other", (Mark.HARM,), True),
        ("Same", (Mark.HARM, Mark.FREE_TEXT), True),
        ("Same", (Mark.OTHER_SIDE,), True),
    ],
)
def test_a_verdict_counts_until_the_words_change_or_a_mark_comes(text, marks, again):
    assert is_looked_at_again(text, marks, "Same", (Mark.HARM,)) is again


def test_a_pack_is_ready_when_every_item_has_a_verdict():
    done = [Standing(verdict=one) for one in PackVerdict]
    open_ = Standing(verdict=None)
    gone = Standing(verdict=None, is_gone=True)
    assert not is_ready([])
    assert is_ready(done)
    assert is_ready([*done, gone])
    assert not is_ready([*done, open_])


def test_what_is_withheld_or_gone_does_not_go():
    goes = {one: Standing(verdict=one).goes for one in PackVerdict}
    assert goes == {
        PackVerdict.INCLUDE: True,
        PackVerdict.REDACT: True,
        PackVerdict.WITHHOLD: False,
    }
    assert not Standing(verdict=None).goes
    assert not any(Standing(verdict=one, is_gone=True).goes for one in PackVerdict)


def test_the_second_person_prepared_and_judged_none_of_it():
    one, two, three = uuid4(), uuid4(), uuid4()
    assert may_release(three, one, [one, two])
    assert not may_release(one, one, [two])
    assert not may_release(two, one, [one, two])
    assert may_release(two, one, [None])
    assert not may_release(None, one, [two])
