"""What an agency answers about a case: its own paper, the lines that it shares, or nothing held."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, select

from hub.db.units import UnitOfWork
from hub.kernel.errors import ConflictError, NotFoundError, RefusedError
from hub.marac.access import find_research, open_research
from hub.marac.commands.asking import times_of
from hub.marac.events import OnwardTermsSaid, ResearchAnswered, ResearchWritten
from hub.marac.models import Research, ResearchLine
from hub.marac.queries.areas import area_rules
from hub.marac.rules.research import (
    LineKind,
    Mode,
    may_release,
    may_say_nothing,
    whereabouts,
)
from hub.marac.states import RESEARCH, ResearchMove, ResearchState
from hub.meetings.models import Item, Meeting
from hub.referrals.commands import record_reveal
from hub.referrals.models import Party


@dataclass(frozen=True, kw_only=True)
class WriteLine:
    """A line of an agency's own paper; ``line_id`` is the one that is changed, if any."""

    research_id: UUID
    text: str
    kind: LineKind
    party_id: UUID | None = None
    withheld_why: str = ""
    """Why it stays private, for the agency's own record; empty while that is not decided."""
    line_id: UUID | None = None
    version: int = 0


@dataclass(frozen=True, kw_only=True)
class ReleaseLines:
    """Share chosen lines with the meeting, with why they are relevant and proportionate."""

    research_id: UUID
    version: int
    line_ids: tuple[UUID, ...]
    proportionality: str
    mode: Mode = Mode.ATTEND
    stays_here: bool = False
    """That these lines must not go to another area's MARAC."""
    tells_where: bool = False
    """That somebody can be found or reached by a line was seen, and the meeting must know it."""


@dataclass(frozen=True, kw_only=True)
class AnswerResearch:
    """An answer of one press, or a refusal with its reason, in the version that was read."""

    research_id: UUID
    version: int
    move: ResearchMove
    why: str = ""


def write_line(cmd: WriteLine, *, uow: UnitOfWork) -> UUID:
    """Write or change a line of the agency's own paper; nobody else can see it.

    Raises NotFoundError, ConflictError, RefusedError for an empty line, one that was released, one
    about somebody who is not in the case, or a case that is on the agenda no more.
    """
    research = open_research(uow, cmd.research_id)
    item = _live_item(uow, research)
    party = uow.session.get(Party, cmd.party_id) if cmd.party_id else None
    if cmd.party_id and (party is None or party.concern_id != item.concern_id):
        raise RefusedError("Select whom it is about", field="party_id")
    if not cmd.text.strip():
        raise RefusedError("Write the line, or delete it", field="text")
    line = _line(uow, research.id, cmd.line_id)
    if line is None:
        last = select(func.max(ResearchLine.position)).where(
            ResearchLine.research_id == research.id
        )
        line = ResearchLine(
            id=uow.new_id(),
            research_id=research.id,
            position=(uow.session.scalar(last) or 0) + 1,
            written_by=_account(uow),
            written_at=uow.now,
        )
        uow.session.add(line)
    elif line.version != cmd.version:
        raise ConflictError("the line", {"text": line.text})
    elif line.released_at is not None:
        raise RefusedError("This line is shared already. Write another behind it.")

    line.text, line.kind, line.party_id = cmd.text.strip(), cmd.kind, cmd.party_id
    line.withheld_why = cmd.withheld_why.strip() or None
    uow.session.flush()
    uow.emit(ResearchWritten(research_id=research.id))
    return line.id


def delete_line(research_id: UUID, line_id: UUID, *, uow: UnitOfWork) -> None:
    """Delete a line that was not released. Raises NotFoundError, RefusedError."""
    research = open_research(uow, research_id)
    line = _line(uow, research.id, line_id)
    if line is None:
        raise NotFoundError("There is no such line.")
    if line.released_at is not None:
        raise RefusedError("This line is shared already and stays.")
    uow.session.delete(line)
    uow.emit(ResearchWritten(research_id=research.id))


def release_lines(cmd: ReleaseLines, *, uow: UnitOfWork) -> UUID:
    """Share the chosen lines with the meeting; the others stay private.

    Raises NotFoundError, ConflictError, IllegalMoveError, RefusedError without a line or without
    the statement of proportionality, and for a line by which somebody can be found or reached
    unless that is meant.
    """
    research = open_research(uow, cmd.research_id)
    _live_item(uow, research)
    _refuse_stale(research, cmd.version)
    lines = uow.session.scalars(
        select(ResearchLine).where(
            ResearchLine.research_id == research.id,
            ResearchLine.id.in_(cmd.line_ids),
            ResearchLine.released_at.is_(None),
        )
    ).all()
    decision = may_release(len(lines), cmd.proportionality)
    if not decision.allowed:
        raise RefusedError(decision.reasons[0], field=decision.rule)
    found = [] if cmd.tells_where else [one for line in lines for one in whereabouts(line.text)]
    if found:
        raise RefusedError(
            f"{found[0]} could lead somebody to a person. Change the line, or tick that the meeting"
            " must know it",
            field="tells_where",
        )

    _move(uow, research, ResearchMove.SHARE)
    said = (research.proportionality, cmd.proportionality.strip())
    research.proportionality = "\n".join(one for one in said if one)
    research.mode = cmd.mode
    for line in lines:
        line.released_at, line.released_by = uow.now, _account(uow)
        line.withheld_why, line.stays_here = None, cmd.stays_here
    return research.id


