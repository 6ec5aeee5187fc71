"""Which questions follow which answers when consent is recorded."""

import pytest

from hub.sharing.rules.coded import ConsentState
from hub.sharing.rules.consent_journey import ANSWERED, STATE_OF, Happened, SoFar, Step, steps
from hub.sharing.rules.consent_reasons import UNANSWERED

BEGIN = (Step.ABOUT, Step.GROUNDS)
ASKED = (*BEGIN, Step.HAPPENED)


@pytest.mark.parametrize(
    ("so_far", "follow"),
    [
        (SoFar(), ASKED),
        (SoFar(is_informed=True), (*BEGIN, Step.TOLD)),
        (SoFar(is_informed=True, happened=Happened.YES), (*BEGIN, Step.TOLD)),
        (
            SoFar(happened=Happened.YES),
            (*ASKED, Step.WHO, Step.SAFE, Step.WORDS, Step.END),
        ),
        (
            SoFar(happened=Happened.YES, judges=True),
            (*ASKED, Step.WHO, Step.SAFE, Step.ABLE, Step.WORDS, Step.END),
        ),
        (
            SoFar(happened=Happened.IN_PART),
            (*ASKED, Step.WHO, Step.SAFE, Step.WORDS, Step.LEFT, Step.END),
        ),
        (
            SoFar(happened=Happened.NO),
            (*ASKED, Step.WHO, Step.SAFE, Step.WORDS, Step.OTHERS),
        ),
        *(
            (SoFar(happened=one, judges=True), (*ASKED, Step.WHY))
            for one in Happened
            if one not in ANSWERED
        ),
    ],
)
def test_what_follows(so_far, follow):
    assert steps(so_far) == follow


def test_every_reason_for_no_answer_has_its_state():
    assert set(STATE_OF) == set(Happened) - ANSWERED
    assert set(STATE_OF.values()) == UNANSWERED
    assert STATE_OF[Happened.PRESSURE] is ConsentState.COERCED_SUSPECTED
