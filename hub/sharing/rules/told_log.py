"""Who was told what about a person: which lines the person is shown, and in which words.

The plain words are made of codes, days and agencies alone. What was said itself is never in them,
so they cannot hold an address, or name anybody else. Source: sharing notes, 3.8 and 3.9.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from hub.kernel.days import london_day
from hub.sharing.rules.coded import Category, ConsentState, Purpose, SubjectRole
from hub.sharing.rules.consent_words import SO_THAT, TO_YOU, listed
from hub.sharing.rules.consents import said_day


class LogKind(StrEnum):
    """What a line of the log is about."""

    SHARED = "shared"
    WITHHELD = "withheld"
    INVITED = "invited"
    CONSENT = "consent"
    CORRECTED = "corrected"
    LOOKED = "looked"


class LeftOut(StrEnum):
    """Why the person is not shown a line."""

    NOT_SENT = "not_sent"
    OTHER_SIDE = "other_side"
    OTHER_PERSON = "other_person"
    NOT_THEIR_WORD = "not_their_word"
    HARM = "harm"
    HARM_WAITS = "harm_waits"
    NOT_TOLD = "not_told"


LEFT_OUT_WORDS = {
    LeftOut.NOT_SENT: "Nothing was told",
    LeftOut.OTHER_SIDE: "It was asked about somebody who is said to have caused harm",
    LeftOut.OTHER_PERSON: "It is about somebody else's safety",
    LeftOut.NOT_THEIR_WORD: "It is not an answer that they gave themselves",
    LeftOut.HARM: "Two people decided that showing it would cause harm",
    LeftOut.HARM_WAITS: "Somebody says that showing it would cause harm: a second person confirms",
    LeftOut.NOT_TOLD: "They were not told when it happened, for a reason that is written down",
}


class Verdict(StrEnum):
    """What somebody says of a line, for a second person to confirm."""

    HIDE = "hide"
    SHOW = "show"


@dataclass(frozen=True, kw_only=True)
class Mark:
    """What somebody said of a line; ``is_confirmed`` is None while a second person is asked."""

    verdict: Verdict
    is_confirmed: bool | None


@dataclass(frozen=True, kw_only=True)
class LogEntry:
    """One line of the log: ids, codes and agencies, and for the staff a few words on the record."""

    kind: LogKind
    id: UUID
    at: datetime
    from_agency: str = ""
    to_agency: str = ""
    categories: frozenset[Category] = frozenset()
    purposes: frozenset[Purpose] = frozenset()
    role: SubjectRole | None = None
    """What the person is in the case; None where there is none, or it is not said."""
    state: ConsentState | None = None
    is_own_word: bool = True
    """Of a record of consent: whether the person answered themselves."""
    was_told: bool = True
    of: UUID | None = None
    """Of a correction: the id of what it corrects, without which it is never shown."""
    said_harmful_by: UUID | None = None
    """Who said, when it was shared, that showing it would cause harm."""
    record: str = ""
    """Reference, rule and agreement, for the staff."""


OWN_STATES = {
    ConsentState.GIVEN_EXPLICIT: "you said yes to our sharing",
    ConsentState.GIVEN_LIMITED: "you said yes to our sharing some of",
    ConsentState.REFUSED: "you said no to our sharing",
    ConsentState.WITHDRAWN: "you took back your yes to our sharing",
}
"""The answers that somebody gives themselves and knows of."""
OWN_CASE = frozenset({None, SubjectRole.VICTIM})


def left_out(entry: LogEntry, marks: Sequence[Mark]) -> LeftOut | None:
    """Return why the person is not shown a line, None where they are; ``marks`` oldest first.

    What two people agreed to show is shown, unless it stands on the side of somebody who is said
    to have caused harm, or is another person's: no two people can agree to that.
    """
    never = _never(entry)
    if never is not None:
        return never
    harm, is_shown = _marked(entry, marks)
    if harm is not None:
        return harm
    return None if entry.was_told or is_shown else LeftOut.NOT_TOLD


def _never(entry: LogEntry) -> LeftOut | None:
    if entry.kind is LogKind.WITHHELD:
        return LeftOut.NOT_SENT
    if entry.role is SubjectRole.ALLEGED_PERPETRATOR:
        return LeftOut.OTHER_SIDE
    if entry.kind is LogKind.INVITED and entry.role not in OWN_CASE:
        return LeftOut.OTHER_PERSON
    is_own = entry.is_own_word and entry.state in OWN_STATES
    if entry.kind is LogKind.CONSENT and not is_own:
        return LeftOut.NOT_THEIR_WORD
    return None


def _marked(entry: LogEntry, marks: Iterable[Mark]) -> tuple[LeftOut | None, bool]:
    """Return what was said of harm in the end, and whether two people agreed to show the line."""
    harm = None if entry.said_harmful_by is None else LeftOut.HARM_WAITS
    is_shown = False
    for mark in marks:
        if mark.verdict is Verdict.HIDE:
            harm = {None: LeftOut.HARM_WAITS, True: LeftOut.HARM, False: None}[mark.is_confirmed]
            is_shown = is_shown and harm is None
        elif mark.is_confirmed:
            harm, is_shown = None, True
    return harm, is_shown


def may_be_marked(why: LeftOut | None) -> Verdict | None:
    """Return what can be said of a line that is shown, or left out for that; None for nothing."""
    if why is None:
        return Verdict.HIDE
    return Verdict.SHOW if why in {LeftOut.HARM, LeftOut.NOT_TOLD} else None


def in_plain_words(entry: LogEntry) -> str:
    """Return a line for the person: one sentence of what happened, on which day in London."""
    day = f"On {said_day(london_day(entry.at))}"
    what = listed([TO_YOU[one] for one in Category if one in entry.categories])
    why = listed([SO_THAT[one] for one in Purpose if one in entry.purposes])
    match entry.kind:
        case LogKind.SHARED:
            return f"{day} {entry.from_agency} told {entry.to_agency} {what}, {why}."
        case LogKind.INVITED:
            return f"{day} {entry.to_agency} was told {what}, {why}."
        case LogKind.CONSENT:
            return f"{day} {OWN_STATES[entry.state or ConsentState.WITHDRAWN]} {what}."
        case LogKind.CORRECTED:
            whom = f"{day} {entry.from_agency} told {entry.to_agency}"
            return f"{whom} that what it had been told about {what} was not right."
        case LogKind.LOOKED:
            return f"{day} somebody at {entry.from_agency} opened your record."
        case LogKind.WITHHELD:
            return f"{day} {entry.from_agency} told {entry.to_agency} nothing."
