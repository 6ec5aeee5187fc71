"""The register of care-experienced people, and who is meant by a concern."""
