"""Whom a request to an agency reaches: its single point of contact, and who follows if need be.

The order is the sharing notes' own (3.1): the contact that the agreement names, whoever covers,
the deputy, the agency's duty desks; after them its team managers and, so that a request never
reaches nobody, the information governance leads who sign in to the hub. Each rung that is passed
over says why.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from hub.agencies.rules.cover import Away, away_on, freshness
from hub.agencies.rules.hours import openness
from hub.kernel.days import london_day


class Rung(StrEnum):
    """In which capacity somebody stands on the ladder."""

    CONTACT = "contact"
    COVER = "cover"
    DEPUTY = "deputy"
    DESK = "desk"
    MANAGER = "manager"
    GOVERNANCE = "governance"
    """An account of the agency's information governance lead."""
    HUB_GOVERNANCE = "hub_governance"
    """The information governance leads of the hub, whoever holds that role: nobody is the end."""


class Skip(StrEnum):
    """Why a rung is passed over."""

    NONE = "none"
    """Nobody is named."""
    SUSPENDED = "suspended"
    """The agency is suspended, so nobody there is asked."""
    NOT_YET = "not_yet"
    LEFT = "left"
    ABSENT = "absent"
    STALE = "stale"
    """Not checked for too long, or messages to the entry came back."""
    OUTSIDE_HOURS = "outside_hours"


SKIP_WORDS = {
    Skip.NONE: "Nobody is named",
    Skip.SUSPENDED: "The agency is suspended",
    Skip.NOT_YET: "Does not work there yet",
    Skip.LEFT: "Has left",
    Skip.ABSENT: "Away",
    Skip.STALE: "The entry was not checked for too long",
    Skip.OUTSIDE_HOURS: "Outside opening hours",
}


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """An entry of the directory as the ladder sees it.

    ``verified_on`` is the last day on which it was known to be right, None when never or in doubt.
    """

    contact_id: UUID
    name: str
    hours: str | None = None
    works_from: date | None = None
    works_until: date | None = None
    verified_on: date | None = None
    deputy_id: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class Ladder:
    """Everybody who could be asked for one agency.

    ``contact_id`` and ``deputy_id`` are those of the agreement, or the agency's own single point of
    contact where there is no agreement. ``people`` holds them, their covers and deputies.
    ``points`` (the agency's single points of contact), ``desks`` and ``managers`` are in order of
    nearness and preference; ``accounts`` are the agency's information governance leads.
    """

    contact_id: UUID | None = None
    deputy_id: UUID | None = None
    people: tuple[Candidate, ...] = ()
    points: tuple[Candidate, ...] = ()
    desks: tuple[Candidate, ...] = ()
    managers: tuple[Candidate, ...] = ()
    accounts: tuple[tuple[UUID, str], ...] = ()
    absences: tuple[Away, ...] = ()
    is_suspended: bool = False


@dataclass(frozen=True, kw_only=True)
class Step:
    """One rung: who it is, and why they are passed over; ``skip`` None means they can be asked."""

    rung: Rung
    contact_id: UUID | None = None
    account_id: UUID | None = None
    name: str = ""
    skip: Skip | None = None
    detail: str = ""

    @property
    def words(self) -> str:
        """Why the rung is passed over; nothing where it is not."""
        if self.skip is None:
            return self.detail
        said = SKIP_WORDS[self.skip]
        return f"{said}: {self.detail}" if self.detail else said


_LATER = dict.fromkeys(Rung, 0) | {Rung.MANAGER: 1, Rung.GOVERNANCE: 2, Rung.HUB_GOVERNANCE: 3}
"""Who is troubled only when nobody with a smaller number can be asked at all."""


