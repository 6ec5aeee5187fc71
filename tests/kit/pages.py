"""A page client that reviews: every HTML answer is checked before the test looks at it.

``browser.get("people.show", person_id=x)`` returns a Reviewed page or fails with the page's faults.
"""

import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from itertools import pairwise
from typing import Any, cast
from urllib.parse import urlsplit

from flask import Flask
from flask.testing import FlaskClient
from itsdangerous import URLSafeTimedSerializer
from typing_extensions import override
from werkzeug.test import TestResponse

from hub.web.headers import HEADERS
from hub.web.install import PRODUCT
from hub.web.render import TASKS

VOID = frozenset(
    [
        "area",
        "base",
        "br",
        "col",
        "embed",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "source",
        "track",
        "wbr",
        "path",
        "circle",
        "rect",
    ]
)
CLOSES_ITSELF = frozenset({"p", "li", "dt", "dd", "option", "tr", "td", "th", "thead", "tbody"})
UNLABELLED = frozenset({"hidden", "submit", "button", "reset", "image"})
LIST_CHILDREN = {
    "ul": {"li"},
    "ol": {"li"},
    "dl": {"div", "dt", "dd"},
    "table": {"caption", "thead", "tbody", "tfoot", "colgroup"},
    "tr": {"td", "th"},
    "select": {"option", "optgroup"},
}
PHRASING_ONLY = frozenset({"p", "span", "a", "button", "label", "strong", "h1", "h2", "h3"})
BLOCKS = frozenset(
    {"div", "p", "ul", "ol", "dl", "table", "form", "section", "fieldset", "h1", "h2"}
)
MAY_HOLD_BLOCKS = frozenset({"a"})
OK_HEADS = ("http:", "https:", "mailto:", "tel:", "/", "#", "?")


@dataclass(eq=False)
class Element:
    """One element with its attributes, children and text."""

    tag: str
    attributes: dict[str, str]
    parent: "Element | None" = None
    children: list["Element | str"] = field(default_factory=list)

    def walk(self) -> Iterator["Element"]:
        """Yield this element and everything below it, in the order of the page."""
        yield self
        for child in self.children:
            if isinstance(child, Element):
                yield from child.walk()

    def all(self, *tags: str, **attributes: str) -> list["Element"]:
        """Return the elements below with one of the tags and all of the attributes."""
        wanted = {name.rstrip("_").replace("_", "-"): value for name, value in attributes.items()}
        return [
            each
            for each in self.walk()
            if (not tags or each.tag in tags)
            and all(each.attributes.get(name) == value for name, value in wanted.items())
        ]

    def having(self, class_name: str) -> list["Element"]:
        """Return the elements below that have the class."""
        return [
            each for each in self.walk() if class_name in each.attributes.get("class", "").split()
        ]

    @property
    def text(self) -> str:
        """The text inside, white space made single."""
        parts = [child if isinstance(child, str) else child.text for child in self.children]
        return " ".join("".join(parts if self.tag != "br" else [" "]).split()) + (
            " " if self.tag in BLOCKS | {"li", "td", "th", "dt", "dd", "option"} else ""
        )

    def above(self) -> Iterator["Element"]:
        """Yield the elements around this one, nearest first."""
        at = self.parent
        while at is not None:
            yield at
            at = at.parent


