"""A request as the case that it puts to the decision table, read from the rows as they are now."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date
from enum import Enum
from typing import Any
from uuid import UUID

from sqlalchemy import exists, select

from hub.db.units import UnitOfWork
from hub.kernel.days import age_on
from hub.people.models import Person
from hub.sharing.models import InformationRequest, RequestFile
from hub.sharing.queries.askers import is_verified
from hub.sharing.queries.between import Terms, between
from hub.sharing.rules.case import Question
from hub.sharing.rules.coded import Category, Direction, RequesterKind, Weighing
from hub.sharing.rules.policy import RequestPolicy
from hub.sharing.rules.request_answers import AskAnswers, born_on
from hub.sharing.rules.request_gaps import AskFacts
from hub.sharing.rules.request_question import question_of

ONLY_FACT = Category.EXISTENCE
"""What the asker tells the holder by asking: that this person is in a case."""


@dataclass(frozen=True, kw_only=True)
class Put:
    """A question with what it rests on, and its coded inputs as text."""

    question: Question
    agreement_id: UUID | None
    consent_id: UUID | None

    @property
    def inputs(self) -> str:
        """The coded inputs as JSON, always in the same order; no name, no narrative."""
        return json.dumps(_coded(self.question), sort_keys=True)

    def weighed(self, *, is_shared: bool) -> "Put":
        """Return the question after its approvers have weighed both risks."""
        weighing = Weighing.SHARE if is_shared else Weighing.DO_NOT_SHARE
        return replace(self, question=replace(self.question, weighing=weighing))


@dataclass(frozen=True, kw_only=True)
class AskedCase:
    """A request as it is now: its answers, and the question of each line."""

    answers: AskAnswers
    kind: RequesterKind
    has_order_copy: bool
    is_counter_signed: bool
    puts: Mapping[str, Put]
    to_service: Put
    day: date
    age_said: int | None
    """The person's age by what the asker said. The holder's own knowledge of it is never in what
    lacks, which the asker reads."""

    def put(self, category: str) -> Put:
        """Return the question of a line, in the direction to the asker."""
        return self.puts[category]

    def facts(self, *, own_basis: bool = True) -> AskFacts:
        """Return what the hub knows, for the rule of what lacks."""
        return AskFacts(
            requester_kind=self.kind,
            day=self.day,
            has_order_copy=self.has_order_copy,
            is_counter_signed=self.is_counter_signed,
            own_basis=own_basis,
            age=self.age_said,
        )


def answers_of(request: InformationRequest) -> AskAnswers:
    """Return what was asked and said."""
    return AskAnswers(pages=json.loads(request.answers))


def asked_case(uow: UnitOfWork, request: InformationRequest, policy: RequestPolicy) -> AskedCase:
    """Return a request as the rules see it today."""
    answers = answers_of(request)
    kind = RequesterKind(request.requester_kind)
    facts = AskFacts(
        requester_kind=kind,
        day=uow.today,
        is_verified=is_verified(uow, request),
        is_counter_signed=request.counter_signed_at is not None,
    )
    person = uow.session.get(Person, request.person_id) if request.person_id else None
    said = born_on(answers)
    age = _age(person.date_of_birth if person else said, uow)

    def put(category: Category, direction: Direction) -> Put:
        terms: Terms = between(uow, request, answers, category, direction, policy)
        question = question_of(
            answers,
            facts,
            category,
            terms.between,
            age=age,
        )
        if direction is Direction.TO_SERVICE:
            question = question.to_service({})
        return Put(question=question, agreement_id=terms.agreement_id, consent_id=terms.consent_id)

    has_copy = uow.session.scalar(
        select(exists().where(RequestFile.request_id == request.id, RequestFile.line_id.is_(None)))
    )
    return AskedCase(
        answers=answers,
        kind=kind,
        has_order_copy=bool(has_copy),
        is_counter_signed=request.counter_signed_at is not None,
        puts={code: put(code, Direction.TO_ASKER) for code, _ in answers.lines},
        to_service=put(ONLY_FACT, Direction.TO_SERVICE),
        day=uow.today,
        age_said=_age(said, uow),
    )


def _age(born: date | None, uow: UnitOfWork) -> int | None:
    return None if born is None else age_on(born, uow.today)


def _coded(value: object) -> Any:  # noqa: ANN401 - a JSON value
    if is_dataclass(value):
        return {field.name: _coded(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, frozenset):
        return sorted(_coded(each) for each in value)
    return value.value if isinstance(value, Enum) else value
