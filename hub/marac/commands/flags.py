"""Flags: what each agency has to do is worked out from the hearings, and each says what it did."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import and_, exists, func, select
from sqlalchemy.orm import aliased

from hub.agencies.models import Agency, AgencyArea
from hub.db.looks import Looked
from hub.db.units import UnitOfWork
from hub.kernel.days import months_after
from hub.kernel.errors import ConflictError, NotFoundError, RefusedError
from hub.kernel.events import Event
from hub.marac.access import find_flag, open_flag
from hub.marac.clocks import AreaClocks
from hub.marac.events import (
    FlagKept,
    FlagListTaken,
    FlagTakenBack,
    HearingMoved,
    SubjectSaid,
    TransferAcknowledged,
)
from hub.marac.models import FlagNotice, Hearing, SubjectParty, Transfer
from hub.marac.queries.areas import area_rules
from hub.marac.queries.flags import FlagLine, flags_for_file
from hub.marac.queries.taken_over import pairs_of, taken_over
from hub.marac.rules.flags import FLAGGED, Done, FlagKind, Heard, known, to_do
from hub.meetings.models import Item, Meeting
from hub.referrals.commands import record_reveal
from hub.referrals.models import Party

SUBJECT = func.coalesce(SubjectParty.subject_id, Party.id)


@dataclass(frozen=True, kw_only=True)
class KeepFlag:
    """That an agency has set, renewed or removed its flag, as the line that was read asks it to."""

    flag_id: UUID
    kind: FlagKind


def keep_flag(cmd: KeepFlag, *, uow: UnitOfWork) -> UUID:
    """Write down that the agency did what it had to do, by whom and when; return the line's id.

    Raises NotFoundError, and ConflictError when a colleague was faster, or something else is to be
    done by now.
    """
    row = open_flag(uow, cmd.flag_id)
    if uow.actor.account_id is None:
        raise NotFoundError("a person keeps a flag")
    if row.done_at is not None or row.kind != cmd.kind:
        raise ConflictError("the flag", {"kind": row.kind})

    row.done_at, row.done_by = uow.now, uow.actor.account_id
    uow.session.flush()
    settle_flags(uow, [row.party_id])
    uow.emit(FlagKept(flag_id=row.id, kind=row.kind))
    return row.id


def take_flag_back(flag_id: UUID, *, uow: UnitOfWork) -> UUID:
    """Take back what the agency said last about somebody, which was a mistake.

    Raises NotFoundError, RefusedError for what is not the last word about the person.
    """
    row = open_flag(uow, flag_id)
    if not row.is_standing:
        raise RefusedError("Something was done about this flag since. Look at the list again.")

    row.done_at, row.done_by, row.is_standing = None, None, False
    uow.session.flush()
    settle_flags(uow, [row.party_id])
    uow.emit(FlagTakenBack(flag_id=flag_id))
    return flag_id


def reveal_for_flag(flag_id: UUID, why: str, *, uow: UnitOfWork) -> UUID:
    """Record that the actor is about to see where a flagged person lives; return the concern's id.

    Nothing is shown here: the page reads it only after this has been committed. Raises
    NotFoundError.
    """
    row = find_flag(uow, flag_id)
    concern_id = uow.session.get_one(Party, row.party_id).concern_id
    record_reveal(concern_id, why, uow=uow)
    return concern_id


def take_flag_list(*, uow: UnitOfWork) -> tuple[FlagLine, ...]:
    """Return the whole list of the actor's agency for a file, each line a look in the trail.

    Raises NotFoundError to whoever has no agency.
    """
    if uow.actor.agency_id is None:
        raise NotFoundError("There is no such list.")
    lines = flags_for_file(uow)
    for one in lines:
        uow.emit(Looked(kind="flag", record_id=one.id))
    uow.emit(FlagListTaken(agency_id=uow.actor.agency_id, lines=len(lines)))
    return lines


def follow_hearing(uow: UnitOfWork, happened: Event) -> None:
    """React to a case that was heard, noted or opened again: everybody in it is flagged, or not."""
    if isinstance(happened, HearingMoved):
        uow.session.flush()
        concern_id = uow.session.get_one(Item, happened.item_id).concern_id
        named = select(Party.id).where(Party.concern_id == concern_id, Party.role.in_(FLAGGED))
        settle_flags(uow, uow.session.scalars(named).all())


def follow_subjects(uow: UnitOfWork, happened: Event) -> None:
    """React to what was said of who is who: one person has one flag."""
    if isinstance(happened, SubjectSaid):
        settle_flags(uow, [happened.party_id, happened.other_id])


def follow_transfer(uow: UnitOfWork, happened: Event) -> None:
    """React to a case that was taken over: who is flagged where it comes from is flagged here."""
    if isinstance(happened, TransferAcknowledged):
        uow.session.flush()
        named = select(Party.id).where(
            Party.concern_id == happened.received_id, Party.role.in_(FLAGGED)
        )
        settle_flags(uow, uow.session.scalars(named).all())


def sweep_flags(uow: UnitOfWork, *, limit: int) -> int:
    """Let flags that have lapsed be removed, and those of agencies that joined be set.

    Returns how many people were looked at; 0 when nothing is left.
    """
    due = [*_lapsed(uow, limit), *_missed(uow, limit), *_not_carried(uow, limit)][:limit]
    settle_flags(uow, due)
    return len(due)


def settle_flags(uow: UnitOfWork, party_ids: Collection[UUID]) -> None:
    """Make what waits at every agency about these people be what their hearings ask for.

    Running it twice changes nothing.
    """
    uow.session.flush()
    subjects = _subjects_of(uow, party_ids)
    if not subjects:
        return
    uow.alone("flags")
    heard = _heard(uow, subjects)
    notices = _notices(uow, subjects)
    areas = {one.area_id for each in heard.values() for one in each}
    agencies = _agencies(uow, areas, {agency for agency, _ in notices})
    clocks = {area: area_rules(uow, area).clocks for area in areas}
    for subject in sorted(set(subjects.values())):
        for agency_id, own in agencies.items():
            here = {area: clocks[area] for area in own if area in clocks}
            rows = notices.get((agency_id, subject), [])
            _settle(uow, agency_id, rows, heard.get(subject, ()), here)
    uow.session.flush()


def _settle(
    uow: UnitOfWork,
    agency_id: UUID,
    rows: list[FlagNotice],
    heard: Iterable[Heard],
    areas: dict[UUID, AreaClocks],
) -> None:
    done = [row for row in rows if row.done_at is not None]
    last = max(done, key=lambda row: (row.done_at, row.id), default=None)
    for row in done:
        row.is_standing = row is last
    wanted = to_do(heard, areas, _done(last) if last else None, uow.today)
    waiting = [row for row in rows if row.done_at is None]
    for row in waiting[1:] if wanted else waiting:
        uow.session.delete(row)
    if wanted is None:
        return
    if waiting:
        row = waiting[0]
    else:
        row = FlagNotice(id=uow.new_id(), agency_id=agency_id, is_standing=False)
        uow.session.add(row)
    row.kind, row.flag_until, row.due_on = wanted.kind, wanted.flag_until, wanted.due_on
    row.party_id, row.item_id = wanted.party_id, wanted.item_id


def _done(row: FlagNotice) -> Done:
    return Done(
        kind=FlagKind(row.kind),
        flag_until=row.flag_until,
        party_id=row.party_id,
        item_id=row.item_id,
    )


def _subjects_of(uow: UnitOfWork, party_ids: Collection[UUID]) -> dict[UUID, UUID]:
    """Return everybody who is one person with one of these, with whose subject they are."""
    named = (
        select(Party.id, SUBJECT.label("subject_id"))
        .join(SubjectParty, SubjectParty.party_id == Party.id, isouter=True)
        .where(Party.id.in_(party_ids))
    )
    found = {row.id: row.subject_id for row in uow.session.execute(named)}
    others = select(SubjectParty.party_id, SubjectParty.subject_id).where(
        SubjectParty.subject_id.in_(set(found.values()))
    )
    return found | {row.party_id: row.subject_id for row in uow.session.execute(others)}


def _heard(uow: UnitOfWork, subjects: Mapping[UUID, UUID]) -> dict[UUID, tuple[Heard, ...]]:
    """Return by subject what is known to have been heard, and in which areas."""
    rows = uow.session.execute(
        select(
            Party.id, Party.concern_id, Item.id.label("item_id"), Meeting.area_id, Hearing.heard_on
        )
        .join(Item, Item.concern_id == Party.concern_id)
        .join(Hearing, Hearing.item_id == Item.id)
        .join(Meeting, Meeting.id == Item.meeting_id)
        .where(Party.id.in_(subjects), Party.role.in_(FLAGGED), Hearing.heard_on.is_not(None))
    ).all()
    taken = taken_over(uow, subjects)
    pairs = pairs_of(uow, {row.concern_id for row in rows}) if taken else {}
    found: dict[UUID, list[Heard]] = defaultdict(list)
    for row in rows:
        found[subjects[row.id]].append(
            Heard(
                on=row.heard_on,
                area_id=row.area_id,
                party_id=row.id,
                item_id=row.item_id,
                concern_id=row.concern_id,
                pairs=pairs.get(row.concern_id, frozenset()),
            )
        )
    return {subject: known(each, taken.get(subject, ())) for subject, each in found.items()}


def _notices(
    uow: UnitOfWork, subjects: Mapping[UUID, UUID]
) -> dict[tuple[UUID, UUID], list[FlagNotice]]:
    rows = uow.session.scalars(
        select(FlagNotice).where(FlagNotice.party_id.in_(subjects)).order_by(FlagNotice.id)
    )
    found: dict[tuple[UUID, UUID], list[FlagNotice]] = defaultdict(list)
    for row in rows:
        found[row.agency_id, subjects[row.party_id]].append(row)
    return found


def _agencies(
    uow: UnitOfWork, areas: Collection[UUID], known: Collection[UUID]
) -> dict[UUID, set[UUID]]:
    """Return the agencies of these areas and those that have a flag already, with their areas."""
    rows = uow.session.execute(
        select(AgencyArea.agency_id, AgencyArea.area_id)
        .join(Agency, Agency.id == AgencyArea.agency_id)
        .where(AgencyArea.area_id.in_(areas), Agency.suspended_at.is_(None))
        .order_by(AgencyArea.agency_id)
    )
    found: dict[UUID, set[UUID]] = {one: set() for one in sorted(known)}
    for agency_id, area_id in rows:
        found.setdefault(agency_id, set()).add(area_id)
    return found


def _lapsed(uow: UnitOfWork, limit: int) -> list[UUID]:
    """Return people whose flag an agency still has, though its last day is over."""
    waiting = aliased(FlagNotice)
    is_waiting = exists().where(
        waiting.agency_id == FlagNotice.agency_id,
        waiting.party_id == FlagNotice.party_id,
        waiting.done_at.is_(None),
    )
    rows = uow.session.scalars(
        select(FlagNotice.party_id)
        .where(
            FlagNotice.is_standing,
            FlagNotice.kind != FlagKind.REMOVE,
            FlagNotice.flag_until < uow.today,
            ~is_waiting,
        )
        .order_by(FlagNotice.party_id)
        .limit(limit)
    )
    return list(dict.fromkeys(rows))


def _not_carried(uow: UnitOfWork, limit: int) -> list[UUID]:
    """Return people of cases that were taken over whom an agency there was never asked to flag."""
    found: list[UUID] = []
    for area_id in uow.session.scalars(select(Transfer.to_area_id).distinct()).all():
        since = months_after(uow.today, -area_rules(uow, area_id).clocks.flag_months)
        own, other, old = aliased(SubjectParty), aliased(SubjectParty), aliased(Party)
        asked = exists().where(
            FlagNotice.agency_id == AgencyArea.agency_id,
            FlagNotice.party_id == other.party_id,
            other.subject_id == own.subject_id,
        )
        theirs = aliased(SubjectParty)
        found += uow.session.scalars(
            select(Party.id)
            .join(Transfer, Transfer.received_id == Party.concern_id)
            .join(own, own.party_id == Party.id)
            .join(theirs, theirs.subject_id == own.subject_id)
            .join(old, and_(old.id == theirs.party_id, old.concern_id == Transfer.concern_id))
            .join(Item, Item.concern_id == Transfer.concern_id)
            .join(Hearing, Hearing.item_id == Item.id)
            .join(AgencyArea, AgencyArea.area_id == Transfer.to_area_id)
            .join(Agency, and_(Agency.id == AgencyArea.agency_id, Agency.suspended_at.is_(None)))
            .where(
                Transfer.to_area_id == area_id,
                Transfer.acknowledged_at.is_not(None),
                Hearing.heard_on > since,
                Party.role.in_(FLAGGED),
                old.role.in_(FLAGGED),
                ~asked,
            )
            .distinct()
            .limit(limit)
        )
    return list(dict.fromkeys(found))


def _missed(uow: UnitOfWork, limit: int) -> list[UUID]:
    """Return people who are flagged in an area of an agency that was never asked to flag them."""
    found: list[UUID] = []
    for area_id in uow.session.scalars(select(AgencyArea.area_id).distinct()).all():
        since = months_after(uow.today, -area_rules(uow, area_id).clocks.flag_months)
        own, other = aliased(SubjectParty), aliased(SubjectParty)
        asked = exists().where(
            FlagNotice.agency_id == AgencyArea.agency_id,
            FlagNotice.party_id == other.party_id,
            other.subject_id == own.subject_id,
            own.party_id == Party.id,
        )
        found += uow.session.scalars(
            select(Party.id)
            .join(Item, Item.concern_id == Party.concern_id)
            .join(Hearing, Hearing.item_id == Item.id)
            .join(Meeting, Meeting.id == Item.meeting_id)
            .join(AgencyArea, AgencyArea.area_id == Meeting.area_id)
            .join(Agency, and_(Agency.id == AgencyArea.agency_id, Agency.suspended_at.is_(None)))
            .where(
                Meeting.area_id == area_id,
                Hearing.heard_on > since,
                Party.role.in_(FLAGGED),
                exists().where(SubjectParty.party_id == Party.id),
                ~asked,
            )
            .distinct()
            .limit(limit)
        )
    return list(dict.fromkeys(found))
