"""Taking consent back in two taps, and what those are shown who had received something."""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

import flask
from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from hub.access.permissions import Permission
from hub.db.looks import look
from hub.sharing.commands import WithdrawConsent, understand, withdraw_consent
from hub.sharing.consent_doors import find_consent, open_notice
from hub.sharing.pages.consents.room import NOTICE, consents, seen_person
from hub.sharing.pages.consents.saying import WHAT
from hub.sharing.queries.consent_waiting import NoticeLine, NoticeRow, notice_row, own_notices
from hub.sharing.register import PURPOSES
from hub.sharing.rules.coded import Category, Purpose
from hub.sharing.schemas.consents import WithdrawForm
from hub.web.current import actor, units
from hub.web.forms import blank, read
from hub.web.guard import policy
from hub.web.render import Page, Task, page, task
from hub.web.values import FormView

TAKE_BACK = task("Take consent back")
TAKEN_BACK = task("Consent was taken back")


@dataclass(frozen=True, kw_only=True)
class WithdrawPage(Page):
    """What follows, and the one button."""

    title: Task = TAKE_BACK
    form: FormView
    action: str
    is_all: bool


@dataclass(frozen=True, kw_only=True)
class NoticesPage(Page):
    """What was taken back, those first that wait for a word."""

    title: Task = TAKEN_BACK
    rows: tuple[NoticeLine, ...]


@dataclass(frozen=True, kw_only=True)
class NoticePage(Page):
    """What somebody must stop using, without a word of what was said."""

    title: Task = TAKEN_BACK
    since: datetime
    is_understood: bool
    action: str
    what: tuple[str, ...]
    why: tuple[str, ...]


@consents.route("/consents/<uuid:consent_id>/withdraw", methods=["GET", "POST"])
@policy(Permission.CONSENT_RECORD)
def withdraw(consent_id: UUID) -> ResponseReturnValue:
    """Take one record of a yes back."""
    with units().read(actor()) as uow:
        person_id = find_consent(uow, consent_id, Permission.CONSENT_RECORD)
    return _withdraw(person_id, consent_id)


@consents.route("/people/<uuid:person_id>/consents/withdraw", methods=["GET", "POST"])
@policy(Permission.CONSENT_RECORD)
def withdraw_all(person_id: UUID) -> ResponseReturnValue:
    """Take everything back that somebody agreed to."""
    return _withdraw(person_id, None)


def _withdraw(person_id: UUID, consent_id: UUID | None) -> ResponseReturnValue:
    seen = seen_person(person_id, Permission.CONSENT_RECORD)
    back = url_for("consents.records", person_id=person_id)
    shown = WithdrawPage(
        heading="They take back everything" if consent_id is None else "They take this back",
        caption=seen.name,
        back=back,
        form=blank(WithdrawForm),
        action=request.path,
        is_all=consent_id is None,
    )
    if request.method == "GET":
        return page("sharing/withdraw.html", shown)
    reading = read(WithdrawForm, request.form)
    if reading.value is None:
        return page("sharing/withdraw.html", replace(shown, form=reading.form))
    words = reading.value["own_words"] or ""
    cmd = WithdrawConsent(person_id=person_id, consent_id=consent_id, own_words=words)
    with units().write(actor()) as uow:
        withdraw_consent(cmd, uow=uow)
    flask.flash("Taken back. Nothing is shared on the strength of it any more.", "success")
    return redirect(back, 303)


@consents.get("/withdrawals")
@policy(Permission.WITHDRAWAL_READ)
def notices() -> ResponseReturnValue:
    """List what was taken back of what the actor had received."""
    with units().read(actor()) as uow:
        rows = own_notices(uow)
    look(units(), actor(), NOTICE, [row.id for row in rows])
    return page("sharing/withdrawals.html", NoticesPage(rows=rows))


@consents.route("/withdrawals/<uuid:notice_id>", methods=["GET", "POST"])
@policy(Permission.WITHDRAWAL_READ)
def notice(notice_id: UUID) -> ResponseReturnValue:
    """Tell somebody who had received something that consent was taken back."""
    if request.method == "POST":
        with units().write(actor()) as uow:
            understand(notice_id, uow=uow)
        flask.flash("Thank you. That is written down.", "success")
        return redirect(url_for("consents.notices"), 303)
    with units().read(actor()) as uow:
        open_notice(uow, notice_id)
    look(units(), actor(), NOTICE, [notice_id])
    with units().read(actor()) as uow:
        row = notice_row(uow, open_notice(uow, notice_id))
    return page("sharing/withdrawal.html", _notice_page(row))


def _notice_page(row: NoticeRow) -> NoticePage:
    return NoticePage(
        heading="Consent was taken back",
        caption=row.name,
        back=url_for("consents.notices"),
        since=row.told_at,
        is_understood=row.understood_at is not None,
        action=request.path,
        what=tuple(WHAT[one] for one in Category if one in row.categories),
        why=tuple(PURPOSES[one] for one in Purpose if one in row.purposes),
    )
