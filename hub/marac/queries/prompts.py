"""Earlier referrals that may be of the same people, of which no co-ordinator has said yet.

Open the concern first: nothing here asks whether the reader may screen it.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from hub.db.units import UnitOfWork
from hub.marac.clocks import Flag
from hub.marac.queries.repeats import PAIR, repeats_of
from hub.marac.queries.subjects import Likely, compared
from hub.marac.rules.subjects import Verdict
from hub.people.matching.bands import Band
from hub.referrals.models import Concern
from hub.referrals.states import PartyRole

NEAR = frozenset({Band.CERTAIN, Band.PROBABLE, Band.POSSIBLE})


@dataclass(frozen=True, kw_only=True)
class Undecided:
    """An earlier referral, who of the new one may be in it, and until when they are flagged."""

    reference: str
    area_id: UUID
    area: str
    on: date
    roles: tuple[PartyRole, ...]
    flag_until: date | None
    """None unless the flag is current."""


def undecided(uow: UnitOfWork, concern_id: UUID) -> tuple[Undecided, ...]:
    """Return the referrals in which a victim or alleged perpetrator may have been named before.

    Those with most of them come first, then the latest.
    """
    near: dict[UUID, dict[PartyRole, Likely]] = defaultdict(dict)
    for each in compared(uow, concern_id):
        role = PartyRole(each.party.role)
        for one in each.likely if role in PAIR else ():
            if one.standing.verdict is Verdict.OPEN and one.band in NEAR:
                near[one.concern_id].setdefault(role, one)
    flags = _flags(uow, near)
    found = []
    for other_id, by_role in near.items():
        one = next(iter(by_role.values()))
        area_id = uow.session.get_one(Concern, other_id).area_id
        found.append(
            Undecided(
                reference=one.reference,
                area_id=area_id,
                area=one.area,
                on=one.on,
                roles=tuple(role for role in PAIR if role in by_role),
                flag_until=flags.get(other_id),
            )
        )
    return tuple(sorted(found, key=lambda one: (-len(one.roles), -one.on.toordinal())))


def _flags(uow: UnitOfWork, concern_ids: dict[UUID, dict[PartyRole, Likely]]) -> dict[UUID, date]:
    """Return until when the cases of these referrals are flagged at present."""
    return {
        concern_id: max(until)
        for concern_id, found in repeats_of(uow, concern_ids).items()
        if (until := [c.flag_until for c in found.cases if c.flag_until and c.flag is Flag.CURRENT])
    }
