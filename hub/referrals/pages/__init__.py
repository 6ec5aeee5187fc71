"""The pages of concerns. Importing them hangs them on the room's blueprint."""

from hub.referrals.pages import concern, finish, keeping, lists, own, people, questions, staff
from hub.referrals.pages.blueprint import pages

__all__ = ["concern", "finish", "keeping", "lists", "own", "pages", "people", "questions", "staff"]
