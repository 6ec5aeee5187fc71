"""Whatever is changed in a row of the decision table, an answer changes with it and is noticed."""

import json
from itertools import chain

import pytest

from hub.cli.case_files import read_cases
from hub.sharing.rules import OverrideBasis, decide, table
from parts import second_table
from parts.case_classes import BASES, CLASSES
from parts.changed_rows import WORDS, changed_tables
from parts.typical_cases import TYPICAL, asked

SAME_WITHOUT = {
    (8, "comes one later"): "its category is none of rule 9's",
    (15, "comes one later"): "rule 16 is for those who are party to an agreement",
    (19, "comes one later"): "rules 19 and 20 are for different states of consent",
    (22, "comes one later"): "rules 22 and 23 are for different states of consent",
    (23, "comes one later"): "rules 23 and 24 are for different states of consent",
    (24, "comes one later"): "rule 25 is for people who were not asked",
    (26, "comes one later"): "rule 26 is for people under 18, rule 27 for others",
    (27, "comes one later"): "rules 27 and 28 have different purposes",
    (30, "comes one later"): "rules 30 and 31 are for different states of consent",
    (31, "comes one later"): "rules 31 and 32 are for different states of consent",
    (24, "when[0] is gone"): "of what is given, rule 22 took all but this",
    (26, "when[0] is gone"): "rules 22 to 24 took whoever agreed",
    (27, "when[0] is gone"): "rules 22 to 24 took whoever agreed",
    (28, "when[0] is gone"): "rules 22 to 24 took whoever agreed",
    (29, "when[0] is gone"): "rules 22 to 24 took whoever agreed",
}
"""Changes that change no answer: the published text says there what a row above has settled."""

ON_BOTH = {
    11: [{"agreement_state": "not_party", "request_pattern": "repeat"}],
    20: [{"purpose": "marac_risk", "category": "existence"}],
}
"""What makes the next rule hold too, where that takes more than one field."""


def near(rule):
    """Return the rule's typical case and those that differ from it in one field."""
    changes = [{}]
    for name, classes in CLASSES.items():
        if name not in BASES:
            changes += [{name: one[at]} for one in classes for at in (0, -1)]
    own = TYPICAL[rule].get("override_basis", [])
    changes += [{"override_basis": [*own, one]} for one in OverrideBasis if one not in own]
    changes += [{"override_basis": [one for one in own if one != less]} for less in own]
    changes += [{"consent_state": "given_limited", "consent_overlap": "part"}]
    return [asked(rule, **change) for change in (*changes, *ON_BOTH.get(rule, []))]


@pytest.fixture(scope="module")
def corpus():
    """Return for each rule the questions near it, each with the published answer."""
    cases = {rule: near(rule) for rule in TYPICAL}
    flat = [one | {"id": f"c{n}"} for n, one in enumerate(chain(*cases.values()))]
    read = iter(read_cases(json.dumps({"version": 1, "cases": flat})))
    return {
        rule: [(next(read).asked, second_table.decide(case)) for case in of_rule]
        for rule, of_rule in cases.items()
    }


def notices(corpus, rule):
    """Tell whether an answer is another than the published one, looking near the rule first."""
    ordered = [rule, *(other for other in corpus if other != rule)]
    return any(
        answer(question) != published for other in ordered for question, published in corpus[other]
    )


def answer(question):
    """Return the decision as the second table gives it, or None if there is none."""
    try:
        decision = decide(question)
    except StopIteration:
        return None
    return {
        "rule": decision.rule,
        "outcome": decision.outcome,
        "scope": decision.scope,
        "approvers": sorted(decision.approvers),
        "reviewers": list(decision.reviewers),
        "advice": list(decision.advice),
        "record": list(decision.record),
        "gaps": sorted(decision.gaps),
        "flags": list(decision.flags),
    }


def test_nothing_is_noticed_where_nothing_was_changed(corpus):
    assert not notices(corpus, 1)


def test_every_change_of_a_row_is_noticed(corpus, monkeypatch):
    unnoticed, tried = set(), 0
    for rule, change, changed in changed_tables():
        monkeypatch.setattr(table, "TABLE", changed)
        tried += 1
        if not notices(corpus, rule):
            unnoticed.add((rule, change))
    assert unnoticed == set(SAME_WITHOUT)
    assert tried > 500


def test_all_but_the_words_of_a_row_is_changed():
    assert {"title", "why", "source"} == WORDS
