"""Tests with a database have a whole hub at hand."""

from kit.hub import *  # noqa: F403 - its fixtures
