"""The room's doors: an agreement, a draft, a request from either side, an approval.

What somebody may not see is not there for them. A request has two sides: whoever asked, and the
holder's people; the officer who counter-signs sees what is asked until it is signed, and no answer.
Somebody at the holder who declared to know a person in it, or whom a conflict keeps from the
person or the case, has no such request any more. One about somebody in a case about staff is there
for those whom the hub asks themselves (a desk, the worker, who must approve or advise) and for the
few, and for nobody who only hears of what waits.
"""

from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists, false, or_, select, true
from sqlalchemy.orm import InstrumentedAttribute

from hub.access.models import Account, AccountRole
from hub.access.permissions import Fact, Permission, is_the_hub, may
from hub.db.units import UnitOfWork
from hub.kernel.actor import Role
from hub.kernel.errors import NotFoundError, RefusedError
from hub.people.access import counts_on, is_on_desk, own_services, works_for
from hub.people.conflicts import case_is_open, kept_from, person_is_open
from hub.people.models import Allocation
from hub.people.staff_cases import is_for_actor, is_person_for_actor
from hub.sharing.models import (
    Agreement,
    Approval,
    Disclosure,
    InformationRequest,
    RequestAdvice,
    RequestBar,
    RequestDraft,
    RequestLine,
)
from hub.sharing.rules.approvers import letters_of
from hub.sharing.rules.request_answers import MESSAGE
from hub.sharing.states import RequestState


def open_agreement(uow: UnitOfWork, agreement_id: UUID) -> Agreement:
    """Return an agreement to whoever may read the register. Raises NotFoundError to others."""
    found = None
    if may(uow.actor, Permission.AGREEMENT_READ):
        found = uow.session.get(Agreement, agreement_id)
    if found is None:
        raise NotFoundError("no such agreement")
    return found


def open_request_draft(uow: UnitOfWork, draft_id: UUID, *, lock: bool = False) -> RequestDraft:
    """Return a draft of the actor's own. Raises NotFoundError.

    Who is about to change it says ``lock``, so that two tabs that save at once do so one by one.
    """
    wanted = select(RequestDraft).where(RequestDraft.id == draft_id)
    draft = uow.session.scalar(wanted.with_for_update() if lock else wanted)
    if draft is None or uow.actor.account_id is None or draft.account_id != uow.actor.account_id:
        raise NotFoundError("no such draft")
    return draft


def open_asked(uow: UnitOfWork, request_id: UUID, *, lock: bool = False) -> InformationRequest:
    """Return a request to whoever sent it, and to nobody else. Raises NotFoundError."""
    wanted = select(InformationRequest).where(
        InformationRequest.id == request_id, is_asked_by_actor(uow)
    )
    request = uow.session.scalar(wanted.with_for_update() if lock else wanted)
    if request is None or uow.actor.account_id is None:
        raise NotFoundError("no such request")
    return request


def is_asked_by_actor(uow: UnitOfWork) -> ColumnElement[bool]:
    """Return the condition that the actor sent a request, and is not linked to it since.

    Who is found to be meant changes nothing here: what somebody asked must not vanish by that.
    """
    own = InformationRequest.asker_id == uow.actor.account_id
    linked = kept_from(uow).linked
    return and_(own, InformationRequest.id.not_in(linked)) if linked else own


def is_to_sign(uow: UnitOfWork) -> ColumnElement[bool]:
    """Return the condition that a request waits for the actor's counter-signature."""
    return and_(
        InformationRequest.counter_signer_id == uow.actor.account_id,
        InformationRequest.counter_signed_at.is_(None),
        InformationRequest.state == RequestState.HELD,
        _is_open(uow),
    )


def open_to_sign(uow: UnitOfWork, request_id: UUID, *, lock: bool = False) -> InformationRequest:
    """Return a request to the officer who must counter-sign it, while it waits for that.

    What comes of it is for its asker alone. Raises NotFoundError.
    """
    wanted = select(InformationRequest).where(InformationRequest.id == request_id, is_to_sign(uow))
    request = uow.session.scalar(wanted.with_for_update() if lock else wanted)
    if request is None or uow.actor.account_id is None:
        raise NotFoundError("no such request")
    return request


