"""Headers and caching on every kind of answer, and leaving quickly."""

import pytest

from hub.web.assets import Assets, digest
from hub.web.headers import HEADERS


@pytest.mark.parametrize(
    "path", ["/sink", "/no/such/page", "/fail/busy", "/fail/broken", "/sign-in", "/accessibility"]
)
def test_every_answer_is_hardened_and_kept_by_nobody(app, path):
    app.testing = False

    response = app.test_client().get(path)

    assert {name: response.headers.get(name) for name in HEADERS} == dict(HEADERS)
    assert response.headers["Cache-Control"] == "no-store"
    assert "Strict-Transport-Security" not in response.headers


def test_static_files_are_hardened_and_kept_for_long(app):
    address = Assets().address("hub.css")

    response = app.test_client().get(address)
    response.close()

    assert response.status_code == 200
    assert {name: response.headers.get(name) for name in HEADERS} == dict(HEADERS)
    assert response.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert "Set-Cookie" not in response.headers


def test_a_static_file_of_another_release_is_asked_for_again(app):
    response = app.test_client().get("/static/000000000000/hub.js")
    response.close()

    assert response.headers["Cache-Control"] == "no-cache"


@pytest.mark.parametrize(
    "name", ["../headers.py", "..%2fheaders.py", "nothing.css", "%2e%2e/%2e%2e/config.py"]
)
def test_nothing_but_static_files_is_served(app, name):
    response = app.test_client().get(f"/static/000000000000/{name}")

    assert response.status_code == 404
    assert response.headers["Cache-Control"] == "no-store"


def test_the_digest_follows_every_file(tmp_path):
    (tmp_path / "a.css").write_text("a")
    first = digest(tmp_path)
    (tmp_path / "a.css").write_text("b")
    second = digest(tmp_path)
    (tmp_path / "a.css").rename(tmp_path / "b.css")

    assert len({first, second, digest(tmp_path)}) == 3


def test_behind_https_transport_is_strict_and_the_cookie_locked(make_app):
    app = make_app(public_base_url="https://hub.example.org")

    response = app.test_client().get(
        "/sign-in?who=x", base_url="https://hub.example.org", follow_redirects=False
    )

    assert response.headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"
    cookie = response.headers["Set-Cookie"]
    assert cookie.startswith("__Host-session=")
    for word in ("Secure", "HttpOnly", "SameSite=Strict", "Path=/"):
        assert word in cookie


@pytest.mark.parametrize("headers", [{}, {"Sec-Fetch-Site": "cross-site"}, {"Origin": "null"}])
def test_leaving_works_without_a_token_and_forgets(app, headers):
    client = app.test_client()
    client.get("/sign-in?who=Ms+Invented")

    response = client.post("/leave", headers=headers)

    assert response.status_code == 200
    assert response.headers["Refresh"] == "0; url=https://www.bbc.co.uk/weather"
    assert response.headers["Clear-Site-Data"] == '"cache", "cookies", "storage"'
    assert b"hub" not in response.data.lower()
    with client.session_transaction() as left:
        assert dict(left) == {}


def test_the_banner_stands_everywhere_but_in_production(pages, make_app):
    assert "Demonstration" in pages.get("sink.show").root.all("header")[0].text

    real = make_app(environment="production", public_base_url="https://hub.example.org")
    response = real.test_client().get("/sink", base_url="https://hub.example.org")
    assert b"Demonstration" not in response.data


def test_navigation_and_the_way_out(pages):
    outside = pages.get("sink.show")
    pages.client.get("/sign-in?who=Ms+Invented")
    inside = pages.get("/room/00000000-0000-4000-8000-000000000000")

    assert outside.root.all("form", action="/leave")
    assert not outside.root.all("nav", aria_label="Menu")
    assert not inside.root.all("form", action="/leave")
    (menu,) = inside.root.all("nav", aria_label="Menu")
    assert [link.text for link in menu.all("a")] == ["Home", "Directory"]
    assert menu.all("a")[0].attributes["aria-current"] == "true"
