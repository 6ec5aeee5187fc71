"""What a room's api.py is written with: a list is a query, a POST is a command."""

import functools
import json
from collections.abc import Callable, Sequence
from typing import Any, cast

import flask_smorest
from flask import Response, g
from marshmallow import Schema, fields

from hub.api.once import HEADER, once
from hub.api.paging import Asked, PageQuery, page_of
from hub.api.parser import StrictParser
from hub.db.units import Units
from hub.kernel.even_time import even_time

View = Callable[..., Any]


class ApiBlueprint(flask_smorest.Blueprint):  # type: ignore[misc]  # has no types
    """A room's endpoints. Declare the policy below the route, as on a page.

    ``@rooms.listing("/things", ThingSchema, at=("name", "id"))`` over
    ``def things(asked: Asked, uow: UnitOfWork) -> Sequence[ThingRow]``;
    ``@rooms.posting("/things", body=ThingBody, answer=ThingAnswer, status=201)`` over
    ``def add_thing(body: AddThing, uow: UnitOfWork) -> object``. Ids in the path come by name.
    """

    ARGUMENTS_PARSER = StrictParser()

    def listing(
        self, path: str, item: type[Schema], *, at: Sequence[str], public: bool = False
    ) -> Callable[[View], View]:
        """Answer GET with a page of rows, sorted by the attributes ``at``; it reads only."""

        def add(view: View) -> View:
            @functools.wraps(view)
            def answer(asked: Asked, **ids: object) -> dict[str, object]:
                with _units().read(g.actor) as uow:
                    rows = view(asked, uow, **ids)
                return page_of(rows, asked, at)

            shaped = self.response(200, _page_schema(item))(answer)
            return self._add(
                path, "GET", self.arguments(PageQuery, location="query")(shaped), public
            )

        return add

    def posting(
        self,
        path: str,
        *,
        body: type[Schema],
        answer: type[Schema],
        status: int = 200,
        headers: Sequence[str] = (),
    ) -> Callable[[View], View]:
        """Answer POST by a command in one writing unit, once for each Idempotency-Key.

        It takes as long whatever it finds, so that its time tells nothing about anybody.
        ``headers`` are those that the view reads besides, for the document.
        """

        def add(view: View) -> View:
            @functools.wraps(view)
            def act(asked: object, **ids: object) -> Response:
                with even_time(), _units().write(g.actor) as uow:
                    return once(uow, lambda: _dumped(answer, view(asked, uow, **ids)), status)

            shaped = self.response(status, answer)(act)
            read = [
                {"in": "header", "name": name, "schema": {"type": "string"}}
                for name in (HEADER, *headers)
            ]
            documented = self.doc(parameters=read)(self.arguments(body)(shaped))
            return self._add(path, "POST", documented, public=False)

        return add

    def _add(self, path: str, method: str, view: View, public: bool) -> View:
        if public:
            view = self.doc(security=[])(view)
        self.add_url_rule(path, view_func=view, methods=[method])
        return view


@functools.cache  # one page of one item, however many lists give it
def _page_schema(item: type[Schema]) -> type[Schema]:
    members = {
        "items": fields.List(fields.Nested(item), required=True),
        "next": fields.String(required=True, allow_none=True),
    }
    return cast(
        "type[Schema]", type(f"{item.__name__.removesuffix('Schema')}Page", (Schema,), members)
    )


def _dumped(schema: type[Schema], result: object) -> bytes:
    return json.dumps(schema().dump(result), ensure_ascii=False).encode()


def _units() -> Units:
    return cast("Units", g.units)
