"""How a line leaves, is told by telephone first, or is withheld; each with what is written down."""

from dataclasses import dataclass
from uuid import UUID

from flask import request, url_for
from flask.typing import ResponseReturnValue

from hub.access.permissions import Permission
from hub.kernel.days import london_day
from hub.kernel.errors import NotAllowedError, RefusedError
from hub.sharing.access import find_line
from hub.sharing.commands.releasing import share_line, withhold_line
from hub.sharing.commands.telling import TellLine, tell_line
from hub.sharing.pages.holding.lines import LineSaid, asked_people, said_line
from hub.sharing.pages.holding.room import (
    Seen,
    do,
    holding,
    policy_now,
    seen_request,
    to_request,
)
from hub.sharing.queries.callback import Number
from hub.sharing.queries.decided import LineView
from hub.sharing.queries.held import way_out_of
from hub.sharing.rules.decision import Outcome, Scope
from hub.sharing.rules.plain_words import KEPT_BY_THE_HUB, RECORDS
from hub.sharing.rules.request_bases import OFFENCES, SPECIAL
from hub.sharing.schemas.releasing import ShareForm, ToldForm, WithholdForm, basis_options
from hub.sharing.states import LINE_ENDS
from hub.web.current import actor, units
from hub.web.forms import Options, blank, read
from hub.web.guard import policy
from hub.web.render import ConflictPage, Page, Task, Version, conflict, page, task
from hub.web.values import FormView

SHARE = task("Share something")
TELL = task("Ring first")
WITHHOLD = task("Do not share something")
TEMPLATES = {
    SHARE: "sharing/held_share.html",
    TELL: "sharing/held_tell.html",
    WITHHOLD: "sharing/held_withhold.html",
}
ACTIONS = {SHARE: "holding.share", TELL: "holding.told", WITHHOLD: "holding.withhold"}
SENTENCE = (
    "Not able to share through this route; your message has been passed to the duty team where "
    "appropriate."
)
"""All that an asker ever reads of a no, whether nobody is known or the answer is no."""


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
    sentence: str = SENTENCE


@holding.route("/requests-to-us/lines/<uuid:line_id>/share", methods=["GET", "POST"])
@policy(Permission.REQUEST_ANSWER)
def share(line_id: UUID) -> ResponseReturnValue:
    """Let a line out, in exact words, with its whole record."""
    at = _seen_line(line_id)
    if at.view.state in LINE_ENDS:
        return _settled_meanwhile(at, "Share it")
    if _rings_first(at):
        return _line_page(at, TELL, blank(ToldForm))
    options = _bases(at)
    if request.method == "GET":
        return _line_page(at, SHARE, blank(ShareForm, _opens(at), options=options))
    reading = read(ShareForm, request.form, options=options)
    form = reading.form
    if reading.value is not None:
        cmd = reading.value.command(line_id)
        try:
            do(lambda uow: share_line(cmd, uow=uow, policy=policy_now()), "It is shared.")
            return to_request(at.seen.sheet.row.id)
        except RefusedError as no:
            form = form.refuse(no.why, field=no.field)
        except NotAllowedError as no:
            form = form.refuse(str(no))
    return _line_page(at, SHARE, form)


@holding.post("/requests-to-us/lines/<uuid:line_id>/told")
@policy(Permission.REQUEST_ANSWER)
def told(line_id: UUID) -> ResponseReturnValue:
    """Note that a line was told by telephone; its record is then owed."""
    at = _seen_line(line_id)
    reading = read(ToldForm, request.form)
    form = reading.form
    if not form.problems:
        cmd = TellLine(line_id=line_id, told_at=reading.value)
        try:
            do(
                lambda uow: tell_line(cmd, uow=uow, policy=policy_now()),
                "Noted. Now write it down, by the end of the next working day.",
            )
            return to_request(at.seen.sheet.row.id)
        except RefusedError as no:
            form = form.refuse(no.why, field=no.field)
    return _line_page(at, TELL, form)


@holding.route("/requests-to-us/lines/<uuid:line_id>/withhold", methods=["GET", "POST"])
@policy(Permission.REQUEST_ANSWER)
def withhold(line_id: UUID) -> ResponseReturnValue:
    """Answer a line with the one sentence, and keep the reason."""
    at = _seen_line(line_id)
    if at.view.state in LINE_ENDS:
        return _settled_meanwhile(at, "Do not share it")
    if request.method == "GET":
        return _line_page(at, WITHHOLD, blank(WithholdForm, _risks(at)))
    reading = read(WithholdForm, request.form)
    form = reading.form
    if reading.value is not None:
        cmd = reading.value.command(line_id)
        try:
            do(lambda uow: withhold_line(cmd, uow=uow, policy=policy_now()), "It is not shared.")
            return to_request(at.seen.sheet.row.id)
        except RefusedError as no:
            form = form.refuse(no.why, field=no.field)
    return _line_page(at, WITHHOLD, form)


def _seen_line(line_id: UUID) -> SeenLine:
    with units().read(actor()) as uow:
        request_id = find_line(uow, line_id)
    seen = seen_request(request_id)
    view = next(line for line in seen.sheet.lines if line.id == line_id)
    return SeenLine(seen, view)


def _rings_first(at: SeenLine) -> bool:
    """Tell whether somebody is in danger and nobody has rung about this line yet."""
    decision = at.view.decision
    is_danger = decision is not None and decision.outcome is Outcome.ROUTE_NOW
    return is_danger and at.view.told_at is None


def _bases(at: SeenLine) -> Options:
    decision = at.view.decision
    question = decision.question if decision else None
    return basis_options(
        at.seen.sheet.holder_kind,
        london_day(at.seen.now),
        question.subject_age if question else None,
        has_care_needs=question is not None and question.s42.care_and_support_needs,
    )


def _opens(at: SeenLine) -> dict[str, object]:
    """Return what the form opens with: both risks and the advice as others wrote them."""
    by_phone = at.view.told_at is not None
    advice = "\n\n".join(one.said for one in at.seen.sheet.advice if one.said)
    return {
        **_risks(at),
        "advice": advice or None,
        "method": "phone" if by_phone else "hub",
        "shared_at": at.view.told_at,
        "onward": "none",
    }


def _risks(at: SeenLine) -> dict[str, object]:
    """Return the risks as the approvers wrote them, each behind the one before."""
    names = ("risk_of_sharing", "risk_of_not_sharing")
    return {
        name: "\n\n".join(filter(None, (getattr(one, name) for one in at.view.approvals))) or None
        for name in names
    }


def _line_page(at: SeenLine, title: Task, form: FormView) -> ResponseReturnValue:
    sheet, decision = at.seen.sheet, at.view.decision
    scope = decision.scope if decision else Scope.NONE
    with units().read(actor()) as uow:
        route = way_out_of(uow, sheet.row.id)
    codes = decision.explanation.decision.record if decision else ()
    shown = LinePage(
        title=title,
        heading=f"{title}: {at.said.heading.lower()}" if title != TELL else "",
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
    )
    return page(TEMPLATES[title], shown)


def _settled_meanwhile(at: SeenLine, mine: str) -> ResponseReturnValue:
    """Say that somebody else has settled the line, and who."""
    rows = (Version("The answer", mine, f"{at.said.tag[0]}: {at.said.ended}"),)
    back = url_for("holding.show", request_id=at.seen.sheet.row.id)
    return conflict(ConflictPage(what="this line", versions=rows, reload=back))
