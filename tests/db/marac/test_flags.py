"""Flag lists: what each agency has to do follows the hearings, and each says what it did."""

from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from hub.agencies.models import AgencyArea
from hub.kernel.actor import Role
from hub.kernel.errors import ConflictError, NotFoundError, RefusedError
from hub.marac.commands.flags import (
    KeepFlag,
    keep_flag,
    settle_flags,
    sweep_flags,
    take_flag_back,
)
from hub.marac.commands.incidents import begin_incident
from hub.marac.events import HearingMoved
from hub.marac.models import FlagNotice, Hearing, SubjectVerdict
from hub.marac.queries.flags import flags_for_file, flags_set, flags_to_do
from hub.marac.rules.flags import FlagKind
from hub.marac.rules.subjects import Verdict
from hub.people.commands.linking import Link, link_to_case
from hub.people.commands.staff import hide_case
from hub.people.states import LinkKind
from hub.referrals import journey
from hub.referrals.models import ConcernDraft
from kit.concerns import County
from kit.world import HUB
from parts.over_time import years

FIRST, LATER = date(2026, 6, 1), date(2026, 9, 1)
HEARD, AGAIN = date(2026, 6, 4), date(2026, 9, 10)


@pytest.fixture
def story(units, clock, as_role):
    return years(County(units).settle(), clock, as_role)


@pytest.fixture
def rep(story, as_role):
    return as_role(Role.AGENCY_REPRESENTATIVE, agency_id=story.county.police, name="Rep Resent")


@pytest.fixture
def concern(story):
    return story.refer(FIRST)


def hear(story, concern_id, on):
    """Hear a referral on a day, and let everybody know."""
    item = story.heard(concern_id, on)
    with story.county.units.write(HUB) as uow:
        uow.emit(HearingMoved(item_id=item, state="heard"))
    return item


def listed(story, rep, read=flags_to_do):
    with story.county.units.read(rep) as uow:
        return read(uow).lines


def said(lines):
    return sorted((one.kind, one.role, one.flag_until) for one in lines)


def keep(story, rep, line, kind=None):
    with story.county.units.write(rep) as uow:
        return keep_flag(KeepFlag(flag_id=line.id, kind=FlagKind(kind or line.kind)), uow=uow)


def keep_all(story, rep):
    for line in listed(story, rep):
        keep(story, rep, line)


def test_after_a_hearing_every_agency_of_the_area_has_its_own_list(story, rep, concern, as_role):
    hear(story, concern, HEARD)
    until = date(2027, 6, 4)
    expected = [("add", "alleged_perpetrator", until), ("add", "victim", until)]
    charity = as_role(Role.AGENCY_REPRESENTATIVE, agency_id=story.county.charity)
    assert said(listed(story, rep)) == said(listed(story, charity)) == expected
    assert {one.due_on for one in listed(story, rep)} == {date(2026, 6, 9)}

    keep_all(story, rep)
    assert listed(story, rep) == ()
    assert [one.done_by for one in listed(story, rep, flags_set)] == ["Rep Resent"] * 2
    assert said(listed(story, charity)) == expected


def test_a_list_is_its_agencys_alone(story, rep, concern, as_role):
    hear(story, concern, HEARD)
    line = listed(story, rep)[0]
    elsewhere = as_role(Role.AGENCY_REPRESENTATIVE, agency_id=story.county.other_council)
    officer = as_role(Role.REFERRER, agency_id=story.county.police)
    colleague = as_role(Role.AGENCY_REPRESENTATIVE, agency_id=story.county.charity)
    for somebody in (elsewhere, officer, story.coordinator):
        assert listed(story, somebody) == ()
    for somebody in (elsewhere, officer, colleague, story.coordinator):
        with pytest.raises(NotFoundError):
            keep(story, somebody, line)


def test_whom_a_conflict_keeps_from_the_case_finds_nobody_of_it(story, rep, concern, as_role):
    hear(story, concern, HEARD)
    line = listed(story, rep)[0]
    with story.county.units.write(story.coordinator) as uow:
        kind = LinkKind.ALLEGED_PERPETRATOR
        link_to_case(Link(case_id=concern, kind=kind, account_id=rep.account_id), uow=uow)
    assert listed(story, rep) == ()
    with story.county.units.read(rep) as uow:
        assert flags_for_file(uow) == ()
    with pytest.raises(NotFoundError):
        keep(story, rep, line)


def test_a_case_about_staff_is_on_nobodys_list_but_that_of_the_few(story, rep, concern):
    hear(story, concern, HEARD)
    line = listed(story, rep)[0]
    with story.county.units.write(story.coordinator) as uow:
        hide_case(concern, "He works for an agency.", uow=uow)
    assert listed(story, rep) == ()
    with pytest.raises(NotFoundError):
        keep(story, rep, line)


def test_heard_again_under_another_referral_it_is_one_flag_to_renew(story, rep, concern, clock):
    hear(story, concern, HEARD)
    keep_all(story, rep)
    second = story.refer(LATER)
    story.join(second, concern)
    hear(story, second, AGAIN)
    assert said(listed(story, rep)) == [
        ("renew", "alleged_perpetrator", date(2027, 9, 10)),
        ("renew", "victim", date(2027, 9, 10)),
    ]

    clock.advance(minutes=1)
    keep_all(story, rep)
    assert {one.flag_until for one in listed(story, rep, flags_set)} == {date(2027, 9, 10)}
    assert len(listed(story, rep, flags_set)) == 2


