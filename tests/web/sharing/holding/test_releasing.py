"""Letting a line out, telling it by phone first, and withholding it: all of it is written down."""

import json
from datetime import UTC, date, datetime
from uuid import uuid4

import pytest
from sqlalchemy import select

from hub.kernel.actor import Role
from hub.sharing.models import Agreement, Disclosure, RequestLine
from hub.sharing.states import LineState, RequestState
from kit.world import HUB
from parts.asked import approvals, confirm, decision, read, ready, steps

RISK = "What could happen, in so many words."
WRITTEN = {
    "words": "Ring Wor Ker on Mondays",
    "worker_agrees": "yes",
    "necessity": "They plan for Friday",
    "less_intrusive": "There was none",
    "besides": "There was no time to ask her",
    "article_6": "art6_e",
    "gateway": "cda_s115",
    "method": "hub",
    "onward": "none",
    "was_told": "yes",
    "knows_nobody": "yes",
}


def manager(asking):
    return asking.people[Role.TEAM_MANAGER]


def left(asking):
    with asking.world.units.read(HUB) as uow:
        return uow.session.scalars(select(Disclosure)).one()


def kept(asking, line_id):
    with asking.world.units.read(HUB) as uow:
        return uow.session.get_one(RequestLine, line_id)


def test_a_line_leaves_in_exact_words_with_its_whole_record(asking, at):
    request_id, _ = ready(asking)
    browser = at(manager(asking))
    page = browser.get("holding.show", request_id=request_id)
    page = browser.get(page.links["Share it"])
    assert page.filled()["risk_of_sharing"] == [RISK]
    assert page.filled()["risk_of_not_sharing"] == [RISK]
    assert "We plan for her safety on Friday" in page.text

    shown = browser.fill(page, WRITTEN)

    assert "It is shared." in shown.text
    assert "Ring Wor Ker on Mondays" in shown.text
    row = left(asking)
    assert (row.shared, row.method, row.onward, row.was_told) == (
        "Ring Wor Ker on Mondays",
        "hub",
        "none",
        True,
    )
    record = json.loads(row.record)
    assert record["necessity"] == "They plan for Friday"
    assert (record["gateway"], record["article_6"]) == ("cda_s115", "art6_e")
    assert record["besides"] == "There was no time to ask her"
    assert "Article 6(1)(e): a public task" in shown.text
    assert read(asking, request_id).state == RequestState.ANSWERED


def test_nothing_that_was_typed_is_lost_while_something_lacks(asking, at):
    _, line = ready(asking)
    browser = at(manager(asking))
    page = browser.get("holding.share", line_id=line.id)

    wrong = browser.fill(page, WRITTEN | {"necessity": "", "was_told": "no", "article_6": ""})
    assert set(wrong.errors) == {"necessity", "article_6"}
    assert wrong.filled()["words"] == ["Ring Wor Ker on Mondays"]
    wrong = browser.fill(wrong, {"necessity": "Friday", "article_6": "art6_a"})
    assert wrong.errors == {"why_not_told": "Write why the person was not told"}
    wrong = browser.fill(wrong, {"why_not_told": "He reads her letters"})
    assert list(wrong.errors) == ["revisit_on-day"]
    day = {"revisit_on-day": "8", "revisit_on-month": "6", "revisit_on-year": "2026"}
    browser.fill(wrong, day)

    row = left(asking)
    assert (row.was_told, row.why_not_told, row.revisit_on) == (
        False,
        "He reads her letters",
        date(2026, 6, 8),
    )


def test_before_the_worker_has_accepted_only_the_way_to_the_service_leaves(asking, at):
    _, line = ready(asking)
    browser = at(manager(asking))
    page = browser.get("holding.share", line_id=line.id)
    assert "Turn to Example leaving care service." in page.text

    browser.fill(page, WRITTEN | {"worker_agrees": []})

    assert left(asking).shared == "Turn to Example leaving care service."


def test_of_a_hit_only_the_way_to_the_service_leaves_whatever_is_posted(asking, at):
    asking.world.person()
    what = {"categories": ["existence"], "wanted_existence": "Whether you know her"}
    request_id = asking.send(asking.answers(what=what))
    confirm(asking, request_id, asking.world.person())
    line = asking.line(request_id, "existence")
    assert decision(asking, line.id).scope == "hit_only"
    asking.approve(approvals(asking, line.id)[0], asking.people[Role.DUTY_DESK])
    browser = at(manager(asking))
    page = browser.get("holding.share", line_id=line.id)
    assert "words" not in page.filled()

    browser.send("holding.share", page.filled() | WRITTEN, line_id=line.id)

    assert left(asking).shared == "Turn to Example leaving care service."


def test_whoever_approved_reads_that_another_person_must_send_it(asking, at):
    _, line = ready(asking)
    browser = at(asking.people[Role.DUTY_DESK])
    page = browser.get("holding.share", line_id=line.id)

    wrong = browser.fill(page, WRITTEN)

    assert "You approved this item. Another person must send it." in wrong.text
    assert wrong.filled()["words"] == ["Ring Wor Ker on Mondays"]


def test_of_two_who_answer_at_once_the_later_reads_who_was_first(asking, at):
    _, line = ready(asking)
    first, second = at(manager(asking)), at(asking.people[Role.AGENCY_REPRESENTATIVE])
    page = first.get("holding.share", line_id=line.id)
    other = second.get("holding.withhold", line_id=line.id)
    first.fill(page, WRITTEN)

    late = second.post(
        "holding.withhold", other.filled() | {"why": "No"}, status=409, line_id=line.id
    )

    assert "Somebody else has changed this" in late.h1
    assert "Shared: Some Body, 1 June 2026" in late.text


