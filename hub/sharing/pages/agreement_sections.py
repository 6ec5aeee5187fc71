"""Writing a draft: starting it, and the sections that are one form each."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

import flask
from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from hub.access.permissions import Permission
from hub.kernel.errors import RefusedError
from hub.sharing import commands
from hub.sharing.pages.agreement_forms import Edit, FormPage, Values, answer
from hub.sharing.pages.room import read_sheet, sharing
from hub.sharing.queries.agreements import AgreementSheet
from hub.sharing.register.codes import CONTROLLERS, PURPOSES, RIGHTS
from hub.sharing.register.reviews import first_review
from hub.sharing.schemas.agreements import (
    ALONE,
    FRAMEWORK,
    NO_PURPOSE,
    UNDER,
    AssessmentForm,
    EndingForm,
    ExclusionsForm,
    HandlingForm,
    OpeningForm,
    PurposesForm,
    RightsForm,
    Section,
)
from hub.web.current import actor, settings, units
from hub.web.forms import Options, blank, read
from hub.web.guard import policy
from hub.web.render import Task, page, task
from hub.web.values import FormView, Option

NEW = task("Add an agreement")


@dataclass(frozen=True, kw_only=True)
class SectionPage:
    """A section of a draft that is one form: what it shows, and the command that saves it."""

    title: Task
    shape: type[Section]
    values: Callable[[AgreementSheet], Values]
    command: Callable[..., commands.Touch]
    save: Callable[..., None]
    about: str = ""
    options: Callable[[AgreementSheet], Options] = lambda _: {}


def _opening(sheet: AgreementSheet) -> Values:
    contents = sheet.contents
    under = UNDER if contents.framework else ALONE
    usual = first_review(contents.starts_on, contents.first_review_months)
    return {
        "reference": contents.reference,
        "title": contents.title,
        "kind": FRAMEWORK if contents.tier == "framework" else under,
        "framework": contents.framework,
        "starts_on": contents.starts_on,
        "ends_on": contents.ends_on,
        "first_review_months": contents.first_review_months,
        "review_months": contents.review_months,
        "review_on": None if contents.review_on == usual else contents.review_on,
    }


def _controllers(sheet: AgreementSheet) -> Options:
    found = tuple(
        Option(str(one.agency_id), one.agency)
        for one in sheet.contents.parties
        if one.role in CONTROLLERS
    )
    return dict.fromkeys(RIGHTS, found)


SECTIONS: dict[str, SectionPage] = {
    "opening": SectionPage(
        title=task("Title and dates"),
        shape=OpeningForm,
        values=_opening,
        command=commands.SaveOpening,
        save=commands.save_opening,
    ),
    "purposes": SectionPage(
        title=task("Purposes and people"),
        shape=PurposesForm,
        values=lambda sheet: {
            **dict.fromkeys(PURPOSES, NO_PURPOSE),
            **{one.code: one.consent for one in sheet.contents.purposes},
            "subjects": list(sheet.contents.subjects),
        },
        command=commands.SavePurposes,
        save=commands.save_purposes,
        about="A request must be for one of these purposes. Seek consent only where the answer "
        "will be respected; otherwise the person is told, unless that is unsafe. Consent is never "
        "needed to keep a child safe.",
    ),
    "exclusions": SectionPage(
        title=task("What is never shared"),
        shape=ExclusionsForm,
        values=lambda sheet: {
            "exclusions": list(sheet.contents.exclusions),
            "other_exclusions": sheet.contents.other_exclusions,
        },
        command=commands.SaveExclusions,
        save=commands.save_exclusions,
        about="These are looked at before anything that is allowed. A category that the agreement "
        "does not list is never shared either.",
    ),
    "handling": SectionPage(
        title=task("How it is handled"),
        shape=HandlingForm,
        values=lambda sheet: dict(vars(sheet.contents.handling)),
        command=commands.SaveHandling,
        save=commands.save_handling,
    ),
    "assessment": SectionPage(
        title=task("Impact assessment and policy document"),
        shape=AssessmentForm,
        values=lambda sheet: dict(vars(sheet.contents.assessment)),
        command=commands.SaveAssessment,
        save=commands.save_assessment,
        about="Sharing health, offences and other sensitive data needs an impact assessment.",
    ),
    "rights": SectionPage(
        title=task("Rights of the people it is about"),
        shape=RightsForm,
        values=lambda sheet: {code: str(lead) for code, lead in sheet.contents.rights},
        command=commands.SaveRights,
        save=commands.save_rights,
        about="One controller leads on each, so that nobody is sent from one agency to the next. "
        "Each agency still answers for its own records.",
        options=_controllers,
    ),
    "ending": SectionPage(
        title=task("Liability and ending"),
        shape=EndingForm,
        values=lambda sheet: {
            "liability": sheet.contents.liability,
            "termination": sheet.contents.termination,
        },
        command=commands.SaveEnding,
        save=commands.save_ending,
        about="Whoever leaves an agreement can reach nothing under it from the same day.",
    ),
}


@sharing.route("/agreements/new", methods=["GET", "POST"])
@policy(Permission.AGREEMENT_EDIT)
def new() -> ResponseReturnValue:
    """Add an agreement as a draft."""
    if request.method == "GET":
        months = settings().sharing
        first = {
            "first_review_months": months.first_review_months,
            "review_months": months.review_months,
        }
        return _new(blank(OpeningForm, first))
    reading = read(OpeningForm, request.form)
    if reading.value is None:
        return _new(reading.form)
    try:
        with units().write(actor()) as uow:
            agreement_id = commands.start_agreement(reading.value.value["opening"], uow=uow)
    except RefusedError as refused:
        return _new(reading.form.refuse(refused.why, field=refused.field))
    flask.flash("The draft is saved. Go on with its other sections.", "success")
    return redirect(url_for("sharing.show", agreement_id=agreement_id), 303)


def _new(form: FormView) -> ResponseReturnValue:
    about = (
        "You write a draft section by section. Somebody else approves it, every party signs, and "
        "then it can come into force."
    )
    shown = FormPage(
        title=NEW,
        back=url_for("sharing.register"),
        action=url_for("sharing.new"),
        button="Save as a draft",
        about=about,
        form=form,
    )
    return page("sharing/form.html", shown)


@sharing.route(
    f"/agreements/<uuid:agreement_id>/<any({', '.join(SECTIONS)}):name>", methods=["GET", "POST"]
)
@policy(Permission.AGREEMENT_EDIT)
def section(agreement_id: UUID, name: str) -> ResponseReturnValue:
    """Write one section of a draft."""
    sheet, of = read_sheet(agreement_id), SECTIONS[name]
    return answer(
        Edit(
            sheet=sheet,
            title=of.title,
            shape=of.shape,
            values=of.values,
            save=lambda said, uow: of.save(
                of.command(agreement_id=agreement_id, version=said.version, **said.value), uow=uow
            ),
            options=of.options(sheet),
            about=of.about,
        )
    )
