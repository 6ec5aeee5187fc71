"""Minutes as their readers see them: whole versions, without a case that is not theirs to see.

Open the meeting through ``access`` first, with its statement signed.
"""

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select

from hub.access.models import Account
from hub.agencies.models import Agency, Contact
from hub.db.units import UnitOfWork
from hub.kernel.days import format_day, format_instant
from hub.marac.models import Action, Addendum, Hearing, HearingNote, Minutes, Undertaking
from hub.marac.queries.presence_record import presence_record
from hub.marac.rules.minutes import is_settled
from hub.marac.states import HearingState, MinutesState
from hub.meetings.access import may_be_shown
from hub.meetings.models import Attendance, Item
from hub.referrals.models import Concern


@dataclass(frozen=True)
class MinutesRow:
    """One version of a meeting's minutes."""

    id: UUID
    number: int
    state: str
    version: int
    drafted_by: str
    drafted_at: datetime
    approved_at: datetime | None
    contents: dict[str, Any]
    """Who signed, and the cases that the reader may see with who came to each."""


@dataclass(frozen=True)
class AddendumRow:
    """A correction behind approved minutes; about one case, or about the meeting."""

    case: str
    """The case's reference; empty for the meeting."""
    text: str
    added_by: str
    added_at: datetime


def latest_minutes(uow: UnitOfWork, meeting_id: UUID, *, drafts: bool) -> MinutesRow | None:
    """Return the minutes that stand, a draft only for who writes them; None before there are any.

    A case from which a conflict of interest keeps the reader is left out as if it were not there.
    """
    states = [MinutesState.APPROVED, *([MinutesState.DRAFT] if drafts else [])]
    row = uow.session.execute(
        select(Minutes, Account.name)
        .outerjoin(Account, Account.id == Minutes.drafted_by)
        .where(Minutes.meeting_id == meeting_id, Minutes.state.in_(states))
        .order_by(Minutes.number.desc())
        .limit(1)
    ).one_or_none()
    if row is None:
        return None
    minutes, name = row
    contents = json.loads(minutes.contents)
    shown = case_ids_shown(uow, meeting_id)
    contents["cases"] = [case for case in contents["cases"] if case["item"] in shown]
    return MinutesRow(
        minutes.id,
        minutes.number,
        minutes.state,
        minutes.version,
        name or "somebody",
        minutes.drafted_at,
        minutes.approved_at,
        contents,
    )


def addenda_of(uow: UnitOfWork, minutes_id: UUID) -> tuple[AddendumRow, ...]:
    """Return the corrections of minutes, the first first; those of hidden cases are left out."""
    rows = uow.session.execute(
        select(Concern.reference, Addendum.text, Account.name, Addendum.added_at)
        .outerjoin(Item, Item.id == Addendum.item_id)
        .outerjoin(Concern, Concern.id == Item.concern_id)
        .outerjoin(Account, Account.id == Addendum.added_by)
        .where(Addendum.minutes_id == minutes_id, may_be_shown(uow))
        .order_by(Addendum.added_at, Addendum.id)
    )
    return tuple(AddendumRow(row[0] or "", row[1], row[2] or "somebody", row[3]) for row in rows)


def case_ids_shown(uow: UnitOfWork, meeting_id: UUID) -> frozenset[str]:
    """Return the ids of a meeting's cases that no conflict keeps from the reader, as texts."""
    rows = uow.session.scalars(
        select(Item.id).where(Item.meeting_id == meeting_id, may_be_shown(uow))
    )
    return frozenset(map(str, rows))


def is_in_approved(uow: UnitOfWork, item: Item) -> bool:
    """Tell whether a case is held as dealt with by minutes that are approved."""
    contents = uow.session.scalar(
        select(Minutes.contents).where(
            Minutes.meeting_id == item.meeting_id, Minutes.state == MinutesState.APPROVED
        )
    )
    return contents is not None and is_settled(json.loads(contents), str(item.id))


