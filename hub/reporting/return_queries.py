"""What a return is counted from: an area's meetings, its cases, and what agencies did about them.

A case that somebody is kept from is not there for them, in a count neither: their return leaves it
out. The hub itself, on a command line, is kept from nothing.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, and_, exists, func, select

from hub.access.permissions import Fact, Permission, may
from hub.agencies.models import Agency, Area
from hub.db.units import UnitOfWork
from hub.kernel.days import london_day
from hub.kernel.errors import NotFoundError
from hub.marac.clocks import Label
from hub.marac.models import Action, Hearing, Research, Transfer
from hub.marac.queries.areas import area_rules
from hub.marac.queries.equality import recorded_of
from hub.marac.queries.repeats import repeats_of
from hub.marac.rules.equality import GENDER, Recorded, counted_answers
from hub.marac.states import ActionState, HearingState
from hub.meetings.access import demand_area, may_be_shown
from hub.meetings.models import Item, ItemPerson, Meeting
from hub.meetings.situation import MeetingKind
from hub.referrals.models import Concern, Party
from hub.referrals.states import PartyRole
from hub.reporting.care_queries import care_facts
from hub.reporting.edition_queries import EditionRow, editions_of
from hub.reporting.heard import on_heard
from hub.reporting.models import ReturnRelease
from hub.reporting.rules.agencies import ActionFacts, ResearchFacts
from hub.reporting.rules.counting import NEEDS, TRANSFER, HeardCase, HeldMeeting, Somebody
from hub.reporting.rules.editions import may_take, release_state
from hub.reporting.rules.quarters import Quarter
from hub.reporting.rules.report import (
    AreaFacts,
    CountedQuarter,
    Report,
    counted_year,
    report,
)

BEFORE_IT = (HearingState.HEARD.value, HearingState.NOTED.value)


_Row = Row[*tuple[Any, ...]]


@dataclass(frozen=True, kw_only=True)
class MadeReturn:
    """A return with the area that it is of, and the threshold that its copy is made by."""

    area: str
    below: int
    has_adult_females: bool
    report: Report
    edition: EditionRow | None = None
    """What the copy to pass on was made from; None for a whole return."""


def demand_returns(uow: UnitOfWork, area_id: UUID, *, to_pass_on: bool) -> None:
    """Go on only if the actor may see the returns of an area, or their copies to pass on.

    Raises NotFoundError.
    """
    needed = Permission.RETURN_COPY_READ if to_pass_on else Permission.RETURN_READ
    if not may(uow.actor, needed, {Fact.SAME_AREA}):
        raise NotFoundError("There is no such area.")
    demand_area(uow, area_id)


def area_named(uow: UnitOfWork, name: str) -> UUID | None:
    """Return the area of this name, whatever its capitals; None where there is none."""
    return uow.session.scalar(select(Area.id).where(func.lower(Area.name) == name.strip().lower()))


def whole_return(uow: UnitOfWork, area_id: UUID, quarter: Quarter) -> MadeReturn:
    """Return an area's return with every count, as it stands now.

    Raises NotFoundError unless a co-ordinator of the area asks.
    """
    demand_returns(uow, area_id, to_pass_on=False)
    return _made(uow, area_id, counted_now(uow, area_id, quarter))


def copy_to_pass_on(uow: UnitOfWork, area_id: UUID, quarter: Quarter) -> MadeReturn | None:
    """Return the copy of an area's return; None while nobody has made it.

    It is as each quarter was counted when its copy was made. Somebody who is kept from a case that
    is counted there has a copy without it, counted now. Raises NotFoundError as above.
    """
    demand_returns(uow, area_id, to_pass_on=True)
    four = quarter.year_to_it()
    made = editions_of(uow, area_id, four)
    if quarter not in made:
        return None
    now: dict[Quarter, CountedQuarter] = {}
    if any(one not in made or made[one].is_kept for one in four):
        now = {one.quarter: one for one in counted_now(uow, area_id, quarter)}
    below = area_rules(uow, area_id).suppress_below
    kept = [
        made[one].counted
        if one in made and not made[one].is_kept
        else replace(now[one], below=made[one].counted.below if one in made else below)
        for one in four
    ]
    return _made(uow, area_id, kept, made[quarter])


def open_exact(uow: UnitOfWork, release_id: UUID) -> ReturnRelease:
    """Return an exact return to whoever asked for it, while it can be taken out.

    Raises NotFoundError, also once its day is over.
    """
    row = uow.session.get(ReturnRelease, release_id)
    if row is None:
        raise NotFoundError("There is no such return.")
    demand_returns(uow, row.area_id, to_pass_on=False)
    state = release_state(row.approved_at, row.refused_at, uow.now)
    if not may_take(row.asked_by, uow.actor.account_id, state):
        raise NotFoundError("There is no such return.")
    return row


def counted_now(uow: UnitOfWork, area_id: UUID, quarter: Quarter) -> tuple[CountedQuarter, ...]:
    """Return what is counted of the 12 months to the end of a quarter, for the actor, now."""
    return counted_year(area_facts(uow, area_id, quarter), quarter, uow.now, uow.today)


def _made(
    uow: UnitOfWork,
    area_id: UUID,
    four: Sequence[CountedQuarter],
    edition: EditionRow | None = None,
) -> MadeReturn:
    rules = area_rules(uow, area_id)
    return MadeReturn(
        area=uow.session.scalars(select(Area.name).where(Area.id == area_id)).one(),
        below=four[-1].below if four[-1].below is not None else rules.suppress_below,
        has_adult_females=bool(rules.adult_females),
        report=report(four, rules.adult_females),
        edition=edition,
    )


def held_in(area_id: UUID, begins: datetime, ends: datetime, now: datetime) -> ColumnElement[bool]:
    """Return the condition that a meeting is a MARAC of the area, held between two instants."""
    return and_(
        Meeting.area_id == area_id,
        Meeting.kind == MeetingKind.MARAC.value,
        Meeting.state != "cancelled",
        Meeting.starts_at >= begins,
        Meeting.starts_at < ends,
        Meeting.starts_at <= now,
    )


def area_facts(uow: UnitOfWork, area_id: UUID, quarter: Quarter) -> AreaFacts:
    """Return all that the return of a quarter and its 12 months is counted from."""
    held = held_in(area_id, quarter.year_to_it()[0].begins, quarter.ends, uow.now)
    unconfirmed = on_heard(uow, held, Meeting.starts_at).where(
        ItemPerson.item_id == Item.id, ItemPerson.care_status == "not_known"
    )
    return AreaFacts(
        area=str(area_id),
        meetings=_meetings(uow, area_id, held),
        research=_research(uow, held),
        actions=_actions(uow, held),
        care=care_facts(uow, held),
        not_known=tuple(map(london_day, uow.session.scalars(unconfirmed))),
    )


def _meetings(uow: UnitOfWork, area_id: UUID, held: ColumnElement[bool]) -> tuple[HeldMeeting, ...]:
    is_passed_on = exists().where(Transfer.received_id == Concern.id)
    rows = uow.session.execute(
        select(
            Item.meeting_id,
            Hearing.state,
            Concern.id,
            Concern.submitted_at,
            Concern.answers,
            Agency.kind,
            is_passed_on.label("is_passed_on"),
        )
        .join(Meeting, Meeting.id == Item.meeting_id)
        .join(Hearing, Hearing.item_id == Item.id)
        .join(Concern, Concern.id == Item.concern_id)
        .join(Agency, Agency.id == Concern.agency_id)
        .where(held, Hearing.state.in_(BEFORE_IT), may_be_shown(uow))
        .order_by(Item.id)
    ).all()
    concern_ids = {row.id for row in rows}
    labels = {key: found.label for key, found in repeats_of(uow, concern_ids).items()}
    people = _people(uow, concern_ids)
    recorded = recorded_of(uow, concern_ids)
    cases: dict[UUID, list[HeardCase]] = defaultdict(list)
    for row in rows:
        cases[row.meeting_id].append(
            _case(row, labels[row.id], people[row.id], recorded.get(row.id))
        )
    meetings = uow.session.execute(select(Meeting.id, Meeting.starts_at).where(held))
    return tuple(
        HeldMeeting(area=str(area_id), starts_at=starts_at, cases=tuple(cases[meeting_id]))
        for meeting_id, starts_at in meetings
    )


_People = dict[str, list[Somebody]]


def _case(row: _Row, label: Label, people: _People, recorded: Recorded | None) -> HeardCase:
    victim = next(iter(people[PartyRole.VICTIM]), Somebody())
    answers = counted_answers(
        json.loads(row.answers).get("needs", {}),
        victim.gender,
        recorded.answers if recorded else {},
    )
    return HeardCase(
        referred_at=row.submitted_at,
        is_discussed=row.state == HearingState.HEARD,
        label=label,
        source=TRANSFER if row.is_passed_on else row.kind,
        children=len(people[PartyRole.CHILD]),
        victim=replace(victim, gender=answers[GENDER]),
        alleged=tuple(people[PartyRole.ALLEGED_PERPETRATOR]),
        needs={name: answers[name] for name in NEEDS.values()},
    )


def _people(uow: UnitOfWork, concern_ids: Iterable[UUID]) -> dict[UUID, _People]:
    rows = uow.session.execute(
        select(Party.concern_id, Party.role, Party.date_of_birth, Party.details)
        .where(Party.concern_id.in_(tuple(concern_ids)))
        .order_by(Party.position)
    )
    found: dict[UUID, _People] = defaultdict(lambda: defaultdict(list))
    for row in rows:
        details = json.loads(row.details)
        somebody = Somebody(
            gender=details.get("gender"),
            born_on=row.date_of_birth,
            about_age=details.get("about_age"),
        )
        found[row.concern_id][row.role].append(somebody)
    return found


def _research(uow: UnitOfWork, held: ColumnElement[bool]) -> tuple[ResearchFacts, ...]:
    columns = (Meeting.starts_at, Agency.name, Research.due_at, Research.answered_at)
    rows = uow.session.execute(
        on_heard(uow, held, *columns).where(
            Research.item_id == Item.id, Agency.id == Research.agency_id
        )
    )
    return tuple(
        ResearchFacts(
            on=london_day(starts_at), agency=agency, due_at=due_at, answered_at=answered_at
        )
        for starts_at, agency, due_at, answered_at in rows
    )


def _actions(uow: UnitOfWork, held: ColumnElement[bool]) -> tuple[ActionFacts, ...]:
    columns = (Meeting.starts_at, Agency.name, Action.due_on, Action.state, Action.settled_at)
    rows = uow.session.execute(
        on_heard(uow, held, *columns).where(
            Action.item_id == Item.id, Agency.id == Action.agency_id
        )
    )
    return tuple(
        ActionFacts(
            on=london_day(starts_at),
            agency=agency,
            due_on=due_on,
            state=ActionState(state),
            settled_at=settled_at,
        )
        for starts_at, agency, due_on, state, settled_at in rows
    )
