"""The page of one case at its meeting: what its template eats."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from hub.marac.pages.record_words import unshared
from hub.marac.queries.actions import ActionRow
from hub.marac.queries.before import EarlierAction
from hub.marac.queries.record import HearingRow, NoteRow
from hub.marac.queries.screen import InvitedWorker, ScreenCase
from hub.marac.queries.standing import Contribution, SharedBy
from hub.referrals.pages.concern import Person
from hub.web.render import Page, Task, task
from hub.web.values import FormView

CASE = task("A case at the meeting")


@dataclass(frozen=True)
class Field:
    """One field of the record with its words."""

    note: NoteRow
    label: str
    hint: str


@dataclass(frozen=True, kw_only=True)
class CasePage(Page):
    """A case as the meeting sees it; who runs the meeting writes on it."""

    title: Task = CASE
    wide: bool = True
    case: ScreenCase
    of: int
    before: str
    after: str
    row: HearingRow
    state: tuple[str, str]
    people: tuple[Person, ...]
    names: Mapping[UUID, str]
    workers: tuple[InvitedWorker, ...]
    contributions: tuple[Contribution, ...]
    shared: tuple[SharedBy, ...]
    earlier: tuple[EarlierAction, ...]
    fields: tuple[Field, ...]
    last_fields: tuple[Field, ...]
    actions: tuple[ActionRow, ...]
    quorum: tuple[str, ...]
    """Who of those who should be there lacks at this case, for whoever runs the meeting."""
    runs: bool
    is_limited: bool = False
    """For a worker of somebody who is alleged to have caused harm."""
    moves: tuple[tuple[str, str], ...]
    may_put_back: bool
    put_back: FormView
    research_words: Mapping[str, str]
    kind_words: Mapping[str, str]
    mode_words: Mapping[str, str]
    action_words: Mapping[str, tuple[str, str]]
    teller_words: Mapping[str, str]

    @property
    def unshared(self) -> tuple[tuple[str, str], ...]:
        """Where the agencies stand that have said nothing of it, each state with their names."""
        return unshared(self.shared, self.research_words)
