"""Papers go with a case to another area: which, who reads them, what stays, what is missed."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from hub.db.files import FileStore
from hub.kernel.actor import Role
from hub.kernel.errors import ConflictError, NotFoundError, RefusedError
from hub.marac.commands.research import say_onward
from hub.marac.commands.transfer_papers import (
    AnswerAsk,
    AskPaper,
    SayRisk,
    answer_ask,
    ask_paper,
    chase_asks,
    say_risk,
)
from hub.marac.commands.transfers import ReturnTransfer, return_transfer
from hub.marac.models import AreaSetting, Transfer, TransferAsk
from hub.marac.queries.transfer_papers import Stays, asks_of, papers_left, papers_went
from hub.marac.queries.transfer_sent import sent_papers
from hub.marac.queries.transfers import papers_of, transfer_line
from hub.marac.rules.transfer_papers import Missing, PaperKey, PaperKind, RiskIs
from hub.notify.models import Message
from hub.referrals import commands
from kit.concerns import County
from kit.world import HUB
from parts.moving import ADDRESS, FIRST, KEPT, PLAN, POSTCODE, SHARED, moving
from parts.over_time import years

STAYS = (
    Stays("Example Charity", PaperKind.RESEARCH, 1),
    Stays("Testshire Police", PaperKind.FILE, 1),
)


@pytest.fixture
def case(units, clock, as_role, settings, keyring):
    story = years(County(units).settle(), clock, as_role)
    there = as_role(Role.COORDINATOR, agency_id=story.county.other_council, name="Ellis Where")
    return moving(story, there, FileStore(settings.data_dir, keyring))


def sent_to(case, transfer_id, by=None):
    with case.story.county.units.read(by or case.there) as uow:
        return sent_papers(uow, transfer_id)


def do(case, by, command, *args, **more):
    with case.story.county.units.write(by) as uow:
        return command(*args, **more, uow=uow)


def ask(case, transfer_id, by=None, what=Missing.MINUTES):
    return do(case, by or case.there, ask_paper, AskPaper(transfer_id=transfer_id, what=what))


def told_since(case):
    """Return to whom messages wait that were not sent yet, and let them be sent."""
    with case.story.county.units.write(HUB) as uow:
        waiting = uow.session.scalars(select(Message).where(Message.state != "relayed")).all()
        for one in waiting:
            one.state = "relayed"
        return [one.recipient_id for one in waiting]


def test_all_papers_may_go_but_what_its_agency_keeps(case):
    known = case.known()
    assert {one.key for one in known.papers} == {
        PaperKey(PaperKind.FILE, case.files[0]),
        PaperKey(PaperKind.RECORD, case.item),
        PaperKey(PaperKind.ACTIONS, case.item),
        PaperKey(PaperKind.RESEARCH, case.research),
    }
    assert known.stays == STAYS
    counted = {one.key.kind: (one.many, one.open_ones) for one in known.papers}
    assert counted[PaperKind.ACTIONS] == (2, 1)
    assert counted[PaperKind.RESEARCH] == (1, 0)


def test_the_receiving_area_reads_them_once_it_has_the_case(case):
    sent = case.send()
    with pytest.raises(NotFoundError):
        sent_to(case, sent)
    case.take(sent)
    found = sent_to(case, sent)
    assert [one.id for one in found.files] == [case.files[0]]
    (heard,) = found.meetings
    assert (heard.on, heard.notes) == (FIRST, (("risk_of", "Strangulation"),))
    assert {(one.text, one.state) for one in heard.actions} == {
        (PLAN, "done"),
        ("A marker on the address.", "open"),
    }
    assert [one.lines for one in heard.shared] == [(("fact", SHARED),)]
    assert KEPT not in repr(found)


def test_only_what_was_ticked_goes(case):
    sent = case.send(papers=[PaperKey(PaperKind.RECORD, case.item)])
    case.take(sent)
    found = sent_to(case, sent)
    assert found.files == ()
    assert [(one.actions, one.shared) for one in found.meetings] == [((), ())]


@pytest.mark.parametrize("at", [0, 1])
def test_what_its_agency_keeps_or_another_case_has_cannot_be_sent(case, at):
    """A paper is refused by its id alone, whatever the page offered."""
    key = (
        PaperKey(PaperKind.FILE, case.files[1]),
        PaperKey(PaperKind.RECORD, case.story.heard(case.story.refer(FIRST), FIRST)),
    )[at]
    with pytest.raises(RefusedError) as no:
        case.send(papers=[key])
    assert no.value.field == "papers"


def test_nobody_else_reads_them(case, as_role):
    sent = case.send()
    case.take(sent)
    county = case.story.county
    for somebody in (
        case.story.coordinator,
        case.story.referrer,
        as_role(Role.CHAIR, agency_id=county.other_council),
        as_role(Role.AGENCY_REPRESENTATIVE, agency_id=county.charity),
    ):
        with pytest.raises(NotFoundError):
            sent_to(case, sent, somebody)
        with pytest.raises(NotFoundError):
            ask(case, sent, somebody)


def test_an_agency_that_keeps_a_line_afterwards_takes_it_from_every_reader(case, as_role):
    sent = case.send()
    case.take(sent)
    county = case.story.county
    charity = as_role(Role.AGENCY_REPRESENTATIVE, agency_id=county.charity)
    police = as_role(Role.AGENCY_REPRESENTATIVE, agency_id=county.police)
    with pytest.raises(NotFoundError):
        do(case, police, say_onward, case.research, case.lines[0], stays_here=True)
    do(case, charity, say_onward, case.research, case.lines[0], stays_here=True)
    with pytest.raises(NotFoundError):
        do(case, case.story.coordinator, commands.say_onward, case.files[0], stays_here=True)
    do(case, case.story.referrer, commands.say_onward, case.files[0], stays_here=True)
    found = sent_to(case, sent)
    assert found.files == ()
    assert [one.shared for one in found.meetings] == [()]
    assert found.stays == (replace(STAYS[0], many=2), STAYS[1])


def test_a_returned_case_takes_its_papers_back_and_loses_nothing(case):
    sent = case.send()
    cmd = ReturnTransfer(transfer_id=sent, reason="She never came here.")
    do(case, case.there, return_transfer, cmd)
    with case.story.county.units.read(case.there) as uow, pytest.raises(NotFoundError):
        papers_of(uow, sent)
    with pytest.raises(NotFoundError):
        sent_to(case, sent)
    assert len(case.known().papers) == 4
    case.take(case.send())


@pytest.mark.parametrize(
    "said", [f"She is at {ADDRESS}.", f"Not at {POSTCODE}.", "Ring 07700 900123"]
)
def test_a_reason_that_says_where_she_is_never_reaches_the_old_area(case, said):
    sent = case.send()
    with pytest.raises(RefusedError) as no:
        do(case, case.there, return_transfer, ReturnTransfer(transfer_id=sent, reason=said))
    assert no.value.field == "reason"


def test_a_paper_is_missed_asked_for_and_sent(case, clock):
    sent = case.send(papers=[])
    with pytest.raises(NotFoundError):
        ask(case, sent)
    case.take(sent)
    asked = ask(case, sent)
    with pytest.raises(RefusedError):
        ask(case, sent)
    with case.story.county.units.read(case.story.coordinator) as uow:
        assert transfer_line(uow, sent).is_asked
        left = papers_left(uow, sent)
    assert left.keys == case.known().keys
    minutes = AnswerAsk(ask_id=asked, papers=(PaperKey(PaperKind.RECORD, case.item),))
    with pytest.raises(NotFoundError):
        do(case, case.there, answer_ask, minutes)
    do(case, case.story.coordinator, answer_ask, minutes)
    with pytest.raises(ConflictError):
        do(case, case.story.coordinator, answer_ask, minutes)
    assert [one.notes for one in sent_to(case, sent).meetings] == [(("risk_of", "Strangulation"),)]
    with case.story.county.units.read(case.story.coordinator) as uow:
        assert not transfer_line(uow, sent).is_asked
        assert len(papers_went(uow, sent).papers) == 1


def test_a_paper_is_not_sent_for_a_reason_and_silence_is_asked_again(case, clock):
    sent = case.send()
    case.take(sent)
    told_since(case)
    asked = ask(case, sent, what=Missing.SAFETY_PLAN)
    assert told_since(case) == [case.story.coordinator.account_id]
    assert do(case, HUB, chase_asks, limit=10) == 0
    clock.advance(days=2)
    assert [do(case, HUB, chase_asks, limit=10) for _ in range(2)] == [1, 0]
    coordinator = case.story.coordinator
    assert told_since(case) == [coordinator.account_id]
    for wrong in (AnswerAsk(ask_id=asked), AnswerAsk(ask_id=asked, refusal=" ")):
        with pytest.raises(RefusedError) as no:
            do(case, coordinator, answer_ask, wrong)
        assert no.value.field == "refusal"
    do(case, coordinator, answer_ask, AnswerAsk(ask_id=asked, refusal="There is none."))
    clock.advance(days=5)
    assert do(case, HUB, chase_asks, limit=10) == 0
    with case.story.county.units.read(case.there) as uow:
        assert [one.refusal for one in asks_of(uow, sent)] == ["There is none."]
    with case.story.county.units.read(HUB) as uow:
        assert uow.session.get_one(TransferAsk, asked).chase_at is None
    assert told_since(case) == [case.there.account_id]


def test_the_other_areas_own_closed_days_are_counted(case):
    with case.story.county.units.write(HUB) as uow:
        uow.session.add(
            AreaSetting(area_id=case.story.county.other_area, extra_closed_days='["2026-06-02"]')
        )
    sent = case.send()
    with case.story.county.units.read(HUB) as uow:
        row = uow.session.get_one(Transfer, sent)
        assert (row.due_on, row.chase_at.date()) == (date(2026, 6, 3), date(2026, 6, 4))


def test_the_risk_after_the_move_is_said_with_its_day_by_one_at_a_time(case):
    sent = case.send()
    with pytest.raises(NotFoundError):
        do(case, case.there, say_risk, risk(sent, 1))
    case.take(sent)
    with case.story.county.units.read(case.there) as uow:
        version = transfer_line(uow, sent).version
    with pytest.raises(RefusedError) as no:
        do(case, case.there, say_risk, risk(sent, version, on=FIRST - timedelta(days=1)))
    assert no.value.field == "on"
    with pytest.raises(NotFoundError):
        do(case, case.story.coordinator, say_risk, risk(sent, version))
    do(case, case.there, say_risk, risk(sent, version))
    with pytest.raises(ConflictError):
        do(case, case.there, say_risk, risk(sent, version))
    with case.story.county.units.read(case.there) as uow:
        found = transfer_line(uow, sent)
        assert (found.risk_is, found.risk_on) == ("higher", FIRST)
    with case.story.county.units.read(case.story.coordinator) as uow:
        assert transfer_line(uow, sent).risk_is == ""


def risk(transfer_id, version, on=FIRST):
    return SayRisk(transfer_id=transfer_id, version=version, risk_is=RiskIs.HIGHER, on=on)
