"""Support stage by age, and which of the hub's days matter to it."""

from datetime import date, timedelta
from types import MappingProxyType

from hub.kernel.days import age_on, birthday
from hub.people.states import Stage

FROM_AGE = 16
HAND_OVER_AGE = 18
REDUCED_AGE = 21
END_AGE = 25

STAGE_WORDS = MappingProxyType(
    {
        Stage.UNDER_16: "under 16",
        Stage.WITH_SOCIAL_WORKER: "16 to 18, with a social worker",
        Stage.FULL: "18 to 21",
        Stage.ON_REQUEST: "21 to 25",
        Stage.ENDED: "25 or over, support has ended",
        Stage.UNKNOWN: "age not known",
    }
)
"""Each stage as it stands inside a sentence."""


def stage_on(born: date | None, day: date) -> Stage:
    """Return the support stage on a day in London.

    Each stage begins on the birthday; born on 29 February, that is 1 March in common years. Source:
    the hub's public interface, section 4, and the Lincolnshire bulletin's three stages.
    """
    if born is None:
        return Stage.UNKNOWN
    age = age_on(born, day)
    if age < FROM_AGE:
        return Stage.UNDER_16
    if age < HAND_OVER_AGE:
        return Stage.WITH_SOCIAL_WORKER
    if age < REDUCED_AGE:
        return Stage.FULL
    return Stage.ON_REQUEST if age < END_AGE else Stage.ENDED


def hand_over_on(born: date | None) -> date | None:
    """Return the 18th birthday, on which the lead passes from the social worker."""
    return None if born is None else birthday(born, HAND_OVER_AGE)


def is_minor_with_social_worker(born: date | None, day: date) -> bool:
    """Tell whether the person is 16 or 17 on the day, and so should have a social worker too."""
    return stage_on(born, day) is Stage.WITH_SOCIAL_WORKER


def turns_within(born: date, age: int, day: date, within: timedelta) -> bool:
    """Tell whether the person attains the age by that long after the day, or already has."""
    return birthday(born, age) <= day + within
