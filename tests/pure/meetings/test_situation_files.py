"""The file of situations is read strictly: every fault is named with its entry and its path."""

import json

import pytest

from hub.cli.situation_files import read_situations
from kit.situations import EXAMPLE
from parts.faulty_files import GONE, changed, faults_of, put

FIRST_ALLOCATION = EXAMPLE["situations"][0]["allocations"][0]
FIRST_ABSENCE = EXAMPLE["situations"][0]["absences"][0]

FAULTS = [
    ("an unknown field", put(("colour",), "red"), "colour"),
    ("an unknown field with an odd name", put(("my colour\n",), 1), '"my colour\\n"'),
    ("an unknown field inside", put(("workers", 0, "phone"), "x"), "workers[0].phone"),
    ("an unknown field deeper", put(("items", 0, "people", 0, "x"), 1), "items[0].people[0].x"),
    ("an unknown field of the meeting", put(("meeting", "place"), "x"), "meeting.place"),
    ("as_of is missing", put(("as_of",), GONE), "as_of"),
    ("as_of is null", put(("as_of",), None), "as_of"),
    ("as_of is an impossible day", put(("as_of",), "2026-02-29"), "as_of"),
    ("as_of is written otherwise", put(("as_of",), "20 June 2026"), "as_of"),
    ("as_of is an instant", put(("as_of",), "2026-06-20T00:00:00Z"), "as_of"),
    ("as_of is a number", put(("as_of",), 20260620), "as_of"),
    ("the meeting is missing", put(("meeting",), GONE), "meeting"),
    ("the meeting is null", put(("meeting",), None), "meeting"),
    ("the meeting is a list", put(("meeting",), []), "meeting"),
    ("the kind is missing", put(("meeting", "kind"), GONE), "meeting.kind"),
    ("the kind is not in its list", put(("meeting", "kind"), "MARAC"), "meeting.kind"),
    ("the kind is a number", put(("meeting", "kind"), 1), "meeting.kind"),
    ("the kind is a list", put(("meeting", "kind"), ["marac"]), "meeting.kind"),
    (
        "the start has no offset",
        put(("meeting", "starts_at"), "2026-06-30T23:30:00"),
        "meeting.starts_at",
    ),
    ("the start is a date", put(("meeting", "starts_at"), "2026-06-30"), "meeting.starts_at"),
    ("the start is a number", put(("meeting", "starts_at"), 1), "meeting.starts_at"),
    (
        "the start does not exist",
        put(("meeting", "starts_at"), "2026-06-31T10:00:00Z"),
        "meeting.starts_at",
    ),
    ("an item's start is no instant", put(("items", 0, "starts_at"), "noon"), "items[0].starts_at"),
    ("days as true", [(("stale_after_days",), True)], "stale_after_days"),
    ("days with a fraction", put(("stale_after_days",), 90.0), "stale_after_days"),
    ("days as text", put(("stale_after_days",), "90"), "stale_after_days"),
    ("days below 0", put(("stale_after_days",), -1), "stale_after_days"),
    ("days above 10000", put(("stale_after_days",), 10001), "stale_after_days"),
    ("days are null", put(("stale_after_days",), None), "stale_after_days"),
    ("services are missing", put(("services",), GONE), "services"),
    ("persons are missing", put(("persons",), GONE), "persons"),
    ("items are missing", put(("items",), GONE), "items"),
    ("desks are null", put(("desks",), None), "desks"),
    ("desks are an object", put(("desks",), {}), "desks"),
    ("a desk is a text", put(("desks", 0), "desk"), "desks[0]"),
    ("a worker's id is missing", put(("workers", 0, "id"), GONE), "workers[0].id"),
    ("a worker's id is empty", put(("workers", 0, "id"), ""), "workers[0].id"),
    ("a worker's id is too long", put(("workers", 0, "id"), "w" * 65), "workers[0].id"),
    ("a worker's id has a blank", put(("workers", 0, "id"), "w 1"), "workers[0].id"),
    ("a worker's id ends its line", put(("workers", 0, "id"), "w\n"), "workers[0].id"),
    ("a worker's id has an accent", put(("workers", 0, "id"), "wé"), "workers[0].id"),
    ("a worker's id is a number", put(("workers", 0, "id"), 1), "workers[0].id"),
    (
        "the agreement is not in its list",
        put(("services", 0, "agreement"), "signed"),
        "services[0].agreement",
    ),
    (
        "an allocation's start is missing",
        put(("allocations", 0, "from"), GONE),
        "allocations[0].from",
    ),
    ("an allocation's start is null", put(("allocations", 0, "from"), None), "allocations[0].from"),
    (
        "an allocation's role is not in its list",
        put(("allocations", 0, "role"), "mentor"),
        "allocations[0].role",
    ),
    ("an absence's end is missing", put(("absences", 0, "until"), GONE), "absences[0].until"),
    ("an absence's end is null", put(("absences", 0, "until"), None), "absences[0].until"),
    (
        "the care status is not in its list",
        put(("persons", 0, "care_status"), "yes"),
        "persons[0].care_status",
    ),
    (
        "the support status is not in its list",
        put(("persons", 0, "support_status"), "closed"),
        "persons[0].support_status",
    ),
    (
        "care-experienced without a support status",
        put(("persons", 0, "support_status"), GONE),
        "persons[0].support_status",
    ),
    (
        "care-experienced with a support status of null",
        put(("persons", 0, "support_status"), None),
        "persons[0].support_status",
    ),
    (
        "the role on the item is not in its list",
        put(("items", 0, "people", 0, "role"), "perpetrator"),
        "items[0].people[0].role",
    ),
    ("people are missing", put(("items", 0, "people"), GONE), "items[0].people"),
    ("a person on an item is null", put(("items", 0, "people", 0), None), "items[0].people[0]"),
    (
        "two services of one id",
        put(("services", 1), {"id": "lc", "agreement": "expired"}),
        "services[1].id",
    ),
    ("two desks of one id", put(("desks", 1), {"id": "desk", "service": "lc"}), "desks[1].id"),
    ("two workers of one id", put(("workers", 1), {"id": "w", "service": "lc"}), "workers[1].id"),
    (
        "a worker and a desk of one id",
        put(("workers", 1), {"id": "desk", "service": "lc"}),
        "workers[1].id",
    ),
    ("two teams of one id", put(("teams",), [{"id": "t"}, {"id": "t"}]), "teams[1].id"),
    (
        "two persons of one id",
        put(("persons", 1), {"id": "p", "care_status": "not_known"}),
        "persons[1].id",
    ),
    ("two items of one id", put(("items", 1), {"id": "i1", "people": []}), "items[1].id"),
    ("a desk of no service", put(("desks", 0, "service"), "x"), "desks[0].service"),
    ("a desk of no team", put(("desks", 0, "team"), "x"), "desks[0].team"),
    ("a manager who is nobody", put(("teams",), [{"id": "t", "manager": "x"}]), "teams[0].manager"),
    (
        "a manager who is a desk",
        put(("teams",), [{"id": "t", "manager": "desk"}]),
        "teams[0].manager",
    ),
    ("a worker of no service", put(("workers", 0, "service"), "x"), "workers[0].service"),
    ("a worker of no team", put(("workers", 0, "team"), "x"), "workers[0].team"),
    ("a deputy who is nobody", put(("workers", 0, "deputy"), "x"), "workers[0].deputy"),
    ("an allocation of nobody", put(("allocations", 0, "person"), "x"), "allocations[0].person"),
    ("an allocation to nobody", put(("allocations", 0, "worker"), "x"), "allocations[0].worker"),
    ("an allocation to a desk", put(("allocations", 0, "worker"), "desk"), "allocations[0].worker"),
    ("an absence of nobody", put(("absences", 0, "worker"), "x"), "absences[0].worker"),
    ("a cover who is nobody", put(("absences", 0, "cover"), "x"), "absences[0].cover"),
    (
        "a conflict of nobody",
        put(("conflicts",), [{"recipient": "x", "person": "p"}]),
        "conflicts[0].recipient",
    ),
    (
        "a conflict with nobody",
        put(("conflicts",), [{"recipient": "w", "person": "w"}]),
        "conflicts[0].person",
    ),
    ("a bar of nobody", put(("bars",), [{"recipient": "p", "item": "i1"}]), "bars[0].recipient"),
    ("a bar from nothing", put(("bars",), [{"recipient": "w", "item": "i9"}]), "bars[0].item"),
    ("a person of no service", put(("persons", 0, "service"), "x"), "persons[0].service"),
    (
        "an item about nobody",
        put(("items", 0, "people", 0, "person"), "x"),
        "items[0].people[0].person",
    ),
    (
        "a person twice on an item",
        put(("items", 0, "people", 1), {"person": "p", "role": "child"}),
        "items[0].people[1].person",
    ),
    (
        "an allocation ends before it starts",
        put(("allocations", 0, "until"), "2024-12-31"),
        "allocations[0].until",
    ),
    (
        "an absence ends before it starts",
        put(("absences", 0, "until"), "2026-06-30"),
        "absences[0].until",
    ),
    (
        "a worker leaves before coming",
        [(("workers", 0, "from"), "2026-01-02"), (("workers", 0, "until"), "2026-01-01")],
        "workers[0].until",
    ),
    (
        "a worker verified in the future",
        put(("workers", 0, "verified_on"), "2026-06-21"),
        "workers[0].verified_on",
    ),
    (
        "a desk verified in the future",
        put(("desks", 0, "verified_on"), "2026-06-21"),
        "desks[0].verified_on",
    ),
    (
        "two allocations of one person in one role at a time, though to one worker",
        put(("allocations", 1), {**FIRST_ALLOCATION, "from": "2026-01-01"}),
        "allocations[1]",
    ),
    (
        "the later in the file is named, whichever began first",
        put(("allocations", 1), {**FIRST_ALLOCATION, "from": "2024-01-01"}),
        "allocations[1]",
    ),
    (
        "a day shared is enough",
        put(
            ("allocations", 1),
            {**FIRST_ALLOCATION, "from": "2024-01-01", "until": "2025-01-02"},
        ),
        "allocations[1]",
    ),
    (
        "two absences of one worker at a time",
        put(("absences", 1), {**FIRST_ABSENCE, "from": "2026-07-07", "until": "2026-07-09"}),
        "absences[1]",
    ),
]


