"""A message to a worker: who reads it, what lets it be answered, and what comes back."""

from datetime import date
from uuid import uuid4

import pytest
from sqlalchemy import select

from hub.agencies.models import Absence
from hub.kernel.actor import Role
from hub.kernel.errors import NotAllowedError, NotFoundError, RefusedError
from hub.notify.models import Message
from hub.people.models import Allocation, Conflict, LookUp
from hub.sharing.access import open_held, open_message
from hub.sharing.commands.releasing import WithholdLine, withhold_line
from hub.sharing.models import Disclosure
from hub.sharing.queries.asked import asked_sheet, shared_texts
from hub.sharing.queries.asked_rows import Seen
from hub.sharing.queries.messages import messages_waiting
from hub.sharing.states import LineState, RequestState
from kit.asking import POLICY
from kit.world import TODAY
from parts.asked import confirm, read, steps
from parts.messages import WORDS, answered, left, let_go, message, worker_of, written


def opens(asking, request_id, actor):
    with asking.world.units.read(actor) as uow:
        try:
            return open_message(uow, request_id).id == request_id
        except NotFoundError:
            return False


def told(asking, contact_or_account):
    with asking.world.units.read(asking.officer) as uow:
        rows = uow.session.scalars(
            select(Message.facts).where(Message.recipient_id == contact_or_account)
        )
        return [facts for facts in rows if "/messages/" in facts]


def test_it_needs_no_more_than_who_what_and_why_and_is_looked_up_like_any_other(asking):
    request_id = asking.send(message(asking))
    row = read(asking, request_id)
    assert (row.state, row.pattern) == (RequestState.WITH_HOLDER, "message")
    with asking.world.units.read(asking.officer) as uow:
        assert uow.session.scalars(select(LookUp.about_id)).all() == [request_id]


def test_nobody_reads_it_before_the_desk_has_confirmed_who_is_meant(asking):
    worker, request_id = worker_of(asking), asking.send(message(asking))
    asking.world.person()  # on the register, and nobody has said yet that she is meant
    assert not opens(asking, request_id, worker)
    assert not opens(asking, request_id, asking.people[Role.DUTY_DESK])
    assert told(asking, worker.account_id) == []


def test_the_worker_reads_it_and_writes_back_once_the_desk_agrees(asking):
    worker, request_id = worker_of(asking), written(asking)
    assert len(told(asking, worker.account_id)) == 1
    assert opens(asking, request_id, worker)
    with pytest.raises(RefusedError, match="not be answered yet"):
        answered(asking, request_id, worker)
    let_go(asking, request_id)
    with pytest.raises(RefusedError, match="what you write back"):
        answered(asking, request_id, worker, words="  ")
    with asking.world.units.read(worker) as uow:
        assert [row.state for row in messages_waiting(uow)] == [LineState.READY]
    answered(asking, request_id, worker)

    with asking.world.units.read(asking.officer) as uow:
        (text,) = shared_texts(uow, request_id)
        left_it = uow.session.scalars(select(Disclosure)).one()
    assert text.words == WORDS
    assert (left_it.shared_by, left_it.category) == (worker.account_id, "worker_contact")
    assert "She trusts nobody else" in left_it.record  # why, and the risks as the desk wrote them
    assert "What could happen" in left_it.record
    assert read(asking, request_id).state == RequestState.ANSWERED
    with pytest.raises(RefusedError, match="already"):
        answered(asking, request_id, worker)
    with asking.world.units.read(worker) as uow:
        assert messages_waiting(uow) == ()


def test_nothing_back_reads_as_nobody_known(asking):
    worker, request_id = worker_of(asking), written(asking)
    with pytest.raises(RefusedError):
        left(asking, request_id, worker, why=" ")
    left(asking, request_id, worker)
    unknown = asking.send(message(asking, subject={"family_name": "Nobodyhere"}))
    with asking.world.write(asking.people[Role.TEAM_MANAGER]) as uow:
        cmd = WithholdLine(line_id=asking.line(unknown).id, why="Not ours")
        withhold_line(cmd, uow=uow, policy=POLICY)
    for each in (request_id, unknown):
        with asking.world.units.read(asking.officer) as uow:
            sheet = asked_sheet(uow, each)
        assert [one.seen for one in sheet.categories] == [Seen.NOT_SHARED]
        assert sheet.state == RequestState.REFUSED
    assert [one for one in steps(asking, request_id) if "message" in one] == []


