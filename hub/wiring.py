"""The one place that knows everybody: who hears what, which jobs run, which pages there are.

Each table below is read from top to bottom. To add a room, add its lines.
"""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from flask import Blueprint
from sqlalchemy import Engine, select

from hub.access import pages as access_pages
from hub.access import sessions
from hub.access.events import AccountInvited, SignedIn
from hub.access.permissions import Permission
from hub.access.sign_in import forget_old
from hub.agencies import api as agencies_api
from hub.agencies import pages as agencies_pages
from hub.agencies.commands.contacts import contact_is_live, doubt_address
from hub.agencies.models import Agency, Contact
from hub.api.blueprint import ApiBlueprint
from hub.api.install import DOCUMENT
from hub.audit import pages as audit_pages
from hub.audit.anchor import anchor
from hub.audit.recorder import recorder
from hub.config import Settings
from hub.db.engine import make_engine
from hub.db.files import FileStore
from hub.db.keyring import Keyring, open_keyring
from hub.db.looks import Looked
from hub.db.units import Reaction, Recorder, Settler, Sinks, UnitOfWork, Units
from hub.kernel.actor import system
from hub.kernel.clock import Clock, RunningClock
from hub.kernel.errors import NotFoundError
from hub.kernel.events import Event
from hub.kernel.ids import Ids
from hub.marac import pages as marac_pages
from hub.meetings import api as meetings_api
from hub.meetings import pages as meetings_pages
from hub.meetings.affected import affected
from hub.meetings.answers import climb_silent, note_opened
from hub.meetings.concern_facts import facts_of
from hub.meetings.events import (
    CaseListed,
    InvitationAnswered,
    InvitationCancelled,
    InvitationChanged,
    InvitationIssued,
    TaskOpened,
)
from hub.meetings.invitation_pages import invitations
from hub.meetings.item_people import follow_identity, follow_screening
from hub.meetings.models import Invitation, Meeting
from hub.meetings.reconcile import Reconciler
from hub.meetings.rules import InvitationPolicy, policy_of
from hub.meetings.situations import upcoming_ids
from hub.meetings.task_pages import tasks
from hub.meetings.weighing_pages import weighing
from hub.notify import pages as mailbox_pages
from hub.notify.events import MessageRefused
from hub.notify.models import Message
from hub.notify.notices import Notices
from hub.notify.outbox import Outbox
from hub.notify.request_notices import RequestNotices
from hub.people import pages as people_pages
from hub.people.commands import hasten, look_again
from hub.people.events import (
    IdentityAsked,
    IdentityAskedBack,
    IdentityConfirmed,
    IdentityReopened,
    IdentityRuledOut,
    IdentityUndone,
    PersonSaved,
)
from hub.referrals import api as referrals_api
from hub.referrals import pages as referrals_pages
from hub.referrals.commands import purge_drafts, sweep_files
from hub.referrals.commands.asking import ask_who_is_meant, pass_on_answer
from hub.referrals.events import ConcernAddedTo, ConcernScreened, ConcernSubmitted
from hub.referrals.rules import DRAFT_LIVES
from hub.reporting.pages import home
from hub.sharing.commands.clocking import run_clocks, settle_open
from hub.sharing.commands.holding import hear_identity
from hub.sharing.events import (
    ApprovalAsked,
    CounterSignatureAsked,
    CounterSigned,
    RequestAskedBack,
    RequestChanged,
    RequestClockReached,
    RequestRouted,
    RequestSettled,
)
from hub.sharing.pages import sharing
from hub.sharing.rules.policy import policy_of as request_policy_of
from hub.web import pages as web_pages
from hub.web.values import Option


@dataclass(frozen=True)
class Hub:
    """One hub, opened: what a command or a timed job works with."""

    settings: Settings
    keyring: Keyring
    units: Units


# --- Pages ---

