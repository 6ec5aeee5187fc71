"""What an asker says, page by page, what it still lacks, and the case that it makes for the table.

The fields are those of the ICO's template for a request, of police forms under Schedule 2 and of
the request for a victim's records (sharing notes, section 3.6). What lacks is a gap: the request is
held with the list of its gaps, and never refused for them.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID

from hub.sharing.rules.case import CareActLimbs, Question, VictimRequest
from hub.sharing.rules.clocks import Priority
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
)
from hub.sharing.states import AgreementState

SPECIAL = frozenset(
    {Category.HEALTH, Category.SEXUAL_LIFE, Category.ETHNICITY_RELIGION, Category.COUNSELLING}
)
"""Special category data: a condition of Article 9 is needed besides."""

OFFENCES = frozenset({Category.CRIMINAL})
"""Data about offences and allegations: a condition of Schedule 1 or Part 3 is needed besides."""


class AskPage(StrEnum):
    """The pages of a request, in the order of the journey."""

    HOLDER = "holder"
    SUBJECT = "subject"
    WHAT = "what"
    WHY = "why"
    URGENCY = "urgency"
    RISK = "risk"
    CONSENT = "consent"
    BASIS = "basis"
    ORDER = "order"
    POLICE = "police_form"
    VICTIM = "victim_request"
    HANDLING = "handling"
    DECLARATION = "declaration"


@dataclass(frozen=True, kw_only=True)
class AskAnswers:
    """The answers of a request as plain JSON values, by page."""

    pages: Mapping[str, Mapping[str, Any]]

    def of(self, page: AskPage, field: str) -> Any:  # noqa: ANN401 - a JSON value
        """Return one answer, or None."""
        return self.pages.get(page, {}).get(field)

    def text(self, page: AskPage, field: str) -> str:
        """Return one answer as text, empty where there is none."""
        return str(self.of(page, field) or "").strip()

    def listed(self, page: AskPage, field: str) -> frozenset[str]:
        """Return the answers to a question with many."""
        return frozenset(self.of(page, field) or ())

    @property
    def purpose(self) -> Purpose:
        """What the information is for."""
        return Purpose(self.of(AskPage.WHY, "purpose"))

    @property
    def subject_role(self) -> SubjectRole:
        """What the person is in the case."""
        return SubjectRole(self.of(AskPage.SUBJECT, "subject_role") or SubjectRole.VICTIM)

    @property
    def priority(self) -> Priority:
        """How soon an answer is needed; danger now goes before whatever was chosen."""
        if self.of(AskPage.RISK, "immediate_danger") == "yes":
            return Priority.IMMEDIATE
        return Priority(self.of(AskPage.URGENCY, "priority") or Priority.ROUTINE)

    @property
    def relation(self) -> RequesterRelation:
        """What the asker says to be to the people in the case."""
        said = self.of(AskPage.DECLARATION, "relation")
        return RequesterRelation(said or RequesterRelation.NONE)

    @property
    def lines(self) -> tuple[tuple[Category, str], ...]:
        """The categories asked for, each with exactly what is wanted."""
        return tuple(
            (Category(code), self.text(AskPage.WHAT, f"wanted_{code}"))
            for code in self.of(AskPage.WHAT, "categories") or ()
        )

    @property
    def holder_agency_id(self) -> UUID | None:
        """Whom it goes to."""
        said = self.of(AskPage.HOLDER, "agency")
        return UUID(said) if said else None

    @property
    def holder_service_id(self) -> UUID | None:
        """Which of the holder's services, where one was chosen."""
        said = self.of(AskPage.HOLDER, "service")
        return UUID(said) if said else None

    @property
    def is_court_order(self) -> bool:
        """Whether it rests on a court order."""
        return bool(self.of(AskPage.ORDER, "kind") == "court_order")

    @property
    def is_board_demand(self) -> bool:
        """Whether a safeguarding adults board demands it (Care Act 2014 section 45)."""
        return bool(self.of(AskPage.ORDER, "kind") == "sab_s45")


@dataclass(frozen=True, kw_only=True)
class Gap:
    """Something that lacks: a code, where to mend it, and the cure in words."""

    code: str
    page: AskPage
    field: str
    cure: str


