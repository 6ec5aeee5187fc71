"""The rows of the decision table by theme, each with its own conditions beside it."""
