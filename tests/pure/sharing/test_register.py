"""When an agreement can come into force, and when the register warns."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from hub.kernel.errors import IllegalMoveError
from hub.sharing.register import (
    AGREEMENT,
    AgreementAction,
    Contents,
    Party,
    obstacles,
    review_warning,
)
from hub.sharing.states import AgreementStatus

TODAY = date(2026, 6, 1)
SIGNED = Party(signed_on=TODAY, withdrawn_on=None)
READY = Contents(
    starts_on=TODAY,
    ends_on=None,
    review_on=TODAY + timedelta(days=1),
    parties=(SIGNED, SIGNED),
    purposes=1,
    shared_categories=1,
    gateways=(TODAY,),
)


def test_a_whole_agreement_can_come_into_force():
    assert obstacles(READY, TODAY) == ()


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ({"parties": (SIGNED,)}, "two parties"),
        ({"parties": (SIGNED, SIGNED, Party(signed_on=None, withdrawn_on=None))}, "signed"),
        (
            {"parties": (SIGNED, Party(signed_on=TODAY + timedelta(days=1), withdrawn_on=None))},
            "signed",
        ),
        # one that has left is no party, and its missing signature is nobody's matter
        ({"parties": (SIGNED, replace(SIGNED, withdrawn_on=TODAY))}, "two parties"),
        ({"purposes": 0}, "purpose"),
        ({"shared_categories": 0}, "category"),
        ({"gateways": ()}, "gateway"),
        ({"gateways": (None,)}, "gateway"),  # enacted and not commenced
        ({"gateways": (TODAY + timedelta(days=1),)}, "gateway"),
        ({"ends_on": TODAY}, "end"),
        ({"starts_on": TODAY + timedelta(days=9), "ends_on": TODAY + timedelta(days=9)}, "end"),
        ({"review_on": TODAY}, "review"),
    ],
)
def test_what_is_missing_is_said(change, word):
    found = obstacles(replace(READY, **change), TODAY)

    assert len(found) == 1
    assert word in found[0]


def test_everything_that_is_missing_is_said_at_once():
    nothing = replace(
        READY, parties=(), purposes=0, shared_categories=0, gateways=(), review_on=TODAY
    )

    assert len(obstacles(nothing, TODAY)) == 5


def test_one_that_starts_later_can_be_agreed_now():
    later = TODAY + timedelta(days=30)
    agreed = replace(READY, starts_on=later, ends_on=later + timedelta(days=1))

    assert obstacles(agreed, TODAY) == ()


@pytest.mark.parametrize(
    ("left", "warning"),
    [(61, None), (60, 60), (31, 60), (30, 30), (8, 30), (7, 7), (0, 7), (-1, 0), (-400, 0)],
)
def test_the_register_warns_60_30_and_7_days_before_a_review(left, warning):
    assert review_warning(TODAY + timedelta(days=left), TODAY) == warning


def test_what_is_in_force_cannot_be_edited_and_what_has_ended_cannot_come_back():
    with pytest.raises(IllegalMoveError):
        AGREEMENT.step(AgreementStatus.IN_FORCE, AgreementAction.EDIT)
    for action in AgreementAction:
        assert not AGREEMENT.may(AgreementStatus.WITHDRAWN, action)
