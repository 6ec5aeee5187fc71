"""The trail: what a unit says is chained, and whatever is done to it later is found and named."""

import json
import random
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from uuid import UUID, uuid4

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from hub.audit.anchor import AnchorError, anchor, drop_anchor, read_anchor
from hub.audit.verify import verify
from hub.db.engine import writing
from hub.db.looks import look
from hub.kernel.actor import Actor, Role, system
from hub.kernel.events import Event

KEY_FIELDS = ("at", "actor", "verb", "subject_kind", "subject_id", "facts", "previous", "mark")


@dataclass(frozen=True, kw_only=True)
class Happened(Event):
    """Something that only these tests do."""

    thing_id: UUID
    how: str = "well"


WHO = Actor(account_id=UUID(int=7), roles=frozenset({Role.CHAIR}), label="account")


def happen(units, times=1, actor=WHO):
    with units.write(actor) as uow:
        for _ in range(times):
            uow.emit(Happened(thing_id=uuid4()))


@pytest.fixture
def trail(units):
    """A trail of ten entries, written by units of different length."""
    for times in (1, 3, 1, 5):
        happen(units, times)
    return units


@pytest.fixture
def check(units, keyring):
    def run(anchored=None):
        return verify(units.engine, keyring.audit, anchored)

    return run


@pytest.fixture
def tamper(units, settings):
    """Run statements as somebody who owns the database and has taken the triggers away."""

    def run(*statements, **values):
        with writing(units.engine).begin() as connection:
            if settings.database.url.startswith("postgresql"):
                connection.execute(text("ALTER TABLE audit_entry DISABLE TRIGGER ALL"))
                connection.execute(text("ALTER TABLE audit_head DISABLE TRIGGER ALL"))
            else:
                for name in ("audit_entry_update", "audit_entry_delete", "audit_head_delete"):
                    connection.execute(text(f"DROP TRIGGER IF EXISTS {name}"))
            for statement in statements:
                connection.execute(text(statement), values)

    return run


def rows(units):
    with units.engine.connect() as connection:
        return connection.execute(text("SELECT * FROM audit_entry ORDER BY number")).all()


def test_an_empty_trail_is_whole(check):
    assert (check().number, check().bad) == (0, None)


def test_a_unit_that_says_nothing_writes_nothing(units, check):
    with units.write(WHO):
        pass
    assert check().number == 0


def test_entries_say_who_when_what_about_what(units, trail):
    first = rows(units)[0]
    assert (first.number, first.at, first.actor) == (1, "2026-06-01T09:00:00Z", "account")
    assert UUID(str(first.account_id)) == WHO.account_id
    assert (first.verb, first.subject_kind) == ("Happened", "thing")
    assert json.loads(first.facts) == {"thing_id": first.subject_id, "how": "well"}
    assert [row.number for row in rows(units)] == list(range(1, 11))


def test_a_whole_trail_is_whole(trail, check):
    found = check()
    assert (found.number, found.bad) == (10, None)
    assert found.head == rows(trail)[-1].mark


def test_a_look_is_in_the_trail_before_anything_is_shown(units, check):
    look(units, WHO, "person", [uuid4(), uuid4()])
    assert [(row.verb, row.subject_kind) for row in rows(units)] == [("Looked", "person")] * 2


def test_a_unit_that_fails_leaves_no_entry(units, check):
    with pytest.raises(ZeroDivisionError), units.write(WHO) as uow:
        uow.emit(Happened(thing_id=uuid4()))
        1 / 0  # noqa: B018 - anything that raises
    assert check().number == 0


@pytest.mark.parametrize("field", [*KEY_FIELDS, "account_id"])
def test_an_altered_field_is_found(trail, check, tamper, field):
    value = "00000000000000000000000000000009" if field == "account_id" else "forged"
    tamper(f"UPDATE audit_entry SET {field} = :value WHERE number = 4", value=value)
    assert check().bad == 4


@pytest.mark.databases("sqlite")
@pytest.mark.parametrize("value", ["x'ff00'", "cast(x'ff00' as text)", "7"])
@pytest.mark.parametrize("field", ["account_id", "facts", "mark"])
def test_a_field_that_is_no_text_is_found(trail, check, tamper, field, value):
    tamper(f"UPDATE audit_entry SET {field} = {value} WHERE number = 4")
    assert check().bad == 4


@pytest.mark.databases("sqlite")
def test_a_number_that_is_none_is_found(trail, check, tamper):
    tamper("UPDATE audit_entry SET number = 'four' WHERE number = 4")
    assert (check().bad, check().why) == (4, "missing")


def test_an_actor_taken_away_is_found(trail, check, tamper):
    tamper("UPDATE audit_entry SET account_id = NULL WHERE number = 6")
    assert check().bad == 6


@pytest.mark.parametrize("number", [1, 5, 9])
def test_a_removed_entry_is_found(trail, check, tamper, number):
    tamper(f"DELETE FROM audit_entry WHERE number = {number}")
    assert (check().bad, check().why) == (number, "missing")


def test_a_gap_closed_by_counting_anew_is_found(trail, check, tamper):
    tamper("DELETE FROM audit_entry WHERE number = 5")
    for number in range(6, 11):
        tamper(f"UPDATE audit_entry SET number = {number - 1} WHERE number = {number}")
    assert check().bad == 5


