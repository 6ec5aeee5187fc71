"""Who must not know of a case finds nothing of it, on any page, by any role; and is told nothing.

The case has everything that can hang on one. Each address is asked for with the case's own ids and
with ids of nothing at all, and the answers must be the same; then every page is read that somebody
could reach by following links. Source: security notes, T02 and T03, invariant I8.
"""

import itertools
import re
from urllib.parse import urljoin, urlsplit
from uuid import uuid4

import pytest
from sqlalchemy import func, select, update

from hub.access.commands import create_api_key
from hub.agencies.models import Contact
from hub.kernel.actor import Role, system
from hub.meetings.commands import MoveMeeting, move_meeting
from hub.meetings.models import Invitation, Meeting
from hub.notify.door import open_door
from hub.notify.models import Message
from hub.notify.sender import Sender
from hub.people.commands.climbing import climb_late
from hub.people.models import Conflict
from hub.people.states import LinkKind
from hub.sharing.commands.clocking import run_clocks
from hub.web.guard import READING
from kit.asking import POLICY
from kit.world import COORDINATOR
from parts.kept import KeptDrive, filled

HERE = system("test")
VOLATILE = re.compile(rb'name="csrf_token"[^>]*|value="[^"]{60,}"|[0-9A-Z]{4}(-[0-9A-Z]{4}){3}')
SOME_POSTS = {"reason": "For a test of nothing at all", "note": "For a test", "text": "For a test"}


@pytest.fixture
def drive(app, settings, units, as_role):
    made = KeptDrive(app, units, as_role, Sender(units, open_door(settings.mail), settings, "w"))
    made.play()
    return made


@pytest.fixture
def kept(drive):
    """Somebody with every role, who is linked to the case."""
    actor = drive.newcomer(*Role)
    drive.link(actor)
    return actor


def rules_of(app, ids):
    return [
        rule
        for rule in app.url_map.iter_rules()
        if rule.arguments & set(ids) and rule.endpoint != "static"
    ]


def addresses(rule, ids):
    """Yield each address of a rule with ids of the case, and its like with ids of nothing."""
    names = sorted(rule.arguments & set(ids))
    for chosen in itertools.product(*(sorted(ids[name])[:4] for name in names)):
        real = dict(zip(names, chosen, strict=True))
        nothing = {name: uuid4() for name in names}
        yield filled(rule, real), filled(rule, nothing), {**real}, nothing


def seen(answer, ids):
    """Return an answer as its reader sees it, with its ids and what is new each time left out."""
    body = VOLATILE.sub(b"", answer.data)
    where = answer.headers.get("Location", "")
    for one in ids.values():
        body, where = body.replace(str(one).encode(), b"ID"), where.replace(str(one), "ID")
    return answer.status_code, where, body


def crawl(browser, start="/home"):
    """Return every page that can be reached by links, by its address."""
    found, waiting = {}, [start]
    while waiting:
        address = waiting.pop()
        if address in found or len(found) > 600:
            continue
        answer = browser.client.get(address)
        found[address] = answer
        assert answer.status_code < 500, address
        if "text/html" not in answer.content_type:
            continue
        for href in re.findall(rb'href="([^"#]+)', answer.data):
            to = urljoin(address, href.decode().replace("&amp;", "&"))
            if not urlsplit(to).netloc and not to.startswith(("/static", "/sign-out")):
                waiting.append(to)
    return found


OF_THE_MARAC = {"place", "video link"}
"""What belongs to a meeting that is there whoever is on it."""


def pages_with_a_trace(drive, actor):
    """Return the pages somebody can reach that have a trace of the case, with what that is."""
    pages = crawl(drive.of(actor))
    assert len(pages) > 40
    traces = {address: found_in(drive, [answer]) for address, answer in pages.items()}
    return {
        address: (ids, words - OF_THE_MARAC)
        for address, (ids, words) in traces.items()
        if ids or words - OF_THE_MARAC
    }


def found_in(drive, answers):
    text = b"\n".join(answer.data for answer in answers)
    traces = {one for one in drive.traces() if one.encode() in text}
    return traces, {each.canary for each in drive.canaries.find("pages", text, is_raw=True)}


