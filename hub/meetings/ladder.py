"""Where the question goes when whoever must be invited does not come: up, by the same rule.

Somebody who declined, stayed silent or could not be reached is *exhausted* for one person on one
item. Who comes next is what the rule of ``required`` answers when the exhausted are barred, so that
there is one ladder and not two. Whoever was asked before keeps the invitation: it is still theirs
to accept.
"""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace

from hub.meetings.required import required
from hub.meetings.requirement import RequiredInvitation, Requirement, Route
from hub.meetings.situation import Bar, ItemRole, Situation

Pair = tuple[str, str]
"""An item and a person on it."""

SIDES = {
    ItemRole.VICTIM: ItemRole.ALLEGED_PERPETRATOR,
    ItemRole.ALLEGED_PERPETRATOR: ItemRole.VICTIM,
}


@dataclass(frozen=True, kw_only=True)
class Stuck:
    """Nobody is left to ask for a person on an item by a route: somebody must telephone."""

    item: str
    person: str
    route: Route


@dataclass(frozen=True, kw_only=True)
class Climb:
    """Who is asked besides those required, and where the ladder has ended."""

    invitations: tuple[RequiredInvitation, ...]
    stuck: tuple[Stuck, ...]


def climb(
    situation: Situation, needed: Requirement, exhausted: Mapping[Pair, AbstractSet[str]]
) -> Climb:
    """Return who is asked besides, step by step, wherever the required recipient is exhausted.

    Nobody is asked who already stands for the other side of the item.
    """
    further: list[RequiredInvitation] = []
    stuck: list[Stuck] = []
    for first in needed.invitations:
        tried = exhausted.get((first.item, first.person), frozenset())
        chain = [first]
        while chain[-1].recipient in tried:
            after = _after(situation, chain)
            asked = [*needed.invitations, *further]
            if after is None or _stands_for_other_side(situation, after, asked):
                stuck.append(Stuck(item=first.item, person=first.person, route=first.route))
                break
            chain.append(after)
            further.append(after)
    return Climb(invitations=tuple(further), stuck=tuple(stuck))


def rungs(situation: Situation, first: RequiredInvitation) -> tuple[RequiredInvitation, ...]:
    """Return who would be asked after somebody who is required, step by step to the end.

    Whoever stands for the other side of the item is left out, with all who would come after.
    """
    needed = required(situation).invitations
    chain = [first]
    while (after := _after(situation, chain)) is not None:
        if _stands_for_other_side(situation, after, [*needed, *chain]):
            break
        chain.append(after)
    return tuple(chain[1:])


def _after(situation: Situation, chain: list[RequiredInvitation]) -> RequiredInvitation | None:
    """Return whom the rule asks when everybody in the chain is barred from the item."""
    first = chain[0]
    bars = tuple(Bar(recipient=one.recipient, item=first.item) for one in chain)
    items = tuple(item for item in situation.items if item.id == first.item)
    answer = required(replace(situation, items=items, bars=(*situation.bars, *bars)))
    return next(
        (
            one
            for one in answer.invitations
            if (one.person, one.route) == (first.person, first.route)
        ),
        None,
    )


def _stands_for_other_side(
    situation: Situation, one: RequiredInvitation, asked: list[RequiredInvitation]
) -> bool:
    item = next(item for item in situation.items if item.id == one.item)
    roles = {place.person: place.role for place in item.people}
    other = SIDES.get(roles[one.person])
    return other is not None and any(
        roles[two.person] is other
        for two in asked
        if two.item == one.item and two.recipient == one.recipient
    )
