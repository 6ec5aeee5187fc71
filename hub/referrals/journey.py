"""The order of the questions, and a draft of a concern: pages, and people added to groups."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

from hub.kernel import drafts
from hub.kernel.drafts import Typed, beside
from hub.referrals.states import PartyRole

VICTIM_CARE = "victim_care"
LAWFUL_BASIS = "lawful_basis"
RISK_ITEMS = "risk_items"
FILES = "files"
PROFESSIONAL = "professional"
VICTIM = PartyRole.VICTIM.value

GROUPS = (
    PartyRole.ALLEGED_PERPETRATOR.value,
    PartyRole.CHILD.value,
    PartyRole.OTHER_ADULT.value,
    PROFESSIONAL,
)
"""The sections to which any number of people can be added, each on a page of their own."""

PARTY_GROUPS = GROUPS[:3]

PAGES = (
    "you",
    VICTIM,
    VICTIM_CARE,
    "home",
    "safe_contact",
    "reason",
    "police",
    "criteria",
    "risk_tool",
    RISK_ITEMS,
    "consent",
    LAWFUL_BASIS,
    "needs",
)
"""The pages that are there once."""

SECTIONS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("you", ("you",)),
    (VICTIM, (VICTIM, VICTIM_CARE)),
    ("home", ("home",)),
    ("safe_contact", ("safe_contact",)),
    (PartyRole.ALLEGED_PERPETRATOR.value, (PartyRole.ALLEGED_PERPETRATOR.value,)),
    (PartyRole.CHILD.value, (PartyRole.CHILD.value,)),
    (PartyRole.OTHER_ADULT.value, (PartyRole.OTHER_ADULT.value,)),
    ("reason", ("reason",)),
    ("police", ("police",)),
    ("criteria", ("criteria",)),
    ("risk_tool", ("risk_tool", RISK_ITEMS)),
    ("consent", ("consent", LAWFUL_BASIS)),
    (PROFESSIONAL, (PROFESSIONAL,)),
    ("needs", ("needs",)),
    (FILES, (FILES,)),
)
"""The questions as they are counted for the referrer, each with its pages in order."""


@dataclass(frozen=True, kw_only=True)
class Entry:
    """Somebody added to a group; ``care`` is what was typed on their care page, if it was saved."""

    id: UUID
    typed: Typed
    care: Typed | None = None


@dataclass(frozen=True, kw_only=True)
class Draft(drafts.Draft):
    """A draft with the people who were added to each group."""

    groups: Mapping[str, tuple[Entry, ...]] = field(default_factory=dict)

    def entries(self, group: str) -> tuple[Entry, ...]:
        """Return who was added to the group, in order."""
        return self.groups.get(group, ())

    def entry(self, group: str, entry_id: UUID) -> Entry | None:
        """Return one added person, or None."""
        return next((each for each in self.entries(group) if each.id == entry_id), None)

    def with_group_done(self, group: str) -> "Draft":
        """Return the draft with a group marked as having nobody more in it."""
        return replace(self, done=self.done | {group})

    def with_entry(self, group: str, entry: Entry) -> "Draft":
        """Return the draft with somebody added to a group, or changed where they stand."""
        before = self.entries(group)
        if any(each.id == entry.id for each in before):
            after = tuple(entry if each.id == entry.id else each for each in before)
        else:
            after = (*before, entry)
        return replace(self, groups={**self.groups, group: after})

    def without_entry(self, group: str, entry_id: UUID) -> "Draft":
        """Return the draft without one added person."""
        after = tuple(each for each in self.entries(group) if each.id != entry_id)
        return replace(self, groups={**self.groups, group: after})


@dataclass(frozen=True)
class Stop:
    """One page of the journey; for a person of a group ``entry_id`` says whose care page it is."""

    page: str
    entry_id: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class Needs:
    """What the answers so far make necessary; the schemas work it out."""

    care_of_victim: bool
    care_of: Callable[[str, Entry], bool]
    lawful_basis: bool
    risk_items: bool


def stops(draft: Draft, needs: Needs) -> tuple[Stop, ...]:
    """Return every page that these answers lead through, in order."""
    skipped = {
        VICTIM_CARE: not needs.care_of_victim,
        LAWFUL_BASIS: not needs.lawful_basis,
        RISK_ITEMS: not needs.risk_items,
    }
    found: list[Stop] = []
    for _, pages in SECTIONS:
        for page in pages:
            if skipped.get(page):
                continue
            found.extend(
                Stop(page, entry.id)
                for entry in draft.entries(page)
                if page in PARTY_GROUPS and needs.care_of(page, entry)
            )
            found.append(Stop(page))
    return tuple(found)


def is_done(draft: Draft, stop: Stop) -> bool:
    """Return whether the page was saved without a fault."""
    if stop.entry_id is None:
        return stop.page in draft.done
    entry = draft.entry(stop.page, stop.entry_id)
    return entry is not None and entry.care is not None


def first_unanswered(draft: Draft, needs: Needs) -> Stop | None:
    """Return the first page that was not saved yet, or None when all were."""
    return next((stop for stop in stops(draft, needs) if not is_done(draft, stop)), None)


def after(draft: Draft, needs: Needs, page: str) -> Stop | None:
    """Return the page that follows, or None when the answers are to be checked."""
    return _beside(draft, needs, page, 1)


def before(draft: Draft, needs: Needs, page: str) -> Stop | None:
    """Return the page that comes before, or None at the beginning."""
    return _beside(draft, needs, page, -1)


def _beside(draft: Draft, needs: Needs, page: str, step: int) -> Stop | None:
    """Walk between pages that are there once; added people are reached from their group's page."""
    walk = [stop.page for stop in stops(draft, needs) if stop.entry_id is None]
    if page not in walk:
        walk = [name for _, pages in SECTIONS for name in pages]
    found = beside(walk, page, step)
    return Stop(found) if found else None


def number_of(page: str) -> int:
    """Return the place of the page's question among the questions, counted from 1."""
    return next(at for at, (_, pages) in enumerate(SECTIONS, start=1) if page in pages)


def dump(draft: Draft) -> str:
    """Return the draft as JSON."""
    groups = {
        group: [{"id": str(each.id), "typed": each.typed, "care": each.care} for each in entries]
        for group, entries in draft.groups.items()
    }
    return json.dumps(draft.plain() | {"groups": groups})


def load(text: str) -> Draft:
    """Return the draft that ``dump`` wrote."""
    kept: dict[str, Any] = json.loads(text)
    return Draft(
        pages=kept["pages"],
        done=frozenset(kept["done"]),
        groups={
            group: tuple(
                Entry(id=UUID(each["id"]), typed=each["typed"], care=each["care"])
                for each in entries
            )
            for group, entries in kept["groups"].items()
        },
    )
