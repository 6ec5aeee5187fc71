"""What somebody types into the one search box, taken apart: what is sought, where, and from whom.

"who do I ring for leaving care in Louth, now?" is a kind of service (leaving care) and one word
that must be found somewhere (louth). Kinds and roles have synonyms; both are recognised with a
typing error in them. The other words are looked up by their letters in threes.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from rapidfuzz.distance import OSA

from hub.agencies.rules.kinds import ContactRole, ServiceKind

MAX_TYPED = 100
MAX_WORDS = 8
SHORT = 3
"""Up to this length a word has no room for a typing error."""
ALIKE = 0.7
"""Similarity (1 less the share of letters to change) from which two words count as the same."""
SURE = 0.82
"""The same for a word of a synonym, where a wrong guess would hide what was asked for."""
PREFIX = 0.93
"""What the beginning of a longer word is worth."""

_UNACCENTED = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe"}
)
"""Letters that have no accent to take off, as people type them who have no such key."""

SMALL_WORDS = frozenset(
    {
        "a",
        "about",
        "an",
        "and",
        "answers",
        "any",
        "are",
        "around",
        "at",
        "be",
        "by",
        "call",
        "can",
        "contact",
        "contacts",
        "details",
        "do",
        "email",
        "for",
        "from",
        "get",
        "have",
        "help",
        "hour",
        "hours",
        "i",
        "in",
        "is",
        "it",
        "local",
        "mail",
        "me",
        "my",
        "near",
        "nearest",
        "night",
        "now",
        "number",
        "of",
        "office",
        "on",
        "or",
        "our",
        "out",
        "people",
        "person",
        "phone",
        "please",
        "reach",
        "ring",
        "service",
        "services",
        "somebody",
        "someone",
        "speak",
        "support",
        "talk",
        "team",
        "telephone",
        "than",
        "that",
        "the",
        "their",
        "there",
        "they",
        "this",
        "to",
        "today",
        "tonight",
        "up",
        "urgent",
        "us",
        "want",
        "we",
        "weekend",
        "what",
        "when",
        "where",
        "which",
        "who",
        "whom",
        "with",
        "worker",
        "workers",
        "you",
        "young",
        "your",
    }
)
"""Words that say nothing of who or where."""

SERVICE_SYNONYMS: Mapping[str, ServiceKind] = {
    "leaving care": ServiceKind.LEAVING_CARE,
    "care leaver": ServiceKind.LEAVING_CARE,
    "care leavers": ServiceKind.LEAVING_CARE,
    "care experienced": ServiceKind.LEAVING_CARE,
    "aftercare": ServiceKind.LEAVING_CARE,
    "after care": ServiceKind.LEAVING_CARE,
    "through care": ServiceKind.LEAVING_CARE,
    "personal adviser": ServiceKind.LEAVING_CARE,
    "personal advisor": ServiceKind.LEAVING_CARE,
    "pa": ServiceKind.LEAVING_CARE,
    "lcw": ServiceKind.LEAVING_CARE,
    "social work": ServiceKind.SOCIAL_WORK,
    "social worker": ServiceKind.SOCIAL_WORK,
    "social services": ServiceKind.SOCIAL_WORK,
    "childrens services": ServiceKind.SOCIAL_WORK,
    "childrens social care": ServiceKind.SOCIAL_WORK,
    "mash": ServiceKind.SOCIAL_WORK,
    "adult social care": ServiceKind.ADULT_SOCIAL_CARE,
    "adult services": ServiceKind.ADULT_SOCIAL_CARE,
    "adult care": ServiceKind.ADULT_SOCIAL_CARE,
    "advocacy": ServiceKind.ADVOCACY,
    "advocate": ServiceKind.ADVOCACY,
    "care leavers forum": ServiceKind.FORUM,
    "forum": ServiceKind.FORUM,
    "children in care council": ServiceKind.FORUM,
    "domestic abuse": ServiceKind.DOMESTIC_ABUSE,
    "domestic violence": ServiceKind.DOMESTIC_ABUSE,
    "idva": ServiceKind.DOMESTIC_ABUSE,
    "refuge": ServiceKind.REFUGE,
    "police": ServiceKind.POLICE,
    "marac": ServiceKind.MARAC,
    "housing": ServiceKind.HOUSING,
    "homeless": ServiceKind.HOUSING,
    "homelessness": ServiceKind.HOUSING,
    "health": ServiceKind.HEALTH,
    "nurse": ServiceKind.HEALTH,
    "mental health": ServiceKind.MENTAL_HEALTH,
    "camhs": ServiceKind.MENTAL_HEALTH,
    "drugs": ServiceKind.SUBSTANCE_USE,
    "alcohol": ServiceKind.SUBSTANCE_USE,
    "drugs and alcohol": ServiceKind.SUBSTANCE_USE,
    "probation": ServiceKind.PROBATION,
    "youth justice": ServiceKind.YOUTH_JUSTICE,
    "youth offending": ServiceKind.YOUTH_JUSTICE,
    "yot": ServiceKind.YOUTH_JUSTICE,
    "education": ServiceKind.EDUCATION,
    "college": ServiceKind.EDUCATION,
    "jobcentre": ServiceKind.BENEFITS,
    "benefits": ServiceKind.BENEFITS,
}
ROLE_SYNONYMS: Mapping[str, ContactRole] = {
    "duty desk": ContactRole.DUTY_DESK,
    "duty worker": ContactRole.DUTY_DESK,
    "duty": ContactRole.DUTY_DESK,
    "leaving care worker": ContactRole.LEAVING_CARE_WORKER,
    "personal adviser": ContactRole.LEAVING_CARE_WORKER,
    "personal advisor": ContactRole.LEAVING_CARE_WORKER,
    "pa": ContactRole.LEAVING_CARE_WORKER,
    "lcw": ContactRole.LEAVING_CARE_WORKER,
    "social worker": ContactRole.SOCIAL_WORKER,
    "team manager": ContactRole.TEAM_MANAGER,
    "team leader": ContactRole.TEAM_MANAGER,
    "manager": ContactRole.TEAM_MANAGER,
    "idva": ContactRole.IDVA,
    "independent domestic violence adviser": ContactRole.IDVA,
    "marac representative": ContactRole.MARAC_REPRESENTATIVE,
    "marac rep": ContactRole.MARAC_REPRESENTATIVE,
    "deputy representative": ContactRole.DEPUTY_REPRESENTATIVE,
    "deputy marac representative": ContactRole.DEPUTY_REPRESENTATIVE,
    "marac chair": ContactRole.MARAC_CHAIR,
    "marac coordinator": ContactRole.MARAC_COORDINATOR,
    "marac co ordinator": ContactRole.MARAC_COORDINATOR,
    "coordinator": ContactRole.MARAC_COORDINATOR,
    "single point of contact": ContactRole.SINGLE_POINT_OF_CONTACT,
    "spoc": ContactRole.SINGLE_POINT_OF_CONTACT,
    "caldicott guardian": ContactRole.CALDICOTT_GUARDIAN,
    "caldicott": ContactRole.CALDICOTT_GUARDIAN,
    "safeguarding lead": ContactRole.SAFEGUARDING_LEAD,
    "safeguarding": ContactRole.SAFEGUARDING_LEAD,
    "information governance": ContactRole.INFORMATION_GOVERNANCE_LEAD,
    "information governance lead": ContactRole.INFORMATION_GOVERNANCE_LEAD,
    "reviewing officer": ContactRole.INDEPENDENT_REVIEWING_OFFICER,
    "independent reviewing officer": ContactRole.INDEPENDENT_REVIEWING_OFFICER,
    "iro": ContactRole.INDEPENDENT_REVIEWING_OFFICER,
    "independent visitor": ContactRole.INDEPENDENT_VISITOR,
    "adult services representative": ContactRole.ADULT_SERVICES_REPRESENTATIVE,
    "police officer": ContactRole.POLICE_OFFICER,
}

_POSTCODE = re.compile(
    r"\b(?P<out>[a-z]{1,2}[0-9][a-z0-9]?)(?:\s*(?P<sector>[0-9])(?P<unit>[a-z]{2})?)?\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Wanted:
    """A search taken apart.

    ``postcodes`` goes from the whole postcode down to its district; ``services`` and ``roles`` are
    codes; ``words`` must each be found in an entry.
    """

    postcodes: tuple[str, ...] = ()
    services: frozenset[str] = frozenset()
    roles: frozenset[str] = frozenset()
    words: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nothing is left that could be looked up."""
        return not (self.postcodes or self.services or self.roles or self.words)


