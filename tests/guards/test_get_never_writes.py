"""Looking changes nothing: every page and every link in every mail, whoever opens it, how often.

What may grow is the trail, by entries that say that somebody looked, because a look at a person's
record must be on it. Source: design, "GET never writes", and threat T31: a mail gateway opens links
before their reader does.
"""

import re
from contextlib import contextmanager
from hashlib import sha256
from uuid import UUID, uuid4

import pytest
from sqlalchemy import create_engine, text
from werkzeug.routing import Rule

from hub.app import create_app
from hub.kernel.actor import Role, system
from hub.web.guard import READING
from kit.hub import sign_in_as
from kit.mailbox import read_mailbox
from kit.running import county
from migrations.metadata import METADATA
from parts.heard_pages import OF_A_CASE
from parts.moved import NOT_OPENED, somebody_transfers
from parts.returns_out import OUT, somebody_returns
from parts.somebody import (
    AFTER_TRIAGE,
    ENTRY,
    actor_with,
    somebody_asks,
    somebody_asks_what_is_held,
    somebody_flags,
    somebody_has_begun_a_concern,
    somebody_has_every_role,
    somebody_has_people_to_contact,
    somebody_hears,
    somebody_is_asked,
    somebody_is_called,
    somebody_researches,
    somebody_said_something,
)

TRAIL = {"audit_entry", "audit_head"}
PRESENCE = {"sign_in_session"}
"""Who is signed in: that somebody is still there is noted while they look."""

LOOKS = {"Looked", "RegisterSearched"}
LINK = re.compile(r"https?://[^\s\"<>]+")
TABLES = {
    "absence_id": "absence",
    "access_id": "subject_access",
    "account_id": "account",
    "action_id": "action",
    "advice_id": "request_advice",
    "agency_id": "agency",
    "agreement_id": "agreement",
    "allocation_id": "allocation",
    "approval_id": "approval",
    "area_id": "area",
    "ask_id": "request_draft",
    "attachment_id": "request_file",
    "check_id": "identity_check",
    "concern_id": "concern",
    "consent_id": "consent",
    "disclosure_id": "disclosure",
    "draft_id": "concern_draft",
    "evidence_id": "action_evidence",
    "letter_id": "discussion_letter",
    "file_id": "concern_file",
    "flag_id": "flag_notice",
    "idva_id": "idva_notice",
    "gateway_id": "agreement_gateway",
    "contact_id": "contact",
    "invitation_id": "invitation",
    "item_id": "item",
    "line_id": "request_line",
    "look_up_id": "look_up",
    "meeting_id": "meeting",
    "notice_id": "withdrawal_notice",
    "office_id": "office",
    "pack_item_id": "pack_item",
    "person_id": "person",
    "request_id": "information_request",
    "series_id": "series",
    "service_id": "service",
    "talk_id": "consent_draft",
    "task_id": "task",
    "team_id": "team",
    "transfer_id": "transfer",
}
"""Of which table an id in an address is."""

WORDS = {"problem": "no_named_worker", "number": "1", "year": "2026", "entry_id": str(ENTRY)}
OF_A_PAPER = tuple(
    (
        endpoint,
        address,
        "SELECT id FROM research WHERE id IN (SELECT research_id FROM research_line)",
    )
    for endpoint, address in (
        ("marac.research", "/research/{}"),
        ("marac.research_refuse", "/research/{}/refuse"),
        ("marac.research_new_line", "/research/{}/lines/new"),
        ("marac.research_share", "/research/{}/share"),
    )
)
PAIRS = (
    (
        "referrals.withdraw",
        "/concerns/{}/withdraw",
        "SELECT id FROM concern WHERE state = 'submitted'",
    ),
    (
        "people.confirm",
        "/checks/{}/candidates/{}",
        "SELECT check_id, person_id FROM identity_candidate WHERE rejected_at IS NULL",
    ),
    (
        "people.end",
        "/people/{}/allocations/{}",
        "SELECT person_id, id FROM allocation WHERE until_on IS NULL",
    ),
    (
        "invitations.show",
        "/invitations/{}",
        "SELECT invitation.id FROM invitation JOIN account ON account.contact_id = recipient_id",
    ),
    (
        "asking.reply",
        "/requests/{}/reply",
        "SELECT id FROM information_request WHERE state = 'clarifying'",
    ),
    (
        "asking.change",
        "/requests/{}/change/why",
        "SELECT id FROM information_request WHERE state = 'held'",
    ),
    (
        "asking.change_files",
        "/requests/{}/change/files",
        "SELECT id FROM information_request WHERE state = 'held'",
    ),
    ("keeping.record", "/keeping/person/{}", "SELECT id FROM person"),
    ("keeping.hold", "/keeping/person/{}/hold", "SELECT id FROM person"),
    ("keeping.died", "/keeping/person/{}/died", "SELECT id FROM person"),
    (
        "holding.share",
        "/requests-to-us/lines/{}/share",
        "SELECT id FROM request_line WHERE settled_at IS NULL",
    ),
    (
        "holding.withhold",
        "/requests-to-us/lines/{}/withhold",
        "SELECT id FROM request_line WHERE settled_at IS NULL",
    ),
    ("rights.line", "/people/{}/told/consent/{}", "SELECT person_id, id FROM consent"),
    *AFTER_TRIAGE,
    *OUT,
    (
        "rights.pack_item",
        "/access/items/{}",
        "SELECT id FROM pack_item WHERE keeper = 'service'",
    ),
    ("rights.judge", "/judge/{}", "SELECT id FROM pack_item WHERE keeper = 'co_ordinator'"),
    (
        "marac.research_line",
        "/research/{}/lines/{}",
        "SELECT research_id, id FROM research_line",
    ),
    *OF_A_CASE,
    *OF_A_PAPER,
    (
        "sharing.changes",
        "/agreements/{}/differences/{}",
        "SELECT id, id AS other_id FROM agreement",
    ),
)
"""Addresses whose ids must belong together, or to somebody who signs in."""

