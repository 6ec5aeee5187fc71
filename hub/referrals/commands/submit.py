"""Submitting a concern, and what its referrer can still do: add to it, or take it back."""

import json
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import update

from hub.access.permissions import Fact, Permission, permit
from hub.agencies.models import Area
from hub.db.units import UnitOfWork
from hub.kernel.errors import NotAllowedError, NotFoundError, RefusedError
from hub.referrals.access import facts_of, open_concern, open_draft
from hub.referrals.events import ConcernAddedTo, ConcernScreened, ConcernSubmitted
from hub.referrals.models import (
    Concern,
    ConcernAddition,
    ConcernDraft,
    ConcernFile,
    Party,
    ScreeningDecision,
    ScreeningThreshold,
)
from hub.referrals.rules import Answers, Missing, PersonSaid, care_question, missing
from hub.referrals.states import CONCERN, Move, PartyRole, Screening


class IncompleteError(RefusedError):
    """Something must still be answered; ``missing`` says what, page by page."""

    def __init__(self, lacking: tuple[Missing, ...]) -> None:
        super().__init__(lacking[0].cure, field=lacking[0].field)
        self.missing = lacking


@dataclass(frozen=True, kw_only=True)
class SubmitConcern:
    """Submit a concern; ``draft_id`` is the draft that it comes from, if any."""

    answers: Answers
    draft_id: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class AddInformation:
    """Send more information behind a concern."""

    concern_id: UUID
    text: str


@dataclass(frozen=True, kw_only=True)
class WithdrawConcern:
    """Take a concern back, with the reason."""

    concern_id: UUID
    reason: str


def submit_concern(cmd: SubmitConcern, *, uow: UnitOfWork) -> UUID:
    """Submit and return the concern's id, which is the draft's; doing it twice changes nothing.

    Every rule of the journey is held here again, whatever the pages let through. Raises
    NotAllowedError, NotFoundError (draft), IncompleteError, RefusedError (unknown area).
    """
    account_id, agency_id = uow.actor.account_id, uow.actor.agency_id
    permit(uow.actor, Permission.CONCERN_RAISE)
    if account_id is None or agency_id is None:
        raise NotAllowedError("a concern is raised by a member of an agency")
    draft = None
    if cmd.draft_id is not None:
        try:
            draft = open_draft(uow, cmd.draft_id, lock=True)
        except NotFoundError:
            return _own(uow, cmd.draft_id).id  # pressed twice: it is a concern already

    marks = cmd.answers.area_id and uow.session.get(ScreeningThreshold, cmd.answers.area_id)
    lacking = missing(
        cmd.answers, uow.today, is_sign_off_asked=bool(marks and marks.is_sign_off_asked)
    )
    if lacking or cmd.answers.area_id is None:
        raise IncompleteError(lacking)
    if uow.session.get(Area, cmd.answers.area_id) is None:
        raise RefusedError("Select the area where the victim lives now", field="area")

    concern = Concern(
        id=draft.id if draft else uow.new_id(),
        reference=uow.ids.reference(),
        state=Screening.SUBMITTED,
        area_id=cmd.answers.area_id,
        referrer_id=account_id,
        agency_id=agency_id,
        answers=json.dumps(dict(cmd.answers.pages)),
        has_children=bool(cmd.answers.of(PartyRole.CHILD)),
        is_urgent=cmd.answers.is_urgent,
        submitted_at=uow.now,
    )
    uow.session.add(concern)
    uow.session.flush()  # the parties and files refer to it
    uow.session.add_all(_party(concern.id, person, uow=uow) for person in cmd.answers.people)
    if draft:
        _hand_over(draft, concern.id, uow=uow)

    uow.emit(ConcernSubmitted(concern_id=concern.id))
    return concern.id


def _party(concern_id: UUID, person: PersonSaid, *, uow: UnitOfWork) -> Party:
    asked = care_question(person, uow.today).allowed
    return Party(
        id=uow.new_id(),
        concern_id=concern_id,
        role=person.role,
        position=person.position,
        given_name=person.given_name,
        family_name=person.family_name,
        date_of_birth=person.date_of_birth,
        care_answer=person.care_answer if asked else None,
        details=json.dumps(dict(person.details)),
    )


def _hand_over(draft: ConcernDraft, concern_id: UUID, *, uow: UnitOfWork) -> None:
    """Give the draft's files to the concern and let the draft go."""
    uow.session.execute(
        update(ConcernFile)
        .where(ConcernFile.draft_id == draft.id)
        .values(draft_id=None, concern_id=concern_id)
    )
    uow.session.delete(draft)


def add_information(cmd: AddInformation, *, uow: UnitOfWork) -> UUID:
    """Set more information behind a concern of one's own.

    One that was sent back waits for a decision again; one that was accepted stays accepted. Raises
    NotFoundError, IllegalMoveError once it is over.
    """
    concern = _own(uow, cmd.concern_id)

    concern.state = CONCERN.step(Screening(concern.state), Move.ADD)

    added = ConcernAddition(
        id=uow.new_id(),
        concern_id=concern.id,
        text=cmd.text,
        added_by=concern.referrer_id,
        added_at=uow.now,
    )
    uow.session.add(added)
    uow.emit(ConcernAddedTo(concern_id=concern.id, addition_id=added.id))
    return concern.id


def withdraw_concern(cmd: WithdrawConcern, *, uow: UnitOfWork) -> UUID:
    """Take one's own concern back. Raises NotFoundError, IllegalMoveError once it was accepted."""
    concern = _own(uow, cmd.concern_id)
    if not cmd.reason.strip():
        raise RefusedError("Enter why you withdraw it", field="reason")

    concern.state = CONCERN.step(Screening(concern.state), Move.WITHDRAW)

    uow.session.add(
        ScreeningDecision(
            id=uow.new_id(),
            concern_id=concern.id,
            outcome=Screening.WITHDRAWN,
            reason=cmd.reason.strip(),
            decided_by=concern.referrer_id,
            decided_at=uow.now,
        )
    )
    uow.emit(ConcernScreened(concern_id=concern.id, outcome=Screening.WITHDRAWN))
    return concern.id


def _own(uow: UnitOfWork, concern_id: UUID) -> Concern:
    concern = open_concern(uow, concern_id)
    if Fact.OWN not in facts_of(uow, concern):
        raise NotFoundError("not a concern of one's own")
    return concern
