"""Subject access requests: received, proved, prepared by one person and released by another.

While one is open nothing about the person is disposed of. Nobody from the other side of a case of
the person's has anything of it, whoever they say to be and speak for.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from uuid import UUID

from sqlalchemy import select

from hub.access.permissions import Permission
from hub.db.units import UnitOfWork
from hub.kernel.errors import NotAllowedError, RefusedError
from hub.sharing.commands.packing import ANSWERED, is_as_drawn
from hub.sharing.models import PackGiven, PackItem, SubjectAccess
from hub.sharing.queries.held_about import PackSources
from hub.sharing.queries.packs import given_text, items_in_order, standing_of
from hub.sharing.rights_doors import find_subject, open_access
from hub.sharing.rights_events import AccessAsked, AccessMoved, PackGivenOut
from hub.sharing.rules.pack import PackVerdict, is_ready, is_same_name, may_release
from hub.sharing.rules.subject_access import due_on

PERSON, REPRESENTATIVE = "person", "representative"
PROVED, LONGER, PREPARED = "proved", "longer", "prepared"
NOT_THIS_WAY = (
    "This request cannot be answered through the hub. Ask your data protection officer how it "
    "goes on."
)
"""Said for every reason that there is, so that it tells of none."""
NOT_LOOKED_AT = "Draw the pack up, and look at every item of it first."
CHANGED = "Something that is held has changed. Draw the pack up again, and look at what is new."


@dataclass(frozen=True, kw_only=True)
class ReceiveAccess:
    """A request came in on a day; a representative is named with the authority that was seen."""

    person_id: UUID
    received_on: date
    asks: str
    name: str = ""
    """The representative's full name; ``representative`` is the authority that was seen."""
    representative: str = ""


def receive_access(cmd: ReceiveAccess, *, uow: UnitOfWork, sources: PackSources) -> UUID:
    """Write a request down; return its id.

    Raises NotFoundError, NotAllowedError, RefusedError, in words that tell of no case where the
    representative is on the other side of one.
    """
    find_subject(uow, cmd.person_id, Permission.ACCESS_HANDLE)
    if uow.actor.account_id is None:
        raise NotAllowedError("only people take a request in")
    if cmd.received_on > uow.today:
        raise RefusedError("The day must be today or in the past", field="received_on")
    by_another = cmd.asks == REPRESENTATIVE
    if by_another and not cmd.name.strip():
        raise RefusedError("Enter the full name of whoever asks", field="name")
    if by_another and not cmd.representative.strip():
        raise RefusedError("Enter what you saw", field="representative")
    name = cmd.name.strip() if by_another else ""
    _demand_own_side(uow, cmd.person_id, name, sources)
    row = SubjectAccess(
        id=uow.new_id(),
        reference=uow.ids.reference(),
        person_id=cmd.person_id,
        received_on=cmd.received_on,
        asks=cmd.asks,
        representative=cmd.representative.strip() or None if by_another else None,
        representative_name=name or None,
        recorded_by=uow.actor.account_id,
        recorded_at=uow.now,
    )
    uow.session.add(row)
    uow.emit(AccessAsked(access_id=row.id, person_id=row.person_id))
    return row.id


def move_access(access_id: UUID, step: str, words: str, *, uow: UnitOfWork) -> UUID:
    """Write down how it was proved who asks, why it takes longer, or that the pack is prepared.

    ``words`` say how, why or what. Returns the id. Raises NotFoundError, NotAllowedError,
    RefusedError without words, or where it is not the time for that: before every item of the pack
    has a verdict nothing is prepared.
    """
    row = open_access(uow, access_id)
    if row.released_at is not None:
        raise RefusedError(ANSWERED)
    if not words.strip():
        raise RefusedError("Enter this in a few words", field="words")
    if step == PROVED:
        row.proved_how, row.proved_on = words.strip(), row.proved_on or uow.today
    elif row.proved_on is None:
        raise RefusedError("First write down how it was proved who asks.")
    elif step == LONGER:
        row.longer_why = words.strip()
    elif not is_ready([standing_of(one) for one in items_in_order(uow, row.id)]):
        raise RefusedError(NOT_LOOKED_AT)
    else:
        row.outcome, row.prepared_by = words.strip(), uow.actor.account_id
    _count_days(row)
    uow.emit(AccessMoved(access_id=row.id, step=step))
    return row.id


def release_access(access_id: UUID, *, uow: UnitOfWork, sources: PackSources) -> UUID:
    """Let the pack out, as a person who prepared and judged none of it; return the request's id.

    Raises NotFoundError, NotAllowedError for whoever prepared or judged any of it, and RefusedError
    when not everything was looked at as it is held today, or nobody may have it.
    """
    row = open_access(uow, access_id)
    if row.released_at is not None or row.prepared_by is None or row.proved_on is None:
        raise RefusedError("There is nothing to let out.")
    items = items_in_order(uow, row.id)
    if not may_release(uow.actor.account_id, row.prepared_by, [one.judged_by for one in items]):
        raise NotAllowedError("You prepared some of this. A second person must let it out.")
    if not is_ready([standing_of(one) for one in items]):
        raise RefusedError(NOT_LOOKED_AT)
    _demand_own_side(uow, row.person_id, row.representative_name or "", sources)
    if not is_as_drawn(uow, row, sources):
        raise RefusedError(CHANGED)
    row.released_by, row.released_at = uow.actor.account_id, uow.now
    given = _given(uow, row, items)
    uow.session.add(given)
    uow.emit(AccessMoved(access_id=row.id, step="released"))
    uow.emit(PackGivenOut(access_id=row.id, given_id=given.id))
    return row.id


def count_days(uow: UnitOfWork) -> None:
    """Write the last day of open requests that have none yet, from before days were kept."""
    rows = uow.session.scalars(
        select(SubjectAccess).where(
            SubjectAccess.due_on.is_(None),
            SubjectAccess.proved_on.is_not(None),
            SubjectAccess.released_at.is_(None),
        )
    )
    for row in rows:
        _count_days(row)


def _count_days(row: SubjectAccess) -> None:
    due = due_on(row.received_on, row.proved_on, is_complex=row.longer_why is not None)
    if due != row.due_on:
        row.due_on, row.warned_at = due, None


def _demand_own_side(uow: UnitOfWork, person_id: UUID, name: str, sources: PackSources) -> None:
    """Go on only if a representative is not from the other side of a case of the person's.

    Raises RefusedError, in words that tell of nothing.
    """
    around = sources.people(uow, person_id)
    if name and any(one.is_other_side and is_same_name(name, one.name) for one in around):
        raise RefusedError(NOT_THIS_WAY)


def _given(uow: UnitOfWork, row: SubjectAccess, items: Sequence[PackItem]) -> PackGiven:
    """Return the record of what is given: every item with a digest of the words that go."""
    contents = json.dumps(
        [
            {
                "item": str(one.id),
                "kind": one.kind,
                "verdict": one.verdict,
                "exemption": one.exemption,
                "sha256": sha256(given_text(one).encode()).hexdigest(),
            }
            for one in items
            if one.gone_at is None
        ]
    )
    verdicts = [one.verdict for one in items if one.gone_at is None]
    return PackGiven(
        id=uow.new_id(),
        access_id=row.id,
        contents=contents,
        sha256=sha256(contents.encode()).hexdigest(),
        whole=verdicts.count(PackVerdict.INCLUDE),
        redacted=verdicts.count(PackVerdict.REDACT),
        withheld=verdicts.count(PackVerdict.WITHHOLD),
        given_by=uow.actor.account_id,
        given_at=uow.now,
    )
