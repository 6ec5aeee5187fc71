"""What the hub knows of whoever asks, and of who approves at the holder."""

from uuid import UUID

from sqlalchemy import exists, select

from hub.access.models import Account, AccountRole
from hub.agencies.models import Agency, Contact, Service
from hub.db.units import UnitOfWork
from hub.kernel.actor import Actor
from hub.sharing.models import InformationRequest
from hub.sharing.rules.approvers import ROLES
from hub.sharing.rules.coded import RequesterKind
from hub.sharing.rules.decision import Approver
from hub.sharing.rules.requesters import requester_kind


def requester_kind_of(uow: UnitOfWork, actor: Actor) -> RequesterKind:
    """Return what kind of asker somebody is, from the directory's word for where they work."""
    row = uow.session.execute(
        select(Agency.kind, Service.kind)
        .select_from(Agency)
        .outerjoin(Contact, Contact.id == actor.contact_id)
        .outerjoin(Service, Service.id == Contact.service_id)
        .where(Agency.id == actor.agency_id)
    ).one()
    return requester_kind(row[0], row[1])


def is_verified(uow: UnitOfWork, request: InformationRequest) -> bool:
    """Tell whether the asker is who they say: an account by invitation that is still live.

    The hub let the account in at a work address that was proved, for an agency that takes part.
    """
    return bool(
        uow.session.scalar(
            select(
                exists().where(
                    Account.id == request.asker_id,
                    Account.is_active,
                    Account.agency_id == request.asker_agency_id,
                    Agency.id == Account.agency_id,
                    Agency.suspended_at.is_(None),
                )
            )
        )
    )


def approver_agency(uow: UnitOfWork, request: InformationRequest, letter: Approver) -> UUID:
    """Return whose people are asked to approve: the holder's, else those of its commissioner.

    A charity without a Caldicott Guardian has its commissioner's. Where neither has anybody in the
    role it stays with the holder, and its governance lead hears of it. Source: sharing notes, 3.8.
    """
    holder = request.holder_agency_id
    authority = None
    if request.holder_service_id is not None:
        authority = uow.session.scalar(
            select(Service.authority_id).where(Service.id == request.holder_service_id)
        )
    for agency_id in (holder, authority):
        if agency_id is not None and _has_role(uow, agency_id, letter):
            return agency_id
    return holder


def _has_role(uow: UnitOfWork, agency_id: UUID, letter: Approver) -> bool:
    roles = [role.value for role in ROLES[letter]]
    return bool(
        uow.session.scalar(
            select(
                exists().where(
                    Account.agency_id == agency_id,
                    Account.is_active,
                    AccountRole.account_id == Account.id,
                    AccountRole.role.in_(roles),
                )
            )
        )
    )
