"""Who must be invited to a meeting: the rule, and nothing but the rule.

Source: the hub's public interface, section 6, whose six numbered paragraphs are the numbers in the
comments here; it makes exact the DHR recommendation that a care-experienced person's leaving care
worker be included in MARAC and safety planning, joint working with the social worker at 16 and 17,
and support up to 25. The rule is a function of one situation: no clock, no database.

Where nobody can be invited there is always a problem with an owner, never silence.
"""

from collections.abc import Callable, Iterator
from datetime import timedelta

from hub.meetings.case import Case, Facts, cases_of, covers
from hub.meetings.requirement import (
    OwnerRole,
    Problem,
    ProblemKind,
    RequiredInvitation,
    Requirement,
    Route,
    Skipped,
    Step,
    Why,
    reason_for,
)
from hub.meetings.situation import (
    AllocationRole,
    CareStatus,
    Item,
    ItemRole,
    Situation,
    SupportStatus,
    Worker,
)
from hub.sharing.states import ROUTES

FIRST_AGE = 16
ADULT_AGE = 18
LAST_AGE = 25

ROLE_OF_ROUTE = {
    Route.LEAVING_CARE: AllocationRole.LEAVING_CARE_WORKER,
    Route.SOCIAL_WORK: AllocationRole.SOCIAL_WORKER,
}

OWNERS = {
    ProblemKind.CARE_STATUS_UNCONFIRMED: OwnerRole.DUTY_DESK,
    ProblemKind.RECORDED_AS_DIED: OwnerRole.CO_ORDINATOR,
    ProblemKind.DATE_OF_BIRTH_UNKNOWN: OwnerRole.DUTY_DESK,
    ProblemKind.DUTY_ENDED_AT_25: OwnerRole.CO_ORDINATOR,
    ProblemKind.NO_SOCIAL_WORKER: OwnerRole.TEAM_MANAGER,
    ProblemKind.NO_NAMED_WORKER: OwnerRole.TEAM_MANAGER,
    ProblemKind.NO_RESPONSIBLE_SERVICE: OwnerRole.CO_ORDINATOR,
    ProblemKind.AGREEMENT_NOT_IN_FORCE: OwnerRole.INFORMATION_GOVERNANCE_LEAD,
    ProblemKind.NOBODY_REACHABLE: OwnerRole.CO_ORDINATOR,
    ProblemKind.WORKER_LEFT: OwnerRole.TEAM_MANAGER,
    ProblemKind.BARRED: OwnerRole.CHAIR,
    ProblemKind.BOTH_SIDES: OwnerRole.CHAIR,
    ProblemKind.STALE_CONTACT: OwnerRole.TEAM_MANAGER,
}
"""Each problem has one owner, whoever it concerns."""

RAISED_BY_SKIPPING = {
    Why.LEFT: ProblemKind.WORKER_LEFT,
    Why.BARRED: ProblemKind.BARRED,
    Why.BOTH_SIDES: ProblemKind.BOTH_SIDES,
    Why.UNVERIFIED: ProblemKind.STALE_CONTACT,
    Why.STALE: ProblemKind.STALE_CONTACT,
}
"""Being absent or belonging to the other side is nobody's fault and raises nothing."""


def required(situation: Situation) -> Requirement:
    """Return who must be invited to which item for whom, and what has to be settled by whom.

    The answer does not depend on the order of any list but that of the desks, and comes in one
    fixed order. The situation must keep the promises of its docstring; a reference to nothing
    raises KeyError.
    """
    facts = Facts(situation)
    invitations: list[RequiredInvitation] = []
    problems: set[Problem] = set()
    for item in situation.items:
        chosen: list[RequiredInvitation] = []
        for case in cases_of(facts, item):
            for found in _for_person(case):
                if isinstance(found, Problem):
                    problems.add(found)
                else:
                    chosen.append(found)
        between = _chosen_for_both_sides(item, chosen)
        problems.update(_problem(item, None, ProblemKind.BOTH_SIDES, who) for who in between)
        invitations += [invitation for invitation in chosen if invitation.recipient not in between]
    return Requirement(
        invitations=tuple(sorted(invitations, key=lambda one: (one.item, one.person, one.route))),
        problems=tuple(
            sorted(
                problems,
                key=lambda one: (one.item, one.person or "", one.problem, one.contact or ""),
            )
        ),
    )


