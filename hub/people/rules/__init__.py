"""The register's rules: pure functions of frozen values and a London day."""
