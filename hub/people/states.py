"""The states of a question of identity, and the codes that the register speaks in."""

from enum import StrEnum

from hub.kernel.machine import Machine


class Stage(StrEnum):
    """How far a person's support has come, by age alone."""

    UNDER_16 = "under_16"
    WITH_SOCIAL_WORKER = "16-18"
    FULL = "18-21"
    ON_REQUEST = "21-25"
    ENDED = "ended"
    UNKNOWN = "unknown"


class SupportStatus(StrEnum):
    """What the authority does for a person at present; each authority has its own words for it."""

    ALLOCATED = "allocated"
    DUTY = "duty"
    STEPPED_DOWN = "stepped_down"
    DECLINED = "declined"
    OUT_OF_AREA = "out_of_area"
    TRANSFERRED = "transferred"
    DIED = "died"


class WorkerRole(StrEnum):
    """As what a worker is allocated to a person."""

    LEAVING_CARE_WORKER = "leaving_care_worker"
    SOCIAL_WORKER = "social_worker"


class NameKind(StrEnum):
    """Why a person has another name."""

    ALIAS = "alias"
    FORMER = "former"


class CheckState(StrEnum):
    """How far a question of identity has come."""

    OPEN = "open"
    CONFIRMED = "confirmed"
    RULED_OUT = "ruled_out"
    ASKED_BACK = "asked_back"


class CheckAction(StrEnum):
    """What can be done to a question of identity."""

    CONFIRM = "confirm"
    RULE_OUT = "rule_out"
    ASK_BACK = "ask_back"
    REOPEN = "reopen"
    """More became known, or an answer is taken back."""


class Rung(StrEnum):
    """Who hears of a question that waits, from the first to the last."""

    DESK = "duty_desk"
    MANAGERS = "team_managers"
    COORDINATOR = "co_ordinator"


class LinkKind(StrEnum):
    """What somebody at work has to do with a case. Source: security notes, T02 and T03."""

    ALLEGED_PERPETRATOR = "alleged_perpetrator"
    REPRESENTATIVE = "representative"
    HOUSEHOLD = "household"
    CLOSE = "close"
    ELSEWHERE = "elsewhere"


OTHER_SIDE = frozenset({LinkKind.ALLEGED_PERPETRATOR, LinkKind.REPRESENTATIVE, LinkKind.HOUSEHOLD})
"""Who can never ask, receive or approve anything of it. Source: sharing notes, 3.7, rule 3."""

WAITING = (CheckState.OPEN, CheckState.ASKED_BACK)
"""The states in which the question still has no answer."""

CHECK = Machine(
    "question",
    {
        (CheckState.OPEN, CheckAction.CONFIRM): CheckState.CONFIRMED,
        (CheckState.OPEN, CheckAction.RULE_OUT): CheckState.RULED_OUT,
        (CheckState.OPEN, CheckAction.ASK_BACK): CheckState.ASKED_BACK,
        (CheckState.ASKED_BACK, CheckAction.CONFIRM): CheckState.CONFIRMED,
        (CheckState.ASKED_BACK, CheckAction.RULE_OUT): CheckState.RULED_OUT,
        (CheckState.ASKED_BACK, CheckAction.REOPEN): CheckState.OPEN,
        (CheckState.CONFIRMED, CheckAction.REOPEN): CheckState.OPEN,
        (CheckState.RULED_OUT, CheckAction.REOPEN): CheckState.OPEN,
    },
)
