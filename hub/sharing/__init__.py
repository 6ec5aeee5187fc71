"""May this be shared, with whom and on what basis: agreements and the decisions made under them."""
