"""What a record of consent must hold: who may answer, whether a yes is worth anything, its end.

A yes counts when it is informed, voluntary, capable, specific and current; where one of the five
fails it cannot be written down as a yes, and the cure is told. A no needs no test, and whoever
agreed may take it back at any time. Source: sharing notes, section 3.4; Mental Capacity Act 2005
sections 1 to 3; common law on the competence of children (Gillick).
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from hub.config import Settings
from hub.kernel.days import birthday, months_after
from hub.sharing.rules.coded import Category, Competence, ConsentState, Purpose
from hub.sharing.rules.consents import GIVING, ConsentScope, LeftOut

GENERALLY_TOO_YOUNG, PRESUMED_ABLE, ADULT = 12, 16, 18
HIGH = frozenset(
    {Category.SAFE_ADDRESS, Category.FULL_FILE, Category.IMMIGRATION, Category.SEXUAL_LIFE}
)
"""What could do most harm in the wrong hands, so that a yes to it names who may have it."""


class Giver(StrEnum):
    """Who answered."""

    SELF = "self"
    PARENT = "parental_responsibility"
    """Somebody with parental responsibility."""
    DEPUTY = "deputy"
    """Somebody whom the Court of Protection appointed for such decisions."""


class AgeBand(StrEnum):
    """Who decides at which age, which is all of the age that a record keeps."""

    CHILD = "under_12"
    """Generally not able to decide this."""
    GILLICK = "12_to_15"
    """Each judged for themselves."""
    PRESUMED = "16_to_17"
    """Presumed able."""
    ADULT = "adult"
    """Only the adult decides."""
    UNKNOWN = "unknown"


class Alone(StrEnum):
    """Who else could hear."""

    ALONE = "alone"
    SUPPORTED = "with_chosen_supporter"
    OVERHEARD = "others_could_hear"
    NOT_CHECKED = "not_checked"


class PhoneHeld(StrEnum):
    """Who holds the telephone, or reads the messages."""

    NOT_BY_PHONE = "not_by_phone"
    OWN = "own"
    SOMEBODY_ELSE = "somebody_else_could"
    NOT_CHECKED = "not_checked"


class Interpreter(StrEnum):
    """Who interpreted."""

    NOT_NEEDED = "not_needed"
    INDEPENDENT = "independent"
    FAMILY = "family_or_friend"


class Method(StrEnum):
    """How the answer came."""

    IN_PERSON = "in_person"
    SIGNED = "signed_form"
    VIDEO = "video"
    TELEPHONE = "telephone"
    MESSAGE = "message"


FACE_TO_FACE = frozenset({Method.IN_PERSON, Method.SIGNED})


class Ends(StrEnum):
    """How long a yes counts."""

    USUAL = "usual"
    """As long as such a purpose usually takes; see ``usual_end``."""
    DAY = "day"
    """A day that the person or the worker chose, not after the usual one."""
    ONCE = "once"
    """For the one request that it was asked for."""


class Test(StrEnum):
    """What makes a yes worth something."""

    INFORMED = "informed"
    VOLUNTARY = "voluntary"
    CAPABLE = "capable"
    SPECIFIC = "specific"
    CURRENT = "current"

    __test__ = False


@dataclass(frozen=True, kw_only=True)
class Lasting:
    """How long a yes counts when nobody says less; product choices that can be set."""

    planning_months: int = 6
    contact_months: int = 12
    review_weeks: int = 12
    attempts: int = 2
    """How often one must have tried before somebody counts as not to be reached."""


def lasting_of(settings: Settings) -> Lasting:
    """Return what the hub's settings say about how long a yes counts."""
    own = settings.sharing
    return Lasting(
        planning_months=own.consent_planning_months,
        contact_months=own.consent_contact_months,
        review_weeks=own.consent_review_weeks,
        attempts=own.consent_attempts,
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class Answer:
    """An answer as the tests see it, without a word of what was said.

    ``age`` is in whole years on the day of the answer, None where the register does not know it.
    ``is_read`` when the words that were read out are written down, ``is_understood`` when they
    could say them back in their own, ``is_reasoned`` when it is written down how their competence
    was judged, ``authority_seen`` when the worker saw the paper by which somebody answers for them.
    """

    state: ConsentState
    giver: Giver
    scope: ConsentScope
    said_on: date
    expires_on: date | None
    age: int | None
    competence: Competence
    is_reasoned: bool
    is_read: bool
    is_understood: bool
    alone: Alone
    phone: PhoneHeld
    interpreter: Interpreter
    method: Method
    authority_seen: bool
    giver_is_alleged_perpetrator: bool = False


@dataclass(frozen=True, slots=True)
class Failing:
    """A test that a yes does not stand, the field to mend, and the cure."""

    test: Test
    field: str
    cure: str


def failing(answer: Answer, today: date) -> tuple[Failing, ...]:
    """Return why an answer cannot be written down as a yes; empty when it can, or is no yes."""
    if answer.state not in GIVING:
        return ()
    return tuple(
        Failing(each.test, each.field, each.cure) for each in _TESTS if each.fails(answer, today)
    )


def usual_end(purposes: Collection[Purpose], said_on: date, lasting: Lasting) -> date:
    """Return the first day on which a yes for these purposes no longer counts, as it is usual.

    The shortest of them all: what is for planning half a year, what is for keeping in touch a year,
    and what is for a case until it is reviewed. Source: sharing notes, section 3.4 (product
    choices); a safety plan is reviewed every 12 weeks at least (MARAC notes, section 4).
    """
    ends = {
        Purpose.KEEP_IN_TOUCH: months_after(said_on, lasting.contact_months),
        Purpose.MARAC_RISK: said_on + timedelta(weeks=lasting.review_weeks),
    }
    planning = months_after(said_on, lasting.planning_months)
    return min((ends.get(one, planning) for one in purposes), default=planning)


def parents_end(date_of_birth: date, end: date) -> date:
    """Return when a parent's yes ends: on its day, and on the 16th birthday at the latest.

    From that day on the young person is presumed able and nobody else answers.
    """
    return min(end, birthday(date_of_birth, PRESUMED_ABLE))


def must_judge_competence(age: int | None) -> bool:
    """Tell whether it must be judged if they can decide this themselves, and written down why.

    Below 12 generally not, from 12 to 15 each for themselves, and from 16 on it is presumed. Where
    nobody knows the age, it must be judged too.
    """
    return age is None or age < PRESUMED_ABLE


def age_band(age: int | None) -> AgeBand:
    """Return in which band somebody of an age in whole years was; None: unknown."""
    if age is None:
        return AgeBand.UNKNOWN
    if age < GENERALLY_TOO_YOUNG:
        return AgeBand.CHILD
    if age < PRESUMED_ABLE:
        return AgeBand.GILLICK
    return AgeBand.PRESUMED if age < ADULT else AgeBand.ADULT


def state_of_answer(giver: Giver, left_out: LeftOut, *, is_yes: bool) -> ConsentState:
    """Return which of the thirteen states an answer is."""
    if not is_yes:
        return ConsentState.REFUSED
    if giver is Giver.PARENT:
        return ConsentState.GIVEN_BY_PR
    return ConsentState.GIVEN_EXPLICIT if left_out.is_nothing else ConsentState.GIVEN_LIMITED


@dataclass(frozen=True, slots=True)
class _Check:
    test: Test
    field: str
    fails: Callable[[Answer, date], bool]
    cure: str


def _is_overheard_by_phone(answer: Answer) -> bool:
    if answer.method in FACE_TO_FACE:
        return False
    return answer.phone is not PhoneHeld.OWN


def _is_wrong_parent(answer: Answer) -> bool:
    """Tell whether a parent answers for somebody who decides for themselves."""
    if (answer.state is ConsentState.GIVEN_BY_PR) != (answer.giver is Giver.PARENT):
        return True
    if answer.giver is not Giver.PARENT:
        return False
    is_young = answer.age is not None and answer.age < PRESUMED_ABLE
    return not is_young or answer.competence is not Competence.NOT_COMPETENT


def _is_wrong_deputy(answer: Answer) -> bool:
    if answer.giver is not Giver.DEPUTY:
        return False
    is_old = answer.age is not None and answer.age >= PRESUMED_ABLE
    return not is_old or answer.competence is not Competence.NOT_COMPETENT


def _is_not_able(answer: Answer) -> bool:
    """Tell whether somebody answers for themselves who was not found able to."""
    if answer.giver is not Giver.SELF:
        return False
    if must_judge_competence(answer.age):
        return answer.competence is not Competence.COMPETENT
    return answer.competence is Competence.NOT_COMPETENT


_TESTS = (
    _Check(
        Test.INFORMED,
        "words_read",
        lambda answer, _: not answer.is_read,
        "Write down the words that you read to them. A yes to nothing in particular does not count",
    ),
    _Check(
        Test.INFORMED,
        "understood",
        lambda answer, _: not answer.is_understood,
        "Ask them to say in their own words what they agree to. Record a yes only when they can",
    ),
    _Check(
        Test.VOLUNTARY,
        "alone",
        lambda answer, _: answer.alone in {Alone.OVERHEARD, Alone.NOT_CHECKED},
        "Ask again when nobody else can hear, or record that you suspect pressure",
    ),
    _Check(
        Test.VOLUNTARY,
        "phone",
        lambda answer, _: _is_overheard_by_phone(answer),
        "Ask again in person, or when you know that nobody else holds the phone or reads along",
    ),
    _Check(
        Test.VOLUNTARY,
        "interpreter",
        lambda answer, _: answer.interpreter is Interpreter.FAMILY,
        "Ask again with an independent interpreter. Family and friends cannot interpret this",
    ),
    _Check(
        Test.CAPABLE,
        "giver",
        lambda answer, _: _is_wrong_parent(answer),
        "Somebody with parental responsibility answers only for a person under 16 who was found "
        "unable to decide this. Ask the person themselves",
    ),
    _Check(
        Test.CAPABLE,
        "giver",
        lambda answer, _: _is_wrong_deputy(answer),
        "A deputy answers only for a person of 16 or over who was found unable to decide this. "
        "Ask the person themselves",
    ),
    _Check(
        Test.CAPABLE,
        "giver",
        lambda answer, _: answer.giver is Giver.DEPUTY and answer.giver_is_alleged_perpetrator,
        "A deputy who is alleged to have harmed the person cannot answer for them. Record that it "
        "is not safe to ask, and get advice",
    ),
    _Check(
        Test.CAPABLE,
        "authority_seen",
        lambda answer, _: answer.giver is not Giver.SELF and not answer.authority_seen,
        "See the paper that shows that they may answer for the person, then record it",
    ),
    _Check(
        Test.CAPABLE,
        "competence",
        lambda answer, _: _is_not_able(answer),
        "Judge whether they can decide this themselves. If they cannot, record that instead of a "
        "yes",
    ),
    _Check(
        Test.CAPABLE,
        "competence_reason",
        lambda answer, _: must_judge_competence(answer.age) and not answer.is_reasoned,
        "Write down how you judged whether they can decide this themselves",
    ),
    _Check(
        Test.SPECIFIC,
        "purposes",
        lambda answer, _: not answer.scope.purposes,
        "Select what it may be shared for",
    ),
    _Check(
        Test.SPECIFIC,
        "categories",
        lambda answer, _: not answer.scope.categories,
        "Select what may be shared",
    ),
    _Check(
        Test.SPECIFIC,
        "agencies",
        lambda answer, _: answer.scope.agencies is not None and not answer.scope.agencies,
        "Select who may have it",
    ),
    _Check(
        Test.SPECIFIC,
        "agencies",
        lambda answer, _: answer.scope.agencies is None and bool(answer.scope.categories & HIGH),
        "Name the agencies. A secret address, the whole file, immigration and sexual life are "
        "never agreed for everybody",
    ),
    _Check(
        Test.CURRENT,
        "said_on",
        lambda answer, today: answer.said_on > today,
        "The day on which they answered must be today or in the past",
    ),
    _Check(
        Test.CURRENT,
        "expires_on",
        lambda answer, today: answer.expires_on is None or answer.expires_on <= today,
        "It has ended already. Ask them again",
    ),
)
