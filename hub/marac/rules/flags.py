"""What an agency has to do to its own flag on somebody: set it, renew it, or take it off.

The agencies of an area mark in their own records whoever was dealt with at its MARAC, so that the
next incident is seen for what it is. A flag is kept so many months from the last day on which the
person was heard, that day's anniversary included; then it goes. Source: domain notes 1.12 and 6
item 45; the days are those of ``hub.marac.clocks``.

What was heard is known in the area that heard it, and in one that has taken the case over: there
the flag goes on from the last MARAC anywhere. The area that sent it learns nothing of what came
after, and keeps its flag until it ends. Of two alleged perpetrators each has their own days.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from uuid import UUID

from hub.kernel.days import months_after
from hub.kernel.working_days import working_days_after
from hub.marac.clocks import AreaClocks, Flag, flag_on
from hub.referrals.states import PartyRole

FLAGGED = (PartyRole.VICTIM, PartyRole.ALLEGED_PERPETRATOR, PartyRole.CHILD)
"""Whom agencies mark in their records."""


Pair = tuple[UUID, UUID]
"""A victim and somebody alleged to harm them, as the subjects that they are: a case."""
NO_CASE = UUID(int=0)


class FlagKind(StrEnum):
    """What is to be done to a flag."""

    ADD = "add"
    RENEW = "renew"
    REMOVE = "remove"


@dataclass(frozen=True, kw_only=True, slots=True)
class Heard:
    """That somebody was heard on a day in London, under a name that a referral gave them."""

    on: date
    area_id: UUID
    party_id: UUID
    item_id: UUID
    concern_id: UUID = NO_CASE
    pairs: frozenset[Pair] = frozenset()
    """The cases that the referral is about."""
    known_on: date | None = None
    """When the area came to know of it, where it was heard in another."""


@dataclass(frozen=True, kw_only=True, slots=True)
class TakenOver:
    """That an area took a case over from another, and who somebody is in the referral there."""

    on: date
    from_area_id: UUID
    to_area_id: UUID
    concern_id: UUID
    """The referral as it was sent."""
    received_id: UUID
    pairs: frozenset[Pair]
    party_id: UUID


@dataclass(frozen=True, kw_only=True, slots=True)
class Done:
    """What an agency did last to its flag on somebody."""

    kind: FlagKind
    flag_until: date
    party_id: UUID
    item_id: UUID


@dataclass(frozen=True, kw_only=True, slots=True)
class ToDo:
    """What an agency has to do, by which day in London, and where it comes from."""

    kind: FlagKind
    flag_until: date
    due_on: date
    party_id: UUID
    item_id: UUID


@dataclass(frozen=True, kw_only=True, slots=True)
class _Until:
    """Until when somebody is flagged, by which hearing, and when the flag is to be in place."""

    on: date
    heard: Heard
    due_on: date


def known(heard: Iterable[Heard], taken: Iterable[TakenOver]) -> tuple[Heard, ...]:
    """Return where it is known that one person was heard: where it was, and where the case went.

    With a case goes what was heard of the very referral, and what was heard of the same case in the
    sending area before it was taken over. It can be passed on again, and comes back as it went.
    """
    found = list(heard)
    for one in sorted(taken, key=lambda each: (each.on, each.received_id)):
        found += [
            replace(
                each,
                area_id=one.to_area_id,
                party_id=one.party_id,
                concern_id=one.received_id,
                known_on=one.on,
            )
            for each in found
            if each.concern_id == one.concern_id
            or (
                each.area_id == one.from_area_id
                and each.on <= one.on
                and not each.pairs.isdisjoint(one.pairs)
            )
        ]
    return tuple(found)


def to_do(
    heard: Iterable[Heard], areas: dict[UUID, AreaClocks], done: Done | None, on: date
) -> ToDo | None:
    """Return what an agency has to do on a day about one person, or None.

    ``heard`` has the person's hearings as they are ``known``, ``areas`` the clocks of the agency's
    own areas by id: what is known elsewhere is not its to know. A flag is to be in place when the
    minutes are due, or as long after the case was taken over.
    """
    until = _until(heard, areas)
    is_set = done is not None and done.kind is not FlagKind.REMOVE
    if until is not None and flag_on(until.on, on) is Flag.CURRENT:
        if done is not None and is_set and done.flag_until == until.on:
            return None
        return ToDo(
            kind=FlagKind.RENEW if is_set else FlagKind.ADD,
            flag_until=until.on,
            due_on=until.due_on,
            party_id=until.heard.party_id,
            item_id=until.heard.item_id,
        )
    if done is None or not is_set:
        return None
    return ToDo(
        kind=FlagKind.REMOVE,
        flag_until=done.flag_until,
        due_on=min(done.flag_until + timedelta(days=1), on),
        party_id=done.party_id,
        item_id=done.item_id,
    )


def _until(heard: Iterable[Heard], areas: dict[UUID, AreaClocks]) -> _Until | None:
    """Return the latest day on which a flag still stands; of two hearings of one day the later."""
    found = [
        _Until(
            on=months_after(one.on, areas[one.area_id].flag_months),
            heard=one,
            due_on=working_days_after(
                one.known_on or one.on,
                areas[one.area_id].minutes_days,
                areas[one.area_id].extra_closed_days,
            ),
        )
        for one in heard
        if one.area_id in areas
    ]
    return max(found, key=_place, default=None)


def _place(one: _Until) -> tuple[date, date, UUID, date]:
    """Return by what the latest is found; known in two areas, it is that of the later referral."""
    return (one.on, one.heard.on, one.heard.item_id, one.heard.known_on or one.heard.on)
