"""Agreements written by commands, the way a governance lead writes them."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import select

from hub.agencies.models import Agency
from hub.db.units import UnitOfWork
from hub.kernel.actor import Actor, Role, system
from hub.sharing import commands
from hub.sharing.models import Agreement, AgreementGateway
from hub.sharing.register.codes import RIGHTS
from hub.sharing.register.contents import Category
from kit.world import World

WRITER = Actor(account_id=UUID(int=3), roles=frozenset({Role.GOVERNANCE_LEAD}), label="lead")
APPROVER = Actor(account_id=UUID(int=4), roles=frozenset({Role.SIRO}), label="siro")
STARTS = date(2026, 5, 1)
WHY = "Because of so and so."
EXISTENCE = Category(
    code="existence",
    to_service="permitted",
    to_asker="permitted",
    subjects=("victim", "child"),
    retention="look_up_2",
)
OPENING = commands.Opening(
    reference="ISA-7",
    title="Sharing for safety in Testshire",
    tier="purpose_specific",
    framework="",
    starts_on=STARTS,
    ends_on=None,
    review_on=None,
    first_review_months=6,
    review_months=12,
)


@dataclass
class Register:
    """The small county's register, with two more agencies that can be parties."""

    world: World
    council: UUID = field(default_factory=uuid4)
    police: UUID = field(default_factory=uuid4)

    def settle(self) -> "Register":
        """Write the agencies."""
        with self.world.write() as uow:
            uow.session.add(Agency(id=self.council, name="Example Council", kind="local_authority"))
            uow.session.add(Agency(id=self.police, name="Example Police", kind="police"))
        return self

    def row(self, agreement_id: UUID) -> Agreement:
        """Return a version as it is saved."""
        with self.world.units.read(system("test")) as uow:
            return uow.session.get_one(Agreement, agreement_id)

    def touched(self, agreement_id: UUID) -> dict[str, Any]:
        """Return what somebody who reads the version now sends back."""
        return {"agreement_id": agreement_id, "version": self.row(agreement_id).version}

    def do(
        self,
        command: Callable[..., Any],
        shape: Callable[..., Any],
        agreement_id: UUID,
        *,
        by: Actor = WRITER,
        **values: Any,
    ) -> Any:
        """Run one command on a version that was just read."""
        with self.world.write(by) as uow:
            return command(shape(**self.touched(agreement_id), **values), uow=uow)

    def start(self, *, by: Actor = WRITER, **changes: Any) -> UUID:
        """Begin a draft."""
        with self.world.write(by) as uow:
            opening = commands.Opening(**(vars(OPENING) | changes))
            return commands.start_agreement(opening, uow=uow)

    def draft(self, **changes: Any) -> UUID:
        """Write a draft that lacks nothing, with two controllers and the leaving care service."""
        one = self.start(**changes)
        self.do(
            commands.save_purposes,
            commands.SavePurposes,
            one,
            purposes=(("marac_risk", "sought_not_basis"),),
            subjects=("victim", "child"),
        )
        for agency_id, role in (
            (self.council, "controller"),
            (self.police, "controller"),
            (self.world.agency, "processor"),
        ):
            self.party(one, agency_id, role=role)
        self.bases(one, self.council, "art6_e")
        self.bases(one, self.police, "part3_s35")
        self.do(commands.save_categories, commands.SaveCategories, one, categories=(EXISTENCE,))
        self.gateway(one)
        self.do(
            commands.save_handling,
            commands.SaveHandling,
            one,
            methods=("hub",),
            marking="OFFICIAL-SENSITIVE",
            encryption="",
            verbal="",
            onward="none",
            onward_to="",
            breach_hours=24,
        )
        self.do(
            commands.save_rights,
            commands.SaveRights,
            one,
            rights=tuple((code, self.council) for code in RIGHTS),
        )
        self.do(
            commands.save_ending, commands.SaveEnding, one, liability="", termination="Destroyed."
        )
        return one

    def party(self, one: UUID, agency_id: UUID, *, role: str = "controller") -> None:
        """Add a party."""
        self.do(
            commands.save_party,
            commands.SaveParty,
            one,
            agency_id=agency_id,
            role=role,
            legal_name="Legal name",
            ico_number="",
            dpo="",
        )

    def bases(self, one: UUID, agency_id: UUID, *codes: str) -> None:
        """Record the bases of a party."""
        self.do(commands.save_bases, commands.SaveBases, one, agency_id=agency_id, bases=codes)

    def gateway(self, one: UUID, **changes: Any) -> UUID:
        """Cite a gateway."""
        values: dict[str, Any] = {
            "code": "cda_s115",
            "statute": "Crime and Disorder Act 1998",
            "section": "section 115",
            "kind": "power",
            "direction": "both",
            "commences_on": date(1998, 9, 30),
            "from_age": None,
            "until_age": None,
            "relies": "",
        }
        found: UUID = self.do(
            commands.save_gateway, commands.SaveGateway, one, **(values | changes)
        )
        return found

    def approve(self, one: UUID) -> UUID:
        """Have a draft approved by somebody else."""
        self.do(commands.approve_agreement, commands.Touch, one, by=APPROVER)
        return one

    def sign(self, one: UUID, *agencies: UUID) -> UUID:
        """Record the signature of these parties, or of all."""
        for agency_id in agencies or (self.council, self.police, self.world.agency):
            self.do(
                commands.sign_party,
                commands.SignParty,
                one,
                agency_id=agency_id,
                signatory="A. Director",
                signed_on=STARTS,
            )
        return one

    def force(self, one: UUID) -> UUID:
        """Bring a version into force."""
        self.do(commands.bring_into_force, commands.Touch, one)
        return one

    def in_force(self, **changes: Any) -> UUID:
        """Write an agreement and bring it into force."""
        return self.force(self.sign(self.approve(self.draft(**changes))))

    def next(self, one: UUID) -> UUID:
        """Begin the next version."""
        found: UUID = self.do(commands.write_next, commands.Touch, one)
        return found

    def because(self, command: Callable[..., Any], one: UUID) -> None:
        """Do something that needs a reason."""
        self.do(command, commands.Because, one, why=WHY)

    def gateways(self, uow: UnitOfWork, one: UUID) -> list[AgreementGateway]:
        """Return the gateways of a version."""
        wanted = select(AgreementGateway).where(AgreementGateway.agreement_id == one)
        return list(uow.session.scalars(wanted))
