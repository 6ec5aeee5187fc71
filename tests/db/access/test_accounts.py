"""Accounts: who may make and change them, and what dies with a change."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from hub.access import commands, queries, sign_in
from hub.access.commands import InviteAccount, SetRoles
from hub.access.models import AccountInvitation
from hub.access.passwords import passwords
from hub.kernel.actor import PUBLIC, Role, system
from hub.kernel.errors import ConflictError, NotAllowedError, NotFoundError, RefusedError
from kit.hub import AGENCY, PASSWORD

HUB = system("test")


def invite(uow, email="lee@agency.example.org", **changes):
    values = {"name": "Lee Example", "agency_id": AGENCY, "roles": frozenset({Role.CHAIR})}
    return commands.invite_account(InviteAccount(email=email, **(values | changes)), uow=uow)


def token_for(units, account_id):
    with units.read(HUB) as uow:
        return queries.invitation_token(uow, queries.pending_invitation(uow, account_id))


def session_of(units, token):
    with units.read(HUB) as uow:
        return queries.open_session(uow.session, token)


def start_session(units, actor):
    with units.write(actor) as uow:
        return sign_in.start_session(actor.account_id, uow=uow)


def test_only_an_administrator_invites(units, as_role):
    for role in Role:
        actor = as_role(role)
        with units.write(actor) as uow:
            if role is Role.ADMINISTRATOR:
                assert invite(uow)
            else:
                with pytest.raises(NotAllowedError):
                    invite(uow)


def test_nobody_is_invited_twice(units):
    with units.write(HUB) as uow:
        invite(uow, "Lee@Agency.example.org ")
    with pytest.raises(RefusedError) as refused, units.write(HUB) as uow:
        invite(uow, "lee@agency.example.org")
    assert refused.value.field == "email"


def test_the_token_of_an_invitation_is_nowhere_in_its_row(units):
    with units.write(HUB) as uow:
        account_id = invite(uow)
    token = token_for(units, account_id)
    with units.read(HUB) as uow:
        row = uow.session.scalars(select(AccountInvitation)).one()
        assert token not in {str(getattr(row, column.key)) for column in row.__table__.columns}


def test_an_invitation_works_once(units):
    with units.write(HUB) as uow:
        account_id = invite(uow)
    token = token_for(units, account_id)
    kept = passwords("test").hash(PASSWORD)

    with units.write(PUBLIC) as uow:
        assert commands.accept_invitation(token, password_hash=kept, uow=uow) == account_id

    with pytest.raises(NotFoundError), units.write(PUBLIC) as uow:
        commands.accept_invitation(token, password_hash=kept, uow=uow)


@pytest.mark.parametrize(
    ("age", "works"),
    [(timedelta(days=2, seconds=-1), True), (timedelta(days=2), False)],
)
def test_an_invitation_lives_two_days(units, clock, age, works):
    with units.write(HUB) as uow:
        account_id = invite(uow)
    token = token_for(units, account_id)
    clock.advance(seconds=age.total_seconds())
    with units.read(PUBLIC) as uow:
        assert (queries.live_invitation(uow, token) is not None) is works


def test_a_new_invitation_ends_the_one_before(units):
    with units.write(HUB) as uow:
        account_id = invite(uow)
    first = token_for(units, account_id)
    with units.write(HUB) as uow:
        commands.invite_again(account_id, uow=uow)
    with units.read(PUBLIC) as uow:
        assert queries.live_invitation(uow, first) is None
    assert token_for(units, account_id) != first


def test_new_roles_end_the_sessions_and_count_at_once(units, as_role):
    admin, worker = as_role(Role.ADMINISTRATOR), as_role(Role.LEAVING_CARE_WORKER)
    token = start_session(units, worker)
    assert session_of(units, token).actor == worker

    with units.read(admin) as uow:
        version = queries.account_row(uow, worker.account_id).version
    roles = frozenset({Role.DUTY_DESK, Role.TEAM_MANAGER})
    with units.write(admin) as uow:
        cmd = SetRoles(account_id=worker.account_id, roles=roles, version=version)
        commands.set_roles(cmd, uow=uow)

    assert session_of(units, token) is None
    with units.read(admin) as uow:
        row = queries.account_row(uow, worker.account_id)
    assert (row.roles, row.version) == (roles, version + 1)


def test_roles_read_before_another_change_are_a_conflict(units, as_role):
    admin, worker = as_role(Role.ADMINISTRATOR), as_role(Role.LEAVING_CARE_WORKER)
    cmd = SetRoles(account_id=worker.account_id, roles=frozenset({Role.CHAIR}), version=0)
    with pytest.raises(ConflictError) as conflict, units.write(admin) as uow:
        commands.set_roles(cmd, uow=uow)
    assert conflict.value.theirs == {"roles": "leaving_care_worker"}


def test_an_administrator_cannot_touch_the_own_account(units, as_role):
    admin = as_role(Role.ADMINISTRATOR)
    cmd = SetRoles(account_id=admin.account_id, roles=frozenset(Role), version=1)
    with pytest.raises(NotAllowedError), units.write(admin) as uow:
        commands.set_roles(cmd, uow=uow)
    with pytest.raises(NotAllowedError), units.write(admin) as uow:
        commands.disable_account(admin.account_id, uow=uow)
    with pytest.raises(NotAllowedError), units.write(admin) as uow:
        commands.create_api_key(admin.account_id, days=1, uow=uow)


def test_a_disabled_account_is_dead_at_once(units, as_role, clock):
    admin, worker = as_role(Role.ADMINISTRATOR), as_role(Role.LEAVING_CARE_WORKER)
    token = start_session(units, worker)
    with units.write(admin) as uow:
        key = commands.create_api_key(worker.account_id, days=1, uow=uow)
        commands.invite_again(worker.account_id, uow=uow)
    link = token_for(units, worker.account_id)

    with units.write(admin) as uow:
        commands.disable_account(worker.account_id, uow=uow)

    assert session_of(units, token) is None
    with units.read(PUBLIC) as uow:
        assert queries.key_holder(uow.session, key, clock.now()) is None
        assert queries.live_invitation(uow, link) is None
    with units.write(admin) as uow:
        commands.enable_account(worker.account_id, uow=uow)
    assert session_of(units, token) is None  # old sessions stay dead


@pytest.mark.parametrize(("hours", "is_live"), [(23, True), (24, False)])
def test_a_key_ends_after_its_days(units, as_role, clock, hours, is_live):
    worker = as_role(Role.REFERRER)
    with units.write(HUB) as uow:
        key = commands.create_api_key(worker.account_id, days=1, uow=uow)
    clock.advance(hours=hours)
    with units.read(PUBLIC) as uow:
        holder = queries.key_holder(uow.session, key, clock.now())
    assert (holder is not None and holder.roles == worker.roles) is is_live


def test_changing_the_password_ends_every_session(units, as_role):
    worker = as_role(Role.LEAVING_CARE_WORKER)
    tokens = [start_session(units, worker) for _ in range(2)]
    with units.write(worker) as uow:
        commands.change_password(worker.account_id, password_hash="new", uow=uow)
    assert [session_of(units, token) for token in tokens] == [None, None]


def test_nobody_changes_somebody_elses_password(units, as_role):
    admin, worker = as_role(Role.ADMINISTRATOR), as_role(Role.LEAVING_CARE_WORKER)
    with pytest.raises(NotFoundError), units.write(admin) as uow:
        commands.change_password(worker.account_id, password_hash="new", uow=uow)


def test_a_list_of_accounts_goes_on_after_the_last_row(units, as_role):
    made = [as_role(Role.REFERRER, name=f"Name {n // 2}").account_id for n in range(7)]
    seen, after = [], None
    while True:
        with units.read(HUB) as uow:
            rows = queries.account_page(uow, after=after, limit=3)
        if not rows:
            break
        seen += [row.id for row in rows]
        after = rows[-1].id
    assert sorted(seen) == sorted(made)
    assert len(seen) == len(made)
