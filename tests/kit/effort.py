"""What a task takes of somebody: screens, fields, taps, keys, and how long the hub takes."""

from dataclasses import dataclass, field

from kit.walk import Visitor

FIELDS = "main :is(input:not([type=hidden]), textarea, select)"
SERVER = """() => {
  const [page] = performance.getEntriesByType('navigation');
  return page.responseStart - page.startTime;
}"""
"""Milliseconds from the press to the first byte of the page that came, redirects included."""


@dataclass(frozen=True, kw_only=True)
class Step:
    """One screen and the press that ended it; ``milliseconds`` the hub took to answer the press."""

    screen: str
    fields: int
    touched: int
    taps: int
    keys: int
    milliseconds: float


@dataclass
class Effort:
    """Does what a visitor does, and counts it; the start is a page that is open already."""

    visitor: Visitor
    steps: list[Step] = field(default_factory=list)
    touched: int = 0
    taps: int = 0
    keys: int = 0

    def fill(self, **typed: str) -> None:
        """Tap each field and type."""
        self.visitor.fill(**typed)
        self.touched += len(typed)
        self.taps += len(typed)
        self.keys += sum(map(len, typed.values()))

    def pick(self, name: str, value: str) -> None:
        """Tap one radio."""
        self.visitor.pick(name, value)
        self.touched += 1
        self.taps += 1

    def choose(self, name: str, *, index: int) -> None:
        """Open a list of choices and tap one."""
        self.visitor.page.locator(f"main select[name='{name}']").select_option(index=index)
        self.touched += 1
        self.taps += 2

    def press(self, name: str) -> None:
        """Press, and begin to count anew on the screen that comes."""
        screen, fields = self.visitor.h1, self.visitor.page.locator(FIELDS).count()
        self.visitor.press(name)
        self.steps.append(
            Step(
                screen=screen,
                fields=fields,
                touched=self.touched,
                taps=self.taps + 1,
                keys=self.keys,
                milliseconds=self.visitor.page.evaluate(SERVER),
            )
        )
        self.touched = self.taps = self.keys = 0

    def total(self, what: str) -> int:
        """Return the sum of a count over the steps."""
        return sum(getattr(step, what) for step in self.steps)

    def tell(self, task: str) -> None:
        """Print what it took, a line a screen."""
        print(f"\n{task}")
        for one in self.steps:
            print(
                f"  {one.screen}: {one.fields} fields, {one.touched} touched, {one.taps} taps,"
                f" {one.keys} keys; the hub took {one.milliseconds:.0f} ms"
            )
        print(
            f"  together: {len(self.steps)} screens, {self.total('touched')} touched,"
            f" {self.total('taps')} taps, {self.total('keys')} keys"
        )
