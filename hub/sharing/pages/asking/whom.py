"""Whom to ask: found in the directory. And whom to ring when somebody is in danger now."""

from dataclasses import dataclass
from uuid import UUID

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from hub.access.permissions import Permission
from hub.kernel.drafts import mark_of
from hub.kernel.errors import NotFoundError
from hub.sharing.commands.request_drafts import SaveAskPage, save_ask_page
from hub.sharing.pages.asking.questions import after, follows, paused
from hub.sharing.pages.asking.room import (
    LATER,
    Opened,
    address,
    asking,
    open_ask,
    opened,
    to_check,
)
from hub.sharing.pages.asking.words import HEADINGS, TITLES
from hub.sharing.queries.asking_drafts import read_ask
from hub.sharing.queries.holders import Holder, Ring, ring
from hub.sharing.rules.request_answers import AskPage
from hub.sharing.schemas.requests import SHAPES
from hub.web import current
from hub.web.forms import blank, gather
from hub.web.guard import policy
from hub.web.render import Page, Task, page, task
from hub.web.tabs import both_versions, is_overtaken
from hub.web.values import FormView

RING = task("Ring now")
FIND = "find"
HOLDER = AskPage.HOLDER


@dataclass(frozen=True, kw_only=True)
class HolderPage(Page):
    """The search box, and whom it found."""

    form: FormView
    action: str
    questions: str
    has_looked: bool
    seen: str


@dataclass(frozen=True, kw_only=True)
class RingPage(Page):
    """The number to ring, the same whomever it is about."""

    title: Task = RING
    holder: Holder
    ring: Ring
    on: str


@asking.route("/requests/drafts/<uuid:ask_id>/holder", methods=["GET", "POST"])
@policy(Permission.REQUEST_ASK)
def holder(ask_id: UUID) -> ResponseReturnValue:
    """Look in the directory, and keep whom is picked."""
    was = open_ask(ask_id, HOLDER)
    if request.method == "GET":
        return _page(ask_id, was, _form(was))
    declared = SHAPES[HOLDER]()
    typed = {
        name: list(gather(request.form, name, declared.asked(name))) for name in ("q", "chosen")
    }
    saved = was.draft.pages.get(HOLDER)
    if is_overtaken(saved, typed):
        form = blank(SHAPES[HOLDER], typed=typed, options=was.reader.options(HOLDER))
        here = address(ask_id, HOLDER, check=to_check())
        options = was.reader.options(HOLDER)
        return both_versions(SHAPES[HOLDER], form, saved, options=options, page=here)
    is_chosen = bool(typed["chosen"])
    with current.units().write(current.actor()) as uow:
        cmd = SaveAskPage(draft_id=ask_id, page=HOLDER, typed=typed, is_done=is_chosen)
        save_ask_page(cmd, uow=uow)
    then, now = request.form.get("then"), open_ask(ask_id, HOLDER)
    if then == LATER:
        return paused()
    if then == FIND:
        return redirect(address(ask_id, HOLDER, check=to_check()), 303)
    if now.holder is None:
        return _page(ask_id, now, _unchosen(now))
    return redirect(follows(ask_id, HOLDER, was, now), 303)


@asking.get("/requests/drafts/<uuid:ask_id>/ring-now")
@policy(Permission.REQUEST_ASK)
def ring_now(ask_id: UUID) -> ResponseReturnValue:
    """Show whom to ring while the draft goes on; nothing on it depends on the person."""
    with current.units().read(current.actor()) as uow:
        now = opened(uow, read_ask(uow, ask_id))
        if now.holder is None:
            raise NotFoundError("nobody to ring yet")
        number = ring(uow, now.holder)
    left = [each for each in now.reader.walk if each not in now.draft.done]
    on = address(ask_id, left[0]) if left else after(ask_id, AskPage.DECLARATION, now.reader)
    shown = RingPage(
        heading="Ring them now",
        back=url_for("asking.questions", ask_id=ask_id),
        holder=now.holder,
        ring=number,
        on=on,
    )
    return page("sharing/ask_ring.html", shown)


def _form(was: Opened) -> FormView:
    """Return the search as it was left; whoever cannot be asked any more is not picked."""
    typed = dict(was.draft.pages.get(HOLDER, {}))
    if was.holder is None:
        typed["chosen"] = []
    return blank(SHAPES[HOLDER], typed=typed, options=was.reader.options(HOLDER))


def _unchosen(now: Opened) -> FormView:
    """Return the page with what to do, beside the choices or, without any, beside the search."""
    form = _form(now)
    if form["chosen"].options:
        return form.refuse("Select whom you ask", field="chosen")
    return form.refuse("Look for whoever holds the information, then select them", field="q")


def _page(ask_id: UUID, now: Opened, form: FormView) -> ResponseReturnValue:
    home = url_for("asking.questions", ask_id=ask_id)
    shown = HolderPage(
        title=TITLES[HOLDER],
        heading=HEADINGS[HOLDER],
        caption=f"Question 1 of {len(now.reader.walk) + 1}",
        back=url_for("asking.check", ask_id=ask_id) if to_check() else home,
        form=form,
        action=address(ask_id, HOLDER, check=to_check()),
        questions=home,
        has_looked=bool(form["q"].value.strip()),
        seen=mark_of(now.draft.pages.get(HOLDER)),
    )
    return page("sharing/ask_holder.html", shown)