def _for_person(case: Case) -> Iterator[RequiredInvitation | Problem]:
    """Paragraphs 1 and 2: whether anybody is to be invited for the person, and on which routes."""
    person, age = case.person, case.age

    # 1. Whom the duty is owed to.
    if person.care_status is CareStatus.NOT_CARE_EXPERIENCED:
        return
    if age is not None and not FIRST_AGE <= age <= LAST_AGE:
        return
    if person.care_status is CareStatus.NOT_KNOWN:
        yield _problem_of(case, ProblemKind.CARE_STATUS_UNCONFIRMED)
        return
    if person.support_status is SupportStatus.DIED:
        yield _problem_of(case, ProblemKind.RECORDED_AS_DIED)
        return
    if age is None:
        yield _problem_of(case, ProblemKind.DATE_OF_BIRTH_UNKNOWN)
    if age == LAST_AGE and case.named(AllocationRole.LEAVING_CARE_WORKER) is None:
        yield _problem_of(case, ProblemKind.DUTY_ENDED_AT_25)
        return

    # 2. Leaving care always, whatever the support status; the social worker besides, never instead.
    yield from _on_route(case, Route.LEAVING_CARE)
    if _has_social_work_route(case):
        yield from _on_route(case, Route.SOCIAL_WORK)


def _has_social_work_route(case: Case) -> bool:
    """Paragraph 2: at 16 and 17; of unknown age if there is a current social worker."""
    if case.age is None:
        return case.named(AllocationRole.SOCIAL_WORKER) is not None
    return case.age < ADULT_AGE


def _on_route(case: Case, route: Route) -> Iterator[RequiredInvitation | Problem]:
    """Paragraph 3: the named worker, the service and its agreement; then up the ladder."""
    named = case.named(ROLE_OF_ROUTE[route])
    if named is None:
        if route is Route.SOCIAL_WORK:
            yield _problem_of(case, ProblemKind.NO_SOCIAL_WORKER)
            return
        if case.person.support_status is SupportStatus.ALLOCATED:
            yield _problem_of(case, ProblemKind.NO_NAMED_WORKER)

    service = case.person.service if named is None else named.service
    if service is None:
        yield _problem_of(case, ProblemKind.NO_RESPONSIBLE_SERVICE)
        return
    if case.facts.agreements[service] not in ROUTES:
        yield _problem_of(case, ProblemKind.AGREEMENT_NOT_IN_FORCE)
        return

    yield from _up_the_ladder(case, route, named, service)


def _up_the_ladder(
    case: Case, route: Route, named: Worker | None, service: str
) -> Iterator[RequiredInvitation | Problem]:
    """Paragraphs 4 and 5: the first on the ladder who is not skipped is invited."""
    tried: set[str] = set()
    skipped: list[Skipped] = []
    for step, recipient in _ladder(case, named, service):
        if recipient is None or recipient in tried:
            continue
        tried.add(recipient)
        why = _why_skipped(case, recipient)
        if why is None:
            yield RequiredInvitation(
                item=case.item.id,
                person=case.person.id,
                recipient=recipient,
                route=route,
                step=step,
                skipped=tuple(skipped),
                reason=reason_for(route, step, skipped),
            )
            return
        skipped.append(Skipped(recipient=recipient, step=step, why=why))
        if why in RAISED_BY_SKIPPING:
            yield _problem_of(case, RAISED_BY_SKIPPING[why], recipient)
    yield _problem_of(case, ProblemKind.NOBODY_REACHABLE)


