"""The file of cases is read strictly: every fault is named with its entry and its path."""

import json

import pytest

from hub.cli.case_files import read_cases
from hub.cli.files import BadInputError
from hub.sharing.rules import (
    CareActLimbs,
    Category,
    Direction,
    OverrideBasis,
    Purpose,
    Question,
    RequesterKind,
    VictimNotice,
    VictimRequest,
)

LEAST = {"id": "c1", "purpose": "support", "category": "eet"}
GONE = object()


def text_of(*cases):
    return json.dumps({"version": 1, "cases": cases})


def faults_of(*cases):
    with pytest.raises(BadInputError) as raised:
        read_cases(text_of(*cases))
    return [(fault.entry, fault.field) for fault in raised.value.faults]


def read_one(**changes):
    (case,) = read_cases(text_of(LEAST | changes))
    return case


def test_what_a_case_does_not_say_is_the_first_value_named():
    case = read_one()
    assert case.asked == Question(purpose=Purpose.SUPPORT, category=Category.EET)
    assert case.directions == {Direction.TO_ASKER}
    assert case.to_service == {}


def test_what_it_says_is_read():
    case = read_one(
        requester_identity_verified=True,
        police_victim_request={"reason_to_believe_held": True, "notice": "delayed_with_reason"},
        subject_age=0,
        override_basis=["s115", "safeguarding"],
        s42={"abuse_or_neglect": True},
        directions=["to_asker", "to_service"],
        to_service={"purpose": "marac_risk", "override_basis": []},
    )
    assert case.asked == Question(
        purpose=Purpose.SUPPORT,
        category=Category.EET,
        requester_identity_verified=True,
        police_victim_request=VictimRequest(
            reason_to_believe_held=True, notice=VictimNotice.DELAYED_WITH_REASON
        ),
        subject_age=0,
        override_basis=frozenset({OverrideBasis.S115, OverrideBasis.SAFEGUARDING}),
        s42=CareActLimbs(abuse_or_neglect=True),
    )
    assert case.directions == set(Direction)
    assert case.to_service == {"purpose": "marac_risk", "override_basis": frozenset()}


@pytest.mark.parametrize("name", ["police_victim_request", "subject_age"])
def test_null_is_nothing_where_it_may_stand(name):
    assert getattr(read_one(**{name: None}).asked, name) is None


def test_an_empty_request_of_the_police_is_a_request():
    assert read_one(police_victim_request={}).asked.police_victim_request == VictimRequest()


FAULTS = [
    ({"purpose": GONE}, "purpose"),
    ({"category": GONE}, "category"),
    ({"id": GONE}, "id"),
    ({"purpose": None}, "purpose"),
    ({"purpose": "MARAC_RISK"}, "purpose"),
    ({"category": "education"}, "category"),
    ({"colour": "red"}, "colour"),
    ({"court_order": 1}, "court_order"),
    ({"court_order": "true"}, "court_order"),
    ({"court_order": None}, "court_order"),
    ({"requester_kind": None}, "requester_kind"),
    ({"requester_kind": "council"}, "requester_kind"),
    ({"requester_relation": "friend"}, "requester_relation"),
    ({"police_form": True}, "police_form"),
    ({"police_victim_request": []}, "police_victim_request"),
    ({"police_victim_request": {"notice": "sent"}}, "police_victim_request.notice"),
    ({"police_victim_request": {"notice": None}}, "police_victim_request.notice"),
    (
        {"police_victim_request": {"reason_to_believe_held": 0}},
        "police_victim_request.reason_to_believe_held",
    ),
    ({"police_victim_request": {"reason": True}}, "police_victim_request.reason"),
    ({"agreement_state": "draft"}, "agreement_state"),
    ({"request_pattern": "often"}, "request_pattern"),
    ({"category_rule": "none"}, "category_rule"),
    ({"subject_role": "other_adult"}, "subject_role"),
    ({"subject_age": -1}, "subject_age"),
    ({"subject_age": 121}, "subject_age"),
    ({"subject_age": 18.0}, "subject_age"),
    ({"subject_age": "18"}, "subject_age"),
    ({"subject_age": True}, "subject_age"),
    ({"subject_competence": "able"}, "subject_competence"),
    ({"consent_state": "given"}, "consent_state"),
    ({"consent_overlap": "some"}, "consent_overlap"),
    ({"override_basis": "s115"}, "override_basis"),
    ({"override_basis": None}, "override_basis"),
    ({"override_basis": {"s115": True}}, "override_basis"),
    ({"override_basis": ["s115", "s17"]}, "override_basis[1]"),
    ({"override_basis": ["s115", ["s115"]]}, "override_basis[1]"),
    ({"override_basis": ["s115", "safeguarding", "s115"]}, "override_basis[2]"),
    ({"weighing": "done"}, "weighing"),
    ({"s42": None}, "s42"),
    ({"s42": []}, "s42"),
    ({"s42": {"care_and_support_needs": "yes"}}, "s42.care_and_support_needs"),
    ({"s42": {"needs": True}}, "s42.needs"),
    ({"directions": []}, "directions"),
    ({"directions": None}, "directions"),
    ({"directions": "to_asker"}, "directions"),
    ({"directions": ["to_police"]}, "directions[0]"),
    ({"directions": ["to_asker", "to_asker"]}, "directions[1]"),
    ({"to_service": None}, "to_service"),
    ({"to_service": []}, "to_service"),
    ({"to_service": {"subject_age": 18}}, "to_service.subject_age"),
    ({"to_service": {"court_order": False}}, "to_service.court_order"),
    ({"to_service": {"purpose": None}}, "to_service.purpose"),
    ({"to_service": {"category": "all"}}, "to_service.category"),
    ({"to_service": {"purpose_permitted": 1}}, "to_service.purpose_permitted"),
    ({"to_service": {"override_basis": ["s17"]}}, "to_service.override_basis[0]"),
    ({"to_service": {"override_basis": ["s115", "s115"]}}, "to_service.override_basis[1]"),
]


@pytest.mark.parametrize(("changes", "field"), FAULTS)
def test_a_fault_is_named_by_its_path(changes, field):
    case = {name: value for name, value in (LEAST | changes).items() if value is not GONE}
    assert faults_of(case) == [("c1" if "id" in case else "#1", field)]


@pytest.mark.parametrize("age", [0, 120])
def test_an_age_may_be_the_first_and_the_last(age):
    assert read_one(subject_age=age).asked.subject_age == age


def test_all_faults_of_all_cases_are_named_at_once():
    found = faults_of(
        LEAST | {"weighing": 1, "s42": {"x": 1}}, {"id": "c 2"}, LEAST, {"id": "c3", "to": 1}
    )
    assert sorted(found) == [
        ("#2", "category"),
        ("#2", "id"),
        ("#2", "purpose"),
        ("c1", "id"),
        ("c1", "s42.x"),
        ("c1", "weighing"),
        ("c3", "category"),
        ("c3", "purpose"),
        ("c3", "to"),
    ]


def test_a_file_without_the_list_is_refused():
    with pytest.raises(BadInputError):
        read_cases('{"version": 1}')


def test_for_the_service_it_is_the_service_that_receives():
    case = read_one(
        requester_kind="police", court_order=True, sab_s45=True, directions=["to_service"]
    )
    ((direction, question),) = case.questions()
    assert direction is Direction.TO_SERVICE
    assert question == Question(
        purpose=Purpose.SUPPORT,
        category=Category.EET,
        requester_kind=RequesterKind.LEAVING_CARE,
        court_order=False,
        sab_s45=False,
    )
    assert question.court_order is question.sab_s45 is False
