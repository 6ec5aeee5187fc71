"""What a referrer can still do with a concern of theirs: send more information, or withdraw it."""

from contextlib import suppress
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
from hub.web.errors import answer
from hub.web.fields import LongText, PlainText
from hub.web.forms import ValuesForm, blank, read
from hub.web.guard import policy
from hub.web.render import Page, page, task
from hub.web.tabs import SEEN
from hub.web.values import FormView

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
    lead: str = ""


SENT_ALREADY = (
    "This concern has been sent already, in another tab or a moment ago. What you typed here is "
    "below: send it as more information, or leave it."
)
NOT_TYPED = frozenset({"csrf_token", "then", "more", SEEN})


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
    return _add_page(concern_id, form)


def _add_page(concern_id: UUID, form: FormView, lead: str = "") -> ResponseReturnValue:
    with current.units().read(current.actor()) as uow:
        asked = questions_asked(uow, concern_id)
    shown = OwnFormPage(
        title=ADD,
        back=url_for("referrals.concern", concern_id=concern_id),
        form=form,
        action=url_for("referrals.add", concern_id=concern_id),
        button="Send",
        has_file=True,
        questions=asked,
        lead=lead,
    )
    return page("referrals/own_form.html", shown)


@pages.post("/concerns/<uuid:concern_id>/files/<uuid:file_id>/<any(stays, goes):word>")
@policy(Permission.CONCERN_READ)
def file_onward(concern_id: UUID, file_id: UUID, word: str) -> ResponseReturnValue:
    """Say whether a file of one's own concern may go to another area's MARAC."""
    with current.units().write(current.actor()) as uow:
        of = commands.say_onward(file_id, stays_here=word == "stays", uow=uow)
        if of != concern_id:
            raise NotFoundError("not a file of this concern")
    flash("It stays in this area." if word == "stays" else "It may go along.", "success")
    return redirect(url_for("referrals.concern", concern_id=concern_id, _anchor="files"), 303)


@pages.errorhandler(NotFoundError)
def not_found(error: NotFoundError) -> ResponseReturnValue:
    """Answer for a draft that has become a concern meanwhile; anything else is not there."""
    draft_id = (request.view_args or {}).get("draft_id")
    state = _state_of_own(draft_id) if isinstance(draft_id, UUID) else None
    if draft_id is None or state is None:
        return answer(error, ())
    fields = request.form.items(multi=True)
    typed = [text for name, text in fields if name not in NOT_TYPED and text.strip()]
    if typed and CONCERN.may(state, Move.ADD):
        return _add_page(draft_id, blank(AddForm, typed={"text": ["\n".join(typed)]}), SENT_ALREADY)
    return redirect(url_for("referrals.receipt", concern_id=draft_id), 303)


def _state_of_own(concern_id: UUID) -> Screening | None:
    """Return where a concern of the actor's own stands; None for any other and for none."""
    with suppress(NotFoundError), current.units().read(current.actor()) as uow:
        row = open_concern(uow, concern_id)
        return Screening(row.state) if Fact.OWN in facts_of(uow, row) else None
    return None


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
