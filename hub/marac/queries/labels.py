"""What referrals are to those before them, and nothing besides, in one query for any number.

None of these asks whether the reader may see a referral: open it first.
"""

from uuid import UUID

from sqlalchemy import Select, and_, func, or_, select, union
from sqlalchemy.orm import aliased

from hub.db.units import UnitOfWork
from hub.marac.clocks import Label, labels
from hub.marac.models import AreaSetting, RepeatDecision, SubjectParty
from hub.marac.queries.areas import rules_of
from hub.marac.queries.repeats import PAIR, SUBJECT, facts_of
from hub.marac.rules.areas import AreaRules
from hub.marac.rules.repeats import Incident, Ruling, label_after
from hub.people.conflicts import case_is_open
from hub.referrals.models import Concern, Party

Ids = Select[UUID] | Select[UUID | None]


def labels_of(uow: UnitOfWork, concerns: Ids) -> dict[UUID, Label]:
    """Return what each of these concerns is, by id, and perhaps of some others.

    As a co-ordinator ruled, else as the rule of the concern's area counts; what a conflict of
    interest keeps from the reader counts for nothing. ``concerns`` selects their ids.
    """
    later = aliased(RepeatDecision)
    latest = (
        select(func.max(later.number))
        .where(later.concern_id == Concern.id)
        .correlate(Concern)
        .scalar_subquery()
    )
    rows = uow.session.execute(
        select(
            Concern.id,
            Concern.state,
            Concern.area_id,
            Concern.answers,
            Concern.submitted_at,
            Party.role,
            SUBJECT.label("subject_id"),
            RepeatDecision,
            AreaSetting,
        )
        .join(Party, and_(Party.concern_id == Concern.id, Party.role.in_(PAIR)), isouter=True)
        .join(SubjectParty, SubjectParty.party_id == Party.id, isouter=True)
        .join(
            RepeatDecision,
            and_(RepeatDecision.concern_id == Concern.id, RepeatDecision.number == latest),
            isouter=True,
        )
        .join(AreaSetting, AreaSetting.area_id == Concern.area_id, isouter=True)
        .where(
            Concern.id.in_(_related(concerns)),
            or_(Concern.id.in_(concerns), case_is_open(uow, Concern.id)),
        )
        .order_by(Concern.submitted_at, Concern.id, Party.position)
    ).all()
    ruled = {row.id: row.RepeatDecision for row in rows if row.RepeatDecision is not None}
    incidents = {
        one: Incident(on=said.incident_on, kind=said.incident_kind) for one, said in ruled.items()
    }
    areas = {
        str(row.area_id): (AreaRules() if row.AreaSetting is None else rules_of(row.AreaSetting))
        for row in rows
    }
    facts = [one.facts for one in facts_of(rows, incidents, {}).values()]
    counted = labels({area: rules.clocks for area, rules in areas.items()}, facts)
    rulings = {one: Ruling(said.label) for one, said in ruled.items()}
    return {UUID(one.id): label_after(one.label, rulings.get(UUID(one.id))) for one in counted}


def label_of(uow: UnitOfWork, concern_id: UUID) -> Label:
    """Return what one concern is."""
    return labels_of(uow, select(Concern.id).where(Concern.id == concern_id))[concern_id]


def _related(concerns: Ids) -> Select[UUID]:
    """Return the ids of the concerns that name a victim or alleged perpetrator of these."""
    mine = (
        select(SUBJECT)
        .select_from(Party)
        .join(SubjectParty, SubjectParty.party_id == Party.id, isouter=True)
        .where(Party.concern_id.in_(concerns), Party.role.in_(PAIR))
    )
    said = (
        select(Party.concern_id)
        .join(SubjectParty, SubjectParty.party_id == Party.id)
        .where(Party.role.in_(PAIR), SubjectParty.subject_id.in_(mine))
    )
    own = select(Party.concern_id).where(Party.role.in_(PAIR), Party.id.in_(mine))
    every = union(said, own, concerns).subquery()
    return select(every.c[0])
