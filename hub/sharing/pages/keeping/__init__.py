"""The pages on which an agency decides what is kept, and for how long."""

from hub.sharing.pages.keeping import records, rules
from hub.sharing.pages.keeping.room import keeping

__all__ = ["keeping", "records", "rules"]
