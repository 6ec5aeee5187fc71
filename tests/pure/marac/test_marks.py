"""What an agenda marks about a case."""

import pytest

from hub.marac.rules.marks import MarkFacts, in_words, marks_of


@pytest.mark.parametrize(
    ("facts", "marks"),
    [
        ({}, ()),
        ({"label": "new"}, ()),
        ({"label": "repeat"}, ("repeat",)),
        ({"label": "check"}, ("check",)),
        ({"label": "new_case"}, ("new_case",)),
        ({"is_late": True}, ("late",)),
        ({"is_late": True, "is_put_back": True}, ("put_back",)),
        ({"from_area": "Southmere"}, ("transferred",)),
        (
            {"is_alert_only": True, "is_urgent": True, "label": "repeat"},
            ("urgent", "repeat", "alert_only"),
        ),
    ],
)
def test_marks_in_the_order_of_the_page(facts, marks):
    assert marks_of(MarkFacts(**facts)) == marks


def test_a_transfer_says_from_where():
    assert in_words("transferred", "Southmere") == "from Southmere"
    assert in_words("transferred") == "from another area"
    assert in_words("late", "Southmere") == "late"
