"""Somebody moves: their case goes to another area's MARAC, by the pages of everybody concerned.

Two co-ordinators, the leaving care worker on a phone and the Idva of the new area; and everything
that the old area can open, and every mail, is searched for the new address.
"""

import re
from urllib.parse import urljoin

import pytest
from sqlalchemy import select

from hub.marac.models import IdvaNotice, Transfer
from hub.meetings.models import Invitation, Item
from hub.referrals.models import Concern
from kit import story
from kit.mailbox import read_mailbox
from kit.running import county
from kit.walk import PHONE
from parts import moved_town
from parts.cycle import PASSWORD
from parts.moved_town import ADDRESS, POSTCODE

SECRETS = tuple(
    each.casefold().encode()
    for each in (ADDRESS, ADDRESS.replace(" ", "+"), POSTCODE, POSTCODE.replace(" ", ""))
)
MOST = 160
"""Pages of the old area's that are searched from each of its windows."""


@pytest.fixture
def town(database_kind):
    with county(database_kind, seed="louth", people=30, meetings=1) as running:
        yield running


def own(email):
    return {"email": email, "password": PASSWORD}


def read(town, statement):
    with town.units() as units, units.read(story.HERE) as uow:
        return uow.session.execute(statement).all()


def the_transfer(town):
    ((row,),) = read(town, select(Transfer))
    return row


def held(town, item_id):
    wanted = select(Invitation.id).where(Invitation.item_id == item_id, Invitation.state == "held")
    return [one for (one,) in read(town, wanted)]


def item_of(town, concern_id):
    ((item_id, state),) = read(
        town, select(Item.id, Item.state).where(Item.concern_id == concern_id)
    )
    return item_id, state


def issue(coordinator, meeting_id):
    coordinator.go(f"/meetings/{meeting_id}/agenda")
    coordinator.press("Make the agenda")
    story.issue(coordinator, str(meeting_id))


def send(coordinator, move):
    """The old area's co-ordinator sends the case with its papers and the new address."""
    coordinator.go(f"/concerns/{move.concern}")
    coordinator.press("Send it to another area's MARAC")
    assert "which is out" in coordinator.text
    assert coordinator.page.get_by_label("risk.pdf").is_checked()
    coordinator.pick("to_area", str(move.far))
    coordinator.date("told_on", 2026, 6, 1)
    coordinator.pick("is_temporary", "no")
    coordinator.fill(note="She is safe with family.", address=ADDRESS, postcode=POSTCODE)
    coordinator.press("Send it")
    assert "Sent, not acknowledged yet" in coordinator.text


def take(coordinator, town, move):
    """The new area's co-ordinator takes it over, reads the papers, and says what the risk is."""
    coordinator.menu("Transfers")
    coordinator.press(the_transfer(town).reference)
    assert "All else can be read once you have taken the case over." in coordinator.text
    coordinator.press("Take the case over")
    row = the_transfer(town)
    coordinator.go(f"/transfers/{row.id}")
    assert "Taken over" in coordinator.text
    file = coordinator.page.request.get(f"{coordinator.site}/transfers/{row.id}/files/{move.file}")
    assert (file.status, file.headers["content-type"]) == (200, "application/pdf")
    coordinator.pick("why", "contact")
    coordinator.press("Show addresses and numbers")
    assert ADDRESS in coordinator.text
    coordinator.press("Say what came of it")
    coordinator.pick("risk_is", "higher")
    coordinator.date("on", 2026, 6, 1)
    coordinator.press("Save")
    assert "Assessed again: the risk is higher" in coordinator.text
    return row.received_id


def lack(new, old, town):
    """The new area misses a paper, the old one says why it does not come."""
    new.go(f"/transfers/{the_transfer(town).id}")
    new.press("Ask for a paper")
    new.pick("what", "safety_plan")
    new.press("Ask for it")
    old.go(f"/transfers/{the_transfer(town).id}")
    old.press("Answer")
    old.fill(refusal="There is none yet.")
    old.press("Send the answer")
    new.go(f"/transfers/{the_transfer(town).id}")
    assert "There is none yet." in new.text


def list_there(coordinator, town, move, received):
    """It is accepted and listed like any other concern of the new area, and comes from the old."""
    ((reference,),) = read(town, select(Concern.reference).where(Concern.id == received))
    story.accept(coordinator, reference)
    story.list_case(coordinator, str(move.there), reference)
    coordinator.go(f"/meetings/{move.there}/agenda")
    assert "From Examplefield" in coordinator.text
    issue(coordinator, move.there)
    return item_of(town, received)[0]


def contact(idva, town, received):
    """The new area's Idva has it at once, and says that she makes contact."""
    ((notice,),) = read(town, select(IdvaNotice.id).where(IdvaNotice.concern_id == received))
    idva.go(f"/idva/{notice}")
    idva.press("I will contact them")
    assert "Taken on Ida Advocate" in idva.text
    assert ADDRESS not in idva.text


