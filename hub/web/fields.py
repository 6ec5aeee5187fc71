"""Form fields as marshmallow fields: what is asked, how it is read, what is said if it is wrong.

A field is declared once with its label and serves a form (strings as typed) and a JSON body (its
JSON shape) with one set of error texts, in the style of the GOV.UK Design System: say what to do,
naming the field.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any, ClassVar, NotRequired, TypedDict, Unpack

import phonenumbers
from email_validator import EmailNotValidError, validate_email
from marshmallow import ValidationError, fields, missing
from typing_extensions import override
from uk_postcodes_parsing import parse_from_corpus

from hub.kernel.mailable import is_address
from hub.web.values import Option, Typed

SHORT_TEXT = 100
LONG_TEXT = 4000
POSTCODE = re.compile(r"[A-Z]{1,2}[0-9][A-Z0-9]? ?[0-9][A-Z]{2}")
BIDI = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Marks that turn the direction of text, with which a name can be made to look like another."""
WIDTHLESS = dict.fromkeys(map(ord, "\u200b\u2060\ufeff\u00ad"))
"""Marks without width that come with text out of another program; nobody sees or typed them."""


class Wording(TypedDict):
    """The keywords that every field understands."""

    called: NotRequired[str]
    hint: NotRequired[str]
    ask: NotRequired[str]
    required: NotRequired[bool]
    width: NotRequired[str]
    autocomplete: NotRequired[str]
    load_default: NotRequired[Any]
    validate: NotRequired[Any]


class Asked(fields.Field[Any]):
    """What a question says about itself.

    ``label`` is shown above the input; ``called`` names the field inside an error text (default:
    the label with a small first letter); ``ask`` is the text when a required answer is missing;
    ``width`` is a width class of the design system such as ``10`` or ``two-thirds``.
    Texts may hold ``{w.worker}`` and other words of the label pack.
    """

    kind: ClassVar[str] = "input"
    suffixes: ClassVar[tuple[str, ...]] = ("",)
    inputmode: ClassVar[str] = ""
    input_type: ClassVar[str] = "text"
    verb: ClassVar[str] = "Enter"
    inner_fields: ClassVar[tuple[type[fields.Field[Any]], ...]] = ()
    max_length: int = 0
    rows: int = 0

    def __init__(self, label: str, **wording: Unpack[Wording]) -> None:
        self.label = label
        self.called = wording.pop("called", "") or lower_first(label.rstrip("?"))
        self.hint = wording.pop("hint", "")
        self.width = wording.pop("width", "")
        self.autocomplete = wording.pop("autocomplete", "off")
        self.options: tuple[Option, ...] = ()
        self.bad_parts: tuple[str, ...] = ()
        self.ask = wording.pop("ask", "") or f"{self.verb} {self.called}"
        if not wording.get("required"):
            wording.setdefault("load_default", None)
        wording["allow_none"] = not wording.get("required")  # type: ignore[typeddict-unknown-key]  # marshmallow's, not ours
        super().__init__(
            *self.inner_fields,
            **wording,  # type: ignore[misc]  # the same keys for every field
        )

    @override
    def make_error(self, key: str, **kwargs: bool | str | float) -> ValidationError:
        """Return the one text for an answer that is missing or of the wrong kind."""
        return ValidationError(self.ask)

    @property
    def shown_as(self) -> str:
        """Which component of the page shows the field."""
        return self.kind

    def raw(self, typed: Typed) -> object:
        """Return what the schema loads for the strings typed; ``missing`` when nothing was."""
        text = typed[0] if typed else ""
        return text if text.strip() else missing

    def show(self, value: object) -> Typed:
        """Return a loaded value as somebody would have typed it, for a form that opens filled."""
        return () if value is None else (str(value),)

    def wrong(self, what: str) -> ValidationError:
        """Return the error "Name of the field" followed by ``what``."""
        return ValidationError(f"{upper_first(self.called)} {what}")


class PlainText(Asked, fields.String):
    """One line of text: trimmed, any run of blanks made one space, in Unicode form NFC.

    A tab, a line end or a mark without width, as pasted from a table or a letter, is a blank or
    nothing: it is never refused, for nobody could see what to delete.
    """

    line_end: ClassVar[str] = ""

    def __init__(
        self, label: str, *, max_length: int = SHORT_TEXT, **wording: Unpack[Wording]
    ) -> None:
        super().__init__(label, **wording)
        self.max_length = max_length

    @override
    def _deserialize(self, value: object, attr: str | None, data: Any, **kwargs: Any) -> Any:
        if not isinstance(value, str):
            raise ValidationError(self.ask)
        text = self.tidy(value)
        if any(is_unprintable(letter) for letter in text.replace(self.line_end, "")):
            raise self.wrong("has a character that cannot be printed. Delete it and type it again")
        if len(text) > self.max_length:
            raise self.wrong(f"must be {self.max_length:,} characters or fewer")
        return self.understood(text) if text else self.empty()

    def tidy(self, text: str) -> str:
        """Return the text as it is kept."""
        return " ".join(unicodedata.normalize("NFC", text.translate(WIDTHLESS)).split())

    def understood(self, text: str) -> str:
        """Return the value of a text that is not empty. Raises ValidationError."""
        return text

    def empty(self) -> None:
        """Answer for white space alone, which is no answer. Raises ValidationError if required."""
        if self.required:
            raise ValidationError(self.ask)