@dataclass(frozen=True, kw_only=True)
class AskFacts:
    """What the hub itself knows of a request.

    ``is_verified``: the asker is who they say. ``own_basis``: the table lets the asker tell the
    holder of the case (direction to the service).
    """

    requester_kind: RequesterKind
    is_verified: bool = True
    has_order_copy: bool = False
    is_counter_signed: bool = False
    own_basis: bool = True


_NEEDED: tuple[tuple[AskPage, str, str], ...] = (
    (AskPage.HOLDER, "agency", "Choose who holds the information."),
    (AskPage.SUBJECT, "family_name", "Enter the person's family name."),
    (AskPage.SUBJECT, "subject_role", "Say what the person is in the case."),
    (AskPage.WHAT, "categories", "Select what you ask for."),
    (AskPage.WHY, "purpose", "Select what you need it for."),
    (AskPage.WHY, "necessity", "Say why you need it for that."),
    (AskPage.WHY, "less_intrusive", "Say which less intrusive ways you considered."),
    (AskPage.BASIS, "article_6", "Select your lawful basis."),
    (AskPage.BASIS, "legal_power", "Enter the power or duty in law that you act under."),
    (AskPage.HANDLING, "security", "Say how you will keep it safe."),
    (AskPage.HANDLING, "retention", "Say how long you will keep it."),
    (AskPage.DECLARATION, "relation", "Say whether you know anybody in the case."),
)
"""What every request needs, in the ICO's order."""

_POLICE: tuple[tuple[str, str], ...] = (
    ("rank", "Enter your rank."),
    ("collar_number", "Enter your number."),
    ("station", "Enter your station or department."),
    ("force_reference", "Enter the force's reference or crime number."),
    ("data_and_period", "Say exactly which data, and of which period."),
    ("purpose_ticks", "Select preventing or detecting, or apprehending or prosecuting."),
    ("prejudice", "Say how not disclosing would prejudice that."),
    ("why_this_holder", "Say why this holder would have it."),
    ("subject_told", "Say whether the person was told, and if not, why."),
    ("counter_signer", "Choose who counter-signs: an inspector or above."),
)
"""What a form under Schedule 2 paragraph 2 of the Data Protection Act 2018 needs."""

_TESTS: tuple[tuple[str, str], ...] = (
    ("reason_to_believe_held", "Say why you believe that they hold it."),
    ("reasonable_line_of_enquiry", "Say why it is a reasonable line of enquiry."),
    (
        "necessary_and_proportionate",
        "Say why it is necessary and proportionate, and which less intrusive ways you tried.",
    ),
)
"""The three tests of section 44A of the Police, Crime, Sentencing and Courts Act 2022."""


def gaps(answers: AskAnswers, facts: AskFacts) -> tuple[Gap, ...]:
    """Return what a request still lacks, in the order of the journey; none when it is whole.

    In immediate danger nothing lacks that cannot be written down afterwards: only who is meant, who
    holds it, what and what for.
    """
    found = [
        Gap(code=field, page=page, field=field, cure=cure)
        for page, field, cure in _NEEDED
        if not answers.of(page, field)
    ]
    found += _subject_gaps(answers)
    found += [
        Gap(code="wanted", page=AskPage.WHAT, field=f"wanted_{code}", cure="Say exactly what.")
        for code, wanted in answers.lines
        if not wanted
    ]
    if answers.priority is Priority.IMMEDIATE:
        first = {AskPage.HOLDER, AskPage.SUBJECT, AskPage.WHAT, AskPage.WHY}
        later = {"necessity", "less_intrusive"}
        return _sorted(one for one in found if one.page in first and one.code not in later)
    found += [*_basis_gaps(answers, facts), *_order_gaps(answers, facts)]
    found += [*_police_gaps(answers, facts), *_victim_gaps(answers, facts)]
    if not facts.own_basis and not found:
        found.append(
            Gap(
                code="own_basis",
                page=AskPage.BASIS,
                field="override_basis",
                cure="You need a basis to tell them about this case: an agreement, the person's "
                "consent, or a safeguarding basis. Ask your information governance lead.",
            )
        )
    return _sorted(found)


def _sorted(found: Iterable[Gap]) -> tuple[Gap, ...]:
    order = list(AskPage)
    return tuple(sorted(found, key=lambda gap: order.index(gap.page)))


