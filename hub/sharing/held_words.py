"""What this room and those below it hold about a person, in words, for a pack."""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import aliased

from hub.access.queries import names_of
from hub.agencies.models import Agency, Contact
from hub.db.units import UnitOfWork
from hub.kernel.days import london_day
from hub.people.conflicts import kept_away
from hub.people.queries.records import record_of, view_of
from hub.people.states import WorkerRole
from hub.sharing.models import Consent, Correction, Disclosure, InformationRequest
from hub.sharing.pages.consents.saying import WHAT, sheet_rows
from hub.sharing.pages.holding.asked import ROWS, asked_rows
from hub.sharing.pages.holding.lines import METHODS
from hub.sharing.queries.cases import answers_of
from hub.sharing.queries.consent_pages import sheet_of
from hub.sharing.queries.decided import LineView, lines_of
from hub.sharing.queries.held_about import Around, Held
from hub.sharing.register import PURPOSES
from hub.sharing.rules.coded import Category, ConsentState, Purpose, SubjectRole
from hub.sharing.rules.consent_terms import Giver
from hub.sharing.rules.pack import Name, Traits
from hub.sharing.rules.pack_kinds import ItemKind
from hub.sharing.rules.plain_words import OUTCOMES
from hub.web.phrases import said_day
from hub.web.render import SummaryRow
from hub.web.words import SUPPORT

PRESSURE = frozenset({ConsentState.COERCED_SUSPECTED, ConsentState.NOT_SOUGHT_UNSAFE})
WORK = {
    WorkerRole.LEAVING_CARE_WORKER: "Leaving care worker",
    WorkerRole.SOCIAL_WORKER: "Social worker",
}
Said = tuple[str, str | tuple[str, ...] | None]


def said(rows: Iterable[Said]) -> str:
    """Return answers as lines, each with its question; what was not said is left out."""
    lines = []
    for key, value in rows:
        if value:
            asked = key if key.endswith("?") else f"{key}:"
            lines.append(f"{asked} {value if isinstance(value, str) else '; '.join(value)}")
    return "\n".join(lines)


def _of(rows: Iterable[SummaryRow]) -> Iterable[Said]:
    return ((row.key, row.value) for row in rows)


def held_here(uow: UnitOfWork, person_id: UUID) -> Iterable[Held]:
    """Yield what the register and this room hold about a person."""
    yield from _register(uow, person_id)
    yield from _allocations(uow, person_id)
    yield from _consents(uow, person_id)
    yield from _requests(uow, person_id)
    yield from _disclosures(uow, person_id)
    yield from _corrections(uow, person_id)


def kept_away_from(uow: UnitOfWork, person_id: UUID) -> Iterable[Around]:
    """Yield those at work whom a conflict of interest keeps from a person or their cases."""
    away = kept_away(uow, people=[person_id])
    names = list(names_of(uow, away.accounts).values())
    names += uow.session.scalars(select(Contact.name).where(Contact.id.in_(away.contacts)))
    for name in sorted(set(names)):
        given, _, family = name.rpartition(" ")
        yield Around(name=Name(given, family), is_other_side=True)


def _register(uow: UnitOfWork, person_id: UUID) -> Iterable[Held]:
    record = record_of(uow, person_id)
    names = tuple(f"{one.given_name} {one.family_name}" for one in record.names)
    rows: tuple[Said, ...] = (
        ("Reference", record.reference),
        ("Number at the authority", record.source_id),
        ("First name", record.given_name),
        ("Middle names", record.middle_names),
        ("Last name", record.family_name),
        ("Known as", record.known_as),
        ("Other names", names),
        ("Date of birth", said_day(record.date_of_birth) if record.date_of_birth else ""),
        ("Sex", record.sex),
        ("NHS number", record.nhs_number),
        ("Service", record.service),
        ("Support", SUPPORT[record.support_status]),
        ("Record is restricted", "Yes" if record.is_restricted else "No"),
    )
    day = london_day(record.created_at)
    yield Held(kind=ItemKind.REGISTER, id=record.id, on=day, text=said(rows))
    where = "\n".join(
        said(
            (
                ("Address", one.lines),
                ("Postcode", one.postcode),
                ("From", said_day(one.from_on) if one.from_on else ""),
                ("Until", said_day(one.until_on) if one.until_on else ""),
            )
        )
        for one in record.addresses
    )
    if where:
        yield Held(
            kind=ItemKind.ADDRESSES,
            id=record.id,
            on=None,
            text=where,
            traits=Traits(says_where=True),
        )
    reach = said((("Safe number", record.safe_phone), ("Safe contact", record.safe_contact)))
    if reach:
        traits = Traits(says_where=True, is_free_text=True)
        yield Held(kind=ItemKind.CONTACT, id=record.id, on=None, text=reach, traits=traits)


