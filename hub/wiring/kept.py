"""What is kept and disposed of as one, of all rooms."""

from hub.marac.keeping import CONCERNS
from hub.sharing.queries.keeping import KeptSource
from hub.sharing.queries.kept_sources import OWN_SOURCES

KEPT_SOURCES: tuple[KeptSource, ...] = (*OWN_SOURCES, CONCERNS)
