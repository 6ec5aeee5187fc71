"""Whom a request to an agency reaches at an instant, and why others were passed over."""

from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import UUID

import pytest

from hub.agencies.rules.cover import Away
from hub.sharing.register.spoc import Candidate, Ladder, Rung, Skip, spoc_route

CONTACT, DEPUTY, COVER, DESK, MANAGER = (UUID(int=at) for at in range(1, 6))
ACCOUNT = UUID(int=9)
NOON = datetime(2026, 6, 3, 11, 0, tzinfo=UTC)  # a Wednesday, midday in London
OFFICE = "Mon-Fri 09:00-17:00"
CHECKED = date(2026, 5, 20)


def person(contact_id, **changes):
    return Candidate(
        **{
            "contact_id": contact_id,
            "name": f"Nobody {contact_id.int}",
            "hours": OFFICE,
            "verified_on": CHECKED,
            **changes,
        }
    )


WHOLE = Ladder(
    contact_id=CONTACT,
    deputy_id=DEPUTY,
    people=(person(CONTACT), person(DEPUTY), person(COVER)),
    desks=(person(DESK),),
    managers=(person(MANAGER),),
    accounts=((ACCOUNT, "A. Lead"),),
)


def route(ladder, at=NOON):
    return spoc_route(ladder, at, stale_after_days=90)


def changed(ladder=WHOLE, **by_id):
    """Change people of the ladder: ``c1={...}`` changes the one with the id 1."""

    def new(one):
        return replace(one, **by_id.get(f"c{one.contact_id.int}", {}))

    return replace(
        ladder,
        people=tuple(map(new, ladder.people)),
        desks=tuple(map(new, ladder.desks)),
        managers=tuple(map(new, ladder.managers)),
    )


def skips(found):
    return [(step.rung, step.skip) for step in found.steps]


def test_the_contact_is_asked_when_nothing_is_in_the_way():
    found = route(WHOLE)

    assert found.reached.contact_id == CONTACT
    assert found.answers_now
    assert found.reached.words == "Open now, until 5pm"
    assert [step.rung for step in found.steps] == [
        Rung.CONTACT,
        Rung.DEPUTY,
        Rung.DESK,
        Rung.MANAGER,
        Rung.GOVERNANCE,
        Rung.HUB_GOVERNANCE,
    ]


@pytest.mark.parametrize(
    ("change", "skip", "word"),
    [
        ({"works_until": date(2026, 6, 3)}, Skip.LEFT, "3 June 2026"),
        ({"works_from": date(2026, 6, 4)}, Skip.NOT_YET, "4 June 2026"),
        ({"verified_on": date(2026, 3, 4)}, Skip.STALE, "91 days ago"),
        ({"verified_on": None}, Skip.STALE, "Never checked"),
        ({"hours": "Mon-Fri 13:00-17:00"}, Skip.OUTSIDE_HOURS, "opens today at 1pm"),
    ],
)
def test_why_the_contact_is_passed_over_is_said_and_the_deputy_is_asked(change, skip, word):
    found = route(changed(c1=change))

    assert found.steps[0].skip is skip
    assert word in found.steps[0].words
    assert found.reached.contact_id == DEPUTY


@pytest.mark.parametrize(
    "change",
    [
        {"works_until": date(2026, 6, 4)},  # the last day at work
        {"works_from": date(2026, 6, 3)},
        {"verified_on": date(2026, 3, 5)},  # 90 days ago
        {"hours": None},  # nobody knows: they are asked
    ],
)
def test_at_the_edge_the_contact_is_still_asked(change):
    assert route(changed(c1=change)).reached.contact_id == CONTACT


def absent(contact_id, cover_id=None, until=date(2026, 6, 8)):
    away = Away(UUID(int=70), contact_id, date(2026, 6, 1), until, cover_id)
    return replace(WHOLE, absences=(away,))


def test_whoever_covers_comes_before_the_deputy():
    found = route(absent(CONTACT, COVER))

    assert skips(found)[:2] == [(Rung.CONTACT, Skip.ABSENT), (Rung.COVER, None)]
    assert "back on 8 June 2026" in found.steps[0].words
    assert found.reached.contact_id == COVER


def test_the_first_day_back_counts_as_back():
    assert route(absent(CONTACT, COVER, date(2026, 6, 3))).reached.contact_id == CONTACT


def test_an_absence_without_cover_leads_to_the_deputy():
    assert route(absent(CONTACT)).reached.contact_id == DEPUTY


def test_a_contact_has_a_deputy_of_their_own_where_the_agreement_names_none():
    ladder = replace(changed(c1={"deputy_id": DEPUTY}), deputy_id=None)

    assert [step.contact_id for step in route(ladder).steps][1] == DEPUTY


def test_without_an_agreement_the_agencys_own_point_of_contact_is_asked_and_then_its_others():
    ladder = replace(
        WHOLE, deputy_id=None, points=(person(CONTACT), person(COVER)), contact_id=CONTACT
    )

    assert [(step.rung, step.contact_id) for step in route(ladder).steps][:3] == [
        (Rung.CONTACT, CONTACT),
        (Rung.DEPUTY, None),
        (Rung.CONTACT, COVER),
    ]


