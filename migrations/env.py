"""What Alembic runs: on the one connection that it is handed, in the caller's transaction."""

from alembic import context

from migrations.metadata import METADATA, render_item

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    render_as_batch=True,  # SQLite changes a table by copying it
    render_item=render_item,
    compare_type=True,
    transactional_ddl=True,
    transaction_per_migration=False,
)
context.run_migrations()
