"""Which pages the answers of a request lead through."""

from datetime import date

import pytest

from hub.sharing.rules.coded import RequesterKind
from hub.sharing.rules.request_answers import AskAnswers, AskPage
from hub.sharing.rules.request_gaps import AskFacts
from hub.sharing.rules.request_journey import IN_DANGER, page_gaps, relevant, walk

POLICE, IDVA = RequesterKind.POLICE, RequesterKind.IDVA
DAY = date(2026, 6, 1)
FORMS = {AskPage.POLICE, AskPage.VICTIM}


def said(**pages):
    return AskAnswers(pages=pages)


def test_nobody_but_the_police_is_shown_a_form_of_the_police():
    crime = said(why={"purpose": "crime_prevention"}, subject={"subject_role": "victim"})
    assert walk(crime, IDVA) == tuple(page for page in AskPage if page not in FORMS)
    assert walk(crime, POLICE) == tuple(AskPage)


@pytest.mark.parametrize(
    ("pages", "forms"),
    [
        ({}, {AskPage.VICTIM}),  # a victim until something else is said
        ({"subject": {"subject_role": "witness"}}, set()),
        (
            {"subject": {"subject_role": "witness"}, "why": {"purpose": "crime_prevention"}},
            {AskPage.POLICE},
        ),
        ({"subject": {"subject_role": "victim"}, "why": {"purpose": "support"}}, {AskPage.VICTIM}),
    ],
)
def test_the_forms_come_where_the_answers_need_them(pages, forms):
    assert set(walk(said(**pages), POLICE)) & FORMS == forms


def test_in_danger_the_way_is_short():
    answers = said(risk={"immediate_danger": "yes"}, why={"purpose": "crime_prevention"})
    assert walk(answers, POLICE) == IN_DANGER


def test_a_form_that_is_needed_no_more_is_left_out():
    answers = said(
        why={"purpose": "support"},
        subject={"subject_role": "witness"},
        police_form={"rank": "Constable"},
        victim_request={"notice": "given"},
        basis={"article_6": "consent"},
    )
    assert set(relevant(answers, POLICE).pages) == {"why", "subject", "basis"}


def test_what_was_typed_about_a_category_that_is_not_asked_for_goes_nowhere():
    what = {
        "categories": ["eet"],
        "wanted_eet": "Where",
        "wanted_health": "Typed and then thought better of",
        "period": "May",
    }
    kept = relevant(said(what=what), IDVA).pages["what"]
    assert kept == {"categories": ["eet"], "wanted_eet": "Where", "period": "May"}
    assert relevant(said(what={"wanted_eet": "x"}), IDVA).pages["what"] == {}


def test_a_page_names_what_can_be_given_on_it():
    facts = AskFacts(requester_kind=IDVA, day=DAY, own_basis=False)
    order = said(order={"kind": "court_order", "reference": "X1"})
    assert [gap.field for gap in page_gaps(order, facts, AskPage.ORDER)] == ["order_on"]
    assert [gap.field for gap in page_gaps(order, facts, AskPage.HOLDER)] == ["agency"]
    assert page_gaps(order, facts, AskPage.CONSENT) == ()