def is_held(uow: UnitOfWork) -> ColumnElement[bool]:
    """Return the condition that a request is for the actor's people to deal with.

    A request to a service is for that service's people, any other for the agency's.
    Nobody deals with a request of their own, or one that they declared to have to do with.
    """
    service = InformationRequest.holder_service_id
    services = own_services(uow)
    here: ColumnElement[bool] = true()
    if services:
        to_me = InformationRequest.routed_to_id == uow.actor.contact_id
        here = or_(service.is_(None), service.in_(services), to_me)
    return and_(
        InformationRequest.holder_agency_id == uow.actor.agency_id,
        InformationRequest.received_at.is_not(None),
        here,
        true() if is_on_desk(uow) else _is_for_actor(uow),
        *_kept_apart(uow),
    )


def _is_for_actor(uow: UnitOfWork) -> ColumnElement[bool]:
    """Return the condition that a request belongs to no case about staff hidden from the actor."""
    return and_(
        is_for_actor(uow, InformationRequest.case_id),
        is_person_for_actor(uow, InformationRequest.person_id),
    )


def is_for_worker(uow: UnitOfWork) -> ColumnElement[bool]:
    """Return the condition that a request is a message to the actor as somebody's worker.

    It is theirs once a desk has confirmed who is meant; whoever covers for them has it as well.
    """
    if uow.actor.contact_id is None:
        return false()
    theirs = select(Allocation.person_id).where(
        *counts_on(uow.today), works_for(uow.actor.contact_id, uow.today)
    )
    return and_(
        InformationRequest.pattern == MESSAGE,
        InformationRequest.person_id.in_(theirs),
        InformationRequest.received_at.is_not(None),
        *_kept_apart(uow),
    )


def is_message_for(uow: UnitOfWork) -> ColumnElement[bool]:
    """Return the condition that a message is for the actor: as the worker, or as the desk.

    The desk has it too, once it has confirmed who is meant, so that it waits for nobody.
    """
    for_worker: ColumnElement[bool] = false()
    for_desk: ColumnElement[bool] = false()
    if may(uow.actor, Permission.MESSAGE_ANSWER, {Fact.NAMED_WORKER}):
        for_worker = is_for_worker(uow)
    if may(uow.actor, Permission.MESSAGE_ANSWER, {Fact.SAME_AGENCY}):
        for_desk = and_(
            InformationRequest.pattern == MESSAGE,
            InformationRequest.person_id.is_not(None),
            is_held(uow),
        )
    return or_(for_worker, for_desk)


def find_message(uow: UnitOfWork, request_id: UUID) -> None:
    """Go on only if there is such a message for the actor. Raises NotFoundError.

    Nothing of it is read, so that a look can be recorded before anybody sees anything.
    """
    wanted = select(InformationRequest.id).where(
        InformationRequest.id == request_id, is_message_for(uow)
    )
    if uow.session.scalar(wanted) is None:
        raise NotFoundError("no such message")


def open_message(uow: UnitOfWork, request_id: UUID) -> InformationRequest:
    """Return a message to the worker or the desk. Raises NotFoundError to anybody else."""
    find_message(uow, request_id)
    return uow.session.get_one(InformationRequest, request_id)


def _kept_apart(uow: UnitOfWork) -> tuple[ColumnElement[bool], ...]:
    """Return the conditions that nothing keeps the actor from a request."""
    barred = exists().where(
        RequestBar.request_id == InformationRequest.id,
        RequestBar.account_id == uow.actor.account_id,
    )
    return (InformationRequest.asker_id != uow.actor.account_id, ~barred, _is_open(uow))


