"""The decision table with one thing changed in one row, in every way that rows are written.

A row is data: what a mutation tool does to functions is done to rows here.
"""

from dataclasses import fields, replace

from hub.sharing.rules import TABLE, Approver
from hub.sharing.rules.row import Condition, Row

LISTS = ("when", "effects", "approvers", "further", "reviewers", "advice", "record")


def changed_tables():
    """Yield the number of the rule, what was changed, and the table with the change."""
    for at, row in enumerate(TABLE):
        before, after = TABLE[:at], TABLE[at + 1 :]
        yield row.rule, "is gone", (*before, *after)
        if after:
            yield row.rule, "comes one later", (*before, after[0], row, *after[1:])
        for change, other in changed_rows(row):
            yield row.rule, change, (*before, other, *after)


def changed_rows(row):
    """Yield what was changed with the changed row."""
    for name in LISTS:
        for index in range(len(getattr(row, name))):
            if name != "effects" or len(row.effects) > 1:
                yield f"{name}[{index}] is gone", without(row, name, index)
    for index, condition in enumerate(row.when):
        yield f"when[{index}] is turned round", with_one(row, "when", index, turned(condition))
    yield from changed_effects(row)
    for name in ("approvers", "reviewers", "advice"):
        yield f"{name} has one more", replace(row, **{name: (*getattr(row, name), more(row, name))})
    yield "record has one more", replace(row, record=(*row.record, "more"))
    if len(row.record) > 1:
        yield "record is reversed", replace(row, record=row.record[::-1])
    yield "gaps are others", replace(row, gaps=None if row.gaps else lambda _question: ("gap",))
    yield "the rule has another number", replace(row, rule=row.rule + 100)


def changed_effects(row):
    """Yield what was changed in what follows, and in who else must say yes, with the row."""
    for index, effect in enumerate(row.effects):
        other = replace(effect, outcome=next_word(effect.outcome))
        yield f"effects[{index}] is another", with_one(row, "effects", index, other)
        other = replace(effect, scope=next_word(effect.scope))
        yield f"effects[{index}] has another scope", with_one(row, "effects", index, other)
    for name in ("effects", "further"):
        for index, one in enumerate(getattr(row, name)):
            if one.only_if:
                other = replace(one, only_if=lambda question, one=one: not one.only_if(question))
                yield f"{name}[{index}] is turned round", with_one(row, name, index, other)


def without(row, name, index):
    whole = getattr(row, name)
    return replace(row, **{name: (*whole[:index], *whole[index + 1 :])})


def with_one(row, name, index, other):
    whole = getattr(row, name)
    return replace(row, **{name: (*whole[:index], other, *whole[index + 1 :])})


def turned(condition):
    return Condition(lambda question: not condition.holds(question), "is so", "is not")


def next_word(word):
    words = list(type(word))
    return words[(words.index(word) + 1) % len(words)]


def more(row, name):
    """Return an approver that the row has not got there."""
    return next(one for one in Approver if one not in getattr(row, name))


WORDS = {field.name for field in fields(Row)} - {*LISTS, "rule", "gaps"}
"""What nothing is changed in: the words of a row are free and held by tests of their own."""
