"""Writing down what a person said about being shared. Nothing is edited: each command adds a row.

All of them may be done by the person's own workers and the desk of their service, and each is heard
by whoever shares on the strength of it.
"""

import json
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from hub.access.permissions import Permission
from hub.db.units import UnitOfWork
from hub.kernel.errors import RefusedError
from hub.people.access import open_person
from hub.sharing.commands.consent_rows import add_row, age_of, check_scope, new_row, texts_of
from hub.sharing.rules.asking import Approach, Ground, approaches
from hub.sharing.rules.coded import Competence, ConsentState
from hub.sharing.rules.consent_reasons import UNANSWERED, NoAnswer, lacking
from hub.sharing.rules.consent_terms import (
    Alone,
    Answer,
    Ends,
    Failing,
    Giver,
    Interpreter,
    Lasting,
    Method,
    PhoneHeld,
    failing,
    parents_end,
    state_of_answer,
    usual_end,
)
from hub.sharing.rules.consents import GIVING, ConsentScope, LeftOut, said_day

UNDER_18 = "under_18"
"""Why somebody of 16 or 17 is told of a MARAC and not asked."""


class NotValidError(RefusedError):
    """A yes fails a test, so it cannot be written down as one; ``test`` says which."""

    def __init__(self, first: Failing) -> None:
        super().__init__(first.cure, field=first.field)
        self.test = first.test


@dataclass(frozen=True, kw_only=True)
class RecordAnswer:
    """What somebody answered, and how they were asked.

    ``said_on`` is a day in London. ``until_on`` is the last day of a yes where one was chosen, and
    ``scope.about`` the request of a yes that counts once. ``grounds`` is what would make sharing go
    ahead whatever the answer.
    """

    person_id: UUID
    is_yes: bool
    scope: ConsentScope
    said_on: date
    giver: Giver
    method: Method
    alone: Alone
    phone: PhoneHeld
    interpreter: Interpreter
    words_read: str = ""
    is_understood: bool = False
    own_words: str = ""
    left_out: LeftOut = field(default_factory=LeftOut)
    left_out_words: str = ""
    giver_name: str = ""
    giver_is_alleged_perpetrator: bool = False
    authority_seen: bool = False
    competence: Competence = Competence.NOT_ASSESSED
    competence_reason: str = ""
    ends: Ends = Ends.USUAL
    until_on: date | None = None
    others_told: str = ""
    withdrawal_route: str = ""
    grounds: frozenset[Ground] = frozenset()


@dataclass(frozen=True, kw_only=True)
class RecordNoAnswer:
    """Why there is no answer that counts; ``given.age`` is put in from the register."""

    person_id: UUID
    scope: ConsentScope
    said_on: date
    given: NoAnswer
    own_words: str = ""


@dataclass(frozen=True, kw_only=True)
class RecordInformed:
    """That a person was told and not asked, or why they were not told and when to look again.

    ``grounds`` is why no answer would be respected; at 16 and 17 a MARAC needs none.
    """

    person_id: UUID
    scope: ConsentScope
    said_on: date
    grounds: frozenset[Ground]
    was_told: bool
    why_not_told: str = ""
    revisit_on: date | None = None
    own_words: str = ""
    others_told: str = ""


def record_answer(cmd: RecordAnswer, *, uow: UnitOfWork, lasting: Lasting) -> UUID:
    """Write an answer down and return the record's id.

    Raises NotFoundError, NotAllowedError, NotValidError for a yes that fails a test, and
    RefusedError naming the field: asked where the answer would not be respected, an agency that is
    not there, an end that is too late.
    """
    person = open_person(uow, cmd.person_id, Permission.CONSENT_RECORD)

    age = age_of(person, cmd.said_on)
    _refuse_what_is_not_asked(cmd, age)
    check_scope(uow, cmd.scope, cmd.said_on)
    expires_on = _end(cmd, lasting, uow.today)
    state = state_of_answer(cmd.giver, cmd.left_out, is_yes=cmd.is_yes)
    failed = failing(_answer(cmd, state, expires_on, age), uow.today)
    if failed:
        raise NotValidError(failed[0])
    if state is ConsentState.GIVEN_BY_PR and not cmd.left_out.is_nothing:
        why = "Record only what they agreed to: take the rest out of what it is about"
        raise RefusedError(why, field="answer")

    row = new_row(cmd.person_id, state, cmd.scope, cmd.said_on)
    row.expires_on = expires_on if state in GIVING else None
    if state is ConsentState.GIVEN_BY_PR and expires_on and person.date_of_birth:
        row.expires_on = parents_end(person.date_of_birth, expires_on)
    row.left_out = _left_out(cmd.left_out) if state is ConsentState.GIVEN_LIMITED else None
    row.left_out_words = cmd.left_out_words or None if row.left_out else None
    row.giver, row.giver_name = cmd.giver, cmd.giver_name or None
    row.giver_is_alleged_perpetrator = cmd.giver_is_alleged_perpetrator
    row.authority_seen = cmd.authority_seen
    row.competence, row.competence_reason = cmd.competence, cmd.competence_reason or None
    row.words_read, row.is_understood = cmd.words_read or None, cmd.is_understood
    row.method, row.alone, row.phone = cmd.method, cmd.alone, cmd.phone
    row.interpreter, row.own_words = cmd.interpreter, cmd.own_words or None
    row.others_told = cmd.others_told or None
    row.withdrawal_route = cmd.withdrawal_route or None
    return add_row(uow, row, age)


