"""Referrals of the same people over time, in a county; everybody is invented."""

from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID, uuid4

from sqlalchemy import select

from hub.kernel.actor import Actor, Role
from hub.marac.commands.subjects import SayWho, say_who
from hub.marac.models import Hearing
from hub.marac.queries.repeats import Repeat, repeats_of
from hub.marac.queries.subjects import compared
from hub.marac.rules.subjects import Basis, Verdict
from hub.meetings.models import Item, Meeting
from hub.referrals.commands import submit_concern
from hub.referrals.models import Concern, Party
from kit.concerns import County
from kit.hub import FixedClock
from kit.world import HUB

HER = {
    "given_name": "Zinnia",
    "family_name": "Quillfeather",
    "date_of_birth": "1981-04-02",
    "care_experienced": "no",
}
HIM = {
    "given_name": "Basil",
    "family_name": "Thornbury",
    "date_of_birth": "1979-11-30",
    "postcode": "LN1 1AA",
    "care_experienced": "no",
}
SOMEBODY_ELSE = {
    "given_name": "Rufus",
    "family_name": "Marshbank",
    "date_of_birth": "1990-05-05",
    "care_experienced": "no",
}


@dataclass
class Years:
    """Short ways to refer, to say who is who, and to hear."""

    county: County
    clock: FixedClock
    referrer: Actor
    coordinator: Actor

    def refer(self, on, victim=HER, perpetrators=(HIM,), *, incident=None, kind=None, area=None):
        """Submit a referral at nine on a day and return its id."""
        self.clock.set(datetime(on.year, on.month, on.day, 9, tzinfo=UTC))
        self.county.today = on
        reason = {"what_happened": "Something happened."}
        if incident:
            reason["incident_on"] = incident.isoformat()
        if kind:
            reason["incident_kind"] = kind
        cmd = self.county.command(
            victim=victim,
            alleged_perpetrators=list(perpetrators),
            reason=reason,
            home={"area": str(area or self.county.area), "postcode": "LN2 2BB"},
        )
        with self.county.units.write(self.referrer) as uow:
            return submit_concern(cmd, uow=uow)

    def party(self, concern_id: UUID, role="victim") -> UUID:
        """Return somebody of a referral."""
        with self.county.units.read(HUB) as uow:
            wanted = select(Party.id).where(Party.concern_id == concern_id, Party.role == role)
            return uow.session.scalars(wanted.order_by(Party.position)).first()

    def say(self, concern_id, one, other, verdict=Verdict.SAME, *, number=None, by=None):
        """Say what is so of two people."""
        with self.county.units.write(by or self.coordinator) as uow:
            cmd = SayWho(
                concern_id=concern_id,
                party_id=one,
                other_id=other,
                verdict=verdict,
                number=self._number(uow, concern_id, one, other) if number is None else number,
                basis=Basis.BORN if verdict is Verdict.SAME else None,
            )
            return say_who(cmd, uow=uow)

    @staticmethod
    def _number(uow, concern_id, one, other):
        found = [
            near.standing.number
            for each in compared(uow, concern_id)
            for near in each.likely
            if (each.party.id, near.party_id) == (one, other)
        ]
        return found[0] if found else 0

    def join(self, later: UUID, earlier: UUID, roles=("victim", "alleged_perpetrator")) -> None:
        """Say that those of a role are the same in two referrals."""
        for role in roles:
            self.say(later, self.party(later, role), self.party(earlier, role))

    def repeat(self, concern_id: UUID) -> Repeat:
        """Return what a referral is."""
        with self.county.units.read(self.coordinator) as uow:
            return repeats_of(uow, [concern_id])[concern_id]

    def screened(self, concern_id: UUID, state: str) -> None:
        """Put a referral into a state."""
        with self.county.units.write(HUB) as uow:
            uow.session.get_one(Concern, concern_id).state = state

    def heard(self, concern_id: UUID, on) -> UUID:
        """Write that a referral was heard on a day and return the item."""
        at = datetime(on.year, on.month, on.day, 9, tzinfo=UTC)
        with self.county.units.write(HUB) as uow:
            area = uow.session.get_one(Concern, concern_id).area_id
            meeting = Meeting(
                id=uuid4(),
                reference=uow.ids.reference(),
                kind="marac",
                area_id=area,
                state="held",
                starts_at=at,
                ends_at=at,
            )
            uow.session.add(meeting)
            uow.session.flush()
            item = Item(id=uuid4(), meeting_id=meeting.id, concern_id=concern_id, listed_at=uow.now)
            uow.session.add(item)
            uow.session.flush()
            uow.session.add(Hearing(id=uuid4(), item_id=item.id, state="heard", heard_on=on))
            return item.id


def years(county: County, clock: FixedClock, as_role) -> Years:
    """Return the county with a referrer and a co-ordinator."""
    return Years(
        county,
        clock,
        as_role(Role.REFERRER, agency_id=county.police, name="Pat Officer"),
        as_role(Role.COORDINATOR, agency_id=county.council, name="Coral Ordinator"),
    )
