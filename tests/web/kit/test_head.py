"""A HEAD request changes nothing, whatever a view takes every method but GET for."""

from flask import Flask, request

from hub.web.head import HeadAsGet


def test_a_view_that_writes_unless_asked_by_get_does_not_write_at_a_head():
    app, methods = Flask("head"), []

    @app.route("/form", methods=["GET", "POST"])
    def form():
        methods.append(request.method)
        return "a page"

    app.wsgi_app = HeadAsGet(app.wsgi_app)
    client = app.test_client()

    answer = client.head("/form")

    assert methods == ["GET"]
    assert answer.status_code == 200
    assert answer.data == b""
    assert answer.headers["Content-Length"] == "6"
    assert client.post("/form").data == b"a page"
    assert methods == ["GET", "POST"]
