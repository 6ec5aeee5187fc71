"""Cases that go to another area's MARAC: sent, taken over or returned, and where they are."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from hub.access.permissions import Permission
from hub.db.looks import look, look_at
from hub.kernel.errors import ConflictError, NotFoundError, RefusedError
from hub.kernel.even_time import even_time
from hub.marac.commands.transfers import (
    ReturnTransfer,
    acknowledge_transfer,
    return_transfer,
    reveal_for_transfer,
    send_transfer,
)
from hub.marac.pages.actions import STATES as ACTION_STATES
from hub.marac.pages.blueprint import pages
from hub.marac.pages.record_words import LABELS
from hub.marac.pages.transfer_panel import STATES
from hub.marac.pages.transfer_words import ask_state, paper_option, standing_words, stays_words
from hub.marac.queries.transfer_papers import AskRow, CasePapers, asks_of, case_papers, papers_went
from hub.marac.queries.transfer_sent import SentPapers, sent_papers
from hub.marac.queries.transfer_standing import StandsHere, stands_here, to_issue_again
from hub.marac.queries.transfers import (
    Papers,
    TransferLine,
    TransferList,
    incoming,
    outgoing,
    papers_of,
    seen_with,
    transfer_line,
)
from hub.marac.research_schemas import KIND_WORDS
from hub.marac.rules.transfer_papers import MISSING_WORDS, RISK_PROMPT, RISK_WORDS
from hub.marac.rules.transfers import TransferState
from hub.marac.transfer_schemas import ReturnForm, SendForm, send_command
from hub.meetings.pages.planning import FormPage
from hub.referrals.access import open_concern
from hub.referrals.pages.concern import Person, RevealForm, said_person
from hub.referrals.queries import areas, concern_row
from hub.web import current
from hub.web.forms import blank, read
from hub.web.guard import policy
from hub.web.phrases import said_day
from hub.web.render import Page, Task, page, task
from hub.web.values import FormView, Option

TRANSFERS = task("Transfers")
TRANSFER = task("A transfer")
SEND = task("Send to another area")
RETURN = task("Return a transfer")
STAYS = (
    "Until the other area takes the case over it stays here. Ring their co-ordinator as well, and "
    "let Idva speak to Idva."
)


@dataclass(frozen=True, kw_only=True)
class TransfersPage(Page):
    """What came to the reader's areas, and what went from them."""

    title: Task = TRANSFERS
    wide: bool = True
    to_us: TransferList
    from_us: TransferList
    states: Mapping[TransferState, tuple[str, str]]
    today: date


@dataclass(frozen=True)
class Sending:
    """What is known of a case before it goes."""

    papers: CasePapers
    stands: tuple[StandsHere, ...]


@dataclass(frozen=True, kw_only=True)
class SendPage(Page):
    """Where a case goes, and which of its papers go along."""

    title: Task = SEND
    lead: str = STAYS
    standing: tuple[str, ...]
    stays: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class TransferPage(Page):
    """One transfer; its papers for the receiving area alone."""

    title: Task = TRANSFER
    line: TransferLine
    state: tuple[str, str]
    papers: Papers | None
    people: tuple[Person, ...]
    went: tuple[Option, ...]
    """What went with it besides the referral; empty where it is read below."""
    sent: SentPapers | None
    """What the receiving area reads once it has taken the case over."""
    stays: tuple[str, ...]
    again: tuple[StandsHere, ...]
    """Agendas that are out with the case on them, for the sending area to issue again."""
    asks: tuple[AskRow, ...]
    ask_states: Mapping[UUID, tuple[str, str]]
    missing_words: Mapping[str, str]
    kind_words: Mapping[str, str]
    risk: str
    """What came of assessing the risk again, in words."""
    prompt: str
    is_revealed: bool
    reveal: FormView
    note_words: Mapping[str, str]
    action_states: Mapping[str, tuple[str, str]]

    @property
    def is_open(self) -> bool:
        """Whether the reader is to take it over, or to return it."""
        return self.line.is_incoming and self.line.stages.state is TransferState.SENT

    @property
    def is_taken(self) -> bool:
        """Whether the reader's area has taken it over."""
        return self.line.is_incoming and self.line.stages.acknowledged_on is not None


