"""Everything that the hub holds of a case, for a review of a death: referral and meetings.

Open the concern through ``access`` first. What happened at meetings is in ``pack_record``.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import select

from hub.agencies.models import Agency, Contact
from hub.db.units import UnitOfWork
from hub.marac.models import EqualityAnswer, RepeatDecision, Research, ResearchLine, SubjectParty
from hub.marac.queries.pack_words import Names, moment, on_day, said
from hub.marac.rules.equality import in_words
from hub.marac.rules.pack import Entry, What
from hub.meetings.models import Attendance, Excuse, Invitation, Item, Meeting
from hub.people.conflicts import case_is_open
from hub.referrals.models import Concern, ConcernAddition, Party, ScreeningDecision
from hub.referrals.states import PartyRole

Answers = Callable[[Mapping[str, Any]], Iterable[str]]
"""What a referrer answered, in the words of the questions: the room below says them."""


HELD = "held"
"""The state of an invitation that stands."""

ASKED = {
    "required": "",
    "escalated": "asked because nobody before them had accepted",
    "chosen": "asked by name",
}
"""Why somebody was invited, where that was not as the rule has it."""


@dataclass(frozen=True)
class Subjects:
    """The referrals of one victim in one area, and their cases at meetings, by reference."""

    concerns: dict[UUID, str]
    items: dict[UUID, str]
    """Of each item the reference of its concern."""


def subjects_of(uow: UnitOfWork, concern_id: UUID) -> Subjects:
    """Return a referral with all others of its area about the same victim that may be shown.

    That it is the same victim is what a co-ordinator said.
    """
    own = uow.session.get_one(Concern, concern_id)
    mine = (
        select(SubjectParty.subject_id)
        .join(Party, Party.id == SubjectParty.party_id)
        .where(Party.concern_id == concern_id, Party.role == PartyRole.VICTIM)
    )
    same = (
        select(Party.concern_id)
        .join(SubjectParty, SubjectParty.party_id == Party.id)
        .where(Party.role == PartyRole.VICTIM, SubjectParty.subject_id.in_(mine))
    )
    rows = uow.session.execute(
        select(Concern.id, Concern.reference).where(
            Concern.area_id == own.area_id, Concern.id.in_(same), case_is_open(uow, Concern.id)
        )
    )
    concerns = {own.id: own.reference, **{row.id: row.reference for row in rows}}
    listed = uow.session.execute(
        select(Item.id, Item.concern_id).where(Item.concern_id.in_(concerns))
    )
    items = {row.id: concerns[row.concern_id] for row in listed if row.concern_id}
    return Subjects(concerns, items)


def referral_entries(uow: UnitOfWork, found: Subjects, answers: Answers) -> Iterator[Entry]:
    """Yield how the referrals came, what was added, and what was decided of them."""
    yield from _concerns(uow, found, answers)
    names = Names(uow)
    for added in _of(uow, ConcernAddition, ConcernAddition.concern_id, found.concerns):
        yield Entry(
            at=added.added_at,
            what=What.ADDITION,
            case=found.concerns[added.concern_id],
            by=names(added.added_by),
            lines=(added.text,),
        )
    for decided in _of(uow, ScreeningDecision, ScreeningDecision.concern_id, found.concerns):
        yield Entry(
            at=decided.decided_at,
            what=What.SCREENING,
            case=found.concerns[decided.concern_id],
            by=names(decided.decided_by),
            lines=said(decided.outcome.replace("_", " "), decided.reason),
        )
    for ruled in _of(uow, RepeatDecision, RepeatDecision.concern_id, found.concerns):
        yield Entry(
            at=ruled.decided_at,
            what=What.REPEAT,
            case=found.concerns[ruled.concern_id],
            by=names(ruled.decided_by),
            lines=said(ruled.label.replace("_", " "), ruled.reason),
        )
    for known in _of(uow, EqualityAnswer, EqualityAnswer.concern_id, found.concerns):
        yield Entry(
            at=known.recorded_at,
            what=What.EQUALITY,
            case=found.concerns[known.concern_id],
            by=names(known.recorded_by),
            lines=said(in_words(json.loads(known.answers)), known.note),
        )


def meeting_entries(uow: UnitOfWork, found: Subjects) -> Iterator[Entry]:
    """Yield when the cases were listed, who was asked and answered what, and who came."""
    names = Names(uow)
    listed = uow.session.execute(
        select(Item, Meeting.reference, Meeting.starts_at)
        .join(Meeting, Meeting.id == Item.meeting_id)
        .where(Item.id.in_(found.items))
    )
    for item, reference, starts_at in listed:
        line = f"Meeting {reference}, {moment(starts_at)}, {item.state}"
        yield Entry(at=item.listed_at, what=What.LISTED, case=found.items[item.id], lines=(line,))
    yield from _invitations(uow, found)
    for excuse in _of(uow, Excuse, Excuse.item_id, found.items):
        yield Entry(
            at=excuse.recorded_at,
            what=What.EXCUSED,
            case=found.items[excuse.item_id],
            by=names(excuse.recorded_by),
            lines=said(excuse.problem.replace("_", " "), excuse.reason),
        )
    came = uow.session.execute(
        select(Attendance, Contact.name)
        .join(Contact, Contact.id == Attendance.contact_id)
        .where(Attendance.item_id.in_(found.items))
    )
    for row, name in came:
        sent = "information sent" if row.sent_information else ""
        yield Entry(
            at=row.recorded_at,
            what=What.ATTENDANCE,
            case=found.items[row.item_id],
            by=names(row.recorded_by),
            lines=said(f"{name}: {row.status.replace('_', ' ')}", sent),
        )


def research_entries(uow: UnitOfWork, found: Subjects) -> Iterator[Entry]:
    """Yield what each agency was asked, answered and shared; its private lines stay its own."""
    rows = uow.session.execute(
        select(Research, Agency.name)
        .join(Agency, Agency.id == Research.agency_id)
        .where(Research.item_id.in_(found.items))
    ).all()
    names = Names(uow)
    agencies = {research.id: (agency, found.items[research.item_id]) for research, agency in rows}
    for research, agency in rows:
        case = found.items[research.item_id]
        yield Entry(at=research.asked_at, what=What.ASKED, case=case, lines=(agency,))
        if research.answered_at is not None:
            state = research.state.replace("_", " ")
            yield Entry(
                at=research.answered_at,
                what=What.RESEARCH,
                case=case,
                by=names(research.answered_by),
                lines=said(f"{agency}: {state}", research.refusal, research.proportionality),
            )
    shared = select(ResearchLine).where(
        ResearchLine.research_id.in_(agencies), ResearchLine.released_at.is_not(None)
    )
    for line in uow.session.scalars(shared):
        agency, case = agencies[line.research_id]
        if line.released_at is not None:
            yield Entry(
                at=line.released_at,
                what=What.RESEARCH,
                case=case,
                by=names(line.released_by),
                lines=said(f"{agency}: {line.kind.replace('_', ' ')}", line.text),
            )


def _concerns(uow: UnitOfWork, found: Subjects, answers: Answers) -> Iterator[Entry]:
    people = _people(uow, found)
    names = Names(uow)
    rows = uow.session.execute(
        select(Concern, Agency.name)
        .outerjoin(Agency, Agency.id == Concern.agency_id)
        .where(Concern.id.in_(found.concerns))
    )
    for concern, agency in rows:
        whose = ", ".join(said(names(concern.referrer_id), agency))
        yield Entry(
            at=concern.submitted_at,
            what=What.CONCERN,
            case=concern.reference,
            by=whose,
            lines=(*people.get(concern.id, ()), *answers(json.loads(concern.answers))),
        )


def _people(uow: UnitOfWork, found: Subjects) -> dict[UUID, list[str]]:
    of: dict[UUID, list[str]] = {}
    parties = select(Party).where(Party.concern_id.in_(found.concerns))
    for party in uow.session.scalars(parties.order_by(Party.role.desc(), Party.position)):
        name = " ".join(said(party.given_name, party.family_name)) or "Name not known"
        born = f"born {on_day(party.date_of_birth)}" if party.date_of_birth else ""
        line = ", ".join(said(f"{party.role.replace('_', ' ')}: {name}", born))
        of.setdefault(party.concern_id, []).append(line)
    return of


def _invitations(uow: UnitOfWork, found: Subjects) -> Iterator[Entry]:
    names = Names(uow)
    rows = uow.session.execute(
        select(Invitation, Contact.name)
        .join(Contact, Contact.id == Invitation.recipient_id)
        .where(Invitation.item_id.in_(found.items))
    )
    for one, name in rows:
        case = found.items[one.item_id]
        whose = f"{name}, for {one.route.replace('_', ' ')}"
        how = ASKED.get(one.because, one.because)
        ended = "" if one.state == HELD else f"the invitation is {one.state}"
        lines = said(whose, how, _seen(one), ended)
        yield Entry(at=one.issued_at, what=What.INVITED, case=case, lines=lines)
        if one.answered_at is not None:
            answer = f"{name}: {(one.answer or '').replace('_', ' ')}"
            yield Entry(
                at=one.answered_at,
                what=What.ANSWERED,
                case=case,
                by=names(one.answered_by),
                lines=said(answer, one.answer_note),
            )


def _seen(one: Invitation) -> str:
    return f"opened {moment(one.opened_at)}" if one.opened_at else "not opened"


def _of(uow: UnitOfWork, model: Any, column: Any, ids: Iterable[UUID]) -> Sequence[Any]:  # noqa: ANN401 - any of the room's tables
    return uow.session.scalars(select(model).where(column.in_(tuple(ids)))).all()
