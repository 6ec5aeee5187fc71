"""What a message is about, so that it goes to nobody whom a conflict of interest keeps from it.

A message says nothing of a case. But that there is one, and when, is already too much for somebody
who must not know. Whoever writes a message says what it is about, and the outbox asks here.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, select

from hub.access.models import Account
from hub.access.queries import AccountRow
from hub.agencies.models import Contact
from hub.db.units import UnitOfWork
from hub.meetings.models import Item, ItemPerson, Task
from hub.people.conflicts import Away, kept_away, linked_to
from hub.people.models import IdentityCheck
from hub.sharing.models import InformationRequest


@dataclass(frozen=True, kw_only=True)
class About:
    """The cases and people of the register that a message is about.

    ``is_own`` where it is to whoever sent the case in: what they hear must not depend on who is
    found to be meant, so that only a link of their own to it silences it.
    """

    cases: tuple[UUID | None, ...] = ()
    people: tuple[UUID | None, ...] = ()
    is_own: bool = False


NO_CASE = About()
"""For a message about somebody's own account, the directory or an agreement."""


def away_from(uow: UnitOfWork, about: About) -> Away:
    """Return who must not hear of it."""
    if about.is_own:
        return linked_to(uow, about.cases)
    return kept_away(uow, cases=about.cases, people=about.people)


def may_hear(uow: UnitOfWork, rows: Iterable[AccountRow], about: About) -> list[AccountRow]:
    """Return those of the accounts that nothing keeps from what a message is about."""
    away = away_from(uow, about)
    return [row for row in rows if not away.has(account_id=row.id, contact_id=row.contact_id)]


def is_kept(uow: UnitOfWork, recipient_id: UUID, address: str, about: About) -> bool:
    """Tell whether a recipient, an account or an entry of the directory, must not hear of it.

    Whoever shares an address with somebody who must not is the same mailbox, and hears nothing.
    """
    away = away_from(uow, about)
    if not away:
        return False
    if away.has(account_id=recipient_id, contact_id=recipient_id):
        return True
    own = select(Account.contact_id).where(Account.id == recipient_id)
    if uow.session.scalar(own) in away.contacts:
        return True
    accounts = select(Account.id).where(
        Account.id.in_(away.accounts), func.lower(Account.email) == address.lower()
    )
    contacts = select(Contact.id).where(
        Contact.id.in_(away.contacts), func.lower(Contact.email) == address.lower()
    )
    return any(uow.session.scalar(query.limit(1)) is not None for query in (accounts, contacts))


def about_item(uow: UnitOfWork, item_id: UUID | None) -> About:
    """Return what a message about an agenda item is about: its concern and everybody on it."""
    item = uow.session.get(Item, item_id) if item_id else None
    if item is None:
        return NO_CASE
    people = select(ItemPerson.person_id).where(ItemPerson.item_id == item.id)
    return About(cases=(item.concern_id,), people=tuple(uow.session.scalars(people)))


def about_check(check: IdentityCheck) -> About:
    """Return what a message about a question of identity is about."""
    return About(cases=(check.concern_id,), people=(check.person_id,))


def about_task(uow: UnitOfWork, task: Task) -> About:
    """Return what a message about a task is about."""
    item = about_item(uow, task.item_id)
    check = uow.session.get(IdentityCheck, task.check_id) if task.check_id else None
    return About(
        cases=(*item.cases, check.concern_id if check else None),
        people=(*item.people, task.subject_id),
    )


def about_request(request: InformationRequest) -> About:
    """Return what a message about an information request is about, to whoever did not ask."""
    return About(cases=(request.id, request.case_id), people=(request.person_id,))
