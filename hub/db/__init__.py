"""The database: one URL, two engines, portable types, and the only commit."""
