"""What is known of people in one case, carried to another case of the same people.

These ask for no permission and are no judgement of their own: a person was recognised, or somebody
is kept away, and both stay so wherever the case goes.
"""

from collections.abc import Mapping
from uuid import UUID

from sqlalchemy import select

from hub.db.units import UnitOfWork
from hub.people.commands.linking import Link, link_to_case
from hub.people.commands.staff import hide_case
from hub.people.conflicts import is_live
from hub.people.events import IdentityCarried
from hub.people.models import CaseLink, IdentityCheck, StaffCase
from hub.people.states import CheckState, LinkKind

ANSWERED = (CheckState.CONFIRMED, CheckState.RULED_OUT)


def carry_answers(uow: UnitOfWork, parties: Mapping[UUID, UUID], concern_id: UUID) -> None:
    """Let everybody who was recognised, or ruled out, be so in another concern too.

    ``parties`` are those of the new concern by those of the old. A question that waits is not
    carried: it is asked anew.
    """
    rows = uow.session.scalars(
        select(IdentityCheck)
        .where(IdentityCheck.party_id.in_(parties), IdentityCheck.state.in_(ANSWERED))
        .order_by(IdentityCheck.id)
    ).all()
    for row in rows:
        check = IdentityCheck(
            id=uow.new_id(),
            reference=uow.ids.reference(),
            party_id=parties[row.party_id],
            concern_id=concern_id,
            service_id=row.service_id,
            asked=row.asked,
            state=row.state,
            person_id=row.person_id,
            opened_at=uow.now,
            due_at=uow.now,
            decided_at=row.decided_at,
            decided_by=row.decided_by,
            facts=row.facts,
        )
        uow.session.add(check)
        uow.emit(IdentityCarried(check_id=check.id, from_check_id=row.id, concern_id=concern_id))
    uow.session.flush()


def carry_links(uow: UnitOfWork, case_id: UUID, new_id: UUID) -> None:
    """Keep away from a new case whoever is kept away from the old one; one about staff stays so.

    Who is named for a case about staff is not carried: that is for the new area to say.
    """
    rows = uow.session.scalars(
        select(CaseLink).where(CaseLink.case_id == case_id, is_live()).order_by(CaseLink.id)
    ).all()
    for row in rows:
        link = Link(
            case_id=new_id,
            kind=LinkKind(row.kind),
            account_id=row.account_id,
            contact_id=row.contact_id,
            note=row.note or "",
            is_declared=row.is_declared,
        )
        link_to_case(link, uow=uow)
    about_staff = uow.session.scalars(
        select(StaffCase).where(StaffCase.case_id == case_id, StaffCase.lifted_at.is_(None))
    ).first()
    if about_staff is not None:
        hide_case(new_id, about_staff.why or "", uow=uow)
