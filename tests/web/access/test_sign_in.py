"""Signing in and out by the pages, and what a stranger learns from them: nothing."""

import pytest
from sqlalchemy import event

from hub.app import create_app
from hub.kernel.actor import Role
from kit.hub import PASSWORD, sign_in_as, with_changes
from kit.pages import PageClient, review

EMAIL = "lee@agency.example.org"
RIGHT = {"email": EMAIL, "password": PASSWORD}


@pytest.fixture
def lee(as_role):
    return as_role(Role.ADMINISTRATOR, email=EMAIL, name="Lee Example")


def is_signed_in(browser):
    return browser.client.get("/account/password").status_code == 200


def token_of(browser):
    with browser.client.session_transaction() as session:
        return session.get("_user_id")


def test_the_right_password_opens_and_signing_out_closes(browser, lee):
    page = browser.fill(browser.get("/sign-in"), RIGHT | {"email": " LEE@Agency.example.org"})
    assert "Signed in as Lee Example" in page.response.text
    assert is_signed_in(browser)

    answer = browser.send("/sign-out")
    assert not is_signed_in(browser)
    assert answer.response.status_code == 200


def test_signing_out_makes_the_browser_forget(client, browser, signed_in, lee):
    signed_in(lee)
    answer = client.post("/sign-out", data={"csrf_token": browser.token()})
    assert "cookies" in answer.headers["Clear-Site-Data"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"password": "three random words there"},
        {"email": "nobody@agency.example.org"},
        {"password": "x" * 128},
    ],
)
def test_a_wrong_password_and_an_unknown_address_read_alike(browser, lee, wrong):
    page = browser.post("/sign-in", RIGHT | wrong, status=422)
    assert "do not match an account" in page.text
    assert not is_signed_in(browser)
    assert PASSWORD not in page.text


def test_what_was_typed_wrong_is_kept_but_never_the_password(browser, lee):
    page = browser.post("/sign-in", RIGHT | {"password": "not the right words"})
    assert f'value="{EMAIL}"' in page.response.text
    assert "not the right words" not in page.response.text


@pytest.mark.parametrize(("left_out", "said"), [("email", "e-mail"), ("password", "password")])
def test_each_field_is_asked_for(browser, left_out, said):
    assert f"Enter your {said}" in browser.post("/sign-in", RIGHT | {left_out: ""}).text


def test_five_wrong_tries_make_the_right_password_wait(browser, clock, lee):
    for _ in range(5):
        browser.post("/sign-in", RIGHT | {"password": "wrong wrong wrong"})
    page = browser.post("/sign-in", RIGHT, status=429)
    assert "too many tries" in page.text
    clock.advance(seconds=30)
    browser.fill(browser.get("/sign-in"), RIGHT)
    assert is_signed_in(browser)


def test_one_lands_where_one_wanted_to_go_and_only_here(browser, lee):
    browser.client.get("/accounts")
    page = browser.fill(browser.get("/sign-in"), RIGHT)
    assert page.h1 == "Accounts"


def test_no_address_from_outside_decides_where_one_lands(browser, lee):
    for next_ in ("https://evil.example.com", "//evil.example.com", "/\\evil.example.com"):
        token = browser.token()
        answer = browser.client.post(
            f"/sign-in?next={next_}",
            data=RIGHT | {"csrf_token": token, "next": next_},
            headers={"Sec-Fetch-Site": "same-origin"},
        )
        assert answer.headers["Location"].startswith("/")
        assert "evil" not in answer.headers["Location"]


def test_a_session_gets_a_new_token_at_each_sign_in(browser, lee):
    seen = set()
    for _ in range(2):
        browser.fill(browser.get("/sign-in"), RIGHT)
        seen.add(token_of(browser))
    assert len(seen) == 2


def test_a_planted_cookie_is_nobodys_session(browser, lee):
    with browser.client.session_transaction() as session:
        session["_user_id"] = "planted"
    browser.fill(browser.get("/sign-in"), RIGHT)
    assert token_of(browser) != "planted"


def test_a_stolen_cookie_is_dead_after_signing_out(app, browser, signed_in, lee):
    signed_in(lee)
    stolen = PageClient(app)
    with stolen.client.session_transaction() as session:
        session["_user_id"] = token_of(browser)
    assert is_signed_in(stolen)
    browser.send("/sign-out")
    assert not is_signed_in(stolen)


