"""The forms of minutes: an approval of what was read, and an addendum."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from typing_extensions import override

from hub.marac.commands.minutes import AddAddendum, ApproveMinutes
from hub.marac.rules.minutes import LONGEST_ADDENDUM
from hub.people.schemas import version_of
from hub.web.fields import Choice, Hidden, LongText
from hub.web.forms import Form

WHOLE_MEETING = "meeting"
"""The answer that says an addendum is about no case alone."""


@dataclass(frozen=True, kw_only=True)
class ApprovalSaid:
    """The version of the draft that was read."""

    version: int

    def command(self, meeting_id: UUID, minutes_id: UUID) -> ApproveMinutes:
        """Return the command that approves the draft."""
        return ApproveMinutes(meeting_id=meeting_id, minutes_id=minutes_id, version=self.version)


class ApprovalForm(Form[ApprovalSaid]):
    """An approval of one press."""

    version = Hidden("Version")

    @override
    def build(self, values: dict[str, Any]) -> ApprovalSaid:
        return ApprovalSaid(version=version_of(values))


@dataclass(frozen=True, kw_only=True)
class AddendumSaid:
    """What is put right, as it was typed."""

    about: str
    text: str

    def command(self, meeting_id: UUID, minutes_id: UUID) -> AddAddendum:
        """Return the command that adds it."""
        return AddAddendum(
            meeting_id=meeting_id,
            minutes_id=minutes_id,
            text=self.text,
            item_id=None if self.about == WHOLE_MEETING else UUID(self.about),
        )


class AddendumForm(Form[AddendumSaid]):
    """An addendum; the cases that it can be about come from the page."""

    about = Choice(
        "What is it about?", as_select=True, required=True, ask="Select what it is about"
    )
    text = LongText(
        "What is put right?",
        called="what is put right",
        required=True,
        ask="Write what is put right",
        hint="It stands behind the minutes, with your name. What was approved is not changed.",
        max_length=LONGEST_ADDENDUM,
        rows=4,
    )

    @override
    def build(self, values: dict[str, Any]) -> AddendumSaid:
        return AddendumSaid(about=values["about"], text=values["text"])
