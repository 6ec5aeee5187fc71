"""Information requests for programs: sending one, and the account's own; by the pages' rules."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from marshmallow import Schema, fields

from hub.access.permissions import Permission
from hub.api.blueprint import ApiBlueprint
from hub.api.fields import Instant
from hub.api.paging import Asked
from hub.db.units import UnitOfWork
from hub.kernel.days import parse_instant
from hub.sharing.commands.sending import SendRequest, send_request
from hub.sharing.queries.asked import own_requests, reference_of
from hub.sharing.queries.asked_rows import AskedLine
from hub.sharing.queries.askers import requester_kind_of
from hub.sharing.rules.policy import policy_of
from hub.sharing.rules.request_journey import relevant
from hub.sharing.schemas.requests.body import RequestBody
from hub.web.current import settings
from hub.web.guard import policy

api = ApiBlueprint("api_sharing", __name__, description="Information requests")


class RequestSchema(RequestBody):
    """A request, page by page; what lacks holds it and refuses nothing."""


class RequestLineSchema(Schema):
    """A request without a word on whom it is about.

    ``state`` is held while something lacks; ``due_at`` is when an answer is due, null while held.
    """

    id = fields.UUID(required=True)
    reference = fields.String(required=True)
    agency = fields.String(required=True)
    service = fields.String(required=True, allow_none=True)
    state = fields.String(required=True)
    priority = fields.String(required=True)
    sent_at = Instant(required=True)
    received_at = Instant(required=True, allow_none=True)
    acknowledged_at = Instant(required=True, allow_none=True)
    due_at = Instant(required=True, allow_none=True)


@dataclass(frozen=True, slots=True)
class Receipt:
    """What everybody gets, whoever the request is about."""

    reference: str
    received_at: datetime


class RequestReceiptSchema(Schema):
    """The reference by which the request can be spoken of; it tells neither order nor count."""

    reference = fields.String(required=True)
    received_at = Instant(required=True)


@api.listing("/requests", RequestLineSchema, at=("sent_at", "id"))
@policy(Permission.REQUEST_ASK)
def requests(asked: Asked, uow: UnitOfWork) -> Sequence[AskedLine]:
    """List the account's own requests, the newest first."""
    after = None
    if asked.after is not None:
        at, last = asked.after
        after = (parse_instant(str(at)), UUID(str(last)))
    return own_requests(uow, after, limit=asked.fetch)


@api.posting("/requests", body=RequestSchema, answer=RequestReceiptSchema, status=202)
@policy(Permission.REQUEST_ASK)
def send(cmd: SendRequest, uow: UnitOfWork) -> Receipt:
    """Send a request. The receipt is the same for everybody and says nothing about anybody."""
    answers = relevant(cmd.answers, requester_kind_of(uow, uow.actor))
    request_id = send_request(replace(cmd, answers=answers), uow=uow, policy=policy_of(settings()))
    return Receipt(reference_of(uow, request_id), uow.now)
