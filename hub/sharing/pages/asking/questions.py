"""Asking, page by page: starting, the list of questions, and a page for each."""

from dataclasses import dataclass, replace
from uuid import UUID

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from hub.access.permissions import Permission
from hub.kernel.drafts import beside, mark_of
from hub.sharing.commands.request_drafts import (
    SaveAskPage,
    StartAsking,
    save_ask_page,
    start_asking,
)
from hub.sharing.pages.asking.one_page import question_page, with_gaps
from hub.sharing.pages.asking.room import (
    LATER,
    ON,
    PAGE,
    Opened,
    address,
    asking,
    open_ask,
    to_check,
)
from hub.sharing.pages.asking.words import (
    SHORT,
)
from hub.sharing.queries.asking_drafts import own_position
from hub.sharing.rules.clocks import Priority
from hub.sharing.rules.request_answers import AskPage
from hub.sharing.schemas.requests import SHAPES, AskReader
from hub.web import current
from hub.web.forms import blank, read
from hub.web.guard import policy
from hub.web.render import Page, Task, TaskRow, page, task
from hub.web.tabs import both_versions, is_overtaken
from hub.web.values import FormView
from hub.web.words import SPOKEN

START = task("Ask for information")
QUESTIONS = task("Your draft request")
DANGER = "danger"
SAVED = "Saved. You can come back to this draft within 28 days"


@dataclass(frozen=True, kw_only=True)
class StartPage(Page):
    """What to think of before asking."""

    title: Task = START


@dataclass(frozen=True, kw_only=True)
class QuestionsPage(Page):
    """The list of questions with what is done."""

    title: Task = QUESTIONS
    ask_id: UUID
    tasks: tuple[TaskRow, ...]
    done: int
    resume: str
    is_danger: bool


@asking.route("/requests/start", methods=["GET", "POST"])
@policy(Permission.REQUEST_ASK)
def start() -> ResponseReturnValue:
    """Begin a draft; whoever says that somebody is in danger now is soon shown whom to ring."""
    if request.method == "GET":
        return page("sharing/ask_start.html", StartPage(back=url_for("asking.mine")))
    with current.units().write(current.actor()) as uow:
        pages: dict[str, dict[str, list[str]]] = {}
        position = own_position(uow)
        if position:
            pages[AskPage.DECLARATION] = {"position": [position]}
        if request.form.get("then") == DANGER:
            pages[AskPage.RISK] = {"immediate_danger": ["yes"]}
        ask_id = start_asking(StartAsking(pages=pages), uow=uow)
    return redirect(address(ask_id, AskPage.HOLDER), 303)


@asking.get("/requests/drafts/<uuid:ask_id>")
@policy(Permission.REQUEST_ASK)
def questions(ask_id: UUID) -> ResponseReturnValue:
    """Show every question with whether it is done."""
    return page("sharing/ask_questions.html", questions_page(ask_id, open_ask(ask_id)))


@asking.get("/requests/drafts/<uuid:ask_id>/resume")
@policy(Permission.REQUEST_ASK)
def resume(ask_id: UUID) -> ResponseReturnValue:
    """Go to the first page that was not saved yet."""
    return redirect(first_open(ask_id, open_ask(ask_id)), 303)


@asking.route(f"/requests/drafts/<uuid:ask_id>/{PAGE}", methods=["GET", "POST"])
@policy(Permission.REQUEST_ASK)
def question(ask_id: UUID, name: str) -> ResponseReturnValue:
    """Show one page; keep what was typed, right or wrong, and go on when nothing lacks."""
    wanted = AskPage(name)
    was = open_ask(ask_id, wanted)
    if request.method == "GET":
        return _page(ask_id, wanted, was, shown_again(wanted, was), status=200)
    reading = read(SHAPES[wanted], request.form, options=was.reader.options(wanted))
    saved = was.draft.pages.get(wanted)
    if is_overtaken(saved, reading.typed):
        here = address(ask_id, wanted, check=to_check())
        options = was.reader.options(wanted)
        return both_versions(SHAPES[wanted], reading.form, saved, options=options, page=here)
    is_right = reading.value is not None
    with current.units().write(current.actor()) as uow:
        cmd = SaveAskPage(draft_id=ask_id, page=wanted, typed=reading.typed, is_done=is_right)
        save_ask_page(cmd, uow=uow)
    then, now = request.form.get("then"), open_ask(ask_id, wanted)
    if then == LATER:
        return paused()
    if not is_right:
        return _page(ask_id, wanted, now, reading.form)
    lacks = now.reader.lacks(wanted)
    if lacks and then != ON:
        return _page(ask_id, wanted, now, with_gaps(reading.form, lacks), may_go_on=True)
    return redirect(follows(ask_id, wanted, was, now), 303)


