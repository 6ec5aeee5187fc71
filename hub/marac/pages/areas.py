"""An area's own numbers and words, each with what it is for."""

from typing import Any
from uuid import UUID

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from hub.access.permissions import Permission
from hub.kernel.errors import ConflictError, RefusedError
from hub.marac import queries
from hub.marac.commands.areas import save_area_rules
from hub.marac.pages.area_forms import AreaForm, saved_values
from hub.marac.pages.blueprint import pages
from hub.marac.queries import AreaSettings
from hub.meetings.pages.planning import FormPage
from hub.web import current
from hub.web.forms import blank, read
from hub.web.guard import policy
from hub.web.render import ConflictPage, conflict, page, said, task, versions
from hub.web.values import FormView, Option

AREA = task("Settings of the area")
NOTE = (
    "These hold for what is planned and asked from now on. What agencies were asked already keeps"
    " its deadline."
)


@pages.route("/areas/<uuid:area_id>/settings", methods=["GET", "POST"])
@policy(Permission.MEETING_PLAN)
def area(area_id: UUID) -> ResponseReturnValue:
    """Show and change what an area has set."""
    found = _settings(area_id)
    if request.method == "GET":
        return _form(found, _saved(found))
    reading = read(AreaForm, request.form, options=_options(found))
    if reading.value is None:
        return _form(found, reading.form)
    try:
        with current.units().write(current.actor()) as uow:
            save_area_rules(reading.value.command(area_id), uow=uow)
    except ConflictError:
        return _both(reading.form, _settings(area_id))
    except RefusedError as refused:
        return _form(found, reading.form.refuse(refused.why, field=refused.field))
    flash("The settings are saved.", "success")
    return redirect(url_for("marac.series_list"), 303)


def _settings(area_id: UUID) -> AreaSettings:
    with current.units().read(current.actor()) as uow:
        return queries.area_settings(uow, area_id)


def _options(found: AreaSettings) -> dict[str, tuple[Option, ...]]:
    both = {"not_asked": found.agencies, "steering": found.overseers}
    return {
        field: tuple(Option(str(each), name) for each, name in known)
        for field, known in both.items()
    }


def _saved(found: AreaSettings) -> FormView:
    values: dict[str, Any] = saved_values(found.rules, found.version)
    return blank(AreaForm, values, options=_options(found))


def _both(form: FormView, found: AreaSettings) -> ResponseReturnValue:
    """Show what was typed beside what somebody else saved meanwhile."""
    typed = request.form.items(multi=True)
    kept = tuple(pair for pair in typed if pair[0] not in {"version", "csrf_token"})
    return conflict(
        ConflictPage(
            what="the settings",
            versions=versions(form, {each.name: said(each) for each in _saved(found)}),
            reload=request.path,
            again=request.path,
            keep=(*kept, ("version", str(found.version))),
        )
    )


def _form(found: AreaSettings, form: FormView) -> ResponseReturnValue:
    shown = FormPage(
        title=AREA,
        caption=found.name,
        form=form,
        action=request.path,
        button="Save the settings",
        note=NOTE,
        back=url_for("marac.series_list"),
    )
    return page("meetings/form.html", shown)
