"""What the pages of the register have in common: the blueprint, the sheet, and who may edit."""

from uuid import UUID

from flask import Blueprint, redirect, url_for
from flask.typing import ResponseReturnValue

from hub.access.permissions import Permission, could
from hub.sharing.queries.agreements import AgreementSheet, sheet_of
from hub.web.current import actor, settings, units

sharing = Blueprint("sharing", __name__, template_folder="../templates")


def read_sheet(agreement_id: UUID) -> AgreementSheet:
    """Return one agreement to whoever may read the register. Raises NotFoundError."""
    with units().read(actor()) as uow:
        return sheet_of(uow, agreement_id, grace_days=grace_days())


def to_agreement(agreement_id: UUID) -> ResponseReturnValue:
    """Go back to the page of the agreement."""
    return redirect(url_for("sharing.show", agreement_id=agreement_id), 303)


def grace_days() -> int:
    """Return for how many days sharing goes on after a review was due."""
    return settings().sharing.review_grace_days


def may_edit() -> bool:
    """Tell whether the actor changes agreements, and does not only read them."""
    return could(actor(), Permission.AGREEMENT_EDIT)