def _is_open(uow: UnitOfWork) -> ColumnElement[bool]:
    """Return the condition that no conflict of interest keeps the actor from a request."""
    return and_(
        case_is_open(uow, InformationRequest.id, InformationRequest.case_id),
        person_is_open(uow, InformationRequest.person_id),
    )


def find_held(uow: UnitOfWork, request_id: UUID) -> None:
    """Go on only if there is such a request for the holder's people. Raises NotFoundError.

    Nothing of it is read, so that a look can be recorded before anybody sees anything.
    """
    if is_the_hub(uow.actor):
        return
    facts = {Fact.SAME_AGENCY}
    found = may(uow.actor, Permission.REQUEST_ANSWER, facts) and uow.session.scalar(
        select(InformationRequest.id).where(InformationRequest.id == request_id, is_held(uow))
    )
    if not found:
        raise NotFoundError("no such request")


def open_held(uow: UnitOfWork, request_id: UUID, *, lock: bool = False) -> InformationRequest:
    """Return a request to the holder's people. Raises NotFoundError to anybody else."""
    find_held(uow, request_id)
    request = _request(uow, request_id, lock=lock)
    if request is None:
        raise NotFoundError("no such request")
    return request


def find_line(uow: UnitOfWork, line_id: UUID) -> UUID:
    """Return the id of a line's request to the holder's people. Raises NotFoundError to others."""
    request_id = uow.session.scalar(select(RequestLine.request_id).where(RequestLine.id == line_id))
    if request_id is None:
        raise NotFoundError("no such line")
    try:
        find_held(uow, request_id)
    except NotFoundError:
        find_message(uow, request_id)  # the worker to whom it is written answers it as well
    return request_id


def open_line(uow: UnitOfWork, line_id: UUID) -> tuple[InformationRequest, RequestLine]:
    """Return a line with its request, locked, to the holder's people. Raises NotFoundError.

    The line is read once the request is locked: whoever waited sees what was done meanwhile. What
    the person said stands still until then as well, so that whoever takes consent back knows who
    has received something. Raises RefusedError when who is meant was answered in this moment.
    """
    request_id = find_line(uow, line_id)
    person = select(InformationRequest.person_id).where(InformationRequest.id == request_id)
    person_id = uow.session.scalar(person)
    if person_id is not None:
        consents_alone(uow, person_id)  # before the request, as whoever takes consent back does
    request = _request(uow, request_id, lock=True)
    if request is None or find_line(uow, line_id) != request.id:  # pragma: no cover - it was there
        raise NotFoundError("no such line")
    if request.person_id != person_id:
        raise RefusedError("Who is meant was answered just now. Look at the request again.")
    return request, uow.session.get_one(RequestLine, line_id, populate_existing=True)


def consents_alone(uow: UnitOfWork, person_id: UUID) -> None:
    """Wait until nobody else is writing down what a person said, or letting something out on it."""
    uow.alone(f"consents of {person_id}")


def find_approval(uow: UnitOfWork, approval_id: UUID) -> UUID:
    """Return the id of an approval's request to whoever may give it. Raises NotFoundError.

    They have a role of its letter in the agency that is asked, and nothing keeps them from the
    person.
    """
    request_id = uow.session.scalar(
        select(RequestLine.request_id)
        .join(Approval, Approval.line_id == RequestLine.id)
        .join(InformationRequest, InformationRequest.id == RequestLine.request_id)
        .where(Approval.id == approval_id, is_to_approve(uow))
    )
    if request_id is None:
        raise NotFoundError("no such approval")
    return request_id


def open_approval(uow: UnitOfWork, approval_id: UUID) -> tuple[InformationRequest, Approval]:
    """Return an approval with its request, locked, to whoever may give it. Raises NotFoundError."""
    request = _request(uow, find_approval(uow, approval_id), lock=True)
    approval = uow.session.get(Approval, approval_id)
    if request is None or approval is None:  # pragma: no cover - they were there a moment ago
        raise NotFoundError("no such approval")
    return request, approval


