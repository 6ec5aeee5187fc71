"""The codes of the directory, what they are called, and who may see which entry.

A code is what the database and a file of contacts hold; its words are what a page shows.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType


class AgencyKind(StrEnum):
    """What sort of organisation an agency is."""

    LOCAL_AUTHORITY = "local_authority"
    CHARITY = "charity"
    POLICE = "police"
    DOMESTIC_ABUSE = "domestic_abuse_service"
    REFUGE = "refuge"
    HEALTH = "health"
    MENTAL_HEALTH = "mental_health"
    HOUSING = "housing"
    PROBATION = "probation"
    EDUCATION = "education"
    YOUTH_JUSTICE = "youth_justice"
    SUBSTANCE_USE = "substance_use"
    JOBCENTRE = "jobcentre"
    ADVOCACY = "advocacy"
    OTHER = "other"


class ServiceKind(StrEnum):
    """What a service does for people."""

    LEAVING_CARE = "leaving_care"
    SOCIAL_WORK = "social_work"
    ADULT_SOCIAL_CARE = "adult_social_care"
    ADVOCACY = "advocacy"
    FORUM = "care_experienced_forum"
    DOMESTIC_ABUSE = "domestic_abuse"
    REFUGE = "refuge"
    POLICE = "police"
    MARAC = "marac"
    HOUSING = "housing"
    HEALTH = "health"
    MENTAL_HEALTH = "mental_health"
    SUBSTANCE_USE = "substance_use"
    PROBATION = "probation"
    YOUTH_JUSTICE = "youth_justice"
    EDUCATION = "education"
    BENEFITS = "benefits"
    OTHER = "other"


class ContactRole(StrEnum):
    """What somebody, or a desk, is to the people who look for them."""

    DUTY_DESK = "duty_desk"
    LEAVING_CARE_WORKER = "leaving_care_worker"
    SOCIAL_WORKER = "social_worker"
    TEAM_MANAGER = "team_manager"
    IDVA = "idva"
    MARAC_REPRESENTATIVE = "marac_representative"
    DEPUTY_REPRESENTATIVE = "deputy_representative"
    MARAC_CHAIR = "marac_chair"
    MARAC_COORDINATOR = "marac_coordinator"
    SINGLE_POINT_OF_CONTACT = "single_point_of_contact"
    CALDICOTT_GUARDIAN = "caldicott_guardian"
    SAFEGUARDING_LEAD = "safeguarding_lead"
    INFORMATION_GOVERNANCE_LEAD = "information_governance_lead"
    INDEPENDENT_REVIEWING_OFFICER = "independent_reviewing_officer"
    INDEPENDENT_VISITOR = "independent_visitor"
    ADULT_SERVICES_REPRESENTATIVE = "adult_services_representative"
    POLICE_OFFICER = "police_officer"
    OTHER = "other"


AGENCY_WORDS: Mapping[str, str] = MappingProxyType(
    {
        AgencyKind.LOCAL_AUTHORITY: "Local authority",
        AgencyKind.CHARITY: "Charity",
        AgencyKind.POLICE: "Police",
        AgencyKind.DOMESTIC_ABUSE: "Domestic abuse service",
        AgencyKind.REFUGE: "Refuge",
        AgencyKind.HEALTH: "Health",
        AgencyKind.MENTAL_HEALTH: "Mental health",
        AgencyKind.HOUSING: "Housing",
        AgencyKind.PROBATION: "Probation",
        AgencyKind.EDUCATION: "Education",
        AgencyKind.YOUTH_JUSTICE: "Youth justice",
        AgencyKind.SUBSTANCE_USE: "Drug and alcohol service",
        AgencyKind.JOBCENTRE: "Jobcentre",
        AgencyKind.ADVOCACY: "Advocacy",
        AgencyKind.OTHER: "Another kind",
    }
)
SERVICE_WORDS: Mapping[str, str] = MappingProxyType(
    {
        ServiceKind.LEAVING_CARE: "Leaving care",
        ServiceKind.SOCIAL_WORK: "Social work with children",
        ServiceKind.ADULT_SOCIAL_CARE: "Adult social care",
        ServiceKind.ADVOCACY: "Advocacy",
        ServiceKind.FORUM: "Forum of care-experienced people",
        ServiceKind.DOMESTIC_ABUSE: "Domestic abuse support",
        ServiceKind.REFUGE: "Refuge",
        ServiceKind.POLICE: "Police",
        ServiceKind.MARAC: "MARAC",
        ServiceKind.HOUSING: "Housing",
        ServiceKind.HEALTH: "Health",
        ServiceKind.MENTAL_HEALTH: "Mental health",
        ServiceKind.SUBSTANCE_USE: "Drugs and alcohol",
        ServiceKind.PROBATION: "Probation",
        ServiceKind.YOUTH_JUSTICE: "Youth justice",
        ServiceKind.EDUCATION: "Education and training",
        ServiceKind.BENEFITS: "Work and benefits",
        ServiceKind.OTHER: "Another kind",
    }
)
ROLE_WORDS: Mapping[str, str] = MappingProxyType(
    {
        ContactRole.DUTY_DESK: "Duty desk",
        ContactRole.LEAVING_CARE_WORKER: "Leaving care worker",
        ContactRole.SOCIAL_WORKER: "Social worker",
        ContactRole.TEAM_MANAGER: "Team manager",
        ContactRole.IDVA: "Idva",
        ContactRole.MARAC_REPRESENTATIVE: "MARAC representative",
        ContactRole.DEPUTY_REPRESENTATIVE: "Deputy MARAC representative",
        ContactRole.MARAC_CHAIR: "MARAC chair",
        ContactRole.MARAC_COORDINATOR: "MARAC co-ordinator",
        ContactRole.SINGLE_POINT_OF_CONTACT: "Single point of contact for information requests",
        ContactRole.CALDICOTT_GUARDIAN: "Caldicott Guardian",
        ContactRole.SAFEGUARDING_LEAD: "Safeguarding lead",
        ContactRole.INFORMATION_GOVERNANCE_LEAD: "Information governance lead",
        ContactRole.INDEPENDENT_REVIEWING_OFFICER: "Independent reviewing officer",
        ContactRole.INDEPENDENT_VISITOR: "Independent visitor",
        ContactRole.ADULT_SERVICES_REPRESENTATIVE: "Adult services representative",
        ContactRole.POLICE_OFFICER: "Police officer",
        ContactRole.OTHER: "Another role",
    }
)
ROLE_LABELS: Mapping[str, str] = MappingProxyType(
    {**ROLE_WORDS, ContactRole.LEAVING_CARE_WORKER: "{W.worker}"}
)
"""The same as labels of a form, which puts the authority's own word for its workers in."""

