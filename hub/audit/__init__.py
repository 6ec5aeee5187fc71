"""The trail of changes and of looks: append-only, and chained so that tampering shows."""
