"""Changing agreements: their terms, parties, gateways and reviews, each on a form of its own."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import flask
from flask import request, url_for
from flask.typing import ResponseReturnValue

from hub.access.permissions import Permission
from hub.db.units import UnitOfWork
from hub.kernel.errors import ConflictError, RefusedError
from hub.sharing import commands
from hub.sharing.commands import Touch
from hub.sharing.pages.room import read_sheet, sharing, to_agreement
from hub.sharing.queries.agreements import AgreementSheet, agency_names
from hub.sharing.register import APPROVAL, PERMITTED
from hub.sharing.schemas.agreements import AgreementForm, GatewayForm, PartyForm, ReviewForm
from hub.web.current import actor, units
from hub.web.forms import Form, Options, Reading, blank, read
from hub.web.guard import policy
from hub.web.phrases import said_day
from hub.web.render import ConflictPage, Page, Task, conflict, page, task, versions
from hub.web.values import FormView, Option

NEW = task("Add an agreement")
CHANGE = task("Change an agreement")
PARTY = task("Party to an agreement")
GATEWAY = task("Gateway in law")
REVIEW = task("Review an agreement")


@dataclass(frozen=True, kw_only=True)
class FormPage(Page):
    """A page that is one form."""

    action: str
    button: str


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
    return to_agreement(agreement_id)


@sharing.route("/agreements/<uuid:agreement_id>/change", methods=["GET", "POST"])
@policy(Permission.AGREEMENT_EDIT)
def change(agreement_id: UUID) -> ResponseReturnValue:
    """Change the terms of an agreement that is not in force."""
    sheet = read_sheet(agreement_id)
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
    sheet = read_sheet(agreement_id)
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
    sheet = read_sheet(agreement_id)
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
    sheet = read_sheet(agreement_id)
    return _edit(
        sheet,
        _at(sheet, REVIEW, url_for("sharing.review", agreement_id=agreement_id), "Record review"),
        ReviewForm,
        {"version": sheet.line.version},
        lambda said, uow: commands.review_agreement(
            Touch(agreement_id=agreement_id, review_on=said[0], version=said[1]), uow=uow
        ),
    )


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
    return to_agreement(sheet.line.id)


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
