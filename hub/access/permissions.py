"""Who may do what, as one table that a safeguarding lead can read.

A line says: these roles may do this, when these facts hold. Any line suffices, and all of its facts
must hold; what no line allows is refused. The room that asks finds out the facts. The whole table,
role by role, is printed in ``tests/pure/access/permissions.golden``.
"""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from enum import StrEnum

from hub.kernel.actor import PUBLIC, Actor, Role
from hub.kernel.errors import NotAllowedError


class Permission(StrEnum):
    """Something that can be done: what it is done to, then what is done.

    The value is also the name of an endpoint's policy: ``@policy(Permission.DIRECTORY_EDIT)``.
    """

    HOME_READ = "home:read"
    OWN_ACCOUNT_EDIT = "own_account:edit"
    DIRECTORY_READ = "directory:read"
    DIRECTORY_EDIT = "directory:edit"
    DIRECTORY_IMPORT = "directory:import"
    CONTACT_CHECK = "contact:check"
    ABSENCE_RECORD = "absence:record"
    REGISTER_READ = "register:read"
    REGISTER_EDIT = "register:edit"
    REGISTER_IMPORT = "register:import"
    ALLOCATION_EDIT = "allocation:edit"
    IDENTITY_DECIDE = "identity:decide"
    LOOK_UP_REVIEW = "look_up:review"
    CONCERN_RAISE = "concern:raise"
    CONCERN_READ = "concern:read"
    CONCERN_SCREEN = "concern:screen"
    CASE_LINK = "case:link"
    EMERGENCY_CALL = "emergency:call"
    IDVA_READ = "idva:read"
    LATE_DECIDE = "late:decide"
    MEETING_READ = "meeting:read"
    MEETING_PLAN = "meeting:plan"
    MEETING_LIST = "meeting:list"
    MEETING_ISSUE = "meeting:issue"
    ITEM_READ = "item:read"
    CHAIR_DECIDE = "chair:decide"
    EXCUSE_RECORD = "excuse:record"
    ATTENDANCE_RECORD = "attendance:record"
    APOLOGY_SEND = "apology:send"
    RESEARCH_ANSWER = "research:answer"
    FLAG_KEEP = "flag:keep"
    TRANSFER_KEEP = "transfer:keep"
    AGENDA_READ = "agenda:read"
    CASE_READ = "case:read"
    HEARING_RECORD = "hearing:record"
    ACTION_REPORT = "action:report"
    STEERING_READ = "steering:read"
    RETURN_READ = "return:read"
    RETURN_COPY_READ = "return_copy:read"
    RETURN_APPROVE = "return:approve"
    TASK_DO = "task:do"
    INVITATION_READ = "invitation:read"
    INVITATION_ANSWER = "invitation:answer"
    REQUEST_ASK = "request:ask"
    REQUEST_ANSWER = "request:answer"
    MESSAGE_ANSWER = "message:answer"
    APPROVAL_GIVE = "approval:give"
    ADVICE_GIVE = "advice:give"
    OUTCOME_REVIEW = "outcome:review"
    REQUEST_OVERSEE = "request:oversee"
    TABLE_TRY = "table:try"
    AGENCY_SUSPEND = "agency:suspend"
    CONSENT_READ = "consent:read"
    CONSENT_RECORD = "consent:record"
    WITHDRAWAL_READ = "withdrawal:read"
    LOG_READ = "log:read"
    LOG_MARK = "log:mark"
    CORRECTION_MAKE = "correction:make"
    CORRECTION_READ = "correction:read"
    ACCESS_HANDLE = "access:handle"
    PACK_JUDGE = "pack:judge"
    RETENTION_EDIT = "retention:edit"
    DISPOSAL_DO = "disposal:do"
    AGREEMENT_READ = "agreement:read"
    AGREEMENT_EDIT = "agreement:edit"
    AGREEMENT_APPROVE = "agreement:approve"
    ACCOUNT_MANAGE = "account:manage"
    AUDIT_READ = "audit:read"
    MAILBOX_READ = "mailbox:read"


