"""What a step opens with: what was typed, the day, and the words to read."""

from typing import Any

from hub.sharing.rules.consent_journey import Step
from hub.sharing.rules.consent_words import ROUTE, words_to_read, words_to_tell
from hub.sharing.schemas.consent_talk import Talk
from hub.web.forms import blank
from hub.web.values import FormView


def opened(talk: Talk, wanted: Step) -> FormView:
    """Return a step's form with what was typed, or as it opens the first time."""
    if wanted in talk.draft.typed:
        return talk.read(wanted).form
    opens: dict[Step, dict[str, Any]] = {
        Step.WHO: {"said_on": talk.today},
        Step.WHY: {"said_on": talk.today},
        Step.TOLD: {"said_on": talk.today},
        Step.END: {"withdrawal_route": ROUTE},
    }
    values = opens.get(wanted, {})
    if wanted is Step.WORDS:
        values = {"words_read": words_of(talk)}
    return blank(talk.form(wanted), values, options=talk.options(wanted))


def words_of(talk: Talk) -> str:
    """Return what to read to the person; empty while it is not said what it is about."""
    if talk.scope is None:
        return ""
    scope = talk.scope
    return words_to_read(scope.purposes, scope.categories, _whom(talk), talk.usual_end)


def say_of(talk: Talk) -> str:
    """Return what to say to a person who is told and not asked."""
    if talk.scope is None:
        return ""
    return words_to_tell(talk.scope.categories, _whom(talk), talk.grounds)


def _whom(talk: Talk) -> list[str] | None:
    """Return the names of the agencies that it is about; None for all that have signed."""
    if talk.scope is None or talk.scope.agencies is None:
        return None
    return [name for each, name in talk.agencies if each in talk.scope.agencies]