A_FEW = 3
"""Records of each sort that every role tries to open."""


@pytest.fixture(scope="module")
def town():
    """A county with mail in its mailbox, on SQLite: the pages are the same on both."""
    with county("sqlite", seed="gates", people=40, meetings=1) as running:
        with running.units() as units:
            somebody_has_every_role(units)
            somebody_has_begun_a_concern(units)
            the_worker_is_invited(units)
            somebody_said_something(units)
            somebody_asks(units)
            somebody_is_asked(units)
            somebody_researches(units)
            somebody_hears(units)
            somebody_flags(units)
            somebody_is_called(units)
            somebody_has_people_to_contact(units)
            somebody_asks_what_is_held(units)
            somebody_transfers(units)
            somebody_returns(units)
        ended = running.run("worker", "--once")
        assert ended.returncode == 0, ended.stderr
        yield running


@pytest.fixture(scope="module")
def units(town):
    with town.units() as opened:
        yield opened


@pytest.fixture(scope="module")
def app(town, units):
    made = create_app(town.settings(), units=units, keyring=town.keyring())
    made.testing = True
    return made


@pytest.fixture(scope="module")
def plain(town):
    """Return an engine that reads what stands in the columns, sealed as it is."""
    made = create_engine(town.url)
    yield made
    made.dispose()


def the_worker_is_invited(units):
    """Let the worker who signs in be one of those invited, whom chance alone chose."""
    with units.write(system("test")) as uow:
        uow.session.execute(
            text(
                "UPDATE account SET contact_id = (SELECT recipient_id FROM invitation LIMIT 1)"
                " WHERE id IN (SELECT account_id FROM account_role WHERE role = :role)"
            ),
            {"role": Role.LEAVING_CARE_WORKER.value},
        )


def state(plain):
    """Return a digest of every table but the trail, when invitations were opened, and the trail."""
    found = {}
    with plain.connect() as connection:
        for table in sorted(set(METADATA.tables) - TRAIL - PRESENCE):
            rows = connection.execute(text(f'SELECT * FROM "{table}"')).mappings()
            but = "opened_at" if table == "invitation" else ""
            lines = sorted(repr([(k, v) for k, v in row.items() if k != but]) for row in rows)
            found[table] = (len(lines), sha256("\n".join(lines).encode()).hexdigest())
        opened = connection.execute(text("SELECT id, opened_at FROM invitation"))
        entries = text("SELECT verb, subject_kind, subject_id FROM audit_entry ORDER BY number")
        trail = [tuple(row) for row in connection.execute(entries)]
        return found, {UUID(row.id): row.opened_at for row in opened}, trail


@contextmanager
def nothing_written(plain):
    before, opened, trail = state(plain)
    yield
    after, opened_after, trail_after = state(plain)
    assert {name for name in after if after[name] != before[name]} == set()
    assert trail_after[: len(trail)] == trail
    looks = trail_after[len(trail) :]
    assert {verb for verb, _, _ in looks} <= LOOKS
    seen = {UUID(key) for verb, kind, key in looks if (verb, kind) == ("Looked", "invitation")}
    changed = {key for key, at in opened_after.items() if at != opened[key]}
    assert changed == seen


