"""The table of who may do what, printed role by role for a safeguarding lead to read."""

from itertools import chain, combinations
from pathlib import Path
from uuid import UUID

import pytest

from hub.access.permissions import TABLE, Fact, Permission, could, may, permit
from hub.kernel.actor import PUBLIC, Actor, Role, system
from hub.kernel.errors import NotAllowedError

GOLDEN = Path(__file__).with_name("permissions.golden")
HEAD = """\
Who may do what. "yes": always. "if ...": when that is so; "or" parts ways that each suffice.
What is not listed for a role is refused. Written by tests/pure/access/test_permissions.py:
look at a difference, and if it is meant, delete this file, run that test twice, commit both.
"""


def somebody(role):
    return Actor(account_id=UUID(int=1), roles=frozenset({role}), label="account")


def ways(role, permission):
    """Return the smallest sets of facts with which the role may, asked of ``may`` itself."""
    named = sorted(set(chain.from_iterable(line.when for line in TABLE[permission])))
    found = []
    for size in range(len(named) + 1):
        for facts in map(set, combinations(named, size)):
            enough = any(smaller <= facts for smaller in found)
            if not enough and may(somebody(role), permission, facts):
                found.append(facts)
    return found


def said(found):
    if set() in found:
        return "yes"
    return "if " + " or if ".join(
        " and ".join(fact.replace("_", " ") for fact in sorted(facts)) for facts in found
    )


def printed():
    lines = [HEAD]
    for permission in Permission:
        lines.append(f"\n{permission.value}\n")
        for role in Role:
            found = ways(role, permission)
            if found:
                lines.append(f"    {role.value:<28}{said(found)}\n")
    return "".join(lines)


def test_the_table_is_the_one_that_was_agreed():
    text = printed()
    if not GOLDEN.exists():
        GOLDEN.write_text(text)
        pytest.fail("the golden file was missing and has been written: read it, run again")
    assert text == GOLDEN.read_text()


def test_every_permission_has_a_line_and_every_fact_is_used():
    assert set(TABLE) == set(Permission)
    assert all(TABLE.values())
    used = set(chain.from_iterable(line.when for lines in TABLE.values() for line in lines))
    assert used == set(Fact)


@pytest.mark.parametrize("permission", Permission)
def test_strangers_may_nothing_and_the_hub_everything(permission):
    assert not may(PUBLIC, permission, frozenset(Fact))
    assert not could(PUBLIC, permission)
    assert may(system("worker"), permission)
    assert could(system("worker"), permission)


@pytest.mark.parametrize("permission", Permission)
@pytest.mark.parametrize("role", Role)
def test_a_door_opens_to_those_who_may_with_some_facts(role, permission):
    assert could(somebody(role), permission) is may(somebody(role), permission, frozenset(Fact))


def test_permit_refuses_out_loud():
    permit(somebody(Role.CHAIR), Permission.CHAIR_DECIDE, {Fact.SAME_AREA})
    with pytest.raises(NotAllowedError, match="chair:decide"):
        permit(somebody(Role.CHAIR), Permission.CHAIR_DECIDE)


def test_an_account_without_roles_may_nothing():
    nobody = Actor(account_id=UUID(int=1), label="account")
    assert not any(may(nobody, permission, frozenset(Fact)) for permission in Permission)


NEVER_AN_ADMINISTRATOR = [
    Permission.REGISTER_READ,
    Permission.CONCERN_SCREEN,
    Permission.MEETING_READ,
    Permission.IDENTITY_DECIDE,
    Permission.AUDIT_READ,
]


@pytest.mark.parametrize("permission", NEVER_AN_ADMINISTRATOR)
def test_an_administrator_manages_accounts_and_sees_no_case(permission):
    assert not may(somebody(Role.ADMINISTRATOR), permission, frozenset(Fact))
