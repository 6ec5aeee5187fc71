"""The log of look-ups for those who answer for it: what to look at again, and each day."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any
from uuid import UUID

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from hub.access.permissions import Permission
from hub.kernel.days import london_day, parse_day
from hub.kernel.errors import NotAllowedError, RefusedError
from hub.people import schemas
from hub.people.commands.look_ups import ReviewLookUp, review_look_up, review_pile
from hub.people.pages.room import people
from hub.people.queries.look_ups import (
    PAGE_SIZE,
    LookUpRow,
    alike,
    days_beside,
    look_up_sheet,
    look_ups_on,
    piles_to_review,
)
from hub.people.rules.look_ups import Door, Fact, Flag, Hits, Outcome
from hub.web.current import actor, units
from hub.web.fields import Choice, Hidden, LongText, Tick
from hub.web.forms import ValuesForm, blank, read
from hub.web.guard import policy
from hub.web.phrases import said_day
from hub.web.render import Page, Task, page, task
from hub.web.values import FormView

LIST = task("Look-ups")
ONE = task("A look-up")

DOORS: Mapping[Door, str] = MappingProxyType(
    {
        Door.REGISTER: "Searched the register",
        Door.REQUEST: "Asked another agency",
        Door.CONCERN: "Raised a concern",
    }
)
FACTS: Mapping[Fact, str] = MappingProxyType(
    {
        Fact.NAME: "name",
        Fact.BORN: "date of birth",
        Fact.NHS_NUMBER: "NHS number",
        Fact.POSTCODE: "postcode",
        Fact.PHONE: "telephone number",
    }
)
HITS: Mapping[Hits, str] = MappingProxyType(
    {
        Hits.NONE: "Nobody",
        Hits.ONE: "One person",
        Hits.FEW: "Two to five people",
        Hits.MANY: "More than five people",
    }
)
FLAGS: Mapping[Flag, str] = MappingProxyType(
    {
        Flag.OVER: "Too many people within an hour or a day",
        Flag.SELF: "Their own name or number",
        Flag.COLLEAGUE: "The name of a colleague",
        Flag.FAMILY_NAME: "The same last name as theirs",
        Flag.ADDRESS: "The postcode of their own office",
        Flag.REPEATED: "The same person again, and no case",
        Flag.SAMPLE: "Picked by chance",
    }
)
OUTCOMES: Mapping[str, str] = MappingProxyType(
    {
        Outcome.IN_ORDER: "It was needed for their work",
        Outcome.FOLLOWED_UP: "It was not, or I cannot tell: I follow it up with their manager",
    }
)


class ReviewForm(ValuesForm):
    """What somebody else found."""

    version = Hidden("Version")
    outcome = Choice(
        "What was it?", OUTCOMES, called="what it was", ask="Select what it was", required=True
    )
    note = LongText(
        "What did you find?",
        called="what you found",
        hint="Whom you asked, and what they said. Do not write who was looked up.",
        required=True,
        rows=3,
        max_length=1000,
    )
    for_all = Tick("It goes for all of them")


@dataclass(frozen=True)
class SaidLookUp:
    """A look-up in words."""

    row: LookUpRow
    what: str
    facts: str
    hits: str
    flags: tuple[str, ...]
    state: str
    href: str
    number: int = 1
    """How many of the same account, day, door and reasons stand together in this line."""


@dataclass(frozen=True, kw_only=True)
class LookUpsPage(Page):
    """What waits for a second look, and the look-ups of one day."""

    title: Task = LIST
    waiting: tuple[SaidLookUp, ...]
    day: str
    rows: tuple[SaidLookUp, ...]
    before_href: str
    after_href: str
    next_href: str
    wide: bool = True


@dataclass(frozen=True, kw_only=True)
class LookUpPage(Page):
    """One look-up, and what somebody says of it."""

    title: Task = ONE
    look_up_id: UUID
    said: SaidLookUp
    outcome: str
    note: str
    is_own: bool
    number: int


@people.get("/look-ups")
@policy(Permission.LOOK_UP_REVIEW)
def look_ups() -> ResponseReturnValue:
    """List what waits for a second look, and every look-up of a day."""
    with units().read(actor()) as uow:
        day = _day(uow.today)
        waiting = piles_to_review(uow)
        rows = look_ups_on(uow, day, after=_after())
        before, after = days_beside(uow, day)
    shown = rows[:PAGE_SIZE]
    following = ""
    if len(rows) > PAGE_SIZE:
        following = url_for("people.look_ups", day=day, after=shown[-1].id)
    shown_page = LookUpsPage(
        waiting=tuple(_said(one.first, one.number) for one in waiting),
        day=said_day(day),
        rows=tuple(map(_said, shown)),
        before_href=url_for("people.look_ups", day=before) if before else "",
        after_href=url_for("people.look_ups", day=after) if after else "",
        next_href=following,
    )
    return page("people/look_ups.html", shown_page)


@people.route("/look-ups/<uuid:look_up_id>", methods=["GET", "POST"])
@policy(Permission.LOOK_UP_REVIEW)
def look_up(look_up_id: UUID) -> ResponseReturnValue:
    """Show a look-up; take what somebody other than who looked found of it."""
    if request.method == "GET":
        return _show(look_up_id)
    reading = read(ReviewForm, request.form)
    if reading.value is None:
        return _show(look_up_id, reading.form)
    try:
        with units().write(actor()) as uow:
            review = review_pile if reading.value["for_all"] else review_look_up
            review(_review(look_up_id, reading.value), uow=uow)
    except RefusedError as no:
        return _show(look_up_id, reading.form.refuse(no.why, field=no.field))
    except NotAllowedError as no:
        return _show(look_up_id, reading.form.refuse(str(no)))
    flash("What you found is kept", "success")
    return redirect(url_for("people.look_ups"), 303)


def _review(look_up_id: UUID, values: dict[str, Any]) -> ReviewLookUp:
    return ReviewLookUp(
        look_up_id=look_up_id,
        version=schemas.version_of(values),
        outcome=Outcome(values["outcome"]),
        note=values["note"],
    )


def _show(look_up_id: UUID, form: FormView | None = None) -> ResponseReturnValue:
    with units().read(actor()) as uow:
        sheet, others = look_up_sheet(uow, look_up_id), alike(uow, look_up_id)
    row = sheet.row
    is_own = row.account_id == actor().account_id
    is_open = row.reviewed_at is None and not is_own
    shown = LookUpPage(
        back=url_for("people.look_ups", day=london_day(row.at)),
        form=(form or blank(ReviewForm, {"version": str(row.version)})) if is_open else None,
        look_up_id=row.id,
        said=_said(row),
        outcome=OUTCOMES[row.outcome] if row.outcome else "",
        note=sheet.note,
        is_own=is_own,
        number=1 + len(others),
    )
    return page("people/look_up.html", shown)


def _said(row: LookUpRow, number: int = 1) -> SaidLookUp:
    what = schemas.PURPOSES.get(row.purpose) or row.purpose.replace("_", " ").capitalize()
    purpose = "" if row.door is Door.CONCERN else what.replace("Marac", "MARAC")
    return SaidLookUp(
        row=row,
        what=": ".join(filter(None, (DOORS[row.door], purpose))),
        facts=", ".join(FACTS[one] for one in row.facts).capitalize().replace("Nhs", "NHS"),
        hits=HITS[row.hits] if row.hits else "",
        flags=tuple(FLAGS[one] for one in row.flags),
        state=_state(row),
        href=url_for("people.look_up", look_up_id=row.id),
        number=number,
    )


def _state(row: LookUpRow) -> str:
    if row.reviewed_at is not None:
        return "Looked at"
    return "To look at" if row.flags else ""


def _day(today: date) -> date:
    """Return the day that the address asks for, today for none or a wrong one."""
    try:
        return min(parse_day(request.args.get("day", "")), today)
    except ValueError:
        return today


def _after() -> UUID | None:
    try:
        return UUID(request.args.get("after", ""))
    except ValueError:
        return None
