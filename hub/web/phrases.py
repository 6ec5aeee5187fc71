"""How days, times and numbers are said on a page, in the style of the GOV.UK content guide."""

import re
from datetime import date, datetime, time

from markupsafe import Markup, escape

from hub.kernel.days import london_time

NOON = 12


def said_day(day: date | datetime) -> str:
    """Return "3 June 2026"; an instant is said as its day in London."""
    local = london_time(day) if isinstance(day, datetime) else day
    return f"{local.day} {local:%B %Y}"


def said_weekday(day: date | datetime) -> str:
    """Return "Wednesday 3 June 2026"; an instant is said as its day in London."""
    local = london_time(day) if isinstance(day, datetime) else day
    return f"{local:%A} {said_day(local if not isinstance(local, datetime) else local.date())}"


def said_time(instant: datetime) -> str:
    """Return "2:30pm", "9am", "midday" or "midnight" as London's clocks show the instant."""
    return said_clock(london_time(instant).time())


def said_wall_time(at: str) -> str:
    """Return a time of London's clocks that is kept as "14:30" as ``said_time`` says it."""
    return said_clock(time.fromisoformat(at))


def said_clock(local: time) -> str:
    """Return a time of the day as ``said_time`` does; it is one of London's already."""
    if (local.hour, local.minute) in {(0, 0), (NOON, 0)}:
        return "midday" if local.hour else "midnight"
    minutes = f":{local.minute:02d}" if local.minute else ""
    half = "am" if local.hour < NOON else "pm"
    return f"{local.hour % NOON or NOON}{minutes}{half}"


def said_moment(instant: datetime) -> str:
    """Return "3 June 2026 at 2:30pm" in London."""
    return f"{said_day(instant)} at {said_time(instant)}"


def said_span(begins: datetime, ends: datetime) -> str:
    """Return "2:30pm to 2:40pm", with the days where they differ in London."""
    if london_time(begins).date() == london_time(ends).date():
        return f"{said_time(begins)} to {said_time(ends)}"
    return f"{said_moment(begins)} to {said_moment(ends)}"


def counted(number: int, one: str, many: str = "") -> str:
    """Return "1 case" or "3 cases"; ``many`` where an s does not do."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def dialled(number: str) -> str:
    """Return a telephone number as a link dials it: digits and a leading +, without extension."""
    first = number.lower().split("ext")[0].split("x")[0]
    digits = "".join(sign for sign in first if sign.isascii() and sign.isdigit())
    return f"+{digits}" if first.strip().startswith("+") else digits


NUMBERS = re.compile(r"(?<![\d+])(?:\+?\d(?: ?\d){8,13}|999|112|111|101)(?!\d)")
"""Telephone numbers inside a sentence: whole ones, and the short ones of England."""


def with_numbers(text: str) -> Markup:
    """Return a sentence in which each telephone number can be pressed to ring it."""
    parts, at = [], 0
    for found in NUMBERS.finditer(text):
        href = dialled(found[0])
        link = '<a class="govuk-link hub-phone" href="tel:{}">{}</a>'
        parts += [escape(text[at : found.start()]), Markup(link).format(href, found[0])]  # noqa: S704 - the template is ours and format escapes what it is given
        at = found.end()
    return Markup("").join([*parts, escape(text[at:])])


FILTERS = {
    "day": said_day,
    "weekday": said_weekday,
    "time": said_time,
    "moment": said_moment,
    "counted": counted,
    "wall_time": said_wall_time,
    "dialled": dialled,
    "with_numbers": with_numbers,
}
"""Template filters: ``{{ page.starts_at | moment }}``."""
