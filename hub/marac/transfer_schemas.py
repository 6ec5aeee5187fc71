"""The forms of a transfer: sending a case to another area, and not taking one."""

from datetime import date
from typing import Any
from uuid import UUID

from typing_extensions import override

from hub.marac.commands.transfers import SendTransfer
from hub.web.dates import DateParts
from hub.web.fields import Choice, LongText, Postcode
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
    )


class ReturnForm(Form[str]):
    """Why a case is not taken."""

    reason = LongText(
        "Why do you not take it?",
        called="the reason",
        required=True,
        ask="Enter why you do not take it",
        hint="The sending area's co-ordinators read it. Say what they should do instead.",
        rows=4,
    )

    @override
    def build(self, values: dict[str, Any]) -> str:
        """Return the reason."""
        return str(values["reason"])
