"""Which lines of the log the person is shown, and in which words."""

from datetime import UTC, datetime
from uuid import UUID

import pytest

from hub.sharing.rules.coded import Category, ConsentState, Purpose, SubjectRole
from hub.sharing.rules.told_log import (
    LEFT_OUT_WORDS,
    LeftOut,
    LogEntry,
    LogKind,
    Mark,
    Verdict,
    in_plain_words,
    left_out,
    may_be_marked,
)

AT = datetime(2026, 6, 30, 23, 30, tzinfo=UTC)  # in London it is the first of July
HIDE, SHOW = Verdict.HIDE, Verdict.SHOW
SOMEBODY = UUID(int=7)


def entry(kind=LogKind.SHARED, **other):
    values = {
        "kind": kind,
        "id": UUID(int=1),
        "at": AT,
        "from_agency": "Example Leaving Care",
        "to_agency": "Testshire Police",
        "categories": frozenset({Category.EXISTENCE, Category.WORKER_CONTACT}),
        "purposes": frozenset({Purpose.SAFETY_PLANNING}),
    }
    return LogEntry(**(values | other))


def marks(*said):
    return [Mark(verdict=verdict, is_confirmed=confirmed) for verdict, confirmed in said]


@pytest.mark.parametrize(
    ("line", "why"),
    [
        (entry(), None),
        (entry(role=SubjectRole.VICTIM), None),
        (entry(role=SubjectRole.WITNESS), None),
        (entry(LogKind.LOOKED), None),
        (entry(LogKind.CORRECTED), None),
        (entry(LogKind.WITHHELD), LeftOut.NOT_SENT),
        (entry(role=SubjectRole.ALLEGED_PERPETRATOR), LeftOut.OTHER_SIDE),
        (entry(LogKind.INVITED, role=SubjectRole.VICTIM), None),
        (entry(LogKind.INVITED, role=SubjectRole.ALLEGED_PERPETRATOR), LeftOut.OTHER_SIDE),
        (entry(LogKind.INVITED, role=SubjectRole.CHILD), LeftOut.OTHER_PERSON),
        (entry(LogKind.INVITED, role=SubjectRole.FAMILY), LeftOut.OTHER_PERSON),
        (entry(LogKind.CONSENT, state=ConsentState.REFUSED), None),
        (
            entry(LogKind.CONSENT, state=ConsentState.REFUSED, is_own_word=False),
            LeftOut.NOT_THEIR_WORD,
        ),
        (entry(LogKind.CONSENT, state=ConsentState.COERCED_SUSPECTED), LeftOut.NOT_THEIR_WORD),
        (entry(LogKind.CONSENT, state=ConsentState.NOT_SOUGHT_UNSAFE), LeftOut.NOT_THEIR_WORD),
        (entry(was_told=False), LeftOut.NOT_TOLD),
        (entry(said_harmful_by=SOMEBODY), LeftOut.HARM_WAITS),
    ],
)
def test_a_line_is_left_out_for_a_reason(line, why):
    assert left_out(line, []) == why


@pytest.mark.parametrize(
    ("line", "said", "why"),
    [
        (entry(), [(HIDE, None)], LeftOut.HARM_WAITS),
        (entry(), [(HIDE, True)], LeftOut.HARM),
        (entry(), [(HIDE, False)], None),
        (entry(said_harmful_by=SOMEBODY), [(HIDE, False)], None),
        (entry(said_harmful_by=SOMEBODY), [(HIDE, True)], LeftOut.HARM),
        (entry(), [(HIDE, True), (SHOW, None)], LeftOut.HARM),
        (entry(), [(HIDE, True), (SHOW, False)], LeftOut.HARM),
        (entry(), [(HIDE, True), (SHOW, True)], None),
        (entry(was_told=False), [(SHOW, None)], LeftOut.NOT_TOLD),
        (entry(was_told=False), [(SHOW, True)], None),
        (entry(was_told=False), [(SHOW, True), (HIDE, True)], LeftOut.HARM),
        (entry(was_told=False), [(SHOW, True), (HIDE, False)], None),
        (entry(was_told=False), [(HIDE, False)], LeftOut.NOT_TOLD),
        (entry(role=SubjectRole.ALLEGED_PERPETRATOR), [(SHOW, True)], LeftOut.OTHER_SIDE),
        (entry(LogKind.INVITED, role=SubjectRole.CHILD), [(SHOW, True)], LeftOut.OTHER_PERSON),
    ],
)
def test_what_one_says_waits_for_a_second_and_some_lines_nobody_can_show(line, said, why):
    assert left_out(line, marks(*said)) == why


def test_what_can_be_said_of_a_line_follows_from_how_it_stands():
    assert may_be_marked(None) is HIDE
    allowed = {why for why in LeftOut if may_be_marked(why) is SHOW}
    assert allowed == {LeftOut.HARM, LeftOut.NOT_TOLD}
    assert set(LEFT_OUT_WORDS) == set(LeftOut)


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (
            entry(),
            (
                "On 1 July 2026 Example Leaving Care told Testshire Police that we "
                "know you and who "
                "your worker is and how to reach them, to plan for your safety."
            ),
        ),
        (
            entry(LogKind.INVITED),
            (
                "On 1 July 2026 Testshire Police was told that we know you and who "
                "your worker is and "
                "how to reach them, to plan for your safety."
            ),
        ),
        (
            entry(
                LogKind.CONSENT,
                state=ConsentState.WITHDRAWN,
                categories=frozenset({Category.HEALTH}),
            ),
            "On 1 July 2026 you took back your yes to our sharing your health.",
        ),
        (
            entry(LogKind.LOOKED),
            "On 1 July 2026 somebody at Example Leaving Care opened your record.",
        ),
        (
            entry(LogKind.CORRECTED, categories=frozenset({Category.EET})),
            (
                "On 1 July 2026 Example Leaving Care told Testshire Police that what "
                "it had been told "
                "about your education, training and work was not right."
            ),
        ),
        (
            entry(LogKind.WITHHELD),
            "On 1 July 2026 Example Leaving Care told Testshire Police nothing.",
        ),
    ],
)
def test_the_plain_words(line, words):
    assert in_plain_words(line) == words


def test_the_staff_s_words_on_a_record_never_reach_the_person():
    for kind in LogKind:
        line = entry(kind, state=ConsentState.REFUSED, record="Wor Ker, rule 9")
        assert "Wor Ker" not in in_plain_words(line)
