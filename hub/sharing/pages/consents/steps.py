"""Recording what a person said, a small group of questions a page; nothing typed is lost."""

from dataclasses import dataclass
from types import MappingProxyType
from uuid import UUID

import flask
from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from hub.access.permissions import Permission
from hub.db.units import UnitOfWork
from hub.kernel.errors import NotFoundError, RefusedError
from hub.sharing.commands import (
    RecordAnswer,
    RecordNoAnswer,
    record_answer,
    record_informed,
    record_no_answer,
)
from hub.sharing.commands.consent_drafts import (
    SaveStep,
    delete_draft,
    save_step,
    start_draft,
)
from hub.sharing.consent_doors import open_consent_draft
from hub.sharing.pages.consents.opening import opened, say_of, words_of
from hub.sharing.pages.consents.room import Seen, consents, lasting, seen_person
from hub.sharing.pages.consents.telling import answer_rows
from hub.sharing.queries.consent_pages import agency_names, draft_row
from hub.sharing.rules.consent_journey import Step
from hub.sharing.schemas.consent_talk import Talk
from hub.sharing.schemas.consent_written import Written, written
from hub.web.current import actor, units
from hub.web.forms import read
from hub.web.guard import policy
from hub.web.render import Page, SummaryRow, Task, page, task
from hub.web.values import FormView

STEP = "any(about,grounds,told,happened,who,safe,able,words,left,end,others,why):name"
NEW = task("Ask somebody, or record an answer")
CHECK = task("Check before you record it")
PRINT = task("Words to read")
TITLES = MappingProxyType(
    {
        Step.ABOUT: task("What it is about"),
        Step.GROUNDS: task("Before you ask"),
        Step.TOLD: task("Tell them"),
        Step.HAPPENED: task("What happened"),
        Step.WHO: task("Who answered"),
        Step.SAFE: task("Was it safe to talk"),
        Step.ABLE: task("Who decides"),
        Step.WORDS: task("What was said"),
        Step.LEFT: task("What they left out"),
        Step.END: task("How long it counts"),
        Step.OTHERS: task("Who else knows"),
        Step.WHY: task("Why there is no answer"),
    }
)


@dataclass(frozen=True, kw_only=True)
class NewPage(Page):
    """What to see to before one asks."""

    title: Task = NEW
    action: str


@dataclass(frozen=True, kw_only=True)
class StepPage(Page):
    """One step; ``print_href`` leads to the words as a page to print."""

    form: FormView
    step: Step
    action: str
    check_href: str
    print_href: str
    is_warned: bool
    say: str


@dataclass(frozen=True, kw_only=True)
class CheckPage(Page):
    """Everything that was answered."""

    title: Task = CHECK
    parts: tuple[tuple[str, tuple[SummaryRow, ...]], ...]
    action: str
    delete_action: str


@dataclass(frozen=True, kw_only=True)
class PrintPage(Page):
    """The words to read, large and alone."""

    title: Task = PRINT
    words: str


@consents.route("/people/<uuid:person_id>/consents/new", methods=["GET", "POST"])
@policy(Permission.CONSENT_RECORD)
def new(person_id: UUID) -> ResponseReturnValue:
    """Begin a record; a request that it is for comes along as an opaque id."""
    if request.method == "GET":
        seen = seen_person(person_id, Permission.CONSENT_RECORD)
        return page(
            "sharing/consent_new.html",
            NewPage(
                caption=seen.name,
                back=url_for("consents.records", person_id=person_id),
                action=url_for("consents.new", person_id=person_id, request=_about()),
            ),
        )
    with units().write(actor()) as uow:
        draft_id = start_draft(person_id, _about(), uow=uow)
    return redirect(url_for("consents.step", talk_id=draft_id, name=Step.ABOUT), 303)


@consents.route(f"/consents/drafts/<uuid:talk_id>/<{STEP}>", methods=["GET", "POST"])
@policy(Permission.CONSENT_RECORD)
def step(talk_id: UUID, name: str) -> ResponseReturnValue:
    """Show one step; keep what was typed, right or wrong, and go on when it is right."""
    wanted = Step(name)
    if request.method == "GET":
        talk, seen = _seen(talk_id)
        if wanted not in talk.steps:
            return redirect(_next(talk), 303)
        return _step_page(talk, seen, wanted, opened(talk, wanted), status=200)
    talk = _talk(talk_id)
    reading = read(talk.form(wanted), request.form, options=talk.options(wanted))
    with units().write(actor()) as uow:
        save_step(SaveStep(draft_id=talk_id, step=wanted, typed=reading.typed), uow=uow)
    talk, seen = _seen(talk_id)
    if reading.value is None:
        return _step_page(talk, seen, wanted, reading.form)
    if wanted is Step.GROUNDS and talk.mixed:
        return _step_page(talk, seen, wanted, reading.form.refuse(talk.mixed, field="grounds"))
    return redirect(_next(talk), 303)


