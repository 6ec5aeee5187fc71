"""What the lists of a draft have in common: parties, bases, categories and gateways."""

from dataclasses import dataclass
from typing import Any

from flask import request, url_for
from flask.typing import ResponseReturnValue

from hub.sharing.pages.agreement_forms import caption_of
from hub.sharing.queries.agreements import AgreementSheet
from hub.sharing.register.gaps import Gap, Section
from hub.sharing.register.spelling import Line, spelled_out
from hub.sharing.schemas.agreements import version_of
from hub.web.render import Page, Task, page
from hub.web.values import Link


@dataclass(frozen=True)
class Card:
    """One part of a list: what is said of it, what can be changed, and where it is taken out."""

    heading: str
    words: tuple[str, ...]
    links: tuple[Link, ...] = ()
    remove: str = ""


@dataclass(frozen=True)
class Offer:
    """A gateway that can be added: how it is cited, what for, and what to verify."""

    href: str
    citation: str
    use: str
    check: str


@dataclass(frozen=True, kw_only=True)
class Parts:
    """A list of parts: what the page says, the parts, and how more are added."""

    title: Task
    cards: tuple[Card, ...]
    about: str
    add: Link | None = None
    offers: tuple[Offer, ...] = ()


@dataclass(frozen=True, kw_only=True)
class PartsPage(Page):
    """A list of parts of a draft, and what it lacks."""

    parts: Parts
    lacks: tuple[Gap, ...]
    version: int


def listed(sheet: AgreementSheet, section: Section, parts: Parts) -> ResponseReturnValue:
    """Show the parts of a draft that belong to a section, with what the section lacks."""
    shown = PartsPage(
        title=parts.title,
        caption=caption_of(sheet),
        back=address("show", sheet),
        parts=parts,
        lacks=tuple(gap for gap in sheet.lacks if gap.section is section),
        version=sheet.line.version,
    )
    return page("sharing/parts.html", shown)


def address(endpoint: str, sheet: AgreementSheet, **values: Any) -> str:  # noqa: ANN401 - a URL's
    """Return the address of a page of this version."""
    return url_for(f"sharing.{endpoint}", agreement_id=sheet.line.id, **values)


def typed_version() -> int:
    """Return the count of changes of the version that was read, from the form of a button."""
    return version_of(dict(request.form))


def lines_of(sheet: AgreementSheet, section: Section) -> dict[str, Line]:
    """Return what the version says in a section, by the last part of the line's key."""
    found = (line for line in spelled_out(sheet.contents) if line.section is section)
    return {line.key.removeprefix(f"{section}."): line for line in found}
