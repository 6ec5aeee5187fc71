"""Concerns for programs: one POST, through the same shapes and rules as the journey's pages."""

from dataclasses import dataclass
from datetime import datetime

from marshmallow import Schema, fields, pre_load

from hub.access.permissions import Permission
from hub.api.blueprint import ApiBlueprint
from hub.api.fields import Instant
from hub.db.units import UnitOfWork
from hub.referrals.access import open_concern
from hub.referrals.commands import SubmitConcern, submit_concern
from hub.referrals.queries import areas
from hub.referrals.schemas import ConcernBody
from hub.web.current import actor, units
from hub.web.guard import policy
from hub.web.values import Option

api = ApiBlueprint("api_referrals", __name__, description="Concerns")


class ConcernSchema(ConcernBody):
    """A concern. Areas are given by id or name; which there are is known when one arrives."""

    @pre_load
    def _know_areas(self, data: object, **_: object) -> object:
        with units().read(actor()) as uow:
            self.set_areas(tuple(Option(str(row.id), row.name) for row in areas(uow)))
        return data


@dataclass(frozen=True, slots=True)
class Receipt:
    """What everybody gets, whoever the concern is about."""

    reference: str
    received_at: datetime


class ReceiptSchema(Schema):
    """The reference by which the concern can be spoken of; it tells neither order nor count."""

    reference = fields.String(required=True)
    received_at = Instant(required=True)


@api.posting("/concerns", body=ConcernSchema, answer=ReceiptSchema, status=202)
@policy(Permission.CONCERN_RAISE)
def concerns(cmd: SubmitConcern, uow: UnitOfWork) -> Receipt:
    """Raise a concern. The receipt is the same for everybody and says nothing about anybody."""
    concern_id = submit_concern(cmd, uow=uow)
    return Receipt(open_concern(uow, concern_id).reference, uow.now)
