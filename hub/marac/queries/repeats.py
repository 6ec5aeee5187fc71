"""Feeding the clocks from rows: which referrals are of the same people, and what that makes them.

None of these asks whether the reader may see a referral: open it first.
"""

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import and_, func, select, union

from hub.access.models import Account
from hub.agencies.models import Area
from hub.db.units import UnitOfWork
from hub.kernel.days import london_day, parse_day
from hub.marac.clocks import (
    AreaClocks,
    CaseClock,
    Label,
    ReferralFacts,
    ReferralLabel,
    case_clocks,
    labels,
)
from hub.marac.models import AreaSetting, Hearing, RepeatDecision, SubjectParty
from hub.marac.queries.areas import rules_of
from hub.marac.rules.areas import AreaRules
from hub.marac.rules.repeats import OUTCOMES, Incident, Ruling, kind_of, label_after
from hub.meetings.models import Item
from hub.people.conflicts import kept_from
from hub.referrals.models import Concern, Party
from hub.referrals.states import PartyRole, Screening

PAIR = (PartyRole.VICTIM, PartyRole.ALLEGED_PERPETRATOR)
SUBJECT = func.coalesce(SubjectParty.subject_id, Party.id)
"""Whose subject somebody is; their own while nobody said otherwise."""


@dataclass(frozen=True, kw_only=True)
class RulingRow:
    """What a co-ordinator held a referral to be; the highest number counts."""

    number: int
    ruling: Ruling
    incident_on: date | None
    incident_kind: str
    reason: str
    decided_by: str
    decided_at: datetime


@dataclass(frozen=True, kw_only=True)
class Earlier:
    """The referral before: its reference, its area, and its day in London."""

    concern_id: UUID
    reference: str
    area_id: UUID
    area: str
    on: date


@dataclass(frozen=True, kw_only=True)
class Repeat:
    """What a referral is to those before it, and the clocks of its cases."""

    concern_id: UUID
    label: Label
    counted: Label
    """What the area's rule says, whatever a co-ordinator ruled."""
    ruling: RulingRow | None
    incident_on: date | None
    incident_kind: str
    last_referral: Earlier | None
    repeat_until: date | None
    cases: tuple[CaseClock, ...]
    """Each pair of victim and alleged perpetrator; ids are those of subjects."""
    heard_here_on: date | None
    """The last day on which one of its cases was heard in the referral's own area."""
    mirrors: tuple[Earlier, ...]
    """Referrals in which two of these people stand the other way round. Co-ordinators only."""

    @property
    def last_heard_on(self) -> date | None:
        """The last day in London on which one of its cases was heard."""
        days = [one.last_heard_on for one in self.cases if one.last_heard_on]
        return max(days, default=None)


@dataclass(frozen=True, kw_only=True)
class _Row:
    id: UUID
    reference: str
    area_id: UUID
    area: str
    on: date
    facts: ReferralFacts
    kind: str


def repeats_of(uow: UnitOfWork, concern_ids: Collection[UUID]) -> dict[UUID, Repeat]:
    """Return what each of these referrals is to those before it, by id, on the unit's day."""
    wanted = tuple(concern_ids)
    related = _related(uow, wanted)
    rulings = rulings_of(uow, related)
    rows = _rows(uow, related, rulings)
    facts = [row.facts for row in rows.values()]
    areas = clocks_by_area(uow, {row.area_id for row in rows.values()})
    found = {UUID(one.id): one for one in labels(areas, facts)}
    cases = case_clocks(areas, facts, uow.today)
    return {
        one: _repeat(rows, found[one], cases, rulings.get(one, ()), uow.today)
        for one in wanted
        if one in found
    }


def referral_facts(uow: UnitOfWork) -> tuple[ReferralFacts, ...]:
    """Return every referral of the database as the clocks see it, in the order of their coming."""
    every = uow.session.scalars(select(Concern.id)).all()
    return tuple(row.facts for row in _rows(uow, every, rulings_of(uow, every)).values())


