"""Where ids and human references come from: random, telling neither order nor count."""

import random
import secrets
from collections.abc import Callable
from uuid import UUID

ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Digits and capitals without those that are mistaken for one another when read out."""

REFERENCE_LENGTH = 16


class Ids:
    """A source of ids; with a seed it repeats itself, which only the demonstration wants."""

    def __init__(self, seed: str | None = None) -> None:
        self._bits: Callable[[int], int]
        self._bits = secrets.randbits if seed is None else random.Random(seed).getrandbits  # noqa: S311 - a seeded source is for made-up data only

    def new(self) -> UUID:
        """Return a fresh random id."""
        return UUID(int=self._bits(128), version=4)

    def reference(self) -> str:
        """Return a fresh reference such as ``K7QM-2XWD-9RTA-4HVC`` (78 bits)."""
        letters = "".join(ALPHABET[self._below(len(ALPHABET))] for _ in range(REFERENCE_LENGTH))
        return "-".join(letters[at : at + 4] for at in range(0, REFERENCE_LENGTH, 4))

    def _below(self, limit: int) -> int:
        while True:
            number = self._bits(limit.bit_length())
            if number < limit:
                return number
