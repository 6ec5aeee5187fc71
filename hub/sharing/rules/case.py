"""A case as the decision table sees it: coded facts, nobody's name, nothing that was written.

Its words and what holds where a case says nothing are those of the hub's public interface,
section 3.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from hub.sharing.rules.coded import (
    Category,
    CategoryRule,
    Competence,
    ConsentOverlap,
    ConsentState,
    Direction,
    OverrideBasis,
    PoliceForm,
    Purpose,
    RequesterKind,
    RequesterRelation,
    RequestPattern,
    SubjectRole,
    VictimNotice,
    Weighing,
)
from hub.sharing.states import AgreementState


@dataclass(frozen=True, kw_only=True, slots=True)
class VictimRequest:
    """What the police say about a request for a victim's records.

    Source: Police, Crime, Sentencing and Courts Act 2022 sections 44A to 44F.
    """

    reason_to_believe_held: bool = False
    reasonable_line_of_enquiry: bool = False
    necessary_and_proportionate: bool = False
    notice: VictimNotice = VictimNotice.MISSING


@dataclass(frozen=True, kw_only=True, slots=True)
class CareActLimbs:
    """The three limbs of an adult safeguarding enquiry. Source: Care Act 2014 section 42."""

    care_and_support_needs: bool = False
    abuse_or_neglect: bool = False
    cannot_protect_self: bool = False

    @property
    def all_met(self) -> bool:
        """Whether there is a duty to enquire."""
        return self.care_and_support_needs and self.abuse_or_neglect and self.cannot_protect_self


@dataclass(frozen=True, kw_only=True, slots=True)
class Question:
    """Whether a category may be told for a purpose, in one direction.

    ``subject_age`` is in whole years; None, unknown, meets no test of age. ``harm_to_other`` is
    harm to a child or to another adult. What speaks for sharing is false until somebody says so.
    """

    purpose: Purpose
    category: Category
    requester_identity_verified: bool = False
    requester_kind: RequesterKind = RequesterKind.OTHER
    requester_relation: RequesterRelation = RequesterRelation.NONE
    approver_related: bool = False
    immediate_danger: bool = False
    court_order: bool = False
    sab_s45: bool = False
    police_victim_request: VictimRequest | None = None
    police_form: PoliceForm = PoliceForm.NONE
    agreement_state: AgreementState = AgreementState.NOT_PARTY
    request_pattern: RequestPattern = RequestPattern.ONE_OFF
    purpose_permitted: bool = False
    category_rule: CategoryRule = CategoryRule.EXCLUDED
    subject_role: SubjectRole = SubjectRole.VICTIM
    subject_age: int | None = None
    subject_competence: Competence = Competence.NOT_ASSESSED
    consent_state: ConsentState = ConsentState.NOT_ASKED
    consent_overlap: ConsentOverlap = ConsentOverlap.NONE
    pr_is_alleged_perpetrator: bool = False
    override_basis: frozenset[OverrideBasis] = frozenset()
    risk_of_harm: bool = False
    marac_high_risk: bool = False
    serious_harm_likely: bool = False
    harm_to_other: bool = False
    s42: CareActLimbs = CareActLimbs()
    weighing: Weighing = Weighing.NOT_DONE

    def to_service(self, own: Mapping[str, Any]) -> "Question":
        """Return the question whether the leaving care service may be told of this case.

        ``own`` are the asker's own values, which replace those of the case. The service receives
        here, so nothing rests on an order or a demand that was made to it.
        """
        return replace(
            self,
            **own,
            requester_kind=RequesterKind.LEAVING_CARE,
            court_order=False,
            sab_s45=False,
        )


@dataclass(frozen=True, kw_only=True, slots=True)
class Case:
    """What is asked, in which directions; ``to_service`` are the asker's own values for one."""

    id: str
    asked: Question
    directions: frozenset[Direction] = frozenset({Direction.TO_ASKER})
    to_service: Mapping[str, Any] = field(default_factory=dict)

    def questions(self) -> tuple[tuple[Direction, Question], ...]:
        """Return the question for each direction, to the service first."""
        return tuple(
            (
                one,
                self.asked if one is Direction.TO_ASKER else self.asked.to_service(self.to_service),
            )
            for one in Direction
            if one in self.directions
        )
