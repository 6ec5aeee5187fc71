"""What follows on a case and a request in the county of ``somebody``, for pages met only then."""

from sqlalchemy import select

from hub.access.models import Account
from hub.kernel.actor import Role, system
from hub.marac.commands.issuing import put_out
from hub.marac.commands.letters import GiveLetter, give_letter
from hub.marac.commands.packs import AskPack, ask_pack, release_pack
from hub.marac.models import Hearing
from hub.meetings.models import Invitation, Item, Meeting
from hub.people.models import Allocation, Conflict
from hub.people.states import LinkKind
from hub.referrals.commands.links import KeepAway, keep_away
from hub.referrals.held_words import answers_in_words
from hub.referrals.models import Party
from parts.somebody import actor_with

ISSUED = "SELECT meeting_id FROM agenda_issue"
FURTHER = (
    ("marac.copy", "/agendas/{}", ISSUED),
    ("marac.pack", "/agendas/{}/pack", ISSUED),
    ("marac.issued", "/meetings/{}/agenda/issues/1", ISSUED),
    ("marac.letter", "/letters/{}", "SELECT id FROM discussion_letter"),
    ("marac.review_pack", "/packs/{}", "SELECT id FROM review_pack"),
    (
        "invitations.answered",
        "/invitations/{}/answer",
        "SELECT id FROM invitation WHERE answer IS NOT NULL",
    ),
    ("keeping.lift", "/keeping/concern/{}/holds/{}/lift", "SELECT record_id, id FROM legal_hold"),
    (
        "people.conflict_end",
        "/people/{}/conflicts/{}",
        "SELECT person_id, contact_id FROM conflict",
    ),
    (
        "referrals.lift",
        "/concerns/{}/kept-away/{}",
        "SELECT case_id, id FROM case_link WHERE lifted_at IS NULL",
    ),
)
"""Where those pages are: endpoint, address, and the query of the ids in it."""


def somebody_goes_on(units):
    """Let an agenda be out, a case heard and held for a review, and an invitation answered."""
    coordinator, chair = actor_with(units, Role.COORDINATOR), actor_with(units, Role.CHAIR)
    worker = actor_with(units, Role.LEAVING_CARE_WORKER)
    with units.write(coordinator) as uow:
        hearing = uow.session.scalars(select(Hearing)).first()
        item = uow.session.get_one(Item, hearing.item_id)
        put_out(uow, uow.session.get_one(Meeting, item.meeting_id))
        hearing.state, hearing.heard_on = "heard", uow.today
        victim = select(Party.id).where(Party.concern_id == item.concern_id, Party.role == "victim")
        letter = GiveLetter(
            item_id=item.id,
            party_id=uow.session.scalars(victim).first(),
            asked_as="victim",
            asked_by="Invented",
            checked_by="document",
            phone="01632 960999",
            is_not_for_alleged=True,
        )
        uow.session.flush()
        give_letter(letter, uow=uow)
        ask = AskPack(concern_id=item.concern_id, died_on=uow.today, why="Invented")
        pack_id = ask_pack(ask, uow=uow)
        somebody = select(Account.id).where(Account.email == "new.referrer@agency.example.org")
        away = KeepAway(
            concern_id=item.concern_id,
            kind=LinkKind.CLOSE,
            account_id=uow.session.scalars(somebody).one(),
            note="Invented",
        )
        keep_away(away, uow=uow)
    with units.write(chair) as uow:
        release_pack(pack_id, uow=uow, looks=lambda *_: (), answers=answers_in_words)
    with units.write(worker) as uow:
        held = select(Invitation).where(
            Invitation.recipient_id == worker.contact_id, Invitation.state == "held"
        )
        uow.session.scalars(held).first().answer = "accepted"
    with units.write(system("test")) as uow:
        own = select(Allocation.person_id, Allocation.worker_id).limit(1)
        person_id, contact_id = uow.session.execute(own).one()
        uow.session.add(
            Conflict(
                contact_id=contact_id, person_id=person_id, declared_at=uow.now, declared_by=None
            )
        )
