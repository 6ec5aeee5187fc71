"""What an Idva service has of concerns that were accepted: safe contact first, at once."""

from dataclasses import dataclass
from uuid import UUID

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from hub.access.permissions import Permission
from hub.db.looks import look_at
from hub.kernel.errors import RefusedError
from hub.marac.commands.idva import take_on
from hub.marac.pages.blueprint import pages
from hub.marac.queries.idva import IdvaRow, idva_list, idva_row
from hub.referrals.commands.screen import CONTACT
from hub.referrals.pages.concern import Person, said_person
from hub.referrals.pages.saying import stored_rows
from hub.referrals.queries import concern_row, parties_of
from hub.web import current
from hub.web.guard import policy
from hub.web.render import Page, SummaryRow, Task, page, task

IDVA_LIST = task("People to contact")
IDVA_ONE = task("Somebody to contact")
CASE = ("reason", "criteria", "consent", "needs")


@dataclass(frozen=True, kw_only=True)
class IdvaListPage(Page):
    """What the service has, by reference."""

    title: Task = IDVA_LIST
    wide: bool = True
    rows: tuple[IdvaRow, ...]


@dataclass(frozen=True, kw_only=True)
class IdvaPage(Page):
    """One concern as the service needs it; ways to the alleged perpetrator stay hidden."""

    title: Task = IDVA_ONE
    row: IdvaRow
    safe: tuple[SummaryRow, ...]
    people: tuple[Person, ...]
    said: tuple[SummaryRow, ...]


@pages.get("/idva")
@policy(Permission.IDVA_READ)
def idva() -> ResponseReturnValue:
    """List the accepted concerns that the service has."""
    with current.units().read(current.actor()) as uow:
        rows = idva_list(uow)
    return page("marac/idva_list.html", IdvaListPage(rows=rows))


@pages.get("/idva/<uuid:idva_id>")
@policy(Permission.IDVA_READ)
def idva_one(idva_id: UUID) -> ResponseReturnValue:
    """Show one with its safe contact; the look at that is recorded before it is read."""
    with current.units().read(current.actor()) as uow:
        row = idva_row(uow, idva_id)
    looks = (("idva_notice", row.id), ("concern", row.concern_id), (CONTACT, row.concern_id))
    look_at(current.units(), current.actor(), looks)
    with current.units().read(current.actor()) as uow:
        concern = concern_row(uow, row.concern_id)
        parties = parties_of(uow, [row.concern_id])
    said = [
        line
        for name in CASE
        for line in stored_rows(name, concern.answers.get(name, {}), hide=True)
    ]
    shown = IdvaPage(
        heading=f"Concern {row.reference}",
        caption=row.area,
        back=url_for("marac.idva"),
        row=row,
        safe=stored_rows("safe_contact", concern.answers.get("safe_contact", {}), hide=False),
        people=tuple(said_person(each, hide=True) for each in parties),
        said=tuple(said),
    )
    return page("marac/idva.html", shown)


@pages.post("/idva/<uuid:idva_id>")
@policy(Permission.IDVA_READ)
def idva_take(idva_id: UUID) -> ResponseReturnValue:
    """Say that one makes contact."""
    try:
        with current.units().write(current.actor()) as uow:
            take_on(idva_id, uow=uow)
    except RefusedError as refused:
        flash(refused.why)
    else:
        flash("You have taken this on. The co-ordinator sees it.", "success")
    return redirect(url_for("marac.idva_one", idva_id=idva_id), 303)
