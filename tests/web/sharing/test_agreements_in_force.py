"""Agreements in force by their pages: what follows from what is done, and who may see it."""

import io
from datetime import date

import pytest
from sqlalchemy import select

from hub.agencies.models import Agency
from hub.kernel.actor import Role, system
from hub.meetings.models import Invitation
from hub.sharing.models import Agreement
from parts.register_pages import PDF, WHY, draft, fill, press, row_of, sign, write


def states(units):
    with units.read(system("test")) as uow:
        return set(uow.session.scalars(select(Invitation.state)))


def test_suspending_holds_invitations_and_bringing_back_sends_them(lead, world, units):
    world.list(world.meeting(), world.concern(world.person()))
    here = f"/agreements/{world.agreement}"

    page = fill(lead, here, "suspend", WHY)

    assert "Suspended" in page.text
    assert states(units) == {"cancelled"}
    press(lead, page, "bring-into-force")
    assert states(units) == {"held"}


def test_a_party_that_leaves_is_told_nothing_more_from_that_day(lead, world, units):
    world.list(world.meeting(), world.concern(world.person()))

    page = lead.get(f"/agreements/{world.agreement}/parties/{world.agency}/leave")
    page = lead.fill(page, {})

    assert "Left" in page.text
    assert states(units) == {"cancelled"}


def test_ending_is_for_good(lead, world):
    page = fill(lead, f"/agreements/{world.agreement}", "end", WHY)

    assert "Ended" in page.text
    assert row_of(world, "AGR-1").ends_on == date(2026, 6, 1)
    lead.post(
        f"/agreements/{world.agreement}/bring-into-force",
        {"version": str(row_of(world, "AGR-1").version)},
        status=422,
    )


def test_a_review_sets_the_next_one(lead, world):
    here = f"/agreements/{world.agreement}"
    past = {"finding": "It stands.", "review_on-month": "5", "review_on-year": "2026"}
    assert list(fill(lead, here, "review", past).errors) == ["review_on-day"]

    page = fill(lead, here, "review", {"finding": "It stands."})

    # it began on 1 January 2026; the review due on 1 December is followed by that of July 2027
    assert "Next review: 1 July 2027" in page.text
    assert "It stands." in page.text


@pytest.mark.parametrize(
    ("days", "words"),
    [
        ({"review_on": date(2026, 7, 31)}, "The review is due within 60 days"),
        ({"review_on": date(2026, 6, 8)}, "within 7 days"),
        ({"review_on": date(2026, 5, 31)}, "Sharing goes on until 1 July 2026"),
        ({"review_on": date(2026, 5, 1)}, "Sharing under this agreement is held"),
        ({"ends_on": date(2026, 6, 20)}, "It ends on 20 June 2026"),
        ({"ends_on": date(2026, 6, 1)}, "It has ended, so nothing is shared"),
    ],
)
def test_the_page_warns_of_review_and_end(lead, world, days, words):
    with world.write() as uow:
        for name, day in days.items():
            setattr(uow.session.get_one(Agreement, world.agreement), name, day)

    assert words in lead.get("sharing.show", agreement_id=world.agreement).text


def test_the_next_version_is_written_compared_and_replaces_the_first(lead, siro, register, world):
    one = register.in_force()
    page = press(lead, lead.get("sharing.show", agreement_id=one), "next")
    here = page.response.request.path
    assert "Version 1 goes on until this one is in force" in page.text
    fill(lead, here, "purposes", {"support": "required"})
    fill(lead, here, "categories/existence", {"to_asker": "excluded"})

    changes = lead.get(lead.get(here).links["See what is changed so far"])
    assert "Support for the person" in changes.text
    assert "From the leaving care service: may be shared" in changes.text
    assert "From the leaving care service: never shared" in changes.text
    assert "Controller" not in changes.text  # what is the same is left out

    press(siro, siro.get(f"{here}/whole"), "approve")
    sign(lead, here, register.council, register.police)
    signed = lead.get(f"{here}/parties/{world.agency}/sign")
    lead.fill(
        signed,
        {
            "signatory": "A. Manager",
            "signed_on-day": "1",
            "signed_on-month": "6",
            "signed_on-year": "2026",
        },
    )
    press(lead, lead.get(here), "bring-into-force")

    old = lead.get("sharing.show", agreement_id=one)
    assert "Replaced by a later version" in old.text
    assert not old.root.all("main")[0].all("form")
    versions = lead.get(f"{here}/versions").text
    assert "Version 2" in versions
    assert "Compare with version 1" in versions


def test_versions_of_two_agreements_are_not_compared(lead, register, world):
    one = register.in_force()

    lead.get(f"/agreements/{one}/differences/{world.agreement}", status=404)


def test_whom_one_asks_is_shown_with_hours_and_the_last_check(lead, register, world):
    one = register.in_force()
    here = f"/agreements/{one}/parties/{world.agency}/contacts"

    page = lead.fill(lead.get(here), {"contact": str(world.worker), "deputy": str(world.deputy)})

    assert "Wor Ker. Hours are not recorded. Checked today" in page.text
    assert "Deputy: Dep Uty" in page.text
    wrong = lead.fill(lead.get(here), {"deputy": str(world.worker)})
    assert list(wrong.errors) == ["deputy"]


