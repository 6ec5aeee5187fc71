"""The step to versions of agreements carries what was agreed before, both ways."""

from uuid import uuid4

import pytest
from sqlalchemy import bindparam, text
from sqlalchemy.types import Uuid

from hub.db.engine import make_engine, writing
from hub.db.upgrade import downgrade, upgrade
from kit.hub import TEST_KEYS

AGENCY, OWNER = uuid4(), uuid4()
BEFORE, AFTER = "0008", "0009"


@pytest.fixture
def engine(database_url):
    made = make_engine(database_url, TEST_KEYS)
    upgrade(made, to=BEFORE)
    yield made
    made.dispose()


def put(connection, statement, **values):
    ids = [bindparam(name, type_=Uuid()) for name, value in values.items() if hasattr(value, "hex")]
    connection.execute(text(statement).bindparams(*ids), values)


def load(engine, status):
    agreement = uuid4()
    with writing(engine).begin() as connection:
        put(
            connection,
            "INSERT INTO agency (id, name, kind, version) VALUES (:id, :name, 'police', 1)",
            id=(agency := uuid4()),
            name=f"Agency of {status}",
        )
        put(
            connection,
            "INSERT INTO agreement (id, reference, title, status, starts_on, review_on, owner_id,"
            " version) VALUES (:id, :reference, 'Old', :status, '2026-01-01', '2026-12-01', :owner,"
            " 7)",
            id=agreement,
            reference=f"AGR-{status}",
            status=status,
            owner=OWNER,
        )
        put(
            connection,
            "INSERT INTO agreement_party (agreement_id, agency_id, role, signed_on)"
            " VALUES (:agreement, :agency, 'controller', '2026-01-01')",
            agreement=agreement,
            agency=agency,
        )
        put(
            connection,
            "INSERT INTO agreement_purpose (agreement_id, purpose) VALUES (:agreement, 'support')",
            agreement=agreement,
        )
        for category, rule in (("existence", "permitted"), ("health", "approval")):
            put(
                connection,
                "INSERT INTO agreement_category (agreement_id, category, rule)"
                " VALUES (:agreement, :category, :rule)",
                agreement=agreement,
                category=category,
                rule=rule,
            )
        put(
            connection,
            "INSERT INTO agreement_gateway (id, agreement_id, statute, kind)"
            " VALUES (:id, :agreement, 'Some Act', 'power')",
            id=uuid4(),
            agreement=agreement,
        )
    return agreement


def rows(engine, query):
    with engine.connect() as connection:
        return [tuple(row) for row in connection.execute(text(query))]


def test_what_was_agreed_stays_agreed(engine):
    for status in ("in_force", "suspended", "draft"):
        load(engine, status)

    upgrade(engine, to=AFTER)

    assert rows(
        engine, "SELECT status, number, supersedes_id, superseded_on FROM agreement ORDER BY status"
    ) == [("draft", 1, None, None), ("in_force", 1, None, None), ("suspended", 1, None, None)]
    assert set(rows(engine, "SELECT category, to_service, to_asker FROM agreement_category")) == {
        ("existence", "permitted", "permitted"),
        ("health", "approval", "approval"),
    }
    assert len(rows(engine, "SELECT 1 FROM agreement_party WHERE signed_on IS NOT NULL")) == 3
    assert len(rows(engine, "SELECT 1 FROM agreement_gateway WHERE direction = 'both'")) == 3
    assert len(rows(engine, "SELECT 1 FROM agreement_writer")) == 3
    assert rows(engine, "SELECT DISTINCT subjects FROM agreement") == [
        ("victim alleged_perpetrator child witness family worker",)
    ]


def test_the_way_back_keeps_every_version(engine):
    first = load(engine, "in_force")
    upgrade(engine, to=AFTER)
    with writing(engine).begin() as connection:
        put(
            connection,
            "INSERT INTO agreement (id, reference, number, supersedes_id, title, status, starts_on,"
            " review_on, version) VALUES (:id, 'AGR-in_force', 2, :first, 'New', 'draft',"
            " '2026-01-01', '2026-12-01', 1)",
            id=uuid4(),
            first=first,
        )

    downgrade(engine, to=BEFORE)

    assert rows(engine, "SELECT reference FROM agreement ORDER BY reference") == [
        ("AGR-in_force",),
        ("AGR-in_force version 2",),
    ]
    assert set(rows(engine, "SELECT category, rule FROM agreement_category")) == {
        ("existence", "permitted"),
        ("health", "approval"),
    }
