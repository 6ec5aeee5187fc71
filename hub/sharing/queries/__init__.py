"""What this room tells: where agencies stand with their agreements, and what people agreed to."""

from hub.sharing.queries.consents import ConsentQuestion, consent_for, consents_for
from hub.sharing.queries.standings import standings, terms_between
from hub.sharing.register.standing import NOBODY_BOUND, Asked, Standing

__all__ = [
    "NOBODY_BOUND",
    "Asked",
    "ConsentQuestion",
    "Standing",
    "consent_for",
    "consents_for",
    "standings",
    "terms_between",
]
