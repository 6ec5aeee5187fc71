"""Corrections as pages show them: to whoever makes one, and to whoever had been told."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, or_, select

from hub.access.queries import names_of
from hub.agencies.models import Agency
from hub.db.units import UnitOfWork
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
from hub.sharing.rules.corrections import says_words
from hub.sharing.states.agreements import ROUTES


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
    """A correction that is for the actor, by reference of the request and category."""

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


def told_categories(uow: UnitOfWork, person_id: UUID) -> dict[Category, int]:
    """Return what was ever told about a person, with how many agencies were. Open them first."""
    rows = uow.session.execute(
        select(Disclosure.category, func.count(Disclosure.to_agency_id.distinct()))
        .where(Disclosure.person_id == person_id)
        .group_by(Disclosure.category)
    )
    found = {Category(category): number for category, number in rows}
    return {one: found[one] for one in Category if one in found}


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
        .join(Disclosure, Disclosure.id == CorrectionNotice.disclosure_id)
        .join(RequestLine, RequestLine.id == Disclosure.line_id)
        .join(InformationRequest, InformationRequest.id == RequestLine.request_id)
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
        NoticeLine(row[0], row[1], Category(row[2]), row[3], row[4])
        for row in uow.session.execute(wanted)
    )


def notice_sheet(uow: UnitOfWork, notice_id: UUID, *, grace_days: int) -> NoticeSheet:
    """Return a correction to whoever it is for. Raises NotFoundError.

    What is right, and why, is told only where it may be told today.
    """
    notice = open_correction_notice(uow, notice_id)
    correction = uow.session.get_one(Correction, notice.correction_id)
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
