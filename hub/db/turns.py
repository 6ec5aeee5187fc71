"""Names of what only one unit does at a time (``UnitOfWork.alone``), where rooms must agree."""

INVITATIONS = "invitations"
"""Whoever decides who is invited reads meetings, cases and people, and then writes."""
