"""Rows of the rule of invitations: paragraphs 3 and 4, whom each route tries, step by step."""

from dataclasses import replace

from hub.meetings.situation import (
    Service,
    SupportStatus,
    Team,
)
from hub.sharing.states import AgreementState
from kit.situations import (
    AS_OF,
    DAY,
    SW,
    allocated,
    desk,
    person,
    situation,
    with_worker,
    without_contact,
)
from parts.required_words import (
    AWAY,
    DESK,
    JOINT,
    NAMED,
    NO_AGREEMENT,
    NO_NAMED,
    NOBODY,
    ONE,
    SERVICE_DESK,
    SOCIAL,
    about,
    away,
    row,
    stale,
)

PARAGRAPH_3 = [
    row(
        "an allocation from that day is current",
        situation(allocations=(replace(allocated("p", "w"), from_on=DAY),)),
        NAMED,
    ),
    row(
        "one from the day after is not",
        situation(allocations=(replace(allocated("p", "w"), from_on=DAY + ONE),)),
        SERVICE_DESK,
        NO_NAMED,
    ),
    row(
        "one until the day after still is",
        situation(allocations=(replace(allocated("p", "w"), until_on=DAY + ONE),)),
        NAMED,
    ),
    row(
        "one until that day no longer is",
        situation(allocations=(replace(allocated("p", "w"), until_on=DAY),)),
        SERVICE_DESK,
        NO_NAMED,
    ),
    row(
        "of two, the one that is current that day",
        situation(
            allocations=(
                replace(allocated("p", "c"), until_on=DAY),
                replace(allocated("p", "w"), from_on=DAY),
            )
        ),
        NAMED,
    ),
    row(
        "somebody else's worker is nobody's",
        situation(allocations=(allocated("q", "w"),)),
        SERVICE_DESK,
        NO_NAMED,
    ),
    row(
        "the named worker's service counts before the person's",
        about(
            person("p", service="lc"),
            allocations=(allocated("p", "s"),),
            services=NO_AGREEMENT,
        ),
        {("p", "leaving_care", "named_worker", "s")},
    ),
    row(
        "and needs none of the person's",
        about(person("p", service=None)),
        NAMED,
    ),
    row(
        "without a worker it is the person's",
        about(person("p", service="sw"), allocations=()),
        {("p", "leaving_care", "duty_desk", "sw_desk")},
        NO_NAMED,
    ),
    row(
        "without a worker and a service nobody can be asked: both are said",
        about(person("p", service=None), allocations=()),
        problems=NO_NAMED | {("p", "no_responsible_service", None, "co_ordinator")},
    ),
    row(
        "stepped down, without a worker and a service: only the service is missing",
        about(person("p", service=None, support_status=SupportStatus.STEPPED_DOWN), allocations=()),
        problems={("p", "no_responsible_service", None, "co_ordinator")},
    ),
    row(
        "without the person's service the social worker is asked all the same",
        about(person("p", 17, service=None), allocations=(allocated("p", "s", SW),)),
        SOCIAL,
        NO_NAMED | {("p", "no_responsible_service", None, "co_ordinator")},
    ),
    row(
        "one route held by its agreement does not hold the other",
        about(person("p", 17), allocations=JOINT, services=NO_AGREEMENT),
        SOCIAL,
        {("p", "agreement_not_in_force", None, "information_governance_lead")},
    ),
    row(
        "a held route names no missing contact: nobody was tried",
        without_contact(situation(services=NO_AGREEMENT), "w"),
        problems={("p", "agreement_not_in_force", None, "information_governance_lead")},
    ),
    row(
        "held, and no worker: both are said",
        situation(services=NO_AGREEMENT, allocations=()),
        problems=NO_NAMED | {("p", "agreement_not_in_force", None, "information_governance_lead")},
    ),
] + [
    row(
        f"an agreement {state} {'routes' if routes else 'holds'}",
        situation(services=(Service(id="lc", agreement=state), Service(id="sw", agreement=state))),
        NAMED if routes else (),
        () if routes else {("p", "agreement_not_in_force", None, "information_governance_lead")},
    )
    for state in AgreementState
    for routes in [state in {AgreementState.IN_FORCE, AgreementState.REVIEW_OVERDUE}]
]


def ladder(*recipients, **changes):
    """Return the situation in which these recipients cannot be reached."""
    return without_contact(situation(**changes), *recipients)


