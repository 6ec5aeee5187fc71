"""A look-up that waits for a second look, written the short way."""

from uuid import uuid4

from hub.people.models import LookUp


def flagged(actor, uow):
    """Return a flagged look-up of somebody's, to be added."""
    return LookUp(
        id=uuid4(),
        account_id=actor.account_id,
        agency_id=actor.agency_id,
        at=uow.now,
        door="request",
        purpose="support",
        facts="name",
        asked_key=1,
        flags="sample",
    )
