"""Who may see a concern about staff: marked, named and shown again."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from hub.access.permissions import Permission, may
from hub.db.units import UnitOfWork
from hub.kernel.errors import RefusedError
from hub.people.queries.staff import Mark, Named, could_be_named, mark_of, named_for
from hub.referrals.access import facts_of, open_concern
from hub.referrals.commands.staff import end_name, hide_concern, name_for_concern, show_concern
from hub.referrals.pages.blueprint import pages
from hub.web import current
from hub.web.fields import Choice, LongText
from hub.web.forms import Reading, Values, ValuesForm, blank, read
from hub.web.guard import policy
from hub.web.render import Page, Task, page, task
from hub.web.values import FormView, Option

FEW = task("Who may see this concern")


class HideForm(ValuesForm):
    """Why a concern is for the few."""

    why = LongText(
        "How do you know?", hint="Only the few can read it. It can be left empty.", rows=2
    )


class NameForm(ValuesForm):
    """One more of the few; the people come from the page."""

    who = Choice("Who else needs it?", as_select=True, required=True, ask="Select who needs it")


class ShowForm(ValuesForm):
    """Why a concern is for all again."""

    reason = LongText(
        "Why is this over, or was it wrong?", called="why", required=True, ask="Enter why", rows=2
    )


@dataclass(frozen=True, kw_only=True)
class FewPage(Page):
    """Whether a concern is for the few, and who they are."""

    title: Task = FEW
    concern_id: UUID
    mark: Mark | None
    named: tuple[Named, ...]
    may_name: bool
    hide: FormView
    name: FormView
    show: FormView


@pages.get("/concerns/<uuid:concern_id>/few")
@policy(Permission.CONCERN_READ)
def few(concern_id: UUID) -> ResponseReturnValue:
    """Show whether a concern is for the few, to its referrer and to who runs the meetings."""
    return _show(concern_id)


@pages.post("/concerns/<uuid:concern_id>/few")
@policy(Permission.CONCERN_READ)
def hide(concern_id: UUID) -> ResponseReturnValue:
    """Let a concern be there for the few alone."""
    reading = read(HideForm, request.form)
    return _do(
        concern_id,
        "hide",
        reading,
        lambda said, uow: hide_concern(concern_id, said["why"] or "", uow=uow),
    )


@pages.post("/concerns/<uuid:concern_id>/few/names")
@policy(Permission.CASE_LINK)
def name_few(concern_id: UUID) -> ResponseReturnValue:
    """Name one more of the few."""
    reading = read(NameForm, request.form, options={"who": _people(concern_id)})
    return _do(
        concern_id,
        "name",
        reading,
        lambda said, uow: name_for_concern(concern_id, UUID(said["who"]), uow=uow),
    )


@pages.post("/concerns/<uuid:concern_id>/few/names/<uuid:name_id>/end")
@policy(Permission.CASE_LINK)
def end_few(concern_id: UUID, name_id: UUID) -> ResponseReturnValue:
    """Let somebody not be one of the few any more."""
    with current.units().write(current.actor()) as uow:
        end_name(concern_id, name_id, uow=uow)
    flash("It is not there for them any more.", "success")
    return redirect(url_for("referrals.few", concern_id=concern_id), 303)


@pages.post("/concerns/<uuid:concern_id>/few/show")
@policy(Permission.CASE_LINK)
def show_again(concern_id: UUID) -> ResponseReturnValue:
    """Let a concern be there again for all whose part it is."""
    reading = read(ShowForm, request.form)
    return _do(
        concern_id,
        "show",
        reading,
        lambda said, uow: show_concern(concern_id, said["reason"], uow=uow),
    )


def _do(
    concern_id: UUID,
    which: str,
    reading: Reading[Values],
    command: Callable[[Values, UnitOfWork], object],
) -> ResponseReturnValue:
    """Do what one of the forms asks for; a refusal stands in the form."""
    if reading.value is None:
        return _show(concern_id, {which: reading.form})
    try:
        with current.units().write(current.actor()) as uow:
            command(reading.value, uow)
    except RefusedError as no:
        return _show(concern_id, {which: reading.form.refuse(no.why, field=no.field)})
    flash("Saved", "success")
    return redirect(url_for("referrals.few", concern_id=concern_id), 303)


def _people(concern_id: UUID) -> tuple[Option, ...]:
    with current.units().read(current.actor()) as uow:
        open_concern(uow, concern_id, Permission.CASE_LINK)
        return tuple(
            Option(str(one.account_id), f"{one.name}, {one.agency}") for one in could_be_named(uow)
        )


def _show(concern_id: UUID, wrong: dict[str, FormView] | None = None) -> ResponseReturnValue:
    with current.units().read(current.actor()) as uow:
        concern = open_concern(uow, concern_id)
        may_name = may(current.actor(), Permission.CASE_LINK, facts_of(uow, concern))
        reference, mark = concern.reference, mark_of(uow, concern_id)
        named = named_for(uow, concern_id) if may_name else ()
    options = {"who": _people(concern_id) if may_name and mark else ()}
    given = wrong or {}
    shown = FewPage(
        caption=f"Concern {reference}",
        back=url_for("referrals.concern", concern_id=concern_id),
        form=next(iter(given.values()), None),
        concern_id=concern_id,
        mark=mark,
        named=named,
        may_name=may_name,
        hide=given.get("hide") or blank(HideForm),
        name=given.get("name") or blank(NameForm, options=options),
        show=given.get("show") or blank(ShowForm),
    )
    return page("referrals/few.html", shown)