def test_who_was_taken_for_one_person_has_two_flags_once_it_is_taken_back(story, rep, concern):
    second = story.refer(LATER)
    story.join(second, concern, roles=("victim",))
    for one, on in ((concern, HEARD), (second, AGAIN)):
        hear(story, one, on)
    assert len(listed(story, rep)) == 3

    story.say(second, story.party(second), story.party(concern), Verdict.OPEN)
    assert len(listed(story, rep)) == 4
    story.join(second, concern, roles=("victim",))
    assert len(listed(story, rep)) == 3
    with story.county.units.read(HUB) as uow:
        assert uow.session.scalar(select(func.count()).select_from(SubjectVerdict)) == 3


def test_a_flag_lapses_by_itself_and_is_removed_by_name(story, rep, concern, clock):
    hear(story, concern, HEARD)
    keep_all(story, rep)
    clock.advance(days=(date(2027, 6, 4) - FIRST).days)
    assert sweep(story) == 0
    assert listed(story, rep) == ()

    clock.advance(days=1)
    assert sweep(story) == 2
    assert sweep(story) == 0
    found = listed(story, rep)
    assert said(found)[0] == ("remove", "alleged_perpetrator", date(2027, 6, 4))
    assert found[0].due_on == date(2027, 6, 5)

    clock.advance(minutes=1)
    keep_all(story, rep)
    assert listed(story, rep) == listed(story, rep, flags_set) == ()
    assert sweep(story) == 0


def sweep(story):
    with story.county.units.write(HUB) as uow:
        return sweep_flags(uow, limit=50)


def test_an_agency_that_joins_the_area_is_asked_for_all_that_is_current(story, concern, as_role):
    hear(story, concern, HEARD)
    newcomer = as_role(Role.AGENCY_REPRESENTATIVE, agency_id=story.county.other_council)
    with story.county.units.write(HUB) as uow:
        uow.session.add(AgencyArea(agency_id=story.county.other_council, area_id=story.county.area))
    assert sweep(story) == 2
    assert len(listed(story, newcomer)) == 2
    assert sweep(story) == 0


def test_a_case_that_was_opened_again_is_flagged_no_more_and_nothing_is_done_twice(
    story, rep, concern
):
    item = hear(story, concern, HEARD)
    kept = listed(story, rep)[0]
    keep(story, rep, kept)
    with story.county.units.write(HUB) as uow:
        uow.session.scalars(select(Hearing)).one().heard_on = None
        uow.emit(HearingMoved(item_id=item, state="open"))
    assert [one.kind for one in listed(story, rep)] == ["remove"]

    with story.county.units.write(HUB) as uow:
        before = uow.session.scalars(select(FlagNotice.id).order_by(FlagNotice.id)).all()
        settle_flags(uow, [kept.party_id])
        assert uow.session.scalars(select(FlagNotice.id).order_by(FlagNotice.id)).all() == before


def test_of_two_colleagues_the_later_hears_that_it_is_done(story, rep, concern):
    hear(story, concern, HEARD)
    line = listed(story, rep)[0]
    with pytest.raises(ConflictError):
        keep(story, rep, line, "remove")
    keep(story, rep, line)
    with pytest.raises(ConflictError):
        keep(story, rep, line)


def test_a_mistake_is_taken_back_while_it_is_the_last_word(story, rep, concern, clock):
    hear(story, concern, HEARD)
    line = listed(story, rep)[0]
    keep(story, rep, line)
    with story.county.units.write(rep) as uow:
        take_flag_back(line.id, uow=uow)
    assert len(listed(story, rep)) == 2

    keep_all(story, rep)
    old = next(one for one in listed(story, rep, flags_set) if one.role == "victim")
    second = story.refer(LATER)
    story.join(second, concern)
    hear(story, second, AGAIN)
    clock.advance(minutes=1)
    keep_all(story, rep)
    with story.county.units.write(rep) as uow, pytest.raises(RefusedError):
        take_flag_back(old.id, uow=uow)


def test_a_new_incident_begins_a_concern_with_names_and_nothing_else(story, rep, concern):
    hear(story, concern, HEARD)
    line = listed(story, rep)[0]
    with story.county.units.write(rep) as uow:
        draft_id = begin_incident(line.id, uow=uow)
    with story.county.units.read(HUB) as uow:
        text = uow.session.get_one(ConcernDraft, draft_id).answers
    draft = journey.load(text)
    assert draft.pages["victim"] == {
        "given_name": ["Zinnia"],
        "family_name": ["Quillfeather"],
        "date_of_birth": ["2", "4", "1981"],
    }
    (him,) = draft.entries("alleged_perpetrator")
    assert him.typed["family_name"] == ["Thornbury"]
    assert draft.pages["criteria"] == {"criteria": ["repeat"]}
    assert draft.done == frozenset()
    assert "LN1 1AA" not in text
    assert "LN2 2BB" not in text


def test_the_file_has_what_is_to_do_and_what_is_set(story, rep, concern):
    hear(story, concern, HEARD)
    first, second = listed(story, rep)
    keep(story, rep, first)
    with story.county.units.read(rep) as uow:
        assert [one.id for one in flags_for_file(uow)] == [second.id, first.id]
    assert first.due_on - HEARD == timedelta(days=5)
