"""Taking consent back: it works at once, and whoever had received something hears of it."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from hub.access.models import Account
from hub.access.permissions import Permission
from hub.db.units import UnitOfWork
from hub.kernel.errors import NotFoundError
from hub.people.access import open_person
from hub.people.models import Conflict
from hub.sharing.commands.consent_rows import add_row, age_of, new_row
from hub.sharing.consent_doors import open_notice
from hub.sharing.events import RecipientTold, WithdrawalUnderstood
from hub.sharing.models import Consent, Disclosure, WithdrawalNotice
from hub.sharing.queries.consents import records_of
from hub.sharing.rules.coded import Category, ConsentState, Purpose
from hub.sharing.rules.consent_terms import Giver
from hub.sharing.rules.consents import GIVING, ConsentScope

Received = Mapping[UUID, Collection[tuple[Purpose, Category]]]
"""By account, what it received: for which purpose which category."""

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

    Whatever rests on it is decided anew in the same transaction, and the accounts hear of it that
    had received something within its scope through the hub. Raises NotFoundError, also for a
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
    withdrawn_id = add_row(uow, row, age_of(person, uow.today))
    tell_recipients(uow, withdrawn_id, _received(uow, person.id, scope))
    return withdrawn_id


def understand(notice_id: UUID, *, uow: UnitOfWork) -> UUID:
    """Write down that a recipient uses nothing of it any more; return the notice's id.

    Raises NotFoundError for a notice to somebody else. Said again, it changes nothing.
    """
    notice = open_notice(uow, notice_id)
    if notice.understood_at is None:
        notice.understood_at = uow.now
        uow.emit(WithdrawalUnderstood(notice_id=notice.id, consent_id=notice.consent_id))
    return notice.id


def tell_recipients(uow: UnitOfWork, consent_id: UUID, received: Received) -> tuple[UUID, ...]:
    """Let accounts know that consent was taken back, each once; return the ids of new notices.

    ``received`` says what each had received within the scope; of the rest of the scope, which may
    say what others know, a notice tells nothing. Whoever knows who received something calls this
    when it hears ``ConsentWithdrawn``; what is said of an account twice is put together. Somebody
    with a declared conflict is not told, and whoever writes it down knows it already.
    """
    known = {
        notice.account_id: notice
        for notice in uow.session.scalars(
            select(WithdrawalNotice).where(WithdrawalNotice.consent_id == consent_id)
        )
    }
    kept_from = {uow.actor.account_id} | _in_conflict(uow, consent_id, received)
    notices = []
    for account_id in sorted(set(received) - kept_from):
        pairs = {f"{purpose}:{category}" for purpose, category in received[account_id]}
        if account_id in known:
            pairs |= set(known[account_id].received.split())
            known[account_id].received = " ".join(sorted(pairs))
            continue
        row = WithdrawalNotice(
            id=uow.new_id(),
            consent_id=consent_id,
            account_id=account_id,
            received=" ".join(sorted(pairs)),
            told_at=uow.now,
        )
        uow.session.add(row)
        uow.emit(RecipientTold(notice_id=row.id, consent_id=consent_id, account_id=account_id))
        notices.append(row.id)
    uow.session.flush()  # whoever else tells somebody of it must find these
    return tuple(notices)


def _in_conflict(uow: UnitOfWork, consent_id: UUID, accounts: Iterable[UUID]) -> set[UUID | None]:
    """Return those of the accounts whose contact must have nothing to do with the person."""
    return set(
        uow.session.scalars(
            select(Account.id)
            .join(Conflict, Conflict.contact_id == Account.contact_id)
            .join(Consent, Consent.person_id == Conflict.person_id)
            .where(Consent.id == consent_id, Account.id.in_(list(accounts)))
        )
    )


def _received(uow: UnitOfWork, person_id: UUID, scope: ConsentScope) -> Received:
    """Return what accounts were told within the scope about a person."""
    wanted = select(
        Disclosure.to_account_id, Disclosure.to_agency_id, Disclosure.purpose, Disclosure.category
    ).where(
        Disclosure.person_id == person_id,
        Disclosure.to_account_id.is_not(None),
        Disclosure.purpose.in_(scope.purposes),
        Disclosure.category.in_(scope.categories),
    )
    found: dict[UUID, set[tuple[Purpose, Category]]] = defaultdict(set)
    for row in uow.session.execute(wanted):
        if scope.agencies is None or row.to_agency_id in scope.agencies:
            found[row.to_account_id].add((Purpose(row.purpose), Category(row.category)))
    return found
