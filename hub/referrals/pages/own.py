"""What a referrer can still do with a concern of theirs: send more information, or withdraw it."""

from dataclasses import dataclass
from uuid import UUID

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from hub.access.permissions import Fact, Permission
from hub.db.files import FIELD
from hub.kernel.errors import NotFoundError, RefusedError
from hub.referrals import commands
from hub.referrals.access import facts_of, open_concern
from hub.referrals.commands import AddInformation, AttachFile, WithdrawConcern
from hub.referrals.pages.blueprint import pages, store
from hub.referrals.pages.concern import Question, questions_asked
from hub.referrals.states import CONCERN, Move, Screening
from hub.web import current
from hub.web.fields import LongText, PlainText
from hub.web.forms import ValuesForm, blank, read
from hub.web.guard import policy
from hub.web.render import Page, page, task

ADD = task("Send more information")
WITHDRAW = task("Withdraw your concern")


class AddForm(ValuesForm):
    """More information; a file may come with it."""

    text = LongText("More information", required=True, ask="Enter the information", rows=8)
    file = PlainText("A file, if there is one")


class WithdrawForm(ValuesForm):
    """Why a concern is taken back."""

    reason = LongText(
        "Why do you withdraw it?", required=True, ask="Enter why you withdraw it", rows=3
    )


@dataclass(frozen=True, kw_only=True)
class OwnFormPage(Page):
    """A form of the referrer about a concern of theirs."""

    action: str
    button: str
    has_file: bool = False
    kind: str = ""
    questions: tuple[Question, ...] = ()


@pages.route("/concerns/<uuid:concern_id>/add", methods=["GET", "POST"])
@policy(Permission.CONCERN_READ)
def add(concern_id: UUID) -> ResponseReturnValue:
    """Send more information behind a concern of one's own."""
    _own(concern_id, Move.ADD)
    form = blank(AddForm)
    if request.method == "POST":
        reading = read(AddForm, request.form)
        form = reading.form
        if reading.value is not None:
            try:
                _add(concern_id, str(reading.value["text"]))
            except RefusedError as no:
                form = form.refuse(no.why, field=no.field)
            else:
                flash("Your information was sent", "success")
                return redirect(url_for("referrals.concern", concern_id=concern_id), 303)
    with current.units().read(current.actor()) as uow:
        asked = questions_asked(uow, concern_id)
    shown = OwnFormPage(
        title=ADD,
        back=url_for("referrals.concern", concern_id=concern_id),
        form=form,
        action=request.path,
        button="Send",
        has_file=True,
        questions=asked,
    )
    return page("referrals/own_form.html", shown)


def _add(concern_id: UUID, text: str) -> None:
    sent = request.files.get(FIELD)
    with current.units().write(current.actor()) as uow:
        commands.add_information(AddInformation(concern_id=concern_id, text=text), uow=uow)
        if sent is not None and sent.filename:
            cmd = AttachFile(concern_id=concern_id, name=sent.filename, content=sent.read())
            commands.attach_file(cmd, uow=uow, store=store())


@pages.route("/concerns/<uuid:concern_id>/withdraw", methods=["GET", "POST"])
@policy(Permission.CONCERN_READ)
def withdraw(concern_id: UUID) -> ResponseReturnValue:
    """Take a concern of one's own back."""
    _own(concern_id, Move.WITHDRAW)
    form = blank(WithdrawForm)
    if request.method == "POST":
        reading = read(WithdrawForm, request.form)
        form = reading.form
        if reading.value is not None:
            cmd = WithdrawConcern(concern_id=concern_id, reason=str(reading.value["reason"]))
            with current.units().write(current.actor()) as uow:
                commands.withdraw_concern(cmd, uow=uow)
            flash("Your concern was withdrawn", "success")
            return redirect(url_for("referrals.concern", concern_id=concern_id), 303)
    shown = OwnFormPage(
        title=WITHDRAW,
        back=url_for("referrals.concern", concern_id=concern_id),
        form=form,
        action=request.path,
        button="Withdraw this concern",
        kind="warning",
    )
    return page("referrals/own_form.html", shown)


def _own(concern_id: UUID, move: Move) -> None:
    """Refuse whoever did not raise it, and what its state does not allow."""
    with current.units().read(current.actor()) as uow:
        row = open_concern(uow, concern_id)
        if Fact.OWN not in facts_of(uow, row):
            raise NotFoundError("not a concern of one's own")
        CONCERN.step(Screening(row.state), move)
