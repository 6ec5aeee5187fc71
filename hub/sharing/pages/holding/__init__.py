"""The pages of the agency that is asked: the list, one request, and what is done with it."""

from hub.sharing.pages.holding import acting, inbox, messages, releasing, reviewing, sheet, stuck
from hub.sharing.pages.holding.room import holding

__all__ = ["acting", "holding", "inbox", "messages", "releasing", "reviewing", "sheet", "stuck"]
