"""Reading a file of situations: the JSON of the public interfaces, section 6, strictly.

What the file must hold stands first, as tables; then what its entries must keep between them; then
how an entry becomes a Situation.
"""

from collections.abc import Callable, Iterable
from typing import TypeVar

from hub.cli.json_checks import (
    check_no_overlap,
    check_order,
    check_reference,
    check_unique,
    ids_of,
)
from hub.cli.json_files import Field, Record, read_lists, record, refuse, rows
from hub.cli.json_values import day, identifier, instant, integer, one_of
from hub.cli.situation_json import ATTRIBUTES
from hub.meetings.situation import (
    Absence,
    Allocation,
    AllocationRole,
    Bar,
    CareStatus,
    Conflict,
    Desk,
    Item,
    ItemRole,
    Meeting,
    MeetingKind,
    Person,
    PersonOnItem,
    Service,
    Situation,
    SupportStatus,
    Team,
    Worker,
)
from hub.sharing.states import AgreementState

_T = TypeVar("_T")

_ID = Field(identifier)
_ID_OR_NULL = Field(identifier, optional=True)
_DAY = Field(day)
_DAY_OR_NULL = Field(day, optional=True)

_SITUATION = {
    "id": _ID,
    "as_of": _DAY,
    "stale_after_days": Field(integer(0, 10_000), default=90),
    "meeting": Field(record({"kind": Field(one_of(MeetingKind)), "starts_at": Field(instant)})),
    "services": Field(rows({"id": _ID, "agreement": Field(one_of(AgreementState))})),
    "desks": Field(
        rows({"id": _ID, "service": _ID, "team": _ID_OR_NULL, "verified_on": _DAY_OR_NULL}),
        default=(),
    ),
    "teams": Field(rows({"id": _ID, "manager": _ID_OR_NULL}), default=()),
    "workers": Field(
        rows(
            {
                "id": _ID,
                "service": _ID,
                "team": _ID_OR_NULL,
                "deputy": _ID_OR_NULL,
                "from": _DAY_OR_NULL,
                "until": _DAY_OR_NULL,
                "verified_on": _DAY_OR_NULL,
            }
        ),
        default=(),
    ),
    "allocations": Field(
        rows(
            {
                "person": _ID,
                "worker": _ID,
                "role": Field(one_of(AllocationRole)),
                "from": _DAY,
                "until": _DAY_OR_NULL,
            }
        ),
        default=(),
    ),
    "absences": Field(
        rows({"worker": _ID, "from": _DAY, "until": _DAY, "cover": _ID_OR_NULL}), default=()
    ),
    "conflicts": Field(rows({"recipient": _ID, "person": _ID}), default=()),
    "bars": Field(rows({"recipient": _ID, "item": _ID}), default=()),
    "persons": Field(
        rows(
            {
                "id": _ID,
                "date_of_birth": _DAY_OR_NULL,
                "care_status": Field(one_of(CareStatus)),
                "support_status": Field(one_of(SupportStatus), optional=True),
                "service": _ID_OR_NULL,
            }
        )
    ),
    "items": Field(
        rows(
            {
                "id": _ID,
                "starts_at": Field(instant, optional=True),
                "people": Field(rows({"person": _ID, "role": Field(one_of(ItemRole))})),
            }
        )
    ),
}


_REFERENCES = (
    ("desks", "service", ("services",)),
    ("desks", "team", ("teams",)),
    ("teams", "manager", ("workers",)),
    ("workers", "service", ("services",)),
    ("workers", "team", ("teams",)),
    ("workers", "deputy", ("workers",)),
    ("allocations", "person", ("persons",)),
    ("allocations", "worker", ("workers",)),
    ("absences", "worker", ("workers",)),
    ("absences", "cover", ("workers",)),
    ("conflicts", "recipient", ("workers", "desks")),
    ("conflicts", "person", ("persons",)),
    ("bars", "recipient", ("workers", "desks")),
    ("bars", "item", ("items",)),
    ("persons", "service", ("services",)),
)
"""The list, its field, and the lists one of which must hold the id that the field names."""


