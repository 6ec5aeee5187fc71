"""The fields of a case with every value they can have, in the classes that the table tells apart.

The classes are read off the published text: of what one class holds, no rule asks which it is.
"""

from itertools import product
from math import prod

from hub.sharing.rules import (
    CareActLimbs,
    Category,
    CategoryRule,
    Competence,
    ConsentOverlap,
    ConsentState,
    OverrideBasis,
    PoliceForm,
    Purpose,
    RequesterKind,
    RequesterRelation,
    RequestPattern,
    SubjectRole,
    VictimNotice,
    VictimRequest,
    Weighing,
)
from hub.sharing.states import AgreementState

TESTS = ("reason_to_believe_held", "reasonable_line_of_enquiry", "necessary_and_proportionate")
LIMBS = ("care_and_support_needs", "abuse_or_neglect", "cannot_protect_self")
FLAG = ((False,), (True,))
NO_YES = (False, True)


def apart(words, *groups):
    """Return the words in classes: each group, and all others as the last class."""
    grouped = {word for group in groups for word in group}
    rest = tuple(word.value for word in words if word.value not in grouped)
    return (*groups, rest)


def each(words):
    return tuple((word.value,) for word in words)


def victim_requests():
    """Return what the police can say about a request, in two classes: incomplete and complete."""
    all_of_them = [
        {**dict(zip(TESTS, tests, strict=True)), "notice": notice}
        for tests in product(NO_YES, repeat=3)
        for notice in ("missing", "given", "delayed_with_reason")
    ]
    is_complete = [all(one[test] for test in TESTS) for one in all_of_them]
    complete = [
        one
        for one, so in zip(all_of_them, is_complete, strict=True)
        if so and one["notice"] != "missing"
    ]
    return (None, *(one for one in all_of_them if one not in complete)), tuple(complete)


def limbs():
    """Return the limbs of section 42 in three classes: no needs, needs alone, all three."""
    found = [dict(zip(LIMBS, met, strict=True)) for met in product(NO_YES, repeat=3)]
    no_needs = tuple(one for one in found if not one[LIMBS[0]])
    return no_needs, tuple(one for one in found if one[LIMBS[0]])[:3], (found[-1],)


def has(basis):
    """Return the name of the choice whether a basis is in the set."""
    return f"override_basis has {basis.value}"


BASES = {has(one): FLAG for one in OverrideBasis}
"""Each basis is in the set or is not, which is chosen for each by itself."""

CLASSES = {
    "requester_identity_verified": FLAG,
    "requester_kind": apart(
        RequesterKind, ("police",), ("jobcentre", "employer", "housing_allocation")
    ),
    "requester_relation": apart(RequesterRelation, ("none",), ("knows_or_related",)),
    "approver_related": FLAG,
    "immediate_danger": FLAG,
    "court_order": FLAG,
    "sab_s45": FLAG,
    "police_victim_request": victim_requests(),
    "police_form": apart(PoliceForm, ("complete",)),
    "agreement_state": apart(AgreementState, ("not_party",), ("in_force",), ("review_overdue",)),
    "request_pattern": each(RequestPattern),
    "purpose": apart(
        Purpose,
        ("marac_risk",),
        ("safety_planning",),
        ("child_safeguarding",),
        ("adult_safeguarding",),
        ("crime_prevention",),
    ),
    "purpose_permitted": FLAG,
    "category": apart(
        Category,
        ("existence",),
        ("worker_contact",),
        ("counselling",),
        ("safe_address", "full_file", "immigration", "sexual_life"),
    ),
    "category_rule": each(CategoryRule),
    "subject_role": apart(SubjectRole, ("victim",)),
    "subject_age": ((None,), tuple(range(16)), (16, 17), tuple(range(18, 121))),
    "subject_competence": apart(Competence, ("not_competent",)),
    "consent_state": each(ConsentState),
    "consent_overlap": apart(ConsentOverlap, ("none",)),
    "pr_is_alleged_perpetrator": FLAG,
    **BASES,
    "risk_of_harm": FLAG,
    "marac_high_risk": FLAG,
    "serious_harm_likely": FLAG,
    "harm_to_other": FLAG,
    "s42": limbs(),
    "weighing": each(Weighing),
}
"""The classes of each field's JSON values."""


def victim_request(one):
    """Return what the police say about a request."""
    if one is None:
        return None
    return VictimRequest(**(one | {"notice": VictimNotice(one["notice"])}))


KINDS = {
    "requester_kind": RequesterKind,
    "requester_relation": RequesterRelation,
    "police_victim_request": victim_request,
    "police_form": PoliceForm,
    "agreement_state": AgreementState,
    "request_pattern": RequestPattern,
    "purpose": Purpose,
    "category": Category,
    "category_rule": CategoryRule,
    "subject_role": SubjectRole,
    "subject_competence": Competence,
    "consent_state": ConsentState,
    "consent_overlap": ConsentOverlap,
    "s42": lambda one: CareActLimbs(**one),
    "weighing": Weighing,
}
"""How the JSON value of a field becomes the hub's."""

SIZES = {name: sum(len(one) for one in classes) for name, classes in CLASSES.items()}
ALL_CASES = prod(SIZES.values())
"""The number of all cases in one direction, every value of every field told apart."""
