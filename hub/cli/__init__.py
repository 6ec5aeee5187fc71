"""Commands for the people who run the hub; each module holds one family of commands."""
