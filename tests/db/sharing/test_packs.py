"""A pack of what is held: drawn, marked, judged by whom it is for, given once, and never wider."""

import json
from hashlib import sha256

import pytest
from sqlalchemy import select, text, update
from sqlalchemy.exc import DatabaseError

from hub.db.engine import writing
from hub.kernel.actor import Role
from hub.kernel.errors import ConflictError, NotFoundError, RefusedError
from hub.marac.models import Action, EqualityAnswer, HearingNote
from hub.meetings.models import Item
from hub.people.commands.linking import Link, link_to_case
from hub.people.models import Conflict, IdentityCheck, Person, PersonAddress
from hub.people.states import LinkKind
from hub.referrals.models import Party
from hub.sharing.commands.log_marks import MarkLine, mark_line
from hub.sharing.commands.subject_access import NOT_THIS_WAY
from hub.sharing.models import PackGiven
from hub.sharing.queries.packs import given_pack, judged_rows
from hub.sharing.rules.pack import Exemption, Keeper, PackVerdict, Said
from hub.sharing.rules.told_log import LogKind
from hub.wiring.packs import LOG_SOURCES
from kit.world import HUB
from parts.consenting import answer, yes
from parts.packs import WHOLE, asked, proved
from parts.rights import shared_about

WITHHELD = Said(verdict=PackVerdict.WITHHOLD, exemption=Exemption.CRIME, why="A plan")
CUT = Said(verdict=PackVerdict.REDACT, redacted="Born in spring")


@pytest.fixture
def told(asking):
    """Somebody with an address and a consent, about whom an officer was told something."""
    told = shared_about(asking)
    with asking.world.write() as uow:
        uow.session.add(
            PersonAddress(id=uow.new_id(), person_id=told.person, lines="1 Nowhere Lane")
        )
    answer(asking.world, yes(asking.world, told.person))
    return told


@pytest.fixture
def coordinator(asking):
    return asking.account(asking.world.agency, Role.COORDINATOR)


def concern(told, role="victim", other="alleged_perpetrator"):
    """Let the person be in a concern beside somebody called Rufus Thistle."""
    concern_id = told.asking.world.concern_about([(told.person, role), (None, other)])
    with told.asking.world.write() as uow:
        uow.session.execute(
            update(Party)
            .where(Party.concern_id == concern_id, Party.role == other)
            .values(given_name="Rufus", family_name="Thistle")
        )
    return concern_id


def test_it_holds_all_that_is_held_and_marks_what_needs_a_second_look(told):
    concern_id = concern(told)
    packing = proved(told)
    packing.draw()
    assert sorted(one.kind for one in packing.items()) == [
        "addresses", "allocation", "concern", "consent", "disclosure", "named", "register",
        "request",
    ]  # fmt: skip
    said = {one.kind: one for one in packing.items()}
    assert "1 Nowhere Lane" in said["addresses"].original
    assert "Zebedee" in said["register"].original
    assert "We would tell the hostel who your worker is." in said["consent"].original
    assert "Ring the duty desk" in said["disclosure"].original
    assert "Testshire Police" in said["request"].original
    assert {kind: one.marks for kind, one in said.items()} == {
        "addresses": "safe_address",
        "allocation": "",
        "concern": "third_party free_text",
        "consent": "free_text",
        "disclosure": "free_text",
        "named": "safe_address free_text",
        "register": "",
        "request": "third_party free_text",
    }
    for kind in ("concern", "named"):
        of_the_co_ordinator = (said[kind].keeper, said[kind].area_id, said[kind].case_id)
        assert of_the_co_ordinator == ("co_ordinator", told.asking.world.area, concern_id)
    assert {one.keeper for kind, one in said.items() if kind not in {"concern", "named"}} == {
        "service"
    }


def test_drawn_again_it_adds_what_is_new_and_asks_again_for_what_changed(told, clock):
    packing = proved(told)
    packing.draw()
    packing.judge(packing.item("register"), CUT)
    packing.judge_all()
    packing.prepare()
    kept = packing.item("disclosure").judged_at
    clock.advance(days=1)
    with told.asking.world.write() as uow:
        uow.session.get_one(Person, told.person).known_as = "Zed"
    with pytest.raises(RefusedError, match="changed"):
        packing.release()
    answer(told.asking.world, yes(told.asking.world, told.person, own_words="And Dave"))
    packing.draw()
    waits = [one for one in packing.items() if one.verdict is None]
    assert sorted(one.kind for one in waits) == ["consent", "register"]
    changed = packing.item("register")
    assert (changed.redacted, changed.changed_at is not None) == ("Born in spring", True)
    assert "Zed" in changed.original
    assert packing.item("disclosure").judged_at == kept
    with pytest.raises(RefusedError):
        packing.release()  # nobody has prepared it as it is now


