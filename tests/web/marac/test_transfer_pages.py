"""A case goes to another area by its pages: both sides, and nobody between them."""

from datetime import date

import pytest
from sqlalchemy import select

from hub.audit.models import AuditEntry
from hub.kernel.actor import Role
from hub.marac.models import HearingNote, Transfer
from kit.concerns import County
from kit.world import HUB
from parts.over_time import years

FIRST = date(2026, 6, 1)
SECRET = "9 Secret Street"


@pytest.fixture
def story(units, clock, as_role):
    return years(County(units).settle(), clock, as_role)


@pytest.fixture
def there(browse, story, as_role):
    actor = as_role(Role.COORDINATOR, agency_id=story.county.other_council, name="Ellis Where")
    return browse(actor)


@pytest.fixture
def here(browse, story, there):
    return browse(story.coordinator)


@pytest.fixture
def concern(story):
    concern_id = story.refer(FIRST)
    story.screened(concern_id, "accepted")
    item = story.heard(concern_id, FIRST)
    with story.county.units.write(HUB) as uow:
        uow.session.add(
            HearingNote(
                id=uow.new_id(),
                item_id=item,
                field="risk_of",
                text="Strangulation",
                saved_by=uow.new_id(),
                saved_at=uow.now,
            )
        )
    return concern_id


def sent(here, concern, **changes):
    shown = here.get("referrals.concern", concern_id=concern)
    form = here.get(shown.links["Send it to another area's MARAC"])
    said = {
        "to_area": form.form().all("input")[1].attributes["value"],
        "told_on-day": "1",
        "told_on-month": "6",
        "told_on-year": "2026",
        "is_temporary": "no",
        "note": "She has moved to family.",
        "address": SECRET,
        "postcode": "YO1 1AA",
    }
    return here.fill(form, said | changes)


def the_transfer(story):
    with story.county.units.read(HUB) as uow:
        return uow.session.scalars(select(Transfer.id)).one()


def verbs(story, verb):
    with story.county.units.read(HUB) as uow:
        wanted = select(AuditEntry.number).where(AuditEntry.verb == verb)
        return len(uow.session.scalars(wanted).all())


def test_sent_the_sender_sees_where_it_is_and_never_the_address_again(story, here, concern):
    wrong = sent(here, concern, note="")
    assert wrong.errors == {"note": "Enter why it is sent, and what the other area must know"}
    assert wrong.filled()["address"] == [SECRET]

    shown = here.fill(wrong, {"note": "She has moved to family."})
    assert "Sent, not acknowledged yet" in shown.text
    transfer_id = the_transfer(story)
    for page in (
        shown,
        here.get("marac.transfers"),
        here.get("referrals.concern", concern_id=concern),
        here.post("referrals.contact", {"why": "area"}, concern_id=concern, status=200),
    ):
        assert SECRET not in page.text
        assert "YO1 1AA" not in page.text
    here.post("marac.transfer_contact", {"why": "area"}, transfer_id=transfer_id, status=404)
    here.get("marac.transfer_return", transfer_id=transfer_id, status=404)
    here.post("marac.transfer_acknowledge", {}, transfer_id=transfer_id, status=404)
    again = here.get("referrals.concern", concern_id=concern)
    assert "Send it to another area's MARAC" not in again.links


def test_the_receiving_area_reads_the_papers_and_takes_it_over(story, here, there, concern):
    sent(here, concern)
    transfer_id = the_transfer(story)
    assert "1 case sent by another area" in there.get("home.show").text
    shown = there.get("marac.transfer", transfer_id=transfer_id)
    for text in ("She has moved to family.", "Quillfeather", "Coral Ordinator", "Minutes of this"):
        assert text in shown.text
    assert "Strangulation" not in shown.text
    assert SECRET not in shown.text
    assert "LN2 2BB" not in shown.text
    wrong = there.post("marac.transfer_contact", {}, transfer_id=transfer_id, status=422)
    assert wrong.errors == {"why": "Select what for"}
    opened = there.post(
        "marac.transfer_contact", {"why": "contact"}, transfer_id=transfer_id, status=200
    )
    assert SECRET in opened.text
    assert verbs(story, "ContactRevealed") == 1

    taken = there.send("marac.transfer_acknowledge", {}, transfer_id=transfer_id)
    assert "The case is yours." in taken.text
    assert "Taken over" in taken.text
    assert "Strangulation" in there.get("marac.transfer", transfer_id=transfer_id).text
    assert "Taken over" in here.get("marac.transfer", transfer_id=transfer_id).text
    late = there.send("marac.transfer_acknowledge", {}, transfer_id=transfer_id)
    assert "Somebody was faster" in late.text


def test_it_is_returned_with_a_reason_that_the_sender_reads(story, here, there, concern):
    sent(here, concern)
    transfer_id = the_transfer(story)
    form = there.get("marac.transfer_return", transfer_id=transfer_id)
    assert there.fill(form, {}).errors == {"reason": "Enter why you do not take it"}
    there.fill(form, {"reason": "She never came to us."})
    shown = here.get("marac.transfer", transfer_id=transfer_id).text
    assert "Returned" in shown
    assert "She never came to us." in shown


def test_who_runs_or_represents_finds_no_transfers(story, here, browse, as_role, concern):
    sent(here, concern)
    for role in (Role.CHAIR, Role.AGENCY_REPRESENTATIVE, Role.REFERRER):
        somebody = browse(as_role(role, agency_id=story.county.council))
        somebody.get("marac.transfers", status=404)
        somebody.get("marac.transfer", transfer_id=the_transfer(story), status=404)
