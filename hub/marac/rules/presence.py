"""Which agencies came, per meeting and per case: what a list saves, who lacks, who was there.

Domain notes 1.8, 1.10 and 1.21; section 6, lines 36, 37 and 40.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from hashlib import sha256

from hub.agencies.rules.kinds import AgencyKind, ServiceKind
from hub.marac.rules.areas import AreaRules, missing_from_quorum


class Came(StrEnum):
    """What can be said of an agency; source: domain notes 1.8, and a room that is left."""

    ATTENDED = "attended"
    PART = "part"
    LEFT = "left"
    """It was at the meeting and left the room for one case: said of a case alone."""
    APOLOGY = "apology"
    NO_RESPONSE = "no_response"
    NOT_IDENTIFIED = "not_identified"


OF_A_MEETING = tuple(one for one in Came if one is not Came.LEFT)
BEFORE = (Came.APOLOGY,)
"""What can be known before a meeting begins."""

THERE = frozenset({Came.ATTENDED, Came.PART})


@dataclass(frozen=True, kw_only=True)
class Presence:
    """What is said of one agency: whether it came, by whom, and when it sent information."""

    status: Came
    people: str = ""
    sent_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class Saved:
    """How an agency stands: what counts now, in which version of its row, 0 without one."""

    presence: Presence | None
    version: int


@dataclass(frozen=True, kw_only=True)
class Typed:
    """An agency's line as it was sent: over which version, and the mark of what was shown."""

    presence: Presence | None
    version: int
    was: str


class Settled(StrEnum):
    """What becomes of a line of the list."""

    KEEP = "keep"
    """What is saved stays: it says the same, or whoever sent the list left the line alone."""
    WRITE = "write"
    CLASH = "clash"
    """Two people changed the same line to different things."""


def mark(presence: Presence | None) -> str:
    """Return a short mark of what a line showed, by which an untouched one is known again."""
    if presence is None:
        return ""
    said = "\n".join((presence.status, presence.people, str(presence.sent_on)))
    return sha256(said.encode()).hexdigest()[:16]


def settle(typed: Typed, now: Saved, *, writes_usual: bool) -> Settled:
    """Decide what becomes of a line, so that of two note-takers neither loses anything.

    With ``writes_usual`` a line that was left as it was suggested is written, unless somebody has
    saved it meanwhile: for a whole meeting the list in one press is the record.
    """
    if typed.presence == now.presence:
        return Settled.KEEP
    is_current = typed.version == now.version
    if mark(typed.presence) == typed.was:
        return Settled.WRITE if writes_usual and is_current else Settled.KEEP
    return Settled.WRITE if is_current else Settled.CLASH


def suggested(signed_as: Mapping[str, str], sent_on: date | None) -> Presence:
    """Return what is suggested of an agency, by who of it accepted the statement: name to capacity.

    A member came, somebody for one case came for part, and an observer stands for nobody.
    """
    stands = {name: capacity for name, capacity in signed_as.items() if capacity != "observer"}
    if not stands:
        return Presence(status=Came.NO_RESPONSE, sent_on=sent_on)
    status = Came.ATTENDED if "member" in stands.values() else Came.PART
    return Presence(status=status, people=", ".join(sorted(stands)), sent_on=sent_on)


STANDS_FOR: Mapping[str, tuple[frozenset[str], frozenset[str]]] = {
    "police": (frozenset({AgencyKind.POLICE}), frozenset({ServiceKind.POLICE})),
    "idva": (frozenset({AgencyKind.DOMESTIC_ABUSE}), frozenset({ServiceKind.DOMESTIC_ABUSE})),
    "childrens_services": (frozenset(), frozenset({ServiceKind.SOCIAL_WORK})),
    "adult_services": (frozenset(), frozenset({ServiceKind.ADULT_SOCIAL_CARE})),
    "housing": (frozenset({AgencyKind.HOUSING}), frozenset({ServiceKind.HOUSING})),
    "probation": (frozenset({AgencyKind.PROBATION}), frozenset({ServiceKind.PROBATION})),
    "substance_misuse": (
        frozenset({AgencyKind.SUBSTANCE_USE}),
        frozenset({ServiceKind.SUBSTANCE_USE}),
    ),
    "health": (frozenset({AgencyKind.HEALTH}), frozenset({ServiceKind.HEALTH})),
    "mental_health": (
        frozenset({AgencyKind.MENTAL_HEALTH}),
        frozenset({ServiceKind.MENTAL_HEALTH}),
    ),
    "education": (frozenset({AgencyKind.EDUCATION}), frozenset({ServiceKind.EDUCATION})),
}
"""By which kinds of agency, or of its services, each of those who must be there is known."""


def stands_for(agency_kind: str, service_kinds: Iterable[str]) -> frozenset[str]:
    """Return for whom of those who must be there an agency stands."""
    services = frozenset(service_kinds)
    return frozenset(
        who
        for who, (agencies, of_services) in STANDS_FOR.items()
        if agency_kind in agencies or services & of_services
    )


@dataclass(frozen=True, kw_only=True)
class Quorum:
    """Who of those who must be there was not, and who was there for part only, in their order."""

    missing: tuple[str, ...] = ()
    partly: tuple[str, ...] = ()

    def beyond(self, other: "Quorum") -> "Quorum":
        """Return what lacks here and did not lack there: what one case adds to its meeting."""
        return Quorum(
            missing=tuple(one for one in self.missing if one not in other.missing),
            partly=tuple(one for one in self.partly if one not in (*other.partly, *other.missing)),
        )


def quorum_of(rules: AreaRules, agencies: Iterable[tuple[frozenset[str], str | None]]) -> Quorum:
    """Return who lacks of those who must be there; it warns and is minuted, and never blocks.

    ``agencies`` are for whom each stands, and whether it came: None where nothing is said.
    """
    found = tuple(agencies)
    whole = {who for stands, came in found if came == Came.ATTENDED for who in stands}
    part = {who for stands, came in found if came == Came.PART for who in stands}
    return Quorum(
        missing=missing_from_quorum(rules, whole | part),
        partly=tuple(who for who in rules.quorum if who in part - whole),
    )


@dataclass(frozen=True, kw_only=True)
class OwnerThere:
    """What the record says of the owner of an action at its case."""

    capacity: str | None
    """In which they accepted the meeting's statement; None while they have not."""
    own: str | None = None
    """What is recorded of themselves at this case, who were invited to it."""
    is_asked: bool = False
    """Whether they hold an invitation to this very case."""
    at_case: str | None = None
    """What is said of their agency at this case in particular."""
    at_meeting: str | None = None
    """What is said of their agency at the meeting as a whole."""


def was_there(owner: OwnerThere) -> bool:
    """Tell whether somebody heard the case, so that an action agreed there is theirs at once.

    Whoever was absent accepts it first (notes 1.11, line 40): who has not accepted the statement,
    observes, came for another case, or whose agency was absent, or left the room for this one. An
    agency that came for part is taken to have missed the case unless the record says otherwise.
    """
    if owner.own is not None:
        return owner.own in THERE
    if owner.capacity is None or owner.capacity == "observer":
        return False
    if owner.capacity == "one_slot" and not owner.is_asked:
        return False
    if owner.at_case is not None:
        return owner.at_case in THERE
    if owner.at_meeting == Came.PART:
        return owner.is_asked
    return owner.at_meeting in {None, Came.ATTENDED}
