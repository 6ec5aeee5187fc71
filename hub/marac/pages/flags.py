"""An agency's flag list: whom it marks in its own records, until when, and what it has done."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from flask import Response, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from typing_extensions import override

from hub.access.permissions import Permission
from hub.db.looks import look, look_at
from hub.kernel.errors import ConflictError, RefusedError
from hub.marac.commands.flags import (
    KeepFlag,
    keep_flag,
    reveal_for_flag,
    take_flag_back,
    take_flag_list,
)
from hub.marac.commands.incidents import begin_incident
from hub.marac.pages.blueprint import pages
from hub.marac.queries.flags import FlagLine, FlagList, flag_line, flags_set, flags_to_do
from hub.marac.rules.flag_sheet import sheet
from hub.marac.rules.flags import FlagKind
from hub.meetings import wording
from hub.meetings.pages.meetings import in_our_words
from hub.referrals.pages.concern import Person, RevealForm, said_person
from hub.referrals.queries import party_row
from hub.web import current
from hub.web.fields import Choice
from hub.web.forms import Form, blank, read
from hub.web.guard import policy
from hub.web.render import Page, Task, page, task
from hub.web.values import FormView

FLAGS = task("Flags in our records")
FLAG = task("A flag in our records")

KINDS = {
    FlagKind.ADD: ("Set the flag", "blue"),
    FlagKind.RENEW: ("Renew the flag", "blue"),
    FlagKind.REMOVE: ("Take the flag off", "yellow"),
}
PRESSED = {
    FlagKind.ADD: "Flag set",
    FlagKind.RENEW: "Flag renewed",
    FlagKind.REMOVE: "Flag removed",
}


class KeptForm(Form[FlagKind]):
    """What the agency did, as the button says it."""

    kind = Choice(
        "What was done", {one.value: said for one, said in PRESSED.items()}, required=True
    )

    @override
    def build(self, values: dict[str, Any]) -> FlagKind:
        return FlagKind(values["kind"])


@dataclass(frozen=True, kw_only=True)
class FlagsPage(Page):
    """An agency's list: what is to be done, and what is set."""

    title: Task = FLAGS
    wide: bool = True
    waiting: FlagList
    standing: FlagList
    kinds: Mapping[FlagKind, tuple[str, str]]
    pressed: Mapping[FlagKind, str]
    roles: Mapping[str, str]
    today: date


@dataclass(frozen=True, kw_only=True)
class FlagPage(Page):
    """One person of the list."""

    title: Task = FLAG
    line: FlagLine
    person: Person
    kind: tuple[str, str]
    pressed: str
    is_revealed: bool
    reveal: FormView
    today: date


@pages.get("/flags")
@policy(Permission.FLAG_KEEP)
def flags() -> ResponseReturnValue:
    """List whom the agency has to flag, the first due first, once the looks are in the trail."""
    with current.units().read(current.actor()) as uow:
        waiting, standing = flags_to_do(uow, _after("after")), flags_set(uow, _after("set_after"))
        today = uow.today
    shown = (*waiting.lines, *standing.lines)
    look(current.units(), current.actor(), "flag", [one.id for one in shown])
    return page(
        "marac/flags.html",
        FlagsPage(
            waiting=waiting,
            standing=standing,
            kinds=KINDS,
            pressed=PRESSED,
            roles=in_our_words(wording.ROLES),
            today=today,
        ),
    )


@pages.post("/flags/file")
@policy(Permission.FLAG_KEEP)
def flags_file() -> ResponseReturnValue:
    """Hand out the agency's list as a file for a spreadsheet, without anybody's address."""
    with current.units().write(current.actor()) as uow:
        lines = take_flag_list(uow=uow)
    text = sheet(_rows(lines))
    headers = {"Content-Disposition": 'attachment; filename="list.csv"'}
    return Response(text.encode("utf-8-sig"), headers=headers, mimetype="text/csv")


@pages.get("/flags/<uuid:flag_id>")
@policy(Permission.FLAG_KEEP)
def flag(flag_id: UUID) -> ResponseReturnValue:
    """Show one person of the list; the look is recorded first."""
    _see(flag_id)
    return _show(flag_id)


