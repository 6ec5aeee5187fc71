"""What a concern must say before it can be submitted: a table, and every mixture of answers."""

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.kernel.days import age_on
from hub.referrals.rules import Answers, PersonSaid, missing, wrong_score
from hub.referrals.states import Basis, CareAnswer, Consent, Criterion, PartyRole, RiskTool

TODAY = date(2026, 6, 1)
AREA = UUID(int=7)
VICTIM = PersonSaid(
    role=PartyRole.VICTIM,
    position=1,
    given_name="Zinnia",
    date_of_birth=date(2005, 1, 1),
    care_answer=CareAnswer.NOT_KNOWN,
)
WHOLE = Answers(area_id=AREA, people=(VICTIM,), what_happened="This.", consent=Consent.GIVEN)
NAMELESS = replace(VICTIM, given_name=None)
UNASKED = replace(VICTIM, care_answer=None)


def adult(**said):
    return PersonSaid(role=PartyRole.ALLEGED_PERPETRATOR, position=2, **said)


def without_consent(**said):
    return replace(WHOLE, consent=Consent.NOT_GIVEN, **said)


@pytest.mark.parametrize(
    ("answers", "places"),
    [
        (WHOLE, []),
        # a name, or that there is none
        (replace(WHOLE, people=()), [("victim", "given_name", 0)]),
        (replace(WHOLE, people=(VICTIM, VICTIM)), [("victim", "given_name", 0)]),
        (replace(WHOLE, people=(NAMELESS,)), [("victim", "given_name", 0)]),
        (replace(WHOLE, people=(replace(NAMELESS, is_name_unknown=True),)), []),
        (replace(WHOLE, people=(replace(NAMELESS, family_name="Quill"),)), []),
        # the question that cannot be skipped
        (replace(WHOLE, people=(UNASKED,)), [("victim", "care_experienced", 0)]),
        (
            replace(WHOLE, people=(VICTIM, adult())),
            [("alleged_perpetrator", "care_experienced", 2)],
        ),
        (replace(WHOLE, people=(VICTIM, adult(about_age=50))), []),
        (replace(WHOLE, people=(VICTIM, adult(care_answer=CareAnswer.NO))), []),
        # the case
        (replace(WHOLE, area_id=None), [("home", "area", 0)]),
        (replace(WHOLE, what_happened=None), [("reason", "what_happened", 0)]),
        # judgement needs reasons; a score needs a tool that has one; neither is required
        (
            replace(WHOLE, criteria=frozenset({Criterion.PROFESSIONAL_JUDGEMENT})),
            [("criteria", "judgement_reasons", 0)],
        ),
        (
            replace(
                WHOLE,
                criteria=frozenset({Criterion.PROFESSIONAL_JUDGEMENT}),
                judgement_reasons="Because.",
            ),
            [],
        ),
        (replace(WHOLE, score=3), [("risk_tool", "score", 0)]),
        (replace(WHOLE, tool=RiskTool.DARA, score=3), [("risk_tool", "score", 0)]),
        (replace(WHOLE, tool=RiskTool.ITEMS_24, score=0), []),
        (replace(WHOLE, tool=RiskTool.DARA), []),
        # consent, or the lawful basis without it
        (replace(WHOLE, consent=None), [("consent", "consent", 0)]),
        (
            without_consent(),
            [("lawful_basis", "bases", 0), ("lawful_basis", "necessity", 0)],
        ),
        (without_consent(bases=frozenset({Basis.CRIME})), [("lawful_basis", "necessity", 0)]),
        (without_consent(bases=frozenset({Basis.CRIME}), necessity="It is."), []),
        (
            replace(WHOLE, consent=Consent.NOT_ASKED),
            [("lawful_basis", "bases", 0), ("lawful_basis", "necessity", 0)],
        ),
    ],
)
def test_what_is_missing(answers, places):
    found = missing(answers, TODAY)
    assert [(each.page, each.field, each.position) for each in found] == places
    assert all(each.cure for each in found)


