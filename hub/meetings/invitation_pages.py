"""An invited worker's pages: my invitations, and one of them with the five answers."""

from dataclasses import dataclass
from http import HTTPStatus
from uuid import UUID

import flask
from flask import Blueprint, redirect, request, url_for
from flask.typing import ResponseReturnValue

from hub.access.permissions import Permission
from hub.db.looks import look_at
from hub.kernel.days import parse_instant
from hub.kernel.errors import ConflictError, RefusedError
from hub.meetings.answers import INVITATION, Answer, answer_invitation
from hub.meetings.invitation_queries import (
    PAGE_SIZE,
    InvitationLine,
    InvitationSheet,
    Place,
    colleagues,
    invitation_sheet,
    my_invitations,
    subject_name,
)
from hub.meetings.invitation_schemas import COLLEAGUE_OF, NOTE_OF, AnswerForm, Said, SendForm
from hub.meetings.rules import InvitationPolicy, policy_of
from hub.web.current import actor, settings, units
from hub.web.forms import Options, Reading, blank, read
from hub.web.guard import policy
from hub.web.phrases import said_moment, said_span, said_weekday
from hub.web.render import Page, Task, page, task
from hub.web.values import FormView, Option

invitations = Blueprint("invitations", __name__, template_folder="templates")

MINE = task("Your invitations")
EARLIER = task("Earlier invitations")
ONE = task("Your invitation")
ANSWERED = task("Your answer")

KINDS = {
    "marac": "MARAC (a multi-agency meeting about people at high risk)",
    "safety_planning": "Safety planning meeting",
    "professionals": "Professionals meeting",
    "support": "Support meeting",
    "strategy": "Strategy meeting",
}
ROLES = {
    "victim": "the victim",
    "alleged_perpetrator": "the person alleged to cause harm",
    "child": "a child in the case",
    "other_adult": "another adult in the case",
}
GIVEN = {
    Answer.ACCEPTED: "You will come",
    Answer.DECLINED: "You cannot come",
    Answer.STAND_IN: "A colleague comes",
    Answer.INFORMATION_ONLY: "You send information only",
    Answer.NOT_MINE: "No longer yours",
}


SENT = GIVEN | {
    Answer.DECLINED: "You cannot answer",
    Answer.STAND_IN: "A colleague answers",
    Answer.INFORMATION_ONLY: "You sent what you know",
}
"""The same where nobody meets."""


@dataclass(frozen=True, kw_only=True)
class MinePage(Page):
    """A list of the actor's invitations."""

    title: Task = MINE
    rows: tuple[InvitationLine, ...]
    kinds: dict[str, str]
    given: dict[Answer, str]
    sent: dict[Answer, str]
    past: bool
    next_href: str


@dataclass(frozen=True, kw_only=True)
class InvitationPage(Page):
    """One invitation; ``name`` is empty where nobody may be named any more."""

    title: Task = ONE
    sheet: InvitationSheet
    name: str
    kind: str
    role: str
    given: str


@dataclass(frozen=True, kw_only=True)
class AnsweredPage(Page):
    """What was answered, and what follows."""

    title: Task = ANSWERED
    sheet: InvitationSheet
    given: str


@invitations.get("/invitations")
@policy(Permission.INVITATION_READ)
def mine() -> ResponseReturnValue:
    """List my invitations, those to come first; a line names nobody."""
    past = request.args.get("when") == "earlier"
    with units().read(actor()) as uow:
        rows = my_invitations(uow, _policy(), after=_place(), limit=PAGE_SIZE + 1, past=past)
    shown = rows[:PAGE_SIZE]
    following = ""
    if len(rows) > len(shown):
        following = url_for(
            "invitations.mine",
            when="earlier" if past else None,
            begin=shown[-1].starts_at.isoformat(),
            after=shown[-1].id,
        )
    return page(
        "meetings/invitation_list.html",
        MinePage(
            title=EARLIER if past else MINE,
            rows=shown,
            kinds=KINDS,
            given=GIVEN,
            sent=SENT,
            past=past,
            next_href=following,
        ),
    )


@invitations.get("/invitations/<uuid:invitation_id>")
@policy(Permission.INVITATION_READ)
def show(invitation_id: UUID) -> ResponseReturnValue:
    """Show one invitation; the look is in the trail first, and says that it was opened."""
    sheet, options = _sheet(invitation_id)
    return _show(sheet, blank(_shape(sheet), _values(sheet), options=options))


