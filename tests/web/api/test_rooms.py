"""The four operations of the JSON API, as the public interface promises them."""

from datetime import date

import jsonschema
import pytest
from sqlalchemy import func, select

from hub.access import commands
from hub.agencies.models import Service
from hub.kernel.actor import Role, system
from hub.meetings.events import SlotsChanged
from hub.meetings.models import Invitation, Item, Meeting
from hub.referrals.models import Concern
from kit.world import World


@pytest.fixture
def world(units):
    return World(units).settle()


@pytest.fixture
def program(client, units):
    """Return the function that gives somebody's program: it sends with a key of theirs."""

    def of(actor):
        with units.write(system("test")) as uow:
            key = commands.create_api_key(actor.account_id, days=1, uow=uow)

        def send(method, path, body=None, **headers):
            sent = {"Authorization": f"Bearer {key}"}
            sent |= {name.replace("_", "-"): value for name, value in headers.items()}
            return client.open(f"/api/v1{path}", method=method, json=body, headers=sent)

        return send

    return of


@pytest.fixture
def worker(as_role, world, program):
    who = as_role(Role.LEAVING_CARE_WORKER, agency_id=world.agency, contact_id=world.worker)
    return program(who)


@pytest.fixture
def asked(world):
    item = world.list(world.meeting(), world.concern(world.person()))
    with world.write() as uow:
        return uow.session.scalars(select(Invitation.id).where(Invitation.item_id == item)).one()


def test_after_a_move_the_other_sides_worker_is_not_told_where(worker, world):
    meeting = world.meeting()
    with world.write() as uow:
        uow.session.get_one(Meeting, meeting).place = "Room 4, Elsewhere"
    for role, has_moved in (("alleged_perpetrator", True), ("victim", True), ("victim", False)):
        concern = world.concern_about([(world.person(), role)])
        with world.write() as uow:
            uow.session.get_one(Concern, concern).has_moved = has_moved
        world.list(meeting, concern)

    rows = worker("GET", "/invitations").get_json()["items"]
    assert sorted(str(row["place"]) for row in rows) == ["None", *["Room 4, Elsewhere"] * 2]


def test_limit_zero_gets_the_very_answer_of_the_interfaces(worker):
    answer = worker("GET", "/services?limit=0")

    assert answer.status_code == 422
    assert answer.content_type == "application/problem+json"
    assert answer.get_json() == {
        "type": "about:blank",
        "title": "Unprocessable Content",
        "status": 422,
        "detail": "1 field is wrong",
        "errors": [{"field": "limit", "message": "Must be 1 to 100."}],
    }


def test_services_are_those_that_everybody_may_see_each_once(worker, world):
    with world.write() as uow:
        for number in range(5):
            uow.session.add(
                Service(
                    id=uow.new_id(),
                    agency_id=world.agency,
                    kind="housing",
                    name=f"Housing {number}",
                    phone="01632 960002",
                    checked_on=date(2026, 5, 1),
                )
            )
        uow.session.add(
            Service(
                id=uow.new_id(),
                agency_id=world.agency,
                kind="refuge",
                name="Hidden house",
                is_public=False,
            )
        )
    names, following = [], ""
    while following is not None:
        answer = worker("GET", f"/services?limit=2{following}").get_json()
        names += [item["name"] for item in answer["items"]]
        assert len(answer["items"]) <= 2
        following = answer["next"] and f"&cursor={answer['next']}"

    assert names == ["Example leaving care service", *(f"Housing {n}" for n in range(5))]
    whole = worker("GET", "/services").get_json()
    assert whole["next"] is None
    assert whole["items"][1] == {
        "id": whole["items"][1]["id"],
        "kind": "housing",
        "name": "Housing 0",
        "description": None,
        "agency": "Example Leaving Care",
        "authority": None,
        "phone": "01632 960002",
        "email": None,
        "hours": None,
        "out_of_hours": None,
        "checked_on": "2026-05-01",
    }


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/services"),
        ("GET", "/invitations"),
        ("POST", "/concerns"),
        ("GET", "/requests"),
        ("POST", "/requests"),
        ("POST", "/invitations/00000000-0000-4000-8000-000000000000/answers"),
    ],
)
def test_without_a_key_nothing_opens(client, method, path):
    answer = client.open(f"/api/v1{path}", method=method, json={})

    assert answer.status_code == 401
    assert answer.content_type == "application/problem+json"