def clocks_by_area(uow: UnitOfWork, area_ids: Iterable[UUID]) -> dict[str, AreaClocks]:
    """Return the clocks of areas by the id that referrals name them with, in one query."""
    wanted = set(area_ids)
    rows = uow.session.scalars(select(AreaSetting).where(AreaSetting.area_id.in_(wanted)))
    own = {row.area_id: rules_of(row).clocks for row in rows}
    return {str(one): own.get(one, AreaRules().clocks) for one in wanted}


def rulings_of(uow: UnitOfWork, concern_ids: Collection[UUID]) -> dict[UUID, tuple[RulingRow, ...]]:
    """Return what co-ordinators ruled of referrals, the latest first."""
    rows = uow.session.execute(
        select(RepeatDecision, Account.name)
        .join(Account, Account.id == RepeatDecision.decided_by, isouter=True)
        .where(RepeatDecision.concern_id.in_(concern_ids))
        .order_by(RepeatDecision.number.desc())
    )
    found: dict[UUID, list[RulingRow]] = defaultdict(list)
    for row, name in rows:
        found[row.concern_id].append(
            RulingRow(
                number=row.number,
                ruling=Ruling(row.label),
                incident_on=row.incident_on,
                incident_kind=row.incident_kind,
                reason=row.reason or "",
                decided_by=name or "",
                decided_at=row.decided_at,
            )
        )
    return {one: tuple(of_one) for one, of_one in found.items()}


def _repeat(
    rows: Mapping[UUID, _Row],
    found: ReferralLabel,
    cases: Iterable[CaseClock],
    rulings: tuple[RulingRow, ...],
    on: date,
) -> Repeat:
    concern_id = UUID(found.id)
    facts = rows[concern_id].facts
    pairs = {(facts.victim, one) for one in facts.alleged_perpetrators}
    last = [rows[UUID(pair.last_referral)] for pair in found.pairs if pair.last_referral]
    latest = max(last, key=lambda one: one.on, default=None)
    ruling = rulings[0] if rulings else None
    return Repeat(
        concern_id=concern_id,
        label=label_after(found.label, ruling.ruling if ruling else None),
        counted=found.label,
        ruling=ruling,
        incident_on=facts.incident_on,
        incident_kind=rows[concern_id].kind,
        last_referral=_earlier(latest) if latest else None,
        repeat_until=max((p.repeat_until for p in found.pairs if p.repeat_until), default=None),
        cases=tuple(one for one in cases if (one.victim, one.alleged_perpetrator) in pairs),
        heard_here_on=max(_heard_here(rows, facts, on), default=None),
        mirrors=tuple(_earlier(rows[UUID(one)]) for one in sorted(found.mirror_of)),
    )


def _heard_here(rows: Mapping[UUID, _Row], own: ReferralFacts, on: date) -> Iterator[date]:
    """Yield the days up to this one on which a case of the referral was heard in its area."""
    for row in rows.values():
        one = row.facts
        is_same = one.victim == own.victim and set(one.alleged_perpetrators) & set(
            own.alleged_perpetrators
        )
        if is_same and one.area == own.area:
            yield from (day for day in one.heard_on if day <= on)


def _earlier(row: _Row) -> Earlier:
    return Earlier(
        concern_id=row.id, reference=row.reference, area_id=row.area_id, area=row.area, on=row.on
    )


def _related(uow: UnitOfWork, concern_ids: Collection[UUID]) -> list[UUID]:
    """Return the referrals that name a victim or alleged perpetrator of these ones in that way.

    One that a conflict of interest keeps from the reader is not there: neither its date nor what it
    makes of these ones may tell that there is one.
    """
    mine = (
        select(SUBJECT)
        .select_from(Party)
        .join(SubjectParty, SubjectParty.party_id == Party.id, isouter=True)
        .where(Party.concern_id.in_(concern_ids), Party.role.in_(PAIR))
    )
    said = (
        select(Party.concern_id)
        .join(SubjectParty, SubjectParty.party_id == Party.id)
        .where(Party.role.in_(PAIR), SubjectParty.subject_id.in_(mine))
    )
    own = select(Party.concern_id).where(Party.role.in_(PAIR), Party.id.in_(mine))
    theirs = union(said, own)
    return list({*uow.session.scalars(theirs)} - kept_from(uow).cases | {*concern_ids})


