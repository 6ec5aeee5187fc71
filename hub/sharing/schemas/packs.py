"""The shape of a verdict on an item of a pack."""

from hub.sharing.rules.pack import EXEMPTION_WORDS, Exemption, PackVerdict
from hub.web.fields import Choice, Hidden, LongText
from hub.web.forms import ValuesForm
from hub.web.values import Option

VERDICTS = {
    PackVerdict.INCLUDE: "Give it whole",
    PackVerdict.REDACT: "Give it with something taken out",
    PackVerdict.WITHHOLD: "Withhold it",
}
LONGEST = 40_000


class JudgeForm(ValuesForm):
    """What becomes of an item; ``version`` is that of the item as it was read."""

    verdict = Choice("What becomes of it?", required=True, ask="Choose what becomes of it")
    redacted = LongText(
        "What is given instead",
        hint="Take out what must not go. The original stays as it is, here.",
        max_length=LONGEST,
        rows=12,
    )
    exemption = Choice(
        "Why is it withheld?",
        tuple(Option(one.value, EXEMPTION_WORDS[one]) for one in Exemption),
        called="why it is withheld",
    )
    why = LongText(
        "Why, in a few words",
        hint="For the record and for whoever lets the pack out. The person does not read it.",
        max_length=1000,
        rows=3,
    )
    version = Hidden("Version", required=True)


def verdicts(*, only_withhold: bool) -> tuple[Option, ...]:
    """Return the verdicts that an item can have, as choices."""
    return tuple(
        Option(one.value, words)
        for one, words in VERDICTS.items()
        if one is PackVerdict.WITHHOLD or not only_withhold
    )
