"""A rule holds an invitation back: both risks are written, and somebody decides by name."""

from dataclasses import dataclass
from http import HTTPStatus
from typing import Any
from uuid import UUID

import flask
from flask import Blueprint, redirect, request, url_for
from flask.typing import ResponseReturnValue
from marshmallow import ValidationError, validates_schema
from typing_extensions import override

from hub.access.permissions import Permission
from hub.kernel.errors import NotFoundError, RefusedError
from hub.meetings.task_queries import held_by_rule
from hub.meetings.weighing import Held, WeighRisks, weigh_risks
from hub.sharing.rules import Ground
from hub.web.current import actor, units
from hub.web.fields import Choice, LongText
from hub.web.forms import Form, blank, read
from hub.web.guard import policy
from hub.web.render import Page, Task, page, task
from hub.web.values import FormView, Option

weighing = Blueprint("weighing", __name__, template_folder="templates")

WEIGH = task("Weigh both risks")


@dataclass(frozen=True, kw_only=True)
class WeighSaid:
    """What was stated, and both risks."""

    ground: Ground
    risk_of_sharing: str
    risk_of_not_sharing: str

    def command(self, held: Held) -> WeighRisks:
        """Return the command that decides about what is held."""
        return WeighRisks(
            item_id=held.item_id,
            person_id=held.person_id,
            ground=self.ground,
            risk_of_sharing=self.risk_of_sharing,
            risk_of_not_sharing=self.risk_of_not_sharing,
        )


GROUNDS = {
    Ground.SERIOUS_HARM: Option(
        Ground.SERIOUS_HARM,
        "Serious harm to the person is likely",
        "Telling the service helps to prevent a crime: Crime and Disorder Act 1998, section 115",
    ),
    Ground.SOMEBODY_ELSE: Option(
        Ground.SOMEBODY_ELSE,
        "A child or another adult is at risk",
        "Telling the service helps to protect them",
    ),
}
"""What can be stated; where what is recorded suffices, nothing is asked."""


class WeighForm(Form[WeighSaid]):
    """What sharing rests on, where that is not recorded, and the two risks."""

    ground = Choice("What makes it right to tell the service?")
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

    @validates_schema(skip_on_field_errors=False)
    def _rests_on_something(self, values: dict[str, Any], **_: object) -> None:
        if self.asked("ground").options and not values.get("ground"):
            raise ValidationError("Select what makes it right to tell the service", "ground")

    @override
    def build(self, values: dict[str, Any]) -> WeighSaid:
        """Return both risks, and what sharing rests on."""
        return WeighSaid(
            ground=Ground(values["ground"] or Ground.AS_RECORDED),
            risk_of_sharing=values["risk_of_sharing"],
            risk_of_not_sharing=values["risk_of_not_sharing"],
        )


@dataclass(frozen=True, kw_only=True)
class WeighPage(Page):
    """The question, with what follows from an answer."""

    title: Task = WEIGH
    task_id: UUID
    reasons: str


@weighing.route("/tasks/<uuid:task_id>/weigh", methods=["GET", "POST"])
@policy(Permission.TASK_DO)
def weigh(task_id: UUID) -> ResponseReturnValue:
    """Ask for both risks; with both written the invitation goes out at once."""
    with units().read(actor()) as uow:
        held = held_by_rule(uow, task_id)
    if held is None or not held.grounds:
        raise NotFoundError("There is no such task.")
    options = {"ground": tuple(GROUNDS[one] for one in held.grounds if one in GROUNDS)}
    if request.method == "GET":
        return _show(task_id, held, blank(WeighForm, options=options))
    reading = read(WeighForm, request.form, options=options)
    if reading.value is None:
        return _show(task_id, held, reading.form)
    try:
        with units().write(actor()) as uow:
            weigh_risks(reading.value.command(held), uow=uow)
    except RefusedError as refused:
        return _show(task_id, held, reading.form.refuse(refused.why, field=refused.field))
    flask.flash("Your decision is kept, and the invitation is on its way.", "success")
    return redirect(url_for("tasks.mine"), HTTPStatus.SEE_OTHER)


def _show(task_id: UUID, held: Held, form: FormView) -> ResponseReturnValue:
    back = url_for("tasks.show", task_id=task_id)
    shown = WeighPage(task_id=task_id, reasons=held.reasons, back=back, form=form)
    return page("meetings/weigh.html", shown)
