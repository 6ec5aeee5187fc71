"""Who is who over several referrals, and what the clocks make of it when they are fed from rows."""

from datetime import date

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.exc import DBAPIError

from hub.kernel.actor import Role
from hub.kernel.errors import ConflictError, NotFoundError, RefusedError
from hub.marac.clocks import Label, labels
from hub.marac.commands.repeats import RuleRepeat, rule_repeat
from hub.marac.commands.subjects import SayWho, say_who
from hub.marac.models import (
    AreaSetting,
    RepeatDecision,
    SubjectKey,
    SubjectParty,
    SubjectVerdict,
)
from hub.marac.queries.labels import label_of
from hub.marac.queries.repeats import clocks_by_area, referral_facts, repeats_of
from hub.marac.queries.subjects import compared
from hub.marac.rules.repeats import Ruling
from hub.marac.rules.subjects import Verdict
from hub.people.commands.linking import Link, link_to_case
from hub.people.matching.bands import Band
from hub.people.states import LinkKind
from hub.referrals.commands import submit_concern
from hub.referrals.models import Party
from kit.concerns import County
from kit.world import HUB
from parts.over_time import HER, HIM, SOMEBODY_ELSE, years

FIRST = date(2026, 6, 1)
LATER = date(2026, 9, 1)


@pytest.fixture
def story(units, clock, as_role):
    return years(County(units).settle(), clock, as_role)


@pytest.fixture
def outsider(story, as_role):
    return as_role(Role.COORDINATOR, agency_id=story.county.other_council, name="Ellis Where")


def likely(story, concern_id, by=None):
    with story.county.units.read(by or story.coordinator) as uow:
        return {each.party.role: each.likely for each in compared(uow, concern_id)}


def subject(story, party_id):
    with story.county.units.read(HUB) as uow:
        return uow.session.get_one(SubjectParty, party_id).subject_id


def setting(story, **values):
    with story.county.units.write(HUB) as uow:
        uow.session.add(AreaSetting(area_id=story.county.area, **values))


def test_the_same_people_are_put_forward_and_nobody_is_joined_by_the_hub(story):
    first = story.refer(FIRST)
    second = story.refer(LATER, incident=LATER)

    found = likely(story, second)
    assert [one.concern_id for one in found["victim"]] == [first]
    assert found["alleged_perpetrator"][0].band is Band.PROBABLE
    assert (True, "postcode agrees") in found["alleged_perpetrator"][0].reasons
    assert subject(story, story.party(second)) == story.party(second)
    assert story.repeat(second).label is Label.NEW


def test_once_both_are_confirmed_it_is_a_repeat_and_undone_it_is_new_again(story):
    first, second = story.refer(FIRST), story.refer(LATER, incident=LATER)
    story.join(second, first, roles=("victim",))
    assert story.repeat(second).label is Label.NEW_CASE

    story.join(second, first, roles=("alleged_perpetrator",))
    found = story.repeat(second)
    assert found.label is Label.REPEAT
    assert (found.last_referral.concern_id, found.last_referral.on) == (first, FIRST)
    assert found.repeat_until == date(2027, 6, 1)
    assert subject(story, story.party(second)) == story.party(first)

    story.say(second, story.party(second), story.party(first), Verdict.OPEN)
    assert story.repeat(second).label is Label.NEW
    assert subject(story, story.party(second)) == story.party(second)


def test_a_chain_comes_apart_where_one_link_is_taken_back(story):
    first, second, third = (story.refer(day) for day in (FIRST, LATER, date(2026, 9, 2)))
    story.join(second, first, roles=("victim",))
    story.join(third, second, roles=("victim",))
    assert subject(story, story.party(third)) == story.party(first)

    story.say(second, story.party(second), story.party(first), Verdict.OPEN)
    assert subject(story, story.party(third)) == story.party(second)
    assert subject(story, story.party(first)) == story.party(first)


