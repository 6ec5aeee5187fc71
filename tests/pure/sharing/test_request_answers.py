"""What a request lacks, and the question that it puts to the table."""

from dataclasses import replace
from datetime import date

import pytest

from hub.sharing.rules.case import VictimRequest
from hub.sharing.rules.clocks import Priority
from hub.sharing.rules.coded import (
    Category,
    CategoryRule,
    Competence,
    ConsentState,
    OverrideBasis,
    PoliceForm,
    Purpose,
    RequesterKind,
    RequesterRelation,
    SubjectRole,
    VictimNotice,
)
from hub.sharing.rules.decision import Outcome
from hub.sharing.rules.request_answers import AskAnswers, AskPage, born_on
from hub.sharing.rules.request_gaps import AskFacts, first_gaps, gaps, may_tell
from hub.sharing.rules.request_question import Between, police_form, question_of
from hub.sharing.rules.table import decide
from hub.sharing.states import AgreementState

WHOLE = {
    "holder": {"agency": "00000000-0000-0000-0000-000000000001"},
    "subject": {
        "family_name": "Quillfeather",
        "date_of_birth": "2006-03-09",
        "subject_role": "witness",
    },
    "what": {"categories": ["worker_contact"], "wanted_worker_contact": "Who and how"},
    "why": {"purpose": "safety_planning", "necessity": "For Friday", "less_intrusive": "None"},
    "basis": {"article_6": "art6_d", "legal_power": "cda_s115"},
    "handling": {"security": "Locked", "retention": "Six years"},
    "declaration": {"relation": "none"},
}
DAY = date(2026, 6, 1)
OTHER = AskFacts(requester_kind=RequesterKind.IDVA, day=DAY)
POLICE = AskFacts(requester_kind=RequesterKind.POLICE, day=DAY)
FORM = {
    "rank": "Constable",
    "collar_number": "1234",
    "station": "Central",
    "force_reference": "26/1234",
    "data_and_period": "May",
    "purpose_ticks": ["detect"],
    "prejudice": "He would leave",
    "why_this_holder": "They house him",
    "subject_told": "No",
    "counter_signer": "00000000-0000-0000-0000-000000000002",
}
TESTS = {
    "reason_to_believe_held": "They work with her",
    "reasonable_line_of_enquiry": "The only one",
    "necessary_and_proportionate": "Only the name",
}


def answers(**pages):
    return AskAnswers(
        pages={name: WHOLE.get(name, {}) | pages.get(name, {}) for name in {*WHOLE, *pages}}
    )


def codes(found):
    return [gap.code for gap in found]


def test_whole_answers_lack_nothing():
    assert gaps(answers(), OTHER) == ()


@pytest.mark.parametrize(
    ("page", "field"),
    [
        (page, field)
        for page, fields in WHOLE.items()
        for field in fields
        if field != "date_of_birth"
    ],
)
def test_each_answer_that_lacks_is_named_with_its_page_and_a_cure(page, field):
    found = gaps(answers(**{page: {field: "" if field != "categories" else []}}), OTHER)
    assert (found[0].page, found[0].field) == (page, field)
    assert found[0].cure.endswith(".")


@pytest.mark.parametrize(
    ("subject", "lacks"),
    [
        ({"date_of_birth": ""}, ["who"]),
        ({"date_of_birth": "", "nhs_number": "9990000018"}, []),
        ({"date_of_birth": "", "postcode": "LN2 4ZZ"}, ["who"]),
        ({"date_of_birth": "", "postcode": "LN2 4ZZ", "given_name": "Zeb"}, []),
    ],
)
def test_a_name_alone_is_not_enough_to_say_who_is_meant(subject, lacks):
    assert codes(gaps(answers(subject=subject), OTHER)) == lacks


def test_gaps_come_in_the_order_of_the_journey():
    found = gaps(AskAnswers(pages={}), OTHER)
    order = [list(AskPage).index(gap.page) for gap in found]
    assert order == sorted(order)


def test_in_danger_only_whom_what_and_what_for_are_needed_now():
    bare = AskAnswers(
        pages={name: WHOLE[name] for name in ("holder", "subject", "what")}
        | {"why": {"purpose": "safety_planning"}, "risk": {"immediate_danger": "yes"}}
    )
    assert gaps(bare, OTHER) == ()
    assert bare.priority is Priority.IMMEDIATE


