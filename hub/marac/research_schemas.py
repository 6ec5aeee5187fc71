"""The forms of an agency's research: a line of its paper, what is shared, a refusal."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from typing_extensions import override

from hub.marac.commands.research import AnswerResearch, ReleaseLines, WriteLine
from hub.marac.rules.research import LineKind, Mode
from hub.marac.states import ResearchMove
from hub.people.schemas import version_of
from hub.web.fields import Choice, Choices, Hidden, LongText, Tick
from hub.web.forms import Form
from hub.web.values import Option

KINDS = (
    Option(LineKind.FACT, "Fact", "Recorded, seen or heard at first hand"),
    Option(LineKind.OPINION, "Opinion", "What somebody thinks, with whose view it is"),
    Option(LineKind.HISTORY, "What was tried before"),
    Option(LineKind.RISK, "A risk"),
    Option(LineKind.PROTECTIVE, "Something that keeps them safer"),
    Option(LineKind.WISHES, "What the victim wants"),
    Option(LineKind.OWN_WORDS, "The young person's own words", "As they said it"),
    Option(LineKind.SUGGESTION, "A suggestion for the meeting"),
)
KIND_WORDS = {str(option.value): option.label for option in KINDS}

MODES = (
    Option(Mode.ATTEND, "We come to the meeting"),
    Option(Mode.ONE_SLOT, "We come for this case only"),
    Option(Mode.INFORMATION_ONLY, "We do not come: this is what we have to say"),
)
MODE_WORDS = {str(option.value): option.label for option in MODES}

WHOLE_CASE = "case"
"""The answer that says a line is about nobody alone."""


@dataclass(frozen=True, kw_only=True)
class LineSaid:
    """A line as it was typed."""

    kind: str
    about: str
    text: str
    withheld_why: str
    version: int

    def command(self, research_id: UUID, line_id: UUID | None) -> WriteLine:
        """Return the command that writes the line, or changes the one of the id."""
        return WriteLine(
            research_id=research_id,
            text=self.text,
            kind=LineKind(self.kind),
            party_id=None if self.about == WHOLE_CASE else UUID(self.about),
            withheld_why=self.withheld_why,
            line_id=line_id,
            version=self.version,
        )


class LineForm(Form[LineSaid]):
    """One line; the people of the case are handed over by the page as choices of ``about``."""

    about = Choice("Who is it about?", required=True, ask="Select whom it is about")
    kind = Choice("What is it?", KINDS, required=True, ask="Select what it is")
    text = LongText(
        "What you found",
        required=True,
        ask="Write what you found",
        hint="One thing a line, so that you can share some and keep others to yourselves.",
        rows=5,
    )
    withheld_why = LongText(
        "If you will keep this line to your agency, why? (optional)",
        called="why it stays with you",
        hint="Only your agency ever sees this.",
        max_length=1000,
        rows=2,
    )
    version = Hidden("Version")

    @override
    def build(self, values: dict[str, Any]) -> LineSaid:
        return LineSaid(
            kind=values["kind"],
            about=values["about"],
            text=values["text"],
            withheld_why=values.get("withheld_why") or "",
            version=version_of(values),
        )


@dataclass(frozen=True, kw_only=True)
class ShareSaid:
    """What is to be shared, as it was chosen."""

    lines: tuple[UUID, ...]
    proportionality: str
    mode: str
    stays_here: bool
    tells_where: bool
    version: int

    def command(self, research_id: UUID) -> ReleaseLines:
        """Return the command that shares the lines."""
        return ReleaseLines(
            research_id=research_id,
            version=self.version,
            line_ids=self.lines,
            proportionality=self.proportionality,
            mode=Mode(self.mode),
            stays_here=self.stays_here,
            tells_where=self.tells_where,
        )


class ShareForm(Form[ShareSaid]):
    """Which lines go to the meeting, and why that much; the lines are handed over by the page."""

    lines = Choices(
        "Which lines do you share with the meeting?",
        required=True,
        ask="Select at least one line to share",
    )
    proportionality = LongText(
        "Why is this relevant, and no more than is needed?",
        called="why this is relevant and no more than is needed",
        required=True,
        ask="Write why what you share is relevant and proportionate",
        hint="For example: it shows that the threats are getting worse, and nothing else is told.",
        max_length=2000,
        rows=3,
    )
    mode = Choice("How do you take part?", MODES, required=True, ask="Select how you take part")
    stays_here = Tick(
        "These lines must not go to another area's MARAC without asking us",
        hint="If the victim moves, the case may go to another area. You can change this later.",
    )
    tells_where = Tick(
        "The meeting must know where somebody can be found or reached",
        hint="Tick this only if a line says so and the meeting cannot keep them safe without it.",
    )
    version = Hidden("Version")

    @override
    def build(self, values: dict[str, Any]) -> ShareSaid:
        return ShareSaid(
            lines=tuple(UUID(one) for one in values["lines"]),
            proportionality=values["proportionality"],
            mode=values["mode"],
            stays_here=bool(values.get("stays_here")),
            tells_where=bool(values.get("tells_where")),
            version=version_of(values),
        )


@dataclass(frozen=True, kw_only=True)
class AnswerSaid:
    """An answer without lines."""

    why: str
    version: int

    def command(self, research_id: UUID, move: ResearchMove) -> AnswerResearch:
        """Return the command that answers so."""
        return AnswerResearch(
            research_id=research_id, version=self.version, move=move, why=self.why
        )


class RefuseForm(Form[AnswerSaid]):
    """Why an agency will not answer."""

    why = LongText(
        "Why will your agency not answer?",
        called="why",
        required=True,
        ask="Write why you cannot answer",
        hint="The chair and the co-ordinator see this.",
        max_length=2000,
        rows=4,
    )
    version = Hidden("Version")

    @override
    def build(self, values: dict[str, Any]) -> AnswerSaid:
        return AnswerSaid(why=values["why"], version=version_of(values))


class PressForm(Form[AnswerSaid]):
    """An answer of one press: the version that was read."""

    version = Hidden("Version")

    @override
    def build(self, values: dict[str, Any]) -> AnswerSaid:
        return AnswerSaid(why="", version=version_of(values))
