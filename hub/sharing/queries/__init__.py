"""What this room tells: the rooms above ask here where agencies stand with their agreements."""

from hub.sharing.queries.standings import standings, terms_between
from hub.sharing.register.standing import NOBODY_BOUND, Asked, Standing

__all__ = ["NOBODY_BOUND", "Asked", "Standing", "standings", "terms_between"]
