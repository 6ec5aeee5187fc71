"""What happens in the made-up county: concerns, answers on identity, meetings and agendas.

Everything goes through the hub's own commands, one unit of work for each person's sitting, so that
invitations, tasks, decisions and the trail come about as they would in life.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import date, time, timedelta
from random import Random
from typing import Any
from uuid import UUID

from sqlalchemy import select

from hub.agencies.models import Area
from hub.cli.made_up.county import AREA, County
from hub.cli.made_up.names import FAMILY, GIVEN
from hub.cli.made_up.register import MadeUp, made_up_postcode
from hub.db.units import UnitOfWork, Units
from hub.kernel.actor import Role
from hub.kernel.days import london_instant
from hub.kernel.working_days import is_working_day
from hub.marac.commands import PackAgenda, SaveSeries, pack_agenda, plan_in_series, save_series
from hub.meetings.commands import ExcuseGap, excuse_gap, list_case
from hub.meetings.rules import InvitationPolicy
from hub.people.commands.deciding import (
    AnswerCheck,
    ConfirmIdentity,
    confirm_identity,
    put_forward,
    reject_candidate,
    rule_out,
)
from hub.people.models import IdentityCandidate, IdentityCheck, Person
from hub.referrals.commands import ScreenConcern, SubmitConcern, screen_concern, submit_concern
from hub.referrals.models import Concern
from hub.referrals.schemas import ConcernBody
from hub.referrals.states import Move
from hub.reporting.assurance import all_gaps
from hub.web.dates import TODAY
from hub.web.values import Option

FIRST_ROOM = 2
SLOT = 10
CAME_AT = time(10)
LENGTH = 210
"""Minutes of a MARAC: room for twenty slots and a break."""
FEWEST, MOST = 10, 20
AHEAD = 28
"""Days in which all meetings lie."""
EARLIER = timedelta(days=21)
"""How long before its meeting a concern came: before any cut-off, so that none is late."""

REASONS = {
    "care_status_unconfirmed": "Asked again by telephone today; the desk will answer tomorrow.",
    "no_named_worker": "The team manager names a worker this week; the desk is invited meanwhile.",
    "stale_contact": "The entry is being checked with the team; the next on the ladder is invited.",
    "worker_left": "The case is being handed over; the manager knows and the next is invited.",
}
ANY_REASON = "Looked at with the chair today; the next on the ladder comes instead."


@dataclass(frozen=True, kw_only=True)
class Told:
    """A concern that was raised, and who is really meant in it."""

    concern_id: UUID
    meant: tuple[str | None, ...]
    """For each person in it the register's own id, or None for somebody who is not on it."""


