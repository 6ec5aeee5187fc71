"""The room's doors: a series, an agency's research, a case being heard, an action.

What somebody may not see is not there for them. Before anything of a case is shown, its reader has
accepted the confidentiality statement of that meeting: whoever has not is sent to it first.
"""

from datetime import timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, exists, false, or_, select
from sqlalchemy.orm import aliased

from hub.access.permissions import Fact, Permission, may
from hub.db.units import UnitOfWork
from hub.kernel.actor import Role
from hub.kernel.errors import NotFoundError, RefusedError
from hub.marac.models import (
    Action,
    FlagNotice,
    Hearing,
    Research,
    Series,
    Transfer,
    Undertaking,
)
from hub.marac.states import UNSETTLED
from hub.meetings.access import (
    answers_for,
    in_own_area,
    is_open_meeting,
    may_be_shown,
    open_item,
    open_meeting,
)
from hub.meetings.models import Invitation, Item, Meeting
from hub.meetings.rules import InvitationPolicy
from hub.meetings.states import MeetingShape
from hub.people.conflicts import case_is_open
from hub.people.staff_cases import is_for_actor
from hub.referrals.access import is_raised_by
from hub.referrals.models import Concern, Party

KEEP = timedelta(days=InvitationPolicy().access_days_after_meeting)
"""How long after its meeting a case is there for who was invited, where nothing else is set."""


class NotSignedError(RefusedError):
    """The reader has not accepted the confidentiality statement of this meeting."""

    def __init__(self, meeting_id: UUID) -> None:
        super().__init__("Read and accept the confidentiality statement first.")
        self.meeting_id = meeting_id


def open_series(uow: UnitOfWork, series_id: UUID) -> Series:
    """Return a series to a co-ordinator of its area. Raises NotFoundError to others."""
    wanted = select(Series).where(Series.id == series_id, in_own_area(uow, Series.area_id))
    series = uow.session.scalar(wanted) if uow.actor.has(Role.COORDINATOR) else None
    if series is None:
        raise NotFoundError("There is no such series.")
    return series


def open_research(uow: UnitOfWork, research_id: UUID) -> Research:
    """Return what an agency was asked, locked, to that agency's people. Raises NotFoundError."""
    return _research(uow, _own(uow, research_id).with_for_update(of=Research))


def find_research(uow: UnitOfWork, research_id: UUID) -> Research:
    """Return what an agency was asked to that agency's people; its paper is private to them.

    Raises NotFoundError to anybody else, a co-ordinator included.
    """
    return _research(uow, _own(uow, research_id))


def own_research(uow: UnitOfWork) -> ColumnElement[bool]:
    """Return the condition that a row, joined with its item, is the actor's agency's to answer."""
    if not may(uow.actor, Permission.RESEARCH_ANSWER, {Fact.SAME_AGENCY}):
        return false()
    return and_(Research.agency_id == uow.actor.agency_id, may_be_shown(uow))


def _own(uow: UnitOfWork, research_id: UUID) -> Select[Research]:
    return (
        select(Research)
        .join(Item, Item.id == Research.item_id)
        .where(Research.id == research_id, own_research(uow))
    )


def _research(uow: UnitOfWork, wanted: Select[Research]) -> Research:
    found = uow.session.scalar(wanted)
    if found is None:
        raise NotFoundError("There is no such request.")
    return found


def open_flag(uow: UnitOfWork, flag_id: UUID) -> FlagNotice:
    """Return a line of an agency's flag list, locked, to that agency's people.

    Raises NotFoundError.
    """
    return _flag(uow, _own_flag(uow, flag_id).with_for_update(of=FlagNotice))


def find_flag(uow: UnitOfWork, flag_id: UUID) -> FlagNotice:
    """Return a line of an agency's flag list to that agency's people. Raises NotFoundError."""
    return _flag(uow, _own_flag(uow, flag_id))


def own_flags(uow: UnitOfWork) -> ColumnElement[bool]:
    """Return the condition that a line, joined with its item, is of the actor's agency's list.

    A person whose case a conflict keeps from the actor is not on it: neither the case as it was
    heard, nor, where another area took it over, as it is there.
    """
    if not may(uow.actor, Permission.FLAG_KEEP, {Fact.SAME_AGENCY}):
        return false()
    named = aliased(Party)
    there = exists().where(
        named.id == FlagNotice.party_id,
        case_is_open(uow, named.concern_id),
        is_for_actor(uow, named.concern_id),
    )
    return and_(FlagNotice.agency_id == uow.actor.agency_id, may_be_shown(uow), there)


def _own_flag(uow: UnitOfWork, flag_id: UUID) -> Select[FlagNotice]:
    return (
        select(FlagNotice)
        .join(Item, Item.id == FlagNotice.item_id)
        .where(FlagNotice.id == flag_id, own_flags(uow))
    )


def _flag(uow: UnitOfWork, wanted: Select[FlagNotice]) -> FlagNotice:
    found = uow.session.scalar(wanted)
    if found is None:
        raise NotFoundError("There is no such line.")
    return found


