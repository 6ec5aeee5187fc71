"""Subject access requests on pages: taken in, the pack judged item by item, let out, printed."""

import pytest
from sqlalchemy import select, update

from hub.kernel.actor import Role
from hub.referrals.models import Party
from hub.sharing.commands.subject_access import NOT_THIS_WAY
from hub.sharing.models import PackItem, SubjectAccess
from kit.world import HUB
from parts.packs import proved

DAY = {"received_on-day": "1", "received_on-month": "6", "received_on-year": "2026"}
WHOLE = {"verdict": "include", "why": "They know it"}


def access_id(told):
    with told.asking.world.units.read(HUB) as uow:
        return uow.session.scalars(select(SubjectAccess.id)).one()


def item_ids(told, keeper="service"):
    with told.asking.world.units.read(HUB) as uow:
        rows = uow.session.execute(
            select(PackItem.kind, PackItem.id).where(PackItem.keeper == keeper)
        )
        return dict(rows.all())


@pytest.fixture
def coordinator(told):
    return told.asking.account(told.asking.world.agency, Role.COORDINATOR)


@pytest.fixture
def concern(told):
    concern_id = told.asking.world.concern_about(
        [(told.person, "victim"), (None, "alleged_perpetrator")]
    )
    with told.asking.world.write() as uow:
        uow.session.execute(
            update(Party)
            .where(Party.concern_id == concern_id, Party.role == "alleged_perpetrator")
            .values(given_name="Rufus", family_name="Thistle")
        )
    return concern_id


def test_it_is_taken_in_proved_and_takes_longer(told, at):
    manager = at(told.manager)
    person = {"person_id": told.person}
    wrong = manager.fill(manager.get("rights.access_new", **person), {})
    assert set(wrong.errors) == {"received_on-day", "asks"}
    named = DAY | {"asks": "representative"}
    assert set(manager.post("rights.access_new", named, status=422, **person).errors) == {"name"}
    named["name"] = "Sol Icitor"
    assert set(manager.post("rights.access_new", named, status=422, **person).errors) == {
        "representative"
    }
    manager.send("rights.access_new", DAY | {"asks": "person"}, **person)
    assert "Not proved who asks" in manager.get("rights.access", **person).text
    one = {"access_id": access_id(told)}
    assert "First write down" in manager.get("rights.pack", **one).text
    form = manager.get("rights.access_step", name="proved", **one)
    assert manager.fill(form, {}).errors == {"words": "Enter how it was proved who asks"}
    manager.send("rights.access_step", {"words": "Passport"}, name="proved", **one)
    assert "Answer by 1 July 2026" in manager.get("rights.access", **person).text
    manager.send("rights.access_step", {"words": "Two cases"}, name="longer", **one)
    assert "Answer by 1 September 2026" in manager.get("rights.access", **person).text


def test_the_other_side_is_refused_without_a_word_of_why(told, at, concern):
    manager = at(told.manager)
    named = DAY | {"asks": "representative", "name": "Rufus Thistle", "representative": "Letter"}
    page = manager.post("rights.access_new", named, status=422, person_id=told.person)
    assert NOT_THIS_WAY in page.text
    assert "perpetrator" not in page.text
    assert "Letter" in page.text  # what was typed is kept


def test_a_pack_goes_item_by_item_and_by_two_people(told, at):
    manager, lead = at(told.manager), at(told.lead)
    one = {"access_id": proved(told).access_id}
    assert "Draw the pack up" in manager.get("rights.pack", **one).text
    manager.send("rights.pack_draw", {}, **one)
    assert "0 of 4 items looked at" in manager.get("rights.pack", **one).text
    items = item_ids(told)
    first = {"pack_item_id": items["register"]}
    form = manager.get("rights.pack_item", **first)
    assert manager.fill(form, {"why": "A word"}).errors == {"verdict": "Choose what becomes of it"}
    wrong = manager.fill(form, {"verdict": "withhold", "why": "A plan"})
    assert wrong.errors == {"exemption": "Choose why it is withheld"}
    following = manager.fill(form, {"verdict": "redact", "redacted": "In spring"})
    assert "Who your worker is or was" in following.text
    stale = manager.fill(form, WHOLE)
    assert "changed this item" in stale.text
    reason = {"verdict": "withhold", "exemption": "third_party", "why": "It names a friend"}
    manager.fill(manager.get("rights.pack_item", pack_item_id=items["request"]), reason)
    for kind in ("allocation", "disclosure"):
        form = manager.get("rights.pack_item", pack_item_id=items[kind])
        manager.fill(form, WHOLE)
    assert "The pack is ready" in manager.get("rights.pack", **one).text
    manager.send("rights.access_step", {"words": "By hand"}, name="prepared", **one)
    manager.send("rights.access_release", {}, **one)
    assert "second person" in manager.get("rights.pack", **one).text
    lead.get("rights.access_copy", status=404, **one)
    shown = lead.get("rights.access_release", **one)
    assert "about somebody else, who has not agreed" in shown.text
    assert "It names a friend" in shown.text
    assert "In spring" in shown.text
    lead.fill(shown, {})
    assert "Answered" in manager.get("rights.access", person_id=told.person).text
    copy = lead.get("rights.access_copy", **one)
    assert "In spring" in copy.text
    assert "Zebedee" not in copy.text
    assert "It names a friend" not in copy.text
    assert "let out" in manager.get("rights.pack_item", **first).text


def test_a_co_ordinator_judges_what_comes_from_a_marac(told, at, coordinator, concern):
    packing = proved(told)
    packing.draw()
    shown = at(told.manager).get("rights.pack", access_id=packing.access_id)
    assert "2 more items with the co-ordinator of the MARAC in Testshire" in shown.text
    items = item_ids(told, "co_ordinator")
    judge = at(coordinator)
    assert len(judge.get("rights.judge_list").text.split("raised")) > 1
    form = judge.get("rights.judge", pack_item_id=items["concern"])
    following = judge.fill(form, WHOLE)
    assert "What a concern says of you" in following.text
    assert "Nothing waits for you" in judge.fill(following, WHOLE).text
    for other in (told.manager, told.lead):
        at(other).get("rights.pack_item", status=404, pack_item_id=items["concern"])
    own = item_ids(told)["register"]
    judge.get("rights.judge", status=404, pack_item_id=own)


def test_a_lead_sees_which_requests_press(told, at, clock):
    proved(told)
    clock.advance(days=40)
    lead = at(told.lead)
    assert "1 request for what is held" in lead.get("home.show").text
    shown = lead.get("rights.access_due")
    assert "Late" in shown.text
    assert "1 July 2026" in shown.text
    assert "No request is open" in at(told.elsewhere).get("rights.access_due").text


def test_for_anybody_else_there_is_nothing(told, at):
    packing = proved(told)
    packing.draw()
    one, item = {"access_id": packing.access_id}, {"pack_item_id": item_ids(told)["register"]}
    stranger = at(told.elsewhere)
    stranger.get("rights.access", status=404, person_id=told.person)
    stranger.get("rights.access_new", status=404, person_id=told.person)
    stranger.get("rights.access_step", status=404, name="proved", **one)
    for endpoint in ("rights.pack", "rights.access_release", "rights.access_copy"):
        stranger.get(endpoint, status=404, **one)
    stranger.get("rights.pack_item", status=404, **item)
    stranger.post("rights.pack_draw", {}, status=404, **one)
    stranger.post("rights.access_release", {}, status=404, **one)
    stranger.post("rights.pack_item", WHOLE, status=404, **item)
