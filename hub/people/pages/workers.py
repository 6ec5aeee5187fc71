"""Allocating workers, ending allocations, the hand-over at 18, and declared conflicts."""

from collections.abc import Callable
from types import MappingProxyType
from uuid import UUID

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from hub.access.permissions import Permission
from hub.db.units import UnitOfWork
from hub.kernel.errors import NotFoundError, RefusedError
from hub.people import access, commands, schemas
from hub.people.pages.editing import FormPage
from hub.people.pages.room import people, seen_person
from hub.people.queries.records import PersonRecord, PersonView
from hub.people.queries.workers import staff_to_choose, workers_to_choose
from hub.people.rules.stages import hand_over_on
from hub.people.states import WorkerRole
from hub.web import current, forms
from hub.web.guard import policy
from hub.web.render import Task, page, task
from hub.web.values import FormView, Option

ALLOCATE = MappingProxyType(
    {
        WorkerRole.LEAVING_CARE_WORKER: task("Allocate a worker"),
        WorkerRole.SOCIAL_WORKER: task("Allocate a social worker"),
    }
)
END = task("End an allocation")
HAND_OVER = task("Hand over at 18")
DECLARE = task("Declare a conflict of interest")
TAKE_BACK = task("Take a conflict of interest back")


@people.route(
    "/people/<uuid:person_id>/workers/<any(leaving_care_worker,social_worker):role>",
    methods=["GET", "POST"],
)
@policy(Permission.ALLOCATION_EDIT)
def allocate(person_id: UUID, role: str) -> ResponseReturnValue:
    """Allocate a worker."""
    view, wanted = _changeable(person_id), WorkerRole(role)
    with current.units().read(current.actor()) as uow:
        options = {"worker": _options(workers_to_choose(uow, wanted))}
        today = uow.today
    title, action = ALLOCATE[wanted], url_for("people.allocate", person_id=person_id, role=role)
    if request.method == "GET":
        opened = {"from_on": today, "end_previous": True}
        form = forms.blank(schemas.AllocateForm, opened, options=options)
        return _form_page(view.record, title, form, action, "Allocate")
    reading = forms.read(schemas.AllocateForm, request.form, options=options)
    if reading.value is None:
        return _form_page(view.record, title, reading.form, action, "Allocate")
    values = reading.value.values
    cmd = commands.Allocate(
        person_id=person_id,
        worker_id=UUID(values["worker"]),
        role=wanted,
        from_on=values["from_on"],
        until_on=values["until_on"],
        end_previous=values["end_previous"],
    )
    return _act(
        person_id,
        lambda uow: commands.allocate(cmd, uow=uow),
        "Allocated. Meetings still to come are brought up to date.",
        lambda why, field: _form_page(
            view.record, title, reading.form.refuse(why, field=field), action, "Allocate"
        ),
    )


@people.route("/people/<uuid:person_id>/allocations/<uuid:allocation_id>", methods=["GET", "POST"])
@policy(Permission.ALLOCATION_EDIT)
def end(person_id: UUID, allocation_id: UUID) -> ResponseReturnValue:
    """End an allocation; one that has not begun can be taken back instead."""
    view = _changeable(person_id)
    row = next((each for each in view.allocations if each.span.id == allocation_id), None)
    if row is None:
        raise NotFoundError("no such allocation")
    action = url_for("people.end", person_id=person_id, allocation_id=allocation_id)
    if request.method == "GET":
        form = forms.blank(schemas.EndForm, {"until_on": row.span.until_on})
        return _end_page(view.record, row.name, form, action)
    if request.form.get("take_back"):
        return _act(
            person_id,
            lambda uow: commands.withdraw_allocation(person_id, allocation_id, uow=uow),
            "Taken back.",
            lambda why, field: _end_page(
                view.record, row.name, forms.blank(schemas.EndForm).refuse(why, field=field), action
            ),
        )
    reading = forms.read(schemas.EndForm, request.form)
    if reading.value is None:
        return _end_page(view.record, row.name, reading.form, action)
    until_on = reading.value.values["until_on"]
    return _act(
        person_id,
        lambda uow: commands.end_allocation(person_id, allocation_id, until_on, uow=uow),
        "Saved. Meetings still to come are brought up to date.",
        lambda why, field: _end_page(
            view.record, row.name, reading.form.refuse(why, field=field), action
        ),
    )


@people.route("/people/<uuid:person_id>/hand-over", methods=["GET", "POST"])
@policy(Permission.ALLOCATION_EDIT)
def hand_over(person_id: UUID) -> ResponseReturnValue:
    """Let the social worker's allocation end on the 18th birthday."""
    view = _changeable(person_id)
    if request.method == "POST":
        return _act(
            person_id,
            lambda uow: commands.hand_over(person_id, uow=uow),
            "The hand-over is arranged.",
            lambda why, _: _hand_over_page(view, forms.blank(schemas.ChangesForm).refuse(why)),
        )
    return _hand_over_page(view, forms.blank(schemas.ChangesForm))


