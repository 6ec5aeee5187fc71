"""The two forms of an emergency MARAC: the least that a concern must say, and the call itself."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from marshmallow import ValidationError, validates_schema
from typing_extensions import override

from hub.marac.rules.emergency import Start
from hub.referrals.commands import SubmitConcern
from hub.referrals.journey import LAWFUL_BASIS
from hub.referrals.schemas.people import YES_NO_UNKNOWN
from hub.referrals.schemas.whole import answers_from, person_said
from hub.referrals.states import Basis, Consent, PartyRole
from hub.web.fields import Choice, LongText, PlainText
from hub.web.forms import Form
from hub.web.inputs import BirthDate, WholeNumber

ALLEGED = ("alleged_given", "alleged_family", "alleged_age", "alleged_care")
OF_MISSING = {
    (PartyRole.ALLEGED_PERPETRATOR.value, "care_experienced"): "alleged_care",
    (PartyRole.VICTIM.value, "care_experienced"): "care_experienced",
}
"""Where this form asks for what the whole journey would ask for elsewhere."""
AGREED = {
    Consent.GIVEN.value: "Yes",
    Consent.NOT_GIVEN.value: "No",
    Consent.NOT_ASKED.value: "It was not possible or not safe to ask",
}


@dataclass(frozen=True)
class CallSaid:
    """A call as it was typed."""

    start: Start
    joining: str
    reason: str
    chair_id: UUID | None


class CallForm(Form[CallSaid]):
    """When the meeting starts and how people take part; chairs are handed over by the page."""

    start = Choice(
        "When does it start?",
        {
            Start.ONE.value: "In 1 hour",
            Start.TWO.value: "In 2 hours",
            Start.FOUR.value: "In 4 hours",
            Start.MORNING.value: "At 9 in the morning",
        },
        required=True,
        ask="Select when it starts",
    )
    joining = PlainText(
        "How do people take part?",
        required=True,
        called="how people take part",
        max_length=200,
        hint="The number of the telephone conference, or a room. Everybody invited is told it.",
    )
    reason = LongText(
        "Why can it not wait?",
        required=True,
        called="why it cannot wait",
        max_length=1000,
        rows=2,
        hint="In a sentence. Whoever raised the concern sees it.",
    )
    chair_id = Choice("Chair", as_select=True, hint="Can be chosen later")

    @override
    def build(self, values: dict[str, Any]) -> CallSaid:
        chair = values["chair_id"]
        return CallSaid(
            Start(values["start"]),
            values["joining"],
            values["reason"],
            UUID(chair) if chair else None,
        )


class BeginForm(Form[SubmitConcern]):
    """The least of a concern, on one screen; areas are handed over by the page."""

    area_id = Choice(
        "Area where the {w.victim} lives now",
        as_select=True,
        required=True,
        ask="Select the area where the {w.victim} lives now",
    )
    given_name = PlainText(
        "First names", width="20", hint="Leave both names empty if you do not know them"
    )
    family_name = PlainText("Last name", width="20")
    date_of_birth = BirthDate("Date of birth", not_future=True, hint="For example, 27 3 2007")
    about_age = WholeNumber(
        "Age, if you do not know the date of birth", called="age", highest=120, width="3"
    )
    care_experienced = Choice(
        "Is this person care-experienced?",
        YES_NO_UNKNOWN,
        required=True,
        ask="Select yes, no or not known for care experience",
    )
    what_happened = LongText(
        "What happened?", required=True, ask="Enter what happened", rows=4, max_length=10_000
    )
    consent = Choice(
        "Has the {w.victim} agreed to this being shared?",
        AGREED,
        required=True,
        ask="Select whether the {w.victim} agreed to this being shared",
    )
    necessity = LongText(
        "If not, why is it necessary to share it now?",
        rows=2,
        hint="It is recorded as sharing to prevent death or serious harm.",
    )
    alleged_given = PlainText("First names", width="20", hint="Leave all of it empty if not known")
    alleged_family = PlainText("Last name", width="20")
    alleged_age = WholeNumber("Age, about", called="age", highest=120, width="3")
    alleged_care = Choice("Is this person care-experienced?", YES_NO_UNKNOWN)

    @validates_schema
    def _necessary(self, values: dict[str, Any], **_: object) -> None:
        if values.get("consent") != Consent.GIVEN and not values.get("necessity"):
            raise ValidationError("Enter why it is necessary to share it now", "necessity")

    @override
    def build(self, values: dict[str, Any]) -> SubmitConcern:
        pages: dict[str, dict[str, Any]] = {
            "home": {"area": values["area_id"]},
            "reason": {"what_happened": values["what_happened"], "how_soon": "today"},
            "consent": {"consent": values["consent"]},
        }
        if values["consent"] != Consent.GIVEN:
            pages[LAWFUL_BASIS] = {
                "bases": [Basis.SERIOUS_HARM.value],
                "necessity": values["necessity"],
            }
        names = ("given_name", "family_name", "date_of_birth", "about_age", "care_experienced")
        victim = {name: values[name] for name in names}
        victim["is_name_unknown"] = not (values["given_name"] or values["family_name"])
        said = [person_said(PartyRole.VICTIM, 1, victim, {})]
        if any(values[name] not in (None, "") for name in ALLEGED):
            alleged = {
                "given_name": values["alleged_given"],
                "family_name": values["alleged_family"],
                "about_age": values["alleged_age"],
                "care_experienced": values["alleged_care"],
            }
            said.append(person_said(PartyRole.ALLEGED_PERPETRATOR, 1, alleged, {}))
        return SubmitConcern(answers=answers_from(pages, said, ()))
