"""The engine's door: compare two records, or rank the register's candidates for a query."""

from collections.abc import Iterable
from dataclasses import dataclass

from hub.people.matching.bands import Band, band_of, is_outdone, is_worth_showing
from hub.people.matching.evidence import Evidence, gather
from hub.people.matching.reasons import ANOTHER_FITS_BETTER, Reason, reasons_for
from hub.people.matching.subjects import Entry, Prepared, Query, prepare
from hub.people.matching.weights import UNKNOWN_FREQUENCIES, Frequencies

_STRONG = frozenset({Band.CERTAIN, Band.PROBABLE})


@dataclass(frozen=True, slots=True)
class Comparison:
    """What a query and a record amount to: bits for and against, a band, and why."""

    score: float
    band: Band
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A person on the register who may be meant, and what speaks for and against it."""

    person_id: str
    comparison: Comparison


def compare(query: Query, entry: Entry, frequencies: Frequencies | None = None) -> Comparison:
    """Return what speaks for and against this query meaning this person."""
    return compare_prepared(prepare(query), prepare(entry), frequencies or UNKNOWN_FREQUENCIES)


def compare_prepared(query: Prepared, entry: Prepared, frequencies: Frequencies) -> Comparison:
    """Return the comparison of two records that have been made ready."""
    evidence = gather(query, entry, frequencies)
    return Comparison(round(evidence.score, 2), band_of(evidence), reasons_for(evidence))


def rank(
    query: Query, entries: Iterable[Entry], limit: int = 10, frequencies: Frequencies | None = None
) -> list[Candidate]:
    """Return at most so many likely candidates, likeliest first, then by person id.

    Whoever is in band none is left out, and a probable one whom somebody outdoes is a conflict.
    """
    known = frequencies or UNKNOWN_FREQUENCIES
    ready = ((entry.person_id, prepare(entry)) for entry in entries)
    return rank_prepared(prepare(query), ready, known, limit)


def rank_prepared(
    query: Prepared, entries: Iterable[tuple[str, Prepared]], frequencies: Frequencies, limit: int
) -> list[Candidate]:
    """Return the candidates among records that have been made ready."""
    likely = []
    for person_id, entry in entries:
        evidence = gather(query, entry, frequencies)
        if is_worth_showing(evidence):
            likely.append((round(evidence.score, 2), person_id, band_of(evidence), evidence))
    likely.sort(key=lambda row: (-row[0], row[1]))
    best = max((score for score, _, band, _ in likely if band in _STRONG), default=0.0)
    return [
        Candidate(person_id, _among_others(score, band, evidence, best))
        for score, person_id, band, evidence in likely[:limit]
    ]


def _among_others(score: float, band: Band, evidence: Evidence, best: float) -> Comparison:
    """Return the comparison of one candidate, held where another one fits clearly better."""
    reasons = reasons_for(evidence)
    if is_outdone(score, band, best):
        return Comparison(score, Band.CONFLICT, (*reasons, ANOTHER_FITS_BETTER))
    return Comparison(score, band, reasons)
