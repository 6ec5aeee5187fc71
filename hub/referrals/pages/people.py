"""Adding people to a concern: the list of a group, a page for each, and their care question."""

from dataclasses import dataclass
from uuid import UUID

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from hub.access.permissions import Permission
from hub.kernel.drafts import Typed, mark_of
from hub.kernel.errors import NotFoundError, RefusedError
from hub.referrals import commands, journey, queries
from hub.referrals.commands import CARE, FinishGroup, RemoveEntry, SaveEntry
from hub.referrals.journey import PARTY_GROUPS, SECTIONS, Draft, Entry, Stop
from hub.referrals.pages.blueprint import GROUP, address, pages, reader_of, to_check
from hub.referrals.pages.questions import LATER, QuestionPage, follows, paused
from hub.referrals.pages.words import (
    ABOUT,
    CARE_MEANS,
    CARE_TITLE,
    CARE_WHY,
    ENTRY_TITLE,
    FIRST,
    HEADINGS,
    ONE,
    TITLES,
)
from hub.referrals.schemas import DraftReader
from hub.referrals.schemas.people import CareForm
from hub.referrals.schemas.whole import ENTRY_SHAPES
from hub.web import current
from hub.web.fields import Choice
from hub.web.forms import ValuesForm, blank, read, read_typed
from hub.web.guard import policy
from hub.web.render import Page, Task, page, task
from hub.web.said import said
from hub.web.tabs import both_versions, is_overtaken
from hub.web.values import FormView
from hub.web.words import SPOKEN

REMOVE = task("Remove somebody from your draft")
YES = "yes"


class MoreForm(ValuesForm):
    """Whether there is somebody more."""

    more = Choice(
        "Do you want to add somebody?",
        {YES: "Yes", "no": "No"},
        required=True,
        ask="Select yes to add somebody, or no to go on",
    )


@dataclass(frozen=True)
class Added:
    """Somebody who was added, as the list shows them."""

    label: str
    care: str
    href: str
    care_href: str
    remove: str


@dataclass(frozen=True, kw_only=True)
class GroupPage(Page):
    """Who was added to a group, and whether there is somebody more."""

    form: FormView
    action: str
    questions: str
    about: str
    added: tuple[Added, ...]
    legend: str


@dataclass(frozen=True, kw_only=True)
class RemovePage(Page):
    """Whether to take somebody out."""

    title: Task = REMOVE
    action: str
    label: str


@pages.route(f"/concerns/drafts/<uuid:draft_id>/people/{GROUP}", methods=["GET", "POST"])
@policy(Permission.CONCERN_RAISE)
def group(draft_id: UUID, group: str) -> ResponseReturnValue:
    """Show who was added; add somebody more, or go on."""
    with current.units().read(current.actor()) as uow:
        reader = reader_of(uow, queries.read_draft(uow, draft_id))
        fresh = uow.new_id()
    if request.method == "GET":
        shown = group_page(draft_id, reader, group, blank(MoreForm))
        return page("referrals/group.html", shown)
    reading = read(MoreForm, request.form)
    if reading.value is None:
        return page("referrals/group.html", group_page(draft_id, reader, group, reading.form))
    if reading.value["more"] == YES:
        return redirect(entry_address(draft_id, group, fresh), 303)
    with current.units().write(current.actor()) as uow:
        commands.finish_group(FinishGroup(draft_id=draft_id, group=group), uow=uow)
    return redirect(follows(draft_id, group), 303)


