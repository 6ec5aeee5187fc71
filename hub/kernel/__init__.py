"""What every room stands on, without Flask and without SQL: the clock, days, errors, events, ids."""
