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
    name = PlainText(
        "If somebody asks for them: their full name",
        called="the full name",
        hint="Never somebody who is said to have harmed the person, or who speaks for them.",
        max_length=200,
    )
    representative = LongText(
        "What did you see that lets them ask?", called="what you saw", max_length=500, rows=2
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
    """That the pack is ready, and what is to be known of it."""

    words = LongText(
        "What should whoever lets it out know of it?",
        hint="Every item has its verdict. Say how it is to be given, and what was hard to decide.",
        required=True,
        ask="Enter in a few words how it is to be given",
        max_length=4000,
        rows=4,
    )
