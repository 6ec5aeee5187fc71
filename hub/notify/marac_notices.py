"""Who is told that research, an action or minutes wait for them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select

from hub.access.queries import AccountRow, account_row, accounts_with_role, active_accounts
from hub.agencies.models import AgencyArea
from hub.db.units import UnitOfWork
from hub.kernel.actor import Role
from hub.kernel.days import london_day
from hub.marac.events import (
    ActionChased,
    ActionEscalated,
    ActionMoved,
    ActionProposed,
    AgendaIssued,
    IdvaTold,
    MinutesApproved,
    MinutesChased,
    MinutesCorrected,
    ResearchAsked,
    ResearchChased,
    TellerChased,
    TellerChosen,
    TransferAcknowledged,
    TransferChased,
    TransferPaperAnswered,
    TransferPaperAsked,
    TransferPaperChased,
    TransferReturned,
    TransferSent,
)
from hub.marac.models import (
    Action,
    AgendaCopy,
    AgendaIssue,
    IdvaNotice,
    Research,
    Transfer,
    TransferAsk,
)
from hub.marac.queries.areas import OVERSEES, area_rules
from hub.marac.rules.areas import deadlines_of
from hub.marac.states import ActionState
from hub.meetings.events import CaseListed
from hub.meetings.models import Item, Meeting
from hub.meetings.states import MeetingShape
from hub.notify.about import NO_CASE, About, about_item, may_hear
from hub.notify.outbox import Outbox, Recipient
from hub.people.staff_cases import is_marked, named_accounts

MEMBERS = (Role.AGENCY_REPRESENTATIVE, Role.COORDINATOR, Role.CHAIR)
"""Who reads the minutes of their area's meetings, once they have signed the statement."""