@pages.get("/transfers")
@policy(Permission.TRANSFER_KEEP)
def transfers() -> ResponseReturnValue:
    """List the transfers of the reader's areas; nobody is named here."""
    with current.units().read(current.actor()) as uow:
        shown = TransfersPage(
            to_us=incoming(uow, _after("after")),
            from_us=outgoing(uow, _after("from_after")),
            states=STATES,
            today=uow.today,
        )
    return page("marac/transfers.html", shown)


@pages.route("/screening/<uuid:concern_id>/transfer", methods=["GET", "POST"])
@policy(Permission.TRANSFER_KEEP)
def transfer_send(concern_id: UUID) -> ResponseReturnValue:
    """Ask where a case goes, and send it."""
    with current.units().read(current.actor()) as uow:
        own = open_concern(uow, concern_id, Permission.CONCERN_SCREEN).area_id
        others = tuple(Option(str(one.id), one.name) for one in areas(uow) if one.id != own)
        reference = concern_row(uow, concern_id).reference
        known = Sending(case_papers(uow, concern_id), stands_here(uow, concern_id))
    look(current.units(), current.actor(), "concern", [concern_id])
    if not others:
        raise NotFoundError("no other area has a co-ordinator")
    options = {"to_area": others, "papers": tuple(map(paper_option, known.papers.papers))}
    if request.method == "GET":
        ticked = {"papers": [one.value for one in options["papers"]]}
        return _form(concern_id, reference, known, blank(SendForm, ticked, options=options))
    reading = read(SendForm, request.form, options=options)
    if reading.value is None:
        return _form(concern_id, reference, known, reading.form)
    try:
        with current.units().write(current.actor()) as uow:
            transfer_id = send_transfer(send_command(concern_id, reading.value), uow=uow)
    except RefusedError as no:
        form = reading.form.refuse(no.why, field=no.field)
        return _form(concern_id, reference, known, form)
    flash("It is sent. You are told when the other area has it.", "success")
    return redirect(url_for("marac.transfer", transfer_id=transfer_id), 303)


@pages.get("/transfers/<uuid:transfer_id>")
@policy(Permission.TRANSFER_KEEP)
def transfer(transfer_id: UUID) -> ResponseReturnValue:
    """Show where a case is; to the receiving area all that goes with it, after the look."""
    _see(transfer_id)
    return _show(transfer_id)


@pages.post("/transfers/<uuid:transfer_id>/contact")
@policy(Permission.TRANSFER_KEEP)
def transfer_contact(transfer_id: UUID) -> ResponseReturnValue:
    """Show the new address to the receiving area, this once, for a reason."""
    reading = read(RevealForm, request.form)
    _see(transfer_id)
    if reading.value is None:
        return _show(transfer_id, reveal=reading.form)
    with current.units().write(current.actor()) as uow:
        reveal_for_transfer(transfer_id, reading.value["why"], uow=uow)
    return _show(transfer_id, is_revealed=True)


@pages.post("/transfers/<uuid:transfer_id>/acknowledge")
@policy(Permission.TRANSFER_KEEP)
def transfer_acknowledge(transfer_id: UUID) -> ResponseReturnValue:
    """Take the case over: it waits at screening in the receiving area."""
    try:
        with even_time(), current.units().write(current.actor()) as uow:
            concern_id = acknowledge_transfer(transfer_id, uow=uow)
    except ConflictError:
        flash("Somebody was faster. See what stands now.")
        return redirect(url_for("marac.transfer", transfer_id=transfer_id), 303)
    flash("The case is yours. Decide on it as on any other; the other area is told.", "success")
    return redirect(url_for("referrals.concern", concern_id=concern_id), 303)


