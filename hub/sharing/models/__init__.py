"""The rows of this room: agreements, consent, and what was decided under them."""

from hub.sharing.models.agreement_terms import (
    AgreementBasis,
    AgreementCategory,
    AgreementGateway,
    AgreementParty,
    AgreementPurpose,
    AgreementRight,
)
from hub.sharing.models.agreements import (
    Agreement,
    AgreementCopy,
    AgreementMove,
    AgreementWarning,
    AgreementWriter,
)
from hub.sharing.models.consents import Consent, ConsentDraft, WithdrawalNotice
from hub.sharing.models.decisions import Approval, Disclosure, SharingDecision
from hub.sharing.models.disclosures import DisclosureDecision
from hub.sharing.models.keeping import DeathRecord, Disposal, LegalHold, RetentionText
from hub.sharing.models.pack import PackGiven, PackItem
from hub.sharing.models.requests import (
    InformationRequest,
    RequestAdvice,
    RequestBar,
    RequestDraft,
    RequestFile,
    RequestLine,
    RequestStep,
)
from hub.sharing.models.rights import Correction, CorrectionNotice, LogMark, SubjectAccess

__all__ = [
    "Agreement",
    "AgreementBasis",
    "AgreementCategory",
    "AgreementCopy",
    "AgreementGateway",
    "AgreementMove",
    "AgreementParty",
    "AgreementPurpose",
    "AgreementRight",
    "AgreementWarning",
    "AgreementWriter",
    "Approval",
    "Consent",
    "ConsentDraft",
    "Correction",
    "CorrectionNotice",
    "DeathRecord",
    "Disclosure",
    "DisclosureDecision",
    "Disposal",
    "InformationRequest",
    "LegalHold",
    "LogMark",
    "PackGiven",
    "PackItem",
    "RequestAdvice",
    "RequestBar",
    "RequestDraft",
    "RequestFile",
    "RequestLine",
    "RequestStep",
    "RetentionText",
    "SharingDecision",
    "SubjectAccess",
    "WithdrawalNotice",
]
