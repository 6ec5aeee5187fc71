"""Which tables lose rows with a record that goes, read from the schema itself."""

import pytest

from hub.sharing.rules.retention import RecordKind
from hub.wiring.kept import KEPT_SOURCES
from migrations.metadata import METADATA

PERSON, CONCERN = RecordKind.PERSON, RecordKind.CONCERN
BESIDE = {"concern": ("agenda_issue",)}
"""What goes with a record besides, though nothing in the schema says so."""


@pytest.mark.databases("sqlite")
def test_every_table_that_refers_to_what_goes_is_named_or_stops_it(engine):
    """A table that joins the house must be put to what goes, or into this list with a reason."""
    stopping = {
        # a person's place in a case is the case's, and goes with it
        "person": {"item_person"},
        "information_request": set(),
        # a request's question who is meant is never a concern's
        "concern": {"information_request"},
        # what was decided under an agreement keeps it
        "agreement": {
            *("agreement", "disclosure", "sharing_decision", "disclosure_decision"),
        },
    }
    roots = {
        PERSON: "person",
        RecordKind.REQUEST: "information_request",
        CONCERN: "concern",
        RecordKind.AGREEMENT: "agreement",
    }
    for source in KEPT_SOURCES:
        if source.kind not in roots:
            continue
        root = roots[source.kind]
        seen, todo, stops = set(), [root, *BESIDE.get(root, ())], set()
        while todo:
            name = todo.pop()
            for table in METADATA.sorted_tables:
                refers = any(key.column.table.name == name for key in table.foreign_keys)
                refers = refers or any(
                    (one.table, one.to) == (table.name, name) for one in source.refers
                )
                if not refers or table.name in seen:
                    continue
                if table.name in source.may:
                    seen.add(table.name)
                    todo.append(table.name)
                else:
                    stops.add(table.name)
        assert stops == stopping[root], root
