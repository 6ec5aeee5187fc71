"""``python -m migrations.draft``: write the next revision from what the models say.

``python -m migrations.draft "Why"`` compares a throw-away database, climbed to the newest revision,
with the models and writes ``versions/NNNN_why.py``. ``--first`` writes 0001 anew from nothing; that
is for the time before the first release only, while no database with data exists. Read what it
wrote before you commit it, and format it: a renamed column looks to it like one dropped and another
added.
"""

import argparse
import re
import tempfile
from pathlib import Path

from alembic import command

from hub.db.engine import make_engine
from hub.db.keyring import Keyring
from hub.db.release import FOLDER, newest
from hub.db.upgrade import settings_of_steps, upgrade

VERSIONS = FOLDER / "versions"
FIRST = "0001"
NO_KEYS = Keyring(*[bytes(32)] * 5)
UP = "    append_only.install(op)\n"
DOWN = "    append_only.remove(op)\n"


def draft(message: str, *, first: bool) -> Path:
    """Write a revision and return its path."""
    if first:
        for old in VERSIONS.glob(f"{FIRST}_*.py"):
            old.unlink()
    number = FIRST if first else f"{int(newest()) + 1:04d}"
    with tempfile.TemporaryDirectory() as folder:
        engine = make_engine(f"sqlite:///{folder}/draft.db", NO_KEYS)
        if not first:
            upgrade(engine)
        with engine.begin() as connection:
            config = settings_of_steps()
            config.set_main_option("file_template", "%%(rev)s_%%(slug)s")
            config.attributes["connection"] = connection
            command.revision(config, message, autogenerate=True, rev_id=number)
        engine.dispose()
    path = next(VERSIONS.glob(f"{number}_*.py"))
    text = re.sub(r"    # ### .* ###\n", "", path.read_text())
    if first:
        text = _with_triggers(text)
    path.write_text(text)
    return path


def _with_triggers(text: str) -> str:
    """Add to the first revision what no model can say: the triggers of the trail."""
    text = text.replace(
        "from alembic import op\n", "from alembic import op\n\nfrom migrations import append_only\n"
    )
    above, below = text.split("\n\n\ndef downgrade() -> None:\n")
    return f"{above}\n{UP}\n\ndef downgrade() -> None:\n{DOWN}{below}"


def main() -> None:
    """Read the command line and write the revision."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("message", nargs="?", default="First")
    parser.add_argument("--first", action="store_true")
    given = parser.parse_args()
    print(draft(given.message, first=given.first))  # noqa: T201 - this is its answer


if __name__ == "__main__":
    main()
