"""Who at work may have to do with a case themselves: hints to whoever decides, and no more.

A link that somebody set shuts out; a hint shuts out nobody. It says that a name, the name in an
address at work or a number is like that of somebody in the case.
"""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import or_, select

from hub.access.models import Account
from hub.agencies.models import Agency, Contact
from hub.agencies.rules.kinds import ContactRole
from hub.db.units import UnitOfWork
from hub.people.models import CaseLink, IdentityCheck
from hub.people.queries.links import ACCOUNT, CONTACT, AtWork
from hub.people.rules.asked import asked_from, sought_of
from hub.people.rules.look_ups import Seeker, Sought, may_be_one_of, name_in

MOST = 50
"""How many people of a person's cases are compared."""


def staff_like(uow: UnitOfWork, case_id: UUID, people: Sequence[Sought]) -> tuple[AtWork, ...]:
    """Return everybody at work who may be one of these people, but for those linked already."""
    linked = select(CaseLink.account_id, CaseLink.contact_id).where(
        CaseLink.case_id == case_id, CaseLink.lifted_at.is_(None)
    )
    known = {one for row in uow.session.execute(linked) for one in row if one is not None}
    contacts = uow.session.execute(
        select(Contact.id, Contact.name, Contact.email, Contact.phone, Agency.name.label("agency"))
        .join(Agency, Agency.id == Contact.agency_id)
        .where(Contact.role != ContactRole.DUTY_DESK)
    )
    accounts = uow.session.execute(
        select(Account.id, Account.name, Account.email, Agency.name.label("agency"))
        .outerjoin(Agency, Agency.id == Account.agency_id)
        .where(Account.is_active, Account.contact_id.is_(None))
    )
    found = [
        AtWork(f"{CONTACT}:{row.id}", row.name, row.agency)
        for row in contacts
        if row.id not in known and may_be_one_of(_seeker(row.name, row.email, row.phone), people)
    ]
    found += [
        AtWork(f"{ACCOUNT}:{row.id}", row.name, row.agency or "")
        for row in accounts
        if row.id not in known and may_be_one_of(_seeker(row.name, row.email), people)
    ]
    return tuple(sorted(found, key=lambda one: (one.name.casefold(), one.who)))


def is_like_somebody(uow: UnitOfWork, account_id: UUID, people: Sequence[Sought]) -> bool:
    """Tell whether the holder of an account may be one of these people."""
    row = uow.session.execute(
        select(Account.name, Account.email, Contact.name.label("entry"), Contact.phone)
        .outerjoin(Contact, Contact.id == Account.contact_id)
        .where(Account.id == account_id)
    ).one_or_none()
    if row is None:
        return False
    seeker = Seeker(
        names=(row.name, row.entry or "", name_in(row.email)),
        phones=(row.phone,) if row.phone else (),
    )
    return may_be_one_of(seeker, people)


def named_beside(uow: UnitOfWork, person_id: UUID | None) -> tuple[Sought, ...]:
    """Return who else is asked about in the cases in which a person was found to be meant."""
    if person_id is None:
        return ()
    cases = select(IdentityCheck.concern_id).where(IdentityCheck.person_id == person_id)
    rows = uow.session.execute(
        select(IdentityCheck.asked, IdentityCheck.party_id, IdentityCheck.concern_id)
        .where(
            IdentityCheck.concern_id.in_(cases),
            or_(IdentityCheck.person_id.is_(None), IdentityCheck.person_id != person_id),
        )
        .order_by(IdentityCheck.opened_at.desc(), IdentityCheck.id)
        .limit(MOST)
    )
    return tuple(
        sought_of(asked_from(row.asked, party_id=row.party_id, concern_id=row.concern_id))
        for row in rows
    )


def _seeker(name: str, email: str | None, phone: str | None = None) -> Seeker:
    return Seeker(names=(name, name_in(email)), phones=(phone,) if phone else ())
