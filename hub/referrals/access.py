"""The room's doors: one to a draft, one to a concern. What may not be seen is not there."""

from uuid import UUID

from sqlalchemy import ColumnElement, and_, select

from hub.access.permissions import Fact, Permission, may
from hub.agencies.models import AgencyArea
from hub.db.units import UnitOfWork
from hub.kernel.errors import NotFoundError
from hub.people.conflicts import kept_from
from hub.referrals.models import Concern, ConcernDraft


def open_draft(uow: UnitOfWork, draft_id: UUID, *, lock: bool = False) -> ConcernDraft:
    """Return a draft of the actor's own. Raises NotFoundError.

    Who is about to change it says ``lock``, so that two tabs that save at once do so one by one.
    """
    wanted = select(ConcernDraft).where(ConcernDraft.id == draft_id)
    draft = uow.session.scalar(wanted.with_for_update() if lock else wanted)
    if draft is None or uow.actor.account_id is None or draft.account_id != uow.actor.account_id:
        raise NotFoundError("no such draft")
    return draft


def open_concern(
    uow: UnitOfWork, concern_id: UUID, need: Permission = Permission.CONCERN_READ
) -> Concern:
    """Return a concern that the actor may see: their own, or one of their area to screen or chair.

    Raises NotFoundError for absent and hidden alike.
    """
    concern = uow.session.get(Concern, concern_id)
    if concern is None or not may(uow.actor, need, facts_of(uow, concern)):
        raise NotFoundError("no such concern")
    return concern


def facts_of(uow: UnitOfWork, concern: Concern) -> frozenset[Fact]:
    """Return what is true between the actor and the concern; nothing where a conflict is."""
    actor, facts, kept = uow.actor, set(), kept_from(uow)
    is_own = actor.account_id == concern.referrer_id and actor.agency_id == concern.agency_id
    if is_own and concern.id not in kept.linked:
        facts.add(Fact.OWN)
    if concern.id not in kept.cases and works_in(uow, actor.agency_id, concern.area_id):
        facts.add(Fact.SAME_AREA)
    return frozenset(facts)


def is_raised_by(uow: UnitOfWork, account_id: UUID | None) -> ColumnElement[bool]:
    """Return the condition that an account raised a concern to which the actor is not linked."""
    own = Concern.referrer_id == account_id
    linked = kept_from(uow).linked
    return and_(own, Concern.id.not_in(linked)) if linked else own


def works_in(uow: UnitOfWork, agency_id: UUID | None, area_id: UUID) -> bool:
    """Return whether the agency works in the area."""
    return agency_id is not None and uow.session.get(AgencyArea, (agency_id, area_id)) is not None