def understand(typed: str) -> Wanted:
    """Take apart what was typed; anything beyond 100 characters is not read."""
    text = typed[:MAX_TYPED]
    postcodes: tuple[str, ...] = ()
    if found := _POSTCODE.search(text):
        postcodes = postcode_pieces(found[0])
        text = f"{text[: found.start()]} {text[found.end() :]}"
    words = folded_words(text)
    services, by_service = _recognise(words, SERVICE_SYNONYMS)
    roles, by_role = _recognise(words, ROLE_SYNONYMS)
    named = [
        word
        for at, word in enumerate(words)
        if at not in by_service | by_role and word not in SMALL_WORDS
    ]
    return Wanted(postcodes, services, roles, tuple(dict.fromkeys(named))[:MAX_WORDS])


def postcode_pieces(text: str) -> tuple[str, ...]:
    """Return a postcode, its sector and its district, longest first; empty for anything else."""
    found = _POSTCODE.fullmatch(" ".join(text.split()))
    if not found:
        return ()
    out, sector, unit = (found[name] and found[name].upper() for name in ("out", "sector", "unit"))
    pieces = [out]
    if sector:
        pieces.insert(0, f"{out} {sector}")
    if sector and unit:
        pieces.insert(0, f"{out} {sector}{unit}")
    return tuple(pieces)


