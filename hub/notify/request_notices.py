"""Who is told that something about an information request waits for them.

As every notice these say nothing but that there is something, by when, and a link that needs a
sign-in. They go to accounts and to contacts of the directory at work.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import or_, select

from hub.access.models import Account, AccountRole
from hub.access.permissions import HOLDERS
from hub.access.queries import AccountRow, account_row, accounts_with_role, active_accounts
from hub.agencies.events import AgencySuspended
from hub.agencies.models import Absence
from hub.agencies.queries import contacts_by_id
from hub.agencies.rules.kinds import ContactRole
from hub.db.units import UnitOfWork
from hub.kernel.actor import Role
from hub.kernel.days import london_day
from hub.notify.about import NO_CASE, About, about_request, is_kept, may_hear
from hub.notify.outbox import Outbox, Recipient
from hub.people.queries import workers_of
from hub.sharing.events import (
    AdviceAsked,
    AdviceGiven,
    ApprovalAsked,
    CounterSignatureAsked,
    CounterSigned,
    MessageForWorker,
    RequestAskedBack,
    RequestChanged,
    RequestClockReached,
    RequestRouted,
    RequestSettled,
)
from hub.sharing.models import (
    Approval,
    InformationRequest,
    RequestAdvice,
    RequestBar,
    RequestLine,
)
from hub.sharing.rules.approvers import ROLES
from hub.sharing.rules.decision import Approver
from hub.sharing.states import OPEN, RequestState

DESK_ROLES = (Role.DUTY_DESK, Role.AGENCY_REPRESENTATIVE)
STUCK = "/requests-to-us/stuck"
"""The list of what waits for too long, or for somebody in a role that nobody has."""


@dataclass(frozen=True, kw_only=True)
class RequestNotices:
    """Writes the notices about requests; each method hears one kind of event."""

    outbox: Outbox

    def counter_signature_asked(self, uow: UnitOfWork, happened: CounterSignatureAsked) -> None:
        """Tell the officer whose signature is needed."""
        request = _request(uow, happened.request_id)
        path = f"/requests/{request.id}/sign"
        self._account(uow, happened.account_id, path, about_request(request))

    def counter_signed(self, uow: UnitOfWork, happened: CounterSigned) -> None:
        """Tell the asker when the officer would not sign."""
        if not happened.is_signed:
            self._asker(uow, happened.request_id)

    def routed(self, uow: UnitOfWork, happened: RequestRouted) -> None:
        """Tell whom the request went to; where the directory names nobody, the agency's desks.

        The desks hear as well where whom it went to has no account with which to answer.
        """
        request = _request(uow, happened.request_id)
        contact = None
        if happened.contact_id is not None:
            contact = contacts_by_id(uow, [happened.contact_id]).get(happened.contact_id)
        if contact is not None and contact.email and contact.address_doubted_at is None:
            to = Recipient(id=contact.id, address=contact.email, name="")
            is_to_hear = not is_kept(uow, to.id, to.address, about_request(request))
            if is_to_hear:
                self._write(uow, to, f"/requests-to-us/{request.id}", request)
            can_answer = contact.role == ContactRole.DUTY_DESK or _can_answer(uow, contact.id)
            if is_to_hear and can_answer:
                return
        self._holder(uow, request, DESK_ROLES)

    def message_waits(self, uow: UnitOfWork, happened: MessageForWorker) -> None:
        """Tell the person's worker, and whoever covers; without an account of theirs, the desks."""
        request = _request(uow, happened.request_id)
        path, about = f"/messages/{request.id}", about_request(request)
        able = may_hear(uow, _workers(uow, request), about)
        for row in able:
            self._write(uow, _to(row), path, request)
        if not able:
            self._tell(uow, request, DESK_ROLES, request.holder_agency_id, path)

    def changed(self, uow: UnitOfWork, happened: RequestChanged) -> None:
        """Tell whoever took the request on that its asker answered."""
        request = _request(uow, happened.request_id)
        if request.state == RequestState.WITH_HOLDER and request.acknowledged_by is not None:
            path = f"/requests-to-us/{request.id}"
            about = about_request(request)
            self._account(uow, request.acknowledged_by, path, about, request)

    def asked_back(self, uow: UnitOfWork, happened: RequestAskedBack) -> None:
        """Tell the asker that the holder needs to know more."""
        self._asker(uow, happened.request_id)

    def settled(self, uow: UnitOfWork, happened: RequestSettled) -> None:
        """Tell the asker that there is an answer, whatever it is."""
        self._asker(uow, happened.request_id)

    def approval_asked(self, uow: UnitOfWork, happened: ApprovalAsked) -> None:
        """Tell everybody who may approve; where nobody may, the governance leads."""
        uow.session.flush()  # the approval is of this very transaction
        approval = uow.session.get_one(Approval, happened.approval_id)
        line = uow.session.get_one(RequestLine, approval.line_id)
        request = _request(uow, line.request_id)
        roles = ROLES[Approver(approval.letter)]
        self._tell(uow, request, roles, approval.agency_id, f"/approvals/{approval.id}")

    def advice_asked(self, uow: UnitOfWork, happened: AdviceAsked) -> None:
        """Tell the data protection officers of the agency that is asked."""
        uow.session.flush()  # the question is of this very transaction
        advice = uow.session.get_one(RequestAdvice, happened.advice_id)
        request = _request(uow, advice.request_id)
        roles = (Role.DATA_PROTECTION_OFFICER,)
        self._tell(uow, request, roles, advice.agency_id, f"/advice/{advice.id}")

    def advice_given(self, uow: UnitOfWork, happened: AdviceGiven) -> None:
        """Tell whoever asked, or took the request on, that there is advice."""
        advice = uow.session.get_one(RequestAdvice, happened.advice_id)
        request = _request(uow, advice.request_id)
        account_id = advice.asked_by or request.acknowledged_by
        if account_id is not None and account_id not in _barred(uow, request):
            path, about = f"/requests-to-us/{request.id}", about_request(request)
            self._account(uow, account_id, path, about, request)

    def agency_suspended(self, uow: UnitOfWork, happened: AgencySuspended) -> None:
        """Tell the governance leads of the agency, and of those that have something open with it.

        What waits stands on their list.
        """
        asker, holder = InformationRequest.asker_agency_id, InformationRequest.holder_agency_id
        rows = uow.session.execute(
            select(asker, holder).where(
                or_(asker == happened.agency_id, holder == happened.agency_id),
                InformationRequest.state.in_([state.value for state in OPEN]),
            )
        )
        agencies = {happened.agency_id, *(one for row in rows for one in row)}
        leads = {lead.id: lead for one in sorted(agencies) for lead in _governance(uow, one)}
        for lead in leads.values():
            self.outbox.notice(uow, _to(lead), about=NO_CASE, path=STUCK)

    def clock_reached(self, uow: UnitOfWork, happened: RequestClockReached) -> None:
        """Remind the holder's desks, or tell whoever stands above them."""
        request = _request(uow, happened.request_id)
        if happened.to is None or happened.to == Approver.MANAGER:
            roles = DESK_ROLES if happened.to is None else tuple(ROLES[Approver.MANAGER])
            self._holder(uow, request, roles)
            return
        above = tuple(ROLES[Approver(happened.to)])
        self._tell(uow, request, above, request.holder_agency_id, STUCK)

    def _holder(self, uow: UnitOfWork, request: InformationRequest, roles: Iterable[Role]) -> None:
        path = f"/requests-to-us/{request.id}"
        self._tell(uow, request, roles, request.holder_agency_id, path)

    def _tell(
        self,
        uow: UnitOfWork,
        request: InformationRequest,
        roles: Iterable[Role],
        agency_id: UUID,
        path: str,
    ) -> None:
        """Tell everybody of the agency with one of the roles; without any, its governance leads.

        A lead is led to the list of what waits for nobody, and sees nothing of the request.
        """
        barred = _barred(uow, request)
        able = may_hear(uow, _with_roles(uow, roles, agency_id), about_request(request))
        found = [one for one in able if one.id not in barred]
        for row in found or _governance(uow, agency_id):
            self._write(uow, _to(row), path if found else STUCK, request)

    def _asker(self, uow: UnitOfWork, request_id: UUID) -> None:
        request = _request(uow, request_id)
        if request.asker_id != uow.actor.account_id:
            about = About(cases=(request.id,), is_own=True)
            self._account(uow, request.asker_id, f"/requests/{request.id}", about)

    def _account(
        self,
        uow: UnitOfWork,
        account_id: UUID,
        path: str,
        about: About,
        due: InformationRequest | None = None,
    ) -> None:
        """Tell one account; by when, where a request is given that is due for them."""
        row = account_row(uow, account_id)
        if row is not None and row.is_active:
            self.outbox.notice(uow, _to(row), about=about, path=path, due_on=_day(due))

    def _write(
        self, uow: UnitOfWork, to: Recipient, path: str, request: InformationRequest
    ) -> None:
        about = about_request(request)
        self.outbox.notice(uow, to, about=about, path=path, due_on=_day(request))


