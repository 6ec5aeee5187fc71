"""``hub account`` and ``hub api-key``: the first administrator, and keys for programs."""

from typing import TYPE_CHECKING

import click

from hub.kernel.actor import Role, system

if TYPE_CHECKING:
    from uuid import UUID

    from hub.db.units import UnitOfWork

ROLES = [role.value for role in Role]


@click.group()
def account() -> None:
    """Make accounts, the first administrator's above all."""


@account.command()
@click.option("--email", required=True, help="Work e-mail address, with which to sign in.")
@click.option("--name", required=True, help="The person's name.")
@click.option("--agency", required=True, help="The agency's name; it is added if it is not there.")
@click.option(
    "--role",
    "roles",
    multiple=True,
    type=click.Choice(ROLES),
    default=[Role.ADMINISTRATOR.value],
    show_default=True,
)
def create(email: str, name: str, agency: str, roles: tuple[str, ...]) -> None:
    """Make an account and print the link, good for two days and one use, to set its password."""
    from hub.access.commands import InviteAccount, invite_account
    from hub.access.queries import invitation_path, pending_invitation
    from hub.cli.opening import opened

    hub = opened()
    with hub.units.write(system("command line")) as uow:
        command = InviteAccount(
            name=name,
            email=email,
            agency_id=_agency(uow, agency),
            roles=frozenset(Role(role) for role in roles),
        )
        account_id = invite_account(command, uow=uow)
        path = invitation_path(uow, pending_invitation(uow, account_id))
    click.echo(f"{hub.settings.public_base_url}{path}")


@click.group()
def api_key() -> None:
    """Make keys with which programs act as an account."""


@api_key.command("create")
@click.option("--account", "email", required=True, help="E-mail address of the account.")
@click.option("--days", required=True, type=click.IntRange(1, 366), help="For how long it lasts.")
def create_key(email: str, days: int) -> None:
    """Print a new key, this once; only its hash is kept."""
    from hub.access.commands import create_api_key
    from hub.access.queries import account_by_email
    from hub.cli.opening import opened

    hub = opened()
    with hub.units.write(system("command line")) as uow:
        key = create_api_key(account_by_email(uow, email).id, days=days, uow=uow)
    click.echo(key)


def _agency(uow: "UnitOfWork", name: str) -> "UUID":
    """Return the agency of that name, added if there is none: the first account has to have one."""
    from sqlalchemy import select

    from hub.agencies.events import AgencySaved
    from hub.agencies.models import Agency
    from hub.kernel.errors import RefusedError

    if not name.strip():
        raise RefusedError("Enter the agency", field="agency")
    found = uow.session.scalar(select(Agency.id).where(Agency.name == name))
    if found is None:
        found = uow.new_id()
        uow.session.add(Agency(id=found, name=name, kind="other"))
        uow.emit(AgencySaved(agency_id=found, is_new=True))
    return found
