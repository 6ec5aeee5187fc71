"""Somebody at a browser: walks through the real site, and every page they come to is looked at.

axe finds nothing on it, nothing is said on the console, nothing is blocked by the page's own
policy, nothing runs off the side, and neither title nor address holds anything of a person.
"""

import re
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, Response

DESK = {"width": 1200, "height": 900}
PHONE = {"width": 390, "height": 844}
ID = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}")
BROKEN = 500
PATIENCE = 30_000
"""Milliseconds for a page on a busy machine."""

looked_at: set[tuple[str, ...]] = set()
"""Sorts of pages that axe has seen in this process: a second look at the same sort costs a second
and finds nothing new."""


class BadPageError(AssertionError):
    """A page has something wrong; each fault is a line."""


@dataclass(frozen=True)
class Shown:
    """What anybody beside the screen, or a proxy, learns of a page."""

    title: str
    url: str


@dataclass
class Visitor:
    """One browser window of one person; made by ``visit``."""

    context: BrowserContext
    page: Page
    site: str
    has_script: bool
    width: int
    faults: list[str] = field(default_factory=list)
    seen: list[Shown] = field(default_factory=list)
    headers: list[str] = field(default_factory=list)

    def go(self, path: str) -> None:
        """Open an address of the site, and look at the page."""
        self.page.goto(path if path.startswith("http") else self.site + path, timeout=PATIENCE)
        self.look()

    def press(self, name: str, *, exact: bool = False) -> None:
        """Press the first button or link of that name in the main part, and look at what comes."""
        main = self.page.locator("main")
        button = main.get_by_role("button", name=name, exact=exact)
        target = button if button.count() else main.get_by_role("link", name=name, exact=exact)
        with self.page.expect_navigation(timeout=PATIENCE):
            target.first.click()
        self.look()

    def menu(self, name: str) -> None:
        """Follow a link of the menu, opening it first where the screen is narrow."""
        link = self.page.locator("nav").get_by_role("link", name=name, exact=True)
        if not link.is_visible():
            self.page.get_by_role("button", name="Menu").click()
        with self.page.expect_navigation(timeout=PATIENCE):
            link.click()
        self.look()

    def fill(self, **typed: str) -> None:
        """Type into the inputs of these names (double underscore for a hyphen)."""
        for name, text in typed.items():
            self.page.fill(f"main [name='{name.replace('__', '-')}']", text)

    def date(self, name: str, year: int, month: int, day: int) -> None:
        """Type a date into its three inputs."""
        for part, number in (("day", day), ("month", month), ("year", year)):
            self.page.fill(f"main [name='{name}-{part}']", str(number))

    def pick(self, name: str, *values: str) -> None:
        """Tick radios or boxes of a name by their values."""
        for value in values:
            self.page.check(f"main input[name='{name}'][value='{value}']")

    @property
    def text(self) -> str:
        """The main part's text, on one line."""
        return " ".join(self.page.locator("main").inner_text().split())

    @property
    def h1(self) -> str:
        """The page's heading."""
        return " ".join(self.page.locator("h1").inner_text().split())

    @property
    def path(self) -> str:
        """The path of the page's address."""
        return urlsplit(self.page.url).path

    def look(self) -> None:
        """Look at the page as it stands. Raises BadPageError."""
        self.page.wait_for_load_state("networkidle", timeout=PATIENCE)
        self.seen.append(Shown(self.page.title(), self.page.url))
        if self.has_script:
            self._look_closely()
        if self.faults:
            faults, self.faults = self.faults, []
            raise BadPageError(f"{self.page.url}: " + "\n".join(faults))

    def _look_closely(self) -> None:
        is_wrong = self.page.locator(".govuk-error-summary").count()
        sort = (ID.sub("ID", self.path), str(self.width), str(is_wrong), self.h1[:12])
        if sort in looked_at:
            return
        looked_at.add(sort)
        self.page.wait_for_selector("body.govuk-frontend-supported, body:not(.js-enabled)")
        found = Axe().run(self.page).response["violations"]
        self.faults += [f"axe {each['id']}: {each['nodes'][0]['html']}" for each in found]
        reach = self.page.evaluate("document.documentElement.scrollWidth")
        if reach > self.width:
            self.faults.append(f"{reach} wide on a screen of {self.width}")

    def _said(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"} and "status of 4" not in message.text:
            self.faults.append(f"console: {message.text}")

    def _answered(self, response: Response) -> None:
        self.headers += [f"{name}: {value}" for name, value in response.headers.items()]
        if response.status >= BROKEN:
            self.faults.append(f"{response.status}: {response.url}")

    def _failed(self, request: Request) -> None:
        failure = request.failure or ""
        if "ERR_ABORTED" not in failure:  # a page that was left before it was whole
            self.faults.append(f"{failure}: {request.url}")


def visit(
    browser: Browser,
    site: str,
    *,
    size: dict[str, int] | None = None,
    has_script: bool = True,
) -> Visitor:
    """Open a window of its own on the site; close its ``context`` when done."""
    screen: Any = size or DESK
    context = browser.new_context(
        viewport=screen,
        java_script_enabled=has_script,
        locale="en-GB",
        has_touch=screen["width"] <= PHONE["width"],
    )
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    visitor = Visitor(context, page, site, has_script, screen["width"])
    page.on("console", visitor._said)
    page.on("pageerror", lambda error: visitor.faults.append(f"script: {error}"))
    page.on("response", visitor._answered)
    page.on("requestfailed", visitor._failed)
    page.on("dialog", lambda dialog: dialog.accept())
    return visitor
