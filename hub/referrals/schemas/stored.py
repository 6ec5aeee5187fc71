"""A submitted concern's answers, read again for the rules."""

from collections.abc import Mapping
from typing import Any

from hub.referrals.rules import Answers
from hub.referrals.schemas.whole import answers_from


def read_stored(answers: Mapping[str, Any]) -> Answers:
    """Return what the rules look at in the stored answers of a concern, without its people."""
    pages = {name: value for name, value in answers.items() if isinstance(value, dict)}
    return answers_from(pages, (), ())
