"""Cases that another area has taken over, as the clock of a flag sees them."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from uuid import UUID

from sqlalchemy import func, select

from hub.db.units import UnitOfWork
from hub.kernel.days import london_day
from hub.marac.models import SubjectParty, Transfer
from hub.marac.rules.flags import FLAGGED, Pair, TakenOver
from hub.referrals.models import Party
from hub.referrals.states import PartyRole


def taken_over(uow: UnitOfWork, subjects: Mapping[UUID, UUID]) -> dict[UUID, list[TakenOver]]:
    """Return by subject the transfers by which a case of theirs came to another area.

    ``subjects`` are those of people of referrals, by the id of the person there.
    """
    rows = uow.session.execute(
        select(
            Party.id,
            Transfer.acknowledged_at,
            Transfer.from_area_id,
            Transfer.to_area_id,
            Transfer.concern_id,
            Transfer.received_id,
        )
        .join(Transfer, Transfer.received_id == Party.concern_id)
        .where(
            Party.id.in_(subjects),
            Party.role.in_(FLAGGED),
            Transfer.acknowledged_at.is_not(None),
        )
    ).all()
    pairs = pairs_of(uow, {row.received_id for row in rows}) if rows else {}
    found: dict[UUID, list[TakenOver]] = defaultdict(list)
    for row in rows:
        found[subjects[row.id]].append(
            TakenOver(
                on=london_day(row.acknowledged_at),
                from_area_id=row.from_area_id,
                to_area_id=row.to_area_id,
                concern_id=row.concern_id,
                received_id=row.received_id,
                pairs=pairs.get(row.received_id, frozenset()),
                party_id=row.id,
            )
        )
    return found


def pairs_of(uow: UnitOfWork, concern_ids: Collection[UUID]) -> dict[UUID, frozenset[Pair]]:
    """Return the cases that referrals are about: each victim with each alleged perpetrator."""
    subject = func.coalesce(SubjectParty.subject_id, Party.id)
    rows = uow.session.execute(
        select(Party.concern_id, Party.role, subject)
        .join(SubjectParty, SubjectParty.party_id == Party.id, isouter=True)
        .where(Party.concern_id.in_(concern_ids))
    )
    of: dict[UUID, dict[str, set[UUID]]] = defaultdict(lambda: defaultdict(set))
    for concern_id, role, one in rows:
        of[concern_id][role].add(one)
    return {
        concern_id: frozenset(
            (victim, alleged)
            for victim in roles[PartyRole.VICTIM]
            for alleged in roles[PartyRole.ALLEGED_PERPETRATOR]
        )
        for concern_id, roles in of.items()
    }