def open_emergency(uow: UnitOfWork, meeting_id: UUID) -> Meeting:
    """Return an emergency MARAC to whoever runs meetings of its area. Raises NotFoundError."""
    meeting = open_meeting(uow, meeting_id)
    if meeting.shape != MeetingShape.EMERGENCY:
        raise NotFoundError("There is no such meeting.")
    return meeting


def find_called(uow: UnitOfWork, meeting_id: UUID) -> Meeting:
    """Return an emergency MARAC to whoever is called to it.

    They are its members, who is invited, and who raised its concern. Raises NotFoundError.
    """
    meeting = uow.session.get(Meeting, meeting_id)
    if meeting is None or meeting.shape != MeetingShape.EMERGENCY:
        raise NotFoundError("There is no such meeting.")
    raised = (
        select(Item.id)
        .join(Concern, Concern.id == Item.concern_id)
        .where(
            Item.meeting_id == meeting_id,
            Item.state == "listed",
            is_raised_by(uow, uow.actor.account_id),
        )
    )
    return meeting if uow.session.scalar(raised) else find_meeting(uow, meeting_id)


def open_transfer(uow: UnitOfWork, transfer_id: UUID) -> Transfer:
    """Return a transfer, locked, to a co-ordinator of the receiving area. Raises NotFoundError."""
    wanted = select(Transfer).where(Transfer.id == transfer_id, comes_to_own(uow))
    return _transfer(uow, wanted.with_for_update())


def find_transfer(uow: UnitOfWork, transfer_id: UUID) -> Transfer:
    """Return a transfer to the co-ordinators of both areas. Raises NotFoundError.

    What it holds is for the receiving area alone; the sending area sees where the case is.
    """
    own = or_(comes_to_own(uow), goes_from_own(uow))
    return _transfer(uow, select(Transfer).where(Transfer.id == transfer_id, own))


def comes_to_own(uow: UnitOfWork) -> ColumnElement[bool]:
    """Return the condition that a transfer comes to an area of the actor, a co-ordinator."""
    return and_(in_own_area(uow, Transfer.to_area_id), _keeps_transfer(uow))


def goes_from_own(uow: UnitOfWork) -> ColumnElement[bool]:
    """Return the condition that a transfer goes from an area of the actor, a co-ordinator."""
    return and_(in_own_area(uow, Transfer.from_area_id), _keeps_transfer(uow))


def _keeps_transfer(uow: UnitOfWork) -> ColumnElement[bool]:
    if not may(uow.actor, Permission.TRANSFER_KEEP, {Fact.SAME_AREA}):
        return false()
    return case_is_open(uow, Transfer.concern_id, Transfer.received_id)


def _transfer(uow: UnitOfWork, wanted: Select[Transfer]) -> Transfer:
    found = uow.session.scalar(wanted)
    if found is None:
        raise NotFoundError("There is no such transfer.")
    return found


def has_signed(uow: UnitOfWork, meeting_id: UUID) -> bool:
    """Tell whether the actor has accepted the statement of the meeting."""
    if uow.actor.account_id is None:
        return False
    return uow.session.get(Undertaking, (meeting_id, uow.actor.account_id)) is not None


def demand_signature(uow: UnitOfWork, meeting_id: UUID) -> None:
    """Go on only if the actor has accepted the meeting's statement. Raises NotSignedError."""
    if not has_signed(uow, meeting_id):
        raise NotSignedError(meeting_id)


def find_meeting(uow: UnitOfWork, meeting_id: UUID) -> Meeting:
    """Return a meeting to whoever takes part in it: who runs it, and who is asked to a case of it.

    Representatives of the area's agencies take part in its MARACs. Raises NotFoundError.
    """
    meeting = uow.session.scalar(select(Meeting).where(Meeting.id == meeting_id))
    if meeting is None or not (_is_member(uow, meeting) or _is_invited(uow, meeting)):
        raise NotFoundError("There is no such meeting.")
    return meeting


def open_minutes(uow: UnitOfWork, meeting_id: UUID) -> Meeting:
    """Return a meeting, for its minutes, to a member who has accepted its statement.

    Somebody who is invited to one case is no member. Raises NotFoundError, NotSignedError.
    """
    meeting = uow.session.scalar(select(Meeting).where(Meeting.id == meeting_id))
    if meeting is None or not _is_member(uow, meeting):
        raise NotFoundError("There is no such meeting.")
    demand_signature(uow, meeting.id)
    return meeting


def _is_member(uow: UnitOfWork, meeting: Meeting) -> bool:
    here = select(Meeting.id).where(Meeting.id == meeting.id, is_open_meeting(uow))
    is_here = may(uow.actor, Permission.CASE_READ, {Fact.SAME_AREA})
    return is_here and uow.session.scalar(here) is not None


def _is_invited(uow: UnitOfWork, meeting: Meeting) -> bool:
    asked = answers_for(uow)
    if not asked:
        return False  # nobody's entry is no entry that an invitation could be for
    held = select(Invitation.id).where(
        Invitation.meeting_id == meeting.id,
        Invitation.state == "held",
        or_(Invitation.recipient_id.in_(asked), Invitation.stand_in_id.in_(asked)),
    )
    return uow.session.scalar(held.limit(1)) is not None


