"""Answers in words, as a page says them that checks or prints a form."""

from datetime import UTC, date, datetime

from hub.web.dates import DateParts
from hub.web.fields import Choice, Choices, PlainText, Tick
from hub.web.forms import ValuesForm, blank
from hub.web.moments import LondonDateTime
from hub.web.said import revived, said_rows


class SomeForm(ValuesForm):
    name = PlainText("Name")
    on = DateParts("Day")
    at = LondonDateTime("Moment")
    one = Choice("One", {"a": "Apple", "b": "Pear"})
    some = Choices("Some", {"a": "Apple", "b": "Pear"})
    sure = Tick("I am sure")


def rows(values):
    form = blank(SomeForm, revived(SomeForm, values))
    return {row.key: row.value for row in said_rows(form, {"one": "Fruit"})}


def test_answers_that_json_kept_are_said_in_words_and_others_left_out():
    assert rows(
        {
            "name": "Zeb",
            "on": "2026-06-01",
            "at": "2026-06-01T13:30:00Z",
            "one": "b",
            "some": ["a", "b"],
            "sure": True,
        }
    ) == {
        "Name": "Zeb",
        "Day": "1 June 2026",
        "Moment": "1 June 2026 at 14:30",
        "Fruit": "Pear",
        "Some": ("Apple", "Pear"),
        "I am sure": "Yes",
    }
    assert rows({"name": " "}) == {}


def test_what_json_kept_is_what_the_form_loaded():
    assert revived(SomeForm, {"on": "2026-06-01", "at": "2026-06-01T13:30:00+00:00"}) == {
        "on": date(2026, 6, 1),
        "at": datetime(2026, 6, 1, 13, 30, tzinfo=UTC),
    }


def test_a_date_typed_wrong_is_said_as_it_was_typed():
    typed = {"on": ["31", "2", "2026"], "at": ["1", "6", "2026", "9"]}
    shown = {row.key: row.value for row in said_rows(blank(SomeForm, typed=typed))}
    assert shown == {"Day": "31 2 2026", "Moment": "1 June 2026 at 9"}
