"""The journey: starting, the list of questions, and a page for each."""

from dataclasses import dataclass, replace
from uuid import UUID

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from hub.access.permissions import Permission
from hub.kernel.drafts import mark_of
from hub.referrals import commands, journey, queries
from hub.referrals.commands import SavePage, StartDraft
from hub.referrals.criteria import Thresholds, marks_said
from hub.referrals.journey import RISK_ITEMS, SECTIONS, VICTIM_CARE, Draft, Stop
from hub.referrals.pages.blueprint import (
    PAGE,
    address,
    marks_of,
    pages,
    reader_of,
    to_check,
)
from hub.referrals.pages.words import (
    ABOUT,
    CARE_MEANS,
    CARE_WHY,
    FIRST,
    HEADINGS,
    ONE_REASON,
    REQUIRED,
    SHORT,
    TITLES,
)
from hub.referrals.schemas import DraftReader
from hub.referrals.schemas.whole import SHAPES, SIGN_OFF
from hub.web import current
from hub.web.forms import blank, read, read_typed
from hub.web.guard import policy
from hub.web.render import Page, Task, TaskRow, page, task
from hub.web.tabs import both_versions, is_overtaken
from hub.web.values import Field, FormView
from hub.web.words import SPOKEN

START = task("Raise a concern")
QUESTIONS = task("Your draft")
LATER = "later"
SAVED = "Saved. You can come back to this draft within 28 days"


@dataclass(frozen=True, kw_only=True)
class StartPage(Page):
    """What to have at hand, before beginning."""

    title: Task = START


@dataclass(frozen=True, kw_only=True)
class QuestionsPage(Page):
    """The list of questions with what is done."""

    title: Task = QUESTIONS
    draft_id: UUID
    tasks: tuple[TaskRow, ...]
    done: int
    resume: str


@dataclass(frozen=True, kw_only=True)
class QuestionPage(Page):
    """One question: the fields that come first, and those behind "More"."""

    form: FormView
    action: str
    questions: str
    about: str = ""
    marks: tuple[str, ...] = ()
    """What the area has set about criteria."""
    first: tuple[Field, ...]
    more: tuple[Field, ...] = ()
    is_more_open: bool = False
    is_care: bool = False
    is_list: bool = False
    """Many short questions with the same answers: they stand in a row."""
    means: str = ""
    seen: str = ""
    """The mark of what the page held when it was opened."""


@pages.route("/concerns/start", methods=["GET", "POST"])
@policy(Permission.CONCERN_RAISE)
def start() -> ResponseReturnValue:
    """Begin a draft, with what the hub knows of the referrer filled in."""
    if request.method == "GET":
        return page("referrals/start.html", StartPage(back=url_for("referrals.mine")))
    with current.units().write(current.actor()) as uow:
        known = {"you": queries.own_details(uow)}
        areas = queries.areas_of(uow, current.actor().agency_id)
        if len(areas) == 1:
            known["home"] = {"area": [str(areas[0].id)]}
        draft_id = commands.start_draft(StartDraft(pages=known), uow=uow)
    return redirect(address(draft_id, Stop("you")), 303)


@pages.get("/concerns/drafts/<uuid:draft_id>")
@policy(Permission.CONCERN_RAISE)
def questions(draft_id: UUID) -> ResponseReturnValue:
    """Show every question with whether it is done."""
    with current.units().read(current.actor()) as uow:
        draft = queries.read_draft(uow, draft_id)
        reader = reader_of(uow, draft)
    shown = questions_page(draft_id, draft, reader)
    return page("referrals/questions.html", shown)


@pages.get("/concerns/drafts/<uuid:draft_id>/resume")
@policy(Permission.CONCERN_RAISE)
def resume(draft_id: UUID) -> ResponseReturnValue:
    """Go to the first question that was not answered yet."""
    with current.units().read(current.actor()) as uow:
        draft = queries.read_draft(uow, draft_id)
        reader = reader_of(uow, draft)
    return redirect(address(draft_id, journey.first_unanswered(draft, reader.needs)), 303)


@pages.route(f"/concerns/drafts/<uuid:draft_id>/{PAGE}", methods=["GET", "POST"])
@policy(Permission.CONCERN_RAISE)
def question(draft_id: UUID, name: str) -> ResponseReturnValue:
    """Show one question; keep what was typed, right or wrong, and go on when it is right."""
    with current.units().read(current.actor()) as uow:
        draft = queries.read_draft(uow, draft_id)
        reader = reader_of(uow, draft)
        marks = marks_of(uow, draft) if name == "criteria" else None
    options = reader.options_of(name)
    if request.method == "GET":
        typed = draft.pages.get(name)
        was_wrong = typed is not None and name not in draft.done and name in reader.wrong_pages
        form = (
            read_typed(SHAPES[name], typed or {}, options=options).form
            if was_wrong
            else blank(SHAPES[name], typed=typed, options=options)
        )
        shown = question_page(draft_id, name, form, reader, marks)
        return page("referrals/question.html", shown, 200)

    reading = read(SHAPES[name], request.form, options=options)
    saved = draft.pages.get(name)
    if is_overtaken(saved, reading.typed):
        here = address(draft_id, Stop(name), check=to_check())
        return both_versions(SHAPES[name], reading.form, saved, options=options, page=here)
    is_done = reading.value is not None
    with current.units().write(current.actor()) as uow:
        cmd = SavePage(draft_id=draft_id, page=name, typed=reading.typed, is_done=is_done)
        commands.save_page(cmd, uow=uow)
    if request.form.get("then") == LATER:
        return paused()
    if not is_done:
        shown = question_page(draft_id, name, reading.form, reader, marks)
        return page("referrals/question.html", replace(shown, seen=mark_of(reading.typed)))
    return redirect(follows(draft_id, name), 303)


