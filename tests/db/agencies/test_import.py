"""A file of contacts is taken in whole or not at all, and twice is as good as once."""

import csv
import io

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from hub.agencies.commands.importing import (
    FileRefusedError,
    import_directory,
    import_upload,
    keep_upload,
    kept_upload,
    plan_import,
)
from hub.agencies.queries.export import export_directory
from hub.agencies.queries.search import search
from hub.agencies.rules.sheet import COLUMNS, guarded, write_sheet
from hub.audit.models import AuditEntry
from hub.kernel.actor import Actor, Role, system
from hub.kernel.errors import NotAllowedError, NotFoundError

HUB = system("test")
REFERRER = Actor(account_id=None, roles=frozenset({Role.REFERRER}), label="public")


def exported(units):
    with units.read(HUB) as uow:
        return export_directory(uow)


def take_in(units, text, **more):
    with units.write(HUB) as uow:
        return import_directory(text.encode(), uow=uow, **more)


def changed(text, column, name, value):
    """Return the file with one cell of the line of that name changed."""
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    for row in rows:
        if row["name"] == name:
            row[column] = value
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def test_the_example_directory_has_the_public_facts(directory, units):
    rows = {row["name"]: row for row in csv.DictReader(io.StringIO(exported(units), newline=""))}

    lincolnshire = rows["Lincolnshire Leaving Care Service"]
    assert lincolnshire["phone"] == "01522 575955"
    assert lincolnshire["email"] == "leavingcare@lincolnshire.gov.uk"
    assert (lincolnshire["agency"], lincolnshire["authority"]) == (
        "Barnardo\u2019s",
        "Lincolnshire County Council",
    )
    assert rows["Lincoln"]["postcode"] == "LN2 4JB"
    assert {"Lincoln", "Louth", "Sleaford", "Peterborough"} <= set(rows)
    assert rows["West Sussex Leaving Care Service"]["phone"] == "0330 222 2004"
    assert rows["West Sussex Advocacy Service"]["phone"] == "0330 222 8686"


def test_whatever_else_the_example_holds_is_invented(directory, units):
    for row in csv.DictReader(io.StringIO(exported(units), newline="")):
        real = row["agency"] in ("Barnardo\u2019s", "West Sussex County Council")
        if not real and row["email"]:
            assert row["email"].endswith("example.org")
        if not real and row["phone"]:
            assert row["phone"].startswith(("01632 960", "07700 900", "101"))


def test_taken_in_twice_there_are_the_same_rows(directory, units):
    before = directory.everything()

    plan = take_in(units, exported(units))

    assert (plan.added, plan.changed) == (0, 0)
    assert directory.everything() == before


def test_what_is_taken_out_is_the_same_after_it_was_taken_in(directory, units):
    first = exported(units)
    edited = changed(first, "phone", "Morgan Sample", "01632 960109")

    plan = take_in(units, edited)

    assert (plan.added, plan.changed) == (0, 1)
    assert exported(units) == edited


def test_a_changed_line_changes_one_row_and_says_so(directory, units):
    before = directory.everything()
    heard = []

    take_in(units, changed(exported(units), "email", "Jo Specimen", "jo.s@council.example.org"))

    after = directory.everything()
    assert [t for t in before if before[t] != after[t]] == ["contact"]
    assert len(before["contact"]) == len(after["contact"])
    with units.read(HUB) as uow:
        heard = set(uow.session.scalars(select(AuditEntry.verb)))
    assert {"ContactSaved", "DirectoryImported"} <= heard or {
        "ContactSaved",
        "DirectoryImported",
    } <= heard


@pytest.mark.parametrize(
    ("column", "name", "value", "words"),
    [
        ("phone", "Morgan Sample", "07700 900999", "mobile"),
        ("email", "Jo Specimen", "jo@gmail.com", "private e-mail"),
        ("service", "Jo Specimen", "No such service", "no service of this name"),
        ("team", "Jo Specimen", "South", "no team of this name"),
        ("office", "Jo Specimen", "Moon", "no office of this name"),
        ("deputy", "Ashley Placeholder", "Nobody", "Nobody in this agency"),
        ("deputy", "Ashley Placeholder", "Ashley Placeholder", "own deputy"),
        ("deputy", "Ashley Placeholder", "Frankie Instance", "same service"),
        ("public", "Jo Specimen", "yes", "never a named member of staff"),
        ("public", "Examplefield Refuge", "yes", "refuge is never shown"),
        ("public", "Examplefield MARAC", "yes", "MARAC contacts are never shown"),
        ("public", "House", "yes", "refuge is never shown"),
        ("authority", "Lincolnshire Leaving Care Service", "Atlantis", "no agency of this name"),
        ("manager", "North", "Nobody", "Nobody in this agency"),
        ("hours", "Examplefield Housing Options", "sometimes", "Enter hours like"),
        ("works_until", "Jo Specimen", "2026-13-01", "YYYY-MM-DD"),
        ("checked_on", "Jo Specimen", "2027-01-01", "not in the future"),
        ("role", "Jo Specimen", "boss", "one of duty_desk"),
    ],
)
def test_one_wrong_cell_changes_nothing_and_is_named(directory, units, column, name, value, words):
    text = exported(units)
    wrong = changed(changed(text, "phone", "Kim Pattern", "01632 960777"), column, name, value)
    before = directory.everything()
    line = [row["name"] for row in csv.DictReader(io.StringIO(text, newline=""))].index(name) + 2

    with pytest.raises(FileRefusedError) as refused:
        take_in(units, wrong)

    found = [(fault.line, fault.column) for fault in refused.value.faults]
    assert (line, column) in found
    assert words in next(f.why for f in refused.value.faults if f.column == column)
    assert directory.everything() == before
    with units.read(HUB) as uow:
        assert search(uow, "Kim Pattern").contacts[0].phone == "01632 960152"


