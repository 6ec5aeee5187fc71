"""What concerns say of a person on the register: items of a pack, for a co-ordinator to judge.

A concern is about several people and was written by professionals, so that all of it is marked.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import select

from hub.db.units import UnitOfWork
from hub.kernel.days import london_day
from hub.people.models import IdentityCheck
from hub.people.states import CheckState
from hub.referrals.models import ConcernAddition, Party, ScreeningDecision
from hub.referrals.pages.concern import said_person, sections_of
from hub.referrals.pages.words import STATES
from hub.referrals.queries import ConcernRow, PartyRow, parties_of
from hub.referrals.queries.concerns import concern_rows
from hub.sharing.held_words import said
from hub.sharing.queries.held_about import Around, Held
from hub.sharing.rules.pack import Name, Traits
from hub.sharing.rules.pack_kinds import ItemKind
from hub.web.render import SummaryRow

VICTIM, ALLEGED_PERPETRATOR = "victim", "alleged_perpetrator"


@dataclass(frozen=True)
class Case:
    """A concern, whom it names, and which of them is the person."""

    row: ConcernRow
    party: PartyRow
    others: tuple[PartyRow, ...]

    def held(self, kind: ItemKind, source_id: UUID, text: str, *, is_own: bool = False) -> Held:
        """Return something of the case as an item of a pack; ``is_own`` if of the person alone."""
        return Held(
            kind=kind,
            id=source_id,
            on=london_day(self.row.submitted_at),
            text=text,
            traits=Traits(
                is_other_side=self.party.role == ALLEGED_PERPETRATOR,
                is_about_others=not is_own or self.party.role != VICTIM,
                says_where=is_own,
                is_free_text=True,
            ),
            area_id=self.row.area_id,
            case_id=self.row.id,
        )


def held_in_concerns(uow: UnitOfWork, person_id: UUID) -> Iterable[Held]:
    """Yield what the concerns say in which a desk confirmed that the person is meant."""
    for case in _cases(uow, person_id):
        whole = "\n\n".join(
            "\n".join((each.heading, _lines(each.rows)))
            for each in sections_of(case.row.answers, hide=False)
        )
        head = said((("Reference", case.row.reference), ("Raised by", case.row.agency)))
        yield case.held(ItemKind.CONCERN, case.row.id, f"{head}\n\n{whole}".strip())
        own = said_person(case.party, hide=False)
        text = "\n".join(filter(None, (own.heading, own.care, _lines(own.rows))))
        yield case.held(ItemKind.NAMED, case.party.id, text, is_own=True)
        yield from _after(uow, case)


def answers_in_words(answers: Mapping[str, Any]) -> Iterable[str]:
    """Yield what a referrer answered of a case, page by page, each under its heading."""
    for each in sections_of(answers, hide=False):
        yield f"{each.heading}\n{_lines(each.rows)}"


def others_in_concerns(uow: UnitOfWork, person_id: UUID) -> Iterable[Around]:
    """Yield who else is named in the person's concerns.

    To somebody who is named as a victim or a child whoever is alleged to have caused harm is on the
    other side; to whoever is alleged to have caused harm everybody else is.
    """
    for case in _cases(uow, person_id):
        is_accused = case.party.role == ALLEGED_PERPETRATOR
        for other in case.others:
            if other.name:
                yield Around(
                    name=Name(other.given_name or "", other.family_name or ""),
                    is_other_side=is_accused or other.role == ALLEGED_PERPETRATOR,
                )


def _after(uow: UnitOfWork, case: Case) -> Iterable[Held]:
    """Yield what came behind a concern: more information, and decisions."""
    added = uow.session.scalars(
        select(ConcernAddition).where(ConcernAddition.concern_id == case.row.id)
    )
    for more in added:
        yield case.held(ItemKind.ADDITION, more.id, more.text)
    decided = uow.session.scalars(
        select(ScreeningDecision).where(ScreeningDecision.concern_id == case.row.id)
    )
    for one in decided:
        outcome = STATES[one.outcome][0] if one.outcome in STATES else one.outcome
        text = said((("Decision", outcome), ("Why", one.reason)))
        yield case.held(ItemKind.SCREENING, one.id, text)


def _cases(uow: UnitOfWork, person_id: UUID) -> Iterable[Case]:
    meant = uow.session.execute(
        select(Party.id, Party.concern_id)
        .join(IdentityCheck, IdentityCheck.party_id == Party.id)
        .where(IdentityCheck.person_id == person_id, IdentityCheck.state == CheckState.CONFIRMED)
    ).all()
    own = {party_id for party_id, _ in meant}
    concerns = {concern_id for _, concern_id in meant}
    if not concerns:
        return
    rows = {row.id: row for row in concern_rows(uow, concerns)}
    parties = parties_of(uow, concerns)
    for party in parties:
        if party.id in own:
            others = tuple(
                one for one in parties if one.concern_id == party.concern_id and one.id not in own
            )
            yield Case(rows[party.concern_id], party, others)


def _lines(rows: Iterable[SummaryRow]) -> str:
    return said((row.key, row.value) for row in rows)
