"""Who may be whom in earlier referrals, with what speaks for and against it, for a co-ordinator.

Nothing is decided here. Of another area's referral only what is needed to tell is read: never what
it says.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import exists, func, or_, select
from sqlalchemy.orm import aliased

from hub.agencies.models import AgencyArea, Area
from hub.db.units import UnitOfWork
from hub.kernel.days import london_day
from hub.marac.models import SubjectKey, SubjectVerdict, Transfer
from hub.marac.rules.subjects import Pair, Verdict, is_by_name_alone
from hub.people.conflicts import case_is_open
from hub.people.matching.bands import Band, band_of, is_worth_showing
from hub.people.matching.evidence import gather
from hub.people.matching.reasons import reasons_for
from hub.people.matching.subjects import Entry, Query, prepare
from hub.people.matching.weights import UNKNOWN_FREQUENCIES
from hub.people.rules.identity import alias_pair
from hub.referrals.models import Concern, Party
from hub.referrals.queries import PartyRow, parties_of

MOST_LIKELY = 60
"""How many people, those who share most, are compared with one."""


@dataclass(frozen=True, kw_only=True)
class Standing:
    """What was last said of two people, and the number of that saying; 0 where nothing was."""

    number: int = 0
    verdict: Verdict = Verdict.OPEN


@dataclass(frozen=True, kw_only=True)
class Likely:
    """Somebody of another referral who may be the same person."""

    party_id: UUID
    concern_id: UUID
    reference: str
    area: str
    is_here: bool
    """Whether the referral is one of the reader's own areas."""
    name: str
    """Empty for another area's."""
    role: str
    on: date
    band: Band
    reasons: tuple[tuple[bool | None, str], ...]
    by_name_alone: bool
    standing: Standing


@dataclass(frozen=True, kw_only=True)
class Compared:
    """Somebody of a referral, with those who may be the same, the likeliest first."""

    party: PartyRow
    likely: tuple[Likely, ...]


def compared(uow: UnitOfWork, concern_id: UUID) -> tuple[Compared, ...]:
    """Return each person of a referral with those of others who may be the same.

    A referral that a conflict of interest keeps from the reader is not there.
    """
    mine = parties_of(uow, [concern_id])
    said = verdicts_about(uow, [one.id for one in mine])
    near = {
        one.id: [
            *sharing(uow, one.id),
            *(other for pair in said if one.id in pair for other in pair - {one.id}),
        ]
        for one in mine
    }
    theirs = _others(uow, {other for ids in near.values() for other in ids})
    return tuple(
        Compared(party=one, likely=_likely(one, near[one.id], theirs, said)) for one in mine
    )


def sharing(uow: UnitOfWork, party_id: UUID) -> list[UUID]:
    """Return who of other referrals shares a keyed hash with somebody, those with most first."""
    own, other = aliased(SubjectKey), aliased(SubjectKey)
    concern = select(Party.concern_id).where(Party.id == party_id).scalar_subquery()
    shared = func.count()
    rows = (
        select(other.party_id)
        .join(own, own.key == other.key)
        .join(Party, Party.id == other.party_id)
        .where(own.party_id == party_id, Party.concern_id != concern)
        .group_by(other.party_id)
        .order_by(shared.desc(), other.party_id)
        .limit(MOST_LIKELY)
    )
    return list(uow.session.scalars(rows))


def verdicts_about(uow: UnitOfWork, party_ids: Collection[UUID]) -> dict[Pair, Standing]:
    """Return what stands said of pairs with one of these people in them."""
    rows = uow.session.execute(
        select(
            SubjectVerdict.one_id,
            SubjectVerdict.other_id,
            SubjectVerdict.number,
            SubjectVerdict.verdict,
        )
        .where(or_(SubjectVerdict.one_id.in_(party_ids), SubjectVerdict.other_id.in_(party_ids)))
        .order_by(SubjectVerdict.number)
    )
    return {
        frozenset((row.one_id, row.other_id)): Standing(
            number=row.number, verdict=Verdict(row.verdict)
        )
        for row in rows
    }


