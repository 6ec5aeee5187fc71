"""The shapes of what is typed about how long something is kept."""

from hub.sharing.rules.retention import FROM_WORDS, CountsFrom
from hub.web.dates import DateParts
from hub.web.fields import Choice, LongText, PlainText
from hub.web.forms import ValuesForm
from hub.web.inputs import WholeNumber
from hub.web.values import Option

GROUNDS = {
    "death_review": "A review of a death",
    "inquiry": "An inquiry",
    "litigation": "A claim or a court case",
    "other": "Something else",
}


class RuleForm(ValuesForm):
    """A new text of a rule."""

    counts_from = Choice(
        "From which day do the years count?",
        tuple(Option(one, FROM_WORDS[one].capitalize()) for one in CountsFrom),
        required=True,
        ask="Choose from which day the years count",
    )
    years = WholeNumber("For how many years?", lowest=1, highest=150, required=True)
    source = PlainText("Who says so?", required=True, ask="Enter who says so", max_length=200)


class HoldForm(ValuesForm):
    """Why a record must be kept."""

    ground = Choice(
        "Why must it be kept?",
        tuple(Option(code, words) for code, words in GROUNDS.items()),
        required=True,
        ask="Choose why it must be kept",
    )
    reason = LongText(
        "What is it kept for?",
        hint="A reference is enough. Name nobody.",
        required=True,
        ask="Enter what it is kept for",
        max_length=1000,
        rows=3,
    )


class LiftForm(ValuesForm):
    """Why it need not be kept any more."""

    why = LongText(
        "Why is it held no more?",
        required=True,
        ask="Enter why it is held no more",
        max_length=1000,
        rows=3,
    )


class DeathForm(ValuesForm):
    """When somebody died."""

    died_on = DateParts("When did they die?", past=True, required=True)


class FindKeptForm(ValuesForm):
    """A record's reference."""

    reference = PlainText("Reference", required=True, max_length=60, width="20")
