"""What is kept and disposed of as one, of all rooms."""

from hub.marac.keeping import CONCERNS
from hub.sharing.queries.keeping import OWN_SOURCES, KeptSource

KEPT_SOURCES: tuple[KeptSource, ...] = (*OWN_SOURCES, CONCERNS)
