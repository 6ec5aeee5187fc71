"""An approver's pages: what waits, and one line with both risks on one screen."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import flask
from flask import Blueprint, redirect, request, url_for
from flask.typing import ResponseReturnValue

from hub.access.permissions import Permission
from hub.db.looks import Looked
from hub.kernel.errors import ConflictError, NotAllowedError, RefusedError
from hub.sharing.access import find_approval
from hub.sharing.commands.approving import answer_approval, decline_to_approve
from hub.sharing.pages.asking.saying import Section
from hub.sharing.pages.holding.asked import asked_rows
from hub.sharing.pages.holding.lines import ANSWERS, LineSaid, said_line
from hub.sharing.pages.holding.room import REQUEST, hand_out, policy_now
from hub.sharing.pages.holding.saying import PRIORITIES
from hub.sharing.pages.holding.sheet import MAIN, signed_rows, whole
from hub.sharing.queries.approvals import (
    PAGE_SIZE,
    ApprovalRow,
    ApprovalSheet,
    Place,
    approval_sheet,
    approvals_waiting,
)
from hub.sharing.queries.asked_rows import AskedFile
from hub.sharing.queries.held import WhoAsks
from hub.sharing.register import CATEGORIES
from hub.sharing.rules.approvers import WORDS
from hub.sharing.rules.decision import Outcome
from hub.sharing.rules.lines import ApprovalState
from hub.sharing.schemas.approving import AGREE, CHOOSE, ApprovalForm, ApprovalSaid
from hub.web.current import actor, units
from hub.web.fields import upper_first
from hub.web.forms import Options, blank, read
from hub.web.guard import policy
from hub.web.render import (
    ConflictPage,
    Page,
    SummaryRow,
    Task,
    Version,
    conflict,
    page,
    task,
    versions,
)
from hub.web.values import FormView, Link

approving = Blueprint("approving", __name__, template_folder="../templates")

WAITING = task("Approvals")
ONE = task("Approve, or say no")
DECLINE = task("Pass it on")
WRITTEN = ("risk_of_sharing", "risk_of_not_sharing", "reason")
DECLINE_LEAD = (
    "If you know somebody in this request, or are related to them, another person in your role is "
    "asked instead. From then on the request is not there for you. You cannot take this back."
)


@dataclass(frozen=True, kw_only=True)
class WaitingPage(Page):
    """What the actor is asked to approve."""

    title: Task = WAITING
    rows: tuple[ApprovalRow, ...]
    now: datetime
    categories: dict[str, str]
    roles: dict[str, str]
    priorities: dict[str, tuple[str, str]]
    next_href: str = ""
    wide: bool = True


@dataclass(frozen=True, kw_only=True)
class ApprovalPage(Page):
    """One line to approve, with the request around it."""

    title: Task = ONE
    approval_id: UUID
    as_whom: str
    line: LineSaid
    asker: WhoAsks
    asked: tuple[SummaryRow, ...]
    whole: tuple[Section, ...]
    files: tuple[Link, ...]
    is_choice: bool
    """Whether the law leaves it to the approvers, who weigh both risks."""
    answered: tuple[str, str] | None
    """What became of it, where nothing is asked any more."""
    suspended: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class DeclinePage(Page):
    """Before somebody passes an approval on."""

    title: Task = DECLINE
    action: str
    button: str = "I know somebody in it"
    lead: str = DECLINE_LEAD


@approving.get("/approvals")
@policy(Permission.APPROVAL_GIVE)
def waiting() -> ResponseReturnValue:
    """List what waits for the actor's yes or no, the soonest due first."""
    with units().read(actor()) as uow:
        rows = approvals_waiting(uow, after=_after())
        now = uow.now
    shown = rows[:PAGE_SIZE]
    following = ""
    if len(rows) > len(shown):
        place = f"{shown[-1].due_at.isoformat()}_{shown[-1].id}"
        following = url_for("approving.waiting", after=place)
    return page(
        "sharing/approvals.html",
        WaitingPage(
            rows=shown,
            now=now,
            categories=dict(CATEGORIES),
            roles={letter.value: words for letter, words in WORDS.items()},
            priorities={one.value: words for one, words in PRIORITIES.items()},
            next_href=following,
        ),
    )


@approving.route("/approvals/<uuid:approval_id>", methods=["GET", "POST"])
@policy(Permission.APPROVAL_GIVE)
def one(approval_id: UUID) -> ResponseReturnValue:
    """Show one line with its request, and take the answer with both risks."""
    seen = _seen(approval_id)
    options = _options(seen)
    if request.method == "GET":
        form = blank(ApprovalForm, {"version": seen.version}, options=options)
        return _show(seen, form)
    reading = read(ApprovalForm, request.form, options=options)
    form = reading.form
    if reading.value is not None:
        try:
            return _answer(approval_id, reading.value)
        except ConflictError as stale:
            return _meanwhile(form, stale)
        except RefusedError as no:
            form = form.refuse(no.why, field=no.field)
        except NotAllowedError as no:
            form = form.refuse(str(no))
    return _show(seen, form)


