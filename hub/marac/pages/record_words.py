"""What the record of a case says in words, the same on the screen and in the minutes."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from hub.marac.hearing_schemas import TELLER_OPTIONS
from hub.marac.queries.standing import SharedBy
from hub.marac.rules.areas import QUORUM_WORDS
from hub.marac.rules.presence import Quorum
from hub.meetings.wording import ATTENDANCE

LABELS = MappingProxyType(
    {
        "reason": ("Why this case is here", ""),
        "idva_view": ("What the Idva says, and what the victim wants", ""),
        "plan_before": ("What was planned before, and what came of it", ""),
        "discussion": ("What was said", "Only what bears on the risks."),
        "who_else": (
            "Who else knows this person?",
            "A school, a GP, a landlord, a worker, somebody they trust; or that there is nobody.",
        ),
        "risk_who": (
            "Who is at risk",
            "The victim, each child ... Both sides' workers read these four: no address, no plan.",
        ),
        "risk_from": ("From whom", ""),
        "risk_of": ("Of what", ""),
        "risk_when": ("How soon", ""),
        "factors_for": ("What makes it worse", ""),
        "factors_against": ("What makes it safer", ""),
        "dissent": ("Who sees it otherwise", "In their own words, with their agency."),
        "quorum": (
            "Who was missing",
            "Which agencies lack is minuted by itself. Say here why it mattered.",
        ),
    }
)
"""The fields in the order of the work: what each is called, and a hint for whoever writes."""

STATE_WORDS = MappingProxyType(
    {
        "waiting": ("Not opened", "grey"),
        "open": ("Being heard", "blue"),
        "heard": ("Heard", "green"),
        "noted": ("Noted, not discussed", "grey"),
        "put_back": ("Put back", "yellow"),
    }
)
NOT_ENDED = MappingProxyType(
    {"waiting": "Not dealt with", "open": "Not dealt with to the end"},
)
"""What the minutes say of a case that the meeting has not ended."""

TELLER_WORDS = MappingProxyType({str(one.value): one.label for one in TELLER_OPTIONS})
CAPACITY_WORDS = MappingProxyType(
    {"member": "", "one_slot": "for one case", "observer": "observer"}
)


def minuted(state: str) -> str:
    """Return how minutes say what was done with a case."""
    return NOT_ENDED.get(state) or STATE_WORDS[state][0]


def said_attendance(status: str, *, sent_information: bool) -> str:
    """Return whether somebody came, and whether they sent information."""
    words = ATTENDANCE[status]
    return f"{words}, information sent" if sent_information else words


def said_quorum(quorum: Quorum, *, without: str = "Not there") -> tuple[str, ...]:
    """Return who of those who should be there lacks, and who is there for part only."""
    return tuple(
        f"{label}: {', '.join(QUORUM_WORDS[who] for who in missing)}"
        for label, missing in (
            (without, quorum.missing),
            ("There for part only", quorum.partly),
        )
        if missing
    )


def unshared(shared: Iterable[SharedBy], words: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """Return where agencies stand that have said nothing of a case, each state with their names."""
    of: dict[str, list[str]] = {}
    for one in shared:
        if not (one.refusal or one.lines):
            of.setdefault(words[one.state], []).append(one.agency)
    return tuple((state, ", ".join(agencies)) for state, agencies in of.items())
