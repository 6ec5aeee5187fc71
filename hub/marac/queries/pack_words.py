"""How a pack for a review says names, days and instants."""

from datetime import date, datetime
from uuid import UUID

from hub.access.queries import names_of
from hub.db.units import UnitOfWork
from hub.kernel.days import london_time


class Names:
    """Names of accounts, each read once."""

    def __init__(self, uow: UnitOfWork) -> None:
        self.uow = uow
        self.known: dict[UUID, str] = {}

    def __call__(self, account_id: UUID | None) -> str:
        """Return the name of an account; an empty text for nobody, or for one that has gone."""
        if account_id is None:
            return ""
        if account_id not in self.known:
            self.known[account_id] = names_of(self.uow, [account_id]).get(account_id, "")
        return self.known[account_id]


def said(*parts: str | None) -> tuple[str, ...]:
    """Return the parts that say something."""
    return tuple(part for part in parts if part)


def on_day(day: date) -> str:
    """Return a day as a reader of the pack says it."""
    return f"{day.day} {day:%B %Y}"


def moment(at: datetime) -> str:
    """Return an instant as London's clocks showed it."""
    local = london_time(at)
    return f"{on_day(local.date())} at {local:%H:%M}"
