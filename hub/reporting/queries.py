"""What waits for somebody, over all rooms: for each kind of thing how many, and the soonest."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import Select, exists, func, literal, or_, select, union_all

from hub.access.permissions import Permission, could
from hub.agencies.models import AgencyArea, Contact, Service
from hub.db.units import UnitOfWork
from hub.kernel.actor import Role
from hub.kernel.days import london_instant
from hub.kernel.drafts import DRAFT_LIVES
from hub.marac.rules.actions import ACCEPT_WITHIN
from hub.marac.rules.record import CONTACT_WITHIN, TELL_WITHIN
from hub.meetings.access import answers_for, is_own_invitation, may_be_shown, own_tasks
from hub.meetings.models import Excuse, Invitation, Item, ItemPerson, Meeting, Task
from hub.meetings.requirement import ProblemKind
from hub.people.access import not_about_own_conflict, own_services
from hub.people.conflicts import case_is_open
from hub.people.models import IdentityCheck
from hub.people.queries import without_worker
from hub.people.states import WAITING, CheckState
from hub.referrals.access import is_raised_by
from hub.referrals.models import Concern, ConcernDraft
from hub.referrals.states import LISTABLE, OPEN, Screening
from hub.reporting import agendas, asked_of_us, late_minutes, marac_matters, own_requests
from hub.reporting.deadlines import screened_by
from hub.sharing.models import Agreement, Consent, WithdrawalNotice
from hub.sharing.queries.consent_waiting import is_due_again, is_own_notice

KEEPS_ENTRIES = (Role.DUTY_DESK, Role.TEAM_MANAGER, Role.ADMINISTRATOR, Role.COORDINATOR)
REVIEW_WARNING = timedelta(days=60)
MOST_COUNTED = 100
END_OF_DAY = time(23, 59)
STOPPED_WITHIN = timedelta(days=1)
"""How soon a recipient says that they use nothing of it any more: a product choice."""


class Matter(StrEnum):
    """The kinds of thing that can wait for somebody."""

    INVITATIONS = "invitations"
    CHECKS = "checks"
    NAMELESS = "nameless"
    TASKS = "tasks"
    SCREENING = "screening"
    GAPS = "gaps"
    AGENDAS = "agendas"
    QUESTIONS = "questions"
    RETURNED = "returned"
    DRAFTS = "drafts"
    ENTRIES = "entries"
    AGREEMENTS = "agreements"
    WITHDRAWALS = "withdrawals"
    CONSENTS = "consents"
    ASKED_SIGN = "requests_to_sign"
    ASKED_BACK = "requests_asked_back"
    ASKED_HELD = "requests_held"
    ASKED_READ = "requests_to_read"
    ASKED_DRAFTS = "request_drafts"
    TO_ANSWER = "requests_to_answer"
    TO_APPROVE = "approvals"
    TO_ADVISE = "advice"
    TO_REVIEW = "reviews"
    ACCESS = "subject_access"
    PACKS = "packs_to_judge"
    STUCK = "requests_stuck"
    RESEARCH = "research"
    FLAGS = "flags"
    IDVA = "people_to_contact"
    ACTIONS_ACCEPT = "actions_to_accept"
    ACTIONS = "actions"
    ACTIONS_LATE = "actions_late"
    TELLING = "to_tell"
    MINUTES_DRAFT = "minutes_to_draft"
    MINUTES_APPROVE = "minutes_to_approve"
    LOOK_UPS = "look_ups"
    MESSAGES = "messages"
    TRANSFERS = "transfers"
    PAPERS = "transfer_papers"
    EXACT = "exact_returns"


OF_DAYS = frozenset(
    {
        Matter.ENTRIES,
        Matter.AGREEMENTS,
        Matter.CONSENTS,
        Matter.TO_REVIEW,
        Matter.FLAGS,
        Matter.ACTIONS,
        Matter.ACTIONS_LATE,
        Matter.ACCESS,
        Matter.PACKS,
        Matter.TRANSFERS,
        Matter.PAPERS,
    }
)


@dataclass(frozen=True, slots=True)
class Waiting:
    """So many things of a kind; ``due_at`` (UTC) is when the first must be done, if ever."""

    matter: Matter
    count: int
    due_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class Clocks:
    """What is set about how old things may grow, in days."""

    stale_after_days: int
    held_days: int
    clarify_days: int


Ask = Callable[[UnitOfWork, Clocks], Select[*tuple[Any, ...]]]


BY_AREA: dict[Matter, Callable[[UnitOfWork], datetime | None]] = {
    Matter.AGENDAS: agendas.first_due,
    Matter.MINUTES_DRAFT: late_minutes.first_to_draft,
    Matter.MINUTES_APPROVE: late_minutes.first_to_approve,
}
"""What is due by what an area has set, so that the oldest need not be the first."""


def waiting(uow: UnitOfWork, clocks: Clocks) -> tuple[Waiting, ...]:
    """Return what waits for the actor, the soonest deadline first.

    One query for all that is due at an instant, and one for all that is due on a day.
    """
    wanted = [one for one in _ASKED if could(uow.actor, one[1]) and _is_for(uow, one[0])]
    found = []
    for of_days in (False, True):
        asked = [
            ask(uow, clocks).add_columns(literal(matter.value))
            for matter, _, ask in wanted
            if (matter in OF_DAYS) is of_days
        ]
        for count, oldest, name in uow.session.execute(union_all(*asked)) if asked else ():
            if count:
                matter = Matter(name)
                own = BY_AREA.get(matter)
                due = own(uow) if own else _due(matter, oldest, clocks)
                found.append(Waiting(matter, count, due))
    return tuple(sorted(found, key=_order))


def _order(one: Waiting) -> tuple[bool, float, str]:
    due = one.due_at
    return due is None, due.timestamp() if due else 0.0, one.matter


def _due(matter: Matter, oldest: datetime | date | None, clocks: Clocks) -> datetime | None:
    """Return when the first of these things must be done (UTC), from its own date in the rows."""
    if isinstance(oldest, datetime):
        due: dict[Matter, datetime | None] = {
            Matter.SCREENING: screened_by(oldest),
            Matter.LOOK_UPS: screened_by(oldest),
            Matter.DRAFTS: oldest + DRAFT_LIVES,
            Matter.RETURNED: None,
            Matter.NAMELESS: None,
            Matter.WITHDRAWALS: oldest + STOPPED_WITHIN,
            Matter.ASKED_SIGN: None,
            Matter.ASKED_BACK: oldest + timedelta(days=clocks.clarify_days),
            Matter.ASKED_HELD: oldest + timedelta(days=clocks.held_days),
            Matter.ASKED_READ: None,
            Matter.EXACT: None,
            Matter.ASKED_DRAFTS: oldest + DRAFT_LIVES,
            Matter.ACTIONS_ACCEPT: oldest + ACCEPT_WITHIN,
            Matter.TELLING: oldest + TELL_WITHIN,
            Matter.IDVA: oldest + CONTACT_WITHIN,
        }
        return due.get(matter, oldest)
    if oldest is None:
        return None
    lives = clocks.stale_after_days if matter is Matter.ENTRIES else 0
    return london_instant(oldest + timedelta(days=lives), END_OF_DAY).astimezone(UTC)


def _is_for(uow: UnitOfWork, matter: Matter) -> bool:
    """Tell what the table of permissions cannot: reading an agreement is not having to renew it."""
    roles = {
        Matter.ENTRIES: KEEPS_ENTRIES,
        Matter.AGREEMENTS: (Role.GOVERNANCE_LEAD,),
        Matter.ACCESS: (Role.GOVERNANCE_LEAD,),
        Matter.NAMELESS: (Role.TEAM_MANAGER,),
    }
    return matter not in roles or uow.actor.has(*roles[matter])


def _invitations(uow: UnitOfWork, _: Clocks) -> Select[*tuple[Any, ...]]:
    soonest = func.min(func.coalesce(Invitation.climb_at, Invitation.starts_at))
    return select(func.count(), soonest).where(
        Invitation.recipient_id.in_(answers_for(uow)),
        Invitation.state == "held",
        Invitation.answer.is_(None),
        Invitation.starts_at > uow.now,
        is_own_invitation(uow),
    )


def _checks(uow: UnitOfWork, _: Clocks) -> Select[*tuple[Any, ...]]:
    return select(func.count(), func.min(IdentityCheck.due_at)).where(
        IdentityCheck.state.in_(WAITING),
        IdentityCheck.service_id.in_(own_services(uow)),
        not_about_own_conflict(uow),
    )


def _nameless(uow: UnitOfWork, _: Clocks) -> Select[*tuple[Any, ...]]:
    """Count the young people whose named worker's time has ended, or never began."""
    people = without_worker(uow, at_most=MOST_COUNTED).subquery()
    return select(func.count(), func.min(people.c.created_at))


