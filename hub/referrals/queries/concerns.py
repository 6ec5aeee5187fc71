"""One concern: what was said, decided and added, and who must be told."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select

from hub.access.models import Account, AccountRole
from hub.agencies.models import Agency, AgencyArea, Area
from hub.db.units import UnitOfWork
from hub.kernel.actor import Role
from hub.kernel.errors import NotFoundError
from hub.referrals.criteria import Thresholds
from hub.referrals.models import (
    Concern,
    ConcernAddition,
    ConcernFile,
    ScreeningDecision,
    ScreeningThreshold,
)


@dataclass(frozen=True)
class ConcernRow:
    """A concern without its people."""

    id: UUID
    reference: str
    state: str
    area_id: UUID
    referrer_id: UUID
    agency_id: UUID
    agency: str
    has_children: bool
    is_urgent: bool
    submitted_at: datetime
    version: int
    answers: dict[str, Any]

    @property
    def reason(self) -> str:
        """What happened, as the referrer put it."""
        return str(self.answers.get("reason", {}).get("what_happened", ""))

    @property
    def criteria(self) -> tuple[str, ...]:
        """The criteria that the referrer ticked."""
        return tuple(self.answers.get("criteria", {}).get("criteria", ()))


@dataclass(frozen=True)
class DecisionRow:
    """One decision, its reason, and whose it was."""

    outcome: str
    reason: str
    decided_by: str
    decided_at: datetime


@dataclass(frozen=True)
class AdditionRow:
    """More information that was sent behind a concern."""

    text: str
    added_at: datetime


@dataclass(frozen=True)
class FileRow:
    """A file of a draft or concern."""

    id: UUID
    draft_id: UUID | None
    concern_id: UUID | None
    name: str
    media_type: str
    size: int
    stays_here: bool
    """Whether it must not go to another area's MARAC."""


@dataclass(frozen=True)
class Referrer:
    """Who raised a concern, for the room that tells them what became of it."""

    account_id: UUID
    contact_id: UUID | None
    agency_id: UUID
    name: str
    email: str


@dataclass(frozen=True)
class AreaRow:
    """An area."""

    id: UUID
    name: str


def concern_row(uow: UnitOfWork, concern_id: UUID) -> ConcernRow:
    """Return a concern. Raises NotFoundError."""
    found = concern_rows(uow, [concern_id])
    if not found:
        raise NotFoundError("no such concern")
    return found[0]


def concern_rows(uow: UnitOfWork, concern_ids: Iterable[UUID]) -> tuple[ConcernRow, ...]:
    """Return these concerns, in no promised order; those that are not there are left out."""
    rows = uow.session.execute(
        select(
            Concern.id,
            Concern.reference,
            Concern.state,
            Concern.area_id,
            Concern.referrer_id,
            Concern.agency_id,
            Agency.name,
            Concern.has_children,
            Concern.is_urgent,
            Concern.submitted_at,
            Concern.version,
            Concern.answers,
        )
        .join(Agency, Agency.id == Concern.agency_id, isouter=True)
        .where(Concern.id.in_(tuple(concern_ids)))
    )
    return tuple(
        ConcernRow(
            id=row.id,
            reference=row.reference,
            state=row.state,
            area_id=row.area_id,
            referrer_id=row.referrer_id,
            agency_id=row.agency_id,
            agency=row.name or "",
            has_children=row.has_children,
            is_urgent=row.is_urgent,
            submitted_at=row.submitted_at,
            version=row.version,
            answers=json.loads(row.answers),
        )
        for row in rows
    )


def decisions_of(uow: UnitOfWork, concern_id: UUID) -> tuple[DecisionRow, ...]:
    """Return the decisions on a concern, newest first."""
    rows = uow.session.execute(
        select(
            ScreeningDecision.outcome,
            ScreeningDecision.reason,
            Account.name,
            ScreeningDecision.decided_at,
        )
        .join(Account, Account.id == ScreeningDecision.decided_by, isouter=True)
        .where(ScreeningDecision.concern_id == concern_id)
        .order_by(ScreeningDecision.decided_at.desc(), ScreeningDecision.id)
    )
    return tuple(DecisionRow(row[0], row[1], row[2] or "", row[3]) for row in rows)


def additions_of(uow: UnitOfWork, concern_id: UUID) -> tuple[AdditionRow, ...]:
    """Return what was added to a concern, oldest first."""
    rows = uow.session.execute(
        select(ConcernAddition.text, ConcernAddition.added_at)
        .where(ConcernAddition.concern_id == concern_id)
        .order_by(ConcernAddition.added_at, ConcernAddition.id)
    )
    return tuple(AdditionRow(*row) for row in rows)


def files_of(
    uow: UnitOfWork, *, draft_id: UUID | None = None, concern_id: UUID | None = None
) -> tuple[FileRow, ...]:
    """Return the files of a draft or of a concern, oldest first."""
    wanted = ConcernFile.draft_id == draft_id if draft_id else ConcernFile.concern_id == concern_id
    rows = uow.session.execute(
        select(
            ConcernFile.id,
            ConcernFile.draft_id,
            ConcernFile.concern_id,
            ConcernFile.name,
            ConcernFile.media_type,
            ConcernFile.size,
            ConcernFile.stays_here,
        )
        .where(wanted)
        .order_by(ConcernFile.added_at, ConcernFile.id)
    )
    return tuple(FileRow(*row) for row in rows)


def referrer_of(uow: UnitOfWork, concern_id: UUID) -> Referrer:
    """Return who raised a concern. Raises NotFoundError."""
    row = uow.session.execute(
        select(Account.id, Account.contact_id, Concern.agency_id, Account.name, Account.email)
        .join(Concern, Concern.referrer_id == Account.id)
        .where(Concern.id == concern_id)
    ).one_or_none()
    if row is None:
        raise NotFoundError("no such concern")
    return Referrer(*row)


def areas(uow: UnitOfWork) -> tuple[AreaRow, ...]:
    """Return the areas in which somebody reads concerns, by name.

    A concern for an area without a co-ordinator would wait for nobody. Where there is no
    co-ordinator at all yet, every area is one.
    """
    screened = (
        select(AgencyArea.area_id)
        .join(Account, Account.agency_id == AgencyArea.agency_id)
        .join(AccountRole, AccountRole.account_id == Account.id)
        .where(AccountRole.role == Role.COORDINATOR.value, Account.is_active)
    )
    every = select(Area.id, Area.name).order_by(Area.name, Area.id)
    rows = uow.session.execute(every.where(Area.id.in_(screened))).all()
    return tuple(AreaRow(*row) for row in rows or uow.session.execute(every))


def areas_of(uow: UnitOfWork, agency_id: UUID | None) -> tuple[AreaRow, ...]:
    """Return the areas that an agency works in, by name."""
    rows = uow.session.execute(
        select(Area.id, Area.name)
        .join(AgencyArea, AgencyArea.area_id == Area.id)
        .where(AgencyArea.agency_id == agency_id)
        .order_by(Area.name, Area.id)
    )
    return tuple(AreaRow(*row) for row in rows)


def thresholds_of(uow: UnitOfWork, area_id: UUID) -> tuple[Thresholds, int]:
    """Return the area's marks for reading risk and their version; 0 where it has the defaults."""
    row = uow.session.get(ScreeningThreshold, area_id)
    if row is None:
        return Thresholds(), 0
    values = {mark.name: getattr(row, mark.name) for mark in fields(Thresholds)}
    return Thresholds(**values), row.version