class _Tree(HTMLParser):
    """Builds the tree and notes what is not well nested."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Element("#root", {})
        self.at = self.root
        self.faults: list[str] = []
        self.feed(text)
        self.close()
        if self.at is not self.root:
            self.faults.append(f"<{self.at.tag}> is never closed")

    @override
    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        if len(names) != len(set(names)):
            self.faults.append(f"<{tag}> has an attribute twice")
        element = Element(tag, {name: value or "" for name, value in attrs}, self.at)
        self.at.children.append(element)
        if tag not in VOID:
            self.at = element

    @override
    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    @override
    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            return
        if self.at.tag != tag:
            self.faults.append(f"</{tag}> closes <{self.at.tag}>")
            while self.at.parent is not None and self.at.tag != tag:
                self.at = self.at.parent
        if self.at.parent is not None:
            self.at = self.at.parent

    @override
    def handle_data(self, data: str) -> None:
        self.at.children.append(data)


class BadPageError(AssertionError):
    """The page has faults; each is a line of the message."""


@dataclass(frozen=True)
class Reviewed:
    """A page that passed the review."""

    response: TestResponse
    root: Element = field(repr=False)

    @property
    def status(self) -> int:
        """The HTTP status."""
        return self.response.status_code

    @property
    def title(self) -> str:
        """The title in the browser's tab."""
        return self.root.all("title")[0].text

    @property
    def h1(self) -> str:
        """The page's heading."""
        return self.root.all("h1")[0].text.strip()

    @property
    def text(self) -> str:
        """The text of the main part."""
        return " ".join(self.root.all("main")[0].text.split())

    @property
    def errors(self) -> dict[str, str]:
        """The error summary: id of the input and the text that leads there."""
        summaries = self.root.having("govuk-error-summary")
        links = summaries[0].all("a") if summaries else []
        return {link.attributes["href"].removeprefix("#"): link.text for link in links}

    @property
    def links(self) -> dict[str, str]:
        """Text and address of every link of the main part."""
        main = self.root.all("main")[0]
        return {link.text.strip(): link.attributes.get("href", "") for link in main.all("a")}

    def form(self, action: str | None = None) -> Element:
        """Return the main part's form with that action (path), or its only form."""
        forms = [
            each
            for each in self.root.all("main")[0].all("form")
            if action is None or urlsplit(each.attributes["action"]).path == action
        ]
        assert len(forms) == 1, f"{len(forms)} forms for {action}, not 1"
        return forms[0]

    def filled(self, action: str | None = None) -> dict[str, list[str]]:
        """Return what a browser would send of the form as it stands."""
        return values_of(self.form(action))


def values_of(form: Element) -> dict[str, list[str]]:
    """Return the names and values that a browser would send, buttons left out."""
    sent: dict[str, list[str]] = {}
    for each in form.all("input", "textarea", "select"):
        name, kind = each.attributes.get("name", ""), each.attributes.get("type", "text")
        if not name or kind in {"submit", "button", "file"}:
            continue
        if each.tag == "input" and kind in {"radio", "checkbox"}:
            if "checked" in each.attributes:
                sent.setdefault(name, []).append(each.attributes["value"])
        elif each.tag == "input":
            sent.setdefault(name, []).append(each.attributes.get("value", ""))
        elif each.tag == "textarea":
            text = "".join(part for part in each.children if isinstance(part, str))
            sent.setdefault(name, []).append(text.removeprefix("\n"))
        else:
            options = each.all("option")
            picked = [each for each in options if "selected" in each.attributes] or options[:1]
            sent.setdefault(name, []).extend(each.attributes["value"] for each in picked)
    return sent


def review(response: TestResponse) -> Reviewed:
    """Check an HTML answer. Raises BadPageError with every fault found."""
    tree = _Tree(response.get_data(as_text=True))
    root = tree.root
    faults = list(tree.faults)
    faults += _headers(response)
    for look in (_document, _ids, _labels, _forms, _links, _nothing_inline, _nesting):
        faults += look(root)
    if faults:
        raise BadPageError("\n".join(faults))
    return Reviewed(response, root)


def _headers(response: TestResponse) -> list[str]:
    faults = [
        f"header {name} is {response.headers.get(name)!r}"
        for name, value in HEADERS.items()
        if response.headers.get(name) != value
    ]
    if response.headers.get("Cache-Control") != "no-store":
        faults.append(f"Cache-Control is {response.headers.get('Cache-Control')!r}")
    return faults


def _document(root: Element) -> list[str]:
    faults = []
    pages = root.all("html")
    if len(pages) != 1 or pages[0].attributes.get("lang") != "en-GB":
        faults.append("html without lang en-GB")
    headings, titles, mains = root.all("h1"), root.all("title"), root.all("main")
    if len(headings) != 1 or not headings[0].text.strip():
        faults.append(f"{len(headings)} h1, or an empty one")
    if len(mains) != 1 or mains[0].attributes.get("id") != "main-content":
        faults.append("no single main with the id that the skip link leads to")
    title = titles[0].text if titles else ""
    phrase = title.removeprefix("Error: ").removesuffix(f" - {PRODUCT}")
    if len(titles) != 1 or not title.endswith(f" - {PRODUCT}") or phrase not in TASKS:
        faults.append(f"title {title!r} is not a declared task and the product's name")
    if bool(root.having("govuk-error-summary")) != title.startswith("Error: "):
        faults.append("title and error summary do not agree that something is wrong")
    levels = [int(each.tag[1]) for each in root.all("h1", "h2", "h3", "h4") if _in_main(each)]
    faults += [
        f"heading h{after} follows h{before}"
        for before, after in pairwise(levels)
        if after > before + 1
    ]
    return faults


