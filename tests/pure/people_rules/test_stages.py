"""Support stage by age."""

from datetime import date

import pytest

from hub.people.rules.stages import hand_over_on, is_minor_with_social_worker, stage_on
from hub.people.states import Stage

BORN = date(2006, 3, 9)
LEAP = date(2008, 2, 29)

STAGES = [
    (BORN, date(2022, 3, 8), Stage.UNDER_16),
    (BORN, date(2022, 3, 9), Stage.WITH_SOCIAL_WORKER),
    (BORN, date(2024, 3, 8), Stage.WITH_SOCIAL_WORKER),
    (BORN, date(2024, 3, 9), Stage.FULL),
    (BORN, date(2027, 3, 8), Stage.FULL),
    (BORN, date(2027, 3, 9), Stage.ON_REQUEST),
    (BORN, date(2031, 3, 8), Stage.ON_REQUEST),
    (BORN, date(2031, 3, 9), Stage.ENDED),
    (LEAP, date(2026, 2, 28), Stage.WITH_SOCIAL_WORKER),  # 18 on 1 March in a common year
    (LEAP, date(2026, 3, 1), Stage.FULL),
    (LEAP, date(2024, 2, 29), Stage.WITH_SOCIAL_WORKER),
    (None, date(2026, 3, 1), Stage.UNKNOWN),
]


@pytest.mark.parametrize(("born", "day", "stage"), STAGES)
def test_each_stage_begins_on_the_birthday(born, day, stage):
    assert stage_on(born, day) is stage
    assert is_minor_with_social_worker(born, day) is (stage is Stage.WITH_SOCIAL_WORKER)


def test_hand_over_is_on_the_18th_birthday():
    assert hand_over_on(BORN) == date(2024, 3, 9)
    assert hand_over_on(LEAP) == date(2026, 3, 1)
    assert hand_over_on(None) is None
