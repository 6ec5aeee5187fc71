"""One concern as it was submitted: to its referrer, and to those who screen or chair in its area.

Who opens it is written to the trail before anything is read. How people can be found or reached
stays hidden until somebody says what they need it for, which is written down too.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import request, url_for
from flask.typing import ResponseReturnValue

from hub.access.permissions import Fact, Permission, may
from hub.db.looks import look
from hub.db.units import UnitOfWork
from hub.kernel.errors import NotFoundError
from hub.people.pages.beside import Panel
from hub.people.queries import questions_for
from hub.referrals import commands, queries
from hub.referrals.access import facts_of, open_concern
from hub.referrals.commands import RevealContact
from hub.referrals.criteria import Grade, grade
from hub.referrals.journey import LAWFUL_BASIS, PROFESSIONAL, RISK_ITEMS
from hub.referrals.pages.beside import panels_of
from hub.referrals.pages.blueprint import pages, store
from hub.referrals.pages.saying import stored_rows
from hub.referrals.pages.words import HEADINGS, ONE, SHORT, STATES
from hub.referrals.queries import AdditionRow, ConcernRow, DecisionRow, FileRow, PartyRow
from hub.referrals.schemas.stored import read_stored
from hub.referrals.states import CONCERN, Move, Screening
from hub.web import current
from hub.web.downloads import download
from hub.web.fields import Choice, Hidden, LongText
from hub.web.forms import ValuesForm, blank, read
from hub.web.guard import policy
from hub.web.render import Page, SummaryRow, Task, page, task
from hub.web.values import FormView, Option
from hub.web.words import SPOKEN

CONCERN_TITLE = task("A concern")
CONCERN_PRINT = task("A concern to print")

CASE = (
    "reason", "police", "criteria", "risk_tool", RISK_ITEMS, "consent", LAWFUL_BASIS,
    "home", "safe_contact", "needs", "you",
)  # fmt: skip

WHY = {
    "contact": "To make contact safely",
    "area": "To check the area or the address",
    "identity": "To tell who is meant",
    "safety": "To plan for safety",
}


class RevealForm(ValuesForm):
    """What addresses and numbers are needed for."""

    why = Choice("What do you need them for?", WHY, required=True, ask="Select what for")


class DecideForm(ValuesForm):
    """The decision of the co-ordinator; ``version`` is that of the concern as it was read."""

    outcome = Choice("What becomes of this concern?", required=True, ask="Select an outcome")
    reason = LongText(
        "Reason",
        called="the reason",
        hint="The referrer will see it. Only a plain acceptance needs none.",
        rows=3,
    )
    version = Hidden("Version", required=True)


OUTCOMES = {
    Move.ACCEPT: ("Accept for discussion", ""),
    Move.MAKE_URGENT: ("Accept as urgent", "It cannot wait for the next meeting"),
    Move.ACCEPT_ALERT_ONLY: ("Accept, alert only", "Researched and flagged, not discussed"),
    Move.RETURN: ("Send back for more information", "Say what is missing"),
    Move.REFUSE: ("Not accepted", "Say why, and what advice you give"),
    Move.TRANSFER: ("Pass to another area", "Say where to, and whom you told"),
    Move.MARK_DUPLICATE: ("Already being dealt with", "Give the other reference"),
}
"""The outcomes in the order in which they are offered."""


@dataclass(frozen=True)
class Section:
    """A heading and its lines."""

    heading: str
    rows: tuple[SummaryRow, ...]


@dataclass(frozen=True)
class Person:
    """Somebody named in the concern, with what was said of them."""

    heading: str
    care: str
    rows: tuple[SummaryRow, ...]


@dataclass(frozen=True)
class Question:
    """What a duty desk must know of the referrer to tell who is meant: about whom, and what."""

    about: str
    text: str


@dataclass(frozen=True, kw_only=True)
class ConcernPage(Page):
    """A whole concern, and what this reader can do with it."""

    title: Task = CONCERN_TITLE
    row: ConcernRow
    state: str
    colour: str
    people: tuple[Person, ...]
    sections: tuple[Section, ...]
    safe: tuple[SummaryRow, ...]
    files: tuple[FileRow, ...]
    additions: tuple[AdditionRow, ...]
    decisions: tuple[DecisionRow, ...]
    questions: tuple[Question, ...]
    outcome_words: dict[str, str]
    panels: tuple[Panel, ...]
    grade: Grade | None
    decide: FormView | None
    reveal: FormView
    is_revealed: bool
    is_own: bool
    can_add: bool
    can_withdraw: bool
    may_link: bool
    is_print: bool = False


@pages.get("/concerns/<uuid:concern_id>")
@policy(Permission.CONCERN_READ)
def concern(concern_id: UUID) -> ResponseReturnValue:
    """Show a concern; the look is recorded first."""
    see(concern_id)
    return page("referrals/concern.html", concern_page(concern_id))


@pages.get("/concerns/<uuid:concern_id>/print")
@policy(Permission.CONCERN_READ)
def print_concern(concern_id: UUID) -> ResponseReturnValue:
    """Show a concern to print, without addresses and numbers."""
    see(concern_id)
    return page("referrals/concern.html", concern_page(concern_id, is_print=True))


@pages.post("/concerns/<uuid:concern_id>/contact")
@policy(Permission.CONCERN_READ)
def contact(concern_id: UUID) -> ResponseReturnValue:
    """Show addresses and numbers, this once, to somebody who says what for."""
    reading = read(RevealForm, request.form)
    see(concern_id)
    if reading.value is None:
        return page("referrals/concern.html", concern_page(concern_id, reveal=reading.form))
    with current.units().write(current.actor()) as uow:
        cmd = RevealContact(concern_id=concern_id, why=reading.value["why"])
        commands.reveal_contact(cmd, uow=uow)
    return page("referrals/concern.html", concern_page(concern_id, is_revealed=True))


@pages.get("/concerns/<uuid:concern_id>/files/<uuid:file_id>")
@policy(Permission.CONCERN_READ)
def file(concern_id: UUID, file_id: UUID) -> ResponseReturnValue:
    """Hand out a file as a download whose name says nothing about anybody."""
    with current.units().read(current.actor()) as uow:
        open_concern(uow, concern_id)
        rows = queries.files_of(uow, concern_id=concern_id)
    at = next((at for at, row in enumerate(rows, start=1) if row.id == file_id), 0)
    if not at:
        raise NotFoundError("no such file")
    look(current.units(), current.actor(), "concern_file", [file_id])
    return download(store().get(file_id), rows[at - 1].media_type, at)


def see(concern_id: UUID) -> None:
    """Pass the gate and record the look, before anything is read. Raises NotFoundError."""
    with current.units().read(current.actor()) as uow:
        open_concern(uow, concern_id)
    look(current.units(), current.actor(), "concern", [concern_id])


def concern_page(
    concern_id: UUID,
    *,
    reveal: FormView | None = None,
    decide: FormView | None = None,
    is_revealed: bool = False,
    is_print: bool = False,
) -> ConcernPage:
    """Return the page of a concern for this reader. Raises NotFoundError."""
    with current.units().read(current.actor()) as uow:
        facts = facts_of(uow, open_concern(uow, concern_id))
        row = queries.concern_row(uow, concern_id)
        parties = queries.parties_of(uow, [concern_id])
        marks, _ = queries.thresholds_of(uow, row.area_id)
        files = queries.files_of(uow, concern_id=concern_id)
        additions = queries.additions_of(uow, concern_id)
        decisions = queries.decisions_of(uow, concern_id)
        panels = panels_of(uow, concern_id)
        asked = questions_asked(uow, concern_id) if Fact.OWN in facts else ()
    state = Screening(row.state)
    screens = may(current.actor(), Permission.CONCERN_SCREEN, facts)
    is_own = Fact.OWN in facts
    may_decide = screens and not is_print and bool(moves_from(state))
    form = decide or (decide_form(row) if may_decide else None)
    words, colour = STATES[row.state]
    return ConcernPage(
        title=CONCERN_PRINT if is_print else CONCERN_TITLE,
        heading=f"Concern {row.reference}",
        caption=row.agency,
        back=_back(concern_id, is_print=is_print, is_own=is_own, screens=screens),
        form=decide if decide and decide.problems else reveal,
        wide=not is_print,
        row=row,
        state=words,
        colour=colour,
        people=tuple(said_person(each, hide=not is_revealed) for each in parties),
        sections=sections_of(row.answers, hide=not is_revealed),
        safe=stored_rows("safe_contact", row.answers.get("safe_contact", {}), hide=False)
        if is_revealed
        else (),
        files=files,
        additions=additions,
        decisions=decisions,
        questions=asked,
        outcome_words={name: said for name, (said, _) in STATES.items()},
        panels=panels,
        grade=grade(read_stored(row.answers), marks) if screens else None,
        decide=form,
        reveal=reveal or blank(RevealForm),
        is_revealed=is_revealed,
        is_own=is_own,
        can_add=is_own and CONCERN.may(state, Move.ADD),
        can_withdraw=is_own and CONCERN.may(state, Move.WITHDRAW),
        may_link=may(current.actor(), Permission.CASE_LINK, facts) and not is_print,
        is_print=is_print,
    )


def questions_asked(uow: UnitOfWork, concern_id: UUID) -> tuple[Question, ...]:
    """Return what waits for an answer of the referrer, the oldest first.

    It is asked of people whom the register knows and of those whom it does not know alike.
    """
    names = {each.id: each.name for each in queries.parties_of(uow, [concern_id])}
    return tuple(
        Question(names.get(each.party_id) or "a person whose name is not known", each.text)
        for each in questions_for(uow, [concern_id])
    )


def _back(concern_id: UUID, *, is_print: bool, is_own: bool, screens: bool) -> str:
    """Return where the reader came from; a chair came from an agenda, which is not ours to know."""
    if is_print:
        return url_for("referrals.concern", concern_id=concern_id)
    if screens:
        return url_for("referrals.queue")
    return url_for("referrals.mine") if is_own else ""


def moves_from(state: Screening) -> tuple[Option, ...]:
    """Return the outcomes that can follow, as choices."""
    return tuple(
        Option(move.value, label, hint)
        for move, (label, hint) in OUTCOMES.items()
        if CONCERN.may(state, move)
    )


def decide_form(row: ConcernRow) -> FormView:
    """Return the empty form of a decision on the concern as it was read."""
    options = {"outcome": moves_from(Screening(row.state))}
    return blank(DecideForm, {"version": row.version}, options=options)


def said_person(party: PartyRow, *, hide: bool) -> Person:
    """Return somebody named in a concern in words; what leads to them is hidden, or not."""
    words = SPOKEN.get()
    one = words.fill(ONE[party.role])
    place = "" if party.role == "victim" else f" {party.position}"
    columns = {
        "given_name": party.given_name,
        "family_name": party.family_name,
        "date_of_birth": party.date_of_birth and party.date_of_birth.isoformat(),
    }
    known = {name: value for name, value in columns.items() if value}
    care = {
        "yes": f"Referrer says {words.care_experienced}",
        "no": f"Referrer says not {words.care_experienced}",
        "not_known": f"Referrer does not know whether {words.care_experienced}",
    }
    details = party.details
    rows = list(stored_rows(party.role, {**details, **known}, hide=hide))
    for name, label in (
        ("responsible_authority", "Responsible authority"),
        ("worker_name", f"Name of their {words.worker}"),
    ):
        if details.get(name):
            rows.append(SummaryRow(label, str(details[name])))
    return Person(
        heading=f"{one[:1].upper()}{one[1:]}{place}: {party.name or 'name not known'}",
        care=care.get(party.care_answer or "", ""),
        rows=tuple(rows),
    )


def sections_of(answers: Mapping[str, Any], *, hide: bool) -> tuple[Section, ...]:
    """Return what a concern says of its case by page; what leads to people is hidden, or not."""
    words = SPOKEN.get()
    found = []
    for name in CASE:
        values = {k: v for k, v in answers.get(name, {}).items() if k != "area"}
        rows = stored_rows(name, values, hide=hide)
        if rows:
            heading = SHORT.get(name, HEADINGS[name])
            found.append(Section("The referrer" if name == "you" else words.fill(heading), rows))
    for each in answers.get(PROFESSIONAL, ()):
        heading = f"Professional: {each.get('agency', '')}"
        found.append(Section(heading, stored_rows(PROFESSIONAL, each)))
    return tuple(found)
