"""The pages of the register of agreements."""

from hub.sharing.pages import (
    agreement_categories,
    agreement_gateways,
    agreement_history,
    agreement_list,
    agreement_moves,
    agreement_papers,
    agreement_parties,
    agreement_route,
    agreement_sections,
    agreement_show,
)
from hub.sharing.pages.room import sharing

__all__ = [
    "agreement_categories",
    "agreement_gateways",
    "agreement_history",
    "agreement_list",
    "agreement_moves",
    "agreement_papers",
    "agreement_parties",
    "agreement_route",
    "agreement_sections",
    "agreement_show",
    "sharing",
]
