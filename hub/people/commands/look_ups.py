"""Writing down every look-up of a person, refusing what is too many, and the second look.

The same is done and written whoever is looked up, whether anybody is found or not.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import func, select, update

from hub.db.units import TracedRefusalError, UnitOfWork
from hub.kernel.errors import ConflictError, NotAllowedError, RefusedError
from hub.people.events import LookUpAlerted, LookUpReviewed
from hub.people.look_up_doors import open_look_up
from hub.people.models import LookUp
from hub.people.queries.entries import keys_of_unit
from hub.people.queries.look_ups import alike
from hub.people.queries.seekers import seeker_of
from hub.people.rules.look_ups import (
    ALERTS,
    Counted,
    Door,
    Flag,
    LookUpPolicy,
    Outcome,
    Seeker,
    Sought,
    bucket,
    facts_of,
    flags_of,
    in_order,
    is_over,
    is_sampled,
    who_is_meant,
)

KEY = "look_up"
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
LEAST_NOTE = 10


@dataclass(frozen=True, kw_only=True)
class LookingUp:
    """That somebody is looked up: by which door, what for, and in which case, if in any.

    ``case_id`` is a concern, ``about_id`` the person in it or the request: ids of higher rooms.
    """

    door: Door
    purpose: str
    sought: Sought
    case_id: UUID | None = None
    about_id: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class ReviewLookUp:
    """What somebody else found of a look-up, in the version that was read."""

    look_up_id: UUID
    version: int
    outcome: Outcome
    note: str


def note_look_ups(
    uow: UnitOfWork, asked: Sequence[LookingUp], policy: LookUpPolicy
) -> tuple[UUID, ...]:
    """Write look-ups of one account to the log, and return their ids.

    One too many by the door of a concern is flagged and goes on, for a concern is never refused; by
    any other it raises TracedRefusalError, and only that it was tried stays.
    """
    account_id, agency_id = _who(uow)
    uow.alone(f"look-ups of {account_id}")
    seeker = seeker_of(uow, uow.actor)
    rows = [
        _row(uow, one, seeker, policy, account_id=account_id, agency_id=agency_id) for one in asked
    ]
    return tuple(row.id for row in rows)


def note_hits(uow: UnitOfWork, found: Mapping[UUID, int]) -> None:
    """Write down roughly how many are like each person in a case, whether any is or none.

    ``found`` are numbers by ``about_id``.
    """
    for about_id, number in found.items():
        here = update(LookUp).where(LookUp.about_id == about_id, LookUp.hits.is_(None))
        uow.session.execute(here.values(hits=bucket(number)))


def review_look_up(cmd: ReviewLookUp, *, uow: UnitOfWork) -> UUID:
    """Say what a look-up of somebody else was, and return its id.

    Raises NotFoundError, NotAllowedError for one's own, ConflictError, RefusedError without a
    sentence or once somebody has said it.
    """
    row = open_look_up(uow, cmd.look_up_id)
    if row.account_id == uow.actor.account_id:
        raise NotAllowedError("This was your own look-up. Somebody else looks at it.")
    if row.reviewed_at is not None:
        raise RefusedError("Somebody has looked at this already.")
    if row.version != cmd.version:
        raise ConflictError("look-up", {})
    if len(cmd.note.strip()) < LEAST_NOTE:
        raise RefusedError("Say in a sentence what you found", field="note")

    row.reviewed_at, row.reviewed_by = uow.now, uow.actor.account_id
    row.outcome, row.review_note = cmd.outcome, cmd.note.strip()
    uow.session.flush()
    uow.emit(LookUpReviewed(look_up_id=row.id, outcome=cmd.outcome))
    return row.id


def review_pile(cmd: ReviewLookUp, *, uow: UnitOfWork) -> UUID:
    """Say the same of a look-up and of all that wait beside it in its pile; return its id.

    Raises as ``review_look_up`` does.
    """
    others = alike(uow, cmd.look_up_id)
    for one in others:
        review_look_up(replace(cmd, look_up_id=one.id, version=one.version), uow=uow)
    return review_look_up(cmd, uow=uow)


def _who(uow: UnitOfWork) -> tuple[UUID, UUID]:
    if uow.actor.account_id is None or uow.actor.agency_id is None:
        raise NotAllowedError("people are looked up by members of an agency")
    return uow.actor.account_id, uow.actor.agency_id


def _row(
    uow: UnitOfWork,
    asked: LookingUp,
    seeker: Seeker,
    policy: LookUpPolicy,
    *,
    account_id: UUID,
    agency_id: UUID,
) -> LookUp:
    row = LookUp(
        id=uow.new_id(),
        account_id=account_id,
        agency_id=agency_id,
        at=uow.now,
        door=asked.door,
        purpose=asked.purpose,
        facts=" ".join(facts_of(asked.sought)),
        asked_key=keys_of_unit(uow).blind(KEY, who_is_meant(asked.sought)),
        case_id=asked.case_id,
        about_id=asked.about_id,
    )
    counted = _counted(uow, row, policy)
    in_case = row.case_id is not None or _has_case(uow, row)
    flags = set(flags_of(asked.sought, seeker, counted, repeats=policy.repeats, is_in_case=in_case))
    limits = (policy.searches_an_hour, policy.searches_a_day)
    if asked.door is not Door.REGISTER:
        limits = (policy.an_hour, policy.a_day)
    if is_over(counted, an_hour=limits[0], a_day=limits[1]):
        if asked.door is not Door.CONCERN:
            raise _too_many(asked, limits[0], limits[1], row, frozenset(flags))
        flags.add(Flag.OVER)
    if is_sampled(row.id, policy.sample_percent):
        flags.add(Flag.SAMPLE)
    _add(uow, row, frozenset(flags))
    return row


def _too_many(
    asked: LookingUp, an_hour: int, a_day: int, row: LookUp, flags: frozenset[Flag]
) -> TracedRefusalError:
    """Return the refusal, which is the same whoever was looked up, and what it leaves behind."""
    row.is_refused, row.case_id, row.about_id = True, None, None

    def trace(uow: UnitOfWork) -> None:
        _add(uow, row, flags | {Flag.OVER})

    if asked.door is Door.REGISTER:
        why = (
            f"You have searched {an_hour} times within an hour, or {a_day} times within a day. "
            "Wait, or ask your team manager to look"
        )
    else:
        why = (
            f"You have asked about {an_hour} people within an hour, or {a_day} within a day. Your "
            "draft is kept. Wait, or ring if it is urgent."
        )
    return TracedRefusalError(why, trace)


def _add(uow: UnitOfWork, row: LookUp, flags: frozenset[Flag]) -> None:
    """Write a look-up, and let its governance lead be told unless they were of this account."""
    row.flags = " ".join(in_order(flags))
    is_told = not flags.isdisjoint(ALERTS) and not _was_told(uow, row)
    uow.session.add(row)
    uow.session.flush()
    if is_told:
        uow.emit(LookUpAlerted(look_up_id=row.id))


def _was_told(uow: UnitOfWork, row: LookUp) -> bool:
    """Tell whether the lead was told of this account within a day and has not looked yet."""
    waits = select(LookUp.flags).where(
        LookUp.account_id == row.account_id,
        LookUp.at > row.at - DAY,
        LookUp.flags != "",
        LookUp.reviewed_at.is_(None),
    )
    return any(not ALERTS.isdisjoint(flags.split()) for flags in uow.session.scalars(waits))


def _counted(uow: UnitOfWork, row: LookUp, policy: LookUpPolicy) -> Counted:
    """Return how many look-ups by the same door came before; but for searches, of other people."""
    is_search = row.door == Door.REGISTER

    def within(since: datetime) -> int:
        what = func.count() if is_search else func.count(func.distinct(LookUp.asked_key))
        asked = select(what).where(
            LookUp.account_id == row.account_id,
            LookUp.at > since,
            LookUp.door == row.door,
            LookUp.is_refused.is_(False),
        )
        if not is_search:
            asked = asked.where(LookUp.asked_key != row.asked_key)
        return uow.session.scalar(asked) or 0

    same = select(func.count()).where(
        LookUp.account_id == row.account_id,
        LookUp.asked_key == row.asked_key,
        LookUp.at > row.at - timedelta(days=policy.repeat_days),
        LookUp.case_id.is_(None),
    )
    counted = Counted(within_hour=within(row.at - HOUR), within_day=within(row.at - DAY))
    return replace(counted, of_the_same=uow.session.scalar(same) or 0)


def _has_case(uow: UnitOfWork, row: LookUp) -> bool:
    """Tell whether the agency has raised a case that the person is in, by what was typed."""
    raised = select(LookUp.id).where(
        LookUp.agency_id == row.agency_id,
        LookUp.asked_key == row.asked_key,
        LookUp.case_id.is_not(None),
    )
    return uow.session.scalar(raised.limit(1)) is not None
