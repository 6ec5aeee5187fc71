"""The list of who came: one line an agency, all of them one form, and an observer's line."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType
from typing import Any
from uuid import UUID

from marshmallow import ValidationError
from typing_extensions import override
from werkzeug.datastructures import MultiDict

from hub.marac.commands.presence import NameObserver, SendApology
from hub.marac.rules.presence import Came, Presence, Typed, mark
from hub.people.schemas import version_of
from hub.web.dates import PARTS, TODAY, month_number, number
from hub.web.fields import Choice, Hidden, PlainText, lower_first
from hub.web.forms import Form, blank, read
from hub.web.values import Field, FormView, Option
from hub.web.values import Typed as Strings

CAME_WORDS: dict[str, str] = {
    Came.ATTENDED: "Attended",
    Came.PART: "Came for part",
    Came.LEFT: "Left for this case",
    Came.APOLOGY: "Apology",
    Came.NO_RESPONSE: "No response",
    Came.NOT_IDENTIFIED: "Nobody could be identified",
}
"""How each is said; "attended / part / apology / no response / not identified" of the minutes."""

YEAR_DIGITS = 4


class OneDay(PlainText):
    """A day in one input, for lists where three would be too many; not a day to come."""

    inputmode = "numeric"

    @override
    def understood(self, text: str) -> Any:
        parts = re.findall(r"\w+", text)
        if len(parts) != len(PARTS) or len(parts[2]) != YEAR_DIGITS:
            raise self.wrong("must be a day with its month and year, like 27 3 2026")
        try:
            day = date(number(parts[2]), month_number(parts[1]), number(parts[0]))
        except ValueError as error:
            raise self.wrong("must be a real date, like 27 3 2026") from error
        if day > TODAY.get():
            raise ValidationError(f"{self.called.capitalize()} must be today or earlier")
        return day

    @override
    def show(self, value: object) -> Strings:
        if not isinstance(value, date):
            return super().show(value)
        return (f"{value.day} {value.month} {value.year}",)


class LineForm(Form[Typed]):
    """One agency's line, typed over a version; ``was`` is the mark of what was shown."""

    status = Choice("Did they come?", as_select=True)
    people = PlainText("Who came or sent word", called="who came", max_length=300)
    sent_on = OneDay("Information sent on", called="the day", max_length=30)
    version = Hidden("Version")
    was = Hidden("Shown")

    @override
    def build(self, values: dict[str, Any]) -> Typed:
        status, people = values["status"], values["people"] or ""
        presence = (
            Presence(status=Came(status), people=people, sent_on=values["sent_on"])
            if status
            else None
        )
        return Typed(presence=presence, version=version_of(values), was=values["was"] or "")


@dataclass(frozen=True, kw_only=True)
class Line:
    """An agency on the list: its name, what the list shows of it, and in which version."""

    id: UUID
    name: str
    shown: Presence | None
    version: int

    @property
    def prefix(self) -> str:
        """With what the names of its inputs begin."""
        return f"a{self.id.hex}_"


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """A list as it was sent: its lines, and the form that shows all of them again."""

    lines: tuple[tuple[UUID, Typed], ...]
    form: FormView
    is_right: bool


def blank_sheet(lines: Iterable[Line], came: Iterable[str]) -> FormView:
    """Return the list as it is first shown."""
    options = {"status": _options(came)}
    return _joined({line: blank(LineForm, _values(line), options=options) for line in lines})


def read_sheet(
    lines: Iterable[Line], sent: MultiDict[str, str], came: Iterable[str], *, needs_all: bool
) -> Sheet:
    """Read a list; with ``needs_all`` each agency needs a word. What was not sent is left alone."""
    options = {"status": _options(came)}
    typed, forms = [], {}
    is_right = True
    for line in lines:
        own = _own(sent, line)
        if not own:
            forms[line] = blank(LineForm, _values(line), options=options)
            continue
        reading = read(LineForm, own, options=options)
        form, value = reading.form, reading.value
        if value is not None and value.presence is None and (needs_all or _says(own)):
            form, value = form.refuse("Say whether they came", field="status"), None
        forms[line] = form
        if value is None:
            is_right = False
        else:
            typed.append((line.id, value))
    return Sheet(lines=tuple(typed), form=_joined(forms), is_right=is_right)


