"""The forms of the register: one question or one small group of them a page."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from marshmallow import ValidationError, validates_schema
from typing_extensions import override

from hub.people.rules.identity import FACTS, alias_pair
from hub.people.rules.persons import OtherName, compact_nhs_number
from hub.people.states import NameKind, SupportStatus
from hub.web.dates import DateParts
from hub.web.fields import (
    Choice,
    Choices,
    Hidden,
    LongText,
    Phone,
    PlainText,
    Postcode,
    Tick,
)
from hub.web.forms import Form

SEXES = {"F": "Female", "M": "Male", "X": "Other"}
PURPOSES = {
    "answer_question": "To answer a question about who is meant",
    "contact": "To speak to the person or their worker",
    "allocate": "To allocate or hand over a worker",
    "correct": "To correct or complete a record",
    "request": "To answer a request of the person, or of somebody entitled to ask",
}
MOST_NAMES = 20
SEARCH_FACTS = ("family_name", "given_name", "date_of_birth", "postcode", "nhs_number")
EXAMPLE_DATE = "For example, 27 3 2007"


@dataclass(frozen=True, kw_only=True)
class Changes:
    """What a page says of a record: columns and their values, and the version that was read."""

    version: int
    values: Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class Search:
    """What somebody looks for on the register, and what for."""

    purpose: str
    family_name: str = ""
    given_name: str = ""
    date_of_birth: date | None = None
    postcode: str = ""
    nhs_number: str = ""


@dataclass(frozen=True, kw_only=True)
class Note:
    """A few words with the version of the record that they are about."""

    version: int
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Facts:
    """By which facts an identity is confirmed."""

    version: int
    facts: frozenset[str] = field(default_factory=frozenset)


class NhsNumber(PlainText):
    """An NHS number whose check digit is right, kept as ten digits."""

    inputmode = "numeric"

    @override
    def understood(self, text: str) -> str:
        try:
            return compact_nhs_number(text) or ""
        except ValueError as error:
            raise ValidationError(str(error)) from error


class NameLines(LongText):
    """Whole names, one on each line."""

    @override
    def understood(self, text: str) -> str:
        if len(text.split("\n")) > MOST_NAMES:
            raise self.wrong(f"must be {MOST_NAMES} lines or fewer")
        return text


class FactsForm(Form[Facts]):
    """By what somebody is known to be the one who is meant."""

    version = Hidden("Version")
    facts = Choices(
        "Which facts agree?",
        FACTS,
        required=True,
        ask="Select two facts that agree",
        hint="Select at least two. A name alone proves nobody.",
    )

    @override
    def build(self, values: dict[str, Any]) -> Facts:
        return Facts(version=version_of(values), facts=frozenset(values["facts"]))


class NoteForm(Form[Note]):
    """A few words that may be left out."""

    version = Hidden("Version")
    note = LongText("Anything the next person should know", rows=3, max_length=1000)

    @override
    def build(self, values: dict[str, Any]) -> Note:
        return Note(version=version_of(values), note=values["note"] or "")


class AskBackForm(NoteForm):
    """What the referrer is asked for."""

    note = LongText(
        "What do you need to know?",
        called="what you need to know",
        hint="The referrer will read this. Do not say who it may be, or that anybody is known.",
        required=True,
        rows=3,
        max_length=1000,
    )


class UndoForm(NoteForm):
    """Why an answer was wrong."""

    note = LongText(
        "Why was the answer wrong?",
        called="why the answer was wrong",
        required=True,
        rows=3,
        max_length=1000,
    )


class ReferenceForm(Form[Note]):
    """Somebody on the register by their reference."""

    version = Hidden("Version")
    reference = PlainText(
        "Reference on your register", hint="For example, K7QM-2XWD-9RTA-4HVC", required=True,
        width="20",
    )  # fmt: skip

    @override
    def build(self, values: dict[str, Any]) -> Note:
        return Note(version=version_of(values), note=values["reference"])


class SearchForm(Form[Search]):
    """Two facts at least, and what for."""

    purpose = Choice("What do you need this for?", PURPOSES, called="what you need this for",
                     required=True)  # fmt: skip
    family_name = PlainText("Last name", width="20")
    given_name = PlainText("First name", width="20")
    date_of_birth = DateParts("Date of birth", not_future=True, hint=EXAMPLE_DATE)
    postcode = Postcode("Postcode, now or before", called="postcode", width="10")
    nhs_number = NhsNumber("NHS number", width="10")

    @validates_schema
    def _two(self, values: dict[str, Any], **_: object) -> None:
        if sum(bool(values.get(name)) for name in SEARCH_FACTS) < 2:  # noqa: PLR2004 - two facts
            raise ValidationError("Enter at least two facts", "family_name")

    @override
    def build(self, values: dict[str, Any]) -> Search:
        return Search(**{name: value for name, value in values.items() if value})


class ChangesForm(Form[Changes]):
    """A page of a record's columns."""

    version = Hidden("Version")

    @override
    def build(self, values: dict[str, Any]) -> Changes:
        columns = {name: value for name, value in values.items() if name != "version"}
        return Changes(version=version_of(values), values=columns)


