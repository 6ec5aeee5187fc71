"""What an area has set about concerns, and what it did not take on."""

import pytest

from hub.referrals import commands, queries
from hub.referrals.commands import IncompleteError, ScreenConcern, SetThresholds
from hub.referrals.criteria import Thresholds
from hub.referrals.states import TURNED_DOWN, Move
from parts.journey import coordinator, county, officer

__all__ = ["coordinator", "county", "officer"]


def screen(units, actor, concern_id, outcome):
    with units.write(actor) as uow:
        version = queries.concern_row(uow, concern_id).version
        cmd = ScreenConcern(
            concern_id=concern_id, outcome=outcome, reason="Because.", version=version
        )
        commands.screen_concern(cmd, uow=uow)


def test_where_an_area_asks_for_a_sign_off_none_is_taken_without_it_but_one_for_today(
    units, county, coordinator, officer
):
    marks = Thresholds(is_sign_off_asked=True, own_criterion="Imminent risk", advice="Be brief")
    with units.write(coordinator) as uow:
        new = SetThresholds(area_id=county.area, thresholds=marks, version=0)
        commands.set_thresholds(new, uow=uow)
    with units.read(coordinator) as uow:
        assert queries.thresholds_of(uow, county.area) == (marks, 1)
    with pytest.raises(IncompleteError) as lacking:
        county.concern(officer, referrer={"manager": "Max Signer"})
    assert lacking.value.field == "manager_signed_on"
    signed = {"manager": "Max Signer", "manager_signed_on": "2026-05-30"}
    assert county.concern(officer, referrer=signed)
    today = {"what_happened": "He is outside.", "how_soon": "today"}
    assert county.concern(officer, reason=today)


def test_what_was_not_taken_on_can_be_accounted_for(units, county, officer, coordinator):
    outcomes = (Move.REFUSE, Move.REFUSE, Move.MARK_DUPLICATE, Move.TRANSFER, Move.ACCEPT)
    concerns = [county.concern(officer) for _ in outcomes]
    for concern_id, outcome in zip(concerns, outcomes, strict=True):
        screen(units, coordinator, concern_id, outcome)
    with units.read(coordinator) as uow:
        assert queries.turned_down(uow, [county.area]) == {
            "not_met": 2, "transferred": 1, "duplicate": 1,
        }  # fmt: skip
        assert set(queries.turned_down(uow, [county.other_area]).values()) == {0}
        listed = queries.decided(uow, [county.area], states=TURNED_DOWN).lines
    assert {line.id for line in listed} == set(concerns[:4])
