"""A case with papers of every sort, which goes from Testshire to Elseshire; all is invented."""

import hashlib
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID, uuid4

from hub.db.files import FileStore
from hub.kernel.actor import Actor
from hub.marac.commands.transfers import SendTransfer, acknowledge_transfer, send_transfer
from hub.marac.models import Action, HearingNote, Research, ResearchLine
from hub.marac.queries.transfer_papers import case_papers
from hub.referrals.models import ConcernFile
from kit.world import HUB
from parts.journey import PDF
from parts.over_time import Years

FIRST = date(2026, 6, 1)
ADDRESS, POSTCODE = "9 Secret Street", "YO1 1AA"
PLAN = "The locks are changed."
SHARED, KEPT = "She was seen with a bruise.", "Her sister told us in confidence."


@dataclass
class Moving:
    """The case, its papers, and the co-ordinator of the area that it goes to."""

    story: Years
    there: Actor
    concern: UUID
    item: UUID
    research: UUID
    lines: tuple[UUID, UUID]
    """The one that may go, and the one that stays at the agency's word."""
    files: tuple[UUID, UUID]
    """The same of files."""

    def known(self, by: Actor | None = None):
        """Return what may go."""
        with self.story.county.units.read(by or self.story.coordinator) as uow:
            return case_papers(uow, self.concern)

    def send(self, papers=None, **changes) -> UUID:
        """Send the case with all that may go, or with these papers."""
        said = {
            "concern_id": self.concern,
            "to_area_id": self.story.county.other_area,
            "told_on": FIRST,
            "is_temporary": False,
            "note": "She has moved to her sister's.",
            "address": ADDRESS,
            "postcode": POSTCODE,
            "papers": tuple(self.known().keys) if papers is None else tuple(papers),
            **changes,
        }
        with self.story.county.units.write(self.story.coordinator) as uow:
            return send_transfer(SendTransfer(**said), uow=uow)

    def take(self, transfer_id: UUID) -> UUID:
        """Take the case over and return the concern of the new area."""
        with self.story.county.units.write(self.there) as uow:
            return acknowledge_transfer(transfer_id, uow=uow)


def moving(story: Years, there: Actor, store: FileStore) -> Moving:
    """Return a case that was heard, with two files, minutes, two actions and research."""
    concern = story.refer(FIRST)
    story.screened(concern, "accepted")
    item = story.heard(concern, FIRST)
    county, research = story.county, uuid4()
    lines, files = (uuid4(), uuid4()), (uuid4(), uuid4())
    with county.units.write(HUB) as uow:
        for file_id, name, stays in zip(
            files, ("plan.pdf", "ours.pdf"), (False, True), strict=True
        ):
            store.put(file_id, PDF)
            uow.session.add(
                ConcernFile(
                    id=file_id,
                    concern_id=concern,
                    name=name,
                    media_type="application/pdf",
                    size=len(PDF),
                    sha256=hashlib.sha256(PDF).hexdigest(),
                    added_at=uow.now,
                    stays_here=stays,
                )
            )
        note = {"field": "risk_of", "text": "Strangulation", "saved_by": uuid4()}
        uow.session.add(HearingNote(id=uuid4(), item_id=item, saved_at=uow.now, **note))
        for text, state in ((PLAN, "done"), ("A marker on the address.", "open")):
            uow.session.add(
                Action(
                    id=uuid4(),
                    reference=uow.ids.reference(),
                    item_id=item,
                    text=text,
                    risk="He may come back.",
                    agency_id=county.police,
                    owner_id=uuid4(),
                    due_on=FIRST + timedelta(days=7),
                    may_tell_victim=True,
                    state=state,
                    proposed_by=uuid4(),
                    proposed_at=uow.now,
                )
            )
        uow.session.add(
            Research(
                id=research,
                item_id=item,
                agency_id=county.charity,
                state="shared",
                asked_at=uow.now,
                due_at=uow.now,
                proportionality="It bears on the risk.",
            )
        )
        uow.session.flush()
        for at, (line_id, text) in enumerate(zip(lines, (SHARED, KEPT), strict=True)):
            uow.session.add(
                ResearchLine(
                    id=line_id,
                    research_id=research,
                    kind="fact",
                    text=text,
                    position=at,
                    released_at=uow.now,
                    released_by=uuid4(),
                    stays_here=bool(at),
                    written_by=uuid4(),
                    written_at=uow.now,
                )
            )
    return Moving(story, there, concern, item, research, lines, files)
