"""What nobody would notice missing until a worker was forgotten: the sweeps and the reactions."""

from hub.meetings.events import InvitationCancelled, InvitationChanged, InvitationIssued
from hub.people.events import IdentityConfirmed, IdentityRuledOut, IdentityUndone
from hub.wiring.jobs import JOBS, in_batches
from hub.wiring.reactions import reactions


def test_the_worker_sweeps_and_climbs() -> None:
    assert {"climb", "sweep", "anchor of the trail"} <= {job.name for job in JOBS}


def test_no_job_is_listed_twice() -> None:
    names = [job.name for job in JOBS]
    assert len(names) == len(set(names))


def test_a_job_goes_on_batch_by_batch_until_one_is_not_full(units) -> None:
    counts = [3, 3, 2, 3]
    in_batches(units, lambda _, *, limit: min(limit, counts.pop(0)), 3)
    assert counts == [3]


def test_an_invitation_never_goes_unheard() -> None:
    heard = {line.event for line in reactions(None, None)}  # the table asks nothing of its settings
    assert {InvitationIssued, InvitationChanged, InvitationCancelled} <= heard
    assert {IdentityConfirmed, IdentityUndone, IdentityRuledOut} <= heard
