"""A field that only a concern asks for: the area, by its id or its name."""

from collections.abc import Iterable
from typing import Any

from typing_extensions import override

from hub.web.fields import Choice
from hub.web.values import Option


class AreaChoice(Choice):
    """An area by its id, or by its name in a JSON body."""

    def set_areas(self, areas: Iterable[Option]) -> None:
        """Say which areas there are."""
        self.options = tuple(areas)

    @override
    def _deserialize(self, value: object, attr: str | None, data: Any, **kwargs: Any) -> Any:
        by_name = {option.label.casefold(): option.value for option in self.options}
        if isinstance(value, str):
            value = by_name.get(value.strip().casefold(), value)
        return super()._deserialize(value, attr, data, **kwargs)
