"""What the pages about consent have in common: the blueprint, and the look at a person."""

from dataclasses import dataclass
from uuid import UUID

from flask import Blueprint

from hub.access.permissions import Permission
from hub.db.looks import Looked
from hub.people.access import find_person
from hub.people.queries import names_of
from hub.sharing.rules.consent_terms import Lasting, lasting_of
from hub.web.current import actor, settings, units

consents = Blueprint("consents", __name__, template_folder="../../templates")

PERSON, RECORD, NOTICE = "person_consents", "consent", "withdrawal_notice"
"""What the trail calls what is looked at here."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A person whom the actor was shown."""

    id: UUID
    name: str


def seen_person(person_id: UUID, need: Permission = Permission.CONSENT_READ) -> Seen:
    """Return whom the pages are about, once the look at their records is on the trail.

    Raises NotFoundError, and NotAllowedError when the actor may see but not do what is needed.
    """
    with units().write(actor()) as uow:
        find_person(uow, person_id, need)
        uow.emit(Looked(kind=PERSON, record_id=person_id))
    with units().read(actor()) as uow:
        return Seen(person_id, names_of(uow, [person_id])[person_id])


def lasting() -> Lasting:
    """Return how long a yes counts in this hub."""
    return lasting_of(settings())
