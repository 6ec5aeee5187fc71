"""Why the rows above the one that decides did not: in words, from the conditions that decided."""

import json
from dataclasses import replace

import pytest

from hub.cli.case_files import read_cases
from hub.sharing.register import CATEGORIES, PURPOSES
from hub.sharing.rules import TABLE, Category, OverrideBasis, Purpose, decide, explain
from parts.typical_cases import TYPICAL, asked


def question(rule, **changes):
    (case,) = read_cases(json.dumps({"version": 1, "cases": [asked(rule, **changes)]}))
    return case.asked


def lacked(explanation, rule):
    """Return what the row lacked, as it is explained."""
    (row,) = (one for one in explanation.passed_over if one.rule == rule)
    return row.lacked


@pytest.mark.parametrize("rule", TYPICAL)
def test_every_row_above_is_explained_by_what_it_lacked(rule):
    found = explain(question(rule))
    assert found.decision == decide(question(rule))
    assert [one.rule for one in found.passed_over] == list(range(1, rule))
    for one, row in zip(found.passed_over, TABLE, strict=False):
        assert one.title == row.title
        assert one.lacked
        assert set(one.lacked) <= {condition.is_not for condition in row.when}


def test_what_a_row_lacked_is_all_of_it_and_nothing_else():
    found = explain(question(30))
    assert lacked(found, 25) == (
        "the purpose is neither MARAC nor safety planning",
        "it is not who the worker is and how to reach them",
        "neither section 115 of the Crime and Disorder Act nor safeguarding is stated as the basis",
    )
    closer = replace(question(25), override_basis=frozenset())
    assert lacked(explain(closer), 25) == lacked(found, 25)[2:]
    basis = frozenset({OverrideBasis.SAFEGUARDING})
    assert explain(replace(closer, override_basis=basis)).decision.rule == 25


def test_the_row_that_decides_says_why_it_did_and_where_it_comes_from():
    found = explain(question(21))
    assert found.because == (
        "the purpose is safety",
        "it is only whether the service knows the person",
        "the person has neither refused nor taken consent back",
    )
    assert "section 115" in found.source
    assert found.title


def test_the_words_are_clauses_and_sentences():
    for row in TABLE:
        assert row.title[0].isupper()
        assert row.source
        sentences = [row.why, *(one.why for one in (*row.effects, *row.further) if one.why)]
        assert all(one[0].isupper() and one.endswith(".") for one in sentences)
        for condition in row.when:
            for clause in (condition.is_so, condition.is_not):
                assert clause[0].islower()
                assert not clause.endswith(".")
            assert condition.is_so != condition.is_not


def test_the_register_has_a_name_for_every_purpose_and_category():
    assert list(PURPOSES) == list(Purpose)
    assert list(CATEGORIES) == list(Category)
