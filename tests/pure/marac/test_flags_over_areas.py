"""A case that goes to another area: whose flag stands how long; and two alleged perpetrators."""

from datetime import date, timedelta
from uuid import UUID

import pytest

from hub.marac.clocks import AreaClocks
from hub.marac.rules.flags import Done, FlagKind, Heard, TakenOver, known, to_do

HERE, THERE, BEYOND = (UUID(int=number) for number in (1, 2, 3))
OLD, NEW, NEWEST, EARLIER = (UUID(int=number) for number in (11, 12, 13, 14))
VICTIM, HIM, OTHER = (UUID(int=number) for number in (21, 22, 23))
CASE = frozenset({(VICTIM, HIM)})
BOTH = frozenset({(VICTIM, HIM), (VICTIM, OTHER)})
FIRST = date(2025, 6, 4)
TAKEN = date(2025, 9, 1)
CLOCKS = {area: AreaClocks(id=str(area)) for area in (HERE, THERE, BEYOND)}


def heard(on, area=HERE, concern=OLD, pairs=CASE):
    return Heard(
        on=on,
        area_id=area,
        party_id=concern,
        item_id=concern,
        concern_id=concern,
        pairs=pairs,
    )


def taken(on=TAKEN, source=OLD, to=THERE, received=NEW, pairs=CASE, came_from=HERE):
    return TakenOver(
        on=on,
        from_area_id=came_from,
        to_area_id=to,
        concern_id=source,
        received_id=received,
        pairs=pairs,
        party_id=received,
    )


def flag(hearings, moves, *areas, done=None, on=TAKEN):
    """Return what an agency of these areas has to do, and until when the flag stands."""
    found = to_do(known(hearings, moves), {area: CLOCKS[area] for area in areas}, done, on)
    return found and (found.kind, found.flag_until)


def set_until(on):
    return Done(kind=FlagKind.ADD, flag_until=on, party_id=OLD, item_id=OLD)


def test_the_new_area_flags_from_the_last_marac_anywhere_and_in_time_from_the_day_it_knows():
    assert flag([heard(FIRST)], [taken()], THERE) == ("add", date(2026, 6, 4))
    found = to_do(known([heard(FIRST)], [taken()]), {THERE: CLOCKS[THERE]}, None, TAKEN)
    assert found.due_on == date(2025, 9, 4)  # three working days after Monday 1 September
    assert found.party_id == NEW  # as the new area's own referral names them
    assert flag([heard(FIRST)], [], THERE) is None


def test_the_old_area_keeps_its_own_until_it_ends_and_learns_of_no_hearing_after():
    both = [heard(FIRST), heard(date(2026, 1, 8), THERE, NEW)]
    kept = set_until(date(2026, 6, 4))
    for day in (TAKEN, date(2026, 1, 8), date(2026, 6, 4)):
        assert flag(both, [taken()], HERE, done=kept, on=day) is None
    removed = flag(both, [taken()], HERE, done=kept, on=date(2026, 6, 5))
    assert removed == ("remove", date(2026, 6, 4))
    assert flag(both, [taken()], THERE, on=date(2026, 1, 8)) == ("add", date(2027, 1, 8))


def test_an_agency_of_both_areas_has_one_flag_and_the_later_day():
    both = [heard(FIRST), heard(date(2026, 1, 8), THERE, NEW)]
    kept = set_until(date(2026, 6, 4))
    assert flag([heard(FIRST)], [taken()], HERE, THERE, done=kept) is None
    assert flag(both, [taken()], HERE, THERE, done=kept, on=date(2026, 1, 8)) == (
        "renew",
        date(2027, 1, 8),
    )


@pytest.mark.parametrize(
    ("heard_on", "on", "expected"),
    [
        (date(2024, 9, 1), date(2025, 9, 1), "add"),  # exactly twelve months
        (date(2024, 9, 1), date(2025, 9, 2), None),
        (date(2024, 2, 29), date(2025, 2, 28), "add"),
        (date(2024, 2, 29), date(2025, 3, 1), None),
    ],
)
def test_taken_over_on_the_last_day_it_is_still_to_be_set(heard_on, on, expected):
    found = flag([heard(heard_on)], [taken(on)], THERE, on=on)
    assert (found and found[0]) == expected


def test_an_earlier_referral_of_the_same_case_goes_with_it_and_another_case_does_not():
    same = heard(FIRST, concern=EARLIER)
    assert flag([same], [taken()], THERE) == ("add", date(2026, 6, 4))
    with_other = heard(FIRST, concern=EARLIER, pairs=frozenset({(VICTIM, OTHER)}))
    assert flag([with_other], [taken()], THERE) is None


def test_what_the_old_area_hears_after_it_was_taken_over_stays_there():
    again = heard(TAKEN + timedelta(days=1), concern=EARLIER)
    assert flag([again], [taken()], THERE, on=date(2025, 10, 1)) is None
    same_day = heard(TAKEN, concern=EARLIER)
    assert flag([same_day], [taken()], THERE) == ("add", date(2026, 9, 1))


def test_it_can_be_passed_on_and_comes_back_as_it_went():
    on_and_on = [taken(), taken(date(2025, 11, 3), NEW, BEYOND, NEWEST, came_from=THERE)]
    assert flag([heard(FIRST)], on_and_on, BEYOND, on=date(2025, 11, 3)) == (
        "add",
        date(2026, 6, 4),
    )
    back = [taken(), taken(date(2025, 11, 3), NEW, HERE, NEWEST, came_from=THERE)]
    both = [heard(FIRST), heard(date(2025, 10, 1), THERE, NEW)]
    kept = set_until(date(2026, 6, 4))
    assert flag(both, back, HERE, done=kept, on=date(2025, 11, 3)) == ("renew", date(2026, 10, 1))


def test_hearing_one_of_two_again_renews_the_victim_and_him_and_not_the_other():
    later = date(2026, 1, 8)
    first = heard(FIRST, pairs=BOTH)
    hers = [first, heard(later, concern=NEW)]
    kept = set_until(date(2026, 6, 4))
    assert flag(hers, [], HERE, done=kept, on=later) == ("renew", date(2027, 1, 8))  # she and he
    assert flag([first], [], HERE, done=kept, on=later) is None  # the other: named once
    assert flag([first], [], HERE, done=kept, on=date(2026, 6, 5))[0] == "remove"


def test_where_nobody_is_alleged_what_was_heard_of_the_very_referral_goes_with_it():
    nobody = frozenset()
    late = TAKEN + timedelta(days=3)  # written down only after it was taken over
    hearings = [heard(late, pairs=nobody)]
    assert flag(hearings, [taken(pairs=nobody)], THERE, on=late) == ("add", date(2026, 9, 4))
    other = [heard(FIRST, concern=EARLIER, pairs=nobody)]
    assert flag(other, [taken(pairs=nobody)], THERE) is None
