"""The first page after signing in: what waits for me, the soonest deadline first."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from flask import Blueprint, url_for
from flask.typing import ResponseReturnValue

from hub.access.permissions import Permission
from hub.kernel.days import london_day
from hub.reporting.queries import OF_DAYS, Clocks, Matter, Waiting, waiting
from hub.web.current import actor, settings, units
from hub.web.guard import policy
from hub.web.phrases import counted, said_day, said_moment, said_time
from hub.web.render import Page, Task, TaskRow, page, task

home = Blueprint("home", __name__, template_folder="templates")

HOME = task("What waits for you")


@dataclass(frozen=True)
class Where:
    """How a kind of thing is called, where it is done, and how its deadline is said."""

    one: str
    many: str
    endpoint: str
    by: str = "The first by"
    only: str = ""
    """Which of the list's lines are meant, where the list can be narrowed."""


WHERE = {
    Matter.INVITATIONS: Where("invitation to answer", "invitations to answer", "invitations.mine"),
    Matter.CHECKS: Where("person to identify", "people to identify", "people.checks"),
    Matter.NAMELESS: Where(
        "person without a named worker",
        "people without a named worker",
        "people.register",
        only="none",
    ),
    Matter.TASKS: Where("task", "tasks", "tasks.mine"),
    Matter.SCREENING: Where("concern to decide on", "concerns to decide on", "referrals.queue"),
    Matter.GAPS: Where(
        "meeting with something missing",
        "meetings with something missing",
        "meetings.upcoming",
        "The first is",
    ),
    Matter.QUESTIONS: Where("question to answer", "questions to answer", "referrals.mine"),
    Matter.AGENDAS: Where("agenda to issue", "agendas to issue", "meetings.upcoming"),
    Matter.RETURNED: Where(
        "concern sent back to you", "concerns sent back to you", "referrals.mine"
    ),
    Matter.DRAFTS: Where(
        "concern not sent yet", "concerns not sent yet", "referrals.mine", "The first is deleted"
    ),
    Matter.ENTRIES: Where(
        "directory entry to check", "directory entries to check", "agencies.stale"
    ),
    Matter.AGREEMENTS: Where("agreement to review", "agreements to review", "sharing.register"),
    Matter.WITHDRAWALS: Where(
        "consent taken back: stop using what you received",
        "consents taken back: stop using what you received",
        "consents.notices",
    ),
    Matter.CONSENTS: Where(
        "person to ask or tell again", "people to ask or tell again", "consents.due"
    ),
    Matter.ASKED_SIGN: Where("request to counter-sign", "requests to counter-sign", "asking.mine"),
    Matter.ASKED_BACK: Where(
        "request about which you are asked",
        "requests about which you are asked",
        "asking.mine",
        "The first ends",
    ),
    Matter.ASKED_HELD: Where(
        "request with something missing",
        "requests with something missing",
        "asking.mine",
        "The first ends",
    ),
    Matter.ASKED_READ: Where("answer to read", "answers to read", "asking.mine"),
    Matter.ASKED_DRAFTS: Where(
        "request not sent yet", "requests not sent yet", "asking.mine", "The first is deleted"
    ),
    Matter.TO_ANSWER: Where("request to answer", "requests to answer", "holding.inbox"),
    Matter.TO_APPROVE: Where("approval to give", "approvals to give", "approving.waiting"),
    Matter.TO_ADVISE: Where("request to advise on", "requests to advise on", "advising.asked"),
    Matter.TO_REVIEW: Where(
        "thing that was shared to look back at",
        "things that were shared to look back at",
        "holding.reviews",
    ),
    Matter.RESEARCH: Where("case to research", "cases to research", "marac.research_list"),
    Matter.IDVA: Where("person to contact", "people to contact", "marac.idva"),
    Matter.FLAGS: Where("flag to see to", "flags to see to", "marac.flags"),
    Matter.ACTIONS_ACCEPT: Where("action to accept", "actions to accept", "marac.own_list"),
    Matter.ACTIONS: Where("action to do", "actions to do", "marac.own_list"),
    Matter.ACTIONS_LATE: Where("action overdue", "actions overdue", "marac.own_list"),
    Matter.TELLING: Where("thing to pass on", "things to pass on", "marac.own_list"),
    Matter.MINUTES_DRAFT: Where(
        "meeting without minutes", "meetings without minutes", "meetings.earlier"
    ),
    Matter.MINUTES_APPROVE: Where(
        "set of minutes to approve", "sets of minutes to approve", "meetings.earlier"
    ),
    Matter.MESSAGES: Where("message to read", "messages to read", "holding.messages"),
    Matter.LOOK_UPS: Where(
        "look-up to look at again", "look-ups to look at again", "people.look_ups"
    ),
    Matter.ACCESS: Where(
        "request for what is held", "requests for what is held", "rights.access_due"
    ),
    Matter.PACKS: Where("item of a pack to judge", "items of packs to judge", "rights.judge_list"),
    Matter.TRANSFERS: Where(
        "case sent by another area", "cases sent by other areas", "marac.transfers"
    ),
    Matter.PAPERS: Where(
        "paper asked for by another area", "papers asked for by other areas", "marac.transfers"
    ),
    Matter.EXACT: Where("exact return to approve", "exact returns to approve", "returns.approve"),
    Matter.STUCK: Where(
        "request that waits too long", "requests that wait too long", "holding.stuck"
    ),
}


@dataclass(frozen=True, kw_only=True)
class HomePage(Page):
    """What waits, as rows of a task list."""

    title: Task = HOME
    rows: tuple[TaskRow, ...]


@home.get("/home")
@policy(Permission.HOME_READ)
def show() -> ResponseReturnValue:
    """Show what waits for me."""
    clocks = Clocks(
        stale_after_days=settings().directory.stale_after_days,
        held_days=settings().requests.held_days,
        clarify_days=settings().requests.clarify_days,
    )
    with units().read(actor()) as uow:
        found = waiting(uow, clocks)
        now = uow.now
    return page("reporting/home.html", HomePage(rows=tuple(_row(one, now) for one in found)))


def _row(one: Waiting, now: datetime) -> TaskRow:
    where = WHERE[one.matter]
    is_late = one.due_at is not None and one.due_at < now
    return TaskRow(
        name=counted(one.count, where.one, where.many),
        status="Late" if is_late else "To do",
        colour="red" if is_late else "blue",
        hint="" if one.due_at is None else _deadline(one, one.due_at, now),
        href=url_for(where.endpoint, worker=where.only or None),
    )


def _deadline(one: Waiting, due_at: datetime, now: datetime) -> str:
    by = WHERE[one.matter].by
    if one.matter in OF_DAYS and due_at > now:
        return said_day_limit(by, london_day(due_at), london_day(now))
    return said_deadline(by, due_at, now)


def said_day_limit(by: str, day: date, today: date) -> str:
    """Return a deadline that is a whole day in words: "The first by tomorrow"."""
    near = {today: "today", today + timedelta(days=1): "tomorrow"}
    return f"{by} {near.get(day) or said_day(day)}"


def said_deadline(by: str, due_at: datetime, now: datetime) -> str:
    """Return a deadline in words, nearer days by their names: "The first by tomorrow at 5pm"."""
    day, today = london_day(due_at), london_day(now)
    if due_at < now:
        return f"The first was due {said_day(due_at)}" if day < today else "The first is late"
    if day == today:
        return f"{by} today at {said_time(due_at)}"
    if day == today + timedelta(days=1):
        return f"{by} tomorrow at {said_time(due_at)}"
    return f"{by} {said_moment(due_at)}"
