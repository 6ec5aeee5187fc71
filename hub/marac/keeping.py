"""How long concerns and their cases are kept, and what goes with one."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from sqlalchemy import func, select

from hub.agencies.models import AgencyArea
from hub.db.erase import Refers
from hub.db.units import UnitOfWork
from hub.kernel.days import london_day
from hub.marac.models import AgendaIssue, AreaSetting
from hub.meetings.models import Item, ItemPerson, Meeting
from hub.people.models import IdentityCheck
from hub.referrals.models import Concern
from hub.sharing.queries.keeping import Kept, KeptSource
from hub.sharing.rules.retention import Facts, RecordKind

TABLES = frozenset(
    {
        "party",
        "concern_addition",
        "screening_decision",
        "concern_file",
        "item",
        "item_person",
        "invitation",
        "message",
        "pack_item",
        "correction_notice",
        "excuse",
        "bar",
        "case_link",
        "case_presence",
        "staff_case",
        "staff_case_name",
        "attendance",
        "task",
        "identity_check",
        "check_key",
        "identity_candidate",
        "disclosure_decision",
        "agenda_issue",
        "agenda_copy",
        "action",
        "action_evidence",
        "action_step",
        "addendum",
        "discussion_letter",
        "equality_answer",
        "flag_notice",
        "hearing",
        "hearing_note",
        "idva_notice",
        "late_chase",
        "late_decision",
        "repeat_decision",
        "research",
        "research_line",
        "review_pack",
        "subject_key",
        "subject_party",
        "subject_verdict",
        "transfer",
        "transfer_ask",
        "transfer_paper",
    }
)
REFERS = (
    Refers("identity_check", "concern_id", "concern"),
    Refers("case_link", "case_id", "concern"),
    Refers("pack_item", "case_id", "concern"),
    Refers("staff_case", "case_id", "concern"),
    Refers("staff_case_name", "case_id", "concern"),
    Refers("correction_notice", "invitation_id", "invitation"),
    Refers("task", "item_id", "item"),
    Refers("addendum", "item_id", "item"),
    Refers("disclosure_decision", "item_id", "item"),
    Refers("late_chase", "about_id", "item"),
    Refers("transfer_paper", "about_id", "item"),
    Refers("transfer_paper", "about_id", "concern_file"),
    Refers("transfer_paper", "about_id", "research"),
)


def _concerns(uow: UnitOfWork, agency_id: UUID) -> Iterable[Kept]:
    """Yield the concerns of the areas in which an agency works, by the day of their last case."""
    last = (
        select(func.max(Meeting.ends_at))
        .join(Item, Item.meeting_id == Meeting.id)
        .where(Item.concern_id == Concern.id)
        .correlate(Concern)
        .scalar_subquery()
    )
    areas = select(AgencyArea.area_id).where(AgencyArea.agency_id == agency_id)
    rows = uow.session.execute(
        select(
            Concern.id,
            Concern.reference,
            Concern.submitted_at,
            last.label("last_at"),
            AreaSetting.retention_years,
        )
        .outerjoin(AreaSetting, AreaSetting.area_id == Concern.area_id)
        .where(Concern.area_id.in_(areas))
    ).all()
    people = _people(uow)
    for row in rows:
        ended = london_day(max(row.submitted_at, row.last_at or row.submitted_at))
        yield Kept(
            kind=RecordKind.CONCERN,
            id=row.id,
            reference=row.reference,
            facts=Facts(ended_on=ended, area_years=row.retention_years),
            people=frozenset(people.get(row.id, ())),
        )


def _people(uow: UnitOfWork) -> dict[UUID, set[UUID]]:
    """Return who of the register is in which concern."""
    found: dict[UUID, set[UUID]] = {}
    checked = select(IdentityCheck.concern_id, IdentityCheck.person_id).where(
        IdentityCheck.person_id.is_not(None)
    )
    listed = (
        select(Item.concern_id, ItemPerson.person_id)
        .join(ItemPerson, ItemPerson.item_id == Item.id)
        .where(ItemPerson.person_id.is_not(None))
    )
    for asked in (checked, listed):
        for concern_id, person_id in uow.session.execute(asked):
            if concern_id is not None and person_id is not None:
                found.setdefault(concern_id, set()).add(person_id)
    return found


def _roots(uow: UnitOfWork, concern_id: UUID) -> Mapping[str, Iterable[UUID]]:
    """Return the concern, and the issued agendas on which it stands."""
    meetings = select(Item.meeting_id).where(Item.concern_id == concern_id)
    issues = select(AgendaIssue.id).where(AgendaIssue.meeting_id.in_(meetings))
    return {
        "concern": [concern_id],
        "agenda_issue": list(uow.session.scalars(issues)),
    }


CONCERNS = KeptSource(
    kind=RecordKind.CONCERN,
    kept=_concerns,
    may=TABLES,
    roots=_roots,
    refers=REFERS,
    files=("concern_file", "action_evidence"),
)
"""Concerns with their cases."""
