"""Who is told by a neutral message that something waits, and on which event.

A notice says nothing but that there is something, and a link that needs a sign-in. It goes to
accounts and to duty desks of the directory: never to an address that somebody typed, and so never
to anybody whom a case is about.
"""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, select

from hub.access.events import AccountInvited
from hub.access.queries import AccountRow, account_row, accounts_with_role
from hub.agencies.models import AgencyArea
from hub.agencies.queries import desks_of
from hub.db.units import UnitOfWork
from hub.kernel.actor import Role
from hub.kernel.days import london_day
from hub.meetings.events import TaskOpened, TaskReminded
from hub.meetings.models import Meeting, Task
from hub.notify.about import About, about_check, about_task, may_hear
from hub.notify.outbox import Outbox, Recipient
from hub.people.events import (
    IdentityAsked,
    IdentityAskedBack,
    IdentityClimbed,
    IdentityReopened,
)
from hub.people.models import IdentityCheck
from hub.people.queries.desks import who_can_answer
from hub.people.states import Rung
from hub.referrals.events import ConcernScreened, ConcernSubmitted
from hub.referrals.models import Concern
from hub.referrals.states import Screening
from hub.sharing.events import RecipientTold
from hub.sharing.models import Consent


@dataclass(frozen=True, kw_only=True)
class Notices:
    """Writes the notices of one hub; each method hears one kind of event."""

    outbox: Outbox

    def account_invited(self, uow: UnitOfWork, happened: AccountInvited) -> None:
        """Send somebody the link by which they set their password."""
        row = account_row(uow, happened.account_id)
        if row is not None:
            self.outbox.account_invitation(uow, _to(row), happened.invitation_id)

    def identity_asked(self, uow: UnitOfWork, happened: IdentityAsked) -> None:
        """Tell the duty desks of the service that a question waits for them."""
        check = uow.session.get(IdentityCheck, happened.check_id)
        if check is not None and happened.service_id is not None:
            self._desks(uow, check, happened.service_id)

    def question_climbed(self, uow: UnitOfWork, happened: IdentityClimbed) -> None:
        """Tell the managers of the service that its desk has not answered, or is empty."""
        if happened.to != Rung.MANAGERS:
            return
        check = uow.session.get_one(IdentityCheck, happened.check_id)
        for account_id in who_can_answer(uow, check, Role.TEAM_MANAGER):
            row = account_row(uow, account_id)
            if row is not None:
                path, due_on = f"/checks/{check.id}", london_day(check.due_at)
                about = about_check(check)
                self.outbox.notice(uow, _to(row), about=about, path=path, due_on=due_on)

    def answered_back(self, uow: UnitOfWork, happened: IdentityReopened) -> None:
        """Tell the duty desks of the service that the referrer answered what they asked."""
        check = uow.session.get_one(IdentityCheck, happened.check_id)
        if check.service_id is not None:
            self._desks(uow, check, check.service_id)

    def asked_back(self, uow: UnitOfWork, happened: IdentityAskedBack) -> None:
        """Tell the referrer that something about their concern waits for them."""
        self._referrer(uow, happened.concern_id)

    def concern_submitted(self, uow: UnitOfWork, happened: ConcernSubmitted) -> None:
        """Tell the co-ordinators of the area that something waits to be screened."""
        concern = uow.session.get_one(Concern, happened.concern_id)
        if concern.state != Screening.SUBMITTED:
            return  # raised and accepted at once, for an emergency
        here = select(AgencyArea.agency_id).where(AgencyArea.area_id == concern.area_id)
        agency_ids = uow.session.scalars(here).all()
        for row in accounts_with_role(uow, Role.COORDINATOR, agency_ids=agency_ids):
            if row.id != uow.actor.account_id:
                about = About(cases=(concern.id,))
                self.outbox.notice(uow, _to(row), about=about, path="/screening")

    def screened(self, uow: UnitOfWork, happened: ConcernScreened) -> None:
        """Tell the referrer that their concern was decided on, unless they took it back."""
        referrer_id = self._referrer_id(uow, happened.concern_id)
        if referrer_id != uow.actor.account_id:
            self._referrer(uow, happened.concern_id)

    def task_opened(self, uow: UnitOfWork, happened: TaskOpened | TaskReminded) -> None:
        """Tell everybody whose role it is, in the task's agency or its area."""
        uow.session.flush()  # the task is of this very transaction
        task = uow.session.get_one(Task, happened.task_id)
        about = about_task(uow, task)
        for row in _owners(uow, task, about):
            path, due_on = f"/tasks/{task.id}", london_day(task.due_at)
            self.outbox.notice(uow, _to(row), about=about, path=path, due_on=due_on)

    def _desks(self, uow: UnitOfWork, check: IdentityCheck, service_id: UUID) -> None:
        for desk in desks_of(uow, [service_id]):
            if desk.email and desk.address_doubted_at is None:
                # A desk's name says what it is for, which no message may.
                to = Recipient(id=desk.id, address=desk.email, name="")
                path, due_on = f"/checks/{check.id}", london_day(check.due_at)
                about = about_check(check)
                self.outbox.notice(uow, to, about=about, path=path, due_on=due_on)

    def recipient_told(self, uow: UnitOfWork, happened: RecipientTold) -> None:
        """Tell somebody who had received something that they must look at a notice."""
        row = account_row(uow, happened.account_id)
        if row is not None and row.is_active:
            about = About(people=(_person_of(uow, happened.consent_id),))
            path = f"/withdrawals/{happened.notice_id}"
            self.outbox.notice(uow, _to(row), about=about, path=path)

    def _referrer(self, uow: UnitOfWork, concern_id: UUID) -> None:
        referrer_id = self._referrer_id(uow, concern_id)
        row = account_row(uow, referrer_id) if referrer_id else None
        if row is not None and row.is_active:
            about = About(cases=(concern_id,), is_own=True)
            self.outbox.notice(uow, _to(row), about=about, path=f"/concerns/{concern_id}")

    def _referrer_id(self, uow: UnitOfWork, concern_id: UUID) -> UUID | None:
        return uow.session.scalar(select(Concern.referrer_id).where(Concern.id == concern_id))


def _person_of(uow: UnitOfWork, consent_id: UUID) -> UUID | None:
    uow.session.flush()  # the record may be of this very transaction
    return uow.session.scalar(select(Consent.person_id).where(Consent.id == consent_id))


def _owners(uow: UnitOfWork, task: Task, about: About) -> list[AccountRow]:
    """Return who is told of a task; where nobody in its area has the role, all who have it.

    Whoever a conflict of interest keeps from it counts as not there.
    """
    role = Role(task.owner_role)
    if task.owner_agency_id is not None:
        return accounts_with_role(uow, role, agency_ids=[task.owner_agency_id])
    here = uow.session.scalars(
        select(AgencyArea.agency_id)
        .outerjoin(Meeting, Meeting.id == task.meeting_id)
        .where(AgencyArea.area_id == func.coalesce(task.area_id, Meeting.area_id))
    )
    near = may_hear(uow, accounts_with_role(uow, role, agency_ids=here), about)
    return near or accounts_with_role(uow, role)


def _to(row: AccountRow) -> Recipient:
    return Recipient(id=row.id, address=row.email, name=row.name)
