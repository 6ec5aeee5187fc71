"""What the people of an item said about being shared, as the referrer recorded it."""

import json
from collections.abc import Collection
from uuid import UUID

from sqlalchemy import select

from hub.db.units import UnitOfWork
from hub.meetings.models import Item, ItemPerson
from hub.referrals.models import Concern
from hub.sharing.rules.listing import Consent

SAID = {
    "given": Consent.GIVEN,
    "not_given": Consent.REFUSED,
    "not_asked": Consent.NOT_SAFE_TO_ASK,
}


def consents_of(uow: UnitOfWork, item_ids: Collection[UUID]) -> dict[tuple[str, str], Consent]:
    """Return by item and person what a matched victim said; nobody else in a concern was asked."""
    rows = uow.session.execute(
        select(ItemPerson.item_id, ItemPerson.person_id, Concern.answers)
        .join(Item, Item.id == ItemPerson.item_id)
        .join(Concern, Concern.id == Item.concern_id)
        .where(
            ItemPerson.item_id.in_(item_ids),
            ItemPerson.role == "victim",
            ItemPerson.person_id.is_not(None),
        )
    )
    return {(str(row.item_id), str(row.person_id)): _consent(row.answers) for row in rows}


def _consent(answers: str) -> Consent:
    said = json.loads(answers).get("consent", {}).get("consent")
    return SAID.get(said, Consent.NOT_ASKED)