@invitations.post("/invitations/<uuid:invitation_id>")
@policy(Permission.INVITATION_ANSWER)
def answer(invitation_id: UUID) -> ResponseReturnValue:
    """Take an answer, or say beside its field what is missing."""
    sheet, options = _sheet(invitation_id)
    reading = read(_shape(sheet), request.form, options=options)
    said = reading.value
    if said is None:
        return _show(sheet, reading.form)
    try:
        with units().write(actor()) as uow:
            answer_invitation(said.command(invitation_id), uow=uow, policy=_policy())
    except ConflictError:
        return _changed_meanwhile(invitation_id, reading)
    except RefusedError as refused:
        if refused.field is None:  # taken back or begun: the page now says so, and what to do
            flask.flash(refused.why)
            return redirect(url_for("invitations.show", invitation_id=invitation_id), 303)
        return _show(sheet, reading.form.refuse(refused.why, field=said.field(refused.field)))
    return redirect(url_for("invitations.answered", invitation_id=invitation_id), 303)


@invitations.get("/invitations/<uuid:invitation_id>/answer")
@policy(Permission.INVITATION_READ)
def answered(invitation_id: UUID) -> ResponseReturnValue:
    """Say what was answered and what follows; nobody is named."""
    with units().read(actor()) as uow:
        sheet = invitation_sheet(uow, invitation_id, _policy())
    if sheet.answer is None or not sheet.is_held or sheet.sender:
        return redirect(url_for("invitations.show", invitation_id=invitation_id), 303)
    given = _given(sheet)
    return page("meetings/invitation_answered.html", AnsweredPage(sheet=sheet, given=given))


def _sheet(invitation_id: UUID) -> tuple[InvitationSheet, Options]:
    with units().read(actor()) as uow:
        sheet = invitation_sheet(uow, invitation_id, _policy())
        own = tuple(Option(str(key), name) for key, name in colleagues(uow, sheet))
    return sheet, {"stand_in": own, "new_worker": own}


def _show(sheet: InvitationSheet, form: FormView, status: int = 0) -> ResponseReturnValue:
    name = ""
    if sheet.is_held:
        first = () if sheet.opened or sheet.sender else ((INVITATION, sheet.id),)
        look_at(units(), actor(), (*first, ("person", sheet.subject_id)))
        with units().read(actor()) as uow:
            name = subject_name(uow, sheet)
    shown = InvitationPage(
        form=form if sheet.can_answer else None,
        back=url_for("invitations.mine"),
        sheet=sheet,
        name=name,
        kind=KINDS[sheet.kind],
        role=ROLES.get(sheet.role, ""),
        given=_given(sheet),
    )
    return page("meetings/invitation_show.html", shown, status)


def _changed_meanwhile(invitation_id: UUID, reading: Reading[Said]) -> ResponseReturnValue:
    """Show the new times with everything typed kept; pressing again answers for them."""
    sheet, options = _sheet(invitation_id)
    typed = reading.typed | {"sequence": [str(sheet.sequence)]}
    form = blank(_shape(sheet), typed=typed, options=options)
    now_so = f"{said_weekday(sheet.starts_at)}, {said_span(sheet.starts_at, sheet.ends_at)}"
    why = f"Your slot has changed since you opened this page. It is now {now_so}. Answer again"
    if sheet.closes:
        why = (
            "The closing date has changed since you opened this page. It is now"
            f" {said_moment(sheet.starts_at)}. Answer again"
        )
    return _show(sheet, form.refuse(why, field="answer"), HTTPStatus.CONFLICT)


def _shape(sheet: InvitationSheet) -> type[AnswerForm]:
    return SendForm if sheet.closes else AnswerForm


def _given(sheet: InvitationSheet) -> str:
    if sheet.answer is None:
        return ""
    return (SENT if sheet.closes else GIVEN)[Answer(sheet.answer)]


def _values(sheet: InvitationSheet) -> dict[str, object]:
    """Return the answer given so far as the form shows it."""
    values: dict[str, object] = {"sequence": sheet.sequence, "answer": sheet.answer}
    if sheet.answer is not None:
        given = Answer(sheet.answer)
        values[NOTE_OF.get(given, "")] = sheet.note or None
        values[COLLEAGUE_OF.get(given, "")] = sheet.stand_in_id
    return values


def _place() -> Place | None:
    """Return where the page begins; a broken place is the beginning."""
    try:
        return parse_instant(request.args["begin"]), UUID(request.args["after"])
    except (KeyError, ValueError):
        return None


def _policy() -> InvitationPolicy:
    return policy_of(settings())
