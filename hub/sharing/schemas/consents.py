"""The forms by which consent is recorded: a page for each step, one small group of questions."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from marshmallow import ValidationError, validates_schema
from typing_extensions import override

from hub.sharing.register import CATEGORIES, PURPOSES
from hub.sharing.rules.consent_journey import Happened, Step
from hub.sharing.rules.consent_reasons import Attempt, Channel
from hub.sharing.rules.consent_terms import Ends, Giver
from hub.sharing.schemas.consent_options import (
    ALONE,
    CHANNELS,
    COMPETENCE,
    GIVERS,
    GROUNDS,
    HAPPENED,
    INTERPRETERS,
    METHODS,
    NAMED,
    NO,
    NONE,
    PHONES,
    SIGNED,
    UNSAFE,
    YES_NO,
)
from hub.web.dates import DateParts
from hub.web.fields import Choice, Choices, LongText, PlainText, Tick
from hub.web.forms import Form


class StepForm(Form[dict[str, Any]]):
    """One step; what it loads is put together when all are there."""

    @override
    def build(self, values: dict[str, Any]) -> dict[str, Any]:
        return values


class AboutForm(StepForm):
    """What may be shared, what for, and with whom."""

    purposes = Choices("What for?", PURPOSES, called="what for", required=True)
    categories = Choices(
        "What would be shared?", CATEGORIES, called="what would be shared", required=True
    )
    whom = Choice(
        "With whom?",
        {SIGNED: "Any agency that has signed an agreement", NAMED: "These agencies only"},
        called="with whom",
        required=True,
    )
    agencies = Choices("Which agencies?", called="at least one agency")

    @validates_schema
    def _named(self, values: dict[str, Any], **_: object) -> None:
        if values.get("whom") == NAMED and not values.get("agencies"):
            raise ValidationError("Select at least one agency", "agencies")


class GroundsForm(StepForm):
    """What would make the sharing go ahead whatever the person says."""

    grounds = Choices(
        "Is any of this so?",
        GROUNDS,
        required=True,
        ask="Select what is so, or none of these",
        hint="Some of these mean that it is shared whatever they say. Then they are told, and not "
        "asked.",
    )

    @validates_schema
    def _or_none(self, values: dict[str, Any], **_: object) -> None:
        if NONE in values.get("grounds", ()) and len(values["grounds"]) > 1:
            raise ValidationError("Select what is so, or none of these", "grounds")


class HappenedForm(StepForm):
    """What came of asking."""

    happened = Choice("What happened?", HAPPENED, required=True, ask="Select what happened")


class WhoForm(StepForm):
    """Who answered, how and when."""

    giver = Choice("Who answered?", GIVERS, called="who answered", required=True)
    giver_name = PlainText("Their name", called="the name of who answered", width="20")
    authority_seen = Tick("I have seen the paper that shows that they may answer")
    giver_is_alleged_perpetrator = Tick(
        "They are alleged to have harmed the person, and so their answer does not count"
    )
    method = Choice("How?", METHODS, called="how they answered", required=True)
    said_on = DateParts("When?", called="the day they answered", required=True, not_future=True)

    @validates_schema
    def _by_name(self, values: dict[str, Any], **_: object) -> None:
        if values.get("giver", Giver.SELF) != Giver.SELF and not values.get("giver_name"):
            raise ValidationError("Enter the name of who answered", "giver_name")


class SafeForm(StepForm):
    """Whether it was safe to talk."""

    alone = Choice("Who could hear?", ALONE, called="who could hear", required=True)
    phone = Choice(
        "Who holds the telephone, or reads the messages?",
        PHONES,
        called="who holds the telephone",
        required=True,
    )
    interpreter = Choice("Who interpreted?", INTERPRETERS, called="who interpreted", required=True)


class AbleForm(StepForm):
    """Whether they can decide this themselves, and how that was judged."""

    competence = Choice(
        "Can they decide this themselves?",
        COMPETENCE,
        required=True,
        ask="Select whether they can decide this themselves",
        hint="Do they understand what is asked, what could follow, and that they may say no? "
        "Below 12 that is seldom so. From 12 to 15 judge each for themselves.",
    )
    competence_reason = LongText(
        "How did you judge it?", called="how you judged it", required=True, rows=3, max_length=2000
    )


class WordsForm(StepForm):
    """The words that were read, and what came back."""

    words_read = LongText(
        "The words that you read to them",
        required=True,
        rows=14,
        max_length=6000,
        hint="Change them to what you really said.",
    )
    understood = Choice(
        "Could they say in their own words what it is about?",
        YES_NO,
        required=True,
        ask="Select whether they could say what it is about",
    )
    own_words = LongText(
        "What they said, in their own words",
        hint="As they said it. They can ask to see it.",
        rows=3,
        max_length=2000,
    )


class LeftForm(StepForm):
    """What a yes leaves out; the options are what it is about."""

    left_purposes = Choices("Not for")
    left_categories = Choices("Not about")
    left_agencies = Choices("Not to")
    left_words = LongText(
        "Anything else that they left out, in their words", rows=3, max_length=2000
    )

    @validates_schema
    def _something(self, values: dict[str, Any], **_: object) -> None:
        if not any(values.values()):
            raise ValidationError("Select or enter what they left out", "left_words")


class EndForm(StepForm):
    """When a yes ends, who else was told, and how it can be taken back."""

    ends = Choice("When does it end?", called="when it ends", required=True)
    until_on = DateParts("On which day?", called="the day on which it ends", future=True)
    withdrawal_route = LongText(
        "How they can take it back, as you told them", required=True, rows=3, max_length=1000
    )
    others_told = LongText("Who else did you tell of the answer?", rows=2, max_length=1000)

    @validates_schema
    def _day(self, values: dict[str, Any], **_: object) -> None:
        if values.get("ends") == Ends.DAY and not values.get("until_on"):
            raise ValidationError("Enter the day on which it ends", "until_on")


class OthersForm(StepForm):
    """Who else knows of a no."""

    others_told = LongText("Who else did you tell of the answer?", rows=2, max_length=1000)


class WhyForm(StepForm):
    """The day, which every reason for having no answer has."""

    said_on = DateParts("On which day was this so?", called="the day", required=True,
                        not_future=True)  # fmt: skip


class UnsafeForm(WhyForm):
    """Why asking is not safe."""

    unsafe = Choice("Why is it not safe to ask?", UNSAFE, required=True,
                    ask="Select why it is not safe to ask")  # fmt: skip


class ReachForm(WhyForm):
    """The attempts to reach them."""

    first_on = DateParts("First attempt", called="the day of the first attempt", required=True,
                         not_future=True)  # fmt: skip
    first_how = Choice("How, the first time?", CHANNELS, as_select=True, required=True,
                       called="how, the first time")  # fmt: skip
    second_on = DateParts("Second attempt", called="the day of the second attempt", not_future=True)
    second_how = Choice("How, the second time?", CHANNELS, as_select=True)
    third_on = DateParts("Third attempt", called="the day of the third attempt", not_future=True)
    third_how = Choice("How, the third time?", CHANNELS, as_select=True)

    @validates_schema
    def _both(self, values: dict[str, Any], **_: object) -> None:
        for which in ("second", "third"):
            day, how = values.get(f"{which}_on"), values.get(f"{which}_how")
            if day and not how:
                raise ValidationError(f"Select how, the {which} time", f"{which}_how")
            if how and not day:
                raise ValidationError(f"Enter the day of the {which} attempt", f"{which}_on")


class CapacityForm(WhyForm):
    """An assessment of capacity, for one decision."""

    assessed_on = DateParts("When was it assessed?", called="the day of the assessment",
                            required=True, not_future=True)  # fmt: skip
    assessor_role = PlainText("Role of whoever assessed it", required=True,
                              called="the role of whoever assessed it")  # fmt: skip
    decision = LongText(
        "Which decision was assessed?", called="which decision was assessed", rows=2,
        required=True, max_length=1000,
        hint="Capacity is assessed for one decision, never for everything.",
    )  # fmt: skip
    consulted = LongText(
        "Who was consulted?", rows=2, max_length=1000,
        hint="For example a deputy, an advocate, somebody close to them",
    )  # fmt: skip


class AgainForm(WhyForm):
    """When to ask again."""

    revisit_on = DateParts("When do you ask again?", called="the day on which you ask again",
                           required=True, future=True)  # fmt: skip


class PressureForm(AgainForm):
    """What made somebody think of pressure, and how they will be asked in private."""

    indicators = LongText("What made you think of pressure?", called="what made you think of it",
                          required=True, rows=3, max_length=2000)  # fmt: skip
    plan = LongText("How will you ask them again in private?",
                    called="how you will ask them again", required=True, rows=3,
                    max_length=2000)  # fmt: skip
    own_words = LongText("What they said, in their own words", rows=3, max_length=2000)


class ToldForm(StepForm):
    """Whether somebody was told where they are not asked."""

    said_on = DateParts("When?", called="the day", required=True, not_future=True)
    told = Choice(
        "Have you told them?", YES_NO, required=True, ask="Select whether you have told them"
    )
    why_not_told = LongText("Why not?", called="why not", rows=3, max_length=2000)
    revisit_on = DateParts(
        "When do you look at it again?", called="the day on which you look again", future=True
    )
    own_words = LongText("What they said, in their own words", rows=3, max_length=2000)
    others_told = LongText("Who else did you tell?", rows=2, max_length=1000)

    @validates_schema
    def _why(self, values: dict[str, Any], **_: object) -> None:
        if values.get("told") != NO:
            return
        if not values.get("why_not_told"):
            raise ValidationError("Enter why not", "why_not_told")
        if not values.get("revisit_on"):
            raise ValidationError("Enter the day on which you look again", "revisit_on")


class WithdrawForm(StepForm):
    """What somebody said when they took it back, which nobody has to ask."""

    own_words = LongText(
        "What they said, in their own words", rows=3, max_length=2000,
        hint="Only if they said something. They need no reason.",
    )  # fmt: skip


WHY_FORMS: Mapping[Happened, type[StepForm]] = MappingProxyType(
    {
        Happened.UNSAFE: UnsafeForm,
        Happened.NOT_REACHED: ReachForm,
        Happened.NO_CAPACITY: CapacityForm,
        Happened.CAPACITY_COMES_AND_GOES: AgainForm,
        Happened.PRESSURE: PressureForm,
    }
)
FORMS: Mapping[Step, type[StepForm]] = MappingProxyType(
    {
        Step.ABOUT: AboutForm,
        Step.GROUNDS: GroundsForm,
        Step.TOLD: ToldForm,
        Step.HAPPENED: HappenedForm,
        Step.WHO: WhoForm,
        Step.SAFE: SafeForm,
        Step.ABLE: AbleForm,
        Step.WORDS: WordsForm,
        Step.LEFT: LeftForm,
        Step.END: EndForm,
        Step.OTHERS: OthersForm,
    }
)
"""The form of each step but the last of those without an answer, which follows from why."""


def attempts(values: Mapping[str, Any]) -> tuple[Attempt, ...]:
    """Return the attempts of a form that has them."""
    return tuple(
        Attempt(values[f"{which}_on"], Channel(values[f"{which}_how"]))
        for which in ("first", "second", "third")
        if values.get(f"{which}_on")
    )