def read_situations(text: str) -> tuple[Situation, ...]:
    """Return the situations of the file, in its order.

    Raises BadInputError with every fault that the file has.
    """
    lists, faults = read_lists(text, {"situations": _SITUATION})
    entries = lists["situations"]
    check_unique(entries)
    for entry in entries:
        _check_ids(entry)
        _check_references(entry)
        _check_days(entry)
        _check_persons(entry)
    refuse(faults)
    return tuple(_situation(entry) for entry in entries)


def _check_ids(entry: Record) -> None:
    """Ids are unique within each list, and between workers and desks, which are all recipients."""
    for name in ("services", "desks", "teams", "persons", "items"):
        check_unique(entry.rows(name))
    check_unique(entry.rows("workers"), taken=ids_of(entry, "desks") or frozenset())


def _check_references(entry: Record) -> None:
    """Every id that is named stands in the list that it is named from."""
    for rows_of, name, targets in _REFERENCES:
        known = ids_of(entry, *targets)
        for row in entry.rows(rows_of):
            check_reference(row, name, known)
    persons = ids_of(entry, "persons")
    for item in entry.rows("items"):
        for place in item.rows("people"):
            check_reference(place, "person", persons)


def _check_days(entry: Record) -> None:
    """Periods end after they start and do not overlap; nobody was verified in the future."""
    for name in ("workers", "allocations", "absences"):
        for row in entry.rows(name):
            check_order(row, "from", "until")
    check_no_overlap(entry.rows("allocations"), ("person", "role"), "from", "until")
    check_no_overlap(entry.rows("absences"), ("worker",), "from", "until")
    as_of = entry.get("as_of")
    for recipient in (*entry.rows("desks"), *entry.rows("workers")):
        verified_on = recipient.get("verified_on")
        if as_of is not None and verified_on is not None and verified_on > as_of:
            recipient.place.field("verified_on").fault("is after as_of")


def _check_persons(entry: Record) -> None:
    """Check that care-experienced people have a support status and nobody is on an item twice."""
    for person in entry.rows("persons"):
        if (
            person.get("care_status") is CareStatus.CARE_EXPERIENCED
            and "support_status" in person.values
            and person.get("support_status") is None
        ):
            person.place.field("support_status").fault("must be there when care_experienced")
    for item in entry.rows("items"):
        seen = set()
        for place in item.rows("people"):
            own = place.get("person")
            if own is not None and own in seen:
                place.place.field("person").fault("is on the item twice")
            seen.add(own)


def _situation(entry: Record) -> Situation:
    """Return what an entry without faults stands for."""
    items = tuple(
        Item(
            id=item.get("id"),
            starts_at=item.get("starts_at"),
            people=_all(PersonOnItem, item.rows("people")),
        )
        for item in entry.rows("items")
    )
    return Situation(
        id=entry.get("id"),
        as_of=entry.get("as_of"),
        stale_after_days=entry.get("stale_after_days"),
        meeting=_one(Meeting, entry.get("meeting")),
        services=_all(Service, entry.rows("services")),
        desks=_all(Desk, entry.rows("desks")),
        teams=_all(Team, entry.rows("teams")),
        workers=_all(Worker, entry.rows("workers")),
        allocations=_all(Allocation, entry.rows("allocations")),
        absences=_all(Absence, entry.rows("absences")),
        conflicts=_all(Conflict, entry.rows("conflicts")),
        bars=_all(Bar, entry.rows("bars")),
        persons=_all(Person, entry.rows("persons")),
        items=items,
    )


def _all(kind: Callable[..., _T], records: Iterable[Record]) -> tuple[_T, ...]:
    return tuple(_one(kind, found) for found in records)


def _one(kind: Callable[..., _T], found: Record) -> _T:
    """Return the record as its dataclass, whose ``from_on`` is the file's ``from``."""
    return kind(**{ATTRIBUTES.get(name, name): value for name, value in found.values.items()})
