"""What every room stands on, without Flask and without SQL: clock, days, errors, events, ids."""