class Fact(StrEnum):
    """What can be true between somebody who acts and the record, found out by the record's room."""

    OWN = "own"
    """The actor made the record, or it is about the actor."""
    SAME_AGENCY = "same_agency"
    SAME_SERVICE = "same_service"
    """The actor works for the service that is responsible for the person or the entry."""
    SAME_AREA = "same_area"
    """The actor's agency works in the area of the concern or meeting."""
    NAMED_WORKER = "named_worker"
    """The actor is at present the person's named worker, social worker or their cover."""
    RECIPIENT = "recipient"
    """The invitation went to the actor."""
    DESK_OF_SERVICE = "desk_of_service"
    """The invitation went to a duty desk of the service that the actor works for."""
    CHAIRS_IT = "chairs_it"
    """The actor is the named chair of the meeting."""
    TASK_OF_ROLE = "task:of_role"
    """The task belongs to a role that the actor has, in the actor's agency where it names one."""
    NOT_SELF = "not_self"
    """The account is not the actor's own."""


@dataclass(frozen=True)
class Line:
    """These roles may, when all these facts hold."""

    roles: frozenset[Role]
    when: frozenset[Fact]

    def names(self, actor: Actor) -> bool:
        """Return whether the actor has one of the roles."""
        return not self.roles.isdisjoint(actor.roles)


ANYBODY = frozenset(Role)
LEAVING_CARE = frozenset({Role.LEAVING_CARE_WORKER, Role.DUTY_DESK, Role.TEAM_MANAGER})
WORKERS = LEAVING_CARE | {Role.SOCIAL_WORKER}
DESKS = frozenset({Role.DUTY_DESK, Role.TEAM_MANAGER})
COORDINATORS = frozenset({Role.COORDINATOR})
CHAIRS = frozenset({Role.CHAIR})
RUNS_MEETINGS = COORDINATORS | CHAIRS
GOVERNANCE = frozenset({Role.GOVERNANCE_LEAD})
HOLDERS = DESKS | {Role.AGENCY_REPRESENTATIVE}
APPROVERS = HOLDERS | {
    Role.SAFEGUARDING_LEAD,
    Role.CALDICOTT_GUARDIAN,
    Role.ASSET_OWNER,
    Role.SIRO,
    Role.LEGAL_ADVISER,
}
"""Who approves what leaves; a data protection officer advises and never approves."""
OVERSEERS = GOVERNANCE | {Role.SAFEGUARDING_LEAD, Role.ASSET_OWNER, Role.SIRO}
"""Who hears of a request that waits for too long or for nobody, and sees nothing of its content."""
ADMINISTRATORS = frozenset({Role.ADMINISTRATOR})


def _line(roles: AbstractSet[Role], *when: Fact) -> Line:
    return Line(frozenset(roles), frozenset(when))


