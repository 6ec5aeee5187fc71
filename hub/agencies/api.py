"""Services for programs: the contact points that everybody may see."""

from collections.abc import Sequence
from uuid import UUID

from marshmallow import Schema, fields

from hub.access.permissions import Permission
from hub.agencies.queries import ServiceRow, public_services
from hub.api.blueprint import ApiBlueprint
from hub.api.fields import Day
from hub.api.paging import Asked
from hub.db.units import UnitOfWork
from hub.web.guard import policy

api = ApiBlueprint("api_agencies", __name__, description="Contact points")


class ServiceSchema(Schema):
    """A service with the ways in which it is reached; ``authority`` is on whose behalf, if any."""

    id = fields.UUID(required=True)
    kind = fields.String(required=True)
    name = fields.String(required=True)
    description = fields.String(required=True, allow_none=True)
    agency = fields.String(required=True)
    authority = fields.String(required=True, allow_none=True)
    phone = fields.String(required=True, allow_none=True)
    email = fields.String(required=True, allow_none=True)
    hours = fields.String(required=True, allow_none=True)
    out_of_hours = fields.String(required=True, allow_none=True)
    checked_on = Day(required=True, allow_none=True)


@api.listing("/services", ServiceSchema, at=("name", "id"))
@policy(Permission.DIRECTORY_READ)
def services(asked: Asked, uow: UnitOfWork) -> Sequence[ServiceRow]:
    """List the public services by name."""
    after = None
    if asked.after is not None:
        name, last = asked.after
        after = (str(name), UUID(str(last)))
    return public_services(uow, after=after, limit=asked.fetch)
