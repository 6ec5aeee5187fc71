"""A named person weighs both risks where the table, by itself, does not let a service be told."""

import json
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from hub.db.units import UnitOfWork
from hub.kernel.actor import Role
from hub.kernel.errors import NotAllowedError, RefusedError
from hub.meetings.disclosures import may_go, store
from hub.sharing.events import RisksWeighed
from hub.sharing.models import DisclosureDecision
from hub.sharing.rules import (
    TABLE_VERSION,
    Ground,
    Question,
    decide,
    open_grounds,
    question_of,
    weighed,
)

SHORTEST_RISK = 20


@dataclass(frozen=True, kw_only=True)
class WeighRisks:
    """Both risks, as whoever decides sees them, and what sharing rests on."""

    item_id: UUID
    person_id: UUID
    ground: Ground
    risk_of_sharing: str
    risk_of_not_sharing: str


@dataclass(frozen=True, kw_only=True)
class Held:
    """What holds an invitation back, in words, and on what grounds it could be let go."""

    item_id: UUID
    person_id: UUID
    reasons: str
    grounds: tuple[Ground, ...]


def held_telling(uow: UnitOfWork, item_id: UUID, person_id: UUID) -> Held | None:
    """Return what holds back the telling of a person's service, None where nothing does."""
    latest = _latest(uow, item_id, person_id)
    question = _held_question(latest)
    if latest is None or question is None:
        return None
    return Held(
        item_id=item_id,
        person_id=person_id,
        reasons=latest.reasons,
        grounds=open_grounds(question),
    )


def weigh_risks(cmd: WeighRisks, *, uow: UnitOfWork) -> UUID:
    """Decide by name that not telling does more harm, and return the decision's id.

    The table is asked again with what is stated, and its answer is kept beside the one that held:
    the invitation is written in the same transaction. Raises NotAllowedError unless an information
    governance lead acts, and RefusedError when both risks are not written down, when nothing is
    held, or when no rule lets it go on this ground.
    """
    if not uow.actor.has(Role.GOVERNANCE_LEAD) or uow.actor.account_id is None:
        raise NotAllowedError("Only an information governance lead can decide this.")
    for field, text in (
        ("risk_of_sharing", cmd.risk_of_sharing),
        ("risk_of_not_sharing", cmd.risk_of_not_sharing),
    ):
        if len(text.strip()) < SHORTEST_RISK:
            raise RefusedError("Write both risks down, each in a sentence.", field=field)
    latest = _latest(uow, cmd.item_id, cmd.person_id)
    question = _held_question(latest)
    if latest is None or question is None:
        raise RefusedError("Nothing is held here any more.")
    if cmd.ground not in open_grounds(question):
        raise RefusedError("No rule lets the service be told on this ground.", field="ground")

    row = DisclosureDecision(
        item_id=cmd.item_id,
        person_id=cmd.person_id,
        service_id=latest.service_id,
        agreement_id=latest.agreement_id,
        consent_id=latest.consent_id,
        number=latest.number + 1,
        weighing=json.dumps(
            {"sharing": cmd.risk_of_sharing, "not_sharing": cmd.risk_of_not_sharing}
        ),
        decided_by=uow.actor.account_id,
    )
    stated = weighed(question, cmd.ground)
    store(uow, row, stated, decide(stated))

    uow.emit(RisksWeighed(decision_id=row.id, item_id=row.item_id, person_id=row.person_id))
    return row.id


def _latest(uow: UnitOfWork, item_id: UUID, person_id: UUID) -> DisclosureDecision | None:
    return uow.session.scalar(
        select(DisclosureDecision)
        .where(DisclosureDecision.item_id == item_id, DisclosureDecision.person_id == person_id)
        .order_by(DisclosureDecision.number.desc())
        .limit(1)
    )


def _held_question(latest: DisclosureDecision | None) -> Question | None:
    """Return the question whose answer holds something back, None where nothing is held.

    What an older table decided is asked anew with the next change of the meeting.
    """
    if latest is None or latest.decided_by is not None or latest.table_version != TABLE_VERSION:
        return None
    question = question_of(json.loads(latest.inputs))
    return None if may_go(decide(question)) else question
