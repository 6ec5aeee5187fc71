"""Codes of the directory in the words of the authority whose pages are shown."""

from hub.agencies.rules.kinds import (
    AGENCY_WORDS,
    ROLE_WORDS,
    SERVICE_WORDS,
    AgencyKind,
    ContactRole,
    ServiceKind,
)
from hub.web.words import SPOKEN


def role_word(role: str) -> str:
    """Return what a role is called; the authority has its own word for its workers."""
    if role == ContactRole.LEAVING_CARE_WORKER:
        worker = SPOKEN.get().worker
        return worker[:1].upper() + worker[1:]
    return ROLE_WORDS[ContactRole(role)]


def agency_word(kind: str) -> str:
    """Return what a kind of agency is called."""
    return AGENCY_WORDS[AgencyKind(kind)]


def service_word(kind: str) -> str:
    """Return what a kind of service is called."""
    return SERVICE_WORDS[ServiceKind(kind)]