NEVER_PUBLIC_SERVICES = frozenset({ServiceKind.REFUGE, ServiceKind.MARAC})
WORKERS_OF_A_SERVICE = frozenset({ContactRole.LEAVING_CARE_WORKER, ContactRole.SOCIAL_WORKER})
"""Roles whose holders stand in for one another within their service, so they must name one."""


@dataclass(frozen=True)
class Sight:
    """Whether an entry may be shown to the public, and if not, why."""

    allowed: bool
    reasons: tuple[str, ...] = ()


def service_sight(agency_kind: str, service_kind: str) -> Sight:
    """Decide whether a service of this kind may be public at all."""
    if agency_kind == AgencyKind.REFUGE or service_kind == ServiceKind.REFUGE:
        return Sight(allowed=False, reasons=("A refuge is never shown to the public",))
    if service_kind in NEVER_PUBLIC_SERVICES:
        return Sight(allowed=False, reasons=("MARAC contacts are never shown to the public",))
    return Sight(allowed=True)


def office_sight(agency_kind: str, service_kind: str | None) -> Sight:
    """Decide whether an office may be public at all: never that of a refuge."""
    return service_sight(agency_kind, service_kind or ServiceKind.OTHER)


def contact_sight(role: str, agency_kind: str, service_kind: str | None) -> Sight:
    """Decide whether a contact may be public at all: only a service's duty desk."""
    if role != ContactRole.DUTY_DESK:
        return Sight(
            allowed=False,
            reasons=("Only a duty desk can be public, never a named member of staff",),
        )
    if service_kind is None:
        return Sight(allowed=False, reasons=("A public duty desk must belong to a service",))
    return service_sight(agency_kind, service_kind)
