"""Who a victim is, as the return counts it: beside the concern, and one small page to record it."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from typing_extensions import override

from hub.access.permissions import Permission
from hub.db.looks import look
from hub.db.units import UnitOfWork
from hub.kernel.errors import ConflictError, NotFoundError, RefusedError
from hub.marac.commands.equality import RecordEquality, record_equality
from hub.marac.pages.blueprint import pages
from hub.marac.queries.equality import answers_of
from hub.marac.rules.equality import (
    COUNTED,
    GENDER,
    NOT_KNOWN,
    SHORT,
    Recorded,
    Source,
    not_known,
)
from hub.meetings.pages.planning import FormPage
from hub.people.pages.beside import Panel, PanelLine
from hub.referrals.access import open_concern
from hub.referrals.schemas.people import GENDERS, YES_NO_UNKNOWN
from hub.web import current
from hub.web.fields import Choice, Hidden, PlainText
from hub.web.forms import Form, blank, read
from hub.web.guard import policy
from hub.web.phrases import said_day
from hub.web.render import ConflictPage, conflict, page, task, versions
from hub.web.values import FormView, Link

COUNT = task("What the return counts")
SOURCES = {
    Source.REFERRER: "The referrer",
    Source.IDVA: "The Idva service",
    Source.AGENCY: "The record of another agency",
    Source.MEETING: "It was said at the meeting",
    Source.OTHER_AREA: "The MARAC that sent the case",
}
NOTE = (
    "These four answers are counted in the quarterly return. Nothing is decided by them. Record "
    "what somebody who knows has said, never a guess: “Not known” is a true answer, and it is "
    "counted as not known."
)


@dataclass(frozen=True, kw_only=True)
class Said:
    """What was typed."""

    answers: dict[str, str]
    source: Source
    note: str
    number: str


class EqualityForm(Form[Said]):
    """The four answers that a return counts, and who knows them."""

    is_minoritised = Choice(
        "Is the {w.victim} Black, Asian or of another racially minoritised group?",
        YES_NO_UNKNOWN,
        required=True,
        ask="Select what is known of the ethnic group",
    )
    is_disabled = Choice(
        "Is the {w.victim} disabled, as the Equality Act means it?",
        YES_NO_UNKNOWN,
        required=True,
        ask="Select what is known of disability",
    )
    is_lgbt = Choice(
        "Is the {w.victim} LGBT+?",
        YES_NO_UNKNOWN,
        required=True,
        ask="Select what is known of LGBT+",
    )
    gender = Choice(
        "Sex or gender", GENDERS, required=True, ask="Select what is known of sex or gender"
    )
    source = Choice(
        "How do you know?",
        {one.value: words for one, words in SOURCES.items()},
        required=True,
        ask="Select how you know",
    )
    note = PlainText(
        "Who said so, and when", hint="If it helps to find it again", max_length=200, width="20"
    )
    number = Hidden("Version", required=True)

    @override
    def build(self, values: dict[str, Any]) -> Said:
        """Return what was typed."""
        return Said(
            answers={name: values[name] for name in COUNTED},
            source=Source(values["source"]),
            note=values["note"] or "",
            number=values["number"],
        )


def equality_panel(uow: UnitOfWork, concern_id: UUID) -> Panel | None:
    """Return the panel to a co-ordinator of the area: what a return counts as not known."""
    try:
        open_concern(uow, concern_id, Permission.CONCERN_SCREEN)
    except NotFoundError:
        return None
    answers, recorded = answers_of(uow, concern_id)
    record = Link("Record them", url_for("marac.equality", concern_id=concern_id))
    return Panel(
        heading="Counted in the return",
        lines=_lines(answers, recorded),
        nothing="",
        links=(record,),
    )


@pages.route("/screening/<uuid:concern_id>/counted", methods=["GET", "POST"])
@policy(Permission.CONCERN_SCREEN)
def equality(concern_id: UUID) -> ResponseReturnValue:
    """Ask for the four answers once the look is in the trail, and record them."""
    with current.units().read(current.actor()) as uow:
        reference = open_concern(uow, concern_id, Permission.CONCERN_SCREEN).reference
    look(current.units(), current.actor(), "concern", [concern_id])
    with current.units().read(current.actor()) as uow:
        answers, recorded = answers_of(uow, concern_id)
    if request.method == "GET":
        known = {**answers, "number": recorded.number if recorded else 0}
        return _page(concern_id, reference, blank(EqualityForm, known))
    reading = read(EqualityForm, request.form)
    if reading.value is None:
        return _page(concern_id, reference, reading.form)
    try:
        with current.units().write(current.actor()) as uow:
            record_equality(_command(concern_id, reading.value), uow=uow)
    except ConflictError:
        return _both(answers, recorded, reading.form)
    except RefusedError as no:
        return _page(concern_id, reference, reading.form.refuse(no.why, field=no.field))
    flash("The return counts what you recorded.", "success")
    return redirect(url_for("referrals.concern", concern_id=concern_id), 303)


def _command(concern_id: UUID, said: Said) -> RecordEquality:
    number = said.number if said.number.isascii() and said.number.isdigit() else "0"
    return RecordEquality(
        concern_id=concern_id,
        answers=said.answers,
        source=said.source,
        note=said.note,
        number=int(number),
    )


def _lines(answers: dict[str, str], recorded: Recorded | None) -> tuple[PanelLine, ...]:
    lacks = not_known(answers)
    known = "All four answers are known."
    open_ones = f"Nobody has said: {', '.join(SHORT[name] for name in lacks)}."
    tag, colour = (f"{len(lacks)} not known", "yellow") if lacks else ("Known", "grey")
    lines = [PanelLine(tag, colour, open_ones if lacks else known)]
    if recorded is not None:
        by = f" by {recorded.recorded_by}" if recorded.recorded_by else ""
        text = f"On {said_day(recorded.recorded_at)}{by}. {SOURCES[recorded.source]}."
        lines.append(PanelLine("Recorded", "grey", f"{text} {recorded.note}".strip()))
    return tuple(lines)


def _both(
    answers: dict[str, str], recorded: Recorded | None, form: FormView
) -> ResponseReturnValue:
    """Show what was typed beside what somebody else recorded meanwhile."""
    words = {**dict.fromkeys(COUNTED, YES_NO_UNKNOWN), GENDER: GENDERS}
    theirs = {name: words[name].get(answers[name], words[name][NOT_KNOWN]) for name in COUNTED}
    if recorded is not None:
        theirs |= {"source": SOURCES[recorded.source], "note": recorded.note}
    typed = request.form.items(multi=True)
    kept = tuple(pair for pair in typed if pair[0] not in {"number", "csrf_token"})
    return conflict(
        ConflictPage(
            what="what the return counts",
            versions=versions(form, theirs),
            reload=request.path,
            again=request.path,
            keep=(*kept, ("number", str(recorded.number if recorded else 0))),
            changed_by=recorded.recorded_by if recorded else "",
        )
    )


def _page(concern_id: UUID, reference: str, form: FormView) -> ResponseReturnValue:
    shown = FormPage(
        title=COUNT,
        caption=f"Concern {reference}",
        form=form,
        action=request.path,
        button="Record",
        note=NOTE,
        back=url_for("referrals.concern", concern_id=concern_id),
    )
    return page("meetings/form.html", shown)
