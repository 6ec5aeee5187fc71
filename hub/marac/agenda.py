"""Packs an agenda: which case is heard when, as a function of the cases and the meeting's times.

Cases with children come first, so that the children's agencies can leave (SafeLives' suggested
agenda); the cases of one worker stand side by side, so that nobody waits between two of them; and
a time that a worker has accepted stays where it is. A case that is for alert only is not discussed:
it takes no time, unless somebody is asked to come for it, and then stands behind the others. All
times are instants, so the length of a meeting is right on the days on which the clocks change.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum
from itertools import pairwise
from uuid import UUID

FEWEST_MINUTES, MOST_MINUTES = 5, 60
LONGEST_OPENING = 60
COMING = ("accepted", "stand_in")
"""Answers to an invitation after which somebody keeps the time free."""

NONE: frozenset[UUID] = frozenset()


class Part(IntEnum):
    """The parts of an agenda in the order in which they are heard."""

    WITH_CHILDREN = 0
    ADULTS = 1
    ALERT_ONLY = 2


@dataclass(frozen=True, kw_only=True)
class Slot:
    """When a case is heard: from its start up to, not including, its end (UTC)."""

    starts_at: datetime
    ends_at: datetime

    def overlaps(self, other: "Slot") -> bool:
        """Tell whether the two have an instant in common."""
        return self.starts_at < other.ends_at and other.starts_at < self.ends_at


@dataclass(frozen=True, kw_only=True)
class Case:
    """An item to be packed.

    ``workers`` are those invited to it, ``answered`` the slot that one of them has accepted, and
    ``listed_at`` with the id the order in which the cases came.
    """

    id: UUID
    has_children: bool
    listed_at: datetime
    workers: AbstractSet[UUID] = NONE
    answered: Slot | None = None
    is_alert_only: bool = False

    @property
    def part(self) -> Part:
        """The part of the agenda that the case belongs to."""
        if self.is_alert_only:
            return Part.ALERT_ONLY
        return Part.WITH_CHILDREN if self.has_children else Part.ADULTS

    @property
    def takes_time(self) -> bool:
        """Whether the case needs a slot: it is discussed, or somebody is asked to come for it."""
        return not self.is_alert_only or bool(self.workers) or self.answered is not None


@dataclass(frozen=True, kw_only=True)
class Packing:
    """The slots by item in the order in which they are heard; ``overflow`` found no room.

    ``noted`` are for alert only and take no time. ``warnings`` say in words what could not be done
    and what to do about it.
    """

    slots: dict[UUID, Slot]
    overflow: tuple[UUID, ...]
    noted: tuple[UUID, ...]
    warnings: tuple[str, ...]

    def told(self, shown: AbstractSet[UUID], slot_minutes: int) -> "Packing":
        """Return the packing as far as it is told to somebody who is shown these items alone.

        Where one is kept from them they are told of what they see that found no room, and no more:
        whose time was lost and who waits can come of what they must not know.
        """
        if {*self.slots, *self.overflow, *self.noted} <= shown:
            return self
        overflow = tuple(item for item in self.overflow if item in shown)
        return Packing(
            slots={item: slot for item, slot in self.slots.items() if item in shown},
            overflow=overflow,
            noted=tuple(item for item in self.noted if item in shown),
            warnings=_warnings(len(overflow), 0, NONE, slot_minutes),
        )


def pack(
    items: Iterable[Case],
    *,
    starts_at: datetime,
    ends_at: datetime,
    slot_minutes: int,
    opening_minutes: int = 0,
) -> Packing:
    """Give every case a slot of so many minutes between the meeting's start and end.

    Before the first there is so long for introductions and for the actions of last time; only a
    slot that was accepted can lie in it. The order in which the items are handed over makes no
    difference. Raises ValueError for a slot of no length, a negative opening, or a meeting that
    ends before it starts.
    """
    length, opening = timedelta(minutes=slot_minutes), timedelta(minutes=opening_minutes)
    meeting = Slot(starts_at=starts_at, ends_at=ends_at)
    if length <= timedelta() or opening < timedelta() or ends_at < starts_at:
        raise ValueError("a slot and a meeting need a length")
    listed = in_order(items)
    cases = [case for case in listed if case.takes_time]
    kept, lost = _kept(cases, meeting)
    free = _free(kept.values(), Slot(starts_at=starts_at + opening, ends_at=ends_at), length)
    given, overflow = _fill([case for case in cases if case.id not in kept], cases, kept, free)
    slots = dict(sorted({**kept, **given}.items(), key=lambda pair: (pair[1].starts_at, pair[0])))
    return Packing(
        slots=slots,
        overflow=tuple(case.id for case in overflow),
        noted=tuple(case.id for case in listed if not case.takes_time),
        warnings=_warnings(len(overflow), lost, waiting_workers(cases, slots), slot_minutes),
    )


def waiting_workers(cases: Iterable[Case], slots: dict[UUID, Slot]) -> frozenset[UUID]:
    """Return the workers for whom time passes between two of their own cases."""
    own: dict[UUID, list[Slot]] = defaultdict(list)
    for case in cases:
        for worker in case.workers if case.id in slots else NONE:
            own[worker].append(slots[case.id])
    return frozenset(
        worker
        for worker, times in own.items()
        if any(
            one.ends_at < two.starts_at
            for one, two in pairwise(sorted(times, key=lambda slot: slot.starts_at))
        )
    )


def moved(order: Sequence[UUID], fixed: AbstractSet[UUID], one: UUID, to: int) -> tuple[UUID, ...]:
    """Return the order with one case moved so that it stands in that place (0 is the first).

    Fixed cases keep their places, and the others go round them; a place that is fixed, or beyond
    the ends, is the nearest one that is not. Raises ValueError for a case that is not there or is
    fixed itself.
    """
    if one in fixed or one not in order:
        raise ValueError("this case cannot be moved")
    free = [place for place, case in enumerate(order) if case not in fixed]
    others = [case for case in order if case not in fixed and case != one]
    nearest = min(range(len(free)), key=lambda number: abs(free[number] - to))
    others.insert(nearest, one)
    placed = dict(zip(free, others, strict=True))
    return tuple(placed.get(place, case) for place, case in enumerate(order))


def in_order(items: Iterable[Case]) -> list[Case]:
    """Return the cases as they would stand if no answer had been given.

    Children first and alert only last; in each part the groups of cases that share a worker stay
    together. A group with cases with children and without stands where the two parts meet.
    """
    cases = sorted(items, key=lambda case: (case.listed_at, case.id))
    group = groups(cases)
    parts: dict[int, set[Part]] = defaultdict(set)
    for case in cases:
        parts[group[case.id]].add(case.part)

    def place(case: Case) -> tuple[Part, bool, int]:
        own = group[case.id]
        is_bridge = parts[own] >= {Part.WITH_CHILDREN, Part.ADULTS}
        if case.part is Part.WITH_CHILDREN:
            return (case.part, is_bridge, own)
        is_back_to_front = is_bridge and case.part is Part.ADULTS
        return (case.part, not is_back_to_front, -own if is_back_to_front else own)

    return sorted(cases, key=place)


def groups(cases: Sequence[Case]) -> dict[UUID, int]:
    """Return each case's group: the place of the first case that is linked to it by workers."""
    parent = list(range(len(cases)))

    def root(index: int) -> int:
        while parent[index] != index:
            index = parent[index]
        return index

    first_of: dict[UUID, int] = {}
    for index, case in enumerate(cases):
        for worker in case.workers:
            other = root(first_of.setdefault(worker, index))
            mine = root(index)
            parent[max(mine, other)] = min(mine, other)
    return {case.id: root(index) for index, case in enumerate(cases)}


