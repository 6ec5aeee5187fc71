"""What is done to a version as a whole: approving, signing, bringing into force, ending."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

import flask
from flask.typing import ResponseReturnValue

from hub.access.permissions import Permission
from hub.kernel.errors import NotFoundError
from hub.sharing import commands
from hub.sharing.commands import NotReadyError, Touch
from hub.sharing.pages.agreement_forms import Edit, answer
from hub.sharing.pages.agreement_parts import typed_version
from hub.sharing.pages.agreement_show import shown, whole_of
from hub.sharing.pages.room import read_sheet, sharing, to_agreement
from hub.sharing.queries.agreements import AgreementSheet, contacts_to_ask
from hub.sharing.register.contents import Party
from hub.sharing.register.spelling import day_in_words
from hub.sharing.schemas.agreement_parts import ContactsForm, ReviewForm, SignForm, WhyForm
from hub.sharing.schemas.agreements import Section
from hub.web.current import actor, units
from hub.web.guard import policy
from hub.web.render import Task, task
from hub.web.values import Option

UNPROCESSABLE = 422
SIGN = task("Record a signature")
CONTACTS = task("Who to contact")
REVIEW = task("Record a review")
LEAVE = task("A party leaves")


@dataclass(frozen=True, kw_only=True)
class Reasoned:
    """Something that is done to a version with a reason: what the page says, and the command."""

    title: Task
    command: Callable[..., None]
    button: str
    about: str
    said: str


REASONED = {
    "send-back": Reasoned(
        title=task("Send it back to be changed"),
        command=commands.send_back,
        button="Send it back",
        about="It becomes a draft again, and signatures it has are void.",
        said="It is a draft again.",
    ),
    "suspend": Reasoned(
        title=task("Suspend the agreement"),
        command=commands.suspend_agreement,
        button="Suspend: share nothing",
        about="Nothing is shared under it until it is brought back. Invitations that rest on it "
        "are held.",
        said="The agreement is suspended. Nothing is shared.",
    ),
    "end": Reasoned(
        title=task("End it for good"),
        command=commands.end_agreement,
        button="End it today",
        about="From today nothing is shared under it, and it cannot be brought back. A version "
        "that has not counted yet is thrown away.",
        said="It has ended.",
    ),
}


@sharing.post("/agreements/<uuid:agreement_id>/ask-approval")
@policy(Permission.AGREEMENT_EDIT)
def ask_approval(agreement_id: UUID) -> ResponseReturnValue:
    """Ask those who may approve a draft to read it."""
    try:
        with units().write(actor()) as uow:
            commands.ask_approval(_touch(agreement_id), uow=uow)
    except NotReadyError:
        return shown(read_sheet(agreement_id), UNPROCESSABLE)
    flask.flash("Those who may approve it get a message.", "success")
    return to_agreement(agreement_id)


@sharing.post("/agreements/<uuid:agreement_id>/approve")
@policy(Permission.AGREEMENT_APPROVE)
def approve(agreement_id: UUID) -> ResponseReturnValue:
    """Approve a draft that somebody else wrote."""
    try:
        with units().write(actor()) as uow:
            commands.approve_agreement(_touch(agreement_id), uow=uow)
    except NotReadyError:
        return whole_of(read_sheet(agreement_id), UNPROCESSABLE)  # the page lists what lacks
    flask.flash("The agreement is approved. Now every party signs.", "success")
    return to_agreement(agreement_id)


@sharing.post("/agreements/<uuid:agreement_id>/bring-into-force")
@policy(Permission.AGREEMENT_EDIT)
def bring_into_force(agreement_id: UUID) -> ResponseReturnValue:
    """Bring a version into force, or back into it."""
    try:
        with units().write(actor()) as uow:
            commands.bring_into_force(_touch(agreement_id), uow=uow)
    except NotReadyError:
        return shown(read_sheet(agreement_id), UNPROCESSABLE)
    flask.flash("The agreement is in force.", "success")
    return to_agreement(agreement_id)


@sharing.post("/agreements/<uuid:agreement_id>/next")
@policy(Permission.AGREEMENT_EDIT)
def write_next(agreement_id: UUID) -> ResponseReturnValue:
    """Begin the next version as a copy."""
    with units().write(actor()) as uow:
        next_id = commands.write_next(_touch(agreement_id), uow=uow)
    flask.flash("The next version is a draft now. The present one goes on meanwhile.", "success")
    return to_agreement(next_id)


@sharing.route(
    "/agreements/<uuid:agreement_id>/<any('send-back', suspend, end):verb>",
    methods=["GET", "POST"],
)
@policy(Permission.AGREEMENT_EDIT)
def reasoned(agreement_id: UUID, verb: str) -> ResponseReturnValue:
    """Send a version back, suspend it or end it, and say why."""
    move = REASONED[verb]
    return answer(
        Edit(
            sheet=read_sheet(agreement_id),
            title=move.title,
            shape=WhyForm,
            values=lambda _: {},
            save=lambda said, uow: move.command(
                commands.Because(agreement_id=agreement_id, version=said.version, **said.value),
                uow=uow,
            ),
            button=move.button,
            about=move.about,
            said=move.said,
        )
    )


@sharing.route("/agreements/<uuid:agreement_id>/review", methods=["GET", "POST"])
@policy(Permission.AGREEMENT_EDIT)
def review(agreement_id: UUID) -> ResponseReturnValue:
    """Record that an agreement was reviewed and stands, and when the next review is."""
    sheet = read_sheet(agreement_id)
    return answer(
        Edit(
            sheet=sheet,
            title=REVIEW,
            shape=ReviewForm,
            values=lambda sheet: {"review_on": sheet.next_review_on},
            save=lambda said, uow: commands.review_agreement(
                commands.ReviewAgreement(
                    agreement_id=agreement_id, version=said.version, **said.value
                ),
                uow=uow,
            ),
            button="Record review",
            about="If the terms must change, write the next version instead. The next review is "
            f"due by {day_in_words(sheet.next_review_on)}.",
        )
    )


@sharing.route(
    "/agreements/<uuid:agreement_id>/parties/<uuid:agency_id>/sign", methods=["GET", "POST"]
)
@policy(Permission.AGREEMENT_EDIT)
def sign(agreement_id: UUID, agency_id: UUID) -> ResponseReturnValue:
    """Record that a party has signed."""
    sheet = read_sheet(agreement_id)
    return answer(
        Edit(
            sheet=sheet,
            title=SIGN,
            shape=SignForm,
            values=lambda sheet: {
                "signatory": _party(sheet, agency_id).signatory,
                "signed_on": _party(sheet, agency_id).signed_on,
            },
            save=lambda said, uow: commands.sign_party(
                commands.SignParty(
                    agreement_id=agreement_id,
                    version=said.version,
                    agency_id=agency_id,
                    **said.value,
                ),
                uow=uow,
            ),
            about=f"For {_party(sheet, agency_id).agency}.",
        )
    )


@sharing.route(
    "/agreements/<uuid:agreement_id>/parties/<uuid:agency_id>/contacts", methods=["GET", "POST"]
)
@policy(Permission.AGREEMENT_EDIT)
def contacts(agreement_id: UUID, agency_id: UUID) -> ResponseReturnValue:
    """Say whom to contact at a party."""
    sheet = read_sheet(agreement_id)
    with units().read(actor()) as uow:
        known = tuple(Option(str(key), said) for key, said in contacts_to_ask(uow, agency_id))
    return answer(
        Edit(
            sheet=sheet,
            title=CONTACTS,
            shape=ContactsForm,
            values=lambda sheet: {
                "contact": _party(sheet, agency_id).contact_id,
                "deputy": _party(sheet, agency_id).deputy_id,
            },
            save=lambda said, uow: commands.save_contacts(
                commands.SaveContacts(
                    agreement_id=agreement_id,
                    version=said.version,
                    agency_id=agency_id,
                    **said.value,
                ),
                uow=uow,
            ),
            options={"contact": known, "deputy": known},
            about=f"At {_party(sheet, agency_id).agency}. When neither can be reached a request "
            "goes to the duty desk. This can change without a new version.",
        )
    )


@sharing.route(
    "/agreements/<uuid:agreement_id>/parties/<uuid:agency_id>/leave", methods=["GET", "POST"]
)
@policy(Permission.AGREEMENT_EDIT)
def leave(agreement_id: UUID, agency_id: UUID) -> ResponseReturnValue:
    """Record that a party leaves today."""
    sheet = read_sheet(agreement_id)
    return answer(
        Edit(
            sheet=sheet,
            title=LEAVE,
            shape=Section,
            values=lambda _: {},
            save=lambda said, uow: commands.withdraw_party(
                commands.OfParty(
                    agreement_id=agreement_id, version=said.version, agency_id=agency_id
                ),
                uow=uow,
            ),
            button="It leaves today",
            about=f"{_party(sheet, agency_id).agency} leaves. From today nothing is shared with it "
            "under this agreement, and it cannot come back without a new version.",
        )
    )


def _party(sheet: AgreementSheet, agency_id: UUID) -> Party:
    for one in sheet.contents.parties:
        if one.agency_id == agency_id:
            return one
    raise NotFoundError("no such party")


def _touch(agreement_id: UUID) -> Touch:
    return Touch(agreement_id=agreement_id, version=typed_version())
