"""What all rooms hold about a person, and who else is in their cases, for a pack."""

from hub.audit.looks import looks_at
from hub.marac.held_words import held_by_meetings
from hub.meetings.held_words import held_by_inviting
from hub.meetings.told_by_inviting import invited_about, told_by_inviting
from hub.referrals.held_words import held_in_concerns, others_in_concerns
from hub.sharing.held_words import held_here, kept_away_from
from hub.sharing.queries.held_about import PackSources
from hub.sharing.queries.log import LogSource

LOG_SOURCES: tuple[LogSource, ...] = (told_by_inviting, looks_at)
"""What rooms above know of who was told what about a person."""

PACK_SOURCES = PackSources(
    held=(held_here, held_by_inviting, held_in_concerns, held_by_meetings),
    log=LOG_SOURCES,
    around=(others_in_concerns, kept_away_from),
)

__all__ = ["LOG_SOURCES", "PACK_SOURCES", "invited_about"]
