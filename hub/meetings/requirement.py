"""The answer to "who must be invited": the invitations that are due and what stands in the way.

The words are those of the hub's public interface, section 6. Everything is an opaque id or one of
a short list of words, so that an answer can be logged, compared and handed on without naming
anybody.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class Route(StrEnum):
    """On which ground somebody is looked for: the leaving care service, or social work besides."""

    LEAVING_CARE = "leaving_care"
    SOCIAL_WORK = "social_work"


class Step(StrEnum):
    """The rung of the ladder on which a recipient stands."""

    NAMED_WORKER = "named_worker"
    COVER = "cover"
    DEPUTY = "deputy"
    TEAM_MANAGER = "team_manager"
    DUTY_DESK = "duty_desk"
    OTHER_DESK = "other_desk"


class Why(StrEnum):
    """Why a recipient was passed over."""

    LEFT = "left"
    ABSENT = "absent"
    BARRED = "barred"
    BOTH_SIDES = "both_sides"
    OTHER_SIDE = "other_side"
    UNVERIFIED = "unverified"
    STALE = "stale"


class ProblemKind(StrEnum):
    """What a named person has to settle or to record a reason for."""

    CARE_STATUS_UNCONFIRMED = "care_status_unconfirmed"
    RECORDED_AS_DIED = "recorded_as_died"
    DATE_OF_BIRTH_UNKNOWN = "date_of_birth_unknown"
    DUTY_ENDED_AT_25 = "duty_ended_at_25"
    NO_SOCIAL_WORKER = "no_social_worker"
    NO_NAMED_WORKER = "no_named_worker"
    NO_RESPONSIBLE_SERVICE = "no_responsible_service"
    AGREEMENT_NOT_IN_FORCE = "agreement_not_in_force"
    NOBODY_REACHABLE = "nobody_reachable"
    WORKER_LEFT = "worker_left"
    BARRED = "barred"
    BOTH_SIDES = "both_sides"
    STALE_CONTACT = "stale_contact"


class OwnerRole(StrEnum):
    """Whose job a problem is."""

    DUTY_DESK = "duty_desk"
    CO_ORDINATOR = "co_ordinator"
    TEAM_MANAGER = "team_manager"
    INFORMATION_GOVERNANCE_LEAD = "information_governance_lead"
    CHAIR = "chair"


@dataclass(frozen=True, kw_only=True)
class Skipped:
    """A recipient who was tried before the one invited, and why it could not be them."""

    recipient: str
    step: Step
    why: Why


@dataclass(frozen=True, kw_only=True)
class RequiredInvitation:
    """A recipient (worker or desk) must be invited to an item for a person.

    ``skipped`` is in the order tried; ``reason`` is a sentence that repeats no id and no value.
    """

    item: str
    person: str
    recipient: str
    route: Route
    step: Step
    skipped: tuple[Skipped, ...]
    reason: str


@dataclass(frozen=True, kw_only=True)
class Problem:
    """Something on an item that ``owner_role`` has to settle.

    ``person`` is None where it concerns the item as a whole, ``contact`` is the recipient whom it
    concerns, if any.
    """

    item: str
    person: str | None
    problem: ProblemKind
    contact: str | None
    owner_role: OwnerRole


@dataclass(frozen=True, kw_only=True)
class Requirement:
    """All invitations due and all problems of one situation; sets, in one fixed order."""

    invitations: tuple[RequiredInvitation, ...]
    problems: tuple[Problem, ...]


_ROUTE_IN_WORDS = {Route.LEAVING_CARE: "leaving care", Route.SOCIAL_WORK: "social work"}
_STEP_IN_WORDS = {
    Step.NAMED_WORKER: "named worker",
    Step.COVER: "cover for the named worker's absence",
    Step.DEPUTY: "deputy of the named worker",
    Step.TEAM_MANAGER: "team manager of the named worker",
    Step.DUTY_DESK: "duty desk",
    Step.OTHER_DESK: "further duty desk",
}
_WHY_IN_WORDS = {
    Why.LEFT: "is not in post that day",
    Why.ABSENT: "is away that day",
    Why.BARRED: "is barred or has a conflict of interest",
    Why.BOTH_SIDES: "works with both sides",
    Why.OTHER_SIDE: "works with the other side",
    Why.UNVERIFIED: "has a contact that nobody has checked",
    Why.STALE: "has a contact that was checked too long ago",
}


def reason_for(route: Route, step: Step, skipped: Sequence[Skipped]) -> str:
    """Return why this recipient, in a sentence without ids, names or dates."""
    sentence = f"The {_STEP_IN_WORDS[step]} is invited on the {_ROUTE_IN_WORDS[route]} route"
    if not skipped:
        return f"{sentence}."
    passed = "; ".join(
        f"the {_STEP_IN_WORDS[one.step]} {_WHY_IN_WORDS[one.why]}" for one in skipped
    )
    return f"{sentence}, because {passed}."