def test_who_was_said_to_be_another_cannot_come_in_by_a_third(story):
    first, second, third = story.refer(FIRST), story.refer(LATER), story.refer(LATER)
    story.say(third, story.party(third), story.party(first), Verdict.OTHER)
    story.join(second, first, roles=("victim",))
    with pytest.raises(RefusedError, match="said of one of them that they are not"):
        story.join(third, second, roles=("victim",))


def test_victim_and_alleged_perpetrator_of_one_referral_are_never_one(story):
    first = story.refer(FIRST, victim=HER)
    second = story.refer(LATER, victim=HER, perpetrators=(HER,))
    story.join(second, first, roles=("victim",))
    with pytest.raises(RefusedError, match="named twice in one referral"):
        story.say(second, story.party(second, "alleged_perpetrator"), story.party(first))


def test_a_name_is_never_enough(story):
    first, second = story.refer(FIRST), story.refer(LATER)
    cmd = SayWho(
        concern_id=second,
        party_id=story.party(second),
        other_id=story.party(first),
        verdict=Verdict.SAME,
        number=0,
    )
    with (
        pytest.raises(RefusedError, match="besides the name"),
        story.county.units.write(story.coordinator) as uow,
    ):
        say_who(cmd, uow=uow)


def test_of_two_co_ordinators_the_later_hears_what_the_first_said(story):
    first, second = story.refer(FIRST), story.refer(LATER)
    story.say(second, story.party(second), story.party(first), Verdict.OTHER)
    with pytest.raises(ConflictError):
        story.say(second, story.party(second), story.party(first), number=0)


def test_somebody_who_was_not_put_forward_cannot_be_named(story):
    first = story.refer(FIRST, victim=SOMEBODY_ELSE)
    second = story.refer(LATER, victim=HER)
    with pytest.raises(NotFoundError):
        story.say(second, story.party(second), story.party(first))


def test_only_a_co_ordinator_of_the_area_says_who_is_who(story, outsider, as_role):
    first, second = story.refer(FIRST), story.refer(LATER)
    chair = as_role(Role.CHAIR, agency_id=story.county.council)
    for somebody in (outsider, chair, story.referrer):
        with pytest.raises(NotFoundError):
            story.say(second, story.party(second), story.party(first), by=somebody)


def test_of_another_areas_referral_no_name_is_read(story):
    first = story.refer(FIRST, area=story.county.other_area)
    second = story.refer(LATER, incident=LATER)
    there = likely(story, second)["victim"][0]
    assert (there.is_here, there.name, there.area) == (False, "", "Elseshire")

    story.join(second, first)
    assert story.repeat(second).label is Label.REPEAT


def test_an_area_can_count_its_own_referrals_alone(story):
    setting(story, repeat_across_areas=False)
    first = story.refer(FIRST, area=story.county.other_area)
    second = story.refer(LATER, incident=LATER)
    story.join(second, first)
    assert story.repeat(second).label is Label.NEW


@pytest.mark.parametrize(
    ("first", "incident", "expected"),
    [
        (date(2024, 2, 29), date(2025, 2, 28), Label.REPEAT),
        (date(2024, 2, 29), date(2025, 3, 1), Label.NEW),
        (date(2025, 2, 28), date(2026, 2, 28), Label.REPEAT),
        (date(2025, 2, 28), date(2026, 3, 1), Label.NEW),
        (date(2025, 5, 31), date(2026, 5, 31), Label.REPEAT),
        (date(2025, 5, 31), date(2025, 5, 30), Label.CHECK),
        (date(2025, 5, 31), date(2025, 5, 31), Label.REPEAT),
        (date(2025, 5, 31), None, Label.CHECK),
    ],
)
def test_anniversaries_are_exact_in_rows_too(story, first, incident, expected):
    before = story.refer(first)
    after = story.refer(date(2026, 7, 1), incident=incident)
    story.join(after, before)
    assert story.repeat(after).label is expected


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("other_abuse", Label.NEW),
        ("stalking", Label.REPEAT),
        (None, Label.REPEAT),
    ],
)
def test_the_older_definition_needs_a_crime(story, kind, expected):
    setting(story, repeat_definition="criminal")
    first, second = story.refer(FIRST), story.refer(LATER, incident=LATER, kind=kind)
    story.join(second, first)
    assert story.repeat(second).label is expected


