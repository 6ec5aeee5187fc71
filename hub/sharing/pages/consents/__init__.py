"""The pages on which is written down what a person said about being shared."""

from hub.sharing.pages.consents import records, steps, withdrawing
from hub.sharing.pages.consents.panel import consent_panel
from hub.sharing.pages.consents.room import consents

__all__ = ["consent_panel", "consents", "records", "steps", "withdrawing"]
