"""Every part of the kit on one page, reviewed; and a form that keeps what was typed."""


def test_every_part_passes_the_review(pages):
    page = pages.get("sink.show")

    assert page.title == "Every part - Partner hub"
    assert page.h1 == "Every part"
    assert "The leaving care worker knows about this" in page.text


def test_a_form_with_problems_keeps_what_was_typed_and_leads_to_the_fields(pages):
    typed = {
        "about": "line one\r\nline two <b>",
        "born-day": "31",
        "born-month": "2",
        "born-year": "2007",
        "starts-day": "25",
        "starts-month": "10",
        "starts-year": "2026",
        "starts-time": "1:30am",
        "mail": "nonsense",
        "phone": "12",
        "postcode": "LN2",
        "needs": ["health", "money"],
        "office": "louth",
    }

    page = pages.fill(pages.get("sink.show"), typed, action="/sink")

    assert page.status == 422
    assert page.title.startswith("Error: ")
    assert page.errors == {
        "name": "Enter family name",
        "born-day": "Date of birth must be a real date",
        "starts-time": "Start must say which 01:30: the clocks go back on that day and it comes"
        " twice. Enter 01:30 BST for the first or 01:30 GMT for the second",
        "mail": "Enter a work e-mail address in the correct format, like name@example.org",
        "phone": "Enter a telephone number, like 01632 960001 or 07700 900982",
        "postcode": "Enter a postcode in full, like AA1 1AA",
        "known": "Select whether this person is care-experienced",
    }
    kept = page.filled("/sink")
    for name, value in typed.items():
        assert kept[name] == (value if isinstance(value, list) else [value]), name


def test_a_good_form_moves_on_and_says_so(pages):
    page = pages.fill(
        pages.get("sink.show"), {"name": " Ada  Byron ", "known": "no"}, action="/sink"
    )

    assert page.status == 200
    assert page.root.having("govuk-notification-banner--success")[0].text.split() == [
        "Success",
        "Saved",
    ]
