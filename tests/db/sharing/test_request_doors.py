"""Who may see a request, and how many people one account may ask about."""

from uuid import UUID

import pytest

from hub.kernel.actor import Role
from hub.kernel.errors import NotFoundError, RefusedError
from hub.sharing.access import open_asked, open_held
from hub.sharing.commands.holding import (
    declare_relation,
)
from hub.sharing.commands.sending import (
    ReplyToHolder,
    withdraw_request,
)
from hub.sharing.states import RequestState
from kit.asking import POLICY
from parts.asked import approvals, confirm, new_agency, read

# --- Who may not see it ---


def test_a_request_is_there_for_its_two_sides_only(asking):
    request_id = asking.send()
    elsewhere = asking.account(new_agency(asking, "Another Charity", "charity"), Role.DUTY_DESK)
    for nobody in (asking.stranger, elsewhere, asking.people[Role.TEAM_MANAGER]):
        with pytest.raises(NotFoundError), asking.world.units.read(nobody) as uow:
            open_asked(uow, request_id)
    for nobody in (asking.stranger, elsewhere, asking.officer):
        with pytest.raises(NotFoundError), asking.world.units.read(nobody) as uow:
            open_held(uow, request_id)
    with asking.world.units.read(asking.people[Role.TEAM_MANAGER]) as uow:
        assert open_held(uow, request_id).id == request_id


def test_somebody_of_the_holder_who_knows_the_person_has_no_such_request(asking):
    request_id = asking.send()
    desk = asking.people[Role.DUTY_DESK]
    with asking.world.write(desk) as uow:
        declare_relation(request_id, uow=uow, policy=POLICY)

    with pytest.raises(NotFoundError), asking.world.units.read(desk) as uow:
        open_held(uow, request_id)


def test_so_many_people_an_hour_and_no_more(asking):
    for number in range(POLICY.look_ups.an_hour):
        asking.send(asking.answers(subject={"family_name": f"Name {number}"}))
    with pytest.raises(RefusedError, match="within an hour"):
        asking.send(asking.answers(subject={"family_name": "One More"}))
    asking.send(asking.answers(subject={"family_name": "Name 3"}))  # about somebody again


def test_a_request_to_the_own_agency_is_none(asking):
    own = asking.account(asking.world.agency, Role.REFERRER)
    with pytest.raises(RefusedError, match="your own agency"):
        asking.send(by=own)


def test_what_is_taken_back_asks_nobody_any_more(asking):
    request_id = asking.send()
    confirm(asking, request_id, asking.world.person())
    line = asking.line(request_id)
    with asking.world.write(asking.officer) as uow:
        cmd = ReplyToHolder(request_id=request_id, text="Not needed")
        withdraw_request(cmd, uow=uow, policy=POLICY)

    assert read(asking, request_id).state == RequestState.WITHDRAWN
    assert approvals(asking, line.id) == []


def test_ids_are_random_and_say_nothing(asking):
    assert asking.send() != asking.send()
    assert isinstance(asking.send(), UUID)
