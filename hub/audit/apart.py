"""What of the trail is not there for a reader who is kept from a case.

That is by a conflict of interest, or because it is about staff and they are not one of its few.

An entry speaks of records by their ids alone. So all ids of all that hangs on the cases and people
are gathered, and an entry that has one of them is left out, whatever happened to what.
"""

from collections.abc import Collection
from dataclasses import replace
from typing import Any
from uuid import UUID

from sqlalchemy import Select, or_, select

from hub.db.units import UnitOfWork
from hub.meetings.models import Invitation, Item, ItemPerson, Meeting, Task
from hub.meetings.situation import MeetingKind
from hub.people.conflicts import Kept, kept_from
from hub.people.models import Allocation, IdentityCheck, LookUp, PersonAddress
from hub.people.staff_cases import hidden_cases
from hub.referrals.models import ConcernAddition, ConcernFile, Party
from hub.sharing.models import (
    Approval,
    Consent,
    ConsentDraft,
    Disclosure,
    DisclosureDecision,
    InformationRequest,
    PackGiven,
    PackItem,
    RequestAdvice,
    RequestFile,
    RequestLine,
    SharingDecision,
    SubjectAccess,
    WithdrawalNotice,
)

Ids = frozenset[UUID]


def kept_from_reader(uow: UnitOfWork) -> Kept:
    """Return what the actor is kept from, with the cases about staff that are not for them.

    With those go the requests about whoever is meant in them, but not the people themselves, whose
    record is for their service whatever else they are in.
    """
    kept, hidden = kept_from(uow), hidden_cases(uow)
    if not hidden:
        return kept
    meant = select(IdentityCheck.person_id).where(
        IdentityCheck.concern_id.in_(hidden), IdentityCheck.person_id.is_not(None)
    )
    about = select(InformationRequest.id).where(InformationRequest.person_id.in_(meant))
    return replace(kept, cases=kept.cases | hidden | _ids(uow, about))


def ids_kept_from(uow: UnitOfWork, kept: Kept) -> frozenset[str]:
    """Return the ids, as an entry has them, of everything that hangs on cases and people."""
    if not kept:
        return frozenset()
    checks = _ids(uow, select(IdentityCheck.id).where(_either(IdentityCheck, kept)))
    parties = _ids(uow, select(Party.id).where(Party.concern_id.in_(kept.cases)))
    items = _items(uow, kept)
    found = kept.cases | kept.people | checks | parties | items
    found |= _of_concerns(uow, kept.cases) | _of_people(uow, kept.people)
    found |= _meetings_about(uow, items)
    found |= _of_meetings(uow, kept.people, items, checks) | _of_requests(uow, kept, found)
    found |= _look_ups(uow, found)
    return frozenset(str(one) for one in found)


def _either(table: type[IdentityCheck], kept: Kept) -> Any:  # noqa: ANN401 - a condition
    return or_(table.concern_id.in_(kept.cases), table.person_id.in_(kept.people))


def _items(uow: UnitOfWork, kept: Kept) -> Ids:
    of_people = select(ItemPerson.item_id).where(ItemPerson.person_id.in_(kept.people))
    return _ids(
        uow, select(Item.id).where(or_(Item.concern_id.in_(kept.cases), Item.id.in_(of_people)))
    )


def _of_concerns(uow: UnitOfWork, cases: Ids) -> Ids:
    return _ids(
        uow,
        select(ConcernAddition.id).where(ConcernAddition.concern_id.in_(cases)),
        select(ConcernFile.id).where(ConcernFile.concern_id.in_(cases)),
        select(PackItem.id).where(PackItem.case_id.in_(cases)),
    )


def _of_people(uow: UnitOfWork, people: Ids) -> Ids:
    consents = _ids(uow, select(Consent.id).where(Consent.person_id.in_(people)))
    accesses = _ids(uow, select(SubjectAccess.id).where(SubjectAccess.person_id.in_(people)))
    return (
        consents
        | accesses
        | _ids(
            uow,
            select(PackItem.id).where(PackItem.access_id.in_(accesses)),
            select(PackGiven.id).where(PackGiven.access_id.in_(accesses)),
            select(Allocation.id).where(Allocation.person_id.in_(people)),
            select(PersonAddress.id).where(PersonAddress.person_id.in_(people)),
            select(ConsentDraft.id).where(ConsentDraft.person_id.in_(people)),
            select(WithdrawalNotice.id).where(WithdrawalNotice.consent_id.in_(consents)),
            select(DisclosureDecision.id).where(DisclosureDecision.person_id.in_(people)),
        )
    )


def _meetings_about(uow: UnitOfWork, items: Ids) -> Ids:
    """Return the meetings that are about these items alone; a MARAC is there whoever is on it."""
    about = select(Item.meeting_id).where(Item.id.in_(items))
    others = select(Item.meeting_id).where(Item.id.not_in(items))
    return _ids(
        uow,
        select(Meeting.id).where(
            Meeting.kind != MeetingKind.MARAC.value,
            Meeting.id.in_(about),
            Meeting.id.not_in(others),
        ),
    )


def _of_meetings(uow: UnitOfWork, people: Ids, items: Ids, checks: Ids) -> Ids:
    return _ids(
        uow,
        select(Invitation.id).where(
            or_(Invitation.item_id.in_(items), Invitation.subject_id.in_(people))
        ),
        select(Task.id).where(
            or_(Task.item_id.in_(items), Task.subject_id.in_(people), Task.check_id.in_(checks))
        ),
        select(DisclosureDecision.id).where(DisclosureDecision.item_id.in_(items)),
    )


def _of_requests(uow: UnitOfWork, kept: Kept, known: Collection[UUID]) -> Ids:
    requests = _ids(
        uow,
        select(InformationRequest.id).where(
            or_(
                InformationRequest.id.in_(kept.cases),
                InformationRequest.case_id.in_(known),
                InformationRequest.person_id.in_(kept.people),
            )
        ),
    )
    lines = _ids(uow, select(RequestLine.id).where(RequestLine.request_id.in_(requests)))
    parts = _ids(
        uow,
        select(SharingDecision.id).where(SharingDecision.line_id.in_(lines)),
        select(Approval.id).where(Approval.line_id.in_(lines)),
        select(Disclosure.id).where(Disclosure.line_id.in_(lines)),
        select(RequestAdvice.id).where(RequestAdvice.request_id.in_(requests)),
        select(RequestFile.id).where(RequestFile.request_id.in_(requests)),
    )
    return requests | lines | parts


def _look_ups(uow: UnitOfWork, known: Collection[UUID]) -> Ids:
    return _ids(
        uow,
        select(LookUp.id).where(or_(LookUp.case_id.in_(known), LookUp.about_id.in_(known))),
    )


def _ids(uow: UnitOfWork, *queries: Select[UUID]) -> Ids:
    return frozenset(one for query in queries for one in uow.session.scalars(query))
