"""The coded words of a case: those of the hub's public interface, section 3, in its order.

The first word of each list is what a case has when it says nothing.
"""

from enum import StrEnum


class Direction(StrEnum):
    """Which way something would be told; each match asks the table once for each."""

    TO_SERVICE = "to_service"
    """The leaving care service learns that the person is in a case."""
    TO_ASKER = "to_asker"


class RequesterKind(StrEnum):
    """What kind of agency asks."""

    OTHER = "other"
    POLICE = "police"
    CHILDRENS_SERVICES = "childrens_services"
    ADULT_SERVICES = "adult_services"
    LEAVING_CARE = "leaving_care"
    HEALTH = "health"
    PROBATION = "probation"
    IDVA = "idva"
    CHARITY = "charity"
    EDUCATION = "education"
    HOUSING_PROVIDER = "housing_provider"
    HOUSING_ALLOCATION = "housing_allocation"
    JOBCENTRE = "jobcentre"
    EMPLOYER = "employer"


class RequesterRelation(StrEnum):
    """What the asker is to the people in the case."""

    NONE = "none"
    KNOWS_OR_RELATED = "knows_or_related"
    ALLEGED_PERPETRATOR = "alleged_perpetrator"
    PERPETRATOR_REPRESENTATIVE = "perpetrator_representative"
    LIVES_WITH_ALLEGED_PERPETRATOR = "lives_with_alleged_perpetrator"


class VictimNotice(StrEnum):
    """Whether the victim was told in writing of a police request for their records."""

    MISSING = "missing"
    GIVEN = "given"
    DELAYED_WITH_REASON = "delayed_with_reason"


class PoliceForm(StrEnum):
    """How far the police request form is filled in and counter-signed."""

    NONE = "none"
    INCOMPLETE = "incomplete"
    COMPLETE = "complete"


class RequestPattern(StrEnum):
    """Whether this is asked once or over and over."""

    ONE_OFF = "one_off"
    REPEAT = "repeat"


class Purpose(StrEnum):
    """What the sharing is for; a case must say it."""

    MARAC_RISK = "marac_risk"
    SAFETY_PLANNING = "safety_planning"
    CHILD_SAFEGUARDING = "child_safeguarding"
    ADULT_SAFEGUARDING = "adult_safeguarding"
    KEEP_IN_TOUCH = "keep_in_touch"
    MEETING_INVITE = "meeting_invite"
    CRIME_PREVENTION = "crime_prevention"
    STATUTORY_REVIEW = "statutory_review"
    SUPPORT = "support"


class Category(StrEnum):
    """What kind of information it is; a case must say it."""

    EXISTENCE = "existence"
    WORKER_CONTACT = "worker_contact"
    CORE_IDENTITY = "core_identity"
    SAFE_CONTACT = "safe_contact"
    ADDRESS = "address"
    SAFE_ADDRESS = "safe_address"
    ACCOMMODATION = "accommodation"
    EET = "eet"
    HEALTH = "health"
    CRIMINAL = "criminal"
    IMMIGRATION = "immigration"
    SEXUAL_LIFE = "sexual_life"
    ETHNICITY_RELIGION = "ethnicity_religion"
    FINANCE = "finance"
    PATHWAY_PLAN_EXTRACT = "pathway_plan_extract"
    FULL_FILE = "full_file"
    COUNSELLING = "counselling"


class CategoryRule(StrEnum):
    """What the agreement says of the category; what it does not list it excludes."""

    EXCLUDED = "excluded"
    APPROVAL = "approval"
    PERMITTED = "permitted"


class SubjectRole(StrEnum):
    """What the person is in the case."""

    VICTIM = "victim"
    ALLEGED_PERPETRATOR = "alleged_perpetrator"
    CHILD = "child"
    WITNESS = "witness"
    FAMILY = "family"
    WORKER = "worker"


class Competence(StrEnum):
    """Whether a child under 16 was found able to decide this for themselves."""

    NOT_ASSESSED = "not_assessed"
    COMPETENT = "competent"
    NOT_COMPETENT = "not_competent"


class ConsentState(StrEnum):
    """What is recorded of the person's consent."""

    NOT_ASKED = "not_asked"
    GIVEN_EXPLICIT = "given_explicit"
    GIVEN_LIMITED = "given_limited"
    GIVEN_BY_PR = "given_by_pr"
    """By somebody with parental responsibility."""
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"
    NOT_SOUGHT_UNSAFE = "not_sought_unsafe"
    LACKS_CAPACITY = "lacks_capacity"
    FLUCTUATING = "fluctuating"
    UNABLE_TO_REACH = "unable_to_reach"
    COERCED_SUSPECTED = "coerced_suspected"
    NOT_REQUIRED_STATUTORY = "not_required_statutory"


class ConsentOverlap(StrEnum):
    """How much of what is asked for lies within a limited consent."""

    NONE = "none"
    PART = "part"
    WHOLE = "whole"


class OverrideBasis(StrEnum):
    """What the sharing could rest on instead of consent."""

    SAFEGUARDING = "safeguarding"
    S115 = "s115"
    """Crime and Disorder Act 1998 section 115."""
    SCH1_PARA_6 = "sch1_para_6"
    """Data Protection Act 2018 Schedule 1 paragraph 6, statutory purposes."""
    SCH1_PARA_10 = "sch1_para_10"
    """The same, paragraph 10, preventing unlawful acts."""
    BEST_INTERESTS = "best_interests"
    """Mental Capacity Act 2005."""


class Weighing(StrEnum):
    """What a named person decided who wrote both risks down."""

    NOT_DONE = "not_done"
    SHARE = "share"
    DO_NOT_SHARE = "do_not_share"


SAFETY = frozenset(
    {
        Purpose.MARAC_RISK,
        Purpose.SAFETY_PLANNING,
        Purpose.CHILD_SAFEGUARDING,
        Purpose.ADULT_SAFEGUARDING,
    }
)
"""The purposes for which protecting somebody comes before asking."""
