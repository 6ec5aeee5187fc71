"""The kit's own pages: leaving quickly, the two statements in the footer, and broken policies."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from itertools import count

from flask import Blueprint, Response, make_response
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from hub.web.guard import public_endpoint
from hub.web.headers import REPORTS_PATH, forget
from hub.web.render import Page, page, task
from hub.web.values import Link

LOG = logging.getLogger("hub.web")
EXIT_PATH = "/leave"
FOOTER = (
    Link("Accessibility statement", "/accessibility"),
    Link("Privacy", "/privacy"),
)
LEFT = Markup(
    '<!DOCTYPE html><html lang="en-GB"><head><title>Weather</title></head>'
    '<body><h1><a href="{exit_to}">Weather</a></h1></body></html>'
)
PUBLIC = frozenset({"static", "web.leave", "web.accessibility", "web.privacy", "web.policy_report"})
"""The kit's endpoints that need no sign-in."""


@dataclass(frozen=True, kw_only=True)
class StatementPage(Page):
    """A page of text alone."""


ACCESSIBILITY = StatementPage(title=task("Accessibility statement"))
PRIVACY = StatementPage(title=task("Privacy"))


def kit_pages(*, exit_to: str, end: Callable[[], None]) -> Blueprint:
    """Return the kit's pages. ``exit_to`` is the neutral site; ``end`` ends the session."""
    blueprint = Blueprint("web", __name__, template_folder="templates")
    reports = count(1)

    @blueprint.post(EXIT_PATH)
    @public_endpoint("page:leave")
    def leave() -> Response:
        """End the session and go to the neutral site, whatever state anything is in.

        A redirect after a form would be stopped by our own form-action policy, so the page that
        is sent holds nothing and refreshes to the other site at once.
        """
        end()
        response = make_response(LEFT.format(exit_to=exit_to))
        response.headers["Refresh"] = f"0; url={exit_to}"
        return forget(response)

    @blueprint.post(REPORTS_PATH)
    @public_endpoint("page:report")
    def policy_report() -> ResponseReturnValue:
        """Count that a browser stopped something on a page; what it says of it is not read.

        A report holds addresses and pieces of pages, and anybody can send one. So there is a line
        in the log for the first, second, fourth, eighth and so on, and nothing else is kept.
        """
        number = next(reports)
        if number & (number - 1) == 0:
            LOG.warning("a browser stopped something on a page: %d so far", number)
        return "", 204

    @blueprint.get("/accessibility")
    @public_endpoint("page:accessibility")
    def accessibility() -> ResponseReturnValue:
        return page("web/accessibility.html", ACCESSIBILITY)

    @blueprint.get("/privacy")
    @public_endpoint("page:privacy")
    def privacy() -> ResponseReturnValue:
        return page("web/privacy.html", PRIVACY)

    return blueprint
