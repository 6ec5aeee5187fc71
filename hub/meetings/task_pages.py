"""Tasks: a list by deadline, and one of them with whom to ring, what to say and how it ended."""

from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from typing import Any
from uuid import UUID

import flask
from flask import Blueprint, redirect, request, url_for
from flask.typing import ResponseReturnValue
from typing_extensions import override

from hub.access.permissions import Permission
from hub.db.looks import look
from hub.kernel.actor import Role
from hub.kernel.days import parse_instant
from hub.kernel.errors import RefusedError
from hub.meetings.commands import finish_task
from hub.meetings.task_queries import (
    PAGE_SIZE,
    Place,
    TaskLine,
    TaskSheet,
    held_by_rule,
    my_tasks,
    subject_name,
    task_sheet,
)
from hub.meetings.task_wording import GUIDES, RULES, SCRIPT, Guide
from hub.web.current import actor, units
from hub.web.fields import Choice, LongText
from hub.web.forms import Form, blank, read
from hub.web.guard import policy
from hub.web.render import Page, Task, page, task
from hub.web.values import FormView

tasks = Blueprint("tasks", __name__, template_folder="templates")

MINE = task("Tasks")
ONE = task("Task")
AT_THE_CASE = (Role.COORDINATOR, Role.CHAIR)
LEFT = "left"


class OutcomeForm(Form[str]):
    """What came of a task."""

    outcome = LongText(
        "What came of it?",
        max_length=1000,
        rows=3,
        required=True,
        ask="Enter what came of it",
        hint="In a sentence. Do not write about the person.",
    )

    @override
    def build(self, values: dict[str, Any]) -> str:
        """Return the outcome in words."""
        return str(values["outcome"])


class CallForm(OutcomeForm):
    """What came of a call; a message that was left against the rule is written down too."""

    message = Choice(
        "Did you leave a message with anybody, or on a machine?",
        {"none": "No, none", LEFT: "Yes"},
        required=True,
        ask="Select whether you left a message",
    )

    @override
    def build(self, values: dict[str, Any]) -> str:
        """Return the outcome in words."""
        said = super().build(values)
        return f"{said}\nA message was left." if values["message"] == LEFT else said


@dataclass(frozen=True, kw_only=True)
class TasksPage(Page):
    """A list of tasks."""

    title: Task = MINE
    rows: tuple[TaskLine, ...]
    guides: dict[str, Guide]
    now: datetime
    next_href: str


@dataclass(frozen=True, kw_only=True)
class TaskPage(Page):
    """One task. ``name`` only where the person is on the actor's own register.

    ``held`` is why an invitation is held back, where one is.
    """

    title: Task = ONE
    sheet: TaskSheet
    guide: Guide
    name: str
    is_late: bool
    case_href: str
    held: str
    weigh_href: str
    script: tuple[str, ...]
    rules: tuple[str, ...]


@tasks.get("/tasks")
@policy(Permission.TASK_DO)
def mine() -> ResponseReturnValue:
    """List the open tasks of my roles, the first due first."""
    with units().read(actor()) as uow:
        rows = my_tasks(uow, after=_place(), limit=PAGE_SIZE + 1)
        now = uow.now
    shown = rows[:PAGE_SIZE]
    following = ""
    if len(rows) > len(shown):
        following = url_for("tasks.mine", begin=shown[-1].due_at.isoformat(), after=shown[-1].id)
    return page(
        "meetings/task_list.html",
        TasksPage(rows=shown, guides=GUIDES, now=now, next_href=following),
    )


@tasks.get("/tasks/<uuid:task_id>")
@policy(Permission.TASK_DO)
def show(task_id: UUID) -> ResponseReturnValue:
    """Show one task."""
    with units().read(actor()) as uow:
        sheet = task_sheet(uow, task_id)
    return _show(sheet, blank(_form_of(sheet)))


@tasks.post("/tasks/<uuid:task_id>")
@policy(Permission.TASK_DO)
def finish(task_id: UUID) -> ResponseReturnValue:
    """Write down what came of a task."""
    with units().read(actor()) as uow:
        sheet = task_sheet(uow, task_id)
    reading = read(_form_of(sheet), request.form)
    if reading.value is None:
        return _show(sheet, reading.form)
    try:
        with units().write(actor()) as uow:
            finish_task(task_id, reading.value, uow=uow)
    except RefusedError as refused:
        return _show(sheet, reading.form.refuse(refused.why, field=refused.field))
    flask.flash("The task is done. What you wrote is kept.", "success")
    return redirect(url_for("tasks.mine"), HTTPStatus.SEE_OTHER)


def _form_of(sheet: TaskSheet) -> type[OutcomeForm]:
    return CallForm if GUIDES[sheet.line.kind].rings else OutcomeForm


def _show(sheet: TaskSheet, form: FormView) -> ResponseReturnValue:
    guide = GUIDES[sheet.line.kind]
    name = ""
    if sheet.subject_id is not None:
        look(units(), actor(), "person", [sheet.subject_id])
    with units().read(actor()) as uow:
        now = uow.now
        held = held_by_rule(uow, sheet.line.id)
        if sheet.subject_id is not None:
            name = subject_name(uow, sheet.subject_id)
    sees_case = sheet.item_id is not None and actor().has(*AT_THE_CASE)
    shown = TaskPage(
        heading=guide.title,
        form=form if sheet.state == "open" else None,
        back=url_for("tasks.mine"),
        sheet=sheet,
        guide=guide,
        name=name,
        is_late=sheet.line.due_at < now,
        case_href=url_for("meetings.case", item_id=sheet.item_id) if sees_case else "",
        held=held.reasons if held else "",
        weigh_href=(
            url_for("weighing.weigh", task_id=sheet.line.id) if held and held.grounds else ""
        ),
        script=SCRIPT,
        rules=RULES,
    )
    return page("meetings/task_show.html", shown)


def _place() -> Place | None:
    """Return where the page begins; a broken place is the beginning."""
    try:
        return parse_instant(request.args["begin"]), UUID(request.args["after"])
    except (KeyError, ValueError):
        return None
