"""The JSON kit with a room of its own: keys, problems, pages, one effect for one key, OpenAPI."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from uuid import UUID

import pytest
from marshmallow import Schema, fields, post_load, validate
from sqlalchemy import func, select
from sqlalchemy.exc import OperationalError

from hub.access import commands
from hub.access.permissions import Permission
from hub.access.queries import accounts_with_role
from hub.agencies.models import Area
from hub.api.blueprint import ApiBlueprint
from hub.api.fields import Day, Instant
from hub.app import create_app
from hub.kernel.actor import Role, system
from hub.kernel.errors import ConflictError, NotAllowedError, NotFoundError, RefusedError
from hub.web.guard import policy, public_endpoint
from hub.wiring import site

room = ApiBlueprint("places", __name__, description="Places")


@dataclass(frozen=True)
class Place:
    id: UUID
    name: str
    opened_at: datetime
    on: date = date(2026, 6, 1)


@dataclass(frozen=True)
class AddPlace:
    name: str
    doors: list


class PlaceSchema(Schema):
    id = fields.UUID()
    name = fields.String()
    opened_at = Instant()
    on = Day()


class DoorSchema(Schema):
    width = fields.Integer(required=True, strict=True)


class PlaceBody(Schema):
    name = fields.String(required=True, validate=validate.Length(1, 20))
    at = Instant(load_default=None)
    on = Day(load_default=None)
    doors = fields.List(fields.Nested(DoorSchema), load_default=list)

    @post_load
    def _build(self, values, **_):
        return AddPlace(values["name"], values["doors"])


@room.listing("/places", PlaceSchema, at=("name", "id"), public=True)
@public_endpoint("place:list")
def places(asked, uow):
    """List the places."""
    query = select(Area.id, Area.name).order_by(Area.name, Area.id).limit(asked.fetch)
    if asked.after:
        name, last = asked.after
        query = query.where(
            (Area.name > name) | ((Area.name == name) & (Area.id > UUID(str(last))))
        )
    return [Place(row.id, row.name, uow.now) for row in uow.session.execute(query)]


ERRORS = {
    "refused": RefusedError("Not today", field="name"),
    "refused whole": RefusedError("Not today"),
    "hidden": NotFoundError("no such place"),
    "forbidden": NotAllowedError("not yours"),
    "stale": ConflictError("place", {"name": "x"}),
    "locked": OperationalError("statement", {}, Exception("locked")),
    "broken": ZeroDivisionError("SECRET-VALUE"),
}


@room.posting("/places", body=PlaceBody, answer=PlaceSchema, status=201)
@policy(Permission.CONCERN_RAISE)
def add_place(body, uow):
    """Add a place."""
    if body.name in ERRORS:
        raise ERRORS[body.name]
    place = Area(id=uow.new_id(), name=body.name)
    uow.session.add(place)
    return Place(place.id, place.name, datetime(2026, 6, 1, 12, 30, tzinfo=UTC))


@room.listing("/audit", PlaceSchema, at=("id",))
@policy(Permission.AUDIT_READ)
def trail(asked, uow):
    """List for those who may read the trail."""
    return []


@pytest.fixture
def app(settings, units, keyring, monkeypatch):
    monkeypatch.setattr(site, "API_BLUEPRINTS", (room,))
    monkeypatch.setattr(site, "PUBLIC_ENDPOINTS", site.PUBLIC_ENDPOINTS | {"places.places"})
    return create_app(settings, units=units, keyring=keyring)


@pytest.fixture
def key(units, as_role):
    actor = as_role(Role.REFERRER)
    with units.write(system("test")) as uow:
        return commands.create_api_key(actor.account_id, days=1, uow=uow)


@pytest.fixture
def send(client, key):
    def run(body, *, key=key, **headers):
        extra = {name.replace("_", "-"): value for name, value in headers.items()}
        return client.post(
            "/api/v1/places", json=body, headers={"Authorization": f"Bearer {key}"} | extra
        )

    return run


def count(units):
    with units.read(system("test")) as uow:
        return uow.session.scalar(select(func.count()).select_from(Area))


def problem(answer):
    assert answer.content_type == "application/problem+json"
    document = answer.get_json()
    assert document["status"] == answer.status_code
    assert document["type"] == "about:blank"
    return document


def test_the_promised_example_is_answered_to_the_letter(client):
    answer = client.get("/api/v1/places?limit=0")
    assert answer.get_json() == {
        "type": "about:blank",
        "title": "Unprocessable Content",
        "status": 422,
        "detail": "1 field is wrong",
        "errors": [{"field": "limit", "message": "Must be 1 to 100."}],
    }


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("limit=101", "limit"),
        ("limit=x", "limit"),
        ("limit=%2B5", "limit"),
        ("limit=5_0", "limit"),
        ("limit=%D9%A3", "limit"),
        pytest.param(f"limit={'9' * 5000}", "limit", id="thousands of digits"),
        ("cursor=x", "cursor"),
        ("cursor=WyJhIl0.AAAA", "cursor"),
        ("colour=red", "colour"),
    ],
)
@pytest.mark.databases("sqlite")
def test_bad_parameters_are_named(client, query, field):
    errors = problem(client.get(f"/api/v1/places?{query}"))["errors"]
    assert [error["field"] for error in errors] == [field]


def test_a_list_gives_each_row_once(client, units):
    with units.write(system("test")) as uow:
        for n in range(7):
            uow.session.add(Area(id=uow.new_id(), name=f"Place {n}"))
    seen, cursor = [], ""
    while cursor is not None:
        page = client.get(f"/api/v1/places?limit=3{cursor}").get_json()
        assert len(page["items"]) <= 3
        seen += [item["name"] for item in page["items"]]
        cursor = page["next"] and f"&cursor={page['next']}"
    assert seen == [f"Place {n}" for n in range(7)]


def test_a_page_that_holds_all_has_no_next(client):
    assert client.get("/api/v1/places").get_json() == {"items": [], "next": None}


def test_days_and_instants_are_given_in_the_promised_forms(send):
    item = send({"name": "Louth"}).get_json()
    assert (item["opened_at"], item["on"]) == ("2026-06-01T12:30:00Z", "2026-06-01")


@pytest.mark.parametrize(
    "given",
    ["", "Bearer", "Bearer ", "Bearer hub_wrong", "Basic hub_wrong", "hub_wrong"],
)
@pytest.mark.databases("sqlite")
def test_a_bad_key_is_refused_wherever_it_is_shown(client, given):
    for path in ("/api/v1/audit", "/api/v1/places", "/api/v1/openapi.json"):
        answer = client.get(path, headers={"Authorization": given})
        assert problem(answer)["status"] == 401
        assert answer.headers["WWW-Authenticate"] == "Bearer"


def test_no_key_opens_only_what_is_public(client):
    assert client.get("/api/v1/places").status_code == 200
    assert problem(client.get("/api/v1/audit"))["status"] == 401


def test_a_cookie_is_no_key(signed_in, as_role):
    browser = signed_in(as_role(Role.GOVERNANCE_LEAD))
    assert browser.client.get("/api/v1/audit").status_code == 401


def test_a_key_has_no_more_rights_than_its_account(client, units, as_role, key):
    bearer = {"Authorization": f"Bearer {key}"}
    assert problem(client.get("/api/v1/audit", headers=bearer))["status"] == 404
    lead = as_role(Role.GOVERNANCE_LEAD)
    with units.write(system("test")) as uow:
        other = commands.create_api_key(lead.account_id, days=1, uow=uow)
    answer = client.get("/api/v1/audit", headers={"Authorization": f"Bearer {other}"})
    assert answer.status_code == 200


def test_a_key_ends_with_its_account(client, units, send, key, as_role):
    admin = as_role(Role.ADMINISTRATOR)
    with units.read(admin) as uow:
        holder = accounts_with_role(uow, Role.REFERRER)[0]
    assert send({"name": "Louth"}).status_code == 201
    with units.write(admin) as uow:
        commands.disable_account(holder.id, uow=uow)
    assert problem(send({"name": "Sleaford"}))["status"] == 401


@pytest.mark.parametrize(
    ("name", "status", "errors"),
    [
        ("refused", 422, [{"field": "name", "message": "Not today"}]),
        ("refused whole", 422, [{"field": "-", "message": "Not today"}]),
        ("hidden", 404, None),
        ("forbidden", 404, None),
        ("stale", 409, None),
        ("locked", 503, None),
        ("broken", 500, None),
    ],
)
@pytest.mark.databases("sqlite")
def test_refusals_become_problems(send, units, name, status, errors, caplog):
    answer = send({"name": name})
    document = problem(answer)
    assert (document["status"], document.get("errors")) == (status, errors)
    assert ("Retry-After" in answer.headers) is (status == 503)
    assert "SECRET-VALUE" not in answer.text + caplog.text
    assert count(units) == 0


def test_absent_and_hidden_read_alike(send, client, key):
    hidden = send({"name": "hidden"})
    forbidden = send({"name": "forbidden"})
    absent = client.get("/api/v1/nowhere", headers={"Authorization": f"Bearer {key}"})
    assert hidden.data == forbidden.data == absent.data
    assert list(hidden.headers) == list(forbidden.headers)


@pytest.mark.parametrize(
    ("body", "fields_"),
    [
        ({}, ["name"]),
        ({"name": "x", "colour": "red"}, ["colour"]),
        ({"name": ""}, ["name"]),
        ({"name": "x", "doors": [{"width": 1}, {"width": "wide"}]}, ["doors[1].width"]),
        ({"name": "x", "on": "1 June", "at": "noon"}, ["at", "on"]),
        ({"name": "x", "on": "2026-02-30", "at": "2026-06-01T12:00:00"}, ["at", "on"]),
    ],
)
@pytest.mark.databases("sqlite")
def test_bad_bodies_are_named_by_path(send, body, fields_):
    errors = problem(send(body))["errors"]
    assert sorted(error["field"] for error in errors) == fields_


@pytest.mark.parametrize(
    ("data", "content_type", "status"),
    [
        (b'{"name": "x"}', "text/plain", 415),
        (b'{"name": "x"}', "", 415),
        (b"name=x", "application/x-www-form-urlencoded", 415),
        (b"{", "application/json", 422),
        (b'{"name": "\xff"}', "application/json", 422),
        (b"[]", "application/json", 422),
        pytest.param(b'{"name": ' + b"[" * 50_000, "application/json", 422, id="deep"),
        pytest.param(b'{"name": ' + b"9" * 5000 + b"}", "application/json", 422, id="long"),
        (b'{"name": "a\\u0000b"}', "application/json", 422),
        (b'{"name": "\\ud800"}', "application/json", 422),
        (b'{"name": "x", "\\ud800": 1}', "application/json", 422),
        (b'{"name": "x", "doors": {}}', "application/json", 422),
        (b"", "application/json", 422),
    ],
)
@pytest.mark.databases("sqlite")
def test_what_is_no_json_is_refused(client, key, data, content_type, status):
    answer = client.post(
        "/api/v1/places",
        data=data,
        headers={"Authorization": f"Bearer {key}", "Content-Type": content_type},
    )
    assert problem(answer)["status"] == status


def test_a_method_that_is_none_keeps_its_allow_header(client, key):
    answer = client.delete("/api/v1/places", headers={"Authorization": f"Bearer {key}"})
    assert problem(answer)["status"] == 405
    assert "POST" in answer.headers["Allow"]


def test_one_key_one_effect_one_answer(send, units):
    first = send({"name": "Louth"}, Idempotency_Key="k1")
    again = send({"name": "Louth"}, Idempotency_Key="k1")
    assert (again.status_code, again.data) == (201, first.data)
    assert count(units) == 1
    send({"name": "Sleaford"}, Idempotency_Key="k2")
    assert count(units) == 2


def test_a_key_for_another_body_is_refused(send, units):
    send({"name": "Louth"}, Idempotency_Key="k1")
    errors = problem(send({"name": "Lincoln"}, Idempotency_Key="k1"))["errors"]
    assert errors[0]["field"] == "Idempotency-Key"
    assert count(units) == 1


def test_an_effect_that_failed_may_be_tried_again_with_its_key(send, units):
    assert send({"name": "locked"}, Idempotency_Key="k1").status_code == 503
    ERRORS_BEFORE = ERRORS.pop("locked")  # noqa: N806 - put back below
    try:
        assert send({"name": "locked"}, Idempotency_Key="k1").status_code == 201
    finally:
        ERRORS["locked"] = ERRORS_BEFORE
    assert count(units) == 1


def test_two_accounts_may_use_the_same_key(send, units, as_role):
    other = as_role(Role.REFERRER)
    with units.write(system("test")) as uow:
        second = commands.create_api_key(other.account_id, days=1, uow=uow)
    send({"name": "Louth"}, Idempotency_Key="k1")
    send({"name": "Lincoln"}, key=second, Idempotency_Key="k1")
    assert count(units) == 2


@pytest.mark.parametrize("bad", ["", "k" * 201])
@pytest.mark.databases("sqlite")
def test_a_key_that_is_none_is_refused(send, bad):
    assert problem(send({"name": "Louth"}, Idempotency_Key=bad))["status"] == 422


def test_the_document_needs_no_key_and_has_every_operation(client):
    document = client.get("/api/v1/openapi.json").get_json()
    assert document["openapi"] == "3.1.0"
    paths = document["paths"]
    assert set(paths) == {"/api/v1/places", "/api/v1/audit", "/api/v1/openapi.json"}
    assert paths["/api/v1/openapi.json"]["get"]["security"] == []
    assert set(paths["/api/v1/places"]) >= {"get", "post"}
    assert paths["/api/v1/places"]["get"]["security"] == []
    parameters = {p["name"] for p in paths["/api/v1/places"]["get"]["parameters"]}
    assert parameters == {"limit", "cursor"}
    assert "201" in paths["/api/v1/places"]["post"]["responses"]
    schemas = document["components"]["schemas"]
    assert {"Place", "PlacePage", "PlaceBody", "Problem"} <= set(schemas)
    wrong = document["components"]["responses"]["UNPROCESSABLE_ENTITY"]["content"]
    assert list(wrong) == ["application/problem+json"]


def test_errors_of_pages_stay_pages(browser):
    assert browser.get("/nowhere", status=404).h1 == "Page not found"
