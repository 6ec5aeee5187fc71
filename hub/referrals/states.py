"""What a concern can say and what can become of it: the words, and the moves by table."""

from enum import StrEnum
from typing import Final

from hub.kernel.machine import Machine


class PartyRole(StrEnum):
    """In what way somebody is named in a concern."""

    VICTIM = "victim"
    ALLEGED_PERPETRATOR = "alleged_perpetrator"
    CHILD = "child"
    OTHER_ADULT = "other_adult"


class CareAnswer(StrEnum):
    """What the referrer says of somebody's care experience."""

    YES = "yes"
    NO = "no"
    NOT_KNOWN = "not_known"


class Criterion(StrEnum):
    """Why a concern is referred; several may hold at once (domain notes, section 1.3)."""

    VISIBLE_HIGH_RISK = "visible_high_risk"
    PROFESSIONAL_JUDGEMENT = "professional_judgement"
    POTENTIAL_ESCALATION = "potential_escalation"
    REPEAT = "repeat"
    AREAS_OWN = "areas_own"
    """A fifth one that the area has set in its own words."""


class Grading(StrEnum):
    """How the referrer grades the risk."""

    STANDARD = "standard"
    MEDIUM = "medium"
    HIGH = "high"


class RiskTool(StrEnum):
    """The risk tool that was used."""

    ITEMS_24 = "items_24"
    ITEMS_27 = "items_27"
    DARA = "dara"
    YOUNG_PEOPLE = "young_people"
    OTHER = "other"
    NONE = "none"


SCORED: Final = {RiskTool.ITEMS_24: 24, RiskTool.ITEMS_27: 27, RiskTool.YOUNG_PEOPLE: 24}
"""The tools that end in a count of yes answers, and the highest count that each can give."""


class Consent(StrEnum):
    """Whether the victim agreed that the concern is shared."""

    GIVEN = "given"
    NOT_GIVEN = "not_given"
    NOT_ASKED = "not_asked"


class Basis(StrEnum):
    """Why a concern may be shared without consent (statutes named in the page's labels)."""

    SERIOUS_HARM = "serious_harm"
    SAFEGUARDING = "at_risk"
    CRIME = "crime"
    PUBLIC_TASK = "public_task"
    COURT_ORDER = "court_order"


class Screening(StrEnum):
    """Where a submitted concern stands; all but the first are outcomes of a decision."""

    SUBMITTED = "submitted"
    ACCEPTED = "accepted"
    ACCEPTED_ALERT_ONLY = "accepted_alert_only"
    URGENT = "urgent"
    RETURNED = "returned"
    NOT_MET = "not_met"
    TRANSFERRED = "transferred"
    DUPLICATE = "duplicate"
    WITHDRAWN = "withdrawn"


class Move(StrEnum):
    """What can be done to a submitted concern."""

    ACCEPT = "accepted"
    ACCEPT_ALERT_ONLY = "accepted_alert_only"
    MAKE_URGENT = "urgent"
    RETURN = "returned"
    REFUSE = "not_met"
    TRANSFER = "transferred"
    MARK_DUPLICATE = "duplicate"
    WITHDRAW = "withdrawn"
    ADD = "added"


LISTABLE = (Screening.ACCEPTED, Screening.ACCEPTED_ALERT_ONLY, Screening.URGENT)
"""The states in which a concern may be put on an agenda."""

OPEN = (Screening.SUBMITTED, Screening.RETURNED)
"""The states in which a concern still waits for its first decision, or for its referrer."""

TURNED_DOWN = (Screening.NOT_MET, Screening.TRANSFERRED, Screening.DUPLICATE)
"""The outcomes by which an area does not take a concern on; each can be accounted for."""

DECIDED = tuple(state for state in Screening if state not in OPEN)

_ACCEPTING = (Move.ACCEPT, Move.ACCEPT_ALERT_ONLY, Move.MAKE_URGENT)
_SENDING_ELSEWHERE = (Move.TRANSFER, Move.MARK_DUPLICATE)


def _moves(
    states: tuple[Screening, ...], moves: tuple[Move, ...]
) -> dict[tuple[Screening, Move], Screening]:
    """Return the table's lines for moves whose name is the state that they lead to."""
    return {
        (state, move): Screening(move.value)
        for state in states
        for move in moves
        if state.value != move.value
    }


CONCERN: Final = Machine(
    "concern",
    {
        **_moves(OPEN, (*_ACCEPTING, *_SENDING_ELSEWHERE, Move.RETURN, Move.REFUSE)),
        # The referrer may take it back until it is accepted: from then on others rely on it.
        **_moves(OPEN, (Move.WITHDRAW,)),
        (Screening.RETURNED, Move.ADD): Screening.SUBMITTED,
        (Screening.SUBMITTED, Move.ADD): Screening.SUBMITTED,
        # A duty desk may ask who is meant, and more may come to light, after it was accepted too.
        **{(state, Move.ADD): state for state in LISTABLE},
        **_moves(LISTABLE, (*_ACCEPTING, *_SENDING_ELSEWHERE)),
        # A refusal can be challenged, and a mistake mended, without the concern being typed again.
        **_moves(
            (
                Screening.NOT_MET,
                Screening.TRANSFERRED,
                Screening.DUPLICATE,
                Screening.WITHDRAWN,
            ),
            _ACCEPTING,
        ),
    },
)
"""The life of a submitted concern (domain notes, section 1.5)."""
