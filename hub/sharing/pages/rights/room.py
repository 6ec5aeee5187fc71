"""What the pages of a person's rights have in common: the blueprint, and the look at a person."""

from dataclasses import dataclass
from typing import cast
from uuid import UUID

from flask import Blueprint, g

from hub.access.permissions import Permission
from hub.db.looks import Looked
from hub.people.queries import names_of
from hub.sharing.queries.corrections import InvitedSource
from hub.sharing.queries.held_about import PackSources
from hub.sharing.queries.log import LogSource
from hub.sharing.rights_doors import find_subject
from hub.web.current import actor, units

rights = Blueprint("rights", __name__, template_folder="../../templates")

LOG = "disclosure_log"
"""What the trail calls a look at a person's log."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A person whom the actor was shown."""

    id: UUID
    name: str


def seen_subject(person_id: UUID, need: Permission = Permission.LOG_READ) -> Seen:
    """Return whom the pages are about, once the look at their log is on the trail.

    Raises NotFoundError, and NotAllowedError when the actor may see but not do what is needed.
    """
    with units().write(actor()) as uow:
        find_subject(uow, person_id, need)
        uow.emit(Looked(kind=LOG, record_id=person_id))
    with units().read(actor()) as uow:
        return Seen(person_id, names_of(uow, [person_id])[person_id])


def sources() -> tuple[LogSource, ...]:
    """Return the lines of the rooms above, as ``wiring`` names them."""
    return cast("tuple[LogSource, ...]", g.log_sources)


def pack_sources() -> PackSources:
    """Return what all rooms hold about a person, as ``wiring`` names them."""
    return cast("PackSources", g.pack_sources)


def invited_source() -> InvitedSource:
    """Return who was told by invitations, as ``wiring`` names it."""
    return cast("InvitedSource", g.invited)
