"""Evidence, the steering group and letters by their pages, and who must not find them."""

import io
from datetime import date
from uuid import uuid4

import pytest
from sqlalchemy import select

from hub.audit.models import AuditEntry
from hub.kernel.actor import Role
from hub.marac.models import Action, ActionEvidence, DiscussionLetter, Hearing
from kit.world import HUB

PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


@pytest.fixture
def item(world):
    return world.list(world.meeting(), world.concern(world.person()))


@pytest.fixture
def owner(as_role, world):
    return as_role(Role.REFERRER, agency_id=world.agency, name="Own Er")


def put(world, item_id, owner, due_on=date(2026, 5, 1)):
    action_id = uuid4()
    with world.write() as uow:
        uow.session.add(
            Action(
                id=action_id,
                reference="AAAA-BBBB",
                item_id=item_id,
                text="Fit new locks",
                risk="He has a key",
                agency_id=owner.agency_id,
                owner_id=owner.account_id,
                due_on=due_on,
                may_tell_victim=True,
                state="open",
                proposed_by=uuid4(),
                proposed_at=uow.now,
            )
        )
    return action_id


def send(pages, action_id, **more):
    return pages.raw("marac.evidence", more, action_id=action_id)


def test_evidence_is_put_in_as_words_or_a_file_and_handed_out_to_who_sees_the_action(
    world, item, owner, browse, as_role
):
    action = put(world, item, owner)
    pages = browse(owner)
    wrong = pages.fill(pages.get("marac.evidence", action_id=action), {"text": " "})
    assert wrong.errors == {"text": "Write what shows it, or choose a file"}
    fake = send(pages, action, text="Kept", file=(io.BytesIO(b"no"), "plan.pdf"))
    assert b"The file is not a PDF inside" in fake.data
    assert b"Kept" in fake.data  # what was typed is not lost
    assert send(pages, action, file=(io.BytesIO(PDF), "plan.pdf")).status_code == 303
    shown = pages.get("marac.action", action_id=action)
    assert "plan.pdf" in shown.text
    with world.units.read(HUB) as uow:
        kept = uow.session.scalars(select(ActionEvidence.id)).one()
    address = pages.address("marac.evidence_file", action_id=action, evidence_id=kept)
    handed = pages.client.get(address)
    assert handed.data == PDF
    assert handed.headers["Content-Disposition"] == 'attachment; filename="file-1.pdf"'
    stranger = browse(as_role(Role.REFERRER, agency_id=world.agency, name="Stran Ger"))
    assert stranger.client.get(address).status_code == 404
    stranger.get("marac.evidence", action_id=action, status=404)


def test_the_steering_group_reads_references_and_goes_no_further(
    world, item, owner, browse, browser, as_role
):
    action = put(world, item, owner)
    lead = browse(as_role(Role.SAFEGUARDING_LEAD, agency_id=world.agency, name="Lea Der"))
    shown = lead.get("marac.steering")
    assert "AAAA-BBBB" in shown.text
    assert "Example Leaving Care" in shown.text
    assert "All agencies" in shown.text
    for private in ("Own Er", "Quillfeather", "locks"):
        assert private not in shown.text
    assert "AAAA-BBBB" not in shown.links
    lead.get("marac.action", action_id=action, status=404)
    assert browser.get("marac.steering").links["AAAA-BBBB"] == f"/actions/{action}"


def test_a_letter_says_that_it_was_heard_and_nothing_else(
    world, item, browser, browse, as_role, chair
):
    asked = {
        "asked_as": "victim",
        "asked_by": "Z. Quillfeather",
        "checked_by": "document",
        "phone": "01632 960001",
        "is_not_for_alleged": "yes",
    }
    form = browser.get("marac.give", item_id=item)
    early = browser.fill(form, asked)
    assert "This case has not been heard at this meeting." in early.text
    with world.write() as uow:
        uow.session.add(Hearing(id=uuid4(), item_id=item, state="heard", heard_on=date(2026, 6, 1)))
    wrong = browser.fill(browser.get("marac.give", item_id=item), {**asked, "asked_by": ""})
    assert wrong.errors == {"asked_by": "Enter the name of whoever asks"}
    shown = browser.fill(wrong, asked)
    for needed in ("Zebedee Quillfeather", "1 June 2026", "Testshire", "01632 960001"):
        assert needed in shown.text
    with world.units.read(HUB) as uow:
        letter = uow.session.scalars(select(DiscussionLetter)).one()
        seen = uow.session.execute(
            select(AuditEntry.verb, AuditEntry.subject_kind).where(
                AuditEntry.subject_id == str(letter.id)
            )
        ).all()
    assert ("Looked", "discussion_letter") in {tuple(one) for one in seen}
    assert "LetterGiven" in {one.verb for one in seen}
    assert "Z. Quillfeather" in browse(chair).get("marac.give", item_id=item).text
    for role in (Role.AGENCY_REPRESENTATIVE, Role.LEAVING_CARE_WORKER):
        nobody = browse(as_role(role, agency_id=world.agency, name="No Body"))
        nobody.get("marac.letter", letter_id=letter.id, status=404)
        nobody.get("marac.give", item_id=item, status=404)
