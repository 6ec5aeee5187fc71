"""What a machine cannot have is said out loud: the test is left out here, and fails in CI."""

import os
from pathlib import Path
from typing import NoReturn

import pytest

NOTED = "HUB_TEST_MISSING"
"""The variable that names the file in which ./run test collects what was missing."""


def cannot_have(what: str, why: str) -> NoReturn:
    """Leave the running test out because this machine cannot have something it needs.

    This will note it for the summary of ./run test, then skip the test, or fail it where the
    environment says CI.
    """
    one_line = " ".join(why.split())
    noted = os.environ.get(NOTED)
    if noted:
        with Path(noted).open("a", encoding="utf-8") as file:
            file.write(f"{what}\t{one_line}\n")
    if os.environ.get("CI", "").lower() in {"1", "true"}:
        pytest.fail(f"CI must have {what}: {one_line}")
    pytest.skip(f"this machine cannot have {what}: {one_line}")
