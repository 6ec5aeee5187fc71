"""Saying once that the review or the end of an agreement comes near."""

from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import select

from hub.db.units import UnitOfWork
from hub.sharing.events import AgreementDayNear
from hub.sharing.models import Agreement, AgreementWarning
from hub.sharing.register.reviews import warning
from hub.sharing.states.agreements import AgreementStatus

REVIEW, END = "review", "end"


def warn_of_days(uow: UnitOfWork) -> int:
    """Say which agreements have their review or end 60, 30 or 7 days off or behind them.

    Each is said once for the same day; run again it says nothing. A version that another takes the
    place of has no end to warn of. Returns how many were said.
    """
    counting = select(
        Agreement.id, Agreement.review_on, Agreement.ends_on, Agreement.superseded_on
    ).where(Agreement.status.in_((AgreementStatus.IN_FORCE, AgreementStatus.SUSPENDED)))
    said = {
        (one.agreement_id, one.about, one.due_on, one.days)
        for one in uow.session.scalars(select(AgreementWarning))
    }
    before = len(said)
    for row in uow.session.execute(counting.order_by(Agreement.reference, Agreement.number)):
        for about, due_on, days in _near(row.review_on, row.ends_on, row.superseded_on, uow.today):
            if (row.id, about, due_on, days) not in said:
                said.add((row.id, about, due_on, days))
                _say(uow, row.id, about, due_on, days)
    return len(said) - before


def _near(
    review_on: date, ends_on: date | None, superseded_on: date | None, today: date
) -> list[tuple[str, date, int]]:
    if superseded_on is not None and superseded_on <= today:
        return []
    found = [(REVIEW, review_on, warning(review_on, today))]
    if ends_on is not None and superseded_on is None:
        found.append((END, ends_on, warning(ends_on - timedelta(days=1), today)))
    return [(about, due_on, days) for about, due_on, days in found if days is not None]


def _say(uow: UnitOfWork, agreement_id: UUID, about: str, due_on: date, days: int) -> None:
    uow.session.add(
        AgreementWarning(
            agreement_id=agreement_id, about=about, due_on=due_on, days=days, said_at=uow.now
        )
    )
    uow.emit(AgreementDayNear(agreement_id=agreement_id, due_on=due_on, days=days))
