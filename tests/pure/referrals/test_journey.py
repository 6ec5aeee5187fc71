"""The order of the questions, and a draft that keeps everything typed."""

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.referrals import journey
from hub.referrals.journey import GROUPS, PAGES, SECTIONS, Draft, Entry, Needs, Stop

CHILD = "child"
FEW = Needs(care_of_victim=False, care_of=lambda *_: False, lawful_basis=False, risk_items=False)
ALL = Needs(care_of_victim=True, care_of=lambda *_: True, lawful_basis=True, risk_items=True)
ONE = Entry(id=UUID(int=1), typed={"given_name": ["Zin"]})


def test_every_page_is_in_one_section():
    inside = [page for _, pages in SECTIONS for page in pages]
    assert sorted(inside) == sorted({*PAGES, *GROUPS, "files"})


def test_pages_come_only_where_the_answers_need_them():
    short = [stop.page for stop in journey.stops(Draft(), FEW)]
    assert not {"victim_care", "lawful_basis", "risk_items"} & set(short)
    full = [stop.page for stop in journey.stops(Draft(), ALL)]
    assert full.index("victim_care") == full.index("victim") + 1
    assert full.index("lawful_basis") == full.index("consent") + 1


def test_a_child_who_must_be_asked_about_comes_before_going_on():
    draft = Draft(groups={CHILD: (ONE,)})
    stops = journey.stops(draft, ALL)
    assert stops.index(Stop(CHILD, ONE.id)) + 1 == stops.index(Stop(CHILD))
    assert Stop(CHILD, ONE.id) not in journey.stops(draft, FEW)


def test_it_resumes_at_the_first_unanswered_page():
    draft = Draft()
    seen = []
    while stop := journey.first_unanswered(draft, FEW):
        seen.append(stop.page)
        draft = draft.with_page(stop.page, {}, is_done=True)
    assert seen == [stop.page for stop in journey.stops(Draft(), FEW)]
    again = draft.with_page("home", {"area": ["wrong"]}, is_done=False)
    assert journey.first_unanswered(again, FEW) == Stop("home")


def test_an_unanswered_care_page_of_a_child_is_unanswered():
    done = Draft(groups={CHILD: (ONE,)}, done=frozenset({*PAGES, *GROUPS, "files"}))
    assert journey.first_unanswered(done, ALL) == Stop(CHILD, ONE.id)
    answered = Entry(id=ONE.id, typed=ONE.typed, care={"care_experienced": ["no"]})
    assert journey.first_unanswered(done.with_entry(CHILD, answered), ALL) is None


def test_a_person_who_is_not_there_is_not_done():
    assert journey.is_done(Draft(), Stop(CHILD, ONE.id)) is False


def test_back_and_on_walk_the_same_way():
    walk = [page for page in PAGES if page != "victim_care"]
    for page in walk[:-1]:
        follows = journey.after(Draft(), FEW, page)
        if page in ("lawful_basis", "risk_items"):
            assert follows is not None  # reached by its address, it still leads on
        else:
            assert journey.before(Draft(), FEW, follows.page).page in {page, *GROUPS}
    assert journey.before(Draft(), FEW, "you") is None
    assert journey.after(Draft(), FEW, "files") is None


def test_questions_are_counted_by_section():
    assert journey.number_of("you") == 1
    assert journey.number_of("victim_care") == journey.number_of("victim") == 2
    assert journey.number_of("files") == len(SECTIONS)


def test_somebody_changed_keeps_their_place_and_somebody_removed_is_gone():
    other = Entry(id=UUID(int=2), typed={})
    draft = Draft().with_entry(CHILD, ONE).with_entry(CHILD, other)
    changed = Entry(id=ONE.id, typed={"given_name": ["Zed"]})
    assert draft.with_entry(CHILD, changed).entries(CHILD) == (changed, other)
    assert draft.without_entry(CHILD, ONE.id).entries(CHILD) == (other,)
    assert draft.entry(CHILD, UUID(int=9)) is None


texts = st.dictionaries(st.text(max_size=5), st.lists(st.text(max_size=8), max_size=3), max_size=3)


@given(
    st.dictionaries(st.sampled_from(PAGES), texts),
    st.frozensets(st.sampled_from(PAGES)),
    st.lists(st.builds(Entry, id=st.uuids(), typed=texts, care=st.none() | texts), max_size=3),
)
def test_what_was_typed_comes_back_as_it_was(pages, done, entries):
    draft = Draft(pages=pages, done=done, groups={CHILD: tuple(entries)})
    assert journey.load(journey.dump(draft)) == draft


@pytest.mark.parametrize("group", GROUPS)
def test_a_group_is_done_when_it_is_said_so(group):
    assert journey.is_done(Draft().with_group_done(group), Stop(group))
