"""What the co-ordinator does with a concern: decide, see how to reach somebody, set the marks."""

from dataclasses import dataclass, fields
from uuid import UUID

from hub.access.permissions import Fact, Permission, may
from hub.db.looks import Looked
from hub.db.units import UnitOfWork
from hub.kernel.errors import ConflictError, NotFoundError, RefusedError
from hub.referrals.access import open_concern, works_in
from hub.referrals.criteria import Thresholds
from hub.referrals.events import ConcernScreened, ContactRevealed, ThresholdsSet
from hub.referrals.models import Concern, ScreeningDecision, ScreeningThreshold
from hub.referrals.rules import needs_reason
from hub.referrals.states import CONCERN, Move, Screening

CONTACT = "concern_contact"
"""The kind of look at addresses and telephone numbers, apart from the look at the concern."""


@dataclass(frozen=True, kw_only=True)
class ScreenConcern:
    """Decide on a concern; ``version`` is that of the concern as it was read."""

    concern_id: UUID
    outcome: Move
    reason: str
    version: int


@dataclass(frozen=True, kw_only=True)
class RevealContact:
    """Ask to see addresses and telephone numbers, and say what for."""

    concern_id: UUID
    why: str


@dataclass(frozen=True, kw_only=True)
class SetThresholds:
    """Say how an area reads risk; ``version`` is 0 where it had only the defaults."""

    area_id: UUID
    thresholds: Thresholds
    version: int


def screen_concern(cmd: ScreenConcern, *, uow: UnitOfWork) -> UUID:
    """Record the decision and its reason.

    Raises NotFoundError, ConflictError when it was decided or added to since it was read,
    RefusedError without a reason where one is needed, IllegalMoveError.
    """
    concern = open_concern(uow, cmd.concern_id, Permission.CONCERN_SCREEN)
    if cmd.version != concern.version:
        raise ConflictError("the concern", {"outcome": concern.state.replace("_", " ")})
    if cmd.outcome in (Move.WITHDRAW, Move.ADD):
        raise RefusedError("Only the referrer can do this", field="outcome")
    if needs_reason(cmd.outcome) and not cmd.reason.strip():
        raise RefusedError("Enter the reason, which the referrer will see", field="reason")

    _decide(concern, CONCERN.step(Screening(concern.state), cmd.outcome), cmd.reason, uow=uow)
    return concern.id


def make_urgent(concern_id: UUID, reason: str, *, uow: UnitOfWork) -> UUID:
    """Accept a concern as urgent, whatever was decided before, because it cannot wait at all.

    Co-ordinators and chairs of its area may. Raises NotFoundError, RefusedError without a reason,
    IllegalMoveError.
    """
    concern = open_concern(uow, concern_id, Permission.EMERGENCY_CALL)
    if not reason.strip():
        raise RefusedError("Enter why it cannot wait", field="reason")
    state = Screening(concern.state)
    if state is not Screening.URGENT:
        state = CONCERN.step(state, Move.MAKE_URGENT)
    _decide(concern, state, reason, uow=uow)
    return concern.id


def _decide(concern: Concern, state: Screening, reason: str, *, uow: UnitOfWork) -> None:
    concern.state = state
    concern.is_urgent = concern.is_urgent or state is Screening.URGENT
    uow.session.add(
        ScreeningDecision(
            id=uow.new_id(),
            concern_id=concern.id,
            outcome=state,
            reason=reason.strip(),
            decided_by=_account(uow),
            decided_at=uow.now,
        )
    )
    uow.emit(ConcernScreened(concern_id=concern.id, outcome=state))


def reveal_contact(cmd: RevealContact, *, uow: UnitOfWork) -> UUID:
    """Record that the actor is about to see how people can be reached. Raises NotFoundError.

    Nothing is shown here: the page reads it only after this has been committed.
    """
    concern = open_concern(uow, cmd.concern_id)
    record_reveal(concern.id, cmd.why, uow=uow)
    return concern.id


def record_reveal(concern_id: UUID, why: str, *, uow: UnitOfWork) -> None:
    """Record a reveal to somebody whom a room above has let in by a door of its own."""
    uow.emit(Looked(kind=CONTACT, record_id=concern_id))
    uow.emit(ContactRevealed(concern_id=concern_id, why=why))


def set_thresholds(cmd: SetThresholds, *, uow: UnitOfWork) -> UUID:
    """Set an area's marks. Raises NotFoundError, ConflictError."""
    area = cmd.area_id
    facts = {Fact.SAME_AREA} if works_in(uow, uow.actor.agency_id, area) else set()
    if not may(uow.actor, Permission.CONCERN_SCREEN, facts):
        raise NotFoundError("no such area")

    row = uow.session.get(ScreeningThreshold, area)
    if cmd.version != (row.version if row else 0):
        theirs = {"score": str(row.score), "incidents": str(row.incidents)} if row else {}
        raise ConflictError("the settings", theirs)
    if row is None:
        row = ScreeningThreshold(area_id=area)
        uow.session.add(row)
    for mark in fields(cmd.thresholds):
        setattr(row, mark.name, getattr(cmd.thresholds, mark.name))

    uow.emit(ThresholdsSet(area_id=area))
    return area


def _account(uow: UnitOfWork) -> UUID:
    """Return whose decision it is. Raises NotFoundError for the hub itself: it decides nothing."""
    if uow.actor.account_id is None:
        raise NotFoundError("a decision is a person's")
    return uow.actor.account_id
