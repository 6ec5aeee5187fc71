"""Who is kept away from a case, for those who set it; and whom of all at work one can name."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select

from hub.access.models import Account
from hub.agencies.models import Agency, Contact
from hub.db.units import UnitOfWork
from hub.people.models import CaseLink
from hub.people.queries.workers import staff_to_choose
from hub.people.states import LinkKind

ACCOUNT, CONTACT = "account", "contact"


@dataclass(frozen=True, slots=True)
class LinkRow:
    """Somebody kept away from a case; ``until`` where they were let near again."""

    id: UUID
    name: str
    agency: str
    kind: LinkKind
    note: str
    is_declared: bool
    since: datetime
    until: datetime | None
    lift_reason: str


@dataclass(frozen=True, slots=True)
class AtWork:
    """Somebody whom the hub or the directory knows: ``who`` is what kind of id, then the id."""

    who: str
    name: str
    agency: str


def links_of(uow: UnitOfWork, case_id: UUID) -> tuple[LinkRow, ...]:
    """Return who is and was kept away from a case, those of today first, then the newest."""
    rows = uow.session.execute(
        select(
            CaseLink,
            func.coalesce(Account.name, Contact.name).label("name"),
            Agency.name.label("agency"),
        )
        .outerjoin(Account, Account.id == CaseLink.account_id)
        .outerjoin(Contact, Contact.id == CaseLink.contact_id)
        .outerjoin(Agency, Agency.id == func.coalesce(Account.agency_id, Contact.agency_id))
        .where(CaseLink.case_id == case_id)
        .order_by(CaseLink.lifted_at.is_not(None), CaseLink.linked_at.desc(), CaseLink.id)
    )
    return tuple(_row(row[0], row.name, row.agency or "") for row in rows)


def _row(link: CaseLink, name: str, agency: str) -> LinkRow:
    return LinkRow(
        link.id,
        name,
        agency,
        LinkKind(link.kind),
        link.note or "",
        link.is_declared,
        link.linked_at,
        link.lifted_at,
        link.lift_reason or "",
    )


def at_work(uow: UnitOfWork) -> tuple[AtWork, ...]:
    """Return everybody whom one can name: the directory's people, and accounts without an entry."""
    people = [
        AtWork(f"{CONTACT}:{each_id}", name, agency)
        for each_id, name, agency in staff_to_choose(uow)
    ]
    accounts = uow.session.execute(
        select(Account.id, Account.name, Agency.name)
        .outerjoin(Agency, Agency.id == Account.agency_id)
        .where(Account.is_active, Account.contact_id.is_(None))
    )
    people += [AtWork(f"{ACCOUNT}:{row[0]}", row[1], row[2] or "") for row in accounts]
    return tuple(sorted(people, key=lambda one: (one.name.casefold(), one.who)))
