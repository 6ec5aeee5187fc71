"""An agency's research: what it is asked, its own paper, what it shares, or nothing held."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from hub.access.permissions import Permission
from hub.db.looks import look_at
from hub.kernel.days import london_day
from hub.kernel.errors import ConflictError, IllegalMoveError, RefusedError
from hub.marac.commands.research import (
    answer_research,
    reveal_for_research,
)
from hub.marac.pages.blueprint import pages
from hub.marac.queries.research import (
    PaperLine,
    ResearchList,
    ResearchRow,
    answered,
    paper_of,
    research_row,
    to_answer,
)
from hub.marac.research_schemas import (
    KIND_WORDS,
    MODE_WORDS,
    PressForm,
)
from hub.marac.rules.research import WORDS
from hub.marac.states import ResearchMove, ResearchState
from hub.meetings.deadline_words import how_far
from hub.referrals.pages.concern import Person, RevealForm, said_person
from hub.referrals.queries import PartyRow, parties_of
from hub.web import current
from hub.web.forms import blank, read
from hub.web.guard import policy
from hub.web.phrases import said_day
from hub.web.render import Page, Task, page, task
from hub.web.values import FormView

RESEARCH_LIST = task("Research asked of us")
RESEARCH = task("Research")

COLOURS = {
    ResearchState.ASKED: "blue",
    ResearchState.NOTHING_HELD: "grey",
    ResearchState.SHARED: "green",
    ResearchState.REFUSED: "yellow",
}


@dataclass(frozen=True, kw_only=True)
class ResearchListPage(Page):
    """What an agency is asked, and what it has answered."""

    title: Task = RESEARCH_LIST
    wide: bool = True
    waiting: ResearchList
    done: ResearchList
    far: Mapping[UUID, str]
    """How far off the deadline of each is that waits, in working days."""
    state_words: Mapping[str, str]


@dataclass(frozen=True)
class SaidLine:
    """A line of the agency's paper in words."""

    line: PaperLine
    about: str
    kind: str


@dataclass(frozen=True, kw_only=True)
class ResearchPage(Page):
    """One case about which an agency is asked."""

    title: Task = RESEARCH
    row: ResearchRow
    far: str
    state: str
    colour: str
    mode: str
    people: tuple[Person, ...]
    lines: tuple[SaidLine, ...]
    is_revealed: bool
    reveal: FormView

    @property
    def is_open(self) -> bool:
        """Whether the agency has still to answer."""
        return self.row.is_asked and self.row.state == ResearchState.ASKED

    @property
    def may_share_more(self) -> bool:
        """Whether there are lines that could be shared now."""
        unshared = any(one.line.released_at is None for one in self.lines)
        states = (ResearchState.ASKED, ResearchState.SHARED)
        return unshared and self.row.is_asked and self.row.state in states

    @property
    def may_take_back(self) -> bool:
        """Whether an answer without lines can be taken back."""
        states = (ResearchState.NOTHING_HELD, ResearchState.REFUSED)
        return self.row.is_asked and self.row.state in states


@pages.get("/research")
@policy(Permission.RESEARCH_ANSWER)
def research_list() -> ResponseReturnValue:
    """List what the agency is asked, the first due first, and what it has answered."""
    with current.units().read(current.actor()) as uow:
        waiting = to_answer(uow, _place("after"))
        done = answered(uow, _place("done_after"))
        far = {
            row.id: how_far(london_day(row.due_at), uow.today, row.closed) for row in waiting.rows
        }
    shown = ResearchListPage(waiting=waiting, done=done, far=far, state_words=WORDS)
    return page("marac/research_list.html", shown)


@pages.get("/research/<uuid:research_id>")
@policy(Permission.RESEARCH_ANSWER)
def research(research_id: UUID) -> ResponseReturnValue:
    """Show who is asked about, and the agency's own paper; the look is recorded first."""
    see(research_id)
    return _show(research_id)


@pages.post("/research/<uuid:research_id>/contact")
@policy(Permission.RESEARCH_ANSWER)
def research_contact(research_id: UUID) -> ResponseReturnValue:
    """Show addresses and numbers, this once, to somebody who says what for."""
    reading = read(RevealForm, request.form)
    see(research_id)
    if reading.value is None:
        return _show(research_id, reveal=reading.form)
    with current.units().write(current.actor()) as uow:
        reveal_for_research(research_id, reading.value["why"], uow=uow)
    return _show(research_id, is_revealed=True)