@pytest.mark.parametrize(
    ("changes", "field"), [pytest.param(*rest, id=says) for says, *rest in FAULTS]
)
def test_one_thing_wrong_is_one_fault_with_its_path(changes, field):
    assert faults_of(changed(*changes)) == [("s1", field)]


GOOD = [
    ("the example as it is", []),
    ("null where it may be", put(("workers", 0, "verified_on"), None)),
    ("no desks at all", put(("desks",), GONE)),
    ("an empty item", put(("items", 0, "people"), [])),
    ("0 days", put(("stale_after_days",), 0)),
    ("10000 days", put(("stale_after_days",), 10000)),
    ("an id of 64 signs", put(("id",), "aZ09._:-" * 8)),
    ("verified on the very day", put(("workers", 0, "verified_on"), "2026-06-20")),
    ("a period that ends as it starts", put(("allocations", 0, "until"), "2025-01-01")),
    (
        "an allocation that begins when the other ends",
        put(
            ("allocations", 1),
            {**FIRST_ALLOCATION, "from": "2024-01-01", "until": "2025-01-01"},
        ),
    ),
    (
        "the same time in another role",
        put(("allocations", 1), {**FIRST_ALLOCATION, "role": "social_worker"}),
    ),
    (
        "a period of no day inside another one",
        put(
            ("absences", 1),
            {**FIRST_ABSENCE, "from": "2026-07-03", "until": "2026-07-03"},
        ),
    ),
    (
        "a worker and a service may share an id",
        put(("services", 1), {"id": "w", "agreement": "expired"}),
    ),
    (
        "no support status for somebody who is not known",
        put(("persons", 1), {"id": "q", "care_status": "not_known"}),
    ),
    ("an instant with an offset", put(("meeting", "starts_at"), "2026-07-01T00:30:00+01:00")),
]


@pytest.mark.parametrize("changes", [pytest.param(rest, id=says) for says, rest in GOOD])
def test_what_is_allowed(changes):
    assert len(read_situations(json.dumps(changed(*changes)))) == 1


def test_a_long_period_overlaps_every_later_one_and_not_only_the_next():
    rows = [
        {"worker": "w", "from": "2026-01-01", "until": "2026-12-31"},
        {"worker": "w", "from": "2026-02-01", "until": "2026-02-02"},
        {"worker": "w", "from": "2026-11-01", "until": "2026-11-02"},
        {"worker": "w", "from": "2026-12-31", "until": "2027-01-02"},
    ]
    assert faults_of(changed((("absences",), rows))) == [
        ("s1", "absences[1]"),
        ("s1", "absences[2]"),
    ]
