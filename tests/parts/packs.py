"""A request for what is held, walked by the people of ``parts.rights`` through its pack."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import select

from hub.kernel.actor import Actor
from hub.sharing.commands.packing import JudgeItem, draw_pack, judge_item
from hub.sharing.commands.subject_access import (
    PREPARED,
    PROVED,
    ReceiveAccess,
    move_access,
    receive_access,
    release_access,
)
from hub.sharing.models import PackItem, SubjectAccess
from hub.sharing.rules.pack import Keeper, Mark, PackVerdict, Said
from hub.wiring.packs import PACK_SOURCES
from kit.world import HUB, TODAY, World
from parts.rights import Shared

PACK = uuid4()
"""The request whose pack has all items of ``of_a_pack``."""
WORDS = "In so many words"
WHOLE = Said(verdict=PackVerdict.INCLUDE, why=WORDS)


@dataclass
class Packing:
    """One request and its pack; without ``by`` the team manager acts."""

    told: Shared
    access_id: UUID

    def draw(self, by: Actor | None = None) -> None:
        """Draw the pack up."""
        with self.told.asking.world.write(by or self.told.manager) as uow:
            draw_pack(self.access_id, uow=uow, sources=PACK_SOURCES)

    def items(self, kind: str | None = None) -> list[PackItem]:
        """Return its items as they are, of one kind if it is named."""
        with self.told.asking.world.units.read(HUB) as uow:
            rows = uow.session.scalars(
                select(PackItem).where(PackItem.access_id == self.access_id)
            ).all()
        return [row for row in rows if kind in {None, row.kind}]

    def item(self, kind: str) -> PackItem:
        """Return its one item of a kind."""
        (row,) = self.items(kind)
        return row

    def judge(self, item: PackItem, said: Said = WHOLE, by: Actor | None = None) -> None:
        """Give a verdict on an item."""
        cmd = JudgeItem(item_id=item.id, version=item.version, said=said)
        with self.told.asking.world.write(by or self.told.manager) as uow:
            judge_item(cmd, uow=uow)

    def judge_all(self, by: Actor | None = None, keeper: Keeper = Keeper.SERVICE) -> None:
        """Give everything whole that waits for a keeper."""
        for one in self.items():
            if one.keeper == keeper and one.verdict is None and one.gone_at is None:
                assert Mark.OTHER_SIDE not in one.marks.split()
                self.judge(one, by=by)

    def prepare(self, by: Actor | None = None) -> None:
        """Say that the pack is ready."""
        with self.told.asking.world.write(by or self.told.manager) as uow:
            move_access(self.access_id, PREPARED, WORDS, uow=uow)

    def release(self, by: Actor | None = None) -> None:
        """Let the pack out, as the governance lead where nobody is named."""
        with self.told.asking.world.write(by or self.told.lead) as uow:
            release_access(self.access_id, uow=uow, sources=PACK_SOURCES)


def asked(told: Shared, by: Actor | None = None, **other: Any) -> UUID:
    """Take a request in."""
    values = {"person_id": told.person, "received_on": TODAY, "asks": "person"}
    with told.asking.world.write(by or told.manager) as uow:
        cmd = ReceiveAccess(**(values | other))
        return receive_access(cmd, uow=uow, sources=PACK_SOURCES)


def proved(told: Shared, **other: Any) -> Packing:
    """Take a request in and write down how it was proved who asks."""
    access_id = asked(told, **other)
    with told.asking.world.write(told.manager) as uow:
        move_access(access_id, PROVED, WORDS, uow=uow)
    return Packing(told, access_id)


def of_a_pack(world: World, person_id: UUID) -> None:
    """Write a request for what is held, and an item of ``PACK`` for each side to judge."""
    with world.write() as uow:
        is_first = uow.session.get(SubjectAccess, PACK) is None
        row = SubjectAccess(
            id=PACK if is_first else uuid4(),
            reference=uow.ids.reference(),
            person_id=person_id,
            received_on=uow.today,
            asks="person",
            proved_on=uow.today,
            due_on=uow.today,
            drawn_at=uow.now,
            recorded_by=uuid4(),
            recorded_at=uow.now,
        )
        uow.session.add(row)
        uow.session.flush()
        for keeper, area_id in (("service", None), ("co_ordinator", world.area)):
            item = {"id": uuid4(), "access_id": PACK, "source_id": uuid4()}
            said = {"original": "Invented", "marks": "free_text", "drawn_at": uow.now}
            of = {"kind": "note", "keeper": keeper, "area_id": area_id}
            uow.session.add(PackItem(**item, **said, **of))
