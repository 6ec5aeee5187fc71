"""Sending a request that is whole to its holder's people, and winding its clock up.

To nobody is no answer: where the directory has no single point of contact who can be reached, the
request goes down to deputy, duty desk and other desks, and in the end to the agency as a whole.
"""

import json
from datetime import datetime
from uuid import UUID

from hub.agencies.models import Service
from hub.agencies.rules.kinds import ServiceKind
from hub.db.units import UnitOfWork
from hub.people.commands import open_checks
from hub.people.rules.identity import Asked
from hub.sharing.events import RequestRouted
from hub.sharing.models import InformationRequest
from hub.sharing.queries.spoc import Call, route_to
from hub.sharing.rules.clocks import Priority, Said, Stage, deadlines, resumed
from hub.sharing.rules.decision import Approver
from hub.sharing.rules.policy import RequestPolicy
from hub.sharing.rules.request_answers import AskAnswers, AskPage, born_on

URGENT = frozenset({Priority.IMMEDIATE, Priority.RED})


def route_request(
    uow: UnitOfWork,
    request: InformationRequest,
    answers: AskAnswers,
    policy: RequestPolicy,
    agreement_id: UUID | None = None,
) -> None:
    """Start the clock of a request that is whole and put it before its holder.

    ``agreement_id`` is the version of the agreement between the two, which may name whom to ask.
    """
    priority = Priority(request.priority)
    meeting = answers.of(AskPage.URGENCY, "meeting_at")
    times = deadlines(
        priority,
        uow.now,
        policy.times,
        datetime.fromisoformat(meeting) if meeting else None,
    )
    request.received_at = uow.now
    request.acknowledge_by, request.due_at = times.acknowledge_by, times.answer_by
    set_stages(request, times.stages)
    call = Call(
        agency_id=request.holder_agency_id,
        agreement_id=agreement_id,
        service_id=request.holder_service_id,
        postcode=answers.text(AskPage.SUBJECT, "postcode") or None,
    )
    found = route_to(uow, call, uow.now, stale_after_days=policy.stale_after_days).reached
    request.routed_to_id, request.route_step = found.contact_id, found.rung
    uow.emit(RequestRouted(request_id=request.id, contact_id=request.routed_to_id))
    _ask_who(uow, request, answers)


def set_stages(request: InformationRequest, stages: tuple[Stage, ...]) -> None:
    """Write down which stages of the clock are still to come."""
    request.stages = json.dumps([[one.at.isoformat(), one.said, one.to] for one in stages])
    request.next_clock_at = stages[0].at if stages else None


def stages_of(request: InformationRequest) -> tuple[Stage, ...]:
    """Return the stages of the clock that are still to come."""
    return tuple(
        Stage(
            at=datetime.fromisoformat(at),
            said=Said(said),
            to=None if to is None else Approver(to),
        )
        for at, said, to in json.loads(request.stages)
    )


def pause_clock(uow: UnitOfWork, request: InformationRequest) -> None:
    """Let the clock stand while the holder waits for the asker."""
    request.paused_at = uow.now
    request.next_clock_at = None


def resume_clock(uow: UnitOfWork, request: InformationRequest, policy: RequestPolicy) -> None:
    """Let the clock run on from where it stood, if it stood."""
    paused_at = request.paused_at
    if paused_at is None:
        return
    priority = Priority(request.priority)

    def later(at: datetime) -> datetime:
        return resumed(at, paused_at, uow.now, priority, policy.times)

    if request.due_at is not None:
        request.due_at = later(request.due_at)
    if request.acknowledge_by is not None and request.acknowledged_at is None:
        request.acknowledge_by = later(request.acknowledge_by)
    set_stages(
        request,
        tuple(Stage(at=later(one.at), said=one.said, to=one.to) for one in stages_of(request)),
    )
    request.paused_at = None


def _ask_who(uow: UnitOfWork, request: InformationRequest, answers: AskAnswers) -> None:
    """Put the person to the register of a leaving care service, whether anybody is found or not.

    The same work is done for everybody, so that neither content nor time tells the asker.
    """
    service = (
        uow.session.get(Service, request.holder_service_id) if request.holder_service_id else None
    )
    if service is None or service.kind != ServiceKind.LEAVING_CARE or request.check_id:
        return
    checks = open_checks(uow, [_asked(request, answers)])
    request.check_id = checks[0] if checks else None


def _asked(request: InformationRequest, answers: AskAnswers) -> Asked:
    who = AskPage.SUBJECT
    number, phone = answers.text(who, "nhs_number"), answers.text(who, "phone")
    postcode = answers.text(who, "postcode")
    return Asked(
        party_id=request.id,
        concern_id=request.id,
        given_name=answers.text(who, "given_name"),
        family_name=answers.text(who, "family_name"),
        aliases=tuple(answers.of(who, "aliases") or ()),
        date_of_birth=born_on(answers),
        postcodes=(postcode,) if postcode else (),
        nhs_number=number,
        phones=(phone,) if phone else (),
        is_urgent=Priority(request.priority) in URGENT,
        deadline=request.due_at,
    )


def is_leaving_care(uow: UnitOfWork, service_id: UUID | None) -> bool:
    """Tell whether the service that is asked keeps the register."""
    service = uow.session.get(Service, service_id) if service_id else None
    return service is not None and service.kind == ServiceKind.LEAVING_CARE
