"""Where agreements and requests stand, and how they move."""

from hub.sharing.states.agreements import (
    ROUTES,
    AgreementState,
    AgreementStatus,
    Terms,
    agreement_state,
    best,
)
from hub.sharing.states.requests import (
    BOTH,
    HOLDER,
    LINE_ENDS,
    OPEN,
    REQUEST,
    SETTLED,
    LineState,
    RequestMove,
    RequestState,
)

__all__ = [
    "BOTH",
    "HOLDER",
    "LINE_ENDS",
    "OPEN",
    "REQUEST",
    "ROUTES",
    "SETTLED",
    "AgreementState",
    "AgreementStatus",
    "LineState",
    "RequestMove",
    "RequestState",
    "Terms",
    "agreement_state",
    "best",
]
