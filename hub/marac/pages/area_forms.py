"""The form of an area's own numbers and words, with what each is for."""

import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from marshmallow import ValidationError
from typing_extensions import override

from hub.marac.clocks import RepeatDefinition
from hub.marac.commands.areas import (
    MOST_ANSWER_HOURS,
    MOST_DAYS,
    MOST_LADDER_HOURS,
    MOST_MONTHS,
    SaveAreaRules,
)
from hub.marac.rules.areas import LOWEST_THRESHOLD, QUORUM_WORDS, AreaRules, Shape
from hub.marac.schemas import WallTime
from hub.web.fields import Choice, Choices, Hidden, LongText, PlainText, Tick
from hub.web.forms import Form
from hub.web.inputs import Lines, WholeNumber

SHAPES: dict[str, str] = {
    Shape.MEETING: "By meeting, weekly to monthly",
    Shape.DAILY: "By daily meeting",
    Shape.CLOSING: "By closing date, with no meeting",
}
REPEATS: dict[str, str] = {
    RepeatDefinition.ANY_ABUSE: "Any abuse at all, the definition of today",
    RepeatDefinition.CRIMINAL: "Only what would be a crime, the older definition",
}
MOST_HOURS, MOST_YEARS, MOST_PEOPLE = 240, 100, 9_999_999
A_DAY = "%d %m %Y"


class Days(Lines):
    """Days, one on each line, such as 24 12 2026."""

    @override
    def _deserialize(self, value: object, attr: str | None, data: Any, **kwargs: Any) -> Any:
        return [self._day(line) for line in super()._deserialize(value, attr, data, **kwargs)]

    def _day(self, line: str) -> date:
        try:
            return datetime.strptime(" ".join(re.findall(r"[0-9]+", line)), A_DAY).date()  # noqa: DTZ007 - a day has no zone
        except ValueError as error:
            raise ValidationError("Enter each day on its own line, like 24 12 2026") from error


class Counts(PlainText):
    """Whole numbers with commas between them, such as 3, 1."""

    @override
    def understood(self, text: str) -> Any:
        parts = re.split(r"[\s,]+", text.strip(" ,"))
        if not all(
            part.isascii() and part.isdecimal() and len(part) < len("100") for part in parts
        ):
            raise ValidationError(f"Enter {self.called} as numbers, like 3, 1")
        return tuple(int(part) for part in parts)


@dataclass(frozen=True, kw_only=True)
class AreaSaid:
    """An area's settings as they were typed, and the version that they were typed over."""

    values: dict[str, Any]
    version: int

    def command(self, area_id: UUID) -> SaveAreaRules:
        """Return the command that saves them for the area."""
        return SaveAreaRules(area_id=area_id, version=self.version, **self.values)


def _days(label: str, hint: str) -> WholeNumber:
    return WholeNumber(label, required=True, highest=MOST_DAYS, width="3", hint=hint)


