"""The frozen values that templates eat: options, fields as shown again, links, problems."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from types import MappingProxyType

Typed = tuple[str, ...]
"""What somebody typed into one field: one string, or a date's parts, or every box ticked."""


@dataclass(frozen=True, slots=True)
class Option:
    """One answer that can be picked."""

    value: str
    label: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """Somewhere to go; ``current`` marks the page that is open."""

    text: str
    href: str
    current: bool = False


@dataclass(frozen=True, slots=True)
class Problem:
    """One line of the error summary: the text and the id of the input to mend."""

    text: str
    target: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One question as the page shows it, with what was typed and what is wrong with it."""

    name: str
    label: str
    kind: str = "input"
    hint: str = ""
    typed: Typed = ()
    options: tuple[Option, ...] = ()
    error: str = ""
    bad_parts: tuple[str, ...] = ()
    width: str = ""
    rows: int = 5
    max_length: int = 0
    input_type: str = "text"
    inputmode: str = ""
    autocomplete: str = "off"
    required: bool = False

    @property
    def id(self) -> str:
        """The id of the field's first input, where the error summary leads."""
        if self.kind in ("date", "datetime"):
            return f"{self.name}-{self.bad_parts[0] if self.bad_parts else 'day'}"
        return self.name

    @property
    def value(self) -> str:
        """The one string typed, or an empty one."""
        return self.typed[0] if self.typed else ""

    @property
    def described_by(self) -> str:
        """The ids of hint and error, for ``aria-describedby``."""
        ids = (f"{self.name}-hint" if self.hint else "", f"{self.name}-error" if self.error else "")
        return " ".join(each for each in ids if each)

    def part(self, index: int) -> str:
        """Return one part of a date as typed."""
        return self.typed[index] if index < len(self.typed) else ""


@dataclass(frozen=True, slots=True)
class FormView:
    """A form as the page shows it. ``form.family_name`` in a template is that field.

    ``general`` holds problems of the form as a whole; they lead to its first field.
    """

    fields: MappingProxyType[str, Field]
    general: tuple[str, ...] = ()

    def __getitem__(self, name: str) -> Field:
        return self.fields[name]

    def __iter__(self) -> Iterator[Field]:
        return iter(self.fields.values())

    @property
    def typed(self) -> dict[str, list[str]]:
        """Everything typed by field name, in a shape that JSON can keep as a draft."""
        return {name: list(each.typed) for name, each in self.fields.items()}

    @property
    def problems(self) -> tuple[Problem, ...]:
        """The error summary's lines, in the order of the fields on the page."""
        shown = [each for each in self.fields.values() if each.kind != "hidden"]
        first = shown[0].id if shown else "main-content"
        return (
            *(Problem(text, first) for text in self.general),
            *(Problem(each.error, each.id) for each in shown if each.error),
        )

    def refuse(self, why: str, *, field: str | None = None) -> "FormView":
        """Return the form with one more problem, at a field or (None, or unknown) as a whole.

        This is how a command's refusal becomes an error beside the input to mend.
        """
        if field is None or field not in self.fields:
            return replace(self, general=(*self.general, why))
        mended = dict(self.fields)
        mended[field] = replace(mended[field], error=why)
        return replace(self, fields=MappingProxyType(mended))
