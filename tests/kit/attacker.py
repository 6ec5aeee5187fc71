"""Somebody who has every published table and works out what was withheld, by exact arithmetic.

What is unknown is a count, so never below nought; what is published is a sum of unknowns. The
simplex method on fractions tells between which values an unknown, or a sum of them, can lie.
"""

from collections.abc import Mapping
from fractions import Fraction

Sum = Mapping[str, int]
"""How often each unknown stands in it."""


class Attacker:
    """All that was published. Raises ValueError where it cannot be true."""

    def __init__(self, published: list[tuple[Sum, int]]) -> None:
        self.names = sorted({name for terms, _ in published for name in terms})
        self.at = {name: column for column, name in enumerate(self.names)}
        width, height = len(self.names), len(published)
        self.table = [
            [
                *(Fraction(terms.get(name, 0)) for name in self.names),
                *(Fraction(other == row) for other in range(height)),
                Fraction(value),
            ]
            for row, (terms, value) in enumerate(published)
        ]
        self.basis = [width + row for row in range(height)]
        if self._highest([Fraction(0)] * width + [Fraction(-1)] * height) != 0:
            raise ValueError("no counts fit what was published")
        self._forget_helpers(width)

    def can_differ(self, wanted: Sum, value: int) -> bool:
        """Tell whether a sum could be another whole number than the one that it is."""
        if abs(self._found(self._weights(wanted, 1)) - value) >= 1:
            return True
        for sign in (1, -1):
            reached = self._highest(self._weights(wanted, sign), enough=sign * value + 1)
            if reached is None or reached >= sign * value + 1:
                return True
        return False

    def _weights(self, wanted: Sum, sign: int) -> list[Fraction]:
        return [Fraction(sign * wanted.get(name, 0)) for name in self.names]

    def _highest(self, weights: list[Fraction], enough: int | None = None) -> Fraction | None:
        """Return the highest weighted sum, walking from corner to corner (Bland's rule).

        None where there is no highest; the walk ends where the sum is enough.
        """
        while True:
            found = self._found(weights)
            enters = next((at for at in range(len(weights)) if self._gain(weights, at) > 0), None)
            if enters is None or (enough is not None and found >= enough):
                return found
            rows = [row for row in range(len(self.table)) if self.table[row][enters] > 0]
            if not rows:
                return None
            self._pivot(min(rows, key=lambda row: self._limit(row, enters)), enters)

    def _found(self, weights: list[Fraction]) -> Fraction:
        """Return the weighted sum at the corner where the walk stands."""
        return sum(
            (weights[at] * row[-1] for at, row in zip(self.basis, self.table, strict=True)),
            Fraction(0),
        )

    def _gain(self, weights: list[Fraction], at: int) -> Fraction:
        spent = sum(
            (
                weights[known] * row[at]
                for known, row in zip(self.basis, self.table, strict=True)
                if row[at] and weights[known]
            ),
            Fraction(0),
        )
        return weights[at] - spent

    def _limit(self, row: int, column: int) -> tuple[Fraction, int]:
        return self.table[row][-1] / self.table[row][column], self.basis[row]

    def _pivot(self, row: int, column: int) -> None:
        by = self.table[row][column]
        pivot = self.table[row] = [one / by if one else one for one in self.table[row]]
        for at, other in enumerate(self.table):
            if at != row and (times := other[column]):
                self.table[at] = [
                    one - times * more if more else one
                    for one, more in zip(other, pivot, strict=True)
                ]
        self.basis[row] = column

    def _forget_helpers(self, width: int) -> None:
        """Drop what only helped to find a first fit, and equations that say nothing new."""
        for row in range(len(self.table)):
            if self.basis[row] >= width:
                column = next((at for at in range(width) if self.table[row][at]), None)
                if column is not None:
                    self._pivot(row, column)
        kept = [row for row in range(len(self.table)) if self.basis[row] < width]
        self.table = [[*self.table[row][:width], self.table[row][-1]] for row in kept]
        self.basis = [self.basis[row] for row in kept]