def paused() -> ResponseReturnValue:
    """Answer somebody who comes back later."""
    flash(SAVED, "success")
    return redirect(url_for("asking.mine"), 303)


def follows(ask_id: UUID, done: AskPage, was: Opened, now: Opened) -> str:
    """Return where to go after a page: to the telephone, on, or back to the check."""
    if is_new_danger(done, was, now):
        return url_for("asking.ring_now", ask_id=ask_id)
    if to_check():
        return url_for("asking.check", ask_id=ask_id)
    return after(ask_id, done, now.reader)


def is_new_danger(done: AskPage, was: Opened, now: Opened) -> bool:
    """Tell whether it became known by this page that, and whom, to ring now."""
    if now.reader.answers.priority is not Priority.IMMEDIATE or now.holder is None:
        return False
    is_first = was.holder is None or was.reader.answers.priority is not Priority.IMMEDIATE
    return done in {AskPage.HOLDER, AskPage.RISK} and is_first


def after(ask_id: UUID, done: AskPage, reader: AskReader) -> str:
    """Return the page that follows on the walk, or that of the files."""
    walk = reader.walk if done in reader.walk else tuple(AskPage)
    return address(ask_id, beside(walk, done, 1))


def first_open(ask_id: UUID, now: Opened) -> str:
    """Return the first page that was not saved yet, or the check."""
    left = [each for each in now.reader.walk if each not in now.draft.done]
    return address(ask_id, left[0]) if left else url_for("asking.check", ask_id=ask_id)


def shown_again(wanted: AskPage, was: Opened) -> FormView:
    """Return a page as it was left; what is wrong or lacks is named to whoever comes to mend it."""
    typed = was.draft.pages.get(wanted)
    options = was.reader.options(wanted)
    if typed is None:
        return blank(SHAPES[wanted], options=options)
    if wanted in was.draft.done and not to_check():
        return blank(SHAPES[wanted], typed=typed, options=options)
    reading = was.reader.read(wanted)
    if reading.value is None and (wanted not in was.draft.done or to_check()):
        return reading.form
    shown = blank(SHAPES[wanted], typed=typed, options=options)
    return with_gaps(shown, was.reader.lacks(wanted)) if to_check() else shown


def _page(
    ask_id: UUID,
    wanted: AskPage,
    now: Opened,
    form: FormView,
    *,
    may_go_on: bool = False,
    status: int = 0,
) -> ResponseReturnValue:
    shown = question_page(wanted, form, now.reader.answers, now.reader.age)
    walk = now.reader.walk if wanted in now.reader.walk else tuple(AskPage)
    before = beside(walk, wanted, -1)
    home = url_for("asking.questions", ask_id=ask_id)
    back = address(ask_id, before) if before else home
    shown = replace(
        shown,
        caption=f"Question {walk.index(wanted) + 1} of {len(walk) + 1}",
        back=url_for("asking.check", ask_id=ask_id) if to_check() else back,
        action=address(ask_id, wanted, check=to_check()),
        questions=home,
        seen=mark_of(now.draft.pages.get(wanted)),
        may_go_on=may_go_on,
    )
    return page("sharing/ask_question.html", shown, status)


def questions_page(ask_id: UUID, now: Opened) -> QuestionsPage:
    """Return the list of questions."""
    tasks, done = [], 0
    for wanted in now.reader.walk:
        status = _status(wanted, now)
        done += status["status"] == "Done"
        name = SPOKEN.get().fill(SHORT[wanted])
        tasks.append(TaskRow(name=name, href=address(ask_id, wanted), **status))
    tasks.append(
        TaskRow(name="Files", status="Optional", href=address(ask_id, None), colour="grey")
    )
    return QuestionsPage(
        heading="Your draft request",
        back=url_for("asking.mine"),
        ask_id=ask_id,
        tasks=tuple(tasks),
        done=done,
        resume=first_open(ask_id, now),
        is_danger=now.reader.answers.priority is Priority.IMMEDIATE,
    )


def _status(wanted: AskPage, now: Opened) -> dict[str, str]:
    if wanted in {gap.page for gap in now.reader.faults}:
        return {"status": "Something is wrong", "colour": "red"}
    lacks = bool(now.reader.lacks(wanted))
    if wanted in now.draft.done:
        return (
            {"status": "Something is missing", "colour": "orange"} if lacks else {"status": "Done"}
        )
    if lacks:
        return {"status": "Not answered yet", "colour": "blue"}
    return {"status": "Optional", "colour": "grey"}
