"""The quarterly return: an area and a quarter chosen, its counts, and the copy to pass on."""

from dataclasses import dataclass
from datetime import date, timedelta
from types import ModuleType
from uuid import UUID

from flask import Blueprint, Response, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from hub.access.permissions import Permission, could
from hub.db.looks import look
from hub.kernel.errors import NotFoundError, RefusedError
from hub.meetings.queries import Named, areas
from hub.reporting import return_words
from hub.reporting.charts import Chart, chart
from hub.reporting.edition_queries import editions_of
from hub.reporting.return_commands import make_copy
from hub.reporting.return_files import MEDIA_TYPES, TABLES, written
from hub.reporting.return_queries import (
    MadeReturn,
    copy_to_pass_on,
    demand_returns,
    whole_return,
)
from hub.reporting.rules.agencies import ON_TIME, Care
from hub.reporting.rules.counting import Split
from hub.reporting.rules.editions import has_ended
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
OFFERED = 12
"""Quarters that can be chosen from: three years. A product choice."""
AT = "/returns/<uuid:area_id>/<int:year>/<int:number>"


@dataclass(frozen=True, kw_only=True)
class ChoosePage(Page):
    """The choice of an area and a quarter."""

    title: Task = CHOOSE
    areas: tuple[Named, ...]
    quarters: tuple[Option, ...]


@dataclass(frozen=True, kw_only=True)
class NotMadePage(Page):
    """That nobody has made the copy yet, and the way to make it."""

    title: Task = COPY
    action: str
    can_make: bool
    first_day: date
    """On which it can be made at the earliest."""
    is_over: bool


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
    is_over: bool
    """Whether the quarter has ended, so that its copy can be made."""
    is_made: bool
    """Whether its copy was made."""
    area_id: UUID
    summary: tuple[SummaryRow, ...]
    year_rows: tuple[YearRow, ...]
    charts: tuple[Chart, ...]
    sources: tuple[YearRow, ...]
    """Where referrals came from, in the quarter and in the 12 months."""
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
    chosen = asked_quarter(year, number)
    see(area_id, "return", area_id, to_pass_on=False)
    with current.units().read(current.actor()) as uow:
        made = whole_return(uow, area_id, chosen)
        is_over = has_ended(chosen, uow.today)
        is_made = chosen in editions_of(uow, area_id, (chosen,))
    return page(
        "reporting/return.html",
        _page(RETURN, area_id, made, is_over=is_over, is_made=is_made),
    )


@pages.get(AT + "/copy")
@policy(Permission.RETURN_COPY_READ)
def copy(area_id: UUID, year: int, number: int) -> ResponseReturnValue:
    """Show the copy of a return to pass on, or that it has not been made yet."""
    chosen = asked_quarter(year, number)
    see(area_id, "return_copy", area_id, to_pass_on=True)
    with current.units().read(current.actor()) as uow:
        made = copy_to_pass_on(uow, area_id, chosen)
        is_over = has_ended(chosen, uow.today)
    if made is None:
        return _not_made(area_id, chosen, is_over=is_over)
    return page("reporting/return.html", _page(COPY, area_id, made, is_over=is_over, is_made=True))


@pages.post(AT + "/copy")
@policy(Permission.RETURN_READ)
def make(area_id: UUID, year: int, number: int) -> ResponseReturnValue:
    """Make the copy of a return: from now on it stays as it is."""
    chosen = asked_quarter(year, number)
    try:
        with current.units().write(current.actor()) as uow:
            make_copy(area_id, chosen, uow=uow)
    except RefusedError as no:
        flash(no.why)
    else:
        flash("The copy is made. It stays as it is now.", "success")
    where = url_for("returns.copy", area_id=area_id, year=year, number=number)
    return redirect(where, 303)


