"""The doors to what somebody said about being shared; hidden and absent are one answer.

A record and a draft are there for those to whom the person is: their workers and the desk of their
service. A notice that consent was taken back is there for the account that it was sent to.
"""

from uuid import UUID

from sqlalchemy import select

from hub.access.permissions import Fact, Permission, may
from hub.db.units import UnitOfWork
from hub.kernel.errors import NotFoundError
from hub.people.access import find_person, not_in_conflict
from hub.people.models import Person
from hub.sharing.models import Consent, ConsentDraft, WithdrawalNotice


def find_consent(
    uow: UnitOfWork, consent_id: UUID, need: Permission = Permission.CONSENT_READ
) -> UUID:
    """Return whose record it is, if there is such a record for the actor. Raises NotFoundError.

    Nothing of the record is read, so that a look can be recorded before one sees anything.
    """
    person_id = uow.session.scalar(select(Consent.person_id).where(Consent.id == consent_id))
    if person_id is None:
        raise NotFoundError("no such record")
    find_person(uow, person_id, need)
    return person_id


def open_consent_draft(uow: UnitOfWork, draft_id: UUID, *, lock: bool = False) -> ConsentDraft:
    """Return a draft of the actor's own about somebody who is still there for them.

    Whoever is about to change it says ``lock``. Raises NotFoundError.
    """
    wanted = select(ConsentDraft).where(ConsentDraft.id == draft_id)
    draft = uow.session.scalar(wanted.with_for_update() if lock else wanted)
    if draft is None or uow.actor.account_id is None or draft.account_id != uow.actor.account_id:
        raise NotFoundError("no such draft")
    find_person(uow, draft.person_id, Permission.CONSENT_RECORD)
    return draft


def open_notice(uow: UnitOfWork, notice_id: UUID) -> WithdrawalNotice:
    """Return a notice to the account that it was sent to. Raises NotFoundError.

    Also when a conflict with the person was declared since: then there is nobody of that name.
    """
    notice = uow.session.scalar(
        select(WithdrawalNotice)
        .join(Consent, Consent.id == WithdrawalNotice.consent_id)
        .join(Person, Person.id == Consent.person_id)
        .where(WithdrawalNotice.id == notice_id, not_in_conflict(uow))
    )
    own = notice is not None and uow.actor.account_id == notice.account_id
    facts = frozenset({Fact.OWN} if own else ())
    if notice is None or not may(uow.actor, Permission.WITHDRAWAL_READ, facts):
        raise NotFoundError("no such notice")
    return notice
