"""What tests of requests read, and do between the lines."""

from uuid import uuid4

from sqlalchemy import select

from hub.agencies.models import Agency
from hub.kernel.actor import Role
from hub.people.commands.deciding import (
    ConfirmIdentity,
    confirm_identity,
    put_forward,
)
from hub.people.models import IdentityCheck, Person
from hub.sharing.commands.releasing import share_line
from hub.sharing.models import (
    Approval,
    InformationRequest,
    RequestStep,
    SharingDecision,
)
from hub.sharing.states import LineState
from kit.asking import POLICY


def read(asking, request_id):
    with asking.world.units.read(asking.officer) as uow:
        return uow.session.get_one(InformationRequest, request_id)


def approvals(asking, line_id, state="asked"):
    with asking.world.units.read(asking.officer) as uow:
        return uow.session.scalars(
            select(Approval)
            .where(Approval.line_id == line_id, Approval.state == state)
            .order_by(Approval.letter)
        ).all()


def decision(asking, line_id):
    with asking.world.units.read(asking.officer) as uow:
        return uow.session.scalars(
            select(SharingDecision)
            .where(SharingDecision.line_id == line_id, SharingDecision.direction == "to_asker")
            .order_by(SharingDecision.number.desc())
            .limit(1)
        ).one()


def confirm(asking, request_id, person_id):
    """Answer the desk's question who is meant."""
    desk = asking.people[Role.DUTY_DESK]
    with asking.world.write(desk) as uow:
        check = uow.session.scalars(
            select(IdentityCheck).where(IdentityCheck.concern_id == request_id)
        ).one()
        reference = uow.session.get_one(Person, person_id).reference
        put_forward(check.id, check.version, reference, uow=uow)
        cmd = ConfirmIdentity(
            check_id=check.id,
            version=check.version,
            person_id=person_id,
            facts=frozenset({"date_of_birth", "address"}),
        )
        confirm_identity(cmd, uow=uow)


def share(asking, line, by=Role.TEAM_MANAGER, **other):
    with asking.world.write(asking.people[by]) as uow:
        return share_line(asking.share(line.id, **other), uow=uow, policy=POLICY)


def steps(asking, request_id):
    with asking.world.units.read(asking.officer) as uow:
        return uow.session.scalars(
            select(RequestStep.action)
            .where(RequestStep.request_id == request_id)
            .order_by(RequestStep.number)
        ).all()


def ready(asking):
    """Return a request and its line that may leave."""
    request_id = asking.send()
    confirm(asking, request_id, asking.world.person())
    line = asking.line(request_id)
    asking.approve(approvals(asking, line.id)[0], asking.people[Role.DUTY_DESK])
    assert asking.line(request_id).state == LineState.READY
    return request_id, line


def new_agency(asking, name, kind):
    agency_id = uuid4()
    with asking.world.write() as uow:
        uow.session.add(Agency(id=agency_id, name=name, kind=kind))
    return agency_id
