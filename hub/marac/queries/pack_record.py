"""What the record of a case's meetings holds, for a review of a death: notes to letters."""

import json
from collections.abc import Iterable, Iterator
from typing import Any
from uuid import UUID

from sqlalchemy import select

from hub.agencies.models import Agency
from hub.db.units import UnitOfWork
from hub.marac.models import (
    Action,
    ActionEvidence,
    ActionStep,
    Addendum,
    AgencyPresence,
    CasePresence,
    DiscussionLetter,
    Hearing,
    HearingNote,
    Minutes,
)
from hub.marac.queries.pack import Subjects
from hub.marac.queries.pack_words import Names, on_day, said
from hub.marac.rules.pack import Entry, What
from hub.marac.states import MinutesState
from hub.meetings.models import Item


def record_entries(uow: UnitOfWork, found: Subjects) -> Iterator[Entry]:
    """Yield what was written while the cases were heard, agreed and done, and minuted."""
    yield from _agencies(uow, found)
    yield from _hearings(uow, found)
    yield from _actions(uow, found)
    yield from _minutes(uow, found)
    names = Names(uow)
    for letter in _all(uow, DiscussionLetter, DiscussionLetter.item_id, found.items):
        yield Entry(
            at=letter.given_at,
            what=What.LETTER,
            case=found.items[letter.item_id],
            by=names(letter.given_by),
            lines=said(letter.reference, f"{letter.asked_as}: {letter.asked_by}"),
        )


def _agencies(uow: UnitOfWork, found: Subjects) -> Iterator[Entry]:
    """Yield which agencies came to the meetings of the cases, and what was otherwise at each."""
    names = Names(uow)
    at_meeting = (
        select(Item.id, AgencyPresence, Agency.name)
        .join(AgencyPresence, AgencyPresence.meeting_id == Item.meeting_id)
        .join(Agency, Agency.id == AgencyPresence.agency_id)
        .where(Item.id.in_(found.items))
    )
    at_case = (
        select(CasePresence.item_id, CasePresence, Agency.name)
        .join(Agency, Agency.id == CasePresence.agency_id)
        .where(CasePresence.item_id.in_(found.items))
    )
    for wanted, where in ((at_meeting, "the meeting"), (at_case, "this case")):
        for item_id, row, agency in uow.session.execute(wanted):
            sent = f"information sent {on_day(row.sent_on)}" if row.sent_on else ""
            yield Entry(
                at=row.recorded_at,
                what=What.ATTENDANCE,
                case=found.items[item_id],
                by=names(row.recorded_by),
                lines=said(
                    f"{agency} at {where}: {row.status.replace('_', ' ')}", row.people, sent
                ),
            )


def _hearings(uow: UnitOfWork, found: Subjects) -> Iterator[Entry]:
    names = Names(uow)
    for note in _all(uow, HearingNote, HearingNote.item_id, found.items):
        yield Entry(
            at=note.saved_at,
            what=What.NOTE,
            case=found.items[note.item_id],
            by=names(note.saved_by),
            lines=said(note.field.replace("_", " "), note.text),
        )
    for hearing in _all(uow, Hearing, Hearing.item_id, found.items):
        at = hearing.ended_at or hearing.opened_at
        if at is None:
            continue
        teller = f"tells: {hearing.teller.replace('_', ' ')}" if hearing.teller else ""
        told = f"told {on_day(hearing.told_on)}" if hearing.told_on else ""
        yield Entry(
            at=at,
            what=What.HEARING,
            case=found.items[hearing.item_id],
            lines=said(
                hearing.state.replace("_", " "),
                hearing.put_back_why,
                teller,
                names(hearing.teller_account_id),
                hearing.teller_note,
                ", ".join(said(told, hearing.told_how)),
                f"not told: {hearing.not_told_why}" if hearing.not_told_why else "",
            ),
        )


def _actions(uow: UnitOfWork, found: Subjects) -> Iterator[Entry]:
    names = Names(uow)
    rows = uow.session.execute(
        select(Action, Agency.name)
        .join(Agency, Agency.id == Action.agency_id)
        .where(Action.item_id.in_(found.items))
    ).all()
    cases = {action.id: (action.reference, found.items[action.item_id]) for action, _ in rows}
    for action, agency in rows:
        may_tell = "may be told" if action.may_tell_victim else "must not be told"
        yield Entry(
            at=action.proposed_at,
            what=What.ACTION,
            case=found.items[action.item_id],
            by=names(action.proposed_by),
            lines=said(
                f"{action.reference}: {action.text}",
                f"against: {action.risk}",
                f"{names(action.owner_id)}, {agency}, by {on_day(action.due_on)}, {may_tell}",
            ),
        )
    for step in _all(uow, ActionStep, ActionStep.action_id, cases):
        reference, case = cases[step.action_id]
        yield Entry(
            at=step.done_at,
            what=What.STEP,
            case=case,
            by=names(step.done_by),
            lines=said(f"{reference}: {step.what.replace('_', ' ')}", step.note),
        )
    for evidence in _all(uow, ActionEvidence, ActionEvidence.action_id, cases):
        reference, case = cases[evidence.action_id]
        yield Entry(
            at=evidence.added_at,
            what=What.EVIDENCE,
            case=case,
            by=names(evidence.added_by),
            lines=said(reference, evidence.text, evidence.name),
        )


def _minutes(uow: UnitOfWork, found: Subjects) -> Iterator[Entry]:
    """Yield every version of the minutes, each with these cases only, and what was put right."""
    names = Names(uow)
    meetings = select(Item.meeting_id).where(Item.id.in_(found.items))
    versions = uow.session.scalars(select(Minutes).where(Minutes.meeting_id.in_(meetings))).all()
    for one in versions:
        for case in json.loads(one.contents).get("cases", ()):
            item_id = UUID(case["item"])
            if item_id not in found.items:
                continue
            lines = (f"version {one.number}, {one.state}", *_minuted(case))
            at = one.approved_at or one.drafted_at
            by = names(one.approved_by or one.drafted_by)
            yield Entry(
                at=at, what=What.MINUTES, case=found.items[item_id], by=by, lines=said(*lines)
            )
    approved = [one.id for one in versions if one.state == MinutesState.APPROVED]
    added = select(Addendum).where(
        Addendum.minutes_id.in_(approved), Addendum.item_id.in_(found.items)
    )
    for addendum in uow.session.scalars(added):
        if addendum.item_id is not None:
            yield Entry(
                at=addendum.added_at,
                what=What.ADDENDUM,
                case=found.items[addendum.item_id],
                by=names(addendum.added_by),
                lines=(addendum.text,),
            )


def _minuted(case: dict[str, Any]) -> Iterator[str]:
    yield case["state"].replace("_", " ")
    yield from (f"{field.replace('_', ' ')}: {text}" for field, text in case["notes"].items())
    for action in case["actions"]:
        yield f"{action['reference']}: {action['text']}"


def _all(uow: UnitOfWork, model: Any, column: Any, ids: Iterable[UUID]) -> Any:  # noqa: ANN401 - any of the room's tables
    return uow.session.scalars(select(model).where(column.in_(tuple(ids)))).all()