TABLE: dict[Permission, tuple[Line, ...]] = {
    Permission.HOME_READ: (_line(ANYBODY),),
    Permission.OWN_ACCOUNT_EDIT: (_line(ANYBODY),),
    Permission.DIRECTORY_READ: (_line(ANYBODY),),
    Permission.DIRECTORY_EDIT: (
        _line(ADMINISTRATORS | COORDINATORS),
        _line({Role.TEAM_MANAGER}, Fact.SAME_AGENCY),
    ),
    Permission.DIRECTORY_IMPORT: (_line(ADMINISTRATORS | COORDINATORS),),
    Permission.CONTACT_CHECK: (
        _line(ADMINISTRATORS | COORDINATORS),
        _line(ANYBODY, Fact.OWN),
        _line(ANYBODY, Fact.SAME_AGENCY),
    ),
    Permission.ABSENCE_RECORD: (
        _line(ANYBODY, Fact.OWN),
        _line(DESKS, Fact.SAME_AGENCY),
        _line(COORDINATORS),
    ),
    Permission.REGISTER_READ: (
        _line(DESKS, Fact.SAME_SERVICE),
        _line(WORKERS, Fact.NAMED_WORKER),
    ),
    Permission.REGISTER_EDIT: (_line(DESKS, Fact.SAME_SERVICE),),
    Permission.REGISTER_IMPORT: (_line(DESKS, Fact.SAME_SERVICE),),
    Permission.ALLOCATION_EDIT: (_line(DESKS, Fact.SAME_SERVICE),),
    Permission.IDENTITY_DECIDE: (_line(DESKS, Fact.SAME_SERVICE),),
    Permission.LOOK_UP_REVIEW: (_line(GOVERNANCE | {Role.SIRO}),),
    Permission.CONCERN_RAISE: (_line(ANYBODY),),
    Permission.CONCERN_READ: (
        _line(ANYBODY, Fact.OWN),
        _line(RUNS_MEETINGS, Fact.SAME_AREA),
    ),
    Permission.CONCERN_SCREEN: (_line(COORDINATORS, Fact.SAME_AREA),),
    Permission.CASE_LINK: (_line(RUNS_MEETINGS, Fact.SAME_AREA),),
    Permission.EMERGENCY_CALL: (_line(RUNS_MEETINGS, Fact.SAME_AREA),),
    Permission.IDVA_READ: (_line({Role.AGENCY_REPRESENTATIVE}, Fact.SAME_AGENCY),),
    Permission.LATE_DECIDE: (_line(CHAIRS, Fact.SAME_AREA),),
    Permission.MEETING_READ: (_line(RUNS_MEETINGS, Fact.SAME_AREA),),
    Permission.MEETING_PLAN: (_line(COORDINATORS, Fact.SAME_AREA),),
    Permission.MEETING_LIST: (_line(COORDINATORS, Fact.SAME_AREA),),
    Permission.MEETING_ISSUE: (_line(COORDINATORS, Fact.SAME_AREA),),
    Permission.ITEM_READ: (
        _line(RUNS_MEETINGS, Fact.SAME_AREA),
        _line(ANYBODY, Fact.RECIPIENT),
        _line(DESKS, Fact.DESK_OF_SERVICE),
    ),
    Permission.CHAIR_DECIDE: (
        _line(CHAIRS, Fact.SAME_AREA),
        _line(CHAIRS, Fact.CHAIRS_IT),
    ),
    Permission.EXCUSE_RECORD: (_line(RUNS_MEETINGS, Fact.SAME_AREA),),
    Permission.ATTENDANCE_RECORD: (_line(RUNS_MEETINGS, Fact.SAME_AREA),),
    Permission.APOLOGY_SEND: (_line({Role.AGENCY_REPRESENTATIVE}, Fact.SAME_AREA),),
    Permission.RESEARCH_ANSWER: (_line(HOLDERS, Fact.SAME_AGENCY),),
    Permission.FLAG_KEEP: (_line(HOLDERS, Fact.SAME_AGENCY),),
    Permission.TRANSFER_KEEP: (_line(COORDINATORS, Fact.SAME_AREA),),
    Permission.AGENDA_READ: (
        _line(RUNS_MEETINGS | {Role.AGENCY_REPRESENTATIVE}, Fact.SAME_AREA),
        _line(ANYBODY, Fact.RECIPIENT),
        _line(DESKS, Fact.DESK_OF_SERVICE),
    ),
    Permission.CASE_READ: (_line(RUNS_MEETINGS | {Role.AGENCY_REPRESENTATIVE}, Fact.SAME_AREA),),
    Permission.HEARING_RECORD: (_line(RUNS_MEETINGS, Fact.SAME_AREA),),
    Permission.ACTION_REPORT: (
        _line(ANYBODY, Fact.OWN),
        _line({Role.AGENCY_REPRESENTATIVE}, Fact.SAME_AGENCY),
        _line(RUNS_MEETINGS, Fact.SAME_AREA),
    ),
    Permission.STEERING_READ: (_line(RUNS_MEETINGS | {Role.SAFEGUARDING_LEAD}, Fact.SAME_AREA),),
    Permission.RETURN_READ: (_line(COORDINATORS, Fact.SAME_AREA),),
    Permission.RETURN_COPY_READ: (_line(RUNS_MEETINGS | {Role.SAFEGUARDING_LEAD}, Fact.SAME_AREA),),
    Permission.RETURN_APPROVE: (_line(RUNS_MEETINGS | {Role.SAFEGUARDING_LEAD}, Fact.SAME_AREA),),
    Permission.TASK_DO: (
        _line(ANYBODY, Fact.TASK_OF_ROLE),
        _line(COORDINATORS, Fact.SAME_AREA),
    ),
    Permission.INVITATION_READ: (
        _line(ANYBODY, Fact.RECIPIENT),
        _line(DESKS, Fact.DESK_OF_SERVICE),
    ),
    Permission.INVITATION_ANSWER: (
        _line(ANYBODY, Fact.RECIPIENT),
        _line(DESKS, Fact.DESK_OF_SERVICE),
    ),
    Permission.REQUEST_ASK: (_line(ANYBODY),),
    Permission.REQUEST_ANSWER: (_line(HOLDERS, Fact.SAME_AGENCY),),
    Permission.MESSAGE_ANSWER: (
        _line(WORKERS, Fact.NAMED_WORKER),
        _line(HOLDERS, Fact.SAME_AGENCY),
    ),
    Permission.APPROVAL_GIVE: (_line(APPROVERS, Fact.SAME_AGENCY),),
    Permission.ADVICE_GIVE: (_line({Role.DATA_PROTECTION_OFFICER}, Fact.SAME_AGENCY),),
    Permission.OUTCOME_REVIEW: (_line({Role.TEAM_MANAGER}, Fact.SAME_AGENCY),),
    Permission.REQUEST_OVERSEE: (_line(OVERSEERS),),
    Permission.TABLE_TRY: (_line(GOVERNANCE | {Role.CALDICOTT_GUARDIAN, Role.SAFEGUARDING_LEAD}),),
    Permission.AGENCY_SUSPEND: (_line(ADMINISTRATORS),),
    Permission.CONSENT_READ: (
        _line(DESKS, Fact.SAME_SERVICE),
        _line(WORKERS, Fact.NAMED_WORKER),
    ),
    Permission.CONSENT_RECORD: (
        _line(DESKS, Fact.SAME_SERVICE),
        _line(WORKERS, Fact.NAMED_WORKER),
    ),
    Permission.WITHDRAWAL_READ: (_line(ANYBODY, Fact.OWN),),
    Permission.LOG_READ: (
        _line(DESKS, Fact.SAME_SERVICE),
        _line(GOVERNANCE, Fact.SAME_AGENCY),
    ),
    Permission.LOG_MARK: (
        _line(DESKS, Fact.SAME_SERVICE),
        _line(GOVERNANCE, Fact.SAME_AGENCY),
    ),
    Permission.CORRECTION_MAKE: (
        _line(DESKS, Fact.SAME_SERVICE),
        _line(WORKERS, Fact.NAMED_WORKER),
    ),
    Permission.CORRECTION_READ: (
        _line(ANYBODY, Fact.OWN),
        _line(HOLDERS, Fact.SAME_AGENCY),
    ),
    Permission.ACCESS_HANDLE: (
        _line(DESKS, Fact.SAME_SERVICE),
        _line(GOVERNANCE, Fact.SAME_AGENCY),
    ),
    Permission.PACK_JUDGE: (_line(COORDINATORS, Fact.SAME_AREA),),
    Permission.RETENTION_EDIT: (_line(GOVERNANCE, Fact.SAME_AGENCY),),
    Permission.DISPOSAL_DO: (_line(GOVERNANCE | {Role.SIRO, Role.ASSET_OWNER}, Fact.SAME_AGENCY),),
    Permission.AGREEMENT_READ: (_line(GOVERNANCE | COORDINATORS | {Role.SIRO}),),
    Permission.AGREEMENT_EDIT: (_line(GOVERNANCE),),
    Permission.AGREEMENT_APPROVE: (_line(GOVERNANCE | {Role.SIRO}),),
    Permission.ACCOUNT_MANAGE: (_line(ADMINISTRATORS, Fact.NOT_SELF),),
    Permission.AUDIT_READ: (_line(GOVERNANCE),),
    Permission.MAILBOX_READ: (_line(ANYBODY, Fact.OWN),),
}
NO_FACTS: frozenset[Fact] = frozenset()


def may(actor: Actor, permission: Permission, facts: AbstractSet[Fact] = NO_FACTS) -> bool:
    """Return whether the table allows it; the hub itself may do all that its own jobs ask of it."""
    if is_the_hub(actor):
        return True
    return any(line.names(actor) and line.when <= facts for line in TABLE[permission])


def could(actor: Actor, permission: Permission) -> bool:
    """Return whether some line of the table names a role of the actor, whatever the facts.

    This is what the door of an endpoint asks, before any record is known.
    """
    return is_the_hub(actor) or any(line.names(actor) for line in TABLE[permission])


def permit(actor: Actor, permission: Permission, facts: AbstractSet[Fact] = NO_FACTS) -> None:
    """Go on only if the table allows it. Raises NotAllowedError."""
    if not may(actor, permission, facts):
        raise NotAllowedError(f"this account may not: {permission.value}")


def is_the_hub(actor: Actor) -> bool:
    """Return whether the hub itself acts (worker, sweep, command line), and nobody's account."""
    return actor.account_id is None and actor.label != PUBLIC.label