def record_no_answer(cmd: RecordNoAnswer, *, uow: UnitOfWork, lasting: Lasting) -> UUID:
    """Write down why there is no answer, and return the record's id.

    Raises NotFoundError, NotAllowedError, and RefusedError naming what is missing.
    """
    person = open_person(uow, cmd.person_id, Permission.CONSENT_RECORD)

    age = age_of(person, cmd.said_on)
    check_scope(uow, cmd.scope, cmd.said_on)
    state = cmd.given.state
    if state not in UNANSWERED:
        raise RefusedError("Select why there is no answer", field="state")
    given = NoAnswer(**(_fields(cmd.given) | {"age": age}))
    for missing in lacking(given, uow.today, lasting):
        raise RefusedError(missing.cure, field=missing.field)

    row = new_row(cmd.person_id, state, cmd.scope, cmd.said_on)
    row.reason = given.unsafe if state is ConsentState.NOT_SOUGHT_UNSAFE else None
    row.details = _details(given)
    row.revisit_on, row.own_words = given.revisit_on, cmd.own_words or None
    return add_row(uow, row, age)


def record_informed(cmd: RecordInformed, *, uow: UnitOfWork) -> UUID:
    """Write down that somebody was told and not asked, and return the record's id.

    Raises NotFoundError, NotAllowedError, and RefusedError: for what they can be asked about; and
    when they were not told, why and when to look again must be there.
    """
    person = open_person(uow, cmd.person_id, Permission.CONSENT_RECORD)

    age = age_of(person, cmd.said_on)
    check_scope(uow, cmd.scope, cmd.said_on)
    found = approaches(cmd.scope.purposes, cmd.scope.categories, cmd.grounds, age)
    if set(found.values()) != {Approach.INFORM}:
        why = "Their answer would count here, so ask them. Say what is so that it would not"
        raise RefusedError(why, field="grounds")
    if not cmd.was_told and not cmd.why_not_told:
        raise RefusedError("Enter why they were not told", field="why_not_told")
    if not cmd.was_told and (cmd.revisit_on is None or cmd.revisit_on <= uow.today):
        why = "Enter a day to come on which you look again at telling them"
        raise RefusedError(why, field="revisit_on")

    row = new_row(cmd.person_id, ConsentState.NOT_REQUIRED_STATUTORY, cmd.scope, cmd.said_on)
    row.reason, row.was_told = " ".join(texts_of(cmd.grounds)) or UNDER_18, cmd.was_told
    row.why_not_told = None if cmd.was_told else cmd.why_not_told
    row.revisit_on, row.own_words = cmd.revisit_on, cmd.own_words or None
    row.others_told = cmd.others_told or None
    return add_row(uow, row, age)


def _refuse_what_is_not_asked(cmd: RecordAnswer, age: int | None) -> None:
    """Refuse an answer that would not be respected. Raises RefusedError."""
    found = approaches(cmd.scope.purposes, cmd.scope.categories, cmd.grounds, age)
    if Approach.INFORM in found.values():
        why = (
            "Some of this is shared whatever they say, so do not ask about it. Record that you "
            "informed them instead, and ask about the rest on its own"
        )
        raise RefusedError(why, field="purposes")


def _end(cmd: RecordAnswer, lasting: Lasting, today: date) -> date | None:
    """Return the first day on which a yes no longer counts; None for one that counts once."""
    usual = usual_end(cmd.scope.purposes, cmd.said_on, lasting)
    if not cmd.is_yes:
        return None
    if cmd.ends is Ends.ONCE:
        if cmd.scope.about is None:
            raise RefusedError("Start from the request that it is for", field="ends")
        return usual
    if cmd.scope.about is not None:
        raise RefusedError("A yes for one request ends with the request", field="ends")
    if cmd.ends is Ends.USUAL:
        return usual
    if cmd.until_on is None or not today < cmd.until_on <= usual:
        why = f"Enter a day after today, and {said_day(usual)} at the latest"
        raise RefusedError(why, field="until_on")
    return cmd.until_on


def _answer(cmd: RecordAnswer, state: ConsentState, end: date | None, age: int | None) -> Answer:
    return Answer(
        state=state,
        giver=cmd.giver,
        scope=cmd.scope,
        said_on=cmd.said_on,
        expires_on=end,
        age=age,
        competence=cmd.competence,
        is_reasoned=bool(cmd.competence_reason),
        is_read=bool(cmd.words_read),
        is_understood=cmd.is_understood,
        alone=cmd.alone,
        phone=cmd.phone,
        interpreter=cmd.interpreter,
        method=cmd.method,
        authority_seen=cmd.authority_seen,
        giver_is_alleged_perpetrator=cmd.giver_is_alleged_perpetrator,
    )


def _left_out(left: LeftOut) -> str:
    return json.dumps(
        {
            "purposes": texts_of(left.purposes),
            "categories": texts_of(left.categories),
            "agencies": texts_of(left.agencies),
        }
    )


def _details(given: NoAnswer) -> str | None:
    """Return what stands beside the state as JSON, with nothing that belongs to another state."""
    wanted: dict[ConsentState, tuple[str, ...]] = {
        ConsentState.LACKS_CAPACITY: ("assessed_on", "assessor_role", "decision", "consulted"),
        ConsentState.UNABLE_TO_REACH: ("attempts",),
        ConsentState.COERCED_SUSPECTED: ("indicators", "plan"),
    }
    names = wanted.get(given.state, ())
    kept = {name: value for name, value in asdict(given).items() if name in names and value}
    return json.dumps(kept, default=str) if kept else None


def _fields(given: NoAnswer) -> dict[str, Any]:
    return {name: getattr(given, name) for name in given.__dataclass_fields__}
