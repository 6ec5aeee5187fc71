"""The doors to what goes with a transfer: its papers, and what is missed; hidden is absent."""

from uuid import UUID

from sqlalchemy import Select, select

from hub.db.units import UnitOfWork
from hub.kernel.errors import NotFoundError
from hub.marac.access import comes_to_own, goes_from_own
from hub.marac.models import Transfer, TransferAsk


def find_received(uow: UnitOfWork, transfer_id: UUID) -> Transfer:
    """Return a transfer that the actor's area has taken over, for its papers.

    Raises NotFoundError to anybody but a co-ordinator of the receiving area, before it has taken
    the case over, and once it has returned it.
    """
    return _received(uow, _own(transfer_id, uow))


def open_received(uow: UnitOfWork, transfer_id: UUID) -> Transfer:
    """Return the same, locked. Raises NotFoundError."""
    return _received(uow, _own(transfer_id, uow).with_for_update())


def open_ask(uow: UnitOfWork, ask_id: UUID) -> TransferAsk:
    """Return what is missed, locked, to the co-ordinators who can send it. Raises NotFoundError."""
    wanted = (
        select(TransferAsk)
        .join(Transfer, Transfer.id == TransferAsk.transfer_id)
        .where(TransferAsk.id == ask_id, goes_from_own(uow))
    )
    found = uow.session.scalar(wanted.with_for_update(of=TransferAsk))
    if found is None:
        raise NotFoundError("Nobody asks for such a paper.")
    return found


def _own(transfer_id: UUID, uow: UnitOfWork) -> Select[Transfer]:
    return select(Transfer).where(
        Transfer.id == transfer_id, Transfer.acknowledged_at.is_not(None), comes_to_own(uow)
    )


def _received(uow: UnitOfWork, wanted: Select[Transfer]) -> Transfer:
    found = uow.session.scalar(wanted)
    if found is None:
        raise NotFoundError("There is no such transfer.")
    return found
