"""Corrections: making one, and reading one as somebody who had received what was wrong."""

from dataclasses import dataclass
from uuid import UUID

import flask
from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from hub.access.permissions import Permission
from hub.db.looks import Looked, look
from hub.kernel.errors import RefusedError
from hub.people.access import find_person
from hub.people.queries import names_of
from hub.sharing.commands.correcting import (
    MakeCorrection,
    make_correction,
    understand_correction,
)
from hub.sharing.pages.consents.saying import WHAT
from hub.sharing.pages.rights.room import Seen, invited_source, rights
from hub.sharing.queries.corrections import (
    CorrectionRow,
    NoticeLine,
    NoticeSheet,
    corrections_of,
    notice_sheet,
    own_corrections,
    told_categories,
)
from hub.sharing.rights_doors import open_correction_notice
from hub.sharing.rules.coded import Category
from hub.sharing.rules.corrections import WITHOUT_WORDS
from hub.sharing.schemas.rights import CorrectionForm
from hub.web.current import actor, settings, units
from hub.web.forms import blank, read
from hub.web.guard import policy
from hub.web.render import Page, Task, page, task
from hub.web.values import FormView, Option

MAKE = task("Correct what was told")
LIST = task("Corrections")
ONE = task("Something was wrong")
PERSON, NOTICE = "person_corrections", "correction_notice"
"""What the trail calls what is looked at here."""
Options = dict[str, tuple[Option, ...]]


@dataclass(frozen=True, kw_only=True)
class MakePage(Page):
    """What was corrected before, and the form for one more."""

    title: Task = MAKE
    rows: tuple[CorrectionRow, ...]
    words: dict[Category, str]


@dataclass(frozen=True, kw_only=True)
class ListPage(Page):
    """The corrections of what the actor had received."""

    title: Task = LIST
    rows: tuple[NoticeLine, ...]
    words: dict[Category, str]


@dataclass(frozen=True, kw_only=True)
class OnePage(Page):
    """What was told then, and that it is wrong."""

    title: Task = ONE
    sheet: NoticeSheet
    what: str


@rights.route("/people/<uuid:person_id>/corrections", methods=["GET", "POST"])
@policy(Permission.CORRECTION_MAKE)
def correct(person_id: UUID) -> ResponseReturnValue:
    """Correct something that was told about a person, to everybody who was told it."""
    seen = _seen(person_id)
    with units().read(actor()) as uow:
        rows = corrections_of(uow, person_id)
        options = _options(told_categories(uow, person_id, invited_source()))
    if request.method == "GET":
        return _show(seen, rows, blank(CorrectionForm, options=options))
    reading = read(CorrectionForm, request.form, options=options)
    form = reading.form
    if reading.value is not None:
        values = reading.value
        cmd = MakeCorrection(
            person_id=person_id,
            category=Category(values["category"]),
            wrong=values["wrong"],
            right=values["right"] or "",
        )
        try:
            with units().write(actor()) as uow:
                make_correction(cmd, uow=uow, invited=invited_source())
            flask.flash("Corrected. Everybody who was told it hears of it now.", "success")
            return redirect(request.path, 303)
        except RefusedError as no:
            form = form.refuse(no.why, field=no.field)
    return _show(seen, rows, form)


@rights.get("/corrections")
@policy(Permission.CORRECTION_READ)
def corrections() -> ResponseReturnValue:
    """List what was wrong of what the actor had received."""
    with units().read(actor()) as uow:
        rows = own_corrections(uow)
    return page("sharing/corrections.html", ListPage(rows=rows, words=_words()))


@rights.route("/corrections/<uuid:notice_id>", methods=["GET", "POST"])
@policy(Permission.CORRECTION_READ)
def correction(notice_id: UUID) -> ResponseReturnValue:
    """Tell somebody that what they had received is wrong, and take their word that they read it."""
    if request.method == "POST":
        with units().write(actor()) as uow:
            understand_correction(notice_id, uow=uow)
        flask.flash("Thank you. That is written down.", "success")
        return redirect(url_for("rights.corrections"), 303)
    with units().read(actor()) as uow:
        open_correction_notice(uow, notice_id)
    look(units(), actor(), NOTICE, [notice_id])
    with units().read(actor()) as uow:
        sheet = notice_sheet(uow, notice_id, grace_days=settings().sharing.review_grace_days)
    shown = OnePage(
        caption=sheet.name,
        back=url_for("rights.corrections"),
        sheet=sheet,
        what=_words()[sheet.line.category],
    )
    return page("sharing/correction.html", shown)


def _seen(person_id: UUID) -> Seen:
    """Return the person once the look is on the trail. Raises NotFoundError, NotAllowedError."""
    with units().write(actor()) as uow:
        find_person(uow, person_id, Permission.CORRECTION_MAKE)
        uow.emit(Looked(kind=PERSON, record_id=person_id))
    with units().read(actor()) as uow:
        return Seen(person_id, names_of(uow, [person_id])[person_id])


def _options(told: dict[Category, int]) -> Options:
    """Return what was told, each with to how many agencies, and whether the new words go too."""
    return {
        "category": tuple(
            Option(
                one,
                WHAT[one],
                f"Told to {number} {'agency' if number == 1 else 'agencies'}."
                + (WITHOUT if one in WITHOUT_WORDS else ""),
            )
            for one, number in told.items()
        )
    }


WITHOUT = " They hear that it is wrong, and must ask again for what is right."


def _words() -> dict[Category, str]:
    return {one: WHAT[one] for one in Category}


def _show(seen: Seen, rows: tuple[CorrectionRow, ...], form: FormView) -> ResponseReturnValue:
    shown = MakePage(
        caption=seen.name,
        back=url_for("people.person", person_id=seen.id),
        form=form if form.fields["category"].options else None,
        rows=rows,
        words=_words(),
    )
    return page("sharing/correct.html", shown)