def _subject_gaps(answers: AskAnswers) -> list[Gap]:
    born = answers.of(AskPage.SUBJECT, "date_of_birth")
    number = answers.of(AskPage.SUBJECT, "nhs_number")
    address = answers.of(AskPage.SUBJECT, "postcode") and answers.of(AskPage.SUBJECT, "given_name")
    if born or number or address:
        return []
    cure = "Enter the date of birth, or the NHS number, or the first name and a postcode."
    return [Gap(code="who", page=AskPage.SUBJECT, field="date_of_birth", cure=cure)]


def _basis_gaps(answers: AskAnswers, facts: AskFacts) -> list[Gap]:
    asked = {code for code, _ in answers.lines}
    found = []
    is_police = facts.requester_kind is RequesterKind.POLICE
    has_part_3 = is_police and answers.text(AskPage.BASIS, "part_3")
    if asked & SPECIAL and not (answers.of(AskPage.BASIS, "article_9") or has_part_3):
        cure = "Select the further condition for health and other special data."
        found.append(Gap(code="article_9", page=AskPage.BASIS, field="article_9", cure=cure))
    if asked & OFFENCES and not (answers.text(AskPage.BASIS, "schedule_1") or has_part_3):
        cure = "Enter the further condition for data about offences."
        found.append(Gap(code="schedule_1", page=AskPage.BASIS, field="schedule_1", cure=cure))
    return found


def _order_gaps(answers: AskAnswers, facts: AskFacts) -> list[Gap]:
    kind = answers.of(AskPage.ORDER, "kind")
    if kind not in {"court_order", "sab_s45"}:
        return []
    found = []
    if not answers.text(AskPage.ORDER, "reference"):
        cure = "Enter the reference of the order or demand."
        found.append(Gap(code="reference", page=AskPage.ORDER, field="reference", cure=cure))
    if kind == "court_order" and not answers.of(AskPage.ORDER, "order_on"):
        cure = "Enter the day of the order."
        found.append(Gap(code="order_on", page=AskPage.ORDER, field="order_on", cure=cure))
    if kind == "court_order" and not facts.has_order_copy:
        cure = "Attach a copy of the order."
        found.append(Gap(code="order_copy", page=AskPage.ORDER, field="file", cure=cure))
    return found


def needs_police_form(answers: AskAnswers, kind: RequesterKind) -> bool:
    """Tell whether a request needs the police form: the police ask because of crime."""
    return kind is RequesterKind.POLICE and answers.purpose is Purpose.CRIME_PREVENTION


def needs_victim_form(answers: AskAnswers, kind: RequesterKind) -> bool:
    """Tell whether a request needs the victim add-on: the police ask about a victim.

    Source: Police, Crime, Sentencing and Courts Act 2022 sections 44A to 44F.
    """
    return kind is RequesterKind.POLICE and answers.subject_role is SubjectRole.VICTIM


def _police_gaps(answers: AskAnswers, facts: AskFacts) -> list[Gap]:
    if not answers.of(AskPage.WHY, "purpose") or not needs_police_form(
        answers, facts.requester_kind
    ):
        return []
    found = [
        Gap(code=field, page=AskPage.POLICE, field=field, cure=cure)
        for field, cure in _POLICE
        if not answers.of(AskPage.POLICE, field)
    ]
    if answers.of(AskPage.POLICE, "counter_signer") and not facts.is_counter_signed:
        cure = "The officer whom you chose has not counter-signed yet."
        found.append(
            Gap(code="counter_signature", page=AskPage.POLICE, field="counter_signer", cure=cure)
        )
    return found


def _victim_gaps(answers: AskAnswers, facts: AskFacts) -> list[Gap]:
    if not needs_victim_form(answers, facts.requester_kind):
        return []
    found = [
        Gap(code=field, page=AskPage.VICTIM, field=field, cure=cure)
        for field, cure in _TESTS
        if not answers.text(AskPage.VICTIM, field)
    ]
    notice = _notice(answers)
    if notice is VictimNotice.MISSING:
        cure = "Say when the victim was given written notice, or why it is delayed."
        found.append(Gap(code="notice", page=AskPage.VICTIM, field="notice", cure=cure))
    return found


