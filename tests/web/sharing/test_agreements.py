"""The register of agreements by its pages: from a draft into force, and what follows."""

from datetime import date

import pytest
from sqlalchemy import select

from hub.agencies.models import Agency
from hub.kernel.actor import Role, system
from hub.meetings.models import Invitation
from hub.sharing.models import Agreement, AgreementParty
from kit.world import World

TERMS = {
    "reference": "ISA-7",
    "title": "Sharing for safety in Testshire",
    "starts_on-day": "1",
    "starts_on-month": "6",
    "starts_on-year": "2026",
    "review_on-day": "1",
    "review_on-month": "12",
    "review_on-year": "2026",
    "purposes": ["marac_risk"],
    "permitted": ["existence", "worker_contact"],
    "on_approval": ["health"],
}


@pytest.fixture
def world(units):
    made = World(units).settle()
    with made.write() as uow:
        uow.session.add(Agency(id=made.area, name="Testshire Police", kind="police"))
    return made


@pytest.fixture
def lead(world, as_role, signed_in):
    return signed_in(as_role(Role.GOVERNANCE_LEAD))


def signed(agency_id, **changes):
    return {
        "agency": str(agency_id),
        "role": "controller",
        "signatory": "A. Director",
        "signed_on-day": "1",
        "signed_on-month": "5",
        "signed_on-year": "2026",
        **changes,
    }


def row_of(world, reference):
    with world.units.read(system("test")) as uow:
        return uow.session.scalars(select(Agreement).where(Agreement.reference == reference)).one()


def press(lead, page, verb):
    action = f"{page.response.request.path}/{verb}"
    return lead.fill(page, {}, action=action)


def draft(lead):
    return lead.fill(lead.get("sharing.new"), TERMS)


def with_parts(lead, world, page):
    """Add two signed parties and a gateway to the draft on the page."""
    here = page.response.request.path
    for agency_id in (world.agency, world.area):
        lead.fill(lead.get(f"{here}/parties"), signed(agency_id))
    gateway = {
        "statute": "Crime and Disorder Act 1998 section 115",
        "kind": "power",
        "commences_on-day": "30",
        "commences_on-month": "9",
        "commences_on-year": "1998",
    }
    return lead.fill(lead.get(f"{here}/gateways"), gateway)


def test_from_a_draft_into_force(lead, world):
    page = draft(lead)
    assert page.h1 == "Sharing for safety in Testshire"
    assert "Add at least two parties." in page.text

    page = with_parts(lead, world, page)
    assert "Before it can come into force" not in page.text
    page = press(lead, page, "bring-into-force")

    assert "The agreement is in force." in page.text
    assert row_of(world, "ISA-7").status == "in_force"
    assert "Change the terms" not in page.links
    assert "ISA-7" in lead.get("sharing.register").text


def test_what_is_missing_refuses_and_is_listed(lead, world):
    page = draft(lead)

    refused = press(lead, page, "bring-into-force")

    assert refused.status == 422
    assert "Every party" not in refused.text
    for why in ("at least two parties", "gateway in law that is in force"):
        assert why in refused.text
    assert row_of(world, "ISA-7").status == "draft"


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"reference": ""}, "reference"),
        ({"reference": "AGR-1"}, "reference"),
        ({"starts_on-day": "31"}, "starts_on-day"),
        ({"review_on-year": "2025"}, "review_on-day"),
        (
            {"ends_on-day": "1", "ends_on-month": "6", "ends_on-year": "2026"},
            "ends_on-day",
        ),
        ({"on_approval": ["existence"]}, "on_approval"),
    ],
)
def test_a_wrong_field_is_named_and_all_is_kept(lead, change, field):
    wrong = lead.fill(lead.get("sharing.new"), TERMS | change)

    assert list(wrong.errors) == [field]
    assert wrong.filled()["title"] == ["Sharing for safety in Testshire"]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"agency": ""}, "agency"),
        ({"signatory": ""}, "signed_on-day"),
        ({"signed_on-year": "2027"}, "signed_on-day"),
    ],
)
def test_a_wrong_party_is_named(lead, world, change, field):
    here = draft(lead).response.request.path

    wrong = lead.fill(lead.get(f"{here}/parties"), signed(world.agency, **change))

    assert list(wrong.errors) == [field]


def test_a_party_and_a_gateway_can_be_taken_out_of_a_draft(lead, world):
    page = with_parts(lead, world, draft(lead))
    gateway = next(
        form.attributes["action"]
        for form in page.root.all("form")
        if "/gateways/" in form.attributes["action"]
    )

    page = lead.fill(page, {}, action=gateway)
    assert "None yet." in page.text
    page = press(lead, page, f"parties/{world.area}/remove")

    assert "Testshire Police" not in page.text


