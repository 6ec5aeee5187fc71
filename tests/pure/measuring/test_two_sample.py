"""The two-sample test tells two distributions apart, and one from itself it does not."""

import random

import pytest

from benchmarks.hits import two_sample


def sample(seed, size=500, shift=0.0):
    numbers = random.Random(seed)
    return [numbers.gauss(30 + shift, 2) for _ in range(size)]


def test_what_is_slower_by_half_a_deviation_is_told():
    assert two_sample(sample(1), sample(2, shift=1)) < 0.001


def test_as_many_of_one_distribution_fall_below_the_bar_as_the_bar_says():
    below = sum(two_sample(sample(at), sample(1000 + at)) < 0.1 for at in range(200))
    assert 8 <= below <= 34


@pytest.mark.parametrize(
    ("gap", "chance"),
    [(0.0, 1.0), (0.05, 0.56), (0.086, 0.049), (0.1, 0.013)],
)
def test_the_chances_of_the_published_table(gap, chance):
    one = [float(at) for at in range(500)]
    other = [value + gap * 500 - (0.5 if gap else 0) for value in one]
    assert two_sample(one, other) == pytest.approx(chance, abs=0.02)


def test_the_order_does_not_matter():
    assert two_sample(sample(3), sample(4)) == two_sample(sample(4)[::-1], sample(3))
