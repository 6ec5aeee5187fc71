"""The return is what somebody counts by hand on a table of thirty cases, edge days among them."""

from datetime import UTC, date, datetime, timedelta

import pytest

from hub.marac.clocks import Label
from hub.reporting.rules.counting import (
    CHILDREN,
    HeardCase,
    HeldMeeting,
    Known,
    Part,
    Somebody,
    Split,
    answers_of,
    quarterly_return,
)
from hub.reporting.rules.quarters import Quarter

Q2, Q3, Q4 = Quarter(2026, 2), Quarter(2026, 3), Quarter(2026, 4)
BEFORE = datetime(2026, 6, 30, 22, 59, tzinfo=UTC)  # 23:59 on 30 June in London: quarter 2
FIRST = datetime(2026, 6, 30, 23, 30, tzinfo=UTC)  # 00:30 on 1 July in London: quarter 3
MIDDLE = datetime(2026, 8, 12, 9, tzinfo=UTC)
EMPTY = datetime(2026, 9, 2, 9, tzinfo=UTC)
LAST = datetime(2026, 9, 30, 22, 30, tzinfo=UTC)  # 23:30 on 30 September in London
AFTER = datetime(2026, 9, 30, 23, tzinfo=UTC)  # midnight: 1 October in London

# One line a case: meeting, referred, label, source, children, victim's sex, victim born or guessed,
# those alleged (born or guessed), minoritised, LGBT+, disabled. "?" is not known, "-" nobody said;
# an "a" before the meeting is alert only.
TABLE = """
before 2026-06-01T09:00 repeat   police    2 female 1990-01-01 1988-01-01 yes no  no
before 2026-06-29T23:30 new      housing   0 male   1990-01-01 1988-01-01 no  no  yes
first  2026-06-22T09:00 repeat   police    2 female 2008-07-01 1999-05-05 yes no  -
first  2026-06-22T22:59 new      police    0 female 2008-06-30 ~30        no  ?   no
first  2026-06-22T23:00 new      health    1 male   2010-07-01 2008-07-01 no  no  yes
first  2026-06-25T09:00 check    police    3 female 2010-07-02 2008-07-02 ?   yes no
first  2026-06-30T22:59 new_case housing   0 -      ~16        ~15        -   -   -
first  2026-06-30T23:10 new      transfer  1 female ~40        ?          no  no  no
afirst 2026-06-20T09:00 repeat   police    4 male   1990-01-01 2012-01-01 yes yes yes
middle 2026-07-31T09:00 repeat   police    0 female 1991-02-03 1990-01-01 no  no  no
middle 2026-07-31T09:00 new      police    2 female 1985-02-03 1990-01-01 no  no  ?
middle 2026-08-01T09:00 repeat   domestic_abuse_service 1 female 1979-11-20 1970-01-01 yes no no
middle 2026-08-01T09:00 new      police    0 female 2000-02-29 1990-01-01+2009-09-09 no no no
middle 2026-08-02T09:00 new      police    3 female 1999-02-03 1990-01-01+? no  no  yes
middle 2026-08-03T09:00 repeat   police    2 female 1988-02-03 1990-01-01 no  no  no
middle 2026-08-03T09:00 new      mental_health 0 male 1970-02-03 1990-01-01 no - no
middle 2026-08-04T09:00 check    police    1 female 1991-02-03 1990-01-01 -   no  no
middle 2026-08-05T09:00 new      police    0 female 1993-02-03 -          no  yes no
middle 2026-08-06T09:00 new      education 2 female 2009-08-13 2009-08-13 yes no  no
middle 2026-08-12T08:59 repeat   police    0 other  1995-02-03 1990-01-01 no  yes no
amiddle 2026-08-01T09:00 new     police    1 female 1991-02-03 1990-01-01 no  no  no
last   2026-09-01T09:00 new      police    2 female 1991-02-03 1990-01-01 no  no  no
last   2026-09-02T09:00 repeat   police    0 female 1992-02-03 1990-01-01 yes no  yes
last   2026-09-03T09:00 new      housing   1 female 1993-02-03 ~17        no  no  no
last   2026-09-04T09:00 new      police    0 ?      1994-02-03 ~20        no  no  no
last   2026-09-05T09:00 repeat   probation 4 female ~13        1990-01-01 no  ?   -
last   2026-09-30T22:00 new      police    0 female ~14        1990-01-01 no  no  no
after  2026-09-05T09:00 repeat   police    2 male   1990-01-01 2010-01-01 yes yes yes
after  2026-09-06T09:00 new      police    1 male   1990-01-01 2010-01-01 yes yes yes
other  2026-08-06T09:00 repeat   police    5 male   1990-01-01 2010-01-01 yes yes yes
"""
STARTS = {
    "before": BEFORE,
    "first": FIRST,
    "middle": MIDDLE,
    "last": LAST,
    "after": AFTER,
    "other": MIDDLE,
    "empty": EMPTY,
}


def somebody(text, gender=None):
    if text == "?":
        return Somebody(gender=gender)
    if text.startswith("~"):
        return Somebody(gender=gender, about_age=int(text[1:]))
    return Somebody(gender=gender, born_on=date.fromisoformat(text))


def said(text):
    return {"-": None, "?": "not_known"}.get(text, text)


