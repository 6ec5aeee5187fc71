"""The administrator's pages, the link to set a password, and changing one's own."""

import pytest
from sqlalchemy import select

from hub.access import commands, queries
from hub.access.models import AccountInvitation
from hub.agencies.models import Agency, Contact
from hub.kernel.actor import Role, system
from kit.hub import PASSWORD
from kit.pages import PageClient

HUB = system("test")
NEW = "otter lamp granite pencil"


@pytest.fixture
def agency(units):
    with units.write(HUB) as uow:
        row = Agency(id=uow.new_id(), name="Example Council", kind="local_authority")
        uow.session.add(row)
    return row.id


@pytest.fixture
def admin(as_role, agency):
    return as_role(Role.ADMINISTRATOR, agency_id=agency, name="Ada Admin")


@pytest.fixture
def worker(as_role, agency):
    return as_role(Role.LEAVING_CARE_WORKER, agency_id=agency, name="Lee Example")


def link_of(units, account_id):
    with units.read(HUB) as uow:
        return queries.invitation_path(uow, queries.pending_invitation(uow, account_id))


def row_of(units, account_id):
    with units.read(HUB) as uow:
        return queries.account_row(uow, account_id)


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.ADMINISTRATOR}))
@pytest.mark.databases("sqlite")
def test_the_pages_of_accounts_do_not_exist_for_others(signed_in, as_role, worker, role):
    browser = signed_in(as_role(role))
    browser.get("access.accounts", status=404)
    browser.get("access.account", account_id=worker.account_id, status=404)
    browser.post("access.roles", {"roles": "chair"}, account_id=worker.account_id, status=404)
    for verb in ("disable", "enable", "invite"):
        browser.post("access.switch", account_id=worker.account_id, verb=verb, status=404)


def test_somebody_is_invited_sets_a_password_and_signs_in(app, signed_in, units, admin, agency):
    browser = signed_in(admin)
    form = {
        "name": "Kim Example",
        "email": "Kim@Agency.example.org",
        "agency_id": str(agency),
        "roles": ["chair", "co_ordinator"],
    }
    page = browser.fill(browser.get("access.new_account"), form)
    assert "invitation is on its way" in page.text
    assert "Invited" in page.text

    with units.read(HUB) as uow:
        kim = queries.account_by_email(uow, "kim@agency.example.org")
    assert kim.roles == {Role.CHAIR, Role.COORDINATOR}
    stranger = PageClient(app)
    link = link_of(units, kim.id)
    for _ in range(3):
        stranger.get(link)  # a mail gateway looks at every link
    page = stranger.fill(stranger.get(link), {"password": NEW, "again": NEW})
    assert page.h1 == "Your password is set"
    stranger.get(link, status=404)
    credentials = {"email": "kim@agency.example.org", "password": NEW}
    page = stranger.fill(stranger.get("/sign-in"), credentials)
    assert "Signed in as Kim Example" in page.response.text


@pytest.mark.parametrize(
    ("typed", "field", "said"),
    [
        ({"password": "", "again": ""}, "password", "Enter a password"),
        ({"password": NEW, "again": NEW + "x"}, "again", "not the same"),
        ({"password": "too short", "again": "too short"}, "password", "15 characters"),
        ({"password": "x" * 129, "again": "x" * 129}, "password", "128 characters"),
        (
            {"password": "lee-is-my-name-lee", "again": "lee-is-my-name-lee"},
            "password",
            "e-mail address",
        ),
    ],
)
@pytest.mark.databases("sqlite")
def test_a_poor_password_is_refused_beside_its_field(browser, units, typed, field, said):
    with units.write(HUB) as uow:
        cmd = commands.InviteAccount(
            name="Lee",
            email="lee-is-my-name@agency.example.org",
            agency_id=uow.new_id(),
            roles=frozenset({Role.CHAIR}),
        )
        account_id = commands.invite_account(cmd, uow=uow)
    link = link_of(units, account_id)
    page = browser.post(link, typed)
    assert said in page.errors[field]
    assert row_of(units, account_id).has_password is False


def test_a_made_up_link_is_a_page_that_does_not_exist(browser):
    browser.get("/account/invitation/" + "0" * 40, status=404)
    browser.post("/account/invitation/" + "0" * 40, {"password": NEW, "again": NEW}, status=404)


def test_an_address_that_has_an_account_is_refused_beside_the_field(
    signed_in, admin, agency, as_role
):
    as_role(Role.CHAIR, email="kim@agency.example.org")
    form = {"name": "Kim", "email": "KIM@agency.example.org", "agency_id": str(agency)}
    page = signed_in(admin).post("access.new_account", form | {"roles": "chair"})
    assert "already has an account" in page.errors["email"]


@pytest.mark.databases("sqlite")
def test_an_agency_that_is_none_is_refused(signed_in, admin, agency):
    form = {"name": "Kim", "email": "kim@agency.example.org", "roles": "chair"}
    page = signed_in(admin).post("access.new_account", form | {"agency_id": "0" * 32})
    assert "agency_id" in page.errors


