"""The minutes of a meeting: drafted, read, approved, put right behind them, printed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from hub.access.permissions import Fact, Permission, may
from hub.db.looks import look_at
from hub.kernel.days import parse_day
from hub.kernel.errors import ConflictError, RefusedError
from hub.marac.access import NotSignedError, open_minutes
from hub.marac.commands.minutes import add_addendum, approve_minutes, draft_minutes
from hub.marac.minutes_schemas import WHOLE_MEETING, AddendumForm, ApprovalForm
from hub.marac.pages.blueprint import pages
from hub.marac.pages.minuted_presence import WhoCame, otherwise, who_came
from hub.marac.pages.record_words import (
    CAPACITY_WORDS,
    LABELS,
    TELLER_WORDS,
    minuted,
    said_attendance,
)
from hub.marac.pages.statement import to_statement
from hub.marac.queries.areas import area_rules
from hub.marac.queries.minutes import AddendumRow, MinutesRow, addenda_of, latest_minutes
from hub.marac.rules.areas import AreaRules, deadlines_of
from hub.marac.states import MinutesState
from hub.meetings import deadline_words
from hub.meetings.pages.blueprint import heading_of, spoken
from hub.meetings.queries import MeetingRow, meeting_row
from hub.web import current
from hub.web.forms import blank, read
from hub.web.guard import policy
from hub.web.render import Page, Task, page, task
from hub.web.values import FormView, Link, Option

MINUTES = task("Minutes")


@dataclass(frozen=True)
class SaidAction:
    """An action as it was agreed."""

    reference: str
    text: str
    risk: str
    whose: str
    due_on: date
    may_tell_victim: bool


@dataclass(frozen=True)
class SaidCase:
    """A case of the minutes in words."""

    reference: str
    state: str
    heard_on: date | None
    put_back_why: str
    notes: tuple[tuple[str, str], ...]
    attendance: tuple[str, ...]
    """Who was asked to the case and whether they came, and the agencies for which it was otherwise
    than at the meeting, from the record of attendance."""
    teller: str
    actions: tuple[SaidAction, ...]


@dataclass(frozen=True, kw_only=True)
class MinutesPage(Page):
    """The minutes as they stand for their reader, and what can be done with them."""

    title: Task = MINUTES
    wide: bool = True
    meeting: MeetingRow
    due: str
    is_late: bool
    row: MinutesRow | None
    cases: tuple[SaidCase, ...]
    who_came: WhoCame | None
    signed: tuple[str, ...]
    addenda: tuple[AddendumRow, ...]
    writes: bool
    approves: bool
    read_at: datetime

    @property
    def is_approved(self) -> bool:
        """Whether they are the minutes, and no draft."""
        return self.row is not None and self.row.state == MinutesState.APPROVED


@pages.get("/meetings/<uuid:meeting_id>/minutes")
@policy(Permission.CASE_READ)
def minutes(meeting_id: UUID) -> ResponseReturnValue:
    """Show the minutes to a member who has signed; every case that is shown is a recorded look."""
    try:
        see(meeting_id)
    except NotSignedError as not_signed:
        return to_statement(not_signed)
    return _show(meeting_id)


@pages.post("/meetings/<uuid:meeting_id>/minutes")
@policy(Permission.HEARING_RECORD)
def minutes_draft(meeting_id: UUID) -> ResponseReturnValue:
    """Draft the minutes from the record as it stands."""
    try:
        with current.units().write(current.actor()) as uow:
            draft_minutes(meeting_id, uow=uow)
    except RefusedError as no:
        _pass_on_unsigned(meeting_id)
        flash(no.why)
    else:
        flash("The minutes are drafted. Read them, then the chair approves them.", "success")
    return redirect(url_for("marac.minutes", meeting_id=meeting_id), 303)


@pages.post("/meetings/<uuid:meeting_id>/minutes/<uuid:minutes_id>/approve")
@policy(Permission.CHAIR_DECIDE)
def minutes_approve(meeting_id: UUID, minutes_id: UUID) -> ResponseReturnValue:
    """Approve the draft that was read; from then on it is never changed."""
    reading = read(ApprovalForm, request.form)
    try:
        if reading.value is None:
            raise RefusedError("Press the button on the page again.")  # noqa: TRY301 - one way to say no
        with current.units().write(current.actor()) as uow:
            approve_minutes(reading.value.command(meeting_id, minutes_id), uow=uow)
    except ConflictError:
        flash("These are not the minutes that you read. Read them again, then press again.")
    except RefusedError as no:
        _pass_on_unsigned(meeting_id)
        flash(no.why)
    else:
        flash("The minutes are approved. The members are told where they are.", "success")
    return redirect(url_for("marac.minutes", meeting_id=meeting_id), 303)


@pages.post("/meetings/<uuid:meeting_id>/minutes/<uuid:minutes_id>/addenda")
@policy(Permission.HEARING_RECORD)
def minutes_add(meeting_id: UUID, minutes_id: UUID) -> ResponseReturnValue:
    """Put approved minutes right behind them; nothing typed is lost when it is refused."""
    see(meeting_id)
    reading = read(AddendumForm, request.form, options=_options(meeting_id))
    if reading.value is None:
        return _show(meeting_id, reading.form)
    try:
        with current.units().write(current.actor()) as uow:
            add_addendum(reading.value.command(meeting_id, minutes_id), uow=uow)
    except RefusedError as no:
        return _show(meeting_id, reading.form.refuse(no.why, field=no.field))
    flash("The addendum stands behind the minutes. The members are told.", "success")
    return redirect(url_for("marac.minutes", meeting_id=meeting_id), 303)


def see(meeting_id: UUID) -> None:
    """Pass the gate and record the looks, before a word is shown.

    Raises NotFoundError, NotSignedError.
    """
    row = _row(meeting_id)
    if row is not None:
        looks = [("minutes", row.id)]
        looks += [("item", UUID(case["item"])) for case in row.contents["cases"]]
        look_at(current.units(), current.actor(), looks)


def _pass_on_unsigned(meeting_id: UUID) -> None:
    """Go on only for who has signed: a flash could not be read by anybody else."""
    with current.units().read(current.actor()) as uow:
        open_minutes(uow, meeting_id)


def _row(meeting_id: UUID) -> MinutesRow | None:
    with current.units().read(current.actor()) as uow:
        open_minutes(uow, meeting_id)
        return latest_minutes(uow, meeting_id, drafts=_writes())


def _writes() -> bool:
    return may(current.actor(), Permission.HEARING_RECORD, {Fact.SAME_AREA})


def _options(meeting_id: UUID) -> dict[str, tuple[Option, ...]]:
    row = _row(meeting_id)
    cases = row.contents["cases"] if row else ()
    whole = Option(WHOLE_MEETING, "The meeting as a whole")
    return {"about": (whole, *(Option(one["item"], f"Case {one['reference']}") for one in cases))}


def _show(meeting_id: UUID, form: FormView | None = None) -> ResponseReturnValue:
    row = _row(meeting_id)
    with current.units().read(current.actor()) as uow:
        meeting = meeting_row(uow, meeting_id)
        rules = area_rules(uow, meeting.area_id)
        addenda = addenda_of(uow, row.id) if row else ()
        today, now = uow.today, uow.now
    due_on = deadlines_of(rules, meeting.starts_at).minutes_on
    contents: dict[str, Any] = row.contents if row else {"cases": (), "signed": ()}
    is_approved = row is not None and row.state == MinutesState.APPROVED
    shown = MinutesPage(
        heading=f"Minutes: {heading_of(meeting)}",
        crumbs=_way_back(meeting) if _writes() else (),
        back=url_for("home.show"),
        form=form or blank(AddendumForm, options=_options(meeting_id)),
        meeting=meeting,
        due=_due(due_on, today, rules),
        is_late=due_on < today and not is_approved,
        row=row,
        cases=tuple(_case(one) for one in contents["cases"]),
        who_came=who_came(contents),
        signed=tuple(_said_signed(one) for one in _signed(contents)),
        addenda=addenda,
        writes=_writes(),
        approves=may(current.actor(), Permission.CHAIR_DECIDE, {Fact.SAME_AREA}),
        read_at=now,
    )
    return page("marac/minutes.html", shown)


def _way_back(meeting: MeetingRow) -> tuple[Link, ...]:
    """Return the way back of who runs the meeting; everybody else has come from a message."""
    return (
        Link("Meetings", url_for("meetings.upcoming")),
        Link(heading_of(meeting), url_for("meetings.show", meeting_id=meeting.id)),
    )


def _signed(contents: Mapping[str, Any]) -> Sequence[Mapping[str, str]]:
    """Return who had signed; minutes of before attendance was in them call them present."""
    found: Sequence[Mapping[str, str]] = contents.get("signed", contents.get("present", ()))
    return found


def _said_attendance(one: Mapping[str, Any]) -> str:
    whose = ", ".join(part for part in (one["name"], one["agency"]) if part)
    said = said_attendance(one["status"], sent_information=one["sent_information"])
    return f"{whose}: {said}"


def _said_signed(one: Mapping[str, str]) -> str:
    parts = (one["name"], one["agency"], CAPACITY_WORDS[one["capacity"]])
    return ", ".join(part for part in parts if part)


def _case(case: Mapping[str, Any]) -> SaidCase:
    teller = spoken(TELLER_WORDS[case["teller"]]) if case["teller"] else ""
    return SaidCase(
        reference=case["reference"],
        state=minuted(case["state"]),
        heard_on=parse_day(case["heard_on"]) if case["heard_on"] else None,
        put_back_why=case["put_back_why"],
        notes=tuple(
            (label, case["notes"][name])
            for name, (label, _) in LABELS.items()
            if name in case["notes"]
        ),
        attendance=(
            *(_said_attendance(one) for one in case.get("attendance", ())),
            *otherwise(case),
        ),
        teller=": ".join(part for part in (teller, case["teller_note"]) if part),
        actions=tuple(_action(one) for one in case["actions"]),
    )


def _action(one: Mapping[str, Any]) -> SaidAction:
    return SaidAction(
        reference=one["reference"],
        text=one["text"],
        risk=one["risk"],
        whose=", ".join(part for part in (one["owner"], one["agency"]) if part),
        due_on=parse_day(one["due_on"]),
        may_tell_victim=one["may_tell_victim"],
    )


def _due(due_on: date, today: date, rules: AreaRules) -> str:
    closed = rules.clocks.extra_closed_days
    return deadline_words.said_due(deadline_words.MINUTES, due_on, today, closed).words
