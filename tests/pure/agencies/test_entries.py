"""What an entry may not say, and who may be public."""

from dataclasses import replace
from datetime import date

import pytest

from hub.agencies.rules.entries import (
    ContactFacts,
    OfficeFacts,
    ServiceFacts,
    contact_refusals,
    office_refusals,
    service_refusals,
)
from hub.agencies.rules.kinds import (
    AGENCY_WORDS,
    ROLE_WORDS,
    SERVICE_WORDS,
    AgencyKind,
    ContactRole,
    ServiceKind,
    contact_sight,
    service_sight,
)

WORKER = ContactFacts(role="leaving_care_worker", name="Ashley Placeholder", phone="01632 960001")
DESK = ContactFacts(role="duty_desk", name="Desk", phone="01632 960001", is_public=True)
SERVICE = ServiceFacts(kind="leaving_care", name="Leaving care", phone="01632 960001")
OFFICE = OfficeFacts(name="Louth")


def fields(refusals):
    return [refusal.field for refusal in refusals]


def test_every_code_has_words():
    assert set(AGENCY_WORDS) == set(AgencyKind)
    assert set(SERVICE_WORDS) == set(ServiceKind)
    assert set(ROLE_WORDS) == set(ContactRole)


@pytest.mark.parametrize("role", [role for role in ContactRole if role != ContactRole.DUTY_DESK])
def test_nobody_but_a_duty_desk_can_be_public(role):
    assert not contact_sight(role, "charity", "leaving_care").allowed


@pytest.mark.parametrize("agency", list(AgencyKind))
@pytest.mark.parametrize("service", list(ServiceKind))
def test_a_refuge_and_a_marac_can_never_be_public_and_all_else_can(agency, service):
    hidden = agency == "refuge" or service in ("refuge", "marac")

    assert service_sight(agency, service).allowed is not hidden
    assert contact_sight("duty_desk", agency, service).allowed is not hidden


@pytest.mark.parametrize(
    ("facts", "service", "wrong"),
    [
        (WORKER, "leaving_care", []),
        (WORKER, None, ["service"]),  # a worker belongs to a service, so that others can cover
        (replace(WORKER, role="caldicott_guardian"), None, []),  # a guardian need not
        (replace(WORKER, is_public=True), "leaving_care", ["is_public"]),
        (replace(WORKER, phone=None), "leaving_care", ["phone"]),  # no way to reach them
        (replace(WORKER, phone=None, email="a@council.example.org"), "leaving_care", []),
        (replace(WORKER, phone="07700 900001"), "leaving_care", ["phone"]),
        (replace(WORKER, phone="07700 900001", is_work_mobile=True), "leaving_care", []),
        (replace(WORKER, email="a@gmail.com"), "leaving_care", ["email"]),
        (replace(WORKER, hours="sometimes"), "leaving_care", ["hours"]),
        (replace(WORKER, out_of_hours="Message her on Facebook"), "leaving_care", ["out_of_hours"]),
        (
            replace(WORKER, works_from=date(2026, 6, 1), works_until=date(2026, 6, 1)),
            "leaving_care",
            ["works_until"],
        ),
        (DESK, "leaving_care", []),
        (DESK, None, ["is_public"]),
        (DESK, "refuge", ["is_public"]),
        (replace(DESK, is_public=False), "refuge", []),
    ],
)
def test_a_contact_is_right_or_refused_at_the_fields_to_mend(facts, service, wrong):
    assert fields(contact_refusals(facts, agency_kind="charity", service_kind=service)) == wrong


@pytest.mark.parametrize(
    ("facts", "agency", "wrong"),
    [
        (SERVICE, "charity", []),
        (replace(SERVICE, kind="refuge"), "charity", ["is_public"]),
        (SERVICE, "refuge", ["is_public"]),
        (replace(SERVICE, is_public=False), "refuge", []),
        (replace(SERVICE, phone=None), "charity", ["phone"]),  # public and unreachable
        (replace(SERVICE, phone=None, email="a@b.example.org"), "charity", []),
        (replace(SERVICE, phone=None, is_public=False), "charity", []),
        (replace(SERVICE, phone="07700 900001"), "charity", ["phone"]),
        (replace(SERVICE, description="Find us on Instagram"), "charity", ["description"]),
    ],
)
def test_a_service_is_right_or_refused_at_the_fields_to_mend(facts, agency, wrong):
    assert fields(service_refusals(facts, agency_kind=agency)) == wrong


@pytest.mark.parametrize(
    ("facts", "agency", "service", "wrong"),
    [
        (OFFICE, "charity", None, []),
        (OFFICE, "refuge", None, ["is_public"]),  # a refuge's address is never public
        (OFFICE, "charity", "refuge", ["is_public"]),
        (replace(OFFICE, is_public=False), "refuge", None, []),
        (replace(OFFICE, phone="07700 900001"), "charity", None, ["phone"]),
    ],
)
def test_an_office_is_right_or_refused_at_the_fields_to_mend(facts, agency, service, wrong):
    assert fields(office_refusals(facts, agency_kind=agency, service_kind=service)) == wrong
