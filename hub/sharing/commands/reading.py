"""The asker opens what was shared with them: that they did is written before anything is shown."""

from uuid import UUID

from sqlalchemy import select

from hub.db.looks import Looked
from hub.db.units import UnitOfWork
from hub.kernel.errors import NotFoundError
from hub.people.conflicts import kept_from
from hub.sharing.access import open_asked
from hub.sharing.commands.steps import refuse_suspended
from hub.sharing.models import Disclosure, RequestLine

DISCLOSURE = "disclosure"
"""What the trail calls what was shared."""


def read_answer(request_id: UUID, *, uow: UnitOfWork) -> UUID:
    """Note on everything that was shared by a request that its asker opens it, and when first.

    Raises NotFoundError, also where nothing was shared, or not for them any more; RefusedError
    while the asker's agency does not take part.
    """
    request = open_asked(uow, request_id, lock=True)
    refuse_suspended(uow, [request.asker_agency_id])
    shared = uow.session.scalars(
        select(Disclosure)
        .join(RequestLine, RequestLine.id == Disclosure.line_id)
        .where(RequestLine.request_id == request.id)
        .order_by(Disclosure.shared_at, Disclosure.id)
    ).all()
    if not shared or request.person_id in kept_from(uow).people:
        raise NotFoundError("nothing was shared")

    for row in shared:
        row.read_at = row.read_at or uow.now
        uow.emit(Looked(kind=DISCLOSURE, record_id=row.id))
    return request.id
