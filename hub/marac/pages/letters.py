"""A letter that says when a case was heard: asked for, written down, printed; nothing is opened."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from typing_extensions import override

from hub.access.permissions import Permission
from hub.db.looks import look_at
from hub.kernel.errors import RefusedError
from hub.marac.commands.letters import GiveLetter, give_letter
from hub.marac.pages.blueprint import pages
from hub.marac.queries.letters import LetterRow, letter_row, letters_of, name_on
from hub.meetings.access import open_item
from hub.referrals.queries import concern_row, parties_of
from hub.referrals.states import PartyRole
from hub.web import current
from hub.web.fields import Choice, Phone, PlainText, Tick
from hub.web.forms import Form, blank, read
from hub.web.guard import policy
from hub.web.render import Page, Task, page, task
from hub.web.values import FormView, Option

GIVE = task("A letter that it was heard")
LETTER = task("Letter")

ASKED_AS = {
    "victim": "The person themselves",
    "solicitor": "Their solicitor",
    "supporter": "A professional who supports them",
}
CHECKED_BY = {
    "document": "I saw a document with their name",
    "known": "They are known to me or to my agency",
    "called_back": "I rang back on a safe number that we held already",
}


@dataclass(frozen=True, kw_only=True)
class Asked:
    """Who asked, as it was typed."""

    party_id: UUID
    asked_as: str
    asked_by: str
    checked_by: str
    phone: str
    is_not_for_alleged: bool

    def command(self, item_id: UUID) -> GiveLetter:
        """Return the command that writes the letter down."""
        return GiveLetter(
            item_id=item_id,
            party_id=self.party_id,
            asked_as=self.asked_as,
            asked_by=self.asked_by,
            checked_by=self.checked_by,
            phone=self.phone,
            is_not_for_alleged=self.is_not_for_alleged,
        )


class LetterForm(Form[Asked]):
    """Who asks for a letter, and how you made sure."""

    party_id = Choice("Whose case is it?", required=True, ask="Select whose case it is")
    asked_as = Choice("Who asks?", ASKED_AS, required=True, ask="Select who asks for the letter")
    asked_by = PlainText(
        "Name of whoever asks",
        required=True,
        ask="Enter the name of whoever asks",
        max_length=200,
    )
    checked_by = Choice(
        "How did you make sure who they are?",
        CHECKED_BY,
        required=True,
        ask="Select how you made sure who asks",
    )
    phone = Phone(
        "Telephone number for questions",
        called="a telephone number for questions",
        hint="Of your agency. It stands in the letter.",
        required=True,
        ask="Enter a telephone number for questions",
    )
    is_not_for_alleged = Tick(
        "Nobody of the alleged side asks for it or passes it on",
        required=True,
        ask="Say that nobody of the alleged side asks for it or passes it on",
    )

    @override
    def build(self, values: dict[str, Any]) -> Asked:
        return Asked(**{**values, "party_id": UUID(values["party_id"])})


@dataclass(frozen=True, kw_only=True)
class GivePage(Page):
    """The form of a letter, and the letters that were given."""

    title: Task = GIVE
    action: str
    given: tuple[LetterRow, ...]
    asked_words: Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class LetterPage(Page):
    """The letter as it is printed, and what is kept of it."""

    title: Task = LETTER
    letter: LetterRow
    name: str
    asked_words: Mapping[str, str]
    checked_words: Mapping[str, str]


@pages.route("/meetings/cases/<uuid:item_id>/letter", methods=["GET", "POST"])
@policy(Permission.HEARING_RECORD)
def give(item_id: UUID) -> ResponseReturnValue:
    """Ask who wants the letter, then write down that it is given."""
    options = {"party_id": _victims(item_id)}
    if request.method == "GET":
        only = options["party_id"][0].value if len(options["party_id"]) == 1 else None
        return _show(item_id, blank(LetterForm, {"party_id": only}, options=options))
    reading = read(LetterForm, request.form, options=options)
    if reading.value is None:
        return _show(item_id, reading.form)
    try:
        with current.units().write(current.actor()) as uow:
            letter_id = give_letter(reading.value.command(item_id), uow=uow)
    except RefusedError as no:
        return _show(item_id, reading.form.refuse(no.why, field=no.field))
    flash("The letter is written down. Print it and hand it over yourself.", "success")
    return redirect(url_for("marac.letter", letter_id=letter_id), 303)


@pages.get("/letters/<uuid:letter_id>")
@policy(Permission.HEARING_RECORD)
def letter(letter_id: UUID) -> ResponseReturnValue:
    """Show a letter to print, once the look is in the trail."""
    with current.units().read(current.actor()) as uow:
        row = letter_row(uow, letter_id)
    look_at(
        current.units(), current.actor(), [("discussion_letter", row.id), ("item", row.item_id)]
    )
    with current.units().read(current.actor()) as uow:
        name = name_on(uow, row)
    shown = LetterPage(
        caption=f"Letter {row.reference}",
        back=url_for("marac.give", item_id=row.item_id),
        letter=row,
        name=name,
        asked_words=ASKED_AS,
        checked_words=CHECKED_BY,
    )
    return page("marac/letter.html", shown)


def _victims(item_id: UUID) -> tuple[Option, ...]:
    """Return the victims of a case by name, once the look is in the trail."""
    with current.units().read(current.actor()) as uow:
        concern_id = open_item(uow, item_id).concern_id
    look_at(current.units(), current.actor(), [("item", item_id)])
    with current.units().read(current.actor()) as uow:
        parties = parties_of(uow, [concern_id]) if concern_id else ()
    return tuple(
        Option(str(one.id), one.name or "Name not known")
        for one in parties
        if one.role == PartyRole.VICTIM
    )


def _show(item_id: UUID, form: FormView) -> ResponseReturnValue:
    with current.units().read(current.actor()) as uow:
        concern_id = open_item(uow, item_id).concern_id
        given = letters_of(uow, item_id)
        case = concern_row(uow, concern_id).reference if concern_id else ""
    shown = GivePage(
        caption=f"Case {case}",
        back=url_for("meetings.case", item_id=item_id),
        form=form,
        action=request.path,
        given=given,
        asked_words=ASKED_AS,
    )
    return page("marac/give_letter.html", shown)
