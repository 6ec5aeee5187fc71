"""The pages of the directory: for everybody, for people signed in, for editors, and for files."""

from hub.agencies.pages import directory, editing, people, public, suspending, transfer
from hub.agencies.pages.blueprint import PUBLIC_ENDPOINTS, pages

__all__ = [
    "PUBLIC_ENDPOINTS",
    "directory",
    "editing",
    "pages",
    "people",
    "public",
    "suspending",
    "transfer",
]
