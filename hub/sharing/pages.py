"""The register of agreements: a list, one of them, and what a governance lead does to it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import flask
from flask import Blueprint, redirect, request, url_for
from flask.typing import ResponseReturnValue

from hub.access.permissions import Permission, could
from hub.db.units import UnitOfWork
from hub.kernel.errors import ConflictError, RefusedError
from hub.sharing import commands
from hub.sharing.commands import NotReadyError, Touch
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
from hub.sharing.register_queries import (
    PAGE_SIZE,
    AgreementLine,
    AgreementSheet,
    agency_names,
    register,
    sheet_of,
)
from hub.sharing.schemas import (
    AgreementForm,
    GatewayForm,
    PartyForm,
    ReviewForm,
    version_of,
)
from hub.web.current import actor, settings, units
from hub.web.forms import Form, Options, Reading, blank, read
from hub.web.guard import policy
from hub.web.phrases import said_day
from hub.web.render import ConflictPage, Page, Task, conflict, page, task, versions
from hub.web.values import FormView, Option

sharing = Blueprint("sharing", __name__, template_folder="templates")

REGISTER = task("Agreements")
ONE = task("Agreement")
NEW = task("Add an agreement")
CHANGE = task("Change an agreement")
PARTY = task("Party to an agreement")
GATEWAY = task("Gateway in law")
REVIEW = task("Review an agreement")

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


@dataclass(frozen=True, kw_only=True)
class FormPage(Page):
    """A page that is one form."""

    action: str
    button: str


@sharing.get("/agreements", endpoint="register")
@policy(Permission.AGREEMENT_READ)
def register_page() -> ResponseReturnValue:
    """List the agreements by reference."""
    with units().read(actor()) as uow:
        rows = register(uow, grace_days=_grace(), after=_place(), limit=PAGE_SIZE + 1)
    shown = rows[:PAGE_SIZE]
    following = ""
    if len(rows) > len(shown):
        following = url_for("sharing.register", begin=shown[-1].reference, after=shown[-1].id)
    return page(
        "sharing/register.html",
        RegisterPage(
            rows=shown, states=STATES, may_edit=_may_edit(), next_href=following, wide=True
        ),
    )


@sharing.get("/agreements/<uuid:agreement_id>")
@policy(Permission.AGREEMENT_READ)
def show(agreement_id: UUID) -> ResponseReturnValue:
    """Show one agreement."""
    return _show(_sheet(agreement_id))


@sharing.route("/agreements/new", methods=["GET", "POST"])
@policy(Permission.AGREEMENT_EDIT)
def new() -> ResponseReturnValue:
    """Add an agreement as a draft."""
    at = FormPage(
        title=NEW,
        back=url_for("sharing.register"),
        action=url_for("sharing.new"),
        button="Save as a draft",
    )
    if request.method == "GET":
        return _form(at, blank(AgreementForm))
    reading = read(AgreementForm, request.form)
    if reading.value is None:
        return _form(at, reading.form)
    try:
        with units().write(actor()) as uow:
            agreement_id = commands.save_agreement(reading.value.command(None), uow=uow)
    except RefusedError as refused:
        return _form(at, reading.form.refuse(refused.why, field=refused.field))
    flask.flash("The draft is saved. Now add its parties and its gateways.", "success")
    return _to(agreement_id)


@sharing.route("/agreements/<uuid:agreement_id>/change", methods=["GET", "POST"])
@policy(Permission.AGREEMENT_EDIT)
def change(agreement_id: UUID) -> ResponseReturnValue:
    """Change the terms of an agreement that is not in force."""
    sheet = _sheet(agreement_id)
    line = sheet.line
    values = {
        "version": line.version,
        "reference": line.reference,
        "title": line.title,
        "starts_on": line.starts_on,
        "ends_on": line.ends_on,
        "review_on": line.review_on,
        "purposes": list(sheet.purposes),
        "permitted": [one for one, rule in sheet.rules.items() if rule == PERMITTED],
        "on_approval": [one for one, rule in sheet.rules.items() if rule == APPROVAL],
    }
    return _edit(
        sheet,
        _at(sheet, CHANGE, url_for("sharing.change", agreement_id=agreement_id), "Save"),
        AgreementForm,
        values,
        lambda said, uow: commands.save_agreement(said.command(agreement_id), uow=uow),
    )


@sharing.route("/agreements/<uuid:agreement_id>/parties", methods=["GET", "POST"])
@policy(Permission.AGREEMENT_EDIT)
def party(agreement_id: UUID) -> ResponseReturnValue:
    """Add a party, or change the one whose agency the address names."""
    sheet = _sheet(agreement_id)
    wanted = request.args.get("agency", "")
    known = next((one for one in sheet.parties if str(one.agency_id) == wanted), None)
    values: dict[str, object] = {"version": sheet.line.version}
    if known is not None:
        values |= {
            "agency": known.agency_id,
            "role": known.role,
            "signatory": known.signatory,
            "signed_on": known.signed_on,
        }
    with units().read(actor()) as uow:
        agencies = tuple(Option(str(key), name) for key, name in agency_names(uow))
    return _edit(
        sheet,
        _at(sheet, PARTY, url_for("sharing.party", agreement_id=agreement_id), "Save party"),
        PartyForm,
        values,
        lambda said, uow: commands.save_party(said.command(agreement_id), uow=uow),
        {"agency": agencies},
    )


@sharing.route("/agreements/<uuid:agreement_id>/gateways", methods=["GET", "POST"])
@policy(Permission.AGREEMENT_EDIT)
def gateway(agreement_id: UUID) -> ResponseReturnValue:
    """Add a gateway in law."""
    sheet = _sheet(agreement_id)
    return _edit(
        sheet,
        _at(sheet, GATEWAY, url_for("sharing.gateway", agreement_id=agreement_id), "Add gateway"),
        GatewayForm,
        {"version": sheet.line.version},
        lambda said, uow: commands.add_gateway(said.command(agreement_id), uow=uow),
    )


@sharing.route("/agreements/<uuid:agreement_id>/review", methods=["GET", "POST"])
@policy(Permission.AGREEMENT_EDIT)
def review(agreement_id: UUID) -> ResponseReturnValue:
    """Record that the agreement was reviewed and when the next review is."""
    sheet = _sheet(agreement_id)
    return _edit(
        sheet,
        _at(sheet, REVIEW, url_for("sharing.review", agreement_id=agreement_id), "Record review"),
        ReviewForm,
        {"version": sheet.line.version},
        lambda said, uow: commands.review_agreement(
            Touch(agreement_id=agreement_id, review_on=said[0], version=said[1]), uow=uow
        ),
    )


@sharing.post("/agreements/<uuid:agreement_id>/<any('bring-into-force', suspend, end):verb>")
@policy(Permission.AGREEMENT_EDIT)
def move(agreement_id: UUID, verb: str) -> ResponseReturnValue:
    """Bring an agreement into force, suspend it or end it."""
    command, said = MOVES[verb]
    try:
        with units().write(actor()) as uow:
            command(_touch(agreement_id), uow=uow)
    except NotReadyError:
        return _show(_sheet(agreement_id), 422)  # the page lists every obstacle
    flask.flash(said, "success")
    return _to(agreement_id)


@sharing.post("/agreements/<uuid:agreement_id>/parties/<uuid:agency_id>/<any(remove, leave):verb>")
@policy(Permission.AGREEMENT_EDIT)
def part_with(agreement_id: UUID, agency_id: UUID, verb: str) -> ResponseReturnValue:
    """Take a party out of a draft, or record that it leaves one that is in force."""
    does = {"remove": commands.remove_party, "leave": commands.withdraw_party}
    with units().write(actor()) as uow:
        does[verb](_touch(agreement_id), agency_id, uow=uow)
    flask.flash("The parties are changed.", "success")
    return _to(agreement_id)


@sharing.post("/agreements/<uuid:agreement_id>/gateways/<uuid:gateway_id>/remove")
@policy(Permission.AGREEMENT_EDIT)
def remove_gateway(agreement_id: UUID, gateway_id: UUID) -> ResponseReturnValue:
    """Take a gateway out."""
    with units().write(actor()) as uow:
        commands.remove_gateway(_touch(agreement_id), gateway_id, uow=uow)
    flask.flash("The gateways are changed.", "success")
    return _to(agreement_id)


def _sheet(agreement_id: UUID) -> AgreementSheet:
    with units().read(actor()) as uow:
        return sheet_of(uow, agreement_id, grace_days=_grace())


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
        actions=allowed if _may_edit() else frozenset(),
    )
    return page("sharing/agreement.html", shown, status)


def _edit(
    sheet: AgreementSheet,
    at: FormPage,
    shape: type[Form[Any]],
    values: dict[str, object],
    save: Callable[[Any, UnitOfWork], object],
    options: Options | None = None,
) -> ResponseReturnValue:
    """Show a form of one agreement, or take what was typed and go back to the agreement."""
    if request.method == "GET":
        return _form(at, blank(shape, values, options=options))
    reading: Reading[Any] = read(shape, request.form, options=options)
    if reading.value is None:
        return _form(at, reading.form)
    try:
        with units().write(actor()) as uow:
            save(reading.value, uow)
    except ConflictError as stale:
        return _both(sheet, at, reading, stale)
    except RefusedError as refused:
        return _form(at, reading.form.refuse(refused.why, field=refused.field))
    flask.flash("Saved", "success")
    return _to(sheet.line.id)


def _both(
    sheet: AgreementSheet, at: FormPage, reading: Reading[Any], stale: ConflictError
) -> ResponseReturnValue:
    """Set what was typed beside what is saved; the other way on is to save it over."""
    saved = {
        name: said_day(getattr(sheet.line, name)) if value else ""
        for name, value in stale.theirs.items()
        if name.endswith("_on")
    }
    kept = [(name, text) for name, text in request.form.items(multi=True)]
    return conflict(
        ConflictPage(
            what="the agreement",
            versions=versions(reading.form, stale.theirs | saved),
            reload=url_for("sharing.show", agreement_id=sheet.line.id),
            again=at.action,
            keep=(
                *((name, text) for name, text in kept if name not in {"csrf_token", "version"}),
                ("version", str(sheet.line.version)),
            ),
        )
    )


def _at(sheet: AgreementSheet, title: Task, action: str, button: str) -> FormPage:
    return FormPage(
        title=title,
        caption=sheet.line.reference,
        back=url_for("sharing.show", agreement_id=sheet.line.id),
        action=action,
        button=button,
    )


def _form(at: FormPage, form: FormView) -> ResponseReturnValue:
    shown = FormPage(
        title=at.title,
        caption=at.caption,
        back=at.back,
        action=at.action,
        button=at.button,
        form=form,
    )
    return page("sharing/form.html", shown)


def _touch(agreement_id: UUID) -> Touch:
    return Touch(agreement_id=agreement_id, version=version_of(dict(request.form)))


def _to(agreement_id: UUID) -> ResponseReturnValue:
    return redirect(url_for("sharing.show", agreement_id=agreement_id), 303)


def _grace() -> int:
    return settings().sharing.review_grace_days


def _may_edit() -> bool:
    return could(actor(), Permission.AGREEMENT_EDIT)


def _place() -> tuple[str, UUID] | None:
    """Return where the page begins; a broken place is the beginning."""
    try:
        return request.args["begin"], UUID(request.args["after"])
    except (KeyError, ValueError):
        return None
