"""What waits at an agency about information: to answer, to approve, to advise on, to oversee."""

from typing import Any

from sqlalchemy import Select, func, select

from hub.db.units import UnitOfWork
from hub.people.queries.look_ups import count_to_review
from hub.sharing.access import is_held, is_to_advise, is_to_approve, is_to_review
from hub.sharing.models import (
    Approval,
    Disclosure,
    InformationRequest,
    PackItem,
    RequestAdvice,
    RequestLine,
    SubjectAccess,
)
from hub.sharing.pack_doors import is_waiting_judgement
from hub.sharing.queries.messages import count_messages
from hub.sharing.queries.stuck import stuck_requests
from hub.sharing.rights_doors import is_own_access
from hub.sharing.rules.lines import ApprovalState
from hub.sharing.rules.subject_access import NEAR
from hub.sharing.states import OPEN, RequestState

Counted = Select[*tuple[Any, ...]]


def to_answer(uow: UnitOfWork, _: object) -> Counted:
    """Count the requests that wait for the actor's people and not for their asker."""
    return select(func.count(), func.min(InformationRequest.due_at)).where(
        is_held(uow), InformationRequest.state == RequestState.WITH_HOLDER.value
    )


def to_approve(uow: UnitOfWork, _: object) -> Counted:
    """Count what waits for the actor's yes or no."""
    return (
        select(func.count(), func.min(Approval.due_at))
        .join(RequestLine, RequestLine.id == Approval.line_id)
        .join(InformationRequest, InformationRequest.id == RequestLine.request_id)
        .where(Approval.state == ApprovalState.ASKED.value, is_to_approve(uow))
    )


def to_advise(uow: UnitOfWork, _: object) -> Counted:
    """Count the open requests on which a data protection officer is asked for advice."""
    return (
        select(func.count(), func.min(InformationRequest.due_at))
        .select_from(RequestAdvice)
        .join(InformationRequest, InformationRequest.id == RequestAdvice.request_id)
        .where(
            is_to_advise(uow),
            RequestAdvice.given_at.is_(None),
            InformationRequest.state.in_([state.value for state in OPEN]),
        )
    )


def to_review(uow: UnitOfWork, _: object) -> Counted:
    """Count what was shared and is to be looked at by today."""
    return (
        select(func.count(), func.min(Disclosure.review_on))
        .join(RequestLine, RequestLine.id == Disclosure.line_id)
        .join(InformationRequest, InformationRequest.id == RequestLine.request_id)
        .where(is_to_review(uow), Disclosure.review_on <= uow.today)
    )


def stuck(uow: UnitOfWork, _: object) -> Counted:
    """Count the requests that wait too long, or for somebody whom nobody can ask."""
    found = stuck_requests(uow).subquery()
    return select(func.count(), func.min(found.c.due_at))


def look_ups(uow: UnitOfWork, _: object) -> Counted:
    """Count the look-ups of others that somebody must look at again."""
    return count_to_review(uow)


def messages(uow: UnitOfWork, _: object) -> Counted:
    """Count the messages about somebody whom the actor works with, or of the actor's desk."""
    return count_messages(uow)


def access_near(uow: UnitOfWork, _: object) -> Counted:
    """Count the subject access requests that are due within seven days, or were."""
    return select(func.count(), func.min(SubjectAccess.due_on)).where(
        is_own_access(uow),
        SubjectAccess.released_at.is_(None),
        SubjectAccess.due_on <= uow.today + NEAR,
    )


def to_judge(uow: UnitOfWork, _: object) -> Counted:
    """Count what waits for the actor as a co-ordinator in the packs of such requests."""
    return (
        select(func.count(), func.min(SubjectAccess.due_on))
        .select_from(PackItem)
        .join(SubjectAccess, SubjectAccess.id == PackItem.access_id)
        .where(is_waiting_judgement(uow))
    )
