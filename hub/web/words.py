"""Each authority's own words, as data: what a page calls the worker, the person, the support.

The packs follow the authorities' published words (bulletin, job description and procedure that
founded the project). "Care-experienced person" is used on every screen, also where an authority's
own papers still use the legal term, which is kept for exports.
"""

import re
from contextvars import ContextVar
from dataclasses import dataclass, field
from types import MappingProxyType

WORD = re.compile(r"\{([wW])\.([a-z_]+)\}")
PA_AGE = 18
"""The age from which Somerset calls the worker a personal adviser (its job description AG0995)."""

SUPPORT = {
    "allocated": "has a named worker",
    "duty": "supported by the duty desk",
    "stepped_down": "stepped down",
    "declined": "does not want support now",
    "out_of_area": "supported by another area",
    "transferred": "transferred",
    "died": "has died",
}
"""Support status in the words that most authorities share."""


@dataclass(frozen=True, kw_only=True)
class LabelPack:
    """One authority's words, in lower case as they stand inside a sentence."""

    key: str
    authority: str
    provider: str
    worker: str = "leaving care worker"
    workers: str = "leaving care workers"
    adult_worker: str = "leaving care worker"
    service: str = "leaving care service"
    duty_desk: str = "leaving care duty desk"
    person: str = "care-experienced person"
    people: str = "care-experienced people"
    care_experienced: str = "care-experienced"
    legal_term: str = "care leaver"
    step_up: str = "step up"
    back_down: str = "back down"
    stepped_down: str = "stepped down"
    reviewing_officer: str = "independent reviewing officer"
    victim: str = "victim"
    alleged_perpetrator: str = "alleged perpetrator"
    support: MappingProxyType[str, str] = field(
        default_factory=lambda: MappingProxyType(dict(SUPPORT))
    )

    def worker_at(self, age: int | None) -> str:
        """Return what the worker of a person of this age in years is called; None: age unknown."""
        return self.adult_worker if age is not None and age >= PA_AGE else self.worker

    def status(self, code: str) -> str:
        """Return a support status in the authority's words. Raises KeyError for an unknown code."""
        return self.support[code]

    def fill(self, text: str) -> str:
        """Return the text with ``{w.worker}`` and the like replaced by the authority's words.

        ``{W.worker}`` begins with a capital.
        """
        return WORD.sub(self._word, text)

    def _word(self, found: re.Match[str]) -> str:
        word = str(getattr(self, found[2]))
        return word[:1].upper() + word[1:] if found[1] == "W" else word


LINCOLNSHIRE = LabelPack(
    key="lincolnshire",
    authority="Lincolnshire County Council",
    provider="Barnardo's",
)
SOMERSET = LabelPack(
    key="somerset",
    authority="Somerset Council",
    provider="Somerset Council",
    adult_worker="personal adviser",
)
WEST_SUSSEX = LabelPack(
    key="west_sussex",
    authority="West Sussex County Council",
    provider="West Sussex County Council",
    worker="personal adviser",
    workers="personal advisers",
    adult_worker="personal adviser",
    back_down="taper",
    stepped_down="tapered",
    reviewing_officer="conference and reviewing officer",
    support=MappingProxyType(SUPPORT | {"stepped_down": "support tapered"}),
)
PACKS = MappingProxyType({pack.key: pack for pack in (LINCOLNSHIRE, SOMERSET, WEST_SUSSEX)})
"""Every pack by the key that the setting ``label_pack`` uses."""

SPOKEN: ContextVar[LabelPack] = ContextVar("spoken", default=LINCOLNSHIRE)
"""The words of the request at hand; set by the page kit when a request begins."""
