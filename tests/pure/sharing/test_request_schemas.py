"""A request through its pages and in one JSON body: the same answers, every field of the law."""

from datetime import date
from uuid import UUID

import pytest
from marshmallow import ValidationError

from hub.sharing.rules.coded import Category, RequesterKind
from hub.sharing.rules.request_answers import AskPage
from hub.sharing.schemas.requests import SHAPES, AskReader, Lists
from hub.sharing.schemas.requests.body import RequestBody
from hub.sharing.schemas.requests.case import HIGH
from hub.web.dates import TODAY
from hub.web.forms import blank
from hub.web.said import revived
from hub.web.values import Option

DAY = date(2026, 6, 1)
AGENCY, SERVICE, SIGNER = (str(UUID(int=number)) for number in (1, 2, 3))
LISTS = Lists(
    holders=(Option(f"{AGENCY}:{SERVICE}", "A service"),),
    signers=(Option(SIGNER, "An inspector"),),
    priorities=tuple(Option(code, code) for code in ("red", "amber", "routine", "marac_research")),
)
TYPED = {
    "holder": {"q": ["leaving care"], "chosen": [f"{AGENCY}:{SERVICE}"]},
    "subject": {
        "given_name": ["Zeb"],
        "family_name": ["Quill"],
        "date_of_birth": ["9", "3", "2006"],
        "aliases": ["Z\nZebbie"],
        "subject_role": ["victim"],
    },
    "what": {"categories": ["eet"], "wanted_eet": ["Where"]},
    "why": {"purpose": ["crime_prevention"], "necessity": ["N"], "less_intrusive": ["L"]},
    "urgency": {"priority": ["marac_research"], "meeting_at": ["20", "6", "2026", "10:30"]},
    "risk": {"immediate_danger": ["no"], "s42": ["abuse_or_neglect"]},
    "basis": {"article_6": ["art6_e"], "legal_power": ["pcsc_s44a"]},
    "order": {"kind": ["none"]},
    "police_form": {"rank": ["Constable"], "counter_signer": [SIGNER]},
    "victim_request": {"notice": ["given"], "notice_on": ["30", "5", "2026"]},
    "handling": {"security": ["Locked"], "retention": ["Six years"]},
    "declaration": {"relation": ["none"], "position": ["Constable"]},
}
BODY = {
    "holder": {"agency": AGENCY, "service": SERVICE},
    "subject": {
        "given_name": "Zeb",
        "family_name": "Quill",
        "date_of_birth": "2006-03-09",
        "aliases": ["Z", "Zebbie"],
        "subject_role": "victim",
    },
    "what": {"categories": ["eet"], "wanted_eet": "Where"},
    "why": {"purpose": "crime_prevention", "necessity": "N", "less_intrusive": "L"},
    "urgency": {"priority": "marac_research", "meeting_at": "2026-06-20T09:30:00Z"},
    "risk": {"immediate_danger": "no", "s42": ["abuse_or_neglect"]},
    "basis": {"article_6": "art6_e", "legal_power": "pcsc_s44a"},
    "order": {"kind": "none"},
    "police_form": {"rank": "Constable", "counter_signer": SIGNER},
    "victim_request": {"notice": "given", "notice_on": "2026-05-30"},
    "handling": {"security": "Locked", "retention": "Six years"},
    "declaration": {"relation": "none", "position": "Constable"},
}

ICO = {
    "receiving organisation": ("holder", "chosen"),
    "data described": ("what", "categories"),
    "relationship joint or separate": ("why", "relationship"),
    "agreement in place": ("basis", "agreement"),
    "purpose": ("why", "purpose"),
    "lawful basis": ("basis", "article_6"),
    "why necessary": ("why", "necessity"),
    "extra conditions for special data": ("basis", "article_9"),
    "extra conditions for offence data": ("basis", "schedule_1"),
    "Part 3 conditions": ("basis", "part_3"),
    "legal power": ("basis", "legal_power"),
    "DPIA considered": ("handling", "dpia"),
    "DPIA outcome": ("handling", "dpia_outcome"),
    "DPO views": ("handling", "officer_views"),
    "retention": ("handling", "retention"),
    "security": ("handling", "security"),
    "rights arrangements": ("handling", "rights"),
    "dates": ("what", "period"),
    "intervals": ("why", "intervals"),
    "requester position": ("declaration", "position"),
}
"""The fields of the ICO's template (sharing notes, 3.6). Requester, organisation and date are those
of the account and the sending; decision, reasons, decided by and signed are the holder's record."""

