"""``hub demo`` keeps what section 7 of the public interface promises, on both databases."""

import csv
import json
import re
from collections import Counter
from pathlib import Path

import pytest
from sqlalchemy import func, select

from hub.audit.anchor import read_anchor
from hub.cli.made_up.register import COLUMNS
from hub.config import parse_settings
from hub.kernel.actor import Role, system
from hub.meetings.models import Invitation, Item, ItemPerson, Meeting
from hub.notify.models import Message
from hub.people.models import IdentityCheck, Person
from hub.referrals.models import Concern
from hub.reporting.assurance import all_gaps
from hub.wiring.reactions import invitation_policy
from kit import running
from kit.running import STARTS_AT, county, hub, made

SEED, PEOPLE, MEETINGS = "promised", 60, 4
HERE = system("test")
ADDRESS = re.compile(r"[a-z0-9.'-]+@([a-z]+\.)*example\.org")
REFERENCE = re.compile(r"[0-9A-Z]{4}(-[0-9A-Z]{4}){3}")


@pytest.fixture(scope="module")
def town(database_kind):
    with county(database_kind, seed=SEED, people=PEOPLE, meetings=MEETINGS) as made_county:
        yield made_county


@pytest.fixture
def uow(town):
    with town.units() as units, units.read(HERE) as opened:
        yield opened


def test_its_size_is_what_was_asked_for(town, uow):
    assert uow.session.scalar(select(func.count()).select_from(Person)) == PEOPLE
    assert uow.session.scalar(select(func.count()).select_from(Meeting)) == MEETINGS
    with (town.folder / "people.csv").open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert tuple(rows[0]) == COLUMNS
    assert len({row["person_id"] for row in rows}) == PEOPLE


def test_meetings_lie_in_the_next_28_days_with_10_to_20_cases_each(uow):
    for starts_at in uow.session.scalars(select(Meeting.starts_at)):
        assert 0 < (starts_at - STARTS_AT).days <= 28
    sizes = uow.session.execute(
        select(Item.meeting_id, func.count())
        .where(Item.state == "listed")
        .group_by(Item.meeting_id)
    ).all()
    assert len(sizes) == MEETINGS
    assert all(10 <= size <= 20 for _, size in sizes)


def test_a_third_of_the_cases_at_least_are_about_somebody_on_the_register(uow):
    items = uow.session.scalar(select(func.count()).select_from(Item))
    known = uow.session.scalar(
        select(func.count(func.distinct(ItemPerson.item_id))).where(
            ItemPerson.person_id.is_not(None)
        )
    )
    assert known * 3 >= items


def test_its_trail_is_anchored_from_the_start(town):
    kept = read_anchor(town.folder / "data", town.keyring().audit)
    ended = town.run("audit", "verify")
    assert kept is not None
    assert ended.stdout == f"ok {kept.number} {kept.mark}\n"


def test_nobody_else_may_read_what_it_wrote(town):
    written = made(running_kind(town), SEED, PEOPLE, MEETINGS).folder
    for path in written.rglob("*"):
        assert not path.stat().st_mode & 0o077, path.name


def test_every_invitation_due_is_written_and_unsent(town, uow):
    states = Counter(uow.session.scalars(select(Message.state)))
    assert set(states) <= {"queued", "superseded"}
    held = uow.session.scalar(
        select(func.count()).select_from(Invitation).where(Invitation.state == "held")
    )
    current = [each for each in town.outgoing() if each["current"] and each["method"] == "REQUEST"]
    assert len(current) == held > 0
    assert {each["state"] for each in current} == {"queued"}
    assert not (town.folder / "mailbox" / "new").exists() or not any(
        (town.folder / "mailbox" / "new").iterdir()
    )


def test_the_check_is_clean_at_once_because_every_problem_has_a_reason(town, uow):
    ended = town.run("meetings", "check")
    assert (ended.returncode, ended.stdout) == (0, "")
    assert all_gaps(uow, invitation_policy(town.settings())) == []
    problems = problems_of(town)
    assert len(problems) >= 5  # and there was something to give a reason for


def problems_of(town):
    situations, required = town.folder / "situations.json", town.folder / "required.json"
    for arguments in (
        ("invitations", "situations", "--output", situations),
        ("invitations", "required", situations, "--output", required),
    ):
        ended = town.run(*arguments)
        assert ended.returncode == 0, ended.stderr
    results = json.loads(required.read_text("utf-8"))["results"]
    return [each for result in results for each in result["problems"]]


def test_its_configuration_is_complete_and_its_accounts_are_one_of_each_role(town):
    template = made(running_kind(town), SEED, PEOPLE, MEETINGS)
    settings = parse_settings((template.folder / "config.toml").read_text("utf-8"), {})
    assert settings.environment == "test"
    assert settings.database.url == template.url
    assert settings.mail.transport == "mailbox"
    assert settings.mail.mailbox == template.folder / "mailbox"
    accounts = json.loads((town.folder / "accounts.json").read_text("utf-8"))
    assert all(set(each) == {"role", "email", "password", "totp_secret"} for each in accounts)
    assert sorted(each["role"] for each in accounts) == sorted(Role)
    assert all(ADDRESS.fullmatch(each["email"]) for each in accounts)