def upload(name="signed.pdf", content=PDF):
    return {"file": (io.BytesIO(content), name)}


def test_the_page_says_whom_a_request_reaches_now_and_why_not_others(lead, register, world):
    one = register.in_force()
    named = {"contact": str(world.worker), "deputy": str(world.deputy)}
    lead.fill(lead.get(f"/agreements/{one}/parties/{world.agency}/contacts"), named)
    world.absence(world.worker, date(2026, 6, 1), date(2026, 6, 8))

    page = lead.get(f"/agreements/{one}/parties/{world.agency}/route")

    assert "a request that is sent now reaches Dep Uty." in page.text
    assert "Away: back on 8 June 2026" in page.text
    lead.get(f"/agreements/{one}/parties/{world.area}/route", status=404)
    empty = lead.get(f"/agreements/{one}/parties/{register.police}/route")
    assert "reaches the information governance leads of the hub" in empty.text


def test_a_signed_copy_goes_in_and_comes_out_as_a_download(lead, register, at_own_desk):
    one = register.in_force()
    here = f"/agreements/{one}/copies"
    page = lead.get(here)

    wrong = lead.fill(page, upload(content=b"<html>"))
    assert "not a PDF inside" in wrong.errors["file"]
    page = lead.fill(lead.get(here), upload())
    assert "signed.pdf" in page.text

    address = page.links["signed.pdf"]
    reader = at_own_desk(Role.COORDINATOR)
    got = reader.client.get(address)
    assert got.data == PDF
    assert got.headers["Content-Disposition"] == 'attachment; filename="file-1.pdf"'
    assert got.headers["Content-Type"] == "application/pdf"
    for role in (Role.REFERRER, Role.TEAM_MANAGER):
        assert at_own_desk(role).client.get(address).status_code == 404
    page = lead.fill(page, {}, action=f"{address}/remove")
    assert "signed.pdf" not in page.links
    assert reader.client.get(address).status_code == 404


EDITING = (
    "new",
    "{here}/opening",
    "{here}/parties",
    "{here}/party",
    "{here}/bases",
    "{here}/categories",
    "{here}/gateways",
    "{here}/end",
    "{here}/copies",
)


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.SIRO])
def test_a_reader_reads_and_changes_nothing(world, register, at_own_desk, role):
    reader = at_own_desk(role)
    here = f"/agreements/{world.agreement}"

    shown = reader.get(here)

    assert not shown.root.all("main")[0].all("form")
    for address in EDITING:
        reader.get(address.format(here=here).replace("new", "/agreements/new"), status=404)
    reader.post(f"{here}/suspend", {"version": "1"} | WHY, status=404)
    reader.post(f"{here}/next", {"version": "1"}, status=404)
    assert row_of(world, "AGR-1").status == "in_force"


def test_a_co_ordinator_reads_a_draft_and_approves_nothing(lead, register, at_own_desk):
    here = draft(lead).response.request.path
    reader = at_own_desk(Role.COORDINATOR)

    shown = reader.get(here)

    assert "Draft" in shown.text
    assert not shown.root.all("main")[0].all("form")
    reader.post(f"{here}/approve", {"version": "1"}, status=404)


READS = {Role.COORDINATOR, Role.GOVERNANCE_LEAD, Role.SIRO}


@pytest.mark.parametrize("role", sorted(set(Role) - READS))
def test_to_others_there_is_no_register(world, register, at_own_desk, role):
    other = at_own_desk(role)
    here = f"/agreements/{world.agreement}"

    other.get("sharing.register", status=404)
    for address in (here, f"{here}/whole", f"{here}/versions", f"{here}/copies"):
        other.get(address, status=404)


def test_the_register_goes_on_on_a_next_page(lead, world):
    with world.write() as uow:
        for number in range(30):
            uow.session.add(
                Agreement(
                    reference=f"B-{number:02}",
                    title="Another",
                    status="draft",
                    starts_on=date(2026, 1, 1),
                    review_on=date(2026, 12, 1),
                    id=uow.new_id(),
                )
            )

    first = lead.get("sharing.register")
    following = next(a for a in first.root.all("a") if a.attributes.get("rel") == "next")
    second = lead.get(following.attributes["href"])

    assert "AGR-1" in first.text
    assert "B-29" in second.text
    assert "B-00" not in second.text
    assert lead.get("/agreements?begin=x&after=y").status == 200


def test_an_agency_of_the_world_is_offered_as_a_party_once(lead, register, world):
    here = draft(lead).response.request.path
    write(lead, register, here)

    with world.units.read(system("test")) as uow:
        names = set(uow.session.scalars(select(Agency.name)))
    offered = lead.get(f"{here}/party").text

    assert "Example Leaving Care" in offered
    assert "Example Council" not in offered
    assert len(names) == 3
