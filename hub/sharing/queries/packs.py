"""A pack as pages show it: to its service, to a co-ordinator, and on paper. Doors come first."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from uuid import UUID

from sqlalchemy import select

from hub.access.queries import names_of
from hub.agencies.models import Area
from hub.db.units import UnitOfWork
from hub.sharing.models import PackGiven, PackItem, SubjectAccess
from hub.sharing.pack_doors import is_waiting_judgement, to_judge
from hub.sharing.rules.pack import Exemption, Keeper, Mark, PackVerdict, Standing
from hub.sharing.rules.pack_kinds import ORDER, ItemKind


@dataclass(frozen=True, kw_only=True)
class PackRow:
    """An item in the list of its pack, without its words."""

    id: UUID
    kind: ItemKind
    on: date | None
    keeper: Keeper
    area: str
    marks: tuple[Mark, ...]
    verdict: PackVerdict | None
    exemption: Exemption | None
    why: str
    judged: str
    is_changed: bool
    is_gone: bool


@dataclass(frozen=True, kw_only=True)
class PackSheet:
    """An item whole, for whoever judges it."""

    row: PackRow
    access_id: UUID
    reference: str
    person_id: UUID
    original: str
    redacted: str
    version: int
    is_answered: bool


@dataclass(frozen=True, kw_only=True)
class Section:
    """An item as it is given; ``text`` is None where its words went with a disposed case."""

    kind: ItemKind
    on: date | None
    text: str | None


@dataclass(frozen=True, kw_only=True)
class GivenPack:
    """What was given: its sections, and the record of it; ``is_intact`` if the digests agree."""

    reference: str
    sections: tuple[Section, ...]
    withheld: int
    by: str
    at: datetime
    sha256: str
    is_intact: bool


@dataclass(frozen=True, slots=True)
class ToJudge:
    """A co-ordinator's items of one request, by its reference."""

    reference: str
    due_on: date | None
    items: tuple[PackRow, ...]


def items_in_order(uow: UnitOfWork, access_id: UUID) -> tuple[PackItem, ...]:
    """Return the items of a pack in the order in which it has them."""
    rows = uow.session.scalars(select(PackItem).where(PackItem.access_id == access_id))
    return tuple(sorted(rows, key=_place))


def standing_of(item: PackItem) -> Standing:
    """Return how far an item has come."""
    verdict = PackVerdict(item.verdict) if item.verdict else None
    return Standing(verdict=verdict, is_gone=item.gone_at is not None)


def given_text(item: PackItem) -> str:
    """Return the words of an item that are given; empty for one that is not."""
    if not standing_of(item).goes:
        return ""
    is_whole = item.verdict == PackVerdict.INCLUDE
    return item.original if is_whole else item.redacted or ""


def pack_rows(uow: UnitOfWork, access_id: UUID) -> tuple[PackRow, ...]:
    """Return every item of a pack without its words."""
    return _rows(uow, items_in_order(uow, access_id))


def judged_rows(uow: UnitOfWork) -> tuple[ToJudge, ...]:
    """Return what waits for the actor as a co-ordinator, what is due first before the rest."""
    found = uow.session.execute(
        select(PackItem, SubjectAccess.reference, SubjectAccess.due_on)
        .join(SubjectAccess, SubjectAccess.id == PackItem.access_id)
        .where(is_waiting_judgement(uow))
    ).all()
    by_request: dict[tuple[date, str], list[PackItem]] = {}
    for item, reference, due in found:
        by_request.setdefault((due or date.max, reference), []).append(item)
    return tuple(
        ToJudge(
            reference,
            None if due == date.max else due,
            _rows(uow, sorted(items, key=_place)),
        )
        for (due, reference), items in sorted(by_request.items())
    )