def is_to_approve(uow: UnitOfWork) -> ColumnElement[bool]:
    """Return the condition that an approval is for somebody in the actor's roles and agency."""
    return and_(
        Approval.agency_id == uow.actor.agency_id,
        Approval.letter.in_(letters_of(uow.actor.roles)),
        *_kept_apart(uow),
    )


def is_to_advise(uow: UnitOfWork) -> ColumnElement[bool]:
    """Return the condition that a question for advice is for the actor, in their own agency."""
    return and_(RequestAdvice.agency_id == uow.actor.agency_id, *_kept_apart(uow))


def find_advice(uow: UnitOfWork, advice_id: UUID) -> UUID:
    """Return the id of the request of a question for advice, to an officer of the agency asked.

    Raises NotFoundError to anybody else.
    """
    request_id = uow.session.scalar(
        select(RequestAdvice.request_id)
        .join(InformationRequest, InformationRequest.id == RequestAdvice.request_id)
        .where(RequestAdvice.id == advice_id, is_to_advise(uow))
    )
    if request_id is None or not may(uow.actor, Permission.ADVICE_GIVE, {Fact.SAME_AGENCY}):
        raise NotFoundError("no such question")
    return request_id


def open_advice(uow: UnitOfWork, advice_id: UUID) -> tuple[InformationRequest, RequestAdvice]:
    """Return a question for advice with its request, locked. Raises NotFoundError."""
    request = _request(uow, find_advice(uow, advice_id), lock=True)
    advice = uow.session.get(RequestAdvice, advice_id)
    if request is None or advice is None:  # pragma: no cover - they were there a moment ago
        raise NotFoundError("no such question")
    return request, advice


def is_overseen(uow: UnitOfWork, agency_id: InstrumentedAttribute[UUID]) -> ColumnElement[bool]:
    """Return the condition that the actor answers for what waits at an agency.

    For their own; an information governance lead also for an agency that has none of its own.
    """
    own: ColumnElement[bool] = agency_id == uow.actor.agency_id
    if uow.actor.has(Role.GOVERNANCE_LEAD):
        lead = exists().where(
            Account.agency_id == agency_id,
            Account.is_active,
            AccountRole.account_id == Account.id,
            AccountRole.role == Role.GOVERNANCE_LEAD,
        )
        own = or_(own, ~lead)
    return and_(own, _is_for_actor(uow), *_kept_apart(uow))


def is_to_review(uow: UnitOfWork) -> ColumnElement[bool]:
    """Return the condition that somebody is still to look at what came of a disclosure."""
    return and_(
        Disclosure.review_on.is_not(None),
        Disclosure.reviewed_at.is_(None),
        Disclosure.shared_by != uow.actor.account_id,
        is_held(uow),
    )


def find_to_review(uow: UnitOfWork, disclosure_id: UUID) -> UUID:
    """Return the id of a disclosure's request to a manager of the agency that shared it.

    Raises NotFoundError to anybody else.
    """
    request_id = uow.session.scalar(
        select(RequestLine.request_id)
        .join(Disclosure, Disclosure.line_id == RequestLine.id)
        .where(Disclosure.id == disclosure_id)
    )
    if request_id is None or not may(uow.actor, Permission.OUTCOME_REVIEW, {Fact.SAME_AGENCY}):
        raise NotFoundError("no such disclosure")
    find_held(uow, request_id)
    return request_id


def open_to_review(uow: UnitOfWork, disclosure_id: UUID) -> tuple[InformationRequest, Disclosure]:
    """Return a disclosure with its request, locked. Raises NotFoundError."""
    request = open_held(uow, find_to_review(uow, disclosure_id), lock=True)
    return request, uow.session.get_one(Disclosure, disclosure_id)


def _request(uow: UnitOfWork, request_id: UUID, *, lock: bool = False) -> InformationRequest | None:
    wanted = select(InformationRequest).where(InformationRequest.id == request_id)
    return uow.session.scalar(wanted.with_for_update() if lock else wanted)