def _in_main(element: Element) -> bool:
    return any(each.tag == "main" for each in element.above())


def _ids(root: Element) -> list[str]:
    ids = [each.attributes["id"] for each in root.walk() if "id" in each.attributes]
    faults = [f"id {each!r} stands twice" for each in sorted({i for i in ids if ids.count(i) > 1})]
    faults += [f"id {each!r} is empty or has a space" for each in ids if not each or " " in each]
    known = set(ids)
    for element in root.walk():
        for name in ("aria-describedby", "aria-labelledby", "aria-controls"):
            faults += [
                f"{name} leads to {each!r}, which is not there"
                for each in element.attributes.get(name, "").split()
                if each not in known
            ]
        controls = element.attributes.get("data-aria-controls")
        if controls is not None and controls not in known:
            faults.append(f"data-aria-controls leads to {controls!r}, which is not there")
    return faults


def _labels(root: Element) -> list[str]:
    inputs = [
        each
        for each in root.all("input", "select", "textarea")
        if each.attributes.get("type", "text") not in UNLABELLED
    ]
    ids = {each.attributes.get("id") for each in inputs}
    labelled = {each.attributes.get("for"): each.text.strip() for each in root.all("label")}
    faults = [
        f"input {each.attributes.get('name')!r} has no label"
        for each in inputs
        if not labelled.get(each.attributes.get("id")) and "aria-label" not in each.attributes
    ]
    faults += [f"label for {each!r} leads nowhere" for each in labelled if each not in ids]
    faults += [
        f"radio {each.attributes.get('name')!r} stands in no fieldset"
        for each in root.all("input", type="radio")
        if not any(above.tag == "fieldset" for above in each.above())
    ]
    for each in root.all("fieldset"):
        first = next((child for child in each.children if isinstance(child, Element)), None)
        if first is None or first.tag != "legend" or not first.text.strip():
            faults.append("a fieldset without a legend as its first child")
    return faults


def _forms(root: Element) -> list[str]:
    faults = []
    for form in root.all("form"):
        method = form.attributes.get("method", "").lower()
        if method not in {"get", "post"} or "action" not in form.attributes:
            faults.append("a form without method or action")
        exempt = "data-exit" in form.attributes
        tokens = form.all("input", name="csrf_token")
        if method == "post" and not exempt and not (tokens and tokens[0].attributes.get("value")):
            faults.append(f"form to {form.attributes.get('action')!r} has no token")
        if method == "get" and tokens:
            faults.append("a GET form would put its token in the address")
        if not form.all("button"):
            faults.append(f"form to {form.attributes.get('action')!r} has no button")
    return faults


def _links(root: Element) -> list[str]:
    faults = []
    ids = {each.attributes["id"] for each in root.walk() if "id" in each.attributes}
    for link in root.all("a"):
        href = link.attributes.get("href", "")
        if not href.startswith(OK_HEADS) or href.startswith("//"):
            faults.append(f"link {link.text!r} leads to {href!r}")
        if href.startswith("#") and href[1:] not in ids:
            faults.append(f"link {link.text!r} leads to {href!r}, which is not on the page")
        if not link.text.strip():
            faults.append(f"link to {href!r} has no text")
    faults += ["a button without text" for each in root.all("button") if not each.text.strip()]
    for summary in root.having("govuk-error-summary"):
        inputs = {
            each.attributes.get("id") for each in root.all("input", "select", "textarea", "main")
        }
        faults += [
            f"error summary leads to {link.attributes.get('href')!r}, which is no input"
            for link in summary.all("a")
            if link.attributes.get("href", "#")[1:] not in inputs
        ]
    return faults


