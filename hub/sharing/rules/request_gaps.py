"""What a request still lacks: it is held with the list of its gaps, and never refused for them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from hub.sharing.rules.clocks import Priority
from hub.sharing.rules.coded import SAFETY, Category, Purpose, RequesterKind, VictimNotice
from hub.sharing.rules.decision import Decision, Outcome
from hub.sharing.rules.request_answers import (
    AskAnswers,
    AskPage,
    needs_police_form,
    needs_victim_form,
    notice_said,
)
from hub.sharing.rules.request_bases import basis_lacks, misfits, whose


@dataclass(frozen=True, kw_only=True)
class Gap:
    """Something that lacks: a code, where to mend it, and the cure in words."""

    code: str
    page: AskPage
    field: str
    cure: str


@dataclass(frozen=True, kw_only=True)
class AskFacts:
    """What the hub itself knows of a request on a day in London.

    ``is_verified``: the asker is who they say. ``own_basis``: the table lets the asker tell the
    holder of the case (direction to the service).
    """

    requester_kind: RequesterKind
    day: date
    is_verified: bool = True
    has_order_copy: bool = False
    is_counter_signed: bool = False
    own_basis: bool = True
    age: int | None = None
    """The person's in whole years by what the asker said; None when that is not known."""


_NEEDED: tuple[tuple[AskPage, str, str], ...] = (
    (AskPage.HOLDER, "agency", "Choose who holds the information."),
    (AskPage.SUBJECT, "family_name", "Enter the person's family name."),
    (AskPage.SUBJECT, "subject_role", "Say what the person is in the case."),
    (AskPage.WHAT, "categories", "Select what you ask for."),
    (AskPage.WHY, "purpose", "Select what you need it for."),
    (AskPage.WHY, "necessity", "Say why you need it for that."),
    (AskPage.WHY, "less_intrusive", "Say which less intrusive ways you considered."),
    (AskPage.HANDLING, "security", "Say how you will keep it safe."),
    (AskPage.HANDLING, "retention", "Say how long you will keep it."),
    (AskPage.DECLARATION, "relation", "Say whether you know anybody in the case."),
)
"""What every request needs, in the ICO's order."""

MESSAGE_FIELDS = frozenset(
    {"agency", "family_name", "subject_role", "categories", "purpose", "necessity", "relation"}
)
"""What a message to a worker needs of these: it asks for no information that is kept anywhere."""

POLICE_FIELDS: tuple[tuple[str, str], ...] = (
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

VICTIM_TESTS: tuple[tuple[str, str], ...] = (
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
        if not answers.of(page, field) and (not answers.is_message or field in MESSAGE_FIELDS)
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
    if answers.priority is Priority.RESEARCH and not answers.of(AskPage.URGENCY, "meeting_at"):
        cure = "Enter when the meeting is."
        found.append(Gap(code="meeting_at", page=AskPage.URGENCY, field="meeting_at", cure=cure))
    if not answers.is_message:
        found += [*_basis_gaps(answers, facts), *_order_gaps(answers, facts)]
    found += _misfits(answers, facts)
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
    """Return what the lawful basis lacks."""
    person = whose(answers, facts.requester_kind, facts.day, facts.age)
    return [
        Gap(code=field, page=AskPage.BASIS, field=field, cure=lacks)
        for field, lacks in basis_lacks(answers, person)
    ]


def _misfits(answers: AskAnswers, facts: AskFacts) -> list[Gap]:
    """Return what of the lawful basis does not fit whoever asks, or the person."""
    person = whose(answers, facts.requester_kind, facts.day, facts.age)
    cure = "Select another: this one does not fit your agency or this person."
    return [
        Gap(code="misfit", page=AskPage.BASIS, field=field, cure=cure)
        for field in misfits(answers, person)
    ]


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


def _police_gaps(answers: AskAnswers, facts: AskFacts) -> list[Gap]:
    if not answers.of(AskPage.WHY, "purpose") or not needs_police_form(
        answers, facts.requester_kind
    ):
        return []
    found = [
        Gap(code=field, page=AskPage.POLICE, field=field, cure=cure)
        for field, cure in POLICE_FIELDS
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
        for field, cure in VICTIM_TESTS
        if not answers.text(AskPage.VICTIM, field)
    ]
    counselling = Category.COUNSELLING in {code for code, _ in answers.lines}
    if counselling and not answers.text(AskPage.VICTIM, "senior_approval"):
        cure = "Say which senior officer approved asking for counselling notes, and when."
        found.append(
            Gap(code="senior_approval", page=AskPage.VICTIM, field="senior_approval", cure=cure)
        )
    notice = notice_said(answers)
    if notice is VictimNotice.MISSING:
        cure = "Say when the victim was given written notice, or why it is delayed."
        found.append(Gap(code="notice", page=AskPage.VICTIM, field="notice", cure=cure))
    return found


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


def may_tell(purpose: Purpose, own: Decision) -> bool:
    """Tell whether the asker has a basis of their own for what asking tells the holder.

    To ask because of a danger tells that the person is in such a case; ``own`` is what the table
    says of that. What the table leaves to people, the asker weighed by sending.
    """
    return purpose not in SAFETY or own.tells or own.outcome is Outcome.DECIDE
