"""Corrections as pages show them: to whoever makes one, and to whoever had been told."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import or_, select

from hub.access.queries import names_of
from hub.agencies.models import Agency, Service
from hub.db.units import UnitOfWork
from hub.people.models import Person
from hub.people.queries import names_of as people_names
from hub.sharing.models import (
    Consent,
    Correction,
    CorrectionNotice,
    Disclosure,
    InformationRequest,
    RequestLine,
    WithdrawalNotice,
)
from hub.sharing.queries.standings import terms_between
from hub.sharing.register.codes import TO_ASKER
from hub.sharing.register.standing import Asked
from hub.sharing.rights_doors import is_corrected_to, open_correction_notice
from hub.sharing.rules.coded import Category, CategoryRule
from hub.sharing.rules.corrections import TOLD_BY_INVITING, says_words
from hub.sharing.states.agreements import ROUTES


@dataclass(frozen=True, kw_only=True, slots=True)
class Invited:
    """Somebody who was told something about a person by an invitation; ``at`` in UTC.

    ``account_id`` is None where a desk was asked, or somebody who does not sign in.
    """

    id: UUID
    at: datetime
    agency_id: UUID
    account_id: UUID | None
    categories: frozenset[Category]


InvitedSource = Callable[[UnitOfWork, UUID], Iterable[Invited]]
"""Given a person: who was told by an invitation, as a room above knows."""


@dataclass(frozen=True, slots=True)
class Reached:
    """An agency that was told of a correction, and when it said that it read it."""

    agency: str
    told_at: datetime
    understood_at: datetime | None


@dataclass(frozen=True, kw_only=True, slots=True)
class CorrectionRow:
    """A correction whole, for those who look after the person."""

    id: UUID
    category: Category
    wrong: str
    right: str | None
    by: str
    at: datetime
    reached: tuple[Reached, ...]


@dataclass(frozen=True, slots=True)
class NoticeLine:
    """A correction that is for the actor, by reference of the request and category.

    Without a reference it was an invitation that had told them.
    """

    id: UUID
    reference: str
    category: Category
    told_at: datetime
    understood_at: datetime | None


@dataclass(frozen=True, kw_only=True, slots=True)
class NoticeSheet:
    """A correction as its recipient reads it; ``right`` is None where the words may not go."""

    line: NoticeLine
    name: str
    agency: str
    told_then: str
    shared_at: datetime
    wrong: str | None
    right: str | None


def told_categories(
    uow: UnitOfWork, person_id: UUID, invited: InvitedSource
) -> dict[Category, int]:
    """Return what was ever told about a person, with how many agencies were. Open them first."""
    rows = uow.session.execute(
        select(Disclosure.category, Disclosure.to_agency_id)
        .where(Disclosure.person_id == person_id)
        .distinct()
    )
    found: dict[Category, set[UUID]] = {}
    for category, agency_id in rows:
        found.setdefault(Category(category), set()).add(agency_id)
    for one in invited(uow, person_id):
        for each in one.categories:
            found.setdefault(each, set()).add(one.agency_id)
    return {one: len(found[one]) for one in Category if one in found}


def corrections_of(uow: UnitOfWork, person_id: UUID) -> tuple[CorrectionRow, ...]:
    """Return a person's corrections, the latest first. Open them first."""
    rows = uow.session.scalars(
        select(Correction)
        .where(Correction.person_id == person_id)
        .order_by(Correction.made_at.desc(), Correction.id)
    ).all()
    reached: dict[UUID, list[Reached]] = {row.id: [] for row in rows}
    notices = select(CorrectionNotice, Agency.name).join(
        Agency, Agency.id == CorrectionNotice.agency_id
    )
    of_these = notices.where(CorrectionNotice.correction_id.in_(reached)).order_by(Agency.name)
    for notice, agency in uow.session.execute(of_these):
        reached[notice.correction_id].append(Reached(agency, notice.told_at, notice.understood_at))
    names = names_of(uow, {row.made_by for row in rows})
    return tuple(
        CorrectionRow(
            id=row.id,
            category=Category(row.category),
            wrong=row.wrong,
            right=row.right,
            by=names.get(row.made_by, ""),
            at=row.made_at,
            reached=tuple(reached[row.id]),
        )
        for row in rows
    )