@pytest.mark.timeout(300)
def test_each_address_answers_as_if_there_were_no_such_case(app, drive, kept):
    browser, ids = drive.of(kept), drive.ids()
    differ, asked = [], 0
    for rule in rules_of(app, ids):
        for real, nothing, own, other in addresses(rule, ids):
            for method in rule.methods & {"GET", "POST"}:
                ask = browser.client.get if method in READING else browser._send
                more = () if method in READING else (SOME_POSTS,)
                hidden, absent = ask(real, *more), ask(nothing, *more)
                asked += 1
                if seen(hidden, own) != seen(absent, other) or hidden.status_code == 200:
                    differ.append((method, rule.endpoint, hidden.status_code, absent.status_code))
    assert asked > 150
    assert differ == []


@pytest.mark.timeout(300)
def test_somebody_whom_nothing_keeps_away_finds_all_of_it(drive):
    """The crawl has teeth: the same roles without a link reach the case from the first page."""
    pages = crawl(drive.of(drive.newcomer(*Role)))
    traces, canaries = found_in(drive, pages.values())
    ids = drive.ids()
    for name in (
        "concern_id",
        "item_id",
        "person_id",
        "request_id",
        "approval_id",
        "check_id",
        "flag_id",
        "transfer_id",
        "idva_id",
    ):
        assert traces & {str(one) for one in ids[name]}, name
    assert {"family name", "given name"} <= canaries


@pytest.mark.timeout(300)
@pytest.mark.parametrize("kind", [LinkKind.ALLEGED_PERPETRATOR, LinkKind.ELSEWHERE])
def test_no_page_that_can_be_reached_has_a_trace_of_the_case(drive, kind):
    actor = drive.newcomer(*Role, contact=kind is LinkKind.ELSEWHERE)
    drive.link(actor, kind)
    assert pages_with_a_trace(drive, actor) == {}


@pytest.mark.timeout(300)
def test_a_conflict_with_the_person_hides_the_cases_too(drive):
    actor = drive.newcomer(*Role)
    with drive.units.write(HERE) as uow:
        uow.session.add(
            Conflict(contact_id=actor.contact_id, person_id=drive.person_id, declared_at=uow.now)
        )
    assert pages_with_a_trace(drive, actor) == {}


def test_a_program_with_their_key_finds_nothing(app, drive, kept):
    with drive.units.write(HERE) as uow:
        key = create_api_key(kept.account_id, days=1, uow=uow)
        invitation = uow.session.get_one(Invitation, min(drive.ids()["invitation_id"]))
        invitation.recipient_id = kept.contact_id
    client = app.test_client()
    head = {"Authorization": f"Bearer {key}"}
    assert client.get("/api/v1/invitations", headers=head).json["items"] == []
    assert client.get("/api/v1/requests", headers=head).json["items"] == []
    for invitation_id in (min(drive.ids()["invitation_id"]), uuid4()):
        answer = client.post(
            f"/api/v1/invitations/{invitation_id}/answers",
            json={"answer": "accepted"},
            headers=head,
        )
        assert answer.status_code == 404


def test_nothing_is_written_to_them_whatever_happens_to_the_case(drive, kept, clock):
    others = drive.newcomer(*Role)
    with drive.units.write(HERE) as uow:
        uow.session.execute(update(Message).values(state="relayed"))
        before = uow.session.scalar(select(func.max(Message.number)))
        own = uow.session.scalar(select(Contact.email).where(Contact.id == kept.contact_id))
    shake(drive, clock)
    with drive.units.read(HERE) as uow:
        new = uow.session.execute(
            select(Message.recipient_id, Message.address).where(Message.number > before)
        ).all()
    told = {row.recipient_id for row in new}
    assert others.account_id in told  # so there was something to tell
    assert not told & {kept.account_id, kept.contact_id}
    assert own not in {row.address for row in new}


def shake(drive, clock):
    """Let things happen to the case that others are told of."""
    with drive.units.write(COORDINATOR) as uow:
        meeting = uow.session.get_one(Meeting, drive.meeting_id)
        move_meeting(
            MoveMeeting(
                meeting_id=meeting.id,
                version=meeting.version,
                starts_at=meeting.starts_at.replace(hour=13),
                ends_at=meeting.ends_at.replace(hour=15),
                place=meeting.place,
                video_link=meeting.video_link,
                chair_id=meeting.chair_id,
            ),
            uow=uow,
        )
    for _ in range(12):
        clock.advance(hours=12)
        with drive.units.write(HERE) as uow:
            climb_late(uow, limit=50)
            run_clocks(uow, POLICY, limit=50)
            uow.session.execute(update(Message).values(state="relayed"))
