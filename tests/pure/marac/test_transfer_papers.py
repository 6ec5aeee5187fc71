"""Which papers go, what is missed, what is said of the risk, and what tells where somebody is."""

from datetime import date
from uuid import UUID

import pytest

from hub.marac.rules.transfer_papers import (
    MISSING_WORDS,
    RISK_WORDS,
    Missing,
    PaperKey,
    PaperKind,
    RiskIs,
    answer_problem,
    risk_problem,
    tells_where,
    unknown_papers,
)
from hub.marac.rules.transfers import answer_by, asked_again
from kit.world import NOW

FILE = PaperKey(PaperKind.FILE, UUID(int=1))
RECORD = PaperKey(PaperKind.RECORD, UUID(int=1))
TOLD, TODAY = date(2026, 6, 1), date(2026, 6, 10)


def test_a_paper_is_its_sort_and_its_row_and_is_read_back():
    assert FILE != RECORD
    assert [PaperKey.read(one.code) for one in (FILE, RECORD)] == [FILE, RECORD]


@pytest.mark.parametrize(
    "code", ["", "file", "poem.00000000-0000-0000-0000-000000000001", "file.1"]
)
def test_what_is_no_paper_is_not_read(code):
    with pytest.raises(ValueError, match=r"."):
        PaperKey.read(code)


def test_only_what_may_go_goes():
    assert unknown_papers([], []) is None
    assert unknown_papers([FILE], [FILE, RECORD]) is None
    assert unknown_papers([FILE, RECORD], [FILE]).field == "papers"


@pytest.mark.parametrize(
    ("papers", "refusal", "is_refused"),
    [([FILE], "", False), ([], "It is lost.", False), ([], " ", True), ([FILE], "Lost.", True)],
)
def test_an_answer_sends_or_says_why_not(papers, refusal, is_refused):
    found = answer_problem(papers, refusal)
    assert (found is not None) is is_refused
    assert found is None or found.field == "refusal"


@pytest.mark.parametrize(
    ("risk_is", "on", "note", "field"),
    [
        (RiskIs.HIGHER, TODAY, "", None),
        (RiskIs.SAME, TOLD, "", None),
        (RiskIs.LOWER, None, "Much", "on"),
        (RiskIs.HIGHER, date(2026, 6, 11), "", "on"),
        (RiskIs.HIGHER, date(2026, 5, 31), "", "on"),
        (RiskIs.NOT_ASSESSED, None, "Nobody reaches her.", None),
        (RiskIs.NOT_ASSESSED, TODAY, " ", "note"),
    ],
)
def test_the_risk_is_assessed_on_a_day_since_the_move_or_not_for_a_reason(risk_is, on, note, field):
    found = risk_problem(risk_is, on, note, told_on=TOLD, today=TODAY)
    assert (found.field if found else None) == field


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("She never came to us.", ""),
        ("She lives at YO1 1AA now.", "YO1 1AA"),
        ("Ring 07700 900123 instead.", "07700 900123"),
        ("Write to her@example.org", "her@example.org"),
        ("Nobody at 9, secret street knows her.", "9 Secret Street"),
        ("Not in farham", "Farham"),
        ("We have 12 flats like it.", ""),
    ],
)
def test_what_the_old_area_reads_says_nothing_of_where_she_is(text, found):
    assert tells_where(text, "Flat\n9 Secret Street\nFarham", "YO1 1AA") == found


def test_every_choice_has_its_words():
    assert set(MISSING_WORDS) == set(Missing)
    assert set(RISK_WORDS) == set(RiskIs)


def test_the_other_area_answers_within_its_own_working_days():
    assert answer_by(NOW) == date(2026, 6, 2)
    closed = frozenset({date(2026, 6, 2), date(2026, 6, 3)})
    assert answer_by(NOW, closed) == date(2026, 6, 4)
    assert asked_again(TOLD, closed).date() == date(2026, 6, 4)