class Storyteller:
    """Plays the county's weeks."""

    def __init__(
        self, units: Units, county: County, people: list[MadeUp], policy: InvitationPolicy
    ) -> None:
        self.units = units
        self.county = county
        self.people = people
        self.policy = policy
        self.rng: Random = county.rng
        self.series: dict[int, UUID] = {}
        self.met: Counter[date] = Counter()
        self.names = {county.people[person.person_id]: person for person in people}
        with units.read(self._actor(Role.COORDINATOR)) as uow:
            self.today = uow.today
            areas = uow.session.execute(select(Area.id, Area.name).order_by(Area.name)).all()
        self.body = ConcernBody(areas=tuple(Option(str(row.id), row.name) for row in areas))

    def _actor(self, role: Role) -> Any:  # noqa: ANN401 - an Actor
        return self.county.logins[role].actor()

    def found_series(self, room: int) -> UUID:
        """Write down how the county's MARAC usually meets, in one of its rooms."""
        name = "Examplefield MARAC" if room == FIRST_ROOM else f"Examplefield MARAC, room {room}"
        with self.units.write(self._actor(Role.COORDINATOR)) as uow:
            return save_series(
                SaveSeries(
                    area_id=self.county.area_id,
                    name=name,
                    starts=time(9, 30),
                    minutes=LENGTH,
                    slot_minutes=SLOT,
                    place=f"Committee room {room}, 1 Market Square",
                    video_link=f"https://video.example.org/room-{room}",
                ),
                uow=uow,
            )

    def days(self, meetings: int) -> list[date]:
        """Return the working days of the meetings, spread over the next four weeks."""
        working = [
            day
            for day in (self.today + timedelta(days=ahead) for ahead in range(2, AHEAD))
            if is_working_day(day)
        ]
        return [working[at * len(working) // meetings] for at in range(meetings)]

    def meeting(self, day: date) -> UUID:
        """Play one meeting from its concerns to its agenda, and return its id.

        Where a day has more than one, each has a room of its own, and the chair is at the first.
        """
        room = FIRST_ROOM + self.met[day]
        self.met[day] += 1
        if room not in self.series:
            self.series[room] = self.found_series(room)
        came_on = min(self.today, day - EARLIER)
        told = self._raise_concerns(self.rng.randint(FEWEST, MOST), came_on)
        self._answer_checks(told)
        with self.units.write(self._actor(Role.COORDINATOR)) as uow:
            chair = self.county.logins[Role.CHAIR].account_id if room == FIRST_ROOM else None
            meeting_id = plan_in_series(self.series[room], day, chair_id=chair, uow=uow)
            for one in told:
                self._screen(one.concern_id, uow=uow)
                list_case(meeting_id, one.concern_id, uow=uow)
            uow.session.flush()
            pack_agenda(PackAgenda(meeting_id=meeting_id, slot_minutes=SLOT), uow=uow)
        return meeting_id

    def loose_ends(self) -> None:
        """Leave a few concerns where a visitor can take them up: unanswered and unscreened."""
        self._raise_concerns(4, self.today)

    def give_reasons(self) -> None:
        """Let the co-ordinator write down a reason for every gap that is left."""
        actor = self._actor(Role.COORDINATOR)
        with self.units.read(actor) as uow:
            found = all_gaps(uow, self.policy)
        with self.units.write(actor) as uow:
            for one in found:
                gap = one.gap
                excuse_gap(
                    ExcuseGap(
                        item_id=UUID(gap.item),
                        subject_id=UUID(gap.person) if gap.person else None,
                        problem=gap.problem,
                        recipient_id=UUID(gap.recipient) if gap.recipient else None,
                        reason=REASONS.get(gap.problem, ANY_REASON),
                    ),
                    uow=uow,
                )

    def _raise_concerns(self, number: int, came_on: date) -> list[Told]:
        """Raise so many concerns as of a day, two in five about somebody on the register."""
        cases = [self._case(came_on, known=at % 5 in {0, 3}) for at in range(number)]
        is_past = came_on < self.today
        told = []
        token = TODAY.set(self.today)
        try:
            with self.units.write(self._actor(Role.REFERRER)) as uow:
                for body, meant in cases:
                    command = self.body.load(body)
                    assert isinstance(command, SubmitConcern)  # noqa: S101 - what the schema makes
                    concern_id = submit_concern(command, uow=uow)
                    told.append(Told(concern_id=concern_id, meant=meant))
                    if is_past:
                        concern = uow.session.get_one(Concern, concern_id)
                        concern.submitted_at = london_instant(came_on, CAME_AT)
        finally:
            TODAY.reset(token)
        return told

    def _case(self, came_on: date, *, known: bool) -> tuple[dict[str, Any], tuple[str | None, ...]]:
        rng = self.rng
        person = rng.choice(self.people) if known else None
        other = rng.choice(self.people) if person and rng.random() < 0.15 else None
        if other is person:
            other = None
        body: dict[str, Any] = {
            "referrer": {"name": "Lesley Dummy", "role": "Officer", "phone": "01632 960172"},
            "victim": self._described(person),
            "home": {
                "area": AREA,
                "postcode": person.postcode if person else made_up_postcode(rng),
            },
            "alleged_perpetrators": [self._described(other)],
            "children": [self._child() for _ in range(rng.choice((0, 0, 1, 2)))],
            "reason": {
                "what_happened": "Invented for the demonstration: a dispute at home, with threats.",
                "incident_on": (came_on - timedelta(days=rng.randrange(1, 9))).isoformat(),
                "wanted": "A plan that the people around the person can keep to.",
            },
            "criteria": {
                "criteria": ["professional_judgement"],
                "judgement_reasons": "Invented: it is happening more often.",
            },
            "risk_tool": {"tool": "items_24", "score": rng.randrange(9, 22)},
            "consent": {"aware": "yes", "consent": "given"},
        }
        return body, (person.person_id if person else None, other.person_id if other else None)

    def _described(self, person: MadeUp | None) -> dict[str, Any]:
        """Return somebody as a referrer would describe them; strangers are mostly older."""
        rng = self.rng
        if person is not None:
            return {
                "given_name": person.known_as or person.given_name,
                "family_name": person.family_name,
                "date_of_birth": person.date_of_birth.isoformat(),
                "care_experienced": rng.choice(("yes", "not_known", "not_known")),
            }
        is_young = rng.random() < 0.2
        age = rng.randrange(17, 24) if is_young else rng.randrange(28, 60)
        born = date(self.today.year - age, rng.randrange(1, 13), rng.randrange(1, 29))
        described = {
            "given_name": rng.choice(GIVEN),
            "family_name": rng.choice(FAMILY),
            "date_of_birth": born.isoformat(),
        }
        return described | (
            {"care_experienced": rng.choice(("no", "no", "not_known"))} if is_young else {}
        )

    def _child(self) -> dict[str, Any]:
        rng = self.rng
        born = date(
            self.today.year - rng.randrange(1, 13), rng.randrange(1, 13), rng.randrange(1, 29)
        )
        return {"given_name": rng.choice(GIVEN), "date_of_birth": born.isoformat()}

    def _answer_checks(self, told: list[Told]) -> None:
        """Let the duty desk confirm whoever is on the register, and rule out most of the rest."""
        with self.units.write(self._actor(Role.DUTY_DESK)) as uow:
            for one in told:
                wanted = [self.county.people[key] for key in one.meant if key]
                checks = uow.session.scalars(
                    select(IdentityCheck)
                    .where(
                        IdentityCheck.concern_id == one.concern_id,
                        IdentityCheck.service_id == self.county.service_id,
                    )
                    .order_by(IdentityCheck.opened_at, IdentityCheck.reference)
                ).all()
                for check in checks:
                    self._answer(check, wanted, uow=uow)

    def _answer(self, check: IdentityCheck, wanted: list[UUID], *, uow: UnitOfWork) -> None:
        meant = next((one for one in wanted if self._is_about(check, one)), None)
        if meant is None:
            if self.rng.random() < 0.7:
                self._turn_down(check, uow=uow)
                note = "Not known to us under any of these names."
                rule_out(AnswerCheck(check_id=check.id, version=check.version, note=note), uow=uow)
            return
        wanted.remove(meant)
        if uow.session.get(IdentityCandidate, (check.id, meant)) is None:
            reference = uow.session.get_one(Person, meant).reference
            put_forward(check.id, check.version, reference, uow=uow)
            uow.session.flush()
        confirm_identity(
            ConfirmIdentity(
                check_id=check.id,
                version=check.version,
                person_id=meant,
                facts=frozenset({"date_of_birth", "worker"}),
            ),
            uow=uow,
        )

    def _turn_down(self, check: IdentityCheck, *, uow: UnitOfWork) -> None:
        """Say of each candidate that somebody else is meant: a namesake, or a twin."""
        candidates = uow.session.scalars(
            select(IdentityCandidate.person_id)
            .where(IdentityCandidate.check_id == check.id, IdentityCandidate.rejected_at.is_(None))
            .order_by(IdentityCandidate.score.desc(), IdentityCandidate.person_id)
        ).all()
        for person_id in candidates:
            reject_candidate(check.id, check.version, person_id, uow=uow)

    def _is_about(self, check: IdentityCheck, person_id: UUID) -> bool:
        """Tell whether the question describes the person: only the storyteller knows."""
        person = self.names[person_id]
        return person.date_of_birth.isoformat() in check.asked and person.family_name in check.asked

    def _screen(self, concern_id: UUID, *, uow: UnitOfWork) -> None:
        concern = uow.session.get_one(Concern, concern_id)
        screen_concern(
            ScreenConcern(
                concern_id=concern_id, outcome=Move.ACCEPT, reason="", version=concern.version
            ),
            uow=uow,
        )
