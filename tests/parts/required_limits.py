"""Rows of the rule of invitations: paragraphs 5 and 6, who is skipped, and who is on both sides."""

from dataclasses import replace
from datetime import timedelta

from hub.meetings.situation import (
    Bar,
    Conflict,
    ItemRole,
)
from kit.situations import (
    ALLEGED,
    AS_OF,
    DAY,
    LONG_AGO,
    SW,
    VICTIM,
    allocated,
    desk,
    item,
    person,
    situation,
    with_worker,
    worker,
)
from parts.required_words import (
    AWAY,
    NAMED,
    NO_NAMED,
    ONE,
    against,
    away,
    both,
    not_ours,
    row,
    stale,
)

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
