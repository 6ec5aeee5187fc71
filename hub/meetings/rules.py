"""The clocks of an invitation, the purpose of a meeting, and the policy that an area sets."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta

from hub.config import Settings
from hub.kernel.days import london_day, london_instant
from hub.kernel.working_days import working_days_after
from hub.meetings.requirement import Step
from hub.meetings.situation import ItemRole, MeetingKind
from hub.sharing.rules import Purpose

SHORTEST_WAIT = timedelta(hours=2)
SHORTEST_SHARE = timedelta(minutes=1)
"""The least that a rung has at a meeting called within hours: the timer looks once a minute."""
SHARES = {
    Step.NAMED_WORKER: 6,
    Step.COVER: 5,
    Step.DEPUTY: 4,
    Step.TEAM_MANAGER: 3,
    Step.DUTY_DESK: 2,
    Step.OTHER_DESK: 2,
}
"""Among how many the time left is shared from a rung on: the rungs to come, and the telephone."""
MOST_SHARES = max(SHARES.values())
CLOSE_OF_DAY = time(17, 0)
SHORTEST_REASON = 10
"""Characters below which a written reason says nothing: a product choice."""
SHORTEST_WHY = 3
"""The same for what a worker writes on a phone: on leave, in court, ill."""


@dataclass(frozen=True, kw_only=True)
class Waits:
    """How long an area waits for an answer before it asks the next on the ladder.

    None is what the hub has set. Source: domain notes, section 6, line 4.
    """

    working_days: int | None = None
    before_hours: int | None = None


@dataclass(frozen=True, kw_only=True)
class InvitationPolicy:
    """What can be set about invitations; the defaults are product choices."""

    stale_after_days: int = 90
    review_grace_days: int = 30
    answer_within_working_days: int = 2
    answer_before_hours: int = 72
    phone_task_hours: int = 4
    access_days_after_meeting: int = 28
    ladder_hours: int | None = None
    """Within how many hours silence climbs the whole ladder of a meeting called within hours; None
    for any other meeting."""

    def waiting(self, waits: Waits) -> "InvitationPolicy":
        """Return the policy as it is in an area that has set how long it waits."""
        days, hours = waits.working_days, waits.before_hours
        return replace(
            self,
            answer_within_working_days=self.answer_within_working_days if days is None else days,
            answer_before_hours=self.answer_before_hours if hours is None else hours,
        )

    def within(self, ladder_hours: int | None) -> "InvitationPolicy":
        """Return the policy as it is for a meeting whose ladder is climbed within these hours."""
        return replace(self, ladder_hours=ladder_hours)


def policy_of(settings: Settings) -> InvitationPolicy:
    """Return what the hub's settings say about invitations."""
    own = settings.invitations
    return InvitationPolicy(
        stale_after_days=settings.directory.stale_after_days,
        review_grace_days=settings.sharing.review_grace_days,
        answer_within_working_days=own.answer_within_working_days,
        answer_before_hours=own.answer_before_hours,
        phone_task_hours=own.phone_task_hours,
        access_days_after_meeting=own.access_days_after_meeting,
    )


def hides_where(role: str | None, *, has_moved: bool) -> bool:
    """Tell whether an invited worker is not told where a meeting is, nor who runs it.

    After the victim moved these name the area in which she lives now, and a worker of somebody who
    is alleged to have caused harm never learns her location. Whose role in the case is not known
    counts as that side. Source: domain notes, section 6, lines 13 and 47.
    """
    return has_moved and role in {None, "", ItemRole.ALLEGED_PERPETRATOR.value}


def purpose_of(kind: MeetingKind) -> Purpose:
    """Return the purpose for which people are told of a meeting of the kind."""
    match kind:
        case MeetingKind.MARAC:
            return Purpose.MARAC_RISK
        case MeetingKind.SAFETY_PLANNING:
            return Purpose.SAFETY_PLANNING
        case MeetingKind.STRATEGY:
            return Purpose.CHILD_SAFEGUARDING
        case MeetingKind.PROFESSIONALS | MeetingKind.SUPPORT:
            return Purpose.MEETING_INVITE


def climbs_at(
    asked_at: datetime, starts_at: datetime, policy: InvitationPolicy, step: str
) -> datetime:
    """Return when silence sends the question one step up the ladder (UTC).

    Of a meeting called within hours: see ``shared_out``. Of any other: the close of the n-th
    working day after the asking or so many hours before the slot, whichever is earlier, but never
    sooner than two hours after the asking: somebody asked late still gets the time to answer, and
    the telephone is quicker than the ladder by then.
    """
    if policy.ladder_hours is not None:
        return shared_out(asked_at, starts_at, Step(step), timedelta(hours=policy.ladder_hours))
    day = working_days_after(london_day(asked_at), policy.answer_within_working_days)
    by_days = london_instant(day, CLOSE_OF_DAY).astimezone(UTC)
    by_hours = starts_at - timedelta(hours=policy.answer_before_hours)
    return max(min(by_days, by_hours), asked_at + SHORTEST_WAIT)


def shared_out(asked_at: datetime, starts_at: datetime, step: Step, whole: timedelta) -> datetime:
    """Return when silence climbs from a step of the ladder of a meeting called within hours (UTC).

    The time until the meeting, or ``whole`` if that is shorter, is shared out evenly over the
    rungs of the ladder, and the last share is left for the telephone. Whoever is asked later than
    was meant, because the hub stood still or the meeting was moved, has an even share of what is
    left then. Instants only: neither midnight nor the change of clocks matters. Nobody has less
    than a minute. Source: domain notes 1.15: deputy, manager and duty desk within hours.
    """
    share = min((starts_at - asked_at) / SHARES[step], whole / MOST_SHARES)
    return asked_at + max(share, SHORTEST_SHARE)


def task_due_at(opened_at: datetime, starts_at: datetime, policy: InvitationPolicy) -> datetime:
    """Return by when a telephone task must be done (UTC): some hours from now, before the slot.

    Nobody has less than a quarter of an hour, unless the slot begins sooner.
    """
    due = opened_at + timedelta(hours=policy.phone_task_hours)
    soonest = opened_at + timedelta(minutes=15)
    if opened_at < starts_at:
        soonest = min(soonest, starts_at)
    return max(min(due, starts_at - SHORTEST_WAIT), soonest)
