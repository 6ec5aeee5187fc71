"""Reading what a program sends: strictly, and always with an answer that says what is wrong."""

import json
import unicodedata
from collections.abc import Iterator
from typing import Any, NoReturn

from flask import Request
from marshmallow import RAISE, Schema, ValidationError
from typing_extensions import override
from webargs.flaskparser import FlaskParser, abort

from hub.api.problems import WHOLE

NOT_JSON = "Must be JSON in UTF-8."
TOO_MUCH = "Must be JSON with less depth and shorter numbers."
UNPRINTABLE = "Has a character that cannot be printed."
LINE_ENDS = frozenset("\n\r\t")


class StrictParser(FlaskParser):
    """Refuses unknown fields everywhere, and a body that is no JSON as bad input."""

    DEFAULT_UNKNOWN_BY_LOCATION = {"json": RAISE, "query": RAISE}  # noqa: RUF012 - webargs' form

    @override
    def load_json(self, req: Request, schema: Schema) -> Any:
        try:
            data = super().load_json(req, schema)
        except (RecursionError, ValueError):  # nested too deep, or a number of thousands of digits
            _refuse({WHOLE: [TOO_MUCH]})
        if wrong := {path: [UNPRINTABLE] for path in unprintable_in(data)}:
            _refuse(wrong)
        return data

    @override
    def _handle_invalid_json_error(
        self,
        error: json.JSONDecodeError | UnicodeDecodeError,
        req: Request,
        *args: Any,
        **kwargs: Any,
    ) -> NoReturn:
        _refuse({WHOLE: [NOT_JSON]})


def unprintable_in(data: object) -> Iterator[str]:
    """Yield the path of each text with a control character or half a character.

    No database keeps the one and no file in UTF-8 can hold the other. Line ends and tabs are fine.
    """
    waiting: list[tuple[str, object]] = [("", data)]
    while waiting:
        path, value = waiting.pop()
        if isinstance(value, str):
            if any(unicodedata.category(each) in {"Cc", "Cs"} for each in set(value) - LINE_ENDS):
                yield path or WHOLE
        elif isinstance(value, dict):
            waiting += [(f"{path}.{name}" if path else name, each) for name, each in value.items()]
        elif isinstance(value, list):
            waiting += [(f"{path}[{at}]", each) for at, each in enumerate(value)]


def _refuse(wrong: dict[str, list[str]]) -> NoReturn:
    messages = {"json": wrong}
    abort(422, exc=ValidationError(messages), messages=messages)
