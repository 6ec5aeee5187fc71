"""An agency that does not take part for a while: nothing is shared with it until it does again."""

from dataclasses import dataclass
from uuid import UUID

from hub.access.permissions import Permission, permit
from hub.agencies.access import open_agency
from hub.agencies.commands.refusals import refuse_stale, said
from hub.agencies.events import AgencyResumed, AgencySuspended
from hub.db.units import UnitOfWork
from hub.kernel.errors import RefusedError

LONGEST = 1000


@dataclass(frozen=True, kw_only=True)
class SuspendAgency:
    """Let an agency not take part, in the version that was read, with the reason for the record."""

    agency_id: UUID
    version: int
    why: str


@dataclass(frozen=True, kw_only=True)
class ResumeAgency:
    """Let an agency take part again, in the version that was read."""

    agency_id: UUID
    version: int


def suspend_agency(cmd: SuspendAgency, *, uow: UnitOfWork) -> UUID:
    """Suspend an agency: its people can sign in, and nothing is shared with it.

    What it asked and is asked waits. Raises NotFoundError, NotAllowedError, ConflictError,
    RefusedError without a reason or where it is suspended already.
    """
    agency = open_agency(uow, cmd.agency_id)
    permit(uow.actor, Permission.AGENCY_SUSPEND)
    refuse_stale("the agency", agency.version, cmd.version, said(agency, ("name",)))
    if agency.suspended_at is not None:
        raise RefusedError("This agency does not take part already.")
    if not cmd.why.strip():
        raise RefusedError("Enter why it does not take part", field="why")

    agency.suspended_at, agency.suspended_why = uow.now, cmd.why.strip()[:LONGEST]
    uow.emit(AgencySuspended(agency_id=agency.id))
    return agency.id


def resume_agency(cmd: ResumeAgency, *, uow: UnitOfWork) -> UUID:
    """Let an agency take part again; what waited for it goes on by itself.

    Raises NotFoundError, NotAllowedError, ConflictError, RefusedError where it takes part.
    """
    agency = open_agency(uow, cmd.agency_id)
    permit(uow.actor, Permission.AGENCY_SUSPEND)
    refuse_stale("the agency", agency.version, cmd.version, said(agency, ("name",)))
    if agency.suspended_at is None:
        raise RefusedError("This agency takes part already.")

    agency.suspended_at = agency.suspended_why = None
    uow.emit(AgencyResumed(agency_id=agency.id))
    return agency.id
