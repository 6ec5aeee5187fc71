"""One version: as the list of what is still to write, or whole, with what can be done to it."""

from dataclasses import dataclass
from uuid import UUID

from flask import url_for
from flask.typing import ResponseReturnValue

from hub.access.permissions import Permission, could
from hub.agencies.rules.cover import freshness
from hub.agencies.rules.hours import hours_in_words
from hub.sharing.pages.agreement_forms import caption_of
from hub.sharing.pages.agreement_words import MOVES, Tag, tag_of, warnings_of
from hub.sharing.pages.room import may_edit, read_sheet, sharing
from hub.sharing.queries.agreements import AgreementSheet
from hub.sharing.register.contents import Contents, Party
from hub.sharing.register.gaps import Gap, Section
from hub.sharing.register.life import AGREEMENT, WRITING, AgreementAction
from hub.sharing.register.spelling import SECTION_WORDS, spelled_out
from hub.sharing.states import AgreementStatus
from hub.web.current import actor, settings
from hub.web.dates import TODAY
from hub.web.guard import policy
from hub.web.render import Page, SummaryRow, Task, TaskRow, page, task

ONE = task("Agreement")

PAGE_OF = {
    Section.DATES: "opening",
    Section.PARTIES: "parties",
    Section.PURPOSES: "purposes",
    Section.CATEGORIES: "categories",
    Section.EXCLUSIONS: "exclusions",
    Section.GATEWAYS: "gateways",
    Section.BASES: "bases",
    Section.ASSESSMENT: "assessment",
    Section.HANDLING: "handling",
    Section.RIGHTS: "rights",
    Section.ENDING: "ending",
}
"""Where each section of a draft is written, below the address of the agreement."""


@dataclass(frozen=True)
class Block:
    """One section in words."""

    heading: str
    rows: tuple[SummaryRow, ...]


@dataclass(frozen=True)
class PartyCard:
    """A party with its signature and whom one asks there."""

    party: Party
    contact: str
    deputy: str
    has_left: bool


@dataclass(frozen=True)
class Approval:
    """Whether the reader may approve a draft, and if not, what stands in the way."""

    allowed: bool
    why_not: str = ""


@dataclass(frozen=True, kw_only=True)
class AgreementPage(Page):
    """One version, whole: how it stands, what stands in its way, and what may be done to it."""

    title: Task = ONE
    sheet: AgreementSheet
    tag: Tag
    warnings: tuple[str, ...]
    blocks: tuple[Block, ...]
    open: bool
    """Whether the text stands open, as for somebody who is to approve or sign it."""
    parties: tuple[PartyCard, ...]
    actions: frozenset[str]
    approval: Approval | None
    moves: dict[str, str]


@dataclass(frozen=True, kw_only=True)
class DraftPage(Page):
    """A draft as the list of its sections, each with what it lacks first."""

    title: Task = ONE
    sheet: AgreementSheet
    tag: Tag
    tasks: tuple[TaskRow, ...]


@sharing.get("/agreements/<uuid:agreement_id>")
@policy(Permission.AGREEMENT_READ)
def show(agreement_id: UUID) -> ResponseReturnValue:
    """Show one version: a draft to those who write it as a list of tasks, else whole."""
    return shown(read_sheet(agreement_id))


@sharing.get("/agreements/<uuid:agreement_id>/whole")
@policy(Permission.AGREEMENT_READ)
def whole(agreement_id: UUID) -> ResponseReturnValue:
    """Show a version as it reads; a draft is approved from here, by somebody who has read it."""
    return whole_of(read_sheet(agreement_id))


def shown(sheet: AgreementSheet, status: int = 0) -> ResponseReturnValue:
    """Show the version as its reader needs it."""
    if sheet.line.status is AgreementStatus.DRAFT and may_edit():
        return _draft(sheet, status)
    return whole_of(sheet, status)


