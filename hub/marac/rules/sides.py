"""How much of a case somebody sees who is asked to it alone: by whose worker they are.

A worker of somebody who is alleged to have caused harm never sees where the victim is or can be
reached, what is planned for her safety, or what her own worker wrote. Source: domain notes,
section 6, line 13.
"""

from collections.abc import Set as AbstractSet
from enum import StrEnum

from hub.meetings.situation import ItemRole

FOR_ALL = ("risk_who", "risk_from", "risk_of", "risk_when")
"""The fields of the record that both sides' workers read: the risk, and nothing of the plan."""


class Side(StrEnum):
    """Whose worker reads a case."""

    WHOLE = "whole"
    """A member of the meeting, or somebody asked for the victim, a child or another adult."""
    ALLEGED = "alleged"
    """Somebody asked for one who is alleged to have caused harm."""


def side_of(asked_for: AbstractSet[str], *, is_member: bool) -> Side:
    """Return how a reader sees a case, by the roles of those for whom they are asked.

    Whose role is not known any more counts as alleged to have caused harm: it hides, not shows.
    """
    if is_member:
        return Side.WHOLE
    if not asked_for or ItemRole.ALLEGED_PERPETRATOR.value in asked_for:
        return Side.ALLEGED
    return Side.WHOLE


def is_about_alleged(role: str | None) -> bool:
    """Tell whether what is known of somebody is for that side; of nobody by name it is not."""
    return role == ItemRole.ALLEGED_PERPETRATOR.value
