"""Earlier referrals by their pages: who is who, what repeats, and who must not know."""

from datetime import date

import pytest
from sqlalchemy import select

from hub.audit.models import AuditEntry
from hub.kernel.actor import Role
from hub.marac.rules.subjects import Verdict
from hub.meetings.models import Item, Meeting
from hub.referrals.models import Concern
from kit.concerns import County
from kit.world import HUB
from parts.over_time import HER, HIM, years

FIRST, LATER = date(2026, 6, 1), date(2026, 9, 1)


@pytest.fixture
def story(units, clock, as_role):
    return years(County(units).settle(), clock, as_role)


@pytest.fixture
def two(story):
    """Two referrals of the same people, three months apart."""
    return story.refer(FIRST), story.refer(LATER, incident=LATER)


@pytest.fixture
def coordinator(browse, story):
    return browse(story.coordinator)


def confirm(story, browser, later, earlier, role):
    one, other = story.party(later, role), story.party(earlier, role)
    asked = browser.get("marac.same", concern_id=later, party_id=one, other_id=other)
    wrong = browser.fill(asked, {})
    assert wrong.errors == {"basis": "Select what besides the name tells you"}
    browser.fill(wrong, {"basis": "born"})


def test_a_repeat_is_said_on_the_concern_once_both_people_are_confirmed(story, two, coordinator):
    first, second = two
    assert (
        "No referral of the same people is known"
        in coordinator.get("referrals.concern", concern_id=second).text
    )
    for role in ("victim", "alleged_perpetrator"):
        confirm(story, coordinator, second, first, role)

    shown = coordinator.get("referrals.concern", concern_id=second).text
    assert "Repeat" in shown
    assert "1 June 2026" in shown
    assert "A repeat until 1 June 2027" in shown

    apart = {"number": "1", "verdict": "open"}
    one, other = story.party(second), story.party(first)
    coordinator.send("marac.apart", apart, concern_id=second, party_id=one, other_id=other)
    assert "Take this back" in coordinator.get("marac.earlier", concern_id=second).text
    assert "A repeat until" not in coordinator.get("referrals.concern", concern_id=second).text


def test_looking_at_earlier_referrals_is_in_the_trail_for_each(story, two, coordinator, units):
    coordinator.get("marac.earlier", concern_id=two[1])
    with units.read(HUB) as uow:
        seen = set(
            uow.session.scalars(
                select(AuditEntry.subject_id).where(AuditEntry.subject_kind == "concern")
            )
        )
    assert {str(one) for one in two} <= seen


def test_the_co_ordinator_rules_and_what_was_typed_is_kept_when_a_reason_lacks(two, coordinator):
    asked = coordinator.get("marac.repeat", concern_id=two[1])
    wrong = coordinator.fill(asked, {"ruling": "repeat"})
    assert wrong.errors == {"reason": "Enter the reason"}
    coordinator.fill(wrong, {"reason": "Her sister said so."})
    shown = coordinator.get("referrals.concern", concern_id=two[1]).text
    assert "Decided by Coral Ordinator on 1 September 2026." in shown
    assert "Her sister said so." in coordinator.get("marac.earlier", concern_id=two[1]).text


def test_two_rulings_at_once_are_shown_beside_each_other(two, coordinator):
    asked = coordinator.get("marac.repeat", concern_id=two[1])
    coordinator.fill(asked, {"ruling": "repeat", "reason": "First."})
    stale = coordinator.fill(asked, {"ruling": "new", "reason": "Second."})
    assert "First." in stale.text
    assert "Second." in stale.text


def test_the_case_says_what_it_repeats_and_only_a_co_ordinator_reads_of_other_areas(
    story, browse, as_role, units
):
    first = story.refer(FIRST, area=story.county.other_area)
    second = story.refer(LATER, incident=LATER)
    story.join(second, first)
    story.heard(first, date(2026, 6, 20))
    item = story.heard(second, date(2026, 9, 1))
    with units.write(HUB) as uow:
        meeting = uow.session.get_one(Meeting, uow.session.get_one(Item, item).meeting_id)
        meeting.state = "planned"
    chair = browse(as_role(Role.CHAIR, agency_id=story.county.council))
    case = chair.get("meetings.case", item_id=item)
    assert "Repeat" in case.text
    before = chair.get(case.links["Earlier referrals, and why"]).text
    assert "Repeat" in before
    for text in (case.text, before):
        assert "Elseshire" not in text
        assert "20 June 2026" not in text
    assert "Elseshire" in browse(story.coordinator).get("marac.before", item_id=item).text


