"""Answers as lines of a summary: the question, and what was said, in words."""

from collections.abc import Collection, Mapping
from datetime import date
from types import MappingProxyType
from typing import Any

from hub.kernel.days import parse_instant
from hub.web.dates import DateParts, month_number, number
from hub.web.forms import ValuesForm
from hub.web.moments import LondonDateTime
from hub.web.phrases import said_day
from hub.web.render import SummaryRow, Version
from hub.web.values import Field, FormView

NO_LABELS: Mapping[str, str] = MappingProxyType({})


def said_rows(form: FormView, labels: Mapping[str, str] = NO_LABELS) -> tuple[SummaryRow, ...]:
    """Return what was typed on a form, without the questions that were left.

    ``labels`` say how an answer is headed where the question as it was asked would be long.
    """
    rows = ((each, said(each)) for each in form)
    return tuple(
        SummaryRow(labels.get(each.name, each.label), value) for each, value in rows if value
    )


def both(mine: FormView, saved: FormView) -> tuple[Version, ...]:
    """Set what was typed on a form beside what is saved, the same form filled with that, in words.

    Where both say nothing there is nothing to compare.
    """
    pairs = ((each, line(each), line(saved[each.name])) for each in mine if each.kind != "hidden")
    return tuple(
        Version(each.label, ours, theirs) for each, ours, theirs in pairs if ours or theirs
    )


def line(field: Field) -> str:
    """Return one answer in words on one line."""
    value = said(field)
    return value if isinstance(value, str) else ", ".join(value)


def revived(shape: type[ValuesForm], values: Mapping[str, Any]) -> dict[str, Any]:
    """Return answers that JSON kept as the form loads them: days and instants are such again."""
    fields = shape().fields
    return {name: _revived(fields.get(name), value) for name, value in values.items()}


def _revived(field: object, value: Any) -> Any:  # noqa: ANN401 - a JSON value, and what it was
    if isinstance(field, LondonDateTime):
        return parse_instant(value)
    return date.fromisoformat(value) if isinstance(field, DateParts) else value


def said(field: Field) -> str | tuple[str, ...]:
    """Return one answer in words; an empty text when nothing was said."""
    if not any(text.strip() for text in field.typed):
        return ""
    if field.kind == "date":
        return said_date(field.typed)
    if field.kind == "datetime":
        return f"{said_date(field.typed[:3])} at {field.part(3)}"
    if field.options:
        labels = {option.value: option.label for option in field.options}
        if field.options == field.options[:1] and field.kind == "checkboxes":
            return "Yes"  # one box, whose label is the question
        found = tuple(labels.get(text, text) for text in field.typed)
        return found if len(found) > 1 else found[0]
    return field.value


def said_date(parts: Collection[str]) -> str:
    """Return a date as typed in three parts, in words where it is one."""
    day, month, year = [*parts, "", "", ""][:3]
    try:
        return said_day(date(number(year), month_number(month), number(day)))
    except ValueError:
        return " ".join(parts)