@pages.route("/transfers/<uuid:transfer_id>/return", methods=["GET", "POST"])
@policy(Permission.TRANSFER_KEEP)
def transfer_return(transfer_id: UUID) -> ResponseReturnValue:
    """Ask why a case is not taken, and tell the sending area."""
    with current.units().read(current.actor()) as uow:
        line = transfer_line(uow, transfer_id)
    if not line.is_incoming:
        raise NotFoundError("only the receiving area returns a transfer")
    if request.method == "GET":
        return _return_form(line, blank(ReturnForm))
    reading = read(ReturnForm, request.form)
    if reading.value is None:
        return _return_form(line, reading.form)
    cmd = ReturnTransfer(transfer_id=transfer_id, reason=reading.value)
    try:
        with current.units().write(current.actor()) as uow:
            return_transfer(cmd, uow=uow)
    except ConflictError:
        flash("Somebody was faster. See what stands now.")
    else:
        flash("It is returned. The other area is told why.", "success")
    return redirect(url_for("marac.transfer", transfer_id=transfer_id), 303)


def _see(transfer_id: UUID) -> None:
    """Pass the gate and record the looks of who reads the papers. Raises NotFoundError."""
    with current.units().read(current.actor()) as uow:
        seen = seen_with(uow, transfer_id)
    look_at(current.units(), current.actor(), seen)


def _show(
    transfer_id: UUID, *, is_revealed: bool = False, reveal: FormView | None = None
) -> ResponseReturnValue:
    with current.units().read(current.actor()) as uow:
        line = transfer_line(uow, transfer_id)
        is_shown = line.is_incoming and line.stages.returned_on is None
        papers = papers_of(uow, transfer_id) if is_shown else None
        is_taken = is_shown and line.stages.acknowledged_on is not None
        sent = sent_papers(uow, transfer_id) if is_taken else None
        is_told = not is_taken and (is_shown or not line.is_incoming)
        went = papers_went(uow, transfer_id) if is_told else CasePapers((), ())
        asks = asks_of(uow, transfer_id)
        again = () if line.is_incoming else to_issue_again(uow, transfer_id)
    people = papers.people if papers else ()
    shown = TransferPage(
        heading=f"Transfer {line.reference}",
        caption=f"From {line.area}" if line.is_incoming else f"To {line.area}",
        back=url_for("marac.transfers"),
        form=reveal,
        line=line,
        state=STATES[line.stages.state],
        papers=papers,
        people=tuple(said_person(one, hide=not is_revealed) for one in people),
        went=tuple(map(paper_option, went.papers)),
        sent=sent,
        stays=stays_words(sent.stays if sent else went.stays),
        again=again,
        asks=asks,
        ask_states={one.id: ask_state(one) for one in asks},
        missing_words=MISSING_WORDS,
        kind_words=KIND_WORDS,
        risk=_risk(line),
        prompt=RISK_PROMPT,
        is_revealed=is_revealed,
        reveal=reveal or blank(RevealForm),
        note_words={name: words for name, (words, _) in LABELS.items()},
        action_states=ACTION_STATES,
    )
    return page("marac/transfer.html", shown)


def _risk(line: TransferLine) -> str:
    """Return what came of assessing the risk again, and when."""
    if not line.risk_is:
        return ""
    day = f", {said_day(line.risk_on)}" if line.risk_on else ""
    return f"{RISK_WORDS[line.risk_is]}{day}"


def _form(concern_id: UUID, reference: str, known: Sending, form: FormView) -> ResponseReturnValue:
    shown = SendPage(
        caption=f"Concern {reference}",
        form=form,
        stays=stays_words(known.papers.stays),
        standing=standing_words(known.stands),
        back=url_for("referrals.concern", concern_id=concern_id),
    )
    return page("marac/transfer_send.html", shown)


def _return_form(line: TransferLine, form: FormView) -> ResponseReturnValue:
    shown = FormPage(
        title=RETURN,
        caption=f"Transfer {line.reference}, from {line.area}",
        form=form,
        action=request.path,
        button="Return it",
        back=url_for("marac.transfer", transfer_id=line.id),
    )
    return page("meetings/form.html", shown)


def _after(name: str) -> UUID | None:
    """Return the id after which the page of a list begins."""
    try:
        return UUID(request.args.get(name, ""))
    except ValueError:
        return None
