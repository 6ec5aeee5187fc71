"""What counts as the same writing: names, postcodes, telephone and NHS numbers brought to one form.

Two records of one person seldom agree letter by letter. Case, accents, hyphens, apostrophes and
blanks carry no evidence either way, so they go before anything is compared.
"""

import re
import unicodedata
from functools import cache, lru_cache
from importlib.resources import files

from stdnum.gb import nhs

_APOSTROPHES = re.compile(r"[\'`\u00b4\u2018\u2019\u02b9\u02bb\u02bc]")
_NOT_WRITING = re.compile(r"[\W_]+")
_TITLES = frozenset({"mr", "mrs", "miss", "ms", "mx", "dr"})
_PARTICLES = frozenset(
    {
        "al", "el", "ul", "ur", "bin", "ibn", "bint", "ben", "ould", "de", "da", "do", "dos", "das",
        "del", "della", "di", "du", "la", "le", "van", "von", "der", "den", "ter", "y", "e",
    }
)  # fmt: skip
_JOINED_PREFIXES = frozenset({"mc", "mac", "o"})
_LONG_ENOUGH_FOR_MAC = 7
_INWARD_LETTERS = 3
_PHONE_DIGITS = 10
"""What follows the 0 or the 44."""

_UK_POSTCODE = re.compile(r"[A-Z]{1,2}[0-9][A-Z0-9]?[0-9][A-Z]{2}")


@cache
def _letters() -> dict[int, str]:
    """Return what to write for letters that have no accent to take off, read once."""
    text = files(__package__).joinpath("letters.txt").read_text("utf-8")
    pairs = (line.split() for line in text.splitlines() if not line.startswith("#"))
    return {ord(letter): plain.strip("-") for letter, plain in pairs}


@lru_cache(maxsize=65_536)
def fold(name: str) -> str:
    """Return the name in plain small letters, words parted by single blanks, titles left out.

    Written without accents and apostrophes, hyphens as blanks, Mac as Mc and joined to its name:
    two spellings that differ in these alone fold to the same text.
    """
    plain = _APOSTROPHES.sub("", name.casefold()).translate(_letters())
    bare = "".join(
        letter
        for letter in unicodedata.normalize("NFKD", plain)
        if not unicodedata.combining(letter)
    )
    words = _NOT_WRITING.sub(" ", bare).split()
    if len(words) > 1 and words[0] in _TITLES:
        words = words[1:]
    return " ".join(_with_joined_prefixes(words))


def _with_joined_prefixes(words: list[str]) -> list[str]:
    """Return the words with a lone Mc, Mac or O set before the word it belongs to."""
    joined: list[str] = []
    prefix = ""
    for place, word in enumerate(words, start=1):
        if word in _JOINED_PREFIXES and place < len(words):
            prefix = "mc" if word == "mac" else word
            continue
        whole = prefix + word
        if whole.startswith("mac") and len(whole) >= _LONG_ENOUGH_FOR_MAC:
            whole = "mc" + whole[3:]
        joined.append(whole)
        prefix = ""
    return joined


@lru_cache(maxsize=65_536)
def core_words(folded: str) -> tuple[str, ...]:
    """Return a folded name's words without particles such as "al" or "van", unless they are all."""
    words = tuple(folded.split())
    return tuple(word for word in words if word not in _PARTICLES) or words


@lru_cache(maxsize=65_536)
def sound(folded: str) -> str:
    """Return the consonants one hears in a folded name, so that transliterations fall together.

    Coarse on purpose: it finds candidates; agreement is judged on the letters themselves.
    """
    return "".join(_word_sound(word) for word in core_words(folded))


_DIGRAPHS = (
    ("sch", "s"), ("ph", "f"), ("sh", "s"), ("sz", "s"), ("cz", "c"), ("kh", "k"), ("gh", "g"),
    ("th", "t"), ("dh", "d"), ("bh", "b"), ("zh", "z"), ("ch", "c"), ("ck", "k"), ("ts", "s"),
    ("tz", "s"), ("dj", "j"), ("x", "ks"), ("q", "k"), ("c", "k"), ("w", "v"), ("z", "s"),
)  # fmt: skip
_SILENT = re.compile("[aeiouyh]")
_REPEATED = re.compile(r"(.)\1+")


@lru_cache(maxsize=65_536)
def _word_sound(word: str) -> str:
    """Return one word's consonants; a leading vowel stays as "a", a leading y or j as "j"."""
    text = word
    for letters, heard in _DIGRAPHS:
        text = text.replace(letters, heard)
    first = text[:1]
    if first in {"y", "j"} or (first == "i" and text[1:2] in {"a", "o", "u"}):
        head = "j"
    elif first in {"a", "e", "i", "o", "u"}:
        head = "a"
    else:
        head = first
    rest = _SILENT.sub("", text[1:]).replace("j", "")
    return _REPEATED.sub(r"\1", head + rest)


@lru_cache(maxsize=65_536)
def fold_postcode(postcode: str) -> str:
    """Return the postcode in capitals without blanks ("" when nothing is left)."""
    return "".join(letter for letter in postcode.upper() if letter.isalnum())


def district(folded_postcode: str) -> str:
    """Return the outward half of a folded United Kingdom postcode, "" for any other text."""
    if _UK_POSTCODE.fullmatch(folded_postcode):
        return folded_postcode[:-_INWARD_LETTERS]
    return ""


def fold_phone(number: str) -> str:
    """Return the last ten digits of a telephone number, "" when it has fewer."""
    digits = "".join(letter for letter in number if letter.isdigit())
    return digits[-_PHONE_DIGITS:] if len(digits) >= _PHONE_DIGITS else ""


def fold_nhs_number(number: str | None) -> str:
    """Return the ten digits of a valid NHS number, "" for none or a wrong check digit."""
    if not number:
        return ""  # nearly everybody: the look-up compares sixty people
    compact = nhs.compact(number)
    return compact if nhs.is_valid(compact) else ""