def running_kind(town):
    return "sqlite" if town.url.startswith("sqlite") else "postgresql"


def test_something_is_left_for_a_visitor_to_take_up(uow):
    unscreened = select(func.count()).select_from(Concern).where(Concern.state == "submitted")
    unanswered = (
        select(func.count()).select_from(IdentityCheck).where(IdentityCheck.state == "open")
    )
    assert uow.session.scalar(unscreened) >= 3
    assert uow.session.scalar(unanswered) >= 1


def test_every_address_is_an_invented_one(uow):
    assert all(ADDRESS.fullmatch(each) for each in uow.session.scalars(select(Message.address)))


class TestAgain:
    """What a second county of the same words is, and where none is made."""

    pytestmark = pytest.mark.databases("sqlite")

    def test_the_same_words_and_clock_make_the_same_county_on_either_database(self, town, tmp_path):
        again = tmp_path / "again"
        ended = demo(again)
        assert ended.returncode == 0, ended.stderr
        template = made(running_kind(town), SEED, PEOPLE, MEETINGS)
        for name in ("people.csv", "accounts.json"):
            assert (again / name).read_bytes() == (template.folder / name).read_bytes()
        other = running.Running(again, f"sqlite:///{again / 'hub.db'}")
        other.write_config()
        ours, theirs = known_by(town), known_by(other)
        assert ours == theirs
        assert all(REFERENCE.fullmatch(each) for each in ours["references"])

    def test_a_folder_with_anything_in_it_is_refused_and_left_alone(self, tmp_path):
        (tmp_path / "mine.txt").write_text("mine", "utf-8")
        ended = demo(tmp_path)
        assert ended.returncode == 2
        assert ended.stderr.startswith("error: -: --dir: ")
        assert [each.name for each in tmp_path.iterdir()] == ["mine.txt"]

    def test_a_file_in_place_of_the_folder_is_refused(self, tmp_path):
        (tmp_path / "county").write_text("mine", "utf-8")
        assert demo(tmp_path / "county").returncode == 2

    @pytest.mark.parametrize("size", ["-1", "many", ""])
    def test_a_size_that_is_no_number_is_refused(self, tmp_path, size):
        sizes = ("--people", size, "--meetings", "1")
        ended = hub("demo", "--seed", "1", *sizes, "--dir", tmp_path / "new", now=STARTS_AT)
        assert ended.returncode == 2
        assert not (tmp_path / "new").exists()

    @pytest.mark.parametrize(
        ("given", "line"),
        [
            ("colour = 1", "line 1: colour: unknown setting"),
            ('[mail]\nmailbox = "/m"\nport = "x"', "line 3: mail.port: must be a whole number"),
            ("[mail", "not TOML"),
            ('environment = "demonstration"', "HUB_NOW: may be set in the test environment only"),
        ],
    )
    def test_a_given_configuration_with_a_fault_is_refused_with_its_line(
        self, tmp_path, given, line
    ):
        config = tmp_path / "given.toml"
        config.write_text(given, "utf-8")
        sizes = ("--people", "5", "--meetings", "1")
        new = tmp_path / "new"
        ended = hub("demo", "--seed", "1", *sizes, "--dir", new, now=STARTS_AT, config=config)
        assert ended.returncode == 2
        assert line in ended.stderr
        assert not new.exists()

    def test_a_database_that_is_not_empty_is_refused(self, town, tmp_path):
        given = tmp_path / "given.toml"
        mail = f'[mail]\nmailbox = "{tmp_path / "mailbox"}"\n'
        given.write_text(f'[database]\nurl = "{town.url}"\n{mail}', "utf-8")
        sizes = ("--people", "5", "--meetings", "1")
        new: Path = tmp_path / "new"
        ended = hub("demo", "--seed", "1", *sizes, "--dir", new, now=STARTS_AT, config=given)
        assert ended.returncode == 2
        assert "database.url" in ended.stderr


def demo(folder):
    sizes = ("--people", str(PEOPLE), "--meetings", str(MEETINGS))
    return hub("demo", "--seed", SEED, *sizes, "--dir", folder, now=STARTS_AT)


def known_by(town):
    """Return what a county is known by from outside: references, and who is invited to what."""
    with town.units() as units, units.read(HERE) as uow:
        references = [
            *uow.session.scalars(select(Meeting.reference).order_by(Meeting.starts_at)),
            *uow.session.scalars(select(Concern.reference).order_by(Concern.reference)),
            *uow.session.scalars(select(Person.reference).order_by(Person.reference)),
        ]
    invited = [json.dumps(each, sort_keys=True) for each in town.outgoing()]
    return {"references": references, "invited": sorted(invited)}
