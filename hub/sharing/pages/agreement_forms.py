"""How every form about an agreement is shown, read and saved, also when two people edit at once."""

from collections.abc import Callable
from dataclasses import dataclass, field

import flask
from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from hub.db.units import UnitOfWork
from hub.kernel.errors import ConflictError, RefusedError
from hub.sharing.pages.room import read_sheet
from hub.sharing.queries.agreements import AgreementSheet
from hub.sharing.schemas.agreements import Said, Section
from hub.web.current import actor, units
from hub.web.forms import Options, blank, read
from hub.web.render import ConflictPage, Page, Task, conflict, page, said, versions
from hub.web.values import FormView

Values = dict[str, object]


@dataclass(frozen=True, kw_only=True)
class FormPage(Page):
    """A page that is one form; ``about`` says in plain words what it is for."""

    action: str
    button: str
    about: str = ""


@dataclass(frozen=True, kw_only=True)
class Edit:
    """One form about one version.

    ``values`` are what is saved now, taken from a sheet, because somebody else may have saved
    meanwhile; ``save`` is given what the form says and the count of changes that was read.
    """

    sheet: AgreementSheet
    title: Task
    shape: type[Section]
    values: Callable[[AgreementSheet], Values]
    save: Callable[[Said, UnitOfWork], object]
    options: Options = field(default_factory=dict)
    button: str = "Save"
    about: str = ""
    done: str = ""
    """Where to go when it is saved; empty: to the agreement."""
    said: str = "Saved"


def answer(edit: Edit) -> ResponseReturnValue:
    """Show the form, or take what was typed; nothing typed is lost on any way."""
    if request.method == "GET":
        return _shown(edit, blank(edit.shape, _filled(edit), options=edit.options))
    reading = read(edit.shape, request.form, options=edit.options)
    if reading.value is None:
        return _shown(edit, reading.form)
    try:
        with units().write(actor()) as uow:
            edit.save(reading.value, uow)
    except ConflictError:
        return _both(edit, reading.form)
    except RefusedError as refused:
        return _shown(edit, reading.form.refuse(refused.why, field=refused.field))
    flask.flash(edit.said, "success")
    return redirect(edit.done or _home(edit.sheet), 303)


def caption_of(sheet: AgreementSheet) -> str:
    """Return reference and version, for above the heading."""
    return f"{sheet.line.reference}, version {sheet.line.number}"


def _filled(edit: Edit) -> Values:
    return edit.values(edit.sheet) | {"version": edit.sheet.line.version}


def _shown(edit: Edit, form: FormView) -> ResponseReturnValue:
    shown = FormPage(
        title=edit.title,
        caption=caption_of(edit.sheet),
        back=edit.done or _home(edit.sheet),
        action=request.full_path.rstrip("?"),
        button=edit.button,
        about=edit.about,
        form=form,
    )
    return page("sharing/form.html", shown)


def _both(edit: Edit, mine: FormView) -> ResponseReturnValue:
    """Set what was typed beside what is saved; the other way on is to save it over."""
    fresh = read_sheet(edit.sheet.line.id)
    saved = blank(edit.shape, edit.values(fresh), options=edit.options)
    kept = [(name, text) for name, text in request.form.items(multi=True)]
    return conflict(
        ConflictPage(
            what="the agreement",
            versions=versions(mine, {each.name: said(each) for each in saved}),
            reload=_home(fresh),
            again=request.full_path.rstrip("?"),
            keep=(
                *((name, text) for name, text in kept if name not in {"csrf_token", "version"}),
                ("version", str(fresh.line.version)),
            ),
        )
    )


def _home(sheet: AgreementSheet) -> str:
    return url_for("sharing.show", agreement_id=sheet.line.id)
