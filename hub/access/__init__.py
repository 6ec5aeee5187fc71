"""Accounts, roles, signing in, and the table of who may do what."""