def test_what_goes_to_nobody_cannot_be_sent_at_all():
    assert codes(first_gaps(AskAnswers(pages={}))) == [
        "agency", "family_name", "who", "categories", "purpose",
    ]  # fmt: skip
    assert first_gaps(answers(handling={"security": ""})) == ()


@pytest.mark.parametrize("category", ["health", "sexual_life", "ethnicity_religion", "counselling"])
def test_special_data_need_a_further_condition(category):
    what = {"categories": [category], f"wanted_{category}": "All"}
    assert codes(gaps(answers(what=what), OTHER)) == ["article_9"]
    assert gaps(answers(what=what, basis={"article_9": "art9_c"}), OTHER) == ()
    part_3 = {"part_3": "35"}
    assert codes(gaps(answers(what=what, basis=part_3), POLICE)) == ["schedule_8"]
    assert gaps(answers(what=what, basis=part_3 | {"schedule_8": "3"}), POLICE) == ()
    assert codes(gaps(answers(what=what, basis=part_3), OTHER)) == ["article_9"]


@pytest.mark.parametrize(
    ("condition", "paragraph", "lacks"),
    [
        ("art9_g", "", ["schedule_1"]),
        ("art9_g", "sch1_para_2", ["schedule_1"]),
        ("art9_g", "sch1_para_10", []),
        ("art9_g", "in words of its own", []),
        ("art9_h", "", ["schedule_1"]),
        ("art9_h", "sch1_para_2", []),
        ("art9_h", "sch1_para_10", ["schedule_1"]),
        ("art9_c", "", []),
    ],
)
def test_a_condition_of_article_9_brings_its_paragraph_along(condition, paragraph, lacks):
    what = {"categories": ["health"], "wanted_health": "All"}
    health = AskFacts(requester_kind=RequesterKind.HEALTH, day=DAY)
    basis = {"article_9": condition, "schedule_1": paragraph}
    assert codes(gaps(answers(what=what, basis=basis), health)) == lacks


def test_data_about_offences_need_a_further_condition():
    what = {"categories": ["criminal"], "wanted_criminal": "Since May"}
    assert codes(gaps(answers(what=what), OTHER)) == ["schedule_1"]
    assert gaps(answers(what=what, basis={"schedule_1": "para 10"}), OTHER) == ()


def test_a_court_order_needs_its_reference_day_and_copy():
    order = {"kind": "court_order"}
    assert codes(gaps(answers(order=order), OTHER)) == ["reference", "order_on", "order_copy"]
    whole = answers(order=order | {"reference": "X1", "order_on": "2026-05-01"})
    facts = AskFacts(requester_kind=RequesterKind.OTHER, day=DAY, has_order_copy=True)
    assert gaps(whole, facts) == ()


def test_a_demand_of_the_board_needs_its_reference():
    assert codes(gaps(answers(order={"kind": "sab_s45"}), OTHER)) == ["reference"]


def test_research_for_a_meeting_needs_its_time():
    research = {"priority": "marac_research"}
    assert codes(gaps(answers(urgency=research), OTHER)) == ["meeting_at"]
    known = research | {"meeting_at": "2026-06-20T09:30:00+00:00"}
    assert gaps(answers(urgency=known), OTHER) == ()


def test_another_power_is_written_out():
    other = {"legal_power": "other"}
    assert codes(gaps(answers(basis=other), OTHER)) == ["power"]
    assert gaps(answers(basis=other | {"power": "Housing Act 1996 section 213"}), OTHER) == ()


def test_whoever_acts_under_part_3_needs_no_article():
    part_3 = {"article_6": "", "part_3": "part3_s35"}
    assert gaps(answers(basis=part_3), POLICE) == ()
    assert codes(gaps(answers(basis=part_3), OTHER)) == ["article_6", "misfit"]


def test_a_basis_that_does_not_fit_is_a_gap_and_no_refusal():
    adult = AskFacts(requester_kind=RequesterKind.IDVA, day=DAY, age=19)
    wrong = answers(basis={"schedule_1": "sch1_para_18"})
    (gap,) = gaps(wrong, adult)
    assert (gap.code, gap.page, gap.field) == ("misfit", AskPage.BASIS, "schedule_1")
    needs = {"s42": ["care_and_support_needs"]}
    assert gaps(answers(basis={"schedule_1": "sch1_para_18"}, risk=needs), adult) == ()
    minor = AskFacts(requester_kind=RequesterKind.IDVA, day=DAY, age=17)
    assert gaps(wrong, minor) == ()


