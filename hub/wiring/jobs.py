"""Timed jobs, run by the worker under a lease; running one twice changes nothing."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol
from uuid import UUID

from hub.access import sessions
from hub.access.sign_in import forget_old
from hub.audit.anchor import anchor
from hub.db.engine import leave_no_trace
from hub.db.files import FileStore
from hub.db.units import UnitOfWork, Units
from hub.kernel.actor import system
from hub.kernel.drafts import DRAFT_LIVES
from hub.marac.commands.actions import chase_actions
from hub.marac.commands.asking import chase_silent
from hub.marac.commands.chasing import chase_minutes, chase_tellers
from hub.marac.commands.evidence import KIND as EVIDENCE
from hub.marac.commands.evidence import sweep_evidence
from hub.marac.commands.flags import sweep_flags
from hub.marac.commands.issuing_emergency import emergencies_ahead, keep_issued
from hub.marac.commands.transfer_papers import chase_asks
from hub.marac.commands.transfers import chase_transfers
from hub.meetings.answers import climb_silent
from hub.meetings.situations import upcoming_ids
from hub.meetings.tasks import lapse_over
from hub.people.commands.climbing import climb_late
from hub.referrals.commands import purge_drafts, sweep_files
from hub.sharing.commands import COPIES, sweep_copies, warn_of_days
from hub.sharing.commands.access_days import warn_of_access_days
from hub.sharing.commands.clocking import run_clocks, settle_open
from hub.sharing.commands.consent_drafts import purge_consent_drafts
from hub.sharing.commands.correcting import chase_corrections
from hub.sharing.commands.disposal import run_disposals
from hub.sharing.commands.request_drafts import purge_request_drafts
from hub.sharing.commands.request_files import KIND as REQUEST_FILE
from hub.sharing.commands.request_files import sweep_request_files
from hub.sharing.rules.policy import policy_of as request_policy_of
from hub.wiring.kept import KEPT_SOURCES
from hub.wiring.opening import Hub
from hub.wiring.reactions import invitation_policy, reconciler_of


@dataclass(frozen=True)
class Job:
    """A function that runs every so often; running it twice changes nothing."""

    name: str
    every: timedelta
    run: Callable[[Hub], None]


def _forget_old_sessions(hub: Hub) -> None:
    with hub.units.write(system("sweep")) as uow:
        forget_old(sessions.limits(hub.settings), uow=uow)


def _anchor(hub: Hub) -> None:
    anchor(hub.units, hub.settings.data_dir, hub.keyring.audit)


def _forget_old_drafts(hub: Hub) -> None:
    store = FileStore(hub.settings.data_dir, hub.keyring)
    asked = FileStore(hub.settings.data_dir, hub.keyring, REQUEST_FILE)
    evidence = FileStore(hub.settings.data_dir, hub.keyring, EVIDENCE)
    with hub.units.write(system("sweep")) as uow:
        purge_drafts(uow.now - DRAFT_LIVES, uow=uow)
        purge_consent_drafts(uow.now - DRAFT_LIVES, uow=uow)
        purge_request_drafts(uow.now - DRAFT_LIVES, uow=uow)
        sweep_files(uow.now, uow=uow, store=store)
        sweep_request_files(uow.now, uow=uow, store=asked)
        sweep_evidence(uow.now, uow=uow, store=evidence)


def _watch_agreements(hub: Hub) -> None:
    """Say whose review or end comes near, and forget the bytes of copies that were taken away."""
    store = FileStore(hub.settings.data_dir, hub.keyring, COPIES)
    with hub.units.write(system("sweep")) as uow:
        warn_of_days(uow)
        sweep_copies(uow.now, uow=uow, store=store)


class Step(Protocol):
    """What is done to so many at a time; it returns to how many it did something."""

    def __call__(self, uow: UnitOfWork, *, limit: int) -> int:
        """Do it to ``limit`` at most."""


def in_batches(units: Units, step: Step, size: int) -> None:
    """Do something to all that waits for it, a unit for each batch, until one is not full."""
    more = True
    while more:
        with units.write(system("sweep")) as uow:
            more = step(uow, limit=size) >= size


def _climb(hub: Hub) -> None:
    """Send the questions that have met silence for too long one step up."""
    in_batches(hub.units, climb_silent, CLIMB_BATCH)


def _climb_questions(hub: Hub) -> None:
    """Send questions who is meant that have waited for too long one step up."""
    in_batches(hub.units, climb_late, CLIMB_BATCH)


def _sweep(hub: Hub) -> None:
    """Reconcile every meeting to come, whatever did or did not happen: days pass by themselves.

    What was to be done for a meeting that is over waits for nobody any more.
    """
    reconciler = reconciler_of(hub.settings)
    with hub.units.read(system("sweep")) as uow:
        meetings = upcoming_ids(uow)
    for meeting_id in meetings:
        with hub.units.write(system("sweep")) as uow:
            reconciler.run(uow, [meeting_id])
    in_batches(hub.units, lapse_over, CLIMB_BATCH)


def _issue_emergencies(hub: Hub) -> None:
    """Put out the agendas of emergencies in whose way nothing stands any more."""
    policy = invitation_policy(hub.settings)
    with hub.units.read(system("sweep")) as uow:
        meetings = emergencies_ahead(uow)
    for meeting_id in meetings:
        with hub.units.write(system("sweep")) as uow:
            keep_issued(meeting_id, uow=uow, policy=policy)


def _request_clocks(hub: Hub) -> None:
    """Remind, escalate and let lapse what waits for too long."""
    policy = request_policy_of(hub.settings)
    in_batches(hub.units, lambda uow, *, limit: run_clocks(uow, policy, limit=limit), REQUEST_BATCH)


def _settle_requests(hub: Hub) -> None:
    """Bring every open request into order: agreements, consents and ages end with the days."""
    policy = request_policy_of(hub.settings)
    after: tuple[datetime, UUID] | None = None
    while True:
        with hub.units.write(system("sweep")) as uow:
            after = settle_open(uow, policy, after=after, limit=REQUEST_BATCH)
        if after is None:
            return


def _chase_research(hub: Hub) -> None:
    """Ask again the agencies that have not said what they hold."""
    in_batches(hub.units, chase_silent, CLIMB_BATCH)


def _chase_actions(hub: Hub) -> None:
    """Ask again the owners of overdue actions."""
    in_batches(hub.units, chase_actions, CLIMB_BATCH)


def _chase_transfers(hub: Hub) -> None:
    """Ask again the areas that have not taken a case over, or not sent a paper that is missed."""
    in_batches(hub.units, chase_transfers, CHASE_BATCH)
    in_batches(hub.units, chase_asks, CHASE_BATCH)


def _sweep_flags(hub: Hub) -> None:
    """Let agencies take off the flags that have lapsed, and set those that they were not asked."""
    in_batches(hub.units, sweep_flags, FLAG_BATCH)


def _chase_late(hub: Hub) -> None:
    """Ask for minutes that are late, and whether victims were told."""
    with hub.units.write(system("sweep")) as uow:
        chase_minutes(uow)
        chase_tellers(uow)


def _chase_corrections(hub: Hub) -> None:
    """Remind those who have not said that they read a correction."""
    in_batches(hub.units, chase_corrections, CHASE_BATCH)


def _watch_access(hub: Hub) -> None:
    """Say which subject access requests must be answered within days."""
    in_batches(hub.units, warn_of_access_days, CHASE_BATCH)


def _dispose(hub: Hub) -> None:
    """Carry out what was agreed thirty days ago, record by record, and leave nothing behind."""
    gone = True
    while gone:
        with hub.units.write(system("sweep")) as uow:
            done = run_disposals(uow, KEPT_SOURCES)
        gone = done is not None
        for table, ids in done.files.items() if done else ():
            FileStore(hub.settings.data_dir, hub.keyring, table).forget(ids)
        if gone:
            leave_no_trace(hub.units.engine)


CLIMB_BATCH = 200
CHASE_BATCH = 100
FLAG_BATCH = 100
REQUEST_BATCH = 50

JOBS: tuple[Job, ...] = (
    Job("climb", timedelta(minutes=1), _climb),
    Job("questions who is meant", timedelta(minutes=1), _climb_questions),
    Job("sweep", timedelta(minutes=1), _sweep),
    Job("agendas of emergencies", timedelta(minutes=1), _issue_emergencies),
    Job("clocks of requests", timedelta(minutes=1), _request_clocks),
    Job("sweep of requests", timedelta(minutes=10), _settle_requests),
    Job("corrections", timedelta(minutes=10), _chase_corrections),
    Job("days of subject access", timedelta(hours=1), _watch_access),
    Job("disposals", timedelta(hours=1), _dispose),
    Job("agreements", timedelta(hours=1), _watch_agreements),
    Job("chasing research", timedelta(minutes=10), _chase_research),
    Job("chasing actions", timedelta(hours=1), _chase_actions),
    Job("chasing transfers", timedelta(hours=1), _chase_transfers),
    Job("flags", timedelta(hours=1), _sweep_flags),
    Job("chasing what is late", timedelta(hours=1), _chase_late),
    Job("old drafts", timedelta(hours=6), _forget_old_drafts),
    Job("old sessions", timedelta(hours=1), _forget_old_sessions),
    Job("anchor of the trail", timedelta(minutes=10), _anchor),
)
