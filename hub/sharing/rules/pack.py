"""A subject access pack: what a rule marks for review, and which verdict an item can have.

Nothing is given by a rule. A rule says what somebody must look at twice, and forbids what nobody
may let out; a person says of every item whether it goes. Source: sharing notes, 3.9 and
requirements 11 and 37; UK GDPR article 15 with the exemptions of the Data Protection Act 2018,
schedules 2 and 3.
"""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from hub.people.matching.normalise import fold


class Mark(StrEnum):
    """Why somebody must look at an item twice."""

    OTHER_SIDE = "other_side"
    HARM = "harm"
    THIRD_PARTY = "third_party"
    SAFE_ADDRESS = "safe_address"
    FREE_TEXT = "free_text"


class PackVerdict(StrEnum):
    """What becomes of an item."""

    INCLUDE = "include"
    REDACT = "redact"
    WITHHOLD = "withhold"


class Exemption(StrEnum):
    """Why an item is withheld."""

    SERIOUS_HARM = "serious_harm"
    THIRD_PARTY = "third_party"
    CRIME = "crime"
    CHILD_CONFIDENCE = "child_confidence"
    LEGAL_PRIVILEGE = "legal_privilege"


class Keeper(StrEnum):
    """Who judges an item: the person's own service, or the co-ordinator of the MARAC."""

    SERVICE = "service"
    COORDINATOR = "co_ordinator"


MARK_WORDS = {
    Mark.OTHER_SIDE: "Other side of a case: it can only be withheld",
    Mark.HARM: "Showing it was said to cause harm",
    Mark.THIRD_PARTY: "Names somebody else",
    Mark.SAFE_ADDRESS: "Says where they live or how to reach them",
    Mark.FREE_TEXT: "Written by a professional in their own words",
}
EXEMPTION_WORDS = {
    Exemption.SERIOUS_HARM: "Giving it could seriously harm somebody's body or mind",
    Exemption.THIRD_PARTY: "It is about somebody else, who has not agreed and need not be told of",
    Exemption.CRIME: "Giving it would get in the way of preventing or solving a crime",
    Exemption.CHILD_CONFIDENCE: "A child said it in confidence, and did not expect it to be given",
    Exemption.LEGAL_PRIVILEGE: "It is legal advice, or was written for a court case",
}
SAY_WHY = frozenset({Mark.HARM, Mark.THIRD_PARTY, Mark.SAFE_ADDRESS})
"""What is marked so goes whole only with a reason."""
SHORTEST_NAME = 3
"""A shorter name is a word of many sentences: it marks an item only beside the other name."""
_POSSESSIVE = re.compile(r"['\u2019]s\b", re.IGNORECASE)
_folded = fold.__wrapped__
"""``fold`` without its memory, which is for names: long texts about people must not stay in it."""


@dataclass(frozen=True, kw_only=True)
class Traits:
    """What the room that holds an item knows of it."""

    is_other_side: bool = False
    is_harmful: bool = False
    is_about_others: bool = False
    says_where: bool = False
    is_free_text: bool = False


@dataclass(frozen=True, slots=True)
class Name:
    """Somebody else's name, as far as it is known."""

    given: str
    family: str