class NamesForm(ChangesForm):
    """What somebody is and was called."""

    known_as = PlainText("Name they like to be called", called="name", width="20")
    given_name = PlainText("First name", required=True, width="20")
    middle_names = PlainText("Middle names", width="20")
    family_name = PlainText("Last name", required=True, width="20")
    aliases = NameLines("Other names they go by", hint="One whole name on each line", rows=2)
    former_names = NameLines("Former names", hint="One whole name on each line", rows=2)

    @override
    def build(self, values: dict[str, Any]) -> Changes:
        names = (
            *names_from(NameKind.ALIAS, values.pop("aliases")),
            *names_from(NameKind.FORMER, values.pop("former_names")),
        )
        return super().build(values | {"names": names})


class BirthForm(ChangesForm):
    """When somebody was born, and by which number health care knows them."""

    date_of_birth = DateParts("Date of birth", not_future=True, hint=EXAMPLE_DATE)
    sex = Choice("Sex", SEXES)
    nhs_number = NhsNumber("NHS number", hint="10 digits", width="10")


class ContactForm(ChangesForm):
    """How somebody may be reached without danger."""

    safe_phone = Phone("Safe telephone number", called="a telephone number", width="20")
    safe_contact = LongText(
        "How to contact them safely",
        hint="For example: text first, never after 5pm, somebody else reads the post",
        rows=3,
        max_length=1000,
    )
    is_restricted = Tick(
        "Restricted: where they live is shown to the duty desk alone, with a reason"
    )


class SupportForm(ChangesForm):
    """What the authority does for somebody at present; the words are the label pack's."""

    support_status = Choice("Support now", required=True)

    @override
    def build(self, values: dict[str, Any]) -> Changes:
        return super().build({**values, "support_status": SupportStatus(values["support_status"])})


class AddressForm(ChangesForm):
    """Where somebody lives or lived."""

    lines = LongText("Address", rows=3, max_length=300)
    postcode = Postcode("Postcode", width="10")
    from_on = DateParts("When did they move in?", called="the day they moved in")
    until_on = DateParts(
        "When did they move out?",
        called="the day they moved out",
        hint="If they live there no more",
    )

    @validates_schema
    def _somewhere(self, values: dict[str, Any], **_: object) -> None:
        if not values.get("lines") and not values.get("postcode"):
            raise ValidationError("Enter the address or the postcode", "lines")


class NewPersonForm(ChangesForm):
    """Somebody who joins the register; the rest is added on their page."""

    given_name = PlainText("First name", required=True, width="20")
    family_name = PlainText("Last name", required=True, width="20")
    date_of_birth = DateParts("Date of birth", not_future=True, hint=EXAMPLE_DATE)
    nhs_number = NhsNumber("NHS number", hint="10 digits, if you have it", width="10")
    postcode = Postcode("Postcode where they live", called="postcode", width="10")
    service_id = Choice("Responsible {w.service}", required=True)
    is_another = Tick("I have looked, and this is another person")


class AllocateForm(ChangesForm):
    """Who works with somebody, and from when."""

    worker = Choice("Who?", called="a worker", as_select=True, required=True)
    from_on = DateParts("First day", required=True)
    until_on = DateParts(
        "First day no longer", called="the first day no longer", hint="Leave it empty if it goes on"
    )
    end_previous = Tick("Whoever has the role until then ends on the first day")


class EndForm(ChangesForm):
    """When an allocation ends."""

    until_on = DateParts("First day no longer", called="the first day no longer", required=True)


class ConflictForm(ChangesForm):
    """Somebody who must have nothing to do with the person."""

    contact = Choice("Who?", called="who it is", as_select=True, required=True)


class RevealForm(Form[str]):
    """What an address is needed for."""

    why = Choice(
        "What do you need the address for?",
        {
            "visit": "To visit or write to the person",
            "safety": "To plan for the person's safety",
            "correct": "To correct the record",
            "identity": "To say whether this is the person who is meant",
        },
        called="what you need the address for",
        required=True,
    )

    @override
    def build(self, values: dict[str, Any]) -> str:
        return str(values["why"])


class ImportForm(Form[str]):
    """For which service a file is taken in; the file itself is read beside it."""

    service_id = Choice("Responsible {w.service}", required=True)

    @override
    def build(self, values: dict[str, Any]) -> str:
        return str(values["service_id"])


def version_of(values: Mapping[str, Any]) -> int:
    """Return the version that a page carries; a broken one is older than anything saved."""
    text = str(values.get("version") or "")
    return int(text) if text.isascii() and text.isdigit() else -1


def names_from(kind: NameKind, lines: str | None) -> tuple[OtherName, ...]:
    """Return the names typed one on each line."""
    pairs = (alias_pair(line) for line in (lines or "").split("\n") if line.strip())
    return tuple(OtherName(kind, given, family) for given, family in pairs)


def lines_of(names: tuple[OtherName, ...], kind: NameKind) -> str:
    """Return the names of a kind as they are typed, one on each line."""
    return "\n".join(
        " ".join(part for part in (name.given_name, name.family_name) if part)
        for name in names
        if name.kind is kind
    )
