"""Records of consent in words: one line each, and one record whole."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from hub.kernel.days import parse_day
from hub.sharing.commands.consents import UNDER_18
from hub.sharing.queries.consent_pages import ConsentLine, ConsentSheet
from hub.sharing.register import CATEGORIES, PURPOSES
from hub.sharing.rules.coded import Category, ConsentState, Purpose
from hub.sharing.rules.consent_words import STATE_WORDS, listed
from hub.sharing.rules.consents import SAID_NO, Standing
from hub.sharing.schemas.consent_options import (
    ALONE,
    CHANNELS,
    COMPETENCE,
    GIVERS,
    GROUNDS,
    INTERPRETERS,
    METHODS,
    PHONES,
    UNSAFE,
)
from hub.web.fields import lower_first
from hub.web.phrases import said_day
from hub.web.render import SummaryRow

WHAT = {
    **CATEGORIES,
    Category.EXISTENCE: "That the service knows them",
    Category.WORKER_CONTACT: "Who their worker is",
}
EVERYBODY, ALL_SIGNED = "Everybody", "Any agency that has signed an agreement"
STANDING = {
    Standing.COUNTS: "Counts now",
    Standing.ENDED: "Has ended. Ask again",
    Standing.BESIDE: "What they answered before still counts",
    Standing.REPLACED: "Replaced by a later record",
}
OF_ACCUSED = "Answered by somebody who is alleged to have harmed the person"
REASONS: dict[str, str] = {
    **{option.value: option.label for option in GROUNDS},
    **UNSAFE,
    UNDER_18: "They are under 18",
}
BANDS = {
    "under_12": "Under 12",
    "12_to_15": "12 to 15",
    "16_to_17": "16 or 17",
    "adult": "18 or over",
    "unknown": "Not known",
}


@dataclass(frozen=True, slots=True)
class SaidLine:
    """A record as a list shows it."""

    id: UUID
    tag: str
    colour: str
    day: str
    what: str
    whom: str
    why: str
    standing: str
    counts: bool
    can_be_taken_back: bool


def said_line(line: ConsentLine) -> SaidLine:
    """Return one record in words."""
    tag, colour = tag_of(line.record.state, line.was_told)
    standing = STANDING[line.standing]
    if line.can_be_taken_back and line.record.expires_on is not None:
        standing = f"Counts until {said_day(line.record.expires_on)}"
    elif line.revisit_on is not None and line.standing is not Standing.REPLACED:
        standing = f"{standing}. Look at it again on {said_day(line.revisit_on)}"
    if line.record.giver_is_alleged_perpetrator:
        tag, colour, standing = "Does not count", "orange", OF_ACCUSED
    return SaidLine(
        id=line.record.id,
        tag=tag,
        colour=colour,
        day=said_day(line.record.said_on),
        what=_what(line),
        whom=_whom(line),
        why=_why(line),
        standing=standing,
        counts=line.standing in {Standing.COUNTS, Standing.BESIDE},
        can_be_taken_back=line.can_be_taken_back,
    )


def tag_of(state: ConsentState, was_told: bool | None) -> tuple[str, str]:
    """Return what a record is called in two or three words, and its colour."""
    tag, colour = STATE_WORDS[state]
    if was_told is not None:
        tag = "Told, not asked" if was_told else "Not asked, not told yet"
    return tag, colour


def one_sentence(line: ConsentLine) -> str:
    """Return what a record is about in one line, such as a panel shows it."""
    said = said_line(line)
    return f"{said.what}. To: {said.whom}. For: {said.why}. {said.standing}"


def sheet_rows(sheet: ConsentSheet) -> tuple[SummaryRow, ...]:
    """Return one record whole, without what was not asked."""
    line, given = sheet.line, sheet.details
    rows = (
        ("Said on", said_day(line.record.said_on)),
        ("What", _lines(WHAT, line.record.scope.categories, Category)),
        ("What for", _lines(PURPOSES, line.record.scope.purposes, Purpose)),
        ("With whom", _whom(line)),
        ("Only for", "One request" if line.record.scope.about else ""),
        ("Left out", _left_out(line)),
        ("Left out, in their words", sheet.left_out_words),
        ("Why", _reasons(sheet)),
        ("Answered by", _giver(sheet)),
        ("Age then", BANDS[sheet.age_band]),
        ("Can decide this themselves", _competence(sheet)),
        ("How that was judged", sheet.competence_reason),
        ("How", METHODS.get(sheet.method or "")),
        ("Who could hear", ALONE.get(sheet.alone or "")),
        ("Who held the telephone", PHONES.get(sheet.phone or "")),
        ("Who interpreted", INTERPRETERS.get(sheet.interpreter or "")),
        ("Words that were read", sheet.words_read),
        ("Could say what it is about", _understood(sheet)),
        ("In their own words", sheet.own_words),
        ("Assessed on", _iso_day(given.get("assessed_on"))),
        ("Assessed by", given.get("assessor_role")),
        ("Which decision", given.get("decision")),
        ("Who was consulted", given.get("consulted")),
        ("Attempts", _attempts(given.get("attempts", ()))),
        ("Signs of pressure", given.get("indicators")),
        ("How they will be asked again", given.get("plan")),
        ("Told", {True: "Yes", False: "No"}.get(line.was_told)),  # type: ignore[arg-type]  # or None
        ("Why not", sheet.why_not_told),
        ("Look at it again", said_day(line.revisit_on) if line.revisit_on else ""),
        ("Others who were told", sheet.others_told),
        ("How it can be taken back", sheet.withdrawal_route),
        ("Ends", said_day(line.record.expires_on) if line.record.expires_on else ""),
        ("Recorded by", sheet.recorded_by),
    )
    return tuple(SummaryRow(key, value) for key, value in rows if value)


def _what(line: ConsentLine) -> str:
    scope, left = line.record.scope, line.record.left_out
    return _sentence(WHAT, scope.categories - left.categories, Category)


def _why(line: ConsentLine) -> str:
    scope, left = line.record.scope, line.record.left_out
    return _sentence(PURPOSES, scope.purposes - left.purposes, Purpose)


def _whom(line: ConsentLine) -> str:
    if line.agencies is not None:
        return listed([one for one in line.agencies if one not in line.left_out])
    is_no = line.record.state in SAID_NO
    whom = EVERYBODY if is_no else ALL_SIGNED
    return f"{whom}, but not {listed(line.left_out)}" if line.left_out else whom


def _sentence(words: dict[str, str], chosen: Iterable[str], order: type[Purpose | Category]) -> str:
    """Return a few things by name, and many as a number of them."""
    found = [words[one] for one in order if one in set(chosen)]
    if len(found) == len(order):
        return "Everything" if order is Category else "Every purpose"
    return listed([*found[:1], *(lower_first(one) for one in found[1:])])


def _lines(
    words: dict[str, str], chosen: Iterable[str], order: type[Purpose | Category]
) -> tuple[str, ...]:
    wanted = set(chosen)
    return tuple(words[one] for one in order if one in wanted)


def _left_out(line: ConsentLine) -> tuple[str, ...]:
    left = line.record.left_out
    purposes = _lines(PURPOSES, left.purposes, Purpose)
    return (*purposes, *_lines(WHAT, left.categories, Category), *line.left_out)


def _reasons(sheet: ConsentSheet) -> tuple[str, ...]:
    return tuple(REASONS[code] for code in (sheet.reason or "").split())


def _giver(sheet: ConsentSheet) -> str:
    if sheet.giver is None:
        return ""
    name = f", {sheet.giver_name}" if sheet.giver_name else ""
    seen = ". The paper was seen" if sheet.authority_seen else ""
    harm = ""
    if sheet.line.record.giver_is_alleged_perpetrator:
        harm = ". Alleged to have harmed the person: the answer does not count"
    return f"{GIVERS[sheet.giver]}{name}{seen}{harm}"


def _competence(sheet: ConsentSheet) -> str:
    return COMPETENCE.get(sheet.line.record.competence, "")


def _understood(sheet: ConsentSheet) -> str:
    if sheet.words_read is None:
        return ""
    return "Yes" if sheet.is_understood else "No"


def _attempts(given: Iterable[dict[str, str]]) -> tuple[str, ...]:
    return tuple(f"{_iso_day(one['on'])}: {CHANNELS[one['channel']]}" for one in given)


def _iso_day(text: str | None) -> str:
    return said_day(parse_day(text)) if text else ""
