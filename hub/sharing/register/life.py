"""The life of one version of an agreement: what can be done to it, and from where."""

from enum import StrEnum

from hub.kernel.machine import Machine
from hub.sharing.states.agreements import AgreementStatus


class AgreementAction(StrEnum):
    """What can be done to a version of an agreement."""

    EDIT = "edit"
    ASK_APPROVAL = "ask_approval"
    APPROVE = "approve"
    SEND_BACK = "send_back"
    SIGN = "sign"
    BRING_INTO_FORCE = "bring_into_force"
    REVIEW = "review"
    WITHDRAW_PARTY = "withdraw_party"
    SUSPEND = "suspend"
    CHANGE = "change"
    """Write the next version; this one goes on until that one counts."""
    SET_CONTACT = "set_contact"
    ATTACH = "attach"
    END = "end"


_S, _A = AgreementStatus, AgreementAction

AGREEMENT = Machine(
    "agreement",
    {
        (_S.DRAFT, _A.EDIT): _S.DRAFT,
        (_S.DRAFT, _A.ASK_APPROVAL): _S.DRAFT,
        (_S.DRAFT, _A.APPROVE): _S.APPROVED,
        (_S.DRAFT, _A.END): _S.DISCARDED,
        # What is approved can be signed because it can no longer be edited.
        (_S.APPROVED, _A.SIGN): _S.APPROVED,
        (_S.APPROVED, _A.SEND_BACK): _S.DRAFT,
        (_S.APPROVED, _A.BRING_INTO_FORCE): _S.IN_FORCE,
        (_S.APPROVED, _A.END): _S.DISCARDED,
        (_S.IN_FORCE, _A.REVIEW): _S.IN_FORCE,
        (_S.IN_FORCE, _A.WITHDRAW_PARTY): _S.IN_FORCE,
        (_S.IN_FORCE, _A.SUSPEND): _S.SUSPENDED,
        (_S.IN_FORCE, _A.CHANGE): _S.IN_FORCE,
        (_S.IN_FORCE, _A.END): _S.WITHDRAWN,
        (_S.SUSPENDED, _A.BRING_INTO_FORCE): _S.IN_FORCE,
        (_S.SUSPENDED, _A.REVIEW): _S.SUSPENDED,
        (_S.SUSPENDED, _A.WITHDRAW_PARTY): _S.SUSPENDED,
        (_S.SUSPENDED, _A.CHANGE): _S.SUSPENDED,
        (_S.SUSPENDED, _A.END): _S.WITHDRAWN,
    }
    # Who is asked, and where the signed paper lies, are no terms: they change without a signature.
    | {
        (status, _A.SET_CONTACT): status
        for status in (_S.DRAFT, _S.APPROVED, _S.IN_FORCE, _S.SUSPENDED)
    }
    | {(status, _A.ATTACH): status for status in (_S.APPROVED, _S.IN_FORCE, _S.SUSPENDED)},
)
"""Expiry, late review and being superseded are read from the dates and need no move."""

WRITING = frozenset({_S.DRAFT, _S.APPROVED})
"""Where a version is that does not count yet; of one agreement there is one such at most."""
COUNTING = frozenset({_S.IN_FORCE, _S.SUSPENDED})
"""Where a version is that has come into force and not ended; one of these is replaced at most."""