class AreaForm(Form[AreaSaid]):
    """What an area sets; its agencies are handed over by the page."""

    shape = Choice(
        "How cases are dealt with",
        SHAPES,
        required=True,
        called="how cases are dealt with",
        hint="By closing date nobody meets: agencies and workers send what they know until then.",
    )
    cutoff_days = _days(
        "Working days before the meeting when referrals must be in",
        "A referral after that is marked as late on the agenda.",
    )
    cutoff_time = WallTime(
        "Time on that day",
        required=True,
        width="5",
        called="the time on that day",
        hint="As the clock in London shows it, like 12:00",
    )
    agenda_days = _days(
        "Working days before the meeting when the agenda goes out",
        "After referrals must be in, or on the same day.",
    )
    research_days = _days(
        "Working days before the meeting when research is due back",
        "Agencies answer by five in the afternoon of that day. Whoever is asked later than that has"
        " two hours.",
    )
    chase_days = Counts(
        "Working days before that day when the silent are chased",
        width="10",
        called="the days",
        hint="Numbers with commas between them, like 3, 1. Chasing stops when an agency answers."
        " Leave it empty to chase nobody.",
    )
    minutes_days = _days(
        "Working days after the meeting when minutes are due", "Actions do not wait for them."
    )
    action_hours = WholeNumber(
        "Hours after the meeting when actions are with their owners",
        required=True,
        lowest=1,
        highest=MOST_HOURS,
        width="3",
    )
    answer_days = WholeNumber(
        "Working days in which a worker answers an invitation",
        highest=MOST_DAYS,
        width="3",
        called="the working days",
        hint="After that the next is asked: cover, deputy, team manager, duty desk. Leave it empty"
        " for what the hub has set.",
    )
    answer_hours = WholeNumber(
        "Hours before the case by which the next is asked at the latest",
        highest=MOST_ANSWER_HOURS,
        width="3",
        called="the hours",
        hint="Leave it empty for what the hub has set.",
    )
    emergency_hours = WholeNumber(
        "Hours in which an emergency MARAC asks everybody on the ladder",
        required=True,
        lowest=1,
        highest=MOST_LADDER_HOURS,
        width="3",
        hint="Where nobody answers, the next is asked: cover, deputy, team manager, duty desk."
        " Sooner if the meeting starts sooner. Ringing does not wait for it.",
    )
    extra_closed_days = Days(
        "Days that are not worked here",
        hint="Besides weekends and bank holidays. One day on each line, like 24 12 2026.",
        called="the days",
        rows=3,
    )
    repeat_definition = Choice(
        "What makes a new incident a repeat", REPEATS, required=True, called="what makes a repeat"
    )
    repeat_months = WholeNumber(
        "Months in which it is a repeat",
        required=True,
        lowest=1,
        highest=MOST_MONTHS,
        width="3",
        hint="From the last referral to the day of the incident.",
    )
    repeat_across_areas = Tick("A referral in another area counts too")
    flag_months = WholeNumber(
        "Months for which agencies flag a case",
        required=True,
        lowest=1,
        highest=MOST_MONTHS,
        width="3",
        hint="From the last MARAC. This is another clock than the one of repeats.",
    )
    quorum = Choices(
        "Who should be there",
        QUORUM_WORDS,
        hint="Whoever is missing is minuted. The meeting can go on without them.",
    )
    not_asked = Choices(
        "Agencies that are not asked for research",
        hint="They are shown as not asked. All others are asked about every case.",
    )
    steering = Choices(
        "Who hears of actions that are two and four weeks overdue",
        called="who hears of it",
        hint="For the steering group. They get a link to its page, and no case is named to them."
        " If nobody is ticked, the chairs of the area hear of it.",
    )
    retention_years = WholeNumber(
        "Years for which cases are kept",
        required=True,
        lowest=1,
        highest=MOST_YEARS,
        width="3",
        hint="From the last case. Where an agency keeps them for longer, that counts.",
    )
    suppress_below = WholeNumber(
        "Smallest count that figures show",
        required=True,
        lowest=LOWEST_THRESHOLD,
        highest=MOST_DAYS,
        width="3",
        hint="Smaller counts are withheld in figures that can be passed on. Usual is 5.",
    )
    adult_females = WholeNumber(
        "Women of 16 and over who live in the area",
        lowest=1,
        highest=MOST_PEOPLE,
        width="10",
        called="the number of women",
        hint="For cases per 10,000. Leave it empty if it is not known.",
    )
    statement = LongText(
        "Confidentiality statement",
        rows=6,
        hint="Everybody accepts it before a case is opened. Leave it empty for the usual words.",
    )
    version = Hidden("Version")

    @override
    def build(self, values: dict[str, Any]) -> AreaSaid:
        version = values.pop("version") or ""
        return AreaSaid(
            version=int(version) if version.isdecimal() else 0,
            values=values
            | {
                "shape": Shape(values["shape"]),
                "cutoff_time": f"{values['cutoff_time']:%H:%M}",
                "extra_closed_days": tuple(values["extra_closed_days"] or ()),
                "chase_days": values["chase_days"] or (),
                "quorum": tuple(values["quorum"] or ()),
                "not_asked": tuple(UUID(one) for one in values["not_asked"] or ()),
                "steering": tuple(UUID(one) for one in values["steering"] or ()),
            },
        )


def saved_values(rules: AreaRules, version: int) -> dict[str, Any]:
    """Return what an area has set as the form shows it."""
    clocks = rules.clocks
    return {
        "shape": rules.shape,
        "cutoff_days": clocks.cutoff_days,
        "cutoff_time": f"{rules.cutoff_time:%H:%M}",
        "agenda_days": clocks.agenda_days,
        "research_days": clocks.research_days,
        "chase_days": ", ".join(map(str, rules.chase_days)),
        "minutes_days": clocks.minutes_days,
        "action_hours": rules.action_hours,
        "answer_days": rules.waits.working_days,
        "answer_hours": rules.waits.before_hours,
        "emergency_hours": rules.emergency_hours,
        "extra_closed_days": [
            f"{day.day} {day.month} {day.year}" for day in sorted(clocks.extra_closed_days)
        ],
        "repeat_definition": clocks.repeat_definition,
        "repeat_months": clocks.repeat_months,
        "repeat_across_areas": clocks.repeat_across_areas,
        "flag_months": clocks.flag_months,
        "quorum": list(rules.quorum),
        "not_asked": [str(one) for one in sorted(rules.not_asked)],
        "steering": [str(one) for one in sorted(rules.steering)],
        "retention_years": rules.retention_years,
        "suppress_below": rules.suppress_below,
        "adult_females": rules.adult_females,
        "statement": rules.own_statement,
        "version": version,
    }