def _draft(sheet: AgreementSheet, status: int) -> ResponseReturnValue:
    whole_of_it = DraftPage(
        heading=sheet.line.title,
        caption=caption_of(sheet),
        back=url_for("sharing.register"),
        sheet=sheet,
        tag=tag_of(sheet.line),
        tasks=_tasks(sheet),
    )
    return page("sharing/draft.html", whole_of_it, status)


def _tasks(sheet: AgreementSheet) -> tuple[TaskRow, ...]:
    begun = {line.section for line in spelled_out(sheet.contents)}
    return tuple(
        _task(sheet, section, [gap for gap in sheet.lacks if gap.section is section], begun)
        for section in PAGE_OF
    )


def _task(
    sheet: AgreementSheet, section: Section, lacks: list[Gap], begun: set[Section]
) -> TaskRow:
    state = ("To do", "blue") if lacks else ("Done", "")
    if not lacks and section not in begun:
        state = ("Nothing yet", "")
    return TaskRow(
        name=SECTION_WORDS[section],
        status=state[0],
        colour=state[1],
        href=f"{url_for('sharing.show', agreement_id=sheet.line.id)}/{PAGE_OF[section]}",
        hint=lacks[0].cure if lacks else "",
    )


def whole_of(sheet: AgreementSheet, status: int = 0) -> ResponseReturnValue:
    """Show all of a version, with what the reader may do to it."""
    is_draft = sheet.line.status is AgreementStatus.DRAFT
    to_tasks = is_draft and may_edit()
    register = url_for("sharing.register")
    shown_whole = AgreementPage(
        heading=sheet.line.title,
        caption=caption_of(sheet),
        back=url_for("sharing.show", agreement_id=sheet.line.id) if to_tasks else register,
        sheet=sheet,
        tag=tag_of(sheet.line),
        warnings=() if is_draft else warnings_of(sheet.line),
        blocks=blocks_of(sheet.contents),
        open=sheet.line.status in WRITING,
        parties=tuple(_card(sheet, one) for one in sheet.contents.parties),
        actions=frozenset() if is_draft else _actions(sheet),
        approval=_approval(sheet) if is_draft else None,
        moves=MOVES,
    )
    return page("sharing/agreement.html", shown_whole, status)


def _approval(sheet: AgreementSheet) -> Approval | None:
    """Return whether the reader may approve a draft; None for somebody who approves nothing."""
    if not could(actor(), Permission.AGREEMENT_APPROVE):
        return None
    if sheet.wrote:
        return Approval(
            allowed=False,
            why_not="You wrote some of it, so somebody else approves it: another information "
            "governance lead or the senior information risk owner.",
        )
    if sheet.lacks:
        return Approval(allowed=False, why_not="It can be approved once nothing is missing.")
    return Approval(allowed=True)


def blocks_of(contents: Contents) -> tuple[Block, ...]:
    """Return what a version says, section by section."""
    lines = spelled_out(contents)
    return tuple(
        Block(words, tuple(SummaryRow(line.label, line.words) for line in found))
        for section, words in SECTION_WORDS.items()
        if (found := [line for line in lines if line.section is section])
    )


def _card(sheet: AgreementSheet, one: Party) -> PartyCard:
    stale_after = settings().directory.stale_after_days

    def said(contact_id: UUID | None) -> str:
        found = sheet.contacts.get(contact_id) if contact_id else None
        if found is None:
            return ""
        fresh = freshness(found.verified_on, TODAY.get(), stale_after)
        hours = "; ".join(hours_in_words(found.hours)) or "Hours are not recorded"
        return f"{found.name}. {hours}. {fresh.words}"

    return PartyCard(one, said(one.contact_id), said(one.deputy_id), one.has_left(TODAY.get()))


def _actions(sheet: AgreementSheet) -> frozenset[str]:
    """Return what the reader may do to the version."""
    if not may_edit():
        return frozenset()
    return frozenset(
        action.value for action in AgreementAction if AGREEMENT.may(sheet.line.status, action)
    )
