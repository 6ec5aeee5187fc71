"""What this room tells: the rooms above ask here where services stand with their agreements."""

from hub.sharing.queries.standings import Standing, standings

__all__ = ["Standing", "standings"]