def hear(coordinator, town, item_id):
    """The new area hears the case."""
    coordinator.go(f"/cases/{item_id}/hearing")
    coordinator.page.get_by_label("As a member").check()
    coordinator.page.get_by_label("I have read this and accept it").check()
    coordinator.press("Accept and go in")
    coordinator.go(f"/cases/{item_id}/hearing")
    coordinator.press("Open this case")
    for field in coordinator.page.locator("textarea[id^='note-']").all():
        field.fill("Invented: it stands in the record.")
        field.press("Tab")
        name = field.get_attribute("id").removeprefix("note-")
        saved = coordinator.page.locator(f"#form-{name} [data-saved]")
        saved.get_by_text(re.compile(r"Saved at")).wait_for()
    coordinator.go(f"/cases/{item_id}/teller")
    coordinator.pick("teller", "leaving_care_worker")
    coordinator.press("Save")
    coordinator.press("This case is heard")


def searched(visitor, *more):
    """Search the raw answer of every page that a window can reach; return how many there were."""
    found, waiting = set(), ["/home", *more]
    while waiting and len(found) < MOST:
        address = waiting.pop()
        if address in found:
            continue
        found.add(address)
        answer = visitor.page.request.get(visitor.site + address)
        body = answer.body()
        assert not [one for one in SECRETS if one in body.lower()], address
        if "text/html" in answer.headers.get("content-type", ""):
            for href in re.findall(rb'href="([^"#]+)', body):
                to = urljoin(address, href.decode().replace("&amp;", "&"))
                if to.startswith("/") and not to.startswith(("/static", "/sign-out")):
                    waiting.append(to)
    return len(found)


def doors(town, move):
    """Return the addresses of all that the move left behind, whoever they are for."""
    row = the_transfer(town)
    items = [one for (one,) in read(town, select(Item.id).where(Item.concern_id.in_(both(row))))]
    return (
        f"/transfers/{row.id}",
        *(f"/transfers/{row.id}/{what}" for what in ("ask", "answer", "risk", "return")),
        f"/transfers/{row.id}/files/{move.file}",
        *(f"/concerns/{one}{what}" for one in both(row) for what in ("", "/print")),
        *(f"/meetings/cases/{one}" for one in items),
        *(f"/cases/{one}/hearing" for one in items),
        *(f"/meetings/{one}{what}" for one in (move.here, move.there) for what in ("", "/agenda")),
    )


def both(row):
    return row.concern_id, row.received_id


def the_old_area_finds_nothing(town, move, window, site):
    """All that the old area's people can open is searched, and every door is tried."""
    for role in ("co_ordinator", "chair", "referrer", "agency_representative", "duty_desk"):
        visitor = window(site, town.accounts()[role])
        assert searched(visitor, *doors(town, move)) > 25, role


def no_mail_says_it(town):
    ended = town.run("worker", "--once")
    assert ended.returncode == 0, ended.stderr
    mails = read_mailbox(town.mailbox)
    assert mails
    for one in mails:
        parts = [part.get_payload(decode=True) or b"" for part in one.parsed().walk()]
        text = b"\n".join((one.sealed, *parts)).lower()
        assert not [secret for secret in SECRETS if secret in text], one.name


@pytest.mark.timeout(600)
def test_a_case_moves_with_its_papers_and_its_worker_and_nobody_behind_learns_where(town, window):
    move = moved_town.settle(town)
    with town.serving("--no-worker") as site:
        old = window(site, town.accounts()["co_ordinator"])
        new = window(site, own(moved_town.CO_ORDINATOR))
        phone = window(site, town.accounts()["leaving_care_worker"], size=PHONE)
        issue(old, move.here)
        first, _ = item_of(town, move.concern)
        assert len(held(town, first)) == 1
        send(old, move)
        assert len(held(town, first)) == 1  # until the other area has it

        received = take(new, town, move)
        assert item_of(town, move.concern)[1] == "withdrawn"
        assert held(town, first) == []
        old.go(f"/transfers/{the_transfer(town).id}")
        assert "Issue it again" in old.text
        lack(new, old, town)
        item_id = list_there(new, town, move, received)
        contact(window(site, own(moved_town.IDVA)), town, received)

        (invitation,) = held(town, item_id)
        phone.go(f"/invitations/{invitation}")
        phone.pick("answer", "accepted")
        phone.press("Send my answer")
        assert phone.h1 == "You will come"
        the_old_area_finds_nothing(town, move, window, site)
        assert searched(phone, *doors(town, move)) > 25
    no_mail_says_it(town)

    town.advance(days=20)
    with town.serving("--no-worker") as site:
        hear(window(site, own(moved_town.CO_ORDINATOR)), town, item_id)
        old = window(site, town.accounts()["co_ordinator"])
        old.menu("Transfers")
        assert "Heard" in old.text
    assert town.run("audit", "verify").stdout.startswith("ok ")
