"""The forms of the co-ordinator's and the chair's pages."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from marshmallow import ValidationError, validates_schema
from typing_extensions import override

from hub.meetings.bookings import Despite
from hub.meetings.commands import MoveMeeting, PlanMeeting
from hub.meetings.decisions import Choice as Decision
from hub.meetings.decisions import Decide
from hub.meetings.rules import SHORTEST_REASON
from hub.meetings.situation import MeetingKind
from hub.meetings.states import CLOSING_ENTRY
from hub.meetings.wording import ATTENDANCE, KINDS
from hub.web.fields import Choice, Hidden, LongText, PlainText, Tick
from hub.web.forms import Form
from hub.web.moments import LondonDateTime

WHEN = "For example, 27 3 2027 at 09:30, as the clock in London shows it"


class VideoLink(PlainText):
    """The address of a video call, over a secure connection."""

    input_type = "url"

    @override
    def understood(self, text: str) -> str:
        if not text.startswith("https://") or " " in text or "." not in text:
            raise ValidationError(f"Enter {self.called} that begins with https://")
        return text


class Times(Form[Any]):
    """When and where a meeting is."""

    starts_at = LondonDateTime("Start", required=True, called="the start", hint=WHEN)
    ends_at = LondonDateTime("End", required=True, called="the end", hint=WHEN)
    place = PlainText("Place", max_length=200, hint="Leave it empty if it is by video only")
    video_link = VideoLink("Video link", called="a video link", max_length=300)

    @validates_schema(skip_on_field_errors=True)
    def _in_order(self, values: dict[str, Any], **_: object) -> None:
        if values["ends_at"] <= values["starts_at"]:
            raise ValidationError("The end must be after the start", "ends_at")


class PlanForm(Times):
    """A meeting to be planned; areas and chairs are handed over by the page."""

    kind = Choice("Kind of meeting", KINDS, required=True, called="the kind of meeting")
    area_id = Choice("Area", as_select=True, required=True, called="the area")
    chair_id = Choice("Chair", as_select=True, hint="Can be chosen later")

    class Meta(Times.Meta):
        """The kind comes first on the page."""

        fields: ClassVar[tuple[str, ...]] = (
            "kind",
            "area_id",
            "starts_at",
            "ends_at",
            "place",
            "video_link",
            "chair_id",
        )

    @override
    def build(self, values: dict[str, Any]) -> PlanMeeting:
        chair = values.pop("chair_id", None)
        return PlanMeeting(
            kind=MeetingKind(values.pop("kind")),
            area_id=UUID(values.pop("area_id")),
            chair_id=UUID(chair) if chair else None,
            **values,
        )


class AllTheSame(Form[Any]):
    """What goes with a form once it clashed: why it goes ahead, and which clashes were shown."""

    clash_reason = LongText(
        "Why does it go ahead all the same?",
        called="why it goes ahead",
        max_length=1000,
        rows=3,
        hint="Or change what is taken. The reason is recorded under your name. Name no one but"
        " colleagues.",
    )
    seen = Hidden("Seen")


def despite_of(values: dict[str, Any]) -> Despite:
    """Take the reason out of the values of a form that clashed before."""
    return Despite(seen=values.pop("seen") or "", reason=values.pop("clash_reason") or "")


class PlanAllTheSameForm(PlanForm, AllTheSame):
    """A meeting to be planned although something is taken."""

    class Meta(PlanForm.Meta):
        """The reason comes last."""

        fields: ClassVar[tuple[str, ...]] = (*PlanForm.Meta.fields, "clash_reason", "seen")

    @override
    def build(self, values: dict[str, Any]) -> PlanMeeting:
        despite = despite_of(values)
        return replace(super().build(values), despite=despite)


@dataclass(frozen=True)
class Moved:
    """New times, place and chair, and the version of the meeting that was on the page."""

    starts_at: datetime
    ends_at: datetime
    place: str | None
    video_link: str | None
    chair_id: UUID | None
    version: int
    despite: Despite | None = None

    def command(self, meeting_id: UUID) -> MoveMeeting:
        """Return the command for the meeting."""
        return MoveMeeting(
            meeting_id=meeting_id,
            version=self.version,
            starts_at=self.starts_at,
            ends_at=self.ends_at,
            place=self.place,
            video_link=self.video_link,
            chair_id=self.chair_id,
            despite=self.despite,
        )


class MoveForm(Times):
    """Another time, place or chair; chairs are handed over by the page."""

    chair_id = Choice("Chair", as_select=True, hint="Can be chosen later")
    version = Hidden("Version", required=True)

    @override
    def build(self, values: dict[str, Any]) -> Moved:
        version, chair = values.pop("version"), values.pop("chair_id")
        return Moved(
            **values,
            chair_id=UUID(chair) if chair else None,
            version=int(version) if version.isdecimal() else 0,
        )


class MoveClosingForm(Form[Moved]):
    """Another closing date; chairs are handed over by the page."""

    starts_at = LondonDateTime(
        "Closing date and time", required=True, called="when it closes", hint=WHEN
    )
    chair_id = Choice("Chair", as_select=True, hint="Can be chosen later")
    version = Hidden("Version", required=True)

    @override
    def build(self, values: dict[str, Any]) -> Moved:
        version, chair = values["version"], values["chair_id"]
        return Moved(
            starts_at=values["starts_at"],
            ends_at=values["starts_at"] + CLOSING_ENTRY,
            place=None,
            video_link=None,
            chair_id=UUID(chair) if chair else None,
            version=int(version) if version.isdecimal() else 0,
        )


class MoveAllTheSameForm(MoveForm, AllTheSame):
    """Another time, place or chair although something is taken."""

    class Meta(MoveForm.Meta):
        """The reason comes last."""

        fields = (
            "starts_at",
            "ends_at",
            "place",
            "video_link",
            "chair_id",
            "version",
            "clash_reason",
            "seen",
        )

    @override
    def build(self, values: dict[str, Any]) -> Moved:
        despite = despite_of(values)
        return replace(super().build(values), despite=despite)


class ListForm(Form[UUID]):
    """Which accepted concern becomes a case of the meeting."""

    concern_id = Choice(
        "Case",
        required=True,
        called="the case",
        hint="Accepted concerns of the area, urgent ones first. A MARAC hears a case once; any"
        " other meeting can be about a case that is on a MARAC too.",
    )

    @override
    def build(self, values: dict[str, Any]) -> UUID:
        return UUID(values["concern_id"])


class ListFromManyForm(ListForm):
    """The same question where there are many concerns to choose from."""

    concern_id = Choice(
        "Case",
        as_select=True,
        required=True,
        called="the case",
        hint="Accepted concerns of the area, urgent ones first. Type the first letters of the"
        " reference to come to it.",
    )


@dataclass(frozen=True)
class Settled:
    """What was decided about a gap, and why."""

    choice: Decision
    contact_id: UUID | None
    reason: str

    def command(self, gap: Decide) -> Decide:
        """Return the command: the gap, with the decision in place of its blanks."""
        return Decide(
            item_id=gap.item_id,
            subject_id=gap.subject_id,
            problem=gap.problem,
            recipient_id=gap.recipient_id,
            reason=self.reason,
            choice=self.choice,
            contact_id=self.contact_id,
        )


class ReasonForm(Form[Settled]):
    """Why a gap stands."""

    reason = LongText(
        "Why does this stand?",
        required=True,
        called="the reason",
        max_length=1000,
        hint="Recorded under your name and shown to the chair. Name no one but colleagues.",
    )

    @validates_schema(skip_on_field_errors=True)
    def _says_something(self, values: dict[str, Any], **_: object) -> None:
        if len(values["reason"]) < SHORTEST_REASON:
            raise ValidationError("Say in a sentence why this stands", "reason")

    @override
    def build(self, values: dict[str, Any]) -> Settled:
        contact = values.get("contact_id")
        return Settled(
            choice=Decision(values.get("choice") or Decision.STANDS),
            contact_id=UUID(contact) if contact else None,
            reason=values["reason"],
        )


class ChairForm(ReasonForm):
    """The chair's decision; who can be asked instead is handed over by the page."""

    choice = Choice(
        "What do you decide?",
        {
            Decision.STANDS.value: "It stands: nobody else is asked",
            Decision.CHOOSE.value: "Somebody else is asked",
            Decision.BAR.value: "The worker named above is ruled out for this case",
        },
        required=True,
        ask="Select what you decide",
    )
    contact_id = Choice("Who is asked instead?", as_select=True, called="who is asked instead")
    reason = LongText(
        "Why?",
        required=True,
        called="the reason",
        max_length=1000,
        hint="Recorded under your name. Name no one but colleagues.",
    )

    class Meta(ReasonForm.Meta):
        """The decision comes before its reason."""

        fields = ("choice", "contact_id", "reason")

    @validates_schema(skip_on_field_errors=True)
    def _names_somebody(self, values: dict[str, Any], **_: object) -> None:
        if values["choice"] == Decision.CHOOSE.value and not values.get("contact_id"):
            raise ValidationError("Select who is asked instead", "contact_id")


@dataclass(frozen=True)
class Attended:
    """Whether somebody came to a case."""

    contact_id: UUID
    status: str
    sent_information: bool


class AttendanceForm(Form[Attended]):
    """Who came: one press of a button for one person; the contacts are handed over."""

    contact_id = Choice("Who", required=True, called="who came")
    status = Choice("Did they come?", ATTENDANCE, required=True, ask="Say whether they came")
    sent_information = Tick("Information was sent")

    @override
    def build(self, values: dict[str, Any]) -> Attended:
        return Attended(UUID(values["contact_id"]), values["status"], values["sent_information"])