def test_leaving_quickly_ends_the_session_too(app, browser, signed_in, lee):
    signed_in(lee)
    token = token_of(browser)
    browser.client.post("/leave")
    other = PageClient(app)
    with other.client.session_transaction() as session:
        session["_user_id"] = token
    assert not is_signed_in(other)


@pytest.mark.parametrize(("minutes", "is_in"), [(14, True), (15, False)])
def test_idleness_ends_a_session(browser, signed_in, clock, lee, minutes, is_in):
    signed_in(lee)
    clock.advance(minutes=minutes)
    assert is_signed_in(browser) is is_in


def test_work_keeps_a_session_until_its_longest(browser, signed_in, clock, lee):
    signed_in(lee)
    for _ in range(59):
        clock.advance(minutes=10)
        assert is_signed_in(browser)
    clock.advance(minutes=10)
    assert not is_signed_in(browser)


def test_being_seen_is_written_once_a_minute_at_most(browser, signed_in, clock, units, lee):
    signed_in(lee)
    written = []
    original = units.write
    units.write = lambda actor: written.append(actor) or original(actor)
    for seconds in (0, 30, 29, 1, 59, 1):
        clock.advance(seconds=seconds)
        assert is_signed_in(browser)
    assert len(written) == 2


def test_a_page_costs_one_query_to_know_who_asks(browser, signed_in, engine, lee):
    signed_in(lee)
    asked = []
    listener = lambda *args: asked.append(args[2])  # noqa: E731 - a listener of one test
    event.listen(engine, "before_cursor_execute", listener)
    assert browser.client.get("/account/password").status_code == 200
    event.remove(engine, "before_cursor_execute", listener)
    assert len([statement for statement in asked if statement != "BEGIN"]) == 1


@pytest.mark.parametrize(
    ("base", "name", "is_secure"),
    [("http://localhost", "session", False), ("https://localhost", "__Host-session", True)],
)
def test_the_cookie_is_kept_from_scripts_and_other_sites(
    settings, units, keyring, lee, base, name, is_secure
):
    app = create_app(with_changes(settings, public_base_url=base), units=units, keyring=keyring)
    answer = app.test_client().get("/sign-in", base_url=base)
    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith(f"{name}=")
    assert "HttpOnly" in cookie
    assert "SameSite=Strict" in cookie
    assert "Path=/" in cookie
    assert ("Secure" in cookie) is is_secure


def test_the_token_is_not_readable_rows_away_from_its_session(app, browser, lee, units):
    """Two people in two browsers are two people."""
    other = PageClient(app)
    sign_in_as(other.client, lee, units)
    assert not is_signed_in(browser)
    assert is_signed_in(other)


def test_health_and_start_are_open(browser):
    assert browser.client.get("/health").status_code == 200
    assert "Sign in" in browser.get("/").text


def test_what_is_not_open_sends_a_stranger_to_sign_in(browser):
    for path in ("/accounts", "/accounts/new", "/account/password"):
        answer = browser.client.get(path)
        assert (answer.status_code, answer.headers["Location"]) == (303, "/sign-in")


FROM_MAIL = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"}


@pytest.mark.parametrize("path", ["/accounts?after=1", "/", "/sign-in"])
def test_a_link_in_webmail_does_not_sign_anybody_out(client, signed_in, lee, path):
    """The browser keeps the strict cookie back at first; the page between must not replace it."""
    signed_in(lee)
    stranger = client.application.test_client()  # as the browser looks without its cookie
    answer = stranger.get(path, headers=FROM_MAIL)
    assert answer.status_code == 200
    assert answer.headers["Refresh"] == f"0; url={path}"
    assert "Set-Cookie" not in answer.headers
    assert review(answer).links == {"Continue": path}


@pytest.mark.databases("sqlite")
def test_the_page_between_leads_nowhere_else(client):
    for path in ("//evil.example.com", "/\\evil.example.com", "/%2F/evil.example.com"):
        answer = client.get(path, headers=FROM_MAIL)
        assert "url=//" not in answer.headers.get("Refresh", "")
