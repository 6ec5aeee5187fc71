"""The register of agreements: the list, one agreement, and moving it in and out of force."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

import flask
from flask import request, url_for
from flask.typing import ResponseReturnValue

from hub.access.permissions import Permission
from hub.sharing import commands
from hub.sharing.commands import NotReadyError, Touch
from hub.sharing.pages.room import grace_days, may_edit, read_sheet, sharing, to_agreement
from hub.sharing.queries.agreements import (
    PAGE_SIZE,
    AgreementLine,
    AgreementSheet,
    register,
)
from hub.sharing.register import (
    AGREEMENT,
    APPROVAL,
    CATEGORIES,
    EXCLUDED,
    GATEWAY_KINDS,
    PARTY_ROLES,
    PERMITTED,
    PURPOSES,
    AgreementAction,
)
from hub.sharing.schemas.agreements import version_of
from hub.web.current import actor, units
from hub.web.guard import policy
from hub.web.render import Page, Task, page, task

REGISTER = task("Agreements")
ONE = task("Agreement")

STATES = {
    "not_party": ("Not in force", "grey"),
    "in_force": ("In force", "green"),
    "review_overdue": ("Review overdue", "orange"),
    "review_late": ("Held: review late", "red"),
    "suspended": ("Suspended", "red"),
    "expired": ("Ended", "grey"),
}
RULES = {
    PERMITTED: "May be shared",
    APPROVAL: "Once an approver has said yes",
    EXCLUDED: "Excluded",
}
MOVES: dict[str, tuple[Callable[..., None], str]] = {
    "bring-into-force": (commands.bring_into_force, "The agreement is in force."),
    "suspend": (commands.suspend_agreement, "The agreement is suspended. Nothing is shared."),
    "end": (commands.end_agreement, "The agreement has ended."),
}


@dataclass(frozen=True, kw_only=True)
class RegisterPage(Page):
    """The list of agreements; each with its state in words and a colour."""

    title: Task = REGISTER
    rows: tuple[AgreementLine, ...]
    states: dict[str, tuple[str, str]]
    may_edit: bool
    next_href: str


@dataclass(frozen=True, kw_only=True)
class AgreementPage(Page):
    """One agreement, what stands in its way, and what may be done to it."""

    title: Task = ONE
    sheet: AgreementSheet
    state: tuple[str, str]
    purposes: tuple[str, ...]
    categories: tuple[tuple[str, str], ...]
    roles: dict[str, str]
    kinds: dict[str, str]
    actions: frozenset[str]


@sharing.get("/agreements", endpoint="register")
@policy(Permission.AGREEMENT_READ)
def register_page() -> ResponseReturnValue:
    """List the agreements by reference."""
    with units().read(actor()) as uow:
        rows = register(uow, grace_days=grace_days(), after=_place(), limit=PAGE_SIZE + 1)
    shown = rows[:PAGE_SIZE]
    following = ""
    if len(rows) > len(shown):
        following = url_for("sharing.register", begin=shown[-1].reference, after=shown[-1].id)
    return page(
        "sharing/register.html",
        RegisterPage(
            rows=shown, states=STATES, may_edit=may_edit(), next_href=following, wide=True
        ),
    )


@sharing.get("/agreements/<uuid:agreement_id>")
@policy(Permission.AGREEMENT_READ)
def show(agreement_id: UUID) -> ResponseReturnValue:
    """Show one agreement."""
    return _show(read_sheet(agreement_id))


@sharing.post("/agreements/<uuid:agreement_id>/<any('bring-into-force', suspend, end):verb>")
@policy(Permission.AGREEMENT_EDIT)
def move(agreement_id: UUID, verb: str) -> ResponseReturnValue:
    """Bring an agreement into force, suspend it or end it."""
    command, said = MOVES[verb]
    try:
        with units().write(actor()) as uow:
            command(_touch(agreement_id), uow=uow)
    except NotReadyError:
        return _show(read_sheet(agreement_id), 422)  # the page lists every obstacle
    flask.flash(said, "success")
    return to_agreement(agreement_id)


@sharing.post("/agreements/<uuid:agreement_id>/parties/<uuid:agency_id>/<any(remove, leave):verb>")
@policy(Permission.AGREEMENT_EDIT)
def part_with(agreement_id: UUID, agency_id: UUID, verb: str) -> ResponseReturnValue:
    """Take a party out of a draft, or record that it leaves one that is in force."""
    does = {"remove": commands.remove_party, "leave": commands.withdraw_party}
    with units().write(actor()) as uow:
        does[verb](_touch(agreement_id), agency_id, uow=uow)
    flask.flash("The parties are changed.", "success")
    return to_agreement(agreement_id)


@sharing.post("/agreements/<uuid:agreement_id>/gateways/<uuid:gateway_id>/remove")
@policy(Permission.AGREEMENT_EDIT)
def remove_gateway(agreement_id: UUID, gateway_id: UUID) -> ResponseReturnValue:
    """Take a gateway out."""
    with units().write(actor()) as uow:
        commands.remove_gateway(_touch(agreement_id), gateway_id, uow=uow)
    flask.flash("The gateways are changed.", "success")
    return to_agreement(agreement_id)


def _show(sheet: AgreementSheet, status: int = 0) -> ResponseReturnValue:
    line = sheet.line
    allowed = frozenset(
        action.value for action in AgreementAction if AGREEMENT.may(line.status, action)
    )
    shown = AgreementPage(
        heading=line.title,
        caption=line.reference,
        back=url_for("sharing.register"),
        sheet=sheet,
        state=STATES[line.state] if line.status != "draft" else ("Draft", "blue"),
        purposes=tuple(PURPOSES[one] for one in PURPOSES if one in sheet.purposes),
        categories=tuple(
            (label, RULES[sheet.rules.get(one, EXCLUDED)]) for one, label in CATEGORIES.items()
        ),
        roles=PARTY_ROLES,
        kinds=GATEWAY_KINDS,
        actions=allowed if may_edit() else frozenset(),
    )
    return page("sharing/agreement.html", shown, status)


def _touch(agreement_id: UUID) -> Touch:
    return Touch(agreement_id=agreement_id, version=version_of(dict(request.form)))


def _place() -> tuple[str, UUID] | None:
    """Return where the page begins; a broken place is the beginning."""
    try:
        return request.args["begin"], UUID(request.args["after"])
    except (KeyError, ValueError):
        return None
