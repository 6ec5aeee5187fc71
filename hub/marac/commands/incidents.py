"""A further incident about somebody who is flagged: one press begins a concern that names them."""

from datetime import date
from uuid import UUID

from hub.db.units import UnitOfWork
from hub.marac.access import find_flag
from hub.marac.queries.flags import flag_line
from hub.marac.rules.flags import FLAGGED
from hub.referrals.commands import SaveEntry, StartDraft, save_entry, start_draft
from hub.referrals.queries import PartyRow, areas_of, own_details, parties_of
from hub.referrals.states import Criterion, PartyRole


def begin_incident(flag_id: UUID, *, uow: UnitOfWork) -> UUID:
    """Begin a draft of a concern with the people of a flagged case, and return its id.

    It has their names and dates of birth, as the agency's list has, and that it may be a repeat;
    addresses, and all that was said then, are left out. Raises NotFoundError, NotAllowedError, and
    RefusedError at 20 drafts.
    """
    find_flag(uow, flag_id)
    people = parties_of(uow, [flag_line(uow, flag_id).concern_id])

    pages = {"you": own_details(uow), "criteria": {"criteria": [Criterion.REPEAT.value]}}
    areas = areas_of(uow, uow.actor.agency_id)
    if len(areas) == 1:
        pages["home"] = {"area": [str(areas[0].id)]}
    victim = next((one for one in people if one.role == PartyRole.VICTIM), None)
    if victim is not None:
        pages[PartyRole.VICTIM.value] = _typed(victim)

    draft_id = start_draft(StartDraft(pages=pages), uow=uow)
    for one in people:
        if one.role in FLAGGED and one is not victim:
            entry = SaveEntry(
                draft_id=draft_id, group=one.role, entry_id=uow.new_id(), typed=_typed(one)
            )
            save_entry(entry, uow=uow)
    return draft_id


def _typed(one: PartyRow) -> dict[str, list[str]]:
    """Return somebody as the page about them would have it typed."""
    said = {"given_name": one.given_name, "family_name": one.family_name}
    typed = {name: [text] for name, text in said.items() if text}
    if not typed:
        typed["is_name_unknown"] = ["yes"]
    if one.details.get("is_unborn"):
        typed["is_unborn"] = ["yes"]
    born: date | None = one.date_of_birth
    if born is not None:
        typed["date_of_birth"] = [str(born.day), str(born.month), str(born.year)]
    return typed