def test_another_alleged_perpetrator_is_a_new_case(story):
    first = story.refer(FIRST)
    second = story.refer(LATER, perpetrators=(SOMEBODY_ELSE,), incident=LATER)
    story.join(second, first, roles=("victim",))
    assert story.repeat(second).label is Label.NEW_CASE


def test_a_referral_that_names_nobody_can_still_be_counted(story):
    first = story.refer(FIRST, perpetrators=())
    second = story.refer(LATER, perpetrators=(), incident=LATER)
    assert story.repeat(first).label is Label.NEW
    story.join(second, first, roles=("victim",))
    assert story.repeat(second).label is Label.NEW_CASE


def test_a_referral_that_was_sent_back_is_none_to_count_from(story):
    first, second = story.refer(FIRST), story.refer(LATER, incident=LATER)
    story.join(second, first)
    story.screened(first, "not_met")
    assert story.repeat(second).label is Label.NEW


def test_when_it_was_last_heard_is_a_clock_of_its_own(story):
    first, second = story.refer(FIRST), story.refer(LATER, incident=LATER)
    story.join(second, first)
    story.heard(first, date(2026, 6, 20))
    found = story.repeat(second)
    assert found.last_heard_on == found.heard_here_on == date(2026, 6, 20)
    assert found.cases[0].flag_until == date(2027, 6, 20)


def test_a_reversed_pair_is_named_and_never_merged(story):
    first = story.refer(FIRST)
    him = {name: said for name, said in HIM.items() if name != "postcode"}
    second = story.refer(LATER, victim=him, perpetrators=(HER,), incident=LATER)
    assert story.repeat(second).mirrors == ()
    story.say(second, story.party(second), story.party(first, "alleged_perpetrator"))
    story.say(second, story.party(second, "alleged_perpetrator"), story.party(first))

    found = story.repeat(second)
    assert [one.concern_id for one in found.mirrors] == [first]
    assert found.label is Label.NEW
    assert [one.concern_id for one in story.repeat(first).mirrors] == [second]


def rule(story, concern_id, ruling, by=None, **other):
    cmd = RuleRepeat(
        **{
            "concern_id": concern_id,
            "ruling": ruling,
            "incident_on": None,
            "incident_kind": None,
            "reason": "Said on the telephone.",
            "number": 0,
            **other,
        }
    )
    with story.county.units.write(by or story.coordinator) as uow:
        return rule_repeat(cmd, uow=uow)


def test_a_co_ordinator_rules_with_a_reason_and_can_give_it_back_to_the_clock(story):
    first, second = story.refer(FIRST), story.refer(LATER)
    story.join(second, first)
    assert story.repeat(second).label is Label.CHECK

    rule(story, second, Ruling.NEW)
    found = story.repeat(second)
    assert (found.label, found.counted) == (Label.NEW, Label.CHECK)
    assert (found.ruling.reason, found.ruling.decided_by) == (
        "Said on the telephone.",
        "Coral Ordinator",
    )

    rule(story, second, Ruling.CLOCK, number=1, incident_on=LATER)
    assert story.repeat(second).label is Label.REPEAT


@pytest.mark.parametrize(
    ("change", "field"),
    [({"reason": " "}, "reason"), ({"incident_on": date(2026, 6, 2)}, "incident_on")],
)
def test_a_ruling_needs_a_reason_and_a_possible_day(story, change, field):
    first = story.refer(FIRST)
    with pytest.raises(RefusedError) as no:
        rule(story, first, Ruling.REPEAT, **change)
    assert no.value.field == field


