"""What an asker does: send a request, give what lacks, answer a question, take it back.

Everybody gets the same receipt at the same time, whoever is asked about: whether the person is
known is found out by the holder's people afterwards and never here.
"""

import json
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import select, update

from hub.access.models import Account
from hub.access.permissions import Permission, permit
from hub.agencies.models import Agency, Service
from hub.db.types import keyring_of
from hub.db.units import UnitOfWork
from hub.kernel.errors import ConflictError, NotAllowedError, NotFoundError, RefusedError
from hub.people.commands.look_ups import LookingUp, note_look_ups
from hub.people.rules.look_ups import Door
from hub.sharing.access import open_asked, open_request_draft, open_to_sign
from hub.sharing.commands.routing import resume_clock
from hub.sharing.commands.settling import settle_request
from hub.sharing.commands.steps import add_step, refuse_suspended
from hub.sharing.events import (
    CounterSignatureAsked,
    CounterSigned,
    RequestChanged,
    RequestSent,
)
from hub.sharing.models import InformationRequest, RequestFile, RequestLine
from hub.sharing.queries.askers import requester_kind_of
from hub.sharing.queries.cases import answers_of
from hub.sharing.rules.policy import RequestPolicy
from hub.sharing.rules.request_answers import AskAnswers, AskPage, sought_in
from hub.sharing.rules.request_gaps import first_gaps
from hub.sharing.states import REQUEST, RequestMove, RequestState

SIGNED = (
    AskPage.HOLDER,
    AskPage.SUBJECT,
    AskPage.WHAT,
    AskPage.WHY,
    AskPage.POLICE,
    AskPage.VICTIM,
)
"""What an officer who counter-signs answers for."""

WHO = ("given_name", "family_name", "date_of_birth", "postcode", "nhs_number")


@dataclass(frozen=True, kw_only=True)
class SendRequest:
    """Send a request off; ``draft_id`` is the draft that it comes from, if any.

    ``case_id`` is the concern or item that it belongs to, an opaque id.
    """

    answers: AskAnswers
    draft_id: UUID | None = None
    case_id: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class ChangeRequest:
    """Give answers that lacked, in the version that was read."""

    request_id: UUID
    version: int
    answers: AskAnswers


@dataclass(frozen=True, kw_only=True)
class ReplyToHolder:
    """Answer what the holder asked back, or say why the request is taken back."""

    request_id: UUID
    text: str


@dataclass(frozen=True, kw_only=True)
class CounterSign:
    """Counter-sign a request in the version that was read, or say why not."""

    request_id: UUID
    version: int
    is_signed: bool
    note: str = ""


def send_request(cmd: SendRequest, *, uow: UnitOfWork, policy: RequestPolicy) -> UUID:
    """Send a request off and return its id, which is the draft's; twice changes nothing.

    What lacks holds it and refuses nothing, but for whom it goes to, what, what for and about whom.
    Raises NotAllowedError, NotFoundError (draft), RefusedError naming the first answer needed, or
    for too many look-ups within an hour.
    """
    account_id, agency_id = uow.actor.account_id, uow.actor.agency_id
    permit(uow.actor, Permission.REQUEST_ASK)
    if account_id is None or agency_id is None:
        raise NotAllowedError("a request is sent by a member of an agency")
    draft = None
    if cmd.draft_id is not None:
        try:
            draft = open_request_draft(uow, cmd.draft_id, lock=True)
        except NotFoundError:
            return open_asked(uow, cmd.draft_id).id  # pressed twice: it was sent already

    needed = first_gaps(cmd.answers)
    if needed:
        raise RefusedError(needed[0].cure, field=needed[0].field)
    refuse_suspended(uow, [agency_id])
    holder_agency_id, holder_service_id = _holder(uow, cmd.answers)
    key = asked_key(uow, cmd.answers)
    request_id = draft.id if draft else uow.new_id()
    _note_look_up(uow, request_id, cmd.answers, cmd.case_id, policy)

    request = InformationRequest(
        id=request_id,
        reference=uow.ids.reference(),
        state=RequestState.HELD,
        asker_id=account_id,
        asker_agency_id=agency_id,
        holder_agency_id=holder_agency_id,
        holder_service_id=holder_service_id,
        requester_kind=requester_kind_of(uow, uow.actor),
        purpose=cmd.answers.purpose,
        pattern=cmd.answers.pattern,
        subject_role=cmd.answers.subject_role,
        priority=cmd.answers.priority,
        case_id=cmd.case_id,
        answers=json.dumps(_plain(cmd.answers)),
        asked_key=key,
        counter_signer_id=_counter_signer(uow, cmd.answers),
        sent_at=uow.now,
    )
    uow.session.add(request)
    uow.session.flush()  # lines and files refer to it
    _write_lines(uow, request, cmd.answers)
    if draft:
        files = update(RequestFile).where(RequestFile.draft_id == draft.id)
        uow.session.execute(files.values(draft_id=None, request_id=request.id))
        uow.session.delete(draft)
    add_step(uow, request, "sent")

    uow.emit(RequestSent(request_id=request.id))
    _ask_counter_signer(uow, request)
    settle_request(uow, request, policy)
    return request.id


