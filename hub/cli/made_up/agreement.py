"""The agreement of the county: written, approved by somebody else, signed, brought into force."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select

from hub.agencies.models import Agency, Contact
from hub.cli.made_up.county import COUNCIL, DOMESTIC_ABUSE, POLICE, County
from hub.db.units import UnitOfWork, Units
from hub.kernel.actor import Role
from hub.kernel.days import months_after
from hub.sharing import commands
from hub.sharing.models import Agreement
from hub.sharing.register.codes import APPROVAL, EXCLUDED, PERMITTED, RIGHTS, SUBJECTS
from hub.sharing.register.contents import Category
from hub.sharing.register.gateways import KNOWN

PUBLIC = ("art6_e", "art9_g", "sch1_para_6", "sch1_para_18")
PARTIES = (
    (COUNCIL, "Examplefield County Council (invented)", "ZA000001", PUBLIC),
    (
        POLICE,
        "Chief Constable of Examplefield Police (invented)",
        "ZA000002",
        ("part3_s35", "sch8_para_1", "sch8_para_4"),
    ),
    (
        DOMESTIC_ABUSE,
        "Examplefield Domestic Abuse Service (invented charity)",
        "ZA000003",
        ("art6_ea", "art9_g", "sch1_para_10", "sch1_para_18"),
    ),
)
PURPOSES = (
    ("marac_risk", "sought_not_basis"),
    ("safety_planning", "sought_not_basis"),
    ("child_safeguarding", "not_sought"),
    ("meeting_invite", "required"),
)
IN_THE_CASE = ("victim", "alleged_perpetrator", "child", "witness", "family")
CATEGORIES = (
    ("existence", PERMITTED, PERMITTED, tuple(SUBJECTS), "look_up_2"),
    ("worker_contact", PERMITTED, PERMITTED, ("victim", "child"), "last_case_7"),
    ("core_identity", PERMITTED, PERMITTED, IN_THE_CASE, "last_case_7"),
    ("safe_contact", PERMITTED, APPROVAL, ("victim", "child"), "last_case_7"),
    ("accommodation", PERMITTED, APPROVAL, ("victim", "child"), "last_case_7"),
    ("health", APPROVAL, APPROVAL, ("victim", "child"), "last_case_7"),
    ("criminal", APPROVAL, EXCLUDED, ("alleged_perpetrator",), "last_case_7"),
    ("full_file", EXCLUDED, EXCLUDED, tuple(SUBJECTS), "born_75"),
)
GATEWAYS = ("cda_s115", "ca2004_s11", "care_s42", "gdpr_6_1_ea", "ca2004_s16la", "confidence")
ASKED = ("single_point_of_contact", "information_governance_lead")
NOT_CITED = frozenset({"use", "opens", "check"})
"""What the hub knows of a gateway and an agreement does not say."""

BEGAN = timedelta(days=120)
LASTS = timedelta(days=1020)


def make_agreement(units: Units, county: County) -> None:
    """Bring a signed agreement into force that names the purposes of every kind of meeting."""
    lead, owner = (county.logins[role].actor() for role in (Role.GOVERNANCE_LEAD, Role.SIRO))
    with units.write(lead) as uow:
        starts_on = uow.today - BEGAN
        draft = _Draft(uow, commands.start_agreement(_opening(starts_on), uow=uow))
        draft.write_parties()
        draft.write_terms(starts_on)
    with units.write(owner) as uow:
        _Draft(uow, draft.agreement_id).do(commands.approve_agreement, commands.Touch)
    with units.write(lead) as uow:
        approved = _Draft(uow, draft.agreement_id)
        for agency_id in approved.agencies().values():
            approved.do(
                commands.sign_party,
                commands.SignParty,
                agency_id=agency_id,
                signatory="Head of service (invented)",
                signed_on=starts_on,
            )
        approved.name_contacts()
        approved.do(commands.bring_into_force, commands.Touch)


def _opening(starts_on: date) -> commands.Opening:
    return commands.Opening(
        reference=f"EX-{starts_on.year}-1",
        title="Information sharing for safety planning and MARAC, Examplefield (invented)",
        tier="purpose_specific",
        framework="",
        starts_on=starts_on,
        ends_on=starts_on + LASTS,
        review_on=None,
        first_review_months=6,
        review_months=12,
    )


@dataclass
class _Draft:
    """One version, changed by one person in one unit."""

    uow: UnitOfWork
    agreement_id: UUID

    def do(
        self,
        command: Callable[..., object],
        shape: Callable[..., commands.Touch],
        **values: Any,  # noqa: ANN401 - whatever the command is made of
    ) -> None:
        """Run a command on the version as somebody who has just read it."""
        self.uow.session.flush()
        version = self.uow.session.get_one(Agreement, self.agreement_id).version
        command(shape(agreement_id=self.agreement_id, version=version, **values), uow=self.uow)

    def agencies(self) -> dict[str, UUID]:
        """Return the agencies of the agreement by name, in their order."""
        wanted = select(Agency.name, Agency.id).where(Agency.name.in_([one[0] for one in PARTIES]))
        found = {row.name: row.id for row in self.uow.session.execute(wanted)}
        return {name: found[name] for name, *_ in PARTIES}

    def write_parties(self) -> None:
        """Add the parties, each with its lawful bases."""
        for (name, legal_name, ico_number, bases), agency_id in zip(
            PARTIES, self.agencies().values(), strict=True
        ):
            self.do(
                commands.save_party,
                commands.SaveParty,
                agency_id=agency_id,
                role="controller",
                legal_name=legal_name,
                ico_number=ico_number,
                dpo=f"Data protection officer of {name}",
            )
            self.do(commands.save_bases, commands.SaveBases, agency_id=agency_id, bases=bases)

    def write_terms(self, made_on: date) -> None:
        """Write every section but the parties."""
        self.do(
            commands.save_purposes,
            commands.SavePurposes,
            purposes=PURPOSES,
            subjects=tuple(SUBJECTS),
        )
        self.do(
            commands.save_categories,
            commands.SaveCategories,
            categories=tuple(
                Category(
                    code=code,
                    to_service=to_service,
                    to_asker=to_asker,
                    subjects=subjects,
                    retention=retention,
                )
                for code, to_service, to_asker, subjects, retention in CATEGORIES
            ),
        )
        for code in GATEWAYS:
            known = {
                name: value for name, value in vars(KNOWN[code]).items() if name not in NOT_CITED
            }
            self.do(
                commands.save_gateway,
                commands.SaveGateway,
                code=code,
                direction="both",
                **known,
            )
        self._write_rest(made_on)

    def _write_rest(self, made_on: date) -> None:
        council = self.agencies()[COUNCIL]
        self.do(
            commands.save_exclusions,
            commands.SaveExclusions,
            exclusions=("perpetrator_copy", "safe_address", "third_party", "counselling"),
            other_exclusions="",
        )
        self.do(
            commands.save_handling,
            commands.SaveHandling,
            methods=("hub", "secure_email"),
            marking="OFFICIAL-SENSITIVE",
            encryption="On the way and where it lies",
            verbal="What is said by telephone is written down in the hub on the same day.",
            onward="with_permission",
            onward_to="",
            breach_hours=24,
        )
        self.do(
            commands.save_assessment,
            commands.SaveAssessment,
            dpia_reference="DPIA 14 (invented)",
            dpia_on=made_on,
            dpia_outcome="The risks that are left are accepted.",
            dpia_review_on=months_after(made_on, 12),
            policy_reference="This agreement, sections on purposes and safeguards",
            policy_on=made_on,
        )
        self.do(
            commands.save_rights,
            commands.SaveRights,
            rights=tuple((code, council) for code in RIGHTS),
        )
        self.do(
            commands.save_ending,
            commands.SaveEnding,
            liability="Each party answers for its own mistakes.",
            termination="What was received is kept or destroyed by the schedule of each category; "
            "a party that leaves can reach nothing more from the same day.",
        )

    def name_contacts(self) -> None:
        """Say whom one asks at each party: its point of contact, else somebody in governance."""
        for agency_id in self.agencies().values():
            wanted = select(Contact.id).where(
                Contact.agency_id == agency_id, Contact.role.in_(ASKED)
            )
            contact_id = self.uow.session.scalar(wanted.order_by(Contact.name).limit(1))
            if contact_id is not None:
                self.do(
                    commands.save_contacts,
                    commands.SaveContacts,
                    agency_id=agency_id,
                    contact_id=contact_id,
                    deputy_id=None,
                )
