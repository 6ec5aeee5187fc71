"""The list of what waits for too long or for nobody, for those who answer for it."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from flask.typing import ResponseReturnValue

from hub.access.permissions import Permission
from hub.sharing.pages.holding.room import holding
from hub.sharing.queries.stuck import Stuck, StuckRow, stuck
from hub.sharing.rules.approvers import WORDS
from hub.web.current import actor, units
from hub.web.guard import policy
from hub.web.phrases import said_moment
from hub.web.render import Page, Task, page, task

STUCK = task("What waits too long")

WHY: Mapping[Stuck, str] = MappingProxyType(
    {
        Stuck.NO_APPROVER: "Waits for {}, and nobody there has that role and may decide here",
        Stuck.NO_ANSWERER: "Nobody there has an account with which to answer it",
        Stuck.SUSPENDED: "One of the two agencies does not take part at present",
        Stuck.LATE: "Late: it should have its answer by now",
        Stuck.UNWRITTEN: "Told by phone because of a danger, and not written down in time",
    }
)
CURES: Mapping[Stuck, str] = MappingProxyType(
    {
        Stuck.NO_APPROVER: "Have an administrator give somebody the role. They are asked at once.",
        Stuck.NO_ANSWERER: "Have an administrator invite somebody for the duty desk.",
        Stuck.SUSPENDED: "It goes on by itself once an administrator lets the agency take part.",
        Stuck.LATE: "Ask the desk or its manager why.",
        Stuck.UNWRITTEN: "Have whoever rang write it down today.",
    }
)


@dataclass(frozen=True)
class StuckLine:
    """One thing that waits, in words."""

    reference: str
    agency: str
    why: str
    cure: str
    due: str


@dataclass(frozen=True, kw_only=True)
class StuckPage(Page):
    """What waits too long."""

    title: Task = STUCK
    lines: tuple[StuckLine, ...]
    wide: bool = True


@holding.get("/requests-to-us/stuck", endpoint="stuck")
@policy(Permission.REQUEST_OVERSEE)
def stuck_page() -> ResponseReturnValue:
    """List what waits, the longest first; nothing of what is asked is on it."""
    with units().read(actor()) as uow:
        rows = stuck(uow)
    return page("sharing/held_stuck.html", StuckPage(lines=tuple(map(_line, rows))))


def _line(row: StuckRow) -> StuckLine:
    return StuckLine(
        reference=row.reference,
        agency=row.agency,
        why=WHY[row.why].format(WORDS[row.letter] if row.letter else ""),
        cure=CURES[row.why],
        due=said_moment(row.due_at),
    )
