"""The answers of a draft in words, as the page shows them on which they are checked."""

from datetime import date

from flask import url_for

from hub.sharing.rules.consent_journey import Step
from hub.sharing.schemas.consent_talk import Talk
from hub.web.phrases import said_day
from hub.web.render import SummaryRow
from hub.web.values import Field, Link


def answer_rows(talk: Talk, step: Step) -> tuple[SummaryRow, ...]:
    """Return the answers of one step, with a way to change them."""
    values = talk.values[step]
    change = Link("Change", url_for("consents.step", talk_id=talk.draft.id, name=step))
    rows = []
    for field in talk.read(step).form:
        said = _said(field, values.get(field.name))
        if said:
            rows.append(SummaryRow(field.label, said, (change,)))
    return tuple(rows)


def _said(field: Field, value: object) -> str | tuple[str, ...]:
    labels = {option.value: option.label for option in field.options}
    if isinstance(value, date):
        return said_day(value)
    if isinstance(value, bool):
        return "Yes" if value else ""
    if isinstance(value, list):
        return tuple(labels[each] for each in value)
    text = str(value or "")
    return labels.get(text, text)