def _notice(answers: AskAnswers) -> VictimNotice:
    """Return the notice as far as it is complete: given on a day, or delayed with a reason."""
    said = answers.of(AskPage.VICTIM, "notice")
    if said == VictimNotice.GIVEN and answers.of(AskPage.VICTIM, "notice_on"):
        return VictimNotice.GIVEN
    if said == VictimNotice.DELAYED_WITH_REASON and answers.text(AskPage.VICTIM, "notice_reason"):
        return VictimNotice.DELAYED_WITH_REASON
    return VictimNotice.MISSING


@dataclass(frozen=True, kw_only=True)
class Between:
    """What lies between two agencies for one category and direction, and what the person said."""

    agreement_state: AgreementState = AgreementState.NOT_PARTY
    purpose_permitted: bool = False
    category_rule: CategoryRule = CategoryRule.EXCLUDED
    consent_state: ConsentState = ConsentState.NOT_ASKED
    consent_overlap: ConsentOverlap = ConsentOverlap.NONE
    pr_is_alleged_perpetrator: bool = False
    competence: Competence = Competence.NOT_ASSESSED


def question_of(
    answers: AskAnswers,
    facts: AskFacts,
    category: Category,
    between: Between,
    *,
    age: int | None,
) -> Question:
    """Return the question that one line puts to the decision table, direction to the asker.

    ``age`` is the person's in whole years today, None where nobody knows it. Nothing is weighed
    yet: where the table leaves the choice to its approvers, their answers are the weighing.
    """
    risks = answers.listed(AskPage.RISK, "risks")
    limbs = answers.listed(AskPage.RISK, "s42")
    return Question(
        purpose=answers.purpose,
        category=category,
        requester_identity_verified=facts.is_verified,
        requester_kind=facts.requester_kind,
        requester_relation=answers.relation,
        immediate_danger=answers.priority is Priority.IMMEDIATE,
        court_order=answers.is_court_order,
        sab_s45=answers.is_board_demand,
        police_victim_request=_victim_request(answers, facts.requester_kind),
        police_form=police_form(answers, facts),
        agreement_state=between.agreement_state,
        request_pattern=RequestPattern(
            answers.of(AskPage.WHY, "pattern") or RequestPattern.ONE_OFF
        ),
        purpose_permitted=between.purpose_permitted,
        category_rule=between.category_rule,
        subject_role=answers.subject_role,
        subject_age=age,
        subject_competence=between.competence,
        consent_state=between.consent_state,
        consent_overlap=between.consent_overlap,
        pr_is_alleged_perpetrator=between.pr_is_alleged_perpetrator,
        override_basis=frozenset(
            OverrideBasis(one) for one in answers.listed(AskPage.BASIS, "override_basis")
        ),
        risk_of_harm="risk_of_harm" in risks,
        marac_high_risk="marac_high_risk" in risks,
        serious_harm_likely="serious_harm_likely" in risks,
        harm_to_other="harm_to_other" in risks,
        s42=CareActLimbs(**dict.fromkeys(limbs, True)),
    )


def police_form(answers: AskAnswers, facts: AskFacts) -> PoliceForm:
    """Return how far the police form is: complete only once it is counter-signed."""
    if not answers.pages.get(AskPage.POLICE):
        return PoliceForm.NONE
    lacks = any(not answers.of(AskPage.POLICE, field) for field, _ in _POLICE)
    return PoliceForm.INCOMPLETE if lacks or not facts.is_counter_signed else PoliceForm.COMPLETE


def _victim_request(answers: AskAnswers, kind: RequesterKind) -> VictimRequest | None:
    if not needs_victim_form(answers, kind) or not answers.pages.get(AskPage.VICTIM):
        return None
    return VictimRequest(
        notice=_notice(answers),
        **{field: bool(answers.text(AskPage.VICTIM, field)) for field, _ in _TESTS},
    )


def born_on(answers: AskAnswers) -> date | None:
    """Return the date of birth as the asker gave it."""
    said = answers.of(AskPage.SUBJECT, "date_of_birth")
    return date.fromisoformat(said) if said else None


def first_gaps(answers: AskAnswers) -> tuple[Gap, ...]:
    """Return what must be there before a request can be sent at all: whom, whom about, what, why.

    Everything else can be given later; a request without these could go to nobody.
    """
    needed = {"agency", "family_name", "categories", "purpose", "who"}
    found = [
        Gap(code=field, page=page, field=field, cure=cure)
        for page, field, cure in _NEEDED
        if field in needed and not answers.of(page, field)
    ]
    return _sorted([*found, *_subject_gaps(answers)])
