"""What an asker still does: answers a question, takes a request back; and a colleague who signs."""

from dataclasses import dataclass
from uuid import UUID

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from hub.access.permissions import Permission
from hub.db.looks import look
from hub.db.units import UnitOfWork
from hub.kernel.errors import ConflictError, RefusedError
from hub.kernel.even_time import even_time
from hub.sharing.access import open_asked, open_to_sign
from hub.sharing.commands.sending import (
    CounterSign,
    ReplyToHolder,
    counter_sign,
    reply_to_holder,
    withdraw_request,
)
from hub.sharing.pages.asking.asked import REQUEST_LOOK, asked_page, names_in
from hub.sharing.pages.asking.room import asking, typed_version
from hub.sharing.pages.asking.room import policy as request_policy
from hub.sharing.pages.asking.saying import Section, stored_sections
from hub.sharing.queries.asked import sheet_of
from hub.sharing.queries.asked_rows import AskedSheet
from hub.sharing.queries.holders import holder_named
from hub.sharing.states import REQUEST, RequestMove, RequestState
from hub.web import current
from hub.web.fields import Choice, LongText
from hub.web.forms import ValuesForm, blank, read
from hub.web.guard import policy
from hub.web.render import Page, Task, page, task
from hub.web.values import FormView

REPLY = task("Answer a question")
WITHDRAW = task("Withdraw your request")
SIGN = task("Counter-sign a request")


class ReplyForm(ValuesForm):
    """The answer to what the holder asked."""

    text = LongText("Your answer", required=True, ask="Enter your answer", rows=6)


class WithdrawForm(ValuesForm):
    """Why a request is taken back; it may stay unsaid."""

    text = LongText("Why do you withdraw it?", hint="They can read this", rows=3)


class SignForm(ValuesForm):
    """Whether an officer counter-signs."""

    is_signed = Choice(
        "Do you counter-sign this request?",
        {"yes": "Yes, I counter-sign it", "no": "No"},
        required=True,
        ask="Select whether you counter-sign it",
    )
    note = LongText("If not, what must be put right?", called="what must be put right", rows=3)


@dataclass(frozen=True, kw_only=True)
class ReplyPage(Page):
    """A form of the asker about a request of theirs; ``question`` is what they are asked."""

    form: FormView
    action: str
    button: str
    kind: str = ""
    question: str = ""
    about: str = ""


@dataclass(frozen=True, kw_only=True)
class SignPage(Page):
    """The form that an officer puts their name to, and whether they do."""

    title: Task = SIGN
    form: FormView
    action: str
    sheet: AskedSheet
    sections: tuple[Section, ...]


@asking.route("/requests/<uuid:request_id>/reply", methods=["GET", "POST"])
@policy(Permission.REQUEST_ASK)
def reply(request_id: UUID) -> ResponseReturnValue:
    """Answer what the holder asked back."""
    _own(request_id, RequestMove.CLARIFY)
    form = blank(ReplyForm)
    if request.method == "POST":
        reading = read(ReplyForm, request.form)
        form = reading.form
        if reading.value is not None:
            cmd = ReplyToHolder(request_id=request_id, text=str(reading.value["text"]))
            with current.units().write(current.actor()) as uow:
                reply_to_holder(cmd, uow=uow, policy=request_policy())
            flash("Your answer was sent", "success")
            return redirect(url_for("asking.asked", request_id=request_id), 303)
    look(current.units(), current.actor(), REQUEST_LOOK, [request_id])
    shown = ReplyPage(
        title=REPLY,
        back=url_for("asking.asked", request_id=request_id),
        form=form,
        action=request.path,
        button="Send",
        question=asked_page(request_id).question,
    )
    return page("sharing/ask_reply.html", shown)


@asking.route("/requests/<uuid:request_id>/withdraw", methods=["GET", "POST"])
@policy(Permission.REQUEST_ASK)
def withdraw(request_id: UUID) -> ResponseReturnValue:
    """Take a request of one's own back."""
    _own(request_id, RequestMove.WITHDRAW)
    form = blank(WithdrawForm)
    if request.method == "POST":
        reading = read(WithdrawForm, request.form)
        form = reading.form
        if reading.value is not None:
            cmd = ReplyToHolder(request_id=request_id, text=str(reading.value["text"] or ""))
            with current.units().write(current.actor()) as uow:
                withdraw_request(cmd, uow=uow, policy=request_policy())
            flash("Your request was withdrawn", "success")
            return redirect(url_for("asking.asked", request_id=request_id), 303)
    shown = ReplyPage(
        title=WITHDRAW,
        back=url_for("asking.asked", request_id=request_id),
        form=form,
        action=request.path,
        button="Withdraw this request",
        kind="warning",
        about="Nobody answers it any more. What was shared already stays with you.",
    )
    return page("sharing/ask_reply.html", shown)


@asking.route("/requests/<uuid:request_id>/sign", methods=["GET", "POST"])
@policy(Permission.REQUEST_ASK)
def sign(request_id: UUID) -> ResponseReturnValue:
    """Show an officer what they are to counter-sign, and take their yes or no."""
    with current.units().read(current.actor()) as uow:
        open_to_sign(uow, request_id)
    form = blank(SignForm)
    if request.method == "POST":
        reading = read(SignForm, request.form)
        form = reading.form
        if reading.value is not None:
            is_signed = reading.value["is_signed"] == "yes"
            cmd = CounterSign(
                request_id=request_id,
                version=typed_version(),
                is_signed=is_signed,
                note=reading.value["note"] or "",
            )
            try:
                with even_time(), current.units().write(current.actor()) as uow:
                    counter_sign(cmd, uow=uow, policy=request_policy())
            except ConflictError:
                form = form.refuse(CHANGED, field="is_signed")
            except RefusedError as no:
                form = form.refuse(no.why, field=no.field)
            else:
                flash(SIGNED if is_signed else NOT_SIGNED, "success")
                return redirect(url_for("asking.mine"), 303)
    look(current.units(), current.actor(), REQUEST_LOOK, [request_id])
    with current.units().read(current.actor()) as uow:
        shown = _sign_page(uow, request_id, form)
    return page("sharing/ask_sign.html", shown)


CHANGED = "Your colleague changed it after you opened it. Read what it says now, then answer"
SIGNED = "You have counter-signed the request"
NOT_SIGNED = "Your colleague is told what must be put right"


def _sign_page(uow: UnitOfWork, request_id: UUID, form: FormView) -> SignPage:
    sheet = sheet_of(uow, open_to_sign(uow, request_id))
    holder = holder_named(uow, sheet.holder_agency_id, sheet.holder_service_id)
    return SignPage(
        heading=f"Counter-sign request {sheet.line.reference}",
        back=url_for("asking.mine"),
        form=form,
        action=url_for("asking.sign", request_id=request_id),
        sheet=sheet,
        sections=stored_sections(sheet, holder, names_in(uow, sheet)),
    )


def _own(request_id: UUID, move: RequestMove) -> None:
    """Refuse whoever did not send it, and what its state does not allow."""
    with current.units().read(current.actor()) as uow:
        REQUEST.step(RequestState(open_asked(uow, request_id).state), move)