@pages.get(AT + "/<any(return,agencies):part>.<any(csv,xlsx):kind>")
@policy(Permission.RETURN_COPY_READ)
def copy_file(area_id: UUID, year: int, number: int, part: str, kind: str) -> ResponseReturnValue:
    """Hand out a part of the copy to pass on, once that is in the trail."""
    chosen = asked_quarter(year, number)
    with current.units().read(current.actor()) as uow:
        made = copy_to_pass_on(uow, area_id, chosen)
    if made is None or made.edition is None:
        raise NotFoundError("the copy has not been made")
    see(area_id, "return_file", made.edition.id, to_pass_on=True)
    return handed_out(made, part, kind, f"{part}-{chosen.code}.{kind}")


def handed_out(made: MadeReturn, part: str, kind: str, name: str) -> Response:
    """Return a part of a return as a file of a kind and name."""
    content = written(TABLES[part](made.area, made.report), kind)
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(content, content_type=MEDIA_TYPES[kind], headers=headers)


def asked_quarter(year: int, number: int) -> Quarter:
    """Return the quarter of an address. Raises NotFoundError."""
    try:
        return Quarter(year, number)
    except NotAQuarterError as error:
        raise NotFoundError("no such quarter") from error


def see(area_id: UUID, kind: str, record_id: UUID, *, to_pass_on: bool) -> None:
    """Pass the gate of an area's returns, and put the look at one of them into the trail."""
    with current.units().read(current.actor()) as uow:
        demand_returns(uow, area_id, to_pass_on=to_pass_on)
    look(current.units(), current.actor(), kind, [record_id])


def _not_made(area_id: UUID, chosen: Quarter, *, is_over: bool) -> ResponseReturnValue:
    own = url_for("returns.quarter", area_id=area_id, year=chosen.year, number=chosen.number)
    shown = NotMadePage(
        caption=return_words.said_quarter(chosen),
        back=own if _counts_all() else url_for("returns.choose"),
        action=request.path,
        can_make=is_over and _counts_all(),
        first_day=chosen.last + timedelta(days=1),
        is_over=is_over,
    )
    return page("reporting/not_made.html", shown)


def _page(
    title: Task, area_id: UUID, made: MadeReturn, *, is_over: bool, is_made: bool
) -> ReturnPage:
    is_copy = made.edition is not None
    shown = made.report.quarter
    own = url_for("returns.quarter", area_id=area_id, year=shown.year, number=shown.number)
    return ReturnPage(
        title=title,
        caption=f"{made.area}, {return_words.said_quarter(shown)}",
        back=own if is_copy and _counts_all() else url_for("returns.choose"),
        made=made,
        report=made.report,
        is_copy=is_copy,
        is_over=is_over,
        is_made=is_made,
        area_id=area_id,
        summary=_summary(made),
        year_rows=_year_rows(made.report),
        charts=_charts(made.report),
        sources=_source_rows(made.report),
        said=return_words,
    )


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


def _middle(waits: Waits) -> float | None:
    return waits.middle if waits.within is None else waits.within


def _days(waits: Waits, cases: Shared) -> str:
    """Return within how long half were heard, with the ends of it for one's own use."""
    middle = return_words.said_days(_middle(waits), cases.whole)
    if _middle(waits) is None:
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
            _middle(one.waits),
            (one.research, one.actions, one.care),
        )
        for one in made.quarters
    ]
    year = (made.research.year, made.actions.year, made.care.year)
    return (*quarters, _line("12 months", made.year, _middle(made.year_waits), year))


def _source_rows(made: Report) -> tuple[YearRow, ...]:
    """Return where referrals came from; what is withheld of both spans is one row without kinds."""
    rows, are_others = [], False
    for name, count in made.sources.items():
        year = made.year_sources[name]
        if count is None and year is None:
            are_others = True
        elif count != 0 or year != 0:
            said = (return_words.said(count), return_words.said(year))
            rows.append(YearRow(return_words.SOURCES[name], said))
    if are_others:
        rows.append(YearRow("All other kinds", (return_words.WITHHELD, return_words.WITHHELD)))
    return tuple(rows)


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
