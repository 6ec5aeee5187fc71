"""Invitations for programs: the account's own, and the answer to one of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import request
from marshmallow import Schema, fields, post_load, validate

from hub.access.permissions import Permission
from hub.api.blueprint import ApiBlueprint
from hub.api.fields import Instant
from hub.api.paging import Asked
from hub.db.units import UnitOfWork
from hub.kernel.days import parse_instant
from hub.kernel.errors import ConflictError
from hub.meetings.answers import Answer, AnswerInvitation, answer_invitation
from hub.meetings.invitation_queries import InvitationLine, line_of, open_invitations
from hub.meetings.rules import InvitationPolicy, policy_of
from hub.web.current import settings
from hub.web.guard import policy

api = ApiBlueprint("api_meetings", __name__, description="Invitations")

IF_MATCH = "If-Match"
LONGEST_NOTE = 4000


class InvitationSchema(Schema):
    """An invitation without a word on whom it is about.

    ``sequence`` rises when the slot changes and is what ``If-Match`` compares; ``state`` is held or
    cancelled; ``answer_by`` is when silence sends the question on to somebody else.
    """

    id = fields.UUID(required=True)
    kind = fields.String(required=True)
    state = fields.String(required=True)
    sequence = fields.Integer(required=True)
    starts_at = Instant(required=True)
    ends_at = Instant(required=True)
    place = fields.String(required=True, allow_none=True)
    video_link = fields.String(required=True, allow_none=True)
    answer = fields.String(required=True, allow_none=True, validate=validate.OneOf([*Answer, None]))
    answered_at = Instant(required=True, allow_none=True)
    answer_by = Instant(required=True, allow_none=True)


@dataclass(frozen=True, kw_only=True)
class Said:
    """An answer as a program gave it."""

    answer: Answer
    note: str
    stand_in_id: UUID | None


class AnswerSchema(Schema):
    """An answer. A decline and "not mine" need a note.

    ``stand_in_id`` is the contact who comes instead, or, for "not mine", whose the person is now.
    """

    answer = fields.Enum(Answer, by_value=True, required=True)
    note = fields.String(load_default="", validate=validate.Length(max=LONGEST_NOTE))
    stand_in_id = fields.UUID(load_default=None, allow_none=True)

    @post_load
    def _build(self, values: dict[str, Any], **_: object) -> Said:
        return Said(**values)


@api.listing("/invitations", InvitationSchema, at=("starts_at", "id"))
@policy(Permission.INVITATION_READ)
def invitations(asked: Asked, uow: UnitOfWork) -> Sequence[InvitationLine]:
    """List the account's own invitations, the earliest slot first."""
    after = None
    if asked.after is not None:
        at, last = asked.after
        after = (parse_instant(str(at)), UUID(str(last)))
    return open_invitations(uow, _policy(), after=after, limit=asked.fetch)


@api.posting(
    "/invitations/<uuid:invitation_id>/answers",
    body=AnswerSchema,
    answer=InvitationSchema,
    status=201,
    headers=(IF_MATCH,),
)
@policy(Permission.INVITATION_ANSWER)
def answer(said: Said, uow: UnitOfWork, invitation_id: UUID) -> InvitationLine:
    """Answer an invitation. ``If-Match`` holds the sequence as it was read; 409 if it has risen."""
    cmd = AnswerInvitation(
        invitation_id=invitation_id,
        answer=said.answer,
        note=said.note,
        stand_in_id=said.stand_in_id,
        sequence=_sequence(),
    )
    answer_invitation(cmd, uow=uow, policy=_policy())
    return line_of(uow, invitation_id)


def _sequence() -> int | None:
    """Return the sequence of ``If-Match``; None without one, or for ``*``, which is any.

    Raises ConflictError for what cannot be a sequence, and so matches none.
    """
    given = request.headers.get(IF_MATCH, "*").strip().removeprefix("W/").strip('"')
    if given == "*":
        return None
    if not given.isascii() or not given.isdecimal():
        raise ConflictError("time of this invitation", {})
    return int(given)


def _policy() -> InvitationPolicy:
    return policy_of(settings())
