"""Triggers that keep the audit trail append-only: an entry is neither changed nor deleted.

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


def remove(op: Steps) -> None:
    """Take the triggers away, before the tables go."""
    if op.get_bind().dialect.name == "sqlite":
        return  # a table takes its triggers with it
    op.execute("DROP TRIGGER audit_entry_change ON audit_entry")
    op.execute("DROP TRIGGER audit_head_delete ON audit_head")
    op.execute("DROP FUNCTION refuse_audit_change()")
