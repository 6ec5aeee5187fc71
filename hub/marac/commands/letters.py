"""Giving somebody a letter that says when a case was heard, without opening anything of it."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from hub.access.permissions import Fact, Permission, permit
from hub.db.units import UnitOfWork
from hub.kernel.errors import NotAllowedError, NotFoundError, RefusedError
from hub.marac.events import LetterGiven
from hub.marac.models import DiscussionLetter, Hearing
from hub.marac.rules.letters import Asking, may_give
from hub.marac.states import HearingState
from hub.meetings.access import open_item
from hub.referrals.models import Party
from hub.referrals.states import PartyRole


@dataclass(frozen=True, kw_only=True)
class GiveLetter:
    """Who asked for a letter about which victim of a case, and how that was made sure."""

    item_id: UUID
    party_id: UUID
    asked_as: str
    asked_by: str
    checked_by: str
    phone: str
    is_not_for_alleged: bool


def give_letter(cmd: GiveLetter, *, uow: UnitOfWork) -> UUID:
    """Write down that a letter is given and return its id.

    Whoever runs meetings of the area gives it; the statement of the meeting is not asked for,
    because nothing of it is opened. Raises NotFoundError, NotAllowedError, and RefusedError for a
    case that was not heard, somebody who is no victim, or what was not made sure.
    """
    item = open_item(uow, cmd.item_id)
    permit(uow.actor, Permission.HEARING_RECORD, {Fact.SAME_AREA})
    if uow.actor.account_id is None:
        raise NotAllowedError("a person gives a letter, never the hub")
    party = uow.session.get(Party, cmd.party_id)
    if party is None or party.concern_id != item.concern_id:
        raise NotFoundError("no such person in the case")
    hearing = uow.session.scalar(select(Hearing).where(Hearing.item_id == item.id))
    decision = may_give(
        HearingState(hearing.state) if hearing else HearingState.WAITING,
        hearing.heard_on if hearing else None,
        uow.today,
        Asking(
            role=PartyRole(party.role),
            asked_as=cmd.asked_as,
            asked_by=cmd.asked_by,
            checked_by=cmd.checked_by,
            is_not_for_alleged=cmd.is_not_for_alleged,
        ),
    )
    if not decision.allowed or hearing is None or hearing.heard_on is None:
        raise RefusedError(decision.reason, field=decision.field)
    if not cmd.phone.strip():
        raise RefusedError("Enter a telephone number for questions", field="phone")

    letter = DiscussionLetter(
        id=uow.new_id(),
        reference=uow.ids.reference(),
        item_id=item.id,
        party_id=party.id,
        asked_as=cmd.asked_as,
        asked_by=cmd.asked_by.strip(),
        checked_by=cmd.checked_by,
        phone=cmd.phone.strip(),
        heard_on=hearing.heard_on,
        given_by=uow.actor.account_id,
        given_at=uow.now,
    )
    uow.session.add(letter)
    uow.emit(LetterGiven(letter_id=letter.id, item_id=item.id))
    return letter.id
