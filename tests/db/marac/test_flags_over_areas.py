"""A case goes to another area: each area has its own flags of it, and no more is told."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import delete, select

from hub.kernel.actor import Role
from hub.marac.commands.flags import KeepFlag, keep_flag, sweep_flags
from hub.marac.commands.transfers import SendTransfer, acknowledge_transfer, send_transfer
from hub.marac.events import HearingMoved
from hub.marac.models import FlagNotice
from hub.marac.queries.flags import flags_set, flags_to_do
from hub.marac.queries.openings import lapsing_at
from hub.marac.rules.areas import AreaRules
from hub.marac.rules.flags import FlagKind
from hub.meetings.models import Meeting
from hub.people.commands.linking import Link, link_to_case
from hub.people.states import LinkKind
from hub.referrals.models import Party
from kit.concerns import County
from kit.world import HUB
from parts.over_time import HIM, SOMEBODY_ELSE, years

FIRST, HEARD, AGAIN = date(2026, 6, 1), date(2026, 6, 4), date(2026, 9, 10)
UNTIL = date(2027, 6, 4)


@pytest.fixture
def story(units, clock, as_role):
    return years(County(units).settle(), clock, as_role)


@pytest.fixture
def rep(story, as_role):
    return as_role(Role.AGENCY_REPRESENTATIVE, agency_id=story.county.police)


@pytest.fixture
def there(story, as_role):
    return as_role(
        Role.COORDINATOR, Role.AGENCY_REPRESENTATIVE, agency_id=story.county.other_council
    )


def hear(story, concern_id, on):
    item = story.heard(concern_id, on)
    with story.county.units.write(HUB) as uow:
        uow.emit(HearingMoved(item_id=item, state="heard"))
    return item


def listed(story, actor, read=flags_to_do):
    with story.county.units.read(actor) as uow:
        return read(uow).lines


def said(lines):
    return sorted((one.kind, one.role, one.flag_until) for one in lines)


def keep_all(story, actor):
    for line in listed(story, actor):
        with story.county.units.write(actor) as uow:
            keep_flag(KeepFlag(flag_id=line.id, kind=FlagKind(line.kind)), uow=uow)


def pass_on(story, concern_id, there):
    story.screened(concern_id, "accepted")
    cmd = SendTransfer(
        concern_id=concern_id,
        to_area_id=story.county.other_area,
        told_on=FIRST,
        is_temporary=False,
        note="She has moved.",
        address="9 Secret Street",
        postcode="YO1 1AA",
    )
    with story.county.units.write(story.coordinator) as uow:
        sent = send_transfer(cmd, uow=uow)
    with story.county.units.write(there) as uow:
        return acknowledge_transfer(sent, uow=uow)


def both(until, kind="add"):
    return [(kind, "alleged_perpetrator", until), (kind, "victim", until)]


def test_after_a_transfer_the_new_area_flags_and_the_old_one_keeps_its_own(
    story, rep, there, clock
):
    concern = story.refer(FIRST)
    hear(story, concern, HEARD)
    keep_all(story, rep)
    assert listed(story, there) == ()
    clock.advance(days=20)
    received = pass_on(story, concern, there)

    theirs = listed(story, there)
    assert said(theirs) == both(UNTIL)
    assert {one.concern_id for one in theirs} == {received}
    assert {one.due_on for one in theirs} == {date(2026, 6, 24)}  # three working days from then
    assert listed(story, rep) == ()
    keep_all(story, there)

    hear(story, received, AGAIN)
    assert said(listed(story, there)) == both(date(2027, 9, 10), "renew")
    assert listed(story, rep) == ()
    ours = listed(story, rep, flags_set)
    assert said(ours) == both(UNTIL)
    assert {one.concern_id for one in ours} == {concern}  # whose address is the old one
    clock.set(datetime(2027, 6, 5, 9, tzinfo=UTC))
    with story.county.units.write(HUB) as uow:
        sweep_flags(uow, limit=50)
    assert said(listed(story, rep)) == both(UNTIL, "remove")


def test_whom_a_conflict_keeps_from_the_case_there_has_no_line_of_it(story, there, as_role):
    concern = story.refer(FIRST)
    hear(story, concern, HEARD)
    received = pass_on(story, concern, there)
    colleague = as_role(Role.AGENCY_REPRESENTATIVE, agency_id=story.county.other_council)
    assert said(listed(story, colleague)) == both(UNTIL)
    with story.county.units.write(there) as uow:
        link = Link(case_id=received, kind=LinkKind.CLOSE, account_id=colleague.account_id)
        link_to_case(link, uow=uow)
    assert listed(story, colleague) == ()


def test_what_was_taken_over_before_flags_went_along_is_swept_up_once(story, there):
    concern = story.refer(FIRST)
    hear(story, concern, HEARD)
    pass_on(story, concern, there)
    with story.county.units.write(HUB) as uow:
        of_theirs = FlagNotice.agency_id == story.county.other_council
        uow.session.execute(delete(FlagNotice).where(of_theirs))
    for looked_at in (2, 0):
        with story.county.units.write(HUB) as uow:
            assert sweep_flags(uow, limit=50) == looked_at
    assert said(listed(story, there)) == both(UNTIL)


@pytest.mark.parametrize(("heard_again", "lapses"), [("one", True), ("both", False)])
def test_hearing_one_of_two_again_keeps_neither_the_others_flag_nor_that_case(
    story, rep, heard_again, lapses
):
    first = story.refer(FIRST, perpetrators=(HIM, SOMEBODY_ELSE))
    hear(story, first, HEARD)
    keep_all(story, rep)
    named = (HIM,) if heard_again == "one" else (HIM, SOMEBODY_ELSE)
    again = story.refer(AGAIN - timedelta(days=9), perpetrators=named)
    with story.county.units.read(HUB) as uow:
        of = {
            one: uow.session.scalars(
                select(Party.id).where(Party.concern_id == one).order_by(Party.role, Party.position)
            ).all()
            for one in (first, again)
        }
        roles = {
            party: (each.role, each.family_name)
            for parties in of.values()
            for party in parties
            if (each := uow.session.get_one(Party, party))
        }
    for later in of[again]:
        (earlier,) = (one for one in of[first] if roles[one] == roles[later])
        story.say(again, later, earlier)
    hear(story, again, AGAIN)

    renewed = {one.family_name for one in listed(story, rep)}
    assert ("Marshbank" in renewed) is not lapses
    assert {"Quillfeather", "Thornbury"} <= renewed
    with story.county.units.read(HUB) as uow:
        meeting = Meeting(area_id=story.county.area, starts_at=datetime(2027, 6, 10, 9, tzinfo=UTC))
        found = lapsing_at(uow, meeting, AreaRules(), date(2027, 6, 1))
    assert [one.flag_until for one in found] == ([UNTIL] if lapses else [])
