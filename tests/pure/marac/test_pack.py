"""A pack for a review: in the order of time, released by a second person, kept as it was."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

from hub.marac.rules.pack import Entry, What, frozen, in_order, may_release, thawed

ONE, OTHER = UUID(int=1), UUID(int=2)
AT = datetime(2026, 6, 1, 9, tzinfo=UTC)


def entry(what, hours=0, **more):
    return Entry(at=AT + timedelta(hours=hours), what=what, case="CASE", **more)


def test_entries_stand_in_the_order_of_their_time_and_then_of_the_work():
    later, look = entry(What.MINUTES, 2), entry(What.LOOK)
    concern, screening = entry(What.CONCERN), entry(What.SCREENING)
    assert in_order([later, look, screening, concern]) == (concern, screening, look, later)


def test_what_was_released_is_read_as_it_was():
    entries = (
        entry(What.NOTE, by="Coral Ordinator", lines=("He said: “no”", "Two\nlines")),
        entry(What.LOOK, 1),
    )
    assert thawed(frozen(entries)) == entries
    assert thawed(frozen(())) == ()


def test_a_second_person_releases_it_and_only_once():
    assert may_release(ONE, OTHER, is_released=False).allowed
    for actor in (ONE, None):
        assert may_release(ONE, actor, is_released=False).rule == "second_person"
    assert may_release(ONE, OTHER, is_released=True).rule == "released"
