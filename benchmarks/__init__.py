"""Measurements of the hub's own parts; each module prints a table and none touches real data."""