def _tasks(uow: UnitOfWork, _: Clocks) -> Select[*tuple[Any, ...]]:
    return select(func.count(), func.min(Task.due_at)).where(Task.state == "open", own_tasks(uow))


def _screening(uow: UnitOfWork, _: Clocks) -> Select[*tuple[Any, ...]]:
    return select(func.count(), func.min(Concern.submitted_at)).where(
        Concern.state == Screening.SUBMITTED.value,
        Concern.area_id.in_(_areas(uow)),
        case_is_open(uow, Concern.id),
    )


def _gaps(uow: UnitOfWork, _: Clocks) -> Select[*tuple[Any, ...]]:
    """Count the meetings at which something is open: a task, or who somebody is."""
    shown = may_be_shown(uow)
    tasks = (
        select(Task.meeting_id)
        .join(Item, Item.id == Task.item_id)
        .where(Task.state == "open", Task.cause.startswith("gap:"), shown)
    )
    excused = exists(
        select(Excuse.id).where(
            Excuse.item_id == ItemPerson.item_id,
            Excuse.subject_id == ItemPerson.id,
            Excuse.problem == ProblemKind.CARE_STATUS_UNCONFIRMED,
        )
    )
    unconfirmed = (
        select(Item.meeting_id)
        .join(ItemPerson, ItemPerson.item_id == Item.id)
        .where(Item.state == "listed", ItemPerson.care_status == "not_known", ~excused, shown)
    )
    return select(func.count(), func.min(Meeting.starts_at)).where(
        or_(Meeting.id.in_(tasks), Meeting.id.in_(unconfirmed)),
        Meeting.starts_at > uow.now,
        Meeting.state.in_(("planned", "issued")),
        Meeting.area_id.in_(_areas(uow)),
    )