@pages.post("/flags/<uuid:flag_id>/contact")
@policy(Permission.FLAG_KEEP)
def flag_contact(flag_id: UUID) -> ResponseReturnValue:
    """Show where the person lives, this once, to somebody who says what for."""
    reading = read(RevealForm, request.form)
    _see(flag_id)
    if reading.value is None:
        return _show(flag_id, reveal=reading.form)
    with current.units().write(current.actor()) as uow:
        reveal_for_flag(flag_id, reading.value["why"], uow=uow)
    return _show(flag_id, is_revealed=True)


@pages.post("/flags/<uuid:flag_id>/done")
@policy(Permission.FLAG_KEEP)
def flag_done(flag_id: UUID) -> ResponseReturnValue:
    """Take one press: the flag is set, renewed or removed."""
    with current.units().read(current.actor()) as uow:
        flag_line(uow, flag_id)
    kind = read(KeptForm, request.form).value
    try:
        if kind is None:
            raise RefusedError("Press the button on the page again.")  # noqa: TRY301 - one way to say no
        with current.units().write(current.actor()) as uow:
            keep_flag(KeepFlag(flag_id=flag_id, kind=kind), uow=uow)
    except ConflictError:
        flash("This has changed, or a colleague was faster. Look at the list again.")
    except RefusedError as no:
        flash(no.why)
    else:
        flash(f"Kept with your name and today's date: {PRESSED[kind].lower()}.", "success")
    return redirect(url_for("marac.flags"), 303)


@pages.post("/flags/<uuid:flag_id>/take-back")
@policy(Permission.FLAG_KEEP)
def flag_take_back(flag_id: UUID) -> ResponseReturnValue:
    """Take back what was pressed by mistake."""
    try:
        with current.units().write(current.actor()) as uow:
            take_flag_back(flag_id, uow=uow)
    except RefusedError as no:
        flash(no.why)
    else:
        flash("Taken back. It waits to be done again.", "success")
    return redirect(url_for("marac.flags"), 303)


@pages.post("/flags/<uuid:flag_id>/incident")
@policy(Permission.FLAG_KEEP)
def flag_incident(flag_id: UUID) -> ResponseReturnValue:
    """Begin a concern that names the people of the case: something has happened again."""
    _see(flag_id)
    try:
        with current.units().write(current.actor()) as uow:
            draft_id = begin_incident(flag_id, uow=uow)
    except RefusedError as no:
        flash(no.why)
        return redirect(url_for("marac.flag", flag_id=flag_id), 303)
    return redirect(url_for("referrals.questions", draft_id=draft_id), 303)


def _see(flag_id: UUID) -> None:
    """Pass the gate and record the looks, before anything is read. Raises NotFoundError."""
    with current.units().read(current.actor()) as uow:
        line = flag_line(uow, flag_id)
    look_at(current.units(), current.actor(), [("flag", line.id), ("concern", line.concern_id)])


def _show(
    flag_id: UUID, *, is_revealed: bool = False, reveal: FormView | None = None
) -> ResponseReturnValue:
    with current.units().read(current.actor()) as uow:
        line = flag_line(uow, flag_id)
        person = said_person(party_row(uow, line.party_id), hide=not is_revealed)
        today = uow.today
    kind = FlagKind(line.kind)
    shown = FlagPage(
        heading=person.heading,
        caption=f"Case {line.reference}, {line.area}",
        back=url_for("marac.flags"),
        form=reveal,
        line=line,
        person=person,
        kind=KINDS[kind],
        pressed=PRESSED[kind],
        is_revealed=is_revealed,
        reveal=reveal or blank(RevealForm),
        today=today,
    )
    return page("marac/flag.html", shown)


def _rows(lines: Iterable[FlagLine]) -> Iterable[dict[str, str | date | None]]:
    roles = in_our_words(wording.ROLES)
    for one in lines:
        done = one.done_at is not None
        yield {
            "to_do": "Nothing: the flag is set" if done else KINDS[FlagKind(one.kind)][0],
            "family_name": one.family_name,
            "given_name": one.given_name,
            "born_on": one.born_on,
            "role": roles[one.role],
            "flag_until": one.flag_until,
            "due_on": None if done else one.due_on,
            "case": one.reference,
            "area": one.area,
        }


def _after(name: str) -> UUID | None:
    """Return the id after which the page of a list begins."""
    try:
        return UUID(request.args.get(name, ""))
    except ValueError:
        return None