BLUEPRINTS: tuple[Blueprint, ...] = (
    access_pages.pages,
    audit_pages.pages,
    agencies_pages.pages,
    referrals_pages.pages,
    people_pages.people,
    meetings_pages.pages,
    marac_pages.pages,
    invitations,
    tasks,
    weighing,
    home,
    sharing,
    mailbox_pages.mailbox,
)

API_BLUEPRINTS: tuple[ApiBlueprint, ...] = (agencies_api.api, referrals_api.api, meetings_api.api)
"""The rooms' endpoints below /api/v1."""

PUBLIC_ENDPOINTS: frozenset[str] = (
    web_pages.PUBLIC
    | access_pages.PUBLIC_ENDPOINTS
    | agencies_pages.PUBLIC_ENDPOINTS
    | mailbox_pages.PUBLIC_ENDPOINTS
    | {"health", DOCUMENT}
)
"""Every endpoint that needs no sign-in; the app does not start if another one is open."""

FIND = "agencies.services"
"""The endpoint at which anybody finds a service and its telephone number."""

HOME = "home.show"
"""The endpoint of the page that people see first once they are signed in."""


@dataclass(frozen=True)
class MenuItem:
    """One link of the menu, shown to those who could do what it is for."""

    text: str
    endpoint: str
    needs: Permission


MENU: tuple[MenuItem, ...] = (
    MenuItem("Home", "home.show", Permission.HOME_READ),
    MenuItem("Concerns", "referrals.mine", Permission.CONCERN_RAISE),
    MenuItem("Screening", "referrals.queue", Permission.CONCERN_SCREEN),
    MenuItem("Who is meant", "people.checks", Permission.IDENTITY_DECIDE),
    MenuItem("People", "people.register", Permission.REGISTER_READ),
    MenuItem("Invitations", "invitations.mine", Permission.INVITATION_READ),
    MenuItem("Contact directory", "agencies.directory", Permission.DIRECTORY_READ),
    MenuItem("Meetings", "meetings.upcoming", Permission.MEETING_READ),
    MenuItem("Tasks", "tasks.mine", Permission.TASK_DO),
    MenuItem("Agreements", "sharing.register", Permission.AGREEMENT_READ),
    MenuItem("Audit trail", "audit.trail", Permission.AUDIT_READ),
    MenuItem("Accounts", "access.accounts", Permission.ACCOUNT_MANAGE),
    MenuItem("Your password", "access.password", Permission.OWN_ACCOUNT_EDIT),
)


# --- Who hears what ---


@dataclass(frozen=True)
class Hears:
    """A function that is called, in the same transaction, for each event of a kind."""

    event: type[Event]
    react: Callable[[UnitOfWork, Any], None]


def reactions(settings: Settings, keyring: Keyring) -> tuple[Hears, ...]:
    """Return who reacts to which event, in this order."""
    outbox = Outbox(settings=settings, keyring=keyring)
    notices = Notices(outbox=outbox)
    requests = RequestNotices(outbox=outbox)
    who_is_meant = hear_identity(lambda: request_policy_of(settings))
    return (
        Hears(SignedIn, _directory_hears_of_sign_in),
        Hears(InvitationAnswered, _directory_hears_of_answer),
        Hears(Looked, note_opened),
        Hears(MessageRefused, _directory_hears_of_refusal),
        Hears(AccountInvited, notices.account_invited),
        Hears(IdentityAsked, notices.identity_asked),
        Hears(IdentityAskedBack, notices.asked_back),
        Hears(IdentityReopened, notices.answered_back),
        Hears(ConcernScreened, notices.screened),
        Hears(ConcernScreened, follow_screening),
        Hears(TaskOpened, notices.task_opened),
        Hears(ConcernSubmitted, ask_who_is_meant),
        Hears(ConcernAddedTo, pass_on_answer),
        Hears(CaseListed, _hasten_for_meeting),
        Hears(PersonSaved, look_again),
        Hears(IdentityConfirmed, follow_identity),
        Hears(IdentityUndone, follow_identity),
        Hears(IdentityRuledOut, follow_identity),
        Hears(IdentityReopened, follow_identity),
        *(
            Hears(answer, who_is_meant)
            for answer in (
                IdentityConfirmed,
                IdentityUndone,
                IdentityRuledOut,
                IdentityReopened,
                IdentityAskedBack,
            )
        ),
        Hears(CounterSignatureAsked, requests.counter_signature_asked),
        Hears(CounterSigned, requests.counter_signed),
        Hears(RequestRouted, requests.routed),
        Hears(RequestChanged, requests.changed),
        Hears(RequestAskedBack, requests.asked_back),
        Hears(RequestSettled, requests.settled),
        Hears(ApprovalAsked, requests.approval_asked),
        Hears(RequestClockReached, requests.clock_reached),
        Hears(InvitationIssued, outbox.hear),
        Hears(InvitationChanged, outbox.hear),
        Hears(InvitationCancelled, outbox.hear),
    )