def _nothing_inline(root: Element) -> list[str]:
    faults = []
    for element in root.walk():
        faults += [
            f"<{element.tag}> has {name}"
            for name in element.attributes
            if name == "style" or name.startswith("on")
        ]
        if element.tag == "style" or (element.tag == "script" and "src" not in element.attributes):
            faults.append(f"inline <{element.tag}>")
        for name in ("src", "srcset", "poster"):
            if element.attributes.get(name, "/").startswith(("//", "http")):
                faults.append(f"<{element.tag}> loads {element.attributes[name]!r}")
        if element.tag == "link" and not element.attributes.get("href", "").startswith("/"):
            faults.append("a link element leads outside")
    return faults


def _nesting(root: Element) -> list[str]:
    faults = []
    for element in root.walk():
        allowed = LIST_CHILDREN.get(element.tag)
        children = [child.tag for child in element.children if isinstance(child, Element)]
        if allowed is not None:
            faults += [
                f"<{tag}> directly in <{element.tag}>" for tag in children if tag not in allowed
            ]
        if element.tag in BLOCKS:
            above = next(element.above(), None)
            if above and above.tag in PHRASING_ONLY - MAY_HOLD_BLOCKS:
                faults.append(f"<{element.tag}> in <{above.tag}>")
        if element.tag == "form" and any(each.tag == "form" for each in element.above()):
            faults.append("a form in a form")
        if element.tag in {"a", "button"} and any(
            each.tag in {"a", "button"} for each in element.above()
        ):
            faults.append(f"<{element.tag}> in a link or button")
    return faults


class PageClient:
    """Asks for pages by endpoint, as a browser on the site would, and reviews each answer."""

    def __init__(self, app: Flask, client: FlaskClient | None = None) -> None:
        self.app = app
        self.client = client or app.test_client()

    def address(self, endpoint: str, **ids: object) -> str:
        """Return the path of an endpoint; a path is returned as it is."""
        if endpoint.startswith("/"):
            return endpoint
        with self.app.test_request_context():
            return str(self.app.url_for(endpoint, **cast("dict[str, Any]", ids)))

    def get(self, endpoint: str, *, status: int = 200, **ids: object) -> Reviewed:
        """Get a page and review it."""
        response = self.client.get(self.address(endpoint, **ids))
        return _reviewed(response, status)

    def post(
        self,
        endpoint: str,
        data: Mapping[str, object] | None = None,
        *,
        status: int = 422,
        **ids: object,
    ) -> Reviewed:
        """Post and review the page that comes straight back, such as a form with problems."""
        return _reviewed(self._send(self.address(endpoint, **ids), data or {}), status)

    def send(
        self, endpoint: str, data: Mapping[str, object] | None = None, **ids: object
    ) -> Reviewed:
        """Post, expect to be sent on, and review the page where that leads."""
        response = self._send(self.address(endpoint, **ids), data or {})
        assert response.status_code in {302, 303}, (
            f"{response.status_code}: {review(response).text[:2000]}"
        )
        return self.get(response.headers["Location"])

    def fill(
        self, page: Reviewed, changes: Mapping[str, object], *, action: str | None = None
    ) -> Reviewed:
        """Fill a page's form in, press its button and review what comes."""
        form = page.form(action)
        names = {
            each.attributes.get("name")
            for each in form.all("input", "select", "textarea", "button")
        }
        unknown = set(changes) - names
        assert not unknown, f"the form has no {sorted(unknown)}; it has {sorted(map(str, names))}"
        target = form.attributes["action"]
        response = self._send(target, {**values_of(form), **changes})
        if response.status_code in {302, 303}:
            return self.get(response.headers["Location"])
        return review(response)

    def _send(self, address: str, data: Mapping[str, object]) -> TestResponse:
        sent = dict(data)
        sent.setdefault("csrf_token", self.token())
        return self.client.post(address, data=sent, headers={"Sec-Fetch-Site": "same-origin"})

    def token(self) -> str:
        """Return a token of this client's session, as any page with a form would hold."""
        with self.client.session_transaction() as session:
            raw = session.setdefault("csrf_token", secrets.token_hex(20))
        key = self.app.secret_key
        assert isinstance(key, str | bytes)
        return str(URLSafeTimedSerializer(key, salt="wtf-csrf-token").dumps(raw))


def _reviewed(response: TestResponse, status: int) -> Reviewed:
    assert response.status_code == status, (
        f"{response.status_code}, not {status}: {response.headers.get('Location', '')}"
        f" {response.get_data(as_text=True)[:2000]}"
    )
    return review(response)