# --- The police ---


CRIME = {"purpose": "crime_prevention"}


@pytest.mark.parametrize("field", FORM)
def test_the_police_form_is_whole_or_the_request_waits(field):
    form = FORM | {field: ""}
    assert field in codes(gaps(answers(why=CRIME, police_form=form), POLICE))
    assert police_form(answers(police_form=form), POLICE) is PoliceForm.INCOMPLETE


def test_a_whole_form_still_waits_for_its_counter_signature():
    whole = answers(why=CRIME, police_form=FORM)
    signed = AskFacts(requester_kind=RequesterKind.POLICE, day=DAY, is_counter_signed=True)
    assert codes(gaps(whole, POLICE)) == ["counter_signature"]
    assert gaps(whole, signed) == ()
    assert police_form(whole, POLICE) is PoliceForm.INCOMPLETE
    assert police_form(whole, signed) is PoliceForm.COMPLETE
    assert police_form(answers(), signed) is PoliceForm.NONE


def test_others_and_other_purposes_need_no_police_form():
    assert gaps(answers(why=CRIME), OTHER) == ()
    assert gaps(answers(), POLICE) == ()


@pytest.mark.parametrize("field", TESTS)
def test_each_of_the_three_tests_is_needed_about_a_victim(field):
    notice = {"notice": "given", "notice_on": "2026-05-30"}
    said = answers(subject={"subject_role": "victim"}, victim_request=TESTS | notice | {field: " "})
    assert codes(gaps(said, POLICE)) == [field]
    assert gaps(said, OTHER) == ()


@pytest.mark.parametrize(
    ("notice", "reads"),
    [
        ({}, VictimNotice.MISSING),
        ({"notice": "given"}, VictimNotice.MISSING),
        ({"notice": "given", "notice_on": "2026-05-30"}, VictimNotice.GIVEN),
        ({"notice": "delayed_with_reason"}, VictimNotice.MISSING),
        (
            {"notice": "delayed_with_reason", "notice_reason": "He reads her post"},
            VictimNotice.DELAYED_WITH_REASON,
        ),
    ],
)
def test_a_notice_counts_with_its_day_or_its_reason(notice, reads):
    said = answers(subject={"subject_role": "victim"}, victim_request=TESTS | notice)
    found = question(said, POLICE).police_victim_request
    assert found == VictimRequest(
        reason_to_believe_held=True,
        reasonable_line_of_enquiry=True,
        necessary_and_proportionate=True,
        notice=reads,
    )
    assert ("notice" in codes(gaps(said, POLICE))) is (reads is VictimNotice.MISSING)


def test_counselling_notes_of_a_victim_need_a_senior_approval():
    form = TESTS | {"notice": "given", "notice_on": "2026-05-30"}
    about = {"subject_role": "victim"}
    what = {"categories": ["counselling"], "wanted_counselling": "Those of May"}
    said = {"subject": about, "what": what, "basis": {"article_9": "art9_c"}}
    assert codes(gaps(answers(**said, victim_request=form), POLICE)) == ["senior_approval"]
    approved = form | {"senior_approval": "Superintendent, 1 June"}
    assert gaps(answers(**said, victim_request=approved), POLICE) == ()
    assert gaps(answers(**said), OTHER) == ()


def test_an_own_basis_is_asked_for_once_everything_else_is_there():
    without = AskFacts(requester_kind=RequesterKind.IDVA, day=DAY, own_basis=False)
    assert codes(gaps(answers(), without)) == ["own_basis"]
    assert "own_basis" not in codes(gaps(answers(handling={"security": ""}), without))


@pytest.mark.parametrize(
    ("purpose", "outcome", "may"),
    [
        (Purpose.SAFETY_PLANNING, Outcome.ROUTE, True),
        (Purpose.SAFETY_PLANNING, Outcome.DECIDE, True),
        (Purpose.SAFETY_PLANNING, Outcome.HOLD, False),
        (Purpose.MARAC_RISK, Outcome.REFUSE, False),
        (Purpose.SUPPORT, Outcome.REFUSE, True),
    ],
)
def test_asking_because_of_a_danger_needs_a_basis_of_its_own(purpose, outcome, may):
    own = replace(decide(question(answers())), outcome=outcome)
    assert may_tell(purpose, own) is may


