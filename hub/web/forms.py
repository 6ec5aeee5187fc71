"""Reading a form through a marshmallow schema, and showing it again with all that was typed."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Generic, TypeVar

from marshmallow import EXCLUDE, Schema, ValidationError, missing, post_load
from marshmallow.types import UnknownOption
from typing_extensions import override
from werkzeug.datastructures import MultiDict

from hub.web.fields import Asked
from hub.web.values import Field, FormView, Option, Typed
from hub.web.words import SPOKEN, WORD, LabelPack

T = TypeVar("T")
Options = Mapping[str, tuple[Option, ...]]
GENERAL = "_schema"


class Form(Schema, Generic[T]):
    """The shape of one page's answers; ``build`` makes the frozen command or value.

    Rules across fields are methods with marshmallow's ``validates_schema`` that raise
    ``ValidationError(text, field_name)``. A JSON body goes through the same class with
    ``unknown=RAISE``.
    """

    class Meta(Schema.Meta):
        """What the browser adds (token, button) is left out, and errors keep the page's order."""

        unknown = EXCLUDE

    def __init__(
        self, *, options: Options | None = None, unknown: UnknownOption | None = None
    ) -> None:
        super().__init__(unknown=unknown)
        for name, choices in (options or {}).items():
            self.asked(name).options = choices

    def asked(self, name: str) -> Asked:
        """Return the field of that name. Raises KeyError, or TypeError if it is not of the kit."""
        field = self.fields[name]
        if not isinstance(field, Asked):
            raise TypeError(f"{name} is not a field of the page kit")
        return field

    def build(self, values: dict[str, Any]) -> T:
        """Return what the page wants of the values; a form says how."""
        raise NotImplementedError

    @post_load
    def _build(self, values: dict[str, Any], **_: object) -> T:
        return self.build(values)

    @override
    def handle_error(self, error: ValidationError, data: Any, *, many: bool, **kwargs: Any) -> None:
        """Put the words of the label pack into the texts."""
        words = SPOKEN.get()
        if isinstance(error.messages, dict):
            for name, texts in error.messages.items():
                if isinstance(texts, list):
                    error.messages[name] = [words.fill(str(text)) for text in texts]


Values = dict[str, Any]
"""One page's answers by field name, right by that page's rules."""


class ValuesForm(Form[Values]):
    """A form whose answers stay a mapping."""

    @override
    def build(self, values: dict[str, Any]) -> Values:
        return values


@dataclass(frozen=True, slots=True)
class Reading(Generic[T]):
    """What came of reading a form: the value, or None and a form that says what is wrong."""

    value: T | None
    form: FormView

    @property
    def typed(self) -> dict[str, list[str]]:
        """Everything typed, in a shape that JSON can keep as a draft."""
        return self.form.typed


def read(
    shape: type[Form[T]], form: MultiDict[str, str], *, options: Options | None = None
) -> Reading[T]:
    """Read what the browser sent (``request.form``). Wrong input is an answer, not an exception."""
    schema = shape(options=options)
    typed = {name: gather(form, name, schema.asked(name)) for name in schema.fields}
    return _load(schema, typed)


def read_typed(
    shape: type[Form[T]], typed: Mapping[str, list[str]], *, options: Options | None = None
) -> Reading[T]:
    """Read a draft that was kept with ``Reading.typed``, by today's rules."""
    schema = shape(options=options)
    return _load(schema, {name: tuple(typed.get(name, ())) for name in schema.fields})


def blank(
    shape: type[Form[T]],
    values: Mapping[str, Any] | None = None,
    *,
    typed: Mapping[str, list[str]] | None = None,
    options: Options | None = None,
) -> FormView:
    """Return the form as it is first shown: empty, from saved ``values``, or from a draft."""
    schema = shape(options=options)
    given = values or {}
    drafted = typed or {}
    shown = {
        name: tuple(drafted[name]) if name in drafted else schema.asked(name).show(given.get(name))
        for name in schema.fields
    }
    return _view(schema, shown, {})


def gather(form: MultiDict[str, str], name: str, asked: Asked) -> Typed:
    """Return the strings that the browser sent for one field."""
    if asked.suffixes == ("",):
        return tuple(form.getlist(name))
    parts = tuple(form.get(f"{name}{suffix}", "") for suffix in asked.suffixes)
    return parts if any(parts) else ()


def _load(schema: Form[T], typed: Mapping[str, Typed]) -> Reading[T]:
    raw = {name: schema.asked(name).raw(strings) for name, strings in typed.items()}
    try:
        value: T = schema.load({name: each for name, each in raw.items() if each is not missing})
    except ValidationError as error:
        texts = error.normalized_messages()  # type: ignore[no-untyped-call]  # theirs
        return Reading(None, _view(schema, typed, texts))
    return Reading(value, _view(schema, typed, {}))


def _view(schema: Form[T], typed: Mapping[str, Typed], errors: Mapping[str, Any]) -> FormView:
    words = SPOKEN.get()
    shown = {}
    for name in schema.fields:
        asked = schema.asked(name)
        shown[name] = Field(
            name=name,
            label=words.fill(asked.label),
            kind=asked.shown_as,
            hint=words.fill(asked.hint),
            typed=typed.get(name, ()),
            options=_worded(asked.options, words),
            error=_first_text(errors.get(name)),
            bad_parts=asked.bad_parts,
            width=asked.width,
            rows=asked.rows,
            max_length=asked.max_length,
            input_type=asked.input_type,
            inputmode=asked.inputmode,
            autocomplete=asked.autocomplete,
            required=asked.required,
        )
    general = [str(text) for text in errors.get(GENERAL, [])]
    lost = [
        _first_text(texts)
        for name, texts in errors.items()
        if name != GENERAL and (name not in shown or shown[name].kind == "hidden")
    ]
    return FormView(MappingProxyType(shown), (*general, *lost))


def _worded(options: tuple[Option, ...], words: LabelPack) -> tuple[Option, ...]:
    """Return the options with the authority's own words in them."""
    if not any(WORD.search(f"{each.label}{each.hint}") for each in options):
        return options
    return tuple(
        Option(each.value, words.fill(each.label), words.fill(each.hint)) for each in options
    )


def _first_text(texts: object) -> str:
    """Return the first error text: one cure at a time for one field."""
    while isinstance(texts, dict | list) and texts:
        texts = next(iter(texts.values() if isinstance(texts, dict) else texts))
    return str(texts) if texts else ""
