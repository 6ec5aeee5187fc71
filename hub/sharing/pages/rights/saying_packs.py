"""A pack in words for the staff."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from hub.sharing.queries.packs import PackRow
from hub.sharing.rules.pack import EXEMPTION_WORDS, MARK_WORDS, Keeper, PackVerdict
from hub.sharing.rules.pack_kinds import KIND_WORDS
from hub.web.phrases import said_day

VERDICT_TAGS = {
    PackVerdict.INCLUDE: ("Whole", "green"),
    PackVerdict.REDACT: ("In part", "blue"),
    PackVerdict.WITHHOLD: ("Withheld", "red"),
}
WAITS = ("Not looked at", "yellow")
CHANGED = ("Changed: look again", "orange")
GONE = ("Not held any more", "grey")


@dataclass(frozen=True, kw_only=True)
class RowSaid:
    """An item of a pack as a list shows it."""

    id: UUID
    kind: str
    day: str
    marks: tuple[str, ...]
    tag: str
    colour: str
    why: str
    judged: str
    is_withheld: bool
    waits: bool


@dataclass(frozen=True, kw_only=True)
class Elsewhere:
    """What the co-ordinators of an area judge, as the service may know of it."""

    area: str
    number: int
    waiting: int


@dataclass(frozen=True, kw_only=True)
class PackSaid:
    """A pack: the service's own items, what co-ordinators judge, what is withheld of both."""

    rows: tuple[RowSaid, ...]
    elsewhere: tuple[Elsewhere, ...]
    withheld: tuple[RowSaid, ...]
    number: int
    waiting: int
    whole: int
    redacted: int

    @property
    def is_ready(self) -> bool:
        """Whether every item has a verdict."""
        return self.number > 0 and not self.waiting


def said_row(row: PackRow) -> RowSaid:
    """Return one item in words."""
    waits = row.verdict is None and not row.is_gone
    tag, colour = WAITS
    if row.is_gone:
        tag, colour = GONE
    elif row.verdict is not None:
        tag, colour = VERDICT_TAGS[row.verdict]
    elif row.is_changed:
        tag, colour = CHANGED
    why = EXEMPTION_WORDS[row.exemption] if row.exemption else ""
    return RowSaid(
        id=row.id,
        kind=KIND_WORDS[row.kind],
        day=said_day(row.on) if row.on else "",
        marks=tuple(MARK_WORDS[mark] for mark in row.marks),
        tag=tag,
        colour=colour,
        why=": ".join(part for part in (why, row.why) if part),
        judged=row.judged,
        is_withheld=row.verdict is PackVerdict.WITHHOLD and not row.is_gone,
        waits=waits,
    )


def said_pack(rows: Sequence[PackRow]) -> PackSaid:
    """Return a pack in words; of what a co-ordinator judges only how much there is."""
    there = [row for row in rows if not row.is_gone]
    verdicts = [row.verdict for row in there]
    said = [said_row(row) for row in rows]
    own = (row.keeper is Keeper.SERVICE for row in rows)
    areas = sorted({row.area for row in there if row.keeper is Keeper.COORDINATOR})
    return PackSaid(
        rows=tuple(one for one, is_own in zip(said, own, strict=True) if is_own),
        elsewhere=tuple(_elsewhere(area, there) for area in areas),
        withheld=tuple(one for one in said if one.is_withheld),
        number=len(there),
        waiting=verdicts.count(None),
        whole=verdicts.count(PackVerdict.INCLUDE),
        redacted=verdicts.count(PackVerdict.REDACT),
    )


def _elsewhere(area: str, rows: Sequence[PackRow]) -> Elsewhere:
    verdicts = [
        row.verdict for row in rows if row.keeper is Keeper.COORDINATOR and row.area == area
    ]
    return Elsewhere(area=area, number=len(verdicts), waiting=verdicts.count(None))
