"""What a duty desk answers: this is the person, this is not, nobody of ours, or cannot tell."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import exists, select
from sqlalchemy.orm.attributes import flag_modified

from hub.db.units import UnitOfWork
from hub.kernel.errors import ConflictError, NotFoundError, RefusedError
from hub.people.access import open_check, open_person
from hub.people.commands.asking import ask_next_service, refuse_settled
from hub.people.commands.climbing import put_before_desk
from hub.people.events import (
    CandidatePutForward,
    CandidateRejected,
    IdentityAskedBack,
    IdentityConfirmed,
    IdentityRuledOut,
    IdentityUndone,
)
from hub.people.models import IdentityCandidate, IdentityCheck, Person
from hub.people.queries.identity import of_service
from hub.people.queries.register import person_by_reference
from hub.people.rules.identity import URGENT, confirmation
from hub.people.states import CHECK, CheckAction, CheckState

LEAST_REASON = 10
BY_HAND = '[{"agrees": null, "text": "put forward by the duty desk"}]'
STATE_WORDS = {
    CheckState.OPEN: "Waiting for an answer",
    CheckState.CONFIRMED: "Confirmed",
    CheckState.RULED_OUT: "Not on our register",
    CheckState.ASKED_BACK: "Waiting for the referrer",
}


@dataclass(frozen=True, kw_only=True)
class ConfirmIdentity:
    """This is the person; ``facts`` are codes of ``rules.identity.FACTS``, two at least."""

    check_id: UUID
    version: int
    person_id: UUID
    facts: frozenset[str]


@dataclass(frozen=True, kw_only=True)
class AnswerCheck:
    """An answer that needs a few words: why, or what is missing."""

    check_id: UUID
    version: int
    note: str = ""


def confirm_identity(cmd: ConfirmIdentity, *, uow: UnitOfWork) -> UUID:
    """Confirm who is meant; return the question's id.

    Raises NotFoundError, ConflictError when somebody answered meanwhile, and RefusedError with
    fewer than two facts, or for somebody who is confirmed as another in the same concern.
    """
    check = _open(uow, cmd.check_id, cmd.version)
    candidate = _candidate(uow, check, cmd.person_id)
    uow.alone(f"identities of {check.concern_id}")
    decision = confirmation(cmd.facts, is_taken=_is_taken(uow, check, cmd.person_id))
    if not decision.allowed:
        raise RefusedError(decision.reasons[0], field="facts")

    check.state = CHECK.step(CheckState(check.state), CheckAction.CONFIRM)
    check.person_id = candidate.person_id
    check.facts = " ".join(sorted(cmd.facts))
    candidate.rejected_at = None
    check.note = None
    _settle(uow, check)

    uow.emit(
        IdentityConfirmed(
            check_id=check.id,
            concern_id=check.concern_id,
            party_id=check.party_id,
            person_id=candidate.person_id,
        )
    )
    return check.id


def reject_candidate(check_id: UUID, version: int, person_id: UUID, *, uow: UnitOfWork) -> UUID:
    """Say that a candidate is not the person who is meant; return the question's id.

    When none of this service remains and another service has one, the question goes on to that
    service; otherwise it is a yes or no question from then on. Raises NotFoundError, ConflictError
    and RefusedError once it is answered.
    """
    check = _open(uow, check_id, version)
    candidate = _candidate(uow, check, person_id)
    refuse_settled(check)

    candidate.rejected_at = uow.now
    flag_modified(check, "state")  # whoever has the page open must not answer for what is gone
    uow.session.flush()
    remaining = uow.session.scalars(
        select(Person.service_id)
        .join(IdentityCandidate, IdentityCandidate.person_id == Person.id)
        .where(IdentityCandidate.check_id == check.id, IdentityCandidate.rejected_at.is_(None))
        .order_by(IdentityCandidate.score.desc())
    ).all()
    if not any(service_id in (None, check.service_id) for service_id in remaining):
        ask_next_service(uow, check, [one for one in remaining if one])

    uow.session.flush()
    uow.emit(CandidateRejected(check_id=check.id, person_id=person_id))
    return check.id


def rule_out(cmd: AnswerCheck, *, uow: UnitOfWork) -> UUID:
    """Answer that the person is not on the service's register; return the question's id.

    Every candidate must have been turned down first, so that nobody is passed over unseen. Raises
    NotFoundError, ConflictError and RefusedError.
    """
    check = _open(uow, cmd.check_id, cmd.version)
    refuse_settled(check)
    if _has_candidate(uow, check):
        raise RefusedError("Say of each candidate first that this is not the same person")

    check.state = CHECK.step(CheckState(check.state), CheckAction.RULE_OUT)
    check.note = cmd.note.strip() or None
    _settle(uow, check)

    uow.emit(
        IdentityRuledOut(check_id=check.id, concern_id=check.concern_id, party_id=check.party_id)
    )
    return check.id


def ask_back(cmd: AnswerCheck, *, uow: UnitOfWork) -> UUID:
    """Answer that one cannot tell, and ask the referrer for what is missing.

    The question stays on the queue and its time runs on. Returns its id. Raises NotFoundError,
    ConflictError and RefusedError without words.
    """
    check = _open(uow, cmd.check_id, cmd.version)
    if len(cmd.note.strip()) < LEAST_REASON:
        raise RefusedError("Enter what you need to know, in a sentence", field="note")

    check.state = CHECK.step(CheckState(check.state), CheckAction.ASK_BACK)
    check.note = cmd.note.strip()
    uow.session.flush()

    uow.emit(
        IdentityAskedBack(check_id=check.id, concern_id=check.concern_id, party_id=check.party_id)
    )
    return check.id


def undo(cmd: AnswerCheck, *, uow: UnitOfWork) -> UUID:
    """Take an answer back, with the reason; the question is open again and urgent.

    Returns its id. Raises NotFoundError, ConflictError and RefusedError without a reason or answer.
    """
    check = _open(uow, cmd.check_id, cmd.version)
    if len(cmd.note.strip()) < LEAST_REASON:
        raise RefusedError("Enter why the answer was wrong, in a sentence", field="note")
    if check.state not in (CheckState.CONFIRMED, CheckState.RULED_OUT):
        raise RefusedError("There is no answer to take back")

    was = check.person_id
    check.state = CHECK.step(CheckState(check.state), CheckAction.REOPEN)
    check.person_id = check.facts = check.decided_at = check.decided_by = None
    check.note = cmd.note.strip()
    check.due_at = uow.now + URGENT
    uow.session.flush()

    uow.emit(
        IdentityUndone(
            check_id=check.id,
            concern_id=check.concern_id,
            party_id=check.party_id,
            person_id=was,
        )
    )
    put_before_desk(uow, check)
    return check.id


def put_forward(check_id: UUID, version: int, reference: str, *, uow: UnitOfWork) -> UUID:
    """Put somebody on the register beside a question by their reference; return their id.

    Raises NotFoundError, ConflictError, and RefusedError when the actor's service has nobody of
    the reference.
    """
    check = _open(uow, check_id, version)
    refuse_settled(check)
    person_id = person_by_reference(uow, reference)
    if person_id is None:
        raise RefusedError("Nobody on your register has this reference", field="reference")
    open_person(uow, person_id)

    row = uow.session.get(IdentityCandidate, (check.id, person_id))
    if row is None:
        uow.session.add(
            IdentityCandidate(
                check_id=check.id, person_id=person_id, band="possible", score=0.0, reasons=BY_HAND
            )
        )
    else:
        row.rejected_at = None
    flag_modified(check, "state")
    uow.session.flush()
    uow.emit(CandidatePutForward(check_id=check.id, person_id=person_id))
    return person_id


def _open(uow: UnitOfWork, check_id: UUID, version: int) -> IdentityCheck:
    check = open_check(uow, check_id)
    if version != check.version:
        raise ConflictError("the question", {"answer": STATE_WORDS[CheckState(check.state)]})
    return check


def _candidate(uow: UnitOfWork, check: IdentityCheck, person_id: UUID) -> IdentityCandidate:
    """Return a candidate whom this desk sees: the service's own, or nobody's yet."""
    row = uow.session.scalar(
        select(IdentityCandidate)
        .join(Person, Person.id == IdentityCandidate.person_id)
        .where(
            IdentityCandidate.check_id == check.id,
            IdentityCandidate.person_id == person_id,
            of_service(check.service_id),
        )
    )
    if row is None:
        raise NotFoundError("no such candidate")
    return row


def _settle(uow: UnitOfWork, check: IdentityCheck) -> None:
    check.decided_at = uow.now
    check.decided_by = uow.actor.account_id
    uow.session.flush()


def _is_taken(uow: UnitOfWork, check: IdentityCheck, person_id: UUID) -> bool:
    return bool(
        uow.session.scalar(
            select(
                exists().where(
                    IdentityCheck.concern_id == check.concern_id,
                    IdentityCheck.id != check.id,
                    IdentityCheck.person_id == person_id,
                    IdentityCheck.state == CheckState.CONFIRMED,
                )
            )
        )
    )


def _has_candidate(uow: UnitOfWork, check: IdentityCheck) -> bool:
    """Tell whether somebody remains whom this desk can see and has not turned down."""
    remaining = (
        select(IdentityCandidate.person_id)
        .join(Person, Person.id == IdentityCandidate.person_id)
        .where(
            IdentityCandidate.check_id == check.id,
            IdentityCandidate.rejected_at.is_(None),
            of_service(check.service_id),
        )
    )
    return uow.session.scalar(remaining.limit(1)) is not None
