"""What is done in even time takes a whole number of steps, however it ends."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.kernel import even_time as module
from hub.kernel.even_time import STEP, even_time, still_to_wait


@given(st.floats(min_value=0, max_value=60))
def test_it_ends_on_a_whole_step_and_never_before_the_first(passed):
    whole = (passed + still_to_wait(passed)) / STEP
    assert whole == pytest.approx(round(whole))
    assert round(whole) >= 1
    assert 0 <= still_to_wait(passed) <= STEP


@pytest.fixture
def clock(monkeypatch):
    """Return a clock of one's own on which waiting moves on; ``clock[0]`` is the second."""
    at = [100.0]

    def wait(seconds):
        at[0] += seconds

    monkeypatch.setattr(module, "sleep", wait)
    monkeypatch.setattr(module.time, "monotonic", lambda: at[0])
    return at


@pytest.mark.parametrize("took", [0.001, 0.03, 0.2])
def test_quick_and_slow_take_as_long(clock, took):
    with even_time():
        clock[0] += took
    assert clock[0] == pytest.approx(100 + STEP)


def test_an_error_takes_as_long(clock):
    with pytest.raises(ValueError, match="no"), even_time():
        clock[0] += 0.3
        raise ValueError("no")
    assert clock[0] == pytest.approx(100 + 2 * STEP)
