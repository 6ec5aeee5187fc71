"""The forms of a transfer: sending a case to another area, and not taking one."""

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from typing_extensions import override

from hub.marac.commands.transfers import SendTransfer
from hub.marac.rules.transfer_papers import MISSING_WORDS, RISK_WORDS, Missing, PaperKey
from hub.web.dates import DateParts
from hub.web.fields import Choice, Choices, Hidden, LongText, Postcode
from hub.web.forms import Form, ValuesForm


class SendForm(ValuesForm):
    """Where a case goes, why, and where the victim lives now."""

    to_area = Choice(
        "Where does the {w.victim} live now?",
        required=True,
        ask="Select the area where the {w.victim} lives now",
    )
    told_on = DateParts(
        "When were you told of the move?",
        required=True,
        not_future=True,
        called="the day",
        ask="Enter the day on which you were told",
    )
    is_temporary = Choice(
        "Is the move for good?",
        {"no": "For good, as far as is known", "yes": "For a time"},
        required=True,
        ask="Select whether the move is for good",
    )
    papers = Choices(
        "Which papers go along?",
        hint="The referral, with everybody whom it names, always goes. Untick what is not needed.",
    )
    note = LongText(
        "Why it is sent, and what the other area must know",
        called="the note",
        required=True,
        ask="Enter why it is sent, and what the other area must know",
        hint="Do not write the new address here. Its own fields are below.",
        rows=4,
    )
    address = LongText(
        "New address",
        rows=3,
        hint="Only the other area's co-ordinator reads it. You will not see it here again.",
    )
    postcode = Postcode("New postcode", width="10")


def send_command(concern_id: UUID, values: dict[str, Any]) -> SendTransfer:
    """Return the command that the form's values stand for."""
    told_on: date = values["told_on"]
    return SendTransfer(
        concern_id=concern_id,
        to_area_id=UUID(values["to_area"]),
        told_on=told_on,
        is_temporary=values["is_temporary"] == "yes",
        note=values["note"],
        address=values.get("address") or "",
        postcode=values.get("postcode") or "",
        papers=keys_of(values.get("papers")),
    )


def keys_of(codes: Iterable[str] | None) -> tuple[PaperKey, ...]:
    """Return the papers that were ticked."""
    return tuple(PaperKey.read(code) for code in codes or ())


class AskForm(Form[Missing]):
    """Which sort of paper is missed."""

    what = Choice(
        "Which paper do you miss?",
        MISSING_WORDS,
        required=True,
        ask="Select which paper you miss",
        hint="The other area reads this and nothing else, so that nothing tells where anybody is.",
    )

    @override
    def build(self, values: dict[str, Any]) -> Missing:
        """Return the sort."""
        return Missing(values["what"])


class AnswerForm(ValuesForm):
    """What is sent of what is missed, or why nothing is; ``ask`` is the question that was read."""

    papers = Choices("What do you send?", hint="What went already is not here.")
    refusal = LongText(
        "If you send nothing, why?",
        called="why you send nothing",
        hint="The other area's co-ordinator reads it.",
        max_length=1000,
        rows=3,
    )
    ask = Hidden("Question", required=True)


class RiskForm(ValuesForm):
    """What came of assessing the risk again; ``version`` is that of the transfer as it was read."""

    risk_is = Choice(
        "What came of it?",
        RISK_WORDS,
        required=True,
        called="what came of it",
        ask="Select what came of assessing the risk again",
    )
    on = DateParts("On which day was it assessed?", not_future=True, called="the day")
    note = LongText(
        "What is different now, or why was it not assessed again?",
        called="what is different",
        rows=4,
    )
    version = Hidden("Version", required=True)


class ReturnForm(Form[str]):
    """Why a case is not taken."""

    reason = LongText(
        "Why do you not take it?",
        called="the reason",
        required=True,
        ask="Enter why you do not take it",
        hint="The sending area's co-ordinators read it: write nothing of where anybody lives now.",
        rows=4,
    )

    @override
    def build(self, values: dict[str, Any]) -> str:
        """Return the reason."""
        return str(values["reason"])