def test_a_mark_of_harm_on_the_log_takes_a_verdict_back(told):
    packing = proved(told)
    packing.draw()
    packing.judge_all()
    with told.asking.world.write(told.second) as uow:
        line = MarkLine(
            person_id=told.person, kind=LogKind.SHARED, entry_id=told.disclosure, reason="He reads"
        )
        mark_line(line, uow=uow, sources=LOG_SOURCES)
    packing.draw()
    item = packing.item("disclosure")
    assert (item.verdict, item.marks) == (None, "harm free_text")
    with pytest.raises(RefusedError) as no:
        packing.judge(item, Said(verdict=PackVerdict.INCLUDE))
    assert no.value.field == "why"


def test_what_is_no_longer_held_about_them_is_left_out(told, coordinator):
    concern_id = concern(told)
    packing = proved(told)
    packing.draw()
    packing.judge_all()
    packing.judge_all(coordinator, Keeper.COORDINATOR)
    with told.asking.world.write() as uow:  # it was somebody else after all
        uow.session.execute(
            update(IdentityCheck)
            .where(IdentityCheck.concern_id == concern_id)
            .values(person_id=None, state="open")
        )
    packing.draw()
    assert all(one.gone_at is not None for one in packing.items("concern"))
    with pytest.raises(RefusedError):
        packing.judge(packing.item("concern"), by=coordinator)
    packing.prepare()
    packing.release()
    with told.asking.world.units.read(HUB) as uow:
        given = given_pack(uow, packing.access_id)
    assert {one.kind for one in given.sections}.isdisjoint({"concern", "named"})


def test_what_comes_from_a_marac_is_its_co_ordinators_alone(told, coordinator):
    concern_id = concern(told)
    packing = proved(told)
    packing.draw()
    item = packing.item("concern")
    elsewhere = told.asking.account(told.asking.force, Role.COORDINATOR)
    linked = told.asking.account(told.asking.world.agency, Role.COORDINATOR)
    with told.asking.world.write() as uow:
        kind = LinkKind.ALLEGED_PERPETRATOR
        link_to_case(Link(case_id=concern_id, kind=kind, account_id=linked.account_id), uow=uow)
    for other in (told.manager, told.lead, elsewhere, linked, told.asking.officer, HUB):
        with pytest.raises(NotFoundError):
            packing.judge(item, by=other)
    with pytest.raises(NotFoundError):
        packing.judge(packing.item("register"), by=coordinator)
    waiting = {}
    for who in (coordinator, elsewhere, linked, told.manager):
        with told.asking.world.units.read(who) as uow:
            waiting[who] = [len(one.items) for one in judged_rows(uow)]
    assert list(waiting.values()) == [[2], [], [], []]
    packing.judge_all()
    with pytest.raises(RefusedError, match="every item"):
        packing.prepare()
    packing.judge(item, Said(verdict=PackVerdict.REDACT, redacted="You were heard"), coordinator)
    packing.judge_all(coordinator, Keeper.COORDINATOR)
    packing.prepare()


def test_the_record_of_a_meeting_is_its_co_ordinators_too(told, coordinator):
    world = told.asking.world
    item_id = world.list(world.meeting(), concern(told))
    with world.write() as uow:
        note = {"item_id": item_id, "saved_by": coordinator.account_id, "saved_at": uow.now}
        known = {"number": 1, "answers": '{"is_disabled": "yes"}', "source": "idva"}
        uow.session.add(
            EqualityAnswer(
                id=uow.new_id(),
                concern_id=uow.session.get_one(Item, item_id).concern_id,
                recorded_by=coordinator.account_id,
                recorded_at=uow.now,
                **known,
            )
        )
        uow.session.add(HearingNote(id=uow.new_id(), field="idva_view", text="She hides", **note))
        uow.session.add(
            Action(
                id=uow.new_id(),
                reference=uow.ids.reference(),
                item_id=item_id,
                text="Change the locks",
                risk="He has a key",
                agency_id=world.agency,
                owner_id=coordinator.account_id,
                due_on=uow.today,
                may_tell_victim=False,
                proposed_by=coordinator.account_id,
                proposed_at=uow.now,
            )
        )
    packing = proved(told)
    packing.draw()
    found = {one.kind: one for one in packing.items() if one.keeper == Keeper.COORDINATOR}
    assert set(found) == {"action", "concern", "equality", "named", "note"}
    assert "disability yes" in found["equality"].original
    assert found["note"].original == "What the Idva says, and what the victim wants: She hides"
    assert found["note"].marks == "third_party free_text"
    assert found["action"].marks == "harm third_party free_text"
    assert packing.items("invitation")  # the worker was asked, and the service knows that


