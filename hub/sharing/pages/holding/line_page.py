"""A page about one line of a request: what was decided of it beside the form that settles it."""

from dataclasses import dataclass
from uuid import UUID

from flask import url_for
from flask.typing import ResponseReturnValue

from hub.sharing.access import find_line
from hub.sharing.pages.asking.asked import NOT_ABLE
from hub.sharing.pages.holding.lines import LineSaid, asked_people, said_line
from hub.sharing.pages.holding.room import Seen, seen_request
from hub.sharing.queries.asked_rows import AskedFile
from hub.sharing.queries.callback import Number
from hub.sharing.queries.decided import LineView
from hub.sharing.queries.held import way_out_of
from hub.sharing.rules.decision import Scope
from hub.sharing.rules.plain_words import KEPT_BY_THE_HUB, RECORDS
from hub.sharing.rules.request_bases import OFFENCES, SPECIAL
from hub.web.current import actor, units
from hub.web.fields import lower_first
from hub.web.render import ConflictPage, Page, Task, Version, conflict, page, task
from hub.web.said import said_rows
from hub.web.values import Field, FormView

SHARE = task("Share something")
TELL = task("Ring first")
WITHHOLD = task("Do not share something")
TEMPLATES = {
    SHARE: "sharing/held_share.html",
    TELL: "sharing/held_tell.html",
    WITHHOLD: "sharing/held_withhold.html",
}
HEADINGS = {SHARE: "Share", TELL: "Ring first", WITHHOLD: "Do not share"}
FURTHER = ("withheld", "view_of_person", "advice", "review_on")
ACTIONS = {SHARE: "holding.share", TELL: "holding.told", WITHHOLD: "holding.withhold"}


@dataclass(frozen=True)
class SeenLine:
    """A line with its request."""

    seen: Seen
    view: LineView

    @property
    def said(self) -> LineSaid:
        """The line in words."""
        return said_line(self.view)


@dataclass(frozen=True, kw_only=True)
class LinePage(Page):
    """A form about one line of a request, beside what was decided of it."""

    action: str
    line: LineSaid
    scope: Scope
    route: str
    """The words that leave where only the way to the service may be told; empty elsewhere."""
    record: tuple[str, ...]
    """What the rule wants written down and no other question asks."""
    necessity: str
    agreed: str
    is_special: bool
    is_offence: bool
    was_told_by_phone: bool
    numbers: tuple[Number, ...]
    further: tuple[Field, ...]
    """The questions that can wait, behind one line."""
    files: tuple[AskedFile, ...]
    """What goes with the answer."""
    relation: str
    """Where one says that one knows somebody in it."""
    sentence: str = NOT_ABLE
    """All that an asker ever reads of a no."""

    @property
    def is_further_open(self) -> bool:
        """Whether something was said in what can wait, or is wrong there."""
        return any(one.error or any(one.typed) for one in self.further)


def seen_line(line_id: UUID) -> SeenLine:
    """Return a line once the look at its request is on the trail. Raises NotFoundError."""
    with units().read(actor()) as uow:
        request_id = find_line(uow, line_id)
    seen = seen_request(request_id)
    view = next(line for line in seen.sheet.lines if line.id == line_id)
    return SeenLine(seen, view)


def line_page(at: SeenLine, title: Task, form: FormView) -> ResponseReturnValue:
    """Render the form beside the line."""
    sheet, decision = at.seen.sheet, at.view.decision
    scope = decision.scope if decision else Scope.NONE
    with units().read(actor()) as uow:
        route = way_out_of(uow, sheet.row.id)
    codes = decision.explanation.decision.record if decision else ()
    shown = LinePage(
        title=title,
        heading=f"{HEADINGS[title]}: {lower_first(at.said.heading)}",
        caption=sheet.row.reference,
        back=url_for("holding.show", request_id=sheet.row.id),
        form=form,
        action=url_for(ACTIONS[title], line_id=at.view.id),
        line=at.said,
        scope=scope,
        route=route if scope in {Scope.HIT_ONLY, Scope.INVITATION_ONLY} else "",
        record=tuple(RECORDS[code] for code in codes if code not in KEPT_BY_THE_HUB),
        necessity=str(sheet.answers.pages.get("why", {}).get("necessity") or ""),
        agreed=asked_people(at.view),
        is_special=at.view.category in SPECIAL,
        is_offence=at.view.category in OFFENCES,
        was_told_by_phone=at.view.told_at is not None,
        numbers=sheet.asker.numbers,
        further=tuple(
            form[name]
            for name in FURTHER
            if name in form.fields and (name, scope) != ("withheld", Scope.OVERLAP)
        ),
        files=sheet.files_with(at.view.id),
        relation=url_for("holding.relation", request_id=sheet.row.id),
    )
    return page(TEMPLATES[title], shown)


def settled_meanwhile(at: SeenLine, mine: str, form: FormView) -> ResponseReturnValue:
    """Say that somebody else has settled the line, and who; what was typed can be read."""
    rows = (Version("The answer", mine, f"{at.said.tag[0]}: {at.said.ended}"),)
    back = url_for("holding.show", request_id=at.seen.sheet.row.id)
    return conflict(
        ConflictPage(what="this line", versions=rows, reload=back, typed=said_rows(form))
    )