def _rows(
    uow: UnitOfWork,
    concern_ids: Collection[UUID],
    rulings: Mapping[UUID, tuple[RulingRow, ...]],
) -> dict[UUID, _Row]:
    """Return the referrals, in the order in which they came."""
    heard = _heard(uow, concern_ids)
    rows = uow.session.execute(
        select(
            Concern.id,
            Concern.reference,
            Concern.state,
            Concern.area_id,
            Concern.answers,
            Concern.submitted_at,
            Area.name,
            Party.role,
            SUBJECT.label("subject_id"),
        )
        .join(Area, Area.id == Concern.area_id)
        .join(Party, and_(Party.concern_id == Concern.id, Party.role.in_(PAIR)), isouter=True)
        .join(SubjectParty, SubjectParty.party_id == Party.id, isouter=True)
        .where(Concern.id.in_(concern_ids))
        .order_by(Concern.submitted_at, Concern.id, Party.position)
    ).all()
    incidents = {
        one: Incident(on=said[0].incident_on, kind=said[0].incident_kind)
        for one, said in rulings.items()
    }
    found = {row.id: row for row in reversed(rows)}
    facts = facts_of(rows, incidents, heard)
    return {
        one: _Row(
            id=one,
            reference=found[one].reference,
            area_id=found[one].area_id,
            area=found[one].name,
            on=each.facts.referral_on,
            facts=each.facts,
            kind=each.kind,
        )
        for one, each in facts.items()
    }


@dataclass(frozen=True, kw_only=True)
class Referral:
    """A referral as the clocks see it; ``kind`` is empty where nobody said what happened."""

    facts: ReferralFacts
    kind: str


def facts_of(
    rows: Sequence[Any],
    incidents: Mapping[UUID, Incident],
    heard: Mapping[UUID, Collection[date]],
) -> dict[UUID, Referral]:
    """Return referrals from a row for each person that they name, in the order of the rows.

    ``incidents`` are those that a co-ordinator put right, ``heard`` the days of hearings.
    """
    people: dict[tuple[UUID, str], list[UUID]] = defaultdict(list)
    for row in rows:
        people[row.id, row.role].append(row.subject_id)
    found: dict[UUID, Referral] = {}
    for row in rows:
        if row.id in found:
            continue
        incident = incidents.get(row.id) or _said(row.answers)
        facts = ReferralFacts(
            id=str(row.id),
            area=str(row.area_id),
            victim=_victim(row.id, people),
            alleged_perpetrators=_alleged(row.id, people),
            referral_on=london_day(row.submitted_at),
            incident_on=incident.on,
            incident_kind=kind_of(incident.kind),
            outcome=OUTCOMES[Screening(row.state)],
            heard_on=tuple(sorted(heard.get(row.id, ()))),
        )
        found[row.id] = Referral(facts=facts, kind=incident.kind)
    return found


_People = Mapping[tuple[UUID, str], list[UUID]]


def _victim(concern_id: UUID, people: _People) -> str:
    return str(people.get((concern_id, PartyRole.VICTIM), [concern_id])[0])


def _alleged(concern_id: UUID, people: _People) -> tuple[str, ...]:
    """Return the alleged perpetrators; where none is named, somebody whom nobody else can be."""
    found = people.get((concern_id, PartyRole.ALLEGED_PERPETRATOR))
    return tuple(dict.fromkeys(map(str, found))) if found else (f"nobody-named-in-{concern_id}",)


def _said(answers: str) -> Incident:
    """Return the incident as the referrer said it."""
    said = json.loads(answers).get("reason", {})
    day = said.get("incident_on")
    return Incident(on=parse_day(day) if day else None, kind=said.get("incident_kind") or "")


def _heard(uow: UnitOfWork, concern_ids: Collection[UUID]) -> dict[UUID, set[date]]:
    rows = uow.session.execute(
        select(Item.concern_id, Hearing.heard_on)
        .join(Hearing, Hearing.item_id == Item.id)
        .where(Item.concern_id.in_(concern_ids), Hearing.heard_on.is_not(None))
    )
    found: dict[UUID, set[date]] = defaultdict(set)
    for concern_id, day in rows:
        if concern_id is not None and day is not None:
            found[concern_id].add(day)
    return found
