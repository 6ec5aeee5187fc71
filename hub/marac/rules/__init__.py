"""What follows from what, in the MARAC cycle: pure functions of frozen values."""