class LongText(PlainText):
    """Several lines of text; any line end is kept as a line feed, a tab as spaces."""

    kind = "textarea"
    line_end = "\n"

    def __init__(
        self,
        label: str,
        *,
        max_length: int = LONG_TEXT,
        rows: int = 5,
        **wording: Unpack[Wording],
    ) -> None:
        super().__init__(label, max_length=max_length, **wording)
        self.rows = rows

    @override
    def tidy(self, text: str) -> str:
        joined = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", "    ")
        joined = joined.translate(WIDTHLESS)
        return unicodedata.normalize("NFC", joined).strip()


class Email(PlainText):
    """An e-mail address, its domain in lower case; whether the domain exists is not asked.

    One that no message of the hub could be sent to, for its letters are not plain, is refused.
    """

    inputmode = "email"
    input_type = "email"

    @override
    def understood(self, text: str) -> str:
        try:
            address = validate_email(text, check_deliverability=False)
        except EmailNotValidError as error:
            raise ValidationError(
                f"Enter {self.called} in the correct format, like name@example.org"
            ) from error
        if not is_address(address.normalized):
            raise self.wrong("must be in plain letters without accents, like name@example.org")
        return address.normalized


class Phone(PlainText):
    """A possible telephone number, kept as typed; British unless it begins with +."""

    inputmode = "tel"
    input_type = "tel"

    @override
    def understood(self, text: str) -> str:
        try:
            possible = phonenumbers.is_possible_number(phonenumbers.parse(text, "GB"))
        except phonenumbers.NumberParseException:
            possible = False
        if not possible:
            raise ValidationError(f"Enter {self.called}, like 01632 960001 or 07700 900982")
        return text


class Postcode(PlainText):
    """A full United Kingdom postcode, kept in capitals with its space."""

    @override
    def understood(self, text: str) -> str:
        found = parse_from_corpus(text.upper())
        bare = text.upper().replace(" ", "")
        if len(found) == 1 and found[0].postcode.replace(" ", "") == bare:
            return str(found[0].postcode)
        raise ValidationError(f"Enter {self.called} in full, like AA1 1AA")


class Choice(Asked, fields.String):
    """One of a few answers, as radios; ``as_select`` for a long list.

    Options that only the database knows are handed over when the form is read:
    ``read(form, data, options={"agency": (...)})``.
    """

    kind = "radios"
    verb = "Select"

    def __init__(
        self,
        label: str,
        options: Iterable[Option] | Mapping[str, str] = (),
        *,
        as_select: bool = False,
        **wording: Unpack[Wording],
    ) -> None:
        super().__init__(label, **wording)
        self.options = as_options(options)
        self.as_select = as_select
        if self.options:  # for the document of the JSON API
            none = () if self.required else ("", None)
            known = [option.value for option in self.options]
            self.metadata = {**self.metadata, "enum": [*known, *none]}

    @property
    @override
    def shown_as(self) -> str:
        return "select" if self.as_select else self.kind

    @override
    def _deserialize(self, value: object, attr: str | None, data: Any, **kwargs: Any) -> Any:
        if value == "" and not self.required:
            return None
        if value not in [option.value for option in self.options]:
            raise ValidationError(self.ask)
        return value


class Choices(Asked, fields.List[str]):
    """Any number of answers, as checkboxes; loads to a list in the order of the options."""

    kind = "checkboxes"
    verb = "Select"
    inner_fields = (fields.String,)

    def __init__(
        self,
        label: str,
        options: Iterable[Option] | Mapping[str, str] = (),
        **wording: Unpack[Wording],
    ) -> None:
        super().__init__(label, **wording)
        self.options = as_options(options)
        if self.options:  # for the document of the JSON API
            self.inner.metadata = {"enum": [option.value for option in self.options]}

    @override
    def raw(self, typed: Typed) -> object:
        return [text for text in typed if text] or missing

    @override
    def show(self, value: object) -> Typed:
        return tuple(str(each) for each in value) if isinstance(value, list | tuple) else ()

    @override
    def _deserialize(self, value: object, attr: str | None, data: Any, **kwargs: Any) -> Any:
        known = [option.value for option in self.options]
        if not isinstance(value, list) or not all(each in known for each in value):
            raise ValidationError(self.ask)
        if self.required and not value:
            raise ValidationError(self.ask)
        return [each for each in known if each in value]


class Tick(Asked, fields.Boolean):
    """A single checkbox that is ticked or not; when required it must be ticked."""

    kind = "checkboxes"
    verb = "Confirm"

    def __init__(self, label: str, **wording: Unpack[Wording]) -> None:
        if not wording.get("required"):
            wording.setdefault("load_default", False)
        super().__init__(label, **wording)
        self.options = (Option("yes", label),)

    @override
    def raw(self, typed: Typed) -> object:
        return True if "yes" in typed else missing

    @override
    def show(self, value: object) -> Typed:
        return ("yes",) if value else ()

    @override
    def _deserialize(self, value: object, attr: str | None, data: Any, **kwargs: Any) -> Any:
        if not isinstance(value, bool) or (self.required and not value):
            raise ValidationError(self.ask)
        return value


class Hidden(PlainText):
    """A value that the page carries and nobody types, such as the version that was read."""

    kind = "hidden"


def as_options(options: Iterable[Option] | Mapping[str, str]) -> tuple[Option, ...]:
    """Return options from a mapping of value to label, or as they are."""
    if isinstance(options, Mapping):
        return tuple(Option(value, label) for value, label in options.items())
    return tuple(options)


def is_unprintable(letter: str) -> bool:
    """Return whether the character is a control, a lone surrogate or turns the text around."""
    return unicodedata.category(letter) in {"Cc", "Cs"} or letter in BIDI


def lower_first(text: str) -> str:
    """Return the text with a small first letter, unless it begins with an abbreviation."""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


def upper_first(text: str) -> str:
    """Return the text with a capital first letter."""
    return text[:1].upper() + text[1:]
