"""The door to a look-up: for those who answer for an agency's look-ups, and nobody else."""

from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists, or_, select
from sqlalchemy.orm import aliased

from hub.access.models import Account, AccountRole
from hub.access.permissions import Permission, may
from hub.db.units import UnitOfWork
from hub.kernel.actor import Role
from hub.kernel.errors import NotFoundError
from hub.people.conflicts import case_is_open
from hub.people.models import LookUp
from hub.people.staff_cases import is_question_for_actor

REVIEWERS = (Role.GOVERNANCE_LEAD, Role.SIRO)

_OTHER = aliased(Account)
"""Never the account of whoever looked, which a query may have beside."""


def is_overseen(uow: UnitOfWork) -> ColumnElement[bool]:
    """Return the condition that the actor answers for a look-up.

    For those of their own agency; and where nobody there but whoever looked could review it, any
    governance lead does, so that no look-up is reviewed by nobody. What a conflict keeps from the
    actor is not there, nor what belongs to a case about staff of whose few they are not one.
    """
    somebody = exists().where(
        _OTHER.agency_id == LookUp.agency_id,
        _OTHER.id != LookUp.account_id,
        _OTHER.is_active,
        AccountRole.account_id == _OTHER.id,
        AccountRole.role.in_([role.value for role in REVIEWERS]),
    )
    here: ColumnElement[bool] = LookUp.agency_id == uow.actor.agency_id
    if uow.actor.has(Role.GOVERNANCE_LEAD):
        here = or_(here, ~somebody)
    return and_(
        here,
        case_is_open(uow, LookUp.case_id, LookUp.about_id),
        is_question_for_actor(uow, LookUp.case_id, LookUp.about_id),
    )


def is_to_review(uow: UnitOfWork) -> ColumnElement[bool]:
    """Return the condition that a look-up waits for the actor: flagged, and not their own."""
    return and_(
        is_overseen(uow),
        LookUp.flags != "",
        LookUp.reviewed_at.is_(None),
        LookUp.account_id != uow.actor.account_id,
    )


def open_look_up(uow: UnitOfWork, look_up_id: UUID) -> LookUp:
    """Return a look-up to whoever answers for it. Raises NotFoundError to anybody else."""
    row = None
    if may(uow.actor, Permission.LOOK_UP_REVIEW):
        row = uow.session.scalar(select(LookUp).where(LookUp.id == look_up_id, is_overseen(uow)))
    if row is None:
        raise NotFoundError("no such look-up")
    return row
