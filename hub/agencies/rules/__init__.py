"""The directory's rules: pure functions of frozen values, with today as an argument."""
