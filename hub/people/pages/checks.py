"""The duty desk's pages: the queue, one question with its candidates, and the answers."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from uuid import UUID

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from hub.access.permissions import Permission
from hub.db.looks import Looked
from hub.db.units import UnitOfWork
from hub.kernel.errors import ConflictError, NotFoundError, RefusedError
from hub.people import access, commands, schemas
from hub.people.commands import AnswerCheck
from hub.people.pages.panels import BANDS, Candidate, asked_rows, panel
from hub.people.pages.room import CHECK, PERSON, people
from hub.people.queries.identity import (
    PAGE_SIZE,
    CandidateView,
    CheckView,
    QueueRow,
    check_people,
    check_view,
    queue,
)
from hub.people.rules.identity import FACTS
from hub.web import current, forms
from hub.web.guard import policy
from hub.web.render import ConflictPage, Page, Task, Version, conflict, page, task
from hub.web.values import FormView

QUEUE = task("Who is meant")
QUESTION = task("Is this person on your register?")
CONFIRM = task("Confirm who is meant")
RULE_OUT = task("Not on your register")
ASK_BACK = task("Ask the referrer")
UNDO = task("Take the answer back")
FIND = task("Put somebody forward")


@dataclass(frozen=True, kw_only=True)
class QueuePage(Page):
    """The questions before the desk."""

    title: Task = QUEUE
    rows: tuple[QueueRow, ...]
    now: datetime
    bands: Mapping[str, tuple[str, str]]
    next_href: str = ""
    wide: bool = True


@dataclass(frozen=True, kw_only=True)
class CheckPage(Page):
    """One question."""

    title: Task = QUESTION
    check: CheckView
    now: datetime
    asked: tuple[tuple[str, str], ...]
    remaining: tuple[Candidate, ...]
    rejected: tuple[Candidate, ...]
    confirmed: Candidate | None
    facts: tuple[str, ...]
    wide: bool = True


@dataclass(frozen=True, kw_only=True)
class AnswerPage(Page):
    """A page that asks for one answer more."""

    action: str
    button: str
    lead: str = ""
    find: str = ""
    """Where somebody on the register can be found first."""
    candidate: Candidate | None = None


@people.get("/checks")
@policy(Permission.IDENTITY_DECIDE)
def checks() -> ResponseReturnValue:
    """List the questions before the desk, the soonest due first."""
    with current.units().read(current.actor()) as uow:
        rows = queue(uow, after=_place(request.args.get("after", "")))
        now = uow.now
    shown = rows[:PAGE_SIZE]
    last = shown[-1] if len(rows) > PAGE_SIZE else None
    following = f"{last.due_at.isoformat()}_{last.id}" if last else ""
    href = url_for("people.checks", after=following) if following else ""
    return page("people/queue.html", QueuePage(rows=shown, now=now, bands=BANDS, next_href=href))


@people.get("/checks/<uuid:check_id>")
@policy(Permission.IDENTITY_DECIDE)
def check(check_id: UUID) -> ResponseReturnValue:
    """Show one question with its candidates side by side."""
    view = seen_check(check_id)
    with current.units().read(current.actor()) as uow:
        now = uow.now
    panels = tuple(panel(view, each, now) for each in view.candidates)
    confirmed = next((one for one in panels if one.view.person_id == view.person_id), None)
    return page(
        "people/check.html",
        CheckPage(
            heading="Is this person on your register?",
            caption=view.reference,
            back=url_for("people.checks"),
            check=view,
            now=now,
            asked=asked_rows(view),
            remaining=tuple(each for each in panels if not each.view.is_rejected),
            rejected=tuple(each for each in panels if each.view.is_rejected),
            confirmed=confirmed,
            facts=tuple(words for code, words in FACTS.items() if code in view.facts),
        ),
    )


@people.route("/checks/<uuid:check_id>/candidates/<uuid:person_id>", methods=["GET", "POST"])
@policy(Permission.IDENTITY_DECIDE)
def confirm(check_id: UUID, person_id: UUID) -> ResponseReturnValue:
    """Confirm by two facts that a candidate is who is meant."""
    view = seen_check(check_id)
    found = next((each for each in view.candidates if each.person_id == person_id), None)
    if found is None:
        raise NotFoundError("no such candidate")
    if request.method == "GET":
        form = forms.blank(schemas.FactsForm, {"version": view.version})
        return _confirm_page(view, found, form)
    reading = forms.read(schemas.FactsForm, request.form)
    if reading.value is None:
        return _confirm_page(view, found, reading.form)
    cmd = commands.ConfirmIdentity(
        check_id=check_id,
        version=reading.value.version,
        person_id=person_id,
        facts=reading.value.facts,
    )
    return _answer(
        check_id,
        lambda uow: commands.confirm_identity(cmd, uow=uow),
        said="Confirmed. Their worker will be invited where the case is listed.",
        again=lambda why, field: _confirm_page(view, found, reading.form.refuse(why, field=field)),
    )


@people.post("/checks/<uuid:check_id>/candidates/<uuid:person_id>/reject")
@policy(Permission.IDENTITY_DECIDE)
def reject(check_id: UUID, person_id: UUID) -> ResponseReturnValue:
    """Say that a candidate is not the same person."""
    version = schemas.version_of(request.form)
    return _answer(
        check_id,
        lambda uow: commands.reject_candidate(check_id, version, person_id, uow=uow),
        said="Noted: not the same person.",
    )


@dataclass(frozen=True, slots=True)
class Verb:
    """One answer that is given on a page of its own."""

    title: Task
    button: str
    form: type[schemas.NoteForm]
    command: Callable[..., UUID]
    said: str
    lead: str = ""


VERBS = MappingProxyType(
    {
        "rule-out": Verb(
            RULE_OUT,
            "Answer no",
            schemas.NoteForm,
            commands.rule_out,
            "Answered: not on your register.",
            "This says that the person is not on your register, as far as it goes. If they join it"
            " later, the question comes back.",
        ),
        "ask-back": Verb(
            ASK_BACK,
            "Ask the referrer",
            schemas.AskBackForm,
            commands.ask_back,
            "The referrer is asked. The question stays in your list.",
        ),
        "undo": Verb(
            UNDO,
            "Take it back",
            schemas.UndoForm,
            commands.undo,
            "Taken back. The question is open again and urgent.",
            "Invitations that rest on this answer are cancelled.",
        ),
    }
)


@people.route(
    "/checks/<uuid:check_id>/<any('rule-out','ask-back','undo'):verb>", methods=["GET", "POST"]
)
@policy(Permission.IDENTITY_DECIDE)
def answer(check_id: UUID, verb: str) -> ResponseReturnValue:
    """Answer no, ask back, or take an answer back."""
    view, does = seen_check(check_id), VERBS[verb]
    if request.method == "GET":
        return _verb_page(view, verb, forms.blank(does.form, {"version": view.version}))
    reading = forms.read(does.form, request.form)
    if reading.value is None:
        return _verb_page(view, verb, reading.form)
    cmd = AnswerCheck(check_id=check_id, version=reading.value.version, note=reading.value.note)
    return _answer(
        check_id,
        lambda uow: does.command(cmd, uow=uow),
        said=does.said,
        again=lambda why, field: _verb_page(view, verb, reading.form.refuse(why, field=field)),
    )


@people.route("/checks/<uuid:check_id>/find", methods=["GET", "POST"])
@policy(Permission.IDENTITY_DECIDE)
def find_for(check_id: UUID) -> ResponseReturnValue:
    """Put somebody on the register beside the question."""
    view = seen_check(check_id)
    if request.method == "GET":
        form = forms.blank(schemas.ReferenceForm, {"version": view.version})
        return _find_page(view, form)
    reading = forms.read(schemas.ReferenceForm, request.form)
    if reading.value is None:
        return _find_page(view, reading.form)
    typed = reading.value
    return _answer(
        check_id,
        lambda uow: commands.put_forward(check_id, typed.version, typed.note, uow=uow),
        said="They stand beside the question now. Confirm by two facts.",
        again=lambda why, field: _find_page(view, reading.form.refuse(why, field=field)),
    )


def _answer(
    check_id: UUID,
    act: Callable[[UnitOfWork], UUID],
    *,
    said: str,
    again: Callable[[str, str | None], ResponseReturnValue] | None = None,
) -> ResponseReturnValue:
    """Run one answer in its unit and go back to the question, or say why not."""
    try:
        with current.units().write(current.actor()) as uow:
            act(uow)
    except ConflictError as stale:
        return _conflict(check_id, stale)
    except RefusedError as refused:
        if again is None:
            raise
        return again(refused.why, refused.field)
    flash(said, "success")
    with current.units().read(current.actor()) as uow:
        try:
            access.find_check(uow, check_id)
        except NotFoundError:  # it has gone on to another service
            return redirect(url_for("people.checks"), 303)
    return redirect(url_for("people.check", check_id=check_id), 303)


def _conflict(check_id: UUID, stale: ConflictError) -> ResponseReturnValue:
    rows = (Version("Answer", "Your answer, given on an older page", stale.theirs["answer"]),)
    return conflict(
        ConflictPage(
            what="the question",
            versions=rows,
            reload=url_for("people.check", check_id=check_id),
        )
    )


def seen_check(check_id: UUID) -> CheckView:
    """Return a question once the look at it and at its candidates is on the trail."""
    units, actor = current.units(), current.actor()
    with units.write(actor) as uow:
        access.find_check(uow, check_id)
        uow.emit(Looked(kind=CHECK, record_id=check_id))
        for person_id in check_people(uow, check_id):
            uow.emit(Looked(kind=PERSON, record_id=person_id))
    with units.read(actor) as uow:
        return check_view(uow, check_id)


def _confirm_page(view: CheckView, found: CandidateView, form: FormView) -> ResponseReturnValue:
    with current.units().read(current.actor()) as uow:
        shown = panel(view, found, uow.now)
    return page(
        "people/answer.html",
        AnswerPage(
            title=CONFIRM,
            caption=view.reference,
            back=url_for("people.check", check_id=view.id),
            form=form,
            action=url_for("people.confirm", check_id=view.id, person_id=found.person_id),
            button="Confirm: this is the person",
            candidate=shown,
        ),
    )


def _verb_page(view: CheckView, verb: str, form: FormView) -> ResponseReturnValue:
    does = VERBS[verb]
    return page(
        "people/answer.html",
        AnswerPage(
            title=does.title,
            caption=view.reference,
            back=url_for("people.check", check_id=view.id),
            form=form,
            action=url_for("people.answer", check_id=view.id, verb=verb),
            button=does.button,
            lead=does.lead,
        ),
    )


def _find_page(view: CheckView, form: FormView) -> ResponseReturnValue:
    return page(
        "people/answer.html",
        AnswerPage(
            title=FIND,
            caption=view.reference,
            back=url_for("people.check", check_id=view.id),
            form=form,
            action=url_for("people.find_for", check_id=view.id),
            button="Put forward",
            lead="Their page on the register shows the reference.",
            find=url_for("people.find"),
        ),
    )


def _place(text: str) -> tuple[datetime, UUID] | None:
    """Return the question after which a page begins; a broken one is the beginning."""
    due_at, _, check_id = text.partition("_")
    try:
        return datetime.fromisoformat(due_at), UUID(check_id)
    except ValueError:
        return None
