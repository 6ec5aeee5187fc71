"""The pages of concerns. Importing them hangs them on the room's blueprint."""

from hub.referrals.pages import concern, finish, lists, own, people, questions
from hub.referrals.pages.blueprint import pages

__all__ = ["concern", "finish", "lists", "own", "pages", "people", "questions"]
