"""Rows of the rule of invitations: paragraphs 1 and 2, for whom, on which day, by what route."""

from dataclasses import replace
from datetime import UTC, date, datetime

from hub.meetings.situation import (
    ItemRole,
    Meeting,
    MeetingKind,
    SupportStatus,
)
from kit.situations import (
    AS_OF,
    DAY,
    SW,
    VICTIM,
    allocated,
    item,
    person,
    situation,
    with_worker,
)
from parts.required_words import (
    DIED,
    JOINT,
    NAMED,
    NO_NAMED,
    NOT_KNOWN,
    SERVICE_DESK,
    SOCIAL,
    about,
    away,
    born,
    not_ours,
    row,
)

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
