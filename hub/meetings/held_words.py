"""Who was asked to meetings about a person: items of a pack, in the words of the log."""

from collections.abc import Iterable
from uuid import UUID

from hub.db.units import UnitOfWork
from hub.kernel.days import london_day
from hub.meetings.told_by_inviting import told_lines
from hub.sharing.queries.held_about import Held
from hub.sharing.rules.coded import SubjectRole
from hub.sharing.rules.pack import Traits
from hub.sharing.rules.pack_kinds import ItemKind
from hub.sharing.rules.told_log import in_plain_words


def held_by_inviting(uow: UnitOfWork, person_id: UUID) -> Iterable[Held]:
    """Yield what was told by each invitation about a person.

    Those to a case about staff are for its area's co-ordinator to judge, as all else of the case.
    """
    for line in told_lines(uow, person_id):
        entry = line.entry
        yield Held(
            kind=ItemKind.INVITATION,
            id=entry.id,
            on=london_day(entry.at),
            text=in_plain_words(entry),
            traits=Traits(
                is_other_side=entry.role is SubjectRole.ALLEGED_PERPETRATOR,
                is_about_others=entry.role is not SubjectRole.VICTIM,
            ),
            area_id=line.area_id if line.is_about_staff else None,
            case_id=line.case_id if line.is_about_staff else None,
        )
