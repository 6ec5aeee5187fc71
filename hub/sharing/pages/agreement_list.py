"""The register of agreements: those that count, and those that are being written."""

from dataclasses import dataclass

from flask import request, url_for
from flask.typing import ResponseReturnValue

from hub.access.permissions import Permission
from hub.sharing.pages.agreement_words import Tag, tag_of
from hub.sharing.pages.room import grace_days, may_edit, sharing
from hub.sharing.queries.agreements import PAGE_SIZE, AgreementLine, Place, register
from hub.web.current import actor, units
from hub.web.guard import policy
from hub.web.render import Page, Task, page, task

REGISTER = task("Agreements")


@dataclass(frozen=True, kw_only=True)
class RegisterPage(Page):
    """The list of agreements; each with its state in words and a colour."""

    title: Task = REGISTER
    rows: tuple[tuple[AgreementLine, Tag], ...]
    may_edit: bool
    next_href: str


@sharing.get("/agreements", endpoint="register")
@policy(Permission.AGREEMENT_READ)
def register_page() -> ResponseReturnValue:
    """List the agreements by reference."""
    with units().read(actor()) as uow:
        rows = register(uow, grace_days=grace_days(), after=_place(), limit=PAGE_SIZE + 1)
    shown = rows[:PAGE_SIZE]
    following = ""
    if len(rows) > len(shown):
        last = shown[-1]
        following = url_for("sharing.register", begin=last.reference, after=last.number)
    return page(
        "sharing/register.html",
        RegisterPage(
            rows=tuple((line, tag_of(line)) for line in shown),
            may_edit=may_edit(),
            next_href=following,
            wide=True,
        ),
    )


def _place() -> Place | None:
    """Return where the page begins; a broken place is the beginning."""
    try:
        return request.args["begin"], int(request.args["after"])
    except (KeyError, ValueError):
        return None