@dataclass(frozen=True, kw_only=True)
class MaracNotices:
    """Writes the notices of the MARAC cycle; each method hears one kind of event."""

    outbox: Outbox

    def research_asked(self, uow: UnitOfWork, happened: ResearchAsked | ResearchChased) -> None:
        """Tell the agency's representatives that research waits for them."""
        uow.session.flush()  # the row may be of this very transaction
        research = uow.session.get_one(Research, happened.research_id)
        due_on = london_day(research.due_at)
        role = Role.AGENCY_REPRESENTATIVE
        about = about_item(uow, research.item_id)
        case_id = uow.session.get_one(Item, research.item_id).concern_id
        few = _few(uow, case_id)
        for row in accounts_with_role(uow, role, agency_ids=[happened.agency_id]):
            if few is not None and row.id not in few:
                continue
            to = Recipient(id=row.id, address=row.email, name=row.name)
            self.outbox.notice(uow, to, about=about, path="/research", due_on=due_on)

    def emergency_called(self, uow: UnitOfWork, happened: CaseListed) -> None:
        """Tell the area's members and whoever raised it that an emergency MARAC is called."""
        uow.session.flush()
        meeting = uow.session.get_one(Meeting, happened.meeting_id)
        if meeting.shape != MeetingShape.EMERGENCY or happened.concern_id is None:
            return
        here = select(AgencyArea.agency_id).where(AgencyArea.area_id == meeting.area_id)
        agency_ids = uow.session.scalars(here).all()
        few = _few(uow, happened.concern_id)
        members = [
            row
            for role in MEMBERS
            for row in accounts_with_role(uow, role, agency_ids=agency_ids)
            if not _is_outside(row, few)
        ]
        told = {row.id: Recipient(id=row.id, address=row.email, name=row.name) for row in members}
        about = about_item(uow, happened.item_id)
        for to in told.values():
            if to.id != uow.actor.account_id:
                path, due_on = f"/meetings/{meeting.id}/called", london_day(meeting.starts_at)
                self.outbox.notice(uow, to, about=about, path=path, due_on=due_on)

    def idva_told(self, uow: UnitOfWork, happened: IdvaTold) -> None:
        """Tell an Idva service's representatives that a concern was accepted."""
        uow.session.flush()
        notice = uow.session.get_one(IdvaNotice, happened.notice_id)
        about, few = About(cases=(notice.concern_id,)), _few(uow, notice.concern_id)
        role = Role.AGENCY_REPRESENTATIVE
        for row in accounts_with_role(uow, role, agency_ids=[happened.agency_id]):
            if few is not None and row.id not in few:
                continue
            to = Recipient(id=row.id, address=row.email, name=row.name)
            self.outbox.notice(uow, to, about=about, path=f"/idva/{notice.id}")

    def agenda_issued(self, uow: UnitOfWork, happened: AgendaIssued) -> None:
        """Tell everybody who has a copy, whatever it holds: silence would tell of a case."""
        uow.session.flush()
        readers = uow.session.scalars(
            select(AgendaCopy.account_id)
            .join(AgendaIssue, AgendaIssue.id == AgendaCopy.issue_id)
            .where(
                AgendaIssue.meeting_id == happened.meeting_id,
                AgendaIssue.number == happened.number,
                AgendaCopy.account_id != uow.actor.account_id,
            )
        )
        meeting = uow.session.get_one(Meeting, happened.meeting_id)
        about, few = _of_meeting(uow, meeting), _few_of(uow, meeting)
        for row in active_accounts(uow, readers):
            if _is_outside(row, few):
                continue
            to = Recipient(id=row.id, address=row.email, name=row.name)
            self.outbox.notice(uow, to, about=about, path=f"/agendas/{happened.meeting_id}")

    def action_waits(self, uow: UnitOfWork, happened: ActionProposed | ActionChased) -> None:
        """Tell the owner of an action that it is theirs, or still is."""
        uow.session.flush()
        action = uow.session.get_one(Action, happened.action_id)
        about = about_item(uow, action.item_id)
        self._owner(uow, happened.owner_id, f"/actions/{action.id}", action.due_on, about)

    def steering_told(self, uow: UnitOfWork, happened: ActionEscalated) -> None:
        """Tell whoever hears of it for the steering group that an action is long overdue.

        Who that is the area has set. Where nobody is set, or none of them can be told any more,
        the chairs of the area hear of it: it must not go up to nobody.
        """
        uow.session.flush()
        action = uow.session.get_one(Action, happened.action_id)
        item = uow.session.get_one(Item, action.item_id)
        meeting = uow.session.get_one(Meeting, item.meeting_id)
        about, few = about_item(uow, item.id), _few(uow, item.concern_id)
        here = uow.session.scalars(
            select(AgencyArea.agency_id).where(AgencyArea.area_id == meeting.area_id)
        ).all()
        known = [row for role in OVERSEES for row in accounts_with_role(uow, role, agency_ids=here)]
        may = may_hear(uow, [row for row in known if few is None or row.id in few], about)
        chosen = area_rules(uow, meeting.area_id).steering
        told = {row.id: row for row in may if row.id in chosen}
        told = told or {row.id: row for row in may if Role.CHAIR in row.roles}
        for row in told.values():
            to = Recipient(id=row.id, address=row.email, name=row.name)
            self.outbox.notice(uow, to, about=about, path="/steering")

    def teller_chosen(self, uow: UnitOfWork, happened: TellerChosen | TellerChased) -> None:
        """Tell somebody that there is something for them to pass on, or still is."""
        about = about_item(uow, happened.item_id)
        self._owner(uow, happened.account_id, f"/to-pass-on/{happened.item_id}", None, about)

    def minutes_out(self, uow: UnitOfWork, happened: MinutesApproved | MinutesCorrected) -> None:
        """Tell the members of the area's meetings that minutes wait for them; a link, no words."""
        meeting = uow.session.get_one(Meeting, happened.meeting_id)
        here = select(AgencyArea.agency_id).where(AgencyArea.area_id == meeting.area_id)
        agency_ids = uow.session.scalars(here).all()
        path = f"/meetings/{happened.meeting_id}/minutes"
        members = {
            row.id: row
            for role in MEMBERS
            for row in accounts_with_role(uow, role, agency_ids=agency_ids)
        }
        about, few = _of_meeting(uow, meeting), _few_of(uow, meeting)
        for row in members.values():
            if row.id != uow.actor.account_id and not _is_outside(row, few):
                to = Recipient(id=row.id, address=row.email, name=row.name)
                self.outbox.notice(uow, to, about=about, path=path)

    def action_declined(self, uow: UnitOfWork, happened: ActionMoved) -> None:
        """Tell the co-ordinator that somebody would not take an action: another must be found."""
        if happened.state != ActionState.DECLINED:
            return
        action = uow.session.get_one(Action, happened.action_id)
        about = about_item(uow, action.item_id)
        meeting_id = uow.session.get_one(Item, action.item_id).meeting_id
        meeting = uow.session.get_one(Meeting, meeting_id)
        for row in _who_runs(uow, meeting, Role.COORDINATOR):
            to = Recipient(id=row.id, address=row.email, name=row.name)
            self.outbox.notice(uow, to, about=about, path=f"/actions/{action.id}")

    def minutes_wait(self, uow: UnitOfWork, happened: MinutesChased) -> None:
        """Tell the meeting's own co-ordinator or chair, else all of its area, that minutes wait."""
        meeting = uow.session.get_one(Meeting, happened.meeting_id)
        due_on = deadlines_of(area_rules(uow, meeting.area_id), meeting.starts_at).minutes_on
        for row in _who_runs(uow, meeting, Role(happened.role)):
            to = Recipient(id=row.id, address=row.email, name=row.name)
            path = f"/meetings/{meeting.id}/minutes"
            self.outbox.notice(uow, to, about=NO_CASE, path=path, due_on=due_on)

    def transfer_waits(self, uow: UnitOfWork, happened: TransferSent | TransferChased) -> None:
        """Tell the receiving area's co-ordinators that a case waits for them."""
        uow.session.flush()
        row = uow.session.get_one(Transfer, happened.transfer_id)
        self._coordinators(uow, row, row.to_area_id, row.due_on)

    def transfer_answered(
        self, uow: UnitOfWork, happened: TransferAcknowledged | TransferReturned
    ) -> None:
        """Tell the sending area's co-ordinators that there is an answer."""
        uow.session.flush()
        row = uow.session.get_one(Transfer, happened.transfer_id)
        self._coordinators(uow, row, row.from_area_id)

    def paper_missed(
        self, uow: UnitOfWork, happened: TransferPaperAsked | TransferPaperChased
    ) -> None:
        """Tell the sending area's co-ordinators that the other area misses a paper."""
        uow.session.flush()
        row = uow.session.get_one(Transfer, happened.transfer_id)
        due_on = uow.session.get_one(TransferAsk, happened.ask_id).due_on
        self._coordinators(uow, row, row.from_area_id, due_on)

    def paper_answered(self, uow: UnitOfWork, happened: TransferPaperAnswered) -> None:
        """Tell the receiving area's co-ordinators that papers came, or why not."""
        uow.session.flush()
        row = uow.session.get_one(Transfer, happened.transfer_id)
        self._coordinators(uow, row, row.to_area_id)

    def _coordinators(
        self, uow: UnitOfWork, transfer: Transfer, area_id: UUID, due_on: date | None = None
    ) -> None:
        here = uow.session.scalars(
            select(AgencyArea.agency_id).where(AgencyArea.area_id == area_id)
        ).all()
        about = About(cases=(transfer.concern_id, transfer.received_id))
        path = f"/transfers/{transfer.id}"
        for row in accounts_with_role(uow, Role.COORDINATOR, agency_ids=here):
            if row.id != uow.actor.account_id:
                to = Recipient(id=row.id, address=row.email, name=row.name)
                self.outbox.notice(uow, to, about=about, path=path, due_on=due_on)

    def _owner(
        self, uow: UnitOfWork, account_id: UUID, path: str, due_on: date | None, about: About
    ) -> None:
        row = account_row(uow, account_id)
        if row is not None and row.is_active and row.id != uow.actor.account_id:
            to = Recipient(id=row.id, address=row.email, name=row.name)
            self.outbox.notice(uow, to, about=about, path=path, due_on=due_on)


