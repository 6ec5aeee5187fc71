"""What meetings about a person wrote down: items of a pack, for a co-ordinator to judge.

Private lines of an agency's research are not here: each agency answers for its own file.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import or_, select

from hub.agencies.models import Agency
from hub.db.units import UnitOfWork
from hub.kernel.days import london_day
from hub.marac.models import Action, EqualityAnswer, Hearing, HearingNote, Research, ResearchLine
from hub.marac.pages.record_words import LABELS, minuted
from hub.marac.rules.equality import in_words
from hub.meetings.models import Item, ItemPerson, Meeting
from hub.meetings.situation import ItemRole
from hub.sharing.held_words import said
from hub.sharing.queries.held_about import Held
from hub.sharing.rules.pack import Traits
from hub.sharing.rules.pack_kinds import ItemKind
from hub.web.phrases import said_day


@dataclass(frozen=True)
class Heard:
    """A case of a meeting in which the person is."""

    item: Item
    meeting: Meeting
    person: ItemPerson

    def held(self, kind: ItemKind, source_id: UUID, text: str, *, is_harmful: bool = False) -> Held:
        """Return something of the case as an item of a pack."""
        return Held(
            kind=kind,
            id=source_id,
            on=london_day(self.meeting.starts_at),
            text=text,
            traits=Traits(
                is_other_side=self.person.role == ItemRole.ALLEGED_PERPETRATOR,
                is_about_others=True,
                is_harmful=is_harmful,
                is_free_text=True,
            ),
            area_id=self.meeting.area_id,
            case_id=self.item.concern_id,
        )


def held_by_meetings(uow: UnitOfWork, person_id: UUID) -> Iterable[Held]:
    """Yield the record of each case in which the person is, field by field."""
    found = uow.session.execute(
        select(Item, Meeting, ItemPerson)
        .join(Meeting, Meeting.id == Item.meeting_id)
        .join(ItemPerson, ItemPerson.item_id == Item.id)
        .where(ItemPerson.person_id == person_id)
    ).all()
    counted = set()
    for item, meeting, person in found:
        heard = Heard(item, meeting, person)
        if item.concern_id not in counted and person.role == ItemRole.VICTIM:
            counted.add(item.concern_id)
            yield from _equality(uow, heard)
        yield from _hearing(uow, heard)
        yield from _notes(uow, heard)
        yield from _research(uow, heard)
        yield from _actions(uow, heard)


def _equality(uow: UnitOfWork, heard: Heard) -> Iterable[Held]:
    rows = uow.session.scalars(
        select(EqualityAnswer).where(EqualityAnswer.concern_id == heard.item.concern_id)
    )
    for row in rows:
        text = said(
            (("Recorded", in_words(json.loads(row.answers))), ("How it is known", row.note))
        )
        yield heard.held(ItemKind.EQUALITY, row.id, text)


def _hearing(uow: UnitOfWork, heard: Heard) -> Iterable[Held]:
    row = uow.session.scalar(select(Hearing).where(Hearing.item_id == heard.item.id))
    if row is None:
        return
    text = said(
        (
            ("How it was dealt with", minuted(row.state)),
            ("On", said_day(row.heard_on) if row.heard_on else ""),
            ("Why it was put back", row.put_back_why),
            ("Who was to tell the victim", row.teller_note),
            ("Told on", said_day(row.told_on) if row.told_on else ""),
            ("Why not told", row.not_told_why),
        )
    )
    yield heard.held(ItemKind.HEARD, row.id, text)


def _notes(uow: UnitOfWork, heard: Heard) -> Iterable[Held]:
    rows = uow.session.scalars(select(HearingNote).where(HearingNote.item_id == heard.item.id))
    for row in rows:
        label = LABELS[row.field][0] if row.field in LABELS else row.field
        yield heard.held(ItemKind.NOTE, row.id, said(((label, row.text),)))


def _research(uow: UnitOfWork, heard: Heard) -> Iterable[Held]:
    """Yield what agencies released to the meeting about the person, or the case as a whole."""
    rows = uow.session.execute(
        select(ResearchLine, Agency.name)
        .join(Research, Research.id == ResearchLine.research_id)
        .join(Agency, Agency.id == Research.agency_id)
        .where(
            Research.item_id == heard.item.id,
            ResearchLine.released_at.is_not(None),
            or_(ResearchLine.party_id.is_(None), ResearchLine.party_id == heard.person.party_id),
        )
    ).all()
    for line, agency in rows:
        yield heard.held(ItemKind.RESEARCH, line.id, said(((agency, line.text),)))


def _actions(uow: UnitOfWork, heard: Heard) -> Iterable[Held]:
    rows = uow.session.execute(
        select(Action, Agency.name)
        .join(Agency, Agency.id == Action.agency_id)
        .where(Action.item_id == heard.item.id)
    ).all()
    for row, agency in rows:
        text = said(
            (
                ("Action", row.text),
                ("Risk that it answers", row.risk),
                ("By", agency),
                ("What came of it", row.outcome),
            )
        )
        yield heard.held(ItemKind.ACTION, row.id, text, is_harmful=not row.may_tell_victim)