def _allocations(uow: UnitOfWork, person_id: UUID) -> Iterable[Held]:
    for row in view_of(uow, person_id).allocations:
        span = row.span
        text = said(
            (
                (WORK[span.role], row.name),
                ("From", said_day(span.from_on)),
                ("Until", said_day(span.until_on) if span.until_on else ""),
            )
        )
        yield Held(kind=ItemKind.ALLOCATION, id=span.id, on=span.from_on, text=text)


def _consents(uow: UnitOfWork, person_id: UUID) -> Iterable[Held]:
    ids = uow.session.scalars(select(Consent.id).where(Consent.person_id == person_id)).all()
    for consent_id in ids:
        sheet = sheet_of(uow, consent_id)
        record = sheet.line.record
        yield Held(
            kind=ItemKind.CONSENT,
            id=consent_id,
            on=record.said_on,
            text=said(_of(sheet_rows(sheet))),
            traits=Traits(
                is_about_others=sheet.giver not in {None, Giver.SELF.value},
                is_harmful=record.state in PRESSURE,
                is_free_text=True,
            ),
        )


def _requests(uow: UnitOfWork, person_id: UUID) -> Iterable[Held]:
    rows = uow.session.execute(
        select(InformationRequest, Agency.name)
        .join(Agency, Agency.id == InformationRequest.asker_agency_id)
        .where(InformationRequest.person_id == person_id)
    ).all()
    for request, agency in rows:
        asked = _of(asked_rows(answers_of(request), *ROWS))
        lines = [said(_line_rows(one)) for one in lines_of(uow, request.id)]
        head = (("Reference", request.reference), ("Asked by", agency))
        yield Held(
            kind=ItemKind.REQUEST,
            id=request.id,
            on=london_day(request.sent_at),
            text="\n\n".join((said((*head, *asked)), *lines)),
            traits=_traits_of(request.subject_role),
        )


def _traits_of(role: str) -> Traits:
    return Traits(
        is_other_side=role == SubjectRole.ALLEGED_PERPETRATOR,
        is_about_others=role != SubjectRole.VICTIM,
        is_free_text=True,
    )


def _line_rows(line: LineView) -> Iterable[Said]:
    decision = line.decision
    yield "What was wanted", f"{WHAT[line.category]}. {line.wanted}"
    if decision is not None:
        yield "Decision", f"{OUTCOMES[decision.outcome]} (rule {decision.rule})"
    for one in line.approvals:
        if one.decided_at is not None:
            yield "Risk of sharing", one.risk_of_sharing
            yield "Risk of not sharing", one.risk_of_not_sharing
            yield "Why", one.reason
    yield "Kept back", line.withheld


def _disclosures(uow: UnitOfWork, person_id: UUID) -> Iterable[Held]:
    sender, reader = aliased(Agency), aliased(Agency)
    rows = uow.session.execute(
        select(Disclosure, sender.name, reader.name)
        .join(sender, sender.id == Disclosure.from_agency_id)
        .join(reader, reader.id == Disclosure.to_agency_id)
        .where(Disclosure.person_id == person_id)
    ).all()
    for row, told_by, told_to in rows:
        text = said(
            (
                ("Told by", told_by),
                ("Told to", told_to),
                ("What", WHAT[Category(row.category)]),
                ("What for", PURPOSES[Purpose(row.purpose)]),
                ("How", METHODS[row.method]),
                ("Exactly what was told", row.shared),
                ("You were told of it", "Yes" if row.was_told else "No"),
                ("Why not", row.why_not_told),
                ("What came of it", row.outcome),
            )
        )
        yield Held(
            kind=ItemKind.DISCLOSURE,
            id=row.id,
            on=london_day(row.shared_at),
            text=text,
            traits=Traits(is_free_text=True, is_harmful=row.is_harmful_to_show),
        )


def _corrections(uow: UnitOfWork, person_id: UUID) -> Iterable[Held]:
    rows = uow.session.scalars(select(Correction).where(Correction.person_id == person_id)).all()
    for row in rows:
        what = ("What", WHAT[Category(row.category)])
        yield Held(
            kind=ItemKind.CORRECTION,
            id=row.id,
            on=london_day(row.made_at),
            text=said((what, ("What was wrong", row.wrong), ("What is right", row.right))),
            traits=Traits(is_free_text=True),
        )