def place_served(text: str) -> str:
    """Return how a district, sector or postcode served is kept: in capitals; a name as it is."""
    pieces = postcode_pieces(text)
    return pieces[0] if pieces else " ".join(text.split())


def folded_words(text: str) -> list[str]:
    """Return the words in small letters, without accents, apostrophes and other marks.

    Letters of every script are kept, for a name may be written in any.
    """
    plain = unicodedata.normalize("NFKD", text.casefold().translate(_UNACCENTED))
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return re.findall(r"[^\W_]+", re.sub("['\u2019`]", "", plain))


def grams(word: str) -> frozenset[str]:
    """Return the letters of a word in threes, its edges marked, so that one slip leaves some."""
    edged = f"  {word} "
    return frozenset(edged[at : at + 3] for at in range(len(edged) - 2))


def index_words(texts: Iterable[str | None]) -> str:
    """Return the words by which an entry can be found, each once, parted by spaces."""
    return " ".join(dict.fromkeys(word for text in texts if text for word in folded_words(text)))


def score(words: tuple[str, ...], entry: str) -> float:
    """Return how well an entry's words answer those typed, 0 to 1; 0 when one finds no like."""
    own = entry.split()
    best = [max((alike(word, other) for other in own), default=0.0) for word in words]
    if any(each < ALIKE for each in best):
        return 0.0
    return sum(best) / len(best) if best else 1.0


def alike(typed: str, word: str) -> float:
    """Return the likeness of two words, 0 to 1; the beginning of a word is nearly the word."""
    if typed == word:
        return 1.0
    if len(typed) >= SHORT and word.startswith(typed):
        return PREFIX
    if len(typed) <= SHORT or any(letter.isdigit() for letter in typed):
        return 0.0
    return float(OSA.normalized_similarity(typed, word))


def _recognise(words: list[str], synonyms: Mapping[str, str]) -> tuple[frozenset[str], set[int]]:
    """Return the codes of the longest synonyms found, and the places of their words."""
    codes: set[str] = set()
    used: set[int] = set()
    for length in range(4, 0, -1):
        for at in range(len(words) - length + 1):
            places = set(range(at, at + length))
            code = None if places & used else _code(words[at : at + length], synonyms)
            if code is not None:
                codes.add(code)
                used |= places
    return frozenset(codes), used


def _code(phrase: list[str], synonyms: Mapping[str, str]) -> str | None:
    exact = synonyms.get(" ".join(phrase))
    if exact is not None:
        return exact
    for parts, code in _by_length(tuple(synonyms.items())).get(len(phrase), ()):
        if all(_same(word, part) for word, part in zip(phrase, parts, strict=True)):
            return code
    return None


def _same(word: str, part: str) -> bool:
    """Tell whether a word is a synonym's, give or take one slip in a word that is long enough."""
    if word == part:
        return True
    long_enough = min(len(word), len(part)) > SHORT
    return long_enough and OSA.normalized_similarity(word, part) >= SURE


@cache
def _by_length(
    synonyms: tuple[tuple[str, str], ...],
) -> dict[int, list[tuple[tuple[str, ...], str]]]:
    found: dict[int, list[tuple[tuple[str, ...], str]]] = {}
    for phrase, code in synonyms:
        parts = tuple(phrase.split())
        found.setdefault(len(parts), []).append((parts, code))
    return found
