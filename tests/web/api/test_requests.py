"""Information requests for programs: the rules and the receipt of the pages."""

import pytest
from sqlalchemy import select

from hub.access import commands
from hub.kernel.actor import Role, system
from hub.people.commands.keys import reindex
from hub.sharing.models import InformationRequest, RequestLine
from kit.asking import Asking
from kit.world import World

pytestmark = pytest.mark.databases("sqlite")


@pytest.fixture
def asking(units):
    return Asking(World(units).settle()).settle()


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
def send(program, asking):
    return program(asking.officer)


def body(asking, **pages):
    whole = {
        "holder": {"agency": str(asking.world.agency), "service": str(asking.world.service)},
        "subject": {
            "given_name": "Zebedee",
            "family_name": "Quillfeather",
            "date_of_birth": "2006-03-09",
            "subject_role": "witness",
        },
        "what": {"categories": ["worker_contact"], "wanted_worker_contact": "Who and how"},
        "why": {
            "purpose": "safety_planning",
            "necessity": "We plan on Friday",
            "less_intrusive": "We asked",
        },
        "urgency": {"priority": "marac_research", "meeting_at": "2026-06-20T09:30:00Z"},
        "basis": {
            "article_6": "art6_e",
            "legal_power": "cda_s115",
            "override_basis": ["s115"],
        },
        "handling": {"security": "Locked", "retention": "Six years"},
        "declaration": {"relation": "none"},
    }
    return whole | pages


def rows(asking):
    with asking.world.units.read(asking.officer) as uow:
        return uow.session.scalars(select(InformationRequest)).all()


def test_a_request_is_taken_once_and_the_receipt_says_nothing(send, asking):
    first = send("POST", "/requests", body(asking), Idempotency_Key="one")
    again = send("POST", "/requests", body(asking), Idempotency_Key="one")

    assert first.status_code == again.status_code == 202, first.get_json()
    assert first.get_json() == again.get_json()
    assert set(first.get_json()) == {"reference", "received_at"}
    (row,) = rows(asking)
    assert (row.state, row.priority) == ("with_holder", "marac_research")
    assert row.due_at.isoformat() == "2026-06-17T16:00:00+00:00"


def test_the_receipt_is_alike_for_somebody_on_the_register_and_for_nobody(send, asking):
    person_id = asking.world.person()
    with asking.world.write() as uow:
        reindex(uow, person_id)
    known = send("POST", "/requests", body(asking))
    nobody = {"given_name": "No", "family_name": "Body", "date_of_birth": "2006-03-09"}
    unknown = send("POST", "/requests", body(asking, subject=nobody))

    assert known.status_code == unknown.status_code == 202
    assert list(known.headers.keys()) == list(unknown.headers.keys())
    plain = [
        each.get_data().replace(each.get_json()["reference"].encode(), b"")
        for each in (known, unknown)
    ]
    assert plain[0] == plain[1]


def test_what_lacks_holds_and_refuses_nothing(send, asking):
    answer = send("POST", "/requests", body(asking, handling={}))

    assert answer.status_code == 202
    (item,) = send("GET", "/requests").get_json()["items"]
    assert (item["state"], item["due_at"]) == ("held", None)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"subject": {"family_name": "Quill"}}, "subject.date_of_birth"),
        ({"what": {}}, "what.categories"),
        ({"why": {}}, "why.purpose"),
        ({"why": {"purpose": "nonsense"}}, "why.purpose"),
        ({"mood": "good"}, "mood"),
        ({"what": {"categories": ["worker_contact"], "mood": "good"}}, "what.mood"),
        ({"holder": {}}, "holder.agency"),
        ({"police_form": {"counter_signer": "me"}}, "police_form.counter_signer"),
        ({"subject": {"date_of_birth": "2030-01-01", "family_name": "Q"}}, "subject.date_of_birth"),
    ],
)
def test_what_is_wrong_names_its_field(send, asking, changes, field):
    answer = send("POST", "/requests", body(asking, **changes))

    assert answer.status_code == 422
    assert field in [error["field"] for error in answer.get_json()["errors"]]
    assert rows(asking) == []


def test_a_refusal_of_the_rules_is_told_as_one(send, asking):
    own = {"agency": str(asking.force)}
    answer = send("POST", "/requests", body(asking, holder=own))

    assert answer.status_code == 422
    assert "your own agency" in answer.get_json()["errors"][0]["message"]


def test_a_form_that_is_not_needed_is_left_aside(send, asking):
    answer = send("POST", "/requests", body(asking, police_form={"rank": "Constable"}))

    assert answer.status_code == 202
    assert "Constable" not in rows(asking)[0].answers


def test_the_own_requests_come_each_once_newest_first_and_name_nobody(send, asking, program, clock):
    for _ in range(5):
        clock.advance(minutes=1)
        send("POST", "/requests", body(asking))
    seen, following = [], ""
    while following is not None:
        answer = send("GET", f"/requests?limit=2{following}").get_json()
        seen += answer["items"]
        assert len(answer["items"]) <= 2
        following = answer["next"] and f"&cursor={answer['next']}"

    assert [each["sent_at"] for each in seen] == sorted(
        (each["sent_at"] for each in seen), reverse=True
    )
    assert len({each["id"] for each in seen}) == 5
    assert seen[0] == {
        "id": seen[0]["id"],
        "reference": seen[0]["reference"],
        "agency": "Example Leaving Care",
        "service": "Example leaving care service",
        "state": "with_holder",
        "priority": "marac_research",
        "sent_at": "2026-06-01T09:05:00Z",
        "received_at": "2026-06-01T09:05:00Z",
        "acknowledged_at": None,
        "due_at": "2026-06-17T16:00:00Z",
    }
    for other in (asking.stranger, *asking.people.values()):
        assert program(other)("GET", "/requests").get_json()["items"] == []


def test_each_category_is_a_line(send, asking):
    what = {
        "categories": ["accommodation", "worker_contact"],
        "wanted_accommodation": "What kind",
        "wanted_worker_contact": "Who",
    }
    send("POST", "/requests", body(asking, what=what))

    with asking.world.units.read(asking.officer) as uow:
        lines = uow.session.scalars(select(RequestLine)).all()
        assert {each.category: each.wanted for each in lines} == {
            "accommodation": "What kind",
            "worker_contact": "Who",
        }
    assert Role.REFERRER in asking.officer.roles
