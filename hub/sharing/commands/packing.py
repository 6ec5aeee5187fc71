"""Drawing up what is held about whoever asks, and saying item by item what becomes of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from hub.db.units import UnitOfWork
from hub.kernel.errors import ConflictError, NotAllowedError, RefusedError
from hub.sharing.models import PackItem, SubjectAccess
from hub.sharing.pack_doors import open_pack_item
from hub.sharing.queries.held_about import Drawn, PackSources, held_about
from hub.sharing.rights_doors import open_access
from hub.sharing.rights_events import PackDrawn, PackItemJudged
from hub.sharing.rules.pack import Mark, PackVerdict, Said, is_looked_at_again, refusal

ANSWERED = "This has been answered."


@dataclass(frozen=True, kw_only=True)
class JudgeItem:
    """What becomes of an item; ``version`` is that of the item as it was read."""

    item_id: UUID
    version: int
    said: Said


def draw_pack(access_id: UUID, *, uow: UnitOfWork, sources: PackSources) -> UUID:
    """Draw up what is held about whoever asks, or draw it up again; return the request's id.

    What is new is added, what changed is to be looked at again, and a verdict on what did not
    change stays. Raises NotFoundError, NotAllowedError, RefusedError while it is not proved who
    asks, or once it was answered.
    """
    row = open_access(uow, access_id)
    if uow.actor.account_id is None:
        raise NotAllowedError("only people draw a pack up")
    if row.released_at is not None:
        raise RefusedError(ANSWERED)
    if row.proved_on is None:
        raise RefusedError("First write down how it was proved who asks.")
    found = held_about(uow, row.person_id, sources)
    known = _items_of(uow, row)
    fresh = sum(_put(uow, row, known.get(_key(one)), one) for one in found)
    there = {_key(one) for one in found}
    for key, item in known.items():
        if key not in there and item.gone_at is None:
            item.gone_at = uow.now
            fresh += 1
    row.drawn_at = uow.now
    if fresh:
        row.prepared_by = None
    uow.emit(PackDrawn(access_id=row.id, fresh=fresh))
    return row.id


def is_as_drawn(uow: UnitOfWork, row: SubjectAccess, sources: PackSources) -> bool:
    """Tell whether what is held about whoever asks is what their pack was drawn up from."""
    known = {key: one for key, one in _items_of(uow, row).items() if one.gone_at is None}
    found = {_key(one): one for one in held_about(uow, row.person_id, sources)}
    return known.keys() == found.keys() and not any(
        _changed(item, found[key]) for key, item in known.items()
    )


def judge_item(cmd: JudgeItem, *, uow: UnitOfWork) -> UUID:
    """Write down what becomes of an item, and return its id.

    The last verdict counts, and whoever gave it does not let the pack out. Raises NotFoundError for
    an item that is not the actor's to judge, ConflictError when it was changed or judged since it
    was read, and RefusedError for a verdict that it cannot have, or once all was answered.
    """
    item, row = open_pack_item(uow, cmd.item_id)
    if row.released_at is not None:
        raise RefusedError(ANSWERED)
    if item.gone_at is not None:
        raise RefusedError("This is not held any more. It is left out.")
    if item.version != cmd.version:
        raise ConflictError("This item", {})
    said = cmd.said
    no = refusal(said, marks_in(item), item.original)
    if no is not None:
        raise RefusedError(no.why, field=no.field)

    is_withheld = said.verdict is PackVerdict.WITHHOLD
    item.verdict = said.verdict.value
    item.redacted = said.redacted.strip() or None
    item.exemption = said.exemption.value if said.exemption and is_withheld else None
    item.why = said.why.strip() or None
    item.judged_by, item.judged_at = uow.actor.account_id, uow.now
    row.prepared_by = None
    uow.emit(PackItemJudged(item_id=item.id, access_id=row.id, verdict=said.verdict.value))
    return item.id


def marks_in(item: PackItem) -> tuple[Mark, ...]:
    """Return the marks of an item."""
    return tuple(map(Mark, item.marks.split()))


Key = tuple[str, UUID]


def _items_of(uow: UnitOfWork, row: SubjectAccess) -> dict[Key, PackItem]:
    rows = uow.session.scalars(select(PackItem).where(PackItem.access_id == row.id))
    return {(one.kind, one.source_id): one for one in rows}


def _key(one: Drawn) -> Key:
    return one.held.kind.value, one.held.id


def _put(uow: UnitOfWork, row: SubjectAccess, item: PackItem | None, one: Drawn) -> bool:
    """Bring an item into line with what is held; tell whether it must be looked at anew."""
    if item is None:
        _add(uow, row, one)
        return True
    is_changed = _changed(item, one)
    if is_changed:
        item.changed_at = uow.now if item.verdict is not None else item.changed_at
        item.verdict = item.exemption = item.gone_at = None
        item.original = one.held.text
        item.keeper, item.area_id = one.keeper.value, one.held.area_id
        item.case_id = one.held.case_id
    if is_changed or marks_in(item) != one.marks:  # a mark that fell away leaves the verdict
        item.marks = _said(one.marks)
    return is_changed


def _changed(item: PackItem, one: Drawn) -> bool:
    """Tell whether it must be judged anew: other words, or others who judge it."""
    if item.gone_at is not None or item.keeper != one.keeper.value:
        return True
    return is_looked_at_again(one.held.text, one.marks, item.original, marks_in(item))


def _add(uow: UnitOfWork, row: SubjectAccess, one: Drawn) -> None:
    uow.session.add(
        PackItem(
            id=uow.new_id(),
            access_id=row.id,
            kind=one.held.kind.value,
            source_id=one.held.id,
            happened_on=one.held.on,
            keeper=one.keeper.value,
            area_id=one.held.area_id,
            case_id=one.held.case_id,
            original=one.held.text,
            marks=_said(one.marks),
            drawn_at=uow.now,
        )
    )


def _said(marks: Iterable[Mark]) -> str:
    return " ".join(mark.value for mark in marks)
