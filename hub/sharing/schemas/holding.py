"""The shapes of the forms of a holder's people: asking back, who is meant, and saying no."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from marshmallow import ValidationError, validates_schema
from typing_extensions import override

from hub.people.rules.identity import FACTS
from hub.sharing.commands.holding import AskBack, SayKnown
from hub.sharing.rules.coded import ConsentState
from hub.sharing.rules.consent_words import STATE_WORDS
from hub.web.fields import Choice, Choices, LongText
from hub.web.forms import Form

Values = dict[str, Any]

KNOWN = {"yes": "Yes, two facts agree", "no": "No, nobody here is meant"}


@dataclass(frozen=True, kw_only=True)
class QuestionSaid:
    """A question to the asker as typed."""

    text: str

    def command(self, request_id: UUID) -> AskBack:
        """Return the command that asks it."""
        return AskBack(request_id=request_id, text=self.text)


class AskBackForm(Form[QuestionSaid]):
    """What the holder needs to know before it can answer."""

    text = LongText(
        "What do you need to know?",
        required=True,
        ask="Enter what you need to know",
        hint="The asker reads this. Do not say whether you know the person.",
        max_length=2000,
    )

    @override
    def build(self, values: Values) -> QuestionSaid:
        """Return the question."""
        return QuestionSaid(text=values["text"])


@dataclass(frozen=True, kw_only=True)
class KnownSaid:
    """Whether the person is known, as typed."""

    is_known: bool
    facts: frozenset[str]
    consent_said: ConsentState

    def command(self, request_id: UUID) -> SayKnown:
        """Return the command that says so of a request."""
        return SayKnown(
            request_id=request_id,
            is_known=self.is_known,
            facts=self.facts,
            consent_said=self.consent_said,
        )


class KnownForm(Form[KnownSaid]):
    """Whether the person is known to a holder without a register here, and what they agreed to."""

    is_known = Choice(
        "Do you know this person?",
        KNOWN,
        required=True,
        ask="Select whether you know this person",
    )
    facts = Choices(
        "Which facts agree?", FACTS, hint="Select at least two. A name alone proves nobody."
    )
    consent_said = Choice(
        "What do your own records say of the person's consent to this?",
        {state.value: words for state, (words, _) in STATE_WORDS.items()},
        as_select=True,
        ask="Select what your records say",
    )

    @validates_schema(skip_on_field_errors=False)
    def _known_by_facts(self, values: Values, **_: object) -> None:
        if values.get("is_known") == "yes" and not values.get("consent_said"):
            raise ValidationError("Select what your records say", "consent_said")

    @override
    def build(self, values: Values) -> KnownSaid:
        """Return what was said; of somebody who is not known there is nothing to say."""
        is_known = values["is_known"] == "yes"
        said = values["consent_said"] if is_known else None
        return KnownSaid(
            is_known=is_known,
            facts=frozenset(values["facts"] or ()) if is_known else frozenset(),
            consent_said=ConsentState(said or ConsentState.NOT_ASKED),
        )


class AdviceQuestionForm(Form[str]):
    """What the holder's people want to know of their data protection officer."""

    question = LongText(
        "What do you want to know?",
        required=True,
        ask="Enter what you want to know",
        max_length=2000,
    )

    @override
    def build(self, values: Values) -> str:
        """Return the question."""
        return str(values["question"])
