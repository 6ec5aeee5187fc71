"""A made-up county: people, workers, concerns and meetings that nobody could take for real."""
