"""What the rows of the rule of invitations are written with: people, absences, and what is due."""

from dataclasses import dataclass
from datetime import timedelta

from hub.meetings.situation import (
    Absence,
    CareStatus,
    Service,
    Situation,
    SupportStatus,
)
from hub.sharing.states import AgreementState
from kit.situations import (
    ALLEGED,
    DAY,
    SW,
    VICTIM,
    allocated,
    item,
    person,
    situation,
)

ONE = timedelta(days=1)

NAMED = {("p", "leaving_care", "named_worker", "w")}
DESK = {("p", "leaving_care", "duty_desk", "near")}
SERVICE_DESK = {("p", "leaving_care", "duty_desk", "first")}
SOCIAL = {("p", "social_work", "named_worker", "s")}
NO_NAMED = {("p", "no_named_worker", None, "team_manager")}
NOBODY = {("p", "nobody_reachable", None, "co_ordinator")}


@dataclass(frozen=True)
class Row:
    """A sentence of the rule, a situation, and what it must give."""

    says: str
    given: Situation
    invited: frozenset = frozenset()
    problems: frozenset = frozenset()


def row(says, given, invited=(), problems=()):
    return Row(says, given, frozenset(invited), frozenset(problems))


def about(subject, **changes):
    """Return the situation with the person ``p`` replaced by this one."""
    return situation(persons=(subject, person("q"), person("r")), **changes)


def away(own, cover=None, from_on=DAY, until_on=DAY + ONE):
    return Absence(worker=own, from_on=from_on, until_on=until_on, cover=cover)


def stale(*recipients):
    return {("p", "stale_contact", own, "team_manager") for own in recipients}


def both(*recipients):
    return {(None, "both_sides", own, "chair") for own in recipients}


def against(**changes):
    """Return a situation in which ``p`` is the victim and ``q`` the alleged perpetrator."""
    return situation(items=(item("i1", ("p", VICTIM), ("q", ALLEGED)),), **changes)


def not_ours(own):
    return person(
        own, care_status=CareStatus.NOT_CARE_EXPERIENCED, support_status=None, service=None
    )


NOT_KNOWN = {"care_status": CareStatus.NOT_KNOWN, "support_status": None}
DIED = {"support_status": SupportStatus.DIED}
JOINT = (allocated("p", "w"), allocated("p", "s", SW))
NO_AGREEMENT = (
    Service(id="lc", agreement=AgreementState.EXPIRED),
    Service(id="sw", agreement=AgreementState.IN_FORCE),
)


def born(day):
    return person("p", date_of_birth=day)


AWAY = (away("w", cover="c"),)
