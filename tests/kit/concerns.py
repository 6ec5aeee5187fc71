"""Short ways to a county with areas and agencies, and to a concern in it; everybody is invented."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from hub.agencies.models import Agency, AgencyArea, Area
from hub.db.units import Units
from hub.kernel.actor import Actor, system
from hub.referrals.commands import SubmitConcern, submit_concern
from hub.referrals.schemas import ConcernBody
from hub.web.dates import TODAY
from hub.web.values import Option

DAY = date(2026, 6, 1)


@dataclass
class County:
    """Two areas and the agencies that work in them."""

    units: Units
    area: UUID = field(default_factory=uuid4)
    other_area: UUID = field(default_factory=uuid4)
    police: UUID = field(default_factory=uuid4)
    charity: UUID = field(default_factory=uuid4)
    council: UUID = field(default_factory=uuid4)
    other_council: UUID = field(default_factory=uuid4)
    today: date = DAY

    def settle(self) -> "County":
        """Write the rows."""
        with self.units.write(system("test")) as uow:
            uow.session.add(Area(id=self.area, name="Testshire"))
            uow.session.add(Area(id=self.other_area, name="Elseshire"))
            names = {
                self.police: "Testshire Police",
                self.charity: "Example Charity",
                self.council: "Testshire Council",
                self.other_council: "Elseshire Council",
            }
            for agency_id, name in names.items():
                uow.session.add(Agency(id=agency_id, name=name, kind="authority"))
            uow.session.flush()
            for agency_id in (self.police, self.charity, self.council):
                uow.session.add(AgencyArea(agency_id=agency_id, area_id=self.area))
            uow.session.add(AgencyArea(agency_id=self.other_council, area_id=self.other_area))
        return self

    def body(self, **changes: Any) -> dict[str, Any]:
        """Return the least JSON body of a concern, with changes."""
        return {
            "victim": {"given_name": "Zinnia", "family_name": "Quillfeather", "about_age": 45},
            "home": {"area": str(self.area)},
            "reason": {"what_happened": "Something happened."},
            "consent": {"consent": "given"},
            **changes,
        }

    def command(self, **changes: Any) -> SubmitConcern:
        """Return the command that the body loads to."""
        TODAY.set(self.today)
        areas = (Option(str(self.area), "Testshire"), Option(str(self.other_area), "Elseshire"))
        loaded: SubmitConcern = ConcernBody(areas=areas).load(self.body(**changes))
        return loaded

    def concern(self, actor: Actor, **changes: Any) -> UUID:
        """Submit a concern as somebody and return its id."""
        cmd = self.command(**changes)
        with self.units.write(actor) as uow:
            return submit_concern(cmd, uow=uow)