def _kept(cases: Sequence[Case], meeting: Slot) -> tuple[dict[UUID, Slot], int]:
    """Return the answered slots that stand, and how many cannot: outside, or taken already."""
    kept: dict[UUID, Slot] = {}
    lost = 0
    for case in sorted(cases, key=lambda case: (case.listed_at, case.id)):
        slot = case.answered
        if slot is None:
            continue
        is_inside = meeting.starts_at <= slot.starts_at < slot.ends_at <= meeting.ends_at
        if is_inside and not any(slot.overlaps(other) for other in kept.values()):
            kept[case.id] = slot
        else:
            lost += 1
    return kept, lost


def _free(taken: Iterable[Slot], meeting: Slot, length: timedelta) -> list[Slot]:
    """Return the slots that fit between those taken, in time order."""
    found: list[Slot] = []
    at = meeting.starts_at
    ends = Slot(starts_at=meeting.ends_at, ends_at=meeting.ends_at)
    for slot in [*sorted(taken, key=lambda slot: slot.starts_at), ends]:
        while at + length <= slot.starts_at:
            found.append(Slot(starts_at=at, ends_at=at + length))
            at += length
        at = max(at, slot.ends_at)
    return found


def _fill(
    waiting: list[Case], cases: Sequence[Case], kept: dict[UUID, Slot], free: Sequence[Slot]
) -> tuple[dict[UUID, Slot], list[Case]]:
    """Give the free slots out, earliest first; return them and the cases left over."""
    line = _Line(cases, kept)
    given: dict[UUID, Slot] = {}
    for number, slot in enumerate(free):
        if not waiting:
            break
        part = [case for case in waiting if case.part is waiting[0].part]
        chosen = min(part, key=lambda case: line.wish(case, part, free[number:]))
        waiting.remove(chosen)
        given[chosen.id] = slot
        line.put(chosen.id, slot)
    return given, waiting


