"""Lines of the log in words for the staff."""

from dataclasses import dataclass
from uuid import UUID

from hub.sharing.pages.consents.saying import WHAT
from hub.sharing.queries.log import LogRow
from hub.sharing.rules.coded import Category
from hub.sharing.rules.consent_words import STATE_WORDS, listed
from hub.sharing.rules.told_log import LEFT_OUT_WORDS, LogEntry, LogKind, in_plain_words
from hub.web.fields import lower_first
from hub.web.phrases import said_moment

TAGS = {
    LogKind.SHARED: ("Told", "blue"),
    LogKind.WITHHELD: ("Not told", "grey"),
    LogKind.INVITED: ("Invited", "turquoise"),
    LogKind.CONSENT: ("Consent", "green"),
    LogKind.CORRECTED: ("Corrected", "purple"),
    LogKind.LOOKED: ("Looked", "grey"),
}
SHOWN = "Shown to the person"


@dataclass(frozen=True, slots=True)
class SaidEntry:
    """A line of the log as the staff read it; ``plain`` is what the person reads, if they do."""

    kind: str
    id: UUID
    tag: str
    colour: str
    moment: str
    what: str
    record: str
    shown: str
    plain: str
    waits: bool


def said_entry(row: LogRow) -> SaidEntry:
    """Return one line in words."""
    entry = row.entry
    tag, colour = TAGS[entry.kind]
    return SaidEntry(
        kind=entry.kind.value,
        id=entry.id,
        tag=tag,
        colour=colour,
        moment=said_moment(entry.at),
        what=_what(entry),
        record=entry.record,
        shown=SHOWN if row.left_out is None else LEFT_OUT_WORDS[row.left_out],
        plain="" if row.left_out else in_plain_words(entry),
        waits=row.waits,
    )


def _what(entry: LogEntry) -> str:
    what = listed([lower_first(WHAT[one]) for one in Category if one in entry.categories])
    match entry.kind:
        case LogKind.SHARED:
            return f"{entry.from_agency} told {entry.to_agency}: {what}"
        case LogKind.WITHHELD:
            return f"{entry.from_agency} did not tell {entry.to_agency}: {what}"
        case LogKind.INVITED:
            return f"{entry.to_agency} was told: {what}"
        case LogKind.CONSENT:
            state = STATE_WORDS[entry.state][0] if entry.state in STATE_WORDS else "Not asked"
            return f"{state}: {what}"
        case LogKind.CORRECTED:
            return f"{entry.from_agency} corrected to {entry.to_agency}: {what}"
        case LogKind.LOOKED:
            return f"Somebody at {entry.from_agency} opened the record"
