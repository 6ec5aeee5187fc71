"""A hub, opened: its settings, its keys, and units of work with everybody connected to them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Engine

from hub.config import Settings
from hub.db.engine import make_engine
from hub.db.keyring import Keyring, open_keyring
from hub.db.units import Reaction, Sinks, UnitOfWork, Units
from hub.kernel.clock import Clock, RunningClock
from hub.kernel.events import Event
from hub.kernel.ids import Ids
from hub.wiring.reactions import Hears, reactions, recorders, settlers


@dataclass(frozen=True)
class Hub:
    """One hub, opened: what a command or a timed job works with."""

    settings: Settings
    keyring: Keyring
    units: Units


def build_units(
    settings: Settings,
    keyring: Keyring,
    *,
    engine: Engine | None = None,
    clock: Clock | None = None,
    ids: Ids | None = None,
) -> Units:
    """Return the opener of units of work with everybody connected to it."""
    heard = reactions(settings, keyring)
    sinks = Sinks(
        reactions=(_dispatch(heard),),
        settlers=settlers(settings, keyring),
        recorders=recorders(settings, keyring),
    )
    return Units(
        engine or make_engine(settings.database.url, keyring),
        clock or RunningClock(settings.starts_at),
        sinks,
        ids,
    )


def open_hub(settings: Settings) -> Hub:
    """Return the hub of the settings: its keys, made if there are none, and its database.

    Raises UnsafeKeysError and OSError about the key file; the database is not touched yet.
    """
    keyring = open_keyring(settings.data_dir)
    return Hub(settings, keyring, build_units(settings, keyring))


def _dispatch(heard: tuple[Hears, ...]) -> Reaction:
    by_event: dict[type[Event], list[Callable[[UnitOfWork, Any], None]]] = {}
    for line in heard:
        by_event.setdefault(line.event, []).append(line.react)

    def react(uow: UnitOfWork, happened: Event) -> None:
        for each in by_event.get(type(happened), ()):
            each(uow, happened)

    return react
