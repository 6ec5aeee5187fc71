"""The shapes of an approver's answer, of an officer's advice, and of a look at what came of it."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from typing_extensions import override

from hub.sharing.commands.advising import GiveAdvice
from hub.sharing.commands.approving import AnswerApproval
from hub.sharing.schemas.agreements import version_of
from hub.sharing.schemas.releasing import KNOWS_NOBODY
from hub.web.fields import Choice, Hidden, LongText, Tick
from hub.web.forms import Form
from hub.web.values import Option

Values = dict[str, Any]

YES, NO = "yes", "no"
AGREE = (Option(YES, "Yes, it may be shared"), Option(NO, "No, it may not be shared"))
CHOOSE = (
    Option(YES, "Share the least that is needed: not sharing would do more harm"),
    Option(NO, "Do not share it: sharing would do more harm"),
)
"""The two answers where the law leaves the choice to the approvers."""


@dataclass(frozen=True, kw_only=True)
class ApprovalSaid:
    """An answer as typed, in the version that was read."""

    version: int
    is_approved: bool
    risk_of_sharing: str
    risk_of_not_sharing: str
    reason: str
    knows_nobody: bool

    def command(self, approval_id: UUID) -> AnswerApproval:
        """Return the command that answers the approval."""
        values = {name: getattr(self, name) for name in self.__dataclass_fields__}
        return AnswerApproval(approval_id=approval_id, **values)


class ApprovalForm(Form[ApprovalSaid]):
    """Both risks, the reason for this very item, and the declaration; then the answer."""

    version = Hidden("Version")
    risk_of_sharing = LongText(
        "What could happen if it is shared?",
        required=True,
        ask="Write what could happen if it is shared",
        max_length=2000,
        rows=4,
    )
    risk_of_not_sharing = LongText(
        "What could happen if it is not shared?",
        required=True,
        ask="Write what could happen if it is not shared",
        max_length=2000,
        rows=4,
    )
    answer = Choice("May it be shared?", required=True, ask="Select whether it may be shared")
    reason = LongText("Why do you decide so?", required=True, ask="Write why you decide so", rows=3)
    knows_nobody = Tick(
        KNOWS_NOBODY,
        required=True,
        ask="Confirm that you know nobody in this request, or say that you do",
    )

    @override
    def build(self, values: Values) -> ApprovalSaid:
        """Return the answer."""
        return ApprovalSaid(
            version=version_of(values),
            is_approved=values["answer"] == YES,
            risk_of_sharing=values["risk_of_sharing"],
            risk_of_not_sharing=values["risk_of_not_sharing"],
            reason=values["reason"],
            knows_nobody=values["knows_nobody"],
        )


@dataclass(frozen=True, kw_only=True)
class AdviceSaid:
    """Advice as typed, in the version that was read."""

    version: int
    text: str

    def command(self, advice_id: UUID) -> GiveAdvice:
        """Return the command that writes it down."""
        return GiveAdvice(advice_id=advice_id, version=self.version, text=self.text)


class AdviceForm(Form[AdviceSaid]):
    """A data protection officer's advice."""

    version = Hidden("Version")
    text = LongText("Your advice", required=True, ask="Enter your advice", rows=8)

    @override
    def build(self, values: Values) -> AdviceSaid:
        """Return the advice."""
        return AdviceSaid(version=version_of(values), text=values["text"])


class OutcomeForm(Form[str]):
    """What came of something that was shared."""

    text = LongText(
        "What came of it?",
        required=True,
        ask="Enter what came of it",
        hint="Was it right to share it, and so much of it? What would you do another time?",
        rows=5,
    )

    @override
    def build(self, values: Values) -> str:
        """Return what came of it."""
        return str(values["text"])
