"""What each reader's copy of an issued agenda holds: only what they may see, without a hole.

A copy is numbered anew, so that no number is missing where a case is kept from its reader. Whoever
runs the meeting reads every time; a member reads the order and no times but those of cases that
they are themselves asked to, for a time that is missing would tell of a case; somebody who is asked
to one case has that case alone. Source: the project's security note, T10 and X6.
"""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

NOBODY: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Line:
    """One case as it stood when the agenda was issued; instants in UTC."""

    item: UUID
    reference: str
    has_children: bool
    starts_at: datetime | None
    ends_at: datetime | None
    marks: tuple[str, ...] = ()
    from_area: str = ""
    invited: tuple[str, ...] = NOBODY
    """Who was asked to come for it, by name."""


@dataclass(frozen=True, kw_only=True)
class Due:
    """An action that was overdue: the references of it and of its case, whose it is, since when."""

    item: UUID
    reference: str
    case: str
    agency: str
    due_on: date


@dataclass(frozen=True, kw_only=True)
class Lapse:
    """A case whose flag ends, by its reference."""

    item: UUID
    case: str
    flag_until: date


@dataclass(frozen=True, kw_only=True)
class Issue:
    """An agenda as it was issued: its meeting's times, its cases in order, what comes first."""

    number: int
    starts_at: datetime
    ends_at: datetime
    lines: tuple[Line, ...]
    overdue: tuple[Due, ...] = ()
    lapsing: tuple[Lapse, ...] = ()

    @property
    def items(self) -> frozenset[UUID]:
        """Every item that the issue speaks of, of this meeting and of earlier ones."""
        return frozenset(
            one.item for part in (self.lines, self.overdue, self.lapsing) for one in part
        )


class Sight(StrEnum):
    """How somebody takes part in a meeting."""

    RUNS = "runs"
    MEMBER = "member"
    ONE_SLOT = "one_slot"


@dataclass(frozen=True, kw_only=True)
class Reader:
    """Who reads: how they take part, what may be shown to them, and what they are asked to."""

    sight: Sight
    shown: AbstractSet[UUID]
    own: AbstractSet[UUID]


@dataclass(frozen=True, kw_only=True)
class Numbered:
    """A case of a copy, and which of how many it is there."""

    number: int
    of: int
    line: Line


@dataclass(frozen=True, kw_only=True)
class Copy:
    """What one reader has of an issue; without ``starts_at`` the meeting's times are not theirs."""

    number: int
    starts_at: datetime | None
    ends_at: datetime | None
    lines: tuple[Numbered, ...]
    overdue: tuple[Due, ...]
    lapsing: tuple[Lapse, ...]


def copy_for(issue: Issue, reader: Reader) -> Copy:
    """Return the reader's copy: a function of what is shown to them, and of nothing hidden."""
    wanted = reader.shown & reader.own if reader.sight is Sight.ONE_SLOT else reader.shown
    lines = [_seen(line, reader) for line in issue.lines if line.item in wanted]
    is_of_all = reader.sight is not Sight.ONE_SLOT
    return Copy(
        number=issue.number,
        starts_at=issue.starts_at if is_of_all else None,
        ends_at=issue.ends_at if is_of_all else None,
        lines=tuple(
            Numbered(number=number, of=len(lines), line=line)
            for number, line in enumerate(lines, start=1)
        ),
        overdue=tuple(one for one in issue.overdue if is_of_all and one.item in reader.shown),
        lapsing=tuple(one for one in issue.lapsing if is_of_all and one.item in reader.shown),
    )


def _seen(line: Line, reader: Reader) -> Line:
    if reader.sight is Sight.RUNS:
        return line
    if line.item in reader.own:
        return replace(line, invited=NOBODY)
    return replace(line, invited=NOBODY, starts_at=None, ends_at=None)


class ChangeKind(StrEnum):
    """What can have changed between two issues, in the order in which it is said."""

    MEETING = "meeting"
    ADDED = "added"
    REMOVED = "removed"
    TIME = "time"
    MARKS = "marks"
    CHILDREN = "children"
    INVITED = "invited"
    NOT_INVITED = "not_invited"
    ORDER = "order"


@dataclass(frozen=True, kw_only=True)
class Change:
    """One change: what, of which case, and from what to what; instants in UTC."""

    kind: ChangeKind
    reference: str = ""
    before: tuple[datetime, datetime] | None = None
    after: tuple[datetime, datetime] | None = None
    added: tuple[str, ...] = ()
    taken: tuple[str, ...] = ()
    from_area: str = ""


def differences(before: Copy, after: Copy) -> tuple[Change, ...]:
    """Return what a reader of the one would want to be told of the other.

    Both are the same reader's copies, so nothing is said of what either does not hold. Numbers are
    not compared: a case that is added moves all behind it. The order is spoken of only where no
    times say it.
    """
    old = {one.line.item: one.line for one in before.lines}
    new = {one.line.item: one.line for one in after.lines}
    found = [*_of_meeting(before, after)]
    found += [
        Change(kind=ChangeKind.ADDED, reference=line.reference, after=_slot(line))
        for item, line in new.items()
        if item not in old
    ]
    found += [
        Change(kind=ChangeKind.REMOVED, reference=line.reference)
        for item, line in old.items()
        if item not in new
    ]
    for item, line in new.items():
        if item in old:
            found += _of_line(old[item], line)
    if _untimed(old, new) != _untimed(new, old):
        found.append(Change(kind=ChangeKind.ORDER))
    return tuple(sorted(found, key=lambda one: _RANK[one.kind]))


_RANK = {kind: rank for rank, kind in enumerate(ChangeKind)}


def _of_meeting(before: Copy, after: Copy) -> list[Change]:
    old, new = _times(before), _times(after)
    if old == new or new is None:
        return []
    return [Change(kind=ChangeKind.MEETING, before=old, after=new)]


def _of_line(old: Line, new: Line) -> list[Change]:
    reference = new.reference
    found = []
    if _slot(old) != _slot(new):
        found.append(
            Change(kind=ChangeKind.TIME, reference=reference, before=_slot(old), after=_slot(new))
        )
    if set(old.marks) != set(new.marks):
        found.append(
            Change(
                kind=ChangeKind.MARKS,
                reference=reference,
                added=tuple(mark for mark in new.marks if mark not in old.marks),
                taken=tuple(mark for mark in old.marks if mark not in new.marks),
                from_area=new.from_area,
            )
        )
    if old.has_children != new.has_children:
        found.append(
            Change(
                kind=ChangeKind.CHILDREN,
                reference=reference,
                added=("children",) if new.has_children else (),
            )
        )
    for kind, one, other in (
        (ChangeKind.INVITED, new.invited, old.invited),
        (ChangeKind.NOT_INVITED, old.invited, new.invited),
    ):
        names = tuple(name for name in one if name not in other)
        if names:
            found.append(Change(kind=kind, reference=reference, added=names))
    return found


def _untimed(lines: dict[UUID, Line], other: dict[UUID, Line]) -> list[UUID]:
    """Return the cases without a time that both copies hold, in the order of the one."""
    return [
        item
        for item, line in lines.items()
        if item in other and _slot(line) is None and _slot(other[item]) is None
    ]


def _slot(line: Line) -> tuple[datetime, datetime] | None:
    if line.starts_at is None or line.ends_at is None:
        return None
    return line.starts_at, line.ends_at


def _times(copy: Copy) -> tuple[datetime, datetime] | None:
    if copy.starts_at is None or copy.ends_at is None:
        return None
    return copy.starts_at, copy.ends_at
