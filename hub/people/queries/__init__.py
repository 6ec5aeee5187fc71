"""What the register tells: this room's pages and the rooms above ask here."""

from hub.people.queries.identity import (
    BackQuestion,
    PartyCheck,
    check_summaries,
    checks_of,
    open_check_count,
    questions_for,
)
from hub.people.queries.register import (
    PersonFacts,
    WorkerRow,
    names_of,
    own_people,
    person_rows,
    without_worker,
    workers_of,
)

__all__ = [
    "BackQuestion",
    "PartyCheck",
    "PersonFacts",
    "WorkerRow",
    "check_summaries",
    "checks_of",
    "names_of",
    "open_check_count",
    "own_people",
    "person_rows",
    "questions_for",
    "without_worker",
    "workers_of",
]
