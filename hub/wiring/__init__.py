"""The one place that knows everybody; nobody below it knows anybody above them.

Its parts are imported by name, so that a command need not load the pages.
"""
