"""What waits for whoever asked for information: each as a count with the date of its oldest."""

from typing import Any

from sqlalchemy import Select, func, select

from hub.db.units import UnitOfWork
from hub.people.conflicts import person_is_open
from hub.sharing.access import is_asked_by_actor, is_to_sign
from hub.sharing.models import Disclosure, InformationRequest, RequestDraft, RequestLine
from hub.sharing.states import RequestState

Counted = Select[*tuple[Any, ...]]


def to_sign(uow: UnitOfWork, _: object) -> Counted:
    """Count the requests of colleagues that wait for the actor's counter-signature."""
    return select(func.count(), func.min(InformationRequest.sent_at)).where(is_to_sign(uow))


def asked_back(uow: UnitOfWork, _: object) -> Counted:
    """Count the requests about which the actor is asked something."""
    return select(func.count(), func.min(InformationRequest.paused_at)).where(
        is_asked_by_actor(uow),
        InformationRequest.state == RequestState.CLARIFYING.value,
    )


def held(uow: UnitOfWork, _: object) -> Counted:
    """Count the requests that are held because something lacks."""
    return select(func.count(), func.min(InformationRequest.sent_at)).where(
        is_asked_by_actor(uow),
        InformationRequest.state == RequestState.HELD.value,
    )


def to_read(uow: UnitOfWork, _: object) -> Counted:
    """Count the requests by which something was shared that the actor has not opened."""
    requests = func.count(RequestLine.request_id.distinct())
    return (
        select(requests, func.min(Disclosure.shared_at))
        .join(RequestLine, RequestLine.id == Disclosure.line_id)
        .join(InformationRequest, InformationRequest.id == RequestLine.request_id)
        .where(
            is_asked_by_actor(uow),
            person_is_open(uow, InformationRequest.person_id),
            Disclosure.read_at.is_(None),
        )
    )


def begun(uow: UnitOfWork, _: object) -> Counted:
    """Count the drafts of requests."""
    return select(func.count(), func.min(RequestDraft.saved_at)).where(
        RequestDraft.account_id == uow.actor.account_id
    )
