"""Somebody with a keyboard and no mouse, and a screen at 200%: Tab, Enter, Space and arrows only.

At every stop the focus must show, stand on the screen and lie under nothing. A page read at 400%
is 320 wide: nothing of it may run off the side.
"""

from collections.abc import Callable
from datetime import date
from typing import Any

from playwright.sync_api import Browser

from kit.walk import PATIENCE, Visitor, visit

ZOOMED = {"width": 640, "height": 450}
"""A screen of 1280 by 900 at 200%, in the pixels of a stylesheet."""

REFLOW = 320
"""How wide the same screen is at 400% (WCAG 2.2, 1.4.10)."""

ENDS = 2
"""How often the end of the page is passed before something counts as out of reach."""

FAR = 300
"""More stops than any page has."""

FOCUS = """() => {
  const at = document.activeElement;
  if (!at || at === document.body || at === document.documentElement) return null;
  const label = at.labels && at.labels[0];
  const shows = (style) =>
    (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2
      && !/rgba\\(.*, 0\\)|transparent/.test(style.outlineColor))
    || /rgb\\(255, 221, 0\\)/.test(style.boxShadow + style.backgroundColor);
  const isShown = shows(getComputedStyle(at))
    || (label && shows(getComputedStyle(label, '::before')));
  const box = at.getClientRects()[0] || at.getBoundingClientRect();
  const left = Math.max(box.left, 0), right = Math.min(box.right, innerWidth);
  const top = Math.max(box.top, 0), bottom = Math.min(box.bottom, innerHeight);
  const there = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
  const isClear = right > left && bottom > top && there
    && (at.contains(there) || there.contains(at) || (label && label.contains(there)));
  const words = label && at.type !== 'submit' ? label.textContent : at.textContent;
  return {
    name: (at.getAttribute('aria-label') || words || at.value || '').replace(/\\s+/g, ' ').trim(),
    id: at.id, kind: at.type || at.tagName.toLowerCase(), value: at.value || '', isShown, isClear,
    field: at.name || '',
    html: at.outerHTML.slice(0, 160),
  };
}"""


class Keys:
    """A browser window at 200% in which nothing is done but by keys."""

    def __init__(self, browser: Browser, site: str, *, has_script: bool = True) -> None:
        self.has_script = has_script
        self.visitor: Visitor = visit(browser, site, size=ZOOMED, has_script=has_script)
        self.page = self.visitor.page

    def go(self, path: str) -> None:
        """Type an address, and look at what comes."""
        self.page.goto(path if path.startswith("http") else self.visitor.site + path)
        self.look()

    def look(self) -> None:
        """Wait for the page, and see that at 400% nothing of it runs off the side."""
        if self.has_script:
            self.page.wait_for_selector("body.govuk-frontend-supported", timeout=PATIENCE)
        self._widen(REFLOW)
        reach = self.page.evaluate("document.documentElement.scrollWidth")
        assert reach <= REFLOW, f"{self.page.url} is {reach} wide on a screen of {REFLOW}"
        self._widen(ZOOMED["width"])

    def _widen(self, width: int) -> None:
        self.page.set_viewport_size({"width": width, "height": ZOOMED["height"]})

    def focus(self) -> Any:
        """Return what has the focus, or None when nothing has it."""
        return self.page.evaluate(FOCUS)

    def tab(self, key: str = "Tab") -> Any:
        """Press Tab, and see that the focus shows where it is."""
        self.page.keyboard.press(key)
        found = self.focus()
        if found is not None:
            assert found["isShown"], f"the focus does not show on {found['html']}"
            assert found["isClear"], f"something lies over {found['html']}"
        return found

    def to(self, name: str) -> Any:
        """Tab on until what has that name, or begins with it, has the focus."""
        return self._until(name, lambda found: found["name"].startswith(name))

    def to_field(self, field: str) -> Any:
        """Tab on until the field that is sent under that name has the focus."""
        return self._until(field, lambda found: found["field"] == field)

    def _until(self, what: str, is_it: Callable[[Any], bool]) -> Any:
        passed, ends = [], 0
        while ends < ENDS:
            found = self.tab()
            if found is None:
                ends += 1
            elif is_it(found):
                return found
            else:
                passed.append(found["name"][:40])
        raise AssertionError(f"{what!r} is not reached on {self.page.url}: {passed}")

    def skip(self) -> None:
        """Take the first stop of the page, which leads past its head."""
        found = self.tab()
        assert found["name"] == "Skip to main content", found
        self.page.keyboard.press("Enter")
        assert not self.has_script or self.focus()["id"] == "main-content"

    def enter(self, key: str = "Enter") -> None:
        """Press what has the focus, and look at the page that comes."""
        with self.page.expect_navigation(timeout=PATIENCE):
            self.page.keyboard.press(key)
        self.look()

    def press(self, name: str, *, key: str = "Enter") -> None:
        """Go to a link or button, press it, and look at the page that comes."""
        self.to(name)
        self.enter(key)

    def write(self, **typed: str) -> None:
        """Go to each field by its name and write over what is in it."""
        for name, text in typed.items():
            self.to_field(name)
            self.page.keyboard.press("ControlOrMeta+A")
            self.page.keyboard.insert_text(text)

    def date(self, field: str, day: date) -> None:
        """Fill in a date by its three fields."""
        for part in ("day", "month", "year"):
            self.write(**{f"{field}-{part}": str(getattr(day, part))})

    def pick(self, field: str, value: str) -> None:
        """Go to a group of radios, or boxes, and choose one."""
        found = self.to_field(field)
        if found["kind"] == "checkbox":
            while found["value"] != value:
                found = self.tab()
            self.page.keyboard.press("Space")
            return
        self.page.keyboard.press("Space")
        while found["value"] != value:
            self.page.keyboard.press("ArrowDown")
            assert self.focus()["id"] != found["id"], f"{value!r} is none of {field!r}"
            found = self.focus()

    def tick(self, field: str) -> None:
        """Go to a box of its own and tick it."""
        self.to_field(field)
        self.page.keyboard.press("Space")

    def is_on(self, name: str) -> bool:
        """Tell whether the focus is on what has that class or id."""
        found = self.focus()
        return found is not None and f'"{name}' in found["html"]

    def is_at(self, name: str) -> bool:
        """Tell whether the address leads to that place, and the focus with it by a script."""
        place = self.page.url.rpartition("#")[2]
        return place == name and (not self.has_script or self.is_on(name))

    def whole(self) -> int:
        """Tab through the page from its beginning to its end; return the number of stops."""
        self.page.evaluate("document.activeElement.blur(); scrollTo(0, 0)")
        stops: list[str] = []
        while (found := self.tab()) is not None and found["html"] not in stops[:1]:
            stops.append(found["html"])
            assert len(stops) < FAR, f"no way out of {self.page.url}: {stops[-3:]}"
        return len(stops)

    @property
    def text(self) -> str:
        """The main part's text, on one line."""
        return self.visitor.text

    @property
    def h1(self) -> str:
        """The page's heading."""
        return self.visitor.h1