def change_request(cmd: ChangeRequest, *, uow: UnitOfWork, policy: RequestPolicy) -> UUID:
    """Give what a held request lacks; it goes to its holder by itself once it is whole.

    A counter-signature stands for what the officer read: what is changed is signed anew. Raises
    NotFoundError, ConflictError, IllegalMoveError once it is with its holder, RefusedError.
    """
    request = open_asked(uow, cmd.request_id, lock=True)
    if request.version != cmd.version:
        raise ConflictError("request", {})
    REQUEST.step(RequestState(request.state), RequestMove.COMPLETE)
    needed = first_gaps(cmd.answers)
    if needed:
        raise RefusedError(needed[0].cure, field=needed[0].field)

    signer = _counter_signer(uow, cmd.answers)
    if signer != request.counter_signer_id or _is_another(answers_of(request), cmd.answers):
        request.counter_signer_id, request.counter_signed_at = signer, None
    request.holder_agency_id, request.holder_service_id = _holder(uow, cmd.answers)
    request.purpose, request.priority = cmd.answers.purpose, cmd.answers.priority
    request.subject_role = cmd.answers.subject_role
    request.pattern = cmd.answers.pattern
    request.answers = json.dumps(_plain(cmd.answers))
    key = asked_key(uow, cmd.answers)
    if key != request.asked_key:
        request.asked_key = key
        _note_look_up(uow, request.id, cmd.answers, request.case_id, policy)
    _write_lines(uow, request, cmd.answers)
    add_step(uow, request, "changed")

    uow.emit(RequestChanged(request_id=request.id))
    _ask_counter_signer(uow, request)
    settle_request(uow, request, policy)
    return request.id


def reply_to_holder(cmd: ReplyToHolder, *, uow: UnitOfWork, policy: RequestPolicy) -> UUID:
    """Answer what the holder asked back; the clock runs on from where it stood.

    Raises NotFoundError, IllegalMoveError when nothing was asked, RefusedError without a text.
    """
    request = open_asked(uow, cmd.request_id, lock=True)
    if not cmd.text.strip():
        raise RefusedError("Enter your answer", field="text")

    request.state = REQUEST.step(RequestState(request.state), RequestMove.CLARIFY)
    resume_clock(uow, request, policy)
    add_step(uow, request, "clarified", note=cmd.text.strip())

    uow.emit(RequestChanged(request_id=request.id))
    settle_request(uow, request, policy)
    return request.id


def withdraw_request(cmd: ReplyToHolder, *, uow: UnitOfWork, policy: RequestPolicy) -> UUID:
    """Take a request back.

    Raises NotFoundError, IllegalMoveError once it has its end, RefusedError while something that
    was told by telephone is still to be written down.
    """
    request = open_asked(uow, cmd.request_id, lock=True)
    owed = select(RequestLine.id).where(
        RequestLine.request_id == request.id,
        RequestLine.told_at.is_not(None),
        RequestLine.settled_at.is_(None),
    )
    if uow.session.scalar(owed.limit(1)) is not None:
        raise RefusedError("You were told something by phone. It stays until that is written down.")

    request.state = REQUEST.step(RequestState(request.state), RequestMove.WITHDRAW)
    request.settled_at = uow.now
    add_step(uow, request, "withdrawn", note=cmd.text.strip() or None)

    uow.emit(RequestChanged(request_id=request.id))
    settle_request(uow, request, policy)
    return request.id


