"""Programs at the door: who a bearer key speaks for, and the answers that their repeats get."""

from flask import Response, g, request
from sqlalchemy import select
from sqlalchemy.orm import Session

from hub.access.models import IdempotentAnswer
from hub.access.permissions import Permission, could
from hub.access.queries import key_holder
from hub.api.once import KeptAnswer
from hub.api.problems import problem, unauthorized
from hub.db.units import UnitOfWork
from hub.kernel.actor import PUBLIC, Actor
from hub.web import current
from hub.web.guard import Policy

SCHEME = "bearer"


def bearer() -> Actor | None:
    """Return who the request's key speaks for: the public without one, None for a bad one."""
    given = request.headers.get("Authorization")
    if given is None:
        return PUBLIC
    scheme, _, key = given.partition(" ")
    if scheme.lower() != SCHEME:
        return None
    units = current.units()
    with Session(units.engine) as session:
        return key_holder(session, key.strip(), units.clock.now())


def refuse_bad_key() -> Response | None:
    """Set the actor by the key; a key that is not live is refused on public addresses too."""
    actor = bearer()
    g.actor = actor or PUBLIC
    return unauthorized() if actor is None else None


def guard(policy: Policy) -> Response | None:
    """Answer the page kit's question whether this policy opens for the key at hand."""
    actor: Actor = g.actor
    if actor == PUBLIC:
        return unauthorized()
    if not could(actor, Permission(policy.name)):
        return problem(404)
    return None


class StoredAnswers:
    """Answers to requests with an Idempotency-Key, kept by account."""

    def recall(self, uow: UnitOfWork, key: str) -> KeptAnswer | None:
        """Return the answer that the actor's request with this key got."""
        row = uow.session.execute(
            select(
                IdempotentAnswer.request_hash, IdempotentAnswer.status, IdempotentAnswer.body
            ).where(
                IdempotentAnswer.account_id == uow.actor.account_id, IdempotentAnswer.key == key
            )
        ).one_or_none()
        return None if row is None else KeptAnswer(row.request_hash, row.status, row.body)

    def keep(self, uow: UnitOfWork, key: str, answer: KeptAnswer) -> None:
        """Keep an answer."""
        uow.session.add(
            IdempotentAnswer(
                id=uow.new_id(),
                account_id=uow.actor.account_id,
                key=key,
                request_hash=answer.request_hash,
                status=answer.status,
                body=answer.body,
                at=uow.now,
            )
        )
