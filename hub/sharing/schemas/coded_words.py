"""The coded facts of a case in words: the codes are those of the public interface, section 3."""

from collections.abc import Mapping
from types import MappingProxyType

from hub.sharing.rules.coded import (
    CategoryRule,
    Competence,
    ConsentOverlap,
    ConsentState,
    Direction,
    OverrideBasis,
    PoliceForm,
    RequesterKind,
    RequesterRelation,
    RequestPattern,
    SubjectRole,
    VictimNotice,
    Weighing,
)
from hub.sharing.rules.consent_words import STATE_WORDS
from hub.sharing.states import AgreementState

KINDS: Mapping[str, str] = MappingProxyType(
    {
        RequesterKind.OTHER: "Another agency",
        RequesterKind.POLICE: "Police",
        RequesterKind.CHILDRENS_SERVICES: "Children's services",
        RequesterKind.ADULT_SERVICES: "Adult services",
        RequesterKind.LEAVING_CARE: "Leaving care",
        RequesterKind.HEALTH: "Health",
        RequesterKind.PROBATION: "Probation",
        RequesterKind.IDVA: "Domestic abuse adviser (Idva)",
        RequesterKind.CHARITY: "Charity",
        RequesterKind.EDUCATION: "Education",
        RequesterKind.HOUSING_PROVIDER: "Landlord",
        RequesterKind.HOUSING_ALLOCATION: "Team that allocates homes",
        RequesterKind.JOBCENTRE: "Jobcentre",
        RequesterKind.EMPLOYER: "Employer",
    }
)
RELATIONS: Mapping[str, str] = MappingProxyType(
    {
        RequesterRelation.NONE: "Nothing",
        RequesterRelation.KNOWS_OR_RELATED: "Knows or is related to somebody in it",
        RequesterRelation.ALLEGED_PERPETRATOR: "Is the alleged perpetrator",
        RequesterRelation.PERPETRATOR_REPRESENTATIVE: "Represents the alleged perpetrator",
        RequesterRelation.LIVES_WITH_ALLEGED_PERPETRATOR: "Lives with the alleged perpetrator",
    }
)
AGREEMENTS: Mapping[str, str] = MappingProxyType(
    {
        AgreementState.NOT_PARTY: "None: also draft, unsigned or withdrawn",
        AgreementState.IN_FORCE: "In force",
        AgreementState.REVIEW_OVERDUE: "In force, its review some days overdue",
        AgreementState.REVIEW_LATE: "Held: its review is too late",
        AgreementState.SUSPENDED: "Suspended",
        AgreementState.EXPIRED: "Ended",
    }
)
RULES: Mapping[str, str] = MappingProxyType(
    {
        CategoryRule.EXCLUDED: "Excluded, or not listed",
        CategoryRule.APPROVAL: "Shared once an approver has said yes",
        CategoryRule.PERMITTED: "Permitted",
    }
)
ROLES: Mapping[str, str] = MappingProxyType(
    {
        SubjectRole.VICTIM: "Victim",
        SubjectRole.ALLEGED_PERPETRATOR: "Alleged perpetrator",
        SubjectRole.CHILD: "Child",
        SubjectRole.WITNESS: "Witness",
        SubjectRole.FAMILY: "Family",
        SubjectRole.WORKER: "Professional",
    }
)
STATES: Mapping[str, str] = MappingProxyType(
    {
        ConsentState.NOT_ASKED: "Nobody has asked",
        **{state: words for state, (words, _) in STATE_WORDS.items()},
        ConsentState.EXPIRED: "Has ended",
        ConsentState.NOT_REQUIRED_STATUTORY: "Not asked, because a duty applies",
        ConsentState.FLUCTUATING: "Can decide this at some times and not at others",
    }
)
OVERLAPS: Mapping[str, str] = MappingProxyType(
    {
        ConsentOverlap.NONE: "Nothing of what is asked for",
        ConsentOverlap.PART: "Part of what is asked for",
        ConsentOverlap.WHOLE: "All of what is asked for",
    }
)
COMPETENCE: Mapping[str, str] = MappingProxyType(
    {
        Competence.NOT_ASSESSED: "Not assessed",
        Competence.COMPETENT: "Can decide this",
        Competence.NOT_COMPETENT: "Cannot decide this",
    }
)
BASES: Mapping[str, str] = MappingProxyType(
    {
        OverrideBasis.SAFEGUARDING: "Safeguarding",
        OverrideBasis.S115: "Crime and Disorder Act 1998, section 115",
        OverrideBasis.SCH1_PARA_6: "Data Protection Act 2018, Schedule 1 paragraph 6",
        OverrideBasis.SCH1_PARA_10: "Data Protection Act 2018, Schedule 1 paragraph 10",
        OverrideBasis.BEST_INTERESTS: "Best interests: Mental Capacity Act 2005",
    }
)
WEIGHINGS: Mapping[str, str] = MappingProxyType(
    {
        Weighing.NOT_DONE: "Nobody has weighed both risks",
        Weighing.SHARE: "Not sharing would do more harm",
        Weighing.DO_NOT_SHARE: "Sharing would do more harm",
    }
)
PATTERNS: Mapping[str, str] = MappingProxyType(
    {RequestPattern.ONE_OFF: "Once", RequestPattern.REPEAT: "Over and over"}
)
FORMS: Mapping[str, str] = MappingProxyType(
    {
        PoliceForm.NONE: "None",
        PoliceForm.INCOMPLETE: "Not complete, or not counter-signed",
        PoliceForm.COMPLETE: "Complete and counter-signed",
    }
)
NOTICES: Mapping[str, str] = MappingProxyType(
    {
        VictimNotice.MISSING: "Missing",
        VictimNotice.GIVEN: "Given",
        VictimNotice.DELAYED_WITH_REASON: "Delayed for a reason",
    }
)
TESTS: Mapping[str, str] = MappingProxyType(
    {
        "reason_to_believe_held": "Why they believe that it is held",
        "reasonable_line_of_enquiry": "A reasonable line of enquiry",
        "necessary_and_proportionate": "Necessary and proportionate",
    }
)
SO: Mapping[str, str] = MappingProxyType(
    {
        "requester_identity_verified": "Somebody has verified who asks",
        "approver_related": "Whoever would approve knows or is related to somebody in it",
        "immediate_danger": "A life is in danger now",
        "court_order": "A court has ordered it",
        "sab_s45": "A safeguarding adults board demands it",
        "purpose_permitted": "The agreement names this purpose",
        "pr_is_alleged_perpetrator": "The parent who agreed is the alleged perpetrator",
        "risk_of_harm": "There is a risk of harm",
        "marac_high_risk": "High risk by a MARAC's criteria",
        "serious_harm_likely": "Serious harm is likely",
        "harm_to_other": "A child or another adult is at risk",
    }
)
"""What is so in a case; what is not ticked is not."""

LIMBS: Mapping[str, str] = MappingProxyType(
    {
        "care_and_support_needs": "Needs for care and support",
        "abuse_or_neglect": "Abuse or neglect, or a risk of it",
        "cannot_protect_self": "Cannot protect themselves because of those needs",
    }
)
WAYS: Mapping[str, str] = MappingProxyType(
    {
        Direction.TO_SERVICE: "The leaving care service is told that the person is in a case",
        Direction.TO_ASKER: "Whoever asks is told what they ask for",
    }
)
