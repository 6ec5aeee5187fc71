"""Which roles of the hub stand for the letters of the decision table.

A data protection officer advises and never approves, and so has no letter here. Source: sharing
notes, section 3.8.
"""

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from hub.kernel.actor import Role
from hub.sharing.rules.decision import Approver

ROLES: Mapping[Approver, frozenset[Role]] = MappingProxyType(
    {
        Approver.DUTY_WORKER: frozenset({Role.DUTY_DESK, Role.AGENCY_REPRESENTATIVE}),
        Approver.MANAGER: frozenset({Role.TEAM_MANAGER}),
        Approver.SAFEGUARDING_LEAD: frozenset({Role.SAFEGUARDING_LEAD}),
        Approver.LEAD_OR_MANAGER: frozenset({Role.SAFEGUARDING_LEAD, Role.TEAM_MANAGER}),
        Approver.CALDICOTT_GUARDIAN: frozenset({Role.CALDICOTT_GUARDIAN}),
        Approver.ASSET_OWNER: frozenset({Role.ASSET_OWNER}),
        Approver.SIRO: frozenset({Role.SIRO}),
        Approver.LEGAL: frozenset({Role.LEGAL_ADVISER}),
    }
)

WORDS: Mapping[Approver, str] = MappingProxyType(
    {
        Approver.DUTY_WORKER: "a duty worker",
        Approver.MANAGER: "a team manager",
        Approver.SAFEGUARDING_LEAD: "the safeguarding lead",
        Approver.LEAD_OR_MANAGER: "the safeguarding lead or a team manager",
        Approver.CALDICOTT_GUARDIAN: "the Caldicott Guardian",
        Approver.ASSET_OWNER: "the information asset owner",
        Approver.SIRO: "the senior information risk owner",
        Approver.LEGAL: "a legal adviser",
        Approver.DATA_PROTECTION_OFFICER: "the data protection officer",
    }
)


def letters_of(roles: Iterable[Role]) -> frozenset[Approver]:
    """Return the approvals that somebody with these roles can give."""
    held = frozenset(roles)
    return frozenset(letter for letter, needs in ROLES.items() if needs & held)
