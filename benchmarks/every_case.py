"""How many cases the decision table was asked, and how long it took.

Run from the repository's root: ``PYTHONPATH=.:tests .venv/bin/python -m benchmarks.every_case``.
"""

import time

from parts.case_classes import ALL_CASES
from parts.every_case import Found, every_case


def main() -> None:
    """Go through every case and print what was found in a line."""
    began = time.perf_counter()
    sum_of = Found()
    for question, decision in every_case():
        sum_of.add(question, decision)
    print(
        f"{sum_of.answers:,} answers stand for {sum_of.cases:,} of {ALL_CASES:,} cases; "
        f"{len(sum_of.rules)} of 33 rules reached; {time.perf_counter() - began:.1f} s"
    )


if __name__ == "__main__":
    main()
