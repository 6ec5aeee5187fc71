"""Reading a file of cases for the decision table: public interfaces, section 3, strictly."""

from enum import StrEnum
from typing import Any

from hub.cli.json_checks import check_unique
from hub.cli.json_files import Field, Record, read_lists, record, refuse
from hub.cli.json_values import identifier, integer, one_of, set_of, yes_or_no
from hub.sharing.rules import (
    CareActLimbs,
    Case,
    Category,
    CategoryRule,
    Competence,
    ConsentOverlap,
    ConsentState,
    Direction,
    OverrideBasis,
    PoliceForm,
    Purpose,
    Question,
    RequesterKind,
    RequesterRelation,
    RequestPattern,
    SubjectRole,
    VictimNotice,
    VictimRequest,
    Weighing,
)
from hub.sharing.states import AgreementState

OLDEST = 120
_LEFT_OUT: Any = object()
"""Stands for a value of the asker's own that was not given, so that the case's own one holds."""

_FLAG = Field(yes_or_no, default=False)


def _word(words: type[StrEnum]) -> Field:
    """Return a field with one of the words, the first of them where it is left out."""
    return Field(one_of(words), default=next(iter(words)))


def _own(field: Field) -> Field:
    """Return a field of the asker's own, which may be left out."""
    return Field(field.read, default=_LEFT_OUT)


_VICTIM_REQUEST = {
    "reason_to_believe_held": _FLAG,
    "reasonable_line_of_enquiry": _FLAG,
    "necessary_and_proportionate": _FLAG,
    "notice": _word(VictimNotice),
}
_LIMBS = {
    "care_and_support_needs": _FLAG,
    "abuse_or_neglect": _FLAG,
    "cannot_protect_self": _FLAG,
}
_BOTH_WAYS = {
    "purpose": Field(one_of(Purpose)),
    "purpose_permitted": _FLAG,
    "agreement_state": _word(AgreementState),
    "request_pattern": _word(RequestPattern),
    "category": Field(one_of(Category)),
    "category_rule": _word(CategoryRule),
    "consent_state": _word(ConsentState),
    "consent_overlap": _word(ConsentOverlap),
    "override_basis": Field(set_of(OverrideBasis), default=frozenset()),
    "weighing": _word(Weighing),
}
"""What the asker may have other values of when the leaving care service would be told."""

_ASKED = _BOTH_WAYS | {
    "requester_identity_verified": _FLAG,
    "requester_kind": _word(RequesterKind),
    "requester_relation": _word(RequesterRelation),
    "approver_related": _FLAG,
    "immediate_danger": _FLAG,
    "court_order": _FLAG,
    "sab_s45": _FLAG,
    "police_victim_request": Field(record(_VICTIM_REQUEST), optional=True),
    "police_form": _word(PoliceForm),
    "subject_role": _word(SubjectRole),
    "subject_age": Field(integer(0, OLDEST), optional=True),
    "subject_competence": _word(Competence),
    "pr_is_alleged_perpetrator": _FLAG,
    "risk_of_harm": _FLAG,
    "marac_high_risk": _FLAG,
    "serious_harm_likely": _FLAG,
    "harm_to_other": _FLAG,
    "s42": Field(record(_LIMBS), default=None),
}
_CASE = _ASKED | {
    "id": Field(identifier),
    "directions": Field(set_of(Direction, least=1), default=frozenset({Direction.TO_ASKER})),
    "to_service": Field(
        record({name: _own(field) for name, field in _BOTH_WAYS.items()}), default=None
    ),
}


def read_cases(text: str) -> tuple[Case, ...]:
    """Return the cases of the file, in its order.

    Raises BadInputError with every fault that the file has.
    """
    lists, faults = read_lists(text, {"cases": _CASE})
    check_unique(lists["cases"])
    refuse(faults)
    return tuple(_case(entry) for entry in lists["cases"])


def _case(entry: Record) -> Case:
    """Return what an entry without faults stands for."""
    values = {name: entry.get(name) for name in _ASKED}
    request, limbs = entry.get("police_victim_request"), entry.get("s42")
    values["police_victim_request"] = VictimRequest(**request.values) if request else None
    values["s42"] = CareActLimbs(**limbs.values) if limbs else CareActLimbs()
    own = entry.get("to_service")
    given = own.values.items() if own else ()
    return Case(
        id=entry.get("id"),
        asked=Question(**values),
        directions=entry.get("directions"),
        to_service={name: value for name, value in given if value is not _LEFT_OUT},
    )
