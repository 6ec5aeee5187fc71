"""How things are said on a page."""

import pytest

from hub.web.phrases import with_numbers


def link(number):
    dialled = number.replace(" ", "")
    return f'<a class="govuk-link hub-phone" href="tel:{dialled}">{number}</a>'


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Ring 01632 960199 at night", f"Ring {link('01632 960199')} at night"),
        ("Ring 999", f"Ring {link('999')}"),
        ("+44 1632 960199", link("+44 1632 960199")),
        ("Ask by 9am on 3 June 2026", "Ask by 9am on 3 June 2026"),
        ("Room 9990, ring nobody", "Room 9990, ring nobody"),
        ("<b>0330 222 2004</b>", f"&lt;b&gt;{link('0330 222 2004')}&lt;/b&gt;"),
        ("", ""),
    ],
)
def test_a_number_in_a_sentence_can_be_pressed(text, shown):
    assert str(with_numbers(text)) == shown
