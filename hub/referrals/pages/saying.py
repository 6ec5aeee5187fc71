"""Answers as lines of a summary: the question, and what was said, in words."""

from collections.abc import Collection, Mapping
from datetime import date
from types import MappingProxyType
from typing import Any

from hub.referrals.schemas.people import ValuesForm
from hub.referrals.schemas.whole import ENTRY_SHAPES, SHAPES
from hub.web.dates import DateParts, month_number, number
from hub.web.forms import blank
from hub.web.phrases import said_day
from hub.web.render import SummaryRow
from hub.web.values import Field, FormView

HIDDEN = "Hidden"
ALL = frozenset({"*"})
LABELS = MappingProxyType(
    {
        "about_age": "Age, about",
        "area": "Area",
        "bases": "Shared without consent because",
        "care_experienced": "Care-experienced",
        "consent": "Agreed to this being shared",
        "criteria": "Criteria",
        "due_on": "Baby due",
        "is_name_unknown": "Name not known",
        "is_unborn": "Not born yet",
        "manager": "Signed off by",
        "necessity": "Necessary and proportionate because",
        "responsible_authority": "Responsible authority",
        "tool": "Risk tool",
    }
)
"""How an answer is headed where the question as it was asked would be long."""

PERSON_CONTACT = frozenset(
    {"address", "postcode", "workplace", "school", "lives_with", "in_care_of"}
)
CONTACT: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "home": frozenset({"address", "postcode", "usual_address"}),
        "safe_contact": ALL,
        "needs": frozenset({"gp"}),
        "victim": PERSON_CONTACT,
        "alleged_perpetrator": PERSON_CONTACT,
        "child": PERSON_CONTACT,
        "other_adult": PERSON_CONTACT,
    }
)
"""The answers by which somebody can be found or reached: shown only when asked for (X20)."""


def said_rows(form: FormView) -> tuple[SummaryRow, ...]:
    """Return what was typed on a form, without the questions that were left."""
    rows = ((each, said(each)) for each in form)
    return tuple(
        SummaryRow(LABELS.get(each.name, each.label), value) for each, value in rows if value
    )


def stored_rows(
    page: str, values: Mapping[str, Any], *, hide: bool = True
) -> tuple[SummaryRow, ...]:
    """Return what was submitted on a page, with what could lead to somebody hidden."""
    shape = SHAPES[page] if page in SHAPES else ENTRY_SHAPES[page]
    form = blank(shape, revived(shape, values))
    secret = CONTACT.get(page, frozenset()) if hide else frozenset()
    rows = []
    for each in form:
        value = said(each)
        if value:
            is_secret = secret == ALL or each.name in secret
            label = LABELS.get(each.name, each.label)
            rows.append(SummaryRow(label, HIDDEN if is_secret else value))
    return tuple(rows)


def revived(shape: type[ValuesForm], values: Mapping[str, Any]) -> dict[str, Any]:
    """Return stored answers as the form loads them: days are days again."""
    fields = shape().fields
    return {
        name: date.fromisoformat(value) if isinstance(fields.get(name), DateParts) else value
        for name, value in values.items()
    }


def said(field: Field) -> str | tuple[str, ...]:
    """Return one answer in words; an empty text when nothing was said."""
    if not any(text.strip() for text in field.typed):
        return ""
    if field.kind == "date":
        return said_date(field.typed)
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
