"""Taking consent back: it works at once, and whoever had received something hears of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from hub.access.permissions import Permission
from hub.db.units import UnitOfWork
from hub.kernel.errors import NotFoundError
from hub.people.access import open_person
from hub.sharing.commands.consent_rows import add_row, age_of, new_row
from hub.sharing.events import RecipientTold
from hub.sharing.models import WithdrawalNotice
from hub.sharing.queries.consents import records_of
from hub.sharing.rules.coded import Category, ConsentState, Purpose
from hub.sharing.rules.consent_terms import Giver
from hub.sharing.rules.consents import GIVING, ConsentScope

EVERYTHING = ConsentScope(purposes=frozenset(Purpose), categories=frozenset(Category))
"""What is taken back with all that somebody agreed to."""


@dataclass(frozen=True, kw_only=True)
class WithdrawConsent:
    """A person takes back one record of a yes, or without ``consent_id`` all that they agreed to.

    No reason is asked, and nobody can be refused it.
    """

    person_id: UUID
    consent_id: UUID | None = None
    own_words: str = ""


def withdraw_consent(cmd: WithdrawConsent, *, uow: UnitOfWork) -> UUID:
    """Write down that consent is taken back from this moment, and return the record's id.

    Whatever rests on it is decided anew in the same transaction. Raises NotFoundError, also for a
    record that is no yes, and NotAllowedError.
    """
    person = open_person(uow, cmd.person_id, Permission.CONSENT_RECORD)
    taken_back = None
    if cmd.consent_id is not None:
        records = records_of(uow, [person.id]).get(person.id, ())
        taken_back = next((one for one in records if one.id == cmd.consent_id), None)
        if taken_back is None or taken_back.state not in GIVING:
            raise NotFoundError("no such consent")

    scope = taken_back.scope if taken_back else EVERYTHING
    row = new_row(person.id, ConsentState.WITHDRAWN, scope, uow.today)
    row.withdraws_id, row.giver = cmd.consent_id, Giver.SELF
    row.own_words = cmd.own_words or None
    return add_row(uow, row, age_of(person, uow.today))


def tell_recipients(
    uow: UnitOfWork, consent_id: UUID, account_ids: Iterable[UUID]
) -> tuple[UUID, ...]:
    """Let accounts know that consent was taken back, each once; return the ids of the notices.

    Whoever knows who received something calls this when it hears ``ConsentWithdrawn``.
    """
    told = set(
        uow.session.scalars(
            select(WithdrawalNotice.account_id).where(WithdrawalNotice.consent_id == consent_id)
        )
    )
    notices = []
    for account_id in sorted(set(account_ids) - told - {uow.actor.account_id}):
        row = WithdrawalNotice(
            id=uow.new_id(), consent_id=consent_id, account_id=account_id, told_at=uow.now
        )
        uow.session.add(row)
        uow.emit(RecipientTold(notice_id=row.id, consent_id=consent_id, account_id=account_id))
        notices.append(row.id)
    return tuple(notices)