@pytest.mark.parametrize(
    ("tool", "score", "is_right"),
    [
        (RiskTool.ITEMS_24, 24, True),
        (RiskTool.ITEMS_24, 25, False),
        (RiskTool.ITEMS_27, 27, True),
        (RiskTool.ITEMS_27, 28, False),
        (RiskTool.YOUNG_PEOPLE, 24, True),
        (RiskTool.OTHER, 900, True),  # nothing is known of its scale
        (RiskTool.DARA, 0, False),
        (RiskTool.NONE, 1, False),
        (None, 1, False),
    ],
)
def test_which_tool_can_give_which_score(tool, score, is_right):
    assert (wrong_score(tool, score) == "") is is_right


people = st.builds(
    PersonSaid,
    role=st.sampled_from(PartyRole),
    position=st.integers(1, 4),
    given_name=st.sampled_from([None, "Zinnia"]),
    is_name_unknown=st.booleans(),
    date_of_birth=st.none() | st.dates(date(1950, 1, 1), TODAY),
    other_date_of_birth=st.none() | st.dates(date(1950, 1, 1), TODAY),
    is_date_approximate=st.booleans(),
    about_age=st.none() | st.integers(0, 90),
    is_unborn=st.booleans(),
    care_answer=st.none() | st.sampled_from(CareAnswer),
)
concerns = st.builds(
    Answers,
    area_id=st.none() | st.just(AREA),
    people=st.lists(people, max_size=5).map(tuple),
    what_happened=st.none() | st.just("This."),
    consent=st.none() | st.sampled_from(Consent),
    bases=st.frozensets(st.sampled_from(Basis)),
    necessity=st.none() | st.just("It is."),
    criteria=st.frozensets(st.sampled_from(Criterion)),
    judgement_reasons=st.none() | st.just("Because."),
    tool=st.none() | st.sampled_from(RiskTool),
    score=st.none() | st.integers(0, 40),
)


@given(concerns)
def test_nothing_without_its_care_answers_or_lawful_basis_is_ever_complete(answers):
    if missing(answers, TODAY):
        return
    for person in answers.people:
        ages = [age_on(d, TODAY) for d in (person.date_of_birth, person.other_date_of_birth) if d]
        may_be_young = any(16 <= age <= 25 for age in ages) or (
            not ages and person.about_age is None
        )
        if may_be_young and not person.is_unborn:
            assert person.care_answer is not None
    assert answers.consent is Consent.GIVEN or (answers.bases and answers.necessity)
    assert len(answers.of(PartyRole.VICTIM)) == 1


@given(concerns)
def test_a_score_alone_never_blocks_and_people_may_come_in_any_order(answers):
    backwards = replace(answers, people=answers.people[::-1])
    assert sorted(missing(answers, TODAY)) == sorted(missing(backwards, TODAY))
    if answers.tool is RiskTool.ITEMS_24 and (answers.score or 0) <= 24:
        low, high = (replace(answers, score=score) for score in (0, 24))
        assert missing(low, TODAY) == missing(high, TODAY)


@pytest.mark.parametrize(
    ("unsigned", "is_urgent", "lacks"),
    [
        ({"manager", "manager_signed_on"}, False, ["manager", "manager_signed_on"]),
        ({"manager_signed_on"}, False, ["manager_signed_on"]),
        (set(), False, []),
        ({"manager", "manager_signed_on"}, True, []),  # nobody in danger waits for a manager
    ],
)
def test_a_sign_off_is_missing_only_where_the_area_asks_for_it_and_it_can_wait(
    unsigned, is_urgent, lacks
):
    said = replace(WHOLE, unsigned=frozenset(unsigned), is_urgent=is_urgent)
    assert missing(said, TODAY) == ()
    found = missing(said, TODAY, is_sign_off_asked=True)
    assert [(each.page, each.field) for each in found] == [("you", name) for name in lacks]