def counter_sign(cmd: CounterSign, *, uow: UnitOfWork, policy: RequestPolicy) -> UUID:
    """Counter-sign a request as the officer whom its asker chose, or say why not.

    Raises NotFoundError to anybody else and once it does not wait for it, ConflictError when it
    was changed after it was read, RefusedError without a reason for a no.
    """
    request = open_to_sign(uow, cmd.request_id, lock=True)
    if request.version != cmd.version:
        raise ConflictError("request", {})
    if not cmd.is_signed and not cmd.note.strip():
        raise RefusedError(
            "Say why you do not sign, so that the officer can put it right", field="note"
        )

    request.counter_signed_at = uow.now if cmd.is_signed else None
    if not cmd.is_signed:
        request.counter_signer_id = None
    action = "counter_signed" if cmd.is_signed else "not_counter_signed"
    add_step(uow, request, action, note=cmd.note.strip() or None)

    uow.emit(CounterSigned(request_id=request.id, is_signed=cmd.is_signed))
    settle_request(uow, request, policy)
    return request.id


def asked_key(uow: UnitOfWork, answers: AskAnswers) -> int:
    """Return the keyed hash of who is meant. It protects a leaked log, not against the key."""
    who = "\x00".join(answers.text(AskPage.SUBJECT, name).casefold() for name in WHO)
    return keyring_of(uow.session.get_bind().dialect).blind("information_request", who)


def _note_look_up(
    uow: UnitOfWork,
    request_id: UUID,
    answers: AskAnswers,
    case_id: UUID | None,
    policy: RequestPolicy,
) -> None:
    """Write to the log that somebody is looked up by a request.

    Raises TracedRefusalError for one person too many. Source: sharing notes, 5.2, item 6.
    """
    asked = LookingUp(
        door=Door.REQUEST,
        purpose=answers.purpose or "",
        sought=sought_in(answers),
        case_id=case_id,
        about_id=request_id,
    )
    note_look_ups(uow, [asked], policy.look_ups)


def _holder(uow: UnitOfWork, answers: AskAnswers) -> tuple[UUID, UUID | None]:
    """Return the agency and the service that are asked. Raises RefusedError for a wrong choice."""
    service_id = answers.holder_service_id
    service = uow.session.get(Service, service_id) if service_id else None
    agency_id = service.agency_id if service else answers.holder_agency_id
    agency = uow.session.get(Agency, agency_id) if agency_id else None
    if agency is None or (service_id and service is None):
        raise RefusedError("Choose who holds the information.", field="agency")
    if agency.id == uow.actor.agency_id:
        raise RefusedError("This is your own agency. Ask inside it", field="agency")
    if agency.suspended_at is not None:
        raise RefusedError("This agency does not take part at present. Ring it", field="agency")
    return agency.id, service.id if service else None


def _counter_signer(uow: UnitOfWork, answers: AskAnswers) -> UUID | None:
    """Return who must counter-sign: another account of the asker's agency."""
    said = answers.of(AskPage.POLICE, "counter_signer")
    if not said:
        return None
    account = uow.session.get(Account, UUID(said))
    if (
        account is None
        or not account.is_active
        or account.agency_id != uow.actor.agency_id
        or account.id == uow.actor.account_id
    ):
        raise RefusedError("Choose another officer of your force.", field="counter_signer")
    return account.id


def _is_another(signed: AskAnswers, now: AskAnswers) -> bool:
    """Tell whether a request asks for something else than what was counter-signed."""
    return any(signed.pages.get(page) != now.pages.get(page) for page in SIGNED)


def _ask_counter_signer(uow: UnitOfWork, request: InformationRequest) -> None:
    if request.counter_signer_id and request.counter_signed_at is None:
        uow.emit(CounterSignatureAsked(request_id=request.id, account_id=request.counter_signer_id))


def _write_lines(uow: UnitOfWork, request: InformationRequest, answers: AskAnswers) -> None:
    """Make the lines be the categories asked for; nothing was decided about them yet."""
    present = {
        line.category: line
        for line in uow.session.scalars(
            select(RequestLine).where(RequestLine.request_id == request.id)
        )
    }
    wanted = {category.value: text for category, text in answers.lines}
    for category, text in wanted.items():
        if category in present:
            present[category].wanted = text
        else:
            uow.session.add(
                RequestLine(id=uow.new_id(), request_id=request.id, category=category, wanted=text)
            )
    for category, line in present.items():
        if category not in wanted:
            uow.session.delete(line)
    uow.session.flush()


def _plain(answers: AskAnswers) -> dict[str, Any]:
    return {page: dict(values) for page, values in answers.pages.items()}
