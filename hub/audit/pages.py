"""The trail on a page, for whoever must answer for it."""

import json
import re
from dataclasses import dataclass
from datetime import datetime

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue

from hub.access.permissions import Permission
from hub.audit import queries
from hub.audit.queries import EntryRow
from hub.web import current
from hub.web.guard import policy
from hub.web.render import Page, page, task

pages = Blueprint("audit", __name__, template_folder="templates")
TRAIL = task("Audit trail")
SHORT = 8
"""Letters of an id that tell a record from its neighbours; its address holds it whole."""

SUBJECTS = "kind"
"""The fact that says of which kind a record is, which an entry says anyway."""

ID = re.compile(r"[0-9a-f]{8}-?([0-9a-f]{4}-?){3}[0-9a-f]{12}")
WORD = re.compile(r"(?<!^)(?=[A-Z])")
KINDS = {"check": "question who is meant", "item": "case", "file": "concern's file"}
"""What a kind of record is called where its own name says too little."""

HUBS_OWN = {
    "public": "Nobody signed in",
    "worker": "The hub, sending mail",
    "sweep": "The hub, by the clock",
}
"""Who acted, where it was no account."""


@dataclass(frozen=True)
class TrailLine:
    """An entry in words, with the address of all entries about the same record."""

    at: datetime
    who: str
    what: str
    codes: str
    about: str
    href: str


@dataclass(frozen=True, kw_only=True)
class TrailPage(Page):
    """A page of entries; ``about`` says of which record, where it is of one only."""

    rows: tuple[TrailLine, ...]
    about: str = ""
    all_href: str = ""
    next_href: str = ""


@pages.get("/trail")
@policy(Permission.AUDIT_READ)
def trail() -> ResponseReturnValue:
    """Show what was done and seen, the latest first; of one record, where its id is given."""
    kind, record_id = request.args.get("kind", ""), request.args.get("id", "")
    about = (kind, record_id) if kind and record_id else None
    before = request.args.get("before", "")
    with current.units().read(current.actor()) as uow:
        rows = queries.latest_entries(
            uow,
            about=about,
            before=queries.number_at(uow, before),
            limit=queries.PAGE_SIZE + 1,
        )
        shown = tuple(rows[: queries.PAGE_SIZE])
        place = queries.place_after(uow, shown[-1]) if len(rows) > len(shown) else ""
    following = ""
    if place:
        following = url_for("audit.trail", kind=kind or None, id=record_id or None, before=place)
    return page(
        "audit/trail.html",
        TrailPage(
            title=TRAIL,
            rows=tuple(map(_line, shown)),
            about=said_record(kind, record_id) if about else "",
            all_href=url_for("audit.trail") if about else "",
            next_href=following,
            wide=True,
        ),
    )


def _line(row: EntryRow) -> TrailLine:
    return TrailLine(
        at=row.at,
        who=HUBS_OWN.get(row.who, row.who),
        what=said_event(row.verb),
        codes=said_codes(row.facts),
        about=f"account of {row.subject}"
        if row.subject
        else said_record(row.subject_kind, row.subject_id),
        href=url_for("audit.trail", kind=row.subject_kind, id=row.subject_id),
    )


def said_event(verb: str) -> str:
    """Return an event's name in words: "Agenda issued"."""
    return WORD.sub(" ", verb).capitalize()


def said_codes(facts: str) -> str:
    """Return the codes among the facts of an entry in words; ids say nothing to a reader."""
    said = [
        f"{name.replace('_', ' ')}: {str(value).replace('_', ' ')}"
        for name, value in json.loads(facts).items()
        if name != SUBJECTS and value not in (None, "") and not ID.fullmatch(str(value))
    ]
    return ", ".join(said)


def said_record(kind: str, record_id: str) -> str:
    """Return a record in words, told apart from others of its kind by the beginning of its id."""
    return f"{KINDS.get(kind, kind.replace('_', ' '))} {record_id[:SHORT]}"
