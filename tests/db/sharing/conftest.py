"""The small county in which an officer asks the leaving care service."""

import pytest

from kit.asking import Asking
from kit.world import World


@pytest.fixture
def asking(units):
    return Asking(World(units).settle()).settle()
