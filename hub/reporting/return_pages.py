"""The quarterly return: an area and a quarter chosen, its counts, and the copy to pass on."""

from dataclasses import dataclass
from types import ModuleType
from uuid import UUID

from flask import Blueprint, Response, redirect, request, url_for
from flask.typing import ResponseReturnValue

from hub.access.permissions import Permission, could
from hub.db.looks import look
from hub.kernel.errors import NotFoundError
from hub.meetings.queries import Named, areas
from hub.reporting import return_words
from hub.reporting.charts import Chart, chart
from hub.reporting.return_files import MEDIA_TYPES, TABLES, written
from hub.reporting.return_queries import MadeReturn, demand_returns, made_return
from hub.reporting.rules.agencies import ON_TIME, Care
from hub.reporting.rules.counting import Split
from hub.reporting.rules.quarters import (
    NotAQuarterError,
    Quarter,
    parse_quarter,
    quarter_of,
)
from hub.reporting.rules.report import Report, Waits, percent
from hub.reporting.rules.suppression import Shared
from hub.web import current
from hub.web.guard import policy
from hub.web.render import Page, SummaryRow, Task, page, task
from hub.web.values import Option

pages = Blueprint("returns", __name__, template_folder="templates")

CHOOSE = task("Quarterly returns")
RETURN = task("Quarterly return")
COPY = task("Quarterly return to pass on")
LOOK = "return"
OFFERED = 12
"""Quarters that can be chosen from: three years. A product choice."""
AT = "/returns/<uuid:area_id>/<int:year>/<int:number>"


@dataclass(frozen=True, kw_only=True)
class ChoosePage(Page):
    """The choice of an area and a quarter."""

    title: Task = CHOOSE
    areas: tuple[Named, ...]
    quarters: tuple[Option, ...]


@dataclass(frozen=True)
class YearRow:
    """One line of the 12 months, in words."""

    name: str
    cells: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class ReturnPage(Page):
    """A return, for who made it or to pass on."""

    wide: bool = True
    made: MadeReturn
    report: Report
    is_copy: bool
    area_id: UUID
    summary: tuple[SummaryRow, ...]
    year_rows: tuple[YearRow, ...]
    charts: tuple[Chart, ...]
    said: ModuleType
    """The words of counts."""


@pages.get("/returns")
@policy(Permission.RETURN_COPY_READ)
def choose() -> ResponseReturnValue:
    """Ask for an area and a quarter; go there once both are chosen."""
    with current.units().read(current.actor()) as uow:
        own = areas(uow)
        this = quarter_of(uow.today)
    chosen = _chosen(own)
    if chosen is not None:
        return redirect(chosen, 303)
    offered = [this.before(back) for back in range(1, OFFERED)]
    quarters = (*offered[:1], this, *offered[1:])
    shown = ChoosePage(
        areas=own,
        quarters=tuple(Option(one.code, return_words.said_quarter(one)) for one in quarters),
    )
    return page("reporting/returns.html", shown)


def _chosen(own: tuple[Named, ...]) -> str | None:
    """Return where the chosen return is; None while the choice is none."""
    area = next((one.id for one in own if str(one.id) == request.args.get("area")), None)
    try:
        quarter = parse_quarter(request.args.get("quarter", ""))
    except NotAQuarterError:
        return None
    if area is None:
        return None
    shown = "returns.quarter" if _counts_all() else "returns.copy"
    return url_for(shown, area_id=area, year=quarter.year, number=quarter.number)


def _counts_all() -> bool:
    """Tell whether every count is there for the actor, and not only the copy to pass on."""
    return could(current.actor(), Permission.RETURN_READ)


@pages.get(AT)
@policy(Permission.RETURN_READ)
def quarter(area_id: UUID, year: int, number: int) -> ResponseReturnValue:
    """Show a return with every count, for the co-ordinator of the area."""
    return _page(RETURN, area_id, _quarter(year, number), is_copy=False)


@pages.get(AT + "/copy")
@policy(Permission.RETURN_COPY_READ)
def copy(area_id: UUID, year: int, number: int) -> ResponseReturnValue:
    """Show a return as it may be passed on."""
    return _page(COPY, area_id, _quarter(year, number), is_copy=True)


@pages.get(AT + "/<any(return,agencies):part>.<any(csv,xlsx):kind>")
@policy(Permission.RETURN_COPY_READ)
def copy_file(area_id: UUID, year: int, number: int, part: str, kind: str) -> ResponseReturnValue:
    """Hand out a part of the copy to pass on, once that is in the trail."""
    quarter = _quarter(year, number)
    made = _made(area_id, quarter, is_copy=True)
    content = written(TABLES[part](made.area, made.report), kind)
    headers = {"Content-Disposition": f'attachment; filename="{part}-{quarter.code}.{kind}"'}
    return Response(content, content_type=MEDIA_TYPES[kind], headers=headers)


def _quarter(year: int, number: int) -> Quarter:
    try:
        return Quarter(year, number)
    except NotAQuarterError as error:
        raise NotFoundError("no such quarter") from error


