"""What nobody would notice missing until a worker was forgotten: the sweeps and the reactions."""

from hub.meetings.events import InvitationCancelled, InvitationChanged, InvitationIssued
from hub.people.events import IdentityConfirmed, IdentityRuledOut, IdentityUndone
from hub.wiring.jobs import JOBS
from hub.wiring.reactions import reactions


def test_the_worker_sweeps_and_climbs() -> None:
    assert {"climb", "sweep", "anchor of the trail"} <= {job.name for job in JOBS}


def test_no_job_is_listed_twice() -> None:
    names = [job.name for job in JOBS]
    assert len(names) == len(set(names))


def test_an_invitation_never_goes_unheard() -> None:
    heard = {line.event for line in reactions(None, None)}  # the table asks nothing of its settings
    assert {InvitationIssued, InvitationChanged, InvitationCancelled} <= heard
    assert {IdentityConfirmed, IdentityUndone, IdentityRuledOut} <= heard
