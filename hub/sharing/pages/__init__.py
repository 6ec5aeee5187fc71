"""The pages of the register of agreements."""

from hub.sharing.pages import editing, showing
from hub.sharing.pages.room import sharing

__all__ = ["editing", "sharing", "showing"]
