"""Empty databases of either kind, for the references and for what starts from nothing."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from kit import postgres

KINDS = ("sqlite", "postgresql")


def lasting_commits() -> None:
    """Let PostgreSQL, which tests run without care for the disk, keep what it acknowledges."""
    postgres.SETTINGS.update(fsync="on", full_page_writes="on", synchronous_commit="on")


@contextmanager
def empty_database(kind: str) -> Iterator[str]:
    """Give the URL of a new, empty database; it goes with the block."""
    if kind == "sqlite":
        with TemporaryDirectory(prefix="hub-bench-") as folder:
            yield f"sqlite:///{Path(folder) / 'plain.db'}"
        return
    url = postgres.fresh_database()
    try:
        yield url
    finally:
        postgres.drop_database(url)
