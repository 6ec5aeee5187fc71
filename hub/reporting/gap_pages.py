"""The cases of a quarter of which something is counted as not known, each with where to say it."""

from dataclasses import dataclass
from uuid import UUID

from flask import url_for
from flask.typing import ResponseReturnValue

from hub.access.permissions import Permission
from hub.reporting import return_words
from hub.reporting.gap_queries import OpenCase, open_cases
from hub.reporting.return_pages import AT, asked_quarter, pages, see
from hub.web import current
from hub.web.guard import policy
from hub.web.render import Page, Task, page, task

GAPS = task("Not known in the return")


@dataclass(frozen=True, kw_only=True)
class GapsPage(Page):
    """The cases, with nobody's name."""

    title: Task = GAPS
    wide: bool = True
    rows: tuple[OpenCase, ...]


@pages.get(AT + "/not-known")
@policy(Permission.RETURN_READ)
def gaps(area_id: UUID, year: int, number: int) -> ResponseReturnValue:
    """List what is not known, case by case, for the co-ordinator who can ask."""
    chosen = asked_quarter(year, number)
    see(area_id, "return", area_id, to_pass_on=False)
    with current.units().read(current.actor()) as uow:
        rows = open_cases(uow, area_id, chosen)
    shown = GapsPage(
        caption=return_words.said_quarter(chosen),
        back=url_for("returns.quarter", area_id=area_id, year=year, number=number),
        rows=rows,
    )
    return page("reporting/gaps.html", shown)
