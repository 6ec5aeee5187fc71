"""The forms of series and agendas."""

import re
from dataclasses import dataclass, replace
from datetime import date, time
from typing import Any
from uuid import UUID

from marshmallow import ValidationError
from typing_extensions import override

from hub.marac.agenda import FEWEST_MINUTES, LONGEST_OPENING, MOST_MINUTES
from hub.marac.commands import PackAgenda, SaveSeries
from hub.meetings.bookings import Despite
from hub.meetings.schemas import AllTheSame, VideoLink, despite_of
from hub.web.dates import DateParts
from hub.web.fields import Choice, Hidden, PlainText, Tick
from hub.web.forms import Form
from hub.web.inputs import WholeNumber

WALL_TIME = re.compile(r"(?P<hour>[01]?[0-9]|2[0-3])[:.](?P<minute>[0-5][0-9])", re.ASCII)
LONGEST_MEETING = 12 * 60


class WallTime(PlainText):
    """A time as London's clocks show it, such as 09:30."""

    @override
    def understood(self, text: str) -> Any:
        found = WALL_TIME.fullmatch(text)
        if found is None:
            raise ValidationError(f"Enter {self.called} like 09:30")
        return time(int(found["hour"]), int(found["minute"]))


@dataclass(frozen=True)
class SeriesSaid:
    """A series as it was typed."""

    area_id: UUID
    name: str
    starts: time
    minutes: int
    slot_minutes: int
    place: str | None
    video_link: str | None
    version: int

    def command(self, series_id: UUID | None = None) -> SaveSeries:
        """Return the command that adds the series, or changes the one of the id."""
        return SaveSeries(
            series_id=series_id,
            version=self.version,
            area_id=self.area_id,
            name=self.name,
            starts=self.starts,
            minutes=self.minutes,
            slot_minutes=self.slot_minutes,
            place=self.place,
            video_link=self.video_link,
        )


class SeriesForm(Form[SeriesSaid]):
    """Where and how an area's meetings usually are; areas are handed over by the page."""

    name = PlainText("Name", required=True, hint="For example, East of the county")
    area_id = Choice("Area", as_select=True, required=True, called="the area")
    starts = WallTime(
        "Usual start", required=True, width="5", hint="As the clock in London shows it, like 09:30"
    )
    minutes = WholeNumber(
        "Length in minutes",
        required=True,
        lowest=FEWEST_MINUTES,
        highest=LONGEST_MEETING,
        width="4",
    )
    slot_minutes = WholeNumber(
        "Minutes for each case",
        required=True,
        lowest=FEWEST_MINUTES,
        highest=MOST_MINUTES,
        width="3",
    )
    place = PlainText("Usual place", max_length=200)
    video_link = VideoLink("Usual video link", called="a video link", max_length=300)
    version = Hidden("Version")

    @override
    def build(self, values: dict[str, Any]) -> SeriesSaid:
        version = values.pop("version") or ""
        return SeriesSaid(
            area_id=UUID(values.pop("area_id")),
            version=int(version) if version.isdecimal() else 0,
            **values,
        )


@dataclass(frozen=True)
class OnDay:
    """A day for the series' meeting, and its chair."""

    day: date
    chair_id: UUID | None
    despite: Despite | None = None


class OnDayForm(Form[OnDay]):
    """On which day the series meets; chairs are handed over by the page."""

    day = DateParts("Day", required=True, called="the day", hint="For example, 27 3 2027")
    chair_id = Choice("Chair", as_select=True, hint="Can be chosen later")

    @override
    def build(self, values: dict[str, Any]) -> OnDay:
        chair = values["chair_id"]
        return OnDay(values["day"], UUID(chair) if chair else None)


class OnDayAllTheSameForm(OnDayForm, AllTheSame):
    """On which day the series meets although something is taken then."""

    class Meta(OnDayForm.Meta):
        """The reason comes last."""

        fields = ("day", "chair_id", "clash_reason", "seen")

    @override
    def build(self, values: dict[str, Any]) -> OnDay:
        despite = despite_of(values)
        return replace(super().build(values), despite=despite)


@dataclass(frozen=True)
class Times:
    """How the times are to be given out."""

    slot_minutes: int
    opening_minutes: int
    move_answered: bool

    def command(self, meeting_id: UUID) -> PackAgenda:
        """Return the command for the meeting."""
        return PackAgenda(
            meeting_id=meeting_id,
            slot_minutes=self.slot_minutes,
            opening_minutes=self.opening_minutes,
            keep_answered=not self.move_answered,
        )


class TimesForm(Form[Times]):
    """How long each case has, when the first one starts, and whether accepted times may move."""

    slot_minutes = WholeNumber(
        "Minutes for each case",
        required=True,
        lowest=FEWEST_MINUTES,
        highest=MOST_MINUTES,
        width="3",
    )
    opening_minutes = WholeNumber(
        "Minutes before the first case",
        hint="For introductions and for the actions of last time",
        lowest=0,
        highest=LONGEST_OPENING,
        width="3",
    )
    move_answered = Tick("Times that a worker has accepted may move too")

    @override
    def build(self, values: dict[str, Any]) -> Times:
        return Times(
            values["slot_minutes"], values["opening_minutes"] or 0, values["move_answered"]
        )
