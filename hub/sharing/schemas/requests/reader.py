"""A draft of a request as it reads today: its answers as far as they go, and what is wrong."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from hub.kernel.days import age_on
from hub.kernel.drafts import Typed
from hub.sharing.rules.coded import RequesterKind
from hub.sharing.rules.request_answers import AskAnswers, AskPage, born_on
from hub.sharing.rules.request_bases import Whose, whose
from hub.sharing.rules.request_gaps import AskFacts, Gap, first_gaps, gaps
from hub.sharing.rules.request_journey import page_gaps, relevant, walk
from hub.sharing.schemas.requests.shapes import SHAPES, basis_options, plain
from hub.web.forms import Options, Reading, Values, read_typed
from hub.web.values import FormView, Option

WRONG = "wrong"
NO_OPTIONS: Options = MappingProxyType({})
BEFORE_BASIS = tuple(page for page in AskPage if page is not AskPage.BASIS)
"""The basis is read last: what fits depends on the other answers."""


@dataclass(frozen=True, kw_only=True)
class Lists:
    """What can be picked that only the directory and the settings know."""

    holders: tuple[Option, ...] = ()
    signers: tuple[Option, ...] = ()
    priorities: tuple[Option, ...]


def page_options(page: AskPage, person: Whose, lists: Lists) -> Options:
    """Return what can be picked on a page, as far as its form does not know it."""
    match page:
        case AskPage.HOLDER:
            return {"chosen": lists.holders}
        case AskPage.URGENCY:
            return {"priority": lists.priorities}
        case AskPage.POLICE:
            return {"counter_signer": lists.signers}
        case AskPage.BASIS:
            return basis_options(person)
        case _:
            return NO_OPTIONS


class AskReader:
    """Reads each page once, by today's rules."""

    def __init__(
        self, typed: Mapping[str, Typed], kind: RequesterKind, today: date, lists: Lists
    ) -> None:
        self.kind = kind
        self.today = today
        self.lists = lists
        self.typed = typed
        self.faults: list[Gap] = []
        self.pages: dict[str, Values] = {}
        for page in (*BEFORE_BASIS, AskPage.BASIS):
            self._read(page)

    @property
    def answers(self) -> AskAnswers:
        """What was answered; a page on which something is wrong counts as not answered."""
        return relevant(AskAnswers(pages=self.pages), self.kind)

    @property
    def age(self) -> int | None:
        """The person's age today by what was answered."""
        born = born_on(self.answers)
        return None if born is None else age_on(born, self.today)

    @property
    def whose(self) -> Whose:
        """Who asks, and about whom, as far as a basis must fit them."""
        return whose(self.answers, self.kind, self.today, self.age)

    @property
    def walk(self) -> tuple[AskPage, ...]:
        """The pages that these answers lead through."""
        return walk(self.answers, self.kind)

    def options(self, page: AskPage) -> Options:
        """Return what can be picked on a page, as far as the form does not know it."""
        return page_options(page, self.whose, self.lists)

    def read(self, page: AskPage) -> Reading[Values]:
        """Return a page of the draft, read."""
        return read_typed(SHAPES[page], self.typed.get(page, {}), options=self.options(page))

    def facts(self, *, has_order_copy: bool = True) -> AskFacts:
        """Return what the hub knows before anything is sent."""
        return AskFacts(
            requester_kind=self.kind, day=self.today, has_order_copy=has_order_copy, age=self.age
        )

    def must(self) -> tuple[Gap, ...]:
        """Return what stands in the way of sending: what is wrong, and what nothing goes without.

        What is wrong on a page is mended there before anything else on it is asked for.
        """
        answers = self.answers
        pages = set(walk(answers, self.kind))
        faults = [gap for gap in self.faults if gap.page in pages]
        return self._in_order(*faults, *self._elsewhere(first_gaps(answers)))

    def may_follow(self, *, has_order_copy: bool) -> tuple[Gap, ...]:
        """Return what can be given after sending, and holds the request until it is."""
        first = {(gap.page, gap.field) for gap in first_gaps(self.answers)}
        found = gaps(self.answers, self.facts(has_order_copy=has_order_copy))
        left = (gap for gap in found if (gap.page, gap.field) not in first)
        return self._in_order(*self._elsewhere(left))

    def lacks(self, page: AskPage) -> tuple[Gap, ...]:
        """Return what lacks on one page and can be given on it."""
        return page_gaps(self.answers, self.facts(), page)

    def _elsewhere(self, found: Iterable[Gap]) -> tuple[Gap, ...]:
        broken = {gap.page for gap in self.faults}
        return tuple(gap for gap in found if gap.page not in broken)

    def _in_order(self, *found: Gap) -> tuple[Gap, ...]:
        order = list(AskPage)
        return tuple(sorted(found, key=lambda gap: order.index(gap.page)))

    def _read(self, page: AskPage) -> None:
        if page not in self.typed:
            return
        reading = self.read(page)
        if reading.value is None:
            self.faults += faults_of(page, reading.form)
            return
        self.pages[page] = plain(page, reading.value)


def faults_of(page: AskPage, form: FormView) -> list[Gap]:
    """Return what is wrong on a page, as things to mend before the request is sent."""
    found = [
        Gap(code=WRONG, page=page, field=each.name, cure=each.error) for each in form if each.error
    ]
    general = [Gap(code=WRONG, page=page, field="", cure=text) for text in form.general]
    return found or general
