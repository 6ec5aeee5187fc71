"""The rules of what is reported: quarters, what is counted, and what must not be passed on."""
