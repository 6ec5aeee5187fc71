"""Asking duty desks who is meant: when a concern comes in, and when the register grows later."""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import case, func, insert, select, update

from hub.agencies.models import Agency, AgencyArea, Service
from hub.agencies.queries import leaving_care_service_for
from hub.agencies.rules.kinds import ServiceKind
from hub.db.units import UnitOfWork
from hub.kernel.errors import RefusedError
from hub.kernel.events import Event
from hub.people.commands.climbing import put_before_desk
from hub.people.commands.look_ups import note_hits
from hub.people.events import (
    CandidatePutForward,
    IdentityAsked,
    IdentityHastened,
    IdentityReopened,
    IdentityUndone,
    PersonSaved,
)
from hub.people.matching.bands import Band
from hub.people.matching.engine import Candidate
from hub.people.models import CheckKey, IdentityCandidate, IdentityCheck, MatchKey
from hub.people.queries.desks import is_staffed
from hub.people.queries.entries import Held, blind_keys, held, keys_of_unit, likely
from hub.people.rules.asked import asked_from, asked_text
from hub.people.rules.identity import (
    MOST_SHOWN,
    Asked,
    best_candidates,
    due_at,
    must_ask,
    queries_for,
)
from hub.people.states import CHECK, WAITING, CheckAction, CheckState, Rung

STRONG = frozenset({Band.CERTAIN, Band.PROBABLE})
MOST_CHECKS = 50
"""How many questions one change of a person is held against, the latest first."""


def open_checks(uow: UnitOfWork, asked: Sequence[Asked]) -> list[UUID]:
    """Ask the desks concerned about the people of a concern; return the questions' ids.

    For everybody keys are made and people compared, whether anybody is found or not, so that
    neither content nor time tells whoever raised the concern. Somebody asked about before is not
    asked about again. It is for the hub's own reactions; no permission is asked.
    """
    known = set(
        uow.session.scalars(
            select(IdentityCheck.party_id).where(
                IdentityCheck.party_id.in_([each.party_id for each in asked])
            )
        )
    )
    new = [each for each in asked if each.party_id not in known]
    groups, people = likely(uow, [queries_for(each) for each in new])
    opened, found = [], {}
    for each, ids in zip(new, groups, strict=True):
        entries = [people[person_id].entry for person_id in ids]
        candidates = best_candidates(each, entries, uow.today)
        found[each.party_id] = len(candidates)
        if must_ask(each, candidates, uow.today):
            opened.append(_open(uow, each, candidates, people))
    uow.session.flush()
    note_hits(uow, found)
    return opened


def hasten(uow: UnitOfWork, concern_id: UUID, deadline: datetime) -> None:
    """Let the questions about a concern be answered by the deadline (UTC), if that is sooner.

    The version stays, so that whoever has a question open can still answer it.
    """
    sooner = due_at(uow.now, is_urgent=False, deadline=deadline)
    later = (
        IdentityCheck.concern_id == concern_id,
        IdentityCheck.state.in_(WAITING),
        IdentityCheck.due_at > sooner,
    )
    uow.session.flush()
    ids = uow.session.scalars(select(IdentityCheck.id).where(*later)).all()
    before_desk = (IdentityCheck.rung == Rung.DESK, sooner)
    climbs = case(before_desk, else_=IdentityCheck.climb_at)
    uow.session.execute(update(IdentityCheck).where(*later).values(due_at=sooner, climb_at=climbs))
    for check_id in ids:
        uow.emit(IdentityHastened(check_id=check_id, due_at=sooner))


def answer_back(uow: UnitOfWork, concern_id: UUID, said: str) -> None:
    """Put questions that waited for the referrer before their desks again, with what was said.

    Only a desk that asked is told; an earlier answer stays above the new one.
    """
    asked_back = select(IdentityCheck).where(
        IdentityCheck.concern_id == concern_id, IdentityCheck.state == CheckState.ASKED_BACK
    )
    for check in uow.session.scalars(asked_back):
        check.reply = f"{check.reply}\n\n{said}" if check.reply else said
        _reopen(uow, check)
    uow.session.flush()


def look_again(uow: UnitOfWork, happened: Event) -> None:
    """React to a person who joined the register or changed: they may be whom a question means."""
    if isinstance(happened, PersonSaved):
        reconsider(uow, [happened.person_id])


def reconsider(uow: UnitOfWork, person_ids: Collection[UUID]) -> None:
    """Hold people against the questions that share a key with them.

    A question without answer gets the new candidate; one that was answered with no is asked again
    when the evidence is strong, for nobody may be forgotten who joins the register late.
    """
    uow.session.flush()
    shared = (
        select(CheckKey.check_id, MatchKey.person_id)
        .join(MatchKey, MatchKey.key == CheckKey.key)
        .join(IdentityCheck, IdentityCheck.id == CheckKey.check_id)
        .where(
            MatchKey.person_id.in_(list(person_ids)),
            IdentityCheck.state.in_((*WAITING, CheckState.RULED_OUT)),
        )
        .group_by(CheckKey.check_id, MatchKey.person_id)
        .order_by(func.count().desc(), CheckKey.check_id)
        .limit(MOST_CHECKS * max(1, len(person_ids)))
    )
    pairs: dict[UUID, list[UUID]] = {}
    for check_id, person_id in uow.session.execute(shared):
        pairs.setdefault(check_id, []).append(person_id)
    people = held(uow, {one for ids in pairs.values() for one in ids}) if pairs else {}
    for check_id, ids in pairs.items():
        check = uow.session.get_one(IdentityCheck, check_id)
        _reconsider(uow, check, {one: people[one] for one in ids})
    uow.session.flush()


