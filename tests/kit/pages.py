"""A page client that reviews: every HTML answer is checked before the test looks at it.

``pages.get("people.show", person_id=x)`` returns a Reviewed page or fails with the page's faults.
"""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, cast
from urllib.parse import urlsplit

from flask import Flask
from flask.testing import FlaskClient
from itsdangerous import URLSafeTimedSerializer
from werkzeug.test import TestResponse

from kit.html_tree import Element, Tree
from kit.review import faults_of


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
    tree = Tree(response.get_data(as_text=True))
    faults = tree.faults + faults_of(response, tree.root)
    if faults:
        raise BadPageError("\n".join(faults))
    return Reviewed(response, tree.root)


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

    def follow(self, endpoint: str, **ids: object) -> Reviewed:
        """Get a page that sends on, and review the page where that leads."""
        response = self.client.get(self.address(endpoint, **ids))
        assert response.status_code in {302, 303}, response.status_code
        return self.get(response.headers["Location"])

    def raw(
        self, endpoint: str, data: Mapping[str, object] | None = None, **ids: object
    ) -> TestResponse:
        """Post as a script of a page would, and return the answer as it is."""
        return self._send(self.address(endpoint, **ids), data or {})

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
