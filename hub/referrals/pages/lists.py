"""The referrer's own concerns and drafts, and the co-ordinator's queue with its decisions."""

from dataclasses import asdict, dataclass
from uuid import UUID

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from hub.access.permissions import Permission
from hub.kernel.errors import ConflictError, NotFoundError, RefusedError
from hub.people.queries import questions_for
from hub.referrals import commands, queries
from hub.referrals.access import open_concern
from hub.referrals.commands import ScreenConcern, SetThresholds
from hub.referrals.criteria import Thresholds
from hub.referrals.pages.beside import next_meetings
from hub.referrals.pages.blueprint import pages
from hub.referrals.pages.concern import DecideForm, concern_page, moves_from, see
from hub.referrals.pages.words import STATES
from hub.referrals.queries import RETURNED, WAITING, AreaRow, DraftRow, Lines
from hub.referrals.states import TURNED_DOWN, Move, Screening
from hub.web import current
from hub.web.fields import Hidden, LongText, PlainText, Tick
from hub.web.forms import Reading, ValuesForm, blank, read
from hub.web.guard import policy
from hub.web.inputs import WholeNumber
from hub.web.render import ConflictPage, Page, Task, Version, conflict, page, task
from hub.web.values import FormView, Link

MINE = task("Your concerns")
QUEUE = task("Concerns to look at")
MARKS = task("Settings for screening")
TICKS = ("is_reported_only", "is_worsening_asked", "is_medium_accepted", "is_one_reason",
         "is_sign_off_asked")  # fmt: skip


class MarksForm(ValuesForm):
    """What an area sets about criteria."""

    score = WholeNumber(
        "Score from which visible high risk is shown", required=True, highest=100, width="3"
    )
    incidents = WholeNumber(
        "Incidents that show possible escalation", required=True, lowest=1, highest=100, width="3"
    )
    months = WholeNumber("Within how many months", required=True, lowest=1, highest=60, width="3")
    is_reported_only = Tick("Only incidents that were reported to the police count")
    is_worsening_asked = Tick("Incidents count only where they are getting more frequent or worse")
    own_criterion = PlainText(
        "A criterion of the area's own",
        hint="In a few words, such as: imminent risk of serious harm. Leave it empty for the four"
        " of the country.",
        width="two-thirds",
    )
    is_medium_accepted = Tick("A concern that its referrer grades as medium is taken as well")
    is_one_reason = Tick("Referrers are asked for the one reason that weighs most")
    is_sign_off_asked = Tick(
        "A manager of the referrer signs it off by name and date, unless it is needed today"
    )
    advice = LongText(
        "What referrers should know",
        hint="Shown where they give their reasons, such as what MARAC is not for.",
        rows=3,
    )
    version = Hidden("Version", required=True)


@dataclass(frozen=True, kw_only=True)
class MinePage(Page):
    """What the referrer raised and what they have begun."""

    title: Task = MINE
    wide: bool = True
    drafts: tuple[DraftRow, ...]
    lines: Lines
    asked: frozenset[UUID]
    states: dict[str, tuple[str, str]]
    next_href: str


@dataclass(frozen=True, kw_only=True)
class QueuePage(Page):
    """One list of the co-ordinator."""

    title: Task = QUEUE
    wide: bool = True
    tabs: tuple[Link, ...]
    lines: Lines
    states: dict[str, tuple[str, str]]
    areas: tuple[AreaRow, ...]
    next_meetings: tuple[str, ...]
    """The next meeting of each area and its deadline, as a room above says it."""
    counts: tuple[tuple[str, int], ...]
    """Of the last 12 months, on the list of those that were not accepted."""
    next_href: str
    empty: str


@dataclass(frozen=True, kw_only=True)
class MarksPage(Page):
    """The form of an area's marks."""

    title: Task = MARKS
    action: str


EMPTY = {
    "waiting": "No concern is waiting for a decision.",
    "returned": "No concern is waiting for its referrer.",
    "decided": "No concern has been decided yet.",
    "not_accepted": "Every concern was taken on.",
}
TABS = {
    "waiting": "To decide",
    "returned": "Sent back",
    "decided": "Decided",
    "not_accepted": "Not accepted",
}


@pages.get("/concerns")
@policy(Permission.CONCERN_RAISE)
def mine() -> ResponseReturnValue:
    """Show the referrer's drafts and concerns, by reference."""
    account_id = current.actor().account_id
    if account_id is None:
        raise NotFoundError("nobody's concerns")
    with current.units().read(current.actor()) as uow:
        drafts = queries.drafts_of(uow, account_id)
        lines = queries.raised_by(uow, account_id, _after())
        asked = questions_for(uow, [each.id for each in lines.lines])
    shown = MinePage(
        drafts=drafts,
        lines=lines,
        asked=frozenset(each.concern_id for each in asked),
        states=dict(STATES),
        next_href=_next("referrals.mine", lines),
    )
    return page("referrals/mine.html", shown)