POLICE = {
    "rank": "rank",
    "number": "collar_number",
    "station": "station",
    "contact": "contact",
    "force reference or crime number": "force_reference",
    "operation": "operation",
    "exact data and period": "data_and_period",
    "purpose tick": "purpose_ticks",
    "why non-disclosure would prejudice": "prejudice",
    "why this holder": "why_this_holder",
    "reply by": "reply_by",
    "whether subject told": "subject_told",
    "counter-signature": "counter_signer",
}
VICTIM = {
    "reason to believe the holder has it": "reason_to_believe_held",
    "reasonable line of enquiry": "reasonable_line_of_enquiry",
    "necessary and proportionate": "necessary_and_proportionate",
    "notice": "notice",
    "date of notice": "notice_on",
    "parent or authority for a child or incapable adult": "notice_to",
    "reason if notice delayed": "notice_reason",
    "counselling: senior approval": "senior_approval",
}


@pytest.fixture(autouse=True)
def _today():
    token = TODAY.set(DAY)
    yield
    TODAY.reset(token)


def read(typed=TYPED, kind=RequesterKind.POLICE):
    return AskReader(typed, kind, DAY, LISTS)


@pytest.mark.parametrize(("page", "field"), ICO.values(), ids=ICO)
def test_every_field_of_the_icos_template_is_asked(page, field):
    assert field in SHAPES[AskPage(page)]().fields


@pytest.mark.parametrize("field", POLICE.values(), ids=POLICE)
def test_every_field_of_the_police_form_is_asked(field):
    assert field in SHAPES[AskPage.POLICE]().fields


@pytest.mark.parametrize("field", VICTIM.values(), ids=VICTIM)
def test_every_field_of_the_request_for_a_victims_records_is_asked(field):
    assert field in SHAPES[AskPage.VICTIM]().fields


def test_pages_and_body_come_to_the_same_answers():
    assert read().must() == ()
    assert read().answers == RequestBody().load(BODY).answers


@pytest.mark.parametrize("page", [page for page in AskPage if page is not AskPage.HOLDER])
def test_what_is_kept_opens_as_it_was_typed(page):
    shape = SHAPES[page]
    typed = TYPED.get(page.value, {})
    options = read().options(page)
    kept = read().answers.pages.get(page, {})
    shown = blank(shape, revived(shape, kept), options=options).typed
    assert {name: texts for name, texts in shown.items() if texts} == typed


def test_high_categories_are_those_that_two_people_approve():
    assert {
        Category.SAFE_ADDRESS,
        Category.FULL_FILE,
        Category.IMMIGRATION,
        Category.SEXUAL_LIFE,
    } == HIGH


def test_what_is_wrong_on_a_page_is_mended_before_anything_else_on_it():
    typed = TYPED | {"subject": {"date_of_birth": ["31", "2", "2006"]}}
    found = read(typed).must()
    assert [(gap.page, gap.field) for gap in found] == [("subject", "date_of_birth")]
    assert read(typed).age is None


def test_what_is_wrong_on_a_form_that_is_not_needed_stops_nothing():
    basis = {"article_6": ["art6_d"], "legal_power": ["cda_s115"]}
    typed = TYPED | {"police_form": {"reply_by": ["1", "1", "2020"]}, "basis": basis}
    assert [gap.page for gap in read(typed).must()] == ["police_form"]
    assert read(typed, RequesterKind.IDVA).must() == ()


def test_a_holder_or_officer_who_cannot_be_chosen_any_more_is_named():
    gone = Lists(priorities=LISTS.priorities)
    reader = AskReader(TYPED, RequesterKind.POLICE, DAY, gone)
    assert [(gap.page, gap.field) for gap in reader.must()] == [
        ("holder", "chosen"),
        ("police_form", "counter_signer"),
    ]


def test_what_may_follow_is_not_what_must_be_there():
    typed = {"what": TYPED["what"], "order": {"kind": ["court_order"]}}
    reader = read(typed, RequesterKind.IDVA)
    must = {(gap.page, gap.field) for gap in reader.must()}
    later = {(gap.page, gap.field) for gap in reader.may_follow(has_order_copy=False)}
    assert must == {
        ("holder", "agency"),
        ("subject", "family_name"),
        ("subject", "date_of_birth"),
        ("why", "purpose"),
    }
    assert not must & later
    assert ("order", "file") in later
    copied = {(gap.page, gap.field) for gap in reader.may_follow(has_order_copy=True)}
    assert ("order", "file") not in copied


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"basis": {"article_6": "nonsense"}}, "basis"),
        ({"subject": {"mood": "good"}}, "subject"),
        ({"police_form": {"counter_signer": "nobody"}}, "police_form"),
        ({"holder": {"agency": "nonsense"}}, "holder"),
        ({"what": {"categories": "eet"}}, "what"),
    ],
)
def test_a_body_that_is_wrong_is_refused_by_page(changes, field):
    with pytest.raises(ValidationError) as refused:
        RequestBody().load(BODY | changes)
    assert field in refused.value.normalized_messages()


def test_a_body_without_what_nothing_goes_without_names_each():
    with pytest.raises(ValidationError) as refused:
        RequestBody().load({"holder": {"agency": AGENCY}})
    assert set(refused.value.normalized_messages()) == {"subject", "what", "why"}
