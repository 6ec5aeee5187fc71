"""A person's records of consent: all of them, and one whole."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from flask import url_for
from flask.typing import ResponseReturnValue

from hub.access.permissions import Permission
from hub.db.looks import look
from hub.sharing.consent_doors import find_consent
from hub.sharing.pages.consents.room import PERSON, RECORD, consents, seen_person
from hub.sharing.pages.consents.saying import SaidLine, said_line, sheet_rows, tag_of
from hub.sharing.queries.consent_pages import drafts_about, lines_of, sheet_of
from hub.sharing.queries.consent_waiting import due_again
from hub.web.current import actor, units
from hub.web.guard import policy
from hub.web.render import Page, SummaryRow, Task, page, task

ALL = task("What somebody agreed to")
ONE = task("One record")
AGAIN = task("Ask or tell again")


@dataclass(frozen=True, kw_only=True)
class RecordsPage(Page):
    """Every record of a person, those that count first told apart from the others."""

    title: Task = ALL
    person_id: UUID
    counting: tuple[SaidLine, ...]
    others: tuple[SaidLine, ...]
    drafts: tuple[UUID, ...]


@dataclass(frozen=True, kw_only=True)
class RecordPage(Page):
    """One record with every word of it."""

    title: Task = ONE
    line: SaidLine
    rows: tuple[SummaryRow, ...]


@dataclass(frozen=True, slots=True)
class AgainLine:
    """Somebody to ask or tell again, with a tag for what the record says."""

    id: UUID
    name: str
    tag: str
    colour: str
    since: date


@dataclass(frozen=True, kw_only=True)
class AgainPage(Page):
    """Whom the actor must ask or tell again, the longest due first."""

    title: Task = AGAIN
    rows: tuple[AgainLine, ...]


@consents.get("/consents/due")
@policy(Permission.CONSENT_RECORD)
def due() -> ResponseReturnValue:
    """List whom one said one would ask or tell again by today."""
    with units().read(actor()) as uow:
        rows = due_again(uow)
    look(units(), actor(), PERSON, {row.person_id for row in rows})
    lines = tuple(
        AgainLine(row.id, row.name, *tag_of(row.state, row.was_told), row.revisit_on)
        for row in rows
    )
    return page("sharing/consents_due.html", AgainPage(rows=lines))


@consents.get("/people/<uuid:person_id>/consents", endpoint="records")
@policy(Permission.CONSENT_READ)
def all_records(person_id: UUID) -> ResponseReturnValue:
    """List what a person said about being shared."""
    seen = seen_person(person_id)
    with units().read(actor()) as uow:
        lines = tuple(said_line(one) for one in lines_of(uow, person_id))
        drafts = drafts_about(uow, person_id)
    return page(
        "sharing/consents.html",
        RecordsPage(
            heading="What they agreed to",
            caption=seen.name,
            back=url_for("people.person", person_id=person_id),
            person_id=person_id,
            counting=tuple(one for one in lines if one.counts),
            others=tuple(one for one in lines if not one.counts),
            drafts=drafts,
        ),
    )


@consents.get("/consents/<uuid:consent_id>")
@policy(Permission.CONSENT_READ)
def record(consent_id: UUID) -> ResponseReturnValue:
    """Show one record with every word of it."""
    with units().read(actor()) as uow:
        person_id = find_consent(uow, consent_id)
    look(units(), actor(), RECORD, [consent_id])
    seen = seen_person(person_id)
    with units().read(actor()) as uow:
        sheet = sheet_of(uow, consent_id)
    line = said_line(sheet.line)
    return page(
        "sharing/consent.html",
        RecordPage(
            heading=f"{line.tag} on {line.day}",
            caption=seen.name,
            back=url_for("consents.records", person_id=person_id),
            line=line,
            rows=sheet_rows(sheet),
        ),
    )