@people.route("/people/<uuid:person_id>/conflicts", methods=["GET", "POST"])
@policy(Permission.ALLOCATION_EDIT)
def conflicts(person_id: UUID) -> ResponseReturnValue:
    """Declare that somebody in the directory must have nothing to do with the person."""
    view = _changeable(person_id)
    with current.units().read(current.actor()) as uow:
        options = {"contact": _options(staff_to_choose(uow))}
    action = url_for("people.conflicts", person_id=person_id)
    lead = "They see nothing of this person from then on and are invited to nothing about them."
    if request.method == "GET":
        form = forms.blank(schemas.ConflictForm, options=options)
        return _form_page(view.record, DECLARE, form, action, "Declare", lead)
    reading = forms.read(schemas.ConflictForm, request.form, options=options)
    if reading.value is None:
        return _form_page(view.record, DECLARE, reading.form, action, "Declare", lead)
    contact_id = UUID(reading.value.values["contact"])
    return _act(
        person_id,
        lambda uow: commands.declare_conflict(person_id, contact_id, uow=uow),
        "Declared.",
        lambda why, field: _form_page(
            view.record, DECLARE, reading.form.refuse(why, field=field), action, "Declare", lead
        ),
    )


@people.route("/people/<uuid:person_id>/conflicts/<uuid:contact_id>", methods=["GET", "POST"])
@policy(Permission.ALLOCATION_EDIT)
def conflict_end(person_id: UUID, contact_id: UUID) -> ResponseReturnValue:
    """Take a declared conflict back."""
    view = _changeable(person_id)
    row = next((each for each in view.conflicts if each.contact_id == contact_id), None)
    if row is None:
        raise NotFoundError("no such conflict")
    if request.method == "POST":
        return _act(
            person_id,
            lambda uow: commands.withdraw_conflict(person_id, contact_id, uow=uow),
            "Taken back.",
        )
    action = url_for("people.conflict_end", person_id=person_id, contact_id=contact_id)
    form = forms.blank(schemas.ChangesForm)
    lead = f"{row.name} may then have to do with this person again."
    return _form_page(view.record, TAKE_BACK, form, action, "Take it back", lead)


def _act(
    person_id: UUID,
    act: Callable[[UnitOfWork], UUID],
    said: str,
    again: Callable[[str, str | None], ResponseReturnValue] | None = None,
) -> ResponseReturnValue:
    """Run a command and go back to the person, or to the list when they are no longer one's own."""
    try:
        with current.units().write(current.actor()) as uow:
            act(uow)
    except RefusedError as refused:
        if again is None:
            raise
        return again(refused.why, refused.field)
    flash(said, "success")
    with current.units().read(current.actor()) as uow:
        try:
            access.find_person(uow, person_id)
        except NotFoundError:  # one declared a conflict of one's own
            return redirect(url_for("people.register"), 303)
    return redirect(url_for("people.person", person_id=person_id), 303)


def _options(rows: list[tuple[UUID, str, str]]) -> tuple[Option, ...]:
    return tuple(Option(str(each_id), f"{name}, {agency}") for each_id, name, agency in rows)


def _changeable(person_id: UUID) -> PersonView:
    return seen_person(person_id, Permission.ALLOCATION_EDIT)


def _end_page(
    record: PersonRecord, worker: str, form: FormView, action: str
) -> ResponseReturnValue:
    return page(
        "people/end.html",
        FormPage(
            title=END,
            heading=f"When does {worker}'s allocation end?",
            caption=record.name,
            form=form,
            back=url_for("people.person", person_id=record.id),
            action=action,
        ),
    )


def _hand_over_page(view: PersonView, form: FormView) -> ResponseReturnValue:
    adult_on = hand_over_on(view.record.date_of_birth)
    named = view.named_worker.name if view.named_worker else "nobody yet"
    day = f"{adult_on:%-d %B %Y}" if adult_on else "the 18th birthday"
    leads = f"The lead passes to {named}."
    if view.social_worker:
        lead = f"{view.social_worker.name} ends as social worker on {day}. {leads}"
    else:
        lead = f"No social worker is named. {leads}"
    action = url_for("people.hand_over", person_id=view.record.id)
    return _form_page(view.record, HAND_OVER, form, action, "Hand over", lead)


def _form_page(
    record: PersonRecord, title: Task, form: FormView, action: str, button: str, lead: str = ""
) -> ResponseReturnValue:
    return page(
        "people/form.html",
        FormPage(
            title=title,
            caption=record.name,
            form=form,
            back=url_for("people.person", person_id=record.id),
            action=action,
            button=button,
            lead=lead,
        ),
    )
