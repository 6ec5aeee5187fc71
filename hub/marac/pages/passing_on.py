"""For the one person who tells the victim what was agreed: what may be said, and that it was."""

from dataclasses import dataclass
from uuid import UUID

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from hub.access.permissions import Permission
from hub.db.looks import look
from hub.kernel.errors import ConflictError, RefusedError
from hub.marac.access import find_telling
from hub.marac.commands.hearings import report_telling
from hub.marac.hearing_schemas import ToldForm
from hub.marac.pages.blueprint import pages
from hub.marac.queries.record import hearing_row
from hub.marac.queries.telling import TellableAction, tellable
from hub.referrals.queries import concern_row
from hub.web import current
from hub.web.forms import blank, read
from hub.web.guard import policy
from hub.web.render import Page, Task, page, task
from hub.web.values import FormView

PASS_ON = task("Something to pass on")


@dataclass(frozen=True, kw_only=True)
class PassOnPage(Page):
    """What may be said, and a form that says that it was."""

    title: Task = PASS_ON
    item_id: UUID
    actions: tuple[TellableAction, ...]


@pages.route("/to-pass-on/<uuid:item_id>", methods=["GET", "POST"])
@policy(Permission.ACTION_REPORT)
def pass_on(item_id: UUID) -> ResponseReturnValue:
    """Show who was chosen what may be said, and take down when and how, or why not."""
    with current.units().read(current.actor()) as uow:
        find_telling(uow, item_id)
        row = hearing_row(uow, item_id)
    look(current.units(), current.actor(), "item", [item_id])
    if request.method == "GET":
        saved = {
            "told_on": row.told_on,
            "told_how": row.told_how,
            "not_told_why": row.not_told_why,
            "version": row.version,
        }
        return _show(item_id, blank(ToldForm, saved))
    reading = read(ToldForm, request.form)
    if reading.value is None:
        return _show(item_id, reading.form)
    try:
        with current.units().write(current.actor()) as uow:
            report_telling(reading.value.command(item_id), uow=uow)
    except ConflictError:
        flash("Somebody has written here meanwhile. Check it, then press again.")
        return redirect(request.path, 303)
    except RefusedError as no:
        return _show(item_id, reading.form.refuse(no.why, field=no.field))
    flash("Saved", "success")
    return redirect(url_for("marac.own_list"), 303)


def _show(item_id: UUID, form: FormView) -> ResponseReturnValue:
    with current.units().read(current.actor()) as uow:
        concern_id = find_telling(uow, item_id).concern_id
        actions = tellable(uow, item_id)
        case = concern_row(uow, concern_id).reference if concern_id else ""
    shown = PassOnPage(
        caption=f"Case {case}",
        back=url_for("marac.own_list"),
        form=form,
        item_id=item_id,
        actions=actions,
    )
    return page("marac/pass_on.html", shown)
