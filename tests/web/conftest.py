"""Tests of pages have a whole hub at hand."""

from kit.hub import *  # noqa: F403 - its fixtures
