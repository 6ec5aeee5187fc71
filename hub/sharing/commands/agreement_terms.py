"""Writing a draft: starting one, and each section that is a form of plain answers."""

from dataclasses import dataclass, fields
from datetime import date
from uuid import UUID

from sqlalchemy import delete, select

from hub.access.permissions import Permission, permit
from hub.db.units import UnitOfWork
from hub.kernel.errors import RefusedError
from hub.sharing.commands.agreement_gate import Touch, begin_edit, said, wrote
from hub.sharing.models import (
    Agreement,
    AgreementCategory,
    AgreementParty,
    AgreementPurpose,
    AgreementRight,
)
from hub.sharing.register.codes import CONTROLLERS, SUBJECTS
from hub.sharing.register.reviews import first_review

LONGEST_MONTHS = 60


@dataclass(frozen=True, kw_only=True)
class Opening:
    """Title, kind and dates. Days in London; ``ends_on`` is the first day on which it is over.

    ``review_on`` None: the first review is due ``first_review_months`` after the start.
    """

    reference: str
    title: str
    tier: str
    framework: str
    starts_on: date
    ends_on: date | None
    review_on: date | None
    first_review_months: int
    review_months: int


@dataclass(frozen=True, kw_only=True)
class SaveOpening(Touch):
    """Change title, kind and dates of a draft."""

    opening: Opening


@dataclass(frozen=True, kw_only=True)
class SavePurposes(Touch):
    """What may be shared for, each with its consent approach, and about whom."""

    purposes: tuple[tuple[str, str | None], ...]
    subjects: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class SaveExclusions(Touch):
    """What is never shared, by code and in own words."""

    exclusions: tuple[str, ...]
    other_exclusions: str


@dataclass(frozen=True, kw_only=True)
class SaveHandling(Touch):
    """How information travels and is marked, whether it is passed on, and how fast a breach is."""

    methods: tuple[str, ...]
    marking: str
    encryption: str
    verbal: str
    onward: str
    onward_to: str
    breach_hours: int


@dataclass(frozen=True, kw_only=True)
class SaveAssessment(Touch):
    """The impact assessment and the appropriate policy document."""

    dpia_reference: str
    dpia_on: date | None
    dpia_outcome: str
    dpia_review_on: date | None
    policy_reference: str
    policy_on: date | None


@dataclass(frozen=True, kw_only=True)
class SaveEnding(Touch):
    """Who is liable, and what becomes of the information at the end or when a party leaves."""

    liability: str
    termination: str


@dataclass(frozen=True, kw_only=True)
class SaveRights(Touch):
    """Which controller leads on each right of the people it is about, by code."""

    rights: tuple[tuple[str, UUID], ...]


def start_agreement(cmd: Opening, *, uow: UnitOfWork) -> UUID:
    """Begin the first version of an agreement as a draft, and return its id.

    It is about everybody whom the hub knows of until somebody says less. Raises NotAllowedError,
    and RefusedError as ``save_opening``.
    """
    permit(uow.actor, Permission.AGREEMENT_EDIT)
    row = Agreement(
        id=uow.new_id(),
        number=1,
        status="draft",
        owner_id=uow.actor.account_id,
        subjects=" ".join(SUBJECTS),
    )
    _open(uow, row, cmd)
    uow.session.add(row)
    uow.session.flush()  # who wrote it refers to it
    wrote(uow, row)
    said(uow, row)
    return row.id


def save_opening(cmd: SaveOpening, *, uow: UnitOfWork) -> None:
    """Change title, kind and dates of a draft.

    Raises NotFoundError, NotAllowedError, ConflictError, IllegalMoveError once it is approved, and
    RefusedError for a reference that is taken or a day before the start.
    """
    row = begin_edit(uow, cmd)
    _open(uow, row, cmd.opening)
    said(uow, row)