def test_roles_are_changed_on_the_account_s_page(signed_in, units, admin, worker):
    browser = signed_in(admin)
    page = browser.get("access.account", account_id=worker.account_id)
    action = f"/accounts/{worker.account_id}/roles"
    page = browser.fill(page, {"roles": ["duty_desk", "team_manager"]}, action=action)
    assert "roles are changed" in page.text
    assert row_of(units, worker.account_id).roles == {Role.DUTY_DESK, Role.TEAM_MANAGER}


def test_two_administrators_at_once_see_both_versions(signed_in, units, admin, worker):
    browser = signed_in(admin)
    page = browser.get("access.account", account_id=worker.account_id)
    with units.write(HUB) as uow:
        cmd = commands.SetRoles(
            account_id=worker.account_id,
            roles=frozenset({Role.CHAIR}),
            version=row_of(units, worker.account_id).version,
        )
        commands.set_roles(cmd, uow=uow)
    action = f"/accounts/{worker.account_id}/roles"
    page = browser.fill(page, {"roles": ["duty_desk"]}, action=action)
    assert page.status == 409
    assert "Chair" in page.text
    assert "Duty desk" in page.text
    assert row_of(units, worker.account_id).roles == {Role.CHAIR}
    page = browser.fill(page, {}, action=action)  # keep mine
    assert row_of(units, worker.account_id).roles == {Role.DUTY_DESK}


def test_an_account_is_switched_off_and_on(signed_in, units, admin, worker):
    browser = signed_in(admin)
    for verb, is_active in (("disable", False), ("enable", True)):
        browser.send("access.switch", account_id=worker.account_id, verb=verb)
        assert row_of(units, worker.account_id).is_active is is_active


def test_doing_it_twice_says_so(signed_in, admin, worker):
    browser = signed_in(admin)
    page = browser.post("access.switch", account_id=worker.account_id, verb="enable")
    assert "already switched on" in page.text


def test_a_new_link_ends_the_one_before(signed_in, units, admin, worker):
    browser = signed_in(admin)
    for _ in range(2):
        browser.send("access.switch", account_id=worker.account_id, verb="invite")
    with units.read(HUB) as uow:
        used = uow.session.scalars(select(AccountInvitation.used_at)).all()
    assert sorted(at is None for at in used) == [False, True]


def test_the_own_account_shows_no_way_to_change_it(signed_in, admin):
    browser = signed_in(admin)
    page = browser.get("access.account", account_id=admin.account_id)
    assert "Another administrator" in page.text
    roles = {"roles": "chair", "version": "1"}
    browser.post("access.roles", roles, account_id=admin.account_id, status=404)


def test_the_list_goes_on_page_by_page(signed_in, admin, as_role, monkeypatch):
    monkeypatch.setattr(queries, "PAGE_SIZE", 2)
    for n in range(4):
        as_role(Role.CHAIR, name=f"Name {n}")
    browser = signed_in(admin)
    seen, address = [], "/accounts"
    while address:
        page = browser.get(address)
        seen += [text for text in page.links if text.startswith(("Name", "Ada"))]
        address = next((href for text, href in page.links.items() if "Next" in text), "")
    assert seen == ["Ada Admin", *(f"Name {n}" for n in range(4))]


@pytest.mark.databases("sqlite")
def test_a_broken_place_in_the_list_is_its_beginning(signed_in, admin):
    assert "Ada Admin" in signed_in(admin).get("/accounts?after=x").links


def test_one_changes_the_own_password_and_stays_signed_in_here_only(app, signed_in, units, worker):
    elsewhere = PageClient(app)
    browser = signed_in(worker)
    with browser.client.session_transaction() as mine, elsewhere.client.session_transaction() as it:
        it["_user_id"] = mine["_user_id"]

    typed = {"old": PASSWORD, "password": NEW, "again": NEW}
    page = browser.fill(browser.get("access.password"), typed)

    assert "password is changed" in page.text
    assert elsewhere.client.get("/account/password").status_code == 303


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"old": "not my password"}, "old"),
        ({"password": "short", "again": "short"}, "password"),
        ({"again": "something else here"}, "again"),
    ],
)
@pytest.mark.databases("sqlite")
def test_what_is_wrong_with_a_new_password_is_said_at_its_field(signed_in, worker, typed, field):
    good = {"old": PASSWORD, "password": NEW, "again": NEW}
    page = signed_in(worker).post("access.password", good | typed)
    assert list(page.errors) == [field]


@pytest.mark.databases("sqlite")
def test_signing_in_renews_the_check_of_the_own_directory_entry(browser, units, as_role, agency):
    with units.write(HUB) as uow:
        contact = Contact(id=uow.new_id(), agency_id=agency, role="chair", name="Lee")
        uow.session.add(contact)
    as_role(Role.CHAIR, email="lee@agency.example.org", contact_id=contact.id)
    typed = {"email": "lee@agency.example.org", "password": PASSWORD}
    browser.fill(browser.get("/sign-in"), typed)
    with units.read(HUB) as uow:
        assert uow.session.scalar(select(Contact.checked_on)) == uow.today