def say_onward(research_id: UUID, line_id: UUID, *, stays_here: bool, uow: UnitOfWork) -> UUID:
    """Say whether a line that was shared may go to another area's MARAC; return its research.

    It holds from now on, also for a line that went already: nobody reads it there any more. Raises
    NotFoundError, RefusedError for a line that is private to the agency.
    """
    research = open_research(uow, research_id)
    line = _line(uow, research.id, line_id)
    if line is None:
        raise NotFoundError("There is no such line.")
    if line.released_at is None:
        raise RefusedError("This line is not shared, so it goes nowhere.")
    line.stays_here = stays_here
    uow.emit(OnwardTermsSaid(research_id=research.id, line_id=line.id, stays_here=stays_here))
    return research.id


def answer_research(cmd: AnswerResearch, *, uow: UnitOfWork) -> UUID:
    """Say with one press that nothing is held, refuse with a reason, or take either back.

    Raises NotFoundError, ConflictError, IllegalMoveError, RefusedError for a refusal without a
    reason, or "nothing held" beside lines that were written.
    """
    research = open_research(uow, cmd.research_id)
    item = _live_item(uow, research)
    _refuse_stale(research, cmd.version)
    if cmd.move is ResearchMove.SHARE:
        raise RefusedError("Choose the lines to share.", field="lines")
    if cmd.move is ResearchMove.REFUSE and not cmd.why.strip():
        raise RefusedError("Write why you cannot answer", field="why")
    if cmd.move is ResearchMove.NOTHING:
        decision = may_say_nothing(_lines_of(uow, research.id))
        if not decision.allowed:
            raise RefusedError(decision.reasons[0])

    _move(uow, research, cmd.move)
    research.refusal = cmd.why.strip() if cmd.move is ResearchMove.REFUSE else None
    if cmd.move is ResearchMove.TAKE_BACK:
        research.answered_at = research.answered_by = None
        meeting = uow.session.get_one(Meeting, item.meeting_id)
        rules = area_rules(uow, meeting.area_id)
        research.chase_at = times_of(rules, meeting.starts_at, uow.now).chase_at
    return research.id


def reveal_for_research(research_id: UUID, why: str, *, uow: UnitOfWork) -> UUID:
    """Record that the actor is about to see the addresses of a case; return the concern's id.

    Nothing is shown here: the page reads it only after this has been committed. Raises
    NotFoundError, RefusedError for a case that is on the agenda no more.
    """
    item = _live_item(uow, find_research(uow, research_id))
    if item.concern_id is None:
        raise NotFoundError("There is no such concern.")
    record_reveal(item.concern_id, why, uow=uow)
    return item.concern_id


def _live_item(uow: UnitOfWork, research: Research) -> Item:
    """Return the case that is asked about. Raises RefusedError when nobody asks any more."""
    item = uow.session.get_one(Item, research.item_id)
    meeting = uow.session.get_one(Meeting, item.meeting_id)
    if item.state != "listed" or meeting.state == "cancelled":
        raise RefusedError("This case is on the agenda no more, so nothing is asked of you.")
    return item


def _move(uow: UnitOfWork, research: Research, move: ResearchMove) -> None:
    research.state = RESEARCH.step(ResearchState(research.state), move)
    research.answered_at, research.answered_by = uow.now, _account(uow)
    research.chase_at = None
    uow.emit(ResearchAnswered(research_id=research.id, state=research.state))


def _lines_of(uow: UnitOfWork, research_id: UUID) -> int:
    wanted = select(func.count()).where(ResearchLine.research_id == research_id)
    return uow.session.scalar(wanted) or 0


def _line(uow: UnitOfWork, research_id: UUID, line_id: UUID | None) -> ResearchLine | None:
    """Return the line of this research, None for a new one. Raises NotFoundError."""
    if line_id is None:
        return None
    line = uow.session.get(ResearchLine, line_id)
    if line is None or line.research_id != research_id:
        raise NotFoundError("There is no such line.")
    return line


def _refuse_stale(research: Research, version: int) -> None:
    if research.version != version:
        raise ConflictError("the research", {"state": research.state})


def _account(uow: UnitOfWork) -> UUID:
    if uow.actor.account_id is None:
        raise NotFoundError("a person answers")
    return uow.actor.account_id
