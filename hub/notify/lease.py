"""One holder at a time for a timed job, across all workers, by a row that ends by itself."""

from datetime import timedelta

from hub.db.units import Units
from hub.kernel.actor import system
from hub.notify.models import Lease


def take_lease(units: Units, name: str, holder: str, *, seconds: float) -> bool:
    """Take or keep the lease; return False while another holder's still runs.

    The row is locked while it is looked at, so that of two takers one finds the other's.
    """
    with units.write(system("worker")) as uow:
        uow.alone(f"lease:{name}")
        lease = uow.session.get(Lease, name)
        if lease is not None and lease.holder != holder and lease.until > uow.now:
            return False
        if lease is None:
            lease = Lease(name=name)
            uow.session.add(lease)
        lease.holder, lease.until = holder, uow.now + timedelta(seconds=seconds)
        return True


def release_lease(units: Units, name: str, holder: str) -> None:
    """Give the lease back, so that the next taker need not wait for its end."""
    with units.write(system("worker")) as uow:
        lease = uow.session.get(Lease, name)
        if lease is not None and lease.holder == holder:
            lease.until = uow.now
