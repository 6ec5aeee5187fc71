"""Cases of a made-up county that go to another area, or came from one, for the guards."""

from uuid import UUID

from sqlalchemy import text

from hub.agencies.models import Area
from hub.kernel.actor import Role, system
from hub.marac.models import Transfer, TransferAsk
from parts.somebody import actor_with

NOT_OPENED = {
    "marac.transfer_send",  # no other area has a co-ordinator here: the tests of the page open it
    "marac.transfer_file",  # a file lies beside its database: the tests of the page put one there
}


def somebody_transfers(units):
    """Let one case wait to be taken over, one be taken, and one be sent that lacks a paper."""
    coordinator = actor_with(units, Role.COORDINATOR)
    with units.write(system("test")) as uow:
        here = text("SELECT area_id FROM agency_area WHERE agency_id = :own LIMIT 1")
        own = UUID(uow.session.scalars(here, {"own": coordinator.agency_id.hex}).one())
        one, other = map(UUID, uow.session.scalars(text("SELECT id FROM concern LIMIT 2")))
        far = Area(id=uow.new_id(), name="Farshire")
        uow.session.add(far)
        uow.session.flush()

        def moved(from_area, to_area, received_id=None):
            transfer = Transfer(
                id=uow.new_id(),
                reference=uow.ids.reference(),
                concern_id=one,
                received_id=received_id,
                from_area_id=from_area,
                to_area_id=to_area,
                is_temporary=False,
                note="Invented",
                told_on=uow.today,
                sent_at=uow.now,
                sent_by=coordinator.account_id,
                due_on=uow.today,
                acknowledged_at=uow.now if received_id else None,
            )
            uow.session.add(transfer)
            return transfer

        moved(far.id, own)
        moved(far.id, own, other)
        sent = moved(own, far.id)
        uow.session.flush()
        uow.session.add(
            TransferAsk(
                id=uow.new_id(),
                transfer_id=sent.id,
                what="minutes",
                asked_by=uow.new_id(),
                asked_at=uow.now,
                due_on=uow.today,
            )
        )
