"""The shapes of what is typed about somebody's rights."""

from typing import Any

from hub.sharing.rules.told_log import Verdict
from hub.web.dates import DateParts
from hub.web.fields import Choice, LongText, PlainText
from hub.web.forms import ValuesForm
from hub.web.values import Option

Values = dict[str, Any]

YES, NO = "yes", "no"
ASKED = {
    Verdict.HIDE: "Why would showing it cause harm, and to whom?",
    Verdict.SHOW: "Why may it be shown to them now?",
}


class FindForm(ValuesForm):
    """A person's reference, for somebody who has no register."""

    reference = PlainText("Reference of the person", required=True, max_length=40, width="20")


class HideForm(ValuesForm):
    """Why a line must not be shown."""

    reason = LongText(
        ASKED[Verdict.HIDE],
        required=True,
        ask="Enter why showing it would cause harm",
        max_length=1000,
        rows=4,
    )


class ShowForm(ValuesForm):
    """Why a line may be shown after all."""

    reason = LongText(
        ASKED[Verdict.SHOW],
        required=True,
        ask="Enter why it may be shown to them now",
        max_length=1000,
        rows=4,
    )


class ConfirmForm(ValuesForm):
    """A second person's answer."""

    answer = Choice(
        "Do you agree?",
        (Option(YES, "Yes, I have read it and agree"), Option(NO, "No, I do not agree")),
        required=True,
        ask="Say whether you agree",
    )


class CorrectionForm(ValuesForm):
    """What was wrong, and what is right."""

    category = Choice("What was wrong?", required=True, ask="Choose what was wrong")
    wrong = LongText(
        "What was wrong about it?",
        hint="Those who were told it read this. Name nobody else.",
        required=True,
        ask="Enter what was wrong about it",
        max_length=1000,
        rows=3,
    )
    right = LongText(
        "What is right?", hint="Leave it empty if you do not know.", max_length=1000, rows=3
    )


ASKS = {
    "person": "The person",
    "representative": "Somebody for them, whose authority I have seen",
}


class ReceivedForm(ValuesForm):
    """When a subject access request came in, and from whom."""

    received_on = DateParts("When did it come in?", not_future=True, required=True)
    asks = Choice(
        "Who asks?",
        tuple(Option(code, words) for code, words in ASKS.items()),
        required=True,
        ask="Choose who asks",
    )
    representative = LongText(
        "If somebody asks for them: who, and what did you see?",
        hint="Never somebody who is said to have harmed the person, or who speaks for them.",
        max_length=500,
        rows=2,
    )


class ProvedForm(ValuesForm):
    """How it was proved who asks."""

    words = LongText(
        "How was it proved who asks?",
        required=True,
        ask="Enter how it was proved who asks",
        max_length=500,
        rows=2,
    )


class LongerForm(ValuesForm):
    """Why it takes two months longer."""

    words = LongText(
        "Why is it complex, so that it takes two months longer?",
        hint="Tell whoever asks within the first month.",
        required=True,
        ask="Enter why it is complex",
        max_length=1000,
        rows=3,
    )


class PreparedForm(ValuesForm):
    """What is to be given, and what is kept back."""

    words = LongText(
        "What is to be given, and what is kept back and why?",
        hint="Name each exemption: serious harm, somebody else's data, prevention of crime, what a "
        "child said in confidence. Case records of a MARAC go through its co-ordinator.",
        required=True,
        ask="Enter what is to be given and what is kept back",
        max_length=4000,
        rows=6,
    )
