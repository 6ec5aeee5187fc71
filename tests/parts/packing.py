"""Cases to pack, by number, on a morning in summer."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

from hub.marac.agenda import Case, Slot, pack

NINE = datetime(2026, 7, 6, 8, 0, tzinfo=UTC)  # 9 in the morning in London
TEN_MINUTES = 10


def at(minutes, length=TEN_MINUTES):
    starts = NINE + timedelta(minutes=minutes)
    return Slot(starts_at=starts, ends_at=starts + timedelta(minutes=length))


def case(number, *, children=False, workers=(), answered=None, alert_only=False):
    return Case(
        id=UUID(int=number),
        has_children=children,
        listed_at=NINE - timedelta(days=30) + timedelta(minutes=number),
        workers=frozenset(UUID(int=worker) for worker in workers),
        answered=answered,
        is_alert_only=alert_only,
    )


def packed(cases, *, minutes=180, length=TEN_MINUTES, opening=0):
    return pack(
        cases,
        starts_at=NINE,
        ends_at=NINE + timedelta(minutes=minutes),
        slot_minutes=length,
        opening_minutes=opening,
    )


def told(packing):
    return [
        (case_id.int, int((slot.starts_at - NINE).total_seconds() // 60))
        for case_id, slot in packing.slots.items()
    ]