def _directory_hears_of_sign_in(uow: UnitOfWork, happened: SignedIn) -> None:
    """Whoever signs in is at work, so their directory entry is checked by that."""
    if happened.contact_id is not None:
        with suppress(NotFoundError):  # an entry that went must not keep its person out
            contact_is_live(uow, happened.contact_id, "signed_in")


def _directory_hears_of_answer(uow: UnitOfWork, happened: InvitationAnswered) -> None:
    """Whoever answers an invitation can be reached, so the entry written to is checked by that."""
    contact_is_live(
        uow, uow.session.get_one(Invitation, happened.invitation_id).recipient_id, "answered"
    )


def _directory_hears_of_refusal(uow: UnitOfWork, happened: MessageRefused) -> None:
    """Doubt the address at which an invitation was refused until somebody checks it."""
    refused = select(Message.invitation_id).where(Message.id == happened.message_id)
    if happened.recipient_id is not None and uow.session.scalar(refused) is not None:
        doubt_address(uow, happened.recipient_id)


BEFORE_THE_MEETING = timedelta(days=2)
"""How long before a meeting it must be known who is meant, so that the worker can still come."""


def _hasten_for_meeting(uow: UnitOfWork, happened: CaseListed) -> None:
    """Let the duty desk answer in time for the meeting at which the case is heard."""
    if happened.concern_id is not None:
        starts_at = uow.session.get_one(Meeting, happened.meeting_id).starts_at
        hasten(uow, happened.concern_id, starts_at - BEFORE_THE_MEETING)


def settlers(settings: Settings, keyring: Keyring) -> tuple[Settler, ...]:
    """Return who brings the rows into order after a batch of events: the reconcilers."""
    del keyring
    reconciler = reconciler_of(settings)
    return (lambda uow, events: reconciler.run(uow, affected(uow, events)),)


def invitation_policy(settings: Settings) -> InvitationPolicy:
    """Return what is set about invitations."""
    return policy_of(settings)


def reconciler_of(settings: Settings) -> Reconciler:
    """Return the one who makes the invitations held be those due."""
    return Reconciler(policy=invitation_policy(settings), facts_of=facts_of)


def recorders(settings: Settings, keyring: Keyring) -> tuple[Recorder, ...]:
    """Return who writes down all that was said, once nobody has more to say."""
    del settings
    return (recorder(keyring.audit),)


# --- Timed jobs, run by the worker under a lease ---


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
    with hub.units.write(system("sweep")) as uow:
        purge_drafts(uow.now - DRAFT_LIVES, uow=uow)
        sweep_files(uow.now, uow=uow, store=store)


def _climb(hub: Hub) -> None:
    """Send the questions that have met silence for too long one step up."""
    more = True
    while more:
        with hub.units.write(system("sweep")) as uow:
            more = climb_silent(uow, limit=CLIMB_BATCH) == CLIMB_BATCH


