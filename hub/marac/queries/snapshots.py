"""An agenda as it stands at this moment, as JSON can keep it."""

from collections.abc import Iterable
from dataclasses import replace
from uuid import UUID

from hub.db.units import UnitOfWork
from hub.kernel.actor import system
from hub.kernel.days import format_instant
from hub.marac.queries.areas import rules_and_last
from hub.marac.queries.marks import mark_facts
from hub.marac.queries.openings import lapsing_at, overdue_at
from hub.marac.rules.marks import MarkFacts, marks_of
from hub.meetings.models import Meeting
from hub.meetings.queries import CaseLine, cases_of


def snapshot(uow: UnitOfWork, meeting: Meeting) -> dict[str, object]:
    """Return the agenda as it stands, as JSON: ids, references, times and states in words.

    It is of the whole agenda, without anybody's name whom a case is about. So the hub reads it and
    not whoever presses the button: a case that is kept from them is on everybody else's copy.
    """
    uow = replace(uow, actor=system("agenda"))
    rules, last = rules_and_last(uow, meeting)
    facts = mark_facts(uow, meeting, rules)
    today = uow.today
    return {
        **_cases(meeting, cases_of(uow, meeting.id), facts),
        "overdue": [
            {
                "item": str(one.item_id),
                "reference": one.reference,
                "case": one.case,
                "agency": one.agency,
                "due_on": one.due_on.isoformat(),
            }
            for one in overdue_at(uow, meeting.area_id, today)
        ],
        "lapsing": [
            {"item": str(one.item_id), "case": one.case, "until": one.flag_until.isoformat()}
            for one in lapsing_at(uow, meeting, rules, last)
        ],
    }


def _cases(
    meeting: Meeting, cases: Iterable[CaseLine], facts: dict[UUID, MarkFacts]
) -> dict[str, object]:
    return {
        "meeting": meeting.reference,
        "starts_at": format_instant(meeting.starts_at),
        "ends_at": format_instant(meeting.ends_at),
        "cases": [
            {
                "item": str(case.id),
                "reference": case.reference,
                "has_children": case.has_children,
                "marks": [mark.value for mark in marks_of(facts[case.id])],
                "from_area": facts[case.id].from_area,
                "starts_at": format_instant(case.starts_at) if case.starts_at else None,
                "ends_at": format_instant(case.ends_at) if case.ends_at else None,
                "people": [
                    {
                        "role": person.role,
                        "care_status": person.care_status,
                        "state": person.said.words if person.said else None,
                        "invited": [
                            {"name": one.name, "step": one.step, "state": one.said.words}
                            for one in person.invited
                        ],
                    }
                    for person in case.people
                ],
                "reasons": [
                    {"problem": one.problem, "reason": one.reason, "by": one.by}
                    for one in case.recorded
                ],
            }
            for case in cases
        ],
    }