def body(world, **victim):
    said = {"given_name": "Zinnia", "family_name": "Quillfeather", "about_age": 45}
    return {
        "victim": said | victim,
        "home": {"area": "Testshire"},
        "reason": {"what_happened": "Something happened."},
        "consent": {"consent": "given"},
    }


def test_a_concern_is_taken_once_and_the_receipt_says_nothing(program, as_role, world, units):
    send = program(as_role(Role.REFERRER, agency_id=world.agency))

    first = send("POST", "/concerns", body(world), Idempotency_Key="one")
    again = send("POST", "/concerns", body(world), Idempotency_Key="one")

    assert first.status_code == again.status_code == 202
    assert first.get_json() == again.get_json()
    assert set(first.get_json()) == {"reference", "received_at"}
    assert first.get_json()["received_at"] == "2026-06-01T09:00:00Z"
    with units.read(system("test")) as uow:
        assert uow.session.scalar(select(func.count()).select_from(Concern)) == 1


def test_the_receipt_is_alike_for_somebody_on_the_register_and_for_nobody(program, as_role, world):
    world.person()
    send = program(as_role(Role.REFERRER, agency_id=world.agency))
    born = {"date_of_birth": "2006-03-09", "care_experienced": "not_known", "about_age": None}
    known = body(world, given_name="Zebedee", **born)
    unknown = body(world, given_name="Somebody", **born)

    answers = [send("POST", "/concerns", each) for each in (known, unknown)]

    assert [each.status_code for each in answers] == [202, 202], answers[0].get_json()
    shapes = [{name: len(value) for name, value in each.get_json().items()} for each in answers]
    assert shapes[0] == shapes[1]


def test_a_concern_with_an_unknown_or_missing_field_names_it(program, as_role, world):
    send = program(as_role(Role.REFERRER, agency_id=world.agency))
    wrong = body(world) | {"urgent": True, "home": {"area": "Nowhere"}}
    del wrong["consent"]

    answer = send("POST", "/concerns", wrong)

    assert answer.status_code == 422
    fields = {error["field"] for error in answer.get_json()["errors"]}
    assert {"urgent", "consent", "home.area"} <= fields


def test_what_is_no_json_is_refused(worker, client):
    answer = client.post("/api/v1/concerns", data="x", content_type="text/plain")

    assert answer.status_code in {401, 415}


def test_my_invitations_name_nobody(worker, world, asked):
    answer = worker("GET", "/invitations").get_json()

    assert answer["next"] is None
    (item,) = answer["items"]
    assert item == {
        "id": str(asked),
        "kind": "marac",
        "state": "held",
        "sequence": 0,
        "starts_at": "2026-06-29T09:00:00Z",
        "ends_at": "2026-06-29T12:00:00Z",
        "place": None,
        "video_link": None,
        "answer": None,
        "answered_at": None,
        "answer_by": "2026-06-03T16:00:00Z",
    }


def test_each_of_my_invitations_comes_once(worker, world):
    meeting = world.meeting()
    items = {world.list(meeting, world.concern(world.person())) for _ in range(5)}
    seen, following = [], ""
    while following is not None:
        answer = worker("GET", f"/invitations?limit=2{following}").get_json()
        seen += [item["id"] for item in answer["items"]]
        following = answer["next"] and f"&cursor={answer['next']}"

    assert len(seen) == len(set(seen)) == len(items)


