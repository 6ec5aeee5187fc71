"""Who is acting: a person signed in, a program with a key, or the hub itself."""

from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID


class Role(StrEnum):
    """What somebody is to the hub; a person may have several, always within one agency."""

    REFERRER = "referrer"
    LEAVING_CARE_WORKER = "leaving_care_worker"
    SOCIAL_WORKER = "social_worker"
    DUTY_DESK = "duty_desk"
    TEAM_MANAGER = "team_manager"
    COORDINATOR = "co_ordinator"
    CHAIR = "chair"
    AGENCY_REPRESENTATIVE = "agency_representative"
    GOVERNANCE_LEAD = "information_governance_lead"
    SAFEGUARDING_LEAD = "safeguarding_lead"
    CALDICOTT_GUARDIAN = "caldicott_guardian"
    ASSET_OWNER = "information_asset_owner"
    SIRO = "senior_information_risk_owner"
    LEGAL_ADVISER = "legal_adviser"
    DATA_PROTECTION_OFFICER = "data_protection_officer"
    ADMINISTRATOR = "administrator"


@dataclass(frozen=True)
class Actor:
    """Whoever acts in a unit of work.

    ``account_id`` is None for the public and for the hub itself; ``contact_id`` is the directory
    entry of the person; ``label`` is what the audit trail calls an actor without an account.
    """

    account_id: UUID | None = None
    agency_id: UUID | None = None
    contact_id: UUID | None = None
    roles: frozenset[Role] = field(default_factory=frozenset)
    label: str = "public"

    def has(self, *roles: Role) -> bool:
        """Return whether the actor has any of the roles."""
        return not self.roles.isdisjoint(roles)


def system(label: str) -> Actor:
    """Return the hub itself acting as ``label`` (worker, sweep, command line)."""
    return Actor(label=label)


PUBLIC = Actor()
