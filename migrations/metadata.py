"""What the models say the schema should be, and how their types are written in a revision."""

import importlib
from pathlib import Path
from typing import Literal

import hub
from hub.db.base import Base
from hub.db.types import SealedDate, SealedText, UtcInstant

for _models in sorted(Path(hub.__file__).parent.glob("*/models*")):  # a file or a package
    importlib.import_module(f"hub.{_models.parent.name}.models")

METADATA = Base.metadata

WRITTEN_AS = {
    UtcInstant: "sa.DateTime(timezone=True)",
    SealedText: "sa.LargeBinary()",
    SealedDate: "sa.LargeBinary()",
}
"""A revision must not change when the house's own types do, so it names what they are made of."""


def render_item(kind: str, item: object, _: object) -> str | Literal[False]:
    """Return how an item is written in a revision; False leaves it to Alembic."""
    return WRITTEN_AS.get(type(item), False) if kind == "type" else False
