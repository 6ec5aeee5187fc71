"""Putting the people of a concern to the register, to learn who may be care-experienced."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from hub.db.units import UnitOfWork
from hub.kernel.days import parse_day
from hub.kernel.events import Event
from hub.people.commands import answer_back, open_checks
from hub.people.commands.look_ups import LookingUp, note_look_ups
from hub.people.rules.asked import sought_of
from hub.people.rules.identity import Asked
from hub.people.rules.look_ups import Door, LookUpPolicy
from hub.referrals.events import ConcernAddedTo, ConcernSubmitted
from hub.referrals.models import Concern, ConcernAddition
from hub.referrals.queries import PartyRow, concern_row, parties_of


def hear_concern(policy: Callable[[], LookUpPolicy]) -> Callable[[UnitOfWork, Event], None]:
    """Return the reaction to a submitted concern: its people are looked up, and desks asked."""

    def react(uow: UnitOfWork, happened: Event) -> None:
        if isinstance(happened, ConcernSubmitted):
            _ask_who_is_meant(uow, happened.concern_id, policy())

    return react


def _ask_who_is_meant(uow: UnitOfWork, concern_id: UUID, policy: LookUpPolicy) -> None:
    """Ask the duty desks about everybody in a submitted concern who is born.

    It runs in the transaction of the concern and asks for no permission. Each is written to the log
    of look-ups as well; a concern is never refused for there being too many.
    """
    concern = uow.session.get_one(Concern, concern_id)
    parties = parties_of(uow, [concern.id])
    asker = _asker(uow, concern.id)
    asked = [
        _asked(uow, concern, one, asker) for one in parties if not one.details.get("is_unborn")
    ]
    note_look_ups(uow, [_looking_up(one) for one in asked], policy)
    open_checks(uow, asked)


def _looking_up(asked: Asked) -> LookingUp:
    return LookingUp(
        door=Door.CONCERN,
        purpose=Door.CONCERN,
        sought=sought_of(asked),
        case_id=asked.concern_id,
        about_id=asked.party_id,
    )


def pass_on_answer(uow: UnitOfWork, happened: ConcernAddedTo) -> None:
    """Hand what a referrer added to the desks that wait for an answer of theirs."""
    uow.session.flush()  # what was added is of this very transaction
    added = uow.session.get_one(ConcernAddition, happened.addition_id)
    answer_back(uow, happened.concern_id, added.text)


def _asker(uow: UnitOfWork, concern_id: UUID) -> str:
    """Return who raised the concern, from where, and the work number to ring them at."""
    row = concern_row(uow, concern_id)
    you = row.answers.get("you", {})
    return ", ".join(filter(None, (you.get("name"), you.get("role"), row.agency, you.get("phone"))))


def _postcodes(said: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the postcodes by which a desk may look for somebody.

    Of somebody who moved to another area the former alone: it is what a register knows, and the
    desk may be of the area that they left.
    """
    known = said.get("former_postcode") if "former_postcode" in said else said.get("postcode")
    return (str(known),) if known else ()


def _asked(uow: UnitOfWork, concern: Concern, party: PartyRow, asker: str) -> Asked:
    said = party.details
    other = said.get("other_date_of_birth")
    age = said.get("about_age")
    return Asked(
        party_id=party.id,
        concern_id=concern.id,
        given_name=party.given_name or "",
        family_name=party.family_name or "",
        aliases=tuple(said.get("aliases") or ()),
        date_of_birth=party.date_of_birth,
        other_date_of_birth=parse_day(other) if other else None,
        is_date_approximate=bool(said.get("is_date_approximate")),
        about_year=None if age is None else uow.today.year - int(age),
        postcodes=_postcodes(said),
        nhs_number=said.get("nhs_number") or "",
        phones=tuple(said[name] for name in ("phone",) if said.get(name)),
        care_answer=party.care_answer or "not_known",
        authority=said.get("responsible_authority") or "",
        worker_name=said.get("worker_name") or "",
        asker=asker,
        area_id=concern.area_id,
        is_urgent=concern.is_urgent,
    )
