"""Triggers that keep rows as they were written: those of the audit trail, and of other records.

An entry of the trail is neither changed nor deleted; a record that is kept is not changed.

They stop mistakes and injected SQL; somebody who may drop triggers is found by the chain instead.
"""

from typing import Any, Protocol

from sqlalchemy import Connection


class Steps(Protocol):
    """What of Alembic's operations is used: its module ``op``, or an object of its own."""

    def get_bind(self) -> Connection:
        """Return the connection."""
        ...

    def execute(self, sqltext: str) -> Any:  # noqa: ANN401 - Alembic answers None, we do not ask
        """Run a statement."""
        ...


REFUSAL = "the audit trail is append-only"
KEPT = (
    "consent",
    "equality_answer",
    "pack_given",
    "repeat_decision",
    "return_edition",
    "subject_verdict",
)
"""The tables in which a new row is set behind the old ones and none is ever changed."""


def install(op: Steps) -> None:
    """Make UPDATE and DELETE of entries, and DELETE of the head, fail."""
    if op.get_bind().dialect.name == "sqlite":
        for name, when, table in (
            ("audit_entry_update", "UPDATE", "audit_entry"),
            ("audit_entry_delete", "DELETE", "audit_entry"),
            ("audit_head_delete", "DELETE", "audit_head"),
        ):
            op.execute(
                f"CREATE TRIGGER {name} BEFORE {when} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
            )
        return
    op.execute(
        "CREATE FUNCTION refuse_audit_change() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{REFUSAL}'; END $$"
    )
    for name, when, table in (
        ("audit_entry_change", "UPDATE OR DELETE OR TRUNCATE", "audit_entry"),
        ("audit_head_delete", "DELETE OR TRUNCATE", "audit_head"),
    ):
        op.execute(
            f"CREATE TRIGGER {name} BEFORE {when} ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_change()"
        )


def keep(op: Steps, table: str) -> None:
    """Make UPDATE of a table's rows fail.

    A later revision that makes the table anew, as SQLite must to change a column, says it again.
    """
    refusal = f"the rows of {table} are append-only"
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            f"CREATE TRIGGER {table}_update BEFORE UPDATE ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{refusal}'); END"
        )
        return
    op.execute(
        f"CREATE FUNCTION refuse_{table}_update() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{refusal}'; END $$"
    )
    op.execute(
        f"CREATE TRIGGER {table}_update BEFORE UPDATE ON {table} "
        f"FOR EACH STATEMENT EXECUTE FUNCTION refuse_{table}_update()"
    )


def let_go(op: Steps, table: str) -> None:
    """Take the trigger of ``keep`` away, whether the table goes or stays."""
    if op.get_bind().dialect.name == "sqlite":
        op.execute(f"DROP TRIGGER {table}_update")
        return
    op.execute(f"DROP TRIGGER {table}_update ON {table}")
    op.execute(f"DROP FUNCTION refuse_{table}_update()")


def remove(op: Steps) -> None:
    """Take the triggers away, before the tables go."""
    if op.get_bind().dialect.name == "sqlite":
        return  # a table takes its triggers with it
    op.execute("DROP TRIGGER audit_entry_change ON audit_entry")
    op.execute("DROP TRIGGER audit_head_delete ON audit_head")
    op.execute("DROP FUNCTION refuse_audit_change()")
