"""A browser and a server for each app, in this process, over one connection that stays open.

The server is the one with which the product is run. Its work is what this process does beyond what
the asking thread does itself, so that asking is not counted.
"""

import logging
import threading
import time
from collections.abc import Mapping
from http.client import HTTPConnection
from http.cookies import SimpleCookie
from types import MappingProxyType
from urllib.parse import urlencode

import waitress
from flask import Flask

OK = 200
SEE_OTHER = 303
HOST = "127.0.0.1"
THREADS = 2
NOTHING: Mapping[str, str] = MappingProxyType({})


def served_seconds() -> float:
    """Return the seconds of processor time of this process but for the calling thread."""
    return time.process_time() - time.thread_time()


class Browser:
    """Asks for pages of one app and keeps what cookies it is given."""

    def __init__(self, app: Flask, cookies: dict[str, str] | None = None) -> None:
        # It says so when a question comes before a thread has quite done with the last one.
        logging.getLogger("waitress").setLevel(logging.ERROR)
        server = waitress.create_server(app, host=HOST, port=0, threads=THREADS)
        threading.Thread(target=server.run, daemon=True).start()
        self._connection = HTTPConnection(HOST, int(server.effective_port))
        self._cookies = dict(cookies or {})

    def get(self, path: str) -> bytes:
        """Return a page's bytes. Raises AssertionError when the answer is no page."""
        status, page = self._ask("GET", path)
        assert status == OK, f"{path}: {status}"
        return page

    def post(self, path: str, token: str, form: Mapping[str, str] = NOTHING) -> None:
        """Press the button of a form; the page it leads to is not asked for.

        Raises AssertionError when it leads nowhere.
        """
        status, _ = self._ask("POST", path, urlencode({**form, "csrf_token": token}))
        assert status == SEE_OTHER, f"{path}: {status}"

    def _ask(self, method: str, path: str, form: str | None = None) -> tuple[int, bytes]:
        kept = "; ".join(f"{name}={value}" for name, value in self._cookies.items())
        headers = {"Cookie": kept} if kept else {}
        if form is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        self._connection.request(method, path, form, headers)
        with self._connection.getresponse() as answer:
            for name, morsel in SimpleCookie(answer.getheader("Set-Cookie", "")).items():
                self._cookies[name] = morsel.value
            return answer.status, answer.read()