@approving.route("/approvals/<uuid:approval_id>/decline", methods=["GET", "POST"])
@policy(Permission.APPROVAL_GIVE)
def decline(approval_id: UUID) -> ResponseReturnValue:
    """Pass an approval on because one knows somebody in the request."""
    if request.method == "GET":
        seen = _seen(approval_id)
        shown = DeclinePage(
            caption=seen.sheet.row.reference,
            back=url_for("approving.one", approval_id=approval_id),
            action=url_for("approving.decline", approval_id=approval_id),
        )
        return page("sharing/held_form.html", shown)
    with units().write(actor()) as uow:
        decline_to_approve(approval_id, uow=uow, policy=policy_now())
    flask.flash("Thank you. Somebody else is asked.", "success")
    return redirect(url_for("approving.waiting"), 303)


@approving.get("/approvals/<uuid:approval_id>/files/<uuid:attachment_id>")
@policy(Permission.APPROVAL_GIVE)
def file(approval_id: UUID, attachment_id: UUID) -> ResponseReturnValue:
    """Hand out the asker's evidence, or what would go with the line."""
    return hand_out(_files(_seen(approval_id)), attachment_id)


def _files(seen: ApprovalSheet) -> tuple[AskedFile, ...]:
    """Return the asker's evidence, such as a court's order, and what would go with the line."""
    return (*seen.sheet.evidence, *seen.sheet.files_with(seen.line.id))


def _answer(approval_id: UUID, said: ApprovalSaid) -> ResponseReturnValue:
    with units().write(actor()) as uow:
        answer_approval(said.command(approval_id), uow=uow, policy=policy_now())
    flask.flash("Your answer is kept, with your name and both risks.", "success")
    return redirect(url_for("approving.waiting"), 303)


def _seen(approval_id: UUID) -> ApprovalSheet:
    """Return an approval once the look at its request is on the trail. Raises NotFoundError."""
    with units().write(actor()) as uow:
        uow.emit(Looked(kind=REQUEST, record_id=find_approval(uow, approval_id)))
    with units().read(actor()) as uow:
        return approval_sheet(uow, approval_id)


def _is_choice(seen: ApprovalSheet) -> bool:
    return seen.line.decision is not None and seen.line.decision.outcome is Outcome.DECIDE


def _options(seen: ApprovalSheet) -> Options:
    return {"answer": CHOOSE if _is_choice(seen) else AGREE}


def _show(seen: ApprovalSheet, form: FormView) -> ResponseReturnValue:
    sheet = seen.sheet
    is_asked = seen.state is ApprovalState.ASKED
    shown = ApprovalPage(
        caption=sheet.row.reference,
        heading=CATEGORIES[seen.line.category],
        back=url_for("approving.waiting"),
        form=form if is_asked else None,
        approval_id=seen.id,
        as_whom=WORDS[seen.letter],
        line=said_line(seen.line),
        asker=sheet.asker,
        asked=(*asked_rows(sheet.answers, *MAIN), *signed_rows(sheet)),
        whole=whole(sheet),
        files=tuple(
            Link(one.name, url_for("approving.file", approval_id=seen.id, attachment_id=one.id))
            for one in _files(seen)
        ),
        is_choice=_is_choice(seen),
        answered=None if is_asked else ANSWERS[seen.state],
        suspended=sheet.suspended,
        wide=True,
    )
    return page("sharing/approval.html", shown)


def _meanwhile(form: FormView, stale: ConflictError) -> ResponseReturnValue:
    """Say that somebody answered meanwhile, or that nothing is asked any more."""
    labels = {option.value: option.label for option in form["answer"].options}
    theirs = ANSWERS[ApprovalState(stale.theirs["state"])][0]
    return conflict(
        ConflictPage(
            what="this approval",
            versions=(
                Version("Answer", labels.get(form["answer"].value, ""), upper_first(theirs)),
                *versions(form, {name: stale.theirs[name] for name in WRITTEN}),
            ),
            reload=url_for("approving.waiting"),
        )
    )


def _after() -> Place | None:
    """Return the approval after which the page begins; a broken place is the beginning."""
    at, _, approval_id = request.args.get("after", "").partition("_")
    try:
        return datetime.fromisoformat(at), UUID(approval_id)
    except ValueError:
        return None
