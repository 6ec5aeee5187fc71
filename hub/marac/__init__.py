"""The MARAC cycle on top of meetings: series, listing, slots, agenda."""