@dataclass(frozen=True, kw_only=True)
class Route:
    """The ladder of one agency at one instant; it always has a last step that can be asked."""

    steps: tuple[Step, ...]
    reached: Step = field(init=False)
    """Who is asked: the first up to the desks who can be now, else the first of them who only
    waits for opening hours, so that no manager is troubled at night; then the managers in the same
    way; then whoever signs in to the hub."""

    def __post_init__(self) -> None:
        """Find who is asked."""
        order = {step: place for place, step in enumerate(self.steps)}
        able = [step for step in self.steps if step.skip in {None, Skip.OUTSIDE_HOURS}]
        first = min(able, key=lambda step: (_LATER[step.rung], step.skip is not None, order[step]))
        object.__setattr__(self, "reached", first)

    @property
    def answers_now(self) -> bool:
        """Whether whoever is asked can be expected to answer at the instant."""
        return self.reached.contact_id is not None and self.reached.skip is None


def spoc_route(ladder: Ladder, at: datetime, *, stale_after_days: int) -> Route:
    """Return who is asked for an agency at an instant, with why everybody before is passed over.

    Absence, leaving and checks count by the day in London; hours by its clocks, bank holidays
    included. Whoever stands on two rungs is listed on the first.
    """
    judge = _Judge(ladder, at, stale_after_days)
    steps: list[Step] = []
    seen: set[UUID] = set()
    for rung, found in _in_order(ladder, london_day(at)):
        if found is None:
            steps.append(Step(rung=rung, skip=Skip.NONE))
        elif found.contact_id not in seen:
            seen.add(found.contact_id)
            steps.append(judge.step(rung, found))
    gone = Skip.SUSPENDED if ladder.is_suspended else None
    steps += [
        Step(rung=Rung.GOVERNANCE, account_id=account_id, name=name, skip=gone)
        for account_id, name in ladder.accounts
    ]
    return Route(steps=(*steps, Step(rung=Rung.HUB_GOVERNANCE)))


def _in_order(ladder: Ladder, day: date) -> Iterable[tuple[Rung, Candidate | None]]:
    people = {one.contact_id: one for one in ladder.people}
    contact = people.get(ladder.contact_id) if ladder.contact_id else None
    yield Rung.CONTACT, contact
    if contact is not None:
        away = away_on(_absences(ladder, contact.contact_id), day)
        if away is not None and away.cover_id is not None:
            yield Rung.COVER, people.get(away.cover_id)
    deputy_id = ladder.deputy_id or (contact.deputy_id if contact else None)
    yield Rung.DEPUTY, people.get(deputy_id) if deputy_id else None
    yield from ((Rung.CONTACT, one) for one in ladder.points)
    yield from ((Rung.DESK, one) for one in ladder.desks)
    if not ladder.desks:
        yield Rung.DESK, None
    yield from ((Rung.MANAGER, one) for one in ladder.managers)


def _absences(ladder: Ladder, contact_id: UUID) -> list[Away]:
    return [away for away in ladder.absences if away.contact_id == contact_id]


@dataclass(frozen=True)
class _Judge:
    """Says of one candidate whether they can be asked at the instant."""

    ladder: Ladder
    at: datetime
    stale_after_days: int

    def step(self, rung: Rung, one: Candidate) -> Step:
        skip, detail = self._skip(one)
        return Step(rung=rung, contact_id=one.contact_id, name=one.name, skip=skip, detail=detail)

    def _skip(self, one: Candidate) -> tuple[Skip | None, str]:
        day = london_day(self.at)
        gone = self._gone(one, day)
        if gone is not None:
            return gone
        fresh = freshness(one.verified_on, day, self.stale_after_days)
        if fresh.is_stale:
            return Skip.STALE, fresh.words
        hours = openness(one.hours, self.at)
        if hours.is_open is False:
            return Skip.OUTSIDE_HOURS, hours.detail
        return None, hours.words

    def _gone(self, one: Candidate, day: date) -> tuple[Skip, str] | None:
        if self.ladder.is_suspended:
            return Skip.SUSPENDED, ""
        if one.works_until is not None and one.works_until <= day:
            return Skip.LEFT, f"on {_day(one.works_until)}"
        if one.works_from is not None and one.works_from > day:
            return Skip.NOT_YET, f"from {_day(one.works_from)}"
        away = away_on(_absences(self.ladder, one.contact_id), day)
        if away is not None:
            return Skip.ABSENT, f"back on {_day(away.until_on)}"
        return None


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
