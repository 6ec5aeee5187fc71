"""An accepted concern reaches the Idva service of its area at once, and somebody there takes it on.

Source: domain notes 1.5 and section 6, item 26: with safe contact data, and not at agenda time.
"""

from uuid import UUID

from sqlalchemy import exists, or_, select

from hub.agencies.models import Agency, AgencyArea, Service
from hub.agencies.rules.kinds import AgencyKind, ServiceKind
from hub.db.units import UnitOfWork
from hub.kernel.errors import NotFoundError, RefusedError
from hub.marac.events import IdvaTakenOn, IdvaTold
from hub.marac.models import IdvaNotice
from hub.marac.queries.idva import open_idva_notice
from hub.people.staff_cases import is_agency_of_the_few
from hub.referrals.events import ConcernScreened
from hub.referrals.models import Concern
from hub.referrals.states import LISTABLE


def tell_idva(uow: UnitOfWork, happened: ConcernScreened) -> None:
    """React to a concern that was accepted: it is with every Idva service of its area, once."""
    if happened.outcome not in {state.value for state in LISTABLE}:
        return
    uow.session.flush()
    concern = uow.session.get_one(Concern, happened.concern_id)
    have_it = select(IdvaNotice.agency_id).where(IdvaNotice.concern_id == concern.id)
    is_idva = or_(
        Agency.kind == AgencyKind.DOMESTIC_ABUSE.value,
        exists().where(
            Service.agency_id == Agency.id, Service.kind == ServiceKind.DOMESTIC_ABUSE.value
        ),
    )
    services = uow.session.scalars(
        select(Agency.id)
        .join(AgencyArea, AgencyArea.agency_id == Agency.id)
        .where(
            AgencyArea.area_id == concern.area_id,
            Agency.suspended_at.is_(None),
            is_idva,
            Agency.id.not_in(have_it),
            is_agency_of_the_few(concern.id, Agency.id),
        )
        .order_by(Agency.id)
    ).all()
    for agency_id in services:
        row = IdvaNotice(
            id=uow.new_id(), concern_id=concern.id, agency_id=agency_id, told_at=uow.now
        )
        uow.session.add(row)
        uow.emit(IdvaTold(notice_id=row.id, agency_id=agency_id))


def take_on(notice_id: UUID, *, uow: UnitOfWork) -> None:
    """Say that one makes contact; the co-ordinator sees who does.

    Raises NotFoundError to whoever may not see it, RefusedError when somebody has taken it on.
    """
    row = open_idva_notice(uow, notice_id, lock=True)
    if uow.actor.account_id is None:
        raise NotFoundError("contact is a person's to make")
    if row.taken_at is not None:
        raise RefusedError("Somebody of your service has taken this on already.")
    row.taken_at, row.taken_by = uow.now, uow.actor.account_id
    uow.emit(IdvaTakenOn(notice_id=row.id))