def runs(uow: UnitOfWork, meeting_id: UUID) -> bool:
    """Tell whether the actor runs a meeting: its record is theirs to write."""
    here = select(Meeting.id).where(Meeting.id == meeting_id, is_open_meeting(uow))
    can_write = may(uow.actor, Permission.HEARING_RECORD, {Fact.SAME_AREA})
    return can_write and uow.session.scalar(here) is not None


def open_hearing(uow: UnitOfWork, item_id: UUID) -> Item:
    """Return a case to whoever runs its meeting and has accepted the statement.

    Raises NotFoundError, NotSignedError.
    """
    item = open_item(uow, item_id)
    demand_signature(uow, item.meeting_id)
    return item


def find_case(uow: UnitOfWork, item_id: UUID, *, keep: timedelta = KEEP) -> Item:
    """Return a case to a member of its meeting, or to somebody who is invited to this very case.

    Members run the meeting, or represent an area agency. For who is invited it is there until
    ``keep`` after the meeting, and while an action of it is theirs to do. Raises NotFoundError,
    NotSignedError.
    """
    wanted = (
        select(Item)
        .join(Meeting, Meeting.id == Item.meeting_id)
        .where(Item.id == item_id, Item.state == "listed", is_own_case(uow, keep))
    )
    item = uow.session.scalar(wanted)
    if item is None:
        raise NotFoundError("There is no such case.")
    demand_signature(uow, item.meeting_id)
    return item


def is_own_case(uow: UnitOfWork, keep: timedelta = KEEP) -> ColumnElement[bool]:
    """Return the condition that an item, joined with its meeting, may be read by the actor."""
    contacts = answers_for(uow)
    mine = or_(Invitation.recipient_id.in_(contacts), Invitation.stand_in_id.in_(contacts))
    is_asked: ColumnElement[bool] = (
        exists().where(Invitation.item_id == Item.id, Invitation.state == "held", mine)
        if contacts
        else false()
    )
    to_do = exists().where(
        Action.item_id == Item.id,
        Action.owner_id == uow.actor.account_id,
        Action.state.in_(UNSETTLED),
    )
    still = or_(Meeting.ends_at >= uow.now - keep, to_do)
    asked = and_(is_asked, still, may_be_shown(uow, is_asked=True))
    is_member = may(uow.actor, Permission.CASE_READ, {Fact.SAME_AREA})
    return or_(and_(in_own_area(uow), may_be_shown(uow)), asked) if is_member else asked


def is_own_telling(uow: UnitOfWork) -> ColumnElement[bool]:
    """Return the condition that a hearing, joined with its item, names the actor as its teller."""
    if uow.actor.account_id is None:
        return false()
    is_teller = Hearing.teller_account_id == uow.actor.account_id
    return and_(is_teller, may_be_shown(uow, is_asked=True))


def find_telling(uow: UnitOfWork, item_id: UUID) -> Item:
    """Return a case to the one person who was chosen to tell the victim. Raises NotFoundError."""
    wanted = (
        select(Item)
        .join(Hearing, Hearing.item_id == Item.id)
        .where(Item.id == item_id, is_own_telling(uow))
    )
    item = uow.session.scalar(wanted)
    if item is None:
        raise NotFoundError("There is no such case.")
    return item


def open_action(uow: UnitOfWork, action_id: UUID) -> Action:
    """Return an action, locked, to whom ``find_action`` gives it. Raises NotFoundError."""
    return _action(uow, _shown_action(uow, action_id).with_for_update(of=Action))


def find_action(uow: UnitOfWork, action_id: UUID) -> Action:
    """Return an action to its owner, to its agency's representatives, and to who runs the meeting.

    Raises NotFoundError to others, and to anybody whom a conflict keeps from the case.
    """
    return _action(uow, _shown_action(uow, action_id))


def _shown_action(uow: UnitOfWork, action_id: UUID) -> Select[Action]:
    return (
        select(Action)
        .join(Item, Item.id == Action.item_id)
        .where(
            Action.id == action_id,
            may_be_shown(uow, is_asked=True),
            or_(Action.owner_id == uow.actor.account_id, is_for_actor(uow, Item.concern_id)),
        )
    )


def _action(uow: UnitOfWork, wanted: Select[Action]) -> Action:
    action = uow.session.scalar(wanted)
    if action is None or not _may_open(uow, action):
        raise NotFoundError("There is no such action.")
    return action


def _may_open(uow: UnitOfWork, action: Action) -> bool:
    facts = set()
    if action.owner_id == uow.actor.account_id:
        facts.add(Fact.OWN)
    if action.agency_id == uow.actor.agency_id:
        facts.add(Fact.SAME_AGENCY)
    in_area = (
        exists()
        .where(Item.id == action.item_id, Meeting.id == Item.meeting_id, in_own_area(uow))
        .select()
    )
    if uow.session.scalar(in_area):
        facts.add(Fact.SAME_AREA)
    return may(uow.actor, Permission.ACTION_REPORT, facts)
