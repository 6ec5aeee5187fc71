"""What the hub holds about a person, as every room tells it for a pack. Open the person first."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from hub.db.units import UnitOfWork
from hub.people.queries.records import record_of
from hub.sharing.queries.log import LogSource, log_of
from hub.sharing.rules.pack import Keeper, Mark, Name, Traits, marks_of
from hub.sharing.rules.pack_kinds import ORDER, ItemKind
from hub.sharing.rules.told_log import LeftOut, LogKind

NOTHING_KNOWN = Traits()
HARM = frozenset({LeftOut.HARM, LeftOut.HARM_WAITS, LeftOut.NOT_TOLD})
LOGGED = {
    ItemKind.DISCLOSURE: LogKind.SHARED,
    ItemKind.CONSENT: LogKind.CONSENT,
    ItemKind.INVITATION: LogKind.INVITED,
}
"""What is a line of the log too: what was said of harm there counts here."""


@dataclass(frozen=True, kw_only=True)
class Held:
    """One thing that a room holds: the row that it is drawn from, its words, what is known of it.

    ``area_id`` is the area whose co-ordinator judges it; None: the person's own service does.
    ``case_id`` is the concern that it belongs to.
    """

    kind: ItemKind
    id: UUID
    on: date | None
    text: str
    traits: Traits = NOTHING_KNOWN
    area_id: UUID | None = None
    case_id: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class Around:
    """Somebody in a case with the person; ``is_other_side`` where they may have caused harm."""

    name: Name
    is_other_side: bool = False


@dataclass(frozen=True, kw_only=True)
class Drawn:
    """One thing that is held, and why it must be looked at twice."""

    held: Held
    marks: tuple[Mark, ...]

    @property
    def keeper(self) -> Keeper:
        """Who judges it."""
        return Keeper.SERVICE if self.held.area_id is None else Keeper.COORDINATOR


HeldSource = Callable[[UnitOfWork, UUID], Iterable[Held]]
"""Given a person: what a room holds about them."""
AroundSource = Callable[[UnitOfWork, UUID], Iterable[Around]]
"""Given a person: who else is in their cases, or close to one."""


@dataclass(frozen=True, kw_only=True)
class PackSources:
    """What the rooms know, as ``wiring`` names them."""

    held: tuple[HeldSource, ...]
    log: tuple[LogSource, ...]
    around: tuple[AroundSource, ...]

    def people(self, uow: UnitOfWork, person_id: UUID) -> Iterator[Around]:
        """Yield who else is in the person's cases."""
        for source in self.around:
            yield from source(uow, person_id)


def held_about(uow: UnitOfWork, person_id: UUID, sources: PackSources) -> tuple[Drawn, ...]:
    """Return all that is held about a person, marked, in the order of a pack."""
    record = record_of(uow, person_id)
    own = [Name(record.given_name, record.family_name)]
    own += [Name(one.given_name, one.family_name) for one in record.names]
    others = [one.name for one in sources.people(uow, person_id)]
    left_out = {
        (row.entry.kind, row.entry.id): row.left_out for row in log_of(uow, person_id, sources.log)
    }
    found = [
        Drawn(held=one, marks=marks_of(one.text, one.traits, others, own))
        for source in sources.held
        for one in (_with_log(each, left_out) for each in source(uow, person_id))
    ]
    return tuple(sorted(found, key=_place))


def _with_log(one: Held, left_out: dict[tuple[LogKind, UUID], LeftOut | None]) -> Held:
    """Return what is held with what the log says of it."""
    kind = LOGGED.get(one.kind)
    why = left_out.get((kind, one.id)) if kind is not None else None
    traits = replace(
        one.traits,
        is_harmful=one.traits.is_harmful or why in HARM,
        is_other_side=one.traits.is_other_side or why is LeftOut.OTHER_SIDE,
        is_about_others=one.traits.is_about_others or why is LeftOut.OTHER_PERSON,
    )
    return replace(one, traits=traits)


def _place(one: Drawn) -> tuple[int, date, UUID]:
    return ORDER[one.held.kind], one.held.on or date.min, one.held.id