def test_a_ruling_is_of_the_area_and_of_the_version_read(story, outsider):
    first = story.refer(FIRST)
    for somebody in (outsider, story.referrer):
        with pytest.raises(NotFoundError):
            rule(story, first, Ruling.REPEAT, by=somebody)
    rule(story, first, Ruling.REPEAT)
    with pytest.raises(ConflictError):
        rule(story, first, Ruling.NEW)


def test_what_was_said_is_never_edited(story):
    first, second = story.refer(FIRST), story.refer(LATER)
    story.join(second, first, roles=("victim",))
    rule(story, second, Ruling.NEW)
    for change in (
        update(SubjectVerdict).values(verdict="other"),
        update(RepeatDecision).values(label="repeat"),
    ):
        with pytest.raises(DBAPIError), story.county.units.write(HUB) as uow:
            uow.session.execute(change)


def test_the_pages_and_the_clocks_of_all_referrals_agree(story):
    ids = [
        story.refer(FIRST),
        story.refer(LATER, incident=LATER),
        story.refer(LATER, perpetrators=(SOMEBODY_ELSE,), incident=LATER),
    ]
    story.join(ids[1], ids[0])
    story.join(ids[2], ids[0], roles=("victim",))
    with story.county.units.read(HUB) as uow:
        facts = referral_facts(uow)
        areas = clocks_by_area(uow, [story.county.area])
        found = repeats_of(uow, ids)
    assert {one.id: one.label for one in labels(areas, facts)} == {
        str(one): found[one].counted for one in ids
    }


def test_a_child_not_yet_born_is_looked_for_by_nobody(story):
    with story.county.units.write(story.referrer) as uow:
        child = {"is_unborn": True, "family_name": "Quillfeather"}
        concern = submit_concern(story.county.command(children=[child]), uow=uow)
    with story.county.units.read(HUB) as uow:
        counted = (
            select(Party.role, func.count(SubjectKey.key))
            .join(SubjectKey, SubjectKey.party_id == Party.id, isouter=True)
            .where(Party.concern_id == concern)
            .group_by(Party.role)
        )
        keys = dict(uow.session.execute(counted).all())
    assert keys["child"] == 0 < keys["victim"]


def kept(story, actor, concern_id):
    """Keep somebody away from a referral."""
    with story.county.units.write(HUB) as uow:
        link = Link(case_id=concern_id, kind=LinkKind.CLOSE, account_id=actor.account_id)
        link_to_case(link, uow=uow)


def test_who_is_kept_from_an_earlier_referral_finds_no_trace_of_it_on_the_next(story, as_role):
    """Neither a suggestion nor a label, a date or a reversed pair may tell that there was one."""
    first = story.refer(FIRST)
    second = story.refer(LATER, incident=LATER)
    him = {name: said for name, said in HIM.items() if name != "postcode"}
    reversed_pair = story.refer(LATER, victim=him, perpetrators=(HER,))
    story.join(second, first)
    story.say(reversed_pair, story.party(reversed_pair), story.party(first, "alleged_perpetrator"))
    story.say(reversed_pair, story.party(reversed_pair, "alleged_perpetrator"), story.party(first))
    other = as_role(Role.COORDINATOR, agency_id=story.county.council, name="Robin Other")
    kept(story, other, first)
    kept(story, other, reversed_pair)

    def seen(actor):
        with story.county.units.read(actor) as uow:
            repeat = repeats_of(uow, [second])[second]
            label = label_of(uow, second)
        found = likely(story, second, by=actor)
        near = {one.concern_id for some in found.values() for one in some}
        return repeat, label, near

    repeat, label, near = seen(story.coordinator)
    assert (repeat.label, label) == (Label.REPEAT, Label.REPEAT)
    assert repeat.last_referral.concern_id == first
    assert [one.concern_id for one in repeat.mirrors] == [reversed_pair]
    assert {first, reversed_pair} <= near

    repeat, label, near = seen(other)
    assert (repeat.label, label) == (Label.NEW, Label.NEW)
    assert (repeat.last_referral, repeat.repeat_until, repeat.mirrors) == (None, None, ())
    assert near == set()
