"""The shapes of this room's forms."""
