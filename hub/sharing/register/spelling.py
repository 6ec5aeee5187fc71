"""An agreement spelled out in words, line by line, and what two versions say differently.

One function says what a version holds, for the page that shows it; the same lines are compared
for the page that shows what changed, so that nothing is shown that is not compared.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from hub.sharing.register.bases import BASES
from hub.sharing.register.codes import (
    CATEGORIES,
    COMMON_LAW,
    CONSENT,
    EXCLUSIONS,
    FLOWS,
    GATEWAY_KINDS,
    METHODS,
    ONWARD,
    PARTY_ROLES,
    PURPOSES,
    RETENTION,
    RIGHTS,
    RULES,
    SUBJECTS,
    TIERS,
)
from hub.sharing.register.contents import Category, Contents, Party
from hub.sharing.register.gaps import Section
from hub.sharing.register.gateways import Gateway

SECTION_WORDS = {
    Section.DATES: "Title and dates",
    Section.PARTIES: "Parties",
    Section.PURPOSES: "Purposes and people",
    Section.CATEGORIES: "What may be shared",
    Section.EXCLUSIONS: "What is never shared",
    Section.GATEWAYS: "Gateways in law",
    Section.BASES: "Lawful basis of each party",
    Section.ASSESSMENT: "Impact assessment and policy document",
    Section.HANDLING: "How it is handled",
    Section.RIGHTS: "Rights of the people it is about",
    Section.ENDING: "Liability and ending",
    Section.SIGNATURES: "Signatures",
}


@dataclass(frozen=True)
class Line:
    """One thing that a version says; ``key`` is the same in every version that says it."""

    section: Section
    key: str
    label: str
    words: tuple[str, ...]


@dataclass(frozen=True)
class Difference:
    """One thing that two versions say differently; no words on a side: that side is silent."""

    section: Section
    label: str
    before: tuple[str, ...]
    after: tuple[str, ...]


def spelled_out(contents: Contents) -> tuple[Line, ...]:
    """Return all the terms of a version in words, by section; what it does not say is left out.

    Signatures, contacts and the day of the next review move without a new version and are no terms.
    """
    lines = (
        *_opening(contents),
        *_parties(contents.parties),
        *_purposes(contents),
        *(_category(one) for one in contents.categories),
        *_exclusions(contents),
        *_gateways(contents.gateways),
        *_bases(contents.parties),
        *_assessment(contents),
        *_handling(contents),
        *_rights(contents),
        *_ending(contents),
    )
    return tuple(line for line in lines if any(line.words))


def differences(old: Contents, new: Contents) -> tuple[Difference, ...]:
    """Return what two versions say differently, in the order in which the newer one says it.

    What only the older one says follows at the end of its section.
    """
    before = {line.key: line for line in spelled_out(old)}
    after = {line.key: line for line in spelled_out(new)}
    changed = [
        Difference(line.section, line.label, _words(before.get(key)), line.words)
        for key, line in after.items()
        if _words(before.get(key)) != line.words
    ]
    gone = [
        Difference(line.section, line.label, line.words, ())
        for key, line in before.items()
        if key not in after
    ]
    order = list(Section)
    return tuple(sorted([*changed, *gone], key=lambda one: order.index(one.section)))


def day_in_words(day: date | None) -> str:
    """Return a day as ``1 June 2026``; nothing for none."""
    return f"{day.day} {day:%B %Y}" if day else ""


def ages_in_words(gateway: Gateway) -> str:
    """Return for which ages a gateway can be relied on; nothing where it asks for none."""
    if gateway.from_age is not None and gateway.until_age is not None:
        return f"From {gateway.from_age} until the age of {gateway.until_age}."
    if gateway.from_age is not None:
        return f"From the age of {gateway.from_age}."
    return f"Under {gateway.until_age}." if gateway.until_age is not None else ""


def _words(line: Line | None) -> tuple[str, ...]:
    return line.words if line else ()


def _said(section: Section, said: Iterable[tuple[str, str]], label: str = "") -> Iterator[Line]:
    """Yield a line for each label and its words; ``label`` goes before, as of what it is said."""
    for name, words in said:
        full = f"{label}: {name}" if label else name
        yield Line(section, f"{section}.{full}", full, (words,))


def _opening(contents: Contents) -> Iterator[Line]:
    months = f"{contents.first_review_months} months after the start, then every "
    tier = TIERS[contents.tier]
    if contents.tier != "framework":
        under = f"made under: {contents.framework}" if contents.framework else "standing alone"
        tier = f"{tier}, {under}"
    return _said(
        Section.DATES,
        (
            ("Title", contents.title),
            ("Kind", tier),
            ("From", day_in_words(contents.starts_on)),
            ("Until", _until(contents.ends_on)),
            ("Reviews", f"{months}{contents.review_months} months"),
        ),
    )


def _until(ends_on: date | None) -> str:
    return f"{day_in_words(ends_on)} (from that day it no longer counts)" if ends_on else "No end"


def _parties(parties: tuple[Party, ...]) -> Iterator[Line]:
    for one in parties:
        key = f"{Section.PARTIES}.{one.agency_id}"
        words = (
            PARTY_ROLES[one.role],
            f"Legal name: {one.legal_name}" if one.legal_name else "",
            f"ICO registration: {one.ico_number}" if one.ico_number else "",
            f"Data protection officer: {one.dpo}" if one.dpo else "",
        )
        yield Line(Section.PARTIES, key, one.agency, _held(words))


def _purposes(contents: Contents) -> Iterator[Line]:
    for one in contents.purposes:
        consent = CONSENT[one.consent] if one.consent else "How consent is handled is not recorded"
        key = f"{Section.PURPOSES}.{one.code}"
        yield Line(Section.PURPOSES, key, PURPOSES[one.code], (consent,))
    people = ", ".join(SUBJECTS[one] for one in contents.subjects)
    yield from _said(Section.PURPOSES, (("People it is about", people),))


def _category(one: Category) -> Line:
    about = ", ".join(SUBJECTS[each] for each in one.subjects)
    words = (
        f"To the leaving care service: {RULES[one.to_service].lower()}",
        f"From the leaving care service: {RULES[one.to_asker].lower()}",
        f"About: {about}" if about else "",
        f"Kept: {RETENTION[one.retention]}" if one.retention else "",
    )
    key = f"{Section.CATEGORIES}.{one.code}"
    return Line(Section.CATEGORIES, key, CATEGORIES[one.code], _held(words))


def _exclusions(contents: Contents) -> Iterator[Line]:
    for code in contents.exclusions:
        key = f"{Section.EXCLUSIONS}.{code}"
        yield Line(Section.EXCLUSIONS, key, EXCLUSIONS[code], ("Never, whatever else is allowed",))
    yield from _said(Section.EXCLUSIONS, (("Other exclusions", contents.other_exclusions),))


def _gateways(gateways: tuple[Gateway, ...]) -> Iterator[Line]:
    cited: Counter[str] = Counter()
    for one in gateways:
        begins = f"In force from {day_in_words(one.commences_on)}" if one.commences_on else ""
        if not begins and one.kind != COMMON_LAW:
            begins = "Not in force: no day of commencement"
        words = (
            f"{GATEWAY_KINDS[one.kind]}. {FLOWS[one.direction]}.",
            begins,
            ages_in_words(one),
            f"Who may rely on it: {one.relies}" if one.relies else "",
        )
        cited[one.citation] += 1  # an old agreement may cite one twice
        key = f"{Section.GATEWAYS}.{one.citation}.{cited[one.citation]}"
        yield Line(Section.GATEWAYS, key, one.citation, _held(words))


def _bases(parties: tuple[Party, ...]) -> Iterator[Line]:
    for one in parties:
        words = tuple(BASES[code] for code in BASES if code in one.bases)
        key = f"{Section.BASES}.{one.agency_id}"
        yield Line(Section.BASES, key, one.agency, words)


def _assessment(contents: Contents) -> Iterator[Line]:
    done = contents.assessment
    return _said(
        Section.ASSESSMENT,
        (
            ("Impact assessment", done.dpia_reference),
            ("Made on", day_in_words(done.dpia_on)),
            ("Outcome", done.dpia_outcome),
            ("Its next review", day_in_words(done.dpia_review_on)),
            ("Appropriate policy document", done.policy_reference),
            ("Its date", day_in_words(done.policy_on)),
        ),
    )


def _handling(contents: Contents) -> Iterator[Line]:
    handling = contents.handling
    passed_on = ONWARD[handling.onward]
    if handling.onward_to:
        passed_on = f"{passed_on}: {handling.onward_to}"
    return _said(
        Section.HANDLING,
        (
            ("How it travels", ", ".join(METHODS[one] for one in handling.methods)),
            ("Marking", handling.marking),
            ("Encryption", handling.encryption),
            ("What is said aloud", handling.verbal),
            ("Passing on", passed_on),
            ("A breach is told to the holder", f"within {handling.breach_hours} hours"),
        ),
    )


def _rights(contents: Contents) -> Iterator[Line]:
    names = {one.agency_id: one.agency for one in contents.parties}
    led = dict(contents.rights)
    return _said(
        Section.RIGHTS,
        ((words, names.get(led[code], "")) for code, words in RIGHTS.items() if code in led),
    )


def _ending(contents: Contents) -> Iterator[Line]:
    return _said(
        Section.ENDING,
        (("Liability", contents.liability), ("Ending and leaving", contents.termination)),
    )


def _held(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(one for one in words if one)