def _returned(uow: UnitOfWork, _: Clocks) -> Select[*tuple[Any, ...]]:
    return select(func.count(), func.min(Concern.submitted_at)).where(
        is_raised_by(uow, uow.actor.account_id), Concern.state == Screening.RETURNED.value
    )


def _questions(uow: UnitOfWork, _: Clocks) -> Select[*tuple[Any, ...]]:
    """Count what duty desks ask of the actor about concerns to which more can be added."""
    return (
        select(func.count(), func.min(IdentityCheck.due_at))
        .join(Concern, Concern.id == IdentityCheck.concern_id)
        .where(
            IdentityCheck.state == CheckState.ASKED_BACK,
            is_raised_by(uow, uow.actor.account_id),
            Concern.state.in_((*OPEN, *LISTABLE)),
        )
    )


def _drafts(uow: UnitOfWork, _: Clocks) -> Select[*tuple[Any, ...]]:
    return select(func.count(), func.min(ConcernDraft.saved_at)).where(
        ConcernDraft.account_id == uow.actor.account_id
    )


def _entries(uow: UnitOfWork, clocks: Clocks) -> Select[*tuple[Any, ...]]:
    """Count what the directory's own list of stale entries shows: all, or the own agency's."""
    oldest = uow.today - timedelta(days=clocks.stale_after_days)
    people = select(Contact.checked_on.label("on")).where(
        or_(Contact.checked_on.is_(None), Contact.checked_on < oldest),
        or_(Contact.works_until.is_(None), Contact.works_until > uow.today),
    )
    offers = select(Service.checked_on.label("on")).where(
        or_(Service.checked_on.is_(None), Service.checked_on < oldest)
    )
    if not uow.actor.has(Role.ADMINISTRATOR, Role.COORDINATOR):
        people = people.where(Contact.agency_id == uow.actor.agency_id)
        offers = offers.where(Service.agency_id == uow.actor.agency_id)
    stale = union_all(people, offers).subquery()
    return select(func.count(), func.min(stale.c.on))


def _agreements(uow: UnitOfWork, _: Clocks) -> Select[*tuple[Any, ...]]:
    return select(func.count(), func.min(Agreement.review_on)).where(
        Agreement.status == "in_force",
        or_(Agreement.superseded_on.is_(None), Agreement.superseded_on > uow.today),
        Agreement.review_on <= uow.today + REVIEW_WARNING,
    )


def _withdrawals(uow: UnitOfWork, _: Clocks) -> Select[*tuple[Any, ...]]:
    """Count what was taken back of what the actor received and has not said to have stopped."""
    return select(func.count(), func.min(WithdrawalNotice.told_at)).where(
        is_own_notice(uow), WithdrawalNotice.understood_at.is_(None)
    )