@dataclass(frozen=True, kw_only=True)
class Said:
    """The verdict that somebody gives on an item."""

    verdict: PackVerdict
    redacted: str = ""
    exemption: Exemption | None = None
    why: str = ""


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a verdict cannot be given, and which answer to mend."""

    why: str
    field: str


@dataclass(frozen=True, kw_only=True)
class Standing:
    """How far one item of a pack has come."""

    verdict: PackVerdict | None
    is_gone: bool = False
    """Whether the hub does not hold it about the person any more, so that it is left out."""

    @property
    def waits(self) -> bool:
        """Whether somebody must still look at it."""
        return self.verdict is None and not self.is_gone

    @property
    def goes(self) -> bool:
        """Whether it is given, whole or in part."""
        return not self.is_gone and self.verdict in {PackVerdict.INCLUDE, PackVerdict.REDACT}


def marks_of(
    text: str, traits: Traits, others: Iterable[Name] = (), own: Iterable[Name] = ()
) -> tuple[Mark, ...]:
    """Return why an item must be looked at twice.

    ``others`` are the people around the person, ``own`` the person's names: what both are called,
    as kin are, says by itself nothing of another.
    """
    shared = {fold(part) for name in own for part in (name.given, name.family)}
    words = _words_of(text)
    is_named = any(_is_named(words, one, shared) for one in others)
    found = {
        Mark.OTHER_SIDE: traits.is_other_side,
        Mark.HARM: traits.is_harmful,
        Mark.THIRD_PARTY: traits.is_about_others or is_named,
        Mark.SAFE_ADDRESS: traits.says_where,
        Mark.FREE_TEXT: traits.is_free_text,
    }
    return tuple(mark for mark in Mark if found[mark])


def is_same_name(typed: str, who: Name) -> bool:
    """Tell whether a full name that somebody typed has both names of somebody, in any order.

    Spelled with other accents, hyphens or letters it is the same name.
    """
    words = _words_of(typed)
    return all(part and f" {part} " in words for part in map(fold, (who.given, who.family)))


def _words_of(text: str) -> str:
    return f" {_folded(_POSSESSIVE.sub('', text))} "


def _is_named(words: str, who: Name, shared: Collection[str]) -> bool:
    """Tell whether a text has both names of somebody, or one that can mean nobody else here."""
    parts = [part for part in map(fold, (who.given, who.family)) if part]
    there = [part for part in parts if f" {part} " in words]
    alone = [one for one in there if len(one) >= SHORTEST_NAME and one not in shared]
    return bool(alone) or (
        bool(there) and len(there) == len(parts) and not set(parts) <= set(shared)
    )


def refusal(said: Said, marks: Collection[Mark], original: str) -> Refusal | None:
    """Return why a verdict cannot be given on an item; None where it can.

    What stands on the other side of a case is withheld by everybody: whoever is said to have caused
    harm is never given what was written down about it.
    """
    if Mark.OTHER_SIDE in marks and said.verdict is not PackVerdict.WITHHOLD:
        return Refusal("This can only be withheld", "verdict")
    if said.verdict is PackVerdict.WITHHOLD:
        return _of_withheld(said)
    if said.verdict is PackVerdict.REDACT:
        return _of_redacted(said, original)
    if SAY_WHY & set(marks) and not said.why.strip():
        return Refusal("Enter why it may be given whole", "why")
    return None


def _of_withheld(said: Said) -> Refusal | None:
    if said.exemption is None:
        return Refusal("Choose why it is withheld", "exemption")
    if not said.why.strip():
        return Refusal("Enter in a few words why that is so here", "why")
    return None


def _of_redacted(said: Said, original: str) -> Refusal | None:
    if not said.redacted.strip():
        return Refusal("Enter what is given instead", "redacted")
    if " ".join(said.redacted.split()) == " ".join(original.split()):
        return Refusal(
            "Nothing is taken out. Take out what must not go, or give it whole", "redacted"
        )
    return None


def is_looked_at_again(
    text: str, marks: Collection[Mark], old_text: str, old_marks: Collection[Mark]
) -> bool:
    """Tell whether a verdict on an item counts no more: its words changed, or a mark came to it."""
    return text != old_text or bool(set(marks) - set(old_marks))


def is_ready(items: Sequence[Standing]) -> bool:
    """Tell whether a pack was drawn up and every item has a verdict."""
    return bool(items) and not any(one.waits for one in items)


def may_release(account_id: object, prepared_by: object, judged_by: Iterable[object]) -> bool:
    """Tell whether somebody is a second person: who prepared or judged none of it."""
    return account_id is not None and account_id not in {prepared_by, *judged_by}