@pages.get("/screening", defaults={"which": "waiting"})
@pages.get("/screening/<any(returned, decided, not_accepted):which>")
@policy(Permission.CONCERN_SCREEN)
def queue(which: str) -> ResponseReturnValue:
    """Show the concerns of the co-ordinator's areas: to decide, sent back, or decided.

    Those that were not accepted have a list of their own, with how many there were in a year.
    """
    with current.units().read(current.actor()) as uow:
        areas = queries.areas_of(uow, current.actor().agency_id)
        ids = [each.id for each in areas]
        if which == "decided":
            lines = queries.decided(uow, ids, _after())
        elif which == "not_accepted":
            lines = queries.decided(uow, ids, _after(), states=TURNED_DOWN)
        else:
            states = WAITING if which == "waiting" else RETURNED
            lines = queries.queue(uow, ids, states, _after())
        following = next_meetings(uow) if which == "waiting" else ()
        counts = queries.turned_down(uow, ids) if which == "not_accepted" else {}
    tabs = (Link(text, url_for("referrals.queue", which=name), name == which)
            for name, text in TABS.items())  # fmt: skip
    shown = QueuePage(
        tabs=tuple(tabs),
        lines=lines,
        states=dict(STATES),
        areas=areas,
        next_meetings=following,
        counts=tuple((STATES[state][0], number) for state, number in counts.items()),
        next_href=_next("referrals.queue", lines, which),
        empty=EMPTY[which],
    )
    return page("referrals/queue.html", shown)


@pages.post("/screening/<uuid:concern_id>")
@policy(Permission.CONCERN_SCREEN)
def decide(concern_id: UUID) -> ResponseReturnValue:
    """Take a decision, or show the concern again with what is wrong."""
    with current.units().read(current.actor()) as uow:
        row = open_concern(uow, concern_id, Permission.CONCERN_SCREEN)
        options = {"outcome": moves_from(Screening(row.state))}
        state = row.state
    reading = read(DecideForm, request.form, options=options)
    form = reading.form
    if reading.value is not None:
        cmd = ScreenConcern(
            concern_id=concern_id,
            outcome=Move(reading.value["outcome"]),
            reason=reading.value["reason"] or "",
            version=_number(reading.value["version"]),
        )
        try:
            with current.units().write(current.actor()) as uow:
                commands.screen_concern(cmd, uow=uow)
        except ConflictError:
            return _both_versions(concern_id, reading, state)
        except RefusedError as no:
            form = form.refuse(no.why, field=no.field)
        else:
            flash("Your decision was saved, and the referrer will be told", "success")
            if cmd.outcome is Move.MAKE_URGENT:  # an emergency MARAC is one press from here
                return redirect(url_for("referrals.concern", concern_id=concern_id), 303)
            return redirect(url_for("referrals.queue"), 303)
    see(concern_id)
    return page("referrals/concern.html", concern_page(concern_id, decide=form))


def _both_versions(
    concern_id: UUID, reading: Reading[dict[str, object]], state: str
) -> ResponseReturnValue:
    """Show that somebody was faster. Nothing is overwritten: the concern is opened again."""
    form = reading.form
    labels = {option.value: option.label for option in form["outcome"].options}
    chosen = form["outcome"].value
    return conflict(
        ConflictPage(
            what="the concern",
            versions=(
                Version("Outcome", labels.get(chosen, chosen), STATES[state][0]),
                Version("Reason", form["reason"].value, ""),
            ),
            reload=url_for("referrals.concern", concern_id=concern_id),
        )
    )


@pages.route("/screening/settings/<uuid:area_id>", methods=["GET", "POST"])
@policy(Permission.CONCERN_SCREEN)
def marks(area_id: UUID) -> ResponseReturnValue:
    """Show and set an area's marks for reading risk."""
    with current.units().read(current.actor()) as uow:
        areas = {each.id: each.name for each in queries.areas_of(uow, current.actor().agency_id)}
        if area_id not in areas:
            raise NotFoundError("no such area")
        saved, version = queries.thresholds_of(uow, area_id)
    known = {**asdict(saved), "version": version}
    form = blank(MarksForm, known)
    if request.method == "POST":
        reading = read(MarksForm, request.form)
        form = reading.form
        if reading.value is not None:
            _set_marks(area_id, reading.value)
            flash("The settings were saved", "success")
            return redirect(url_for("referrals.queue"), 303)
    back = url_for("referrals.queue")
    return page("referrals/marks.html", _marks_page(areas[area_id], form, back))


def _marks_page(area: str, form: FormView, back: str) -> MarksPage:
    return MarksPage(caption=area, form=form, back=back, action=request.path)


def _set_marks(area_id: UUID, values: dict[str, object]) -> None:
    new = Thresholds(
        score=_number(values["score"]),
        incidents=_number(values["incidents"]),
        months=_number(values["months"]),
        **{name: bool(values[name]) for name in TICKS},
        own_criterion=_text(values["own_criterion"]),
        advice=_text(values["advice"]),
    )
    cmd = SetThresholds(area_id=area_id, thresholds=new, version=_number(values["version"]))
    with current.units().write(current.actor()) as uow:
        commands.set_thresholds(cmd, uow=uow)


def _number(value: object) -> int:
    """Return a whole number; -1, which is no version of anything, for what is none."""
    text = str(value)
    return int(text) if text.isascii() and text.isdigit() else -1


def _text(value: object) -> str | None:
    return str(value).strip().rstrip(".") or None if value else None


def _after() -> UUID | None:
    """Return the id after which the page of a list begins."""
    try:
        return UUID(request.args.get("after", ""))
    except ValueError:
        return None


def _next(endpoint: str, lines: Lines, which: str | None = None) -> str:
    if lines.next_after is None:
        return ""
    return url_for(endpoint, after=lines.next_after, which=which)
