"""A refusal holds an invitation back: both risks are written, and somebody decides by name."""

from dataclasses import dataclass
from http import HTTPStatus
from typing import Any
from uuid import UUID

import flask
from flask import Blueprint, redirect, request, url_for
from flask.typing import ResponseReturnValue
from typing_extensions import override

from hub.access.permissions import Permission
from hub.kernel.errors import NotFoundError, RefusedError
from hub.meetings.disclosures import OutweighRefusal, outweigh_refusal
from hub.meetings.task_queries import held_by_refusal
from hub.web.current import actor, units
from hub.web.fields import LongText
from hub.web.forms import Form, blank, read
from hub.web.guard import policy
from hub.web.render import Page, Task, page, task

weighing = Blueprint("weighing", __name__, template_folder="templates")

WEIGH = task("Weigh both risks")


class WeighForm(Form[tuple[str, str]]):
    """The two risks, neither of which can be left out."""

    risk_of_sharing = LongText(
        "What could go wrong if the service is told?",
        required=True,
        max_length=2000,
        rows=4,
        ask="Enter what could go wrong if the service is told",
    )
    risk_of_not_sharing = LongText(
        "What could go wrong if it is not told?",
        required=True,
        max_length=2000,
        rows=4,
        ask="Enter what could go wrong if the service is not told",
    )

    @override
    def build(self, values: dict[str, Any]) -> tuple[str, str]:
        """Return both risks."""
        return values["risk_of_sharing"], values["risk_of_not_sharing"]


@dataclass(frozen=True, kw_only=True)
class WeighPage(Page):
    """The question, with what follows from an answer."""

    title: Task = WEIGH
    task_id: UUID


@weighing.route("/tasks/<uuid:task_id>/weigh", methods=["GET", "POST"])
@policy(Permission.TASK_DO)
def weigh(task_id: UUID) -> ResponseReturnValue:
    """Ask for both risks; with both written the invitation goes out at once."""
    with units().read(actor()) as uow:
        held = held_by_refusal(uow, task_id)
    if held is None:
        raise NotFoundError("There is no such task.")
    back = url_for("tasks.show", task_id=task_id)
    if request.method == "GET":
        shown = WeighPage(task_id=task_id, back=back, form=blank(WeighForm))
        return page("meetings/weigh.html", shown)
    reading = read(WeighForm, request.form)
    if reading.value is None:
        return page("meetings/weigh.html", WeighPage(task_id=task_id, back=back, form=reading.form))
    sharing, silence = reading.value
    cmd = OutweighRefusal(
        item_id=held.item_id,
        person_id=held.subject_id,
        risk_of_sharing=sharing,
        risk_of_not_sharing=silence,
    )
    try:
        with units().write(actor()) as uow:
            outweigh_refusal(cmd, uow=uow)
    except RefusedError as refused:
        form = reading.form.refuse(refused.why, field=refused.field)
        return page("meetings/weigh.html", WeighPage(task_id=task_id, back=back, form=form))
    flask.flash("Your decision is kept, and the invitation is on its way.", "success")
    return redirect(url_for("tasks.mine"), HTTPStatus.SEE_OTHER)
