"""One way to fill in a form of the directory: show, read, save, or say why not."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar
from uuid import UUID

from flask import flash, redirect, request
from flask.typing import ResponseReturnValue

from hub.db.units import UnitOfWork
from hub.kernel.errors import ConflictError, RefusedError
from hub.web.current import actor, units
from hub.web.forms import Form, blank, read
from hub.web.render import ConflictPage, Page, Task, conflict, page
from hub.web.said import both
from hub.web.values import FormView, Option

T = TypeVar("T")
Options = Mapping[str, tuple[Option, ...]]
CARRIED = frozenset({"csrf_token", "version"})
"""Fields that the page carries; a conflict's second try brings its own."""


@dataclass(frozen=True, slots=True)
class Group:
    """Questions that belong together, under a heading of their own."""

    legend: str
    fields: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class FormPage(Page):
    """A page that is one form; without groups its fields follow one another."""

    action: str
    groups: tuple[Group, ...] = ()
    button: str = "Save"
    lead: str = ""


@dataclass(frozen=True, kw_only=True)
class Edit(Generic[T]):
    """One form: what it asks, from what it opens, how it is saved, and where to go then."""

    shape: type[Form[T]]
    title: Task
    heading: str
    back: str
    save: Callable[[UnitOfWork, T], UUID]
    done: Callable[[UUID], str]
    what: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)
    options: Options = field(default_factory=dict)
    groups: tuple[Group, ...] = ()
    lead: str = ""
    button: str = "Save"
    version: int = 0
    saved: str = "Saved"


def fill_in(edit: Edit[T]) -> ResponseReturnValue:
    """Answer a request for the form, or one that sends it."""
    if request.method == "GET":
        values = {**edit.values, "version": edit.version}
        return _shown(edit, blank(edit.shape, values, options=edit.options))
    reading = read(edit.shape, request.form, options=edit.options)
    if reading.value is None:
        return _shown(edit, reading.form)
    try:
        with units().write(actor()) as uow:
            row_id = edit.save(uow, reading.value)
    except RefusedError as no:
        return _shown(edit, reading.form.refuse(no.why, field=no.field))
    except ConflictError as error:
        return _both(edit, reading.form, error)
    flash(edit.saved, "success")
    return redirect(edit.done(row_id), 303)


def _shown(edit: Edit[T], form: FormView) -> ResponseReturnValue:
    shown = FormPage(
        title=edit.title,
        heading=edit.heading,
        back=edit.back,
        form=form,
        action=request.path,
        groups=edit.groups,
        lead=edit.lead,
        button=edit.button,
    )
    return page("agencies/form.html", shown)


def _both(edit: Edit[T], form: FormView, error: ConflictError) -> ResponseReturnValue:
    saved = blank(edit.shape, edit.values, options=edit.options)
    typed = [each for each in request.form.items(multi=True) if each[0] not in CARRIED]
    shown = ConflictPage(
        what=error.what,
        versions=both(form, saved),
        reload=request.path,
        again=request.path,
        keep=(*typed, ("version", str(edit.version))),
    )
    return conflict(shown)