@consents.route("/consents/drafts/<uuid:talk_id>/check", methods=["GET", "POST"])
@policy(Permission.CONSENT_RECORD)
def check(talk_id: UUID) -> ResponseReturnValue:
    """Show all answers, and write them down."""
    talk, seen = _seen(talk_id)
    if talk.first_open is not None:
        return redirect(_next(talk), 303)
    if request.method == "GET":
        return _check_page(talk, seen)
    try:
        with units().write(actor()) as uow:
            _record(written(talk), uow)
            delete_draft(talk_id, uow=uow)
    except RefusedError as refused:
        wanted, field = talk.where(refused.field)
        form = talk.read(wanted).form.refuse(refused.why, field=field)
        return _step_page(talk, seen, wanted, form)
    flask.flash("Recorded.", "success")
    return redirect(url_for("consents.records", person_id=seen.id), 303)


@consents.get("/consents/drafts/<uuid:talk_id>/print")
@policy(Permission.CONSENT_RECORD)
def print_words(talk_id: UUID) -> ResponseReturnValue:
    """Show the words to read, to print or to hold up; nobody's name is on it."""
    talk, _ = _seen(talk_id)
    if talk.scope is None:
        raise NotFoundError("there is nothing to read yet")
    typed = talk.draft.typed.get(Step.WORDS, {}).get("words_read", [])
    words = typed[0] if typed and typed[0].strip() else words_of(talk)
    back = url_for("consents.step", talk_id=talk_id, name=Step.WORDS)
    return page("sharing/consent_words.html", PrintPage(back=back, words=words))


@consents.post("/consents/drafts/<uuid:talk_id>/delete")
@policy(Permission.CONSENT_RECORD)
def delete(talk_id: UUID) -> ResponseReturnValue:
    """Throw a draft away."""
    with units().write(actor()) as uow:
        person_id = delete_draft(talk_id, uow=uow)
    flask.flash("Thrown away.", "success")
    return redirect(url_for("consents.records", person_id=person_id), 303)


def _record(cmd: Written, uow: UnitOfWork) -> UUID:
    if isinstance(cmd, RecordAnswer):
        return record_answer(cmd, uow=uow, lasting=lasting())
    if isinstance(cmd, RecordNoAnswer):
        return record_no_answer(cmd, uow=uow, lasting=lasting())
    return record_informed(cmd, uow=uow)


def _talk(talk_id: UUID) -> Talk:
    """Return a draft of the actor's own, read whole. Raises NotFoundError."""
    with units().read(actor()) as uow:
        draft = draft_row(uow, open_consent_draft(uow, talk_id))
        return Talk(draft, agency_names(uow), lasting(), uow.today)


def _seen(talk_id: UUID) -> tuple[Talk, Seen]:
    """Return a draft and whom it is about, once the look is on the trail. Raises NotFoundError."""
    with units().read(actor()) as uow:
        person_id = open_consent_draft(uow, talk_id).person_id
    seen = seen_person(person_id, Permission.CONSENT_RECORD)
    return _talk(talk_id), seen


def _next(talk: Talk) -> str:
    """Return where the first step is that is not answered, or the check."""
    if talk.first_open is None:
        return url_for("consents.check", talk_id=talk.draft.id)
    return url_for("consents.step", talk_id=talk.draft.id, name=talk.first_open)


def _step_page(
    talk: Talk, seen: Seen, wanted: Step, form: FormView, status: int = 0
) -> ResponseReturnValue:
    at = talk.steps.index(wanted) if wanted in talk.steps else 0
    before = talk.steps[at - 1] if at else None
    back = (
        url_for("consents.step", talk_id=talk.draft.id, name=before)
        if before
        else url_for("consents.records", person_id=seen.id)
    )
    prints = wanted in {Step.WORDS, Step.HAPPENED}
    return page(
        "sharing/consent_step.html",
        StepPage(
            title=TITLES[wanted],
            caption=seen.name,
            back=back,
            form=form,
            step=wanted,
            action=url_for("consents.step", talk_id=talk.draft.id, name=wanted),
            check_href=url_for("consents.check", talk_id=talk.draft.id)
            if talk.first_open is None
            else "",
            print_href=url_for("consents.print_words", talk_id=talk.draft.id) if prints else "",
            is_warned=talk.may_be_outweighed,
            say=say_of(talk) if wanted is Step.TOLD else "",
        ),
        status,
    )


def _check_page(talk: Talk, seen: Seen) -> ResponseReturnValue:
    return page(
        "sharing/consent_check.html",
        CheckPage(
            caption=seen.name,
            back=url_for("consents.step", talk_id=talk.draft.id, name=talk.steps[-1]),
            parts=tuple((str(TITLES[each]), answer_rows(talk, each)) for each in talk.steps),
            action=url_for("consents.check", talk_id=talk.draft.id),
            delete_action=url_for("consents.delete", talk_id=talk.draft.id),
        ),
    )


def _about() -> UUID | None:
    """Return the request that the record is for; a broken one is none."""
    try:
        return UUID(request.args["request"])
    except (KeyError, ValueError):
        return None
