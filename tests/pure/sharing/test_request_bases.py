"""Which bases are put before whom: the table of the sharing notes, section 3.3, and its traps."""

from datetime import date

import pytest

from hub.sharing.rules.coded import RequesterKind
from hub.sharing.rules.request_answers import AskAnswers
from hub.sharing.rules.request_bases import CODES, PUBLIC, Whose, misfits, offered, whose

K = RequesterKind
ADULT, MINOR, UNKNOWN = 19, 17, None
DAY = date(2026, 6, 1)


def fits(kind, field, **known):
    values = {"age": ADULT, "has_care_needs": False, "day": DAY} | known
    return set(offered(Whose(kind=kind, **values))[field])


@pytest.mark.parametrize("kind", list(K))
def test_an_adult_without_care_needs_is_never_an_adult_at_risk(kind):
    for age in (18, ADULT, 60, UNKNOWN):
        assert "sch1_para_18" not in fits(kind, "schedule_1", age=age)
        assert "care_s42" not in fits(kind, "legal_power", age=age)
    assert "sch1_para_18" in fits(kind, "schedule_1", age=18, has_care_needs=True)
    assert "care_s42" in fits(kind, "legal_power", age=18, has_care_needs=True)
    assert "sch1_para_18" in fits(kind, "schedule_1", age=MINOR)
    assert "care_s42" not in fits(kind, "legal_power", age=MINOR, has_care_needs=True)


@pytest.mark.parametrize("kind", list(K))
def test_the_laws_for_children_are_there_unless_the_person_is_known_to_be_grown_up(kind):
    laws = {"ca1989_s17", "ca1989_s27", "ca1989_s47", "ca2004_s10", "ca2004_s11"}
    for age, may_be in ((MINOR, True), (UNKNOWN, True), (18, False)):
        powers = fits(kind, "legal_power", age=age)
        assert powers & laws == (laws if may_be and kind in PUBLIC else set())


def test_a_power_that_is_not_in_force_yet_is_not_offered():
    day = date(2026, 1, 11)
    assert "pcsc_s44a" not in fits(K.POLICE, "legal_power", is_victim=True, day=day)
    assert "pcsc_s44a" in fits(K.POLICE, "legal_power", is_victim=True, day=date(2026, 1, 12))
    assert "ca2004_s16la" not in fits(K.HEALTH, "legal_power", age=MINOR, day=date(2030, 1, 1))
    assert "art6_ea" not in fits(K.IDVA, "article_6", day=date(2026, 2, 4))
    assert "art6_ea" in fits(K.IDVA, "article_6", day=date(2026, 2, 5))


@pytest.mark.parametrize(
    ("kind", "own"),
    [
        (K.CHILDRENS_SERVICES, {"art6_e", "art6_c"}),
        (K.ADULT_SERVICES, {"art6_e", "art6_c"}),
        (K.LEAVING_CARE, {"art6_e", "art6_c"}),
        (K.POLICE, {"art6_e", "art6_c"}),
        (K.PROBATION, {"art6_e", "art6_c"}),
        (K.HEALTH, {"art6_e", "art6_c"}),
        (K.EDUCATION, {"art6_e", "art6_c"}),
        (K.HOUSING_ALLOCATION, {"art6_e", "art6_c"}),
        (K.JOBCENTRE, {"art6_e", "art6_c"}),
        (K.CHARITY, {"art6_ea", "art6_f"}),
        (K.IDVA, {"art6_ea", "art6_f"}),
        (K.HOUSING_PROVIDER, {"art6_ea", "art6_f"}),
        (K.EMPLOYER, {"art6_ea", "art6_f"}),
        (
            K.OTHER,
            {"art6_e", "art6_c", "art6_ea", "art6_f"},
        ),
    ],
)
def test_the_article_is_that_of_the_kind_of_body(kind, own):
    assert fits(kind, "article_6") == own | {"art6_d", "art6_a"}
    is_public = "art6_e" in own
    assert ("sch1_para_6" in fits(kind, "schedule_1")) is is_public
    assert ("sch1_para_6" in fits(kind, "override_basis")) is is_public


def test_health_and_social_care_are_for_those_who_give_it():
    givers = {K.CHILDRENS_SERVICES, K.ADULT_SERVICES, K.LEAVING_CARE, K.HEALTH}
    assert {kind for kind in K if "art9_h" in fits(kind, "article_9")} == givers
    assert {kind for kind in K if "sch1_para_2" in fits(kind, "schedule_1")} == givers


def test_part_3_is_for_those_who_enforce_the_law():
    for field in ("part_3", "schedule_8"):
        assert {kind for kind in K if fits(kind, field)} == {K.POLICE, K.PROBATION}
    assert "dpa_sch2_2" in fits(K.POLICE, "legal_power", is_crime=True)
    assert "dpa_sch2_2" not in fits(K.POLICE, "legal_power")
    assert "dpa_sch2_2" not in fits(K.HEALTH, "legal_power", is_crime=True)
    assert "pcsc_s44a" in fits(K.POLICE, "legal_power", is_victim=True)
    assert "pcsc_s44a" not in fits(K.POLICE, "legal_power")
    assert "pcsc_s44a" not in fits(K.PROBATION, "legal_power", is_victim=True)


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
            day=DAY,
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
        never = {"ca2004_s16la"}  # no day of commencement is known
        fit = {code for one in everybody for code in offered(one)[field]}
        assert fit == set(codes) - never


def test_what_fits_is_read_from_the_answers():
    answers = AskAnswers(
        pages={
            "subject": {"subject_role": "witness"},
            "why": {"purpose": "crime_prevention"},
            "risk": {"s42": ["care_and_support_needs"]},
            "consent": {"consent_state": "lacks_capacity"},
        }
    )
    assert whose(answers, K.POLICE, DAY, 30) == Whose(
        kind=K.POLICE,
        day=DAY,
        age=30,
        has_care_needs=True,
        lacks_capacity=True,
        is_crime=True,
    )
    bare = whose(AskAnswers(pages={}), K.IDVA, DAY, None)
    assert (bare.is_victim, bare.is_crime, bare.is_minor) == (True, False, False)


def test_a_code_that_does_not_fit_is_named_and_other_words_are_left_alone():
    person = Whose(kind=K.IDVA, day=DAY, age=ADULT, has_care_needs=False)
    basis = {
        "article_6": "art6_e",
        "article_9": "art9_h",
        "schedule_1": "paragraph 18, we say",
        "part_3": "part3_s35",
        "legal_power": "cda_s115",
        "override_basis": ["best_interests"],
    }
    found = misfits(AskAnswers(pages={"basis": basis}), person)
    assert found == ("article_6", "article_9", "part_3", "override_basis")
    assert misfits(AskAnswers(pages={}), person) == ()
