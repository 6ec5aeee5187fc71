"""What tests of a person's rights start from: something that was shared, and who looks after it."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from hub.kernel.actor import Actor, Role
from kit.asking import Asking
from parts.asked import approvals, confirm, share


@dataclass
class Shared:
    """A person of the small county about whom an officer was told something."""

    asking: Asking
    person: UUID
    request: UUID
    disclosure: UUID
    manager: Actor
    second: Actor
    lead: Actor
    siro: Actor
    elsewhere: Actor


def shared_about(asking: Asking, **other: Any) -> Shared:
    """Let the service answer an officer's request, and give those who look after rights accounts.

    ``other`` is what is said when it is let out.
    """
    person = asking.world.person()
    request = asking.send()
    confirm(asking, request, person)
    line = asking.line(request)
    asking.approve(approvals(asking, line.id)[0], asking.people[Role.DUTY_DESK])
    disclosure = share(asking, line, **other)
    world = asking.world
    return Shared(
        asking=asking,
        person=person,
        request=request,
        disclosure=disclosure,
        manager=asking.people[Role.TEAM_MANAGER],
        second=asking.account(world.agency, Role.DUTY_DESK),
        lead=asking.account(world.agency, Role.GOVERNANCE_LEAD),
        siro=asking.account(world.agency, Role.SIRO),
        elsewhere=asking.account(asking.force, Role.GOVERNANCE_LEAD, Role.TEAM_MANAGER),
    )
