"""Checks between the records of a JSON file: unique ids, references, order and overlap of periods.

Each looks only at what could be read: a value that is already a fault causes no second one.
"""

from collections.abc import Iterable
from datetime import date

from hub.cli.json_files import Record


def check_unique(records: Iterable[Record], taken: frozenset[str] = frozenset()) -> None:
    """Note a fault at each record whose id an earlier one, or one of ``taken``, has already."""
    seen = set(taken)
    for record in records:
        own = record.get("id")
        if own in seen:
            record.place.field("id").fault("is used twice; every id must be unique")
        elif own is not None:
            seen.add(own)


def ids_of(owner: Record, *names: str) -> frozenset[str] | None:
    """Return the ids in the owner's lists of these names, None if not all could be read."""
    ids = [record.get("id") for name in names for record in owner.rows(name)]
    if None in ids or any(name not in owner.values for name in names):
        return None
    return frozenset(ids)


def check_reference(record: Record, name: str, targets: frozenset[str] | None) -> None:
    """Note a fault if the field names something that is not among the targets.

    None for targets says that they could not all be read, so that nothing is certain.
    """
    own = record.get(name)
    if own is not None and targets is not None and own not in targets:
        record.place.field(name).fault("refers to nothing in this file")


def check_order(record: Record, start: str, end: str) -> None:
    """Note a fault if the period ends before it starts; it may end on the day it starts."""
    begins, ends = record.get(start), record.get(end)
    if begins is not None and ends is not None and ends < begins:
        record.place.field(end).fault(f"is before {start}")


def check_no_overlap(records: Iterable[Record], key: tuple[str, ...], start: str, end: str) -> None:
    """Note a fault at the later of two records with the same key whose periods share a day.

    Periods are half-open; a null end is open. A period that holds no day overlaps nothing.
    """
    groups: dict[tuple[object, ...], list[tuple[date, date, int, Record]]] = {}
    for position, record in enumerate(records):
        owner = tuple(record.get(name) for name in key)
        begins = record.get(start)
        if None in owner or begins is None or end not in record.values:
            continue
        ends = record.get(end) or date.max
        if begins < ends:
            groups.setdefault(owner, []).append((begins, ends, position, record))
    for group in groups.values():
        group.sort(key=lambda one: one[:3])
        longest = group[0]
        for one in group[1:]:
            if one[0] < longest[1]:
                *_, later = max(one, longest, key=lambda either: either[2])
                later.place.fault("shares a day with another one of the same " + " and ".join(key))
            longest = max(one, longest, key=lambda either: either[1])
