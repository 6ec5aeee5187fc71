"""What kind of asker an agency is to the decision table, from what the directory says of it."""

from collections.abc import Mapping
from types import MappingProxyType

from hub.agencies.rules.kinds import AgencyKind, ServiceKind
from hub.sharing.rules.coded import RequesterKind

_OF_SERVICE: Mapping[str, RequesterKind] = MappingProxyType(
    {
        ServiceKind.LEAVING_CARE: RequesterKind.LEAVING_CARE,
        ServiceKind.SOCIAL_WORK: RequesterKind.CHILDRENS_SERVICES,
        ServiceKind.ADULT_SOCIAL_CARE: RequesterKind.ADULT_SERVICES,
        ServiceKind.DOMESTIC_ABUSE: RequesterKind.IDVA,
        ServiceKind.BENEFITS: RequesterKind.JOBCENTRE,
    }
)
_OF_AGENCY: Mapping[str, RequesterKind] = MappingProxyType(
    {
        AgencyKind.POLICE: RequesterKind.POLICE,
        AgencyKind.DOMESTIC_ABUSE: RequesterKind.IDVA,
        AgencyKind.REFUGE: RequesterKind.CHARITY,
        AgencyKind.CHARITY: RequesterKind.CHARITY,
        AgencyKind.SUBSTANCE_USE: RequesterKind.HEALTH,
        AgencyKind.HEALTH: RequesterKind.HEALTH,
        AgencyKind.MENTAL_HEALTH: RequesterKind.HEALTH,
        AgencyKind.PROBATION: RequesterKind.PROBATION,
        AgencyKind.YOUTH_JUSTICE: RequesterKind.CHILDRENS_SERVICES,
        AgencyKind.EDUCATION: RequesterKind.EDUCATION,
        AgencyKind.JOBCENTRE: RequesterKind.JOBCENTRE,
        AgencyKind.HOUSING: RequesterKind.HOUSING_PROVIDER,
        AgencyKind.ADVOCACY: RequesterKind.CHARITY,
    }
)


def requester_kind(agency_kind: str, service_kind: str | None = None) -> RequesterKind:
    """Return the kind of an asker who works for a service of an agency.

    A council's housing people allocate homes; those of a landlord look after tenants. Where the
    directory does not say for which service of a council somebody works, the kind is other, which
    no row of the table favours.
    """
    if agency_kind == AgencyKind.LOCAL_AUTHORITY and service_kind == ServiceKind.HOUSING:
        return RequesterKind.HOUSING_ALLOCATION
    if service_kind is not None and service_kind in _OF_SERVICE:
        return _OF_SERVICE[service_kind]
    return _OF_AGENCY.get(agency_kind, RequesterKind.OTHER)
