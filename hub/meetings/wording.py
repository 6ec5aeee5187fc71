"""How a page says where an invited worker stands and what is in the way, per case.

The list of states is that of the domain notes, section 6 item 6. Words are in lower case, as they
stand inside a sentence; ``{w.worker}`` and the like are the authority's own words.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

Colour = Literal["green", "yellow", "red", "blue", "grey"]
"""The colour of a tag; the words say the same without it."""


class WorkerState(StrEnum):
    """Where the worker of one person stands at one case."""

    INVITED = "invited"
    OPENED = "opened"
    ACCEPTED = "accepted"
    SENDING_SOMEONE = "sending_someone"
    SENDING_INFORMATION = "sending_information"
    DECLINED = "declined"
    NOT_THEIRS = "not_theirs"
    NO_RESPONSE_YET = "no_response_yet"
    NO_RESPONSE = "no_response"
    TAKEN_BACK = "taken_back"
    NOT_IDENTIFIED = "not_identified"
    HELD = "held"
    NOT_TO_BE_TOLD = "not_to_be_told"
    UNCONFIRMED = "unconfirmed"
    WITH_CHAIR = "with_chair"
    STOOD_DOWN = "stood_down"
    NOT_ASKED = "not_asked"


@dataclass(frozen=True)
class Said:
    """A state as the page says it."""

    words: str
    colour: Colour


SAID = {
    WorkerState.INVITED: Said("invited", "blue"),
    WorkerState.OPENED: Said("opened", "blue"),
    WorkerState.ACCEPTED: Said("accepted", "green"),
    WorkerState.SENDING_SOMEONE: Said("sending someone", "green"),
    WorkerState.SENDING_INFORMATION: Said("sending information", "green"),
    WorkerState.DECLINED: Said("declined", "red"),
    WorkerState.NOT_THEIRS: Said("says it is somebody else's", "red"),
    WorkerState.NO_RESPONSE_YET: Said("no response yet", "yellow"),
    WorkerState.NO_RESPONSE: Said("no response", "red"),
    WorkerState.TAKEN_BACK: Said("no longer asked", "grey"),
    WorkerState.NOT_IDENTIFIED: Said("could not be identified", "red"),
    WorkerState.HELD: Said("held: no agreement in force", "yellow"),
    WorkerState.NOT_TO_BE_TOLD: Said("held until it may be shared", "yellow"),
    WorkerState.UNCONFIRMED: Said("care status unconfirmed", "yellow"),
    WorkerState.WITH_CHAIR: Said("waiting for the chair", "yellow"),
    WorkerState.STOOD_DOWN: Said("nobody to invite, reason recorded", "grey"),
    WorkerState.NOT_ASKED: Said("nobody has to be invited", "grey"),
}

_BY_ANSWER = {
    "accepted": WorkerState.ACCEPTED,
    "stand_in": WorkerState.SENDING_SOMEONE,
    "information_only": WorkerState.SENDING_INFORMATION,
    "declined": WorkerState.DECLINED,
    "not_mine": WorkerState.NOT_THEIRS,
}


@dataclass(frozen=True, kw_only=True)
class Held:
    """What is known of one invitation."""

    is_current: bool = True
    answer: str | None = None
    was_opened: bool = False
    has_climbed: bool = False
    """The time to answer is over and the question went one step up the ladder."""


def state_of(invitation: Held, *, has_begun: bool) -> WorkerState:
    """Return where an invited worker stands; ``has_begun`` is true once the case's slot starts."""
    if not invitation.is_current:
        return WorkerState.TAKEN_BACK
    if invitation.answer is not None:
        return _BY_ANSWER[invitation.answer]
    if has_begun:
        return WorkerState.NO_RESPONSE
    if invitation.has_climbed:
        return WorkerState.NO_RESPONSE_YET
    return WorkerState.OPENED if invitation.was_opened else WorkerState.INVITED


def state_in_words(invitation: Held, *, has_begun: bool) -> Said:
    """Return where an invited worker stands, as the page says it."""
    return SAID[state_of(invitation, has_begun=has_begun)]


