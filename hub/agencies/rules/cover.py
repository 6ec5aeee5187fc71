"""Who is at work on a day, who covers, and whether an entry can still be relied on.

Spans of days are half-open: the first day counts and the last does not. So ``works_until`` is the
first day on which somebody no longer works here, and ``until_on`` of an absence the first day back.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID


@dataclass(frozen=True)
class Refusal:
    """Why something is refused, and at which field of the form or column of the file."""

    field: str
    why: str


@dataclass(frozen=True)
class Away:
    """One absence as the rules see it."""

    id: UUID
    contact_id: UUID
    from_on: date
    until_on: date
    cover_id: UUID | None = None

    def covers(self, day: date) -> bool:
        """Tell whether the contact is away on the day."""
        return self.from_on <= day < self.until_on


@dataclass(frozen=True)
class Worker:
    """A contact as the rules of cover see it."""

    id: UUID
    service_id: UUID | None
    works_from: date | None = None
    works_until: date | None = None
    deputy_id: UUID | None = None

    def works_on(self, day: date) -> bool:
        """Tell whether the contact is employed on the day."""
        begun = self.works_from is None or self.works_from <= day
        return begun and (self.works_until is None or day < self.works_until)


@dataclass(frozen=True)
class Freshness:
    """When an entry was last checked, and what to say about it."""

    is_stale: bool
    words: str


def freshness(checked_on: date | None, today: date, stale_after_days: int) -> Freshness:
    """Say whether an entry has gone stale: never checked, or more days ago than the setting.

    Source: the hub's public interface, section 6, rule 5.
    """
    if checked_on is None:
        return Freshness(is_stale=True, words="Never checked")
    days = (today - checked_on).days
    ago = "today" if days == 0 else "yesterday" if days == 1 else f"{days} days ago"
    return Freshness(days > stale_after_days, f"Checked {ago}")


def away_on(absences: Iterable[Away], day: date) -> Away | None:
    """Return the absence that covers the day; there is never more than one."""
    return next((absence for absence in absences if absence.covers(day)), None)


def span_refusal(
    first: date | None, last: date | None, *, field: str, names: tuple[str, str]
) -> Refusal | None:
    """Refuse a span that ends on or before the day on which it begins."""
    if first and last and last <= first:
        return Refusal(field, f"{names[1]} must be after {names[0]}")
    return None


def absence_refusal(
    absence: Away, worker: Worker, others: Iterable[Away], cover: Worker | None
) -> Refusal | None:
    """Say why an absence cannot be kept, or None.

    ``others`` are the absences already recorded of the worker and of the cover.
    """
    others = [other for other in others if other.id != absence.id]
    if wrong := span_refusal(
        absence.from_on,
        absence.until_on,
        field="until_on",
        names=("the first day away", "The first day back"),
    ):
        return wrong
    if worker.works_until is not None and absence.from_on >= worker.works_until:
        return Refusal("from_on", "The first day away is after this person has left the agency")
    for other in others:
        if other.contact_id == worker.id and _meet(absence, other):
            return Refusal(
                "from_on",
                f"An absence from {_day(other.from_on)}, back on {_day(other.until_on)}, is already"
                " recorded. Change that one, or choose other days",
            )
    return _cover_refusal(absence, worker, others, cover)


def _cover_refusal(
    absence: Away, worker: Worker, others: list[Away], cover: Worker | None
) -> Refusal | None:
    if cover is None:
        return None
    if cover.id == worker.id:
        return Refusal("cover", "Somebody who is away cannot cover for themselves")
    if cover.service_id != worker.service_id:
        return Refusal("cover", "Cover must come from the same service")
    if not (cover.works_on(absence.from_on)):
        return Refusal("cover", "This person does not work here on the first day away")
    for other in others:
        whole = other.from_on <= absence.from_on and absence.until_on <= other.until_on
        if other.contact_id == cover.id and whole:
            return Refusal("cover", "This person is away for all of the same days")
    return None


def deputy_refusal(worker: Worker, deputy: Worker | None, today: date) -> Refusal | None:
    """Say why somebody cannot be the deputy, or None.

    Two may be each other's deputies, as in many a small team: the ladder asks the named worker's
    deputy and then goes on to the manager, so it cannot run in a circle.
    """
    if deputy is None:
        return None
    if deputy.id == worker.id:
        return Refusal("deputy", "Nobody can be their own deputy")
    if deputy.service_id != worker.service_id:
        return Refusal("deputy", "A deputy must come from the same service")
    if deputy.works_until is not None and deputy.works_until <= today:
        return Refusal("deputy", "This person has left the agency")
    return None


def _meet(one: Away, two: Away) -> bool:
    return one.from_on < two.until_on and two.from_on < one.until_on


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