def _ladder(case: Case, named: Worker | None, service: str) -> Iterator[tuple[Step, str | None]]:
    """Paragraph 4: the steps in order; a step that nobody holds has None."""
    facts, team = case.facts, None
    if named is not None:
        team = named.team
        absence = facts.absence(named.id, case.day)
        yield Step.NAMED_WORKER, named.id
        yield Step.COVER, None if absence is None else absence.cover
        yield Step.DEPUTY, named.deputy
        yield Step.TEAM_MANAGER, None if team is None else facts.managers[team]

    # Sorting keeps the file's order within the team's desks and within the others; a desk and a
    # worker that both have no team are not of the same one.
    desks = sorted(facts.desks.get(service, ()), key=lambda desk: team is None or desk.team != team)
    for place, desk in enumerate(desks):
        yield Step.DUTY_DESK if place == 0 else Step.OTHER_DESK, desk.id


def _why_skipped(case: Case, recipient: str) -> Why | None:
    """Paragraph 5: the first reason that holds, None if the recipient can be invited."""
    return next((why for why, holds in _REASONS_TO_SKIP if holds(case, recipient)), None)


def _has_left(case: Case, recipient: str) -> bool:
    worker = case.facts.workers.get(recipient)
    return worker is not None and not covers(worker.from_on, worker.until_on, case.day)


def _is_absent(case: Case, recipient: str) -> bool:
    return case.facts.absence(recipient, case.day) is not None


def _is_barred(case: Case, recipient: str) -> bool:
    return (recipient, case.item.id) in case.facts.bars or any(
        (recipient, place.person) in case.facts.conflicts for place in case.item.people
    )


def _is_with_both_sides(case: Case, recipient: str) -> bool:
    return recipient in case.with_victim and recipient in case.with_alleged


def _is_with_other_side(case: Case, recipient: str) -> bool:
    return (case.role is ItemRole.VICTIM and recipient in case.with_alleged) or (
        case.role is ItemRole.ALLEGED_PERPETRATOR and recipient in case.with_victim
    )


def _is_unverified(case: Case, recipient: str) -> bool:
    return case.facts.verified[recipient] is None


def _is_stale(case: Case, recipient: str) -> bool:
    verified_on = case.facts.verified[recipient]
    situation = case.facts.situation
    return verified_on is not None and situation.as_of - verified_on > timedelta(
        days=situation.stale_after_days
    )


_REASONS_TO_SKIP: tuple[tuple[Why, Callable[[Case, str], bool]], ...] = (
    (Why.LEFT, _has_left),
    (Why.ABSENT, _is_absent),
    (Why.BARRED, _is_barred),
    (Why.BOTH_SIDES, _is_with_both_sides),
    (Why.OTHER_SIDE, _is_with_other_side),
    (Why.UNVERIFIED, _is_unverified),
    (Why.STALE, _is_stale),
)


def _chosen_for_both_sides(item: Item, chosen: list[RequiredInvitation]) -> set[str]:
    """Paragraph 6: recipients chosen on the item for a victim and for an alleged perpetrator."""
    roles = {place.person: place.role for place in item.people}
    for_victim = {one.recipient for one in chosen if roles[one.person] is ItemRole.VICTIM}
    for_alleged = {
        one.recipient for one in chosen if roles[one.person] is ItemRole.ALLEGED_PERPETRATOR
    }
    return for_victim & for_alleged


def _problem_of(case: Case, kind: ProblemKind, contact: str | None = None) -> Problem:
    """Return a problem of this case; working with both sides concerns the item as a whole."""
    person = None if kind is ProblemKind.BOTH_SIDES else case.person.id
    return _problem(case.item, person, kind, contact)


def _problem(item: Item, person: str | None, kind: ProblemKind, contact: str | None) -> Problem:
    return Problem(
        item=item.id, person=person, problem=kind, contact=contact, owner_role=OWNERS[kind]
    )