def record_now(uow: UnitOfWork, meeting_id: UUID) -> dict[str, Any]:
    """Return the whole record of a meeting as it stands, for its minutes; hidden cases too.

    It is for the commands: what a reader sees of it goes through ``latest_minutes``.
    """
    items = uow.session.execute(
        select(Item.id, Concern.reference, Hearing)
        .outerjoin(Concern, Concern.id == Item.concern_id)
        .outerjoin(Hearing, Hearing.item_id == Item.id)
        .where(Item.meeting_id == meeting_id, Item.state == "listed")
        .order_by(Item.position, Item.id)
    ).all()
    ids = [row.id for row in items]
    notes, actions, came = _notes(uow, ids), _actions(uow, ids), _attendance(uow, ids)
    present = presence_record(uow, meeting_id, ids)
    cases = [
        {
            "item": str(row.id),
            "reference": row.reference or "",
            **_standing(row.Hearing),
            "notes": notes.get(row.id, {}),
            "attendance": came.get(row.id, []),
            **present.of_case(row.id),
            "actions": actions.get(row.id, []),
        }
        for row in items
    ]
    return {"signed": _signed(uow, meeting_id), **present.of_meeting, "cases": cases}


def _standing(hearing: Hearing | None) -> dict[str, Any]:
    if hearing is None:
        nothing = dict.fromkeys(("put_back_why", "teller", "teller_note"), "")
        return {"state": HearingState.WAITING.value, "heard_on": None, **nothing}
    return {
        "state": hearing.state,
        "heard_on": _day(hearing.heard_on),
        "put_back_why": hearing.put_back_why or "",
        "teller": hearing.teller or "",
        "teller_note": hearing.teller_note or "",
    }


def _day(day: date | None) -> str | None:
    return format_day(day) if day else None


def _notes(uow: UnitOfWork, ids: Collection[UUID]) -> dict[UUID, dict[str, str]]:
    found: dict[UUID, dict[str, str]] = {}
    rows = uow.session.execute(
        select(HearingNote.item_id, HearingNote.field, HearingNote.text)
        .where(HearingNote.item_id.in_(ids))
        .order_by(HearingNote.field)
    )
    for row in rows:
        if row.text.strip():
            found.setdefault(row.item_id, {})[row.field] = row.text
    return found


def _actions(uow: UnitOfWork, ids: Collection[UUID]) -> dict[UUID, list[dict[str, Any]]]:
    """Return what was agreed of each case; what became of it since is not the minutes' matter."""
    found: dict[UUID, list[dict[str, Any]]] = {}
    rows = uow.session.execute(
        select(Action, Agency.name, Account.name)
        .outerjoin(Agency, Agency.id == Action.agency_id)
        .outerjoin(Account, Account.id == Action.owner_id)
        .where(Action.item_id.in_(ids))
        .order_by(Action.proposed_at, Action.id)
    )
    for action, agency, owner in rows:
        found.setdefault(action.item_id, []).append(
            {
                "reference": action.reference,
                "text": action.text,
                "risk": action.risk,
                "agency": agency or "",
                "owner": owner or "",
                "due_on": format_day(action.due_on),
                "may_tell_victim": action.may_tell_victim,
            }
        )
    return found


def _attendance(uow: UnitOfWork, ids: Collection[UUID]) -> dict[UUID, list[dict[str, Any]]]:
    """Return who came to each case, and who sent word or information instead, by name."""
    found: dict[UUID, list[dict[str, Any]]] = {}
    rows = uow.session.execute(
        select(Attendance, Contact.name, Agency.name)
        .join(Contact, Contact.id == Attendance.contact_id)
        .outerjoin(Agency, Agency.id == Contact.agency_id)
        .where(Attendance.item_id.in_(ids))
        .order_by(Contact.name, Attendance.id)
    )
    for one, name, agency in rows:
        found.setdefault(one.item_id, []).append(
            {
                "name": name,
                "agency": agency or "",
                "status": one.status,
                "sent_information": one.sent_information,
            }
        )
    return found


def _signed(uow: UnitOfWork, meeting_id: UUID) -> list[dict[str, str]]:
    """Return who accepted the statement: that alone does not say to which case they came."""
    rows = uow.session.execute(
        select(Account.name, Agency.name, Undertaking.capacity, Undertaking.accepted_at)
        .join(Account, Account.id == Undertaking.account_id)
        .outerjoin(Agency, Agency.id == Account.agency_id)
        .where(Undertaking.meeting_id == meeting_id)
        .order_by(Undertaking.accepted_at, Account.id)
    )
    return [
        {
            "name": row[0],
            "agency": row[1] or "",
            "capacity": row[2],
            "signed_at": format_instant(row[3]),
        }
        for row in rows
    ]
