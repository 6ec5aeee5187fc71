"""Keeping somebody at work away from a concern: by who runs its meetings, or by themselves."""

from dataclasses import dataclass
from uuid import UUID

from hub.access.permissions import Permission
from hub.db.units import UnitOfWork
from hub.people.commands.linking import Link, lift_link, link_to_case
from hub.people.states import LinkKind
from hub.referrals.access import open_concern


@dataclass(frozen=True, kw_only=True)
class KeepAway:
    """Somebody must have nothing to do with a concern; an account or an entry of the directory."""

    concern_id: UUID
    kind: LinkKind
    account_id: UUID | None = None
    contact_id: UUID | None = None
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class LetNear:
    """Somebody may have to do with a concern again, and why."""

    concern_id: UUID
    link_id: UUID
    reason: str


def keep_away(cmd: KeepAway, *, uow: UnitOfWork) -> UUID:
    """Keep somebody away from a concern and all that hangs on it, and return the link's id.

    From this moment none of it is there for them. Who says it of themselves cannot see it any more
    either. Raises NotFoundError, and RefusedError for somebody who is not there any more.
    """
    concern = open_concern(uow, cmd.concern_id, Permission.CASE_LINK)
    own = (cmd.account_id is not None and cmd.account_id == uow.actor.account_id) or (
        cmd.contact_id is not None and cmd.contact_id == uow.actor.contact_id
    )
    link = Link(
        case_id=concern.id,
        kind=cmd.kind,
        account_id=cmd.account_id,
        contact_id=cmd.contact_id,
        note=cmd.note,
        is_declared=own,
    )
    return link_to_case(link, uow=uow)


def let_near(cmd: LetNear, *, uow: UnitOfWork) -> UUID:
    """Let somebody near a concern again, which nobody can for themselves; return the link's id.

    Raises NotFoundError, and RefusedError without a reason.
    """
    concern = open_concern(uow, cmd.concern_id, Permission.CASE_LINK)
    return lift_link(cmd.link_id, concern.id, cmd.reason, uow=uow)
