"""Which agencies came, in the words of minutes; older minutes hold nothing of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from hub.kernel.days import parse_day
from hub.marac.pages.record_words import said_quorum
from hub.marac.rules.presence import THERE, Came, Quorum
from hub.web.phrases import said_day

WORDS = {
    Came.ATTENDED: "attended",
    Came.PART: "came for part",
    Came.LEFT: "left for this case",
    Came.APOLOGY: "apology",
    Came.NO_RESPONSE: "no response",
    Came.NOT_IDENTIFIED: "nobody could be identified",
}


@dataclass(frozen=True)
class WhoCame:
    """Who was at a meeting, by agency; all empty where nothing was recorded."""

    present: tuple[str, ...]
    apologies: tuple[str, ...]
    absent: tuple[str, ...]
    observers: tuple[str, ...]
    lacks: tuple[str, ...]
    """Without whom of those who should be there the meeting went on."""


def who_came(contents: Mapping[str, Any]) -> WhoCame | None:
    """Return who came to a meeting in words; None for minutes that say nothing of agencies."""
    if "agencies" not in contents:
        return None
    agencies = [(Came(one["status"]), one) for one in contents["agencies"]]
    return WhoCame(
        present=tuple(_present(came, one) for came, one in agencies if came in THERE),
        apologies=tuple(_apology(one) for came, one in agencies if came is Came.APOLOGY),
        absent=tuple(
            _said(came, one)
            for came, one in agencies
            if came in {Came.NO_RESPONSE, Came.NOT_IDENTIFIED}
        ),
        observers=tuple(_observer(one) for one in contents["observers"]),
        lacks=said_quorum(_quorum(contents["lacks"]), without="The meeting went on without"),
    )


def otherwise(case: Mapping[str, Any]) -> tuple[str, ...]:
    """Return what was otherwise at a case than at its meeting, in words."""
    if "otherwise" not in case:
        return ()
    lines = tuple(_said(Came(one["status"]), one) for one in case["otherwise"])
    lacks = said_quorum(_quorum(case["lacks"]), without="This case went on without")
    return (*lines, *lacks)


def _present(came: Came, one: Mapping[str, Any]) -> str:
    who = f"{one['agency']}: {one['people']}" if one["people"] else one["agency"]
    return f"{who}{', for part' if came is Came.PART else ''}{_sent(one)}"


def _apology(one: Mapping[str, Any]) -> str:
    by = f" from {one['people']}" if one["people"] else ""
    return f"{one['agency']}: apology{by}{_sent(one) or ', no information sent'}"


def _said(came: Came, one: Mapping[str, Any]) -> str:
    by = f" ({one['people']})" if one["people"] else ""
    return f"{one['agency']}: {WORDS[came]}{by}{_sent(one)}"


def _sent(one: Mapping[str, Any]) -> str:
    return f", information sent {said_day(parse_day(one['sent_on']))}" if one["sent_on"] else ""


def _observer(one: Mapping[str, Any]) -> str:
    who = ", ".join(part for part in (one["name"], one["agency"]) if part)
    return f"{who}: statement {'accepted' if one['has_accepted'] else 'not accepted'}"


def _quorum(said: Mapping[str, Any]) -> Quorum:
    return Quorum(missing=tuple(said["missing"]), partly=tuple(said["partly"]))
