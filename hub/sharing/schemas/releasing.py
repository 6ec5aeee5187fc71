"""The shapes of the forms by which a line leaves, is withheld, or was told by telephone."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from marshmallow import ValidationError, validates_schema
from typing_extensions import override

from hub.sharing.commands.leaving import Record, ShareLine
from hub.sharing.commands.releasing import WithholdLine
from hub.sharing.rules.coded import RequesterKind
from hub.sharing.rules.request_bases import CODES, Whose, offered
from hub.web.dates import DateParts
from hub.web.fields import Choice, LongText, PlainText, Tick
from hub.web.forms import Form, Options
from hub.web.moments import LondonDateTime
from hub.web.values import Option

Values = dict[str, Any]

METHODS = {
    "hub": "Through the hub: they read it here",
    "phone": "By telephone",
    "in_person": "In person",
    "secure_email": "By secure e-mail",
}
ONWARD = {
    "none": "No: it is for whoever asked, and nobody else",
    "named": "Yes, to those I name",
    "with_permission": "Only once we have agreed",
}
KNOWS_NOBODY = "I know nobody in this request, and am related to nobody in it"
TOLD = {"yes": "Yes", "no": "No"}
BASES = ("gateway", "article_6", "article_9", "schedule_1", "part_3")


def basis_options(
    kind: RequesterKind, day: date, age: int | None, *, has_care_needs: bool
) -> Options:
    """Return the holder's own bases that fit its kind, the person's age and needs, on a day."""
    fits = offered(Whose(kind=kind, day=day, age=age, has_care_needs=has_care_needs))
    return {
        name: tuple(Option(code, CODES[field_name][code]) for code in fits[field_name])
        for name, field_name in zip(BASES, ("legal_power", *BASES[1:]), strict=True)
    }


@dataclass(frozen=True, kw_only=True)
class ShareSaid:
    """What leaves and all that is written down with it, as typed."""

    words: str
    record: Record
    method: str
    shared_at: datetime | None
    onward: str
    was_told: bool
    knows_nobody: bool
    why_not_told: str
    revisit_on: date | None
    is_harmful_to_show: bool
    worker_agrees: bool
    review_on: date | None = field(default=None)

    def command(self, line_id: UUID) -> ShareLine:
        """Return the command that lets the line out."""
        values = {name: getattr(self, name) for name in self.__dataclass_fields__}
        return ShareLine(line_id=line_id, **values)


class ShareForm(Form[ShareSaid]):
    """What leaves, why, on what, how, what may be done with it, and whether the person knows."""

    words = LongText(
        "Exactly what do you share?",
        hint="They read these words and nothing else. Facts, and the least that meets the need.",
        max_length=8000,
        rows=6,
    )
    worker_agrees = Tick("The worker has accepted that their contact details are given")
    file = PlainText("A file to go with it", hint="PDF, DOCX, PNG or JPG, 10 MB at most")
    withheld = LongText("What do you leave out?", max_length=2000, rows=3)
    necessity = LongText(
        "Why is it necessary?", required=True, ask="Write why it is necessary", rows=3
    )
    less_intrusive = LongText(
        "Which less intrusive way was there?",
        required=True,
        ask="Write which less intrusive way there was, or that there was none",
        rows=2,
    )
    risk_of_sharing = LongText(
        "What could go wrong if it is shared?",
        required=True,
        ask="Write the risk of sharing",
        rows=3,
    )
    risk_of_not_sharing = LongText(
        "What could go wrong if it is not shared?",
        required=True,
        ask="Write the risk of not sharing",
        rows=3,
    )
    view_of_person = LongText("What does the person want?", rows=2)
    besides = LongText("What else does the rule want written down?", rows=3)
    advice = LongText("Whose advice did you take, and what was it?", rows=2)
    gateway = Choice("Your power or duty in law", as_select=True, ask="Select your power or duty")
    article_6 = Choice("Your lawful basis", as_select=True, ask="Select your lawful basis")
    article_9 = Choice("Further condition for health and other special data", as_select=True)
    schedule_1 = Choice("Condition of Schedule 1", as_select=True)
    part_3 = Choice("Law enforcement: Part 3", as_select=True)
    method = Choice("How does it leave?", METHODS, required=True, ask="Select how it leaves")
    shared_at = LondonDateTime(
        "When was it told?", called="when it was told", not_future=True, hint="Only if it is past"
    )
    onward = Choice(
        "May they pass it on?", ONWARD, required=True, ask="Select whether they may pass it on"
    )
    onward_named = PlainText("To whom?", max_length=200)
    was_told = Choice(
        "Does the person know that you share this?",
        TOLD,
        required=True,
        ask="Select whether the person knows",
    )
    why_not_told = LongText("Why not?", rows=2)
    revisit_on = DateParts(
        "When do you look at telling them again?", called="when you look again", future=True
    )
    knows_nobody = Tick(KNOWS_NOBODY)
    is_harmful_to_show = Tick("Showing the person later that this was shared would cause harm")
    review_on = DateParts(
        "When do you look at what came of it?",
        called="when you look at what came of it",
        future=True,
        hint="May be empty",
    )

    @validates_schema(skip_on_field_errors=False)
    def _basis(self, values: Values, **_: object) -> None:
        if self.asked("article_6").options and not (
            values.get("article_6") or values.get("part_3")
        ):
            raise ValidationError("Select your lawful basis", "article_6")

    @override
    def build(self, values: Values) -> ShareSaid:
        """Return what leaves and its record."""
        texts = {name: values.get(name) or "" for name in Record.__dataclass_fields__}
        return ShareSaid(
            words=values["words"] or "",
            record=Record(**texts),
            method=values["method"],
            shared_at=values["shared_at"],
            onward=values["onward"],
            was_told=values["was_told"] == "yes",
            knows_nobody=values["knows_nobody"],
            why_not_told=values["why_not_told"] or "",
            revisit_on=values["revisit_on"],
            is_harmful_to_show=values["is_harmful_to_show"],
            worker_agrees=values["worker_agrees"],
            review_on=values["review_on"],
        )


@dataclass(frozen=True, kw_only=True)
class WithholdSaid:
    """Why something is not shared, and what was weighed, as typed."""

    why: str
    risk_of_sharing: str
    risk_of_not_sharing: str
    view_of_person: str
    advice: str

    def command(self, line_id: UUID) -> WithholdLine:
        """Return the command that withholds the line."""
        values = {name: getattr(self, name) for name in self.__dataclass_fields__}
        return WithholdLine(line_id=line_id, **values)


class WithholdForm(Form[WithholdSaid]):
    """Why something is not shared; the asker reads none of it."""

    why = LongText(
        "Why do you not share it?",
        required=True,
        ask="Write why it is withheld. The asker does not see it",
        hint="For your record only. The asker does not see it.",
        rows=4,
    )
    risk_of_sharing = LongText("What could go wrong if it were shared?", rows=3)
    risk_of_not_sharing = LongText("What could go wrong because it is not shared?", rows=3)
    view_of_person = LongText("What does the person want?", rows=2)
    advice = LongText("Whose advice did you take, and what was it?", rows=2)

    @override
    def build(self, values: Values) -> WithholdSaid:
        """Return why, and what was weighed."""
        return WithholdSaid(**{name: text or "" for name, text in values.items()})


class ToldForm(Form[datetime | None]):
    """That somebody rang and told what was needed, and when."""

    told = Tick(
        "I have rung and told the least that was needed",
        required=True,
        ask="Confirm that you have told them",
    )
    told_at = LondonDateTime(
        "When?", called="when you told them", not_future=True, hint="Leave empty if it was just now"
    )

    @override
    def build(self, values: Values) -> datetime | None:
        """Return when it was told (UTC); None for now."""
        told_at: datetime | None = values["told_at"]
        return told_at