@pages.route(
    f"/concerns/drafts/<uuid:draft_id>/people/{GROUP}/<uuid:entry_id>", methods=["GET", "POST"]
)
@policy(Permission.CONCERN_RAISE)
def entry(draft_id: UUID, group: str, entry_id: UUID) -> ResponseReturnValue:
    """Show or save what is said about one person; whoever is new is added by saving."""
    with current.units().read(current.actor()) as uow:
        draft = queries.read_draft(uow, draft_id)
    known = draft.entry(group, entry_id)
    shape = ENTRY_SHAPES[group]
    saved = known.typed if known else None
    if request.method == "GET":
        form = read_typed(shape, known.typed).form if known else blank(shape)
        shown = entry_page(draft_id, group, entry_id, form, saved)
        return page("referrals/question.html", shown, 200)

    reading = read(shape, request.form)
    if is_overtaken(saved, reading.typed):
        here = entry_address(draft_id, group, entry_id)
        return both_versions(shape, reading.form, saved, options={}, page=here)
    cmd = SaveEntry(draft_id=draft_id, group=group, entry_id=entry_id, typed=reading.typed)
    try:
        with current.units().write(current.actor()) as uow:
            commands.save_entry(cmd, uow=uow)
    except RefusedError as no:
        form = reading.form.refuse(no.why, field=no.field)
        shown = entry_page(draft_id, group, entry_id, form, saved)
        return page("referrals/question.html", shown)
    if request.form.get("then") == LATER:
        return paused()
    if reading.value is None:
        shown = entry_page(draft_id, group, entry_id, reading.form, reading.typed)
        return page("referrals/question.html", shown)
    return redirect(after_entry(draft_id, group, entry_id), 303)


@pages.route(
    f"/concerns/drafts/<uuid:draft_id>/people/{GROUP}/<uuid:entry_id>/care",
    methods=["GET", "POST"],
)
@policy(Permission.CONCERN_RAISE)
def entry_care(draft_id: UUID, group: str, entry_id: UUID) -> ResponseReturnValue:
    """Ask whether one added person is care-experienced; it cannot be skipped."""
    with current.units().read(current.actor()) as uow:
        draft = queries.read_draft(uow, draft_id)
    known = draft.entry(group, entry_id)
    if known is None or group not in PARTY_GROUPS:
        raise NotFoundError("no such person in the draft")
    if request.method == "GET":
        form = blank(CareForm, typed=known.care or {})
        return page("referrals/question.html", care_page(draft_id, group, known, form))

    reading = read(CareForm, request.form)
    if request.form.get("then") == LATER:
        return paused()
    if reading.value is None:
        return page("referrals/question.html", care_page(draft_id, group, known, reading.form))
    cmd = SaveEntry(
        draft_id=draft_id, group=group, entry_id=entry_id, typed=reading.typed, part=CARE
    )
    with current.units().write(current.actor()) as uow:
        commands.save_entry(cmd, uow=uow)
    return redirect(address(draft_id, None if to_check() else Stop(group)), 303)


@pages.route(
    f"/concerns/drafts/<uuid:draft_id>/people/{GROUP}/<uuid:entry_id>/remove",
    methods=["GET", "POST"],
)
@policy(Permission.CONCERN_RAISE)
def remove_entry(draft_id: UUID, group: str, entry_id: UUID) -> ResponseReturnValue:
    """Ask whether to take somebody out, and do it."""
    back = address(draft_id, Stop(group), check=to_check())
    if request.method == "GET":
        with current.units().read(current.actor()) as uow:
            draft = queries.read_draft(uow, draft_id)
        known = draft.entry(group, entry_id)
        if known is None:
            raise NotFoundError("no such person in the draft")
        label = entry_label(draft, group, known)
        shown = RemovePage(heading=f"Remove {label}?", back=back, action=request.path, label=label)
        return page("referrals/remove.html", shown)
    cmd = RemoveEntry(draft_id=draft_id, group=group, entry_id=entry_id)
    with current.units().write(current.actor()) as uow:
        commands.remove_entry(cmd, uow=uow)
    return redirect(back, 303)


def entry_address(
    draft_id: UUID, group: str, entry_id: UUID, endpoint: str = "referrals.entry"
) -> str:
    """Return the address of one person's page, or of another page about them."""
    to = "check" if to_check() else None
    return url_for(endpoint, draft_id=draft_id, group=group, entry_id=entry_id, to=to)


def after_entry(draft_id: UUID, group: str, entry_id: UUID) -> str:
    """Return where to go after somebody's page: to their care question, where it must be asked.

    Who came to mend one thing goes back to the check page.
    """
    with current.units().read(current.actor()) as uow:
        draft = queries.read_draft(uow, draft_id)
        needs = reader_of(uow, draft).needs
    known = draft.entry(group, entry_id)
    asks = known is not None and group in PARTY_GROUPS and needs.care_of(group, known)
    if asks and known is not None and (known.care is None or not to_check()):
        return address(draft_id, Stop(group, entry_id), check=to_check())
    return address(draft_id, None if to_check() else Stop(group))


