"""What was asked, in words: page by page, from a draft or from a request that was sent."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from hub.kernel.drafts import Typed
from hub.sharing.pages.asking.words import SENT, SHORT
from hub.sharing.queries.asked_rows import AskedSheet
from hub.sharing.queries.holders import Holder
from hub.sharing.register import CATEGORIES
from hub.sharing.rules.request_answers import AskAnswers, AskPage
from hub.sharing.rules.request_gaps import Gap
from hub.sharing.schemas.requests import SHAPES
from hub.web.forms import Options, blank
from hub.web.phrases import said_moment
from hub.web.render import SummaryRow
from hub.web.said import revived, said_rows
from hub.web.values import Link, Option
from hub.web.words import SPOKEN

NOT_SAID = "Not said yet"


@dataclass(frozen=True)
class Section:
    """One page of a request as a heading and lines, with the way to change it, if there is one."""

    heading: str
    rows: tuple[SummaryRow, ...]
    change: str = ""


@dataclass(frozen=True)
class Lacking:
    """What lacks on one page, each with the way to give it."""

    heading: str
    links: tuple[Link, ...]


def by_page(gaps: Iterable[Gap], href: Callable[[Gap], str]) -> tuple[Lacking, ...]:
    """Return what lacks, page by page in the order of the journey."""
    found: dict[AskPage, list[Link]] = {}
    for gap in gaps:
        found.setdefault(gap.page, []).append(Link(gap.cure, href(gap)))
    words = SPOKEN.get()
    return tuple(Lacking(words.fill(SHORT[page]), tuple(links)) for page, links in found.items())


def holder_rows(holder: Holder | None) -> tuple[SummaryRow, ...]:
    """Return whom a request asks."""
    if holder is None:
        return ()
    lines = (holder.name, holder.of) if holder.of else holder.name
    return (SummaryRow("Asked", lines),)


def typed_rows(page: AskPage, typed: Typed, options: Options) -> tuple[SummaryRow, ...]:
    """Return what was typed on a page of a draft."""
    if page is AskPage.WHAT:
        codes = typed.get("categories", [])
        wanted = {code: (typed.get(f"wanted_{code}") or [""])[0] for code in codes}
        period = blank(SHAPES[page], typed={"period": typed.get("period", [])})
        return (*_category_rows(wanted), *said_rows(period))
    return said_rows(blank(SHAPES[page], typed=typed, options=options))


def asker_rows(sheet: AskedSheet) -> tuple[SummaryRow, ...]:
    """Return who asks, and since when; the form that is printed names them."""
    return (
        SummaryRow("Name", sheet.asker.name),
        SummaryRow("Agency", sheet.asker.agency),
        SummaryRow("E-mail at work", sheet.asker.email),
        SummaryRow("Sent", said_moment(sheet.line.sent_at)),
    )


def stored_sections(
    sheet: AskedSheet, holder: Holder | None, names: Mapping[UUID, str]
) -> tuple[Section, ...]:
    """Return everything that was asked and said in a request, in the order of its pages.

    ``names`` are those of the accounts that the answers speak of.
    """
    return (Section("Who asks", asker_rows(sheet)), *said_sections(sheet.answers, holder, names))


def said_sections(
    answers: AskAnswers, holder: Holder | None, names: Mapping[UUID, str]
) -> tuple[Section, ...]:
    """Return every answer of a request, in the order of its pages."""
    words = SPOKEN.get()
    options = {"counter_signer": tuple(Option(str(key), name) for key, name in names.items())}
    found = []
    for page in AskPage:
        if page is AskPage.HOLDER:
            rows = holder_rows(holder)
        else:
            rows = _stored_rows(page, answers, options if page is AskPage.POLICE else {})
        if rows:
            found.append(Section(words.fill(SENT[page]), rows))
    return tuple(found)


def _stored_rows(page: AskPage, answers: AskAnswers, options: Options) -> tuple[SummaryRow, ...]:
    values = answers.pages.get(page, {})
    if page is AskPage.WHAT:
        wanted = {code.value: text for code, text in answers.lines}
        period = {name: value for name, value in values.items() if name == "period"}
        return (*_category_rows(wanted), *said_rows(blank(SHAPES[page], period)))
    return said_rows(blank(SHAPES[page], revived(SHAPES[page], values), options=options))


def _category_rows(wanted: Mapping[str, str]) -> tuple[SummaryRow, ...]:
    return tuple(
        SummaryRow(CATEGORIES.get(code, code), text.strip() or NOT_SAID)
        for code, text in wanted.items()
    )


def with_change(rows: tuple[SummaryRow, ...], href: str) -> tuple[SummaryRow, ...]:
    """Return the rows, each with the way to change it."""
    return tuple(SummaryRow(row.key, row.value, (Link("Change", href),)) for row in rows)