# --- The question ---


def question(said, facts=OTHER, between=None, age=19):
    category = Category.WORKER_CONTACT
    return question_of(said, facts, category, between or Between(), age=age)


def test_every_coded_answer_reaches_the_table():
    said = answers(
        risk={
            "risks": ["risk_of_harm", "marac_high_risk", "serious_harm_likely", "harm_to_other"],
            "s42": ["care_and_support_needs", "abuse_or_neglect", "cannot_protect_self"],
        },
        basis={"override_basis": ["s115", "safeguarding"]},
        declaration={"relation": "knows_or_related"},
        why={"pattern": "repeat"},
        order={"kind": "court_order"},
    )
    between = Between(
        agreement_state=AgreementState.IN_FORCE,
        purpose_permitted=True,
        category_rule=CategoryRule.APPROVAL,
        consent_state=ConsentState.REFUSED,
        competence=Competence.COMPETENT,
    )
    found = question(said, OTHER, between)

    assert found.purpose is Purpose.SAFETY_PLANNING
    assert found.subject_role is SubjectRole.WITNESS
    assert found.requester_relation is RequesterRelation.KNOWS_OR_RELATED
    assert found.override_basis == {OverrideBasis.S115, OverrideBasis.SAFEGUARDING}
    assert found.s42.all_met
    assert (found.risk_of_harm, found.marac_high_risk) == (True, True)
    assert (found.serious_harm_likely, found.harm_to_other) == (True, True)
    assert (found.court_order, found.sab_s45, found.immediate_danger) == (True, False, False)
    assert found.request_pattern == "repeat"
    assert (found.agreement_state, found.purpose_permitted) == (AgreementState.IN_FORCE, True)
    assert (found.category_rule, found.consent_state) == (
        CategoryRule.APPROVAL,
        ConsentState.REFUSED,
    )
    assert (found.subject_age, found.subject_competence) == (19, Competence.COMPETENT)


def test_nothing_that_speaks_for_sharing_is_true_until_it_is_said():
    found = question(
        answers(), AskFacts(requester_kind=RequesterKind.OTHER, day=DAY, is_verified=False)
    )
    assert not found.requester_identity_verified
    assert not found.immediate_danger
    assert not found.override_basis
    assert found.category_rule is CategoryRule.EXCLUDED


def test_a_date_of_birth_is_read_as_it_was_given():
    assert born_on(answers()) == date(2006, 3, 9)
    assert born_on(answers(subject={"date_of_birth": None})) is None


def test_a_message_to_a_worker_needs_who_what_and_why_and_nothing_of_a_file():
    bare = {
        "holder": WHOLE["holder"] | {"message": "yes"},
        "subject": {
            "family_name": "Quillfeather",
            "date_of_birth": "2006-03-09",
            "subject_role": "witness",
        },
        "what": {"categories": ["worker_contact"], "wanted_worker_contact": "Please ring me"},
        "why": {"purpose": "safety_planning", "necessity": "She trusts nobody else"},
        "declaration": {"relation": "none"},
    }
    whole = AskAnswers(pages=bare)
    assert (whole.is_message, whole.pattern) == (True, "message")
    assert gaps(whole, OTHER) == ()
    ordinary = AskAnswers(pages=bare | {"holder": WHOLE["holder"]})
    assert (ordinary.is_message, ordinary.pattern) == (False, "one_off")
    assert gaps(ordinary, OTHER) != ()
    for page, field in (
        ("subject", "family_name"),
        ("subject", "date_of_birth"),
        ("what", "wanted_worker_contact"),
        ("why", "purpose"),
        ("why", "necessity"),
        ("declaration", "relation"),
    ):
        less = bare | {page: {name: said for name, said in bare[page].items() if name != field}}
        if field != "purpose":
            assert [gap.page for gap in gaps(AskAnswers(pages=less), OTHER)] == [page], field
    for_adults = AskAnswers(pages=bare | {"basis": {"override_basis": ["best_interests"]}})
    assert codes(gaps(for_adults, OTHER)) == ["misfit"]
    assert codes(gaps(whole, replace(OTHER, own_basis=False))) == ["own_basis"]
