"""The door: signed in by default, nothing told to those outside, and no way to be led elsewhere."""

from uuid import uuid4

import pytest
from flask import session

from hub.web.guard import (
    PolicyMissingError,
    check_policies,
    next_address,
    policy,
    public_endpoint,
)
from hub.web.pages import PUBLIC as KIT_PUBLIC

PUBLIC = KIT_PUBLIC | {"sink.show", "sink.save", "sink.sign_in", "sink.fail"}


def test_every_endpoint_of_the_kit_has_a_policy(app):
    found = check_policies(app, public=PUBLIC)

    assert found["sink.room"].name == "room:read"
    assert not found["sink.room"].is_public


def test_an_endpoint_without_a_policy_stops_the_start(app):
    app.add_url_rule("/forgotten", "forgotten", lambda: "open")

    with pytest.raises(PolicyMissingError, match="forgotten: no policy"):
        check_policies(app, public=PUBLIC)


def test_the_public_list_is_held_to_the_letter(app):
    with pytest.raises(PolicyMissingError, match=r"sink\.show: open, but not in the public list"):
        check_policies(app, public=PUBLIC - {"sink.show"})
    with pytest.raises(PolicyMissingError, match=r"sink\.room: in the public list, but not open"):
        check_policies(app, public=PUBLIC | {"sink.room"})


def test_a_forgotten_endpoint_is_shut_even_if_the_check_was_not_made(app):
    app.add_url_rule("/forgotten", "forgotten", lambda: "open")

    assert app.test_client().get("/forgotten").status_code == 404


def test_a_reader_outside_is_sent_to_sign_in_and_later_back(app):
    client = app.test_client()
    record = uuid4()

    response = client.get(f"/room/{record}?q=secret")

    assert response.status_code == 303
    assert response.headers["Location"] == "/sign-in"
    with client.session_transaction() as kept:
        assert kept["next"] == {"endpoint": "sink.room", "ids": {"record_id": str(record)}}


def test_a_post_from_outside_finds_nothing(app, pages):
    data = {"csrf_token": pages.token()}

    assert app.test_client().post(f"/room/{uuid4()}", data=data).status_code == 404


def test_somebody_whose_session_ended_keeps_what_was_typed(pages):
    data = {"note": "long & careful", "password": "hunter2"}

    page = pages.post(f"/room/{uuid4()}", data, status=400)

    assert page.h1 == "You have been signed out"
    form = page.filled()
    assert form["note"] == ["long & careful"]
    assert "password" not in form


def test_a_policy_is_asked_of_the_one_signed_in(app):
    client = app.test_client()
    client.get("/sign-in?who=nobody")
    assert client.get(f"/room/{uuid4()}").status_code == 404

    client.get("/sign-in?who=Ms+Invented")
    assert client.get(f"/room/{uuid4()}").status_code == 200


def test_nothing_opens_under_api_without_its_own_guard(app):
    app.add_url_rule("/api/v1/things", "things", policy("thing:read")(lambda: "things"))

    assert app.test_client().get("/api/v1/things").status_code == 404


@pytest.mark.parametrize(
    "kept",
    [
        "https://evil.example.org",
        {"endpoint": "https://evil.example.org", "ids": {}},
        {"endpoint": "//evil.example.org", "ids": {}},
        {"endpoint": "sink.room", "ids": {"record_id": "//evil.example.org"}},
        {"endpoint": "sink.room", "ids": {}},
        {"endpoint": "sink.room", "ids": "x"},
        {"endpoint": None, "ids": {}},
        {},
        None,
    ],
)
def test_the_way_back_is_always_one_of_our_own_pages(app, kept):
    with app.test_request_context():
        session["next"] = kept

        address = next_address(app, "sink.show")

        assert address.startswith("/")
        assert not address.startswith("//")
        assert "next" not in session


def test_the_way_back_leads_to_the_page_that_was_wanted(app):
    record = uuid4()
    with app.test_request_context():
        session["next"] = {"endpoint": "sink.room", "ids": {"record_id": str(record)}}

        assert next_address(app, "sink.show") == f"/room/{record}"
        assert next_address(app, "sink.show") == "/sink"


def test_a_view_class_can_carry_its_policy(app):
    @public_endpoint("thing:read")
    class Things:
        pass

    def view():
        return "things"

    view.view_class = Things
    app.add_url_rule("/things", "things", view)

    assert app.test_client().get("/things").status_code == 200