def test_with_nobody_named_the_desk_is_asked():
    ladder = replace(WHOLE, contact_id=None, deputy_id=None, people=())

    found = route(ladder)

    assert skips(found)[:2] == [(Rung.CONTACT, Skip.NONE), (Rung.DEPUTY, Skip.NONE)]
    assert found.reached.contact_id == DESK


NIGHT = datetime(2026, 6, 3, 21, 0, tzinfo=UTC)
ALWAYS = {"hours": "24 hours"}


def test_at_night_a_desk_that_is_open_is_asked():
    found = route(changed(c4=ALWAYS), NIGHT)

    assert found.reached.contact_id == DESK
    assert found.answers_now


def test_at_night_with_nobody_there_it_waits_for_the_contact_and_no_manager_is_troubled():
    found = route(changed(c5={"hours": None}), NIGHT)

    assert found.reached.contact_id == CONTACT
    assert not found.answers_now
    assert "opens tomorrow at 9am" in found.reached.words


def test_a_manager_is_asked_when_everybody_below_is_gone():
    gone = {"works_until": date(2026, 1, 1)}

    found = route(changed(c1=gone, c2=gone, c4=gone))

    assert found.reached.contact_id == MANAGER


def test_a_manager_off_hours_still_comes_before_an_account():
    gone = {"works_until": date(2026, 1, 1)}

    found = route(changed(c1=gone, c2=gone, c4=gone), NIGHT)

    assert (found.reached.rung, found.answers_now) == (Rung.MANAGER, False)


def test_when_all_are_stale_the_agencys_governance_lead_is_asked():
    stale = {"verified_on": None}

    found = route(changed(c1=stale, c2=stale, c4=stale, c5=stale))

    assert found.reached.account_id == ACCOUNT
    assert not found.answers_now


def test_it_never_ends_with_nobody():
    found = route(Ladder())

    assert found.reached.rung is Rung.HUB_GOVERNANCE
    assert [step.skip for step in found.steps] == [Skip.NONE, Skip.NONE, Skip.NONE, None]


def test_of_a_suspended_agency_nobody_is_asked():
    found = route(replace(WHOLE, is_suspended=True))

    assert {step.skip for step in found.steps[:-1]} == {Skip.SUSPENDED}
    assert found.reached.rung is Rung.HUB_GOVERNANCE


def test_whoever_stands_on_two_rungs_is_listed_once():
    ladder = replace(WHOLE, deputy_id=DESK, people=(*WHOLE.people, person(DESK)))

    assert [step.contact_id for step in route(ladder).steps].count(DESK) == 1


@pytest.mark.parametrize(
    ("at", "is_open"),
    [
        # the clocks went forward on 29 March 2026: 08:30 UTC is 09:30 in London
        (datetime(2026, 3, 30, 8, 30, tzinfo=UTC), True),
        (datetime(2026, 3, 27, 8, 30, tzinfo=UTC), False),
        # they go back on 25 October: 16:30 UTC is 16:30 in London, not 17:30
        (datetime(2026, 10, 26, 16, 30, tzinfo=UTC), True),
        (datetime(2026, 10, 23, 16, 30, tzinfo=UTC), False),
        # bank holidays: Good Friday, the Monday of Easter, and a substitute day of Boxing Day
        (datetime(2026, 4, 3, 11, 0, tzinfo=UTC), False),
        (datetime(2026, 4, 6, 11, 0, tzinfo=UTC), False),
        (datetime(2026, 12, 28, 11, 0, tzinfo=UTC), False),
        (datetime(2026, 12, 29, 11, 0, tzinfo=UTC), True),
    ],
)
def test_hours_are_those_of_londons_clocks_and_stop_on_bank_holidays(at, is_open):
    fresh = {"verified_on": at.date()}

    found = route(changed(c1=fresh, c2=fresh), at)

    assert (found.steps[0].skip is None) is is_open


def test_a_day_near_midnight_is_the_one_in_london():
    # 23:30 UTC on 31 May is 00:30 on 1 June in London: by then they have left
    ladder = changed(c1={"works_until": date(2026, 6, 1), **ALWAYS})

    found = route(ladder, datetime(2026, 5, 31, 23, 30, tzinfo=UTC))
    before = route(ladder, datetime(2026, 5, 31, 22, 30, tzinfo=UTC))

    assert found.steps[0].skip is Skip.LEFT
    assert before.steps[0].skip is None


def test_29_february_is_a_day_like_any_other():
    at = datetime(2028, 2, 29, 11, 0, tzinfo=UTC)  # a Tuesday
    away = Away(UUID(int=70), CONTACT, date(2028, 2, 29), date(2028, 3, 1), None)
    ladder = replace(
        changed(c1={"verified_on": date(2027, 12, 1)}, c2={"verified_on": date(2027, 11, 30)}),
        absences=(away,),
    )

    found = route(ladder, at)
    next_day = route(ladder, datetime(2028, 3, 1, 11, 0, tzinfo=UTC))

    assert found.steps[0].skip is Skip.ABSENT
    assert found.steps[1].skip is Skip.STALE  # 91 days before, across the leap day
    # and on 1 March the contact's own check is 91 days old
    assert next_day.steps[0].skip is Skip.STALE