def test_a_further_concern_about_somebody_flagged_asks_whether_it_is_a_repeat(
    story, two, coordinator, browse, as_role
):
    first, second = two
    story.heard(first, date(2026, 6, 20))
    shown = coordinator.get("referrals.concern", concern_id=second).text
    assert "Is it a repeat?" in shown
    assert "The victim and alleged perpetrator may be the same as in" in shown
    assert "flagged until 20 June 2027" in shown
    chair = browse(as_role(Role.CHAIR, agency_id=story.county.council))
    assert "Is it a repeat?" not in chair.get("referrals.concern", concern_id=second).text

    story.join(second, first, roles=("victim",))
    story.say(
        second,
        story.party(second, "alleged_perpetrator"),
        story.party(first, "alleged_perpetrator"),
        Verdict.OTHER,
    )
    assert "Is it a repeat?" not in coordinator.get("referrals.concern", concern_id=second).text


def test_the_agenda_marks_what_the_clocks_count(story, two, coordinator, units):
    first, second = two
    story.join(second, first)
    item = story.heard(second, date(2026, 9, 20))
    with units.write(HUB) as uow:
        meeting_id = uow.session.get_one(Item, item).meeting_id
        uow.session.get_one(Meeting, meeting_id).state = "planned"
    assert "Repeat" in coordinator.get("marac.agenda", meeting_id=meeting_id).text


def test_a_reversed_pair_is_the_co_ordinators_secret(story, browse, as_role):
    first = story.refer(FIRST)
    him = {name: said for name, said in HIM.items() if name != "postcode"}
    second = story.refer(LATER, victim=him, perpetrators=(HER,))
    story.say(second, story.party(second), story.party(first, "alleged_perpetrator"))
    story.say(second, story.party(second, "alleged_perpetrator"), story.party(first))

    words = "the other way round"
    told = browse(story.coordinator).get("referrals.concern", concern_id=second).text
    assert words in told
    chair = browse(as_role(Role.CHAIR, agency_id=story.county.council))
    for somebody in (chair, browse(story.referrer)):
        assert words not in somebody.get("referrals.concern", concern_id=second).text


def test_a_referrer_reads_nothing_of_earlier_referrals(story, two, browse):
    story.join(two[1], two[0])
    shown = browse(story.referrer).get("referrals.concern", concern_id=two[1]).text
    assert "Earlier referrals" not in shown


@pytest.mark.parametrize("endpoint", ["marac.earlier", "marac.repeat"])
def test_another_areas_co_ordinator_finds_nothing(story, two, browse, as_role, endpoint):
    other = as_role(Role.COORDINATOR, agency_id=story.county.other_council)
    browse(other).get(endpoint, status=404, concern_id=two[1])


def test_another_areas_referral_shows_no_name(story, browse):
    story.refer(FIRST, victim={**HER, "given_name": "Zinny"}, area=story.county.other_area)
    second = story.refer(LATER)
    shown = browse(story.coordinator).get("marac.earlier", concern_id=second).text
    assert "in Elseshire" in shown
    assert "Zinny" not in shown


def test_in_no_other_role_does_anybody_read_of_a_case_in_another_area(story, browse, as_role):
    """A second person of the same agency, in each role, and the referrer of the very concern."""
    elsewhere = story.refer(FIRST, area=story.county.other_area)
    later = story.refer(LATER, incident=LATER)
    story.join(later, elsewhere)
    item = story.heard(later, LATER)
    with story.county.units.write(HUB) as uow:
        uow.session.get_one(Meeting, uow.session.get_one(Item, item).meeting_id).state = "planned"
    with story.county.units.read(HUB) as uow:
        reference = uow.session.get_one(Concern, elsewhere).reference
    addresses = (
        f"/concerns/{later}",
        f"/concerns/{later}/print",
        f"/screening/{later}/earlier",
        f"/screening/{later}/repeat",
        f"/meetings/cases/{item}",
        f"/meetings/cases/{item}/earlier",
        f"/cases/{item}/hearing",
    )
    told = browse(story.coordinator).client.get(addresses[0]).get_data(as_text=True)
    assert "in Elseshire" in told
    assert reference in told
    others = [
        as_role(role, agency_id=story.county.council) for role in set(Role) - {Role.COORDINATOR}
    ]
    opened = 0
    for somebody in (*others, story.referrer):
        browser = browse(somebody)
        for address in addresses:
            answer = browser.client.get(address)
            opened += answer.status_code == 200
            said = answer.get_data(as_text=True)
            assert reference not in said, (somebody.roles, address)
            assert "Elseshire" not in said, (somebody.roles, address)
    assert opened >= 4