def test_terms_can_be_changed_and_two_people_get_both_versions(lead, world):
    here = draft(lead).response.request.path
    mine = lead.get(f"{here}/change")
    lead.fill(lead.get(f"{here}/change"), {"title": "The other's title"})

    stale = lead.fill(mine, {"title": "My title"})

    assert stale.status == 409
    assert "My title" in stale.text
    assert "The other's title" in stale.text
    again = next(
        form for form in stale.root.all("main")[0].all("form") if form.attributes["action"]
    )
    saved = lead.fill(stale, {}, action=again.attributes["action"])
    assert saved.h1 == "My title"
    assert "Health" in saved.text


def test_suspending_holds_invitations_and_bringing_back_sends_them(lead, world, units):
    world.list(world.meeting(), world.concern(world.person()))
    with world.write() as uow:
        agreement = uow.session.get_one(Agreement, world.agreement)
        uow.session.add(
            AgreementParty(
                agreement_id=agreement.id,
                agency_id=world.area,
                role="controller",
                signatory="A. Director",
                signed_on=date(2026, 1, 1),
            )
        )
    page = lead.get("sharing.show", agreement_id=world.agreement)

    page = press(lead, page, "suspend")

    assert states(units) == {"cancelled"}
    here = f"/agreements/{world.agreement}"
    gateway = {"statute": "Children Act 2004 section 10", "kind": "duty"}
    gateway |= {
        "commences_on-day": "1",
        "commences_on-month": "4",
        "commences_on-year": "2005",
    }
    page = lead.fill(lead.get(f"{here}/gateways"), gateway)
    press(lead, page, "bring-into-force")
    assert states(units) == {"held"}


def states(units):
    with units.read(system("test")) as uow:
        return set(uow.session.scalars(select(Invitation.state)))


def test_a_party_that_leaves_is_told_nothing_more_from_that_day(lead, world, units):
    world.list(world.meeting(), world.concern(world.person()))
    page = lead.get("sharing.show", agreement_id=world.agreement)

    page = press(lead, page, f"parties/{world.agency}/leave")

    assert "Left" in page.text
    assert states(units) == {"cancelled"}


def test_ending_is_for_good(lead, world):
    page = press(lead, lead.get("sharing.show", agreement_id=world.agreement), "end")

    assert "Not in force" in page.text
    assert row_of(world, "AGR-1").ends_on == date(2026, 6, 1)
    lead.post(
        f"/agreements/{world.agreement}/bring-into-force",
        {"version": str(row_of(world, "AGR-1").version)},
        status=422,
    )


def test_a_review_sets_the_next_one(lead, world):
    here = f"/agreements/{world.agreement}"
    past = {"review_on-day": "1", "review_on-month": "5", "review_on-year": "2026"}
    assert list(lead.fill(lead.get(f"{here}/review"), past).errors) == ["review_on-day"]

    page = lead.fill(lead.get(f"{here}/review"), past | {"review_on-year": "2027"})

    assert "1 May 2027" in page.text


@pytest.mark.parametrize(
    ("review_on", "words"),
    [
        (date(2026, 7, 31), "within 60 days"),
        (date(2026, 6, 8), "within 7 days"),
        (date(2026, 5, 31), "Sharing goes on until 1 July 2026"),
        (date(2026, 5, 1), "Sharing under this agreement is held"),
    ],
)
def test_the_page_warns_of_the_review(lead, world, review_on, words):
    with world.write() as uow:
        uow.session.get_one(Agreement, world.agreement).review_on = review_on

    assert words in lead.get("sharing.show", agreement_id=world.agreement).text


def test_a_co_ordinator_reads_and_changes_nothing(world, as_role, signed_in):
    reader = signed_in(as_role(Role.COORDINATOR))

    shown = reader.get("sharing.show", agreement_id=world.agreement)

    assert not shown.root.all("main")[0].all("form")
    reader.get("sharing.new", status=404)
    reader.post(f"/agreements/{world.agreement}/suspend", {"version": "1"}, status=404)
    assert row_of(world, "AGR-1").status == "in_force"


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.COORDINATOR, Role.GOVERNANCE_LEAD}))
def test_to_others_there_is_no_register(world, as_role, signed_in, role):
    other = signed_in(as_role(role))

    other.get("sharing.register", status=404)
    other.get("sharing.show", agreement_id=world.agreement, status=404)
