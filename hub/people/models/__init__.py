"""The rows of this room: people, questions who is meant, and who is kept from whom."""

from hub.people.models.links import CaseLink, Conflict, StaffCase, StaffCaseName
from hub.people.models.look_ups import LookUp
from hub.people.models.register import (
    Allocation,
    CheckKey,
    IdentityCandidate,
    IdentityCheck,
    MatchKey,
    Person,
    PersonAddress,
    PersonName,
    RegisterUpload,
)

__all__ = [
    "Allocation",
    "CaseLink",
    "CheckKey",
    "Conflict",
    "IdentityCandidate",
    "IdentityCheck",
    "LookUp",
    "MatchKey",
    "Person",
    "PersonAddress",
    "PersonName",
    "RegisterUpload",
    "StaffCase",
    "StaffCaseName",
]