def _of_meeting(uow: UnitOfWork, meeting: Meeting) -> About:
    """Return what a message about a whole meeting is about: of an emergency its only case."""
    item = _only_case(uow, meeting)
    return about_item(uow, item.id) if item else NO_CASE


def _few_of(uow: UnitOfWork, meeting: Meeting) -> frozenset[UUID] | None:
    """Return who alone may hear of an emergency about staff; None of any other meeting."""
    item = _only_case(uow, meeting)
    return _few(uow, item.concern_id) if item else None


def _only_case(uow: UnitOfWork, meeting: Meeting) -> Item | None:
    if meeting.shape != MeetingShape.EMERGENCY:
        return None
    wanted = select(Item).where(Item.meeting_id == meeting.id).order_by(Item.listed_at).limit(1)
    return uow.session.scalar(wanted)


def _is_outside(row: AccountRow, few: frozenset[UUID] | None) -> bool:
    """Tell whether somebody is a member, and none of the few whom a case about staff is for."""
    is_member = row.roles & set(MEMBERS) and not row.roles & {Role.COORDINATOR, Role.CHAIR}
    return few is not None and bool(is_member) and row.id not in few


def _few(uow: UnitOfWork, case_id: UUID | None) -> frozenset[UUID] | None:
    """Return the accounts named for a case about staff; None where it is not for the few alone."""
    return named_accounts(uow, case_id) if is_marked(uow, case_id) else None


def _who_runs(uow: UnitOfWork, meeting: Meeting, role: Role) -> Sequence[AccountRow]:
    """Return the meeting's own co-ordinator or chair; where it has none, all of its area."""
    own_id = meeting.chair_id if role is Role.CHAIR else meeting.coordinator_id
    own = account_row(uow, own_id) if own_id else None
    if own is not None and own.is_active:
        return [own]
    here = select(AgencyArea.agency_id).where(AgencyArea.area_id == meeting.area_id)
    return accounts_with_role(uow, role, agency_ids=uow.session.scalars(here).all())
