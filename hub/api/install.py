"""The one door to flask-smorest: the rooms' endpoints, and the OpenAPI document of all of them."""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import flask_smorest
from flask import Flask, Response, abort, g, request
from marshmallow import Schema, fields
from typing_extensions import override

from hub.api.blueprint import ApiBlueprint
from hub.api.once import Answers
from hub.api.problems import MEDIA_TYPE

PREFIX = "/api/v1"
DOCUMENT = "openapi_document"
OTHER_PAGING = "PaginationMetadata"
"""The schema of a way of paging that flask-smorest brings and we do not use."""

OWN = {
    "get": {
        "summary": "Give this document.",
        "security": [],
        "responses": {
            "200": {
                "description": "OK",
                "content": {"application/json": {"schema": {"type": "object"}}},
            },
            "default": {"$ref": "#/components/responses/DEFAULT_ERROR"},
        },
    }
}
"""The document's own operation, in its own words."""

BODIES = frozenset({"POST", "PUT", "PATCH"})


class FieldErrorSchema(Schema):
    """One wrong field."""

    field = fields.String(required=True)
    message = fields.String(required=True)


class ProblemSchema(Schema):
    """A problem document."""

    type = fields.String(required=True)
    title = fields.String(required=True)
    status = fields.Integer(required=True)
    detail = fields.String(required=True)
    errors = fields.List(fields.Nested(FieldErrorSchema))


class HubApi(flask_smorest.Api):  # type: ignore[misc]  # has no types
    """flask-smorest without its handlers, which would answer errors of every page in JSON."""

    ERROR_SCHEMA = ProblemSchema

    @override
    def _register_error_handlers(self) -> None:
        return

    @override
    def _register_responses(self) -> None:
        # What is registered here are the error responses; ours have a media type of their own.
        self.DEFAULT_RESPONSE_CONTENT_TYPE = MEDIA_TYPE
        super()._register_responses()
        del self.DEFAULT_RESPONSE_CONTENT_TYPE


@dataclass(frozen=True, kw_only=True)
class ApiSurroundings:
    """What the kit is told by those who know the rooms.

    ``public`` marks a view as open to everybody (the page kit's ``public_endpoint``).
    """

    cursor_key: bytes
    answers: Answers
    public: Callable[[Callable[..., Any]], Callable[..., Any]]


def install_api(app: Flask, blueprints: Iterable[ApiBlueprint], around: ApiSurroundings) -> None:
    """Put the rooms' endpoints under ``/api/v1`` and describe them in ``openapi.json``."""
    app.config.update(API_TITLE="Hub", API_VERSION="v1", OPENAPI_VERSION="3.1.0")

    @app.before_request
    def _give() -> None:
        g.api = around
        if (
            request.path.startswith(PREFIX)
            and request.endpoint
            and request.method in BODIES
            and not request.is_json
        ):
            abort(415)

    api = HubApi(app)
    api.spec.components.security_scheme("key", {"type": "http", "scheme": "bearer"})
    api.spec.options["security"] = [{"key": []}]
    for blueprint in blueprints:
        api.register_blueprint(blueprint, url_prefix=PREFIX)
    described = api.spec.to_dict()
    described["paths"][f"{PREFIX}/openapi.json"] = OWN
    del described["components"]["schemas"][OTHER_PAGING]
    document = json.dumps(described, ensure_ascii=False).encode()

    def openapi() -> Response:
        """Give the document; it is made once, when the app starts."""
        return Response(document, content_type="application/json")

    app.add_url_rule(f"{PREFIX}/openapi.json", DOCUMENT, around.public(openapi))