def test_what_may_not_leave_is_not_shared_though_the_page_was_open(asking, at):
    _, line = ready(asking)
    browser = at(manager(asking))
    page = browser.get("holding.share", line_id=line.id)
    with asking.world.write() as uow:
        uow.session.get_one(Agreement, asking.world.agreement).status = "suspended"

    wrong = browser.fill(page, WRITTEN)

    assert "something has changed since you opened the page" in wrong.text
    with asking.world.units.read(HUB) as uow:
        assert uow.session.scalars(select(Disclosure)).all() == []


@pytest.mark.parametrize("verb", ["share", "withhold"])
def test_a_line_is_not_there_for_anybody_else(asking, at, verb):
    _, line = ready(asking)
    for actor in (
        asking.account(uuid4(), Role.AGENCY_REPRESENTATIVE),
        asking.account(asking.force, Role.AGENCY_REPRESENTATIVE),
    ):
        browser = at(actor)
        for answer in (
            browser.client.get(f"/requests-to-us/lines/{line.id}/{verb}"),
            browser.client.get(f"/requests-to-us/lines/{uuid4()}/{verb}"),
        ):
            assert answer.status_code == 404


# --- No ---


def test_a_no_keeps_its_reason_and_what_was_weighed_and_the_asker_reads_one_sentence(asking, at):
    request_id, line = ready(asking)
    browser = at(manager(asking))
    page = browser.get("holding.withhold", line_id=line.id)
    assert "Not able to share through this route" in page.text

    wrong = browser.fill(page, {"why": ""})
    assert wrong.errors == {"why": "Write why it is withheld. The asker does not see it"}
    shown = browser.fill(wrong, {"why": "He works there", "view_of_person": "She says no"})

    assert "Why it was not shared: He works there" in shown.text
    row = kept(asking, line.id)
    assert (row.state, row.withheld) == (LineState.WITHHELD, "He works there")
    assert json.loads(row.record) == {
        "risk_of_sharing": RISK,
        "risk_of_not_sharing": RISK,
        "view_of_person": "She says no",
        "advice": "",
    }
    assert read(asking, request_id).state == RequestState.REFUSED


def test_whoever_answers_declares_to_know_nobody_or_passes_it_on(asking, at):
    """Without the declaration it is held, and whoever knows somebody has no such request."""
    request_id, line = ready(asking)
    browser = at(asking.people[Role.TEAM_MANAGER])
    page = browser.get("holding.share", line_id=line.id)
    wrong = browser.fill(page, WRITTEN | {"knows_nobody": ""})
    assert wrong.errors == {
        "knows_nobody": "Confirm that you know nobody in this request, or say that you do"
    }
    assert asking.line(request_id).state == LineState.READY
    browser.fill(browser.get(wrong.links["say so"]), {})
    browser.get("holding.share", line_id=line.id, status=404)


# --- Danger now ---


def in_danger(asking):
    return asking.send(asking.answers(risk={"immediate_danger": "yes", "danger": "He has a key"}))


def test_in_danger_it_is_told_by_phone_first_and_written_down_afterwards(asking, at, clock):
    clock.set(datetime(2026, 6, 5, 21, tzinfo=UTC))
    request_id = in_danger(asking)
    browser = at(asking.people[Role.DUTY_DESK])
    shown = browser.get("holding.show", request_id=request_id)
    assert "Ring now" in shown.text
    page = browser.get(shown.links["Share now by phone"])
    assert "Tell the least that is needed." in page.text

    wrong = browser.fill(page, {})
    assert wrong.errors == {"told": "Confirm that you have told them"}
    shown = browser.fill(wrong, {"told": "yes"})

    assert "It is still to be written down." in shown.text
    assert "Do not share it" not in shown.links
    clock.advance(hours=1)
    browser = at(asking.people[Role.DUTY_DESK])
    page = browser.get(shown.links["Write it down"])
    assert page.filled()["method"] == ["phone"]
    told = {"method": "phone", "words": "Her flat is in Mill Lane"}
    told |= {"risk_of_sharing": RISK, "risk_of_not_sharing": RISK}
    asked = {
        name: WRITTEN[name]
        for name in WRITTEN
        if name not in {"besides", "worker_agrees", "knows_nobody"}
    }
    browser.fill(page, asked | told)
    row = left(asking)
    assert row.shared == "Her flat is in Mill Lane"
    assert row.shared_at == datetime(2026, 6, 5, 21, tzinfo=UTC)
    assert row.recorded_at == datetime(2026, 6, 5, 22, tzinfo=UTC)
    assert row.review_on == date(2026, 6, 8)
    assert "told_by_phone" in steps(asking, request_id)


def test_what_was_told_can_be_neither_withheld_nor_forgotten(asking, at, clock):
    request_id = in_danger(asking)
    line = asking.line(request_id)
    browser = at(asking.people[Role.DUTY_DESK])
    page = browser.get("holding.share", line_id=line.id)
    browser.fill(page, {"told": "yes"})

    refused = browser.post("holding.withhold", {"why": "No"}, line_id=line.id)

    assert "This was told by phone already. Write down what was told." in refused.text


def test_what_is_in_no_danger_is_not_told_by_phone_first(asking, at):
    _, line = ready(asking)
    browser = at(manager(asking))

    refused = browser.post("holding.told", {"told": "yes"}, line_id=line.id)

    assert "This may not be told by phone first." in refused.text
    assert kept(asking, line.id).told_at is None
