"""What the web has of the rooms: pages, endpoints, the menu. Each table is read downwards."""

from dataclasses import dataclass

from flask import Blueprint
from sqlalchemy import select

from hub.access import pages as access_pages
from hub.access.permissions import Permission
from hub.agencies import api as agencies_api
from hub.agencies import pages as agencies_pages
from hub.agencies.models import Agency, Contact
from hub.api.blueprint import ApiBlueprint
from hub.api.install import DOCUMENT
from hub.audit import pages as audit_pages
from hub.audit.looks import looks_at_case
from hub.db.units import UnitOfWork
from hub.marac import pages as marac_pages
from hub.marac.commands.late import list_in_time
from hub.marac.commands.packs import LooksAt
from hub.marac.pages.emergency_panel import emergency_panel
from hub.marac.pages.equality import equality_panel
from hub.marac.pages.idva_panel import idva_panel
from hub.marac.pages.late import late_case_panel, late_panel
from hub.marac.pages.next_meetings import next_meetings
from hub.marac.pages.repeat_panel import label_panel, repeat_panel
from hub.marac.pages.transfer_panel import transfer_panel
from hub.marac.queries import days_of
from hub.meetings import api as meetings_api
from hub.meetings import pages as meetings_pages
from hub.meetings.deadlines import DaysOf
from hub.meetings.invitation_pages import invitations
from hub.meetings.pages.blueprint import CasePanelOf, ListsCase
from hub.meetings.task_pages import tasks
from hub.meetings.weighing_pages import weighing
from hub.notify import pages as mailbox_pages
from hub.people import pages as people_pages
from hub.people.pages.beside import PanelOf
from hub.referrals import api as referrals_api
from hub.referrals import pages as referrals_pages
from hub.referrals.pages.beside import NextMeetingsOf
from hub.reporting.pages import home
from hub.reporting.returns import pages as returns
from hub.sharing import api as sharing_api
from hub.sharing.pages import sharing
from hub.sharing.pages.advising import advising
from hub.sharing.pages.approving import approving
from hub.sharing.pages.asking import asking
from hub.sharing.pages.consents import consent_panel, consents
from hub.sharing.pages.holding import holding
from hub.sharing.pages.keeping import keeping
from hub.sharing.pages.rights import rights, rights_panel
from hub.sharing.pages.trying import trying
from hub.web import pages as web_pages
from hub.web.values import Option

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
    returns,
    sharing,
    asking,
    consents,
    holding,
    approving,
    advising,
    trying,
    rights,
    keeping,
    mailbox_pages.mailbox,
)

API_BLUEPRINTS: tuple[ApiBlueprint, ...] = (
    agencies_api.api,
    referrals_api.api,
    sharing_api.api,
    meetings_api.api,
)
"""The rooms' endpoints below /api/v1."""

PUBLIC_ENDPOINTS: frozenset[str] = (
    web_pages.PUBLIC
    | access_pages.PUBLIC_ENDPOINTS
    | agencies_pages.PUBLIC_ENDPOINTS
    | mailbox_pages.PUBLIC_ENDPOINTS
    | {"health", DOCUMENT}
)
"""Every endpoint that needs no sign-in; the app does not start if another one is open."""

PERSON_PANELS: tuple[PanelOf, ...] = (consent_panel, rights_panel)
"""What rooms above the register show on a person's page, from top to bottom."""

AREA_DAYS: DaysOf = days_of
"""What a room above the meetings knows of the deadlines of an area."""

LISTS_CASE: ListsCase = list_in_time
"""How a concern is put on an agenda; a room above the meetings knows what is late."""

NEXT_MEETINGS: NextMeetingsOf = next_meetings
"""What a room above referrals says of the next meeting of each area."""

CONCERN_PANELS: tuple[PanelOf, ...] = (
    emergency_panel,
    idva_panel,
    late_panel,
    repeat_panel,
    transfer_panel,
    equality_panel,
)
"""What rooms above referrals show on the page of a concern."""

CASE_PANELS: tuple[CasePanelOf, ...] = (late_case_panel, label_panel)
"""What rooms above the meetings show on the page of a case."""


CASE_LOOKS: LooksAt = looks_at_case
"""Who looked at a case, for the pack of a review."""

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
    MenuItem("Requests", "asking.mine", Permission.REQUEST_ASK),
    MenuItem("Screening", "referrals.queue", Permission.CONCERN_SCREEN),
    MenuItem("Transfers", "marac.transfers", Permission.TRANSFER_KEEP),
    MenuItem("Who is meant", "people.checks", Permission.IDENTITY_DECIDE),
    MenuItem("People", "people.register", Permission.REGISTER_READ),
    MenuItem("Invitations", "invitations.mine", Permission.INVITATION_READ),
    MenuItem("Actions", "marac.own_list", Permission.ACTION_REPORT),
    MenuItem("Research", "marac.research_list", Permission.RESEARCH_ANSWER),
    MenuItem("Flags", "marac.flags", Permission.FLAG_KEEP),
    MenuItem("Requests to us", "holding.inbox", Permission.REQUEST_ANSWER),
    MenuItem("Messages", "holding.messages", Permission.MESSAGE_ANSWER),
    MenuItem("Waits too long", "holding.stuck", Permission.REQUEST_OVERSEE),
    MenuItem("Approvals", "approving.waiting", Permission.APPROVAL_GIVE),
    MenuItem("Advice", "advising.asked", Permission.ADVICE_GIVE),
    MenuItem("Contact directory", "agencies.directory", Permission.DIRECTORY_READ),
    MenuItem("Meetings", "meetings.upcoming", Permission.MEETING_READ),
    MenuItem("Agendas", "marac.received", Permission.CASE_READ),
    MenuItem("Steering group", "marac.steering", Permission.STEERING_READ),
    MenuItem("Returns", "returns.choose", Permission.RETURN_COPY_READ),
    MenuItem("Tasks", "tasks.mine", Permission.TASK_DO),
    MenuItem("Try a case", "trying.try_case", Permission.TABLE_TRY),
    MenuItem("Look-ups", "people.look_ups", Permission.LOOK_UP_REVIEW),
    MenuItem("Rights", "rights.find", Permission.LOG_READ),
    MenuItem("What is kept", "keeping.records", Permission.DISPOSAL_DO),
    MenuItem("Agreements", "sharing.register", Permission.AGREEMENT_READ),
    MenuItem("Audit trail", "audit.trail", Permission.AUDIT_READ),
    MenuItem("Accounts", "access.accounts", Permission.ACCOUNT_MANAGE),
)


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