class _Line:
    """The agenda as it grows, and which case would best come next."""

    def __init__(self, cases: Sequence[Case], kept: dict[UUID, Slot]) -> None:
        self.rank = {case.id: rank for rank, case in enumerate(cases)}
        self.part = {case.id: case.part for case in cases}
        self.group = groups(sorted(cases, key=lambda case: (case.listed_at, case.id)))
        self.kept = kept
        self.heard = sorted((slot.starts_at, case_id) for case_id, slot in kept.items())

    def put(self, case_id: UUID, slot: Slot) -> None:
        """Note that the case has the slot."""
        self.heard = sorted([*self.heard, (slot.starts_at, case_id)])

    def wish(self, case: Case, part: Sequence[Case], free: Sequence[Slot]) -> tuple[int, int]:
        """Return how well the case would stand in the first of the free slots; the least is best.

        Best beside the case before it when they share a worker; then where its group runs up to
        an answered slot of its own; last where that slot is still ahead and would be left alone.
        """
        now = free[0].starts_at
        before = [case_id for starts_at, case_id in self.heard if starts_at < now]
        rank, own = self.rank[case.id], self.group[case.id]
        if before and self.group[before[-1]] == own:
            return (0, rank)
        ahead = [
            (starts_at, case_id)
            for starts_at, case_id in self.heard
            if starts_at > now and self.group[case_id] == own and self.part[case_id] is case.part
        ]
        if not ahead:
            return (2, rank)
        until, next_own = ahead[0]
        leading = [
            other
            for other in part
            if self.group[other.id] == own and self.rank[other.id] < self.rank[next_own]
        ]
        room = sum(slot.starts_at < until for slot in free)
        return (1 if rank < self.rank[next_own] and room <= len(leading) else 3, rank)


def _warnings(
    overflow: int, lost: int, waiting: AbstractSet[UUID], slot_minutes: int
) -> tuple[str, ...]:
    found = []
    if overflow:
        cases = "1 case does" if overflow == 1 else f"{overflow} cases do"
        found.append(
            f"{cases} not fit at {slot_minutes} minutes each. Give the meeting a later end, use"
            " shorter slots, or list them at another meeting."
        )
    if lost:
        fit = "1 accepted time no longer fits"
        times = fit if lost == 1 else f"{lost} accepted times no longer fit"
        found.append(
            f"{times} the meeting and had to move. The workers are told of"
            " the new times; ring them to be sure that they can come."
        )
    if waiting:
        found.append(waiting_in_words(len(waiting)))
    return tuple(found)


def waiting_in_words(count: int) -> str:
    """Return that so many workers wait between two of their cases, and what can be done."""
    who = "1 worker has" if count == 1 else f"{count} workers have"
    return (
        f"{who} to wait between two of their cases. Move the cases together, or ring and ask"
        " whether another time would do."
    )
