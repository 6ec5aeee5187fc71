"""What the agreements say of one disclosure, for the decision table."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest

from hub.sharing.register.contents import Category
from hub.sharing.register.standing import NOBODY_BOUND, Asked, Version, standing
from hub.sharing.states.agreements import AgreementState, AgreementStatus, Terms

TODAY = date(2026, 6, 1)
ASKED = Asked(purpose="marac_risk", category="health", direction="to_asker", subject="victim")
HEALTH = Category(
    code="health",
    to_service="permitted",
    to_asker="approval",
    subjects=("victim", "child"),
    retention="last_case_7",
)
VERSION = Version(
    agreement_id=UUID(int=1),
    terms=Terms(
        status=AgreementStatus.IN_FORCE,
        starts_on=date(2026, 1, 1),
        ends_on=None,
        review_on=date(2026, 12, 1),
        is_signed=True,
    ),
    purposes={"marac_risk": "not_sought"},
    exclusions=("third_party",),
    category=HEALTH,
)


def worth(*versions, asked=ASKED):
    return standing(versions, asked, TODAY, grace_days=30)


def changed(**terms):
    return replace(VERSION, terms=replace(VERSION.terms, **terms))


def test_all_that_the_version_says_is_told():
    found = worth(VERSION)

    assert found.state is AgreementState.IN_FORCE
    assert found.agreement_id == VERSION.agreement_id
    assert found.purpose_permitted
    assert found.category_rule == "approval"
    assert found.consent_approach == "not_sought"
    assert found.retention == "last_case_7"
    assert found.exclusions == ("third_party",)
    assert found.flags == ()


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ({"direction": "to_service"}, "permitted"),
        ({"subject": "child"}, "approval"),
        ({"subject": None}, "approval"),
        ({"subject": "witness"}, "excluded"),  # it is not about witnesses
    ],
)
def test_the_rule_depends_on_direction_and_subject(change, rule):
    assert worth(VERSION, asked=replace(ASKED, **change)).category_rule == rule


def test_what_is_not_listed_is_excluded_and_an_exclusion_comes_first():
    assert worth(replace(VERSION, category=None)).category_rule == "excluded"
    counselling = replace(HEALTH, code="counselling")
    shut = replace(VERSION, category=counselling, exclusions=("counselling",))
    assert worth(shut, asked=replace(ASKED, category="counselling")).category_rule == "excluded"


def test_nobody_is_bound_without_an_agreement_that_counts():
    assert worth() == NOBODY_BOUND
    assert worth(changed(is_signed=False)) == NOBODY_BOUND
    assert worth(changed(superseded_on=TODAY)) == NOBODY_BOUND


def test_an_agreement_without_the_purpose_is_told_as_such():
    found = worth(replace(VERSION, purposes={}))

    assert found.state is AgreementState.IN_FORCE
    assert not found.purpose_permitted
    assert found.consent_approach is None


def test_one_that_names_the_purpose_comes_before_one_that_does_not():
    other = replace(VERSION, agreement_id=UUID(int=2), purposes={})
    suspended = changed(status=AgreementStatus.SUSPENDED)

    found = worth(other, suspended)

    assert found.state is AgreementState.SUSPENDED
    assert found.agreement_id == VERSION.agreement_id


def test_the_best_state_counts_and_an_overdue_review_is_flagged():
    overdue = replace(changed(review_on=TODAY - timedelta(days=1)), agreement_id=UUID(int=2))
    late = changed(review_on=TODAY - timedelta(days=31))

    found = worth(late, overdue)

    assert found.state is AgreementState.REVIEW_OVERDUE
    assert found.agreement_id == UUID(int=2)
    assert found.flags == ("review_overdue",)


def test_among_equals_a_written_exclusion_beats_a_permission():
    never = replace(
        VERSION,
        agreement_id=UUID(int=2),
        category=replace(HEALTH, to_asker="excluded"),
    )

    found = worth(VERSION, never)

    assert (found.agreement_id, found.category_rule) == (UUID(int=2), "excluded")


def test_among_equals_what_is_merely_not_listed_loses():
    silent = replace(VERSION, agreement_id=UUID(int=2), category=None)
    other_people = replace(
        VERSION, agreement_id=UUID(int=3), category=replace(HEALTH, subjects=("worker",))
    )

    found = worth(silent, other_people, VERSION)

    assert (found.agreement_id, found.category_rule) == (VERSION.agreement_id, "approval")


def test_among_equals_the_one_that_permits_comes_before_one_that_asks_for_approval():
    open_one = replace(
        VERSION, agreement_id=UUID(int=2), category=replace(HEALTH, to_asker="permitted")
    )

    assert worth(VERSION, open_one).agreement_id == UUID(int=2)
