"""Writing an agreement by its pages: from nothing into force."""

from datetime import date

import pytest

from parts.register_pages import OPENING, WHY, draft, fill, press, row_of, sign, write


def test_from_nothing_into_force(lead, siro, register, world):
    page = draft(lead)
    here = page.response.request.path
    assert page.h1 == "Sharing for safety in Testshire"
    assert "Add at least two controllers." in page.text

    page = write(lead, register, here)
    assert "To do" not in page.text
    whole = lead.get(f"{here}/whole")
    assert "You wrote some of it" in whole.text
    lead.post(f"{here}/approve", {"version": str(row_of(world, "ISA-7").version)}, status=404)
    asked = press(lead, page, "ask-approval")
    assert "Those who may approve it get a message." in asked.text

    page = press(siro, siro.get(f"{here}/whole"), "approve")
    assert "Approved, to be signed" in page.text
    page = lead.get(here)
    assert "Every party must have signed" in page.text
    sign(lead, here, register.council, register.police)
    page = press(lead, lead.get(here), "bring-into-force")

    assert "The agreement is in force." in page.text
    assert row_of(world, "ISA-7").status == "in_force"
    assert "Crime and Disorder Act 1998, section 115" in page.text
    assert "From the leaving care service: once an approver has said yes" in page.text
    assert "ISA-7, version 1" in lead.get("sharing.register").text


def test_what_lacks_refuses_and_is_listed(lead, siro, register, world):
    here = draft(lead).response.request.path
    version = str(row_of(world, "ISA-7").version)

    refused = siro.post(f"{here}/approve", {"version": version})

    for why in ("at least two controllers", "at least one purpose", "leads on each right"):
        assert why in refused.text
    assert row_of(world, "ISA-7").status == "draft"


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"reference": ""}, "reference"),
        ({"reference": "AGR-1"}, "reference"),
        ({"kind": "under"}, "framework"),
        ({"starts_on-day": "32"}, "starts_on-day"),
        ({"first_review_months": "0"}, "first_review_months"),
        (
            {"review_on-day": "1", "review_on-month": "5", "review_on-year": "2025"},
            "review_on-day",
        ),
        ({"ends_on-day": "1", "ends_on-month": "5", "ends_on-year": "2026"}, "ends_on-day"),
    ],
)
def test_a_wrong_field_is_named_and_all_is_kept(lead, change, field):
    wrong = lead.fill(lead.get("sharing.new"), OPENING | change)

    assert list(wrong.errors) == [field]
    assert wrong.filled()["title"] == ["Sharing for safety in Testshire"]


@pytest.mark.parametrize(
    ("name", "change", "field"),
    [
        ("party", {"agency": ""}, "agency"),
        ("party", {"ico_number": "12"}, "ico_number"),
        ("purposes", {"subjects": []}, "subjects"),
        ("categories/add", {"to_asker": ""}, "to_asker"),
        ("gateway", {"statute": ""}, "statute"),
        ("gateway", {"from_age": "18", "until_age": "18"}, "until_age"),
        ("handling", {"onward": "named"}, "onward_to"),
        ("handling", {"breach_hours": "100"}, "breach_hours"),
        ("ending", {"termination": ""}, "termination"),
    ],
)
def test_a_wrong_answer_of_a_section_is_named(lead, register, name, change, field):
    here = draft(lead).response.request.path
    right = {
        "party": {"agency": str(register.council), "role": "controller", "legal_name": "Name"},
        "purposes": {"marac_risk": "required", "subjects": ["victim"]},
        "categories/add": {
            "categories": ["existence"],
            "to_service": "permitted",
            "to_asker": "permitted",
            "subjects": ["victim"],
            "retention": "look_up_2",
        },
        "gateway": {"statute": "Some Act", "kind": "power", "direction": "both"},
        "handling": {"methods": ["hub"], "marking": "M", "onward": "none"},
        "ending": {"termination": "Destroyed"},
    }

    wrong = fill(lead, here, name, right[name] | change)

    assert list(wrong.errors) == [field]