def _consents(uow: UnitOfWork, _: Clocks) -> Select[*tuple[Any, ...]]:
    return select(func.count(), func.min(Consent.revisit_on)).where(is_due_again(uow))


def _areas(uow: UnitOfWork) -> Select[*tuple[Any, ...]]:
    return select(AgencyArea.area_id).where(AgencyArea.agency_id == uow.actor.agency_id)


_ASKED: tuple[tuple[Matter, Permission, Ask], ...] = (
    (Matter.INVITATIONS, Permission.INVITATION_ANSWER, _invitations),
    (Matter.CHECKS, Permission.IDENTITY_DECIDE, _checks),
    (Matter.NAMELESS, Permission.REGISTER_EDIT, _nameless),
    (Matter.TASKS, Permission.TASK_DO, _tasks),
    (Matter.SCREENING, Permission.CONCERN_SCREEN, _screening),
    (Matter.GAPS, Permission.EXCUSE_RECORD, _gaps),
    (Matter.AGENDAS, Permission.MEETING_ISSUE, agendas.to_issue),
    (Matter.QUESTIONS, Permission.CONCERN_RAISE, _questions),
    (Matter.RETURNED, Permission.CONCERN_RAISE, _returned),
    (Matter.DRAFTS, Permission.CONCERN_RAISE, _drafts),
    (Matter.ENTRIES, Permission.CONTACT_CHECK, _entries),
    (Matter.AGREEMENTS, Permission.AGREEMENT_EDIT, _agreements),
    (Matter.WITHDRAWALS, Permission.WITHDRAWAL_READ, _withdrawals),
    (Matter.CONSENTS, Permission.CONSENT_RECORD, _consents),
    (Matter.ASKED_SIGN, Permission.REQUEST_ASK, own_requests.to_sign),
    (Matter.ASKED_BACK, Permission.REQUEST_ASK, own_requests.asked_back),
    (Matter.ASKED_HELD, Permission.REQUEST_ASK, own_requests.held),
    (Matter.ASKED_READ, Permission.REQUEST_ASK, own_requests.to_read),
    (Matter.ASKED_DRAFTS, Permission.REQUEST_ASK, own_requests.begun),
    (Matter.TO_ANSWER, Permission.REQUEST_ANSWER, asked_of_us.to_answer),
    (Matter.TO_APPROVE, Permission.APPROVAL_GIVE, asked_of_us.to_approve),
    (Matter.TO_ADVISE, Permission.ADVICE_GIVE, asked_of_us.to_advise),
    (Matter.TO_REVIEW, Permission.OUTCOME_REVIEW, asked_of_us.to_review),
    (Matter.ACCESS, Permission.ACCESS_HANDLE, asked_of_us.access_near),
    (Matter.PACKS, Permission.PACK_JUDGE, asked_of_us.to_judge),
    (Matter.STUCK, Permission.REQUEST_OVERSEE, asked_of_us.stuck),
    (Matter.EXACT, Permission.RETURN_APPROVE, marac_matters.exact_returns),
    (Matter.RESEARCH, Permission.RESEARCH_ANSWER, marac_matters.research_to_answer),
    (Matter.ACTIONS_ACCEPT, Permission.ACTION_REPORT, marac_matters.to_accept),
    (Matter.ACTIONS, Permission.ACTION_REPORT, marac_matters.to_do),
    (Matter.ACTIONS_LATE, Permission.ACTION_REPORT, marac_matters.overdue),
    (Matter.TELLING, Permission.ACTION_REPORT, marac_matters.to_pass_on),
    (Matter.MINUTES_DRAFT, Permission.MEETING_ISSUE, late_minutes.to_draft),
    (Matter.MINUTES_APPROVE, Permission.CHAIR_DECIDE, late_minutes.to_approve),
    (Matter.FLAGS, Permission.FLAG_KEEP, marac_matters.flags_to_keep),
    (Matter.IDVA, Permission.IDVA_READ, marac_matters.to_contact),
    (Matter.MESSAGES, Permission.MESSAGE_ANSWER, asked_of_us.messages),
    (Matter.LOOK_UPS, Permission.LOOK_UP_REVIEW, asked_of_us.look_ups),
    (Matter.TRANSFERS, Permission.TRANSFER_KEEP, marac_matters.transfers_to_answer),
    (Matter.PAPERS, Permission.TRANSFER_KEEP, marac_matters.papers_to_send),
)
