"""Concerns: drafted a question at a time, submitted, screened, and answered to the referrer."""