def test_a_fault_in_one_line_makes_no_faults_in_the_lines_that_need_it(directory, units):
    wrong = changed(exported(units), "kind", "Examplefield Refuge", "nonsense")

    with pytest.raises(FileRefusedError) as refused:
        take_in(units, wrong)

    assert [fault.column for fault in refused.value.faults] == ["kind"]


def test_a_name_that_two_people_have_is_asked_for_with_the_role(directory, units):
    line = {
        "entry": "contact",
        "agency": "Examplefield Council (invented)",
        "service": "Examplefield Leaving Care Service",
        "name": "Jo Specimen",
        "role": "team_manager",
        "phone": "01632 960108",
    }
    take_in(units, write_sheet([line]))
    text = exported(units)

    assert "Jo Specimen [leaving_care_worker]" in text
    assert take_in(units, text).changed == 0
    with pytest.raises(FileRefusedError, match="Several people have this name"):
        take_in(units, text.replace("Jo Specimen [leaving_care_worker]", "Jo Specimen"))


def test_a_dangerous_cell_goes_out_safely_and_comes_back_as_it_was(directory, units):
    name = "=HYPERLINK(1)"
    text = changed(exported(units), "description", "Examplefield Housing Options", guarded(name))
    take_in(units, text)

    again = exported(units)
    assert f",'{name}," in again
    assert take_in(units, again).changed == 0


def test_progress_is_told_to_the_end(directory, units):
    told = []

    take_in(
        units,
        exported(units).replace("@council.example.org", "@council2.example.org"),
        progress=lambda done, of: told.append((done, of)),
    )

    assert told[-1][0] == told[-1][1] > 0


def test_an_upload_is_its_owners_for_a_day_and_is_taken_in_once(directory, units, clock):
    coordinator = directory.coordinator
    other = Actor(account_id=directory.service, roles=frozenset({Role.COORDINATOR}))
    text = changed(exported(units), "phone", "Kim Pattern", "01632 960777").encode()
    with units.write(coordinator) as uow:
        first, second = keep_upload(text, uow=uow), keep_upload(text, uow=uow)

    with units.read(other) as uow, pytest.raises(NotFoundError):
        kept_upload(first, uow=uow)
    with units.write(coordinator) as uow:
        assert import_upload(first, uow=uow).changed == 1
    with units.write(coordinator) as uow, pytest.raises(NotFoundError):
        import_upload(first, uow=uow)
    clock.advance(days=1, seconds=1)
    with units.read(coordinator) as uow, pytest.raises(NotFoundError):
        kept_upload(second, uow=uow)


def test_who_may_not_import_may_not_even_ask(directory, units):
    with units.read(REFERRER) as uow, pytest.raises(NotAllowedError):
        plan_import(b"", uow=uow)
    with units.read(REFERRER) as uow, pytest.raises(NotAllowedError):
        export_directory(uow)


def test_queries_do_not_grow_with_the_lines(directory, units, counted):
    def lines(number):
        return write_sheet(
            {
                "entry": "contact",
                "agency": "Examplefield Council (invented)",
                "name": f"Person {each}",
                "role": "idva",
                "phone": "01632 960001",
            }
            for each in range(number)
        ).encode()

    with units.read(HUB) as uow, counted() as few:
        plan_import(lines(2), uow=uow)
    with units.read(HUB) as uow, counted() as many:
        plan_import(lines(400), uow=uow)

    assert len(few) == len(many) <= 12


CELLS = st.one_of(
    st.sampled_from(["", "yes", "no", "01632 960001", "duty_desk", "2026-01-01", "=1", "x"]),
    st.text(max_size=12),
)


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(st.lists(st.fixed_dictionaries(dict.fromkeys(COLUMNS, CELLS)), max_size=3))
def test_whatever_the_cells_hold_it_is_all_or_nothing(directory, units, lines):
    before = directory.everything()
    text = write_sheet([*lines, {"entry": "agency", "agency": "Certainly wrong", "kind": "?"}])

    with pytest.raises(FileRefusedError):
        take_in(units, text)

    assert directory.everything() == before