def entry_name(known: Entry, group: str) -> str:
    """Return the name that was typed of somebody; empty where there is none."""
    values = {name: " ".join(typed) for name, typed in known.typed.items()}
    names = ("agency", "name") if group == journey.PROFESSIONAL else ("given_name", "family_name")
    return " ".join(filter(None, (values.get(each, "").strip() for each in names)))


def entry_label(draft: Draft, group: str, known: Entry) -> str:
    """Return how somebody is called in the list: by name, or by place where there is none."""
    name = entry_name(known, group)
    if name:
        return name
    position = 1 + [each.id for each in draft.entries(group)].index(known.id)
    return f"{SPOKEN.get().fill(ONE[group])} {position}, no name given"


def group_page(draft_id: UUID, reader: DraftReader, group: str, form: FormView) -> GroupPage:
    """Return the list of a group."""
    words = SPOKEN.get()
    check = to_check()
    draft = reader.draft
    added = []
    for each in draft.entries(group):
        asks = group in PARTY_GROUPS and reader.needs.care_of(group, each)
        added.append(
            Added(
                label=entry_label(draft, group, each),
                care=care_said(each) if asks else "",
                href=entry_address(draft_id, group, each.id),
                care_href=address(draft_id, Stop(group, each.id), check=check) if asks else "",
                remove=entry_address(draft_id, group, each.id, "referrals.remove_entry"),
            )
        )
    before = journey.before(draft, reader.needs, group)
    one = words.fill(ONE[group])
    return GroupPage(
        title=TITLES[group],
        heading=words.fill(HEADINGS[group]),
        caption=f"Question {journey.number_of(group)} of {len(SECTIONS)}",
        back=address(draft_id, None if check else before),
        form=form,
        action=address(draft_id, Stop(group), check=check),
        questions=url_for("referrals.questions", draft_id=draft_id),
        about=words.fill(ABOUT[group]),
        added=tuple(added),
        legend=f"Do you want to add {'another' if added else article(one)} {one}?",
    )


def article(noun: str) -> str:
    """Return "a" or "an"."""
    return "an" if noun[0] in "aeiou" else "a"


def care_said(known: Entry) -> str:
    """Return what was answered about somebody's care experience, in words."""
    if known.care is None:
        return ""
    return str(said(blank(CareForm, typed=known.care)["care_experienced"]))


def entry_page(
    draft_id: UUID, group: str, entry_id: UUID, form: FormView, saved: Typed | None
) -> QuestionPage:
    """Return the page about one person; ``saved`` is what the draft holds of them."""
    first = tuple(form[each] for each in FIRST[group]) if group in FIRST else tuple(form)
    more = tuple(each for each in form if each not in first)
    one = SPOKEN.get().fill(ONE[group])
    return QuestionPage(
        title=ENTRY_TITLE,
        heading=f"About {article(one)} {one}",
        caption=f"Question {journey.number_of(group)} of {len(SECTIONS)}",
        back=address(draft_id, Stop(group), check=to_check()),
        form=form,
        action=entry_address(draft_id, group, entry_id),
        questions=url_for("referrals.questions", draft_id=draft_id),
        first=first,
        more=more,
        is_more_open=any(each.error or any(each.typed) for each in more),
        seen=mark_of(saved),
    )


def care_page(draft_id: UUID, group: str, known: Entry, form: FormView) -> QuestionPage:
    """Return the page that asks about somebody's care experience."""
    words = SPOKEN.get()
    with current.units().read(current.actor()) as uow:
        draft = queries.read_draft(uow, draft_id)
    name = entry_label(draft, group, known)
    return QuestionPage(
        title=CARE_TITLE,
        heading=f"Is this person {words.care_experienced}: {name}?",
        caption=f"Question {journey.number_of(group)} of {len(SECTIONS)}",
        back=entry_address(draft_id, group, known.id),
        form=form,
        action=address(draft_id, Stop(group, known.id), check=to_check()),
        questions=url_for("referrals.questions", draft_id=draft_id),
        about=words.fill(CARE_WHY),
        first=tuple(form),
        is_care=True,
        means=words.fill(CARE_MEANS),
    )
