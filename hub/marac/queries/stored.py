"""An issue of an agenda from the JSON that it is kept as."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from hub.kernel.days import parse_instant
from hub.marac.rules.copies import Due, Issue, Lapse, Line


def issue_of(contents: dict[str, Any], number: int) -> Issue:
    """Return the issue that its JSON stands for; one of an earlier release lacks some of it."""
    return Issue(
        number=number,
        starts_at=parse_instant(contents["starts_at"]),
        ends_at=parse_instant(contents["ends_at"]),
        lines=tuple(_line(case) for case in contents["cases"]),
        overdue=tuple(
            Due(
                item=UUID(one["item"]),
                reference=one["reference"],
                case=one["case"],
                agency=one["agency"],
                due_on=date.fromisoformat(one["due_on"]),
            )
            for one in contents.get("overdue", ())
        ),
        lapsing=tuple(
            Lapse(
                item=UUID(one["item"]),
                case=one["case"],
                flag_until=date.fromisoformat(one["until"]),
            )
            for one in contents.get("lapsing", ())
        ),
    )


def _line(case: dict[str, Any]) -> Line:
    def instant(text: str | None) -> datetime | None:
        return parse_instant(text) if text else None

    return Line(
        item=UUID(case["item"]),
        reference=case["reference"],
        has_children=case["has_children"],
        starts_at=instant(case["starts_at"]),
        ends_at=instant(case["ends_at"]),
        marks=tuple(case.get("marks", ())),
        from_area=case.get("from_area", ""),
        invited=tuple(
            sorted({one["name"] for person in case["people"] for one in person["invited"]})
        ),
    )