def _sweep(hub: Hub) -> None:
    """Reconcile every meeting to come, whatever did or did not happen: days pass by themselves."""
    reconciler = reconciler_of(hub.settings)
    with hub.units.read(system("sweep")) as uow:
        meetings = upcoming_ids(uow)
    for meeting_id in meetings:
        with hub.units.write(system("sweep")) as uow:
            reconciler.run(uow, [meeting_id])


def _request_clocks(hub: Hub) -> None:
    """Remind, escalate and let lapse what waits for too long."""
    policy = request_policy_of(hub.settings)
    more = True
    while more:
        with hub.units.write(system("sweep")) as uow:
            more = run_clocks(uow, policy, limit=REQUEST_BATCH) >= REQUEST_BATCH


def _settle_requests(hub: Hub) -> None:
    """Bring every open request into order: agreements, consents and ages end with the days."""
    policy = request_policy_of(hub.settings)
    after: tuple[datetime, UUID] | None = None
    while True:
        with hub.units.write(system("sweep")) as uow:
            after = settle_open(uow, policy, after=after, limit=REQUEST_BATCH)
        if after is None:
            return


CLIMB_BATCH = 200
REQUEST_BATCH = 50

JOBS: tuple[Job, ...] = (
    Job("climb", timedelta(minutes=1), _climb),
    Job("sweep", timedelta(minutes=1), _sweep),
    Job("clocks of requests", timedelta(minutes=1), _request_clocks),
    Job("sweep of requests", timedelta(minutes=10), _settle_requests),
    Job("old drafts", timedelta(hours=6), _forget_old_drafts),
    Job("old sessions", timedelta(hours=1), _forget_old_sessions),
    Job("anchor of the trail", timedelta(minutes=10), _anchor),
)


# --- Putting it together ---


def build_units(
    settings: Settings,
    keyring: Keyring,
    *,
    engine: Engine | None = None,
    clock: Clock | None = None,
    ids: Ids | None = None,
) -> Units:
    """Return the opener of units of work with everybody connected to it."""
    heard = reactions(settings, keyring)
    sinks = Sinks(
        reactions=(_dispatch(heard),),
        settlers=settlers(settings, keyring),
        recorders=recorders(settings, keyring),
    )
    return Units(
        engine or make_engine(settings.database.url, keyring),
        clock or RunningClock(settings.starts_at),
        sinks,
        ids,
    )


def open_hub(settings: Settings) -> Hub:
    """Return the hub of the settings: its keys, made if there are none, and its database.

    Raises UnsafeKeysError and OSError about the key file; the database is not touched yet.
    """
    keyring = open_keyring(settings.data_dir)
    return Hub(settings, keyring, build_units(settings, keyring))


def _dispatch(heard: tuple[Hears, ...]) -> Reaction:
    by_event: dict[type[Event], list[Callable[[UnitOfWork, Any], None]]] = {}
    for line in heard:
        by_event.setdefault(line.event, []).append(line.react)

    def react(uow: UnitOfWork, happened: Event) -> None:
        for each in by_event.get(type(happened), ()):
            each(uow, happened)

    return react


class DirectoryChoices:
    """What the pages of accounts may know of the directory above them."""

    def agencies(self, uow: UnitOfWork) -> tuple[Option, ...]:
        """Return the agencies by name."""
        rows = uow.session.execute(select(Agency.id, Agency.name).order_by(Agency.name))
        return tuple(Option(str(agency_id), name) for agency_id, name in rows)

    def contacts(self, uow: UnitOfWork) -> tuple[Option, ...]:
        """Return the people of the directory by name, each with their agency."""
        rows = uow.session.execute(
            select(Contact.id, Contact.name, Agency.name)
            .join(Agency, Agency.id == Contact.agency_id)
            .order_by(Contact.name, Contact.id)
        )
        return tuple(Option(str(row[0]), f"{row[1]}, {row[2]}") for row in rows)