def paused() -> ResponseReturnValue:
    """Answer somebody who comes back later."""
    flash(SAVED, "success")
    return redirect(url_for("referrals.mine"), 303)


def follows(draft_id: UUID, name: str) -> str:
    """Return where to go after a page: on, or back to the check unless it made a new question."""
    with current.units().read(current.actor()) as uow:
        draft = queries.read_draft(uow, draft_id)
        needs = reader_of(uow, draft).needs
    on = journey.after(draft, needs, name)
    if not to_check():
        return address(draft_id, on)
    section = next(names for _, names in SECTIONS if name in names)
    is_new = on is not None and on.page in section and not journey.is_done(draft, on)
    return address(draft_id, on if is_new else None, check=is_new)


def question_page(
    draft_id: UUID,
    name: str,
    form: FormView,
    reader: DraftReader,
    marks: Thresholds | None = None,
) -> QuestionPage:
    """Return one page of the journey; ``marks`` are said on the page that asks for criteria."""
    words = SPOKEN.get()
    fields = tuple(_in_months(each, marks.months) if marks else each for each in form)
    by_name = {each.name: each for each in fields}
    names = FIRST.get(name, tuple(by_name))
    if name == "you" and reader.is_sign_off_asked:
        names += SIGN_OFF
    first = tuple(by_name[each] for each in names)
    more = tuple(each for each in fields if each not in first)
    before = journey.before(reader.draft, reader.needs, name)
    home = url_for("referrals.questions", draft_id=draft_id)
    check = to_check()
    return QuestionPage(
        title=TITLES[name],
        heading=words.fill(HEADINGS[name]),
        caption=f"Question {journey.number_of(name)} of {len(SECTIONS)}",
        back=address(draft_id, None) if check else address(draft_id, before) if before else home,
        form=form,
        action=address(draft_id, Stop(name), check=check),
        questions=home,
        about=words.fill(_about(name, marks)),
        marks=marks_said(marks) if marks else (),
        first=first,
        more=more,
        is_more_open=any(each.error or any(each.typed) for each in more),
        is_care=name == VICTIM_CARE,
        is_list=name == RISK_ITEMS,
        means=words.fill(CARE_MEANS) if name == VICTIM_CARE else "",
        seen=mark_of(reader.draft.pages.get(name)),
    )


def _in_months(field: Field, months: int) -> Field:
    label = f"Incidents in the last {months} months"
    return replace(field, label=label) if field.name == "incidents" else field


def _about(name: str, marks: Thresholds | None) -> str:
    if marks and marks.is_one_reason:
        return ONE_REASON
    return CARE_WHY if name == VICTIM_CARE else ABOUT.get(name, "")


def questions_page(draft_id: UUID, draft: Draft, reader: DraftReader) -> QuestionsPage:
    """Return the list of questions."""
    words = SPOKEN.get()
    problems = {each.page for each in reader.whole().problems}
    tasks, done = [], 0
    for name, names in SECTIONS:
        stops = [stop for stop in journey.stops(draft, reader.needs) if stop.page in names]
        is_done = all(journey.is_done(draft, stop) for stop in stops)
        done += is_done
        begun = any(each in draft.done or draft.entries(each) for each in names)
        tasks.append(
            TaskRow(
                name=words.fill(SHORT[name]),
                href=address(draft_id, Stop(name)),
                **_status(
                    is_done=is_done,
                    is_wrong=begun and bool(problems & set(names)),
                    is_required=name in REQUIRED,
                ),
            )
        )
    unanswered = journey.first_unanswered(draft, reader.needs)
    return QuestionsPage(
        heading="Your draft concern",
        back=url_for("referrals.mine"),
        draft_id=draft_id,
        tasks=tuple(tasks),
        done=done,
        resume=address(draft_id, unanswered),
    )


def _status(*, is_done: bool, is_wrong: bool, is_required: bool) -> dict[str, str]:
    if is_wrong:
        return {"status": "Needs an answer", "colour": "red"}
    if is_done:
        return {"status": "Done"}
    if is_required:
        return {"status": "Not answered yet", "colour": "blue"}
    return {"status": "Optional", "colour": "grey"}