def route(uow: UnitOfWork, asked: Asked) -> UUID | None:
    """Return the service that a question without candidates goes to, or None if there is none.

    The authority that the referrer named, else the one that serves where the person lives, else a
    leaving care service of the concern's area, else any: somebody must be asked, and among the
    last two those come first where somebody can answer.
    """
    if asked.authority:
        named = uow.session.scalar(
            select(Agency.id).where(func.lower(Agency.name) == asked.authority.strip().lower())
        )
        if named and (found := leaving_care_service_for(uow, authority_id=named)):
            return found.id
    for postcode in asked.postcodes:
        if found := leaving_care_service_for(uow, postcode=postcode):
            return found.id
    ours = (
        select(Service.id)
        .where(Service.kind == ServiceKind.LEAVING_CARE)
        .order_by(is_staffed().desc(), Service.name, Service.id)
    )
    in_area = select(AgencyArea.agency_id).where(AgencyArea.area_id == asked.area_id)
    works_there = Service.agency_id.in_(in_area) | Service.authority_id.in_(in_area)
    return uow.session.scalar(ours.where(works_there).limit(1)) or uow.session.scalar(ours.limit(1))


def _open(
    uow: UnitOfWork, asked: Asked, candidates: Sequence[Candidate], people: Mapping[UUID, Held]
) -> UUID:
    best = people[UUID(candidates[0].person_id)] if candidates else None
    check = IdentityCheck(
        id=uow.new_id(),
        reference=uow.ids.reference(),
        party_id=asked.party_id,
        concern_id=asked.concern_id,
        service_id=(best.service_id if best else None) or route(uow, asked),
        asked=asked_text(asked),
        state=CheckState.OPEN,
        opened_at=uow.now,
        due_at=due_at(uow.now, is_urgent=asked.is_urgent, deadline=asked.deadline),
    )
    uow.session.add(check)
    uow.session.flush()  # candidates and keys refer to it
    for candidate in candidates:
        _add_candidate(uow, check, candidate)
    keys = set(blind_keys(keys_of_unit(uow), queries_for(asked)))
    if keys:
        rows = [{"key": key, "check_id": check.id} for key in keys]
        uow.session.execute(insert(CheckKey.__table__), rows)  # type: ignore[arg-type]  # a Table
    _say_asked(uow, check)
    return check.id


def _add_candidate(uow: UnitOfWork, check: IdentityCheck, candidate: Candidate) -> None:
    found = candidate.comparison
    reasons = [{"agrees": reason.agrees, "text": reason.text} for reason in found.reasons]
    uow.session.merge(
        IdentityCandidate(
            check_id=check.id,
            person_id=UUID(candidate.person_id),
            band=found.band,
            score=found.score,
            reasons=json.dumps(reasons),
        )
    )


def _reconsider(uow: UnitOfWork, check: IdentityCheck, people: Mapping[UUID, Held]) -> None:
    asked = asked_from(check.asked, party_id=check.party_id, concern_id=check.concern_id)
    present = {
        row.person_id: row
        for row in uow.session.scalars(
            select(IdentityCandidate).where(IdentityCandidate.check_id == check.id)
        )
    }
    entries = [each.entry for each in people.values()]
    likely_now = best_candidates(asked, entries, uow.today)
    fresh = [each for each in likely_now if UUID(each.person_id) not in present]
    for candidate in likely_now:
        row = present.get(UUID(candidate.person_id))
        if row is None or row.rejected_at is None:
            _add_candidate(uow, check, candidate)
    if not fresh or len(present) >= MOST_SHOWN * 2:
        return
    for candidate in fresh:
        uow.emit(CandidatePutForward(check_id=check.id, person_id=UUID(candidate.person_id)))
    is_strong = any(each.comparison.band in STRONG for each in fresh)
    if check.state == CheckState.RULED_OUT and is_strong:
        _reopen(uow, check)
    has_none = all(row.rejected_at is not None for row in present.values())
    service_id = people[UUID(fresh[0].person_id)].service_id
    if has_none and service_id and service_id != check.service_id and check.state in WAITING:
        check.service_id = service_id
        _say_asked(uow, check)


def _reopen(uow: UnitOfWork, check: IdentityCheck) -> None:
    """Put a question before its desk again, with a fresh time to answer."""
    was = check.state
    check.state = CHECK.step(CheckState(check.state), CheckAction.REOPEN)
    check.due_at = due_at(uow.now, is_urgent=False)
    check.decided_at = check.decided_by = None
    ids = {
        "check_id": check.id,
        "concern_id": check.concern_id,
        "party_id": check.party_id,
    }
    if was == CheckState.ASKED_BACK:
        uow.emit(IdentityReopened(**ids))
    else:
        uow.emit(IdentityUndone(**ids, person_id=None))
    put_before_desk(uow, check)


def _say_asked(uow: UnitOfWork, check: IdentityCheck) -> None:
    """Put a question before the desk of its service, and whoever stands above an empty desk."""
    uow.emit(
        IdentityAsked(
            check_id=check.id,
            concern_id=check.concern_id,
            party_id=check.party_id,
            service_id=check.service_id,
        )
    )
    put_before_desk(uow, check)


def ask_next_service(uow: UnitOfWork, check: IdentityCheck, service_ids: Iterable[UUID]) -> None:
    """Pass a question on to the next of these services: those whose candidates remain."""
    following = next((one for one in service_ids if one != check.service_id), None)
    if following is not None:
        check.service_id = following
        _say_asked(uow, check)


def refuse_settled(check: IdentityCheck) -> None:
    """Go on only while the question has no answer. Raises RefusedError."""
    if check.state not in WAITING:
        raise RefusedError("This question has been answered already")
