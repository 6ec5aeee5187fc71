"""Which agencies came, as minutes hold it: only what is recorded, whoever drafts them."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import select

from hub.db.units import UnitOfWork
from hub.kernel.days import format_day
from hub.marac.models import CasePresence
from hub.marac.queries.areas import area_rules
from hub.marac.queries.presence import agency_lines, observers_of, presence_of
from hub.marac.rules.areas import AreaRules
from hub.marac.rules.presence import Presence, Quorum, quorum_of
from hub.meetings.models import Meeting
from hub.meetings.states import MeetingShape

Said = dict[str, Any]


@dataclass(frozen=True)
class PresenceRecord:
    """What the minutes of a meeting say of its agencies, for JSON."""

    of_meeting: Said
    by_case: Mapping[UUID, Said]
    otherwise: Said
    """What they say of a case at which nothing was otherwise."""

    def of_case(self, item_id: UUID) -> Said:
        """Return what was otherwise at one case."""
        return self.by_case.get(item_id, self.otherwise)


def presence_record(uow: UnitOfWork, meeting_id: UUID, ids: Collection[UUID]) -> PresenceRecord:
    """Return which agencies came to a meeting and what was otherwise at its cases.

    Who lacks of those who should be there is said as it stands, where anything is recorded at all.
    """
    meeting = uow.session.get_one(Meeting, meeting_id)
    nothing: Said = {"otherwise": [], "lacks": _said_quorum(Quorum())}
    if meeting.shape == MeetingShape.CLOSING:
        return PresenceRecord({}, {}, {})
    lines = agency_lines(uow, meeting)
    rules = area_rules(uow, meeting.area_id)
    recorded = {line.id: line.saved for line in lines if line.saved}
    names = {line.id: line.name for line in lines}
    stands = {line.id: line.stands_for for line in lines}
    usual = _quorum(rules, stands, recorded)
    cases = {}
    for item_id, here in _otherwise(uow, ids).items():
        lacks = _quorum(rules, stands, recorded | here).beyond(usual)
        cases[item_id] = {
            "otherwise": [_said(names[one], here[one]) for one in names if one in here],
            "lacks": _said_quorum(lacks),
        }
    whole = {
        "agencies": [_said(names[one], recorded[one]) for one in names if one in recorded],
        "lacks": _said_quorum(usual if recorded else Quorum()),
        "observers": [
            {"name": one.name, "agency": one.agency, "has_accepted": one.has_accepted}
            for one in observers_of(uow, meeting_id)
        ],
    }
    return PresenceRecord(whole, cases, nothing)


def _quorum(
    rules: AreaRules, stands: Mapping[UUID, frozenset[str]], said: Mapping[UUID, Presence]
) -> Quorum:
    found = ((who, said[one].status if one in said else None) for one, who in stands.items())
    return quorum_of(rules, found)


def _otherwise(uow: UnitOfWork, ids: Collection[UUID]) -> dict[UUID, dict[UUID, Presence]]:
    found: defaultdict[UUID, dict[UUID, Presence]] = defaultdict(dict)
    for row in uow.session.scalars(select(CasePresence).where(CasePresence.item_id.in_(ids))):
        found[row.item_id][row.agency_id] = presence_of(row)
    return found


def _said(agency: str, presence: Presence) -> Said:
    return {
        "agency": agency,
        "status": presence.status.value,
        "people": presence.people,
        "sent_on": format_day(presence.sent_on) if presence.sent_on else None,
    }


def _said_quorum(quorum: Quorum) -> Said:
    return {"missing": list(quorum.missing), "partly": list(quorum.partly)}
