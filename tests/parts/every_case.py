"""Every case there can be, gone through without listing each one.

The decision is asked with a case whose fields are chosen only when they are read. A field that was
not read cannot have mattered, so one answer stands for all its values; then the last choice is
changed, until there is none left. What each answer stands for is counted, and the counts must add
up to the number of all cases there are: then nothing was left out and nothing came twice.

Of a class of values a member is taken by (repeatable) chance each time. The figure is printed by
``benchmarks.every_case``.
"""

import random
from collections import Counter
from dataclasses import dataclass, field
from math import prod

from hub.sharing.rules import OverrideBasis, decide
from parts.case_classes import ALL_CASES, CLASSES, KINDS, SIZES, has


class Chosen:
    """A question whose fields are chosen when they are read, the first class of each at first."""

    def __init__(self, choices, chance):
        self.choices, self.chance, self.read, self.json = choices, chance, [], {}
        self.override_basis = ChosenBasis(self)

    def __getattr__(self, name):
        at = len(self.read)
        if at == len(self.choices):
            self.choices.append(0)
        self.read.append(name)
        member = self.chance.choice(CLASSES[name][self.choices[at]])
        self.json[name] = member
        value = KINDS[name](member) if name in KINDS else member
        setattr(self, name, value)
        return value

    def stands_for(self):
        """Return how many cases agree with this one in all that was read."""
        known = prod(
            len(CLASSES[name][choice]) for name, choice in zip(self.read, self.choices, strict=True)
        )
        return known * (ALL_CASES // prod(SIZES[name] for name in self.read))

    def whole(self):
        """Return the case as JSON, what was not read filled in by chance."""
        rest = {
            name: self.chance.choice(self.chance.choice(classes))
            for name, classes in CLASSES.items()
            if name not in self.json
        }
        case = self.json | rest
        case["override_basis"] = [one.value for one in OverrideBasis if case.pop(has(one))]
        return case


class ChosenBasis:
    """A set of bases each of which is chosen to be in it or not when that is asked."""

    def __init__(self, question):
        self.question = question

    def __contains__(self, basis):
        return getattr(self.question, has(basis))


def every_case(seed=0):
    """Yield each answer that there can be with the question that it was given on."""
    choices, chance = [], random.Random(seed)
    while True:
        question = Chosen(choices, chance)
        yield question, decide(question)
        while choices and choices[-1] == len(CLASSES[question.read[len(choices) - 1]]) - 1:
            choices.pop()
        if not choices:
            return
        choices[-1] += 1


@dataclass
class Found:
    """What going through every case found."""

    answers: int = 0
    cases: int = 0
    rules: Counter = field(default_factory=Counter)

    def add(self, question, decision):
        """Count an answer and what it stands for."""
        self.answers += 1
        self.cases += question.stands_for()
        self.rules[decision.rule] += 1
