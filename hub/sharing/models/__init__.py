"""The rows of this room: agreements, and what was decided under them."""

from hub.sharing.models.agreements import (
    Agreement,
    AgreementCategory,
    AgreementGateway,
    AgreementParty,
    AgreementPurpose,
)
from hub.sharing.models.disclosures import DisclosureDecision

__all__ = [
    "Agreement",
    "AgreementCategory",
    "AgreementGateway",
    "AgreementParty",
    "AgreementPurpose",
    "DisclosureDecision",
]
