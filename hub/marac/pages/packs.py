"""The pack for a review: asked for, looked through, released by a second person, printed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType
from typing import Any, cast
from uuid import UUID

from flask import flash, g, redirect, request, url_for
from flask.typing import ResponseReturnValue
from typing_extensions import override

from hub.access.permissions import Permission
from hub.db.looks import look_at
from hub.db.units import UnitOfWork
from hub.kernel.errors import RefusedError
from hub.marac.commands.packs import AskPack, LooksAt, ask_pack, entries_of, release_pack
from hub.marac.pack_doors import open_pack
from hub.marac.pages.blueprint import pages
from hub.marac.queries.packs import PackRow, pack_row, packs_of
from hub.marac.rules.pack import Entry, What
from hub.referrals.access import open_concern
from hub.referrals.held_words import answers_in_words
from hub.web import current
from hub.web.dates import DateParts
from hub.web.fields import LongText
from hub.web.forms import Form, blank, read
from hub.web.guard import policy
from hub.web.render import Page, Task, page, task
from hub.web.values import FormView

PACKS = task("Packs for a review")
REVIEW_PACK = task("Pack for a review")

WHAT = MappingProxyType(
    {
        What.CONCERN: "Concern raised",
        What.ADDITION: "More was said",
        What.SCREENING: "Decided on",
        What.REPEAT: "Repeat or new",
        What.EQUALITY: "Recorded for equality",
        What.LISTED: "Put on an agenda",
        What.INVITED: "Invited",
        What.ANSWERED: "Answered an invitation",
        What.EXCUSED: "Reason why nobody was asked",
        What.ASKED: "Agency asked",
        What.RESEARCH: "Research",
        What.ATTENDANCE: "Attendance",
        What.NOTE: "Record of the meeting",
        What.HEARING: "Dealt with",
        What.ACTION: "Action agreed",
        What.STEP: "What became of an action",
        What.EVIDENCE: "Evidence",
        What.MINUTES: "Minutes",
        What.ADDENDUM: "Put right behind the minutes",
        What.LETTER: "Letter given",
        What.LOOK: "Looked at",
    }
)


@dataclass(frozen=True, kw_only=True)
class Asked:
    """Which review asks, as it was typed."""

    died_on: date
    why: str

    def command(self, concern_id: UUID) -> AskPack:
        """Return the command that asks for the pack."""
        return AskPack(concern_id=concern_id, died_on=self.died_on, why=self.why)


class PackForm(Form[Asked]):
    """Which review asks for a pack."""

    died_on = DateParts("When did they die?", called="the day", required=True, not_future=True)
    why = LongText(
        "Which review asks for it?",
        required=True,
        hint="Its name or number, and who asks.",
        ask="Enter which review asks for it",
        max_length=1000,
        rows=2,
    )

    @override
    def build(self, values: dict[str, Any]) -> Asked:
        return Asked(died_on=values["died_on"], why=values["why"])


@dataclass(frozen=True, kw_only=True)
class PacksPage(Page):
    """The packs of a case, and the form that asks for one."""

    title: Task = PACKS
    action: str
    packs: tuple[PackRow, ...]


@dataclass(frozen=True, kw_only=True)
class PackPage(Page):
    """A pack as it is printed; before it is released, what would be in it."""

    title: Task = REVIEW_PACK
    wide: bool = True
    pack: PackRow
    entries: tuple[Entry, ...]
    what: Mapping[What, str]
    may_release: bool
    printed_at: datetime


@pages.route("/concerns/<uuid:concern_id>/packs", methods=["GET", "POST"])
@policy(Permission.CASE_LINK)
def packs(concern_id: UUID) -> ResponseReturnValue:
    """List the packs of a case and ask for one; asking holds everything of it."""
    if request.method == "GET":
        return _list(concern_id, blank(PackForm))
    reading = read(PackForm, request.form)
    if reading.value is None:
        return _list(concern_id, reading.form)
    try:
        with current.units().write(current.actor()) as uow:
            pack_id = ask_pack(reading.value.command(concern_id), uow=uow)
    except RefusedError as no:
        return _list(concern_id, reading.form.refuse(no.why, field=no.field))
    flash("Everything of the case is held from now on. A second person releases the pack.")
    return redirect(url_for("marac.review_pack", pack_id=pack_id), 303)


@pages.get("/packs/<uuid:pack_id>")
@policy(Permission.CASE_LINK)
def review_pack(pack_id: UUID) -> ResponseReturnValue:
    """Show a pack to print, or to be looked through first, once the look is in the trail."""
    with current.units().read(current.actor()) as uow:
        concern_id = open_pack(uow, pack_id).concern_id
    look_at(current.units(), current.actor(), [("review_pack", pack_id), ("concern", concern_id)])
    with current.units().read(current.actor()) as uow:
        pack, now = pack_row(uow, pack_id), uow.now
        is_out = pack.released_at is not None
        entries = pack.entries if is_out else _entries(uow, concern_id)
    shown = PackPage(
        heading=f"Pack {pack.reference}",
        back=url_for("marac.packs", concern_id=concern_id),
        pack=pack,
        entries=entries,
        what=WHAT,
        may_release=not is_out and pack.asked_by != current.actor().account_id,
        printed_at=now,
    )
    return page("marac/review_pack.html", shown)


@pages.post("/packs/<uuid:pack_id>/release")
@policy(Permission.CASE_LINK)
def release(pack_id: UUID) -> ResponseReturnValue:
    """Release a pack as the second person."""
    try:
        with current.units().write(current.actor()) as uow:
            release_pack(pack_id, uow=uow, looks=_looks(), answers=answers_in_words)
    except RefusedError as no:
        flash(no.why)
    else:
        flash("The pack is released. It stays as it is now.", "success")
    return redirect(url_for("marac.review_pack", pack_id=pack_id), 303)


def _entries(uow: UnitOfWork, concern_id: UUID) -> tuple[Entry, ...]:
    return entries_of(uow, concern_id, _looks(), answers_in_words)


def _looks() -> LooksAt:
    return cast("LooksAt", g.case_looks)


def _list(concern_id: UUID, form: FormView) -> ResponseReturnValue:
    with current.units().read(current.actor()) as uow:
        reference = open_concern(uow, concern_id, Permission.CASE_LINK).reference
        found = packs_of(uow, concern_id)
    shown = PacksPage(
        caption=f"Concern {reference}",
        back=url_for("referrals.concern", concern_id=concern_id),
        form=form,
        action=request.path,
        packs=found,
    )
    return page("marac/packs.html", shown)
