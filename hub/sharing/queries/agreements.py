"""The register of agreements as its pages show it."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import or_, select, tuple_

from hub.access.queries import names_of
from hub.agencies.models import Agency, Contact
from hub.agencies.queries import ContactRow, contacts_by_id
from hub.agencies.rules.kinds import ROLE_LABELS
from hub.db.units import UnitOfWork
from hub.sharing.access import open_agreement
from hub.sharing.models import Agreement, AgreementCopy, AgreementMove, AgreementWriter
from hub.sharing.queries.contents import contents_of
from hub.sharing.register.contents import Contents
from hub.sharing.register.gaps import Gap, gaps, obstacles, obstacles_to_resume
from hub.sharing.register.life import COUNTING, WRITING
from hub.sharing.register.reviews import next_review, warning
from hub.sharing.states.agreements import (
    AgreementState,
    AgreementStatus,
    Terms,
    agreement_state,
    status_on,
)

PAGE_SIZE = 25

Place = tuple[str, int]
"""Reference and number of the last version of a page of the register."""


@dataclass(frozen=True, slots=True)
class AgreementLine:
    """A version in the register; ``state`` is what it is worth today.

    ``review_warning`` and ``end_warning`` are within how many days (7, 30, 60) its review and its
    end come, 0 once they have passed, None when they are further off or do not matter.
    """

    id: UUID
    reference: str
    number: int
    title: str
    status: AgreementStatus
    state: AgreementState
    starts_on: date
    ends_on: date | None
    superseded_on: date | None
    review_on: date
    holds_from: date
    review_warning: int | None
    end_warning: int | None
    version: int


@dataclass(frozen=True, slots=True)
class MoveRow:
    """What was done to a version, with the names of who did it and of the party it is about."""

    action: str
    why: str
    agency: str
    due_on: date | None
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class CopyRow:
    """A signed copy."""

    id: UUID
    name: str
    media_type: str
    size: int
    added_at: datetime


@dataclass(frozen=True, slots=True)
class AgreementSheet:
    """One version, whole.

    ``lacks`` is why it cannot go on: be approved, come into force or come back. ``contacts`` are
    the directory's entries of whom one asks; ``writing`` is the next version that is being written,
    ``before`` the one that this was copied from. ``wrote`` tells whether the reader wrote it.
    """

    line: AgreementLine
    contents: Contents
    lacks: tuple[Gap, ...]
    moves: tuple[MoveRow, ...]
    copies: tuple[CopyRow, ...]
    contacts: dict[UUID, ContactRow]
    owner: str
    writing: AgreementLine | None
    before: AgreementLine | None
    wrote: bool
    next_review_on: date


def register(
    uow: UnitOfWork, *, grace_days: int, after: Place | None = None, limit: int
) -> tuple[AgreementLine, ...]:
    """Return a page of the versions that count or will, by reference.

    Those that another took the place of, and drafts thrown away, stand in the history of their
    agreement. The policy of its page is the door.
    """
    query = (
        select(Agreement)
        .where(
            or_(Agreement.superseded_on.is_(None), Agreement.superseded_on > uow.today),
            Agreement.status != AgreementStatus.DISCARDED.value,
        )
        .order_by(Agreement.reference, Agreement.number)
        .limit(limit)
    )
    if after is not None:
        query = query.where(tuple_(Agreement.reference, Agreement.number) > after)
    return tuple(_line(row, uow.today, grace_days) for row in uow.session.scalars(query))


def sheet_of(uow: UnitOfWork, agreement_id: UUID, *, grace_days: int) -> AgreementSheet:
    """Return one version to whoever may read the register. Raises NotFoundError."""
    row = open_agreement(uow, agreement_id)
    contents = contents_of(uow, row)
    line = _line(row, uow.today, grace_days)
    writing = select(Agreement).where(
        Agreement.reference == row.reference,
        Agreement.status.in_(WRITING),
        Agreement.id != row.id,
    )
    next_row = uow.session.scalar(writing.limit(1))
    before = uow.session.get(Agreement, row.supersedes_id) if row.supersedes_id else None
    asked = [one for party in contents.parties for one in (party.contact_id, party.deputy_id)]
    return AgreementSheet(
        line=line,
        contents=contents,
        lacks=_lacks(line, contents, before, uow.today),
        moves=_moves(uow, row.id),
        copies=copies_of(uow, row.id),
        contacts=contacts_by_id(uow, [one for one in asked if one is not None]),
        owner=names_of(uow, [row.owner_id]).get(row.owner_id, "") if row.owner_id else "",
        writing=_line(next_row, uow.today, grace_days) if next_row else None,
        before=_line(before, uow.today, grace_days) if before else None,
        wrote=_wrote(uow, row.id),
        next_review_on=next_review(
            row.starts_on,
            row.first_review_months,
            row.review_months,
            due_on=row.review_on,
            today=uow.today,
        ),
    )


def versions_of(
    uow: UnitOfWork, agreement_id: UUID, *, grace_days: int
) -> tuple[AgreementLine, ...]:
    """Return every version of an agreement, the newest first. Raises NotFoundError."""
    row = open_agreement(uow, agreement_id)
    query = select(Agreement).where(Agreement.reference == row.reference)
    rows = uow.session.scalars(query.order_by(Agreement.number.desc()))
    return tuple(_line(one, uow.today, grace_days) for one in rows)


def version_contents(uow: UnitOfWork, agreement_id: UUID) -> Contents:
    """Return what a version says, to whoever may read the register. Raises NotFoundError."""
    return contents_of(uow, open_agreement(uow, agreement_id))


def copies_of(uow: UnitOfWork, agreement_id: UUID) -> tuple[CopyRow, ...]:
    """Return the signed copies of a version, the earliest first."""
    rows = uow.session.scalars(
        select(AgreementCopy)
        .where(AgreementCopy.agreement_id == agreement_id)
        .order_by(AgreementCopy.added_at, AgreementCopy.id)
    )
    return tuple(CopyRow(one.id, one.name, one.media_type, one.size, one.added_at) for one in rows)


def agency_names(uow: UnitOfWork) -> tuple[tuple[UUID, str], ...]:
    """Return the agencies that can be a party, by name."""
    rows = uow.session.execute(select(Agency.id, Agency.name).order_by(Agency.name))
    return tuple((row.id, row.name) for row in rows)


def contacts_to_ask(uow: UnitOfWork, agency_id: UUID) -> tuple[tuple[UUID, str], ...]:
    """Return who works for an agency today, by name, each with their role, as labels of a form."""
    ids = uow.session.scalars(select(Contact.id).where(Contact.agency_id == agency_id))
    rows = sorted(contacts_by_id(uow, ids).values(), key=lambda one: (one.name, str(one.id)))
    return tuple(
        (one.id, f"{one.name} ({ROLE_LABELS.get(one.role, one.role)})")
        for one in rows
        if one.worker.works_on(uow.today)
    )


def counts_until(before: Agreement | None) -> date | None:
    """Return the end of the version before, where it counts and nothing else follows it."""
    if before is None or before.superseded_on is not None or before.status not in COUNTING:
        return None
    return before.ends_on


def _lacks(
    line: AgreementLine, contents: Contents, before: Agreement | None, today: date
) -> tuple[Gap, ...]:
    if line.status is AgreementStatus.DRAFT:
        return gaps(contents, today)
    if line.status is AgreementStatus.APPROVED:
        return obstacles(contents, today, counts_until=counts_until(before))
    if line.status is AgreementStatus.SUSPENDED:
        return obstacles_to_resume(contents, today)
    return ()


def _moves(uow: UnitOfWork, agreement_id: UUID) -> tuple[MoveRow, ...]:
    rows = uow.session.execute(
        select(AgreementMove, Agency.name)
        .outerjoin(Agency, Agency.id == AgreementMove.agency_id)
        .where(AgreementMove.agreement_id == agreement_id)
        .order_by(AgreementMove.at.desc(), AgreementMove.id)
    ).all()
    names = names_of(uow, {row.by_id for row, _ in rows if row.by_id is not None})
    return tuple(
        MoveRow(
            action=row.action,
            why=row.why,
            agency=agency or "",
            due_on=row.due_on,
            by=names.get(row.by_id, "") if row.by_id else "",
            at=row.at,
        )
        for row, agency in rows
    )


def _wrote(uow: UnitOfWork, agreement_id: UUID) -> bool:
    account_id = uow.actor.account_id
    if account_id is None:
        return False
    return uow.session.get(AgreementWriter, (agreement_id, account_id)) is not None


def _line(row: Agreement, today: date, grace_days: int) -> AgreementLine:
    status = status_on(AgreementStatus(row.status), row.superseded_on, today)
    terms = Terms(
        status=status,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        review_on=row.review_on,
        superseded_on=row.superseded_on,
        is_signed=True,
    )
    counts = status in COUNTING
    last_day = row.ends_on - timedelta(days=1) if row.ends_on else None
    goes_on = row.superseded_on is not None
    return AgreementLine(
        id=row.id,
        reference=row.reference,
        number=row.number,
        title=row.title,
        status=status,
        state=agreement_state(terms, today, grace_days),
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        superseded_on=row.superseded_on,
        review_on=row.review_on,
        holds_from=row.review_on + timedelta(days=grace_days + 1),
        review_warning=warning(row.review_on, today) if counts else None,
        end_warning=warning(last_day, today) if counts and not goes_on else None,
        version=row.version,
    )