def test_the_basis_offered_fits_the_agency(lead, register):
    here = draft(lead).response.request.path
    write(lead, register, here)

    council = lead.get(f"{here}/parties/{register.council}/bases").text
    police = lead.get(f"{here}/parties/{register.police}/bases").text

    assert "Article 6(1)(e): a public task" in council
    assert "section 35" not in council
    assert "section 35" in police
    assert "Article 6(1)(f)" not in council + police


def test_a_gateway_of_the_list_comes_filled_in_with_what_to_verify(lead, register):
    here = draft(lead).response.request.path
    offers = lead.get(f"{here}/gateways")
    assert "no day of commencement is known" in offers.text

    page = lead.get(f"{here}/gateway?known=ca2004_s16la")
    assert page.filled()["until_age"] == ["18"]
    lead.fill(page, {})

    listed = lead.get(f"{here}/gateways")
    assert "Not in force: no day of commencement" in listed.text
    assert "Under 18." in listed.text


def test_parts_are_changed_and_taken_out(lead, register):
    here = draft(lead).response.request.path
    write(lead, register, here)

    page = fill(lead, here, "categories/existence", {"to_asker": "excluded"})
    assert "From the leaving care service: never shared" in page.text
    page = press(lead, page, "worker_contact/remove")
    assert "Who the worker is" not in page.text
    gateways = lead.get(f"{here}/gateways")
    change = next(href for text, href in gateways.links.items() if text.startswith("Change"))
    page = lead.fill(lead.get(change), {"direction": "to_asker"})
    assert "From the leaving care service" in page.text
    page = press(lead, page, change.rpartition("/")[2] + "/remove")
    assert "None yet." in page.text
    page = press(lead, lead.get(f"{here}/parties"), f"{register.police}/remove")
    assert "Example Police" not in page.text
    assert "Add at least two controllers." in page.text


def test_two_people_who_edit_a_section_get_both_versions(lead, register):
    here = draft(lead).response.request.path
    write(lead, register, here)
    mine = lead.get(f"{here}/purposes")
    fill(lead, here, "purposes", {"support": "required", "subjects": ["child"]})

    stale = lead.fill(mine, {"keep_in_touch": "required"})

    assert stale.status == 409
    assert "Victim, Child" in stale.text  # mine
    assert "With consent only" in stale.text
    saved = lead.fill(stale, {}, action=f"{here}/purposes")
    assert saved.status == 200
    whole = lead.get(f"{here}/whole").text
    assert "Keeping in touch" in whole
    assert "Support for the person" not in whole


def test_the_first_review_follows_the_start_until_somebody_sets_its_day(lead, world):
    here = draft(lead).response.request.path
    assert row_of(world, "ISA-7").review_on == date(2026, 11, 1)

    fill(lead, here, "opening", {"starts_on-month": "7"})
    assert row_of(world, "ISA-7").review_on == date(2027, 1, 1)
    own = {"review_on-day": "5", "review_on-month": "10", "review_on-year": "2026"}
    fill(lead, here, "opening", own)
    fill(lead, here, "opening", {"starts_on-month": "6"})
    assert row_of(world, "ISA-7").review_on == date(2026, 10, 5)


def test_a_purpose_is_taken_back(lead, register):
    here = draft(lead).response.request.path
    write(lead, register, here)

    page = fill(lead, here, "purposes", {"marac_risk": "no", "support": "required"})

    assert "To do" not in page.text
    whole = lead.get(f"{here}/whole").text
    assert "MARAC: risk of serious harm" not in whole
    assert "Support for the person" in whole


def test_a_draft_is_thrown_away_with_a_reason(lead, world):
    here = draft(lead).response.request.path

    assert list(fill(lead, here, "end", {"why": ""}).errors) == ["why"]
    fill(lead, here, "end", WHY)

    assert row_of(world, "ISA-7").status == "discarded"
    assert "ISA-7" not in lead.get("sharing.register").text


def test_an_approved_one_is_sent_back(lead, siro, register, world):
    here = draft(lead).response.request.path
    write(lead, register, here)
    press(siro, siro.get(f"{here}/whole"), "approve")

    fill(lead, here, "send-back", WHY)

    assert row_of(world, "ISA-7").status == "draft"
    assert "Because of so and so." in lead.get(f"{here}/whole").text