def pack_sheet(uow: UnitOfWork, item_id: UUID) -> PackSheet:
    """Return one item whole. Raises NoResultFound for none; ask the door first."""
    item = uow.session.get_one(PackItem, item_id)
    access = uow.session.get_one(SubjectAccess, item.access_id)
    (row,) = _rows(uow, [item])
    return PackSheet(
        row=row,
        access_id=access.id,
        reference=access.reference,
        person_id=access.person_id,
        original=item.original,
        redacted=item.redacted or "",
        version=item.version,
        is_answered=access.released_at is not None,
    )


def next_to_judge(uow: UnitOfWork, access_id: UUID, keeper: Keeper) -> UUID | None:
    """Return the first item of a pack that waits for its service, or for the actor's judgement."""
    waiting = [
        one
        for one in items_in_order(uow, access_id)
        if one.keeper == keeper and standing_of(one).waits
    ]
    if keeper is Keeper.COORDINATOR and waiting:
        own = set(uow.session.scalars(to_judge(uow).where(PackItem.access_id == access_id)))
        waiting = [one for one in waiting if one.id in own]
    return waiting[0].id if waiting else None


def sections_of(uow: UnitOfWork, access_id: UUID) -> tuple[Section, ...]:
    """Return what a pack gives as it stands, in order."""
    return tuple(
        Section(
            kind=ItemKind(one.kind),
            on=one.happened_on,
            text=given_text(one),
        )
        for one in items_in_order(uow, access_id)
        if standing_of(one).goes
    )


def given_pack(uow: UnitOfWork, access_id: UUID) -> GivenPack | None:
    """Return a pack that was let out, as it was given; None for one that was not."""
    found = uow.session.execute(
        select(PackGiven, SubjectAccess.reference)
        .join(SubjectAccess, SubjectAccess.id == PackGiven.access_id)
        .where(PackGiven.access_id == access_id)
    ).one_or_none()
    if found is None:
        return None
    given, reference = found
    items = {one.id: one for one in items_in_order(uow, access_id)}
    listed = json.loads(given.contents)
    there = [(one, items.get(UUID(one["item"]))) for one in listed]
    is_intact = sha256(given.contents.encode()).hexdigest() == given.sha256 and all(
        item is None or sha256(given_text(item).encode()).hexdigest() == one["sha256"]
        for one, item in there
    )
    return GivenPack(
        reference=reference,
        sections=tuple(
            Section(
                kind=ItemKind(one["kind"]),
                on=item.happened_on if item else None,
                text=given_text(item) if item else None,
            )
            for one, item in there
            if one["verdict"] != PackVerdict.WITHHOLD
        ),
        withheld=given.withheld,
        by=names_of(uow, [given.given_by]).get(given.given_by, ""),
        at=given.given_at,
        sha256=given.sha256,
        is_intact=is_intact,
    )


def _rows(uow: UnitOfWork, items: Sequence[PackItem]) -> tuple[PackRow, ...]:
    names = names_of(uow, {one.judged_by for one in items if one.judged_by})
    wanted = {one.area_id for one in items if one.area_id}
    areas: dict[UUID, str] = {}
    if wanted:
        found = uow.session.execute(select(Area.id, Area.name).where(Area.id.in_(wanted)))
        areas = {row.id: row.name for row in found}
    return tuple(
        PackRow(
            id=one.id,
            kind=ItemKind(one.kind),
            on=one.happened_on,
            keeper=Keeper(one.keeper),
            area=areas.get(one.area_id, "") if one.area_id else "",
            marks=tuple(map(Mark, one.marks.split())),
            verdict=standing_of(one).verdict,
            exemption=Exemption(one.exemption) if one.exemption else None,
            why=one.why or "",
            judged=names.get(one.judged_by, "") if one.judged_by else "",
            is_changed=one.changed_at is not None and one.verdict is None,
            is_gone=one.gone_at is not None,
        )
        for one in items
    )


def _place(one: PackItem) -> tuple[int, date, UUID]:
    return ORDER[ItemKind(one.kind)], one.happened_on or date.min, one.id
