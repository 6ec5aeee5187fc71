"""What an asker is asked: a form for each page, read for a page, a draft and a JSON body alike."""

from hub.sharing.schemas.requests.reader import AskReader, Lists, page_options
from hub.sharing.schemas.requests.shapes import SHAPES, holder_choice, plain

__all__ = ["SHAPES", "AskReader", "Lists", "holder_choice", "page_options", "plain"]
