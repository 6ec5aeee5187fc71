"""The contact directory: agencies, offices, areas served, services, teams, contacts and cover."""
