"""How a line leaves, is told by telephone first, or is withheld; each with what is written down."""

from uuid import UUID

from flask import request
from flask.typing import ResponseReturnValue

from hub.access.permissions import Permission
from hub.db.files import FIELD
from hub.db.units import UnitOfWork
from hub.kernel.days import london_day
from hub.kernel.errors import NotAllowedError, NotFoundError, RefusedError
from hub.sharing.commands.answer_files import (
    PutAnswerFile,
    TakeOutAnswerFile,
    put_answer_file,
    take_out_answer_file,
)
from hub.sharing.commands.releasing import share_line, withhold_line
from hub.sharing.commands.telling import TellLine, tell_line
from hub.sharing.pages.holding.line_page import (
    SHARE,
    TELL,
    WITHHOLD,
    SeenLine,
    line_page,
    seen_line,
    settled_meanwhile,
)
from hub.sharing.pages.holding.room import (
    do,
    holding,
    policy_now,
    store,
    to_request,
)
from hub.sharing.rules.decision import Outcome
from hub.sharing.schemas.releasing import (
    ShareForm,
    ShareSaid,
    ToldForm,
    WithholdForm,
    basis_options,
)
from hub.sharing.states import LINE_ENDS
from hub.web.current import actor, units
from hub.web.forms import Options, blank, read
from hub.web.guard import policy

ADD = "add"
"""The button that adds a file; that of a file that is there takes it out, and is its id."""


@holding.route("/requests-to-us/lines/<uuid:line_id>/share", methods=["GET", "POST"])
@policy(Permission.REQUEST_ANSWER)
def share(line_id: UUID) -> ResponseReturnValue:
    """Let a line out, in exact words, with its whole record."""
    at = seen_line(line_id)
    options = _bases(at)
    if at.view.state in LINE_ENDS:
        typed = read(ShareForm, request.form, options=options).form
        return settled_meanwhile(at, "Share it", typed)
    if _rings_first(at):
        return line_page(at, TELL, blank(ToldForm))
    if request.method == "GET":
        return line_page(at, SHARE, blank(ShareForm, _opens(at), options=options))
    reading = read(ShareForm, request.form, options=options)
    form = reading.form
    then = request.form.get("then", "")
    try:
        if then:
            form = blank(ShareForm, typed=reading.typed, options=options)
            _change_files(line_id, then)
        elif reading.value is not None:
            _share(line_id, reading.value)
            return to_request(at.seen.sheet.row.id)
    except RefusedError as no:
        form = form.refuse(no.why, field=no.field)
    except NotAllowedError as no:
        form = form.refuse(str(no))
    return line_page(seen_line(line_id) if then else at, SHARE, form)


def _share(line_id: UUID, said: ShareSaid) -> None:
    """Let the line out, with the file that was chosen and not yet added, if there is one."""

    def both(uow: UnitOfWork) -> None:
        _put_chosen(uow, line_id)
        share_line(said.command(line_id), uow=uow, policy=policy_now())

    do(both, "It is shared.")


def _change_files(line_id: UUID, then: str) -> None:
    """Add the file that was chosen, or take one out; all that was typed stays on the page."""
    with units().write(actor()) as uow:
        if then == ADD:
            if not _put_chosen(uow, line_id):
                raise RefusedError("Choose a file", field=FIELD)
            return
        try:
            cmd = TakeOutAnswerFile(line_id=line_id, file_id=UUID(then))
        except ValueError:
            raise NotFoundError("no such file") from None
        take_out_answer_file(cmd, uow=uow)


def _put_chosen(uow: UnitOfWork, line_id: UUID) -> bool:
    sent = request.files.get(FIELD)
    if sent is None or not sent.filename:
        return False
    cmd = PutAnswerFile(line_id=line_id, name=sent.filename, content=sent.read())
    put_answer_file(cmd, uow=uow, store=store())
    return True


@holding.post("/requests-to-us/lines/<uuid:line_id>/told")
@policy(Permission.REQUEST_ANSWER)
def told(line_id: UUID) -> ResponseReturnValue:
    """Note that a line was told by telephone; its record is then owed."""
    at = seen_line(line_id)
    reading = read(ToldForm, request.form)
    form = reading.form
    if not form.problems:
        cmd = TellLine(line_id=line_id, told_at=reading.value)
        try:
            do(
                lambda uow: tell_line(cmd, uow=uow, policy=policy_now()),
                "Noted. Now write it down, by the end of the next working day.",
            )
            return to_request(at.seen.sheet.row.id)
        except RefusedError as no:
            form = form.refuse(no.why, field=no.field)
    return line_page(at, TELL, form)


@holding.route("/requests-to-us/lines/<uuid:line_id>/withhold", methods=["GET", "POST"])
@policy(Permission.REQUEST_ANSWER)
def withhold(line_id: UUID) -> ResponseReturnValue:
    """Answer a line with the one sentence, and keep the reason."""
    at = seen_line(line_id)
    if at.view.state in LINE_ENDS:
        return settled_meanwhile(at, "Do not share it", read(WithholdForm, request.form).form)
    if request.method == "GET":
        return line_page(at, WITHHOLD, blank(WithholdForm, _risks(at)))
    reading = read(WithholdForm, request.form)
    form = reading.form
    if reading.value is not None:
        cmd = reading.value.command(line_id)
        try:
            do(lambda uow: withhold_line(cmd, uow=uow, policy=policy_now()), "It is not shared.")
            return to_request(at.seen.sheet.row.id)
        except RefusedError as no:
            form = form.refuse(no.why, field=no.field)
    return line_page(at, WITHHOLD, form)


def _rings_first(at: SeenLine) -> bool:
    """Tell whether somebody is in danger and nobody has rung about this line yet."""
    decision = at.view.decision
    is_danger = decision is not None and decision.outcome is Outcome.ROUTE_NOW
    return is_danger and at.view.told_at is None


def _bases(at: SeenLine) -> Options:
    decision = at.view.decision
    question = decision.question if decision else None
    return basis_options(
        at.seen.sheet.holder_kind,
        london_day(at.seen.now),
        question.subject_age if question else None,
        has_care_needs=question is not None and question.s42.care_and_support_needs,
    )


def _opens(at: SeenLine) -> dict[str, object]:
    """Return what the form opens with: both risks and the advice as others wrote them."""
    by_phone = at.view.told_at is not None
    advice = "\n\n".join(one.said for one in at.seen.sheet.advice if one.said)
    return {
        **_risks(at),
        "advice": advice or None,
        "method": "phone" if by_phone else "hub",
        "shared_at": at.view.told_at,
        "onward": "none",
    }


def _risks(at: SeenLine) -> dict[str, object]:
    """Return the risks as the approvers wrote them, each behind the one before."""
    names = ("risk_of_sharing", "risk_of_not_sharing")
    return {
        name: "\n\n".join(
            dict.fromkeys(filter(None, (getattr(one, name) for one in at.view.approvals)))
        )
        or None
        for name in names
    }