def _day(request: InformationRequest | None) -> date | None:
    due_at = request.due_at if request is not None else None
    return None if due_at is None else london_day(due_at)


def _request(uow: UnitOfWork, request_id: UUID) -> InformationRequest:
    uow.session.flush()  # it may be of this very transaction
    return uow.session.get_one(InformationRequest, request_id)


def _with_roles(uow: UnitOfWork, roles: Iterable[Role], agency_id: UUID) -> list[AccountRow]:
    """Return the accounts of the agency that have one of the roles, each once."""
    found = {
        row.id: row
        for role in roles
        for row in accounts_with_role(uow, role, agency_ids=[agency_id])
    }
    return sorted(found.values(), key=lambda row: (row.name, row.id))


def _workers(uow: UnitOfWork, request: InformationRequest) -> list[AccountRow]:
    """Return the accounts of those who work with the person today, and of who covers for them."""
    if request.person_id is None:
        return []
    own = workers_of(uow, [request.person_id], uow.today).get(request.person_id, ())
    named = [one.contact_id for one in own if one.is_named_worker]
    covers = select(Absence.cover_id).where(
        Absence.contact_id.in_(named), Absence.from_on <= uow.today, Absence.until_on > uow.today
    )
    found = select(Account.id).where(
        or_(Account.contact_id.in_(named), Account.contact_id.in_(covers))
    )
    return active_accounts(uow, uow.session.scalars(found).all())


def _can_answer(uow: UnitOfWork, contact_id: UUID) -> bool:
    """Tell whether a contact of the directory signs in with a role that answers requests."""
    roles = [role.value for role in HOLDERS]
    found = select(Account.id).where(
        Account.contact_id == contact_id,
        Account.is_active,
        AccountRole.account_id == Account.id,
        AccountRole.role.in_(roles),
    )
    return uow.session.scalar(found.limit(1)) is not None


def _governance(uow: UnitOfWork, agency_id: UUID) -> list[AccountRow]:
    """Return who hears when nobody else is there: the agency's governance leads, else all."""
    own = accounts_with_role(uow, Role.GOVERNANCE_LEAD, agency_ids=[agency_id])
    return own or accounts_with_role(uow, Role.GOVERNANCE_LEAD)


def _barred(uow: UnitOfWork, request: InformationRequest) -> frozenset[UUID]:
    """Return who must not hear of the request: whoever asked, and who declared a relation."""
    barred = select(RequestBar.account_id).where(RequestBar.request_id == request.id)
    return frozenset({request.asker_id, *uow.session.scalars(barred)})


def _to(row: AccountRow) -> Recipient:
    return Recipient(id=row.id, address=row.email, name=row.name)
