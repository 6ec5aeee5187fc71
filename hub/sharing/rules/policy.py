"""What can be set about requests, as the rules and commands of this room take it."""

from dataclasses import dataclass, field

from hub.config import Settings
from hub.people.rules.look_ups import LookUpPolicy
from hub.people.rules.look_ups import policy_of as look_up_policy_of
from hub.sharing.rules.clocks import Times, office_day


@dataclass(frozen=True, kw_only=True)
class RequestPolicy:
    """The settings of requests; the defaults are product choices."""

    times: Times = field(default_factory=Times)
    grace_days: int = 30
    stale_after_days: int = 90
    """Days after which an entry of the directory that nobody checked is passed over."""
    look_ups: LookUpPolicy = field(default_factory=LookUpPolicy)
    held_days: int = 28
    """Days after which a request that still lacks something lapses."""
    clarify_days: int = 20
    """Days after which a request lapses that waits for its asker's answer."""


def policy_of(settings: Settings) -> RequestPolicy:
    """Return what the hub's settings say about requests."""
    own = settings.requests
    return RequestPolicy(
        times=Times(
            office=office_day(own.office_opens, own.office_closes),
            immediate_minutes=own.immediate_minutes,
            record_days=own.record_days,
            red_acknowledge_minutes=own.red_acknowledge_minutes,
            red_answer_hours=own.red_answer_hours,
            amber_acknowledge_hours=own.amber_acknowledge_hours,
            amber_answer_hours=own.amber_answer_hours,
            routine_acknowledge_days=own.routine_acknowledge_days,
            routine_answer_days=own.routine_answer_days,
            routine_second_days=own.routine_second_days,
            routine_ceiling_days=own.routine_ceiling_days,
            research_days_before=own.research_days_before,
        ),
        grace_days=settings.sharing.review_grace_days,
        stale_after_days=settings.directory.stale_after_days,
        look_ups=look_up_policy_of(settings),
        held_days=own.held_days,
        clarify_days=own.clarify_days,
    )
