"""The history of the schema, one numbered step after another, on SQLite and PostgreSQL alike."""
