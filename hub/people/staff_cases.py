"""Cases about staff: there for a few alone, whatever anybody's agency and role would show them.

A case is one for the few while a mark on it is live. The few are the co-ordinators and chairs of
its area, and whoever one of them named; somebody who is kept away by a link is never among them.
Whoever the hub itself asks to the case (a worker who is invited, the desk that says who is meant,
the owner of an action) has their own part as before: nobody who must come is forgotten.
Source: domain notes 1.16 and section 6, line 53.
"""

from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, exists, or_, select, true
from sqlalchemy.orm import InstrumentedAttribute

from hub.access.models import Account
from hub.db.units import UnitOfWork
from hub.kernel.actor import Role
from hub.people.models import IdentityCheck, StaffCase, StaffCaseName

ALWAYS = (Role.COORDINATOR, Role.CHAIR)
Column = InstrumentedAttribute[UUID] | InstrumentedAttribute[UUID | None]


def is_always_of_the_few(uow: UnitOfWork) -> bool:
    """Tell whether no case about staff is hidden from the actor: by role, or as the hub itself."""
    return uow.actor.account_id is None or uow.actor.has(*ALWAYS)


def is_for_actor(uow: UnitOfWork, *cases: Column) -> ColumnElement[bool]:
    """Return the condition that a row is of no case about staff that is hidden from the actor."""
    if is_always_of_the_few(uow):
        return true()
    return and_(*(or_(column.is_(None), column.not_in(_hidden(uow))) for column in cases))


def is_person_for_actor(uow: UnitOfWork, person_id: Column) -> ColumnElement[bool]:
    """Return the condition that a row is about nobody who is meant in a case hidden from the actor.

    It is for what tells that somebody is in a case: the register itself stays as it is.
    """
    if is_always_of_the_few(uow):
        return true()
    return or_(person_id.is_(None), person_id.not_in(_meant(uow)))


def is_question_for_actor(uow: UnitOfWork, *cases: Column) -> ColumnElement[bool]:
    """Return the condition that no row asks after somebody meant in a case hidden from the actor.

    ``cases`` hold what a question of identity belongs to: a concern, or a request.
    """
    if is_always_of_the_few(uow):
        return true()
    asked = select(IdentityCheck.concern_id).where(IdentityCheck.person_id.in_(_meant(uow)))
    apart = (or_(column.is_(None), column.not_in(asked)) for column in cases)
    return and_(is_for_actor(uow, *cases), *apart)


def _hidden(uow: UnitOfWork) -> Select[UUID]:
    named = exists().where(
        StaffCaseName.case_id == StaffCase.case_id,
        StaffCaseName.account_id == uow.actor.account_id,
        StaffCaseName.ended_at.is_(None),
    )
    return select(StaffCase.case_id).where(StaffCase.lifted_at.is_(None), ~named)


def _meant(uow: UnitOfWork) -> Select[UUID | None]:
    return select(IdentityCheck.person_id).where(
        IdentityCheck.concern_id.in_(_hidden(uow)), IdentityCheck.person_id.is_not(None)
    )


def hidden_cases(uow: UnitOfWork) -> frozenset[UUID]:
    """Return the cases about staff that are hidden from the actor, for what SQL cannot ask."""
    marked = select(StaffCase.case_id).where(
        StaffCase.lifted_at.is_(None), ~is_for_actor(uow, StaffCase.case_id)
    )
    return frozenset() if is_always_of_the_few(uow) else frozenset(uow.session.scalars(marked))


def is_marked(uow: UnitOfWork, case_id: UUID | None) -> bool:
    """Tell whether a case is for the few."""
    live = select(StaffCase.id).where(StaffCase.case_id == case_id, StaffCase.lifted_at.is_(None))
    return case_id is not None and uow.session.scalar(live.limit(1)) is not None


def named_accounts(uow: UnitOfWork, case_id: UUID | None) -> frozenset[UUID]:
    """Return the accounts that are named for a case about staff."""
    named = select(StaffCaseName.account_id).where(
        StaffCaseName.case_id == case_id, StaffCaseName.ended_at.is_(None)
    )
    return frozenset(uow.session.scalars(named))


def is_agency_of_the_few(
    case: Column | UUID | None, agency: InstrumentedAttribute[UUID]
) -> ColumnElement[bool]:
    """Return the condition that an agency may be asked about a case.

    It may where the case is not for the few alone, or where somebody of the agency is named.
    """
    live = exists().where(StaffCase.case_id == case, StaffCase.lifted_at.is_(None))
    named = exists().where(
        StaffCaseName.case_id == case,
        StaffCaseName.ended_at.is_(None),
        Account.id == StaffCaseName.account_id,
        Account.agency_id == agency,
    )
    return or_(~live, named)
