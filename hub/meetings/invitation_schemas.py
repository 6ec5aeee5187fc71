"""The shape of an answer to an invitation, as five choices with what each of them needs."""

from dataclasses import dataclass
from typing import Any, ClassVar
from uuid import UUID

from marshmallow import ValidationError, validates_schema
from typing_extensions import override

from hub.meetings.answers import Answer, AnswerInvitation
from hub.web.fields import Choice, Hidden, LongText
from hub.web.forms import Form
from hub.web.values import Option

ANSWERS = (
    Option(Answer.ACCEPTED, "I will come"),
    Option(Answer.DECLINED, "I cannot come", "Somebody else is asked straight away"),
    Option(Answer.STAND_IN, "A colleague of my service comes", "They get their own invitation"),
    Option(Answer.INFORMATION_ONLY, "I send information only"),
    Option(
        Answer.NOT_MINE,
        "No longer mine: it is somebody else's",
        "Your team manager is asked to put it right",
    ),
)
TO_SEND = (
    Option(Answer.INFORMATION_ONLY, "I send what I know now"),
    Option(Answer.STAND_IN, "A colleague of my service answers", "They get their own invitation"),
    Option(Answer.DECLINED, "I cannot answer", "Somebody else is asked straight away"),
    ANSWERS[-1],
)
"""What can be said where nobody meets."""
NOTE_OF = {
    Answer.DECLINED: "decline_reason",
    Answer.INFORMATION_ONLY: "information",
    Answer.NOT_MINE: "not_mine_reason",
}
"""The field that holds what is written with each answer."""

COLLEAGUE_OF = {Answer.STAND_IN: "stand_in", Answer.NOT_MINE: "new_worker"}


@dataclass(frozen=True, kw_only=True)
class Said:
    """What was answered; ``sequence`` is that of the invitation as it was read."""

    answer: Answer
    note: str
    colleague_id: UUID | None
    sequence: int | None

    def command(self, invitation_id: UUID) -> AnswerInvitation:
        """Return the command that gives this answer to the invitation."""
        return AnswerInvitation(
            invitation_id=invitation_id,
            answer=self.answer,
            note=self.note,
            stand_in_id=self.colleague_id,
            sequence=self.sequence,
        )

    def field(self, named: str | None) -> str | None:
        """Return the form's field for one that the command names."""
        fields = {"note": NOTE_OF.get(self.answer), "stand_in_id": COLLEAGUE_OF.get(self.answer)}
        return fields.get(named or "") or named


class AnswerForm(Form[Said]):
    """Will you come? Five choices, and what each of them needs."""

    cures: ClassVar[dict[Answer, tuple[str, str]]] = {
        Answer.DECLINED: ("decline_reason", "Enter why you cannot come"),
        Answer.STAND_IN: ("stand_in", "Select the colleague who comes"),
        Answer.INFORMATION_ONLY: ("information", "Enter what the meeting should know"),
        Answer.NOT_MINE: ("not_mine_reason", "Enter what has changed"),
    }
    """The field that each answer needs, and what is said when it is empty."""

    sequence = Hidden("Sequence")
    answer = Choice("Will you come?", ANSWERS, required=True, ask="Select whether you will come")
    decline_reason = LongText(
        "Why can you not come?",
        max_length=500,
        rows=2,
        hint="In a few words. Do not write about the person.",
    )
    stand_in = Choice("Who comes?", as_select=True)
    information = LongText(
        "What the meeting should know",
        rows=6,
        hint="It is kept with your answer, for the chair and the co-ordinator to read.",
    )
    new_worker = Choice(
        "Who works with the person now?",
        as_select=True,
        hint="Leave it if you do not know.",
    )
    not_mine_reason = LongText(
        "What has changed?",
        max_length=500,
        rows=2,
        hint="In a few words. Do not write about the person.",
    )

    @validates_schema
    def _needed(self, values: dict[str, Any], **_: object) -> None:
        answer = values.get("answer")
        name, text = self.cures.get(Answer(answer), ("", "")) if answer else ("", "")
        if name and not values.get(name):
            raise ValidationError(text, name)

    @override
    def build(self, values: dict[str, Any]) -> Said:
        """Return what was said, without what was typed under an answer that was not picked."""
        answer = Answer(values["answer"])
        colleague = values.get(COLLEAGUE_OF.get(answer, ""))
        sequence = values["sequence"] or ""
        return Said(
            answer=answer,
            note=values.get(NOTE_OF.get(answer, "")) or "",
            colleague_id=UUID(colleague) if colleague else None,
            sequence=int(sequence) if sequence.isdecimal() else None,
        )


class SendForm(AnswerForm):
    """What do you know? The same answers where nobody meets, but for coming."""

    cures: ClassVar[dict[Answer, tuple[str, str]]] = AnswerForm.cures | {
        Answer.DECLINED: ("decline_reason", "Enter why you cannot answer"),
        Answer.STAND_IN: ("stand_in", "Select the colleague who answers"),
        Answer.INFORMATION_ONLY: ("information", "Enter what you know"),
    }

    answer = Choice(
        "Can you send what you know?",
        TO_SEND,
        required=True,
        ask="Select whether you send what you know",
    )
    decline_reason = LongText(
        "Why can you not answer?",
        max_length=500,
        rows=2,
        hint="In a few words. Do not write about the person.",
    )
    stand_in = Choice("Who answers?", as_select=True)
    information = LongText(
        "What you know",
        rows=6,
        hint="It is kept with your answer, for the chair and the co-ordinator to read.",
    )

    class Meta(AnswerForm.Meta):
        """The order is that of the other form."""

        fields = (
            "sequence",
            "answer",
            "decline_reason",
            "stand_in",
            "information",
            "new_worker",
            "not_mine_reason",
        )
