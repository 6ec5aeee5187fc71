"""The hub: it puts a care-experienced young person's named leaving care worker in the room."""

VERSION = "0.1.0"
"""The release; the same stands in ``pyproject.toml``."""
