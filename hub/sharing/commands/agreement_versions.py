"""Writing the next version of an agreement: a draft copied whole from the one that counts."""

from typing import TypeVar
from uuid import UUID

from sqlalchemy import func, inspect, select

from hub.db.base import Base
from hub.db.units import UnitOfWork
from hub.kernel.errors import RefusedError
from hub.sharing.commands.agreement_gate import Touch, begin, said, wrote
from hub.sharing.models import (
    Agreement,
    AgreementBasis,
    AgreementCategory,
    AgreementGateway,
    AgreementParty,
    AgreementPurpose,
    AgreementRight,
)
from hub.sharing.register.life import WRITING, AgreementAction
from hub.sharing.register.reviews import first_review
from hub.sharing.register.spelling import day_in_words

RowType = TypeVar("RowType", bound=Base)
PARTS = (
    AgreementPurpose,
    AgreementCategory,
    AgreementGateway,
    AgreementParty,
    AgreementBasis,
    AgreementRight,
)


def write_next(cmd: Touch, *, uow: UnitOfWork) -> UUID:
    """Begin the next version as a draft and return its id; the present one goes on meanwhile.

    Everything is copied but signatures, because every party signs every version. It starts today
    until somebody says otherwise. Raises NotFoundError, NotAllowedError, ConflictError,
    IllegalMoveError, and RefusedError while another next version is being written or waits.
    """
    old = begin(uow, cmd, AgreementAction.CHANGE)
    if old.superseded_on is not None:
        when = day_in_words(old.superseded_on)
        raise RefusedError(f"The next version takes its place on {when}. Change that one.")
    uow.alone(f"versions of agreement {old.reference}")
    same = Agreement.reference == old.reference
    writing = select(Agreement.number).where(same, Agreement.status.in_(WRITING))
    number = uow.session.scalar(writing.limit(1))
    if number is not None:
        raise RefusedError(f"Version {number} is being written already. Go on with that one.")
    newest = uow.session.scalar(select(func.max(Agreement.number)).where(same)) or 0

    new = _copy(
        old,
        id=uow.new_id(),
        number=newest + 1,
        supersedes_id=old.id,
        status="draft",
        starts_on=uow.today,
        ends_on=old.ends_on if old.ends_on and old.ends_on > uow.today else None,
        review_on=first_review(uow.today, old.first_review_months),
        version=1,
    )
    uow.session.add(new)
    uow.session.flush()  # its parts refer to it
    _copy_parts(uow, old.id, new.id)
    wrote(uow, new)
    said(uow, new)
    return new.id


def _copy_parts(uow: UnitOfWork, old_id: UUID, new_id: UUID) -> None:
    """Copy the parts of a version without those of parties that have left."""
    wanted = select(AgreementParty.agency_id).where(
        AgreementParty.agreement_id == old_id, AgreementParty.withdrawn_on.is_not(None)
    )
    left = set(uow.session.scalars(wanted))
    for table in PARTS:
        for part in uow.session.scalars(select(table).where(table.agreement_id == old_id)):
            if getattr(part, "agency_id", None) not in left:
                uow.session.add(_copy(part, agreement_id=new_id, **_fresh(uow, part)))


def _fresh(uow: UnitOfWork, part: object) -> dict[str, object]:
    """Return what a part does not take over: its own id, a signature."""
    if isinstance(part, AgreementParty):
        return {"signatory": None, "signed_on": None}
    return {"id": uow.new_id()} if isinstance(part, AgreementGateway) else {}


def _copy(row: RowType, **changes: object) -> RowType:
    """Return a new row with the same columns but for the changes."""
    names = inspect(type(row)).column_attrs.keys()
    return type(row)(**{name: getattr(row, name) for name in names} | changes)
