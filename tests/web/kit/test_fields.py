"""What each field makes of what was typed: a table of input and value, and of input and text."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from marshmallow import RAISE, ValidationError, validates_schema
from werkzeug.datastructures import MultiDict

from hub.web.dates import TODAY, DateParts
from hub.web.fields import (
    Choice,
    Choices,
    Email,
    LongText,
    Phone,
    PlainText,
    Postcode,
    Tick,
)
from hub.web.forms import Form, blank, read, read_typed
from hub.web.moments import LondonDateTime
from hub.web.values import Option
from hub.web.words import SOMERSET, SPOKEN, WEST_SUSSEX


@pytest.fixture(autouse=True)
def _today():
    token = TODAY.set(date(2026, 11, 22))
    yield
    TODAY.reset(token)


class Answers(Form[dict[str, Any]]):
    name = PlainText("Family name", max_length=10)
    about = LongText("What happened", max_length=20)
    mail = Email("Work e-mail address", called="a work e-mail address")
    phone = Phone("Telephone number", called="a telephone number")
    postcode = Postcode("Postcode", called="a postcode")
    born = DateParts("Date of birth", past=True)
    seen = DateParts("Last seen", not_future=True)
    due = DateParts("Due date", future=True)
    starts = LondonDateTime("Start")
    office = Choice("Office", {"lincoln": "Lincoln", "louth": "Louth"})
    needs = Choices("Needs", {"a": "A", "b": "B", "c": "C"})
    agreed = Tick("Agreed")

    def build(self, values):
        return values


PARTS = {"born": 3, "seen": 3, "due": 3, "starts": 4}
SUFFIXES = ("-day", "-month", "-year", "-time")


def answer(field: str, *typed: str):
    form = MultiDict()
    for index, text in enumerate(typed):
        form.add(field + SUFFIXES[index] if field in PARTS else field, text)
    return read(Answers, form)


@pytest.mark.parametrize(
    ("field", "typed", "value"),
    [
        ("name", ["  Ada   Byron "], "Ada Byron"),
        ("name", ["   "], None),
        ("name", ["A\tB\n\u00a0C\u200b"], "A B C"),  # pasted out of a table
        ("name", ["\ufeff"], None),
        ("about", ["so\u00adlong\tas"], "solong    as"),
        ("name", ["Zoe\u0308"], "Zo\u00eb"),
        ("about", ["one\r\ntwo\rthree"], "one\ntwo\nthree"),
        ("mail", ["A.B@EXAMPLE.org"], "A.B@example.org"),
        ("phone", ["01632 960001"], "01632 960001"),
        ("phone", ["+44 7700 900982"], "+44 7700 900982"),
        ("postcode", ["ln24jb"], "LN2 4JB"),
        ("postcode", ["LN2 4JB"], "LN2 4JB"),
        ("born", ["27", "3", "2007"], date(2007, 3, 27)),
        ("born", ["27", "March", "2007"], date(2007, 3, 27)),
        ("born", ["29", "feb", "2008"], date(2008, 2, 29)),
        ("seen", ["22", "11", "2026"], date(2026, 11, 22)),
        ("due", ["23", "11", "2026"], date(2026, 11, 23)),
        ("starts", ["1", "7", "2026", "9:30"], datetime(2026, 7, 1, 8, 30, tzinfo=UTC)),
        ("starts", ["1", "12", "2026", "2.15pm"], datetime(2026, 12, 1, 14, 15, tzinfo=UTC)),
        ("starts", ["1", "12", "2026", "12am"], datetime(2026, 12, 1, tzinfo=UTC)),
        ("starts", ["1", "12", "2026", "12pm"], datetime(2026, 12, 1, 12, tzinfo=UTC)),
        ("starts", ["1", "12", "2026", "0930"], datetime(2026, 12, 1, 9, 30, tzinfo=UTC)),
        ("starts", ["25", "10", "2026", "01:30 BST"], datetime(2026, 10, 25, 0, 30, tzinfo=UTC)),
        ("starts", ["25", "10", "2026", "01:30 GMT"], datetime(2026, 10, 25, 1, 30, tzinfo=UTC)),
        ("office", ["louth"], "louth"),
        ("office", [""], None),
        ("needs", ["c", "a"], ["a", "c"]),
        ("agreed", ["yes"], True),
    ],
)
def test_what_is_typed_becomes_a_value(field, typed, value):
    reading = answer(field, *typed)

    assert reading.form.problems == ()
    assert reading.value is not None
    assert reading.value[field] == value


@pytest.mark.parametrize(
    ("field", "typed", "text", "target"),
    [
        ("name", ["a" * 11], "Family name must be 10 characters or fewer", "name"),
        (
            "name",
            ["Ada\x00"],
            "Family name has a character that cannot be printed. Delete it and type it again",
            "name",
        ),
        (
            "name",
            ["Ada\u202ebad"],
            "Family name has a character that cannot be printed. Delete it and type it again",
            "name",
        ),
        (
            "mail",
            ["a@b"],
            "Enter a work e-mail address in the correct format, like name@example.org",
            "mail",
        ),
        (
            "mail",
            ["jos\u00e9@council.example.org"],
            "A work e-mail address must be in plain letters without accents, like name@example.org",
            "mail",
        ),
        ("phone", ["123"], "Enter a telephone number, like 01632 960001 or 07700 900982", "phone"),
        (
            "phone",
            ["ring me"],
            "Enter a telephone number, like 01632 960001 or 07700 900982",
            "phone",
        ),
        ("postcode", ["LN2"], "Enter a postcode in full, like AA1 1AA", "postcode"),
        ("postcode", ["near LN2 4JB"], "Enter a postcode in full, like AA1 1AA", "postcode"),
        ("born", ["27", "", "2007"], "Date of birth must include a month", "born-month"),
        ("born", ["27", "", ""], "Date of birth must include a month and year", "born-month"),
        pytest.param(
            "born",
            ["9" * 5000, "2", "2007"],
            "Date of birth must be a real date",
            "born-day",
            id="born-long",
        ),
        ("born", ["30", "2", "2007"], "Date of birth must be a real date", "born-day"),
        ("born", ["x", "2", "2007"], "Date of birth must be a real date", "born-day"),
        ("born", ["1", "13", "2007"], "Date of birth must have a month from 1 to 12", "born-month"),
        ("born", ["1", "1", "07"], "Date of birth must have a year of 4 numbers", "born-year"),
        (
            "born",
            ["1", "1", "\u0662\u0660\u0660\u0667"],
            "Date of birth must be a real date",
            "born-day",
        ),
        ("born", ["22", "11", "2026"], "Date of birth must be in the past", "born-day"),
        ("seen", ["23", "11", "2026"], "Last seen must be today or in the past", "seen-day"),
        ("due", ["22", "11", "2026"], "Due date must be in the future", "due-day"),
        ("starts", ["1", "7", "2026", ""], "Start must include a time", "starts-time"),
        (
            "starts",
            ["1", "7", "2026", "9"],
            "Start must have a real time, like 09:30 or 2:15pm",
            "starts-time",
        ),
        (
            "starts",
            ["1", "7", "2026", "25:00"],
            "Start must have a real time, like 09:30 or 2:15pm",
            "starts-time",
        ),
        (
            "starts",
            ["1", "7", "2026", "13pm"],
            "Start must have a real time, like 09:30 or 2:15pm",
            "starts-time",
        ),
        (
            "starts",
            ["29", "3", "2026", "01:30"],
            (
                "Start must be a time that exists: the clocks go "
                "forward on that day and this hour is skipped"
            ),
            "starts-time",
        ),
        ("office", ["nowhere"], "Select office", "office"),
        ("needs", ["a", "z"], "Select needs", "needs"),
    ],
)
def test_what_is_wrong_is_named_with_its_cure(field, typed, text, target):
    reading = answer(field, *typed)

    assert reading.value is None
    assert [(each.text, each.target) for each in reading.form.problems] == [(text, target)]
    assert reading.form[field].typed == tuple(typed)


def test_only_the_part_to_mend_is_marked():
    assert answer("born", "27", "", "2007").form["born"].bad_parts == ("month",)


class Asking(Form[dict[str, Any]]):
    name = PlainText("Family name", required=True)
    born = DateParts("What is her date of birth?", called="her date of birth", required=True)
    known = Choice("Known?", {"y": "Yes"}, ask="Select whether she is known", required=True)
    needs = Choices("Needs", {"a": "A"}, required=True)
    agreed = Tick("I agree", called="that you agree", required=True)
    worker = PlainText("{w.worker}", called="the {w.worker}", hint="The {w.person}", required=True)

    def build(self, values):
        return values


def test_every_missing_answer_is_asked_for_in_page_order_and_local_words():
    token = SPOKEN.set(WEST_SUSSEX)

    form = read(Asking, MultiDict({"name": " "})).form
    SPOKEN.reset(token)

    assert [(each.text, each.target) for each in form.problems] == [
        ("Enter family name", "name"),
        ("Enter her date of birth", "born-day"),
        ("Select whether she is known", "known"),
        ("Select needs", "needs"),
        ("Confirm that you agree", "agreed"),
        ("Enter the personal adviser", "worker"),
    ]
    assert form["worker"].hint == "The care-experienced person"


def test_typed_braces_are_never_filled_in():
    reading = read(Answers, MultiDict({"name": "{w.worker}", "office": "{w.worker}"}))

    assert reading.form["name"].value == "{w.worker}"


def test_a_json_body_goes_through_the_same_shape():
    body = {"born": "2007-03-27", "starts": "2026-07-01T09:30:00+01:00", "needs": ["a"]}

    loaded = Answers(unknown=RAISE).load(body)

    assert loaded["born"] == date(2007, 3, 27)
    assert loaded["starts"] == datetime(2026, 7, 1, 8, 30, tzinfo=UTC)
    with pytest.raises(ValidationError) as refused:
        Answers(unknown=RAISE).load({"born": "27/3/2007", "starts": 5, "extra": 1, "name": 3})
    assert set(refused.value.messages) == {"born", "starts", "extra", "name"}


class Meeting(Form[dict[str, Any]]):
    starts = LondonDateTime("Start", required=True)
    ends = LondonDateTime("End", required=True)
    agency = Choice("Agency", ask="Select an agency", required=True)

    @validates_schema
    def _in_order(self, data, **_):
        if data["ends"] <= data["starts"]:
            raise ValidationError("End must be after the start", "ends")

    def build(self, values):
        return values


AGENCIES = {"agency": (Option("7", "Invented Agency"),)}


def meeting(**typed):
    return {"starts": ["1", "7", "2026", "9:30"], "ends": ["1", "7", "2026", "9:20"], **typed}


def test_rules_across_fields_and_options_known_at_run_time():
    early = read_typed(Meeting, meeting(agency=["7"]), options=AGENCIES)
    unknown = read_typed(Meeting, meeting(agency=["8"]), options=AGENCIES)

    assert [each.text for each in early.form.problems] == ["End must be after the start"]
    assert [each.text for each in unknown.form.problems] == ["Select an agency"]
    assert early.form["agency"].options == AGENCIES["agency"]
    assert Meeting().asked("agency").options == ()


def test_a_form_opens_from_saved_values_and_from_a_draft():
    saved = {"starts": datetime(2026, 7, 1, 8, 30, tzinfo=UTC), "ends": None, "agency": "7"}

    form = blank(Meeting, saved, options=AGENCIES)
    draft = blank(Meeting, saved, typed={"ends": ["1", "", "", ""]}, options=AGENCIES)

    assert form.typed == {"starts": ["1", "7", "2026", "09:30"], "ends": [], "agency": ["7"]}
    assert draft.typed["ends"] == ["1", "", "", ""]
    assert blank(Answers, {"needs": ["b"], "agreed": True}).typed["needs"] == ["b"]


def test_a_refusal_of_a_command_stands_beside_its_field_or_above_all():
    form = blank(Meeting)

    assert [
        (each.text, each.target)
        for each in form.refuse("Choose a later day", field="starts").problems
    ] == [("Choose a later day", "starts-day")]
    assert [
        (each.text, each.target) for each in form.refuse("Not now", field="elsewhere").problems
    ] == [("Not now", "starts-day")]


def test_each_pack_has_its_own_word_for_the_worker():
    assert SOMERSET.worker_at(17) == "leaving care worker"
    assert SOMERSET.worker_at(18) == "personal adviser"
    assert SOMERSET.worker_at(None) == "leaving care worker"
    assert WEST_SUSSEX.status("stepped_down") == "support tapered"
    assert WEST_SUSSEX.person == "care-experienced person"
