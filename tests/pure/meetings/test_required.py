"""Who must be invited: a row with a sentence for every clause of the rule and its edges."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

import pytest

from hub.meetings.required import required
from hub.meetings.situation import (
    Absence,
    Allocation,
    Bar,
    CareStatus,
    Conflict,
    ItemRole,
    Meeting,
    MeetingKind,
    Service,
    Situation,
    SupportStatus,
    Team,
)
from hub.sharing.states import AgreementState
from kit.situations import (
    ALLEGED,
    AS_OF,
    DAY,
    LCW,
    LONG_AGO,
    SW,
    VICTIM,
    allocated,
    desk,
    item,
    person,
    situation,
    with_worker,
    without_contact,
    worker,
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


PARAGRAPH_1 = [
    row("the named worker of a care-experienced person is invited", situation(), NAMED),
    row("nobody is asked for a person who is not care-experienced", about(not_ours("p"))),
    row(
        "not even at an unknown age",
        about(replace(not_ours("p"), date_of_birth=None)),
    ),
    row("under 16: nothing", about(born(date(2010, 7, 2)))),
    row(
        "16 that day: both routes",
        about(born(date(2010, 7, 1)), allocations=JOINT),
        NAMED | SOCIAL,
    ),
    row("born after the meeting: nothing", about(born(date(2026, 7, 2)))),
    row("25 with a worker: still invited on the last day", about(born(date(2000, 7, 2))), NAMED),
    row("26 that day: nothing", about(born(date(2000, 7, 1)))),
    row(
        "not known: the duty desk is asked, no more",
        about(person("p", **NOT_KNOWN)),
        problems={("p", "care_status_unconfirmed", None, "duty_desk")},
    ),
    row(
        "not known and of unknown age: one question, not two",
        about(person("p", None, **NOT_KNOWN)),
        problems={("p", "care_status_unconfirmed", None, "duty_desk")},
    ),
    row("not known but under 16: nothing", about(person("p", 15, **NOT_KNOWN))),
    row("not known but 26: nothing", about(person("p", 26, **NOT_KNOWN))),
    row(
        "not known at 25 without a worker is still only the question",
        about(person("p", 25, **NOT_KNOWN), allocations=()),
        problems={("p", "care_status_unconfirmed", None, "duty_desk")},
    ),
    row(
        "recorded as died: the co-ordinator is told, nobody is invited",
        about(person("p", **DIED)),
        problems={("p", "recorded_as_died", None, "co_ordinator")},
    ),
    row(
        "died, of unknown age: no second problem",
        about(person("p", None, **DIED)),
        problems={("p", "recorded_as_died", None, "co_ordinator")},
    ),
    row("died, under 16: nothing", about(person("p", 15, **DIED))),
    row(
        "died at 25 without a worker is recorded as died",
        about(person("p", 25, **DIED), allocations=()),
        problems={("p", "recorded_as_died", None, "co_ordinator")},
    ),
    row(
        "no date of birth: the duty desk is asked and the worker is invited all the same",
        about(person("p", None)),
        NAMED,
        {("p", "date_of_birth_unknown", None, "duty_desk")},
    ),
    row(
        "25 without a worker: the duty has ended and the co-ordinator is told",
        about(person("p", 25), allocations=()),
        problems={("p", "duty_ended_at_25", None, "co_ordinator")},
    ),
    row(
        "25 with a social worker only: the same",
        about(person("p", 25), allocations=(allocated("p", "s", SW),)),
        problems={("p", "duty_ended_at_25", None, "co_ordinator")},
    ),
    row(
        "25 and the allocation ends that day: the duty has ended",
        about(
            person("p", 25),
            allocations=(replace(allocated("p", "w"), until_on=DAY),),
        ),
        problems={("p", "duty_ended_at_25", None, "co_ordinator")},
    ),
    row(
        "25 with an allocation to somebody who left: go on, somebody must take it",
        with_worker(about(person("p", 25)), "w", until_on=DAY),
        {("p", "leaving_care", "deputy", "d")},
        {("p", "worker_left", "w", "team_manager")},
    ),
    row(
        "24 without a worker: the desk",
        about(person("p", 24), allocations=()),
        SERVICE_DESK,
        NO_NAMED,
    ),
    row(
        "born on 29 February, 28 February at 15: nothing yet",
        about(
            born(date(2008, 2, 29)),
            meeting=Meeting(
                kind=MeetingKind.SUPPORT, starts_at=datetime(2024, 2, 28, 12, tzinfo=UTC)
            ),
        ),
    ),
    row(
        "born on 29 February, 28 February 2026: still 17, the social worker too",
        about(
            born(date(2008, 2, 29)),
            allocations=JOINT,
            meeting=Meeting(
                kind=MeetingKind.SUPPORT, starts_at=datetime(2026, 2, 28, 12, tzinfo=UTC)
            ),
        ),
        NAMED | SOCIAL,
    ),
    row(
        "born on 29 February, 1 March 2026: 18, the social worker no more",
        about(
            born(date(2008, 2, 29)),
            allocations=JOINT,
            meeting=Meeting(
                kind=MeetingKind.SUPPORT, starts_at=datetime(2026, 3, 1, 12, tzinfo=UTC)
            ),
        ),
        NAMED,
    ),
]


def starting(meeting_at, item_at=None):
    """Return a 17-year-old who turns 18 on 1 July, both workers, and these starts in UTC."""
    return about(
        born(date(2008, 7, 1)),
        allocations=JOINT,
        meeting=Meeting(kind=MeetingKind.MARAC, starts_at=meeting_at),
        items=(replace(item("i1", ("p", VICTIM)), starts_at=item_at),),
    )


EVE = datetime(2026, 6, 30, 22, 59, 59, tzinfo=UTC)
MIDNIGHT = datetime(2026, 6, 30, 23, tzinfo=UTC)

THE_DAY = [
    row("before London's midnight she is 17", starting(EVE), NAMED | SOCIAL),
    row("from London's midnight, 23:00 UTC in summer, she is 18", starting(MIDNIGHT), NAMED),
    row("the item's own start counts, not the meeting's", starting(EVE, MIDNIGHT), NAMED),
    row("and the other way round", starting(MIDNIGHT, EVE), NAMED | SOCIAL),
    row(
        "`as_of` has nothing to do with who is current",
        situation(as_of=date(2026, 6, 30), absences=(away("w", from_on=AS_OF, until_on=DAY),)),
        NAMED,
    ),
]


PARAGRAPH_2 = (
    [
        row(
            f"the support status {status} shortens no route",
            about(person("p", support_status=status)),
            NAMED,
        )
        for status in SupportStatus
        if status is not SupportStatus.DIED
    ]
    + [
        row(
            f"without a worker {status} still resolves to somebody, and nobody is missing",
            about(person("p", support_status=status), allocations=()),
            SERVICE_DESK,
        )
        for status in SupportStatus
        if status not in {SupportStatus.DIED, SupportStatus.ALLOCATED}
    ]
    + [
        row(
            f"a {kind} meeting requires the same people",
            situation(meeting=replace(situation().meeting, kind=kind)),
            NAMED,
        )
        for kind in MeetingKind
    ]
    + [
        row(
            f"the same for a person who is there as {role}",
            situation(items=(item("i1", ("p", role)),)),
            NAMED,
        )
        for role in ItemRole
    ]
    + [
        row("at 17 both", about(person("p", 17), allocations=JOINT), NAMED | SOCIAL),
        row(
            "at 18 a remaining social worker is not asked",
            about(person("p", 18), allocations=JOINT),
            NAMED,
        ),
        row(
            "at 17 without a social worker that is a problem and replaces nobody",
            about(person("p", 17)),
            NAMED,
            {("p", "no_social_worker", None, "team_manager")},
        ),
        row(
            "of unknown age, a current social worker is asked too",
            about(person("p", None), allocations=JOINT),
            NAMED | SOCIAL,
            {("p", "date_of_birth_unknown", None, "duty_desk")},
        ),
        row(
            "of unknown age, a former social worker is neither asked nor missed",
            about(
                person("p", None),
                allocations=(allocated("p", "w"), replace(allocated("p", "s", SW), until_on=DAY)),
            ),
            NAMED,
            {("p", "date_of_birth_unknown", None, "duty_desk")},
        ),
        row(
            "at 17 a social worker without a leaving care worker: the desk as well",
            about(person("p", 17), allocations=(allocated("p", "s", SW),)),
            SERVICE_DESK | SOCIAL,
            NO_NAMED,
        ),
        row(
            "one worker in both roles is asked on both routes",
            about(person("p", 17), allocations=(allocated("p", "w"), allocated("p", "w", SW))),
            NAMED | {("p", "social_work", "named_worker", "w")},
        ),
    ]
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


AWAY = (away("w", cover="c"),)

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

AGE_OF_CONTACT = timedelta(days=90)

PARAGRAPH_5 = [
    row(
        "left that day: the team manager is told who",
        with_worker(situation(), "w", until_on=DAY),
        {("p", "leaving_care", "deputy", "d")},
        {("p", "worker_left", "w", "team_manager")},
    ),
    row("the last day in post counts", with_worker(situation(), "w", until_on=DAY + ONE), NAMED),
    row("the first day in post counts", with_worker(situation(), "w", from_on=DAY), NAMED),
    row(
        "not yet in post is not current either",
        with_worker(situation(), "w", from_on=DAY + ONE),
        {("p", "leaving_care", "deputy", "d")},
        {("p", "worker_left", "w", "team_manager")},
    ),
    row(
        "a deputy who left is passed over like anybody",
        with_worker(situation(absences=(away("w"),)), "d", until_on=DAY),
        {("p", "leaving_care", "team_manager", "m")},
        {("p", "worker_left", "d", "team_manager")},
    ),
    row(
        "a cover who is away is passed over and nobody is told",
        situation(absences=(away("w", cover="c"), away("c"))),
        {("p", "leaving_care", "deputy", "d")},
    ),
    row(
        "away from that day",
        situation(absences=(away("w", from_on=DAY, until_on=DAY + ONE),)),
        {("p", "leaving_care", "deputy", "d")},
    ),
    row("back that day", situation(absences=(away("w", from_on=AS_OF, until_on=DAY),)), NAMED),
    row("an absence of no day is none", situation(absences=(away("w", until_on=DAY),)), NAMED),
    row(
        "barred from the item: the chair is told",
        situation(bars=(Bar(recipient="w", item="i1"),)),
        {("p", "leaving_care", "deputy", "d")},
        {("p", "barred", "w", "chair")},
    ),
    row(
        "a conflict with the person",
        situation(conflicts=(Conflict(recipient="w", person="p"),)),
        {("p", "leaving_care", "deputy", "d")},
        {("p", "barred", "w", "chair")},
    ),
    row(
        "a conflict with anybody on the item, whoever that is",
        situation(
            conflicts=(Conflict(recipient="w", person="x"),),
            persons=(person("p"), person("q"), person("r"), not_ours("x")),
            items=(item("i1", ("p", VICTIM), ("x", ItemRole.CHILD)),),
        ),
        {("p", "leaving_care", "deputy", "d")},
        {("p", "barred", "w", "chair")},
    ),
    row(
        "a conflict with somebody who is not on the item is none",
        situation(conflicts=(Conflict(recipient="w", person="q"),)),
        NAMED,
    ),
    row(
        "a desk can be barred and have a conflict",
        situation(
            allocations=(),
            bars=(Bar(recipient="first", item="i1"),),
            conflicts=(Conflict(recipient="near", person="p"),),
        ),
        {("p", "leaving_care", "other_desk", "second")},
        NO_NAMED | {("p", "barred", "first", "chair"), ("p", "barred", "near", "chair")},
    ),
    row(
        "a worker of both the victim and the alleged perpetrator: the chair is asked",
        against(
            allocations=(allocated("p", "w"), allocated("q", "w")),
            persons=(person("p"), not_ours("q"), person("r")),
        ),
        {("p", "leaving_care", "deputy", "d")},
        both("w"),
    ),
    row(
        "in any role",
        against(
            allocations=(allocated("p", "w"), allocated("q", "w", SW)),
            persons=(person("p"), not_ours("q"), person("r")),
        ),
        {("p", "leaving_care", "deputy", "d")},
        both("w"),
    ),
    row(
        "whomever it would be invited for",
        situation(
            items=(item("i1", ("p", ItemRole.CHILD), ("q", VICTIM), ("r", ALLEGED)),),
            allocations=(allocated("p", "w"), allocated("q", "w"), allocated("r", "w")),
            persons=(person("p"), not_ours("q"), not_ours("r")),
        ),
        {("p", "leaving_care", "deputy", "d")},
        both("w"),
    ),
    row(
        "who was somebody's worker until that day is on nobody's side",
        against(
            allocations=(allocated("p", "w"), replace(allocated("q", "w"), until_on=DAY)),
            persons=(person("p"), not_ours("q"), person("r")),
        ),
        NAMED,
    ),
    row(
        "a child and an other adult are no side",
        situation(
            items=(item("i1", ("p", VICTIM), ("q", ItemRole.CHILD), ("r", ItemRole.OTHER_ADULT)),),
            allocations=(allocated("p", "w"), allocated("q", "w"), allocated("r", "w")),
            persons=(person("p"), not_ours("q"), not_ours("r")),
        ),
        NAMED,
    ),
    row(
        "cover who works with the other side is passed over and nobody is told",
        against(
            allocations=(allocated("p", "w"), allocated("q", "c")),
            absences=AWAY,
            persons=(person("p"), not_ours("q"), person("r")),
        ),
        {("p", "leaving_care", "deputy", "d")},
    ),
    row(
        "and the same for the alleged perpetrator's cover who works with the victim",
        situation(
            items=(item("i1", ("p", ALLEGED), ("q", VICTIM)),),
            allocations=(allocated("p", "w"), allocated("q", "c")),
            absences=AWAY,
            persons=(person("p"), not_ours("q"), person("r")),
        ),
        {("p", "leaving_care", "deputy", "d")},
    ),
    row(
        "for a child on the item the alleged perpetrator's worker is not the other side",
        situation(
            items=(item("i1", ("p", ItemRole.CHILD), ("q", ALLEGED)),),
            allocations=(allocated("p", "w"), allocated("q", "c")),
            absences=AWAY,
            persons=(person("p"), not_ours("q"), person("r")),
        ),
        {("p", "leaving_care", "cover", "c")},
    ),
    row(
        "the worker of another victim on the item is on the same side",
        situation(
            items=(item("i1", ("p", VICTIM), ("q", VICTIM)),),
            allocations=(allocated("p", "w"), allocated("q", "c")),
            absences=AWAY,
            persons=(person("p"), not_ours("q"), person("r")),
        ),
        {("p", "leaving_care", "cover", "c")},
    ),
    row(
        "the other side on another item is not the other side here",
        situation(
            items=(item("i1", ("p", VICTIM)), item("i2", ("q", ALLEGED))),
            allocations=(allocated("p", "w"), allocated("q", "c")),
            absences=AWAY,
            persons=(person("p"), not_ours("q"), person("r")),
        ),
        {("p", "leaving_care", "cover", "c")},
    ),
    row(
        "checked exactly so many days ago is good",
        with_worker(situation(), "w", verified_on=AS_OF - AGE_OF_CONTACT),
        NAMED,
    ),
    row(
        "a day more is stale",
        with_worker(situation(), "w", verified_on=AS_OF - AGE_OF_CONTACT - ONE),
        {("p", "leaving_care", "deputy", "d")},
        stale("w"),
    ),
    row(
        "how many days is a setting",
        with_worker(situation(stale_after_days=0), "w", verified_on=AS_OF - ONE),
        {("p", "leaving_care", "deputy", "d")},
        stale("w"),
    ),
    row(
        "0 days: checked today is good",
        situation(stale_after_days=0),
        NAMED,
    ),
    row(
        "staleness is counted to `as_of`, not to the day of the meeting",
        with_worker(situation(stale_after_days=10), "w", verified_on=AS_OF - 5 * ONE),
        NAMED,
    ),
    row(
        "a desk goes stale too",
        situation(
            allocations=(),
            desks=(desk("first", verified_on=LONG_AGO), desk("second")),
        ),
        {("p", "leaving_care", "other_desk", "second")},
        NO_NAMED | stale("first"),
    ),
]


def two_desks(*people):
    """Return a situation without workers: everybody on the item falls to the first desk."""
    return situation(items=(item("i1", *people),), allocations=())


def no_named(*own):
    return {(one, "no_named_worker", None, "team_manager") for one in own}


PARAGRAPH_6 = [
    row(
        "one desk for the victim and the alleged perpetrator loses both: the chair decides",
        two_desks(("p", VICTIM), ("q", ALLEGED)),
        (),
        no_named("p", "q") | both("first"),
    ),
    row(
        "and every other invitation to that item",
        two_desks(("p", VICTIM), ("q", ALLEGED), ("r", ItemRole.CHILD)),
        (),
        no_named("p", "q", "r") | both("first"),
    ),
    row(
        "but none to another item",
        situation(
            items=(item("i1", ("p", VICTIM), ("q", ALLEGED)), item("i2", ("r", VICTIM))),
            allocations=(),
        ),
        {("r", "leaving_care", "duty_desk", "first")},
        no_named("p", "q", "r") | both("first"),
    ),
    row(
        "who was chosen for a victim and a child keeps both",
        two_desks(("p", VICTIM), ("q", ItemRole.CHILD)),
        {("p", "leaving_care", "duty_desk", "first"), ("q", "leaving_care", "duty_desk", "first")},
        no_named("p", "q"),
    ),
    row(
        "victim on one item and alleged perpetrator on another is not both sides of one",
        situation(items=(item("i1", ("p", VICTIM)), item("i2", ("p", ALLEGED)))),
        NAMED,
    ),
    row(
        "a deputy of both workers is found out though allocated to neither",
        against(
            workers=(
                worker("w", deputy="d"),
                worker("c", deputy="d"),
                worker("d"),
                worker("m"),
                worker("s", service="sw"),
            ),
            allocations=(allocated("p", "w"), allocated("q", "c")),
            absences=(away("w"), away("c")),
        ),
        (),
        both("d"),
    ),
    row(
        "nobody else's invitation is lost with theirs",
        against(
            allocations=(
                allocated("p", "w", SW),
                allocated("q", "s", SW),
            ),
            persons=(person("p", 17), person("q", 17), person("r")),
        ),
        {("p", "social_work", "named_worker", "w"), ("q", "social_work", "named_worker", "s")},
        no_named("p", "q") | both("first"),
    ),
]

ROWS = [
    *PARAGRAPH_1,
    *THE_DAY,
    *PARAGRAPH_2,
    *PARAGRAPH_3,
    *PARAGRAPH_4,
    *PARAGRAPH_5,
    *PARAGRAPH_6,
]


@pytest.mark.parametrize("case", [pytest.param(one, id=one.says) for one in ROWS])
def test_the_rule(case):
    found = required(case.given)
    invited = {(one.person, one.route, one.step, one.recipient) for one in found.invitations}
    problems = {(one.person, one.problem, one.contact, one.owner_role) for one in found.problems}
    assert (invited, problems) == (case.invited, case.problems)


ALL_THAT_CAN_BE_WRONG = [
    ("left", with_worker, {"until_on": DAY}),
    ("absent", replace, {"absences": (away("w"),)}),
    ("barred", replace, {"bars": (Bar(recipient="w", item="i1"),)}),
    ("both_sides", replace, {"allocations": (allocated("p", "w"), allocated("q", "w", SW))}),
    ("unverified", with_worker, {"verified_on": None}),
]


@pytest.mark.parametrize("first", range(len(ALL_THAT_CAN_BE_WRONG)))
def test_why_is_the_first_reason_that_holds_and_only_that_is_raised(first):
    start = against(persons=(person("p"), not_ours("q"), person("r")))
    for _, change, what in ALL_THAT_CAN_BE_WRONG[first:]:
        start = change(start, "w", **what) if change is with_worker else change(start, **what)
    found = required(start)
    why = ALL_THAT_CAN_BE_WRONG[first][0]
    assert [(one.recipient, one.why) for one in found.invitations[0].skipped] == [("w", why)]
    assert len(found.problems) == (0 if why == "absent" else 1)


def test_other_side_comes_after_both_sides_and_before_the_contact():
    start = without_contact(
        against(
            allocations=(allocated("p", "w"), allocated("q", "c")),
            absences=AWAY,
            persons=(person("p"), not_ours("q"), person("r")),
        ),
        "c",
    )
    found = required(start)
    assert [one.why for one in found.invitations[0].skipped] == ["absent", "other_side"]
    assert found.problems == ()


def test_the_skipped_are_listed_in_the_order_tried_with_their_steps():
    start = with_worker(without_contact(situation(absences=AWAY), "c", "d"), "m", until_on=DAY)
    (found,) = required(start).invitations
    assert [(one.recipient, one.step, one.why) for one in found.skipped] == [
        ("w", "named_worker", "absent"),
        ("c", "cover", "unverified"),
        ("d", "deputy", "unverified"),
        ("m", "team_manager", "left"),
    ]
    assert (found.recipient, found.step) == ("near", "duty_desk")


def test_who_was_tried_is_not_tried_again_and_keeps_the_first_step():
    start = without_contact(
        situation(absences=(away("w", cover="d"),), teams=(Team(id="t", manager="w"),)), "d"
    )
    (found,) = required(start).invitations
    assert [(one.recipient, one.step) for one in found.skipped] == [
        ("w", "named_worker"),
        ("d", "cover"),
    ]


def test_the_reason_says_step_and_ladder_and_repeats_no_value():
    start = situation(
        absences=(away("worker-7", cover="cover-8"),),
        workers=(worker("worker-7"), worker("cover-8", verified_on=LONG_AGO)),
        teams=(),
        desks=(desk("desk-9"),),
        allocations=(Allocation(person="p", worker="worker-7", role=LCW, from_on=LONG_AGO),),
    )
    (found,) = required(start).invitations
    assert found.reason == (
        "The duty desk is invited on the leaving care route, because the named worker is away "
        "that day; the cover for the named worker's absence has a contact that was checked too "
        "long ago."
    )
    (plain,) = required(situation()).invitations
    assert plain.reason == "The named worker is invited on the leaving care route."


def test_every_item_is_asked_for_itself():
    start = situation(
        items=(item("i1", ("p", VICTIM)), item("i2", ("p", VICTIM)), item("i3")),
        bars=(Bar(recipient="w", item="i2"),),
    )
    found = required(start)
    assert [(one.item, one.recipient) for one in found.invitations] == [("i1", "w"), ("i2", "d")]
    assert [(one.item, one.problem) for one in found.problems] == [("i2", "barred")]


def test_the_lists_are_walked_a_fixed_number_of_times_however_many_items_there_are():
    own = [f"w{number}" for number in range(1000)]
    start = situation(
        workers=tuple(worker(one, deputy=own[0]) for one in own),
        teams=(),
        desks=(desk("first"),),
        persons=tuple(person(f"p{number}") for number in range(1000)),
        allocations=tuple(allocated(f"p{number}", own[number]) for number in range(1000)),
        absences=tuple(away(one) for one in own[1:]),
        items=tuple(
            item(f"i{number}", (f"p{number * 2}", VICTIM), (f"p{number * 2 + 1}", ALLEGED))
            for number in range(40)
        ),
    )
    looked_up = []

    class Watched(tuple):
        __slots__ = ()

        def __iter__(self):
            looked_up.append(1)
            return super().__iter__()

    watched = replace(start, workers=Watched(start.workers), persons=Watched(start.persons))
    assert len(required(watched).invitations) + len(required(watched).problems) >= 40
    assert len(looked_up) <= 8  # a list is walked once to index it, not once an item
