"""A question as plain values, as a decision keeps it and a file of cases has it, and back."""

from collections.abc import Callable, Mapping
from dataclasses import asdict, fields
from typing import Any

from hub.sharing.rules.case import CareActLimbs, Question, VictimRequest
from hub.sharing.rules.coded import (
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
    Weighing,
)
from hub.sharing.states import AgreementState


def coded(question: Question) -> dict[str, object]:
    """Return the question's facts under the names of the public interface, for JSON.

    Given to ``hub sharing explain`` as a case they give the same answer again.
    """
    values = asdict(question)
    return values | {"override_basis": sorted(question.override_basis)}


def question_of(values: Mapping[str, Any]) -> Question:
    """Return the question that ``coded`` made these values of."""
    names = {field.name for field in fields(Question)}
    read: dict[str, Any] = {
        name: _READERS[name](values[name]) if name in _READERS else values[name] for name in names
    }
    return Question(**read)


def _victim_request(values: Mapping[str, Any] | None) -> VictimRequest | None:
    if values is None:
        return None
    return VictimRequest(**{**values, "notice": VictimNotice(values["notice"])})


_READERS: dict[str, Callable[[Any], object]] = {
    "purpose": Purpose,
    "category": Category,
    "requester_kind": RequesterKind,
    "requester_relation": RequesterRelation,
    "police_victim_request": _victim_request,
    "police_form": PoliceForm,
    "agreement_state": AgreementState,
    "request_pattern": RequestPattern,
    "category_rule": CategoryRule,
    "subject_role": SubjectRole,
    "subject_competence": Competence,
    "consent_state": ConsentState,
    "consent_overlap": ConsentOverlap,
    "override_basis": lambda names: frozenset(map(OverrideBasis, names)),
    "s42": lambda values: CareActLimbs(**values),
    "weighing": Weighing,
}
