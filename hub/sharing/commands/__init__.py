"""What is done to agreements."""

from hub.sharing.commands.agreements import (
    AddGateway,
    NotReadyError,
    SaveAgreement,
    SaveParty,
    Touch,
    add_gateway,
    bring_into_force,
    end_agreement,
    remove_gateway,
    remove_party,
    review_agreement,
    save_agreement,
    save_party,
    suspend_agreement,
    theirs,
    withdraw_party,
)

__all__ = [
    "AddGateway",
    "NotReadyError",
    "SaveAgreement",
    "SaveParty",
    "Touch",
    "add_gateway",
    "bring_into_force",
    "end_agreement",
    "remove_gateway",
    "remove_party",
    "review_agreement",
    "save_agreement",
    "save_party",
    "suspend_agreement",
    "theirs",
    "withdraw_party",
]
