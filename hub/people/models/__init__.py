"""The rows of this room: people, questions who is meant, and who is kept from whom."""

from hub.people.models.links import CaseLink, Conflict
from hub.people.models.register import (
    Allocation,
    CheckKey,
    IdentityCandidate,
    IdentityCheck,
    MatchKey,
    Person,
    PersonAddress,
    PersonName,
    RegisterSearch,
    RegisterUpload,
)

__all__ = [
    "Allocation",
    "CaseLink",
    "CheckKey",
    "Conflict",
    "IdentityCandidate",
    "IdentityCheck",
    "MatchKey",
    "Person",
    "PersonAddress",
    "PersonName",
    "RegisterSearch",
    "RegisterUpload",
]