_WITHOUT_INVITATION = (
    ("care_status_unconfirmed", WorkerState.UNCONFIRMED),
    ("agreement_not_in_force", WorkerState.HELD),
    ("sharing_held", WorkerState.NOT_TO_BE_TOLD),
    ("both_sides", WorkerState.WITH_CHAIR),
    ("barred", WorkerState.WITH_CHAIR),
    ("nobody_reachable", WorkerState.NOT_IDENTIFIED),
    ("no_responsible_service", WorkerState.NOT_IDENTIFIED),
    ("worker_left", WorkerState.NOT_IDENTIFIED),
    ("stale_contact", WorkerState.NOT_IDENTIFIED),
    ("no_current_invitation", WorkerState.NOT_IDENTIFIED),
)
"""What stands in the way, the weightiest first, and what the case says because of it."""


def state_without(problems: frozenset[str], *, is_excused: bool) -> WorkerState:
    """Return what a case says of a person for whom nobody holds an invitation."""
    for problem, state in _WITHOUT_INVITATION:
        if problem in problems:
            return state
    return WorkerState.STOOD_DOWN if is_excused else WorkerState.NOT_ASKED


STEPS = {
    "named_worker": "named worker",
    "cover": "cover",
    "deputy": "deputy",
    "team_manager": "team manager",
    "duty_desk": "duty desk",
    "other_desk": "another duty desk",
    "chosen": "asked by name",
}
ROUTES = {"leaving_care": "{w.worker}", "social_work": "social worker"}
ROLES = {
    "victim": "{w.victim}",
    "alleged_perpetrator": "{w.alleged_perpetrator}",
    "child": "child",
    "other_adult": "other adult",
}
CARE = {
    "care_experienced": "{w.care_experienced}",
    "not_known": "care status unconfirmed",
    "not_care_experienced": "not {w.care_experienced}",
}
KINDS = {
    "marac": "MARAC",
    "safety_planning": "Safety planning meeting",
    "professionals": "Professionals' meeting",
    "support": "Support meeting",
    "strategy": "Strategy meeting",
}
KINDS_OF_SHAPE = {"emergency": "Emergency MARAC", "closing": "MARAC by closing date"}
"""A MARAC that is not one like others says so."""


def kind_in_words(kind: str, shape: str = "meeting") -> str:
    """Return what a meeting is called."""
    return KINDS_OF_SHAPE.get(shape) or KINDS[kind]


STATES = {
    "planned": Said("planned", "blue"),
    "issued": Said("agenda issued", "green"),
    "held": Said("held", "grey"),
    "cancelled": Said("cancelled", "red"),
}
ATTENDANCE = {
    "attended": "attended",
    "part": "part",
    "apology": "apology",
    "no_response": "no response",
    "not_identified": "not identified",
}
OWNERS = {
    "duty_desk": "{w.duty_desk}",
    "co_ordinator": "co-ordinator",
    "team_manager": "team manager",
    "information_governance_lead": "information governance lead",
    "chair": "chair",
}

GAPS = {
    "care_status_unconfirmed": "The duty desk has not yet said whether the person is"
    " {w.care_experienced}",
    "recorded_as_died": "The register says that the person has died",
    "date_of_birth_unknown": "The date of birth is not known, so it is not sure who must come",
    "duty_ended_at_25": "The {w.service}'s duty ended at 25 and no worker is named",
    "no_social_worker": "The person is under 18 and no social worker is named",
    "no_named_worker": "The register names no {w.worker}",
    "no_responsible_service": "No {w.service} is known to be responsible",
    "agreement_not_in_force": "No agreement in force lets the {w.service} be told, so the"
    " invitation is held",
    "sharing_held": "The invitation is held until it may be shared",
    "nobody_reachable": "Nobody on the ladder can be reached",
    "nobody_answered": "Everybody on the ladder was asked and nobody is coming: ring them",
    "worker_left": "The named worker has left",
    "barred": "Somebody who should be asked is ruled out",
    "both_sides": "The same worker is linked to both sides, so the chair must decide",
    "stale_contact": "Nobody has checked the contact's entry in the directory for too long",
    "no_current_invitation": "Somebody who must be invited holds no current invitation",
    "double_booked": "Somebody is asked to another meeting at the same time",
    "not_required": "Somebody holds an invitation that is no longer required",
}
FOR_CHAIR = frozenset(
    {"both_sides", "barred", "nobody_reachable", "nobody_answered", "double_booked"}
)
"""Gaps that can be closed by choosing somebody else, or by ruling somebody out."""