def test_swapped_entries_are_found(trail, check, tamper):
    tamper(
        "UPDATE audit_entry SET number = 99 WHERE number = 3",
        "UPDATE audit_entry SET number = 3 WHERE number = 4",
        "UPDATE audit_entry SET number = 4 WHERE number = 99",
    )
    assert check().bad == 3


def test_an_added_entry_is_found(trail, check, tamper):
    columns = "at, account_id, actor, verb, subject_kind, subject_id, facts, previous, mark"
    tamper(
        f"INSERT INTO audit_entry (number, {columns}) "
        f"SELECT 11, {columns} FROM audit_entry WHERE number = 10"
    )
    assert check().bad == 11


def test_a_cut_end_is_found(trail, check, tamper):
    tamper("DELETE FROM audit_entry WHERE number > 7")
    assert (check().bad, check().why) == (8, "missing")


def test_a_cut_end_with_a_head_to_match_is_found(trail, check, tamper):
    mark = rows(trail)[6].mark
    tamper("DELETE FROM audit_entry WHERE number > 7")
    tamper("UPDATE audit_head SET number = 7, mark = :mark", mark=mark)
    assert (check().bad, check().why) == (7, "the head was altered")


def test_a_cut_end_with_the_old_head_put_back_is_found_by_the_anchor(
    units, check, tamper, keyring, settings
):
    happen(units, 3)
    with units.engine.connect() as connection:
        old = connection.execute(text("SELECT number, mark, seal FROM audit_head")).one()
    happen(units, 4)
    anchor(units, settings.data_dir, keyring.audit)

    tamper("DELETE FROM audit_entry WHERE number > 3")
    tamper("UPDATE audit_head SET number = :number, mark = :mark, seal = :seal", **old._asdict())

    assert check().bad is None  # the database alone is a whole, shorter trail
    found = check(read_anchor(settings.data_dir, keyring.audit))
    assert (found.bad, found.why) == (4, "missing: it was anchored")


def test_a_head_taken_away_is_found(trail, check, tamper):
    tamper("DELETE FROM audit_head")
    assert (check().bad, check().why) == (10, "the chain has no head")


def test_everything_taken_away_is_found(trail, check, tamper):
    tamper("DELETE FROM audit_entry")
    assert check().bad == 1


def test_a_trail_under_another_key_is_not_ours(trail):
    assert verify(trail.engine, b"another key", None).bad == 1


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_entry SET actor = 'x' WHERE number = 1",
        "DELETE FROM audit_entry WHERE number = 1",
        "DELETE FROM audit_head",
    ],
)
def test_the_database_itself_refuses_to_change_the_trail(trail, statement):
    with (
        pytest.raises(DatabaseError, match="append-only"),
        writing(trail.engine).begin() as connection,
    ):
        connection.execute(text(statement))


@pytest.mark.databases("postgresql")
def test_the_trail_cannot_be_emptied_at_a_stroke(trail):
    with (
        pytest.raises(DatabaseError, match="append-only"),
        writing(trail.engine).begin() as connection,
    ):
        connection.execute(text("TRUNCATE audit_entry"))


def test_every_single_mutation_is_found_at_the_first_bad_entry(trail, check, tamper):
    """One character of one field of one entry, a hundred times over, each put back afterwards."""
    chance = random.Random(20260601)
    for _ in range(100):
        row = chance.choice(rows(trail))
        field = chance.choice(KEY_FIELDS)
        before = getattr(row, field)
        at = chance.randrange(len(before))
        after = before[:at] + chr(33 + (ord(before[at]) - 32) % 90) + before[at + 1 :]
        change = f"UPDATE audit_entry SET {field} = :value WHERE number = {row.number}"
        tamper(change, value=after)
        assert check().bad == row.number, (field, before, after)
        tamper(change, value=before)
    assert check().bad is None


# --- The anchor ---


def test_the_anchor_goes_forward_only(units, keyring, settings):
    happen(units, 2)
    anchor(units, settings.data_dir, keyring.audit)
    kept = read_anchor(settings.data_dir, keyring.audit)
    assert kept.number == 2
    drop_anchor(settings.data_dir, keyring.audit, 1, "a shorter trail")
    assert read_anchor(settings.data_dir, keyring.audit) == kept


def test_another_entry_in_the_anchored_place_is_found(trail, check, keyring, settings):
    drop_anchor(settings.data_dir, keyring.audit, 4, "the mark of an entry that was there")
    found = check(read_anchor(settings.data_dir, keyring.audit))
    assert (found.bad, found.why) == (4, "is not the entry that was anchored")


@pytest.mark.parametrize("change", [("2", "3"), ("{", "[")])
def test_an_altered_anchor_is_not_believed(units, keyring, settings, change):
    happen(units, 2)
    anchor(units, settings.data_dir, keyring.audit)
    path = settings.data_dir / "audit.anchor"
    path.write_text(path.read_text().replace(*change, 1))
    with pytest.raises(AnchorError):
        read_anchor(settings.data_dir, keyring.audit)


def test_no_entries_drop_no_anchor(units, keyring, settings):
    anchor(units, settings.data_dir, keyring.audit)
    assert read_anchor(settings.data_dir, keyring.audit) is None


# --- Writers at the same time ---


def test_many_writers_leave_one_chain(units, check):
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda _: happen(units, 2, system("writer")), range(40)))
    assert (check().number, check().bad) == (80, None)
