"""The pages of a person's rights."""

from hub.sharing.pages.rights import access, correcting, log, pack
from hub.sharing.pages.rights.log import rights_panel
from hub.sharing.pages.rights.room import rights

__all__ = ["access", "correcting", "log", "pack", "rights", "rights_panel"]
