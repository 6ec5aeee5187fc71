"""The forms of a meeting on one screen: the statement, a field of the record, actions, telling."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from typing_extensions import override

from hub.marac.commands.actions import MoveAction, ProposeAction
from hub.marac.commands.hearings import MoveHearing, ReportTelling, SaveNote, SetTeller
from hub.marac.states import ActionMove, HearingMove
from hub.people.schemas import version_of
from hub.web.dates import DateParts
from hub.web.fields import Choice, Hidden, LongText, PlainText, Tick
from hub.web.forms import Form, ValuesForm
from hub.web.values import Option

CAPACITY_OPTIONS = (
    Option("member", "As a member", "You represent an agency at the whole meeting"),
    Option("one_slot", "For one case", "You come for the young person you work with"),
    Option("observer", "As an observer", "You listen and take no part"),
)
CAPACITY_WORDS = {str(one.value): one.label for one in CAPACITY_OPTIONS}

TELLER_OPTIONS = (
    Option("idva", "The Idva"),
    Option("leaving_care_worker", "The {w.worker}"),
    Option("referrer", "Whoever raised the concern"),
    Option("other", "Somebody else", "Say who"),
    Option("nobody", "Nobody", "Say why it is not safe or not possible"),
)

NEEDED_TICK = "Accept the statement, or leave the meeting"


class StatementForm(ValuesForm):
    """In which capacity somebody takes part, and that they accept the statement."""

    capacity = Choice(
        "How do you take part?",
        CAPACITY_OPTIONS,
        required=True,
        ask="Select how you take part",
    )
    accepted = Tick("I have read this and accept it", required=True, ask=NEEDED_TICK)


@dataclass(frozen=True, kw_only=True)
class NoteSaid:
    """A field as it was typed over a version."""

    text: str
    version: int

    def command(self, item_id: UUID, field: str) -> SaveNote:
        """Return the command that saves the field."""
        return SaveNote(item_id=item_id, field=field, text=self.text, version=self.version)


class NoteForm(Form[NoteSaid]):
    """One field of the record."""

    text = LongText("What was said", max_length=20_000)
    version = Hidden("Version")

    @override
    def build(self, values: dict[str, Any]) -> NoteSaid:
        return NoteSaid(text=values.get("text") or "", version=version_of(values))


@dataclass(frozen=True, kw_only=True)
class MoveSaid:
    """A step of a case, as pressed."""

    move: str
    why: str
    version: int

    def command(self, item_id: UUID) -> MoveHearing:
        """Return the command that takes the step."""
        return MoveHearing(
            item_id=item_id, version=self.version, move=HearingMove(self.move), why=self.why
        )


class MoveForm(Form[MoveSaid]):
    """A step of a case by a button; putting it back needs a reason."""

    move = Choice(
        "What now?",
        {str(one): str(one) for one in HearingMove},
        required=True,
        ask="Press a button",
    )
    why = LongText("Why is it put back?", called="why it is put back", max_length=1000, rows=2)
    version = Hidden("Version")

    @override
    def build(self, values: dict[str, Any]) -> MoveSaid:
        return MoveSaid(
            move=values["move"], why=values.get("why") or "", version=version_of(values)
        )


@dataclass(frozen=True, kw_only=True)
class TellerSaid:
    """Who tells the victim."""

    teller: str
    account_id: UUID | None
    note: str
    version: int

    def command(self, item_id: UUID) -> SetTeller:
        """Return the command that settles it."""
        return SetTeller(
            item_id=item_id,
            version=self.version,
            teller=self.teller,
            account_id=self.account_id,
            note=self.note,
        )


class TellerForm(Form[TellerSaid]):
    """Who tells the victim what was agreed, or why nobody does."""

    teller = Choice(
        "Who will tell the victim?", TELLER_OPTIONS, required=True, ask="Select who tells them"
    )
    account_id = Choice(
        "Their name",
        as_select=True,
        hint="They find it on their first page. Leave it empty where they have no account.",
    )
    note = PlainText("Who, or why nobody does", called="who, or why nobody does", max_length=500)
    version = Hidden("Version")

    @override
    def build(self, values: dict[str, Any]) -> TellerSaid:
        named = values.get("account_id")
        return TellerSaid(
            teller=values["teller"],
            account_id=UUID(named) if named else None,
            note=values.get("note") or "",
            version=version_of(values),
        )


@dataclass(frozen=True, kw_only=True)
class ActionSaid:
    """An action as it was agreed."""

    text: str
    risk: str
    owner_id: UUID
    due_on: date
    may_tell_victim: bool
    worked: str = ""

    def command(self, item_id: UUID) -> ProposeAction:
        """Return the command that writes the action down."""
        return ProposeAction(
            item_id=item_id,
            text=self.text,
            risk=self.risk,
            owner_id=self.owner_id,
            due_on=self.due_on,
            may_tell_victim=self.may_tell_victim,
            worked=self.worked,
        )


class ActionForm(Form[ActionSaid]):
    """What is done, against which risk, whose by name, by when; owners come from the page."""

    text = LongText("What will be done?", called="what will be done", required=True, rows=3)
    risk = PlainText(
        "Which risk does it answer?",
        called="which risk it answers",
        required=True,
        max_length=500,
    )
    owner_id = Choice(
        "Who will do it?",
        as_select=True,
        required=True,
        ask="Select who will do it",
        hint="Somebody who is not at this case must accept it before it counts.",
    )
    due_on = DateParts("By when?", called="the day", required=True)
    may_tell_victim = Choice(
        "May the victim be told?", {"yes": "Yes", "no": "No"}, required=True, ask="Select yes or no"
    )

    @override
    def build(self, values: dict[str, Any]) -> ActionSaid:
        return ActionSaid(
            text=values["text"],
            risk=values["risk"],
            owner_id=UUID(values["owner_id"]),
            due_on=values["due_on"],
            may_tell_victim=values["may_tell_victim"] == "yes",
            worked=values.get("worked") or "",
        )


class AgainForm(ActionForm):
    """The same for an action that was agreed before: whether it worked is said first."""

    worked = Choice(
        "Did it work last time?",
        {"yes": "Yes", "in_part": "In part", "no": "No", "not_known": "Nobody here knows"},
        required=True,
        ask="Select whether it worked last time",
    )


@dataclass(frozen=True, kw_only=True)
class OutcomeSaid:
    """What became of an action."""

    move: str
    outcome: str
    version: int

    def command(self, action_id: UUID) -> MoveAction:
        """Return the command that writes it down."""
        return MoveAction(
            action_id=action_id,
            version=self.version,
            move=ActionMove(self.move),
            outcome=self.outcome,
        )


class OutcomeForm(Form[OutcomeSaid]):
    """What became of an action; the moves that are possible come from the page."""

    move = Choice("What became of it?", required=True, ask="Select what became of it")
    outcome = LongText(
        "In a few words",
        called="the outcome",
        hint="Needed unless it is accepted or done.",
        max_length=2000,
        rows=3,
    )
    version = Hidden("Version")

    @override
    def build(self, values: dict[str, Any]) -> OutcomeSaid:
        return OutcomeSaid(
            move=values["move"],
            outcome=values.get("outcome") or "",
            version=version_of(values),
        )


@dataclass(frozen=True, kw_only=True)
class ToldSaid:
    """That the victim was told, or why not."""

    told_on: date | None
    told_how: str
    not_told_why: str
    version: int

    def command(self, item_id: UUID) -> ReportTelling:
        """Return the command that writes it down."""
        return ReportTelling(
            item_id=item_id,
            version=self.version,
            told_on=self.told_on,
            told_how=self.told_how,
            not_told_why=self.not_told_why,
        )


class ToldForm(Form[ToldSaid]):
    """When and how the victim was told, or why not."""

    told_on = DateParts("When were they told?", called="the day", not_future=True)
    told_how = PlainText("How?", called="how", max_length=300)
    not_told_why = LongText(
        "If they were not told, why?", called="why they were not told", max_length=1000, rows=2
    )
    version = Hidden("Version")

    @override
    def build(self, values: dict[str, Any]) -> ToldSaid:
        return ToldSaid(
            told_on=values.get("told_on"),
            told_how=values.get("told_how") or "",
            not_told_why=values.get("not_told_why") or "",
            version=version_of(values),
        )