@dataclass(frozen=True)
class _Other:
    party: PartyRow
    reference: str
    area: str
    is_here: bool
    on: date
    has_moved: bool
    """Whether its people came to another area than the reader's by a transfer."""


def _others(uow: UnitOfWork, party_ids: Collection[UUID]) -> dict[UUID, _Other]:
    here = select(AgencyArea.area_id).where(AgencyArea.agency_id == uow.actor.agency_id)
    rows = uow.session.execute(
        select(
            Concern.id,
            Concern.reference,
            Area.name,
            Concern.area_id.in_(here).label("is_here"),
            Concern.submitted_at,
            exists().where(Transfer.received_id == Concern.id).label("came_here"),
        )
        .join(Area, Area.id == Concern.area_id)
        .where(
            Concern.id.in_(select(Party.concern_id).where(Party.id.in_(party_ids))),
            case_is_open(uow, Concern.id),
        )
    )
    concerns = {row.id: row for row in rows}
    return {
        one.id: _Other(
            party=one,
            reference=concerns[one.concern_id].reference,
            area=concerns[one.concern_id].name,
            is_here=bool(concerns[one.concern_id].is_here),
            on=london_day(concerns[one.concern_id].submitted_at),
            has_moved=bool(
                concerns[one.concern_id].came_here and not concerns[one.concern_id].is_here
            ),
        )
        for one in parties_of(uow, concerns)
        if one.id in set(party_ids)
    }


def _likely(
    mine: PartyRow,
    near: Sequence[UUID],
    theirs: Mapping[UUID, _Other],
    said: Mapping[Pair, Standing],
) -> tuple[Likely, ...]:
    ready = prepare(query_of(mine))
    found = []
    for party_id in dict.fromkeys(near):
        other = theirs.get(party_id)
        standing = said.get(frozenset((mine.id, party_id)), Standing())
        if other is None:
            continue
        evidence = gather(ready, prepare(_entry_of(other)), UNKNOWN_FREQUENCIES)
        if not is_worth_showing(evidence) and not standing.number:
            continue
        one = Likely(
            party_id=party_id,
            concern_id=other.party.concern_id,
            reference=other.reference,
            area=other.area,
            is_here=other.is_here,
            name=(other.party.name or "Name not known") if other.is_here else "",
            role=other.party.role,
            on=other.on,
            band=band_of(evidence),
            reasons=tuple((each.agrees, each.text) for each in reasons_for(evidence)),
            by_name_alone=is_by_name_alone(evidence),
            standing=standing,
        )
        found.append((-evidence.score, str(party_id), one))
    return tuple(one for _, _, one in sorted(found, key=lambda row: row[:2]))


def query_of(party: PartyRow) -> Query:
    """Return what a referral says of somebody, as the matching engine asks."""
    said = party.details
    return Query(
        query_id=str(party.id),
        given_name=party.given_name or "",
        family_name=party.family_name or "",
        date_of_birth=party.date_of_birth,
        postcodes=tuple(filter(None, (said.get("postcode"),))),
        aliases=tuple(alias_pair(one) for one in said.get("aliases") or ()),
        nhs_number=said.get("nhs_number") or None,
        phones=tuple(filter(None, (said.get("phone"),))),
    )


def _entry_of(other: _Other) -> Entry:
    """Return somebody of another referral, as the matching engine has people.

    Where somebody has moved to another area no postcode is compared: whether a guess agrees would
    tell those whom they left behind where they live.
    """
    said = query_of(other.party)
    return Entry(
        person_id=said.query_id,
        given_name=said.given_name,
        family_name=said.family_name,
        date_of_birth=said.date_of_birth,
        postcodes=() if other.has_moved else said.postcodes,
        aliases=said.aliases,
        nhs_number=said.nhs_number,
        phones=said.phones,
    )