@pages.post("/research/<uuid:research_id>/nothing")
@policy(Permission.RESEARCH_ANSWER)
def research_nothing(research_id: UUID) -> ResponseReturnValue:
    """Say with one press that nothing is held."""
    _press(research_id, ResearchMove.NOTHING, "Kept: your agency holds nothing about this case.")
    if request.form.get("from") == "list":
        return redirect(url_for("marac.research_list"), 303)
    return redirect(url_for("marac.research", research_id=research_id), 303)


@pages.post("/research/<uuid:research_id>/take-back")
@policy(Permission.RESEARCH_ANSWER)
def research_take_back(research_id: UUID) -> ResponseReturnValue:
    """Take back an answer that no line was shared with."""
    _press(research_id, ResearchMove.TAKE_BACK, "Your answer is taken back. You are asked again.")
    return redirect(url_for("marac.research", research_id=research_id), 303)


ANSWERED_MEANWHILE = (
    "Somebody of your agency has answered meanwhile. Check what stands now, then press again."
)


def _place(name: str) -> UUID | None:
    """Return the id after which the page of a list begins."""
    try:
        return UUID(request.args.get(name, ""))
    except ValueError:
        return None


def see(research_id: UUID) -> None:
    """Pass the gate and record the looks, before anything is read. Raises NotFoundError."""
    row = own_row(research_id)
    looks = [("research", row.id)]
    if row.concern_id is not None:
        looks.append(("concern", row.concern_id))
    look_at(current.units(), current.actor(), looks)


def own_row(research_id: UUID) -> ResearchRow:
    """Return one request of the reader's agency. Raises NotFoundError."""
    with current.units().read(current.actor()) as uow:
        return research_row(uow, research_id)


def own_people(row: ResearchRow) -> tuple[PartyRow, ...]:
    """Return everybody whom the case names."""
    if row.concern_id is None:
        return ()
    with current.units().read(current.actor()) as uow:
        return parties_of(uow, [row.concern_id])


def said_lines(research_id: UUID) -> tuple[SaidLine, ...]:
    """Return the agency's own paper in words. Raises NotFoundError."""
    row = own_row(research_id)
    names = {one.id: one.name or "Name not known" for one in own_people(row)}
    with current.units().read(current.actor()) as uow:
        lines = paper_of(uow, research_id)
    return tuple(
        SaidLine(
            line,
            names.get(line.party_id, "The case") if line.party_id else "The case as a whole",
            KIND_WORDS[line.kind],
        )
        for line in lines
    )


def _show(
    research_id: UUID, *, is_revealed: bool = False, reveal: FormView | None = None
) -> ResponseReturnValue:
    row = own_row(research_id)
    with current.units().read(current.actor()) as uow:
        far = how_far(london_day(row.due_at), uow.today, row.closed)
    shown = ResearchPage(
        heading=f"Research: case {row.reference}",
        caption=f"{row.area}, meeting on {said_day(london_day(row.starts_at))}",
        back=url_for("marac.research_list"),
        form=reveal,
        row=row,
        far=far,
        state=WORDS[row.state],
        colour=COLOURS[ResearchState(row.state)],
        mode=MODE_WORDS[row.mode],
        people=tuple(said_person(one, hide=not is_revealed) for one in own_people(row)),
        lines=said_lines(research_id),
        is_revealed=is_revealed,
        reveal=reveal or blank(RevealForm),
    )
    return page("marac/research.html", shown)


def _press(research_id: UUID, move: ResearchMove, done: str) -> None:
    """Answer by one press; whoever was overtaken is told what stands now."""
    reading = read(PressForm, request.form)
    try:
        if reading.value is None:
            raise RefusedError("Press the button on the page again.")  # noqa: TRY301 - one way to say no
        with current.units().write(current.actor()) as uow:
            answer_research(reading.value.command(research_id, move), uow=uow)
    except (ConflictError, IllegalMoveError):
        flash(ANSWERED_MEANWHILE)
    except RefusedError as no:
        flash(no.why)
    else:
        flash(done, "success")