def again(
    sheet: Sheet, lines: Iterable[Line], came: Iterable[str], clash: Mapping[str, str]
) -> FormView:
    """Return a list that met another's: what was changed stays as typed, over what is saved now.

    ``clash`` says by agency what the other wrote; the rest shows what is saved.
    """
    options = {"status": _options(came)}
    typed = dict(sheet.lines)
    forms = {}
    for line in lines:
        mine = typed.get(line.id)
        is_changed = mine is not None and mark(mine.presence) != mine.was
        shown = replace(line, shown=mine.presence) if mine and is_changed else line
        values = _values(shown) | {"was": mark(line.shown)}
        form = blank(LineForm, values, options=options)
        if str(line.id) in clash:
            said = CAME_WORDS.get(clash[str(line.id)], "nothing")
            form = form.refuse(
                f"Somebody else has saved this line meanwhile: {said}. Press again to keep yours",
                field="status",
            )
        forms[line] = form
    return _joined(forms)


def _values(line: Line) -> dict[str, Any]:
    said = line.shown
    return {
        "status": said.status if said else None,
        "people": said.people if said else None,
        "sent_on": said.sent_on if said else None,
        "version": line.version,
        "was": mark(said),
    }


def _says(own: MultiDict[str, str]) -> bool:
    return bool(own.get("people", "").strip() or own.get("sent_on", "").strip())


def _options(came: Iterable[str]) -> tuple[Option, ...]:
    return tuple(Option(str(one), CAME_WORDS[one]) for one in came)


def _own(sent: MultiDict[str, str], line: Line) -> MultiDict[str, str]:
    names = [name for name in sent if name.startswith(line.prefix)]
    return MultiDict({name.removeprefix(line.prefix): sent[name] for name in names})


def _joined(forms: Mapping[Line, FormView]) -> FormView:
    """Return the lines as one form, each input and each error named after its agency."""
    fields: dict[str, Field] = {}
    general: tuple[str, ...] = ()
    for line, form in forms.items():
        general += form.general
        for field in form:
            name = f"{line.prefix}{field.name}"
            error = f"{line.name}: {lower_first(field.error)}" if field.error else ""
            fields[name] = replace(field, name=name, error=error)
    return FormView(MappingProxyType(fields), general)


@dataclass(frozen=True, kw_only=True)
class ObserverSaid:
    """An observer as typed."""

    name: str
    agency: str
    has_accepted: bool

    def command(self, meeting_id: UUID) -> NameObserver:
        """Return the command that names them."""
        return NameObserver(
            meeting_id=meeting_id,
            name=self.name,
            agency=self.agency,
            has_accepted=self.has_accepted,
        )


class ObserverForm(Form[ObserverSaid]):
    """Somebody who observes without an account here."""

    name = PlainText("Name", called="the observer's name", required=True, max_length=120)
    agency = PlainText("Agency", max_length=120)
    accepted = Choice(
        "Have they accepted the confidentiality statement?",
        {"yes": "Yes", "no": "No"},
        required=True,
        ask="Select yes or no",
    )

    @override
    def build(self, values: dict[str, Any]) -> ObserverSaid:
        return ObserverSaid(
            name=values["name"],
            agency=values["agency"] or "",
            has_accepted=values["accepted"] == "yes",
        )


@dataclass(frozen=True, kw_only=True)
class ApologySaid:
    """Whether an agency comes."""

    comes: bool
    version: int

    def command(self, meeting_id: UUID) -> SendApology:
        """Return the command that keeps it."""
        return SendApology(meeting_id=meeting_id, version=self.version, comes=self.comes)


class ApologyForm(Form[ApologySaid]):
    """Whether an agency comes to a meeting, by its representative."""

    comes = Choice(
        "Can your agency come?",
        {"yes": "Yes", "no": "No, send our apology"},
        required=True,
        ask="Select whether your agency can come",
    )
    version = Hidden("Version")

    @override
    def build(self, values: dict[str, Any]) -> ApologySaid:
        return ApologySaid(comes=values["comes"] == "yes", version=version_of(values))
