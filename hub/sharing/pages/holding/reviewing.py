"""Looking back at what was shared: the list of a manager, and one of it with what came of it."""

from dataclasses import dataclass
from uuid import UUID

import flask
from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from hub.access.permissions import Permission
from hub.db.looks import Looked
from hub.kernel.errors import NotAllowedError, RefusedError
from hub.sharing.access import find_to_review
from hub.sharing.commands.reviewing import ReviewOutcome, review_outcome
from hub.sharing.pages.holding.lines import LineSaid, said_line
from hub.sharing.pages.holding.room import REQUEST, holding
from hub.sharing.queries.held import WhoAsks
from hub.sharing.queries.reviews import ReviewRow, ReviewSheet, review_sheet, reviews_waiting
from hub.sharing.register import CATEGORIES
from hub.sharing.schemas.approving import OutcomeForm
from hub.web.current import actor, units
from hub.web.forms import blank, read
from hub.web.guard import policy
from hub.web.render import Page, Task, page, task
from hub.web.values import FormView

LIST = task("Look back")
ONE = task("What came of it")


@dataclass(frozen=True, kw_only=True)
class ReviewsPage(Page):
    """What is to be looked at again."""

    title: Task = LIST
    rows: tuple[ReviewRow, ...]
    categories: dict[str, str]


@dataclass(frozen=True, kw_only=True)
class ReviewPage(Page):
    """Something that was shared, and the question what came of it."""

    title: Task = ONE
    disclosure_id: UUID
    line: LineSaid
    asker: WhoAsks


@holding.get("/requests-to-us/look-back")
@policy(Permission.OUTCOME_REVIEW)
def reviews() -> ResponseReturnValue:
    """List what is to be looked at again, the soonest first."""
    with units().read(actor()) as uow:
        rows = reviews_waiting(uow)
    return page("sharing/held_reviews.html", ReviewsPage(rows=rows, categories=dict(CATEGORIES)))


@holding.route("/requests-to-us/look-back/<uuid:disclosure_id>", methods=["GET", "POST"])
@policy(Permission.OUTCOME_REVIEW)
def review(disclosure_id: UUID) -> ResponseReturnValue:
    """Show what was shared with its record, and take what came of it."""
    seen = _seen(disclosure_id)
    if request.method == "GET":
        return _show(seen, blank(OutcomeForm))
    reading = read(OutcomeForm, request.form)
    form = reading.form
    if reading.value is not None:
        cmd = ReviewOutcome(disclosure_id=disclosure_id, text=reading.value)
        try:
            with units().write(actor()) as uow:
                review_outcome(cmd, uow=uow)
            flask.flash("What came of it is kept.", "success")
            return redirect(url_for("holding.reviews"), 303)
        except RefusedError as no:
            form = form.refuse(no.why, field=no.field)
        except NotAllowedError as no:
            form = form.refuse(str(no))
    return _show(seen, form)


def _seen(disclosure_id: UUID) -> ReviewSheet:
    """Return a disclosure once the look at its request is on the trail. Raises NotFoundError."""
    with units().write(actor()) as uow:
        uow.emit(Looked(kind=REQUEST, record_id=find_to_review(uow, disclosure_id)))
    with units().read(actor()) as uow:
        return review_sheet(uow, disclosure_id)


def _show(seen: ReviewSheet, form: FormView) -> ResponseReturnValue:
    left = seen.line.disclosure
    is_open = left is not None and left.outcome is None
    shown = ReviewPage(
        caption=seen.sheet.row.reference,
        back=url_for("holding.reviews"),
        form=form if is_open else None,
        disclosure_id=seen.id,
        line=said_line(seen.line),
        asker=seen.sheet.asker,
        wide=True,
    )
    return page("sharing/held_review.html", shown)