def _open(uow: UnitOfWork, row: Agreement, opening: Opening) -> None:
    review_on = opening.review_on or first_review(opening.starts_on, opening.first_review_months)
    if opening.ends_on is not None and opening.ends_on <= opening.starts_on:
        raise RefusedError("The end must be after the start", field="ends_on")
    if review_on <= opening.starts_on:
        raise RefusedError("The review must be after the start", field="review_on")
    if row.number == 1:
        _refuse_taken(uow, row, opening.reference)
        row.reference = opening.reference
    row.title, row.tier, row.framework = opening.title, opening.tier, opening.framework
    row.starts_on, row.ends_on, row.review_on = opening.starts_on, opening.ends_on, review_on
    row.first_review_months = opening.first_review_months
    row.review_months = opening.review_months


def _refuse_taken(uow: UnitOfWork, row: Agreement, reference: str) -> None:
    uow.alone("references of agreements")
    taken = select(Agreement.id).where(Agreement.reference == reference, Agreement.id != row.id)
    if uow.session.scalar(taken.limit(1)) is not None:
        raise RefusedError("Another agreement has this reference", field="reference")


def save_purposes(cmd: SavePurposes, *, uow: UnitOfWork) -> None:
    """Say what a draft allows sharing for and about whom. Raises as ``save_opening``.

    A category keeps only people whom the agreement is about.
    """
    row = begin_edit(uow, cmd)
    uow.session.execute(delete(AgreementPurpose).where(AgreementPurpose.agreement_id == row.id))
    uow.session.add_all(
        AgreementPurpose(agreement_id=row.id, purpose=code, consent=consent)
        for code, consent in cmd.purposes
    )
    row.subjects = " ".join(cmd.subjects)
    listed = select(AgreementCategory).where(AgreementCategory.agreement_id == row.id)
    for category in uow.session.scalars(listed):
        kept = [one for one in category.subjects.split() if one in cmd.subjects]
        category.subjects = " ".join(kept)
    said(uow, row)


def save_exclusions(cmd: SaveExclusions, *, uow: UnitOfWork) -> None:
    """Say what is never shared. Raises as ``save_opening``."""
    _set(uow, cmd)


def save_handling(cmd: SaveHandling, *, uow: UnitOfWork) -> None:
    """Say how information is handled. Raises as ``save_opening``."""
    _set(uow, cmd)


def save_assessment(cmd: SaveAssessment, *, uow: UnitOfWork) -> None:
    """Record the impact assessment and the policy document. Raises as ``save_opening``."""
    _set(uow, cmd)


def save_ending(cmd: SaveEnding, *, uow: UnitOfWork) -> None:
    """Say who is liable and what follows at the end. Raises as ``save_opening``."""
    _set(uow, cmd)


def save_rights(cmd: SaveRights, *, uow: UnitOfWork) -> None:
    """Say who leads on which right. Raises as ``save_opening``, RefusedError for no controller."""
    row = begin_edit(uow, cmd)
    controllers = set(
        uow.session.scalars(
            select(AgreementParty.agency_id).where(
                AgreementParty.agreement_id == row.id, AgreementParty.role.in_(CONTROLLERS)
            )
        )
    )
    for code, agency_id in cmd.rights:
        if agency_id not in controllers:
            raise RefusedError("Select a controller of this agreement", field=code)
    uow.session.execute(delete(AgreementRight).where(AgreementRight.agreement_id == row.id))
    uow.session.add_all(
        AgreementRight(agreement_id=row.id, code=code, agency_id=agency_id)
        for code, agency_id in cmd.rights
    )
    said(uow, row)


def _set(uow: UnitOfWork, cmd: Touch) -> None:
    """Change the columns of a draft that the command's own fields are named after."""
    row = begin_edit(uow, cmd)
    known = {each.name for each in fields(Touch)}
    for each in fields(cmd):
        if each.name not in known:
            value = getattr(cmd, each.name)
            setattr(row, each.name, " ".join(value) if isinstance(value, tuple) else value)
    said(uow, row)
