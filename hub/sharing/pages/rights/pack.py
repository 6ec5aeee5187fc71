"""The pack of a request: drawn up, judged item by item, let out by a second person, printed."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

import flask
from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from hub.access.permissions import Permission
from hub.db.looks import look
from hub.kernel.errors import ConflictError, NotAllowedError, NotFoundError, RefusedError
from hub.sharing.commands.packing import JudgeItem, draw_pack, judge_item
from hub.sharing.commands.subject_access import release_access
from hub.sharing.pack_doors import find_pack_item
from hub.sharing.pages.rights.access import seen_access
from hub.sharing.pages.rights.room import Seen, pack_sources, rights
from hub.sharing.pages.rights.saying_packs import PackSaid, RowSaid, said_pack, said_row
from hub.sharing.queries.packs import (
    GivenPack,
    PackSheet,
    Section,
    ToJudge,
    given_pack,
    judged_rows,
    next_to_judge,
    pack_rows,
    pack_sheet,
    sections_of,
)
from hub.sharing.queries.subject_access import AccessRow, access_row
from hub.sharing.rules.pack import Exemption, Keeper, Mark, PackVerdict, Said
from hub.sharing.rules.pack_kinds import KIND_WORDS, ItemKind
from hub.sharing.schemas.packs import JudgeForm, verdicts
from hub.web.current import actor, units
from hub.web.forms import blank, read
from hub.web.guard import policy
from hub.web.render import Page, Task, page, task
from hub.web.values import FormView

PACK = task("The pack")
ITEM = task("One item of the pack")
LIST = task("Items to judge")
RELEASE = task("Let the pack out")
COPY = task("Copy to print")
LOOKED_AT, COPIED = "pack_item", "pack_given"
"""What the trail calls a look at an item, and at the copy of what was given."""
STALE = "Somebody changed this item since you opened it. Read it again, then save."


@dataclass(frozen=True, kw_only=True)
class PackPage(Page):
    """Every item of a pack, and what can be done with the whole of it."""

    title: Task = PACK
    access: AccessRow
    said: PackSaid
    reader_id: UUID | None


@dataclass(frozen=True, kw_only=True)
class ItemPage(Page):
    """One item: what is held, why it must be looked at twice, and the verdict."""

    title: Task = ITEM
    sheet: PackSheet
    row: RowSaid
    kind: str


@dataclass(frozen=True, kw_only=True)
class ListPage(Page):
    """What waits for a co-ordinator."""

    title: Task = LIST
    requests: tuple[ToJudge, ...]
    kinds: dict[ItemKind, str]


@dataclass(frozen=True, kw_only=True)
class ReleasePage(Page):
    """What is given and what is not, before a second person lets it out."""

    title: Task = RELEASE
    access: AccessRow
    said: PackSaid
    sections: tuple[Section, ...]
    kinds: dict[ItemKind, str]


@dataclass(frozen=True, kw_only=True)
class CopyPage(Page):
    """What was given, to print: a section an item."""

    title: Task = COPY
    given: GivenPack
    kinds: dict[ItemKind, str]


@rights.get("/access/<uuid:access_id>/pack")
@policy(Permission.ACCESS_HANDLE)
def pack(access_id: UUID) -> ResponseReturnValue:
    """Show every item of a pack."""
    seen = seen_access(access_id)
    with units().read(actor()) as uow:
        row, items = access_row(uow, access_id), pack_rows(uow, access_id)
    shown = PackPage(
        caption=seen.name,
        back=url_for("rights.access", person_id=seen.id),
        access=row,
        said=said_pack(items),
        reader_id=actor().account_id,
        wide=True,
    )
    return page("sharing/pack.html", shown)


@rights.post("/access/<uuid:access_id>/pack")
@policy(Permission.ACCESS_HANDLE)
def pack_draw(access_id: UUID) -> ResponseReturnValue:
    """Draw a pack up, or draw it up again."""
    seen_access(access_id)
    try:
        with units().write(actor()) as uow:
            draw_pack(access_id, uow=uow, sources=pack_sources())
        flask.flash("Drawn up from everything that is held.", "success")
    except RefusedError as no:
        flask.flash(no.why)
    return redirect(url_for("rights.pack", access_id=access_id), 303)


@rights.route("/access/items/<uuid:pack_item_id>", methods=["GET", "POST"])
@policy(Permission.ACCESS_HANDLE)
def pack_item(pack_item_id: UUID) -> ResponseReturnValue:
    """Show one item of the person's own service, and take a verdict on it."""
    access_id = _look(pack_item_id, Keeper.SERVICE)
    seen = seen_access(access_id)
    return _item(pack_item_id, access_id, seen)


@rights.get("/judge")
@policy(Permission.PACK_JUDGE)
def judge_list() -> ResponseReturnValue:
    """List what waits for the actor as a co-ordinator."""
    with units().read(actor()) as uow:
        found = judged_rows(uow)
    return page("sharing/judge_list.html", ListPage(requests=found, kinds=KIND_WORDS))


@rights.route("/judge/<uuid:pack_item_id>", methods=["GET", "POST"])
@policy(Permission.PACK_JUDGE)
def judge(pack_item_id: UUID) -> ResponseReturnValue:
    """Show one item to a co-ordinator, and take a verdict on it."""
    return _item(pack_item_id, _look(pack_item_id, Keeper.COORDINATOR), None)


