"""Who is who over time: noting those named in a referral, and what a co-ordinator says of them."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import insert, or_, select

from hub.access.permissions import Permission
from hub.db.units import UnitOfWork
from hub.kernel.errors import ConflictError, NotAllowedError, NotFoundError, RefusedError
from hub.kernel.events import Event
from hub.marac.events import SubjectSaid
from hub.marac.models import Subject, SubjectKey, SubjectParty, SubjectVerdict
from hub.marac.queries.subjects import compared, query_of
from hub.marac.rules.subjects import Basis, Named, Pair, Verdict, joined, refusal, subjects
from hub.people.queries.entries import blind_keys, keys_of_unit
from hub.referrals.access import open_concern
from hub.referrals.events import ConcernSubmitted
from hub.referrals.models import Concern, Party
from hub.referrals.queries import parties_of


@dataclass(frozen=True, kw_only=True)
class SayWho:
    """Say whether somebody of a referral is somebody of another one.

    ``number`` is that of what stood said of the two when it was read, 0 for nothing.
    """

    concern_id: UUID
    party_id: UUID
    other_id: UUID
    verdict: Verdict
    number: int
    basis: Basis | None = None


def note_subjects(uow: UnitOfWork, happened: Event) -> None:
    """React to a referral: everybody in it is somebody of their own, and can be found later.

    Nobody is looked for here, so that it takes as long whoever is named.
    """
    if not isinstance(happened, ConcernSubmitted):
        return
    uow.session.flush()
    people = parties_of(uow, [happened.concern_id])
    _stand_alone(uow, [one.id for one in people])
    keyring = keys_of_unit(uow)
    keys = [
        {"key": key, "party_id": one.id}
        for one in people
        if not one.details.get("is_unborn")
        for key in sorted(set(blind_keys(keyring, [query_of(one)])))
    ]
    if keys:
        uow.session.execute(insert(SubjectKey), keys)


def say_who(cmd: SayWho, *, uow: UnitOfWork) -> UUID:
    """Write down what a co-ordinator of the referral's area says of two people; return its id.

    Only somebody who was put forward as likely can be spoken of. Raises NotFoundError,
    ConflictError when somebody said something meanwhile, RefusedError without anything that tells
    besides a name, or against what was said of others.
    """
    concern = open_concern(uow, cmd.concern_id, Permission.CONCERN_SCREEN)
    if uow.actor.account_id is None:
        raise NotAllowedError("who is who is said by a person")
    likely = next(
        (
            one
            for each in compared(uow, concern.id)
            for one in each.likely
            if (each.party.id, one.party_id) == (cmd.party_id, cmd.other_id)
        ),
        None,
    )
    if likely is None:
        raise NotFoundError("nobody likely")
    if cmd.number != likely.standing.number:
        raise ConflictError("what was said of these two", {"verdict": likely.standing.verdict})
    if cmd.verdict is Verdict.SAME and cmd.basis is None:
        raise RefusedError("Select what besides the name tells you", field="basis")
    pair = frozenset((cmd.party_id, cmd.other_id))
    group = joined(pair, _standing(uow, pair, Verdict.SAME))
    if cmd.verdict is Verdict.SAME:
        _refuse_impossible(uow, pair, group)

    one_id, other_id = sorted(pair)
    said = SubjectVerdict(
        id=uow.new_id(),
        one_id=one_id,
        other_id=other_id,
        number=cmd.number + 1,
        verdict=cmd.verdict,
        basis=cmd.basis if cmd.verdict is Verdict.SAME else None,
        said_by=uow.actor.account_id,
        said_at=uow.now,
    )
    uow.session.add(said)
    uow.session.flush()
    _settle(uow, group, uow.actor.account_id)

    uow.emit(
        SubjectSaid(
            concern_id=concern.id,
            party_id=cmd.party_id,
            other_id=cmd.other_id,
            verdict=cmd.verdict,
        )
    )
    return said.id


def carry_subjects(uow: UnitOfWork, parties: Mapping[UUID, UUID], said_by: UUID) -> None:
    """Say that the people of a concern that another area sent are those of the one it sent.

    ``parties`` are those of the new concern by those of the old.
    """
    for old_id, new_id in parties.items():
        one_id, other_id = sorted((old_id, new_id))
        uow.session.add(
            SubjectVerdict(
                id=uow.new_id(),
                one_id=one_id,
                other_id=other_id,
                number=1,
                verdict=Verdict.SAME,
                basis=Basis.KNOWN_TO_BOTH,
                said_by=said_by,
                said_at=uow.now,
            )
        )
    uow.session.flush()
    for old_id, new_id in parties.items():
        _settle(uow, joined((old_id, new_id), _standing(uow, [old_id], Verdict.SAME)), said_by)


def _refuse_impossible(uow: UnitOfWork, pair: Pair, group: Collection[UUID]) -> None:
    rows = uow.session.execute(select(Party.id, Party.concern_id).where(Party.id.in_(group)))
    people = {row.id: Named(party_id=row.id, concern_id=row.concern_id) for row in rows}
    same = _standing(uow, group, Verdict.SAME)
    why_not = refusal(people, same, _standing(uow, group, Verdict.OTHER), pair)
    if why_not:
        raise RefusedError(why_not, field="basis")


def _standing(uow: UnitOfWork, start: Iterable[UUID], verdict: Verdict) -> set[Pair]:
    """Return the pairs of which this stands said, as far as they hang together with the start."""
    found: dict[Pair, str] = {}
    new, seen = set(start), set[UUID]()
    while new:
        seen |= new
        rows = uow.session.execute(
            select(SubjectVerdict.one_id, SubjectVerdict.other_id, SubjectVerdict.verdict)
            .where(or_(SubjectVerdict.one_id.in_(new), SubjectVerdict.other_id.in_(new)))
            .order_by(SubjectVerdict.number)
        )
        latest = {frozenset((row.one_id, row.other_id)): row.verdict for row in rows}
        found |= latest
        same = [pair for pair, said in latest.items() if said == Verdict.SAME]
        new = {one for pair in same for one in pair} - seen
    return {pair for pair, said in found.items() if said == verdict}


def _settle(uow: UnitOfWork, people: Collection[UUID], said_by: UUID) -> None:
    """Let these people, and those now joined to them, be the subjects that what stands makes."""
    same = _standing(uow, people, Verdict.SAME)
    everybody = joined(people, same)
    in_time = uow.session.scalars(
        select(Party.id)
        .join(Concern, Concern.id == Party.concern_id)
        .where(Party.id.in_(everybody))
        .order_by(Concern.submitted_at, Concern.id, Party.id)
    ).all()
    _stand_alone(uow, in_time)
    rows = {
        row.party_id: row
        for row in uow.session.scalars(
            select(SubjectParty).where(SubjectParty.party_id.in_(in_time))
        )
    }
    for party_id, subject_id in subjects(in_time, same).items():
        row = rows[party_id]
        if row.subject_id != subject_id:
            row.subject_id, row.said_by, row.said_at = subject_id, said_by, uow.now


def _stand_alone(uow: UnitOfWork, party_ids: Collection[UUID]) -> None:
    """Make a subject of their own for each who has none; its id is theirs."""
    known = set(
        uow.session.scalars(
            select(SubjectParty.party_id).where(SubjectParty.party_id.in_(party_ids))
        )
    )
    new = [one for one in party_ids if one not in known]
    uow.session.add_all(Subject(id=one, created_at=uow.now) for one in new)
    uow.session.flush()
    uow.session.add_all(
        SubjectParty(party_id=one, subject_id=one, said_by=None, said_at=uow.now) for one in new
    )
    uow.session.flush()