def _made(area_id: UUID, quarter: Quarter, *, is_copy: bool) -> MadeReturn:
    with current.units().read(current.actor()) as uow:
        demand_returns(uow, area_id, to_pass_on=is_copy)
    look(current.units(), current.actor(), LOOK, [area_id])
    with current.units().read(current.actor()) as uow:
        return made_return(uow, area_id, quarter, to_pass_on=is_copy)


def _page(title: Task, area_id: UUID, quarter: Quarter, *, is_copy: bool) -> ResponseReturnValue:
    made = _made(area_id, quarter, is_copy=is_copy)
    choice = url_for("returns.choose")
    own = url_for("returns.quarter", area_id=area_id, year=quarter.year, number=quarter.number)
    shown = ReturnPage(
        title=title,
        caption=f"{made.area}, {return_words.said_quarter(quarter)}",
        back=own if is_copy and _counts_all() else choice,
        made=made,
        report=made.report,
        is_copy=is_copy,
        area_id=area_id,
        summary=_summary(made),
        year_rows=_year_rows(made.report),
        charts=_charts(made.report),
        said=return_words,
    )
    return page("reporting/return.html", shown)


def _share(shared: Shared, part: str) -> float | None:
    return percent(shared.parts[part], shared.whole)


def _said_share(shared: Shared, part: str) -> str:
    return return_words.said_percent(_share(shared, part), shared.whole)


def _partners(shared: Shared) -> float | None:
    police = shared.parts[Split.POLICE]
    if police is None or shared.whole is None:
        return None
    return percent(shared.whole - police, shared.whole)


def _summary(made: MadeReturn) -> tuple[SummaryRow, ...]:
    """Return the figures of the 12 months and of the quarter that stand on their own."""
    found = made.report
    rate = found.per_10_000
    return (
        SummaryRow("Cases discussed", return_words.said(found.year.whole)),
        SummaryRow(
            "For every 10,000 women of 16 and over",
            "not known: the settings of the area do not say how many live here"
            if not made.has_adult_females
            else return_words.WITHHELD
            if rate is None
            else f"{rate:g}",
        ),
        SummaryRow("Repeat", _said_share(found.year, Split.REPEAT)),
        SummaryRow(
            "From partner agencies",
            return_words.said_percent(_partners(found.year), found.year.whole),
        ),
        SummaryRow("Days from referral to the meeting", _days(found.year_waits, found.year)),
        SummaryRow("The same, this quarter", _days(found.waits, found.total)),
    )


def _days(waits: Waits, cases: Shared) -> str:
    """Return the middle one of all waits, with the shortest and the longest for one's own use."""
    middle = return_words.said_days(waits.middle, cases.whole)
    if waits.middle is None:
        return middle
    said = f"half within {middle} days"
    if waits.shortest is None:
        return said
    return f"{said}; the shortest {waits.shortest}, the longest {waits.longest}"


def _line(
    name: str, cases: Shared, middle: float | None, rest: tuple[Shared, Shared, Shared]
) -> YearRow:
    research, actions, care = rest
    return YearRow(
        name,
        (
            return_words.said(cases.whole),
            _said_share(cases, Split.REPEAT),
            return_words.said_percent(_partners(cases), cases.whole),
            return_words.said_days(middle, cases.whole),
            _said_share(research, ON_TIME),
            _said_share(actions, ON_TIME),
            return_words.said(care.whole),
            _said_share(care, Care.INVITED),
            _said_share(care, Care.ATTENDED),
        ),
    )


def _year_rows(made: Report) -> tuple[YearRow, ...]:
    quarters = [
        _line(
            return_words.said_quarter(one.quarter),
            one.cases,
            one.waits.middle,
            (one.research, one.actions, one.care),
        )
        for one in made.quarters
    ]
    year = (made.research.year, made.actions.year, made.care.year)
    return (*quarters, _line("12 months", made.year, made.year_waits.middle, year))


def _charts(made: Report) -> tuple[Chart, ...]:
    four = made.quarters
    groups = [f"{one.quarter.first:%b} {one.quarter.year % 100:02d}" for one in four]
    return (
        chart("Cases discussed", groups, [("Cases", [one.cases.whole for one in four])]),
        chart(
            "Repeats, and referrals from partner agencies",
            groups,
            [
                ("Repeat", [_share(one.cases, Split.REPEAT) for one in four]),
                ("Partner agencies", [_partners(one.cases) for one in four]),
            ],
            "%",
        ),
        chart(
            "Research and actions on time",
            groups,
            [
                ("Research", [_share(one.research, ON_TIME) for one in four]),
                ("Actions", [_share(one.actions, ON_TIME) for one in four]),
            ],
            "%",
        ),
        chart(
            "Care-experienced people: worker invited, and there",
            groups,
            [
                ("Invited", [_share(one.care, Care.INVITED) for one in four]),
                ("Attended", [_share(one.care, Care.ATTENDED) for one in four]),
            ],
            "%",
        ),
    )