PARAGRAPH_4 = [
    row("away: the cover", ladder(absences=AWAY), {("p", "leaving_care", "cover", "c")}),
    row(
        "away without cover: the deputy",
        ladder(absences=(away("w"),)),
        {("p", "leaving_care", "deputy", "d")},
    ),
    row(
        "the cover cannot be reached: the deputy",
        ladder("c", absences=AWAY),
        {("p", "leaving_care", "deputy", "d")},
        stale("c"),
    ),
    row(
        "then the manager of the named worker's team",
        ladder("c", "d", absences=AWAY),
        {("p", "leaving_care", "team_manager", "m")},
        stale("c", "d"),
    ),
    row(
        "then the team's own desk, though another stands before it",
        ladder("w", "d", "m"),
        DESK,
        stale("w", "d", "m"),
    ),
    row(
        "then the service's desks in their order",
        ladder("w", "d", "m", "near"),
        {("p", "leaving_care", "other_desk", "first")},
        stale("w", "d", "m", "near"),
    ),
    row(
        "to the last",
        ladder("w", "d", "m", "near", "first"),
        {("p", "leaving_care", "other_desk", "second")},
        stale("w", "d", "m", "near", "first"),
    ),
    row(
        "nobody left: a telephone task; a desk of another service is not asked",
        ladder("w", "d", "m", "near", "first", "second"),
        (),
        stale("w", "d", "m", "near", "first", "second") | NOBODY,
    ),
    row(
        "a service without any desk: a telephone task",
        situation(allocations=(), desks=()),
        (),
        NO_NAMED | NOBODY,
    ),
    row(
        "cover is for that absence only: yesterday's cover is not asked",
        ladder("w", absences=(away("w", cover="c", from_on=AS_OF, until_on=DAY),)),
        {("p", "leaving_care", "deputy", "d")},
        stale("w"),
    ),
    row(
        "an absence from tomorrow is none today",
        ladder(absences=(away("w", cover="c", from_on=DAY + ONE, until_on=DAY + 2 * ONE),)),
        NAMED,
    ),
    row(
        "of two absences the one of that day brings its cover",
        ladder(
            absences=(
                away("w", cover="d", from_on=AS_OF, until_on=DAY),
                away("w", cover="c"),
            )
        ),
        {("p", "leaving_care", "cover", "c")},
    ),
    row(
        "left and away that day: the cover of the absence is still asked",
        with_worker(ladder(absences=AWAY), "w", until_on=DAY),
        {("p", "leaving_care", "cover", "c")},
        {("p", "worker_left", "w", "team_manager")},
    ),
    row(
        "the cover's own cover and deputy are nobody's business",
        with_worker(ladder(absences=(*AWAY, away("c", cover="s"))), "c", deputy="s"),
        {("p", "leaving_care", "deputy", "d")},
    ),
    row(
        "a deputy who is the cover was tried and is not tried again",
        ladder("d", absences=(away("w", cover="d"),)),
        {("p", "leaving_care", "team_manager", "m")},
        stale("d"),
    ),
    row(
        "a worker who manages the team is not asked a second time",
        ladder("w", "d", teams=(Team(id="t", manager="w"), Team(id="empty"))),
        DESK,
        stale("w", "d"),
    ),
    row(
        "a team without a manager has no such step",
        with_worker(ladder("w", "d"), "w", team="empty"),
        SERVICE_DESK,
        stale("w", "d"),
    ),
    row(
        "a worker without deputy and team: the first desk in the file's order",
        with_worker(ladder("w"), "w", team=None, deputy=None),
        SERVICE_DESK,
        stale("w"),
    ),
    row(
        "no team is not a team: a desk without one does not come first",
        with_worker(
            ladder("w", desks=(desk("near", team="t"), desk("second"))), "w", team=None, deputy=None
        ),
        DESK,
        stale("w"),
    ),
    row(
        "of two desks of the team the first in the file",
        ladder(
            "w",
            "d",
            "m",
            "near",
            desks=(desk("first"), desk("near", team="t"), desk("second", team="t")),
        ),
        {("p", "leaving_care", "other_desk", "second")},
        stale("w", "d", "m", "near"),
    ),
    row(
        "without a named worker the desks stand in the file's order",
        situation(allocations=()),
        SERVICE_DESK,
        NO_NAMED,
    ),
    row(
        "social work has its own ladder: its named worker's service and desks",
        ladder("s", allocations=JOINT, persons=(person("p", 17), person("q"), person("r"))),
        NAMED | {("p", "social_work", "duty_desk", "sw_desk")},
        stale("s"),
    ),
    row(
        "somebody passed over on one route is one problem, though met on both",
        ladder(
            "w",
            "d",
            "m",
            "near",
            allocations=(allocated("p", "w"), allocated("p", "w", SW)),
            persons=(person("p", 17), person("q"), person("r")),
        ),
        {
            ("p", "leaving_care", "other_desk", "first"),
            ("p", "social_work", "other_desk", "first"),
        },
        stale("w", "d", "m", "near"),
    ),
]
