"""Lawful bases by kind of agency, and gateways behind their dates."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from hub.agencies.rules.kinds import AgencyKind
from hub.sharing.register.bases import (
    AT_RISK,
    BASES,
    RECOGNISED,
    RECOGNISED_SINCE,
    Shares,
    basis_gaps,
    needs_policy_document,
    offered,
)
from hub.sharing.register.gateways import KNOWN, Gateway, can_be_relied_on

DAY = date(2026, 6, 1)
NOTHING = Shares(special=False, offences=False)
SPECIAL = Shares(special=True, offences=False)
OFFENCES = Shares(special=False, offences=True)
BOTH = Shares(special=True, offences=True)


@pytest.mark.parametrize(
    ("kind", "has", "has_not"),
    [
        ("local_authority", {"art6_e", "art9_h", AT_RISK}, {"art6_f", RECOGNISED, "part3_s35"}),
        ("police", {"part3_s35", "sch8_para_1"}, {"art6_e", "art6_f", AT_RISK}),
        ("probation", {"part3_s35", "art6_e"}, {"art6_f"}),
        ("health", {"art6_e", "art6_c", "art9_h"}, {"art6_f", "part3_s35", "art9_c"}),
        ("charity", {"art6_f", RECOGNISED, "art9_a", "sch1_para_10"}, {"art6_e", "art9_h"}),
        ("domestic_abuse_service", {"art6_f", AT_RISK}, {"art6_e"}),
        ("housing", {"art6_f"}, {"art6_e"}),
        ("something new", {"art6_f"}, {"art6_e"}),
    ],
)
def test_the_offer_fits_the_kind_of_agency(kind, has, has_not):
    found = set(offered(kind, DAY))

    assert has <= found
    assert not has_not & found


def test_every_kind_is_offered_something_in_the_order_of_the_list():
    for kind in AgencyKind:
        found = offered(kind, DAY)
        assert found
        assert list(found) == [code for code in BASES if code in found]


def test_a_recognised_interest_is_offered_from_its_day_on():
    assert RECOGNISED in offered("charity", RECOGNISED_SINCE)
    assert RECOGNISED not in offered("charity", RECOGNISED_SINCE - timedelta(days=1))


@pytest.mark.parametrize(
    ("age", "has_needs", "expected"),
    [
        (17, False, True),
        (18, False, False),  # an adult without care and support needs is not "at risk"
        (18, True, True),
        (18, None, True),  # nobody has said
        (None, False, True),  # an agreement covers several people
    ],
)
def test_paragraph_18_is_not_offered_for_an_adult_without_needs(age, has_needs, expected):
    found = offered("local_authority", DAY, age=age, has_needs=has_needs)

    assert (AT_RISK in found) is expected


@pytest.mark.parametrize(
    ("codes", "shares", "word"),
    [
        ((), NOTHING, "Article 6 or Part 3"),
        (("art9_g", "sch1_para_6"), NOTHING, "Article 6 or Part 3"),
        (("art6_e",), SPECIAL, "Article 9"),
        (("art6_e", "art9_g"), SPECIAL, "substantial public interest"),
        # paragraph 2 is no condition of substantial public interest
        (("art6_e", "art9_g", "sch1_para_2"), SPECIAL, "substantial public interest"),
        (("art6_e", "art9_h"), SPECIAL, "paragraph 2"),
        (("art6_e",), OFFENCES, "offences"),
        (("part3_s35",), SPECIAL, "Schedule 8"),
    ],
)
def test_what_a_basis_lacks_is_said(codes, shares, word):
    found = basis_gaps(codes, shares)

    assert len(found) == 1
    assert word in found[0]


@pytest.mark.parametrize(
    ("codes", "shares"),
    [
        (("art6_e",), NOTHING),
        (("part3_s35",), NOTHING),
        (("part3_s35",), OFFENCES),
        (("part3_s35", "sch8_para_4"), BOTH),
        (("art6_e", "art9_g", "sch1_para_18"), BOTH),
        (("art6_e", "art9_h", "sch1_para_2"), SPECIAL),
        (("art6_a", "art9_a"), SPECIAL),
        (("art6_f", "sch1_para_10"), OFFENCES),
    ],
)
def test_a_whole_basis_lacks_nothing(codes, shares):
    assert basis_gaps(codes, shares) == ()


@pytest.mark.parametrize(
    ("codes", "shares", "expected"),
    [
        (("art6_e", "art9_g", "sch1_para_6"), SPECIAL, True),
        (("art6_f", "sch1_para_10"), OFFENCES, True),
        (("part3_s35", "sch8_para_1"), SPECIAL, True),
        (("part3_s35",), OFFENCES, False),
        (("art6_e", "art9_h", "sch1_para_2"), SPECIAL, False),
        ((), BOTH, False),
    ],
)
def test_when_a_policy_document_is_needed(codes, shares, expected):
    assert needs_policy_document(codes, shares) is expected


GATEWAY = Gateway(key="1", statute="Some Act", kind="power", commences_on=DAY)


@pytest.mark.parametrize(
    ("change", "age", "expected"),
    [
        ({}, None, True),
        ({"commences_on": None}, None, False),
        ({"commences_on": DAY + timedelta(days=1)}, None, False),
        ({"kind": "common_law", "commences_on": None}, None, True),
        ({"direction": "to_service"}, None, True),
        ({"direction": "to_asker"}, None, False),
        ({"code": "vpa_s19"}, None, False),  # it opens nothing
        ({"until_age": 18}, 17, True),
        ({"until_age": 18}, 18, False),
        ({"until_age": 18}, None, True),
        ({"from_age": 18}, 17, False),
        ({"from_age": 18}, 18, True),
    ],
)
def test_when_a_gateway_can_be_relied_on(change, age, expected):
    found = can_be_relied_on(replace(GATEWAY, **change), DAY, "to_service", age=age)

    assert found is expected


def test_a_duty_behind_its_date_counts_by_itself_from_that_day_on():
    waiting = replace(GATEWAY, commences_on=date(2027, 4, 1))

    assert not can_be_relied_on(waiting, date(2027, 3, 31), "to_asker")
    assert can_be_relied_on(waiting, date(2027, 4, 1), "to_asker")


def test_the_list_holds_the_new_duty_without_a_day_and_no_gateway_for_depersonalised_sets():
    duty = KNOWN["ca2004_s16la"]

    assert (duty.kind, duty.commences_on, duty.until_age) == ("duty", None, 18)
    assert "erify" in duty.check
    assert not [one for one in KNOWN.values() if "17A" in one.section]


def test_every_gateway_of_the_list_says_who_may_rely_on_it():
    for one in KNOWN.values():
        assert one.relies
        assert one.use
        assert one.commences_on or one.kind == "common_law" or one.check
