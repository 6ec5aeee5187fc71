"""Reads across rooms and writes nothing: what waits for me, and how we are doing."""