def own_corrections(uow: UnitOfWork, *, request_id: UUID | None = None) -> tuple[NoticeLine, ...]:
    """Return the corrections that are for the actor, those not answered first.

    With ``request_id`` only those of what one request brought.
    """
    wanted = (
        select(
            CorrectionNotice.id,
            InformationRequest.reference,
            Correction.category,
            CorrectionNotice.told_at,
            CorrectionNotice.understood_at,
        )
        .join(Correction, Correction.id == CorrectionNotice.correction_id)
        .outerjoin(Disclosure, Disclosure.id == CorrectionNotice.disclosure_id)
        .outerjoin(RequestLine, RequestLine.id == Disclosure.line_id)
        .outerjoin(InformationRequest, InformationRequest.id == RequestLine.request_id)
        .where(is_corrected_to(uow))
        .order_by(
            CorrectionNotice.understood_at.is_not(None),
            CorrectionNotice.told_at.desc(),
            CorrectionNotice.id,
        )
    )
    if request_id is not None:
        wanted = wanted.where(InformationRequest.id == request_id)
    return tuple(
        NoticeLine(row[0], row[1] or "", Category(row[2]), row[3], row[4])
        for row in uow.session.execute(wanted)
    )


def notice_sheet(uow: UnitOfWork, notice_id: UUID, *, grace_days: int) -> NoticeSheet:
    """Return a correction to whoever it is for. Raises NotFoundError.

    What is right, and why, is told only where it may be told today.
    """
    notice = open_correction_notice(uow, notice_id)
    correction = uow.session.get_one(Correction, notice.correction_id)
    if notice.disclosure_id is None:
        return _invited_sheet(uow, notice, correction)
    disclosure = uow.session.get_one(Disclosure, notice.disclosure_id)
    asked = select(InformationRequest.reference, InformationRequest.subject_role).join(
        RequestLine, RequestLine.request_id == InformationRequest.id
    )
    request = uow.session.execute(asked.where(RequestLine.id == disclosure.line_id)).one()
    may_say = _may_say(uow, notice, disclosure, request.subject_role, grace_days)
    category = Category(correction.category)
    return NoticeSheet(
        line=NoticeLine(
            notice.id, request.reference, category, notice.told_at, notice.understood_at
        ),
        name=people_names(uow, [correction.person_id])[correction.person_id],
        agency=uow.session.get_one(Agency, disclosure.from_agency_id).name,
        told_then=disclosure.shared,
        shared_at=disclosure.shared_at,
        wrong=correction.wrong if may_say else None,
        right=correction.right if may_say else None,
    )


def _invited_sheet(
    uow: UnitOfWork, notice: CorrectionNotice, correction: Correction
) -> NoticeSheet:
    """Return a correction of what an invitation had told; what is right is not sent with it.

    An invitation asks nobody's agreement for more than it says, so who needs to know asks.
    """
    category = Category(correction.category)
    agency = select(Agency.name).join(Service, Service.agency_id == Agency.id)
    of_person = agency.join(Person, Person.service_id == Service.id)
    return NoticeSheet(
        line=NoticeLine(notice.id, "", category, notice.told_at, notice.understood_at),
        name=people_names(uow, [correction.person_id])[correction.person_id],
        agency=uow.session.scalar(of_person.where(Person.id == correction.person_id)) or "",
        told_then=TOLD_BY_INVITING[category],
        shared_at=notice.invited_at or notice.told_at,
        wrong=None,
        right=None,
    )


def _may_say(
    uow: UnitOfWork, notice: CorrectionNotice, disclosure: Disclosure, role: str, grace_days: int
) -> bool:
    agreed = terms_between(
        uow,
        asker_agency_id=disclosure.to_agency_id,
        holder_agency_id=disclosure.from_agency_id,
        asked=Asked(
            purpose=disclosure.purpose,
            category=disclosure.category,
            direction=TO_ASKER,
            subject=role,
        ),
        day=uow.today,
        grace_days=grace_days,
    )
    taken_back = uow.session.scalar(
        select(WithdrawalNotice.id)
        .join(Consent, Consent.id == WithdrawalNotice.consent_id)
        .where(
            Consent.person_id == disclosure.person_id,
            or_(
                WithdrawalNotice.account_id == disclosure.to_account_id,
                WithdrawalNotice.account_id == notice.account_id,
            ),
            WithdrawalNotice.received.contains(f"{disclosure.purpose}:{disclosure.category}"),
        )
        .limit(1)
    )
    out = select(Agency.id).where(
        Agency.id.in_((disclosure.to_agency_id, disclosure.from_agency_id)),
        Agency.suspended_at.is_not(None),
    )
    return says_words(
        Category(disclosure.category),
        is_taken_back=taken_back is not None,
        has_terms=agreed.state in ROUTES
        and agreed.purpose_permitted
        and agreed.category_rule != CategoryRule.EXCLUDED,
        is_suspended=uow.session.scalar(out.limit(1)) is not None,
    )