@rights.route("/access/<uuid:access_id>/release", methods=["GET", "POST"])
@policy(Permission.ACCESS_HANDLE)
def access_release(access_id: UUID) -> ResponseReturnValue:
    """Show what is withheld and why, and let the pack out as the second person."""
    seen = seen_access(access_id)
    if request.method == "POST":
        try:
            with units().write(actor()) as uow:
                release_access(access_id, uow=uow, sources=pack_sources())
            flask.flash("Let out. It can be printed and given now.", "success")
            return redirect(url_for("rights.access", person_id=seen.id), 303)
        except RefusedError as no:
            flask.flash(no.why)
        except NotAllowedError as no:
            flask.flash(str(no))
        return redirect(url_for("rights.pack", access_id=access_id), 303)
    look(units(), actor(), COPIED, [access_id])
    with units().read(actor()) as uow:
        row, items = access_row(uow, access_id), pack_rows(uow, access_id)
        sections = sections_of(uow, access_id) if row.prepared_by else ()
    shown = ReleasePage(
        caption=seen.name,
        back=url_for("rights.pack", access_id=access_id),
        access=row,
        said=said_pack(items),
        sections=sections,
        kinds=KIND_WORDS,
        wide=True,
    )
    return page("sharing/pack_release.html", shown)


@rights.get("/access/<uuid:access_id>/copy")
@policy(Permission.ACCESS_HANDLE)
def access_copy(access_id: UUID) -> ResponseReturnValue:
    """Show what was given, to print, once the look is on the trail."""
    seen = seen_access(access_id)
    look(units(), actor(), COPIED, [access_id])
    with units().read(actor()) as uow:
        given = given_pack(uow, access_id)
    if given is None:
        raise NotFoundError("nothing was given")
    back = url_for("rights.access", person_id=seen.id)
    shown = CopyPage(back=back, given=given, kinds=KIND_WORDS, wide=True)
    return page("sharing/pack_copy.html", shown)


def _look(item_id: UUID, keeper: Keeper) -> UUID:
    """Return the request of an item, once the look at it is on the trail. Raises NotFoundError."""
    with units().read(actor()) as uow:
        found, access_id = find_pack_item(uow, item_id)
    if found is not keeper:
        raise NotFoundError("no such item")
    look(units(), actor(), LOOKED_AT, [item_id])
    return access_id


def _item(item_id: UUID, access_id: UUID, seen: Seen | None) -> ResponseReturnValue:
    """Show an item, or take a verdict; without ``seen`` it is a co-ordinator's."""
    with units().read(actor()) as uow:
        sheet = pack_sheet(uow, item_id)
    only_withhold = Mark.OTHER_SIDE in sheet.row.marks
    options = {"verdict": verdicts(only_withhold=only_withhold)}
    if request.method == "GET":
        saved = _saved(sheet) | ({"verdict": PackVerdict.WITHHOLD.value} if only_withhold else {})
        return _show(sheet, seen, blank(JudgeForm, saved, options=options))
    reading = read(JudgeForm, request.form, options=options)
    form = reading.form
    if reading.value is not None:
        try:
            with units().write(actor()) as uow:
                judge_item(_judgement(item_id, reading.value), uow=uow)
            return _on(access_id, seen)
        except RefusedError as no:
            form = form.refuse(no.why, field=no.field)
        except ConflictError:
            form = form.refuse(STALE)
    return _show(sheet, seen, form)


def _judgement(item_id: UUID, values: dict[str, Any]) -> JudgeItem:
    exemption = values["exemption"]
    said = Said(
        verdict=PackVerdict(values["verdict"]),
        redacted=values["redacted"] or "",
        exemption=Exemption(exemption) if exemption else None,
        why=values["why"] or "",
    )
    return JudgeItem(item_id=item_id, version=int(values["version"]), said=said)


def _on(access_id: UUID, seen: Seen | None) -> ResponseReturnValue:
    """Go on to the next item that waits, or back to the list."""
    keeper = Keeper.COORDINATOR if seen is None else Keeper.SERVICE
    with units().read(actor()) as uow:
        following = next_to_judge(uow, access_id, keeper)
    flask.flash("Written down.", "success")
    if seen is None:
        one, whole = "rights.judge", url_for("rights.judge_list")
    else:
        one, whole = "rights.pack_item", url_for("rights.pack", access_id=access_id)
    return redirect(url_for(one, pack_item_id=following) if following else whole, 303)


def _saved(sheet: PackSheet) -> dict[str, Any]:
    row = sheet.row
    return {
        "verdict": row.verdict.value if row.verdict else None,
        "redacted": sheet.redacted or sheet.original,
        "exemption": row.exemption.value if row.exemption else None,
        "why": row.why or None,
        "version": str(sheet.version),
    }


def _show(sheet: PackSheet, seen: Seen | None, form: FormView) -> ResponseReturnValue:
    back = url_for("rights.judge_list")
    if seen is not None:
        back = url_for("rights.pack", access_id=sheet.access_id)
    can_judge = not sheet.is_answered and not sheet.row.is_gone
    shown = ItemPage(
        heading=KIND_WORDS[sheet.row.kind],
        caption=seen.name if seen else f"Request {sheet.reference}",
        back=back,
        form=form if can_judge else None,
        sheet=sheet,
        row=said_row(sheet.row),
        kind=KIND_WORDS[sheet.row.kind],
        wide=True,
    )
    return page("sharing/pack_item.html", shown)
