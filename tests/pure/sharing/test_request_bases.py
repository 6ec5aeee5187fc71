"""Which bases are put before whom: the table of the sharing notes, section 3.3, and its traps."""

import pytest

from hub.sharing.rules.coded import RequesterKind
from hub.sharing.rules.request_answers import AskAnswers
from hub.sharing.rules.request_bases import CODES, Whose, misfits, offered, whose

K = RequesterKind
ADULT, MINOR, UNKNOWN = 19, 17, None


def fits(kind, field, **known):
    values = {"age": ADULT, "has_care_needs": False} | known
    return set(offered(Whose(kind=kind, **values))[field])


@pytest.mark.parametrize("kind", list(K))
def test_an_adult_without_care_needs_is_never_an_adult_at_risk(kind):
    for age in (18, ADULT, 60, UNKNOWN):
        assert "para_18" not in fits(kind, "schedule_1", age=age)
        assert "care_act" not in fits(kind, "legal_power", age=age)
    assert "para_18" in fits(kind, "schedule_1", age=18, has_care_needs=True)
    assert "care_act" in fits(kind, "legal_power", age=18, has_care_needs=True)
    assert "para_18" in fits(kind, "schedule_1", age=MINOR)
    assert "care_act" not in fits(kind, "legal_power", age=MINOR, has_care_needs=True)


@pytest.mark.parametrize("kind", list(K))
def test_the_laws_for_children_are_there_unless_the_person_is_known_to_be_grown_up(kind):
    for age, is_there in ((MINOR, True), (UNKNOWN, True), (18, False)):
        powers = fits(kind, "legal_power", age=age)
        assert ({"children_act_1989", "children_act_2004"} <= powers) is is_there


@pytest.mark.parametrize(
    ("kind", "own"),
    [
        (K.CHILDRENS_SERVICES, {"public_task", "legal_obligation"}),
        (K.ADULT_SERVICES, {"public_task", "legal_obligation"}),
        (K.LEAVING_CARE, {"public_task", "legal_obligation"}),
        (K.POLICE, {"public_task", "legal_obligation"}),
        (K.PROBATION, {"public_task", "legal_obligation"}),
        (K.HEALTH, {"public_task", "legal_obligation"}),
        (K.EDUCATION, {"public_task", "legal_obligation"}),
        (K.HOUSING_ALLOCATION, {"public_task", "legal_obligation"}),
        (K.JOBCENTRE, {"public_task", "legal_obligation"}),
        (K.CHARITY, {"recognised_interest", "legitimate_interests"}),
        (K.IDVA, {"recognised_interest", "legitimate_interests"}),
        (K.HOUSING_PROVIDER, {"recognised_interest", "legitimate_interests"}),
        (K.EMPLOYER, {"recognised_interest", "legitimate_interests"}),
        (
            K.OTHER,
            {"public_task", "legal_obligation", "recognised_interest", "legitimate_interests"},
        ),
    ],
)
def test_the_article_is_that_of_the_kind_of_body(kind, own):
    assert fits(kind, "article_6") == own | {"vital_interests", "consent"}
    is_public = "public_task" in own
    assert ("para_6" in fits(kind, "schedule_1")) is is_public
    assert ("sch1_para_6" in fits(kind, "override_basis")) is is_public


def test_health_and_social_care_are_for_those_who_give_it():
    givers = {K.CHILDRENS_SERVICES, K.ADULT_SERVICES, K.LEAVING_CARE, K.HEALTH}
    assert {kind for kind in K if "h" in fits(kind, "article_9")} == givers
    assert {kind for kind in K if "para_2" in fits(kind, "schedule_1")} == givers


def test_part_3_is_for_those_who_enforce_the_law():
    assert {kind for kind in K if fits(kind, "part_3")} == {K.POLICE, K.PROBATION}
    assert "schedule_2" in fits(K.POLICE, "legal_power", is_crime=True)
    assert "schedule_2" not in fits(K.POLICE, "legal_power")
    assert "schedule_2" not in fits(K.HEALTH, "legal_power", is_crime=True)
    assert "s44a" in fits(K.POLICE, "legal_power", is_victim=True)
    assert "s44a" not in fits(K.POLICE, "legal_power")
    assert "s44a" not in fits(K.PROBATION, "legal_power", is_victim=True)


def test_best_interests_are_for_somebody_of_16_or_over_who_cannot_decide():
    for age, is_there in ((15, False), (16, True), (UNKNOWN, True)):
        bases = fits(K.HEALTH, "override_basis", age=age, lacks_capacity=True)
        assert ("best_interests" in bases) is is_there
    assert "best_interests" not in fits(K.HEALTH, "override_basis", age=16)


@pytest.mark.parametrize("kind", list(K))
def test_every_asker_has_something_to_choose_from(kind):
    for field in ("article_6", "article_9", "schedule_1", "legal_power", "override_basis"):
        assert fits(kind, field, age=UNKNOWN)


def test_every_code_fits_somebody():
    everybody = [
        Whose(
            kind=kind,
            age=age,
            has_care_needs=needs,
            lacks_capacity=True,
            is_crime=True,
            is_victim=True,
        )
        for kind in K
        for age in (MINOR, ADULT)
        for needs in (False, True)
    ]
    for field, codes in CODES.items():
        assert {code for one in everybody for code in offered(one)[field]} == set(codes)


def test_what_fits_is_read_from_the_answers():
    answers = AskAnswers(
        pages={
            "subject": {"subject_role": "witness"},
            "why": {"purpose": "crime_prevention"},
            "risk": {"s42": ["care_and_support_needs"]},
            "consent": {"consent_state": "lacks_capacity"},
        }
    )
    assert whose(answers, K.POLICE, 30) == Whose(
        kind=K.POLICE, age=30, has_care_needs=True, lacks_capacity=True, is_crime=True
    )
    bare = whose(AskAnswers(pages={}), K.IDVA, None)
    assert (bare.is_victim, bare.is_crime, bare.is_minor) == (True, False, False)


def test_a_code_that_does_not_fit_is_named_and_other_words_are_left_alone():
    person = Whose(kind=K.IDVA, age=ADULT, has_care_needs=False)
    basis = {
        "article_6": "public_task",
        "article_9": "h",
        "schedule_1": "paragraph 18, we say",
        "part_3": "task",
        "legal_power": "s115",
        "override_basis": ["best_interests"],
    }
    found = misfits(AskAnswers(pages={"basis": basis}), person)
    assert found == ("article_6", "article_9", "part_3", "override_basis")
    assert misfits(AskAnswers(pages={}), person) == ()
