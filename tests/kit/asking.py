"""Two agencies that ask each other: an officer and the small county's leaving care service."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import select

from hub.access.models import Account, AccountRole
from hub.agencies.models import Agency
from hub.kernel.actor import Actor, Role
from hub.people.rules.look_ups import LookUpPolicy
from hub.sharing.commands.approving import AnswerApproval, answer_approval
from hub.sharing.commands.holding import SayKnown, say_known
from hub.sharing.commands.leaving import Record, ShareLine
from hub.sharing.commands.sending import SendRequest, send_request
from hub.sharing.models import AgreementCategory, AgreementParty, Approval, RequestLine
from hub.sharing.register.codes import SUBJECTS
from hub.sharing.rules.policy import RequestPolicy
from hub.sharing.rules.request_answers import AskAnswers
from kit.world import World

POLICY = RequestPolicy(look_ups=LookUpPolicy(sample_percent=0))
RISK = "What could happen, in so many words."
RECORD = Record(
    necessity="To plan for safety",
    less_intrusive="None would do",
    risk_of_sharing=RISK,
    risk_of_not_sharing=RISK,
)


@dataclass
class Asking:
    """The small county with a police force and the people who ask, approve and answer."""

    world: World
    force: UUID = field(default_factory=uuid4)
    officer: Actor = field(init=False)
    inspector: Actor = field(init=False)
    stranger: Actor = field(init=False)
    people: dict[Role, Actor] = field(default_factory=dict)

    def settle(self) -> "Asking":
        """Write the force, its agreement with the service, and everybody's account."""
        with self.world.write() as uow:
            uow.session.add(Agency(id=self.force, name="Testshire Police", kind="police"))
            uow.session.flush()
            uow.session.add(
                AgreementParty(
                    agreement_id=self.world.agreement,
                    agency_id=self.force,
                    role="controller",
                    signed_on=date(2026, 1, 1),
                )
            )
            for category, rule in (
                ("worker_contact", "permitted"),
                ("accommodation", "permitted"),
                ("health", "approval"),
                ("full_file", "approval"),
            ):
                uow.session.add(
                    AgreementCategory(
                        agreement_id=self.world.agreement,
                        category=category,
                        to_service=rule,
                        to_asker=rule,
                        subjects=" ".join(SUBJECTS),
                    )
                )
        self.officer = self.account(self.force, Role.REFERRER)
        self.inspector = self.account(self.force, Role.REFERRER)
        self.stranger = self.account(self.force, Role.REFERRER)
        for role in (
            Role.DUTY_DESK,
            Role.AGENCY_REPRESENTATIVE,
            Role.TEAM_MANAGER,
            Role.SAFEGUARDING_LEAD,
            Role.CALDICOTT_GUARDIAN,
            Role.ASSET_OWNER,
            Role.SIRO,
            Role.LEGAL_ADVISER,
        ):
            self.people[role] = self.account(self.world.agency, role)
        return self

    def account(self, agency_id: UUID, *roles: Role, contact_id: UUID | None = None) -> Actor:
        """Write an account of an agency with these roles and return it as an actor."""
        actor = Actor(
            account_id=uuid4(),
            agency_id=agency_id,
            contact_id=contact_id,
            roles=frozenset(roles),
            label="account",
        )
        with self.world.write() as uow:
            uow.session.add(
                Account(
                    id=actor.account_id,
                    email=f"{actor.account_id}@example.org",
                    name="Some Body",
                    agency_id=agency_id,
                    contact_id=contact_id,
                    created_at=uow.now,
                )
            )
            uow.session.flush()
            for role in roles:
                uow.session.add(AccountRole(account_id=actor.account_id, role=role))
        return actor

    def answers(self, **pages: Mapping[str, Any]) -> AskAnswers:
        """Return whole answers about somebody invented; ``pages`` are set over them."""
        whole: dict[str, dict[str, Any]] = {
            "holder": {"agency": str(self.world.agency), "service": str(self.world.service)},
            "subject": {
                "given_name": "Zebedee",
                "family_name": "Quillfeather",
                "date_of_birth": "2006-03-09",
                "subject_role": "witness",
            },
            "what": {"categories": ["worker_contact"], "wanted_worker_contact": "Who and how"},
            "why": {
                "purpose": "safety_planning",
                "necessity": "We plan for her safety on Friday",
                "less_intrusive": "We asked the family first",
                "pattern": "one_off",
            },
            "urgency": {"priority": "amber"},
            "risk": {},
            "basis": {
                "article_6": "art6_e",
                "legal_power": "Crime and Disorder Act 1998 section 115",
                "override_basis": ["s115"],
            },
            "handling": {"security": "On our system", "retention": "Six years"},
            "declaration": {"relation": "none"},
        }
        for page, values in pages.items():
            whole[page] = whole.get(page, {}) | dict(values)
        return AskAnswers(pages=whole)

    def send(self, answers: AskAnswers | None = None, *, by: Actor | None = None) -> UUID:
        """Send a request off as the officer."""
        with self.world.write(by or self.officer) as uow:
            cmd = SendRequest(answers=answers or self.answers())
            return send_request(cmd, uow=uow, policy=POLICY)

    def line(self, request_id: UUID, category: str = "worker_contact") -> RequestLine:
        """Return a line of a request as it is."""
        with self.world.units.read(self.officer) as uow:
            return uow.session.scalars(
                select(RequestLine).where(
                    RequestLine.request_id == request_id, RequestLine.category == category
                )
            ).one()

    def known(self, request_id: UUID, *, is_known: bool = True) -> None:
        """Say as the holder's representative that the person is known."""
        with self.world.write(self.people[Role.AGENCY_REPRESENTATIVE]) as uow:
            facts = frozenset({"date_of_birth", "address"})
            cmd = SayKnown(request_id=request_id, is_known=is_known, facts=facts)
            say_known(cmd, uow=uow, policy=POLICY)

    def approve(self, approval: Approval, by: Actor, *, is_approved: bool = True) -> None:
        """Answer an approval."""
        with self.world.write(by) as uow:
            answer_approval(
                AnswerApproval(
                    approval_id=approval.id,
                    version=approval.version,
                    is_approved=is_approved,
                    risk_of_sharing=RISK,
                    risk_of_not_sharing=RISK,
                    reason="It is needed",
                    knows_nobody=True,
                ),
                uow=uow,
                policy=POLICY,
            )

    @staticmethod
    def share(line_id: UUID, **other: Any) -> ShareLine:
        """Return the command that lets a line out."""
        values: dict[str, Any] = {
            "words": "Ring the duty desk",
            "record": RECORD,
            "was_told": True,
            "knows_nobody": True,
            "worker_agrees": True,
        }
        return ShareLine(line_id=line_id, **(values | other))
