"""The pack for a review of a death: one asks, all is held, another releases it as it stands."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select

from hub.access.permissions import Permission
from hub.db.units import UnitOfWork
from hub.kernel.errors import NotAllowedError, RefusedError
from hub.marac.events import PackAsked, PackReleased
from hub.marac.models import ReviewPack
from hub.marac.pack_doors import open_pack
from hub.marac.queries.pack import (
    Answers,
    Subjects,
    meeting_entries,
    referral_entries,
    research_entries,
    subjects_of,
)
from hub.marac.queries.pack_record import record_entries
from hub.marac.rules.pack import Entry, frozen, in_order, may_release
from hub.referrals.access import open_concern
from hub.sharing.commands.keeping import DEATH_REVIEW, hold_record
from hub.sharing.rules.retention import RecordKind

LooksAt = Callable[[UnitOfWork, Subjects], Iterable[Entry]]
"""Who looked at the cases: the trail is kept by a room above."""


@dataclass(frozen=True, kw_only=True)
class AskPack:
    """Somebody of a case died, and a review asks for what is held; ``why`` says which review."""

    concern_id: UUID
    died_on: date
    why: str


def ask_pack(cmd: AskPack, *, uow: UnitOfWork) -> UUID:
    """Ask for a pack and return its id; from now on nothing of the case can be disposed of.

    Raises NotFoundError, NotAllowedError, RefusedError for a day to come, no review, or a pack of
    the case that waits already.
    """
    concern = open_concern(uow, cmd.concern_id, Permission.CASE_LINK)
    if uow.actor.account_id is None:
        raise NotAllowedError("a person asks for a pack, never the hub")
    if cmd.died_on > uow.today:
        raise RefusedError("This must be today or earlier", field="died_on")
    why = cmd.why.strip()
    if not why:
        raise RefusedError("Enter which review asks for it", field="why")
    uow.alone(f"pack {concern.id}")
    waits = select(ReviewPack.id).where(
        ReviewPack.concern_id == concern.id, ReviewPack.released_at.is_(None)
    )
    if uow.session.scalar(waits) is not None:
        raise RefusedError("A pack of this case waits already for a second person.", field="why")

    for held in subjects_of(uow, concern.id).concerns:
        hold_record(uow, RecordKind.CONCERN, held, ground=DEATH_REVIEW, reason=why)
    pack = ReviewPack(
        id=uow.new_id(),
        reference=uow.ids.reference(),
        concern_id=concern.id,
        died_on=cmd.died_on,
        why=why,
        asked_by=uow.actor.account_id,
        asked_at=uow.now,
    )
    uow.session.add(pack)
    uow.emit(PackAsked(pack_id=pack.id, concern_id=concern.id))
    return pack.id


def release_pack(pack_id: UUID, *, uow: UnitOfWork, looks: LooksAt, answers: Answers) -> UUID:
    """Release a pack as the second person, frozen as everything stands now; return its id.

    Raises NotFoundError, RefusedError for whoever asked for it, and for one that is out already.
    """
    pack = open_pack(uow, pack_id)
    uow.alone(f"pack {pack.concern_id}")
    decision = may_release(
        pack.asked_by, uow.actor.account_id, is_released=pack.released_at is not None
    )
    if not decision.allowed:
        raise RefusedError(decision.reason)
    pack.contents = frozen(entries_of(uow, pack.concern_id, looks, answers))
    pack.released_by, pack.released_at = uow.actor.account_id, uow.now
    uow.emit(PackReleased(pack_id=pack.id, concern_id=pack.concern_id))
    return pack.id


def entries_of(
    uow: UnitOfWork, concern_id: UUID, looks: LooksAt, answers: Answers
) -> tuple[Entry, ...]:
    """Return everything of a case as it stands, in the order of time."""
    found = subjects_of(uow, concern_id)
    sources: Collection[Iterable[Entry]] = (
        referral_entries(uow, found, answers),
        meeting_entries(uow, found),
        research_entries(uow, found),
        record_entries(uow, found),
        looks(uow, found),
    )
    return in_order(one for source in sources for one in source)
