"""What somebody has typed so far on a journey of pages, right or wrong, so that nothing is lost.

A draft keeps strings as they were typed. What they mean is read by the schemas each time, by that
day's rules.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any, Self, TypeVar

Typed = Mapping[str, list[str]]
PageName = TypeVar("PageName", bound=str)

DRAFT_LIVES = timedelta(days=28)
"""How long a draft is kept after it was last saved."""


@dataclass(frozen=True, kw_only=True)
class Draft:
    """What has been typed, page by page; ``done`` names the pages saved without a fault."""

    pages: Mapping[str, Typed] = field(default_factory=dict)
    done: frozenset[str] = frozenset()

    def with_page(self, page: str, typed: Typed, *, is_done: bool) -> Self:
        """Return the draft with a page's answers in place of those it had."""
        done = self.done | {page} if is_done else self.done - {page}
        return replace(self, pages={**self.pages, page: typed}, done=done)

    def plain(self) -> dict[str, Any]:
        """Return the draft in a shape that JSON can keep; a draft that holds more adds to it."""
        return {
            "pages": {page: dict(typed) for page, typed in self.pages.items()},
            "done": sorted(self.done),
        }


def kept(plain: Mapping[str, Any]) -> Draft:
    """Return the draft that ``Draft.plain`` gave."""
    return Draft(pages=plain["pages"], done=frozenset(plain["done"]))


def beside(walk: Sequence[PageName], page: PageName, step: int) -> PageName | None:
    """Return the page so many steps further on the walk, or None beyond either end.

    Raises ValueError for a page that is not on the walk.
    """
    at = walk.index(page) + step
    return walk[at] if 0 <= at < len(walk) else None


def mark_of(typed: Typed | None) -> str:
    """Return a short mark of what a page held, by which a tab that is older can be told."""
    text = json.dumps({name: list(each) for name, each in (typed or {}).items()}, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:16]