def case(words):
    at, referred, label, source, children, sex, born, alleged, minoritised, lgbt, disabled = words
    return HeardCase(
        referred_at=datetime.fromisoformat(referred).replace(tzinfo=UTC),
        is_discussed=not at.startswith("a") or at == "after",
        label=Label(label),
        source=source,
        children=int(children),
        victim=somebody(born, said(sex)),
        alleged=tuple(somebody(one) for one in alleged.split("+") if one != "-"),
        needs={
            "is_minoritised": said(minoritised),
            "is_lgbt": said(lgbt),
            "is_disabled": said(disabled),
        },
    )


def meetings():
    lines = [line.split() for line in TABLE.strip().splitlines()]
    assert len(lines) == 30
    for name, starts_at in STARTS.items():
        own = [line for line in lines if line[0] in {name, "a" + name}]
        area = "southmere" if name == "other" else "northmere"
        yield HeldMeeting(area=area, starts_at=starts_at, cases=tuple(case(one) for one in own))


@pytest.fixture
def made():
    return quarterly_return(meetings(), "northmere", Q3)


def by_day(made, name):
    return [(row.on, row.counts.parts[name]) for row in made.meetings]


def test_there_is_a_row_for_each_meeting_of_the_quarter_by_its_london_day(made):
    assert [(row.on, row.counts.whole) for row in made.meetings] == [
        (date(2026, 7, 1), 6),
        (date(2026, 8, 12), 11),
        (date(2026, 9, 2), 0),
        (date(2026, 9, 30), 6),
    ]
    assert made.counts.whole == 23


def test_the_quarters_beside_it_have_the_rest():
    assert quarterly_return(meetings(), "northmere", Q2).counts.whole == 2
    assert quarterly_return(meetings(), "northmere", Q4).counts.whole == 2
    assert quarterly_return(meetings(), "southmere", Q3).counts.whole == 1
    assert quarterly_return(meetings(), "northmere", Quarter(2025, 3)).meetings == ()


@pytest.mark.parametrize(
    ("name", "first", "middle", "last"),
    [
        # yes and not known, counted by hand from the table
        (Split.REPEAT, Part(1, 1), Part(4, 1), Part(2, 0)),
        (Split.POLICE, Part(3, 0), Part(8, 0), Part(4, 0)),
        (Split.MINORITISED, Part(1, 2), Part(2, 1), Part(1, 0)),
        (Split.LGBT, Part(1, 2), Part(2, 1), Part(0, 1)),
        (Split.DISABLED, Part(1, 2), Part(1, 1), Part(1, 1)),
        (Split.MALE, Part(1, 1), Part(1, 0), Part(0, 1)),
        # 18 on 1 July is 18; 30 June too; born 2010-07-01 is 16 that day, 07-02 is 15;
        # "about 16" may be 14 to 18
        (Split.AGED_16_17, Part(1, 1), Part(1, 0), Part(0, 1)),
        # born 2008-07-01 is 18 that day, 07-02 is 17; "about 15" is under 18 even if it is 17
        (Split.HARM_BY_UNDER_18, Part(2, 1), Part(2, 2), Part(0, 1)),
    ],
)
def test_each_part_is_as_counted_by_hand(made, name, first, middle, last):
    assert by_day(made, name) == [
        (date(2026, 7, 1), first),
        (date(2026, 8, 12), middle),
        (date(2026, 9, 2), Part(0, 0)),
        (date(2026, 9, 30), last),
    ]
    assert made.counts.parts[name] == first + middle + last


def test_children_and_sources_are_as_counted_by_hand(made):
    assert [row.counts.beside[CHILDREN] for row in made.meetings] == [7, 11, 0, 7]
    assert made.counts.beside[CHILDREN] == 25
    assert {name: count for name, count in made.sources.items() if count} == {
        "police": 15,
        "health": 1,
        "housing": 2,
        "transfer": 1,
        "domestic_abuse_service": 1,
        "mental_health": 1,
        "education": 1,
        "probation": 1,
    }
    assert sum(made.sources.values()) == made.counts.whole


def test_days_from_referral_are_london_days(made):
    # 22 June 22:59 UTC is 23:59 in London; a minute later it is the 23rd.
    assert made.meetings[0].waits == (0, 1, 6, 8, 9, 9)
    assert made.meetings[3].waits == (0, 25, 26, 27, 28, 29)


def test_not_known_is_never_a_no():
    nothing = HeardCase(referred_at=FIRST, label=Label.CHECK)
    answers = answers_of(nothing, date(2026, 7, 1))
    assert {name for name, answer in answers.items() if answer is not Known.NOT_KNOWN} == {
        Split.POLICE
    }


def test_a_guess_grows_older_with_the_years():
    guessed = HeardCase(referred_at=FIRST, victim=Somebody(about_age=13))
    age = Split.AGED_16_17
    assert answers_of(guessed, date(2026, 7, 1))[age] is Known.NO
    assert answers_of(guessed, date(2027, 7, 1))[age] is Known.NOT_KNOWN
    assert answers_of(guessed, date(2034, 7, 1))[age] is Known.NO


def test_an_answer_that_no_list_has_is_not_known():
    odd = HeardCase(referred_at=FIRST, needs={"is_lgbt": "perhaps"})
    assert answers_of(odd, date(2026, 7, 1))[Split.LGBT] is Known.NOT_KNOWN


def test_a_case_heard_twice_is_counted_at_both_meetings():
    again = case(TABLE.strip().splitlines()[0].split())
    twice = [
        HeldMeeting(area="a", starts_at=FIRST + timedelta(days=days), cases=(again,))
        for days in (0, 14)
    ]
    assert quarterly_return(twice, "a", Q3).counts.whole == 2