def addresses(app, plain, mailbox):
    """Yield every address that can be read, with ids of records that there are."""
    with plain.connect() as connection:
        ids = {
            name: connection.scalars(text(f'SELECT id FROM "{table}" LIMIT {A_FEW}')).all()
            for name, table in TABLES.items()
        }
    (newest, *_) = (path.name for path in (mailbox / "new").iterdir())
    yield "mailbox.message", f"/mailbox/{newest}"
    with plain.connect() as connection:
        for endpoint, shape, pairs in PAIRS:
            for pair in connection.execute(text(f"{pairs} LIMIT 20")):
                yield endpoint, shape.format(*map(UUID, pair))
    for rule in app.url_map.iter_rules():
        if rule.methods & READING and rule.endpoint != "static":
            for at in range(A_FEW if rule.arguments else 1):
                yield rule.endpoint, filled(rule, ids, at)


def filled(rule: Rule, ids, at):
    def part(match):
        converter, name = match.group(1) or "", match.group(2)
        if converter.startswith("any("):
            return re.findall(r"[\w-]+", converter[4:])[0]
        some = ids.get(name) or [uuid4().hex]
        return WORDS.get(name) or str(UUID(some[at % len(some)]))

    return re.sub(r"<(?:([a-z]+(?:\([^)]*\))?):)?(\w+)>", part, rule.rule)


def browser_of(app, units, role):
    client = app.test_client()
    if role is not None:
        sign_in_as(client, actor_with(units, role), units)
    return client


@pytest.mark.timeout(900)
def test_every_page_can_be_opened_by_somebody_and_opening_it_writes_nothing(
    app, town, units, plain
):
    opened = set()
    pages = list(addresses(app, plain, town.mailbox))
    for role in (None, *Role):
        client = browser_of(app, units, role)
        with nothing_written(plain):
            for endpoint, address in pages:
                answer = client.get(address)
                assert answer.status_code < 500, (role, address, answer.get_data(as_text=True))
                if answer.status_code == 200:
                    opened.add(endpoint)
                assert client.head(address).status_code == answer.status_code, (role, address)
    never = {endpoint for endpoint, _ in pages} - opened
    assert never == ELSEWHERE, never ^ ELSEWHERE


ELSEWHERE = {
    "referrals.lift",
    "advising.file",
    "approving.file",
    "holding.file",
    "holding.message",
    "access.accept",  # its address is a secret: the test of links in mails opens it
    "agencies.import_report",
    "api_agencies.services",
    "api_meetings.invitations",
    "api_sharing.requests",
    "asking.file",
    "asking.resume",
    "asking.sign",  # waits for a colleague who does not look at pages here
    "invitations.answered",
    "marac.copy",
    "marac.evidence_file",  # a file lies beside its database: the tests of the page put one there
    "marac.issued",
    "marac.letter",
    "keeping.lift",
    "marac.pack",
    "marac.review_pack",
    *NOT_OPENED,
    "marac.same",  # nobody here is likely to be in two referrals: the tests of the page open it
    "people.conflict_end",
    "people.no_addresses",
    "people.report",
    "referrals.file",
    "referrals.resume",
    "rights.correction",
    "sharing.copy",
    "weighing.weigh",
}
"""Addresses that this county has no record for, that send on, or that want a key."""


def links_of(running):
    for one in read_mailbox(running.mailbox):
        body = one.parsed().get_body(("plain",)).get_content()
        for link in LINK.findall(body):
            assert link.startswith(running.address), link
            yield link.removeprefix(running.address)


def test_a_link_in_a_mail_can_be_fetched_thrice_and_changes_nothing(app, town, plain):
    links = sorted(set(links_of(town)))
    sorts = {link.rpartition("/")[0] for link in links}
    assert {"/invitations", "/account/invitation", "/tasks"} <= sorts
    client = app.test_client()
    with nothing_written(plain):
        for link in links:
            answers = {
                (answer.status_code, answer.headers.get("Location"))
                for _ in range(3)
                for answer in (client.get(link), client.head(link))
            }
            assert len(answers) == 1, (link, answers)
            assert answers <= {(200, None), (303, "/sign-in")}, link


def test_the_guard_itself_sees_a_write(units, plain):
    with pytest.raises(AssertionError), nothing_written(plain), units.write(system("test")) as uow:
        uow.session.execute(text("UPDATE meeting SET place = 'elsewhere'"))