def test_who_is_said_to_have_caused_harm_is_given_nothing_of_the_case(told, coordinator):
    concern(told, role="alleged_perpetrator", other="victim")
    packing = proved(told)
    packing.draw()
    accused = packing.items("concern") + packing.items("named")
    for item in accused:
        assert "other_side" in item.marks.split()
        for said in (WHOLE, Said(verdict=PackVerdict.REDACT, redacted="A little")):
            with pytest.raises(RefusedError) as no:
                packing.judge(item, said, coordinator)
            assert no.value.field == "verdict"
        packing.judge(item, WITHHELD, coordinator)
    packing.judge_all()
    packing.prepare()
    packing.release()
    with told.asking.world.units.read(HUB) as uow:
        given = given_pack(uow, packing.access_id)
    assert given.withheld == 2
    assert not any("Thistle" in one.text for one in given.sections)


@pytest.mark.parametrize("typed", ["Rufus Thistle", "Mr THISTLE, R\u00fafus"])
def test_the_other_side_of_a_case_is_nobodys_representative(told, typed):
    concern(told)
    named = {"asks": "representative", "name": typed, "representative": "A letter"}
    with pytest.raises(RefusedError) as no:
        asked(told, **named)
    assert (no.value.why, no.value.field) == (NOT_THIS_WAY, None)
    asked(told, **(named | {"name": "Rufus Nettle"}))


def test_a_case_that_comes_later_stops_what_was_prepared_for_the_other_side(told, coordinator):
    packing = proved(told, asks="representative", name="Rufus Thistle", representative="A letter")
    packing.draw()
    packing.judge_all()
    packing.prepare()
    concern(told)
    with pytest.raises(RefusedError) as no:
        packing.release()
    assert no.value.why == NOT_THIS_WAY


def test_somebody_kept_from_the_person_is_nobodys_representative(told):
    world = told.asking.world
    with world.write() as uow:
        uow.session.add(
            Conflict(contact_id=world.deputy, person_id=told.person, declared_at=uow.now)
        )
    with pytest.raises(RefusedError, match="cannot be answered"):
        asked(told, asks="representative", name="Dep Uty", representative="A letter")


def test_two_who_judge_at_once_do_not_write_over_each_other(told):
    packing = proved(told)
    packing.draw()
    item = packing.item("register")
    packing.judge(item)
    with pytest.raises(ConflictError):
        packing.judge(item, WITHHELD, told.second)
    packing.judge(packing.item("register"), WITHHELD, told.second)
    assert packing.item("register").exemption == "crime"


def test_what_was_given_is_on_a_record_that_nobody_changes(told, engine):
    packing = proved(told)
    packing.draw()
    packing.judge(packing.item("register"), CUT)
    packing.judge(packing.item("consent"), WITHHELD)
    packing.judge_all()
    packing.prepare()
    packing.release()
    with told.asking.world.units.read(HUB) as uow:
        row = uow.session.scalars(select(PackGiven)).one()
        given = given_pack(uow, packing.access_id)
    assert (row.whole, row.redacted, row.withheld) == (4, 1, 1)
    assert row.given_by == told.lead.account_id
    assert row.sha256 == sha256(row.contents.encode()).hexdigest()
    said = {one["kind"]: one for one in json.loads(row.contents)}
    assert said["register"]["sha256"] == sha256(b"Born in spring").hexdigest()
    assert (said["consent"]["exemption"], given.is_intact) == ("crime", True)
    texts = [one.text for one in given.sections]
    assert texts[0] == "Born in spring"
    assert not any("hostel" in one for one in texts)
    with pytest.raises(DatabaseError, match="append-only"), writing(engine).begin() as connection:
        connection.execute(text("UPDATE pack_given SET whole = 9"))
    for act in (packing.draw, packing.prepare, lambda: packing.judge(packing.item("register"))):
        with pytest.raises(RefusedError):
            act()
    with told.asking.world.write() as uow:  # what no command does shows on the copy
        uow.session.scalars(select(PackGiven)).one()
        item = next(one for one in packing.items() if one.kind == "register")
        uow.session.merge(item).redacted = "More"
    with told.asking.world.units.read(HUB) as uow:
        assert not given_pack(uow, packing.access_id).is_intact


def test_for_anybody_else_there_is_no_pack(told):
    packing = proved(told)
    packing.draw()
    for other in (told.elsewhere, told.siro, told.asking.officer):
        with pytest.raises(NotFoundError):
            packing.draw(other)
        with pytest.raises(NotFoundError):
            packing.judge(packing.item("register"), by=other)
        with pytest.raises(NotFoundError):
            packing.release(other)


def test_words_and_marks_lie_sealed(told):
    packing = proved(told)
    packing.draw()
    packing.judge(packing.item("register"), Said(verdict=PackVerdict.REDACT, redacted="CANARY"))
    with told.asking.world.units.read(HUB) as uow:
        rows = uow.session.execute(
            text("SELECT original, redacted, marks FROM pack_item WHERE kind = 'register'")
        ).one()
    assert not any(b"CANARY" in bytes(one) or b"Zebedee" in bytes(one) for one in rows)