def test_an_answer_is_given_for_the_slot_that_was_read(worker, world, asked, units):
    with world.write() as uow:
        item = uow.session.scalars(select(Item)).one()
        meeting = uow.session.get_one(Meeting, item.meeting_id)
        item.starts_at, item.ends_at = meeting.starts_at, meeting.starts_at.replace(minute=10)
        uow.emit(SlotsChanged(meeting_id=meeting.id))
    path = f"/invitations/{asked}/answers"

    stale = worker("POST", path, {"answer": "accepted"}, If_Match='"0"')
    senseless = worker("POST", path, {"answer": "accepted"}, If_Match="yesterday")
    right = worker("POST", path, {"answer": "accepted"}, If_Match='"1"')

    assert stale.status_code == senseless.status_code == 409
    assert stale.content_type == "application/problem+json"
    assert right.status_code == 201
    assert right.get_json()["answer"] == "accepted"
    assert right.get_json()["sequence"] == 1
    assert worker("GET", "/invitations").get_json()["items"][0]["answer"] == "accepted"


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({}, "answer"),
        ({"answer": "perhaps"}, "answer"),
        ({"answer": "declined"}, "note"),
        ({"answer": "stand_in"}, "stand_in_id"),
        ({"answer": "accepted", "mood": "good"}, "mood"),
    ],
)
def test_an_answer_that_lacks_something_names_the_field(worker, asked, said, field):
    answer = worker("POST", f"/invitations/{asked}/answers", said)

    assert answer.status_code == 422
    assert [error["field"] for error in answer.get_json()["errors"]] == [field]


def test_somebody_elses_invitation_is_not_there(program, as_role, world, asked):
    others = [
        as_role(Role.LEAVING_CARE_WORKER, agency_id=world.agency, contact_id=world.deputy),
        as_role(Role.REFERRER),
        as_role(Role.COORDINATOR, agency_id=world.agency),
    ]
    for other in others:
        send = program(other)
        assert send("GET", "/invitations").get_json()["items"] == []
        refused = send("POST", f"/invitations/{asked}/answers", {"answer": "accepted"})
        absent = send("POST", f"/invitations/{world.area}/answers", {"answer": "accepted"})
        assert refused.status_code == absent.status_code == 404
        assert refused.get_json() == absent.get_json()


def test_the_document_lists_every_operation_and_is_sound(client):
    document = client.get("/api/v1/openapi.json").get_json()

    operations = {
        (method.upper(), path)
        for path, methods in document["paths"].items()
        for method in methods
        if method in {"get", "post"}
    }
    assert document["openapi"].startswith("3.1")
    assert operations == {
        ("GET", "/api/v1/services"),
        ("POST", "/api/v1/concerns"),
        ("GET", "/api/v1/requests"),
        ("POST", "/api/v1/requests"),
        ("GET", "/api/v1/invitations"),
        ("POST", "/api/v1/invitations/{invitation_id}/answers"),
        ("GET", "/api/v1/openapi.json"),
    }
    answers = document["paths"]["/api/v1/invitations/{invitation_id}/answers"]["post"]
    assert {"If-Match", "Idempotency-Key"} <= {each["name"] for each in answers["parameters"]}
    for schema in document["components"]["schemas"].values():
        jsonschema.Draft202012Validator.check_schema(schema)
    _every_reference_leads_somewhere(document)


def test_the_document_says_which_words_are_taken_and_that_no_others_are(client):
    schemas = client.get("/api/v1/openapi.json").get_json()["components"]["schemas"]

    gender = schemas["VictimBody"]["properties"]["gender"]
    assert {"female", None} < set(gender["enum"])
    assert "enum" not in schemas["HomeForm"]["properties"]["area"]  # known to the database only
    method = schemas["SafeContactForm"]["properties"]["method"]
    assert "text" in method["items"]["enum"]
    for name, schema in schemas.items():
        assert schema["additionalProperties"] is False, name


def _references(node):
    if isinstance(node, list):
        node = dict(enumerate(node))
    if isinstance(node, dict):
        yield from ([node["$ref"]] if "$ref" in node else [])
        for value in node.values():
            yield from _references(value)


def _every_reference_leads_somewhere(document):
    references = set(_references(document))
    assert references
    for reference in references:
        at = document
        for part in reference.removeprefix("#/").split("/"):
            at = at[part]


def test_what_the_api_answers_fits_the_document(worker, client, asked):
    document = client.get("/api/v1/openapi.json").get_json()
    validator = jsonschema.Draft202012Validator
    for path in ("/services", "/invitations", "/requests"):
        answer = worker("GET", path).get_json()
        shape = document["paths"][f"/api/v1{path}"]["get"]["responses"]["200"]
        schema = shape["content"]["application/json"]["schema"]
        validator({**schema, "components": document["components"]}).validate(answer)