def test_what_the_table_does_not_allow_is_not_answered(asking):
    """For a purpose that no safety speaks for, nobody having asked her, the table waits."""
    worker = worker_of(asking)
    request_id = written(asking, why={"purpose": "support"})
    assert asking.line(request_id).state in {LineState.HELD, LineState.REFUSING}
    with pytest.raises(RefusedError):
        answered(asking, request_id, worker)
    assert read(asking, request_id).state == RequestState.WITH_HOLDER


def test_it_is_there_for_the_worker_and_the_desk_and_nobody_else(asking):
    worker, request_id = worker_of(asking), written(asking)
    let_go(asking, request_id)
    colleague = asking.account(
        asking.world.agency, Role.LEAVING_CARE_WORKER, contact_id=asking.world.deputy
    )
    elsewhere = asking.account(asking.force, Role.DUTY_DESK)
    nobody = asking.account(asking.world.agency, Role.LEAVING_CARE_WORKER)
    for somebody in (colleague, elsewhere, nobody, asking.officer, asking.stranger):
        assert not opens(asking, request_id, somebody)
        with pytest.raises(NotFoundError):
            answered(asking, request_id, somebody)
        with pytest.raises(NotFoundError):
            left(asking, request_id, somebody)
    assert opens(asking, request_id, asking.people[Role.TEAM_MANAGER])
    with pytest.raises(NotFoundError), asking.world.units.read(worker) as uow:
        open_held(uow, request_id)  # the worker has the message, not the desk's page of it
    with pytest.raises(NotAllowedError):  # who agreed that it may be answered does not answer
        answered(asking, request_id, asking.people[Role.DUTY_DESK])
    answered(asking, request_id, asking.people[Role.TEAM_MANAGER])


def test_an_ordinary_request_is_never_a_workers(asking):
    worker, request_id = worker_of(asking), written(asking)
    ordinary = asking.send()
    with asking.world.write() as uow:
        row = uow.session.get_one(type(read(asking, ordinary)), ordinary)
        row.person_id = read(asking, request_id).person_id
    assert not opens(asking, ordinary, worker)


def test_who_covers_has_it_and_who_no_longer_works_with_her_has_it_not(asking):
    worker, request_id = worker_of(asking), written(asking)
    cover = asking.account(
        asking.world.agency, Role.LEAVING_CARE_WORKER, contact_id=asking.world.deputy
    )
    with asking.world.write() as uow:
        uow.session.add(
            Absence(
                id=uuid4(),
                contact_id=asking.world.worker,
                from_on=TODAY,
                until_on=date(2026, 6, 20),
                cover_id=asking.world.deputy,
            )
        )
    assert opens(asking, request_id, cover)
    let_go(asking, request_id)
    assert len(told(asking, cover.account_id)) == 1
    with asking.world.write() as uow:
        uow.session.scalars(select(Allocation)).one().until_on = TODAY
    assert not opens(asking, request_id, worker)
    assert not opens(asking, request_id, cover)


def test_a_worker_whom_a_conflict_keeps_away_has_none_and_the_desk_is_told(asking):
    worker = worker_of(asking)
    person_id = asking.world.person()
    with asking.world.write() as uow:
        uow.session.add(
            Conflict(contact_id=asking.world.worker, person_id=person_id, declared_at=uow.now)
        )
    request_id = asking.send(message(asking))
    confirm(asking, request_id, person_id)
    assert not opens(asking, request_id, worker)
    assert told(asking, worker.account_id) == []
    assert len(told(asking, asking.people[Role.AGENCY_REPRESENTATIVE].account_id)) == 1
