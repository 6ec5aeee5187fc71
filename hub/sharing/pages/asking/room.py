"""What the pages of an asker have in common: the blueprint, and a draft as it reads today."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from flask import Blueprint, request, url_for

from hub.db.files import FileStore
from hub.db.units import UnitOfWork
from hub.kernel.drafts import Draft
from hub.sharing.commands.request_files import KIND
from hub.sharing.pages.asking.words import priorities
from hub.sharing.queries.askers import requester_kind_of
from hub.sharing.queries.asking_drafts import officers, read_ask
from hub.sharing.queries.holders import Holder, holder_named, holders_found, may_be_asked
from hub.sharing.rules.policy import RequestPolicy, policy_of
from hub.sharing.rules.request_answers import AskPage
from hub.sharing.schemas.requests import AskReader, Lists, holder_choice
from hub.web import current
from hub.web.dates import TODAY
from hub.web.values import Option

asking = Blueprint("asking", __name__, template_folder="../../templates")

ASKED_PAGES = tuple(page.value for page in AskPage if page is not AskPage.HOLDER)
PAGE = f"<any({', '.join(ASKED_PAGES)}):name>"
CHECK = "check"
VERSION = "version"
LATER, ON = "later", "on"
"""The buttons beside "Save and continue": to come back later, and to go on without an answer."""


@dataclass(frozen=True)
class Opened:
    """A draft of the actor's own, read by today's rules."""

    draft: Draft
    reader: AskReader
    holder: Holder | None


def policy() -> RequestPolicy:
    """Return what is set about requests."""
    return policy_of(current.settings())


def store() -> FileStore:
    """Return the folder of sealed files of requests."""
    return FileStore(current.settings().data_dir, current.keyring(), KIND)


def open_ask(ask_id: UUID, page: AskPage | None = None) -> Opened:
    """Return a draft for one of its pages, with what can be picked there. Raises NotFoundError."""
    with current.units().read(current.actor()) as uow:
        return opened(uow, read_ask(uow, ask_id), page)


def opened(uow: UnitOfWork, draft: Draft, page: AskPage | None = None) -> Opened:
    """Return a draft as it reads today; whole lists only for the page that shows them."""
    kind = requester_kind_of(uow, uow.actor)
    holder = chosen_holder(uow, draft)
    typed = draft.pages.get(AskPage.HOLDER, {}).get("q", [])
    found: tuple[Holder, ...] = ()
    if page is AskPage.HOLDER and typed and typed[0].strip():
        found = holders_found(uow, typed[0])
    signer = draft.pages.get(AskPage.POLICE, {}).get("counter_signer", [])
    lists = lists_of(
        uow,
        holders=holder_options(found, holder),
        signers=None if page is AskPage.POLICE else _ids(signer),
    )
    return Opened(draft, AskReader(draft.pages, kind, TODAY.get(), lists), holder)


def lists_of(
    uow: UnitOfWork,
    *,
    holders: tuple[Option, ...] = (),
    signers: Collection[UUID] | None = (),
) -> Lists:
    """Return what can be picked; of colleagues those of these ids, or with None all."""
    return Lists(
        holders=holders,
        signers=tuple(
            Option(str(one.id), f"{one.name}, {one.email}") for one in officers(uow, only=signers)
        ),
        priorities=priorities(policy().times),
    )


def chosen_holder(uow: UnitOfWork, draft: Draft) -> Holder | None:
    """Return whom the draft asks, as long as they can be asked."""
    (chosen, *_) = [*draft.pages.get(AskPage.HOLDER, {}).get("chosen", []), ""]
    ids = _ids(chosen.split(":"))
    if not ids or not may_be_asked(uow, ids[0]):
        return None
    return holder_named(uow, ids[0], ids[1] if len(ids) > 1 else None)


def holder_options(found: tuple[Holder, ...], chosen: Holder | None) -> tuple[Option, ...]:
    """Return whom a search found as choices, behind whoever is chosen already."""
    shown = {
        (one.agency_id, one.service_id): one for one in (*([chosen] if chosen else []), *found)
    }
    return tuple(
        Option(
            holder_choice(str(one.agency_id), str(one.service_id) if one.service_id else None),
            one.name,
            "; ".join(part for part in (one.of, one.by and f"found by {one.by}") if part),
        )
        for one in shown.values()
    )


def _ids(texts: list[str]) -> list[UUID]:
    """Return the ids in the texts, as far as they are any."""
    found = []
    for text in texts:
        try:
            found.append(UUID(text))
        except ValueError:
            return found
    return found


def to_check() -> bool:
    """Return whether the asker came from the check page and wants to go back to it."""
    return request.args.get("to") == CHECK


def address(ask_id: UUID, page: AskPage | None, *, check: bool = False) -> str:
    """Return the address of a page of the draft; of its files where there is none."""
    to = CHECK if check else None
    if page is None:
        return url_for("asking.files", ask_id=ask_id, to=to)
    if page is AskPage.HOLDER:
        return url_for("asking.holder", ask_id=ask_id, to=to)
    return url_for("asking.question", ask_id=ask_id, name=page.value, to=to)


def gap_address(ask_id: UUID, page: AskPage, field: str) -> str:
    """Return where something that lacks in a draft can be given."""
    return address(ask_id, None if field == "file" else page, check=True)


def typed_version() -> int:
    """Return the version of a request that the page carried; 0, which none has, for another."""
    text = request.form.get(VERSION, "")
    return int(text) if text.isascii() and text.isdecimal() else 0
