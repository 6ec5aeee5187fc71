"""Who was sent in vain: a colleague who says no sends the question back to who sent them."""

from uuid import UUID

import pytest

from hub.meetings.stand_ins import Standing, in_vain, sent_by

ITEM, PERSON = UUID(int=1), UUID(int=2)
ANN, BOB, CAT = (UUID(int=n) for n in (11, 12, 13))


def standing(who, sends=None, *, has_climbed=False):
    return Standing(place=(ITEM, PERSON, who), has_climbed=has_climbed, sends=sends)


@pytest.mark.parametrize(
    ("held", "vain"),
    [
        ([standing(ANN)], set()),
        ([standing(ANN, BOB), standing(BOB)], set()),  # asked, and may still say yes
        ([standing(ANN, BOB), standing(BOB, has_climbed=True)], {ANN}),  # no, or silent
        ([standing(ANN, BOB)], {ANN}),  # taken back: barred, or gone
        ([standing(ANN, BOB), standing(BOB, CAT), standing(CAT)], set()),
        ([standing(ANN, BOB), standing(BOB, CAT), standing(CAT, has_climbed=True)], {ANN, BOB}),
        ([standing(ANN, BOB), standing(BOB, ANN)], {ANN, BOB}),  # each sends the other: none comes
    ],
)
def test_who_was_sent_in_vain(held, vain):
    assert in_vain(held) == {(ITEM, PERSON, who) for who in vain}


def test_a_colleague_on_another_item_is_not_the_one_who_was_sent():
    other = Standing(place=(UUID(int=9), PERSON, BOB), has_climbed=False, sends=None)
    assert in_vain([standing(ANN, BOB), other]) == {(ITEM, PERSON, ANN)}


@pytest.mark.parametrize(
    ("senders", "sends", "found"),
    [
        ([ANN], {}, set()),
        ([ANN], {ANN: BOB}, {BOB}),
        ([ANN], {ANN: BOB, BOB: CAT}, {BOB, CAT}),
        ([CAT], {ANN: BOB}, set()),  # whoever is not asked sends nobody
        ([ANN], {ANN: BOB, BOB: ANN}, {ANN, BOB}),
    ],
)
def test_who_comes_for_a_sender(senders, sends, found):
    def place(who):
        return (ITEM, PERSON, who)

    links = {place(one): place(two) for one, two in sends.items()}
    assert sent_by([place(one) for one in senders], links) == {place(who) for who in found}
