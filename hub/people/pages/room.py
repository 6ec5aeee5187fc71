"""The register's blueprint, and what its pages have in common."""

from uuid import UUID

from flask import Blueprint

from hub.access.permissions import Permission
from hub.db.looks import Looked
from hub.people import access
from hub.people.queries.records import PersonView, view_of
from hub.web import current

people = Blueprint("people", __name__, template_folder="../templates")

PERSON, CHECK, REGISTER = "person", "identity_check", "register"
"""What the trail calls the records of this room."""


def look_at_person(person_id: UUID, need: Permission = Permission.REGISTER_READ) -> None:
    """Put the look at somebody on the trail, before anything of them is read.

    The door is asked first, so that nothing is recorded about what the actor may not know of.
    Raises NotFoundError, and NotAllowedError when the actor may see but not do what is needed.
    """
    with current.units().write(current.actor()) as uow:
        access.find_person(uow, person_id, need)
        uow.emit(Looked(kind=PERSON, record_id=person_id))


def seen_person(person_id: UUID, need: Permission = Permission.REGISTER_READ) -> PersonView:
    """Return somebody as their page shows them, once the look is on the trail.

    Raises what ``look_at_person`` raises.
    """
    look_at_person(person_id, need)
    with current.units().read(current.actor()) as uow:
        return view_of(uow, person_id)
