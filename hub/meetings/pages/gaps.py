"""What a named person says to a gap: why it stands, or, as the chair, who comes instead."""

from dataclasses import dataclass
from uuid import UUID

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from hub.access.permissions import Permission
from hub.kernel.actor import Role
from hub.kernel.errors import NotFoundError, RefusedError
from hub.meetings import queries, wording
from hub.meetings.access import open_item
from hub.meetings.decisions import Decide, candidates, decide_gap
from hub.meetings.overlaps import DOUBLE_BOOKED, open_overlaps
from hub.meetings.pages.blueprint import (
    id_from,
    invitation_policy,
    options,
    pages,
    spoken,
)
from hub.meetings.pages.clashing import meeting_said
from hub.meetings.pages.planning import FormPage
from hub.meetings.queries import CaseLine
from hub.meetings.schemas import ChairForm, ReasonForm, Settled
from hub.web import current
from hub.web.forms import Form, blank, read
from hub.web.guard import policy
from hub.web.render import Task, page, task
from hub.web.values import FormView, Link, Option

SETTLE = task("Record a reason")


@dataclass(frozen=True, kw_only=True)
class GapPage(FormPage):
    """A gap, whom it is about, and the form."""

    title: Task = SETTLE
    words: str
    owner: str
    recipient: str
    in_the_way: tuple[Link, ...]
    """Other meetings at the same time that the reader may open."""
    is_chairs: bool


@pages.route("/meetings/cases/<uuid:item_id>/reason/<problem>", methods=["GET", "POST"])
@policy(Permission.EXCUSE_RECORD)
def settle(item_id: UUID, problem: str) -> ResponseReturnValue:
    """Record why a gap stands, or what the chair decides about it."""
    if problem not in wording.GAPS:
        raise NotFoundError("There is no such problem.")
    gap = Decide(
        item_id=item_id,
        subject_id=id_from("person"),
        problem=problem,
        recipient_id=id_from("contact"),
        reason="",
    )
    case, choices = _look_up(gap)
    shape: type[Form[Settled]] = ReasonForm
    if current.actor().has(Role.CHAIR) and problem in wording.FOR_CHAIR:
        shape = ChairForm
    handed = {"contact_id": choices} if shape is ChairForm else None
    if request.method == "GET":
        return _form(gap, case, blank(shape, options=handed))
    reading = read(shape, request.form, options=handed)
    if reading.value is None:
        return _form(gap, case, reading.form)
    try:
        with current.units().write(current.actor()) as uow:
            decide_gap(reading.value.command(gap), uow=uow, policy=invitation_policy())
    except RefusedError as refused:
        return _form(gap, case, reading.form.refuse(refused.why, field=refused.field))
    flash("It is recorded under your name.", "success")
    return redirect(url_for("meetings.case", item_id=item_id), 303)


def _look_up(gap: Decide) -> tuple[CaseLine, tuple[Option, ...]]:
    with current.units().read(current.actor()) as uow:
        open_item(uow, gap.item_id)
        case = queries.case_line(uow, gap.item_id)
        subjects = {person.subject_id for person in case.people}
        if gap.subject_id is not None and gap.subject_id not in subjects:
            raise NotFoundError("There is no such person on this item.")
        return case, options(candidates(uow, gap.item_id))


def _in_the_way(gap: Decide, case: CaseLine) -> tuple[Link, ...]:
    """Return the meetings that want the same person at the same time."""
    if gap.problem != DOUBLE_BOOKED:
        return ()
    with current.units().read(current.actor()) as uow:
        found = open_overlaps(uow, [queries.meeting_of(uow, case.id).id])
    return tuple(
        Link(meeting_said(one), url_for("meetings.show", meeting_id=one.other_id))
        for one in found
        if one.is_open and (one.item_id, one.recipient_id) == (case.id, gap.recipient_id)
    )


def _form(gap: Decide, case: CaseLine, form: FormView) -> ResponseReturnValue:
    standing = [one for one in case.open if one.problem == gap.problem]
    owner = standing[0].owner_role if standing else "co_ordinator"
    about = [one.recipient for one in standing if one.recipient_id == gap.recipient_id]
    return page(
        "meetings/gap.html",
        GapPage(
            caption=f"Case {case.reference}",
            form=form,
            action=request.full_path.rstrip("?"),
            button="Record",
            back=url_for("meetings.case", item_id=case.id),
            words=spoken(wording.GAPS[gap.problem]),
            owner=spoken(wording.OWNERS[owner]),
            recipient=(about[0] if about else "") or "",
            in_the_way=_in_the_way(gap, case),
            is_chairs="choice" in form.fields,
        ),
    )
