"""A draft keeps what was typed, right or wrong, and the way from page to page."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.kernel.drafts import Draft, beside, kept

TYPED = st.dictionaries(st.text(), st.lists(st.text()))


@given(st.dictionaries(st.text(), TYPED), st.frozensets(st.text()))
def test_a_draft_comes_back_from_json_as_it_was(pages, done):
    draft = Draft(pages=pages, done=done)
    assert kept(json.loads(json.dumps(draft.plain()))) == draft


def test_a_page_that_is_saved_again_takes_the_place_of_what_it_said():
    draft = Draft().with_page("one", {"a": ["1"]}, is_done=True)
    draft = draft.with_page("two", {"b": ["2"]}, is_done=True)
    assert draft.done == {"one", "two"}
    draft = draft.with_page("one", {"a": ["wrong"]}, is_done=False)
    assert draft.pages == {"one": {"a": ["wrong"]}, "two": {"b": ["2"]}}
    assert draft.done == {"two"}


def test_a_walk_has_two_ends():
    walk = ("one", "two", "three")
    assert [beside(walk, page, 1) for page in walk] == ["two", "three", None]
    assert [beside(walk, page, -1) for page in walk] == [None, "one", "two"]
    with pytest.raises(ValueError, match="not in tuple"):
        beside(walk, "four", 1)
