"""The forms of signing in and of accounts."""

from dataclasses import dataclass
from typing import Any, Unpack
from uuid import UUID

from marshmallow import ValidationError, missing, validates_schema
from typing_extensions import override

from hub.access.commands import InviteAccount, SetRoles
from hub.access.passwords import LONGEST
from hub.kernel.actor import Role
from hub.web.fields import Asked, Choice, Choices, Email, Hidden, PlainText, Wording
from hub.web.forms import Form
from hub.web.values import Option, Typed

ROLE_WORDS = {
    Role.REFERRER: ("Referrer", "Raises concerns"),
    Role.LEAVING_CARE_WORKER: ("{W.worker}", "Answers invitations about their own people"),
    Role.SOCIAL_WORKER: ("Social worker", "Answers invitations about 16 and 17 year olds"),
    Role.DUTY_DESK: ("Duty desk", "Confirms who is meant, keeps the register, covers for workers"),
    Role.TEAM_MANAGER: (
        "Team manager",
        "As the duty desk; also keeps the team's directory entries",
    ),
    Role.COORDINATOR: ("Co-ordinator", "Screens concerns, lists cases, issues the agenda"),
    Role.CHAIR: ("Chair", "Sees the agenda, decides on conflicts and gaps"),
    Role.AGENCY_REPRESENTATIVE: ("Agency representative", "Attends and answers for an agency"),
    Role.GOVERNANCE_LEAD: (
        "Information governance lead",
        "Keeps the agreements, reads the audit trail",
    ),
    Role.SAFEGUARDING_LEAD: ("Safeguarding lead", "Approves sharing that keeps somebody safe"),
    Role.CALDICOTT_GUARDIAN: ("Caldicott Guardian", "Approves sharing of confidential records"),
    Role.ASSET_OWNER: ("Information asset owner", "Approves what leaves the records they own"),
    Role.SIRO: ("Senior information risk owner", "Accepts risks and signs agreements"),
    Role.LEGAL_ADVISER: ("Legal adviser", "Approves what a court orders"),
    Role.DATA_PROTECTION_OFFICER: ("Data protection officer", "Advises and never approves"),
    Role.ADMINISTRATOR: ("Administrator", "Makes accounts and keeps the directory; sees no case"),
}
ROLE_OPTIONS = tuple(Option(role.value, *words) for role, words in ROLE_WORDS.items())


class Password(Asked):
    """A password as typed: never trimmed, never shown again."""

    kind = "password"

    def __init__(self, label: str, **wording: Unpack[Wording]) -> None:
        wording["required"] = True
        super().__init__(label, **wording)

    @override
    def raw(self, typed: Typed) -> object:
        return typed[0] if typed and typed[0] else missing

    @override
    def show(self, value: object) -> Typed:
        return ()

    @override
    def _deserialize(self, value: object, attr: str | None, data: Any, **kwargs: Any) -> Any:
        if not isinstance(value, str) or len(value) > LONGEST:
            raise self.wrong(f"must be {LONGEST} characters or fewer")
        return value


@dataclass(frozen=True)
class Credentials:
    """What is typed to sign in."""

    email: str
    password: str


class SignInForm(Form[Credentials]):
    """E-mail address and password."""

    email = PlainText(
        "E-mail address",
        required=True,
        called="your e-mail address",
        autocomplete="username",
        max_length=254,
    )
    password = Password("Password", called="your password", autocomplete="current-password")

    @override
    def build(self, values: dict[str, Any]) -> Credentials:
        return Credentials(**values)


class NewPasswordForm(Form[str]):
    """A password typed twice."""

    password = Password(
        "Password",
        called="a password",
        hint="15 characters or more. Three random words are easy to remember and hard to guess.",
        autocomplete="new-password",
    )
    again = Password("Password again", called="the password again", autocomplete="new-password")

    @validates_schema(skip_on_field_errors=True)
    def _same(self, values: dict[str, Any], **_: object) -> None:
        if values["password"] != values["again"]:
            raise ValidationError("The two passwords are not the same", "again")

    @override
    def build(self, values: dict[str, Any]) -> str:
        return str(values["password"])


@dataclass(frozen=True)
class NewPassword:
    """The old password and the new one."""

    old: str
    new: str


class ChangePasswordForm(Form[NewPassword]):
    """The present password, and a new one typed twice."""

    old = Password("Your present password", autocomplete="current-password")
    password = Password(
        "New password",
        called="a new password",
        hint="15 characters or more. Three random words are easy to remember and hard to guess.",
        autocomplete="new-password",
    )
    again = Password("New password again", autocomplete="new-password")

    @validates_schema(skip_on_field_errors=True)
    def _same(self, values: dict[str, Any], **_: object) -> None:
        if values["password"] != values["again"]:
            raise ValidationError("The two passwords are not the same", "again")

    @override
    def build(self, values: dict[str, Any]) -> NewPassword:
        return NewPassword(old=values["old"], new=values["password"])


class InviteForm(Form[InviteAccount]):
    """Who gets an account; agencies and directory entries are handed over by the page."""

    name = PlainText("Name", required=True, called="their name")
    email = Email(
        "Work e-mail address",
        required=True,
        called="their work e-mail address",
        hint="The link to set a password goes there",
    )
    agency_id = Choice("Agency", as_select=True, required=True, called="their agency")
    contact_id = Choice(
        "Their entry in the directory",
        as_select=True,
        hint="For everybody who is invited to meetings. Leave it empty for other accounts.",
    )
    roles = Choices("Roles", ROLE_OPTIONS, required=True, called="one role or more")

    @override
    def build(self, values: dict[str, Any]) -> InviteAccount:
        contact = values.get("contact_id")
        return InviteAccount(
            name=values["name"],
            email=values["email"],
            agency_id=UUID(values["agency_id"]),
            contact_id=UUID(contact) if contact else None,
            roles=frozenset(Role(role) for role in values["roles"]),
        )


@dataclass(frozen=True)
class RolesRead:
    """The roles ticked and the version of the account that was on the page."""

    roles: frozenset[Role]
    version: int

    def command(self, account_id: UUID) -> SetRoles:
        """Return the command for the account."""
        return SetRoles(account_id=account_id, roles=self.roles, version=self.version)


class RolesForm(Form[RolesRead]):
    """The roles of one account."""

    roles = Choices("Roles", ROLE_OPTIONS, required=True, called="one role or more")
    version = Hidden("Version", required=True)

    @override
    def build(self, values: dict[str, Any]) -> RolesRead:
        version = values["version"]
        return RolesRead(
            roles=frozenset(Role(role) for role in values["roles"]),
            version=int(version) if version.isascii() and version.isdigit() else 0,
        )
